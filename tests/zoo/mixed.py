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
    "object-or-null-that-a-ring-leads-back-to": {
        **{"$ref": "#/$defs/Round"},
        "$defs": {"Round": members(a=nullable(a={"$ref": "#/$defs/Round", "required": ["a"]}))},
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
    "untyped-that-nothing-satisfies": members(it={**untyped(a=TEXT), "allOf": [False]}),
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
# Two types between which a condition chooses.
REFERENCE: Schema = {**members(**{"$ref": TEXT}, note=TEXT), "required": ["$ref"]}
LEAF_OR_REFERENCE: Schema = {"$ref": "#/$defs/LeafOrReference"}
REFERS: Schema = {"type": "object", "required": ["$ref"]}
CHOSEN: Schema = {
    "Reference": REFERENCE,
    "Leaf": {
        **members(value=WHOLE, note={**WHOLE, "default": 1}, inner=LEAF_OR_REFERENCE),
        "additionalProperties": False,
    },
    "LeafOrReference": {
        **{"if": REFERS, "then": {"$ref": "#/$defs/Reference"}, "else": {"$ref": "#/$defs/Leaf"}},
    },
}
CONDITIONAL: dict[str, Schema] = {
    "conditional-references": {
        **members(it=LEAF_OR_REFERENCE, many={"type": "array", "items": LEAF_OR_REFERENCE}),
        "$defs": CHOSEN,
    },
    "conditional-conditionals": {
        **{"if": {"properties": {"note": {"const": 1}}}, "then": LEAF_OR_REFERENCE},
        "else": {**members(note={**TEXT, "default": "a"}), "title": "T", "maxProperties": 2},
        **{"title": "Either", "x-y": 1, "default": {"note": "b"}, "minProperties": 1},
        "$defs": CHOSEN,
    },
    "conditional-by-a-reference": {
        **{"if": LEAF_OR_REFERENCE, "then": {"$ref": "#/$defs/Leaf"}, "else": {"type": "null"}},
        "$defs": CHOSEN,
    },
    "conditional-values": {
        **{"if": TEXT, "then": {**TEXT, "minLength": 2}},
        "else": {"type": "array", "items": {**untyped(a=TEXT, b=WHOLE), "required": ["a"]}},
    },
    "conditional-typed": {
        **{"type": "object", "if": REFERS, "then": {"$ref": "#/$defs/Reference"}},
        **{
            "else": untyped(b=WHOLE, c=untyped(d=TEXT)),
            "description": "Typed.",
            "maxProperties": 3,
        },
        "$defs": CHOSEN,
    },
    "conditional-untyped": {"if": REFERS, "then": untyped(a=TEXT), "else": untyped(b=WHOLE)},
}
A: Schema = {**untyped(a=TEXT, x=WHOLE), "required": ["a"]}
B: Schema = {**untyped(b=members(c=WHOLE), x=TEXT), "required": ["b"]}
TAGGED: list[Schema] = [
    {**untyped(kind={"const": "a"}, n=WHOLE), "required": ["kind"]},
    {**untyped(kind={"const": "b"}, n=TEXT), "required": ["kind"], "description": "B."},
]
UNTYPED_BASE: Schema = {"UntypedBase": MIXED["untyped-and-extended"]["$defs"]["UntypedBase"]}

# Branches and parts that describe members, and leave the type to the schema around them.
UNTYPED_PARTS: dict[str, Schema] = {
    "object-of-any": {"type": "object", "anyOf": [A, B], "minProperties": 2, "title": "Any"},
    "object-of-one": {"type": "object", "oneOf": [A, B], "description": "One."},
    "object-of-one-tagged": {"type": "object", "oneOf": TAGGED},
    "object-of-one-that-asserts": {
        "type": "object",
        "oneOf": [
            {**A, "maxProperties": 2, "additionalProperties": WHOLE},
            {**B, "not": {"required": ["a"]}, "title": "T", "minLength": 2},
            {"allOf": [untyped(c=TEXT), {"required": ["c"]}], "patternProperties": {"^y": WHOLE}},
            {**members(d=TEXT), "required": ["d"], "additionalProperties": False},
        ],
    },
    "object-of-any-reference": {
        **{"type": "object", "anyOf": [BASE, {**A, "default": {"a": "a"}}]},
        "$defs": UNTYPED_BASE,
    },
    "object-of-branches-that-say-little": {
        "type": "object",
        "oneOf": [A, {"required": ["b"]}, {"properties": {}}],
    },
    "untyped-any": {"anyOf": [A, B]},
    "untyped-one": {"oneOf": [A, B], "default": {"a": "a"}},
    "untyped-one-tagged": {"oneOf": TAGGED},
    "untyped-one-beside-properties": {
        **untyped(a=TEXT, b=WHOLE, c=untyped(d=TEXT)),
        "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
        "description": "A or b.",
    },
    "untyped-one-beside-parts": {
        **{"allOf": [A, {"minProperties": 2}], "oneOf": [untyped(b=TEXT), {"required": ["b"]}]},
    },
    "object-of-any-with-unions": {
        "type": "object",
        "anyOf": [
            {**A, "oneOf": [{"required": ["x"]}, {"maxProperties": 1}]},
            {**B, "anyOf": [{"required": ["x"]}, {"type": "string"}]},
        ],
    },
    "untyped-one-beside-objects": {"oneOf": [A, B, {**members(c=TEXT), "required": ["c"]}]},
    "untyped-one-and-objects": {"oneOf": [A, {**members(c=TEXT), "required": ["c"]}]},
    "untyped-one-and-a-map": {"oneOf": [A, B, {"type": "object", "additionalProperties": WHOLE}]},
    "untyped-one-that-refers": {"oneOf": [BASE, A, B], "$defs": UNTYPED_BASE},
    "untyped-parts": {"allOf": [A, B, {"required": ["z"]}], "description": "All."},
    "untyped-parts-of-a-reference": {
        **{"allOf": [BASE, A], "maxProperties": 4, "examples": [1]},
        "$defs": UNTYPED_BASE,
    },
    "untyped-parts-beside-properties": {**B, "allOf": [A, {"maxProperties": 3}]},
    "untyped-parts-of-two-types": {
        "allOf": [A, {"type": ["object", "null"], "minProperties": 2}],
    },
    "untyped-parts-recursive": {
        **{"$ref": "#/$defs/Ring"},
        "$defs": {
            "Ring": {"allOf": [A, untyped(ring={"$ref": "#/$defs/Ring"})]},
        },
    },
    "object-of-one-recursive": {
        **{"$ref": "#/$defs/Arm"},
        "$defs": {
            "Arm": {
                "type": "object",
                "oneOf": [A, untyped(arms={"items": {"$ref": "#/$defs/Arm"}})],
            },
        },
    },
    "object-or-null-of-parts": {"type": ["object", "null"], "allOf": [A, B]},
}
