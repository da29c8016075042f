"""What is neither proven nor shown is undecided, and names what was left open."""

import json
from pathlib import Path
from typing import Any

import pytest
from compat import main
from compatibility import compare, witnesses
from compatibility.report import Report
from compatibility.revisions import build_revision

from tests.zoo.changes import SCHEMA, Change, put
from tests.zoo.comparing import as_source, comparison
from tests.zoo.first_contract import FILE
from tests.zoo.small_schemas import TEXT, WHOLE, members

pytestmark = pytest.mark.toolchain

UNKNOWN = Change((put("properties/timestamp/maximal", 3),), "undecided", "major", "major")


def test_an_unknown_keyword_is_undecided_and_named() -> None:
    compared = comparison(SCHEMA, UNKNOWN.schema)
    assert (compared.verdict, compared.bump) == ("undecided", "major")
    assert "/properties/timestamp" in compared.findings[0].pointer
    assert "maximal" in compared.findings[0].pointer + compared.findings[0].says


def test_what_did_not_change_is_same_whatever_its_keywords() -> None:
    old, new = (
        build_revision(it, None, {FILE: as_source(UNKNOWN.schema)}) for it in ("old", "new")
    )
    (compared,) = Report(old, new, False, True).comparisons
    assert (compared.verdict, compared.bump) == ("same", "none")
    spaced = build_revision("new", None, {FILE: json.dumps(UNKNOWN.schema).encode()})
    assert Report(old, spaced, False, True).comparisons[0].bump == "patch"


HARD = "^[a-z][0-9]{0,4000}[0-9a-z]$"


def test_neither_proof_nor_witness_is_undecided() -> None:
    """A pattern of too many states; that it matches the same as another has to be seen."""
    place = "$defs/ChatSessionClosedPayload/properties/session_id/pattern"
    old = Change((put(place, HARD),), "undecided", "major", "major").schema
    new = Change((put(place, f"{HARD}(?:)"),), "undecided", "major", "major").schema
    compared = comparison(old, new)
    assert (compared.verdict, compared.bump) == ("undecided", "major")
    assert {(it.pointer, it.effect) for it in compared.findings} == {(f"/{place}", "undecided")}
    assert f"the pattern {HARD!r} has too many states" in compared.findings[0].says


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
    compared = comparison(ENDLESS, {"not": {}})
    assert compared.verdict in ("same", "undecided")


def test_a_search_that_is_given_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was proven stays so; what was neither proven nor seen names what was left."""
    branches = [members(**{name: {"oneOf": [TEXT, WHOLE]}}) for name in "abc"]
    old: Any = {**members(), "oneOf": branches, "unevaluatedProperties": TEXT}
    new: Any = {**old, "unevaluatedProperties": {**TEXT, "pattern": r"^\b\b[a-z]|^\b\b"}}
    monkeypatch.setattr(witnesses, "MAX_SEARCH_STEPS", 100)
    monkeypatch.setattr(compare, "MAX_STEPS", 100)
    compared = comparison(old, new)
    assert compared.verdict == "undecided"
    assert "documents beyond" in compared.findings[0].says
    assert "cases beyond" in compared.findings[0].says


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_what_cannot_be_told_is_told_in_every_form(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, schema in (("old", SCHEMA), ("new", UNKNOWN.schema)):
        (tmp_path / name / "operations").mkdir(parents=True)
        (tmp_path / name / FILE).write_bytes(as_source(schema))
    assert main([str(tmp_path / "old"), str(tmp_path / "new"), "--format", form]) == 1
    shown = capsys.readouterr().out
    assert "undecided" in shown or form == "github"
    assert "maximal" in shown


# Patterns beside whose boundary documents no document tells two versions apart.

LENGTHS: Any = {**TEXT, "minLength": 3, "maxLength": 20}
PLACES: dict[str, Any] = {
    "a member": lambda it: members(note=it),
    "members of a map": lambda it: {"type": "object", "additionalProperties": it},
    "names": lambda it: {"type": "object", "propertyNames": it},
    "further members": lambda it: {**members(id=WHOLE), "additionalProperties": it},
    "items": lambda it: members(all={"type": "array", "items": members(note=it)}),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("pattern", ["^[^<>]*$", "^(?!x-)"])
def test_a_new_pattern_has_a_witness_of_the_lengths_that_are_allowed(
    place: str, pattern: str
) -> None:
    for old in (TEXT, LENGTHS):
        around = PLACES[place]
        compared = comparison(around(old), around({**old, "pattern": pattern}))
        assert (compared.verdict, [it.effect for it in compared.findings]) == (
            "narrows",
            ["narrows"],
        )


def test_a_string_that_two_patterns_tell_apart_is_one_that_the_other_matches() -> None:
    old, new = ({**TEXT, "pattern": it} for it in (r"\.json$", "^(?!x-)"))
    compared = comparison(members(file=old), members(file=new))
    assert {it.effect: it.witness["file"] for it in compared.findings} == {
        "narrows": "x-.json",
        "widens": "",
    }
