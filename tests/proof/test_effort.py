"""The proof takes effort in proportion to its documents: what is counted are calls."""

from typing import Any

import pytest
from contract.subschemas import Schema
from oracle import keywords, oracle
from oracle.oracle import Oracle

from tests.zoo.judging import prove
from tests.zoo.small_schemas import TEXT, WHOLE, contract_of, members, ref

pytestmark = pytest.mark.dialect


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[str]:
    """The name again for each call of the function from now on."""
    calls = list[str]()
    plain = getattr(module, name)

    def count(*asked: Any) -> Any:
        calls.append(name)
        return plain(*asked)

    monkeypatch.setattr(module, name, count)
    return calls


def kinds(number: int) -> Schema:
    """A member that is of one of many kinds."""
    each = [members(kind={"const": f"k{it}"}, value={"enum": [f"v{it}"]}) for it in range(number)]
    return members(a={"oneOf": [{**it, "required": ["kind", "value"]} for it in each]})


def test_of_a_union_the_branches_are_not_all_entered_for_each_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = counted(monkeypatch, oracle, "branch_errors")
    efforts = list[float]()
    for number in (4, 16):
        calls.clear()
        documents = prove(contract_of(m_Message=kinds(number))).documents
        efforts.append(len(calls) / documents)
    assert efforts[1] < 2 * efforts[0], efforts


def test_a_branch_of_another_type_is_not_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = {"oneOf": [ref("A"), ref("B")], "$defs": {"A": {"minLength": 2, **TEXT}, "B": WHOLE}}
    judge = Oracle(schema)
    assert not judge.accepts({"a": "known"})
    calls = counted(monkeypatch, keywords, "referenced_validator")
    assert not any(judge.accepts({"a": f"{it}"}) for it in range(9))
    assert calls == []
