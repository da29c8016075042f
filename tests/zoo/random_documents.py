"""Random documents of a message, and near misses of documents."""

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from contract.json_values import is_array, is_object
from documents.boundary import Document
from documents.pool import POOL
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from tests.zoo.judging import disagreements
from tests.zoo.questions import Message

EXAMPLES = 200
NEAR_MISSES = 25  # of each example; drawing one more example costs as much as a hundred of them

# hypothesis-jsonschema knows no uuid: without this it draws any text and nothing valid.
FORMATS = {"uuid": st.uuids().map(str) | st.uuids().map(lambda it: str(it).upper())}
Path = tuple[str | int, ...]


def near_miss(instance: Any, random: Random) -> Any:
    """The document with one value of it changed, somewhere."""
    path = random.choice(list(places(instance)))
    return at(instance, path, lambda value: random.choice(CHANGES)(value, random))


def places(instance: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every value in the instance, its own first."""
    yield path
    steps: list[str | int] = []
    if is_object(instance):
        steps += instance
    elif is_array(instance):
        steps += range(len(instance))
    for step in steps:
        yield from places(instance[step], (*path, step))


def at(instance: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    """The instance with the value at ``path`` changed."""
    if not path:
        return change(instance)
    changed = copy.copy(instance)
    changed[path[0]] = at(instance[path[0]], path[1:], change)
    return changed


def replace(value: Any, random: Random) -> Any:
    return random.choice(list(POOL.values()))


def drop(value: Any, random: Random) -> Any:
    """One member or item fewer."""
    if is_object(value) and value:
        dropped = random.choice(list(value))
        return {name: value[name] for name in value if name != dropped}
    return value[1:] if is_array(value) else replace(value, random)


def add(value: Any, random: Random) -> Any:
    """One member or item more."""
    if is_object(value):
        return {**value, random.choice(["stranger", "", *value]): replace(value, random)}
    return [*value, replace(value, random)] if is_array(value) else replace(value, random)


def nudge(value: Any, random: Random) -> Any:
    """Another number or text, close by."""
    if isinstance(value, str):
        index = random.randrange(len(value) + 1)
        return (
            value[:index] + random.choice(["", "-", "0", "é", value[index:]]) + value[index + 1 :]
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return random.choice([-value, value + 1, value - 1, value + 0.5, value * 1.0, str(value)])
    return replace(value, random)


CHANGES = (replace, drop, add, nudge)


def explore(message: Message, number: int) -> list[Any]:
    """Compare on random documents and near misses of each; ``number`` seeds them all."""
    seen: list[Any] = []
    # A copy: hypothesis-jsonschema rewrites the schema it is given.
    valid = from_schema(copy.deepcopy(message.schema), custom_formats=FORMATS)

    @seed(number)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(valid, st.integers())
    def agree(instance: Any, salt: int) -> None:
        random = Random(salt)
        instances = [instance, *(near_miss(instance, random) for _ in range(NEAR_MISSES))]
        documents = [Document("random", it) for it in instances]
        assert list(disagreements(message.model, message.oracle, documents)) == []
        seen.extend(instances)

    agree()
    return seen
