"""Schemas that cannot be kept exact, each with a line of the refusal."""

import json
from typing import Any

from tests.zoo.bad_input import FILE, Refusals, member, message, text

INNER = {"title": "Inner", "type": "object", "properties": {"x": {"type": "string"}}}
NEEDS_ITSELF = {
    "title": "Inner",
    "type": "object",
    "properties": {"again": {"$ref": "#/$defs/Inner"}},
    "required": ["again"],
}
OTHER = {"$ref": "#/definitions/Other"}
ENDLESS: dict[str, Any] = {
    "items": {"type": "array", "items": OTHER, "minItems": 1},
    "prefixItems": {"type": "array", "prefixItems": [{}, OTHER], "minItems": 2},
    "allOf": {"allOf": [message(properties={"it": OTHER}, required=["it"])]},
    "anyOf": {"anyOf": [message(properties={it: OTHER}, required=[it]) for it in "ab"]},
}
DEPENDENCIES = {"dependencies": {"a": ["b"]}}
CASES = [{"properties": {f"p{index}": {}}, "required": [f"p{index}"]} for index in range(10)]


def diamonds(depth: int, word: str) -> dict[str, Any]:
    """Each definition refers twice to the next one."""
    defined = {
        f"D{index}": {word: [{"$ref": f"#/$defs/D{index + 1}"}] * 2} for index in range(depth)
    }
    return {**member(**{"$ref": "#/$defs/D0"}), "$defs": {**defined, f"D{depth}": INNER}}


