"""Compositions of objects: ``allOf``, ``$ref`` with siblings, and what stands beside properties."""

from contract.subschemas import Schema

from tests.zoo.small_schemas import TEXT, WHOLE, members

ANIMAL: Schema = {**members(name=TEXT, age=WHOLE), "required": ["name"]}
REF: Schema = {"$ref": "#/$defs/Animal"}


def of_animal(schema: Schema, **others: Schema) -> Schema:
    return {**schema, "$defs": {"Animal": ANIMAL, **others}}


DEPRECATED: Schema = {
    **{"type": "array", "items": members(old={"$ref": "#/$defs/Old"}, new={"$ref": "#/$defs/New"})},
    "deprecated": True,
    "$defs": {
        "Old": {
            **{**members(a=TEXT), "required": ["a"], "description": "It was."},
            **{"deprecated": True, "x-sunset": "2027-01-31"},
        },
        "New": {"allOf": [{"$ref": "#/$defs/Old"}, members(b=TEXT)]},
    },
}

COMPOSITIONS: dict[str, Schema] = {
    "extension-of-a-deprecated-one": DEPRECATED,
    "extension": of_animal({"allOf": [REF, {**members(breed=TEXT), "required": ["breed"]}]}),
    "extension-of-an-extension": of_animal(
        {"allOf": [{"$ref": "#/$defs/Dog"}, members(owner=members(of=TEXT))]},
        Dog={"allOf": [REF, members(breed=TEXT, toys={"type": "array", "items": members(a=TEXT)})]},
    ),
    "extension-of-two": of_animal(
        {"allOf": [REF, {"$ref": "#/$defs/Owned"}], "description": "A pet."},
        Owned={**members(owner=members(name=TEXT)), "required": ["owner"]},
    ),
    "extension-of-two-that-extend-one": of_animal(
        {"allOf": [{"$ref": "#/$defs/Hound"}, {"$ref": "#/$defs/Cat"}]},
        Hound={"allOf": [REF, members(breed=TEXT)]},
        Cat={"allOf": [REF, members(lives={"type": "integer", "maximum": 9})]},
    ),
    "extension-that-requires": of_animal({"allOf": [REF, {"required": ["age"]}]}),
    "extension-that-narrows": of_animal(
        {"allOf": [REF, {"properties": {"name": {"const": "Rex"}, "age": {"minimum": 1}}}]}
    ),
    "extension-that-describes": of_animal(
        {"allOf": [REF, {"properties": {"name": {"description": "Of the dog.", "title": "N"}}}]}
    ),
    "extension-that-contradicts": of_animal({"allOf": [REF, {"properties": {"age": TEXT}}]}),
    "extension-closed": of_animal(
        {"allOf": [REF, members(breed=TEXT)], "unevaluatedProperties": False}
    ),
    "extension-closed-by-names": of_animal(
        {"allOf": [REF], "properties": {"name": True, "breed": TEXT}, "additionalProperties": False}
    ),
    "extension-of-a-closed-one": {
        "allOf": [{"$ref": "#/$defs/Closed"}, members(b=TEXT)],
        "$defs": {"Closed": {**members(a=TEXT), "additionalProperties": False}},
    },
    "extension-of-a-map": {
        "allOf": [{"$ref": "#/$defs/Counts"}, {"properties": {"b": {"minimum": 2}}}],
        "$defs": {"Counts": {**members(a=TEXT), "additionalProperties": WHOLE}},
    },
    "extension-of-an-asserting-one": {
        "allOf": [{"$ref": "#/$defs/Bounded"}, {**members(b=TEXT), "minProperties": 2}],
        "$defs": {"Bounded": {**members(a=TEXT), "maxProperties": 3, "not": {"required": ["c"]}}},
    },
    "extension-of-aliased-names": {
        "allOf": [{"$ref": "#/$defs/Header"}, members(content_type=WHOLE, **{"x-y": TEXT})],
        "$defs": {"Header": members(**{"content-type": TEXT, "x-y": TEXT})},
    },
    "reference-with-properties-beside": of_animal({**REF, "properties": {"breed": TEXT}}),
    "reference-with-required-beside": of_animal({**REF, "required": ["age", "x"]}),
    "reference-that-closes": of_animal(
        {**REF, "properties": {"name": {}, "age": {}}, "additionalProperties": False}
    ),
    "parts-without-a-type": {
        "type": "object",
        "allOf": [{"properties": {"a": TEXT}}, {"properties": {"b": WHOLE}, "required": ["a"]}],
    },
    "parts-of-no-type": {"allOf": [{"properties": {"a": TEXT}}, {"required": ["b"]}]},
    "parts-that-a-definition-shares": {
        **members(one={"allOf": [{"$ref": "#/$defs/Stamped"}, members(x=WHOLE)]}),
        "additionalProperties": {"allOf": [members(y=WHOLE), {"$ref": "#/$defs/Stamped"}]},
        "$defs": {"Stamped": {"properties": {"by": {**members(id=TEXT), "required": ["id"]}}}},
    },
    "parts-closed-apart": {
        "allOf": [
            {**members(a=TEXT, b=TEXT), "additionalProperties": False},
            {**members(b={"minLength": 2}, c=TEXT), "required": ["b"]},
        ]
    },
    "parts-that-refuse-each-other": {
        "allOf": [
            {**members(a=TEXT), "additionalProperties": False},
            {**members(b=TEXT), "additionalProperties": False},
        ]
    },
    "parts-with-patterns": {
        "allOf": [
            {**members(a=TEXT), "patternProperties": {"^x": WHOLE}, "additionalProperties": False},
            members(x={"minimum": 3}),
        ]
    },
    "parts-with-patterns-and-a-map": {
        "allOf": [
            {**members(a={}), "patternProperties": {"^x": {"minimum": 3}}},
            {**members(b={}), "additionalProperties": WHOLE},
        ]
    },
    "parts-with-maps": {
        "allOf": [
            {**members(a=TEXT), "additionalProperties": {"type": ["integer", "string"]}},
            {**members(b={}), "additionalProperties": {"minimum": 2, "maxLength": 1}},
        ]
    },
    "parts-of-one-member": {
        "allOf": [
            members(a={"type": ["integer", "string"], "enum": [1, 2, "x"]}, b={"items": WHOLE}),
            members(a={"type": "number", "enum": [2, 3, 1]}, b={"type": "array", "maxItems": 1}),
            members(a={"default": 1}, b={"items": {"maximum": 5}}, c=members(d=TEXT)),
            members(c={**members(d={"minLength": 2}, e=WHOLE), "required": ["e"]}),
        ]
    },
    "parts-that-assert": {
        "allOf": [
            {**members(a=TEXT), "not": {"required": ["z"]}, "minProperties": 1},
            {**members(b=TEXT), "not": {"required": ["y"]}, "minProperties": 2},
            {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
            {"if": {"required": ["b"]}, "then": {"properties": {"b": {"maxLength": 2}}}},
        ]
    },
    "parts-with-a-false-one": {"allOf": [members(a=TEXT), {"properties": {"b": False}}, True]},
    "parts-beside-unions": of_animal(
        {
            "allOf": [REF, {"oneOf": [{"required": ["age"]}, {"required": ["birth"]}]}],
            "anyOf": [{"properties": {"age": {"minimum": 3}}}, {"required": ["x"]}],
            "dependentSchemas": {"birth": {"properties": {"birth": TEXT}}},
        }
    ),
    "a-union-of-extensions": {
        "oneOf": [{"$ref": "#/$defs/PetDog"}, {"$ref": "#/$defs/PetCat"}],
        "$defs": {
            "Pet": {**members(kind=TEXT, name=TEXT), "required": ["kind"]},
            "PetDog": {
                "allOf": [
                    {"$ref": "#/$defs/Pet"},
                    members(kind={"const": "dog"}, bark={"type": "boolean"}),
                ]
            },
            "PetCat": {"allOf": [{"$ref": "#/$defs/Pet"}, members(kind={"const": "cat"})]},
        },
    },
    "an-extension-or-null": of_animal(
        members(it={"anyOf": [{"allOf": [REF, members(breed=TEXT)]}, {"type": "null"}]})
    ),
    "extension-recursive": {
        "$ref": "#/$defs/Folder",
        "$defs": {
            "Entry": {
                **members(name=TEXT, parent={"$ref": "#/$defs/Folder"}),
                "required": ["name"],
            },
            "Folder": {
                "allOf": [
                    {"$ref": "#/$defs/Entry"},
                    members(entries={"type": "array", "items": {"$ref": "#/$defs/Entry"}}),
                ]
            },
        },
    },
    "extension-within-itself": {
        "$ref": "#/$defs/Knot",
        "$defs": {
            "Knot": members(
                value=WHOLE,
                next={"allOf": [{"$ref": "#/$defs/Knot"}, {**members(last={"type": "boolean"})}]},
            ),
        },
    },
    "extension-that-narrows-itself": {
        "$ref": "#/$defs/Even",
        "$defs": {
            "Link": members(value=WHOLE, next={"$ref": "#/$defs/Link"}),
            "Even": {
                "allOf": [
                    {"$ref": "#/$defs/Link"},
                    members(value={"multipleOf": 2}, next={"$ref": "#/$defs/Even"}),
                ]
            },
        },
    },
}
