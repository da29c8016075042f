"""The sets of characters that the tokens of a pattern stand for (ECMA-262, section 22.2.2)."""

import sys
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Any

from regress import Regex
from runtime._pattern import MEMBER_TOKEN, Looks, code_point, tokenize

# From the first on, none within another: the first and the last character of each.
Ranges = tuple[tuple[int, int], ...]


SURROGATES = range(0xD800, 0xE000)


ANY_CHARACTER: Ranges = ((0, sys.maxunicode),)


SPACE_RANGES = (
    *((0x9, 0xD), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)


CLASS_ESCAPES: dict[str, Ranges] = {
    "d": ((0x30, 0x39),),
    "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "s": SPACE_RANGES,
}


def complement_ranges(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Every character that is in none of the ranges."""
    gaps: list[tuple[int, int]] = []
    start = 0
    for low, high in sorted(ranges):
        if start < low:
            gaps.append((start, low - 1))
        start = max(start, high + 1)
    return (*gaps, *(((start, sys.maxunicode),) if start <= sys.maxunicode else ()))


def token_ranges(token: Any) -> Ranges:
    """The characters of one token of a pattern, or of one within a set."""
    text = token[0]
    if token.lastgroup == "set":
        members = tokenize(MEMBER_TOKEN, text[1:-1].removeprefix("^"))
        others = complement_ranges(span for one in members for span in token_ranges(one))
        return others if text.startswith("[^") else complement_ranges(others)
    if token.lastgroup == "range":
        return ((code_point(token["low"]), code_point(token["high"])),)
    if token.lastgroup == "class":
        return class_ranges(text)
    if token.lastgroup == "character":
        return ((code_point(text), code_point(text)),)
    raise ValueError(f"{text}: is no set of characters")


def seen_ranges(token: Any, looks: Looks) -> Ranges:
    """The characters of one token that the lookaheads before it leave."""
    others = [*complement_ranges(token_ranges(token))]
    for wanted, it in looks:
        others += complement_ranges(token_ranges(it)) if wanted else token_ranges(it)
    return complement_ranges(others)


def class_ranges(text: str) -> Ranges:
    if text == ".":
        return complement_ranges([(0xA, 0xA), (0xD, 0xD), (0x2028, 0x2029)])
    name = text[1].lower()
    ranges = property_ranges(text[2:]) if name == "p" else CLASS_ESCAPES[name]
    return ranges if text[1].islower() else complement_ranges(ranges)


@cache
def property_ranges(name: str) -> Ranges:
    """The characters of a property of Unicode, ``{Lu}``, in the version of Unicode that the oracle
    judges by."""
    text = every_character()
    octets = text.encode()
    matches = Regex(f"\\p{name}+", "u").find_iter(text) or ()
    runs = (octets[it.range()].decode() for it in matches)
    return tuple((ord(it[0]), ord(it[-1])) for it in runs)


@cache
def every_character() -> str:
    return "".join(map(chr, chain(range(0xD800), range(0xE000, sys.maxunicode + 1))))


def is_among(character: int, ranges: Ranges) -> bool:
    at = bisect_right(ranges, (character, sys.maxunicode)) - 1
    return at >= 0 and character <= ranges[at][1]


# One character for each combination of sets.


def sample_characters(sets: Iterable[Ranges]) -> list[int]:
    """One character for each combination of these sets, a plain one if possible."""
    known = [*dict.fromkeys(sets)]
    bounds = ((low, high + 1) for ranges in known for low, high in ranges)
    cuts = sorted({0, *(it for pair in bounds for it in pair)} - {sys.maxunicode + 1})
    sorts: dict[tuple[bool, ...], int] = {}
    for low, end in zip(cuts, [*cuts[1:], sys.maxunicode + 1], strict=True):
        character = plainest_character(low, end - 1)
        if character is not None:
            sort = tuple(is_among(character, it) for it in known)
            sorts[sort] = min(sorts.get(sort, character), character, key=plainness)
    return [*sorts.values()]


PLAIN_CHARACTERS = (*range(0x61, 0x7B), *range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x20, 0x7F))


def plainest_character(low: int, high: int) -> int | None:
    """A character between the two, letters first; None where there are only surrogates."""
    plain = PLAIN_CHARACTERS if low < 0x7F else ()
    candidates = (*plain, low, SURROGATES.stop)
    fit = (it for it in candidates if low <= it <= high and it not in SURROGATES)
    return next(fit, None)


def plainness(character: int) -> tuple[int, int]:
    """Less for a plainer character."""
    plain = character in PLAIN_CHARACTERS
    return (PLAIN_CHARACTERS.index(character) if plain else len(PLAIN_CHARACTERS), character)
