"""What an edit changes for Python code, whether or not a document tells."""

from typing import Any

import pytest
from compatibility.edits import ABSENT
from compatibility.report import Report
from compatibility.revisions import Revision, build_revision
from contract.refusal import Refused

from tests.zoo.changes import CHANGES, SCHEMA
from tests.zoo.changes_of_names import MOVED, SHARING
from tests.zoo.comparing import as_source, comparison
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


def called_alike(*names: str) -> Any:
    """Definitions whose classes have names that their order decides."""
    definitions = {it: members(**{it.lower(): TEXT}) for it in names}
    named = {it.lower(): {"$ref": f"#/$defs/{it}"} for it in sorted(names)}
    return {**members(**named), "$defs": definitions}


OPTION = "CloseChatSessionResponseOption"
SHORT: Any = {**TEXT, "maxLength": 3}
BOX: Any = {**members(x=TEXT), "required": ["x"]}
# Python code that goes on to run and reads or builds something else.
SILENT: dict[str, tuple[Any, Any, str, list[tuple[str, str, Any]]]] = {
    "an attribute of another member": (
        {"type": "object", "properties": {"x-y": TEXT}},
        {"type": "object", "properties": {"x_y": TEXT, "x-y": TEXT}},
        "major",
        [("CloseChatSessionResponse.x_y", "the member 'x-y'", "the member 'x_y'")],
    ),
    "members called alike that change places": (
        members(**{"x-y": TEXT, "x y": TEXT}),
        members(**{"x y": TEXT, "x-y": TEXT}),
        "major",
        [
            ("CloseChatSessionResponse.x_y", "the member 'x-y'", "the member 'x y'"),
            ("CloseChatSessionResponse.x_y_", "the member 'x y'", "the member 'x-y'"),
        ],
    ),
    "definitions called alike that change places": (
        called_alike("foo-bar", "foo_bar"),
        called_alike("foo_bar", "foo-bar"),
        "major",
        [
            ("FooBar.foo_bar", "the member 'foo-bar'", "the member 'foo_bar'"),
            ("FooBar2.foo_bar", "the member 'foo_bar'", "the member 'foo-bar'"),
            (
                "CloseChatSessionResponse.foo_bar_",
                "FooBar | MISSING",
                "FooBar2 | MISSING",
            ),
            ("CloseChatSessionResponse.foo_bar", "FooBar2 | MISSING", "FooBar | MISSING"),
        ],
    ),
    "options that change places": (
        {"oneOf": [option(TEXTS), option(NULLS)]},
        {"oneOf": [option(NULLS), option(TEXTS)]},
        "major",
        [
            (f"{OPTION}1.ok", "list[str]", "list[None]"),
            (f"{OPTION}2.ok", "list[None]", "list[str]"),
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
    "options that a bound alone sets apart": (
        {"oneOf": [option({**WHOLE, "minimum": 1}), option({**WHOLE, "maximum": 0})]},
        {"oneOf": [option({**WHOLE, "maximum": 0}), option({**WHOLE, "minimum": 1})]},
        "major",
        [
            (f"{OPTION}1", f"class {OPTION}1", f"class {OPTION}2"),
            (f"{OPTION}2", f"class {OPTION}2", f"class {OPTION}1"),
        ],
    ),
    "an attribute of another member and of another type": (
        members(**{"x-y": TEXT}),
        members(**{"x-y": TEXT, "x_y": WHOLE}),
        "major",
        [("CloseChatSessionResponse.x_y", "the member 'x-y'", "the member 'x_y'")],
    ),
    "a list of texts that moves to definitions": (
        members(a={"type": "array", "items": SHORT}),
        {
            **members(a={"$ref": "#/$defs/Names"}),
            "$defs": {"Names": {"type": "array", "items": {"$ref": "#/$defs/Name"}}, "Name": SHORT},
        },
        "minor",
        [],
    ),
    "a text that moves from a definition": (
        {**members(a={"$ref": "#/$defs/Name"}), "$defs": {"Name": SHORT}},
        members(a=SHORT),
        "major",
        [("Name", "type Name", ABSENT)],
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


INNER = {"shop/Order": members(line=BOX)}
NEIGHBOURS: dict[str, tuple[Any, list[tuple[str, str, str]]]] = {
    "a message": (
        {"shop/OrderLine": members(y=TEXT)},
        [("OrderLine", "class OrderLine", "class OrderLineObject")],
    ),
    "a definition": (
        {"shop/Other": {"$ref": "#/$defs/OrderLine", "$defs": {"OrderLine": members(y=TEXT)}}},
        [("OrderLine", "class OrderLine", "class OrderLineObject")],
    ),
    "a message of another module": ({"shelf/OrderLine": members(y=TEXT)}, []),
    "nothing": ({"shop/Other": members(line=BOX)}, []),
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_a_class_that_gives_its_name_to_a_neighbour_is_told(name: str) -> None:
    """Though nobody edits the message."""
    more, expected = NEIGHBOURS[name]
    report = Report(files_revision(INNER), files_revision(INNER | more), False, True)
    (compared,) = (it for it in report.comparisons if it.message == "shop/Order")
    told = [(it.pointer, it.old, it.new) for it in compared.findings]
    assert (compared.verdict, compared.bump, told) == (
        "same",
        "major" if expected else "none",
        expected,
    )


def endless(**properties: Any) -> Any:
    """A schema whose classes have no end, which the gate does not know beforehand."""
    ring = {**members(a={"$ref": "#/$defs/A"}, **properties), "additionalProperties": RING}
    return {"$ref": "#/$defs/A", "$defs": {"A": ring}}


RING: Any = {"$ref": "#/$defs/A", "unevaluatedItems": False}


def test_a_neighbour_without_classes_does_not_keep_a_message_from_being_compared() -> None:
    old = files_revision(INNER | {"shop/Endless": endless()})
    new = files_revision({"shop/Order": members(line=TEXT), "shop/Endless": endless()})
    endless_one, order = Report(old, new, False, True).comparisons
    assert (endless_one.message, endless_one.bump) == ("shop/Endless", "none")
    assert (order.verdict, order.bump) == ("crosses", "major")


def test_a_message_without_classes_is_refused_by_name() -> None:
    old, new = (files_revision({"shop/Endless": it}) for it in (endless(), endless(b=TEXT)))
    with pytest.raises(Refused, match=r"^shop/Endless\.json#/\$defs/A: a part of it refers"):
        Report(old, new, False, True).comparisons  # noqa: B018  # it is worked out here


def files_revision(files: dict[str, Any]) -> Revision:
    return build_revision("1", None, {f"{it}.json": as_source(one) for it, one in files.items()})


def test_a_name_of_a_type_that_needs_itself_is_followed_once() -> None:
    ring = {"anyOf": [TEXT, {"type": "array", "items": {"$ref": "#/$defs/Ring"}}]}
    old = {**members(a={"$ref": "#/$defs/Ring"}), "$defs": {"Ring": ring}}
    new = {**members(a={"anyOf": [TEXT, {"type": "array"}]}), "$defs": {"Ring": ring}}
    edits = [(it.pointer, it.new) for it in comparison(old, new).findings if it.effect == "source"]
    assert edits == [
        ("Ring", ABSENT),
        ("CloseChatSessionResponse.a", "str | list[Any] | MISSING"),
    ]


@pytest.mark.parametrize("name", MOVED)
def test_classes_within_a_class_that_moves_move_with_it(name: str) -> None:
    old, new, moved = MOVED[name]
    found = {it.old: it.new for it in comparison(old, new).findings if it.effect == "source"}
    there = "class CloseChatSessionResponse"
    assert {it: found[there + it] for it in moved} == {it: there + to for it, to in moved.items()}
    geo = [it for it in moved if it != "Work"]
    assert {it: found[f"{there}{it}Geo"] for it in geo} == {
        it: f"{there}{moved[it]}Geo" for it in geo
    }


def test_a_class_that_was_imported_and_is_a_copy_now_is_another() -> None:
    """Though no document tells them apart, and no type."""
    versions, others = SHARING
    revisions = [
        build_revision(
            name, None, {f: as_source(it) for f, it in {"m/Thing.json": one, **others}.items()}
        )
        for name, one in zip(("old", "new"), versions, strict=True)
    ]
    old, new = revisions
    for before, after, homes in (
        (old, new, ("other", "its own")),
        (new, old, ("its own", "other")),
    ):
        compared = Report(before, after, False, True).comparisons
        (changed,) = [it for it in compared if it.findings]
        assert (changed.message, changed.verdict, changed.bump) == ("m/Thing", "same", "major")
        (found,) = changed.findings
        assert (found.old, found.new) == tuple(f"class Money of {it}" for it in homes)
