"""Where two edits meet, a document is found that neither has at its boundary, and each edit has a
witness of its own."""

import json
from typing import Any

import pytest
from compatibility.findings import (
    MILD_ORDER,
    UPGRADE_ORDER,
    ChangeFinding,
    MessageComparison,
    upgrade_order,
)
from compatibility.report import Report
from compatibility.revisions import build_revision
from contract.subschemas import Schema

pytestmark = pytest.mark.toolchain

ITEM: Schema = {
    "type": "object",
    "properties": {"count": {"type": "integer", "minimum": 1}},
    "required": ["count"],
}
BOUNDS: dict[str, tuple[Schema, Schema]] = {
    "minimum": ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 2}),
    "minimum of zero": ({"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}),
    "maximum": ({"type": "integer", "maximum": 9}, {"type": "integer", "maximum": 8}),
    "minItems of objects": (
        {"type": "array", "items": ITEM, "minItems": 1},
        {"type": "array", "items": ITEM, "minItems": 2},
    ),
    "a bound within": (
        {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}},
        {"type": "object", "properties": {"n": {"type": "integer", "minimum": 2}}},
    ),
}


def message(bound: Schema, **others: Schema) -> Schema:
    return {"type": "object", "properties": {"l": bound, **others}, "required": ["l"]}


def comparison_of(old: Any, new: Any) -> MessageComparison:
    before, after = (
        build_revision("1.0.0", None, {"m/Message.json": json.dumps(it).encode()})
        for it in (old, new)
    )
    (comparison,) = Report(before, after, strict=False, judged=True).comparisons
    return comparison


def verdict(old: Any, new: Any) -> str:
    return comparison_of(old, new).verdict


def findings(old: Any, new: Any) -> list[ChangeFinding]:
    return comparison_of(old, new).findings


@pytest.mark.parametrize("name", BOUNDS)
def test_a_bound_is_tightened_and_a_member_removed(name: str) -> None:
    loose, tight = BOUNDS[name]
    note: Schema = {"type": "string", "maxLength": 3}
    assert verdict(message(loose, note=note), message(tight)) == "crosses"
    assert verdict(message(tight), message(loose, note=note)) == "crosses"


def record(required: str, **members: Any) -> Any:
    return {"type": "object", "properties": members, "required": [*required]}


def text(**bounds: int) -> Schema:
    return {"type": "string", **bounds}


