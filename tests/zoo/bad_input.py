"""Bad input, each with a line of the refusal."""

import json
from typing import Any

FILE = "operations/Message.json"
INNER = {"title": "Inner", "type": "object", "properties": {"x": {"type": "string"}}}


def message(**members: Any) -> dict[str, Any]:
    """A message with one member, whose schema and whose neighbours may be given."""
    return {"title": "Message", "type": "object", "properties": {}, **members}


def member(**schema: Any) -> dict[str, Any]:
    return message(properties={"it": schema})


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


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "array", "items": schema}
    return schema


def diamonds(depth: int, word: str) -> dict[str, Any]:
    """Each definition refers twice to the next one."""
    defined = {
        f"D{index}": {word: [{"$ref": f"#/$defs/D{index + 1}"}] * 2} for index in range(depth)
    }
    return {**member(**{"$ref": "#/$defs/D0"}), "$defs": {**defined, f"D{depth}": INNER}}


def text(schema: Any) -> bytes:
    return json.dumps(schema).encode()


REFUSALS: dict[str, tuple[dict[str, bytes], str]] = {
    "a bracket too few": ({FILE: b"{"}, "not JSON: the file ends within the schema; close its"),
    "a bracket too many": (
        {FILE: b"{}\n}"},
        f"{FILE}: not JSON: the schema ends before column 1; remove what follows, or a bracket",
    ),
    "a comma too few": (
        {FILE: b'{"type": "object"\n "title": "A"}'},
        f"{FILE}: not JSON: a comma is missing before column 2; write it",
    ),
    "a colon too few": ({FILE: b'{"type" "object"}'}, "a colon is missing before column 9; write"),
    "a backslash too few": (
        {FILE: b'{"pattern": "^\\d$"}'},
        f"{FILE}: not JSON: JSON does not have the escape at column 15; write \\\\ for a backslash",
    ),
    "a text of two lines": (
        {FILE: b'{"title": "a\nb"}'},
        f"{FILE}: not JSON: a text has a tab or a line end at column 13; write \\t or \\n",
    ),
    "a word of no language": ({FILE: b"{a}"}, "at column 2; correct the file"),
    "a word of Python": (
        {FILE: b'{"additionalProperties": False}'},
        f"{FILE}: not JSON: False is a word of Python; write false",
    ),
    "quotes of a word processor": (
        {FILE: "{“type”: 1}".encode()},
        f'{FILE}: not JSON: a quote of a word processor; write "',
    ),
    "an empty file": ({FILE: b"\n"}, f"{FILE}: not JSON: the file is empty; write a schema"),
    "a comma too many": (
        {FILE: b'{"type": "object",\n}'},
        f"{FILE}: not JSON: a comma stands before a closing bracket; remove the comma",
    ),
    "a comment": (
        {FILE: b'{"type": "object" // a thing\n}'},
        f'{FILE}: not JSON: JSON does not have comments; write "$comment": "',
    ),
    "single quotes": (
        {FILE: b"{'type': 'object'}"},
        f"{FILE}: not JSON: a single quote; write double quotes",
    ),
    "Latin-1": (
        {FILE: b'{"title": "\xe9"}'},
        f"{FILE}: is not UTF-8; save the file as UTF-8",
    ),
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
    "not UTF-8": ({FILE: b'{"title": "\xff"}'}, f"{FILE}: is not UTF-8; save the file as UTF-8"),
    "NaN": ({FILE: b'{"default": NaN}'}, f"{FILE}#: not JSON: NaN is no JSON value that"),
    "beyond doubles": ({FILE: b'{"const": 1e400}'}, f"{FILE}#: not JSON: 1e400 is no JSON value"),
    "a draft of its own below": (
        {FILE: text(member(**{"$schema": "https://example.org/meta"}))},
        f"{FILE}#/properties/it/$schema: the dialect is JSON Schema 2020-12, 2019-09, draft-07,",
    ),
    "twice": ({FILE: b'{"a": 1, "a": 2}'}, "the member name 'a' occurs twice; correct the file"),
    "too deep": ({FILE: b"[" * 100_000}, f"{FILE}#: is nested too deeply; move parts"),
    "an array": ({FILE: b"[]"}, f"{FILE}#: a schema is an object or a boolean; write one"),
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
    "a file name that is no class name": (
        {"operations/close-chat.json": text(message())},
        "operations/close-chat.json: 'close-chat' is no class name; rename the file CloseChat.json",
    ),
    "a file name of other letters": (
        {"operations/Größe.json": text(message())},
        "'Größe' is no class name; rename the file in ASCII letters, like OrderLine.json",
    ),
    "a reserved class name": (
        {"operations/Model.json": text(message())},
        "'Model' means something else in the models; rename the file ModelMessage.json",
    ),
    "a file called like a word of Python": (
        {"operations/class.json": text(message())},
        "'class' is a word of Python; rename the file Class.json",
    ),
    "a folder that is no module": (
        {"class/Message.json": text(message())},
        "class/Message.json: 'class' is a word of Python; rename the folder",
    ),
    "a folder of two words": (
        {"My shop/Message.json": text(message())},
        "My shop/Message.json: 'My shop' is no module name; rename the folder my_shop",
    ),
    "a folder called like the kit for tests": (
        {"Testing/Message.json": text(message())},
        "Testing/Message.json: 'Testing' is a name of every package; rename the folder",
    ),
    "a file elsewhere": (
        {"Message.json": text(message())},
        "the folder of a schema is its module; move it to schemas/MODULE/Message.json",
    ),
    "a file too deep": (
        {"shop/orders/Order.json": text(message())},
        "the folder of a schema is its module; move it to schemas/shop/Order.json",
    ),
    "YAML": ({"shop/Order.yaml": b""}, "schemas are JSON; write it as Order.json"),
    "an ending in capitals": (
        {"shop/Order.JSON": text(message())},
        "the ending is .json; rename the file Order.json",
    ),
    "another file": (
        {"operations/notes.txt": b""},
        "operations/notes.txt: not of the form MODULE/MESSAGE.json; rename or remove it",
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
    "modules that differ in case": (
        {
            "ops/X.json": text({**message(), "title": "X"}),
            "Ops/X.json": text({**message(), "title": "X"}),
        },
        "differ in case alone; rename one",
    ),
    "a title that is no text": (
        {FILE: text({**message(), "title": 5})},
        f"{FILE}#/title: 5 is not of type 'string'; correct it (JSON Schema)",
    ),
    "required twice": (
        {FILE: text(message(properties={"a": {}}, required=["a", "a"]))},
        f'{FILE}#/required: ["a", "a"] has non-unique elements; correct it (JSON Schema)',
    ),
    "a lone surrogate": (
        {FILE: text({**message(), "description": "\ud800"})},
        f"{FILE}#: holds a lone surrogate, which is no I-JSON; write another character",
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
    "a recursive reference to another place": (
        {
            FILE: text(
                {
                    "$schema": "https://json-schema.org/draft/2019-09/schema",
                    "properties": {"it": {"$recursiveRef": "#/$defs/X"}},
                    "$defs": {"X": {"type": "string"}},
                }
            )
        },
        f"{FILE}#/properties/it/$recursiveRef: is # and nothing else in 2019-09; write a $ref",
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
    "nested 300 deep": ({FILE: text(member(**nested(300)))}, "nested too deeply; move parts"),
    "nothing": ({}, "does not have a schema; add MODULE/MESSAGE.json"),
}
