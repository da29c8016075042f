"""An integer of draft-04 is written without a fraction or an exponent (draft-04, Core 3.5)."""

import json
from typing import Any

import pytest
from compatibility.report import Report
from compatibility.revisions import build_revision
from contract.read import Contract, build_contract
from contract.refusal import Refused
from contract.subschemas import Schema
from documents.boundary import boundary_documents
from jsonschema import Draft4Validator
from oracle.oracle import oracle_for

from tests.zoo.draft_04 import DRAFT_4, INTEGERS, NUMBER
from tests.zoo.judging import imported, is_accepted, prove

pytestmark = pytest.mark.dialect

LATER = "http://json-schema.org/draft-06/schema#"


def contract_of(schema: Schema, draft: str = DRAFT_4) -> Contract:
    text = json.dumps({"$schema": draft, **schema}).encode()
    return build_contract({"m/Message.json": text}, "1")


def text_of(document: Any, number: str) -> str:
    return json.dumps(document).replace(f'"{NUMBER}"', number).replace(str(2**60), number)


def spellings(document: Any) -> dict[str, list[str]]:
    """The document by whether draft-04 has its number for an integer."""
    large = document == 2**60
    whole, others = (str(2**60), ["1.2e18"]) if large else ("1", ["1.0", "1e0", "10.0e-1"])
    numbers = {"integer": [whole], "other": others}
    return {kind: [text_of(document, it) for it in texts] for kind, texts in numbers.items()}


@pytest.mark.parametrize("name", INTEGERS)
def test_an_integer_of_draft_04_is_exact(name: str) -> None:
    schema, _ = INTEGERS[name]
    contract = contract_of(schema)
    assert prove(contract).documents >= 20


@pytest.mark.parametrize("name", INTEGERS)
def test_the_models_read_it_as_jsonschema_does(name: str) -> None:
    schema, document = INTEGERS[name]
    contract = contract_of(schema)
    oracle = oracle_for(contract, "m", "Message")
    with imported(contract) as module:
        model = module.Message
        for kind, texts in spellings(document).items():
            for text in texts:
                value = json.loads(text)
                expected = kind == "integer"
                assert Draft4Validator(schema).is_valid(value) == expected, text
                assert oracle.accepts(value) == oracle.second_opinion(value) == expected, text
                for validate, it in (
                    (model.model_validate_json, text),
                    (model.model_validate, value),
                ):
                    assert is_accepted(validate, it) == expected, text


@pytest.mark.parametrize("name", [it for it in INTEGERS if it != "a large one"])
def test_the_boundary_documents_hold_both_spellings(name: str) -> None:
    contract = contract_of(INTEGERS[name][0])
    schema = contract.modules["m"].messages["Message"]
    oracle = oracle_for(contract, "m", "Message")
    drawn = [it.instance for it in boundary_documents("", schema)]
    texts = {json.dumps(it): oracle.accepts(it) for it in drawn}
    assert any(
        texts[text] and not texts.get(text.replace(number, f"{number}.0"), True)
        for text in texts
        for number in ("1", "2")
    )


def test_a_later_draft_does_not_get_the_word() -> None:
    schema = INTEGERS["alone"][0]
    assert contract_of(schema).modules["m"].messages["Message"]["x-integer"] == "draft-04"
    assert "x-integer" not in contract_of(schema, LATER).modules["m"].messages["Message"]


def test_an_integer_beside_number_may_have_a_fraction() -> None:
    either = contract_of({"type": ["integer", "number"]})
    assert oracle_for(either, "m", "Message").accepts(1.0)
    assert "x-integer" not in either.modules["m"].messages["Message"]


def test_the_word_of_the_models_is_refused_in_a_schema() -> None:
    for draft in (DRAFT_4, LATER):
        with pytest.raises(Refused, match=r"#/x-integer: 'draft-04' is a word that models of"):
            contract_of({"type": "integer", "x-integer": "draft-04"}, draft)


@pytest.mark.parametrize("name", INTEGERS)
def test_the_gate_shows_what_a_later_draft_accepts_more(name: str) -> None:
    schema = INTEGERS[name][0]
    assert verdict(schema, DRAFT_4, LATER) == "widens"
    assert verdict(schema, LATER, DRAFT_4) == "narrows"
    assert verdict(schema, DRAFT_4, DRAFT_4) == "same"


def verdict(schema: Schema, before: str, after: str) -> str:
    old, new = (
        build_revision("1.0.0", None, {"m/M.json": json.dumps({"$schema": it, **schema}).encode()})
        for it in (before, after)
    )
    comparisons = Report(old, new, False, True).comparisons
    return comparisons[0].verdict if comparisons else "same"
