"""What cannot be kept exact is refused: one line with file#pointer and cure, exit 2, no write."""

import json
import re
from pathlib import Path
from typing import Any

import generate
import pytest
from contract.read import build_contract, read_schema_files
from contract.refusal import Refused
from generate import main
from output.write import read_folder
from proof import agreement
from proof.emitted import emitted_differences

from tests.zoo.first_contract import SCHEMAS

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
    "not JSON": ({FILE: b"{"}, f"{FILE}: not JSON: Expecting property name"),
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
    "a type of other languages": ({FILE: text(member(type="float"))}, "write 'number' (JSON"),
    "a member that says it is required": (
        {FILE: text(member(type="string", required=True))},
        'write the name into "required" of the object around',
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
        f"{FILE}#/properties/it/pattern: '(?<=a)b' cannot be said exactly: a lookbehind",
    ),
    "a flag in a pattern": (
        {FILE: text(member(type="string", pattern="(?i)ab"))},
        f"{FILE}#/properties/it/pattern: '(?i)ab' cannot be said exactly: (?i) is a flag of other",
    ),
    "an end of text that is written otherwise": (
        {FILE: text(member(type="string", pattern="ab\\Z"))},
        "cannot be said exactly: \\Z is no escape of ECMA-262, where ^ and $ are",
    ),
    "a pattern that is none": (
        {FILE: text(member(patternProperties={"(": {}}))},
        f"{FILE}#/properties/it/patternProperties: '(' cannot be said exactly: ",
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
    "a folder called like the kit for tests": (
        {"Testing/Message.json": text(message())},
        "Testing/Message.json: 'Testing' is no module name; rename the folder",
    ),
    "a file elsewhere": (
        {"Message.json": text(message())},
        "Message.json: not of the form MODULE/MESSAGE.json; rename or remove it",
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
        f"{FILE}#/title: 5 is not of type 'string'; correct it (JSON Schema)",
    ),
    "required twice": (
        {FILE: text(message(properties={"a": {}}, required=["a", "a"]))},
        f"{FILE}#/required: ['a', 'a'] has non-unique elements; correct it (JSON Schema)",
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
    "nothing": ({}, "holds no schema; add MODULE/MESSAGE.json"),
}


BY_SELF_CHECK = ("write it otherwise", "that satisfies", "make a member optional")


LINE_NUMBER = re.compile(r"(\.json):[0-9]+")


@pytest.mark.parametrize(("sources", "line"), REFUSALS.values(), ids=REFUSALS)
@pytest.mark.one_in(5)
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
    assert main(["--schemas", str(schemas), "--out", str(out)]) == 0
    before = read_folder(out)
    (schemas / "operations/Good.json").unlink()
    write(schemas, sources)
    capsys.readouterr()
    for arguments in ([], ["--check"]):
        if arguments and line.endswith(BY_SELF_CHECK):
            continue  # which --check leaves to generate
        code = main(["--schemas", str(schemas), "--out", str(out), *arguments])
        printed = capsys.readouterr()
        assert code == 2, printed
        lines = [LINE_NUMBER.sub(r"\1", it) for it in printed.err.splitlines()]
        assert any(line in it for it in lines), printed.err
        assert all("; " in it for it in printed.err.splitlines()), "each line has a cure"
    assert read_folder(out) == before


def write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.mark.parametrize(
    ("given", "place", "meant"),
    [("str", "", "string"), ("int", "", "integer"), (["string", "nul"], "/1", "null")],
)
def test_a_type_that_is_none_is_refused_in_one_line_with_the_guess(
    given: Any, place: str, meant: str
) -> None:
    with pytest.raises(Refused) as refused:
        build_contract({FILE: text(member(type=given))}, "1")
    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{FILE}#/properties/it/type{place}: ")
    assert line.endswith(f"; write {meant!r} (JSON Schema)")


def test_a_ring_that_may_end_is_no_endless_one() -> None:
    members: dict[str, Any] = {"again": {"anyOf": [{"$ref": "#/$defs/Inner"}, {"type": "null"}]}}
    inner = {**NEEDS_ITSELF, "properties": members}
    schema = {"$ref": "#/$defs/Inner", "$defs": {"Inner": inner}}
    assert build_contract({FILE: text(schema)}, "1").messages


def test_many_options_may_have_a_part_in_common() -> None:
    parts = [{"$ref": "#/$defs/Base"}, {"properties": {"x": {"type": "string"}}}]
    options = {f"Option{index}": {"allOf": parts} for index in range(400)}
    union = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in options]}
    base = {"type": "object", "properties": {"id": {"type": "string"}}}
    build_contract({FILE: text({**union, "$defs": {**options, "Base": base}})}, "1")
    shallow = build_contract({FILE: text(diamonds(7, "anyOf"))}, "1")
    assert "D7" in shallow.modules["operations"].messages["Message"]["$defs"]


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--schemas", str(tmp_path / "gone"), "--out", str(tmp_path)]) == 2
    assert (
        "gone: no such folder; name one that is laid out like schemas/" in capsys.readouterr().err
    )


