"""Message -> a refusal where the time of its models grows faster than a document.

``models/recursion.py`` and ``models/unions.py`` see to it that no value is judged along many paths.
Here this is measured: on values that are nested and arrays that are long, of two sizes each.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from contract.json_values import Location, is_array, is_object
from contract.subschemas import DEFINITION_PREFIX, Schema
from documents.pool import POOL
from documents.search import NONE, ValueSearch
from documents.work import OutOfWork, Work
from oracle.oracle import Oracle
from pydantic import BaseModel, TypeAdapter, ValidationError

DEPTHS = (4, 8, 16, 32, 64)
LENGTHS = (64, 2_048)
MOST_VALUES_DEEP = 150  # pydantic-core follows 255 references
MOST_GROWTH = 5.0  # of the time for each character
LONG = 0.02  # seconds; less is noise
MAX_STEPS = 2_000_000

Validate = Callable[[Any], object]


def growth_refusals(model: type[BaseModel], schema: Schema) -> Iterator[str]:
    """A line for each definition, and for each array, whose time grows faster than its size."""
    search = ValueSearch(schema, Work(MAX_STEPS))
    for name in sorted(search.recursive):
        adapter: TypeAdapter[Any] = TypeAdapter(getattr(sys.modules[model.__module__], name))
        if any(grows(adapter.validate_python, it) for it in nested_values(search, name)):
            yield (
                f"/$defs/{name}: the time for its values grows faster than they do;"
                " add a constant member that tells the branches of its unions apart"
            )
    for path, values in long_arrays(search, schema):
        if grows(model.model_validate, values):
            yield (
                f": the time for an array at {'/'.join(map(str, path)) or 'the root'} grows faster"
                " than the array; describe its items otherwise"
            )


def grows(validate: Validate, values: Sequence[Any]) -> bool:
    """Whether the time for each character becomes longer; the values are ever larger."""
    if not values:
        return False
    first = seconds(validate, values[0]) / size(values[0])
    for value in values[1:]:
        spent = seconds(validate, value)
        if spent > LONG and spent / size(value) > MOST_GROWTH * first:
            return True
    return False


def seconds(validate: Validate, value: Any) -> float:
    """The least processor time of three calls, or of one that takes long."""
    least = float("inf")
    for _ in range(3):
        start = time.process_time()
        try:
            validate(value)
        except ValidationError:
            pass
        least = min(least, time.process_time() - start)
        if least > LONG * 10:
            break
    return least


def size(value: Any) -> int:
    return len(json.dumps(value))


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
