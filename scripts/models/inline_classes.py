"""Objects described where they stand -> classes named by their path.

``{"properties": {"address": {"type": "object", "properties": …}}}`` of ``Order`` becomes
``OrderAddress``, whatever its neighbours are called.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from contract.chosen_names import IDLE_CURE, SETTING
from contract.json_values import Location, is_object, without
from contract.names import class_name, is_class_name
from contract.refusal import Refused
from contract.subschemas import (
    DEFINITION_PREFIX,
    Schema,
    child_schemas,
    is_class_schema,
    map_children,
)
from models.branch_names import branch_names
from models.maps import pattern_values, typed_pattern
from models.mixed import split_objects, with_class
from models.records import Place, is_composition, record_of, written_schema
from models.typed_unions import as_object, as_object_alone, unions_of_objects
from models.types import typed_branch, typed_part

# The annotations of an object that the place holding it carries, not its class.
PLACE_ANNOTATIONS = {"properties": ("default", "title", "deprecated", "readOnly", "writeOnly")}


Names = Mapping[tuple[str, ...], str]


@dataclass(frozen=True)
class HoistedDefinitions:
    """Definitions whose inner objects are definitions of their own, ``inline`` by name.

    Of a composition ``schemas`` has the record and ``written`` what the owner wrote; ``bases`` are
    the definitions that are parts of it. The classes that are ``untyped`` emit no type. Of inner
    objects ``places`` has the definition and the path there, unless several make one class.
    """

    schemas: Mapping[str, Schema]
    inline: frozenset[str]
    written: Mapping[str, Schema] = field(default_factory=dict[str, Schema])
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    untyped: frozenset[str] = frozenset()
    places: Mapping[str, Place] = field(default_factory=dict[str, Place])


def hoist_objects(
    definitions: Mapping[str, Schema],
    names: Names = MappingProxyType({}),
) -> HoistedDefinitions:
    """The definitions with their inner objects as definitions of their own; ``names`` are chosen
    by definition and path."""
    hoist = Hoister(definitions, names)
    whole = {name: hoist.whole(name, schema) for name, schema in definitions.items()}
    idle = [it for it in names if it[0] in definitions and names[it] not in hoist.inline]
    if idle:
        raise Refused(*(f"{SETTING}: {names[it]!r} becomes no class; {IDLE_CURE}" for it in idle))
    return HoistedDefinitions(
        {**whole, **hoist.inline},
        frozenset(hoist.inline),
        hoist.written,
        hoist.bases,
        frozenset(hoist.untyped),
        {name: place for place, name in hoist.placed.items() if isinstance(place, tuple)},
    )


NAME_SUFFIXES = {"items": "Item", "additionalProperties": "Value", "patternProperties": "Value"}


def unions_in(schema: Schema) -> Iterator[tuple[str, ...]]:
    """The keywords between whose subschemas an instance chooses; several patterns are such."""
    yield from (("anyOf",), ("oneOf",), ("then", "else"))
    if len(schema.get("patternProperties", ())) > 1:
        yield ("patternProperties",)


class EndlessError(Exception):
    """A definition, named by its argument, whose inner classes have no end."""


class Hoister:
    def __init__(self, definitions: Mapping[str, Schema], names: Names) -> None:
        self.definitions, self.names = definitions, names
        self.inline: dict[str, Schema] = {}
        self.written: dict[str, Schema] = {}
        self.bases: dict[str, tuple[str, ...]] = {}
        self.untyped = set[str]()
        # The names of inner objects by their place; by their text where several places make one.
        self.placed: dict[Place | str, str] = {}

    def whole(self, name: str, schema: Schema) -> Schema:
        """The schema of a definition; raises EndlessError where its inner classes have no end."""
        try:
            objects = as_object_alone(schema, self.definitions)
            return self.body(name, schema, objects, (name,))
        except RecursionError as error:
            raise EndlessError(name) from error

    def body(self, name: str, schema: Schema, objects: Schema, place: Place) -> Schema:
        """The schema of the class or the alias ``name``; of a class that emits ``schema`` what
        ``objects`` says with the type that is around it."""
        if is_composition(objects, self.definitions):
            return self.record(name, schema, objects, place)
        if objects.keys() != schema.keys():
            self.untyped.add(name)
        return self.within(name, objects, place)

    def record(self, name: str, schema: Schema, objects: Schema, place: Place) -> Schema:
        """The schema of a class that is a composition."""
        record = record_of(objects, place, self.definitions)
        if place:
            self.written[name] = written_schema(schema, record.schema)
        self.bases[name] = record.bases
        return self.within(name, record.schema, place, record.places)

    def within(
        self, name: str, schema: Schema, place: Place, places: Mapping[str, Place] | None = None
    ) -> Schema:
        """The schema of ``name`` with references for its typed inner objects; ``place`` is the
        definition that it stands in and its path there, empty if it stands nowhere. ``places`` are
        those of the members of a record."""
        halves = split_objects(schema, self.definitions)
        if halves:
            return self.mixed(name, *halves, place)
        typed = self.typed(schema)
        unions = [words for words in unions_in(schema) if typed & schema.keys() >= {*words}]
        branches = {path: it for words in unions for path, it in self.branch_names(schema, words)}
        of_objects = {*unions_of_objects(schema, self.definitions)}
        branch, _ = typed_branch(schema, self.definitions) if "allOf" in typed else (None, None)
        asserted = {("allOf", at) for at in range(len(schema.get("allOf", ()))) if at != branch}

        def change(path: Location, child: Any) -> Any:
            if path[0] not in typed or not is_object(child) or path in asserted:
                return child
            there = (*place, *map(str, path)) if place else ()
            owner = name
            if places is not None and path[0] == "properties":
                there = places.get(str(path[1]), ())
                owner = there[0] if there and there[: len(place)] != place else name
            typed_as = as_object if path[0] in of_objects else as_object_alone
            objects = typed_as(child, self.definitions)
            return self.inner(self.name(owner, path, branches), path, child, objects, there)

        return map_children(schema, change)

    def inner(
        self, name: str, path: Location, schema: Schema, objects: Schema, place: Place
    ) -> Schema:
        """A typed inner schema, as ``objects`` with the type that the schema around it gives: a
        reference if it is a class of its own."""
        if not is_class_schema(objects) and not is_composition(objects, self.definitions):
            return self.within(name, schema, place)
        around = PLACE_ANNOTATIONS.get(str(path[0]), ("default",))
        outside = {word: schema[word] for word in around if word in schema}
        name = self.inline_class(name, without(schema, *around), place)
        return {"$ref": DEFINITION_PREFIX + name, **outside}

    def inline_class(self, name: str, body: Schema, place: Place) -> str:
        """The name of the class of an inner object; the type of a body without one is around it."""
        key = place or json.dumps(body, sort_keys=True)
        if key not in self.placed:
            inner = self.placed[key] = self.chosen(place) or self.fresh(name)
            self.inline[inner] = {}
            self.inline[inner] = self.body(inner, body, {**body, "type": "object"}, place)
        return self.placed[key]

    def mixed(self, name: str, objects: Schema, others: Schema, place: Place) -> Schema:
        """The schema of a class and of other values."""
        return with_class(self.within(name, others, place), self.inline_class(name, objects, place))

    def typed(self, schema: Schema) -> set[str]:
        """The keywords whose subschemas become types of their own."""
        if is_class_schema(schema):
            single = len(schema.get("patternProperties", ())) == 1
            typed = single and pattern_values(schema) is not None
            typed = typed or typed_pattern(schema, self.definitions) is not None
            return {"properties", "additionalProperties", *(["patternProperties"] if typed else [])}
        return {*typed_part(schema, self.definitions)[0]} - {"if"}

    def branch_names(
        self, schema: Schema, words: tuple[str, ...]
    ) -> Iterator[tuple[Location, str]]:
        """The path of each branch of a union, and what it adds to the name."""
        held: Schema = {word: schema[word] for word in words}
        children = [*child_schemas(held)]
        places = [class_name(it) for it in words] if len(words) > 1 else ()
        names = branch_names([it for _, it in children], self.definitions, places)
        yield from ((path, name) for (path, _), name in zip(children, names, strict=True))

    def name(self, name: str, path: Location, branches: Mapping[Location, str]) -> str:
        """The name of what stands at the path in the schema that is called ``name``."""
        word, *steps = path
        suffix = NAME_SUFFIXES.get(str(word), "")
        if path in branches:
            return name + suffix + branches[path]
        if word == "allOf":
            return name
        if word == "prefixItems":
            suffix = f"Item{int(steps[0]) + 1}"
        return name + (suffix or class_name(str(steps[0])))

    def chosen(self, place: tuple[str, ...]) -> str:
        """The name that the owner chose for the place; empty where there is none."""
        name = self.names.get(place, "")
        if name in self.definitions or name in self.inline:
            raise Refused(f"{SETTING}: the name {name!r} is taken; choose another")
        return name

    def fresh(self, name: str) -> str:
        taken = {*self.definitions, *self.inline, *self.names.values()}
        while name in taken or not is_class_name(name):
            name += "Object"
        return name
