"""How far a set of documents reaches into a schema: which keywords alone reject one of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema.exceptions import ValidationError
from oracle import Oracle
from values import DEFINITIONS, Schema, pointer

ASSERTIONS = {
    *(
        "type",
        "enum",
        "const",
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
    ),
    *("multipleOf", "minLength", "maxLength", "minItems", "maxItems"),
    *("minProperties", "maxProperties", "required", "anyOf"),
}


def assertions(
    schema: Schema, root: Schema, path: tuple[str | int, ...] = (), trail: tuple[str, ...] = ()
) -> Iterator[str]:
    """The path of every keyword that can reject, as the validator names it; each name of
    ``required`` on its own. A type beside an enum or a const says nothing more."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(DEFINITIONS)
        if name not in trail:
            yield from assertions(root["$defs"][name], root, path, (*trail, name))
    for word in schema.keys() & ASSERTIONS - (
        {"type"} if schema.keys() & {"enum", "const"} else set()
    ):
        names = schema["required"] if word == "required" else [None]
        yield from (pointer((*path, word, *([name] if name else []))) for name in names)
    if schema.get("additionalProperties") is False:
        yield pointer((*path, "additionalProperties"))
    for step, subschema in children(schema):
        yield from assertions(subschema, root, (*path, *step), trail)


def children(schema: Schema) -> Iterator[tuple[tuple[str | int, ...], Schema]]:
    for name, subschema in schema.get("properties", {}).items():
        yield ("properties", name), subschema
    for index, branch in enumerate(schema.get("anyOf", ())):
        yield ("anyOf", index), branch
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield (word,), schema[word]


def sole_reasons(oracle: Oracle, instances: Iterable[Any]) -> set[str]:
    """The keywords that are the only reason for rejecting at least one of the instances."""
    return {
        reason
        for instance in instances
        for reason in alone(list(oracle.validator.iter_errors(instance)))
    }


def alone(errors: list[ValidationError]) -> Iterator[str]:
    """The keyword of the only error, and of the only error of each branch below it."""
    if len(errors) != 1:
        return
    error = errors[0]
    path = list(error.absolute_schema_path)
    yield pointer([*path, *missing(error)])
    for branch in {cause.schema_path[0] for cause in error.context}:
        yield from alone([cause for cause in error.context if cause.schema_path[0] == branch])


def missing(error: ValidationError) -> list[str]:
    """The name that a ``required`` alone misses."""
    if error.validator != "required":
        return []
    schema: Any = error.schema
    instance: Any = error.instance
    return [name for name in schema["required"] if name not in instance]
