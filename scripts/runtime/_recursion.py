"""Values that many paths lead to are judged once.

In a recursive union of branches that cannot be told apart, and in an ``Assert`` that refers to the
definition around it, each level of the document would be judged again for each path to it, and
the time would grow exponentially with the depth. Here the first result is remembered, for as long
as the outermost call takes.
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from copy import copy
from typing import Any

from pydantic import ValidationError
from pydantic_core import CoreSchema, core_schema


class Memory(threading.local):
    """The results of the call that is under way, with each judged value, so that no other value
    gets its ``id``; None if no call is."""

    results: dict[tuple[int, int], tuple[Any, Any, ValidationError | None]] | None = None


MEMORY = Memory()
# Typed so that type checkers do not take a value for one of anything.
CONTAINERS: Any = (dict, list)
TUPLE: Any = tuple


def judged_once_schema(schema: Any, definition: object) -> CoreSchema:
    """The same, but each array and each object is read once for each document, by whichever of the
    schemas of one ``definition``: each class has one of its own of all that is within it."""

    # One frame, for the depth of a document is limited by Python's recursion limit.
    def read_once(value: Any, read: Any) -> Any:
        if not isinstance(value, CONTAINERS):
            return read(value)
        results, key = MEMORY.results, (id(definition), id(value))
        if first := results is None:
            results = MEMORY.results = {}
        try:
            if key not in results:
                output = read(value)
                results[key] = value, output, None
                return output
            _, output, error = results[key]
            if error is None:
                return copied(output)
            raise error.with_traceback(None)
        except ValidationError as error:
            results[key] = value, None, error
            raise
        finally:
            if first:
                MEMORY.results = None
                results.clear()  # its errors have the frames in which it is

    return core_schema.no_info_wrap_validator_function(read_once, schema)


@contextmanager
def one_memory() -> Generator[None]:
    """What is remembered within is remembered until the end, whatever number of calls there is."""
    if MEMORY.results is not None:
        yield
        return
    results = MEMORY.results = {}
    try:
        yield
    finally:
        MEMORY.results = None
        results.clear()  # its errors have the frames in which it is


def copied(output: Any) -> Any:
    """The output of before as an array or object of its own; what is within it is shared."""
    return tuple(copy(it) for it in output) if isinstance(output, TUPLE) else copy(output)
