"""Strings that the schema judges: ECMA-262 patterns and formats."""

import re
from collections.abc import Callable
from functools import cache

import jsonschema_rs
from regress import Regex

DATE_PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


TIME_PATTERN = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"


# jsonschema-rs takes punctuation for digits here (RFC 3339, 5.6), and a UUID of another shape
# (RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits).
FORMAT_PATTERNS = {
    "date": DATE_PATTERN,
    "time": TIME_PATTERN,
    "date-time": f"{DATE_PATTERN}[Tt]{TIME_PATTERN}",
    "uuid": r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
}


ANY_PATTERN = r"(?s:.*)"


ASSERTED_FORMATS = (
    *("date-time", "date", "time", "duration", "ipv4", "ipv6", "uuid", "email"),
    *("uri", "uri-reference", "iri", "iri-reference", "uri-template"),
    *("json-pointer", "relative-json-pointer"),
)


@cache
def rust_string_check(word: str, value: str) -> Callable[[str], bool]:
    """What jsonschema-rs says of strings by one keyword."""
    accepts: Callable[[str], bool] = jsonschema_rs.Draft202012Validator(
        {word: value}, validate_formats=True
    ).is_valid
    return accepts


LONG_TEXT = 24


@cache
def compiled_pattern(pattern: str) -> Regex:
    return Regex(pattern, "u")


@cache
def is_rust_pattern(pattern: str) -> bool:
    """Whether jsonschema-rs takes the pattern; ``[]``, ``[^]``, ``[\\b]``, ``\\0`` it refuses."""
    try:
        rust_string_check("pattern", pattern)
    except jsonschema_rs.ValidationError:
        return False
    return True


def has_match(pattern: str, text: str) -> bool:
    """Whether an ECMA-262 pattern is found in ``text``.

    regress is right but tries every way, which are too many in a long text; jsonschema-rs takes
    linear time and is right on ASCII without ``\\r``.
    """
    if len(text) > LONG_TEXT and text.isascii() and "\r" not in text and is_rust_pattern(pattern):
        return rust_string_check("pattern", pattern)(text)
    return compiled_pattern(pattern).find(text) is not None


def is_of_format(name: str, text: str) -> bool:
    """Whether ``text`` is of one of the formats; any other format asserts nothing."""
    if name not in ASSERTED_FORMATS:
        return True
    shaped = re.fullmatch(FORMAT_PATTERNS.get(name, ANY_PATTERN), text) is not None
    return shaped and rust_string_check("format", name)(text)
