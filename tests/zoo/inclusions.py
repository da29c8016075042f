"""Of two schemas: that one includes the other, and what denies it of one that is nearly so."""

from typing import Any
from uuid import UUID

from contract.subschemas import Schema

from tests.zoo.small_schemas import WHOLE

ARRAY: Schema = {"type": "array"}
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
TWO: Schema = {"contains": WHOLE, "minContains": 2}
A, B = {"required": ["a"]}, {"required": ["b"]}
NUMBER: Schema = {"type": "number"}
OBJECT: Schema = {"type": "object"}
FROM_0_TO_5: Schema = {"minimum": 0, "maximum": 5}
BOTH_TEXTS: Schema = {"properties": {it: {"type": "string"} for it in "ab"}}
NO_TEXT_A, NO_TEXT_B = (
    {"required": [it], "properties": {it: {"not": {"type": "string"}}}} for it in "ab"
)


def text_of(form: str) -> Schema:
    return {"type": "string", "format": form}


UUIDS = text_of("uuid")


def tagged(name: str, kind: str) -> Schema:
    """A record with a tag and a value of a type."""
    described = {"k": {"const": name}, "v": {"type": kind}}
    return {"type": "object", "properties": described, "required": ["k"]}


TAGGED_BY_ONE_OF: Schema = {"oneOf": [tagged("x", "string"), tagged("y", "integer")]}
TAGGED_BY_ANOTHER: Schema = {"oneOf": [tagged("x", "integer"), tagged("y", "string")]}
TAGGED_BY_IF: Schema = {
    **{"type": "object", "properties": {"k": {"enum": ["x", "y"]}}, "required": ["k"]},
    "if": {"properties": {"k": {"const": "x"}}},
    "then": {"properties": {"v": {"type": "string"}}},
    "else": {"properties": {"v": {"type": "integer"}}},
}

CONSTANTS: Schema = {
    **{"type": "array", "prefixItems": [{"const": 1}, {"const": 2}]},
    **{"items": False, "minItems": 2},
}
CLOSED: Schema = {
    "type": "object",
    "properties": {"a": {"const": 1}},
    "additionalProperties": False,
}
FLAGS: Schema = {"enum": [{}, {"a": True}, {"a": False}]}
UNIQUE_AB: Schema = {"type": "array", "uniqueItems": True, "items": {"enum": ["a", "b"]}}
ONE: Schema = {"maxItems": 1}
NUMBER_AND_TEXTS: Schema = {"type": "array", "prefixItems": [NUMBER], "items": {"type": "string"}}