# Two versions, and of an edit of the newer one the place that it alone is to blame for.
NEIGHBOURS: dict[str, tuple[Any, Any, str, str]] = {
    "every document breaks by the neighbour": (
        record("a", a={"const": 1}, b={"type": "integer", "minimum": 0}),
        record("a", a={"const": 2}, b={"type": "integer", "minimum": 5}),
        "/properties/b/minimum",
        "/b (minimum)",
    ),
    "both came": (
        record("ab", a={"enum": ["x"]}, b={"enum": ["u"]}),
        record("ab", a={"enum": ["y"]}, b={"enum": ["v"]}),
        "/properties/b/enum",
        "/b (enum)",
    ),
    "a shorter document breaks by both": (
        record("ab", a=text(maxLength=9), b=text(maxLength=9)),
        record("ab", a=text(minLength=9, maxLength=9), b=text(maxLength=4)),
        "/properties/b/maxLength",
        "/b (maxLength)",
    ),
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_a_finding_shows_what_its_own_edit_breaks(name: str) -> None:
    old, new, pointer, place = NEIGHBOURS[name]
    found = [it for it in findings(old, new) if it.pointer == pointer and it.breaks]
    assert found
    assert {it.rejected_at for it in found} == {place}


def test_a_witness_breaks_by_its_own_edit_alone_where_one_does() -> None:
    old, new, pointer, _ = NEIGHBOURS["a shorter document breaks by both"]
    (finding,) = (it for it in findings(old, new) if it.pointer == pointer)
    assert finding.witness == {"a": "x" * 9, "b": "x" * 5}


def test_an_edit_that_saves_what_another_one_would_refuse_is_not_what_widens() -> None:
    """A new member of a record that is closed together with that, beside a longer list."""
    old = record("", s={"enum": ["a"]})
    new = {**record("", s={"enum": ["a", "b"]}, more={}), "additionalProperties": False}
    assert {(it.pointer, it.effect) for it in findings(old, new) if it.breaks} == {
        ("/properties/s/enum", "widens"),
        ("/additionalProperties", "narrows"),
    }


def test_edits_that_widen_together_alone_are_both_told() -> None:
    old = {**record("", a={"const": 1}), "additionalProperties": False}
    new = {**record("b", a={"const": 1}, b={"const": 2}), "additionalProperties": False}
    told = {(it.pointer, it.effect) for it in findings(old, new)}
    assert {("/properties/b", "widens"), ("/required", "narrows")} <= told


WRITERS_FIRST, READERS_FIRST = UPGRADE_ORDER["narrows"], UPGRADE_ORDER["widens"]
SHORT: Schema = {"type": "string", "maxLength": 3}
# What becomes of the member l, beside an optional member that came and another that went.
ORDERS: dict[str, tuple[Schema, Schema, set[str]]] = {
    "nothing": (SHORT, SHORT, {MILD_ORDER}),
    "narrower": ({"type": "string"}, SHORT, {WRITERS_FIRST}),
    "wider": (SHORT, {"type": "string"}, {READERS_FIRST}),
    "both": (SHORT, {"type": "string", "minLength": 1}, {UPGRADE_ORDER["crosses"]}),
}


@pytest.mark.parametrize("name", ORDERS)
def test_what_is_mild_decides_on_the_order_where_nothing_else_breaks(name: str) -> None:
    """A document breaks by a mild edit in any order, or in none."""
    old, new, orders = ORDERS[name]
    compared = comparison_of(message(old, gone=SHORT), message(new, come=SHORT))
    assert any(it.mild for it in compared.findings)
    assert {upgrade_order(it, compared) for it in compared.findings if it.breaks} == orders


PRICED: Schema = {
    "if": {"properties": {"l": {"const": "new"}}},
    "then": {"required": ["price"]},
    "else": {"properties": {"price": {"minimum": 1}}},
}


@pytest.mark.parametrize("narrows", [True, False])
@pytest.mark.parametrize("alone", [True, False])
def test_a_condition_that_comes_or_goes_is_one_edit(narrows: bool, alone: bool) -> None:
    without = message(SHORT)
    then = {it: PRICED[it] for it in PRICED if alone or it != "else"}
    old, new = (without, {**without, **then}) if narrows else ({**without, **then}, without)
    (found,) = findings(old, new)
    assert (found.pointer, found.keyword) == ("/if", "if")
    assert (found.new if narrows else found.old) == then
    assert found.effect == ("narrows" if narrows else "widens")
    assert found.witness == {"l": "new"}


def test_a_condition_that_comes_beside_another_edit_is_one_of_two() -> None:
    old, new = message({"type": "string"}), {**message(SHORT), **PRICED}
    assert [it.pointer for it in findings(old, new)] == ["/if", "/properties/l/maxLength"]
    changed = {**PRICED, "then": {"required": ["price", "note"]}}
    inner = findings({**old, **PRICED}, {**old, **changed})
    assert [(it.pointer, it.new) for it in inner] == [("/then/required", "note")]


def test_a_condition_that_comes_beside_a_renamed_member_is_one_of_three() -> None:
    """Whatever was sent without the member that the condition asks for, the new name is missing."""
    members: Schema = {"l": {"type": "string"}, "price": {"type": "number"}}
    old = {"type": "object", "properties": {"b": SHORT, **members}, "required": ["b"]}
    new = {"type": "object", "properties": {"c": SHORT, **members}, "required": ["c"]}
    new |= {"if": {**PRICED["if"], "required": ["l"]}, "then": {"required": ["price"]}}
    narrowing = [it for it in findings(old, new) if it.effect == "narrows"]
    assert [(it.pointer, it.witness) for it in narrowing] == [
        ("/if", {"b": "", "l": "new"}),
        ("/required", {"b": ""}),
    ]
