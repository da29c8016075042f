"""What JSON Schema allows though its author may mean otherwise is noted, and not refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from contract.notes import notes_of
from generate import main

from tests.zoo.small_schemas import contract_of_files, member

FILE = "m/Message.json"
DRAFT_07 = "http://json-schema.org/draft-07/schema#"
MEMBERS: dict[str, Any] = {"type": "object", "properties": {"user": {}, "mail": {}}}


def referred(**beside: Any) -> dict[str, Any]:
    target = {"$ref": "#/definitions/Any", **beside}
    return {"$schema": DRAFT_07, "properties": {"it": target}, "definitions": {"Any": {}}}


def notes(schema: Any) -> list[str]:
    return notes_of(contract_of_files({FILE: schema}).schemas)


NOTES: dict[str, tuple[Any, str]] = {
    "a format that is spelled otherwise": (
        member(type="string", format="uuidd"),
        "/properties/it/format: 'uuidd' asserts nothing; write 'uuid' if you mean that",
    ),
    "a format of other languages": (
        member(type="string", format="url"),
        "/properties/it/format: 'url' asserts nothing; write 'uri' if you mean that",
    ),
    "a constant of another type": (
        member(type="integer", const="1"),
        '/properties/it/const: "1" is not of type integer; correct one of the two',
    ),
    "a value of another type": (
        member(type=["string", "null"], enum=["a", None, 1.5]),
        "/properties/it/enum: 1.5 is not of type string or null; correct one of the two",
    ),
    "constants of another type": (
        member(type="integer", enum=["1", "2"]),
        '/properties/it/enum: "1" is not of type integer; correct one of the two',
    ),
    "no constants": (
        member(enum=[]),
        "/properties/it/enum: is empty, so no value is valid; write the values",
    ),
    "a default that is none of the constants": (
        member(enum=["a", "b"], default="c"),
        "/properties/it/default: is none of the values beside it; correct one of the two",
    ),
    "a choice between a number and an integer": (
        member(oneOf=[{"type": "integer"}, {"type": "number"}]),
        "/properties/it/oneOf: each value of branch 0 fits branch 1 too, so oneOf rejects it; write"
        " anyOf, or tell the two apart",
    ),
    "a choice between a text and some of the texts": (
        member(oneOf=[{"type": ["string", "null"]}, {"enum": ["a", "b"]}]),
        "/properties/it/oneOf: each value of branch 1 fits branch 0 too, so oneOf rejects it; write"
        " anyOf, or tell the two apart",
    ),
    "a pattern in slashes": (
        member(pattern="/^a$/"),
        "/properties/it/pattern: the slashes around it are characters of it; leave them out",
    ),
    "a pattern in slashes with a flag": (
        member(pattern="/a$/i"),
        "/properties/it/pattern: the slashes around it are characters of it; leave them out",
    ),
    "a value that stands twice": (
        member(enum=[1, True, "a", 1.0]),
        "/properties/it/enum: 1.0 occurs twice; remove one",
    ),
    "bounds that leave nothing": (
        member(type="array", minItems=2, maxItems=1),
        "/properties/it/minItems: 2 is above the maxItems 1; correct one of the two",
    ),
    "parts of different types": (
        member(allOf=[{"type": "string"}, {"type": ["integer", "null"]}]),
        "/properties/it/allOf: asks for different types, which no value has;"
        " correct one of its parts",
    ),
    "a message that is never valid": (False, ": no document is valid; write what a message may be"),
    "a required member that is near to another": (
        {**MEMBERS, "required": ["usr"]},
        "/required: 'usr' is not among the properties; write 'user'",
    ),
    "a required member that nothing describes": (
        {**MEMBERS, "required": ["mail", "zip"]},
        "/required: 'zip' is not among the properties; describe it, or correct the name",
    ),
    "a default of another type": (
        member(type=["integer", "null"], default="1"),
        "/properties/it/default: is not of type integer or null; correct one of the two",
    ),
    "members of an array": (
        member(type="array", properties={"a": {}}),
        "/properties/it/properties: asserts nothing beside type array; correct one of the two",
    ),
    "a bound of a text": (
        member(type="string", minimum=1),
        "/properties/it/minimum: asserts nothing beside type string; correct one of the two",
    ),
    "beside a reference that hides it": (
        referred(minProperties=1, type="object"),
        "/properties/it/$ref: hides minProperties and type in draft-07; put the $ref into an allOf",
    ),
}
QUIET: dict[str, Any] = {
    "a choice between kinds of texts": member(
        oneOf=[
            {"type": "string", "format": "date"},
            {"type": "string", "format": "time"},
            {"type": "number"},
            {"type": "array"},
        ]
    ),
    "a format of one's own": member(type="string", format="color"),
    "a required member that another keyword describes": {
        **MEMBERS,
        "additionalProperties": {},
        "required": ["zip"],
    },
    "a required member that is not evaluated": {
        **MEMBERS,
        "unevaluatedProperties": {"type": "string"},
        "required": ["zip"],
    },
    "a required member behind a dynamic reference": {
        **member(**MEMBERS, required=["zip"], **{"$dynamicRef": "#any"}),
        "$defs": {"Any": {"$dynamicAnchor": "any"}},
    },
    "a required member of a part": {"allOf": [{**MEMBERS, "required": ["zip"]}]},
    "a default of one of the types": member(type=["number", "null"], default=1),
    "no default": member(type="string", default=None),
    "constants of the types": member(type=["number", "boolean"], enum=[1, True, 0, False]),
    "a default among the constants": member(enum=["a", 1], default=1.0),
    "a pattern of a path": member(pattern="^/a/$"),
    "a pattern of a price": member(pattern="[0-9]\\$/i"),
    "equal bounds": member(type="integer", minimum=1, maximum=1),
    "parts of one type": member(allOf=[{"type": "number"}, {"type": "integer"}, {"minimum": 1}]),
    "a bound of an integer": member(type="integer", minimum=1),
    "keywords of any type": member(minimum=1, properties={}, items={}),
    "a type beside a reference": referred(type="object", description="text"),
    "2020-12": {
        **referred(minProperties=1),
        "$schema": "https://json-schema.org/draft/2020-12/schema",
    },
}


@pytest.mark.parametrize("name", NOTES)
def test_a_slip_that_json_schema_allows_is_noted_with_the_cure(name: str) -> None:
    schema, note = NOTES[name]
    assert notes(schema) == [f"{FILE}#{note}"]


@pytest.mark.parametrize("name", QUIET)
def test_an_ordinary_schema_has_no_notes(name: str) -> None:
    assert notes(QUIET[name]) == []


def test_slips_of_one_kind_are_one_note() -> None:
    wrong = {"type": "string", "minimum": 1}
    (note,) = notes({"properties": {"a": wrong, "b": wrong, "c": wrong}})
    assert note.startswith(f"{FILE}#/properties/a/minimum: ")
    assert note.endswith(" (2 more like this)")


def test_generate_prints_the_notes_whether_it_writes_or_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "schemas"
    (folder / "m").mkdir(parents=True)
    schema, note = NOTES["a bound of a text"]
    (folder / FILE).write_text(json.dumps(schema))
    assert main(["--schemas", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err == f"note: {folder / FILE}:1#{note}\n"
    wrong = {**member(type="integer", const="1"), "required": ["it"]}
    (folder / FILE).write_text(json.dumps(wrong))
    assert main(["--schemas", str(folder), "--out", str(tmp_path / "out")]) == 2
    note, refusal = capsys.readouterr().err.splitlines()
    assert note.startswith(f"note: {folder / FILE}:1#/properties/it/const: ")
    assert refusal.startswith(f"{folder / FILE}:1#: the member 'it' cannot be valid: const ")
