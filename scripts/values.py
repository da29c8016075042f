"""JSON values: kinds, equality, pointers."""

from collections.abc import Iterable
from typing import Any, TypeGuard

Schema = dict[str, Any]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal: 1 equals 1.0, true does not, order of members aside."""
    if is_object(left) and is_object(right):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path of member names and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
