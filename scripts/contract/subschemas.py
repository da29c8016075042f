"""Schemas as values: the subschemas of a schema, its references, its annotations."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from contract.json_values import Location, is_array, is_object, without

Schema = dict[str, Any]


Subschema = Schema | bool


Definitions = Mapping[str, Schema]


DEFINITION_PREFIX = "#/$defs/"


# The keywords of any draft that assert something, or that say where a schema is.
ASSERTIONS = frozenset(
    (
        *("$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary"),
        *("$ref", "$dynamicRef", "$recursiveRef", "$defs", "definitions"),
        *("type", "enum", "const", "format", "pattern", "minLength", "maxLength"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        "x-integer",  # a word of the normal form alone, which the integers of draft-04 need
        *("items", "prefixItems", "additionalItems", "unevaluatedItems", "contains"),
        *("minContains", "maxContains", "minItems", "maxItems", "uniqueItems"),
        *("properties", "patternProperties", "additionalProperties", "unevaluatedProperties"),
        *("propertyNames", "required", "minProperties", "maxProperties"),
        *("dependencies", "dependentRequired", "dependentSchemas"),
        *("allOf", "anyOf", "oneOf", "not", "if", "then", "else"),
    )
)


def is_annotation(keyword: str) -> bool:
    """Whether the keyword asserts nothing, as one that no draft knows (Core 6.5)."""
    return keyword not in ASSERTIONS


def assertions_of(schema: Schema) -> set[str]:
    """The keywords that assert something."""
    return {word for word in schema if not is_annotation(word)}


def is_class_schema(schema: Schema) -> bool:
    """Whether the schema is an object with properties, which becomes a class of its own."""
    return schema.get("type") == "object" and "properties" in schema and "$ref" not in schema


def types_of(schema: Schema) -> list[str]:
    """The types that ``type`` names; none without it."""
    named = schema.get("type", [])
    return named if is_array(named) else [named]


def listed_values(schema: Schema) -> list[Any]:
    """The only values that ``const`` or ``enum`` allows; none without them."""
    return [schema["const"]] if "const" in schema else schema.get("enum", [])


# The keywords that say nothing of a value of another type.
OBJECT_KEYWORDS = (
    *("properties", "required", "additionalProperties", "patternProperties", "propertyNames"),
    *("minProperties", "maxProperties", "dependentRequired", "dependentSchemas"),
)
ARRAY_KEYWORDS = ("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems")


# The keywords of JSON Schema 2020-12 whose values hold subschemas, by how they hold them.
SUBSCHEMA_MAPS = ("$defs", "properties", "patternProperties", "dependentSchemas")


SUBSCHEMA_LISTS = ("prefixItems", "allOf", "anyOf", "oneOf")


SINGLE_SUBSCHEMAS = (
    "items",
    "additionalProperties",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
)


# Keywords whose subschemas judge the same instance as the schema around them.
IN_PLACE_APPLICATORS = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")


def definitions_of(schema: Schema | bool) -> Schema:
    if not is_object(schema):
        return {}
    return {**schema.get("definitions", {}), **schema.get("$defs", {})}


def child_schemas(schema: Schema) -> Iterator[tuple[Location, Subschema]]:
    """The subschemas that stand directly in ``schema``, each with its path."""
    for keyword, value in schema.items():
        if keyword in SINGLE_SUBSCHEMAS:
            yield (keyword,), value
        elif keyword in SUBSCHEMA_MAPS:
            yield from (((keyword, name), child) for name, child in value.items())
        elif keyword in SUBSCHEMA_LISTS:
            yield from (((keyword, index), child) for index, child in enumerate(value))


def subschemas(schema: Schema, path: Location = ()) -> Iterator[tuple[Location, Schema]]:
    """The schema itself, then every subschema below that is an object, each with its path."""
    yield path, schema
    for step, child in child_schemas(schema):
        if is_object(child):
            yield from subschemas(child, (*path, *step))


def schemas_in_place(schema: Subschema, definitions: Definitions) -> Iterator[Schema]:
    """The schema and all that judges the same instance with it, each definition once."""
    seen: set[str] = set()
    waiting = [schema]
    while waiting:
        inner = waiting.pop()
        if not is_object(inner):
            continue
        yield inner
        name = referred_name(inner)
        if name and name not in seen:
            seen.add(name)
            waiting.append(definitions[name])
        waiting += [it for path, it in child_schemas(inner) if path[0] in IN_PLACE_APPLICATORS]


def map_children(schema: Schema, change: Callable[[Location, Subschema], Subschema]) -> Schema:
    """The schema with each of its children changed."""
    copy: Schema = {}
    for keyword, value in schema.items():
        if keyword in SINGLE_SUBSCHEMAS:
            copy[keyword] = change((keyword,), value)
        elif keyword in SUBSCHEMA_MAPS:
            copy[keyword] = {name: change((keyword, name), child) for name, child in value.items()}
        elif keyword in SUBSCHEMA_LISTS:
            copy[keyword] = [change((keyword, index), child) for index, child in enumerate(value)]
        else:
            copy[keyword] = value
    return copy


def map_subschemas(schema: Any, change: Callable[[Schema], Schema]) -> Any:
    """The schema changed, after all that are within."""
    if not is_object(schema):
        return schema
    return change(map_children(schema, lambda _, child: map_subschemas(child, change)))


def referred_name(schema: Schema) -> str:
    """The name of the definition that ``$ref`` leads to, "" without one."""
    return str(schema.get("$ref", "")).removeprefix(DEFINITION_PREFIX)


def referenced_names(schema: Subschema) -> list[str]:
    """The names of the definitions that ``schema`` refers to, outside its own ``$defs``."""
    if not is_object(schema):
        return []
    body = without(schema, "$defs")
    return [referred_name(inner) for _, inner in subschemas(body) if "$ref" in inner]


def reachable_names(schema: Subschema, definitions: Mapping[str, Subschema]) -> set[str]:
    """The names of the definitions that ``schema`` needs, directly or through others."""
    reached: set[str] = set()
    waiting = referenced_names(schema)
    while waiting:
        name = waiting.pop()
        if name not in reached and name in definitions:
            reached.add(name)
            waiting += referenced_names(definitions[name])
    return reached


Needs = Mapping[str, set[str]]  # what each definition refers to


def needs_of(definitions: Mapping[str, Subschema]) -> dict[str, set[str]]:
    """What each definition refers to among the others: whoever asks for what many of them reach
    walks each schema once."""
    return {
        name: {it for it in referenced_names(schema) if it in definitions}
        for name, schema in definitions.items()
    }


def reached_from(name: str, needs: Needs) -> set[str]:
    """All that a definition needs, through others too."""
    reached, waiting = set[str](), [name]
    while waiting:
        new = needs[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached


def with_dependents(names: Iterable[str], dependencies: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names of members, then those that a ``dependentRequired`` adds to them."""
    needed, by_name = [*dict.fromkeys(names)], [*dependencies]
    for name in needed:  # which grows
        added = (it for by in by_name for it in by.get(name, ()))
        needed += [it for it in dict.fromkeys(added) if it not in needed]
    return needed


def all_of_schemas(*schemas: Subschema) -> Subschema:
    """The schema of what satisfies all of them."""
    asserting = [schema for schema in schemas if schema is not True and schema != {}]
    if len(asserting) > 1:
        return {"allOf": asserting}
    return asserting[0] if asserting else True
