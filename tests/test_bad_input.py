"""What cannot be kept exact is refused: one line with file#pointer and cure, exit 2, no write."""

import json
from pathlib import Path
from typing import Any

import generate
import pytest
from contract import build
from drift import on_disk
from errors import Refused

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
KIND = {"type": "string", "enum": ["a", "b"]}
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "array", "items": schema}
    return schema


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
    "an enum without title": (
        {FILE: text({**member(**{"$ref": "#/$defs/Kind"}), "$defs": {"Kind": KIND}})},
        f'{FILE}#/$defs/Kind/title: an enum carries its name; write "title": "Kind"',
    ),
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
    "null first": (
        {FILE: text(member(anyOf=[{"type": "null"}, {"type": "integer"}]))},
        f"{FILE}#/properties/it/anyOf: null is said once and last; write it so",
    ),
    "a union of one": (
        {FILE: text(member(anyOf=[{"type": "integer"}]))},
        f"{FILE}#/properties/it/anyOf: a union has two branches or more, no two equal; drop what",
    ),
    "two equal branches": (
        {FILE: text(member(anyOf=[{"type": "string"}, {"type": "string"}]))},
        f"{FILE}#/properties/it/anyOf: a union has two branches or more, no two equal; drop what",
    ),
    "a union within a union": (
        {FILE: text(member(anyOf=[{"anyOf": [{}, {}]}, {"type": "null"}]))},
        "a union within a union says no more than one; flatten it",
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
        f"{FILE}#/required: the models cannot say this; write it otherwise",
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
    "modules that differ in case": (
        {
            "ops/X.json": text({**message(), "title": "X"}),
            "Ops/X.json": text({**message(), "title": "X"}),
        },
        "differ in case alone; rename one",
    ),
    "a title that is no text": (
        {FILE: text({**message(), "title": 5})},
        f"{FILE}#/title: 5 is not of type 'string'; correct it (JSON Schema 2020-12)",
    ),
    "required twice": (
        {FILE: text(message(properties={"a": {}}, required=["a", "a"]))},
        f"{FILE}#/required: ['a', 'a'] has non-unique elements; correct it (JSON Schema 2020-12)",
    ),
    "required with a default": (
        {FILE: text({**member(type="string", default=""), "required": ["it"]})},
        f"{FILE}#/required: 'it' has a default, which says it is optional; drop one",
    ),
    "a lone surrogate": (
        {FILE: text({**message(), "description": "\ud800"})},
        f"{FILE}#: holds a lone surrogate, which is no I-JSON; write another character",
    ),
    "a boolean definition": (
        {FILE: text({**member(**{"$ref": "#/$defs/Inner"}), "$defs": {"Inner": True}})},
        f"{FILE}#/$defs/Inner: boolean schemas are not exact yet; write {{}} for true",
    ),
    "a boolean branch": (
        {FILE: text(member(anyOf=[{"type": "string"}, True]))},
        f"{FILE}#/properties/it/anyOf/1: boolean schemas are not exact yet; write {{}} for true",
    ),
    "a reference to a reference": (
        {
            FILE: text(
                {
                    **member(**{"$ref": "#/$defs/A"}),
                    "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"type": "string"}},
                }
            )
        },
        f"{FILE}#/$defs/A: a definition is no mere reference; refer to its target",
    ),
    "a type within itself": (
        {
            FILE: text(
                {
                    **member(**{"$ref": "#/$defs/A"}),
                    "$defs": {"A": {"type": "array", "items": {"$ref": "#/$defs/A"}}},
                }
            )
        },
        f"{FILE}#/$defs/A: is not exact within itself yet; put an object with properties between",
    ),
    "a class that needs itself": (
        {FILE: text({**member(**{"$ref": "#/$defs/Inner"}), "$defs": {"Inner": NEEDS_ITSELF}})},
        f"{FILE}#: needs itself without end; make a member optional",
    ),
    "a message as its own definition": (
        {FILE: text({**member(**{"$ref": "#/$defs/Message"}), "$defs": {"Message": message()}})},
        f"{FILE}#/$defs/Message: a message is not exact as a definition of its own yet; rename it",
    ),
    "bounds that nothing meets": (
        {FILE: text(member(type="integer", minimum=5, maximum=4))},
        f"{FILE}#: nothing was found that satisfies",
    ),
    "a size beyond proof": (
        {FILE: text(member(type="string", minLength=10**12))},
        f"{FILE}#/properties/it/minLength: sizes are proven up to 100000 only; write a smaller one",
    ),
    "a bound beyond doubles": (
        {FILE: text(member(type="integer", minimum=10**400))},
        f"{FILE}#/properties/it/minimum: bounds of an integer are integers up to 10^300; round it",
    ),
    "a default that is no UUID in Python": (
        {
            FILE: text(
                member(anyOf=[{"type": "string", "format": "uuid"}, {"type": "null"}], default=UUID)
            )
        },
        f"{FILE}#/properties/it/default: is not exact for its type yet; leave it out",
    ),
    "a default that is a float": (
        {FILE: text(member(type="integer", default=1.0))},
        f"{FILE}#/properties/it/default: is not exact for its type yet; leave it out",
    ),
    "a default with a reference": (
        {FILE: text(member(type="object", additionalProperties=True, default={"$ref": "#/x"}))},
        f"{FILE}#/properties/it/default: Pydantic follows a $ref in it; leave it out",
    ),
    "a default below": (
        {FILE: text(member(type="array", items={"type": "string", "default": ""}))},
        f"{FILE}#/properties/it/items: a default belongs to a property; move it there",
    ),
    "an enum of one": (
        {FILE: text(member(type="string", enum=["a"]))},
        f"{FILE}#/properties/it/enum: an enum lists two or more strings, each once; one alone is",
    ),
    "a docstring with indented lines": (
        {FILE: text({**message(), "description": "a\n  b"})},
        f"{FILE}#/description: a description that becomes a docstring has no tabs and no indented",
    ),
    "nested 300 deep": ({FILE: text(member(**nested(300)))}, "nested too deeply; move parts"),
    "nothing": ({}, "holds no schema; add MODULE/MESSAGE.json"),
}


BY_SELF_CHECK = ("write it otherwise", "that satisfies", "make a member optional")


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
        if arguments and line.endswith(BY_SELF_CHECK):
            continue  # which --check leaves to generate
        code = generate.main(["--schemas", str(schemas), "--out", str(out), *arguments])
        printed = capsys.readouterr()
        assert code == 2, printed
        assert any(line in it for it in printed.err.splitlines()), printed.err
        assert all("; " in it for it in printed.err.splitlines()), "each line has a cure"
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


def test_every_fault_of_every_file_is_named_at_once() -> None:
    schema = message(properties={"a": {"type": "string", "pattern": ""}, "b": {"minimum": 0}})
    with pytest.raises(Refused) as refused:
        build({FILE: text(schema), "operations/Other.json": text([]), "x.json": b""}, "1")
    assert len(str(refused.value).splitlines()) == 4


def test_an_out_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("mine")
    assert generate.main(["--out", str(tmp_path / "out")]) == 2
    assert "name what can be read and written" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "mine"


def test_a_mistake_of_ours_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 is for drift; a crash is 2, with its traceback."""
    monkeypatch.setattr(generate, "render", lambda contract: 1 / 0)
    assert generate.main(["--check"]) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err
