"""What is known of the arrays of a case: counts, items, and the keywords that they imply.

JSON Schema 2020-12, Core 10.3.1 and Validation 6.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, product
from math import inf, prod
from typing import TYPE_CHECKING, Any

from compatibility.inclusion.conjunctions import (
    MAX_LISTED,
    Conjunction,
    few_values_of,
    negation_of,
    size_bounds,
)
from contract.json_values import equality_key
from contract.subschemas import Schema, Subschema
from oracle.keywords import item_schemas

if TYPE_CHECKING:
    from compatibility.inclusion.prover import Prover

MAX_ITEMS_TRIED = 64  # items looked at one by one


MAX_ITEMS_PAIRED = 8  # items looked at two by two


def item_counts(case: Conjunction) -> tuple[int, float]:
    """The least and the greatest count of items; arrays end before a forbidden position."""
    low, high = size_bounds(case, "minItems", "maxItems")
    ends = [len(it.get("prefixItems", ())) for it in case.parts if it.get("items") is False]
    held = [contains_limits(it) for it in case.parts if "contains" in it]
    whole = [most for wanted, _, most in held if wanted in (True, {})]
    return max([low, *(least for _, least, _ in held)]), min([high, *ends, *whole])


def few_arrays(case: Conjunction) -> list[list[Any]] | None:
    """The arrays of few items, each of which has few values."""
    low, high = item_counts(case)
    if high > MAX_ITEMS_PAIRED:
        return None
    listed: list[list[Any]] = []
    for index in range(int(high)):
        values = few_values_of(it for part in case.parts for it in item_schemas(part, index))
        if values is None:
            return None
        listed.append(values)
    lengths = range(low, int(high) + 1)
    if sum(prod(map(len, listed[:it])) for it in lengths) > MAX_LISTED:
        return None
    return [[*way] for length in lengths for way in product(*listed[:length])]


def never_contained(case: Conjunction) -> list[Subschema]:
    """The schemas that no item satisfies."""
    return [part["contains"] for part in case.parts if part.get("maxContains") == 0]


def has_no_array(proof: Prover, case: Conjunction) -> bool:
    low = item_counts(case)[0]
    firsts = range(1, min(low, longest_prefix(case), MAX_ITEMS_PAIRED) + 1)
    return (
        low > max_item_count(proof, case)
        or any(most_items(proof, case, it) < it for it in firsts)
        or any(is_nowhere(proof, case, part) for part in case.parts if "contains" in part)
    )


def is_nowhere(proof: Prover, case: Conjunction, part: Schema) -> bool:
    """Whether what the array has to contain can be at no position."""
    wanted, least, _ = contains_limits(part)
    places = range(longest_prefix(case) + 1)
    return most_items(proof, case, item_counts(case)[1], wanted) < least or (
        least > 0
        and len(places) <= MAX_ITEMS_TRIED
        and all(proof.can_prove((wanted, *proof.item_schemas(case, it)), False) for it in places)
    )


def longest_prefix(case: Conjunction) -> int:
    """The number of positions that have a schema of their own."""
    return max((len(it) for it in case.values("prefixItems")), default=0)


def max_item_count(proof: Prover, case: Conjunction) -> float:
    """How many items are possible: as many as stand before the first position without a value, and
    as many as there are values, if no two of them are equal."""
    high = item_counts(case)[1]
    places = range(int(min(longest_prefix(case) + 1, high)))
    ends = (it for it in places if proof.can_prove(proof.item_schemas(case, it), False))
    return most_items(proof, case, next(ends, high))


def most_items(proof: Prover, case: Conjunction, most: float, *wanted: Subschema) -> float:
    """How many of the first items may satisfy what is wanted: as many as there are values for
    them, if no two of them are equal."""
    if not any(case.values("uniqueItems")):
        return most
    values = set[object]()
    free, prefix = 0, longest_prefix(case)
    for index in range(int(min(prefix + 1, most))):
        few = proof.few_values((*wanted, *proof.item_schemas(case, index)))
        if few is None and index == prefix:
            return most
        values.update(map(equality_key, few or ()))
        free += few is None
    return min(most, free + len(values))


def items(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """Each position that has a schema of its own, and all that follow."""
    start = len(schema.get("prefixItems", ()))
    end = max([start, *(len(it) for it in case.values("prefixItems"))]) + 1
    return can_prove_positions(proof, case, ((it, schema["items"]) for it in range(start, end)))


def prefix_items(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    prefix: list[Subschema] = schema["prefixItems"]
    return can_prove_positions(proof, case, enumerate(prefix))


def can_prove_positions(
    proof: Prover, case: Conjunction, wanted: Iterable[tuple[int, Subschema]]
) -> bool:
    most = max_item_count(proof, case)
    return all(
        index >= most or proof.can_prove(proof.item_schemas(case, index), schema)
        for index, schema in wanted
    )


def min_items(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return item_counts(case)[0] >= int(schema["minItems"])


def max_items(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return max_item_count(proof, case) <= int(schema["maxItems"])


def unique_items(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """Said already, or no two positions have a value in common."""
    if not schema["uniqueItems"] or any(case.values("uniqueItems")):
        return True
    most = max_item_count(proof, case)
    return most <= MAX_ITEMS_PAIRED and all(
        proof.can_prove((*proof.item_schemas(case, one), *proof.item_schemas(case, other)), False)
        for one, other in combinations(range(int(most)), 2)
    )


def contains(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """At least ``minContains`` items of a kind, and at most ``maxContains``."""
    wanted, least, most = contains_limits(schema)
    others = [contains_limits(part) for part in case.parts if "contains" in part]

    def is_certain(index: int) -> bool:
        return proof.can_prove(proof.item_schemas(case, index), wanted)

    def is_possible(index: int) -> bool:
        return not proof.can_prove((wanted, *proof.item_schemas(case, index)), False)

    low, high = item_counts(case)[0], max_item_count(proof, case)
    is_enough = (
        low - most_items(proof, case, low, negation_of(wanted)) >= least
        or any(it >= least and proof.can_prove((one,), wanted) for one, it, _ in others)
        or count_of_items(case, low, is_certain) >= least
    )
    return is_enough and (
        most_items(proof, case, high, wanted) <= most
        or any(it <= most and proof.can_prove((wanted,), one) for one, _, it in others)
        or count_of_items(case, high, is_possible) <= most
    )


def count_of_items(case: Conjunction, count: float, is_so: Callable[[int], bool]) -> float:
    """Of the first items the number of those that are so, by their positions."""
    prefix = min(longest_prefix(case), count, MAX_ITEMS_TRIED)
    rest = count - prefix
    named = sum(map(is_so, range(int(prefix))))
    return named + (rest if rest and is_so(int(prefix)) else 0)


def contains_limits(schema: Schema) -> tuple[Subschema, int, float]:
    most = schema.get("maxContains", inf)
    return schema["contains"], int(schema.get("minContains", 1)), most
