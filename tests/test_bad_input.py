"""What cannot be kept exact is refused: one line with file#pointer and cure, exit 2, no write."""

import json
from pathlib import Path
from typing import Any

import generate
import pytest
from contract import Refused, build
from drift import on_disk

FILE = "operations/Message.json"
INNER = {"title": "Inner", "type": "object", "properties": {"x": {"type": "string"}}}


def message(**members: Any) -> dict[str, Any]:
    """A message with one member, whose schema and whose neighbours may be given."""
    return {"title": "Message", "type": "object", "properties": {}, **members}


def member(**schema: Any) -> dict[str, Any]:
    return message(properties={"it": schema})


def text(schema: Any) -> bytes:
    return json.dumps(schema).encode()


REFUSALS: dict[str, tuple[dict[str, bytes], str]] = {
    "not JSON": ({FILE: b"{"}, f"{FILE}#: not JSON: Expecting property name"),
    "not UTF-8": ({FILE: b'{"title": "\xff"}'}, f"{FILE}#: not JSON: "),
    "NaN": ({FILE: b'{"default": NaN}'}, f"{FILE}#: not JSON: NaN is no JSON value; correct"),
    "twice": ({FILE: b'{"a": 1, "a": 2}'}, "the member name 'a' occurs twice; correct the file"),
    "too deep": ({FILE: b"[" * 100_000}, f"{FILE}#: not JSON: "),
    "an array": ({FILE: b"[]"}, f"{FILE}#: a message's schema is a JSON object; write one"),
    "true": ({FILE: b"true"}, f"{FILE}#: a message's schema is a JSON object; write one"),
    "no schema": ({FILE: text(message(properties=[]))}, f"{FILE}#/properties: [] is not of type"),
    "another draft": (
        {FILE: text(message(**{"$schema": "http://json-schema.org/draft-07/schema#"}))},
        f"{FILE}#/$schema: the dialect is JSON Schema 2020-12; name it or leave $schema out",
    ),
    "not an object": ({FILE: text({"title": "Message", "type": "string"})}, f"{FILE}#: a class"),
    "no title": ({FILE: text({"type": "object", "properties": {}})}, "carries its name as title"),
    "unknown keyword": (
        {FILE: text(message(propertyNames={}))},
        f"{FILE}#: 'propertyNames' is not exact at the root of a message; leave it out",
    ),
    "unknown keyword below": (
        {FILE: text(member(type="string", pattern="a"))},
        f"{FILE}#/properties/it: 'pattern' is not exact on a string yet; leave it out",
    ),
    "unknown format": (
        {FILE: text(member(type="string", format="date"))},
        f"{FILE}#/properties/it/format: only the format uuid is exact yet; leave it out",
    ),
    "keyword of another type": (
        {FILE: text(member(type="string", minimum=0))},
        f"{FILE}#/properties/it: 'minimum' is not exact on a string yet; leave it out",
    ),
    "no type": (
        {FILE: text(member(minimum=0))},
        f"{FILE}#/properties/it: 'minimum' is not exact without a type; write the type it is for",
    ),
    "boolean schema": ({FILE: text(message(properties={"it": False}))}, "boolean schemas are not"),
    "inline object": (
        {FILE: text(member(**INNER))},
        f"{FILE}#/properties/it: 'properties' is not exact on an object without a name; move the",
    ),
    "union": (
        {FILE: text(member(anyOf=[{"type": "string"}, {"type": "integer"}]))},
        'anyOf is exact as [schema, {"type": "null"}] only; write it so',
    ),
    "bound beyond 2**53": (
        {FILE: text(member(type="number", minimum=2**53))},
        f"{FILE}#/properties/it/minimum: bounds of a number are exact below 2^53 only; write",
    ),
    "remote $ref": (
        {FILE: text(member(**{"$ref": "https://example.org/x.json"}))},
        f"{FILE}#/properties/it/$ref: only #/$defs/NAME is resolved, nothing is fetched; copy",
    ),
    "$ref to a file": (
        {FILE: text(member(**{"$ref": "../../secret.json"}))},
        f"{FILE}#/properties/it/$ref: only #/$defs/NAME is resolved, nothing is fetched; copy",
    ),
    "unresolved $ref": (
        {FILE: text(member(**{"$ref": "#/$defs/Gone"}))},
        f"{FILE}#/properties/it/$ref: '#/$defs/Gone' names no definition; add it to $defs",
    ),
    "unused definition": (
        {FILE: text(message(**{"$defs": {"Inner": INNER}}))},
        f"{FILE}#/$defs/Inner: is never referred to; drop it",
    ),
    "required of no property": (
        {FILE: text(message(required=["gone"]))},
        f"{FILE}#/required: 'gone' is no property; declare it or drop it",
    ),
    "required in another order": (
        {
            FILE: text(
                message(properties={"a": {}, "b": {}}, required=["b", "a"]),
            )
        },
        f"{FILE}#/required: the models cannot say this (validation schema); write it otherwise",
    ),
    "a default of another type": (
        {FILE: text(member(type="string", default=1))},
        f"{FILE}#/properties/it/default: is rejected by its own schema; correct it",
    ),
    "a definition that is no class name": (
        {FILE: text({**member(**{"$ref": "#/$defs/a-b"}), "$defs": {"a-b": INNER}})},
        f"{FILE}#/$defs/a-b: 'a-b' is no class name; rename the definition",
    ),
    "a file name that is no class name": (
        {"operations/close-chat.json": text(message())},
        "operations/close-chat.json: 'close-chat' is no class name; rename it like",
    ),
    "a reserved class name": (
        {"operations/Model.json": text(message())},
        "operations/Model.json: 'Model' is no class name; rename it like CloseChatResponse",
    ),
    "a folder that is no module": (
        {"class/Message.json": text(message())},
        "class/Message.json: 'class' is no module name; rename the folder",
    ),
    "a file elsewhere": (
        {"Message.json": text(message())},
        "Message.json: not of the form MODULE/MESSAGE.json; move or rename it",
    ),
    "another file": (
        {"operations/notes.txt": b""},
        "operations/notes.txt: not of the form MODULE/MESSAGE.json; move or rename it",
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
        "operations/Other.json#: 'Inner' is defined otherwise in operations/Message.json; make",
    ),
    "nothing": ({}, "holds no schema; add MODULE/MESSAGE.json"),
}


