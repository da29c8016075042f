"""What is known of the numbers of a case: bounds, multiples, and the keywords that they imply.

JSON Schema 2020-12, Validation 6.2.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, inf
from typing import TYPE_CHECKING

from compatibility.inclusion.conjunctions import Conjunction
from contract.json_values import as_fraction, common_multiple
from contract.subschemas import Schema

if TYPE_CHECKING:
    from compatibility.inclusion.prover import Prover

Bound = tuple[Fraction | float, bool]  # a number or an infinity, and whether it is excluded


MAX_NUMBERS_TRIED = 1024  # numbers between two bounds that are tried one by one


def number_bounds(case: Conjunction) -> tuple[Bound, Bound]:
    """The greatest lower and the least upper bound; those of multiples are multiples."""
    lows: list[Bound] = [(-inf, True)]
    highs: list[Bound] = [(inf, True)]
    for bounds, word, excluded in (
        (lows, "minimum", False),
        (lows, "exclusiveMinimum", True),
        (highs, "maximum", False),
        (highs, "exclusiveMaximum", True),
    ):
        bounds += [(as_fraction(it), excluded) for it in case.values(word)]
    low, high = max(lows), min(highs, key=lambda it: (it[0], not it[1]))
    step = common_step(case)
    if step is None:
        return low, high
    return first_multiple(low, step, 1), first_multiple(high, step, -1)


def first_multiple(bound: Bound, step: Fraction, towards: int) -> Bound:
    """The first multiple of ``step`` within a bound, upwards of it (1) or downwards (-1)."""
    limit, excluded = bound
    if isinstance(limit, float):
        return bound
    nearest = towards * ceil(towards * limit / step) * step
    return (nearest + towards * step if excluded and nearest == limit else nearest), False


def numbers_between(case: Conjunction) -> list[int | float] | None:
    """The numbers that two bounds near each other leave: multiples of a step, or a single one."""
    (low, _), (high, _) = number_bounds(case)
    step = common_step(case)
    if not isinstance(low, Fraction) or not isinstance(high, Fraction):
        return None
    if low >= high:
        return json_numbers([low]) if low == high else []
    if step is None or (high - low) / step >= MAX_NUMBERS_TRIED:
        return None
    return json_numbers([low + step * index for index in range(int((high - low) / step) + 1)])


def json_numbers(values: list[Fraction]) -> list[int | float] | None:
    """Numbers as Python reads them; None if one of them is a fraction that no double equals."""
    wholes = [int(it) if it.denominator == 1 else float(it) for it in values]
    exact = all(as_fraction(it) == value for it, value in zip(wholes, values, strict=True))
    return wholes if exact else None


def common_step(case: Conjunction) -> Fraction | None:
    """The number of which all values are multiples, if there is one."""
    steps = [as_fraction(it) for it in case.values("multipleOf")]
    steps += [Fraction(1)] if case.kind == "integer" else []
    return common_multiple(steps) if steps else None


def has_no_number(proof: Prover, case: Conjunction) -> bool:
    (low, open_low), (high, open_high) = number_bounds(case)
    step = common_step(case)
    integers_alone = case.kind == "fraction" and step is not None and step.denominator == 1
    return low > high or (low == high and (open_low or open_high)) or integers_alone


def minimum(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return number_bounds(case)[0] >= (as_fraction(schema["minimum"]), False)


def exclusive_minimum(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return number_bounds(case)[0] >= (as_fraction(schema["exclusiveMinimum"]), True)


def maximum(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return number_bounds(case)[1][0] <= as_fraction(schema["maximum"])


def exclusive_maximum(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    high, excluded = number_bounds(case)[1]
    limit = as_fraction(schema["exclusiveMaximum"])
    return high < limit or (high == limit and excluded)


def multiple_of(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    step = common_step(case)
    return step is not None and (step / as_fraction(schema["multipleOf"])).denominator == 1


def draft_4_integer(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return bool(case.values("x-integer"))
