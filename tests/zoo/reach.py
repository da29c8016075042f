"""How far a set of documents reaches into a schema: which keywords alone reject one of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from contract.json_values import json_pointer, with_exact_integers
from contract.subschemas import Schema, child_schemas, reachable_names, referred_name
from documents.keywords import KEYWORDS
from jsonschema.exceptions import ValidationError
from oracle.keywords import UnionError
from oracle.oracle import Oracle, every_branch

Path = tuple[str | int, ...]

ASSERTIONS = {
    *("type", "enum", "const", "format", "pattern", "multipleOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("required", "dependentRequired", "contains", "anyOf", "oneOf", "not"),
}
# What the validator names below these is no error of its own: they are judged as a whole.
WHOLE = {"contains", "not", "if"}


def assertions(schema: Schema | bool, root: Schema) -> Iterator[str]:
    """The path of every keyword that can reject, as the validator names it; each name of
    ``required`` on its own. A definition counts where the documents enter it."""
    definitions = root.get("$defs", {})
    recursive = {
        name for name, it in definitions.items() if name in reachable_names(it, definitions)
    }
    yield from Walk(definitions, recursive).assertions(schema, (), ())


class Walk:
    """One way through a schema, in the order of the documents."""

    def __init__(self, definitions: dict[str, Any], recursive: set[str]) -> None:
        self.definitions = definitions
        self.recursive = recursive
        self.entered: set[str] = set()

    def assertions(
        self, schema: Schema | bool, path: Path, trail: tuple[str, ...]
    ) -> Iterator[str]:
        if isinstance(schema, bool):
            yield from [] if schema else [json_pointer(path)]
            return
        name = referred_name(schema)
        again = name in self.entered and (name in self.recursive or name in trail)
        if name and not again:
            self.entered.add(name)
            yield from self.assertions(self.definitions[name], path, (*trail, name))
        yield from own(schema, path)
        for step, subschema in children(schema):
            found = self.assertions(subschema, (*path, *step), trail)
            yield from [] if WHOLE.intersection(map(str, step[:1])) and list(found) else found


def own(schema: Schema, path: Path) -> Iterator[str]:
    """What a schema itself asserts. A type beside an enum or a const says nothing more."""
    implied = {"type"} if schema.keys() & {"enum", "const"} else set[str]()
    for word in schema.keys() & ASSERTIONS - implied:
        names = schema["required"] if word == "required" else [None]
        yield from (json_pointer((*path, word, *([name] if name else []))) for name in names)
    if schema.get("uniqueItems"):
        yield json_pointer((*path, "uniqueItems"))


def children(schema: Schema) -> Iterator[tuple[Path, Schema | bool]]:
    """Every subschema with its path, in the order of the documents."""
    for word in KEYWORDS:
        if word in schema:
            words = ("then", "if", "else") if word == "if" else (word,)
            yield from child_schemas({it: schema[it] for it in words if it in schema})


def sole_reasons(oracle: Oracle, instances: Iterable[Any]) -> set[str]:
    """The keywords that are the only reason for rejecting at least one of the instances."""
    return {
        reason
        for instance in instances
        for reason in alone(list(oracle.validator.iter_errors(with_exact_integers(instance))))
    }


def alone(errors: list[ValidationError]) -> Iterator[str]:
    """The keyword of the only error, and of the only error of each branch below it."""
    if len(errors) != 1:
        return
    error = errors[0]
    path = list(error.absolute_schema_path)
    yield json_pointer([*path, *missing(error)])
    for causes in every_branch(error) if isinstance(error, UnionError) else ():
        yield from alone(causes)


def missing(error: ValidationError) -> list[str]:
    """The name that a ``required`` alone misses."""
    if error.validator != "required":
        return []
    schema: Any = error.schema
    instance: Any = error.instance
    return [name for name in schema["required"] if name not in instance]
