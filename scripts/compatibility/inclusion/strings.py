"""What is known of the strings of a case: lengths, patterns, and the keywords that they imply.

JSON Schema 2020-12, Validation 6.3 and 7.
"""

from math import inf

from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.conjunctions import Conjunction, size_bounds
from compatibility.inclusion.proof import Proof
from contract.subschemas import Schema
from oracle.strings import ASSERTED_FORMATS


def has_no_string(proof: Proof, case: Conjunction) -> bool:
    return has_no_match(case)


def has_no_match(case: Conjunction, *unwanted: str, least: int = 0, most: float = inf) -> bool:
    """Whether it is known that no string of the case is of such a length and without these
    patterns."""
    low, high = size_bounds(case, "minLength", "maxLength")
    low, high = max(low, least), min(high, most)
    wanted = case.values("pattern")
    if low > high or not {*wanted}.isdisjoint(unwanted):
        return True
    try:
        return bool(wanted or unwanted) and shortest_string(wanted, unwanted, low, high) is None
    except UndecidedPattern:
        return False


def min_length(proof: Proof, case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, most=int(schema["minLength"]) - 1)


def max_length(proof: Proof, case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, least=int(schema["maxLength"]) + 1)


def pattern(proof: Proof, case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, schema["pattern"])


def is_pattern_within(some: str, others: str) -> bool:
    """Whether it is known that every string of one pattern is one of the other."""
    return has_no_match(Conjunction("string", ({"pattern": some},)), others)


def is_pattern_disjoint(some: str, others: str) -> bool:
    return has_no_match(Conjunction("string", ({"pattern": some}, {"pattern": others})))


def format_(proof: Proof, case: Conjunction, schema: Schema) -> bool:
    """A format that JSON Schema does not define asserts nothing."""
    return schema["format"] not in ASSERTED_FORMATS or schema["format"] in case.values("format")
