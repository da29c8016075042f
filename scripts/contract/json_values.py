"""JSON values: kinds, equality, numbers as the decimals that are written, JSON Pointers."""

import json
import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeGuard

Location = tuple[str | int, ...]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def without(members: dict[str, Any], *names: str) -> dict[str, Any]:
    """The object without these members."""
    return {name: value for name, value in members.items() if name not in names}


class WholeFloat(int):
    """The integer that a large float names: equal to it, and written with a fraction or an
    exponent."""


KIND_BY_TYPE = {
    "NoneType": "null",
    "bool": "boolean",
    "int": "integer",
    "WholeFloat": "integer",
    "str": "string",
    "list": "array",
    "dict": "object",
}


def short_json(value: Any) -> str:
    """The value as JSON, cut to 60 characters."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def kind_of(value: Any) -> str:
    """The kind of a JSON value: 1.0 is an integer."""
    if isinstance(value, float):
        return "integer" if value.is_integer() else "fraction"
    return KIND_BY_TYPE[type(value).__name__]


def json_type(value: Any) -> str:
    """The type of a JSON value, ``number`` of any number."""
    kind = kind_of(value)
    return "number" if kind in ("integer", "fraction") else kind


def is_equal(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal: 1 equals 1.0, true does not, order of members aside."""
    return equality_key(with_exact_integers(left)) == equality_key(with_exact_integers(right))


def missing_values(some: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Those of ``some`` that do not equal any of the others."""
    known = [*others]
    return [it for it in some if not any(is_equal(it, other) for other in known)]


def equality_key(value: Any) -> object:
    """A key that two JSON values share only if they are equal, at every depth.

    Large floats are compared as doubles; ``with_exact_integers`` makes them exact before.
    """
    if is_object(value):
        return frozenset((name, equality_key(member)) for name, member in value.items())
    if is_array(value):
        return tuple(map(equality_key, value))
    return (bool, value) if isinstance(value, bool) else value


def with_exact_integers(value: Any) -> Any:
    """The value with an integer for each large float (``1e25``), the one that its text names."""
    if is_object(value):
        return {name: with_exact_integers(member) for name, member in value.items()}
    if is_array(value):
        return [with_exact_integers(item) for item in value]
    large = isinstance(value, float) and 2.0**53 < abs(value) < math.inf
    return WholeFloat(whole_number(value)) if large else value


def is_written_as_integer(value: Any) -> bool:
    """Whether the text of a number has neither a fraction nor an exponent (draft-04, Core 3.5)."""
    return isinstance(value, int) and not isinstance(value, (bool, WholeFloat))


def whole_number(value: float) -> int:
    """The integer that the shortest decimal of a float names (RFC 8785, section 3.2.2.3)."""
    return int(Decimal(repr(value)))


def is_multiple(value: float, step: float) -> bool:
    """Whether the decimal as written is a multiple: 0.07 is a multiple of 0.01."""
    finite = isinstance(value, int) or math.isfinite(value)
    return finite and (as_fraction(value) / as_fraction(step)).denominator == 1


def as_fraction(number: float | Decimal) -> Fraction:
    """The number as its shortest decimal: 0.1 is one tenth."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def common_multiple(steps: Iterable[Fraction]) -> Fraction:
    """The least common multiple; 1 of none."""
    several = [*steps]
    denominator = math.lcm(*(it.denominator for it in several))
    return Fraction(math.lcm(*(int(it * denominator) for it in several)), denominator)


def values_within(value: Any) -> Iterator[tuple[Location, Any]]:
    """The value, then all that it holds, each with its path, in the order of the text."""
    waiting: list[tuple[Location, Any]] = [((), value)]
    while waiting:
        path, inner = waiting.pop()
        yield path, inner
        steps = inner.items() if is_object(inner) else enumerate(inner) if is_array(inner) else ()
        waiting += [((*path, step), it) for step, it in steps][::-1]


def number_of_values(value: Any) -> int:
    """How many values there are: the value itself and all that it holds."""
    if is_object(value):
        return 1 + sum(map(number_of_values, value.values()))
    return 1 + sum(map(number_of_values, value)) if is_array(value) else 1


def references_in(value: Any) -> Iterator[str]:
    """Each ``$ref`` in a value, be it a schema or not, as it is written."""
    for _, inner in values_within(value):
        if is_object(inner) and isinstance(inner.get("$ref"), str):
            yield inner["$ref"]


def with_part(value: Any, path: Location, part: Any) -> Any:
    """The value with another part at ``path``."""
    if not path:
        return part
    changed: Any = value.copy()
    changed[path[0]] = with_part(value[path[0]], path[1:], part)
    return changed


def json_pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path of member names and indices."""
    return "".join(f"/{pointer_step(step)}" for step in path)


def pointer_step(step: str | int) -> str:
    """A member name or an index as one step of a JSON Pointer, without its slash."""
    text = str(step)
    return text.replace("~", "~0").replace("/", "~1") if "~" in text or "/" in text else text
