"""What is neither proven nor shown is undecided, and names what was left open."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from compat import main
from compatibility import compare, witnesses
from compatibility.edits import ABSENT
from compatibility.negations import MAX_DEPTH, negation
from compatibility.report import Report
from compatibility.revisions import build_revision
from compatibility.schema_pair import is_included
from documents.work import Work

from tests.zoo.changes import SCHEMA, Change, put
from tests.zoo.comparing import as_source, comparison
from tests.zoo.first_contract import FILE
from tests.zoo.small_schemas import NUMBER, TEXT, WHOLE, members

pytestmark = pytest.mark.toolchain

OBJECT: Any = {"type": "object"}
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


def test_what_any_value_satisfies_has_no_opposite() -> None:
    assert negation({}, {}, MAX_DEPTH) is False
    old, new = ({"type": "object", "properties": {"a": {"not": it}}} for it in ({"enum": [0]}, {}))
    assert comparison(old, new).verdict == "narrows"
    assert comparison(new, old).verdict == "widens"


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


def nested_unions(depth: int) -> Any:
    """A schema whose boundary documents are more than are drawn."""
    if not depth:
        return {"type": "array", "prefixItems": [TEXT]}
    inner = nested_unions(depth - 1)
    branches = [{"prefixItems": [inner, TEXT]}, {"prefixItems": [TEXT], "contains": inner}]
    return {"oneOf": branches, "unevaluatedItems": False}


# A number in each place, and the least document around it.
HUNDREDS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "the value": (lambda it: it, lambda it: it),
    "a branch": (lambda it: {"anyOf": [TEXT, it]}, lambda it: it),
    "a part": (lambda it: {"allOf": [NUMBER, it]}, lambda it: it),
    "a negation": (lambda it: {"not": {"not": it}}, lambda it: it),
    "a member": (lambda it: members(a=it), lambda it: {"a": it}),
    "a map": (lambda it: {**OBJECT, "additionalProperties": it}, lambda it: {"": it}),
    "a map beside members": (
        lambda it: {**members(**{"": TEXT}), "additionalProperties": it},
        lambda it: {"a": it},
    ),
    "a pattern": (lambda it: {**OBJECT, "patternProperties": {"^a": it}}, lambda it: {"a": it}),
    "items": (lambda it: {"type": "array", "items": it}, lambda it: [it]),
    "an item": (lambda it: {"type": "array", "prefixItems": [TEXT, it]}, lambda it: ["", it]),
    "the rest": (
        lambda it: {"type": "array", "prefixItems": [TEXT], "items": it},
        lambda it: ["", it],
    ),
    "a dependent": (
        lambda it: {**members(k=TEXT), "dependentSchemas": {"k": members(v=it)}},
        lambda it: {"k": "", "v": it},
    ),
    "a consequence": (
        lambda it: {**members(k=TEXT), "if": {"required": ["k"]}, "then": members(v=it)},
        lambda it: {"k": "", "v": it},
    ),
    "another consequence": (
        lambda it: {**members(v=TEXT), "if": {"required": ["v"]}, "else": members(w=it)},
        lambda it: {"w": it},
    ),
}


@pytest.mark.parametrize("name", HUNDREDS)
def test_a_witness_away_from_all_boundaries_is_seen_in_every_place(name: str) -> None:
    place, around = HUNDREDS[name]
    old = {**NUMBER, "maximum": 100}
    new = {**NUMBER, "anyOf": [{"maximum": 100}, {"multipleOf": 6}]}
    for versions, verdict in (((old, new), "widens"), ((new, old), "narrows")):
        compared = comparison(*map(place, versions))
        seen = [it.witness for it in compared.findings if it.witness is not ABSENT]
        assert (compared.verdict, seen) == (verdict, [around(102)])


SMALL: Any = {**WHOLE, "maximum": 9}
LONG: Any = {**TEXT, "minLength": 1}


@pytest.mark.parametrize("narrows", [False, True])
@pytest.mark.parametrize("more", [SMALL, {"$ref": "#/$defs/More"}], ids=["here", "by reference"])
def test_a_member_beside_many_others_has_a_witness(more: Any, narrows: bool) -> None:
    """The others are as before, so they are left out of the documents that are tried."""
    versions = [
        {**members(x=nested_unions(2), y=it), "$defs": {"More": kind}}
        for it, kind in ((WHOLE if more is SMALL else more, WHOLE), (more, SMALL))
    ]
    compared = comparison(*(versions if narrows else versions[::-1]))
    assert compared.verdict == ("narrows" if narrows else "widens")
    assert [it.witness for it in compared.findings if it.witness is not ABSENT] == [{"y": 10}]


def test_what_both_say_is_not_taken_apart() -> None:
    """A proof by cases would look at 6^5 of them."""
    unions = [{"oneOf": [members(**{f"a{one}{it}": WHOLE}) for it in range(6)]} for one in range(5)]
    some: Any = {"type": "object", "allOf": unions, "$defs": {}}
    assert is_included({**some, "minProperties": 1}, some, Work(50))
    assert is_included({"allOf": [{"maxProperties": 9}, some], "$defs": {}}, some, Work(50))
    assert not is_included(some, {**some, "minProperties": 1}, Work(50))


CLOSED: Any = {"additionalProperties": False}
# Each has the keywords of the one beside it, which says more without the others.
TOGETHER: list[tuple[Any, Any]] = [
    ({**members(a=TEXT), **CLOSED}, CLOSED),
    ({"patternProperties": {"a": TEXT}, **CLOSED}, CLOSED),
    ({"prefixItems": [TEXT], "items": False}, {"items": False}),
    ({"contains": TEXT, "minContains": 0}, {"contains": TEXT}),
    (
        {"allOf": [{"if": TEXT, "then": False}, {"if": WHOLE, "then": True}]},
        {"if": WHOLE, "then": False},
    ),
]


@pytest.mark.parametrize(("some", "others"), TOGETHER, ids=[*"abcde"])
def test_what_keywords_say_together_none_of_them_says_alone(some: Any, others: Any) -> None:
    some, others = ({**it, "$defs": {}} for it in (some, others))
    assert not is_included(some, others)
    assert is_included({"allOf": [some, others], "$defs": {}}, others)


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


ITEMS_AND_TEXTS: Any = {"type": "array", "prefixItems": [WHOLE], "items": TEXT}
KINDS: Any = {**members(kind={"enum": ["text", "data"]}, value=TEXT), "required": ["kind", "value"]}
TEXT_IS_LONG: Any = {
    "if": {"properties": {"kind": {"const": "text"}}},
    "then": {"properties": {"value": {"minLength": 1}}},
}
OLD_DRAFT: Any = {"$schema": "http://json-schema.org/draft-04/schema#"}
BY_PATTERN: Any = {
    **{"type": "object", "patternProperties": {"^a": WHOLE}},
    "additionalProperties": False,
}
# What is neither a boundary document of one version nor one that the plainest values make.
FAR: dict[str, tuple[Any, Any, Any]] = {
    "beyond a bound in draft-04": (
        {**OLD_DRAFT, **WHOLE, "multipleOf": 10, "minimum": 10},
        {**OLD_DRAFT, **WHOLE, "minimum": 5, "maximum": 500},
        510,
    ),
    "where a condition is not met": (
        {**KINDS, **TEXT_IS_LONG},
        {**KINDS, "properties": {**KINDS["properties"], **members(value=LONG)["properties"]}},
        {"kind": "data", "value": ""},
    ),
    "of two patterns": ({**TEXT, "pattern": "a+", "allOf": [{"pattern": "b+"}]}, WHOLE, "ba"),
    "of two patterns, which is long": (
        {**TEXT, "pattern": "[^a]"},
        {**TEXT, "not": {"minLength": 5, "pattern": "a"}},
        "aaaab",
    ),
    "an item twice": (ITEMS_AND_TEXTS, {**ITEMS_AND_TEXTS, "uniqueItems": True}, [1, "", ""]),
    "names of a pattern": (BY_PATTERN, {**BY_PATTERN, "maxProperties": 1}, {"a": 1, "aa": 1}),
}


@pytest.mark.parametrize("name", FAR)
def test_a_witness_away_from_what_both_versions_say_is_seen(name: str) -> None:
    old, new, witness = FAR[name]
    narrows = [it.witness for it in comparison(old, new).findings if it.effect == "narrows"]
    assert narrows[:1] == [witness]
