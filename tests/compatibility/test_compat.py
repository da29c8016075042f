"""The gate is right on every edit of the contract, and shows a document for each claim."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from compat import main
from compatibility import compare, witnesses
from compatibility.edits import ABSENT
from compatibility.findings import MessageComparison
from compatibility.report import Report, next_version
from compatibility.revisions import build_revision
from contract.project import ROOT
from oracle.oracle import Oracle

from tests.zoo.changes import CHANGES, SCHEMA, SOURCE, Change, add, put
from tests.zoo.first_contract import FILE
from tests.zoo.repository import commit_all, first_repository, git, set_version

pytestmark = pytest.mark.toolchain

MESSAGE = FILE.removesuffix(".json")
BASE = build_revision("1.0.0", None, {FILE: SOURCE})
MIRRORED = {"same": "same", "widens": "narrows", "narrows": "widens", "crosses": "crosses"}


def as_source(schema: Any) -> bytes:
    return json.dumps(schema, indent=2).encode()


def comparison(old: Any, new: Any, *, strict: bool = False) -> MessageComparison:
    before, after = (
        BASE if it is SCHEMA else build_revision("1.1.0", None, {FILE: as_source(it)})
        for it in (old, new)
    )
    (found,) = Report(before, after, strict, True).comparisons
    return found


def test_the_table_is_large_and_every_verdict_is_in_it() -> None:
    assert len(CHANGES) >= 60
    verdicts = Counter(change.verdict for change in CHANGES.values())
    assert min(verdicts[it] for it in MIRRORED) >= 7
    bumps = {change.bump for change in CHANGES.values()}
    assert bumps == {"patch", "minor", "major"}
    assert all(change.schema != SCHEMA or "reordered" in it for it, change in CHANGES.items())


@pytest.mark.parametrize("label", CHANGES)
@pytest.mark.one_in(12)
def test_the_verdict_on_an_edit_and_on_undoing_it(label: str) -> None:
    change = CHANGES[label]
    forth, back = comparison(SCHEMA, change.schema), comparison(change.schema, SCHEMA)
    assert (forth.verdict, forth.bump) == (change.verdict, change.bump)
    assert (back.verdict, back.bump) == (MIRRORED[change.verdict], change.back)
    assert_shown(forth, SCHEMA, change.schema)
    assert_shown(back, change.schema, SCHEMA)


EFFECTS = {"same": set[str](), "crosses": {"widens", "narrows"}}


def assert_shown(found: MessageComparison, old: Any, new: Any) -> None:
    """Each direction of the verdict has a finding, each of these a witness that both judges and
    nothing shorter shows."""
    wire = [it for it in found.findings if it.breaks]
    assert {it.effect for it in wire} == EFFECTS.get(found.verdict, {found.verdict})
    before, after = Oracle(old), Oracle(new)
    for finding in wire:
        expected = (False, True) if finding.effect == "widens" else (True, False)
        assert finding.breaks == ("readers" if finding.effect == "widens" else "writers")
        said = [(it.accepts, it.second_opinion) for it in (before, after)]
        for judge in range(2):
            assert tuple(it[judge](finding.witness) for it in said) == expected, finding
        alone = len(wire) == 1 and isinstance(finding.witness, dict)
        for name in finding.witness if alone else ():
            less = {key: it for key, it in finding.witness.items() if key != name}
            assert (before.accepts(less), after.accepts(less)) != expected, finding


def test_the_witness_is_the_shortest() -> None:
    (finding,) = comparison(SCHEMA, CHANGES["enum member"].schema).findings
    assert (finding.pointer, finding.old, finding.new) == (
        "/$defs/RequestStatus/enum",
        ABSENT,
        "archived",
    )
    payload = {"session_id": "", "closed_at": "", "total_messages": 0, "total_events": 0}
    assert finding.witness == {
        "request_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "status": "archived",
        "payload": payload,
    }


def test_each_edit_that_matters_is_a_finding_of_its_own() -> None:
    several = Change(
        (
            add("$defs/RequestStatus/enum", "archived", "lost"),
            put("$defs/ChatSessionClosedPayload/properties/total_events/minimum", 1),
            put("description", "Another."),
            put("properties/trace_id", {"type": "string"}),
            add("required", "trace_id"),
        ),
        "crosses",
        "major",
        "major",
    )
    found = comparison(SCHEMA, several.schema)
    assert found.verdict == "crosses"
    assert [(it.pointer, it.effect, it.mild) for it in found.findings] == [
        ("/$defs/RequestStatus/enum", "widens", False),
        ("/$defs/RequestStatus/enum", "widens", False),
        ("/$defs/ChatSessionClosedPayload/properties/total_events/minimum", "narrows", False),
        ("/properties/trace_id", "narrows", False),
        ("/required", "narrows", False),
    ]


def test_an_optional_property_of_an_open_record_is_mild_unless_strict() -> None:
    new = CHANGES["optional property"].schema
    mild, strict = comparison(SCHEMA, new), comparison(SCHEMA, new, strict=True)
    assert (mild.verdict, mild.bump) == ("narrows", "minor")
    assert (strict.verdict, strict.bump) == ("narrows", "major")
    (finding,) = mild.findings
    assert finding.mild
    assert finding.witness["trace_id"] in (0, [], {})


def test_another_default_is_a_note() -> None:
    (finding,) = comparison(SCHEMA, CHANGES["default"].schema).findings
    place = "/$defs/ChatSessionClosedPayload/properties/tool_session_closed/default"
    assert (finding.pointer, finding.old, finding.new) == (place, False, True)
    assert (finding.effect, finding.breaks, finding.witness) == ("note", None, ABSENT)


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
    found = comparison(SCHEMA, CHANGES[label].schema).findings
    told = [(it.pointer, it.old, it.new) for it in found if it.effect == "source"]
    assert told == SOURCES[label]


TEXT: Any = {"type": "string"}
WHOLE: Any = {"type": "integer"}
A, B = {"type": "string"}, {"type": "integer"}


def record(**properties: Any) -> Any:
    return {"type": "object", "properties": properties}


def option(constant: Any) -> Any:
    return {**record(ok={"const": constant}, d=TEXT), "required": ["ok"]}


def animals(dog: Any) -> Any:
    named = {name: {"$ref": f"#/$defs/{name}"} for name in ("Animal", "Dog")}
    return {**record(**named), "$defs": {"Animal": record(x=TEXT), "Dog": dog}}


BOX: Any = {**record(x=TEXT), "required": ["x"]}
# Python code that goes on to run and reads or builds something else.
SILENT: dict[str, tuple[Any, Any, str, list[tuple[str, str, str]]]] = {
    "an attribute of another member": (
        {"type": "object", "properties": {"x-y": TEXT}},
        {"type": "object", "properties": {"x_y": TEXT, "x-y": TEXT}},
        "major",
        [("CloseChatSessionResponse.x_y", "the member 'x-y'", "the member 'x_y'")],
    ),
    "options that change places": (
        {"oneOf": [option(True), option(False)]},
        {"oneOf": [option(False), option(True)]},
        "major",
        [
            ("CloseChatSessionResponseOption1.ok", "Literal[True]", "Literal[False]"),
            ("CloseChatSessionResponseOption2.ok", "Literal[False]", "Literal[True]"),
        ],
    ),
    "an object that moves to a definition": (
        record(a=BOX),
        {
            **record(a={"$ref": "#/$defs/CloseChatSessionResponseA"}),
            "$defs": {"CloseChatSessionResponseA": BOX},
        },
        "patch",
        [],
    ),
    "another type of an alias": (
        {**record(a={"$ref": "#/$defs/Money"}), "$defs": {"Money": {**WHOLE, "minimum": 0}}},
        {**record(a={"$ref": "#/$defs/Money"}), "$defs": {"Money": {**TEXT, "minLength": 0}}},
        "major",
        [("Money", "int", "str")],
    ),
    "a base that is lost": (
        animals({"allOf": [{"$ref": "#/$defs/Animal"}, record(y=TEXT)]}),
        animals(record(x=TEXT, y=TEXT)),
        "major",
        [("Dog", "class Dog(Animal)", "class Dog(Model)")],
    ),
    "another constant": (
        record(a={"const": 1.5}),
        record(a={"const": 2.5}),
        "major",
        [("CloseChatSessionResponse.a", "always 1.5", "always 2.5")],
    ),
    "a class for an alias": (
        {**record(a={"$ref": "#/$defs/Money"}), "$defs": {"Money": WHOLE}},
        {**record(a={"$ref": "#/$defs/Money"}), "$defs": {"Money": record(x=TEXT)}},
        "major",
        [("Money", "type Money = int", "class Money(Model)")],
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_python_code_means_is_compared(name: str) -> None:
    old, new, bump, expected = SILENT[name]
    found = comparison(old, new)
    told = [(it.pointer, it.old, it.new) for it in found.findings if it.effect == "source"]
    assert (found.bump, told) == (bump, expected)


UNTOLD = Change((put("properties/timestamp/maximal", 3),), "undecided", "major", "major")


def test_an_unknown_keyword_is_undecided_and_named() -> None:
    found = comparison(SCHEMA, UNTOLD.schema)
    assert (found.verdict, found.bump) == ("undecided", "major")
    assert "/properties/timestamp" in found.findings[0].pointer
    assert "maximal" in found.findings[0].pointer + found.findings[0].says


def test_what_did_not_change_is_same_whatever_its_keywords() -> None:
    old, new = (build_revision(it, None, {FILE: as_source(UNTOLD.schema)}) for it in ("old", "new"))
    (found,) = Report(old, new, False, True).comparisons
    assert (found.verdict, found.bump) == ("same", "none")
    spaced = build_revision("new", None, {FILE: json.dumps(UNTOLD.schema).encode()})
    assert Report(old, spaced, False, True).comparisons[0].bump == "patch"


HARD = "^[a-z][0-9]{0,4000}[0-9a-z]$"


def test_neither_proof_nor_witness_is_undecided() -> None:
    """A pattern of too many states; that it matches the same as another has to be seen."""
    place = "$defs/ChatSessionClosedPayload/properties/session_id/pattern"
    old = Change((put(place, HARD),), "undecided", "major", "major").schema
    new = Change((put(place, f"{HARD}(?:)"),), "undecided", "major", "major").schema
    found = comparison(old, new)
    assert (found.verdict, found.bump) == ("undecided", "major")
    assert {(it.pointer, it.effect) for it in found.findings} == {(f"/{place}", "undecided")}
    assert f"the pattern {HARD!r} has too many states" in found.findings[0].says


# Recursion that no value ends: a name is no object, a list that holds itself is endless.
ENDLESS: Any = {
    "type": "array",
    "contains": {"$ref": "#/$defs/d1"},
    "$defs": {
        "d1": {"oneOf": [{"$ref": "#/$defs/d3"}, {"$ref": "#/$defs/d2"}]},
        "d2": {"type": "array", "contains": {"$ref": "#"}},
        "d3": {
            **{"type": "object", "required": ["x"]},
            "properties": {"x": {"$ref": "#/$defs/d4"}},
        },
        "d4": {"type": "object", "minProperties": 1, "propertyNames": {"$ref": "#/$defs/d4"}},
    },
}


def test_recursion_without_end_is_no_traceback() -> None:
    found = comparison(ENDLESS, {"not": {}})
    assert found.verdict in ("same", "undecided")


def test_a_search_that_is_given_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was proven stays so; what was neither proven nor seen names what was left."""
    branches = [record(**{name: {"oneOf": [TEXT, WHOLE]}}) for name in "abc"]
    old: Any = {**record(), "oneOf": branches, "unevaluatedProperties": TEXT}
    new: Any = {**old, "unevaluatedProperties": {**TEXT, "pattern": r"^\b\b[a-z]|^\b\b"}}
    monkeypatch.setattr(witnesses, "MAX_SEARCH_STEPS", 100)
    monkeypatch.setattr(compare, "MAX_STEPS", 100)
    found = comparison(old, new)
    assert found.verdict == "undecided"
    assert "documents beyond" in found.findings[0].says
    assert "cases beyond" in found.findings[0].says


