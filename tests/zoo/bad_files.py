"""Files that hold no schema, and names of files and folders that no module can have, each with a
line of the refusal."""

from contract.subschemas import Schema

from tests.zoo.bad_input import FILE, Refusals, member, message, text


def nested(levels: int) -> Schema:
    schema: Schema = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "array", "items": schema}
    return schema


def members_within(levels: int) -> Schema:
    schema: Schema = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


BAD_FILES: Refusals = {
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
    "NaN": ({FILE: b'{"default": NaN}'}, f"{FILE}#: not JSON: NaN is no JSON value that"),
    "beyond doubles": ({FILE: b'{"const": 1e400}'}, f"{FILE}#: not JSON: 1e400 is no JSON value"),
    "twice": ({FILE: b'{"a": 1, "a": 2}'}, "the member name 'a' occurs twice; correct the file"),
    "too deep": ({FILE: b"[" * 100_000}, f"{FILE}#: is nested too deeply; move parts"),
    "an array": ({FILE: b"[]"}, f"{FILE}#: a schema is an object or a boolean; write one"),
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
    "modules that differ in case": (
        {
            "ops/X.json": text({**message(), "title": "X"}),
            "Ops/X.json": text({**message(), "title": "X"}),
        },
        "differ in case alone; rename one",
    ),
    "a lone surrogate": (
        {FILE: text({**message(), "description": "\ud800"})},
        f"{FILE}#: holds a lone surrogate, which is no I-JSON; write another character",
    ),
    "nested 300 deep": ({FILE: text(member(**nested(300)))}, "nested too deeply; move parts"),
    "objects nested 60 deep": (
        {FILE: text(members_within(60))},
        f"{FILE}#: is nested too deeply; move parts into $defs",
    ),
    "nothing": ({}, "does not have a schema; add MODULE/MESSAGE.json"),
}
