"""The gate is right on every edit of the contract, and shows a document for each claim."""

import json
import time
from collections import Counter
from typing import Any

import pytest
from compatibility.edits import ABSENT
from compatibility.findings import (
    UPGRADE_ORDER,
    ChangeFinding,
    MessageComparison,
    upgrade_order,
)
from compatibility.show import change_text
from oracle.oracle import Oracle

from tests.zoo.changes import CHANGES, SCHEMA, Change, add, put
from tests.zoo.comparing import comparison, tuple_of
from tests.zoo.small_schemas import TEXT, WHOLE, members

pytestmark = pytest.mark.toolchain

MIRRORED = {"same": "same", "widens": "narrows", "narrows": "widens", "crosses": "crosses"}


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


def assert_shown(compared: MessageComparison, old: Any, new: Any) -> None:
    """Each direction of the verdict has a finding, each of these a witness that both judges and
    nothing shorter shows."""
    wire = [it for it in compared.findings if it.breaks]
    assert {it.effect for it in wire} == EFFECTS.get(compared.verdict, {compared.verdict})
    before, after = Oracle(old), Oracle(new)
    for finding in wire:
        expected = (False, True) if finding.effect == "widens" else (True, False)
        assert finding.breaks == ("readers" if finding.effect == "widens" else "writers")
        opinions = [(it.accepts, it.second_opinion) for it in (before, after)]
        for judge in range(2):
            assert tuple(it[judge](finding.witness) for it in opinions) == expected, finding
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
    compared = comparison(SCHEMA, several.schema)
    assert compared.verdict == "crosses"
    assert [(it.pointer, it.effect, it.mild) for it in compared.findings] == [
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


def test_what_is_mild_follows_the_order_of_what_is_not() -> None:
    steps = [step for it in ("enum member", "optional property") for step in CHANGES[it].steps]
    compared = comparison(SCHEMA, Change((*steps,), "", "", "").schema)
    assert compared.verdict == "crosses"
    orders = {it.mild: upgrade_order(it, compared) for it in compared.findings}
    assert orders == dict.fromkeys((False, True), UPGRADE_ORDER["widens"])


CARD, CASH, BANK = ({"$ref": f"#/$defs/{it}"} for it in ("Card", "Cash", "Bank"))
CHANGED_LISTS: list[tuple[str, Any, Any, str]] = [
    ("oneOf", [CARD, CASH], [CARD, CASH, BANK], f"added {json.dumps(BANK)}"),
    ("anyOf", [CARD, CASH, BANK], [BANK], f"removed {json.dumps(CARD)}, {json.dumps(CASH)}"),
    ("type", ["string", "null"], ["integer", "string", "null"], 'added "integer"'),
    ("allOf", [CARD], [CASH], f"[{json.dumps(CARD)}] -> [{json.dumps(CASH)}]"),
    ("const", [1], [1, 2], "[1] -> [1, 2]"),
    ("prefixItems", [CARD], [CARD, CARD], f"[{json.dumps(CARD)}] -> {json.dumps([CARD, CARD])}"),
]


@pytest.mark.parametrize(("keyword", "old", "new", "words"), CHANGED_LISTS)
def test_of_branches_and_types_those_are_told_that_came_or_went(
    keyword: str, old: Any, new: Any, words: str
) -> None:
    assert change_text(ChangeFinding("", old, new, "widens", keyword=keyword)) == words


def test_another_default_is_a_note() -> None:
    (finding,) = comparison(SCHEMA, CHANGES["default"].schema).findings
    place = "/$defs/ChatSessionClosedPayload/properties/tool_session_closed/default"
    assert (finding.pointer, finding.old, finding.new) == (place, False, True)
    assert (finding.effect, finding.breaks, finding.witness) == ("note", None, ABSENT)


def grown(around: Any, **more: Any) -> tuple[Any, Any]:
    """A record with a, which gets b as well, and what stands around it."""
    return (
        {**members(a=TEXT), **around},
        {**members(a=TEXT, b=more.get("b", TEXT)), **around},
    )


ELSEWHERE: Any = {"allOf": [members(b=WHOLE)]}
PAIRS: dict[str, tuple[Any, Any, str, str]] = {
    "a closed tuple of many": (
        members(l=tuple_of(9)),
        members(l=tuple_of(9, uniqueItems=True)),
        "narrows",
        "major",
    ),
    "the same beside a mild edit": (
        members(l=tuple_of(9)),
        members(l=tuple_of(9, uniqueItems=True), b=TEXT),
        "narrows",
        "major",
    ),
    "the empty text alone": (
        members(a=TEXT),
        members(a={**TEXT, "pattern": "$^"}, b=TEXT),
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
        {**members(b=WHOLE), "$ref": "#/$defs/D", "$defs": {"D": members(a=TEXT)}},
        {
            **members(b=WHOLE),
            "$ref": "#/$defs/D",
            "$defs": {"D": members(a=TEXT, b={**WHOLE, "minimum": 3})},
        },
        "narrows",
        "major",
    ),
    "a record without properties": (members(), members(a=TEXT), "narrows", "major"),
    "a record or null": (
        {**members(a=TEXT), "type": ["object", "null"]},
        {**members(a=TEXT, b=TEXT), "type": ["object", "null"]},
        "narrows",
        "minor",
    ),
    "records of an array": (
        {"type": "array", "items": members(a=TEXT)},
        {"type": "array", "items": members(a=TEXT, b=TEXT)},
        "narrows",
        "minor",
    ),
    "order of an enum": (
        members(a={"enum": ["a", "b"]}),
        members(a={"enum": ["b", "a"]}),
        "same",
        "patch",
    ),
    "order of a union": (
        members(a={"anyOf": [TEXT, WHOLE]}),
        members(a={"anyOf": [WHOLE, TEXT]}),
        "same",
        "patch",
    ),
    "order of types": (
        members(a={"type": ["string", "integer"]}),
        members(a={"type": ["integer", "string"]}),
        "same",
        "patch",
    ),
    "equal branches": (
        members(x={"oneOf": [TEXT, TEXT, WHOLE]}),
        members(x={"oneOf": [TEXT, WHOLE, WHOLE]}),
        "crosses",
        "major",
    ),
    "nothing for something": (members(a=TEXT), False, "narrows", "major"),
    "between two bounds": (
        members(a={"type": "number", "exclusiveMaximum": 5.5}),
        members(a={"type": "number", "maximum": 5.4}),
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


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.one_in(2)
def test_the_verdict_on_a_pair_of_schemas(name: str) -> None:
    old, new, verdict, bump = PAIRS[name]
    compared = comparison(old, new)
    assert (compared.verdict, compared.bump) == (verdict, bump)
    assert_shown(compared, old, new)


def test_a_message_that_comes_to_hold_itself_is_told_by_its_member() -> None:
    new = {**members(a=TEXT, kids={"type": "array", "items": {"$ref": "#"}})}
    (finding,) = comparison(members(a=TEXT), new).findings
    assert (finding.pointer, finding.mild) == ("/properties/kids", True)


@pytest.mark.full
def test_time_grows_with_the_number_of_members_and_no_faster() -> None:
    """Half of them required, closed; and one more that is optional."""
    seconds_of_widening(30)  # whatever is loaded at the first time
    assert seconds_of_widening(120) < 4 * 2.5 * seconds_of_widening(30)


def seconds_of_widening(number: int) -> float:
    kinds = [TEXT, WHOLE, {"type": "boolean"}, {"enum": ["a", "b"]}]
    small = members(**{f"m{index}": kinds[index % 4] for index in range(number)})
    required = [f"m{index}" for index in range(0, number, 2)]
    small |= {"required": required, "additionalProperties": False}
    before = time.process_time()
    assert (
        comparison(small, {**small, "properties": {**small["properties"], "more": TEXT}}).verdict
        == "widens"
    )
    return time.process_time() - before
