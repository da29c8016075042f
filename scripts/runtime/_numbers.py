"""The bounds of numbers and ``multipleOf``, exact for integers of any size and for decimals."""

import math
from decimal import Decimal
from functools import partial
from typing import Any

from pydantic_core import core_schema

from ._types import WHOLE_NUMBER_SCHEMA, whole_number
from ._unions import intersection_of, keep_unless, union_of

# Keyword -> argument of the core schemas of integers and floats.
BOUND_ARGUMENTS = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
}


def bound_schema(word: str, limit: float) -> Any:
    """A bound of any size: a float beyond 2**53 counts by its shortest decimal."""
    exact = whole_number(limit) if isinstance(limit, float) and abs(limit) > 2.0**53 else limit
    low = word in ("minimum", "exclusiveMinimum")
    whole = math.ceil(exact) if low else math.floor(exact)
    strictly = word.startswith("exclusive") and whole == exact
    whole += (1 if low else -1) if strictly else 0
    integers: Any = {"ge" if low else "le": whole}
    floats: Any = {BOUND_ARGUMENTS[word]: limit}
    if abs(exact) > 2**53:
        floats = {"ge" if low else "le": float_edge(whole, low)}
    fractions = core_schema.float_schema(strict=True, allow_inf_nan=False, **floats)
    return union_of(
        [
            core_schema.int_schema(strict=True, **integers),
            # To pydantic-core an integer is a float too, rounded.
            intersection_of([keep_unless(core_schema.int_schema(strict=True)), fractions]),
        ]
    )


def float_edge(limit: int, low: bool) -> float:
    """The least double that counts as at least ``limit``, or the greatest as at most."""
    outward, inward = (-math.inf, math.inf) if low else (math.inf, -math.inf)
    try:
        edge = float(limit)
    except OverflowError:  # it is beyond all doubles
        return math.inf if limit > 0 else -math.inf

    def beyond(value: float) -> bool:
        exact = whole_number(value) if math.isfinite(value) else value
        return exact < limit if low else exact > limit

    while beyond(edge):
        edge = math.nextafter(edge, inward)
    while not beyond(math.nextafter(edge, outward)):
        edge = math.nextafter(edge, outward)
    return edge


def multiple_schema(step: float) -> Any:
    """``multipleOf`` (Validation 6.2.1), in decimal: 0.07 is a multiple of 0.01."""
    if float(step).is_integer():
        whole = whole_number(step) if isinstance(step, float) else step
        multiple = core_schema.int_schema(multiple_of=whole)
        return core_schema.chain_schema([WHOLE_NUMBER_SCHEMA, multiple])
    check = partial(check_multiple, decimal_ratio(step))
    return core_schema.no_info_plain_validator_function(check)


def decimal_ratio(value: float) -> tuple[int, int]:
    """Numerator and denominator of the decimal that is written."""
    return Decimal(repr(value)).as_integer_ratio()


def check_multiple(step: tuple[int, int], value: Any) -> Any:
    numerator, denominator = decimal_ratio(value)
    if numerator * step[1] % (step[0] * denominator):
        raise ValueError
    return value
