"""Schemas of objects and of other values -> the class of the objects, and the keywords for both.

``{"type": ["object", "null"], "properties": …}`` is ``Address | None``. Without ``type`` any value
that is not an object is valid. Both are written as ``if`` and ``then``, which mean the same.
"""

from collections.abc import Callable
from typing import Any

from contract.json_values import is_array, is_object, without
from contract.subschemas import (
    DEFINITION_PREFIX,
    OBJECT_KEYWORDS,
    Definitions,
    Schema,
    Subschema,
    is_annotation,
    referred_name,
)
from models.unions import OBJECTS, parts


def is_mixed(schema: Schema) -> bool:
    """Whether the objects of the schema are those of a class, as ``with_class`` says it."""
    return schema.get("if") == OBJECTS


def class_name_of_objects(schema: Schema) -> str:
    return referred_name(schema["then"])


def with_class(others: Schema, name: str) -> Schema:
    """The schema of which ``others`` is one part, and its objects are those of the class."""
    return {**others, "if": OBJECTS, "then": {"$ref": DEFINITION_PREFIX + name}}


def split_objects(schema: Schema, definitions: Definitions) -> tuple[Schema, Schema] | None:
    """The schema of the objects alone, and the rest of the schema; None if it is not of objects
    with properties and of other values."""
    types = schema.get("type", ["object"])
    mixed = is_array(types) and "object" in types
    if not mixed or not schema.keys().isdisjoint(("const", "enum", "$ref")):
        return None
    own = words_of_objects(schema, definitions)
    others = without(schema, *own)
    objects = {word: it for word, it in schema.items() if word in own}
    split = describes_members(objects, definitions) and "if" not in others
    return ({"type": "object", **objects}, others) if split else None


def describes_members(schema: Schema, definitions: Definitions) -> bool:
    """Whether the schema, or what holds beside it, says what members an object has."""
    return any(it.get("properties") or is_mixed(it) for it in parts(schema, definitions))


def words_of_objects(schema: Schema, definitions: Definitions) -> set[str]:
    """The keywords that the class of the objects asserts."""
    own = {word for word in schema if word in OBJECT_KEYWORDS or word == "description"}
    for family in IN_PLACE:
        part = {word: schema[word] for word in family if word in schema}
        own |= part.keys() if accepts_others(part, definitions) else set()
    return own


IN_PLACE = (("allOf",), ("anyOf",), ("not",), ("if", "then", "else"))


def accepts_others(schema: Subschema, definitions: Definitions) -> bool:
    """Whether the keywords show that every value but an object is valid."""
    if not is_object(schema):
        return schema is True
    return all(
        OTHERS[word](value, definitions) if word in OTHERS else word in OBJECT_KEYWORDS
        for word, value in schema.items()
        if not is_annotation(word)
    )


def rejects_others(schema: Subschema, definitions: Definitions) -> bool:
    """Whether the keywords show that no value but an object is valid."""
    return schema.get("type") == "object" if is_object(schema) else not schema


# By applicator, whether it accepts every value but an object.
OTHERS: dict[str, Callable[[Any, Definitions], bool]] = {
    "$ref": lambda target, definitions: accepts_others(
        definitions[target.removeprefix(DEFINITION_PREFIX)], definitions
    ),
    "allOf": lambda branches, definitions: all(accepts_others(it, definitions) for it in branches),
    "anyOf": lambda branches, definitions: any(accepts_others(it, definitions) for it in branches),
    "not": rejects_others,
    "if": lambda _, __: True,
    "then": accepts_others,
    "else": accepts_others,
}