# What is included, and beside it what is so nearly, with a value that denies it.
FACTS: list[tuple[Any, Any, Any, Any]] = [
    ({"exclusiveMaximum": 5}, {"maximum": 5}, {"exclusiveMaximum": 4.5}, 4.75),
    ({"maximum": 4.5}, {"exclusiveMaximum": 5}, {"exclusiveMaximum": 4.5}, 4.5),
    ({"minimum": 5}, {"exclusiveMinimum": 4.5}, {"exclusiveMinimum": 5}, 5),
    ({**WHOLE, "exclusiveMinimum": 4}, {"minimum": 5}, {"minimum": 6}, 5),
    ({**WHOLE, "exclusiveMinimum": 4.5}, {"minimum": 5}, {"minimum": 6}, 5),
    ({**WHOLE, "minimum": 1, "maximum": 3}, {"enum": [3, 2.0, 1]}, {"enum": [1, 2]}, 3),
    ({"multipleOf": 6}, {"multipleOf": 1.5}, {"multipleOf": 4}, 6),
    ({"type": "number"}, {"type": ["integer", "number"]}, WHOLE, 0.5),
    ({"enum": [1, True]}, {"type": ["integer", "boolean"]}, {"enum": [1]}, True),
    ({"const": 1.0}, {"const": 1}, {"const": True}, 1),
    ({"maxLength": 2}, {"maxLength": 3}, {"maxLength": 1}, "ab"),
    ({"minLength": 3}, {"minLength": 2}, {"minLength": 4}, "abc"),
    ({"type": "string", "pattern": "^a{2}$"}, {"maxLength": 2}, {"maxLength": 1}, "aa"),
    ({"type": "string", "pattern": "^a{2}$"}, {"minLength": 2}, {"minLength": 3}, "aa"),
    ({"format": "uuid"}, {"format": "session"}, {"format": "email"}, str(UUID(int=1))),
    (
        {"pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
        {"format": "uuid"},
        {"format": "ipv4"},
        str(UUID(int=1)),
    ),
    ({"pattern": r"^1\.2\.3\.[0-9]$"}, {"format": "ipv4"}, {"format": "duration"}, "1.2.3.4"),
    ({"pattern": "^P[1-9]D$"}, {"format": "duration"}, {"format": "uuid"}, "P1D"),
    (UUIDS, {"minLength": 36}, {"minLength": 37}, str(UUID(int=1))),
    (UUIDS, {"maxLength": 36}, {"maxLength": 35}, str(UUID(int=1))),
    (text_of("date"), {"not": text_of("date-time")}, {"not": {"minLength": 10}}, "2024-02-29"),
    (text_of("time"), {"not": text_of("date")}, {"pattern": "Z$"}, "10:00:00+01:00"),
    (text_of("ipv4"), {"pattern": "\\."}, {"pattern": "^\\."}, "1.1.1.1"),
    (text_of("email"), {"not": text_of("duration")}, {"maxLength": 4}, "a@b.c"),
    (text_of("uri"), {"minLength": 2}, {"minLength": 3}, "a:"),
    (
        {"maxProperties": 1, "dependentRequired": {"a": ["b"]}},
        {"properties": {"a": False}},
        {"properties": {"b": False}},
        {"b": 1},
    ),
    ({"prefixItems": [WHOLE], "items": False}, {"maxItems": 1}, {"maxItems": 0}, [1]),
    ({**ARRAY, "contains": WHOLE}, {"minItems": 1}, {"minItems": 2}, [1]),
    ({"contains": WHOLE, "minContains": 0}, {"minItems": 0}, {"minItems": 1}, []),
    (TWO, {"contains": {"type": "number"}}, {"contains": WHOLE, "minContains": 3}, [1, 2]),
    ({**TWO, "maxContains": 3}, {**TWO, "maxContains": 4}, {**TWO, "maxContains": 2}, [1, 2, 3]),
    ({**TEXTS, "minItems": 1}, {"contains": {"type": "string"}}, {"contains": WHOLE}, ["a"]),
    ({"items": WHOLE, "maxItems": 2}, {"contains": WHOLE, "minContains": 0}, TEXTS, [1]),
    ({"maxItems": 1}, {"uniqueItems": True}, {"contains": WHOLE}, [None]),
    ({"maxItems": 2}, {"maxItems": 3}, {"uniqueItems": True}, [1, 1]),
    (
        {"maxItems": 2},
        {"contains": {}, "minContains": 0, "maxContains": 2},
        {"maxItems": 1},
        [1, 2],
    ),
    ({"type": "object", **A}, {"minProperties": 1}, {"minProperties": 2}, {"a": 0}),
    (
        {"dependentRequired": {"a": ["b"], "b": ["c"]}, **A},
        {"required": ["c"]},
        {"required": ["d"]},
        {"a": 1, "b": 2, "c": 3},
    ),
    (
        {"dependentRequired": {"a": ["b"]}},
        {"dependentRequired": {"a": []}},
        {"dependentRequired": {"a": ["c"]}},
        {"a": 1, "b": 2},
    ),
    ({"properties": {"a": False}}, {"dependentRequired": {"a": ["b"]}}, A, {}),
    ({"properties": {"a": {}}, "additionalProperties": False}, {"maxProperties": 1}, A, {}),
    (
        {"additionalProperties": WHOLE},
        {"properties": {"a": WHOLE}},
        {"properties": {"a": False}},
        {"a": 1},
    ),
    (
        {"patternProperties": {"^a": WHOLE}},
        {"properties": {"ab": WHOLE}},
        {"properties": {"b": WHOLE}},
        {"b": ""},
    ),
    (
        {"propertyNames": {"pattern": "^a"}},
        {"properties": {"b": False}},
        {"properties": {"a": False}},
        {"a": 1},
    ),
    (
        {"propertyNames": {"maxLength": 2}},
        {"propertyNames": {"maxLength": 3}},
        {"maxProperties": 9},
        {f"{i:02}": i for i in range(10)},
    ),
    ({"allOf": [A, B]}, {"required": ["b", "a"]}, {"required": ["c"]}, {"a": 1, "b": 2}),
    ({"anyOf": [A, B]}, {"anyOf": [B, A]}, {"oneOf": [A, B]}, {"a": 1, "b": 2}),
    ({"oneOf": [A, B]}, {"anyOf": [A, B]}, {"not": A}, {"a": 1}),
    ({"not": {"minimum": 3}}, {"exclusiveMaximum": 3}, {"maximum": 2}, 2.5),
    (
        {"not": A, "type": "object"},
        {"properties": {"a": False}},
        {"properties": {"b": False}},
        {"b": 1},
    ),
    ({"if": A, "then": B, "type": "object", **A}, B, {"required": ["c"]}, {"a": 1, "b": 2}),
    (
        {"if": A, "then": B},
        {"dependentSchemas": {"a": B}},
        {"dependentSchemas": {"b": A}},
        {"b": 1},
    ),
    ({"if": A, "then": B, "else": B}, {"anyOf": [B, {"type": "array"}]}, A, {"b": 1}),
    # Few values.
    ({**NUMBER, "minimum": 10, "maximum": 10}, {"const": 10}, {"const": 11}, 10),
    ({**NUMBER, "minimum": 0.5, "maximum": 0.5}, {"enum": [0.5, 1]}, {"const": 1}, 0.5),
    (
        {**NUMBER, "minimum": 0, "maximum": 1, "multipleOf": 0.5},
        {"enum": [0, 0.5, 1]},
        {"enum": [0, 1]},
        0.5,
    ),
    ({"type": "string", "maxLength": 0}, {"const": ""}, {"const": "a"}, ""),
    (
        {"type": "string", "pattern": "^(?:a|b)?$"},
        {"enum": ["a", "b", ""]},
        {"enum": ["a", "b"]},
        "",
    ),
    ({**ARRAY, "maxItems": 0}, {"const": []}, {"const": [1]}, []),
    ({**ARRAY, "items": False}, {"const": []}, {"minItems": 1}, []),
    ({**OBJECT, "maxProperties": 0}, {"const": {}}, {"minProperties": 1}, {}),
    # Names that can be.
    ({**OBJECT, "maxProperties": 0}, {"additionalProperties": False}, A, {}),
    ({**OBJECT, "additionalProperties": False}, {"maxProperties": 0}, A, {}),
    (
        {"propertyNames": {"maxLength": 3}},
        {"patternProperties": {".{4}": False}},
        {"patternProperties": {".{3}": False}},
        {"abc": 0},
    ),
    ({**OBJECT, "propertyNames": False}, {"maxProperties": 0}, A, {}),
    (
        {**OBJECT, "maxProperties": 1, **A},
        {"properties": {"a": {}}, "additionalProperties": False},
        {"properties": {"b": {}}, "additionalProperties": False},
        {"a": 1},
    ),
    (
        {"propertyNames": {"enum": ["a"]}},
        {"properties": {"a": {}}, "additionalProperties": False},
        {"properties": {"b": {}}, "additionalProperties": False},
        {"a": 1},
    ),
    (
        {"propertyNames": {"pattern": "^a"}},
        {"patternProperties": {"^a": {}}, "additionalProperties": False},
        {"patternProperties": {"^ab": {}}, "additionalProperties": False},
        {"a": 1},
    ),
    (
        {"patternProperties": {"^a": {}}, "additionalProperties": False},
        {"propertyNames": {"pattern": "^a"}},
        {"propertyNames": {"pattern": "^ab"}},
        {"a": 1},
    ),
    (
        {"properties": {"a": WHOLE}},
        {"patternProperties": {"^a$": WHOLE}},
        {"patternProperties": {"^a": WHOLE}},
        {"ab": ""},
    ),
    # Opposites.
    (
        {"type": "string"},
        {"anyOf": [{"minLength": 1}, {"const": ""}]},
        {"anyOf": [{"minLength": 2}, {"const": ""}]},
        "a",
    ),
    (
        {"type": "string"},
        {"oneOf": [{"minLength": 1}, {"const": ""}]},
        {"oneOf": [{"minLength": 0}, {"const": ""}]},
        "",
    ),
    ({"not": {"not": A}}, {"anyOf": [A, {"type": "array"}]}, B, {"a": 1}),
    ({**OBJECT, **A}, {"not": {"not": A}}, {"not": {"not": B}}, {"a": 1}),
    ({"type": "string", "not": {"const": ""}}, {"pattern": "^[^]"}, {"minLength": 2}, "a"),
    ({"type": "string", "minLength": 3}, {"pattern": "^[^]{3}"}, {"pattern": "^[^]{4}"}, "aaa"),
    (
        {"type": "integer"},
        {"anyOf": [{"maximum": 5}, {"minimum": 6, "maximum": 8}, {"minimum": 9}]},
        {"anyOf": [{"maximum": 5}, {"minimum": 6, "maximum": 8}, {"minimum": 10}]},
        9,
    ),
    (
        {**NUMBER, "minimum": 0},
        {"oneOf": [{"minimum": 0, "maximum": 5}, {"exclusiveMinimum": 5}]},
        {"oneOf": [{"minimum": 0, "maximum": 5}, {"minimum": 5}]},
        5,
    ),
    ({**ARRAY, "contains": WHOLE}, {"not": {"items": {"not": WHOLE}}}, {"items": WHOLE}, [1, ""]),
    ({"not": {"items": {"not": WHOLE}}}, {"contains": WHOLE}, {"items": WHOLE}, [1, ""]),
    ({**ARRAY, "items": {"not": WHOLE}}, {"not": {"contains": WHOLE}}, {"contains": {}}, []),
    (
        {"contains": WHOLE, "minContains": 0, "maxContains": 0},
        {"items": {"not": WHOLE}},
        {"items": {"not": {"type": "string"}}},
        [""],
    ),
    ({"enum": [*range(300)]}, {**WHOLE, "minimum": 0}, {**WHOLE, "minimum": 1}, 0),
    (
        {**WHOLE, "minimum": 0, "maximum": 299},
        {"enum": [*range(300)]},
        {"enum": [*range(299)]},
        299,
    ),
    (CONSTANTS, {"enum": [[1, 2]]}, {"enum": [[2, 1]]}, [1, 2]),
    ({**CONSTANTS, "minItems": 1}, {"enum": [[1], [1, 2]]}, {"enum": [[1, 2]]}, [1]),
    (CLOSED, {"enum": [{}, {"a": 1}]}, {"enum": [{"a": 1}]}, {}),
    ({**CLOSED, **A}, {"enum": [{"a": 1}]}, {"enum": [{"a": 2}]}, {"a": 1}),
    ({**CLOSED, "properties": {"a": {"type": "boolean"}}}, FLAGS, {"enum": FLAGS["enum"][1:]}, {}),
    ({**ARRAY, "contains": True, "maxContains": 1, "minContains": 0}, ONE, {"maxItems": 0}, [0]),
    (UNIQUE_AB, {"maxItems": 2}, {"maxItems": 1}, ["a", "b"]),
    (
        {**UNIQUE_AB, "prefixItems": [{"const": 1}]},
        {"maxItems": 3},
        {"maxItems": 2},
        [1, "a", "b"],
    ),
    (NUMBER_AND_TEXTS, {"contains": WHOLE, "minContains": 0, "maxContains": 1}, TEXTS, [0]),
    (
        {**NUMBER_AND_TEXTS, "minItems": 3},
        {"contains": {"type": "string"}, "minContains": 2},
        {"contains": {"type": "string"}, "minContains": 3},
        [0, "", ""],
    ),
    ({"not": {"enum": [""]}, "type": "string"}, {"minLength": 1}, {"minLength": 2}, "a"),
    ({"not": {"enum": [[]]}, "type": "array"}, {"minItems": 1}, {"minItems": 2}, [0]),
    (
        {"properties": {"a": {"type": ["string", "integer"]}}, **A},
        {"anyOf": [{"properties": {"a": {"type": it}}, **A} for it in ("string", "integer")]},
        {"anyOf": [{"properties": {"a": {"type": it}}, **A} for it in ("string", "null")]},
        {"a": 1},
    ),
    (
        {**OBJECT, "dependentRequired": {"a": ["b"]}},
        {"anyOf": [{"not": A}, B]},
        {"anyOf": [{"not": B}, A]},
        {"b": 1},
    ),
    # Of several opposites each counts.
    (
        OBJECT,
        {"anyOf": [BOTH_TEXTS, NO_TEXT_A, NO_TEXT_B]},
        {"anyOf": [BOTH_TEXTS, NO_TEXT_A]},
        {"b": 1},
    ),
    (
        OBJECT,
        {"anyOf": [{"required": ["a", "b"]}, *({"properties": {it: False}} for it in "ab")]},
        {"anyOf": [{"required": ["a", "b"]}, {"properties": {"a": False}}]},
        {"a": 1},
    ),
    (
        NUMBER,
        {"anyOf": [FROM_0_TO_5, {"exclusiveMinimum": 5}, {"exclusiveMaximum": 0}]},
        {"anyOf": [FROM_0_TO_5, {"exclusiveMinimum": 5}]},
        -1,
    ),
    (
        ARRAY,
        {"anyOf": [{"contains": WHOLE}, {"items": {"not": WHOLE}}]},
        {"anyOf": [{"contains": WHOLE, "minContains": 2}, {"items": {"not": WHOLE}}]},
        [1],
    ),
    (
        ARRAY,
        {"anyOf": [{"items": WHOLE}, {"contains": {"not": WHOLE}}]},
        {"anyOf": [{"prefixItems": [TEXTS], "items": WHOLE}, {"contains": {"not": WHOLE}}]},
        [1],
    ),
    # A tag, told by if and by oneOf.
    (TAGGED_BY_IF, TAGGED_BY_ONE_OF, TAGGED_BY_ANOTHER, {"k": "x", "v": ""}),
    (TAGGED_BY_ONE_OF, TAGGED_BY_IF, TAGGED_BY_ANOTHER, {"k": "x", "v": ""}),
]
