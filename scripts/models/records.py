"""Compositions -> records: all that ``allOf`` and ``$ref`` say of one object, as one schema.

``{"allOf": [{"$ref": "#/$defs/Animal"}, {"properties": {"breed": …}}]}`` has the members of both
parts. Its record is a schema with properties that accepts the same instances, and becomes a class
like any other. The class still emits what the owner wrote.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from contract.json_values import is_array, is_equal, is_object, references_in, without
from contract.subschemas import (
    DEFINITION_PREFIX,
    Definitions,
    Schema,
    Subschema,
    is_annotation,
    is_class_schema,
    map_children,
    referred_name,
)
from models.joins import NEVER, distinct_schemas, joined
from models.unions import json_types, parts
from oracle.strings import has_match

# A definition and the path within it.
Place = tuple[str, ...]

MEMBER_KEYWORDS = frozenset({"properties", "required", "patternProperties", "additionalProperties"})

# Keywords of objects that a record takes over as they are, those that go together together.
OBJECT_KEYWORDS = (
    *(("if", "then", "else"), ("const",), ("enum",), ("not",), ("anyOf",), ("oneOf",)),
    *(("propertyNames",), ("dependentRequired",), ("dependentSchemas",)),
    *(("minProperties",), ("maxProperties",), ("$ref",)),
)


@dataclass(frozen=True)
class Part:
    """The keywords of one subschema on the object, without its references and its ``allOf``."""

    schema: Schema
    place: Place = ()


@dataclass(frozen=True)
class Record:
    """The schema of a composition as one with properties.

    ``places`` holds the place of each member that one part alone describes. ``bases`` are the
    definitions among its parts. A record has ``allOf`` even if it is empty: its class has a step
    before the fields.
    """

    schema: Schema
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    bases: tuple[str, ...] = ()


def is_composition(schema: Schema, definitions: Definitions) -> bool:
    """Whether the schema is of objects alone, and other parts than its own keywords describe
    members of them."""
    whole = parts(schema, definitions)
    if not any("properties" in it for it in whole) or not is_of_objects(schema, definitions):
        return False
    if is_class_schema(schema):
        return any(map(has_members, whole[1:]))
    beside = parts(without(schema, "$ref"), definitions)
    return "$ref" not in schema or any(map(has_members, beside))


def is_of_objects(schema: Schema, definitions: Definitions) -> bool:
    return json_types(schema, definitions) == frozenset({"object"})


def has_members(schema: Schema) -> bool:
    return not MEMBER_KEYWORDS.isdisjoint(schema)


def record_of(schema: Schema, place: Place, definitions: Definitions) -> Record:
    """The record of a composition that stands at ``place``."""
    finder = PartFinder(definitions)
    whole = [*finder.parts(schema, place)]
    names = dict.fromkeys(name for it in whole for name in it.schema.get("properties", ()))
    sources = {name: [*descriptions(name, whole)] for name in names}
    members = {name: join_members(sources[name], definitions) for name in names}
    further, beside = further_members(whole, names)
    if further.get("additionalProperties") is False and "patternProperties" not in further:
        members = {name: it for name, it in members.items() if not is_equal(it, NEVER)}
    required = [name for it in whole for name in it.schema.get("required", ())]
    record: Schema = {
        **annotations(schema),
        **{"type": "object", "properties": members},
        **({"required": [*dict.fromkeys(required)]} if required else {}),
        **further,
    }
    places = {
        name: origin
        for name, member in members.items()
        for origin in [
            next((origin for origin, one in sources[name] if is_equal(one, member)), None)
        ]
        if origin
    }
    return Record(with_assertions(record, whole, beside), places, tuple(finder.bases))


class PartFinder:
    """The parts of a composition, in the order in which it mentions them."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.bases: list[str] = []

    def parts(self, schema: Schema, place: Place) -> Iterator[Part]:
        own = without(schema, "$ref", "allOf")
        for word in schema:
            if word == "properties":
                yield Part(own, place)
            elif word == "$ref":
                yield from self.referred(referred_name(schema))
            elif word == "allOf":
                for index, child in enumerate(schema["allOf"]):
                    inner = child if is_object(child) else {} if child else NEVER
                    yield from self.parts(inner, below(place, "allOf", str(index)))
        if "properties" not in schema:
            yield Part(own, place)

    def referred(self, name: str) -> Iterator[Part]:
        """The parts of a definition, once; one that describes no members stays a reference."""
        if not any(map(has_members, parts(self.definitions[name], self.definitions))):
            yield Part({"$ref": DEFINITION_PREFIX + name})
        elif name not in self.bases:
            self.bases.append(name)
            yield from self.parts(self.definitions[name], (name,))


def below(place: Place, *steps: str) -> Place:
    """The place behind the steps; nowhere stays nowhere."""
    return (*place, *steps) if place else ()