# Found by a second reader: schemas that are not the contract's.


def tuple_of(number: int, **more: Any) -> Any:
    return {"type": "array", "prefixItems": [{}] * number, "items": False, **more}


def grown(around: Any, **more: Any) -> tuple[Any, Any]:
    """A record with a, which gets b as well, and what stands around it."""
    return (
        {**record(a=TEXT), **around},
        {**record(a=TEXT, b=more.get("b", TEXT)), **around},
    )


ELSEWHERE: Any = {"allOf": [record(b=WHOLE)]}
FOUND: dict[str, tuple[Any, Any, str, str]] = {
    "a closed tuple of many": (
        record(l=tuple_of(9)),
        record(l=tuple_of(9, uniqueItems=True)),
        "narrows",
        "major",
    ),
    "the same beside a mild edit": (
        record(l=tuple_of(9)),
        record(l=tuple_of(9, uniqueItems=True), b=TEXT),
        "narrows",
        "major",
    ),
    "the empty text alone": (
        record(a=TEXT),
        record(a={**TEXT, "pattern": "$^"}, b=TEXT),
        "narrows",
        "major",
    ),
    "described in another branch": (*grown(ELSEWHERE), "narrows", "major"),
    "required in another branch": (
        *grown({"allOf": [{"required": ["b"]}]}),
        "narrows",
        "major",
    ),
    "restricted in another branch": (
        *grown({"allOf": [{"additionalProperties": TEXT}]}, b={**TEXT, "maxLength": 3}),
        "narrows",
        "major",
    ),
    "needed by another member": (
        *grown({"required": ["a"], "dependentRequired": {"a": ["b"]}}),
        "narrows",
        "major",
    ),
    "allowed by its name": (*grown({"propertyNames": {"enum": ["a", "b"]}}), "narrows", "major"),
    "asked for in a condition": (
        *grown({"if": {"required": ["b"]}, "then": {"required": ["a"]}}),
        "narrows",
        "major",
    ),
    "described beside a reference": (
        {**record(b=WHOLE), "$ref": "#/$defs/D", "$defs": {"D": record(a=TEXT)}},
        {
            **record(b=WHOLE),
            "$ref": "#/$defs/D",
            "$defs": {"D": record(a=TEXT, b={**WHOLE, "minimum": 3})},
        },
        "narrows",
        "major",
    ),
    "a record without properties": (record(), record(a=TEXT), "narrows", "major"),
    "a record or null": (
        {**record(a=TEXT), "type": ["object", "null"]},
        {**record(a=TEXT, b=TEXT), "type": ["object", "null"]},
        "narrows",
        "minor",
    ),
    "records of an array": (
        {"type": "array", "items": record(a=TEXT)},
        {"type": "array", "items": record(a=TEXT, b=TEXT)},
        "narrows",
        "minor",
    ),
    "order of an enum": (
        record(a={"enum": ["a", "b"]}),
        record(a={"enum": ["b", "a"]}),
        "same",
        "patch",
    ),
    "order of a union": (
        record(a={"anyOf": [A, B]}),
        record(a={"anyOf": [B, A]}),
        "same",
        "patch",
    ),
    "order of types": (
        record(a={"type": ["string", "integer"]}),
        record(a={"type": ["integer", "string"]}),
        "same",
        "patch",
    ),
    "equal branches": (
        record(x={"oneOf": [A, A, B]}),
        record(x={"oneOf": [A, B, B]}),
        "crosses",
        "major",
    ),
    "nothing for something": (record(a=TEXT), False, "narrows", "major"),
    "between two bounds": (
        record(a={"type": "number", "exclusiveMaximum": 5.5}),
        record(a={"type": "number", "maximum": 5.4}),
        "narrows",
        "major",
    ),
    "beyond a bound if a multiple": (
        {"type": "number", "maximum": 100},
        {"type": "number", "anyOf": [{"maximum": 100}, {"multipleOf": 6}]},
        "widens",
        "major",
    ),
    "one of a kind contained": (
        {"type": "array", "items": WHOLE, "contains": {"const": 1}},
        {"type": "array", "items": WHOLE, "contains": {"minimum": 1}},
        "widens",
        "major",
    ),
}


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.one_in(2)
def test_found(name: str) -> None:
    old, new, verdict, bump = FOUND[name]
    found = comparison(old, new)
    assert (found.verdict, found.bump) == (verdict, bump)
    assert_shown(found, old, new)


