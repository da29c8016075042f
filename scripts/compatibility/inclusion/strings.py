"""What is known of the strings of a case: lengths, patterns, and the keywords that they imply.

JSON Schema 2020-12, Validation 6.3 and 7.
"""

from __future__ import annotations

from functools import cache
from math import inf
from typing import TYPE_CHECKING

from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.conjunctions import Conjunction, assertion_keywords, size_bounds
from contract.subschemas import Schema
from oracle.strings import ASSERTED_FORMATS, FORMAT_PATTERNS
from runtime._formats import FORMAT_GRAMMARS

if TYPE_CHECKING:
    from compatibility.inclusion.prover import Prover

MAX_LENGTH_LISTED = 16  # characters of a string that is listed


MAX_STRINGS_LISTED = 16  # strings of a pattern that are listed


# What is found in each string of a format, as far as it is short to say.
FORMAT_NEEDS = {
    **{name: f"^(?:{it})$" for name, it in FORMAT_PATTERNS.items()},
    **{name: f"^(?:{FORMAT_GRAMMARS[name]})$" for name in ("duration", "ipv4")},
    **{"email": "@", "idn-email": "@", "uri": "^[A-Za-z][A-Za-z0-9+.-]*:"},
}


WORDS = r"^[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*$"
# What each string is of a format that this is found in.
FORMAT_ENOUGH = {
    **{name: FORMAT_NEEDS[name] for name in ("duration", "ipv4", "uuid")},
    **dict.fromkeys(("hostname", "idn-hostname"), "^[0-9A-Za-z](?:-?[0-9A-Za-z]){0,31}$"),
    **dict.fromkeys(("uri-reference", "iri-reference", "uri-template", "regex"), WORDS),
    "json-pointer": "^(?:/[0-9A-Za-z]*)*$",
}


# The formats that each string of a format is of, too.
WIDER_FORMATS = {
    "email": ("idn-email",),
    "hostname": ("idn-hostname",),
    "uri": ("iri", "uri-reference", "iri-reference"),
    "uri-reference": ("iri-reference",),
    "iri": ("iri-reference",),
}


def few_strings(case: Conjunction) -> list[str] | None:
    """The strings of short patterns, or the empty one if no character is possible."""
    low, high = size_bounds(case, "minLength", "maxLength")
    wanted = case.values("pattern")
    if high == 0 or low > high:
        return [""]
    if not wanted:
        return None
    try:
        listed = listed_strings(tuple(wanted))
    except UndecidedPattern:
        return None
    return None if listed is None else list(listed)


@cache
def listed_strings(wanted: tuple[str, ...]) -> tuple[str, ...] | None:
    """All strings in which the patterns are found; None if they are many or long.

    Raises UndecidedPattern where automata cannot decide.
    """
    if shortest_string(wanted, least=MAX_LENGTH_LISTED + 1) is not None:
        return None
    listed: list[str] = []
    while (text := shortest_string(wanted, map(exact_pattern, listed))) is not None:
        if len(listed) == MAX_STRINGS_LISTED:
            return None
        listed.append(text)
    return tuple(listed)


def exact_pattern(text: str) -> str:
    """The pattern that matches this string alone."""
    return "^" + "".join(f"\\u{{{ord(it):X}}}" for it in text) + "$"


def unmatched_patterns(case: Conjunction) -> list[str]:
    """The patterns that the case excludes."""
    asserted = [
        {word: schema[word] for word in assertion_keywords(schema) if word != "type"}
        for schema in case.excluded
        if not isinstance(schema, bool)
    ]
    return [it["pattern"] for it in asserted if it.keys() == {"pattern"}]


def has_no_match(case: Conjunction, *unwanted: str, least: int = 0, most: float = inf) -> bool:
    """Whether it is known that no string of the case is of such a length and without these
    patterns."""
    low, high = size_bounds(case, "minLength", "maxLength")
    low, high = max(low, least), min(high, most)
    needs = [FORMAT_NEEDS[it] for it in case.values("format") if it in FORMAT_NEEDS]
    wanted, unwanted = [*case.values("pattern"), *needs], (*unwanted, *unmatched_patterns(case))
    if low > high or not {*wanted}.isdisjoint(unwanted):
        return True
    try:
        return bool(wanted or unwanted) and shortest_string(wanted, unwanted, low, high) is None
    except UndecidedPattern:
        return False


def min_length(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, most=int(schema["minLength"]) - 1)


def max_length(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, least=int(schema["maxLength"]) + 1)


def pattern(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, schema["pattern"])


def is_pattern_within(some: str, others: str) -> bool:
    """Whether it is known that every string of one pattern is one of the other."""
    return has_no_match(Conjunction("string", ({"pattern": some},)), others)


def is_pattern_disjoint(some: str, others: str) -> bool:
    return has_no_match(Conjunction("string", ({"pattern": some}, {"pattern": others})))


def format_(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """A format that JSON Schema does not define asserts nothing."""
    name, given = schema["format"], case.values("format")
    is_given = any(name == it or name in WIDER_FORMATS.get(it, ()) for it in given)
    is_implied = name in FORMAT_ENOUGH and has_no_match(case, FORMAT_ENOUGH[name])
    return name not in ASSERTED_FORMATS or is_given or is_implied
