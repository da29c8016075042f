"""The edits between two schemas are all that changed, and nothing else."""

from typing import Any

import pytest
from compatibility.edits import ABSENT, apply_edits, edits_between
from compatibility.schema_pair import SchemaPair
from contract.subschemas import Schema

from tests.zoo.changes import CHANGES, SCHEMA
from tests.zoo.small_schemas import contract_of, members

pytestmark = pytest.mark.toolchain


def normal(schema: Any) -> Schema:
    contract = contract_of(m_Message=schema)
    return contract.modules["m"].messages["Message"]


@pytest.mark.parametrize("label", CHANGES)
def test_the_edits_lead_from_one_schema_to_the_other_and_back(label: str) -> None:
    pair = SchemaPair(normal(SCHEMA), normal(CHANGES[label].schema))
    forth = apply_edits(pair.old, pair.edits)
    back = apply_edits(pair.new, [it.inverse() for it in pair.edits])
    assert edits_between(forth, pair.new) == []
    assert edits_between(back, pair.old) == []


def referring(name: str) -> Any:
    return {**members(a={"$ref": f"#/$defs/{name}"}), "$defs": {name: members(x=A)}}


A, B = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 1}
SAME: dict[str, tuple[Any, Any]] = {
    "order of types": (
        members(a={"type": ["string", "integer"]}),
        members(a={"type": ["integer", "string"]}),
    ),
    "order of branches": (members(a={"anyOf": [A, B]}), members(a={"anyOf": [B, A]})),
    "order of an enum": (members(a={"enum": ["a", "b"]}), members(a={"enum": ["b", "a"]})),
    "a definition of another name": (referring("One"), referring("Other")),
}


@pytest.mark.parametrize("name", SAME)
def test_what_says_the_same_is_no_edit(name: str) -> None:
    assert SchemaPair(*map(normal, SAME[name])).asserting_edits == []


def test_equal_branches_are_counted() -> None:
    found = edits_between({"oneOf": [A, A, B]}, {"oneOf": [A, B, B]})
    assert {it.pointer.rpartition("/")[0] for it in found} == {"/oneOf/1"}


@pytest.mark.parametrize("word", ["enum", "required"])
def test_each_member_of_a_set_is_an_edit_of_its_own(word: str) -> None:
    found = edits_between({word: ["a", "b"]}, {word: ["b", "c", "d"]})
    assert [(it.pointer, it.old, it.new) for it in found] == [
        (f"/{word}", "a", ABSENT),
        (f"/{word}", ABSENT, "c"),
        (f"/{word}", ABSENT, "d"),
    ]
