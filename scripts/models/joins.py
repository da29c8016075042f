"""Schemas that all hold for one value -> one schema of the same meaning, in the words of a type.

``{"type": "integer"}`` and ``{"type": "number", "minimum": 1}`` are ``{"type": "integer",
"minimum": 1}``. What one keyword cannot express stays in ``allOf``.
"""

from collections.abc import Callable, Iterable
from typing import Any

from contract.json_values import is_equal, is_object
from contract.subschemas import Schema, Subschema, is_annotation

NEVER: Schema = {"not": {}}

# Keywords that mean something only together.
FAMILIES = (
    frozenset({"properties", "patternProperties", "additionalProperties"}),
    frozenset({"prefixItems", "items"}),
    frozenset({"contains", "minContains", "maxContains"}),
    frozenset({"if", "then", "else"}),
)


def distinct_schemas(schemas: Iterable[Subschema]) -> list[Schema]:
    """Those that are not empty, each once; NEVER alone if one of them refuses all."""
    distinct: list[Schema] = []
    for subschema in schemas:
        schema: Schema = subschema if is_object(subschema) else {} if subschema else NEVER
        if is_equal(schema, NEVER):
            return [NEVER]
        if schema and not any(is_equal(schema, other) for other in distinct):
            distinct.append(schema)
    return distinct


def joined(schemas: Iterable[Subschema]) -> Schema:
    """The schema of what satisfies all of them; of annotations the last."""
    whole: Schema = {}
    for schema in distinct_schemas(schemas):
        whole = joined_two(whole, schema)
    return whole


def joined_two(left: Schema, right: Schema) -> Schema:
    whole, beside = {**left}, list[Schema]()
    for words in families(right):
        mine = {word: left[word] for word in family_of(next(iter(words))) if word in left}
        theirs = {word: right[word] for word in words}
        both = {**theirs} if not mine or is_equal(mine, theirs) else join_words(mine, theirs)
        if both is None:
            beside.append(theirs)
        elif both is NEVER:
            return NEVER
        else:
            whole |= both
    return {**whole, "allOf": [*whole.get("allOf", ()), *beside]} if beside else whole


def families(schema: Schema) -> list[tuple[str, ...]]:
    """The keywords of a schema, those that go together together."""
    return list(
        dict.fromkeys(
            tuple(other for other in schema if other in family_of(word)) for word in schema
        )
    )


def family_of(word: str) -> frozenset[str]:
    return next((it for it in FAMILIES if word in it), frozenset({word}))


def join_words(left: Schema, right: Schema) -> Schema | None:
    """The one keyword that asserts what both do; None if they differ or no value does."""
    if left.keys() != right.keys() or len(left) > 1:
        return None
    (word,) = left
    if is_annotation(word):
        return right
    join = JOINS.get(word)
    value = join(left[word], right[word]) if join else None
    if value is None:
        return None
    return NEVER if value == [] and word in ("type", "enum") else {word: value}


def join_types(left: Any, right: Any) -> Any:
    """The types that both allow: an integer is a number (Core 4.2.3)."""
    mine, theirs = ([it] if isinstance(it, str) else it for it in (left, right))
    both = [it for it in mine if it in theirs or (it == "integer" and "number" in theirs)]
    both += [it for it in theirs if it == "integer" and "number" in mine and it not in both]
    return both[0] if len(both) == 1 else both


def join_values(left: list[Any], right: list[Any]) -> list[Any]:
    return [it for it in left if any(is_equal(it, other) for other in right)]


def join_names(left: list[str], right: list[str]) -> list[str]:
    return [*dict.fromkeys([*left, *right])]


def join_items(left: Subschema, right: Subschema) -> Subschema:
    whole = joined([left, right])
    return False if whole is NEVER else whole


def join_lists(left: list[Any], right: list[Any]) -> list[Any]:
    return [*distinct_schemas([*left, *right])]


JOINS: dict[str, Callable[[Any, Any], Any]] = {
    "type": join_types,
    "enum": join_values,
    "required": join_names,
    "items": join_items,
    "allOf": join_lists,
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
}
