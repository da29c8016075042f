"""Verdicts on strings: ECMA-262 patterns and formats."""

import re
from collections.abc import Callable
from functools import cache, partial

import idna
import jsonschema_rs
from contract.drafts import DRAFT_SPECIFICATIONS, FORMATS, LATEST_DRAFT, LATEST_URI
from regress import Regex, RegressError

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


ASSERTED_FORMATS = FORMATS[LATEST_DRAFT]


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
        kept = re.fullmatch(r"\\[0-9A-Za-z^$\\.*+?()\[\]{}|/\U00010000-\U0010ffff]", escape[0])
        code = ord(escape[0][1])
        return escape[0] if kept else f"\\x{code:02X}" if code < 0x100 else f"\\u{{{code:X}}}"

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


def is_of_format(name: str, text: str, draft: str = LATEST_URI) -> bool:
    """Whether ``text`` is of the format; one that the draft does not define accepts every text."""
    if name not in FORMATS[DRAFT_SPECIFICATIONS[draft]]:
        return True
    if name in OWN_FORMATS and (name, draft) not in PLAIN_POINTERS:
        return OWN_FORMATS[name](text)
    has_form = re.fullmatch(FORMAT_PATTERNS.get(name, ANY_PATTERN), text) is not None
    return has_form and rust_string_check("format", name)(text)


def is_regex(text: str) -> bool:
    """Whether both engines read it as a pattern; regress repeats ``\\b``, jsonschema-rs takes any
    property of Unicode."""
    text = without_identity_escapes(text)
    try:
        Regex(text, "u")
    except RegressError:
        return False
    return rust_string_check("format", "regex")(text)


def is_relative_pointer(text: str) -> bool:
    """jsonschema-rs does not know ``0+1/a`` (draft-bhutton-relative-json-pointer-00, section 3)."""
    moved = re.sub("^([0-9]+)[+-](?:0|[1-9][0-9]*)(?=/|$)", r"\1", text)
    return rust_string_check("format", "relative-json-pointer")(moved)


def is_mailbox(text: str, dots: str) -> bool:
    """Whether ``text`` is a Mailbox (RFC 5321, section 4.1.2), with other characters than ASCII
    where ``dots`` are international (RFC 6531, section 3.3); jsonschema-rs takes tabs."""
    local, _, domain = text.rpartition("@")
    in_quotes = re.fullmatch(r'"(?:[^\x00-\x1f\x7f"\\]|\\[ -~])*"', local)
    atoms = [re.fullmatch(r'[^\x00- \x7f"(),.:;<>@\[\\\]]+', it) for it in local.split(".")]
    named = bool(in_quotes or all(atoms)) and len(local) <= 64
    known = dots != "." or text.isascii()
    literal = domain.startswith("[") and rust_string_check("format", "email")(f"a@{domain}")
    return named and known and (literal or is_host(domain, dots))


# Before 2020-12 they are as jsonschema-rs knows them.
PLAIN_POINTERS = {
    ("relative-json-pointer", uri) for uri in DRAFT_SPECIFICATIONS if uri != LATEST_URI
}


# Which dots divide labels; jsonschema-rs maps what RFC 5891 refuses (UTS #46).
INTERNATIONAL_DOTS = ".\u3002\uff0e\uff61"


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


# What jsonschema-rs does not judge as the specifications do.
OWN_FORMATS: dict[str, Callable[[str], bool]] = {
    "hostname": partial(is_host, dots="."),
    "idn-hostname": partial(is_host, dots=INTERNATIONAL_DOTS),
    "email": partial(is_mailbox, dots="."),
    "idn-email": partial(is_mailbox, dots=INTERNATIONAL_DOTS),
    "regex": is_regex,
    "relative-json-pointer": is_relative_pointer,
}
