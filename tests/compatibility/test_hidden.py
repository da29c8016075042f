"""An accepted break covers its own edit, and nothing that another edit does."""

import json
from datetime import date
from typing import Any

import pytest
from compatibility import compare, witnesses
from compatibility.findings import ChangeFinding
from compatibility.report import Report
from compatibility.revisions import build_revision
from compatibility.show import as_text
from contract.settings import AcceptedBreak, Settings

pytestmark = pytest.mark.toolchain

TODAY = date(2026, 6, 1)
FILE = "shop/Order.json"


def record(low: Any, high: Any, **words: Any) -> Any:
    members = {"a": low, "longer_name": high}
    return {"type": "object", "properties": members, "required": [*members], **words}


def number(least: int, greatest: int) -> Any:
    return {"type": "integer", "minimum": least, "maximum": greatest}


OLD = record(number(0, 100), number(0, 100))
WIDER = record(number(0, 200), number(0, 200))
NARROWER = record(number(0, 50), number(0, 50))
CROSSING = record(number(0, 200), number(0, 50))


@pytest.fixture(autouse=True)
def one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the documents that break only the shortest one is asked which edits it shows, and no
    document is looked for that shows the others."""
    monkeypatch.setattr(witnesses, "MAX_DIFFERING", 1)
    monkeypatch.setattr(compare, "lone_witnesses", lambda *_: ())


def report(new: Any, *names: str, old: Any = OLD) -> Report:
    entries = tuple(AcceptedBreak(it, "its reader is gone", TODAY) for it in names)
    before = build_revision("1.0.0", "1.0.0", {FILE: json.dumps(old).encode()})
    settings = Settings(accepted=entries)
    after = build_revision("1.1.0", "1.1.0", {FILE: json.dumps(new).encode()}, settings)
    return Report(before, after, False, True, TODAY)


def test_a_document_that_the_accepted_edits_save_is_no_witness(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The number 2 goes from one branch and, by the accepted edit, comes to the other."""
    old, new = (
        {"type": "object", "properties": {"v": {"anyOf": [one, other]}, "w": number(least, 9)}}
        for one, other, least in (
            ({"const": 1}, {"enum": [2, 3]}, 0),
            ({"const": 2}, {"enum": [3]}, 1),
        )
    )
    first = findings(report(new, old=old))
    (moved,) = (it.fingerprint for it in first if it.pointer.endswith("/const") and it.breaks)
    monkeypatch.setattr(compare, "lone_witnesses", lambda *_: [{"v": 2}])
    left = [it for it in findings(report(new, moved, old=old)) if it.effect != "source"]
    assert {it.effect for it in left} == {"narrows"}
    assert {"v": 2} not in [it.witness for it in left]


def findings(found: Report) -> list[ChangeFinding]:
    return found.comparisons[0].findings


def names(found: Report) -> list[str]:
    return [it.fingerprint for it in findings(found)]


@pytest.mark.parametrize("new", [WIDER, NARROWER])
@pytest.mark.one_in(2)
def test_an_edit_behind_an_accepted_one_asks_for_a_major_version(new: Any) -> None:
    first = report(new)
    (shown,) = findings(first)
    found = report(new, shown.fingerprint)
    assert (found.bump, found.is_failing) == ("major", True)
    accepted, hidden = findings(found)
    assert (accepted.pointer, accepted.accepted is None) == (shown.pointer, False)
    assert (hidden.effect, hidden.breaks) == (shown.effect, shown.breaks)
    assert hidden.pointer != shown.pointer
    assert (hidden.accepted, bool(hidden.fingerprint)) == (None, True)


@pytest.mark.parametrize("new", [WIDER, NARROWER])
@pytest.mark.one_in(2)
def test_the_witness_of_what_was_hidden_shows_that_edit_alone(new: Any) -> None:
    found = report(new, *names(report(new)))
    _, hidden = findings(found)
    steps = hidden.pointer.split("/")
    assert hidden.witness[steps[2]] not in range(min(101, hidden.new + 1))
    assert all(it in range(51) for name, it in hidden.witness.items() if name != steps[2])


@pytest.mark.parametrize("new", [WIDER, NARROWER, CROSSING])
@pytest.mark.one_in(3)
def test_with_every_edit_accepted_a_minor_version_is_enough(new: Any) -> None:
    known: list[str] = []
    for _ in range(2):
        known = names(report(new, *known))
    assert len(known) == 2
    found = report(new, *known)
    assert (found.bump, found.is_failing, names(found)) == ("minor", False, known)


def test_an_edit_that_breaks_nobody_hides_behind_nothing() -> None:
    """The bound that the accepted edit replaced by a type has no say any more."""
    new = record({"type": "string", "maximum": 200}, number(0, 100))
    known = names(report(new))
    found = report(new, *known)
    assert (found.bump, found.is_failing) == ("minor", False)
    assert {it.pointer for it in findings(found) if it.breaks} == {"/properties/a/type"}


@pytest.mark.parametrize("entry", ["one", "none"])
@pytest.mark.one_in(2)
def test_a_schema_that_breaks_as_a_whole_is_accepted_as_it_is(
    entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is known that documents break, and by no single edit."""
    monkeypatch.setattr(compare, "attribute_witnesses", lambda *_: [])
    known = names(report(WIDER)) if entry == "one" else []
    same, grown = report(WIDER, *known), report(record(number(0, 300), number(0, 200)), *known)
    assert same.is_failing is (entry == "none")
    assert grown.is_failing
    assert ["  the schema: as a whole" in as_text([it]).splitlines() for it in (same, grown)] == [
        entry == "none",
        True,
    ]


# Too many states: nothing proves that both patterns match the same.
HARD = "^[a-z][0-9]{0,4000}[0-9a-z]$"


def hard(pattern: str) -> Any:
    return {"type": "string", "pattern": pattern}


@pytest.mark.full
def test_what_stays_undecided_behind_an_accepted_break_fails() -> None:
    old = record(number(0, 100), hard(HARD))
    new = record(number(50, 200), hard(f"{HARD}(?:)"))
    first = report(new, old=old)
    assert not first.is_undecided
    found = report(new, *names(first), old=old)
    assert found.is_undecided
    assert found.is_failing
