"""Host names, internationalized or not: RFC 1123, section 2.1, and IDNA2008 (RFC 5890 to 5893)."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache

from . import _idna_tables as tables

MAX_NAME, MAX_LABEL = 253, 63  # characters (RFC 1123, section 2.1; RFC 1035, section 2.3.4)
LDH_LABEL = re.compile("[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?", re.ASCII)
DOTS = re.compile("[.\u3002\uff0e\uff61]")  # RFC 3490, section 3.1


def is_host_name(text: str) -> bool:
    """Whether ``text`` is a host name in ASCII, its labels ``xn--…`` in Punycode."""
    return len(text) <= MAX_NAME and all(map(is_ascii_label, text.split(".")))


def is_international_name(text: str) -> bool:
    """Whether ``text`` is a host name whose labels may be of other characters (RFC 5890)."""
    labels = DOTS.split(text)
    if not all(is_ascii_label(it) if it.isascii() else is_unicode_label(it) for it in labels):
        return False
    return len(".".join(map(ascii_form, labels))) <= MAX_NAME


def is_ascii_label(label: str) -> bool:
    """A label of letters, digits and hyphens; with hyphens third and fourth an A-label."""
    if LDH_LABEL.fullmatch(label) is None:
        return False
    return label[2:4] != "--" or is_a_label(label.lower())


@lru_cache(maxsize=1024)  # documents repeat them
def is_a_label(label: str) -> bool:
    """``xn--`` and the Punycode of a U-label (RFC 5890, section 2.3.2.1)."""
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return False
    return not decoded.isascii() and ascii_form(decoded) == label and is_unicode_label(decoded)


def ascii_form(label: str) -> str:
    """The label as it goes over the wire."""
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"


@lru_cache(maxsize=1024)
def is_unicode_label(label: str) -> bool:
    """A U-label (RFC 5891, section 4.2): its form, its characters, its directions, its length."""
    return (
        unicodedata.normalize("NFC", label) == label
        and label[2:4] != "--"
        and not (label.startswith("-") or label.endswith("-"))
        and not unicodedata.category(label[0]).startswith("M")
        and all(is_allowed(label, index) for index in range(len(label)))
        and is_of_one_direction(label)
        and len(ascii_form(label)) <= MAX_LABEL
    )


def is_allowed(label: str, index: int) -> bool:
    """Whether the character may stand there (RFC 5892, section 2.6 and appendix A)."""
    rule = CONTEXT_RULES.get(label[index])
    return rule(label, index) if rule else is_within(tables.PROTOCOL_VALID, label[index])


def is_within(table: str, character: str) -> bool:
    """Whether the table has the character; no character is in none."""
    starts, ends = table_ranges(table)
    position = bisect_right(starts, ord(character)) - 1 if character else -1
    return position >= 0 and ord(character) <= ends[position]


@cache
def table_ranges(table: str) -> tuple[list[int], list[int]]:
    """The first and the last code points of the ranges, in order."""
    pairs = sorted((it.split("-") for it in table.split()), key=lambda it: int(it[0], 16))
    return [int(it[0], 16) for it in pairs], [int(it[-1], 16) for it in pairs]


# The rules of RFC 5892, appendix A, for a character at an index of a label.


def joins(label: str, index: int) -> bool:
    """A.2: behind a virama."""
    return index > 0 and unicodedata.combining(label[index - 1]) == 9


def separates(label: str, index: int) -> bool:
    """A.1: behind a virama, or between letters that would join."""
    before = [it for it in label[:index] if not is_within(tables.TRANSPARENT, it)][-1:]
    after = [it for it in label[index + 1 :] if not is_within(tables.TRANSPARENT, it)][:1]
    between = bool(before and after) and (
        is_within(tables.JOINS_BEFORE, before[0]) and is_within(tables.JOINS_AFTER, after[0])
    )
    return joins(label, index) or between


def is_between_l(label: str, index: int) -> bool:
    """A.3, the middle dot of Catalan."""
    return label[index - 1 : index] == label[index + 1 : index + 2] == "l"


def is_before_greek(label: str, index: int) -> bool:
    """A.4, the keraia."""
    return is_within(tables.GREEK, label[index + 1 : index + 2])


def is_behind_hebrew(label: str, index: int) -> bool:
    """A.5 and A.6, geresh and gershayim."""
    return is_within(tables.HEBREW, label[index - 1 : index])


def is_beside_japanese(label: str, index: int) -> bool:
    """A.7, the middle dot of Katakana."""
    return any(is_within(tables.JAPANESE, it) for it in label if it != "\u30fb")


def is_not_mixed(label: str, index: int) -> bool:
    """A.8 and A.9: Arabic-Indic digits, the ones or the others."""
    return not (re.search("[\u0660-\u0669]", label) and re.search("[\u06f0-\u06f9]", label))


CONTEXT_RULES: dict[str, Callable[[str, int], bool]] = {
    "\u200c": separates,
    "\u200d": joins,
    "\u00b7": is_between_l,
    "\u0375": is_before_greek,
    "\u05f3": is_behind_hebrew,
    "\u05f4": is_behind_hebrew,
    "\u30fb": is_beside_japanese,
    **dict.fromkeys(map(chr, (*range(0x660, 0x66A), *range(0x6F0, 0x6FA))), is_not_mixed),
}

RIGHT_TO_LEFT = {"R", "AL", "AN"}
NEUTRAL = {"EN", "ES", "CS", "ET", "ON", "BN", "NSM"}


def is_of_one_direction(label: str) -> bool:
    """The Bidi rule (RFC 5893, section 2) for a label that has a right-to-left character; no
    character is newer than this Python's Unicode."""
    directions = list(map(unicodedata.bidirectional, label))
    if "" in directions:
        return False
    if RIGHT_TO_LEFT.isdisjoint(directions):
        return True
    rightward = directions[0] == "L"
    last = next((it for it in reversed(directions) if it != "NSM"), "")
    if rightward:
        return {*directions} <= {"L", *NEUTRAL} and last in ("L", "EN")
    return (
        directions[0] in ("R", "AL")
        and {*directions} <= RIGHT_TO_LEFT | NEUTRAL
        and last in RIGHT_TO_LEFT | {"EN"}
        and not {"EN", "AN"} <= {*directions}
    )
