"""A place in a JSON text -> its line."""

import json
from collections.abc import Sequence
from typing import Any, TypeGuard, cast

from runtime._lines import line_of


def steps_of(pointer: str) -> tuple[str, ...]:
    """The steps of a JSON Pointer (RFC 6901); none if the text is not a pointer."""
    steps = pointer.split("/")[1:] if pointer.startswith("/") else []
    return tuple(it.replace("~1", "/").replace("~0", "~") for it in steps)


def line_at(text: str, path: Sequence[str | int]) -> int:
    """The line, from 1, of the value at a path, or of the nearest value around it.

    Raises ValueError if the text is not JSON.
    """
    return line_of(text, [step for step, _ in steps_within(json.loads(text), path)])


def steps_within(value: Any, path: Sequence[str | int]) -> list[tuple[str | int, Any]]:
    """The steps of the path that the value has, each with what it leads to; an index of an array
    is a number there."""
    steps: list[tuple[str | int, Any]] = []
    for step in path:
        inner = children(value)
        key = int(step) if is_array(value) and str(step).isdecimal() else step
        if key not in inner:
            break
        value = inner[key]
        steps.append((key, value))
    return steps


def value_at(value: Any, path: Sequence[str | int]) -> Any:
    """The value at a path, None where there is none."""
    steps = [("", value), *steps_within(value, path)]
    return steps[-1][1] if len(steps) > len(path) else None


def children(value: Any) -> dict[str | int, Any]:
    """The members of an object by name, the items of an array by index."""
    if is_array(value):
        return dict(enumerate(value))
    return cast("dict[str | int, Any]", value) if isinstance(value, dict) else {}


def is_array(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)
