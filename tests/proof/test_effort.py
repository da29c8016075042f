"""The proof takes effort in proportion to its documents: what is counted are calls."""

from typing import Any

import pytest
from contract.subschemas import Schema
from documents import search, views
from documents.boundary import Document, boundary_documents
from documents.search import ValueSearch
from documents.views import View
from generate import render
from oracle import keywords, oracle
from oracle.oracle import Oracle
from proof import agreement
from proof.evidence import Judged, judge_documents

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


def test_subschemas_are_counted_once_however_many_schemas_hold_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deep: Schema = TEXT
    for _ in range(30):
        deep = {"allOf": [deep, {"minLength": 1}]}
    searching = ValueSearch(True)
    calls = counted(monkeypatch, search, "child_schemas")
    assert [searching.steps_of({"not": deep}) for _ in range(9)] == [62] * 9
    assert len(calls) == 61 + 9


def test_for_a_member_only_the_schemas_that_may_speak_of_it_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"p{it}" for it in range(40)]
    parts = [*(members(**{it: {"const": it}}) for it in names), {"additionalProperties": TEXT}]
    view = View(True, (), parts=parts)
    calls = counted(monkeypatch, views, "member_schemas")
    assert [view.member_schema(it) for it in names] == [
        {"allOf": [{"const": it}, TEXT]} for it in names
    ]
    assert len(calls) == 2 * len(names)


def nested(word: str, depth: int) -> Schema:
    """Objects by a composition within a composition, each with a member of its own."""
    leaf = {"required": [f"p{depth}"], **members(**{f"p{depth}": WHOLE})}
    if not depth:
        return leaf
    inner = nested(word, depth - 1)
    shapes: dict[str, Schema] = {
        "allOf": {"allOf": [leaf, inner]},
        "anyOf": {"anyOf": [leaf, inner]},
        "then": {"if": leaf, "then": inner},
        "else": {"if": leaf, "else": inner},
        "dependentSchemas": {"dependentSchemas": {f"p{depth}": {"allOf": [leaf, inner]}}},
    }
    return shapes[word]


@pytest.mark.parametrize("word", ["allOf", "anyOf", "then", "else", "dependentSchemas"])
def test_documents_of_nested_compositions_grow_with_the_depth(word: str) -> None:
    few, many = (
        len(boundary_documents("", {"type": "object", **nested(word, it)})) for it in (3, 8)
    )
    assert many < 3 * few


def test_the_growth_is_measured_while_others_judge_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    growths = counted(monkeypatch, agreement, "growth_of")
    before = list[int]()

    def judged(judge: Oracle, documents: list[Document]) -> list[Judged]:
        before.append(len(growths))
        return judge_documents(judge, documents)

    monkeypatch.setattr(agreement, "judge_documents", judged)
    assert render(contract_of(m_Message=members(a=TEXT))).proof.documents > 20
    assert before == [1]
