"""A schema with opposites in place of ``not``, which lead a search to values."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from math import inf
from typing import Any

from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.conjunctions import allowed_kinds, opposites_of
from contract.json_values import Location, is_object, without
from contract.subschemas import (
    Definitions,
    Schema,
    Subschema,
    map_children,
    map_subschemas,
    referred_name,
    subschemas,
)

MAX_DEPTH = 6  # negations within negations that are rewritten
MAX_STRINGS = 20  # for a pattern that must not match


# A kind of values that shows what is the opposite for a type.
KIND_BY_TYPE = {
    "number": "fraction",
    "integer": "integer",
    **{it: it for it in ("string", "array", "object", "null", "boolean")},
}


def negated_schemas(schema: Schema, accepted: Schema) -> Iterator[Subschema]:
    """What does not satisfy the schema: in one word, then in words that lead a search to values
    of the accepted schema, which has the definitions of both."""
    yield {"not": schema}
    opposite = without_negations({"not": schema}, accepted["$defs"])
    yield with_unmatched_strings(opposite, (it for _, it in subschemas(accepted)))


def without_negations(
    schema: Subschema, definitions: Definitions, depth: int = MAX_DEPTH
) -> Subschema:
    """A schema that at least the same values satisfy, with unions of opposites for ``not`` where
    these are known."""
    if not is_object(schema) or depth == 0:
        return schema

    def change(path: Location, inner: Any) -> Any:
        return inner if path == ("not",) else without_negations(inner, definitions, depth)

    copy = map_children(schema, change)
    if is_object(copy.get("not")):
        opposite = negation(copy.pop("not"), definitions, depth - 1)
        copy["allOf"] = [*copy.get("allOf", ()), opposite]
    return copy


def negation(schema: Subschema, definitions: Definitions, depth: int) -> Subschema:
    """What does not satisfy the schema, in other words than ``not`` if possible; of ``oneOf`` the
    values that satisfy none of its branches."""
    if not is_object(schema) or depth == 0:
        return {"not": schema}
    if schema.keys() == {"$ref"}:
        name = referred_name(schema)
        return negation(definitions[name], definitions, depth - 1)
    for word in ("anyOf", "oneOf"):
        if schema.keys() == {word}:
            return {"allOf": [negation(it, definitions, depth) for it in schema[word]]}
    kinds = allowed_kinds(schema)
    alternatives = [
        {"type": name, "allOf": [opposite]}
        for name, kind in KIND_BY_TYPE.items()
        if kind in kinds
        for opposite in said_opposites(schema, kind, definitions, depth)
    ]
    others = [it for it, kind in KIND_BY_TYPE.items() if kind not in kinds]
    return {"anyOf": [*alternatives, *([{"type": others}] if others else [])]}


def said_opposites(
    schema: Schema, kind: str, definitions: Definitions, depth: int
) -> list[Subschema]:
    pattern = {word: schema[word] for word in ("pattern",) if word in schema}
    if pattern and kind == "string" and pattern != schema:
        rest = said_opposites(without(schema, "pattern"), kind, definitions, depth)
        return [{"not": pattern}, *rest]
    opposites = opposites_of(schema, kind)
    if opposites is None:
        return [{"not": schema}, *member_opposites(schema, kind, definitions, depth)]
    return [without_negations(it, definitions, depth) for it in opposites]


def member_opposites(
    schema: Schema, kind: str, definitions: Definitions, depth: int
) -> Iterator[Schema]:
    """Objects that do not satisfy the schema because of members or names that no one knows."""
    named: Schema = schema.get("properties", {})
    known = {"not": schema, "minProperties": len(named) + 1}
    for word in ("additionalProperties", "propertyNames") if kind == "object" else ():
        if word in schema:
            opposite = negation(schema[word], definitions, depth - 1)
            yield {**known, "properties": dict.fromkeys(named, True), word: opposite}


def with_unmatched_strings(schema: Subschema, others: Iterable[Schema]) -> Subschema:
    """The schema, where a pattern must not match, with strings for examples: a shortest one, and
    one for each of the other schemas that has words for strings, if automata find it."""
    bounds = [*dict.fromkeys(map(string_bounds, [{}, *others]))][:MAX_STRINGS]

    def change(copy: Schema) -> Schema:
        denied = copy.get("not")
        if not is_object(denied) or denied.keys() != {"pattern"}:
            return copy
        texts = [unmatched_string(denied["pattern"], *it) for it in bounds]
        return {**copy, "examples": [it for it in texts if it is not None]}

    return map_subschemas(schema, change) if is_object(schema) else schema


def string_bounds(schema: Schema) -> tuple[tuple[str, ...], int, float]:
    """The patterns, and the least and the greatest length, of the strings of a schema."""
    patterns = tuple(schema[it] for it in ("pattern",) if it in schema)
    return patterns, int(schema.get("minLength", 0)), float(schema.get("maxLength", inf))


def unmatched_string(pattern: str, wanted: tuple[str, ...], least: int, most: float) -> str | None:
    """A shortest string within bounds that the pattern does not match, None if none is known."""
    with suppress(UndecidedPattern):
        return shortest_string(wanted, [pattern], least, most)
    return None
