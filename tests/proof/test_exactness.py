"""Models and schema accept and reject the same documents, at the same places."""

import pytest
from contract.json_values import is_equal
from contract.settings import Settings
from documents.boundary import BoundaryDocuments
from oracle.oracle import Fault, oracle_for
from pages.read import read_page
from proof.agreement import disagreement, verdicts_of
from pydantic import BaseModel

from tests.zoo.first_contract import CONTRACT, FILE, PAGE
from tests.zoo.judging import disagreements, prove
from tests.zoo.messages import CLOSE_CHAT
from tests.zoo.reach import assertions, sole_reasons
from tests.zoo.small_schemas import contract_of_files


def test_boundary_documents_reach_every_keyword() -> None:
    instances = [document.instance for document in BoundaryDocuments(CLOSE_CHAT.schema)]
    accepted = sum(map(CLOSE_CHAT.oracle.accepts, instances))
    expected = set(assertions(CLOSE_CHAT.schema, CLOSE_CHAT.schema))
    assert accepted >= 2
    assert len(instances) - accepted >= len(expected) >= 1
    assert expected - sole_reasons(CLOSE_CHAT.oracle, instances) == set()


def test_the_reach_into_the_first_contract() -> None:
    instances = [document.instance for document in BoundaryDocuments(CLOSE_CHAT.schema)]
    accepted = sum(map(CLOSE_CHAT.oracle.accepts, instances))
    assert accepted >= 120
    assert len(instances) - accepted >= 300
    assert len(set(assertions(CLOSE_CHAT.schema, CLOSE_CHAT.schema))) >= 31


def test_boundary_documents_have_unique_names() -> None:
    names = [document.name for document in BoundaryDocuments(CLOSE_CHAT.schema)]
    assert len(names) == len(set(names))
    assert names == [document.name for document in BoundaryDocuments(CLOSE_CHAT.schema)]


def test_boundary_documents_have_stable_names() -> None:
    documents = {it.name: it.instance for it in BoundaryDocuments(CLOSE_CHAT.schema)}
    assert documents["payload/total_messages/minimum/below"]["payload"]["total_messages"] == -1
    assert "timestamp" not in documents["timestamp/absent"]
    assert documents["stranger/null"]["stranger"] is None


def test_models_agree_with_the_schema_on_every_boundary_document() -> None:
    documents = list(BoundaryDocuments(CLOSE_CHAT.schema))
    assert list(disagreements(CLOSE_CHAT.model, CLOSE_CHAT.oracle, documents)) == []


def test_second_opinion_agrees_with_the_oracle() -> None:
    differing = {
        document.name
        for document in BoundaryDocuments(CLOSE_CHAT.schema)
        if CLOSE_CHAT.oracle.accepts(document.instance)
        != CLOSE_CHAT.oracle.second_opinion(document.instance)
    }
    assert differing == set()  # name here what jsonschema-rs judges otherwise


def test_models_emit_their_schema() -> None:
    assert is_equal(CLOSE_CHAT.model.model_json_schema(), CLOSE_CHAT.schema)
    assert is_equal(CLOSE_CHAT.model.model_json_schema(mode="serialization"), CLOSE_CHAT.schema)


def test_the_judge_sees_each_kind_of_disagreement() -> None:
    documents = {it.name: it.instance for it in BoundaryDocuments(CLOSE_CHAT.schema)}
    good, bad = documents["complete"], documents["status/enum/0/upper"]
    accepted, refused = verdicts_of(CLOSE_CHAT.model, good), verdicts_of(CLOSE_CHAT.model, bad)
    other = documents["payload/total_messages/minimum/above"]
    for entry in accepted:
        response = accepted[entry]
        assert isinstance(response, BaseModel)
        changed = response.model_copy(update={"status": "no status"})
        assert disagreement(CLOSE_CHAT.model, CLOSE_CHAT.oracle, good, set(), response) is None
        assert (
            disagreement(CLOSE_CHAT.model, CLOSE_CHAT.oracle, bad, at("/status"), refused[entry])
            is None
        )
        assert "errors at" in str(
            disagreement(CLOSE_CHAT.model, CLOSE_CHAT.oracle, good, set(), refused[entry])
        )
        assert "errors at" in str(
            disagreement(CLOSE_CHAT.model, CLOSE_CHAT.oracle, bad, at("/error"), refused[entry])
        )
        assert "errors at" in str(
            disagreement(
                CLOSE_CHAT.model, CLOSE_CHAT.oracle, bad, at("/status", "/x"), refused[entry]
            )
        )
        assert "accepted" in str(
            disagreement(CLOSE_CHAT.model, CLOSE_CHAT.oracle, bad, at("/status"), response)
        )
        assert "written" in str(
            disagreement(CLOSE_CHAT.model, CLOSE_CHAT.oracle, other, set(), response)
        )
        assert "schema rejects" in str(
            disagreement(CLOSE_CHAT.model, CLOSE_CHAT.oracle, good, set(), changed)
        )


def at(*places: str) -> set[Fault]:
    return {Fault(place, "/type") for place in places}


def test_the_schema_is_the_one_of_the_reference_page() -> None:
    """Byte for byte the JSON block of the page that the contract was taken from."""
    page = read_page(PAGE.name, PAGE.read_bytes())
    assert CONTRACT.schema_files[FILE] == page.schema.text.encode()


@pytest.mark.parametrize("formats", ["assert", "annotate"])
def test_format_asserts_or_annotates_as_the_owner_chooses(formats: str) -> None:
    members = {name: {"type": "string", "format": name} for name in ("date", "uuid", "uri", "own")}
    schema = {"type": "object", "properties": members, "required": ["date"]}
    contract = contract_of_files({"m/Message.json": schema}, Settings(formats=formats))
    oracle = oracle_for(contract, "m", "Message")
    for opinion in (oracle.accepts, oracle.second_opinion):
        assert opinion({"date": "today"}) is (formats == "annotate")
        assert opinion({"date": "2026-11-26", "own": "today"})
    assert prove(contract).documents >= 100