def test_a_readme_is_left_out_and_every_other_file_is_read(tmp_path: Path) -> None:
    notes = {"README.md": b"#", "shop/README.md": b"#"}
    write(tmp_path, {**notes, "shop/Order.json": b"{}", "shop/readme.txt": b""})
    assert [*read_schema_files(tmp_path)] == ["shop/Order.json", "shop/readme.txt"]
    (tmp_path / "shop/Order.json").unlink()
    (tmp_path / "shop/readme.txt").unlink()
    with pytest.raises(Refused, match=r"holds no schema; add MODULE/MESSAGE\.json"):
        read_schema_files(tmp_path)


def test_every_fault_of_every_file_is_named_at_once() -> None:
    schema = message(properties={"a": {"type": "string", "patern": ""}, "b": {"mininum": 0}})
    with pytest.raises(Refused) as refused:
        build_contract({FILE: text(schema), "operations/Other.json": text([]), "x.json": b""}, "1")
    assert len(str(refused.value).splitlines()) == 4


def test_one_disagreement_of_a_model_leaves_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    schemas, out = tmp_path / "schemas", tmp_path / "generated"
    write(schemas, {"operations/Good.json": text({**message(), "title": "Good"})})
    arguments = ["--schemas", str(schemas), "--out", str(out)]
    assert main(arguments) == 0
    before = read_folder(out)
    write(schemas, {"operations/More.json": text({**message(), "title": "More"})})
    line = "schemas/operations/More.json:1#: the models differ"
    monkeypatch.setattr(
        agreement,
        "emitted_differences",
        lambda model, schema: (
            [": the models differ"]
            if model.__name__ == "More"
            else emitted_differences(model, schema)
        ),
    )
    capsys.readouterr()
    assert main(arguments) == 2
    assert line in capsys.readouterr().err
    assert read_folder(out) == before


def test_an_out_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("mine")
    assert main(["--schemas", str(SCHEMAS), "--out", str(tmp_path / "out")]) == 2
    assert "name what can be read and written" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "mine"


def test_a_mistake_of_ours_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 is for drift; a crash is 2 and one line: the place, and how to report it."""
    monkeypatch.setattr(generate, "compare_message", lambda *_: 1 / 0)
    assert main(["--schemas", str(SCHEMAS), "--check"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    file, message = line.split("#: ", 1)
    assert (SCHEMAS / file).is_file()
    said = r"the tool itself failed at generate\.py:\d+ \(ZeroDivisionError: .+\); report this line"
    assert re.match(said, message)


def test_who_interrupts_sees_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(generate, "render", interrupt)
    assert main(["--schemas", str(SCHEMAS), "--check"]) == 130
    assert capsys.readouterr().err == ""
