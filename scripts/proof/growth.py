"""Message -> a refusal where the time of its models grows faster than a document.

``models/recursion.py`` and ``models/unions.py`` see to it that no value is judged along many paths.
Here this is measured: on values that are nested ever deeper, and on long arrays.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from contract.json_values import Location, is_array, is_object, json_pointer
from contract.subschemas import DEFINITION_PREFIX, Schema
from documents.pool import POOL
from documents.search import NONE, ValueSearch
from documents.work import OutOfWork, Work
from oracle.oracle import Oracle
from pydantic import BaseModel, TypeAdapter, ValidationError

# Close to each other where the time may grow with a power of the depth.
DEPTHS = (4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64)
LENGTHS = (64, 2_048)
MOST_VALUES_DEEP = 150  # pydantic-core follows 255 references
MOST_GROWTH = 8.0  # of the time for each value within
LONG = 0.02  # seconds; less is noise
TICK = 0.001  # seconds; less is 0 by the clock of a process whose time is limited
MEASUREMENTS = 3  # each of which has to show the growth
MAX_STEPS = 2_000_000

Validate = Callable[[Any], object]


def growth_refusals(model: type[BaseModel], schema: Schema) -> Iterator[str]:
    """A line for each definition, and for each array, whose time grows faster than its size."""
    search = ValueSearch(schema, Work(MAX_STEPS))
    for name in sorted(search.recursive):
        adapter: TypeAdapter[Any] = TypeAdapter(getattr(sys.modules[model.__module__], name))
        if any(grows(adapter.validate_python, it) for it in nested_values(search, name)):
            yield (
                f": the time for values of {name} grows faster than they do;"
                " add a constant member that tells the branches of its unions apart"
            )
    for path, values in long_arrays(search, schema):
        if grows(model.model_validate, values):
            yield (
                f": the time for the array {json_pointer(path)!r} of a document grows faster than"
                " the array; describe its items otherwise"
            )


def grows(validate: Validate, values: Sequence[Any]) -> bool:
    """Whether the time for each value within becomes longer; the values are ever larger."""
    return any(
        all(is_slower(validate, values[0], value) for _ in range(MEASUREMENTS))
        for value in values[1:]
    )


def is_slower(validate: Validate, small: Any, large: Any) -> bool:
    """Whether a part of the large value takes much longer than one of the small value."""
    spent = seconds(validate, large)
    if spent < LONG:
        return False
    least = seconds(validate, small) or TICK
    return spent / size(large) > MOST_GROWTH * least / size(small)


def seconds(validate: Validate, value: Any) -> float:
    """The processor time of a call, without that of the garbage of others."""
    gc.disable()
    try:
        start = time.process_time()
        with suppress(ValidationError, RecursionError):
            validate(value)
        return time.process_time() - start
    finally:
        gc.enable()


def size(value: Any) -> int:
    """The number of values within it."""
    return sum(1 for _ in parts_of(value))


def nested_values(search: ValueSearch, name: str) -> Iterator[list[Any]]:
    """Values of a recursive definition within each other, ever deeper: valid and invalid ones."""
    reference: Schema = {"$ref": f"{DEFINITION_PREFIX}{name}"}
    try:
        value = search.find(reference, complete=True)
    except OutOfWork:
        return
    oracle = search.oracle.at(reference)
    if value is NONE:
        return
    wrong = [it for it in POOL.values() if not oracle.accepts(it)][:1]
    for path in own_places(oracle, value):
        most = MOST_VALUES_DEEP // len(path)
        for innermost in (value, *wrong):
            yield [nested(value, path, innermost, it) for it in DEPTHS if it <= most]


def own_places(oracle: Oracle, value: Any) -> Iterator[Location]:
    """Where values of the same definition are within a value."""
    yield from (path for path, it in parts_of(value) if path and oracle.accepts(it))


def parts_of(value: Any, path: Location = ()) -> Iterator[tuple[Location, Any]]:
    yield path, value
    inner = value.items() if is_object(value) else enumerate(value) if is_array(value) else ()
    for step, part in inner:
        yield from parts_of(part, (*path, step))


def nested(value: Any, path: Location, innermost: Any, depth: int) -> Any:
    for _ in range(depth):
        innermost = replaced(value, path, innermost)
    return innermost


def replaced(value: Any, path: Location, part: Any) -> Any:
    """The value with another part at ``path``."""
    if not path:
        return part
    step, *rest = path
    inner = replaced(value[step], tuple(rest), part)
    if is_object(value):
        return {**value, step: inner}
    return [inner if index == step else it for index, it in enumerate(value)]


def long_arrays(search: ValueSearch, schema: Schema) -> Iterator[tuple[Location, list[Any]]]:
    """By its place each array of the complete document, with its last item again and again."""
    try:
        document = search.find(schema, complete=True)
    except OutOfWork:
        return
    for path, part in parts_of(document):
        if is_array(part) and part:
            longer = [[*part, *part[-1:] * number] for number in LENGTHS]
            yield path, [replaced(document, path, it) for it in longer]