BAD_SCHEMAS: Refusals = {
    "a format for a type": (
        {FILE: text(member(type="date"))},
        'write "type": "string", "format": "date" (JSON Schema)',
    ),
    "a type of other languages in a list": (
        {FILE: text(member(type=["null", "float"]))},
        "#/properties/it/type/1: 'float' is not one of ['array', 'boolean', 'integer', 'null',"
        " 'number', 'object', 'string']; write 'number' (JSON",
    ),
    "a type of other languages": ({FILE: text(member(type="float"))}, "write 'number' (JSON"),
    "a member that says it is required": (
        {FILE: text(member(type="string", required=True))},
        "#/properties/it/required: true is not of type 'array'; write the name into \"required\""
        " of the object around (JSON Schema)",
    ),
    **{
        f"{value} at {word}": (
            {FILE: text(member(**{word: json.loads(value)}))},
            f"#/properties/it/{word}: {said}; {cure} (JSON Schema)",
        )
        for word, value, said, cure in (
            ("required", '"id"', "'id' is not of type 'array'", "write a list of names"),
            ("enum", '"a"', "'a' is not of type 'array'", "write a list of values"),
            ("items", "[{}]", "[{}] is not of type 'object', 'boolean'", 'write "prefixItems"'),
            (
                *("exclusiveMinimum", "true", "true is not of type 'number'"),
                'write the bound here, and leave out "minimum"',
            ),
            ("minLength", '"1"', "'1' is not of type 'integer'", "write 1 without quotes"),
            ("minLength", '"one"', "'one' is not of type 'integer'", "correct it"),
            ("minLength", "null", "null is not of type 'integer'", "correct it"),
            (
                *("additionalProperties", '"false"', "'false' is not of type 'object', 'boolean'"),
                "write false without quotes",
            ),
        )
    },
    "an $id with a fragment": (
        {FILE: text(message(**{"$id": "https://example.org/a.json#b"}))},
        "does not match '^[^#]*#?$'; leave out what follows # (JSON Schema)",
    ),
    "a reference without its number sign": (
        {FILE: text({**member(**{"$ref": "$defs/Inner"}), "$defs": {"Inner": {}}})},
        "'$defs/Inner' names nothing in this file; write '#/$defs/Inner'",
    ),
    "a reference to almost the definitions": (
        {FILE: text({**member(**{"$ref": "#/$def/Inner"}), "$defs": {"Inner": {}}})},
        "'#/$def/Inner' names nothing in this file; write '#/$defs/Inner'",
    ),
    "a draft of its own below": (
        {FILE: text(member(**{"$schema": "https://example.org/meta"}))},
        f"{FILE}#/properties/it/$schema: the dialect is JSON Schema 2020-12, 2019-09, draft-07,",
    ),
    "no schema": ({FILE: text(message(properties=[]))}, f"{FILE}#/properties: [] is not of type"),
    "too wide": (
        {FILE: text(message(properties={str(it): {} for it in range(10_001)}))},
        f"{FILE}#/properties: has over 10,000 members, too many to prove; describe them by",
    ),
    "a draft of its own": (
        {FILE: text(message(**{"$schema": "https://example.org/meta"}))},
        f"{FILE}#/$schema: the dialect is JSON Schema 2020-12, 2019-09, draft-07, draft-06 or",
    ),
    "draft-03": (
        {FILE: text(member(**{"$schema": "http://json-schema.org/draft-03/schema#"}))},
        f"{FILE}#/properties/it/$schema: 'http://json-schema.org/draft-03/schema#' has other rules",
    ),
    "hyper-schema": (
        {FILE: text(message(**{"$schema": "http://json-schema.org/draft-04/hyper-schema"}))},
        f"{FILE}#/$schema: 'http://json-schema.org/draft-04/hyper-schema' describes links; name",
    ),
    "a keyword of another draft": (
        {FILE: text(message(dependencies={"a": ["b"]}))},
        f"{FILE}#: 'dependencies' was split in two; write dependentRequired or dependentSchemas",
    ),
    "a keyword of a later draft": (
        {FILE: text({"$schema": "http://json-schema.org/draft-07/schema#", "prefixItems": []})},
        f"{FILE}#: 'prefixItems' asserts nothing in draft-07; name a draft that has it in $schema",
    ),
    "unknown keyword": (
        {FILE: text(message(minProps=2))},
        f"{FILE}#: 'minProps' is not a keyword of 2020-12; correct it, or name it in",
    ),
    "unknown keyword below": (
        {FILE: text(member(allOf=[{"type": "string", "nullable": True}]))},
        f"{FILE}#/properties/it/allOf/0: 'nullable' is OpenAPI's; write \"null\" among the types",
    ),
    "a pattern that Rust has no words for": (
        {FILE: text(member(type="string", pattern="(?<=a)b"))},
        f"{FILE}#/properties/it/pattern: '(?<=a)b' cannot be a pattern here: a lookbehind",
    ),
    "a flag in a pattern": (
        {FILE: text(member(type="string", pattern="(?i)ab"))},
        f"{FILE}#/properties/it/pattern: '(?i)ab' cannot be a pattern here: (?i) is a flag of",
    ),
    "an end of text that is written otherwise": (
        {FILE: text(member(type="string", pattern="ab\\Z"))},
        "cannot be a pattern here: \\Z is no escape of ECMA-262, where ^ and $ are",
    ),
    "a pattern that is none": (
        {FILE: text(member(patternProperties={"(": {}}))},
        f"{FILE}#/properties/it/patternProperties: '(' cannot be a pattern here: ",
    ),
    **{
        f"{target} beside {word}": (
            {FILE: text({**member(**{"$ref": target}), word: {"Address": INNER}})},
            f"{FILE}#/properties/it/$ref: {target!r} names nothing in this file; write {near!r}",
        )
        for target, word, near in (
            ("#/$defs/Address", "definitions", "#/definitions/Address"),
            ("#/definitions/Address", "$defs", "#/$defs/Address"),
            ("#/$defs/Adress", "$defs", "#/$defs/Address"),
        )
    },
    "remote $ref": (
        {FILE: text(member(**{"$ref": "https://example.org/x.json"}))},
        f"{FILE}#/properties/it/$ref: 'https://example.org/x.json' names nothing under schemas/",
    ),
    **{
        f"{target} for {meant}": (
            {
                FILE: text(member(**{"$ref": target})),
                "shop/Order.json": text({"$defs": {"OrderLine": INNER}}),
                "web/Order.json": text({}),
            },
            f"{FILE}#/properties/it/$ref: {target!r} names nothing under schemas/; write {meant!r}",
        )
        for target, meant in (
            ("../shop/Ordr.json", "../shop/Order.json"),
            ("../shop/order", "../shop/Order.json"),
            ("schemas/web/Order.json", "../web/Order.json"),
            ("shop/Order.json#/$defs/OrderLine", "../shop/Order.json#/$defs/OrderLine"),
            ("../shop/Order.json#/$defs/OrderLines", "../shop/Order.json#/$defs/OrderLine"),
        )
    },
    "$ref to a file of another name": (
        {FILE: text(member(**{"$ref": "Money.json"})), "operations/Types.json": text({})},
        "'Money.json' names nothing under schemas/, and nothing is fetched; add it there or",
    ),
    "a remote $ref to a file of the same name": (
        {FILE: text(member(**{"$ref": "https://example.org/A.json"})), "m/A.json": text({})},
        "'https://example.org/A.json' names nothing under schemas/, and nothing is fetched; add it",
    ),
    "$ref to a file": (
        {FILE: text(member(**{"$ref": "../../secret.json"}))},
        f"{FILE}#/properties/it/$ref: '../../secret.json' names nothing under schemas/, and",
    ),
    "$ref to a file of the machine": (
        {FILE: text(member(**{"$ref": "file:///etc/passwd"}))},
        f"{FILE}#/properties/it/$ref: 'file:///etc/passwd' names nothing under schemas/, and",
    ),
    "unresolved $ref": (
        {FILE: text(member(**{"$ref": "#/$defs/Gone"}))},
        f"{FILE}#/properties/it/$ref: '#/$defs/Gone' names nothing under schemas/, and nothing",
    ),
    "$ref into a boolean": (
        {FILE: text({**member(**{"$ref": "#/$defs/Any/not"}), "$defs": {"Any": True}})},
        f"{FILE}#/properties/it/$ref: '#/$defs/Any/not' names nothing under schemas/, and nothing",
    ),
    "$ref to no schema": (
        {FILE: text({**member(**{"$ref": "#/required"}), "required": []})},
        f"{FILE}#/properties/it/$ref: '#/required' is no schema; refer to one",
    ),
    "$ref into a note": (
        {FILE: text({**member(**{"$ref": "#/x-note"}), "x-note": {"not": {"minLenght": 1}}})},
        f"{FILE}#/properties/it/$ref: '#/x-note' leads to /x-note/not: 'minLenght' is not",
    ),
    "$ref into data": (
        {FILE: text({**member(**{"$ref": "#/const"}), "const": {"minLength": -1}})},
        f"{FILE}#/properties/it/$ref: '#/const' leads to /const/minLength: -1 is less than",
    ),
    "a $recursiveRef with another value": (
        {
            FILE: text(
                {
                    "$schema": "https://json-schema.org/draft/2019-09/schema",
                    "items": {"$recursiveRef": "#/$defs/X"},
                    "$defs": {"X": {}},
                }
            )
        },
        f"{FILE}#/items/$recursiveRef: is # and nothing else in 2019-09; write a $ref",
    ),
    "a reference to itself": (
        {
            FILE: text(
                {
                    **member(**{"$ref": "#/$defs/A"}),
                    "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}},
                }
            )
        },
        f"{FILE}#/$defs/A/$ref: refers to nothing but itself; say what it is",
    ),
    "a schema for the same instance within itself": (
        {FILE: text({"anyOf": [{"type": "string"}, {"not": {"$ref": "#"}}]})},
        f"{FILE}#: needs itself for the same instance; put a property or an item",
    ),
    **{
        f"twice the ways with each reference of {word}": (
            {FILE: text(diamonds(30, word))},
            f"{FILE}#/$defs/D21: its references judge the same instance on over 600 ways;"
            " refer to each definition once",
        )
        for word in ("allOf", "anyOf", "oneOf")
    },
    "too many cases": (
        {FILE: text({"anyOf": CASES, "unevaluatedProperties": False})},
        f"{FILE}#: unevaluatedProperties has over 500 cases here; close the branches instead",
    ),
    "two definitions of one name": (
        {
            FILE: text({**member(**{"$ref": "#/$defs/Inner"}), "$defs": {"Inner": INNER}}),
            "operations/Other.json": text(
                {
                    **member(**{"$ref": "#/$defs/Inner"}),
                    "title": "Other",
                    "$defs": {"Inner": {**INNER, "required": ["x"]}},
                }
            ),
        },
        "operations/Other.json#/$defs/Inner: 'Inner' is defined otherwise at"
        f" {FILE}#/$defs/Inner; make both equal or rename one",
    ),
    "a title that is no text": (
        {FILE: text({**message(), "title": 5})},
        f"{FILE}#/title: 5 is not of type 'string'; correct it (JSON Schema)",
    ),
    "required twice": (
        {FILE: text(message(properties={"a": {}}, required=["a", "a"]))},
        f'{FILE}#/required: ["a", "a"] has non-unique elements; correct it (JSON Schema)',
    ),
    "a class that needs itself": (
        {
            FILE: text(
                {
                    **member(**{"$ref": "#/$defs/Inner"}),
                    "required": ["it"],
                    "$defs": {"Inner": NEEDS_ITSELF},
                }
            )
        },
        f"{FILE}#/$defs/Inner: needs itself without end; make a member optional",
    ),
    **{
        f"a ring that has to go on by {name}": (
            {
                FILE: text(
                    {
                        "$ref": "#/definitions/One",
                        "definitions": {"One": one, "Other": {"$ref": "#/definitions/One"}},
                    }
                )
            },
            f"{FILE}#/definitions/One: needs itself without end; make a member optional",
        )
        for name, one in ENDLESS.items()
    },
    "constants that nothing meets": (
        {FILE: text({**member(type="integer", enum=["a", "b"]), "required": ["it"]})},
        f"{FILE}#: the member 'it' cannot be valid: enum \"a\" is not of type integer; correct one",
    ),
    "bounds that nothing meets": (
        {FILE: text({**member(type="integer", minimum=5, maximum=4), "required": ["it"]})},
        f"{FILE}#: the member 'it' cannot be valid: minimum 5 is above the maximum 4; correct",
    ),
    "a pattern that nothing of the length meets": (
        {FILE: text({**member(type="string", pattern="^a$", minLength=2), "required": ["it"]})},
        f"{FILE}#: nothing was found that satisfies the member 'it', ",
    ),
    "a composition that nothing meets": (
        {
            FILE: text(
                {
                    "allOf": [
                        {"type": "object", "required": ["b"], "properties": {"b": {}}},
                        {"type": "object", "additionalProperties": False},
                    ]
                }
            )
        },
        f"{FILE}#: the member 'b' is required and not allowed; correct one",
    ),
    "a union that nothing meets": (
        {FILE: text({"anyOf": [{"type": "integer", "minimum": 5, "maximum": 4}, False]})},
        f"{FILE}#: no valid document was found; add an example to it",
    ),
    "a size beyond proof": (
        {FILE: text(member(type="string", minLength=10**12))},
        f"{FILE}#/properties/it/minLength: sizes are proven up to 100000 only; write a smaller one",
    ),
    "a limit beyond memory": (
        {FILE: text(member(type="string", maxLength=2**31))},
        f"{FILE}#/properties/it/maxLength: is more than any document has; leave it out",
    ),
    "a step beyond doubles": (
        {FILE: text(member(type="integer", multipleOf=10**400))},
        f"{FILE}#/properties/it/multipleOf: steps are exact up to 10^300; write a smaller one",
    ),
    "dependencies in 2019-09": (
        {FILE: text({"$schema": "https://json-schema.org/draft/2019-09/schema", **DEPENDENCIES})},
        f"{FILE}#: 'dependencies' was split in two; write dependentRequired or dependentSchemas",
    ),
    "data with a reference": (
        {FILE: text(member(default={"$ref": "#/x"}))},
        f"{FILE}#/properties/it/default: Pydantic follows a $ref in it; leave it out",
    ),
    "a sunset that is no date": (
        {
            FILE: text(
                {
                    "$schema": "http://json-schema.org/draft-07/schema#",
                    "definitions": {"Old": {"deprecated": True, "x-sunset": "soon"}},
                }
            )
        },
        f"{FILE}#/definitions/Old/x-sunset: 'soon' is not a date; write ",
    ),
    "a sunset of what is not deprecated": (
        {FILE: text(member(**{"x-sunset": "2027-01-31"}))},
        f'{FILE}#/properties/it/x-sunset: stands without "deprecated": true; add that',
    ),
}
