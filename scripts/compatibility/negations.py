"""A schema with opposites in place of ``not``, which lead a search to values."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.conjunctions import allowed_kinds, opposites_of, telling_keywords
from compatibility.inclusion.strings import exact_pattern
from contract.json_values import Location, is_object
from contract.subschemas import Definitions, Schema, Subschema, map_children, referred_name

MAX_DEPTH = 6  # negations within negations that are rewritten


# A kind of values that shows what is the opposite for a type.
KIND_BY_TYPE = {
    "number": "fraction",
    "integer": "integer",
    **{it: it for it in ("string", "array", "object", "null", "boolean")},
}


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
    """The opposites, or some of them beside ``not``."""
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
    "dependentSchemas": wrong_dependents,
    "if": wrong_outcomes,
}
