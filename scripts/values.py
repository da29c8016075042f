"""JSON values: kinds, equality, pointers; and schemas as values: subschemas, references."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeGuard

Schema = dict[str, Any]
Path = tuple[str | int, ...]
Definitions = Mapping[str, Schema]
DEFINITIONS = "#/$defs/"

ANNOTATIONS = ("title", "description", "default", "examples", "deprecated", "readOnly")
# Annotations of the specification that assert nothing, beside those and any x-… of an owner's own.
OTHERS = ("writeOnly", "$comment", "contentEncoding", "contentMediaType", "contentSchema")


def is_annotation(word: str) -> bool:
    """Whether the keyword asserts nothing (JSON Schema Validation 8 and 9)."""
    return word in ANNOTATIONS or word in OTHERS or word.startswith("x-") or word == "discriminator"


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_class(schema: Schema) -> bool:
    """Whether the schema is an object with properties, which becomes a class of its own."""
    return schema.get("type") == "object" and "properties" in schema and "$ref" not in schema


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal: 1 equals 1.0, true does not, order of members aside."""
    if is_object(left) and is_object(right):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and exact(left) == exact(right)


def exact(value: Any) -> Any:
    """A number by the decimal that is written: 1e25 is 10**25, not the double nearest to it."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path of member names and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


# The keywords of JSON Schema 2020-12 whose values hold subschemas, by how they hold them.
MAPS = ("$defs", "properties", "patternProperties", "dependentSchemas")
LISTS = ("prefixItems", "allOf", "anyOf", "oneOf")
ONES = (
    *("items", "additionalProperties", "contains", "propertyNames"),
    *("not", "if", "then", "else", "unevaluatedProperties", "unevaluatedItems"),
)
# Those that speak of the same instance as the schema around them.
IN_PLACE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")


def children(schema: Schema) -> Iterator[tuple[Path, Schema | bool]]:
    """The subschemas that stand directly in ``schema``, each with its path."""
    for word, value in schema.items():
        if word in ONES:
            yield (word,), value
        elif word in MAPS:
            yield from (((word, name), it) for name, it in value.items())
        elif word in LISTS:
            yield from (((word, index), it) for index, it in enumerate(value))


def subschemas(schema: Schema, path: Path = ()) -> Iterator[tuple[Path, Schema]]:
    """Every subschema that is an object with its path, the schema itself first."""
    yield path, schema
    for step, child in children(schema):
        if is_object(child):
            yield from subschemas(child, (*path, *step))


def replaced(schema: Schema, change: Callable[[Path, Schema | bool], Schema | bool]) -> Schema:
    """The schema with each of its children changed."""
    copy: Schema = {}
    for word, value in schema.items():
        if word in ONES:
            copy[word] = change((word,), value)
        elif word in MAPS:
            copy[word] = {name: change((word, name), it) for name, it in value.items()}
        elif word in LISTS:
            copy[word] = [change((word, index), it) for index, it in enumerate(value)]
        else:
            copy[word] = value
    return copy


def references(schema: Schema) -> list[str]:
    """The names of the definitions that ``schema`` refers to, its own ``$defs`` aside."""
    body = {word: value for word, value in schema.items() if word != "$defs"}
    found = [sub["$ref"] for _, sub in subschemas(body) if "$ref" in sub]
    return [target.removeprefix(DEFINITIONS) for target in found]


def reachable(schema: Schema, definitions: Mapping[str, Schema]) -> set[str]:
    """The definitions that ``schema`` uses, directly or through others."""
    found: set[str] = set()
    waiting = references(schema)
    while waiting:
        name = waiting.pop()
        if name not in found and name in definitions:
            found.add(name)
            waiting += references(definitions[name])
    return found
