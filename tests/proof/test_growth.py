"""A contract whose models take ever longer for each character of a document is refused."""

import gc
import json
from pathlib import Path
from typing import Any

import pytest
from contract.subschemas import Schema
from documents.search import ValueSearch
from generate import main, render
from models import classes
from proof import growth
from proof.growth import LENGTHS, MAX_STEPS, Growth, grows, growth_of, long_arrays, seconds
from runtime._finding import Refused

from tests.zoo.judging import imported
from tests.zoo.recursion import CHAIN_WORDS, RECURSIVE, chain
from tests.zoo.small_schemas import contract_of

pytestmark = pytest.mark.dialect

# Shapes that take exponential time unless inner values are judged once.
EXPONENTIAL = (
    *("required names", "closed names", "anyOf of maps", "anyOf of arrays", "allOf of two links"),
    *("if by the kind", "contains beside items", "patternProperties that overlap"),
    *("a class that asserts its own members", "oneOf of objects that overlap"),
)


def measured(schema: Schema, steps: int = MAX_STEPS) -> Growth:
    """What is measured of the models of this message."""
    contract = contract_of(m_Message=schema)
    with imported(contract) as module:
        model = module.Message
        return growth_of(model, contract.modules["m"].messages["Message"], steps)


def refusals(schema: Schema) -> list[str]:
    return measured(schema).refusals


@pytest.mark.parametrize("name", RECURSIVE)
@pytest.mark.one_in(4)
def test_every_recursive_definition_is_measured(name: str) -> None:
    assert measured(RECURSIVE[name].message) == Growth()


@pytest.mark.parametrize("name", EXPONENTIAL)
@pytest.mark.one_in(4)
def test_a_shape_that_takes_exponential_time_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusals(RECURSIVE[name].message) == []
    monkeypatch.setattr(classes, "judged_once", lambda _: frozenset[str]())
    assert any("add a constant member" in it for it in refusals(RECURSIVE[name].message))


# By the keyword of a chain: the length at which it takes a second.
LONG_CHAINS = {"anyOf": 17, "oneOf": 16, "class": 17, "allOf": 12}


@pytest.mark.parametrize("word", CHAIN_WORDS)
def test_a_chain_that_takes_exponential_time_is_refused(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = chain(word, LONG_CHAINS[word])
    assert measured(message) == Growth()
    monkeypatch.setattr(classes, "judged_once", lambda _: frozenset[str]())
    assert any("the time for a document grows faster" in it for it in refusals(message))


# A string that no search finds, and a definition whose values need it.
WORD: Schema = {"type": "string", "allOf": [{"pattern": it} for it in ("^a", "bcd", "e$")]}
HIDDEN: Schema = {
    "type": "object",
    "properties": {"next": {"$ref": "#/$defs/Hidden"}, "word": WORD},
    "required": ["word"],
}


def test_what_is_not_measured_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = {"properties": {"it": {"$ref": "#/$defs/Hidden"}}, "$defs": {"Hidden": HIDDEN}}
    (tmp_path / "schemas" / "m").mkdir(parents=True)
    path = tmp_path / "schemas" / "m" / "Message.json"
    path.write_text(json.dumps({"type": "object", **message}))
    assert main(["--schemas", f"{tmp_path / 'schemas'}", "--out", f"{tmp_path / 'out'}"]) == 0
    *_, line = capsys.readouterr().out.splitlines()
    assert line.startswith("m/Message.json#: the time for nested values of Hidden is not measured")


def test_a_search_that_ends_early_is_told() -> None:
    (line,) = measured(RECURSIVE["closed names"].message, steps=5).unmeasured
    assert line.startswith(": the time for large documents is not measured to the end, because 5 ")


def test_nothing_is_written_for_such_a_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "judged_once", lambda _: frozenset[str]())
    contract = contract_of(m_Message=RECURSIVE["required names"].message)
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


@pytest.mark.parametrize(
    "item",
    [
        {"type": "string"},
        {"type": "number"},
        {"type": "object", "properties": {"a": {"const": 1}, "b": {}}, "required": ["a"]},
        {"type": "array", "items": {"type": "boolean"}, "prefixItems": [{"type": "integer"}]},
    ],
)
def test_long_arrays_of_unique_items_are_measured(item: Schema) -> None:
    array = {"type": "array", "uniqueItems": True, "items": item, "minItems": 1}
    schema = {"type": "object", "properties": {"list": array}}
    search = ValueSearch(schema)
    arrays = long_arrays(search, schema, search.find(schema, complete=True))
    longest = [values[-1] for path, values in arrays if path == ("list",)]
    assert [search.oracle.accepts(it) for it in longest] == [False, True]
    assert all(len(it["list"]) > max(LENGTHS) for it in longest)


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_of_garbage_is_left_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        seconds(lambda _: gc.isenabled(), None)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
