"""Small schemas in normal form, one for each keyword and combination, named by what they show."""

from contract.subschemas import Schema

from tests.zoo.compositions import COMPOSITIONS
from tests.zoo.mixed import CONDITIONAL, MIXED, UNTYPED_PARTS
from tests.zoo.small_schemas import TEXT, WHOLE, members

KEYWORDS: dict[str, Schema] = {
    "null": {"type": "null"},
    "boolean": {"type": "boolean"},
    "integer": WHOLE,
    "number": {"type": "number"},
    "string": TEXT,
    "array": {"type": "array"},
    "object": {"type": "object"},
    "types": {"type": ["integer", "string", "null"]},
    "types-with-bounds": {"type": ["number", "string"], "minimum": 3, "minLength": 2},
    "enum-of-strings": {"enum": ["a", "b c", ""]},
    "enum-of-numbers": {"enum": [1, 2.5, 10**20]},
    "enum-beyond-doubles": {"enum": [10**400, -(10**400), 1]},
    "enum-of-kinds": {"enum": [None, True, 0, "0", [], {}]},
    "enum-nested": {"enum": [[1, [True]], {"a": {"b": False}}]},
    "enum-of-one": {"enum": ["x"]},
    "enum-of-one-typed": {"type": "string", "enum": ["x"]},
    "enum-of-null": {"type": "null", "enum": [None]},
    "enum-with-null": {"enum": ["a", None, "b"]},
    "enum-with-null-typed": {"type": ["string", "null"], "enum": ["a", None]},
    "enum-of-integers": {"type": "integer", "enum": [1, 0, -3, 7.0]},
    "enum-of-integers-or-null": {"type": ["null", "integer"], "enum": [None, 1, 0]},
    "enum-of-whole-numbers": {"type": "number", "enum": [1, 0], "default": 1.0},
    "enum-of-booleans": {"type": "boolean", "enum": [True, False]},
    "enum-of-typed-kinds": {"type": ["string", "integer"], "enum": ["1", 1]},
    "enum-of-other-types": {"type": "string", "enum": ["a", 1, None]},
    "enum-and-length": {"type": "string", "enum": ["a", "bc"], "minLength": 2},
    "enum-of-integers-and-bounds": {"enum": [1, 5, True], "minimum": 3},
    "enum-of-fractions": {"enum": [0.5, 1.5]},
    "enum-of-fractions-or-null": {"enum": [0.5, None, "a"]},
    "titled-constants-or-null": {
        "oneOf": [{"const": "r", "title": "Red"}, {"const": 1, "title": "G"}, {"type": "null"}]
    },
    "titled-constants": {
        "oneOf": [
            {"const": "r", "title": "Red", "description": "Stop."},
            {"const": "g", "title": "Green"},
        ]
    },
    "titled-constants-typed": {
        **{"type": "integer", "title": "Level"},
        "anyOf": [{"const": 1, "title": "Low"}, {"const": 2.0, "title": "High"}],
    },
    "constants-repeated": {"anyOf": [{"const": "a"}, {"enum": ["b", "a"], "description": "B"}]},
    "constants-with-null": {"anyOf": [{"const": "a"}, {"enum": [1, None]}, {"const": True}]},
    "constants-twice": {"oneOf": [{"const": "a"}, {"enum": ["a", "b"]}]},
    "reference-to-an-integer-enum": {
        **members(level={"$ref": "#/$defs/Level", "default": 10}, many={"$ref": "#/$defs/Levels"}),
        "$defs": {
            "Level": {
                **{"title": "Level", "description": "How loud.", "type": "integer"},
                "enum": [1, 10, -1],
            },
            "Levels": {"type": "array", "items": {"$ref": "#/$defs/Level"}},
        },
    },
    "reference-to-titled-constants": {
        **members(color={"$ref": "#/$defs/Color", "default": "r"}, size={"$ref": "#/$defs/Size"}),
        "$defs": {
            "Color": {
                **{"title": "Color", "description": "Of a lamp.", "type": "string"},
                "oneOf": [
                    {"const": "r", "title": "Dark red", "description": "Stop."},
                    {"const": "g", "title": "Grün"},
                ],
            },
            "Size": {"anyOf": [{"const": 1, "title": "S"}, {"const": 2, "title": "M"}]},
        },
    },
    "reference-to-an-untitled-enum": {
        **members(state={"$ref": "#/$defs/State", "default": "on"}),
        "$defs": {"State": {"type": "string", "enum": ["on", "off"]}},
    },
    "const-string": {"const": "fixed"},
    "const-string-typed": {"type": "string", "const": "fixed"},
    "const-integer-typed": {"type": "integer", "const": 1.0},
    "const-true": {"type": "boolean", "const": True},
    "const-null-typed": {"type": "null", "const": None},
    "const-null": {"const": None},
    "const-false": {"const": False},
    "const-one": {"const": 1},
    "const-float": {"const": 0.5},
    "const-array": {"const": [1, False]},
    "const-object": {"const": {"a": 0, "b": [None]}},
    "minimum-maximum": {"type": "integer", "minimum": 3, "maximum": 7},
    "exclusive-bounds": {"type": "number", "exclusiveMinimum": 0.5, "exclusiveMaximum": 2.25},
    "bounds-without-type": {"minimum": 2},
    "bounds-of-integers-in-fractions": {"type": "integer", "minimum": 1.5, "maximum": 4.5},
    "bounds-beyond-doubles": {"type": "integer", "minimum": 2**53 + 1, "maximum": 10**30},
    "multiple-of-three": {"type": "integer", "multipleOf": 3},
    "multiple-of-a-hundredth": {"type": "number", "multipleOf": 0.01},
    "multiple-of-a-tiny-number": {"type": "number", "multipleOf": 1e-8},
    "multiple-without-type": {"multipleOf": 2.5},
    "multiple-and-bounds": {"type": "number", "multipleOf": 0.5, "minimum": 1, "maximum": 9.75},
    "lengths": {"type": "string", "minLength": 2, "maxLength": 4},
    "length-without-type": {"minLength": 1},
    "pattern": {"type": "string", "pattern": "^[a-z]{2,4}$"},
    "pattern-of-digits": {"type": "string", "pattern": r"^cs_\d{6}_\w+$"},
    "pattern-of-identity-escapes": {"type": "string", "pattern": r"^[\w\-\&]+\@\<a\_b\>$"},
    "pattern-unanchored": {"pattern": "ab+c"},
    "pattern-and-length": {"type": "string", "pattern": "^[a-z]*$", "minLength": 2, "maxLength": 5},
    **{
        f"format-{name}": {"type": "string", "format": name}
        for name in (
            *("date-time", "date", "time", "duration", "ipv4", "ipv6", "uuid", "email"),
            *("uri", "uri-reference", "iri", "iri-reference", "uri-template"),
            *("json-pointer", "relative-json-pointer", "hostname", "idn-hostname"),
            *("idn-email", "regex"),
        )
    },
    "format-and-pattern": {"type": "string", "format": "date", "pattern": "^20"},
    "format-and-length": {"type": "string", "format": "uri", "maxLength": 12},
    "format-without-type": {"format": "ipv4"},
    "items": {"type": "array", "items": {"type": "integer", "minimum": 0}},
    "items-false": {"type": "array", "items": False},
    "items-without-type": {"items": TEXT},
    "items-nested": {"type": "array", "items": {"type": "array", "items": {"type": "boolean"}}},
    "sizes-of-arrays": {"type": "array", "items": WHOLE, "minItems": 2, "maxItems": 3},
    "sizes-without-items": {"type": "array", "minItems": 1, "maxItems": 2},
    "prefix-items": {"type": "array", "prefixItems": [TEXT, WHOLE, {"type": "null"}]},
    "prefix-items-or-objects": {
        **{"type": ["array", "object", "null"], "prefixItems": [TEXT, members(a=TEXT)]},
        **{"items": WHOLE, "minItems": 2, "maxItems": 4},
    },
    "prefix-items-closed": {"type": "array", "prefixItems": [TEXT, WHOLE], "items": False},
    "prefix-items-open": {"type": "array", "prefixItems": [TEXT, WHOLE], "items": TEXT},
    "prefix-items-fixed": {
        **{"type": "array", "prefixItems": [TEXT, WHOLE], "items": False, "minItems": 2}
    },
    "prefix-items-sized": {
        **{"type": "array", "prefixItems": [TEXT, WHOLE], "minItems": 2, "maxItems": 2}
    },
    "prefix-items-and-a-rest": {
        **{"type": "array", "prefixItems": [TEXT, {"title": "Year", **WHOLE}], "minItems": 2.0},
        **{"items": {"type": "string", "description": "A name."}, "description": "A row."},
    },
    "prefix-items-and-any-rest": {
        **{"type": "array", "prefixItems": [TEXT], "minItems": 2, "maxItems": 4, "x-row": 1},
    },
    "prefix-items-and-an-empty-rest": {
        **{"type": "array", "prefixItems": [TEXT], "minItems": 1, "items": {}},
    },
    "prefix-items-of-objects": {
        **{"type": "array", "prefixItems": [members(a=TEXT)], "minItems": 1},
        **{"items": {**members(b=WHOLE), "required": ["b"]}, "uniqueItems": True},
    },
    "prefix-items-and-contains": {
        **{"type": "array", "prefixItems": [TEXT], "minItems": 1, "contains": WHOLE},
    },
    "prefix-items-recursive": {
        "$ref": "#/$defs/Form",
        "$defs": {
            "Form": {
                **{"type": "array", "prefixItems": [TEXT], "items": {"$ref": "#/$defs/Form"}},
                **{"minItems": 1, "maxItems": 2},
            }
        },
    },
    "prefix-items-false": {"type": "array", "prefixItems": [TEXT, False]},
    "contains": {"type": "array", "contains": {"type": "integer", "minimum": 5}},
    "contains-two-to-three": {
        **{"type": "array", "contains": TEXT, "minContains": 2, "maxContains": 3}
    },
    "contains-at-most-one": {
        **{"type": "array", "contains": {"const": None}, "minContains": 0, "maxContains": 1}
    },
    "contains-among-items": {
        **{"type": "array", "items": WHOLE, "contains": {"minimum": 10}, "minItems": 2}
    },
    "contains-after-prefix": {
        **{"type": "array", "prefixItems": [TEXT, TEXT], "contains": {"type": "integer"}}
    },
    "unique-items": {"type": "array", "uniqueItems": True},
    "unique-strings": {"type": "array", "items": TEXT, "uniqueItems": True},
    "unique-and-sized": {
        **{"type": "array", "items": WHOLE, "uniqueItems": True, "minItems": 2, "maxItems": 4}
    },
    "unique-and-contains": {
        **{"type": "array", "uniqueItems": True, "contains": TEXT, "minContains": 2}
    },
    "properties": {**members(a=TEXT, b=WHOLE), "required": ["a"]},
    "properties-without-type": {"properties": {"a": TEXT}, "required": ["a"]},
    "properties-closed": {**members(a=TEXT, b=WHOLE), "additionalProperties": False},
    "properties-and-a-map": {**members(a=TEXT), "additionalProperties": WHOLE},
    "properties-never": members(a=TEXT, b=False, c=True),
    "properties-nested": members(a={**members(b=members(c=WHOLE)), "required": ["b"]}),
    "required-unnamed": {"type": "object", "required": ["x", "y z"]},
    "map": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
    "map-titled": {"type": "object", "additionalProperties": {**WHOLE, "title": "Count"}},
    "map-of-titled-objects": {
        "type": "object",
        "additionalProperties": {**members(a=TEXT), "title": "Corner"},
    },
    "map-empty": {"type": "object", "additionalProperties": False},
    "map-sized": {
        **{"type": "object", "additionalProperties": TEXT, "minProperties": 1, "maxProperties": 2}
    },
    "properties-sized": {
        **members(a=TEXT, b=WHOLE, c=TEXT),
        **{"required": ["a"], "minProperties": 2, "maxProperties": 3},
    },
    "pattern-properties": {"type": "object", "patternProperties": {"^x-": WHOLE}},
    "pattern-properties-two": {
        **{"type": "object", "patternProperties": {"^a": TEXT, "z$": {"type": "string"}}},
    },
    "pattern-properties-closed": {
        **members(id=TEXT),
        **{"patternProperties": {"^[0-9]+$": {"type": "boolean"}}, "additionalProperties": False},
    },
    "pattern-properties-and-a-map": {
        **members(id=TEXT),
        **{"patternProperties": {"^x": True, "^no": False}, "additionalProperties": WHOLE},
    },
    "pattern-properties-of-a-map": {
        **{"type": "object", "patternProperties": {"^x-": WHOLE}, "additionalProperties": False},
        "minProperties": 1,
    },
    "pattern-properties-of-one-type": {
        **{"type": "object", "patternProperties": {"^a": TEXT, r"^\d+$": {"type": "string"}}},
        "additionalProperties": False,
    },
    "pattern-properties-of-objects": {
        **{"type": "object", "patternProperties": {"^x": {**members(a=TEXT), "required": ["a"]}}},
        "additionalProperties": False,
    },
    "pattern-properties-of-open-maps": {
        **{"type": "object", "patternProperties": {"^x": {**members(a=TEXT), "required": ["a"]}}},
    },
    "pattern-properties-of-several-types": {
        **{"type": "object", "patternProperties": {"^x": members(a=TEXT), "s$": WHOLE}},
        "additionalProperties": {**members(b=WHOLE), "required": ["b"]},
    },
    "pattern-properties-of-objects-beside": {
        **{**members(id=TEXT), "required": ["id"], "patternProperties": {"^x": members(a=TEXT)}},
        **{"additionalProperties": False, "maxProperties": 2},
    },
    "pattern-properties-of-a-name": {
        **{**members(id=WHOLE), "patternProperties": {"^i": {"minimum": -3}}},
        "additionalProperties": False,
    },
    "pattern-properties-any": {
        **{**members(id=TEXT), "patternProperties": {"^x-": True}, "additionalProperties": False}
    },
    "property-names-of-integers": {
        **{"type": "object", "propertyNames": {"enum": ["a", "b"]}, "additionalProperties": WHOLE}
    },
    "property-names-const": {"type": "object", "propertyNames": {"const": "only"}},
    "property-names-referred": {
        **{"type": "object", "propertyNames": {"$ref": "#/$defs/Side"}},
        "additionalProperties": members(a=TEXT),
        "$defs": {"Side": {"type": "string", "enum": ["left", "right"]}},
    },
    "property-names-of-a-titled-enum": {
        **{"type": "object", "propertyNames": {"$ref": "#/$defs/Edge"}},
        "additionalProperties": {"type": "boolean"},
        "$defs": {"Edge": {"title": "Edge", "type": "string", "enum": ["left", "right"]}},
    },
    "property-names-and-patterns": {
        **{"type": "object", "propertyNames": {"enum": ["x-a", "b"]}},
        **{"patternProperties": {"^x-": WHOLE}, "additionalProperties": False},
    },
    "property-names": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}},
    "property-names-enum": {
        **{"type": "object", "propertyNames": {"enum": ["a", "b", "c"]}, "minProperties": 2}
    },
    "property-names-beside-a-map": {
        **{"type": "object", "propertyNames": {"minLength": 2}, "additionalProperties": WHOLE}
    },
    "dependent-required": {
        **members(card=TEXT, address=TEXT, zip=TEXT),
        "dependentRequired": {"card": ["address", "zip"]},
    },
    "dependent-schemas": {
        **members(card=TEXT, limit=WHOLE),
        "dependentSchemas": {
            "card": {"required": ["limit"], "properties": {"limit": {"minimum": 10}}}
        },
    },
    "dependent-schemas-never": {"type": "object", "dependentSchemas": {"old": False}},
    "all-of": {"allOf": [{"type": "integer", "minimum": 3}, {"maximum": 8}, {"multipleOf": 2}]},
    "all-of-an-array": {
        "allOf": [{"minItems": 1}, {"type": "array", "items": members(a=TEXT), "title": "Rows"}],
        "description": "Of rows.",
    },
    "all-of-references": {
        "allOf": [{"$ref": "#/$defs/Word"}, {"$ref": "#/$defs/Short"}],
        "$defs": {"Word": {**TEXT, "minLength": 2}, "Short": {"maxLength": 4}},
    },
    "all-of-objects": {
        "allOf": [
            {**members(a=TEXT), "required": ["a"]},
            {**members(b=WHOLE), "required": ["b"]},
        ]
    },
    "all-of-beside-properties": {
        **members(kind=TEXT, size=WHOLE),
        "allOf": [{"required": ["kind"]}, {"properties": {"size": {"minimum": 1}}}],
    },
    "conditions-on-what-may-be-absent": {
        **members(p=TEXT, q=WHOLE),
        "allOf": [
            {"if": {"properties": {"kind": {"const": "a"}}}, "then": {"required": ["p"]}},
            {"if": {"properties": {"kind": {"const": "b"}}}, "then": {"required": ["q"]}},
        ],
    },
    "any-of": {"anyOf": [{"type": "string", "maxLength": 2}, {"type": "integer", "minimum": 5}]},
    "any-of-null": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]},
    "any-of-overlapping": {"type": "integer", "anyOf": [{"minimum": 10}, {"multipleOf": 4}]},
    "any-of-required": {
        **members(mail=TEXT, phone=TEXT),
        "anyOf": [{"required": ["mail"]}, {"required": ["phone"]}],
    },
    "any-of-objects": {
        "anyOf": [
            {**members(a=TEXT), "required": ["a"]},
            {**members(b=WHOLE), "required": ["b"]},
        ]
    },
    "one-of": {"oneOf": [{"type": "integer", "multipleOf": 3}, {"type": "integer", "minimum": 10}]},
    "one-of-tagged": {
        "oneOf": [
            {**members(kind={"const": "a"}, n=WHOLE), "required": ["kind"]},
            {**members(kind={"const": "b"}, n=TEXT), "required": ["kind", "n"]},
        ]
    },
    "one-of-required": {"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    "one-of-three": {"oneOf": [TEXT, {"type": "number"}, {"type": "integer"}]},
    "not-a-type": {"not": {"type": "string"}},
    "not-an-enum": {"type": "string", "not": {"enum": ["", "reserved"]}},
    "not-required": {**members(a=TEXT, b=TEXT), "not": {"required": ["a", "b"]}},
    "not-a-range": {"type": "integer", "not": {"minimum": 5, "maximum": 9}},
    "if-then-else": {
        **{"type": "integer", "if": {"minimum": 10}, "then": {"multipleOf": 3}},
        "else": {"multipleOf": 2},
    },
    "if-then-else-of-two-types": {
        **{"if": {"required": ["a"]}, "then": members(a=TEXT)},
        "else": {**members(b=WHOLE), "required": ["b"]},
    },
    "if-then": {
        **members(country=TEXT, zip=TEXT),
        "if": {"properties": {"country": {"const": "DE"}}, "required": ["country"]},
        "then": {"properties": {"zip": {"pattern": "^[0-9]{5}$"}}, "required": ["zip"]},
    },
    "if-else": {"if": {"type": "string"}, "else": {"type": "boolean"}},
    "true-and-false": members(anything=True, nothing=False, items={"type": "array", "items": True}),
    "never": {"not": {}},
    "property-called-ref": {"properties": {"$ref": {"type": "string"}}},
    "reference": {
        **{"$ref": "#/$defs/Name", "$defs": {"Name": {"type": "string", "minLength": 1}}}
    },
    "reference-with-siblings": {
        **members(n={"$ref": "#/$defs/Count", "maximum": 9}),
        "$defs": {"Count": {"type": "integer", "minimum": 0}},
    },
    "reference-to-false": {
        **members(a={"$ref": "#/$defs/Never"}, b={"$ref": "#/$defs/Any"}),
        "$defs": {"Never": False, "Any": True},
    },
    "recursive-list": {
        "$ref": "#/$defs/Node",
        "$defs": {
            "Node": {
                **members(
                    value=WHOLE, next={"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]}
                ),
                "required": ["value", "next"],
            }
        },
    },
    "recursive-tree": {
        "$ref": "#/$defs/Tree",
        "$defs": {
            "Tree": {
                **members(children={"type": "array", "items": {"$ref": "#/$defs/Tree"}}),
                "additionalProperties": False,
            }
        },
    },
    "recursive-json": {
        "$ref": "#/$defs/Json",
        "$defs": {
            "Json": {
                "oneOf": [
                    {"type": ["null", "string", "number"]},
                    {"type": "array", "items": {"$ref": "#/$defs/Json"}},
                    {"type": "object", "additionalProperties": {"$ref": "#/$defs/Json"}},
                ]
            }
        },
    },
}
# What leaves the type to the schema around it, where each assertion decides something.
KEYWORDS |= {
    name: UNTYPED_PARTS[name]
    for name in (
        *("object-of-one-tagged", "object-of-any-reference", "untyped-any", "untyped-one"),
        *("untyped-one-tagged", "untyped-one-beside-properties"),
    )
}
NULL: Schema = {"type": "null"}
# A type beside branches of that type, and unions within others.
UNIONS: dict[str, Schema] = {
    "any-of-a-list-of-unions": {
        "anyOf": [
            {"type": "array", "items": {"anyOf": [WHOLE, {"type": "null"}]}},
            {"type": "object", "additionalProperties": {"type": ["string", "boolean"]}},
            TEXT,
        ]
    },
    "one-of-tagged-typed": {
        **{"type": "object", "description": "A or b.", "x-y": 1, "minProperties": 2},
        "oneOf": [
            {**members(kind={"const": "a"}, n=WHOLE), "required": ["kind"]},
            {**members(kind={"const": "b"}, n=TEXT), "required": ["kind", "n"]},
        ],
    },
    "one-of-references-typed": {
        **members(
            it={"type": "object", "oneOf": [{"$ref": "#/$defs/Up"}, {"$ref": "#/$defs/Down"}]},
            map={
                **{"type": "object", "additionalProperties": WHOLE},
                "anyOf": [{"type": "object", "additionalProperties": {"minimum": 2}}],
            },
        ),
        "$defs": {
            "Up": {**members(a=WHOLE, up={"$ref": "#/$defs/Down"}), "required": ["a"]},
            "Down": {"allOf": [{"$ref": "#/$defs/Up"}, members(b=TEXT)]},
        },
    },
    "one-of-references-or-null": {
        **members(it={"oneOf": [{"$ref": "#/$defs/Left"}, {"$ref": "#/$defs/Right"}, NULL]}),
        "$defs": {
            "Left": {**members(a=WHOLE, inner={"$ref": "#/$defs/Right"}), "required": ["a"]},
            "Right": {"type": ["object", "string"], "additionalProperties": WHOLE},
        },
    },
    "maps-by-several-patterns": {
        **{"type": "object", "additionalProperties": members(c=TEXT)},
        "patternProperties": {"^x": members(a=TEXT), "^y": members(b=WHOLE)},
    },
    "any-of-arrays-typed": {
        **{"type": "array", "uniqueItems": True, "maxItems": 3},
        "anyOf": [{"type": "array", "items": TEXT}, {"type": "array", "items": WHOLE}],
    },
}
# Compositions and unions say much twice, so that not every assertion of theirs decides something.
SCHEMAS = {**KEYWORDS, **COMPOSITIONS, **MIXED, **CONDITIONAL, **UNTYPED_PARTS, **UNIONS}