@pytest.mark.parametrize(("sources", "line"), REFUSALS.values(), ids=REFUSALS)
def test_bad_input_is_refused_and_nothing_is_written(
    sources: dict[str, bytes],
    line: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    schemas, out = tmp_path / "schemas", tmp_path / "generated"
    for folder, files in (
        (schemas, {"operations/Good.json": text({**message(), "title": "Good"})}),
    ):
        write(folder, files)
    assert generate.main(["--schemas", str(schemas), "--out", str(out)]) == 0
    before = on_disk(out)
    (schemas / "operations/Good.json").unlink()
    write(schemas, sources)
    capsys.readouterr()
    for arguments in ([], ["--check"]):
        if arguments and "models cannot say" in line:
            continue  # found by the self-check, which --check leaves to generate
        code = generate.main(["--schemas", str(schemas), "--out", str(out), *arguments])
        printed = capsys.readouterr()
        assert code == 2, printed
        assert any(line in it for it in printed.err.splitlines()), printed.err
    assert on_disk(out) == before


def write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--schemas", str(tmp_path / "gone"), "--out", str(tmp_path)]) == 2
    assert (
        "gone: no such folder; name one that is laid out like schemas/" in capsys.readouterr().err
    )


def test_every_fault_of_a_schema_is_named_at_once() -> None:
    schema = message(properties={"a": {"type": "string", "pattern": ""}, "b": {"minimum": 0}})
    with pytest.raises(Refused) as refused:
        build({FILE: text(schema)}, "1")
    assert len(str(refused.value).splitlines()) == 2


def test_a_mistake_of_ours_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 is for drift; a crash is 2, with its traceback."""
    monkeypatch.setattr(generate, "render", lambda contract: 1 / 0)
    assert generate.main(["--check"]) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err
