"""Models and schema accept and reject the same documents, at the same places."""

from pathlib import Path

from contract.json_values import is_equal
from documents.boundary import BoundaryDocuments
from oracle.oracle import Fault
from pages.read import read_page
from proof.agreement import disagreement, verdicts_of
from pydantic import BaseModel

from tests.zoo.judging import disagreements
from tests.zoo.messages import CLOSE_CHAT, CONTRACT, MESSAGES, Message, every_message
from tests.zoo.reach import assertions, sole_reasons

SEED = "CloseChatSessionResponse"


@every_message
def test_boundary_documents_reach_every_keyword(message: Message) -> None:
    instances = [document.instance for document in BoundaryDocuments(message.schema)]
    accepted = sum(map(message.oracle.accepts, instances))
    expected = set(assertions(message.schema, message.schema))
    assert accepted >= 2
    assert len(instances) - accepted >= len(expected) >= 1
    assert expected - sole_reasons(message.oracle, instances) == set()


def test_the_reach_into_the_first_contract() -> None:
    instances = [document.instance for document in BoundaryDocuments(CLOSE_CHAT.schema)]
    accepted = sum(map(CLOSE_CHAT.oracle.accepts, instances))
    assert accepted >= 120
    assert len(instances) - accepted >= 300
    assert len(set(assertions(CLOSE_CHAT.schema, CLOSE_CHAT.schema))) >= 31


@every_message
def test_boundary_documents_have_unique_names(message: Message) -> None:
    names = [document.name for document in BoundaryDocuments(message.schema)]
    assert len(names) == len(set(names))
    assert names == [document.name for document in BoundaryDocuments(message.schema)]


def test_boundary_documents_have_stable_names() -> None:
    documents = {
        it.name: it.instance
        for it in BoundaryDocuments(CONTRACT.modules["operations"].messages[SEED])
    }
    assert documents["payload/total_messages/minimum/below"]["payload"]["total_messages"] == -1
    assert "timestamp" not in documents["timestamp/absent"]
    assert documents["stranger/null"]["stranger"] is None


@every_message
def test_models_agree_with_the_schema_on_every_boundary_document(message: Message) -> None:
    documents = list(BoundaryDocuments(message.schema))
    assert list(disagreements(message.model, message.oracle, documents)) == []


@every_message
def test_second_opinion_agrees_with_the_oracle(message: Message) -> None:
    differing = {
        document.name
        for document in BoundaryDocuments(message.schema)
        if message.oracle.accepts(document.instance)
        != message.oracle.second_opinion(document.instance)
    }
    assert differing == set()  # name here what jsonschema-rs judges otherwise


@every_message
def test_models_emit_their_schema(message: Message) -> None:
    assert is_equal(message.model.model_json_schema(), message.schema)
    assert is_equal(message.model.model_json_schema(mode="serialization"), message.schema)


def test_the_judge_sees_each_kind_of_disagreement() -> None:
    message = next(it for it in MESSAGES if it.name.endswith(SEED))
    documents = {it.name: it.instance for it in BoundaryDocuments(message.schema)}
    good, bad = documents["complete"], documents["status/enum/0/upper"]
    accepted, refused = verdicts_of(message.model, good), verdicts_of(message.model, bad)
    other = documents["payload/total_messages/minimum/above"]
    for entry in accepted:
        response = accepted[entry]
        assert isinstance(response, BaseModel)
        changed = response.model_copy(update={"status": "no status"})
        assert disagreement(message.oracle, good, set(), response) is None
        assert disagreement(message.oracle, bad, at("/status"), refused[entry]) is None
        assert "errors at" in str(disagreement(message.oracle, good, set(), refused[entry]))
        assert "errors at" in str(disagreement(message.oracle, bad, at("/error"), refused[entry]))
        assert "errors at" in str(
            disagreement(message.oracle, bad, at("/status", "/x"), refused[entry])
        )
        assert "accepted" in str(disagreement(message.oracle, bad, at("/status"), response))
        assert "written" in str(disagreement(message.oracle, other, set(), response))
        assert "schema rejects" in str(disagreement(message.oracle, good, set(), changed))


def at(*places: str) -> set[Fault]:
    return {Fault(place, "/type") for place in places}


def test_the_schema_is_the_one_of_the_reference_page() -> None:
    """Byte for byte the JSON block of the page that the contract was taken from."""
    page = read_page(SEED, Path(__file__).parents[1].joinpath(f"{SEED}.md").read_bytes())
    assert CONTRACT.schema_files[f"operations/{SEED}.json"] == page.schema.text.encode()