def descriptions(name: str, whole: Iterable[Part]) -> Iterator[tuple[Place, Subschema]]:
    """Each part's schema of a member, and its place; a closed part judges by its own properties."""
    for part in whole:
        properties = part.schema.get("properties", {})
        patterns = part.schema.get("patternProperties", {})
        matching = [pattern for pattern in patterns if has_match(pattern, name)]
        if name in properties:
            yield below(part.place, "properties", name), properties[name]
        for pattern in matching:
            yield below(part.place, "patternProperties", pattern), patterns[pattern]
        if name not in properties and not matching and "additionalProperties" in part.schema:
            yield below(part.place, "additionalProperties"), part.schema["additionalProperties"]


def join_members(sources: Iterable[tuple[Place, Subschema]], definitions: Definitions) -> Schema:
    """The schema of a member by all parts; a composition if it is an object with members."""
    distinct = without_parts(distinct_schemas(it for _, it in sources), definitions)
    if len(distinct) > 1 and is_composition({"allOf": distinct}, definitions):
        notes = joined([annotations(it) for it in distinct])
        return {**notes, "allOf": [without_annotations(it) for it in distinct]}
    return joined(distinct)


def without_parts(schemas: list[Schema], definitions: Definitions) -> list[Schema]:
    """The schemas, without the references to a part of another of them."""
    within = [
        {part.get("$ref") for part in parts(schema, definitions)[1:]}
        | ({schema.get("$ref")} - {None})
        for schema in schemas
    ]
    return [
        schema
        for index, schema in enumerate(schemas)
        if schema.keys() != {"$ref"}
        or not any(schema["$ref"] in names for at, names in enumerate(within) if at != index)
    ]


def annotations(schema: Schema) -> Schema:
    return {word: it for word, it in schema.items() if is_annotation(word)}


def without_annotations(schema: Schema) -> Schema:
    return {word: it for word, it in schema.items() if not is_annotation(word)}


def further_members(whole: list[Part], names: Iterable[str]) -> tuple[Schema, list[Schema]]:
    """The keywords for members that no part names: those of the record, and those beside it."""
    words = ("patternProperties", "additionalProperties")
    statements = [
        {word: part.schema[word] for word in words if part.schema.get(word, True) not in (True, {})}
        for part in whole
    ]
    statements = [it for it in statements if not says_nothing(it)]
    patterned = any("patternProperties" in it for it in statements)
    if patterned and len(statements) > 1:
        known: Schema = {name: {} for name in names}
        return {}, [{"properties": known, **it} for it in statements]
    if patterned or not statements:
        return (statements[0] if statements else {}), []
    values = joined(it["additionalProperties"] for it in statements)
    return {"additionalProperties": False if is_equal(values, NEVER) else values}, []


def says_nothing(further: Schema) -> bool:
    """Whether any value is valid of each member that matches a pattern, and of each other one."""
    values = further.get("patternProperties", {}).values()
    return "additionalProperties" not in further and all(it in (True, {}) for it in values)


def with_assertions(record: Schema, whole: Iterable[Part], beside: list[Schema]) -> Schema:
    """The record with the keywords that describe no members; a second of a kind in ``allOf``."""
    record = {**record}
    for part in whole:
        for words in OBJECT_KEYWORDS:
            stated = {word: part.schema[word] for word in words if word in part.schema}
            mine = {word: record[word] for word in words if word in record}
            if stated and (mine or words == ("$ref",)) and not is_equal(stated, mine):
                beside = [*beside, stated]
            else:
                record |= stated
    return {**record, "allOf": beside}


def written_schema(schema: Schema, record: Schema, *, top: bool = True) -> Any:
    """The assertions as the owner wrote them, with ``...`` for what the fields of the record and
    its assertions say alike."""
    fields = record["properties"]

    def change(path: Any, child: Any) -> Any:
        if path[0] == "allOf" and is_object(child):
            return written_schema(child, record, top=False)
        alike = path[0] == "properties" and path[1] in fields
        return ... if alike and is_equal(child, fields[path[1]]) else child

    asserted = {word for words in OBJECT_KEYWORDS for word in words if word in record}
    whole = {
        word: ...
        if word in asserted and is_large(value) and is_equal(value, record[word])
        else value
        for word, value in schema.items()
    }
    whole |= map_children({word: it for word, it in whole.items() if it is not ...}, change)
    if whole.get("properties") == dict.fromkeys(fields, ...):
        whole["properties"] = ...
    return without_annotations(whole) if top else whole


def is_large(value: Any) -> bool:
    return is_object(value) or is_array(value)


def mentioned_names(value: Any) -> Iterator[str]:
    """The names of the definitions that a written schema refers to."""
    return (it.removeprefix(DEFINITION_PREFIX) for it in references_in(value))