def test_a_message_that_comes_to_hold_itself_is_told_by_its_member() -> None:
    new = {**record(a=TEXT, kids={"type": "array", "items": {"$ref": "#"}})}
    (finding,) = comparison(record(a=TEXT), new).findings
    assert (finding.pointer, finding.mild) == ("/properties/kids", True)


def test_a_renamed_message_that_was_edited_is_no_renamed_one() -> None:
    old, new = (as_source(record(l=tuple_of(9, **it))) for it in ({}, {"uniqueItems": True}))
    assert [it[1:] for it in told(report({"m/Old.json": old}, {"m/New.json": new}))] == [
        ("widens", "minor", ["added"]),
        ("narrows", "major", ["deleted"]),
    ]


def test_of_many_messages_those_that_changed_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for side in ("old", "new"):
        (tmp_path / side / "m").mkdir(parents=True)
        for index in range(12):
            edited = side == "new" and index == 5
            schema = record(a=TEXT, **({} if edited else {"b": WHOLE}))
            (tmp_path / side / f"m/Message{index}.json").write_bytes(as_source(schema))
    assert main([str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [it for it in lines if not it.startswith("  ")][1:] == [
        "m/Message5: widens, asks for a major version",
        "11 messages: same",
        "asks for a major version",
    ]
    assert "  Message5.b: removed int | MISSING" in lines


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_what_cannot_be_told_is_told_in_every_form(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, schema in (("old", SCHEMA), ("new", UNTOLD.schema)):
        (tmp_path / name / "operations").mkdir(parents=True)
        (tmp_path / name / FILE).write_bytes(as_source(schema))
    assert main([str(tmp_path / "old"), str(tmp_path / "new"), "--format", form]) == 1
    shown = capsys.readouterr().out
    assert "undecided" in shown or form == "github"
    assert "maximal" in shown


@pytest.mark.full
def test_time_grows_with_the_number_of_members_and_no_faster() -> None:
    """Half of them required, closed; and one more that is optional."""
    seconds_of_widening(30)  # whatever is loaded at the first time
    assert seconds_of_widening(120) < 4 * 2.5 * seconds_of_widening(30)


def seconds_of_widening(number: int) -> float:
    kinds = [TEXT, WHOLE, {"type": "boolean"}, {"enum": ["a", "b"]}]
    small = record(**{f"m{index}": kinds[index % 4] for index in range(number)})
    required = [f"m{index}" for index in range(0, number, 2)]
    small |= {"required": required, "additionalProperties": False}
    before = time.process_time()
    assert (
        comparison(small, {**small, "properties": {**small["properties"], "more": TEXT}}).verdict
        == "widens"
    )
    return time.process_time() - before


# Files that come, go and move.

OTHER = "operations/Other.json"


def report(old: dict[str, bytes], new: dict[str, bytes]) -> Report:
    return Report(
        build_revision("1.0.0", "1.0.0", old), build_revision("2.0.0", "2.0.0", new), False, True
    )


def told(found: Report) -> list[tuple[str, str, str, list[str]]]:
    return [
        (it.message, it.verdict, it.bump, [jt.effect for jt in it.findings])
        for it in found.comparisons
    ]


def test_a_new_message_is_a_minor_version() -> None:
    found = report({FILE: SOURCE}, {FILE: SOURCE, OTHER: b'{"type": "object"}'})
    assert told(found) == [
        (MESSAGE, "same", "none", []),
        ("operations/Other", "widens", "minor", ["added"]),
    ]


def test_a_message_that_is_gone_is_a_major_version() -> None:
    found = report({FILE: SOURCE, OTHER: b'{"type": "object"}'}, {FILE: SOURCE})
    assert told(found) == [
        (MESSAGE, "same", "none", []),
        ("operations/Other", "narrows", "major", ["deleted"]),
    ]
    (finding,) = found.comparisons[1].findings
    assert (finding.breaks, finding.witness) == ("writers", {})


def test_a_message_of_another_name_is_told_as_renamed() -> None:
    renamed = SOURCE.replace(b'"title": "CloseChatSessionResponse"', b'"title": "Other"')
    found = report({FILE: SOURCE}, {OTHER: renamed})
    assert told(found) == [(MESSAGE, "same", "major", ["renamed"])]
    assert found.comparisons[0].findings[0].new == "operations/Other"


def test_a_change_in_another_file_changes_those_that_refer_to_it() -> None:
    page = as_source({"type": "object", "properties": {"price": {"$ref": "Money.json"}}})
    money = [as_source({"type": "integer", "minimum": it}) for it in (0, 1)]
    files = [{"shop/Page.json": page, "shop/Money.json": it} for it in money]
    assert told(report(*files)) == [
        ("shop/Money", "narrows", "major", ["narrows"]),
        ("shop/Page", "narrows", "major", ["narrows"]),
    ]


# Versions.


@pytest.mark.parametrize(
    ("version", "bump", "needed"),
    [
        ("1.2.3", "none", "1.2.3"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "major", "2.0.0"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.3", "minor", "0.3.0"),
        ("0.2.3", "patch", "0.2.4"),
        ("1.2", "patch", "1.2.1"),
    ],
)
def test_the_next_version(version: str, bump: str, needed: str) -> None:
    assert next_version(version, bump) == needed


@pytest.mark.parametrize(
    ("label", "version", "fails"),
    [
        ("enum member", "1.0.0", True),
        ("enum member", "1.9.9", True),
        ("enum member", "2.0.0", False),
        ("optional property", "1.0.1", True),
        ("optional property", "1.1.0", False),
        ("description", "1.0.0", True),
        ("description", "1.0.1", False),
    ],
)
def test_a_version_that_understates_fails(label: str, version: str, fails: bool) -> None:
    old = build_revision("v1.0.0", "1.0.0", {FILE: SOURCE})
    new = build_revision("new", version, {FILE: as_source(CHANGES[label].schema)})
    assert Report(old, new, False, True).is_failing is fails


# The command, in a repository of its own.


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """This project with release 1.0.0 tagged."""
    first_repository(tmp_path)
    commit_all(tmp_path, "release")
    git(tmp_path, "tag", "v1.0.0")
    return tmp_path


def edit(folder: Path, label: str, version: str = "1.0.0") -> None:
    (folder / "schemas" / FILE).write_bytes(as_source(CHANGES[label].schema))
    set_version(folder, version)


def run(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command, which answers within two seconds of processor time, and twice that where others
    use the machine."""
    before = os.times()
    done = subprocess.run(
        [sys.executable, folder / "scripts/compat.py", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **environment},
    )
    after = os.times()
    spent = after.children_user + after.children_system
    assert spent - before.children_user - before.children_system < 4
    return done


REPORT = """\
v1.0.0 -> the working tree
operations/CloseChatSessionResponse: widens, asks for a major version
  /$defs/RequestStatus/enum: added archived
    schemas/operations/CloseChatSessionResponse.json:109
    readers on v1.0.0 reject what the working tree allows, at /status (enum)
"""


@pytest.mark.full
def test_a_widened_enum_without_a_new_version_fails(repository: Path) -> None:
    assert (run(repository).returncode, run(repository).stdout) == (
        0,
        "v1.0.0 -> the working tree\noperations/CloseChatSessionResponse: same\nnothing changed\n",
    )
    edit(repository, "enum member")
    done = run(repository)
    assert done.returncode == 1
    assert done.stdout.startswith(REPORT)
    assert "order: upgrade readers first, then writers\n" in done.stdout
    assert done.stdout.endswith(
        "version 1.0.0 understates this: it needs 2.0.0;"
        " set version in pyproject.toml and tell it in CHANGELOG.md\n"
    )
    edit(repository, "enum member", "2.0.0")
    assert run(repository).returncode == 0


@pytest.mark.full
def test_the_same_report_for_programs_and_for_github(repository: Path) -> None:
    edit(repository, "enum member")
    found = json.loads(run(repository, "--format", "json").stdout)
    (contract,) = found["contracts"]
    (finding,) = contract["findings"]
    assert found["bump"] == contract["bump"] == "major"
    assert (contract["message"], contract["verdict"]) == (MESSAGE, "widens")
    assert {it: finding[it] for it in ("pointer", "old", "new", "effect", "breaks", "order")} == {
        "pointer": "/$defs/RequestStatus/enum",
        "old": None,
        "new": "archived",
        "effect": "widens",
        "breaks": ["readers"],
        "order": "upgrade readers first, then writers",
    }
    assert finding["witness"]["status"] == "archived"
    shown = run(repository, "--format", "github").stdout.splitlines()
    lines = (repository / "schemas" / FILE).read_text("utf-8").splitlines()
    line = next(at for at, it in enumerate(lines, start=1) if it.strip() == '"archived"')
    assert (finding["file"], finding["line"]) == (f"schemas/{FILE}", line)
    assert [it.split("::")[1] for it in shown] == [
        f"error file=schemas/{FILE},line={line}",
        "error file=pyproject.toml",
    ]


@pytest.mark.full
def test_reports_are_deterministic(tmp_path: Path) -> None:
    """Whatever the order in which Python hashes."""
    folders = [tmp_path / it / "operations" for it in ("old", "new")]
    for folder in folders:
        folder.mkdir(parents=True)
    (folders[0] / "X.json").write_bytes(SOURCE)
    steps = [
        step for it in ("enum members", "another format", "closed") for step in CHANGES[it].steps
    ]
    (folders[1] / "X.json").write_bytes(as_source(Change((*steps,), "", "", "").schema))
    names = [str(folder.parent) for folder in folders]
    seeds = ("0", "1", "2")
    texts = {run(ROOT, *names, "--format", "json", PYTHONHASHSEED=it).stdout for it in seeds}
    assert len(texts) == 1
    assert len(json.loads(texts.pop())["contracts"][0]["findings"]) == 6


@pytest.mark.full
def test_what_was_never_released_promised_nothing(repository: Path) -> None:
    """Against the merge base all is reported, against the last release the version is judged."""
    edit(repository, "optional property", "1.1.0")
    commit_all(repository, "on main")
    edit(repository, "two optional properties", "1.1.0")
    done = run(repository, "HEAD")
    assert done.returncode == 0
    assert done.stdout.count("mild") == 3
    edit(repository, "enum member", "1.1.0")
    assert run(repository, "HEAD").returncode == 1


def test_the_last_release_is_one_of_this_branch(repository: Path) -> None:
    """Neither a later release elsewhere, nor one that is only being prepared, nor another tag."""
    git(repository, "switch", "--quiet", "--create", "next")
    edit(repository, "enum member", "2.0.0")
    commit_all(repository, "next")
    git(repository, "tag", "v2.0.0")
    git(repository, "switch", "--quiet", "-")
    for name in ("v1.1.0rc1", "vendored", "1.5.0"):
        git(repository, "tag", name)
    edit(repository, "description", "1.0.1")
    done = run(repository)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "1.0.0 -> 1.0.1")


@pytest.mark.full
def test_every_supported_version_counts(repository: Path) -> None:
    """What a release broke without saying so breaks those who have not taken it yet."""
    edit(repository, "enum member", "1.1.0")
    commit_all(repository, "released in spite of the gate")
    git(repository, "tag", "v1.1.0")
    edit(repository, "enum member", "1.1.0")
    assert run(repository).returncode == 0
    project = repository / "pyproject.toml"
    text = project.read_text("utf-8")
    project.write_text(text.replace("supported = []", 'supported = ["1.0.0"]'), "utf-8")
    done = run(repository)
    assert done.returncode == 1
    assert [it for it in done.stdout.splitlines() if " -> " in it] == [
        "v1.1.0 -> the working tree",
        "1.0.0 -> 1.1.0",
    ]
    assert "version 1.1.0 understates this: it needs 2.0.0" in done.stdout
    project.write_text(text.replace("supported = []", 'supported = ["1.0.5"]'), "utf-8")
    assert "v1.0.5: neither a folder nor a ref" in run(repository).stderr


@pytest.mark.full
def test_a_release_is_a_tag_whatever_else_is_called_so(repository: Path) -> None:
    shutil.copytree(repository / "schemas", repository / "v1.0.0")
    edit(repository, "enum member")
    (repository / "v1.0.0" / FILE).write_bytes((repository / "schemas" / FILE).read_bytes())
    assert run(repository).returncode == 1


@pytest.mark.full
def test_a_base_and_a_head_are_judged_by_the_last_release_too(repository: Path) -> None:
    for label in ("number for integer", "another type"):
        edit(repository, label, "1.1.0")
        commit_all(repository, label)
    assert run(repository, "HEAD~1", "HEAD").returncode == 1


def test_two_folders_without_versions_fail_on_what_breaks(tmp_path: Path) -> None:
    folders = {it: tmp_path / it / "operations" for it in ("old", "new", "mild")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    (folders["old"] / "X.json").write_bytes(SOURCE)
    (folders["new"] / "X.json").write_bytes(as_source(CHANGES["enum member"].schema))
    (folders["mild"] / "X.json").write_bytes(as_source(CHANGES["optional property"].schema))
    names = {it: str(folder.parent) for it, folder in folders.items()}
    assert main([names["old"], names["new"]]) == 1
    assert main([names["old"], names["mild"]]) == 0
    assert main([names["old"], names["mild"], "--strict"]) == 1
    assert main([names["old"], names["old"]]) == 0


def not_json(folder: Path) -> None:
    (folder / "schemas" / FILE).write_text("{")


def no_history(folder: Path) -> None:
    """As a source distribution is unpacked."""
    shutil.rmtree(folder / ".git")


def a_part_of_the_history(folder: Path) -> None:
    """As a shallow clone without tags."""
    git(folder, "tag", "--delete", "v1.0.0")
    commit_all(folder, "later")
    git(folder, "clone", "--quiet", "--depth=1", f"file://{folder}", folder / "clone")
    shutil.rmtree(folder / ".git")
    (folder / "clone/.git").rename(folder / ".git")


COULD_NOT: dict[Callable[[Path], None], tuple[list[str], str]] = {
    not_json: ([], f"{FILE}#: not JSON"),
    no_history: ([], "no release is tagged here (v1.2.3); fetch the tags (git fetch --tags)"),
    a_part_of_the_history: ([], "no release is tagged here (v1.2.3); fetch the tags"),
    lambda folder: None: (["v9.9.9"], "v9.9.9: neither a folder nor a ref"),
    lambda folder: (folder / "empty").mkdir(): (["empty"], "empty: holds no schema"),
}


@pytest.mark.parametrize("fault", COULD_NOT)
@pytest.mark.one_in(8)
def test_what_cannot_be_compared_is_said(fault: Callable[[Path], None], repository: Path) -> None:
    fault(repository)
    arguments, said = COULD_NOT[fault]
    done = run(repository, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.one_in(8)
def test_before_the_first_release_nobody_can_break(form: str, repository: Path) -> None:
    git(repository, "tag", "--delete", "v1.0.0")
    edit(repository, "enum member")
    done = run(repository, "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    if form == "json":
        nothing = {"bump": "none", "fails": False, "contracts": [], "faults": []}
        assert json.loads(done.stdout) == nothing
    else:
        assert "make the first one with make release" in done.stdout


@pytest.mark.full
def test_a_named_base_is_compared_with_before_the_first_release(repository: Path) -> None:
    git(repository, "tag", "--delete", "v1.0.0")
    edit(repository, "enum member")
    assert run(repository, "HEAD").returncode == 1


# A second opinion.

CONTAINMENT = jsonschema_rs.canonical.Containment
# Edits on which the second judge does not know one direction.
UNKNOWN = {
    "a format that asserts nothing": "narrows",
    "multiples": "narrows",
    "number for integer": "widens",
    "closed": "narrows",
    "closed within": "narrows",
    "closed by unevaluatedProperties": "narrows",
    "strangers typed": "narrows",
    "map typed": "narrows",
    "names of a map": "narrows",
    "patterns of names": "narrows",
}


def covers(greater: Any, smaller: Any) -> Any:
    """Whether jsonschema-rs proves that ``greater`` accepts whatever ``smaller`` accepts."""
    forms = [
        jsonschema_rs.canonicalize(without_draft(it), validate_formats=True)
        for it in (greater, smaller)
    ]
    return forms[0].covers(forms[1])


def without_draft(schema: Any) -> Any:
    """The second judge compares schemas of one draft; no edit uses words of an older one."""
    return {word: it for word, it in schema.items() if word != "$schema"}


@pytest.mark.parametrize("label", CHANGES)
def test_the_second_judge_agrees(label: str) -> None:
    change = CHANGES[label]
    answers = {"widens": covers(SCHEMA, change.schema), "narrows": covers(change.schema, SCHEMA)}
    unknown = {it for it, answer in answers.items() if answer == CONTAINMENT.UNKNOWN}
    denied = {it for it, answer in answers.items() if answer == CONTAINMENT.NO}
    expected = {it for it in answers if change.verdict in (it, "crosses")}
    assert unknown == ({UNKNOWN[label]} if label in UNKNOWN else set())
    assert denied == expected - unknown


def test_every_unknown_is_of_an_edit() -> None:
    assert UNKNOWN.keys() <= CHANGES.keys()
