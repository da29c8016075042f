"""What readers of JSON take for different values: NaN, 1e400, two members of one name.

RFC 8259, section 6; RFC 7493 (I-JSON), sections 2.2 and 2.3.
"""

import json
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ._lines import child_positions, skip_space

Path = tuple[str | int, ...]
NUMBER = re.compile(r"-?(?:NaN|Infinity|\d[\d.eE+-]*)")
SECOND_MEMBER = ("duplicate_name", "is another member of the same name")
NO_NUMBER = ("not_a_number", "is NaN or infinite, for which JSON does not have a number")
NO_DOUBLE = ("number_too_large", "is a number beyond all doubles")
STRICT_KINDS = (SECOND_MEMBER[0], NO_NUMBER[0], NO_DOUBLE[0])


class NotStrictError(ValueError):
    """A document that has such values; its errors are those of a ``ValidationError`` in shape."""

    def __init__(self, faults: list[dict[str, Any]]) -> None:
        self.faults = faults
        super().__init__()

    def errors(self, **_: bool) -> list[Any]:
        return self.faults


def refuse_loose_json(text: str) -> None:
    """Raise NotStrictError for such values. What is no JSON passes, for the model refuses it, and
    so does what is nested beyond Python's recursion."""
    faults: list[dict[str, Any]] = []
    try:
        STRICT_DECODER.decode(text)
    except LooseJSON:
        with suppress(ValueError, RecursionError):
            json.loads(text)
            faults = [*strict_faults(text, skip_space(text, 0), ())]
    except (ValueError, RecursionError):
        pass
    if faults:
        raise NotStrictError(faults)


class LooseJSON(Exception):  # noqa: N818 - it ends a decoder
    """There is at least one such value."""


def refuse_same_names(members: list[tuple[str, Any]]) -> None:
    if len(dict(members)) < len(members):
        raise LooseJSON


def refuse_infinity(text: str) -> None:
    if math.isinf(float(text)):
        raise LooseJSON


def refuse_constant(_: str) -> None:
    raise LooseJSON


STRICT_DECODER = json.JSONDecoder(
    object_pairs_hook=refuse_same_names, parse_float=refuse_infinity, parse_constant=refuse_constant
)


def strict_faults(text: str, at: int, path: Path) -> Iterator[dict[str, Any]]:
    """Each such value at or below the position ``at`` of a JSON text, in its order."""
    names = set[str | int]()
    for name, child in child_positions(text, at):
        if name in names:
            yield strict_fault(SECOND_MEMBER, (*path, name), text, child)
        names.add(name)
        yield from strict_faults(text, child, (*path, name))
    number = NUMBER.match(text, at)
    if number and number[0][-1] in "Ny":
        yield strict_fault(NO_NUMBER, path, text, at)
    elif number and not number[0].lstrip("-").isdigit() and math.isinf(float(number[0])):
        yield strict_fault(NO_DOUBLE, path, text, at)


def strict_fault(fault: tuple[str, str], path: Path, text: str, at: int) -> dict[str, Any]:
    """A fault in the shape of an error of Pydantic."""
    kind, what = fault
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return {"type": kind, "loc": path, "msg": f"{what} at line {line} column {column}"}
