"""What is deprecated is kept until its sunset; after it nobody who was warned can complain."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from compatibility import revisions
from compatibility.edits import ABSENT
from compatibility.findings import ChangeFinding
from compatibility.report import Report, settings_faults
from compatibility.revisions import Revision, build_revision, release_revision
from compatibility.show import as_text
from contract.settings import AcceptedBreak, Settings

from tests.zoo.repository import commit_all, git

pytestmark = pytest.mark.toolchain

FILE = "shop/Order.json"
SUNSET = date(2026, 6, 1)
BEFORE = SUNSET - timedelta(days=1)
ADDRESS: Any = {"type": "object", "properties": {"street": {"type": "string"}}}


def order(closed: bool = False, **members: Any) -> Any:
    further = {"additionalProperties": False} if closed else {}
    return {"type": "object", "properties": {"id": {"type": "string"}, **members}, **further}


def deprecated(schema: Any, sunset: str | None = str(SUNSET), **words: Any) -> Any:
    dated = {} if sunset is None else {"x-sunset": sunset}
    return {**schema, "deprecated": True, **dated, **words}


def revision(schema: Any, version: str, *entries: AcceptedBreak) -> Revision:
    sources = {"shop/Other.json": b'{"type": "null"}'}
    if schema is not None:
        sources[FILE] = json.dumps(schema).encode()
    return build_revision(version, version, sources, Settings(accepted=entries))


def report(
    old: Any, new: Any, today: date = SUNSET, *entries: AcceptedBreak, version: str = "1.1.0"
) -> Report:
    return Report(revision(old, "1.0.0"), revision(new, version, *entries), False, True, today)


def findings(found: Report) -> list[ChangeFinding]:
    return [it for comparison in found.comparisons for it in comparison.findings]


def effects(found: Report) -> set[str]:
    return {it.effect for it in findings(found)}


TEXT = {"type": "string"}
OLD = order(note=deprecated(TEXT))


AFTER = "gone after its sunset"


def test_what_is_removed_before_its_sunset_fails_in_any_version() -> None:
    for version in ("1.1.0", "2.0.0"):
        found = report(OLD, order(), BEFORE, version=version)
        assert (found.is_forbidden, found.is_failing) == (True, True)
    assert "it is promised until 2026-06-01: keep it until then" in as_text([found])
    assert 'x-sunset = "2026-06-01" forbids this in any version' in as_text([found])


def test_from_its_sunset_on_a_minor_version_is_enough_where_no_document_breaks() -> None:
    found = report(OLD, order())
    assert (found.bump, found.is_failing, effects(found)) == ("minor", False, {"widens"})
    assert report(order(note=TEXT), order()).bump == "major"
    assert report(order(note=deprecated(TEXT, None)), order()).bump == "major"


def test_a_class_that_only_the_member_needs_goes_with_it() -> None:
    old = order(old=deprecated(ADDRESS), new={"$ref": "#/$defs/Kept"})
    old["$defs"] = {"Kept": ADDRESS, "Lost": ADDRESS}
    old["properties"]["other"] = deprecated({"type": "array", "items": {"$ref": "#/$defs/Lost"}})
    new = order(new={"$ref": "#/$defs/Kept"})
    new["$defs"] = {"Kept": ADDRESS}
    found = report(old, new)
    assert (found.bump, effects(found)) == ("minor", {"widens"})
    assert [it.pointer for it in findings(found) if AFTER in it.says] == [
        "/properties/old",
        "/properties/other",
    ]


def test_an_object_that_the_owner_named_goes_after_its_sunset() -> None:
    sources = {FILE: json.dumps(order(old=deprecated(ADDRESS))).encode()}
    named = Settings(names={f"{FILE}#/properties/old": "Former"})
    old, new = build_revision("1.0.0", "1.0.0", sources, named), revision(order(), "1.1.0")
    found = Report(old, new, False, True, SUNSET)
    assert (found.bump, effects(found)) == ("minor", {"widens", "added"})


def test_another_name_that_goes_at_the_same_time_asks_for_a_major_version() -> None:
    found = report(order(note=deprecated(TEXT), more=TEXT), order())
    assert found.bump == "major"
    assert [it.pointer for it in findings(found) if it.effect == "source"] == ["Order.more"]


def test_where_documents_break_a_sunset_does_not_help() -> None:
    closed = report(order(closed=True, note=deprecated(TEXT)), order(closed=True))
    assert (closed.bump, effects(closed)) == ("major", {"narrows"})


@pytest.mark.parametrize("closed", [False, True])
def test_a_member_that_is_gone_after_its_sunset_is_one_finding_with_its_witness(
    closed: bool,
) -> None:
    found = report(order(closed=closed, note=deprecated(TEXT)), order(closed=closed))
    ((finding),) = findings(found)
    assert (finding.pointer, finding.witness is ABSENT) == ("/properties/note", False)
    assert as_text([found]).count(AFTER) == 1


def test_a_member_that_nothing_allowed_is_gone_after_its_sunset_all_the_same() -> None:
    never = {**deprecated(TEXT), "not": {}}
    found = report(order(closed=True, note=never), order(closed=True))
    assert effects(found) == {"retired"}


def test_a_promise_that_is_broken_can_be_accepted() -> None:
    found = report(OLD, order(), BEFORE, version="2.0.0")
    names = [it.fingerprint for it in findings(found) if it.effect == "sunset"]
    entries = [AcceptedBreak(it, "its reader is gone", SUNSET) for it in names]
    assert not report(OLD, order(), BEFORE, *entries, version="2.0.0").is_failing


@pytest.mark.parametrize(
    ("then", "fails"),
    [
        (deprecated(TEXT, "2026-07-01"), False),
        (deprecated(TEXT, "2026-05-31"), True),
        (deprecated(TEXT, None), True),
        (TEXT, False),
    ],
)
def test_a_sunset_is_not_brought_forward(then: Any, fails: bool) -> None:
    found = report(OLD, order(note=then), BEFORE)
    assert found.is_forbidden is fails
    assert ("sunset" in effects(found)) is fails


def record(**members: Any) -> Any:
    return {"type": "object", "properties": members}


def with_definitions(schema: Any, **definitions: Any) -> Any:
    return {**schema, "$defs": definitions}


STREET = deprecated(TEXT)
STREETS, CITIES = record(street=STREET, city=TEXT), record(city=TEXT)
WHOLE = order(address=STREETS)
SHARED = order(home={"$ref": "#/$defs/A"}, work={"$ref": "#/$defs/A"})
STREETS_IN = "/properties/address/properties/street"
# What the member is in, what becomes of that, and the place of the member.
RESHAPED: dict[str, tuple[Any, Any, str]] = {
    "a plain removal": (WHOLE, order(address=CITIES), STREETS_IN),
    "another type": (WHOLE, order(address=TEXT), STREETS_IN),
    "a reference": (
        WHOLE,
        with_definitions(order(address={"$ref": "#/$defs/A"}), A=CITIES),
        STREETS_IN,
    ),
    "branches": (WHOLE, order(address={"anyOf": [CITIES, TEXT]}), STREETS_IN),
    "an array": (WHOLE, order(address={"type": "array", "items": STREETS}), STREETS_IN),
    "nothing": (WHOLE, order(), STREETS_IN),
    "anything": (WHOLE, order(address=True), STREETS_IN),
    "no value": (order(note=STREET), order(note=False), "/properties/note"),
    "a definition for one of two": (
        with_definitions(SHARED, A=STREETS),
        with_definitions(
            order(home={"$ref": "#/$defs/A"}, work={"$ref": "#/$defs/B"}), A=STREETS, B=CITIES
        ),
        "/$defs/A/properties/street",
    ),
    "a deprecated definition": (
        with_definitions(order(note={"$ref": "#/$defs/Note"}), Note=STREET),
        order(),
        "/properties/note",
    ),
    "a sunset that is gone with a reference": (
        order(note=STREET),
        with_definitions(order(note={"$ref": "#/$defs/Note"}), Note=deprecated(TEXT, None)),
        "/properties/note/x-sunset",
    ),
    "a message that is gone": (WHOLE, None, STREETS_IN),
}


@pytest.mark.parametrize("into", RESHAPED)
def test_a_member_goes_with_the_shape_of_its_parent(into: str) -> None:
    old, new, place = RESHAPED[into]
    early = report(old, new, BEFORE)
    assert [it.pointer for it in findings(early) if it.effect == "sunset"] == [place]
    assert early.is_forbidden
    assert report(old, new).is_forbidden is ("x-sunset" in place)


KEPT = {
    "a reference": with_definitions(order(address={"$ref": "#/$defs/A"}), A=STREETS),
    "parts": order(address={"allOf": [record(street=STREET), CITIES]}),
    "branches": order(address={"anyOf": [STREETS, TEXT]}),
    "a definition of its own": with_definitions(
        order(address=record(street={"$ref": "#/$defs/Street"}, city=TEXT)), Street=STREET
    ),
}


@pytest.mark.parametrize("into", KEPT)
def test_a_member_that_is_written_elsewhere_is_kept(into: str) -> None:
    assert "sunset" not in effects(report(WHOLE, KEPT[into], BEFORE))


def test_a_member_of_values_within_themselves_is_told_once() -> None:
    kids = {"type": "array", "items": {"$ref": "#/$defs/Tree"}}
    old = with_definitions({"$ref": "#/$defs/Tree"}, Tree=record(kids=kids, note=STREET))
    new = with_definitions({"$ref": "#/$defs/Tree"}, Tree=record(kids=kids))
    found = findings(report(old, new, BEFORE))
    assert [it.pointer for it in found if it.effect == "sunset"] == ["/$defs/Tree/properties/note"]


def test_a_message_that_is_deprecated_is_kept_until_its_sunset_too() -> None:
    old = deprecated(order())
    assert [it.effect for it in findings(report(old, None, BEFORE))] == ["deleted", "sunset"]
    gone = report(old, None)
    assert (effects(gone), gone.bump) == ({"deleted"}, "major")


# Announced.


def test_what_is_deprecated_is_announced_and_asks_for_a_minor_version() -> None:
    """As semantic versioning does, in its seventh item."""
    found = report(order(note=TEXT), OLD)
    ((finding),) = findings(found)
    assert (found.bump, finding.effect) == ("minor", "deprecated")
    assert "it may be removed on 2026-06-01 or later" in finding.says
    undated = report(order(note=TEXT), order(note=deprecated(TEXT, None)))
    assert "add x-sunset" in findings(undated)[0].says
    assert findings(report(OLD, order(note=TEXT))) == []


def since(found: Report) -> str:
    (finding,) = (it for it in findings(found) if AFTER in it.says)
    return finding.says


def test_a_report_says_since_when() -> None:
    own = order(note=deprecated(TEXT, **{"x-deprecated-since": "0.9.0"}))
    assert since(report(own, order())).endswith("deprecated since 0.9.0")
    assert since(report(OLD, order())).endswith("deprecated since 1.0.0")


def test_without_a_word_of_it_the_history_says_since_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "ROOT", tmp_path)
    (tmp_path / "schemas/shop").mkdir(parents=True)
    for version, member in (("0.9.0", TEXT), ("1.0.0", deprecated(TEXT)), ("1.1.0", OLD)):
        schema = OLD if member is OLD else order(note=member)
        (tmp_path / "schemas" / FILE).write_text(json.dumps(schema), "utf-8")
        project = f'[project]\nversion = "{version}"\n'
        (tmp_path / "pyproject.toml").write_text(project, "utf-8")
        commit_all(tmp_path, version)
        git(tmp_path, "tag", f"v{version}")
    new = revision(order(), "1.2.0")
    found = Report(release_revision("v1.1.0"), new, False, True, SUNSET)
    assert since(found).endswith("deprecated since 1.0.0")


# Words that say nothing.

FAULTS = {
    "'soon' is not a date; write \"2027-01-31\", a date of this form": deprecated(TEXT, "soon"),
    'stands without "deprecated": true; add that, or remove it': {
        **TEXT,
        "x-sunset": "2027-01-31",
    },
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_sunset_that_promises_nothing_is_named_with_its_place(what: str) -> None:
    found = report(order(note=TEXT), order(note=FAULTS[what]))
    line = f"schemas/{FILE}#/properties/note/x-sunset: {what}"
    assert [str(it) for it in settings_faults(found.new, [found], SUNSET)] == [line]
    assert settings_faults(found.old, [found], SUNSET) == []
