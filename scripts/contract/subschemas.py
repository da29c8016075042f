"""Schemas as values: the subschemas of a schema, its references, its annotations."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contract.json_values import Location, is_array, is_object

Schema = dict[str, Any]


Definitions = Mapping[str, Schema]


DEFINITION_PREFIX = "#/$defs/"


ANNOTATIONS = ("title", "description", "default", "examples", "deprecated", "readOnly")


# Annotations of the specification that assert nothing, beside those and any x-… of an owner's own.
SILENT_ANNOTATIONS = (
    "writeOnly",
    "$comment",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
)


def is_annotation(word: str) -> bool:
    """Whether the keyword asserts nothing (JSON Schema Validation 8 and 9)."""
    return (
        word in ANNOTATIONS
        or word in SILENT_ANNOTATIONS
        or word.startswith("x-")
        or word == "discriminator"
    )


def is_class_schema(schema: Schema) -> bool:
    """Whether the schema is an object with properties, which becomes a class of its own."""
    return schema.get("type") == "object" and "properties" in schema and "$ref" not in schema


# The keywords of JSON Schema 2020-12 whose values hold subschemas, by how they hold them.
SUBSCHEMA_MAPS = ("$defs", "properties", "patternProperties", "dependentSchemas")


SUBSCHEMA_LISTS = ("prefixItems", "allOf", "anyOf", "oneOf")


SINGLE_SUBSCHEMAS = (
    *("items", "additionalProperties", "contains", "propertyNames"),
    *("not", "if", "then", "else", "unevaluatedProperties", "unevaluatedItems"),
)


# Those that speak of the same instance as the schema around them.
IN_PLACE_APPLICATORS = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")


def child_schemas(schema: Schema) -> Iterator[tuple[Location, Schema | bool]]:
    """The subschemas that stand directly in ``schema``, each with its path."""
    for word, value in schema.items():
        if word in SINGLE_SUBSCHEMAS:
            yield (word,), value
        elif word in SUBSCHEMA_MAPS:
            yield from (((word, name), it) for name, it in value.items())
        elif word in SUBSCHEMA_LISTS:
            yield from (((word, index), it) for index, it in enumerate(value))


def subschemas(schema: Schema, path: Location = ()) -> Iterator[tuple[Location, Schema]]:
    """Every subschema that is an object with its path, the schema itself first."""
    yield path, schema
    for step, child in child_schemas(schema):
        if is_object(child):
            yield from subschemas(child, (*path, *step))


def map_children(
    schema: Schema, change: Callable[[Location, Schema | bool], Schema | bool]
) -> Schema:
    """The schema with each of its children changed."""
    copy: Schema = {}
    for word, value in schema.items():
        if word in SINGLE_SUBSCHEMAS:
            copy[word] = change((word,), value)
        elif word in SUBSCHEMA_MAPS:
            copy[word] = {name: change((word, name), it) for name, it in value.items()}
        elif word in SUBSCHEMA_LISTS:
            copy[word] = [change((word, index), it) for index, it in enumerate(value)]
        else:
            copy[word] = value
    return copy


def referenced_names(schema: Schema) -> list[str]:
    """The names of the definitions that ``schema`` refers to, its own ``$defs`` aside."""
    body = {word: value for word, value in schema.items() if word != "$defs"}
    found = [sub["$ref"] for _, sub in subschemas(body) if "$ref" in sub]
    return [target.removeprefix(DEFINITION_PREFIX) for target in found]


def reachable_names(schema: Schema, definitions: Mapping[str, Schema]) -> set[str]:
    """The definitions that ``schema`` uses, directly or through others."""
    found: set[str] = set()
    waiting = referenced_names(schema)
    while waiting:
        name = waiting.pop()
        if name not in found and name in definitions:
            found.add(name)
            waiting += referenced_names(definitions[name])
    return found


Subschema = Schema | bool


def all_of_schemas(*schemas: Schema | bool) -> Schema | bool:
    """The schema of what satisfies all of them."""
    said = [it for it in schemas if it is not True and it != {}]
    return {"allOf": said} if len(said) > 1 else said[0] if said else True


def used_definitions(schema: Schema | bool, definitions: dict[str, Any]) -> set[str]:
    """The definitions that a schema refers to, directly or through others."""
    found: set[str] = set()
    waiting = list(target_names(schema))
    while waiting:
        name = waiting.pop()
        if name not in found and name in definitions:
            found.add(name)
            waiting += target_names(definitions[name])
    return found


def target_names(schema: Any) -> Iterator[str]:
    """The names behind every ``$ref`` below; a value that looks like one does no harm."""
    if is_object(schema):
        target = schema.get("$ref")
        if isinstance(target, str):
            yield target.removeprefix(DEFINITION_PREFIX)
        for word, value in schema.items():
            yield from target_names(value) if word != "$defs" else ()
    if is_array(schema):
        for value in schema:
            yield from target_names(value)
