"""A contract whose models take ever longer for each character of a document is refused."""

import json
from typing import Any

import pytest
from contract.read import build_contract
from contract.subschemas import Schema
from documents.search import ValueSearch
from generate import render
from models import classes
from output.package import package_code
from proof import growth
from proof.growth import grows, growth_refusals, nested_values
from proof.sandbox import imported_package, model_in
from runtime._finding import Refused

from tests.zoo.recursion import RECURSIVE

pytestmark = pytest.mark.dialect

# Shapes of which the search does not find a value within another.
NOT_NESTED = {"an extension that narrows what holds it", "not", "not of not"}
# Shapes that take exponential time unless inner values are judged once.
EXPONENTIAL = (
    *("closed names", "required names", "anyOf of maps", "anyOf of arrays", "allOf of two links"),
    *("if by the kind", "contains beside items", "patternProperties that overlap"),
    *("a class that asserts its own members", "oneOf of objects that overlap"),
)


def refusals(schema: Schema) -> list[str]:
    """What is measured of the models of this message."""
    contract = build_contract({"m/Message.json": json.dumps(schema).encode()}, "1")
    with imported_package(package_code(contract, formatted=False)) as package:
        model = model_in(package, "m", "Message")
        return [*growth_refusals(model, contract.modules["m"].messages["Message"])]


def test_values_of_almost_every_recursive_shape_are_nested() -> None:
    def is_nested(name: str) -> bool:
        contract = build_contract(
            {"m/Message.json": json.dumps(RECURSIVE[name].message).encode()}, "1"
        )
        search = ValueSearch(contract.modules["m"].messages["Message"])
        return any(len(it) > 4 for one in search.recursive for it in nested_values(search, one))

    assert {it for it in RECURSIVE if not is_nested(it)} == NOT_NESTED


@pytest.mark.parametrize("name", EXPONENTIAL)
@pytest.mark.one_in(4)
def test_a_shape_that_takes_exponential_time_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusals(RECURSIVE[name].message) == []
    monkeypatch.setattr(classes, "judged_once", lambda _: frozenset[str]())
    assert any("add a constant member" in it for it in refusals(RECURSIVE[name].message))


def test_nothing_is_written_for_such_a_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "judged_once", lambda _: frozenset[str]())
    schema = RECURSIVE["closed names"].message
    contract = build_contract({"m/Message.json": json.dumps(schema).encode()}, "1")
    with pytest.raises(Refused, match=r"^m/Message.json#: the time for values of \w+ grows faster"):
        render(contract)


def test_a_linear_schema_is_taken_whatever_is_long_beside_its_array() -> None:
    branches = [{"properties": {f"p{it}": {}}, "required": [f"p{it}"]} for it in range(40)]
    item = {"oneOf": [*branches, {"maxProperties": 0}]}
    text = {"type": "string", "minLength": 90_000}
    members = {"text": text, "list": {"type": "array", "items": item}}
    assert refusals({"type": "object", "properties": members, "required": ["text"]}) == []


def work(value: list[None], power: int) -> None:
    """Steps by a power of the length."""
    for _ in range(len(value) ** power * 4):
        pass


@pytest.mark.parametrize(("power", "is_refused"), [(1, False), (2, True)])
def test_time_that_grows_with_a_square_is_noticed(power: int, is_refused: bool) -> None:
    lists = [[None] * 64, [None] * 2_048]
    assert grows(lambda it: work(it, power), lists) is is_refused


def test_a_clock_that_ticks_seldom_shows_no_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    def seconds(_: Any, value: list[None]) -> float:
        return len(value) * 1e-5 // 0.004 * 0.004

    monkeypatch.setattr(growth, "seconds", seconds)
    assert not grows(lambda _: None, [[None] * 64, [None] * 2_048])
