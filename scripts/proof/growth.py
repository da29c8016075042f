"""Message -> a refusal where the time of its models grows faster than a document.

``models/recursion.py`` and ``models/unions.py`` see to it that no value is judged along many paths.
Here this is measured: on values that are nested ever deeper, on long arrays, and on the document
that has every member.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from contract.json_values import (
    Location,
    is_array,
    json_pointer,
    kind_of,
    number_of_values,
    values_within,
    with_part,
)
from contract.subschemas import DEFINITION_PREFIX, Schema
from documents.pool import POOL
from documents.search import NONE, ValueSearch
from documents.work import OutOfWork, Work
from proof.nested import Loops, nested
from pydantic import BaseModel, TypeAdapter, ValidationError

# Close to each other where the time may grow with a power of the depth.
DEPTHS = (4, 8, 12, 16, 24, 40, 64)
LENGTHS = (64, 2_048)
MOST_VARIATIONS = 12  # that are tried for the items of one array
MOST_ITEMS = 8  # of an array, whose arrays are made longer
MOST_VALUES_DEEP = 150  # pydantic-core follows 255 references
MOST_LOOPS = 4  # of one definition
MOST_GROWTH = 8.0  # of the time for each value within
LONG = 0.02  # seconds; less is noise
TICK = 0.001  # seconds; less is 0 by the clock of a process whose time is limited
MEASUREMENTS = 3  # each of which has to show the growth
MAX_STEPS = 2_000_000

Validate = Callable[[Any], object]


@dataclass
class Growth:
    """A line for each definition, and each array, whose time grows faster than its size; a line
    for what was not measured."""

    refusals: list[str] = field(default_factory=list[str])
    unmeasured: list[str] = field(default_factory=list[str])


def growth_of(model: type[BaseModel], schema: Schema, steps: int = MAX_STEPS) -> Growth:
    growth = Growth()
    search = ValueSearch(schema, Work(steps))
    try:
        measure_definitions(model, search, growth)
        measure_documents(model, search, growth, schema)
    except OutOfWork:
        growth.unmeasured.append(
            f": the time for large documents is not measured to the end, because {steps:,} steps"
            " do not find them; add examples to the schema"
        )
    return growth


def measure_definitions(model: type[BaseModel], search: ValueSearch, growth: Growth) -> None:
    """Measure the values of each recursive definition within each other."""
    measured, loops = set[str](), Loops(search)
    for name in sorted(search.recursive):
        adapter: TypeAdapter[Any] = TypeAdapter(getattr(sys.modules[model.__module__], name))
        for values, names in nested_values(loops, name):
            measured |= {name, *names}
            if grows(adapter.validate_python, values):
                growth.refusals.append(
                    f": the time for values of {name} grows faster than they do;"
                    " add a constant member that tells the branches of its unions apart"
                )
                break
    growth.unmeasured += (
        f": the time for nested values of {name} is not measured, because the search does not find"
        " any; add an example that holds one within another"
        for name in sorted(search.recursive - measured)
    )


def measure_documents(
    model: type[BaseModel], search: ValueSearch, growth: Growth, schema: Schema
) -> None:
    """Measure the document that has every member, then one with each of its arrays longer."""
    least, whole = (search.find(schema, complete=it) for it in (False, True))
    if whole is NONE:
        return
    if grows(model.model_validate, [least, whole]):
        growth.refusals.append(
            ": the time for a document grows faster than it does;"
            " add a constant member that tells the branches of its unions apart"
        )
    for path, values in long_arrays(search, schema, whole):
        if grows(model.model_validate, values):
            growth.refusals.append(
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
    if spent <= MOST_GROWTH * least:  # whatever the sizes
        return False
    return spent / number_of_values(large) > MOST_GROWTH * least / number_of_values(small)


def seconds(validate: Validate, value: Any) -> float:
    """The processor time of a call, without that of the garbage of others."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        with suppress(ValidationError, RecursionError):
            validate(value)
        return time.process_time() - start
    finally:
        if was_enabled:
            gc.enable()


def nested_values(loops: Loops, name: str) -> Iterator[tuple[list[Any], frozenset[str]]]:
    """Values of a recursive definition within each other, ever deeper: valid and invalid ones;
    with the definitions that they pass through."""
    reference: Schema = {"$ref": f"{DEFINITION_PREFIX}{name}"}
    value = loops.search.find(reference, complete=False)
    if value is NONE:
        return
    accepts = loops.search.oracle.at(reference).accepts
    wrong = [it for it in POOL.values() if not accepts(it)][:1]
    for loop in islice(loops.of(name, [value, *wrong]), MOST_LOOPS):
        most = MOST_VALUES_DEEP // len(loop.path)
        for innermost in (value, *wrong):
            depths = [it for it in DEPTHS if it <= most]
            yield [nested(loop.value, loop.path, innermost, it) for it in depths], loop.names


def long_arrays(
    search: ValueSearch, schema: Schema, document: Any
) -> Iterator[tuple[Location, list[Any]]]:
    """By its place each array of the document made longer: with its last item again and again, and
    with items that differ from each other where these are valid."""
    accepts = search.judge(schema)
    for path, part in values_within(document):
        if not is_array(part) or not part or is_far_behind(path):
            continue
        yield path, [with_part(document, path, part + part[-1:] * it) for it in LENGTHS]
        for vary in islice(variations(part[-1]), MOST_VARIATIONS):
            few, *many = ([*part, *(vary(at) for at in range(number))] for number in (2, *LENGTHS))
            if accepts(with_part(document, path, few)):
                yield path, [with_part(document, path, it) for it in many]
                break


def is_far_behind(path: Location) -> bool:
    """Whether the path leads to an item of an array that has many before it."""
    return any(isinstance(step, int) and step >= MOST_ITEMS for step in path)


def variations(item: Any) -> Iterator[Callable[[int], Any]]:
    """Ways to make an item that differs for each number: in a string, in a number, by a member."""
    for path, part in values_within(item):
        if kind_of(part) in VARIED:
            yield partial(varied, item, path, part)


VARIED: Mapping[str, Callable[[Any, int], Any]] = {
    "string": lambda part, at: f"{part}{at}",
    "integer": lambda part, at: part + at + 1,
    "fraction": lambda part, at: part + at + 1,
    "object": lambda part, at: {**part, f"key{at}": at},
}


def varied(item: Any, path: Location, part: Any, at: int) -> Any:
    return with_part(item, path, VARIED[kind_of(part)](part, at))
