"""A schema with opposites in place of ``not``, which lead a search to values."""

from typing import Any

from compatibility.inclusion.conjunctions import allowed_kinds, opposites_of
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
    opposites = opposites_of(schema, kind)
    if opposites is None:
        return [{"not": schema}]
    return [without_negations(it, definitions, depth) for it in opposites]
