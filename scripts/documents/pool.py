"""Values of every kind to try at any place, and values near a value."""

from collections.abc import Callable, Iterator
from typing import Any

from contract.json_values import is_array, is_object, without

Case = tuple[str, Any]


MAX_SIZE = 100_001  # greater values would fill the memory


POOL: dict[str, Any] = {
    "null": None,
    "false": False,
    "true": True,
    "zero": 0,
    "one": 1,
    "minus-one": -1,
    "fifteen-point-zero": 15.0,
    "a-half": 0.5,
    "just-above-one": 1.0000000001,
    "just-above-zero": 1e-10,
    "two-to-the-53-plus-one": 2**53 + 1,
    "two-to-the-63": 2**63,
    "minus-two-to-the-64": -(2**64),
    "ten-to-the-300": 1e300,
    "empty-string": "",
    "string": "text",
    "string-1": "1",
    "string-true": "true",
    "string-null": "null",
    "string-beyond-ascii": "é\u2028\U0001f600\x00",
    "long-string": "x" * 1000,
    "empty-array": [],
    "array": [1, None],
    "equal-items": [None, None],
    "empty-object": {},
    "object": {"stranger": [1.5, {"": None}]},
}


# Arrays in which items are equal, or nearly.
EQUAL_PAIRS: dict[str, list[Any]] = {
    "one-and-float": [1, 1.0],
    "one-and-true": [1, True],
    "zero-and-false": [0, False],
    "one-and-text": [1, "1"],
    "nested-one-and-true": [[1], [True]],
    "nested-one-and-float": [[1], [1.0]],
    "nested-three": [[1], [True], [1]],
    "objects": [{"a": 1, "b": 2}, {"b": 2, "a": 1}],
    "objects-of-equal-strings": [{"a": "x", "b": 1}, {"b": 1.0, "a": "x"}],
    "objects-of-other-strings": [{"a": "x", "b": 1}, {"a": "y", "b": 1}],
    "objects-false-and-zero": [{"a": False}, {"a": 0}],
    "nulls": [None, None],
    "texts": ["a", "b", "a"],
    "trues": [True, True],
    "large": [2**53, 2**53 + 1],
}


def near_values(name: str, value: Any) -> Iterator[Case]:
    """The value, then values that differ from it a little: "1", true and 2 are near 1."""
    yield name, value
    yield from NEAR_VALUES_BY_TYPE[type(value)](name, value)


def near_string(name: str, text: str) -> Iterator[Case]:
    yield f"{name}/upper", text.upper()
    yield f"{name}/longer", f"{text} "
    yield f"{name}/shorter", text[:-1]


def near_boolean(name: str, value: bool) -> Iterator[Case]:
    yield f"{name}/other", not value
    yield f"{name}/number", int(value)
    yield f"{name}/string", str(value).lower()


def near_number(name: str, value: float) -> Iterator[Case]:
    if abs(value) < 2**53:
        yield f"{name}/float", float(value)
        yield f"{name}/whole", int(value)
        yield f"{name}/a-little-more", value + 0.5
    yield f"{name}/less", value - 1
    yield f"{name}/more", value + 1
    yield f"{name}/negative", -value
    yield f"{name}/string", str(value)
    yield f"{name}/true", True
    yield f"{name}/false", False


def near_null(name: str, value: None) -> Iterator[Case]:
    yield f"{name}/string", "null"


def near_array(name: str, items: list[Any]) -> Iterator[Case]:
    yield f"{name}/longer", [*items, None]
    yield f"{name}/shorter", items[:-1]
    yield f"{name}/reversed", items[::-1]
    for index, item in enumerate(items):
        for case, other in near_values(f"{name}/{index}", item):
            yield case, [*items[:index], other, *items[index + 1 :]]


def near_object(name: str, members: dict[str, Any]) -> Iterator[Case]:
    yield f"{name}/stranger", {**members, "stranger": None}
    for key, member in members.items():
        yield f"{name}/{key}/absent", without(members, key)
        for case, other in near_values(f"{name}/{key}", member):
            yield case, {**members, key: other}


NEAR_VALUES_BY_TYPE: dict[type, Callable[[str, Any], Iterator[Case]]] = {
    str: near_string,
    bool: near_boolean,
    int: near_number,
    float: near_number,
    type(None): near_null,
    list: near_array,
    dict: near_object,
}


def with_nulls(value: Any) -> Any:
    """The array with null as its first item, the object with null as every member."""
    if is_array(value):
        return [None, *value[1:]]
    return dict.fromkeys(value) if is_object(value) else None
