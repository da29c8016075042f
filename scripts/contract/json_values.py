"""JSON values: kinds, equality, numbers as the decimals that are written, JSON Pointers."""

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeGuard

Location = tuple[str | int, ...]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


KIND_BY_TYPE = {
    "NoneType": "null",
    "bool": "boolean",
    "int": "integer",
    "str": "string",
    "list": "array",
    "dict": "object",
}


def kind_of(value: Any) -> str:
    """The kind of a JSON value: 1.0 is an integer."""
    if isinstance(value, float):
        return "integer" if value.is_integer() else "fraction"
    return KIND_BY_TYPE[type(value).__name__]


def is_equal(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal: 1 equals 1.0, true does not, order of members aside."""
    if is_object(left) and is_object(right):
        return left.keys() == right.keys() and all(is_equal(left[k], right[k]) for k in left)
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(is_equal, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and as_decimal(left) == as_decimal(
        right
    )


def as_decimal(value: Any) -> Any:
    """A number by the decimal that is written: 1e25 is 10**25, not the double nearest to it."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def json_pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path of member names and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def with_exact_integers(value: Any) -> Any:
    """The value with its large floats as the integers that they name (``1e25``)."""
    if is_object(value):
        return {name: with_exact_integers(member) for name, member in value.items()}
    if is_array(value):
        return [with_exact_integers(item) for item in value]
    large = isinstance(value, float) and 2.0**53 < abs(value) < math.inf
    return whole_number(value) if large else value


def whole_number(value: float) -> int:
    """The integer that the shortest decimal of a float names (RFC 8785, section 3.2.2.3)."""
    return int(Decimal(repr(value)))


def equality_key(value: Any) -> object:
    """Equal for equal JSON values alone, at every depth: 1 is 1.0, true is not."""
    if is_object(value):
        return frozenset((name, equality_key(member)) for name, member in value.items())
    if is_array(value):
        return tuple(map(equality_key, value))
    return (bool, value) if isinstance(value, bool) else value


def is_multiple(value: float, step: float) -> bool:
    """Of the decimals that are written: 0.07 is a multiple of 0.01."""
    finite = isinstance(value, int) or math.isfinite(value)
    return finite and (as_fraction(value) / as_fraction(step)).denominator == 1


def as_fraction(number: float) -> Fraction:
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)
