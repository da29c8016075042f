"""What an edit changes for Python code, whether or not a document tells."""

from typing import Any

import pytest
from compatibility.edits import ABSENT

from tests.zoo.changes import CHANGES, SCHEMA
from tests.zoo.comparing import comparison
from tests.zoo.small_schemas import TEXT, WHOLE, members

pytestmark = pytest.mark.toolchain

SOURCES = {
    "definition renamed": [("RequestStatus", "class RequestStatus", "class Status")],
    "class renamed": [
        ("ChatSessionClosedPayload", "class ChatSessionClosedPayload", "class Closed")
    ],
    "default gone": [("CloseChatSessionResponse.error", "str | None", "str | None | MISSING")],
    "format gone": [("CloseChatSessionResponse.request_id", "UUID", "str")],
    "number for integer": [("ChatSessionClosedPayload.total_events", "int", "float")],
    "enum member gone": [("RequestStatus.FAILED", "'failed'", ABSENT)],
    "property gone": [("CloseChatSessionResponse.timestamp", "str | MISSING", ABSENT)],
    "the same bound": [],
    "optional property": [],
}


@pytest.mark.parametrize("label", SOURCES)
def test_what_changes_for_python_code(label: str) -> None:
    compared = comparison(SCHEMA, CHANGES[label].schema).findings
    edits = [(it.pointer, it.old, it.new) for it in compared if it.effect == "source"]
    assert edits == SOURCES[label]


TEXTS, NULLS = ({"type": "array", "minItems": 1, "items": it} for it in (TEXT, {"type": "null"}))


def option(ok: Any) -> Any:
    return {**members(ok=ok, d=TEXT), "required": ["ok"]}


def animals(dog: Any) -> Any:
    named = {name: {"$ref": f"#/$defs/{name}"} for name in ("Animal", "Dog")}
    return {**members(**named), "$defs": {"Animal": members(x=TEXT), "Dog": dog}}


BOX: Any = {**members(x=TEXT), "required": ["x"]}
# Python code that goes on to run and reads or builds something else.
SILENT: dict[str, tuple[Any, Any, str, list[tuple[str, str, str]]]] = {
    "an attribute of another member": (
        {"type": "object", "properties": {"x-y": TEXT}},
        {"type": "object", "properties": {"x_y": TEXT, "x-y": TEXT}},
        "major",
        [("CloseChatSessionResponse.x_y", "the member 'x-y'", "the member 'x_y'")],
    ),
    "options that change places": (
        {"oneOf": [option(TEXTS), option(NULLS)]},
        {"oneOf": [option(NULLS), option(TEXTS)]},
        "major",
        [
            ("CloseChatSessionResponseOption1.ok", "list[str]", "list[None]"),
            ("CloseChatSessionResponseOption2.ok", "list[None]", "list[str]"),
        ],
    ),
    "options that the type of a member names, wherever they stand": (
        {"oneOf": [option(TEXT), option({"type": "null"})]},
        {"oneOf": [option({"type": "null"}), option(TEXT)]},
        "patch",
        [],
    ),
    "options that a constant names, wherever they stand": (
        {"oneOf": [option({"const": True}), option({"const": False})]},
        {"oneOf": [option({"const": False}), option({"const": True})]},
        "patch",
        [],
    ),
    "an object that moves to a definition": (
        members(a=BOX),
        {
            **members(a={"$ref": "#/$defs/CloseChatSessionResponseA"}),
            "$defs": {"CloseChatSessionResponseA": BOX},
        },
        "patch",
        [],
    ),
    "another type of an alias": (
        {**members(a={"$ref": "#/$defs/Money"}), "$defs": {"Money": {**WHOLE, "minimum": 0}}},
        {**members(a={"$ref": "#/$defs/Money"}), "$defs": {"Money": {**TEXT, "minLength": 0}}},
        "major",
        [("Money", "int", "str")],
    ),
    "a base that is lost": (
        animals({"allOf": [{"$ref": "#/$defs/Animal"}, members(y=TEXT)]}),
        animals(members(x=TEXT, y=TEXT)),
        "major",
        [("Dog", "class Dog(Animal)", "class Dog(Model)")],
    ),
    "another constant": (
        members(a={"const": 1.5}),
        members(a={"const": 2.5}),
        "major",
        [("CloseChatSessionResponse.a", "always 1.5", "always 2.5")],
    ),
    "a class for an alias": (
        {**members(a={"$ref": "#/$defs/Money"}), "$defs": {"Money": WHOLE}},
        {**members(a={"$ref": "#/$defs/Money"}), "$defs": {"Money": members(x=TEXT)}},
        "major",
        [("Money", "type Money = int", "class Money(Model)")],
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_python_code_means_is_compared(name: str) -> None:
    old, new, bump, expected = SILENT[name]
    compared = comparison(old, new)
    edits = [(it.pointer, it.old, it.new) for it in compared.findings if it.effect == "source"]
    assert (compared.bump, edits) == (bump, expected)
