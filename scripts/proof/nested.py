"""Recursive definition -> values of it that hold another one, each with the path to that.

A loop is a way of references and members from a definition back to itself. Along it a value is
built from the inside out.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from contract.json_values import Location, is_object, with_part
from contract.subschemas import (
    DEFINITION_PREFIX,
    IN_PLACE_APPLICATORS,
    Schema,
    Subschema,
    all_of_schemas,
    child_schemas,
    referred_name,
)
from documents.search import NONE, ValueSearch
from documents.strings import matching_strings


class Level(NamedTuple):
    """A value on the way: the schemas that it has to satisfy, and the member that leads on."""

    schemas: tuple[Subschema, ...]
    step: str | int


class Way(NamedTuple):
    """From a definition to a reference: the values on the way, the schemas that the value of the
    reference has to satisfy, what it refers to, and the definitions between."""

    levels: tuple[Level, ...]
    schemas: tuple[Subschema, ...]
    target: str
    names: frozenset[str] = frozenset()


class Loop(NamedTuple):
    """A value, the path to another one of its definition within it, all definitions between."""

    value: Any
    path: Location
    names: frozenset[str]


class Loops:
    """The loops of the definitions of a search."""

    def __init__(self, search: ValueSearch) -> None:
        self.search = search
        # Each definition is walked once, however many others lead through it.
        self.ways = {it: [*ways_out(search.definitions[it])] for it in sorted(search.recursive)}

    def of(self, name: str, innermost: Sequence[Any]) -> Iterator[Loop]:
        """Values of the definition that hold another one, which may be the first or any of
        ``innermost``."""
        accepts = self.search.oracle.at({"$ref": f"{DEFINITION_PREFIX}{name}"}).accepts
        for way in self.ways_back(name):
            values = (value_along(self.search, way.levels, it) for it in innermost)
            for value in values:
                if value is not NONE and accepts(value):
                    yield Loop(value, tuple(level.step for level in way.levels), way.names)
                    break

    def ways_back(self, name: str) -> Iterator[Way]:
        """The ways from a definition to itself, the short ones first; each other definition is
        entered on one."""
        waiting = deque([Way((), (), name)])
        entered = {name}
        while waiting:
            before = waiting.popleft()
            for way in self.ways.get(before.target, ()):
                if way.target == name and (before.levels or way.levels):
                    yield self.joined(before, way)
                elif way.target not in entered:
                    entered.add(way.target)
                    waiting.append(self.joined(before, way))

    def joined(self, before: Way, way: Way) -> Way:
        """The way on from a reference; the definition judges what the schemas around it judge."""
        values = [*(level.schemas for level in way.levels), way.schemas]
        if values[0][:1] == (self.search.definitions[before.target],):
            values[0] = (*before.schemas, *values[0])
        steps = [level.step for level in way.levels]
        levels = (*before.levels, *map(Level, values, steps))
        return Way(levels, values[-1], way.target, before.names | {way.target})


def ways_out(definition: Subschema) -> Iterator[Way]:
    """The ways from a definition to each reference in it, the short ones first."""
    waiting = deque[tuple[Subschema, tuple[Level, ...], tuple[Subschema, ...]]]()
    waiting.append((definition, (), ()))
    while waiting:
        schema, levels, around = waiting.popleft()
        if not is_object(schema):
            continue
        schemas = (*around, schema)
        if "$ref" in schema:
            yield Way(levels, schemas, referred_name(schema))
        for location, child in child_schemas(schema):
            if location[0] in IN_PLACE_APPLICATORS:
                waiting.append((child, levels, () if location[0] == "not" else schemas))
            for step in steps_of(schema, location):
                waiting.append((child, (*levels, Level(schemas, step)), ()))


def steps_of(schema: Schema, location: Location) -> Iterator[str | int]:
    """The member or item that a subschema may be of; none for the names of members."""
    keyword, *rest = location
    if keyword in ("properties", "prefixItems"):
        yield from rest
    elif keyword == "patternProperties":
        yield from matching_strings(str(rest[0]))[:1]
    elif keyword == "additionalProperties":
        yield "key0"
    elif keyword in ("items", "contains"):
        yield len(schema.get("prefixItems", ())) if keyword == "items" else 0


def value_along(search: ValueSearch, levels: tuple[Level, ...], innermost: Any) -> Any:
    """A value of the first level that holds ``innermost`` at the end of the way, or NONE."""
    value = innermost
    for schemas, step in reversed(levels):
        present: Schema = (
            {"type": "array", "minItems": step + 1}
            if isinstance(step, int)
            else {"type": "object", "required": [step]}
        )
        holder = search.find(all_of_schemas(*schemas, present), complete=False)
        if holder is NONE:
            return NONE
        value = with_part(holder, (step,), value)
    return value


def nested(value: Any, path: Location, innermost: Any, depth: int) -> Any:
    for _ in range(depth):
        innermost = with_part(value, path, innermost)
    return innermost
