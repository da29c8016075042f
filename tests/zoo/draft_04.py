"""Schemas of draft-04 with integers, each with a document that 1 and 1.0 tell apart; ``NUMBER``
stands for the number."""

from typing import Any

from contract.subschemas import Schema

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
NUMBER = "NUMBER"
INTEGER: Schema = {"type": "integer"}

# By what they are, the schema and the document.
INTEGERS: dict[str, tuple[Schema, Any]] = {
    "alone": (INTEGER, NUMBER),
    "within bounds": ({**INTEGER, "minimum": 1, "maximum": 1}, NUMBER),
    "of several types": ({"type": ["integer", "null", "string"]}, NUMBER),
    "a multiple": ({**INTEGER, "multipleOf": 0.5}, NUMBER),
    "one of a few": ({**INTEGER, "enum": [1, 2]}, NUMBER),
    "one of a few written as floats": ({**INTEGER, "enum": [1.0]}, NUMBER),
    "in a part": ({"allOf": [INTEGER, {"minimum": 1}]}, NUMBER),
    "in a branch": ({"anyOf": [INTEGER, {"type": "string"}]}, NUMBER),
    "a large one": ({**INTEGER, "minimum": 2**60}, 2**60),
    "an item": ({"type": "array", "items": INTEGER, "uniqueItems": True}, [NUMBER, 2]),
    "the first item": ({"type": "array", "items": [INTEGER], "minItems": 1}, [NUMBER, "x"]),
    "a value of a map": ({"type": "object", "additionalProperties": INTEGER}, {"a": NUMBER}),
    "a member": ({"type": "object", "properties": {"a": INTEGER}}, {"a": NUMBER}),
    "a member with a default": (
        {"type": "object", "properties": {"a": {**INTEGER, "default": 1}}},
        {"a": NUMBER},
    ),
    "a member of an enum": (
        {
            "type": "object",
            "properties": {"a": {"$ref": "#/definitions/Level"}},
            "definitions": {"Level": {**INTEGER, "title": "Level", "enum": [1, 2]}},
        },
        {"a": NUMBER},
    ),
    "a member of two parts": (
        {
            "type": "object",
            "properties": {"a": INTEGER},
            "allOf": [{"properties": {"a": {"type": "number", "maximum": 9}}}],
        },
        {"a": NUMBER},
    ),
}
