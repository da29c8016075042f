"""Objects with properties among other values: ``type`` as a list, or no ``type``."""

from typing import Any

from contract.subschemas import Schema

from tests.zoo.small_schemas import TEXT, WHOLE, members


def untyped(**properties: Any) -> Schema:
    return {"properties": properties}


def nullable(**properties: Any) -> Schema:
    return {"type": ["object", "null"], "properties": properties}


LINK: Schema = {"$ref": "#/$defs/LinkOrNull"}
LEAF: Schema = {"$ref": "#/$defs/LinkOrLeaf"}
BASE: Schema = {"$ref": "#/$defs/UntypedBase"}

MIXED: dict[str, Schema] = {
    "object-or-null": {
        **nullable(a=TEXT, b={**nullable(c=WHOLE), "required": ["c"]}),
        **{"required": ["a"], "description": "A pair.", "default": None},
    },
    "object-or-null-that-asserts": {
        **nullable(a=TEXT, b=WHOLE),
        **{"additionalProperties": False, "minProperties": 1, "title": "T", "x-y": 1},
        "not": {"type": "object", "required": ["a", "b"]},
    },
    "object-or-null-recursive": {
        **LINK,
        "$defs": {"LinkOrNull": {**nullable(value=WHOLE, next=LINK), "required": ["value"]}},
    },
    "object-or-others": {
        **untyped(a=TEXT, b=members(c=WHOLE)),
        **{"type": ["string", "array", "object", "null"], "required": ["a"], "minLength": 2},
        **{"items": members(d=TEXT), "maxItems": 2},
        **{"patternProperties": {"^x": WHOLE}, "additionalProperties": False},
    },
    "object-or-another": {
        **{**untyped(a=TEXT, b=WHOLE), "required": ["a"]},
        **{"type": ["string", "object"], "minLength": 2},
    },
    "objects-or-others-of-one-of": members(
        it={
            "oneOf": [
                {**untyped(kind={"const": "a"}), "type": ["object", "integer"]},
                {**untyped(kind={"const": "b"}), "type": ["object", "string"]},
                {"type": "array", "items": {**untyped(x=WHOLE), "required": ["x"]}},
            ]
        }
    ),
    "untyped": members(it={**untyped(a=TEXT, b=untyped(c=WHOLE)), "required": ["a"]}),
    "untyped-with-conditions": members(
        it={
            **untyped(kind=TEXT, size=WHOLE),
            "allOf": [
                {
                    "if": {"properties": {"kind": {"const": "x"}}, "required": ["kind"]},
                    "then": {"required": ["size"]},
                },
                untyped(more=TEXT),
            ],
            "anyOf": [{"required": ["kind"]}, {"required": ["size"]}],
            **{"if": {"required": ["size"]}, "then": untyped(size={"minimum": 3})},
            "else": {"maxProperties": 2},
        }
    ),
    "untyped-with-words-of-other-types": members(
        it={
            **{**untyped(a=TEXT), "minLength": 2, "items": WHOLE, "minimum": 3},
            "anyOf": [{"required": ["a"], "type": ["object", "string"]}, {"type": "integer"}],
            "not": {"required": ["b"]},
        }
    ),
    "untyped-in-one-of": members(
        it={
            "oneOf": [
                {**untyped(a=TEXT), "required": ["a"]},
                {**untyped(b=TEXT), "required": ["b"]},
                TEXT,
            ]
        }
    ),
    "untyped-with-a-condition-of-others": members(
        it={**untyped(a=TEXT), "if": TEXT, "then": {"minLength": 2}}
    ),
    "untyped-recursive": {
        **LEAF,
        "$defs": {
            "LinkOrLeaf": {
                **untyped(value=WHOLE, nodes={"type": "array", "items": LEAF}),
                **{"required": ["value"], "additionalProperties": LEAF},
            }
        },
    },
    "untyped-and-extended": {
        **members(
            a=BASE,
            b={"allOf": [BASE, members(c=WHOLE)]},
            d={"anyOf": [BASE, {"type": "null"}], "default": None},
        ),
        "$defs": {"UntypedBase": {**untyped(id=TEXT, at=untyped(x=WHOLE)), "required": ["id"]}},
    },
}
