"""A schema with opposites in place of ``not``, which lead a search to values."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from math import inf
from typing import Any

from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.conjunctions import allowed_kinds, opposites_of, telling_keywords
from compatibility.inclusion.strings import exact_pattern
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


def ways_to_differ(
    accepted: Subschema, denied: Subschema, definitions: Definitions
) -> Iterator[list[Subschema]]:
    """Schemas that what only one of two accepts satisfies: in one word, then in words that lead a
    search to values."""
    wanted: list[Subschema] = [accepted, {"not": denied}]
    yield wanted
    accepted, denied = (without_negations(it, definitions) for it in wanted)
    others = [it for _, it in subschemas({"allOf": [accepted], "$defs": definitions})]
    yield [accepted, with_unmatched_strings(denied, others)]


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
    alternatives: list[Schema] = [
        {"type": name, "allOf": [opposite]}
        for name, kind in KIND_BY_TYPE.items()
        if kind in kinds
        for opposite in said_opposites(schema, kind, definitions, depth)
    ]
    others = [it for it, kind in KIND_BY_TYPE.items() if kind not in kinds]
    alternatives += [{"type": others}] if others else []
    return {"anyOf": alternatives} if alternatives else False


def said_opposites(
    schema: Schema, kind: str, definitions: Definitions, depth: int
) -> list[Subschema]:
    """The opposites, or some of them beside ``not``."""
    pattern = {word: schema[word] for word in ("pattern",) if word in schema}
    if pattern and kind == "string" and pattern != schema:
        rest = said_opposites(without(schema, "pattern"), kind, definitions, depth)
        return [{"not": pattern}, *rest]
    opposites = opposites_of(schema, kind)
    if opposites is not None:
        return [without_negations(it, definitions, depth) for it in opposites]

    def negate(inner: Subschema) -> Subschema:
        return negation(inner, definitions, depth)

    words = [it for it in telling_keywords(schema, kind) if it in SOME_OPPOSITES]
    return [*(it for word in words for it in SOME_OPPOSITES[word](schema, negate)), {"not": schema}]


Negate = Callable[[Subschema], Subschema]


def wrong_items(schema: Schema, negate: Negate) -> Iterator[Schema]:
    """Arrays with an item that is not as the schema says of its place."""
    items = schema.get("prefixItems", [])
    for index, item in enumerate([*items, schema.get("items", True)]):
        yield {"minItems": index + 1, "prefixItems": [*[True] * index, negate(item)]}


def wrong_members(schema: Schema, negate: Negate) -> Iterator[Schema]:
    """Objects with a member that is not as the schema says of those that no property names."""
    named = [*map(exact_pattern, schema.get("properties", ()))]
    patterns = schema.get("patternProperties", {})
    yield from wrong_member(
        [], [*patterns, *named], schema.get("additionalProperties", True), negate
    )


def wrong_matches(schema: Schema, negate: Negate) -> Iterator[Schema]:
    """The same of the members that match a pattern."""
    for pattern, member in schema["patternProperties"].items():
        yield from wrong_member([pattern], [], member, negate)


def wrong_member(
    wanted: list[str], unwanted: list[str], member: Subschema, negate: Negate
) -> Iterator[Schema]:
    """An object with a member of a name of these patterns that the schema does not allow."""
    with suppress(UndecidedPattern):
        name = shortest_string(wanted, unwanted)
        if name is not None:
            yield {"required": [name], "properties": {name: negate(member)}}


def wrong_names(schema: Schema, negate: Negate) -> Iterator[Schema]:
    """Objects of which no name is one that the schema allows."""
    yield {"minProperties": 1, "propertyNames": negate(schema["propertyNames"])}


def wrong_dependents(schema: Schema, negate: Negate) -> Iterator[Schema]:
    for name, dependent in schema["dependentSchemas"].items():
        yield {"required": [name], "allOf": [negate(dependent)]}


def wrong_outcomes(schema: Schema, negate: Negate) -> Iterator[Schema]:
    condition = schema["if"]
    yield {"allOf": [condition, negate(schema.get("then", True))]}
    yield {"allOf": [negate(condition), negate(schema.get("else", True))]}


# By keyword some of what it does not allow, for a search.
SOME_OPPOSITES: dict[str, Callable[[Schema, Negate], Iterator[Schema]]] = {
    "prefixItems": wrong_items,
    "additionalProperties": wrong_members,
    "patternProperties": wrong_matches,
    "propertyNames": wrong_names,
    "dependentSchemas": wrong_dependents,
    "if": wrong_outcomes,
}


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
