"""JSON values: kinds, equality, pointers; and schemas as values: subschemas, references."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

Schema = dict[str, Any]
Path = tuple[str | int, ...]
DEFINITIONS = "#/$defs/"


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal: 1 equals 1.0, true does not, order of members aside."""
    if is_object(left) and is_object(right):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path of member names and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def subschemas(schema: Schema, path: Path = ()) -> Iterator[tuple[Path, Schema]]:
    """Every subschema of the dialect with its path, the schema itself first."""
    yield path, schema
    for word in ("$defs", "properties"):
        for name, subschema in schema.get(word, {}).items():
            yield from subschemas(subschema, (*path, word, name))
    for index, subschema in enumerate(schema.get("anyOf", ())):
        yield from subschemas(subschema, (*path, "anyOf", index))
    for word in ("items", "additionalProperties"):
        if is_object(schema.get(word)):
            yield from subschemas(schema[word], (*path, word))


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
