"""Verdicts on strings: ECMA-262 patterns and formats."""

import re
from collections.abc import Callable
from functools import cache

import idna
import jsonschema_rs
from regress import Regex

DATE_PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


TIME_PATTERN = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"


# jsonschema-rs accepts punctuation in place of digits here (RFC 3339, 5.6), and UUIDs of other
# forms than 8-4-4-4-12 hexadecimal digits (RFC 9562, section 4).
FORMAT_PATTERNS = {
    "date": DATE_PATTERN,
    "time": TIME_PATTERN,
    "date-time": f"{DATE_PATTERN}[Tt]{TIME_PATTERN}",
    "uuid": r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
}


ANY_PATTERN = r"(?s:.*)"


ASSERTED_FORMATS = (
    "date-time",
    "date",
    "time",
    "duration",
    "ipv4",
    "ipv6",
    "uuid",
    "email",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "json-pointer",
    "relative-json-pointer",
    "hostname",
    "idn-hostname",
)


@cache
def rust_string_check(keyword: str, value: str) -> Callable[[str], bool]:
    """The verdict of jsonschema-rs on strings by one keyword."""
    accepts: Callable[[str], bool] = jsonschema_rs.Draft202012Validator(
        {keyword: value}, validate_formats=True
    ).is_valid
    return accepts


LONG_TEXT = 24  # characters from which on a backtracking engine is avoided


@cache
def compiled_pattern(pattern: str) -> Regex:
    return Regex(pattern, "u")


@cache
def is_rust_pattern(pattern: str) -> bool:
    """Whether jsonschema-rs takes the pattern; it refuses ``[]``, ``[^]``, ``[\\b]``, ``\\0``."""
    try:
        rust_string_check("pattern", pattern)
    except jsonschema_rs.ValidationError:
        return False
    return True


@cache
def without_identity_escapes(pattern: str) -> str:
    """The pattern with ``\\&`` and its like, which the flag u forbids, as ``\\u{26}`` (annex B)."""

    def change(escape: re.Match[str]) -> str:
        kept = re.fullmatch(r"\\[0-9A-Za-z^$\\.*+?()\[\]{}|/]", escape[0])
        return escape[0] if kept else f"\\u{{{ord(escape[0][1]):X}}}"

    return re.sub(r"\\.", change, pattern, flags=re.DOTALL)


def has_match(pattern: str, text: str) -> bool:
    """Whether an ECMA-262 pattern matches somewhere in ``text``.

    regress is right on every text but backtracks, which takes too long on a long text.
    jsonschema-rs takes linear time and is right on ASCII without ``\\r``.
    """
    pattern = without_identity_escapes(pattern)
    if len(text) > LONG_TEXT and text.isascii() and "\r" not in text and is_rust_pattern(pattern):
        return rust_string_check("pattern", pattern)(text)
    return compiled_pattern(pattern).find(text) is not None


def is_of_format(name: str, text: str) -> bool:
    """Whether ``text`` is of the format; a format that is not asserted accepts every text."""
    if name not in ASSERTED_FORMATS:
        return True
    if name in HOST_FORMATS:
        return is_host(text, HOST_FORMATS[name])
    has_form = re.fullmatch(FORMAT_PATTERNS.get(name, ANY_PATTERN), text) is not None
    return has_form and rust_string_check("format", name)(text)


# Which dots divide labels; jsonschema-rs maps what RFC 5891 refuses (UTS #46).
HOST_FORMATS = {"hostname": ".", "idn-hostname": ".\u3002\uff0e\uff61"}


def is_host(text: str, dots: str) -> bool:
    """Whether ``text`` is a host name (RFC 1123, section 2.1; RFC 5890), by the package idna."""
    labels = re.split(f"[{dots}]", text)
    if dots == "." and not text.isascii():
        return False
    try:
        return len(b".".join(map(wire_label, labels))) <= 253
    except (idna.IDNAError, UnicodeError):
        return False


def wire_label(label: str) -> bytes:
    """The label in ASCII; raises IDNAError if it is none."""
    if label.isascii():
        if re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)", label) is None:
            raise idna.IDNAError("is no label of letters, digits and hyphens")
        if label[2:4] == "--":
            idna.ulabel(label)
        return label.encode("ascii")
    return idna.alabel(label)
