"""CloseChatSessionResponse in the hands of those who import it."""

import copy
import json
import pickle
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Annotated, Any
from uuid import UUID, uuid4

import pytest
from pydantic import Field, Tag, TypeAdapter, ValidationError, field_validator, model_validator

from tests.zoo.first_contract import models
from tests.zoo.messages import CLOSE_CHAT, text, valid, with_payload

MISSING = models.MISSING
ChatSessionClosedPayload = models.ChatSessionClosedPayload
CloseChatSessionResponse = models.CloseChatSessionResponse
RequestStatus = models.RequestStatus

INTEGERS = {
    "0": 0,
    "-0": 0,
    "15": 15,
    "15.0": 15,
    "1e2": 100,
    "1E+2": 100,
    "0.5e1": 5,
    "-0.0": 0,
    "9007199254740993": 9007199254740993,
    "9223372036854775807": 2**63 - 1,
    "9223372036854775808": 2**63,
    "9223372036854775808.0": 9223372036854776000,  # the shortest decimal of that double
    "71599336241146340.0": 71599336241146340,
    "1e19": 10**19,
    "1e300": 10**300,
    "1.5e300": 15 * 10**299,
}
NO_INTEGERS = [
    *("true", "false", '"1"', '"15.0"', "1.5", "1.0000000001", "0.9999999999", "1e-10", "null"),
    *("[]", "[1]", "{}", '""', "-1", "-1.0", "-1e300", "-9223372036854775809.0", "1e400"),
]


def payload_text(total_messages: str) -> str:
    return text(with_payload(total_messages=0)).replace(
        '"total_messages": 0', f'"total_messages": {total_messages}'
    )


def accepted(document: str) -> list[Any]:
    """The document through both entry points."""
    return [
        CloseChatSessionResponse.model_validate_json(document),
        CloseChatSessionResponse.model_validate(json.loads(document)),
    ]


def errors(document: str) -> list[list[Any]]:
    """The errors of a rejected document, from both entry points."""
    found = []
    for validate, instance in (
        (CloseChatSessionResponse.model_validate_json, document),
        (CloseChatSessionResponse.model_validate, json.loads(document)),
    ):
        with pytest.raises(ValidationError) as caught:
            validate(instance)
        found.append(caught.value.errors())
    return found


@pytest.mark.parametrize(("token", "value"), INTEGERS.items())
def test_every_number_without_fraction_is_an_integer(token: str, value: int) -> None:
    for response in accepted(payload_text(token)):
        assert type(response.payload.total_messages) is int
        assert response.payload.total_messages == value


@pytest.mark.parametrize("token", NO_INTEGERS)
def test_nothing_else_is_an_integer_from_zero(token: str) -> None:
    for found in errors(payload_text(token)):
        assert [error["loc"] for error in found] == [("payload", "total_messages")]


def test_an_error_says_which_keyword_was_broken() -> None:
    for token, kind in (("-1", "greater_than_equal"), ('"1"', "int_type"), ("1.5", "int_type")):
        for found in errors(payload_text(token)):
            assert [error["type"] for error in found] == [kind]
    for found in errors(text(valid(request_id="0f8fad5bd9cb469fa16570867728950e"))):
        assert found[0]["type"] == "uuid_parsing"
        assert "8-4-4-4-12" in found[0]["msg"]


def test_every_fault_is_one_error_at_its_place() -> None:
    faulty: dict[str, Any] = {
        "request_id": None,
        "status": "FAILED",
        "payload": {
            "session_id": 1,
            "total_messages": -1,
            "total_events": True,
            "duration_seconds": "1",
            "tool_session_id": [],
            "tool_session_closed": None,
        },
        "timestamp": None,
        "error": 1,
        "metadata": None,
    }
    expected = sorted(fault.instance for fault in CLOSE_CHAT.oracle.faults_of(faulty))
    assert len(expected) == 12
    for found in errors(text(faulty)):
        assert sorted("/" + "/".join(map(str, e["loc"])) for e in found) == expected


def test_absent_stays_absent_and_null_stays_null() -> None:
    for response in accepted(text(valid(error=None))):
        assert response.timestamp is MISSING
        assert response.metadata is MISSING
        assert response.error is None
        assert response.payload.duration_seconds is None
        assert json.loads(response.model_dump_json(exclude_unset=True)) == valid(error=None)
        written = json.loads(response.model_dump_json())
        assert {"timestamp", "metadata"}.isdisjoint(written)
        assert CLOSE_CHAT.oracle.accepts(written)
        assert "timestamp" not in response.model_dump()


def test_unknown_keys_are_kept_on_every_object() -> None:
    names = ["new", "", "model_dump", "__class__", "__pydantic_extra__", "self", "a.b", "$id", "é"]
    strangers: dict[str, Any] = {name: {"deep": [None, 1.5, {"x": []}]} for name in names}
    document = with_payload(**strangers) | strangers | {"metadata": strangers}
    for response in accepted(text(document)):
        assert json.loads(response.model_dump_json(exclude_unset=True)) == document
        assert response.model_extra == strangers


def test_construction_by_keyword_takes_python_values() -> None:
    payload = ChatSessionClosedPayload(
        session_id="s", closed_at="t", total_messages=1, total_events=2, duration_seconds=3
    )
    request_id = uuid4()
    response = CloseChatSessionResponse(
        request_id=request_id,
        status=RequestStatus.COMPLETED,
        payload=payload,
        metadata={"a": [1]},
    )
    written = json.loads(response.model_dump_json())
    assert CLOSE_CHAT.oracle.accepts(written)
    assert written["request_id"] == str(request_id)
    assert written["status"] == "completed"
    assert response == CloseChatSessionResponse.model_validate(
        response.model_dump(exclude_unset=True)
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"request_id": "0f8fad5bd9cb469fa16570867728950e"},
        {"request_id": b"0f8fad5b-d9cb-469f-a165-70867728950e"},
        {"status": "FAILED"},
        {"timestamp": None},
        {"metadata": [("a", 1)]},
        {"payload": {}},
    ],
    ids=str,
)
def test_construction_by_keyword_is_as_strict(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CloseChatSessionResponse(**{**valid(), **wrong})


def test_metadata_is_a_copy() -> None:
    mine = {"a": 1}
    response = CloseChatSessionResponse(**valid(metadata=mine))
    mine["a"] = 2
    assert response.metadata == {"a": 1}


def test_statuses_are_their_strings() -> None:
    assert [status.name for status in RequestStatus] == [
        "PENDING",
        "PROCESSING",
        "COMPLETED",
        "FAILED",
    ]
    failed: str = RequestStatus.FAILED
    assert failed == "failed"
    assert {"failed": 1}[RequestStatus.FAILED] == 1
    assert f"{RequestStatus.FAILED}" == str(RequestStatus.FAILED) == "failed"
    for response in accepted(text(valid())):
        assert response.status is RequestStatus.FAILED
        assert type(response.model_dump(mode="json")["status"]) is str
        assert type(response.model_dump()["status"]) is RequestStatus


def test_a_uuid_is_read_in_either_case_and_written_in_lower() -> None:
    spelled = "0F8FAD5B-D9CB-469F-A165-70867728950E"
    for response in accepted(text(valid(request_id=spelled))):
        assert response.request_id == UUID(spelled)
        assert json.loads(response.model_dump_json())["request_id"] == spelled.lower()


def test_consumers_may_subclass() -> None:
    class Own(models.CloseChatSessionResponse):
        seen_by: str = Field(default="us", alias="seen-by")
        either: Annotated[int, Tag("a")] | Annotated[str, Tag("b")] = 1

        @model_validator(mode="before")
        @classmethod
        def before(cls, data: Any) -> Any:
            return data

        @model_validator(mode="wrap")
        @classmethod
        def wrap(cls, data: Any, handler: Any) -> Any:
            return handler(data)

        @model_validator(mode="after")
        def after(self) -> "Own":
            return self

        @field_validator("error")
        @classmethod
        def short(cls, value: str | None) -> str | None:
            return value[:3] if value else value

    for own in (
        Own.model_validate_json(text(valid(error="long", **{"seen-by": "them"}))),
        Own.model_validate(valid(error="long", **{"seen-by": "them"})),
    ):
        assert (own.error, own.seen_by, own.timestamp) == ("lon", "them", MISSING)
        assert json.loads(own.model_dump_json())["seen-by"] == "them"
    assert "seen-by" in Own.model_json_schema()["properties"]
    with pytest.raises(ValidationError):
        Own.model_validate(valid(status="FAILED"))


def test_models_copy_and_travel() -> None:
    for response in accepted(text(with_payload(stranger=1) | {"error": None})):
        assert pickle.loads(pickle.dumps(response)) == response
        assert copy.deepcopy(response) == response == response.model_copy()
        assert copy.deepcopy(response).timestamp is MISSING
        many = TypeAdapter[Any](list[models.CloseChatSessionResponse])
        assert many.validate_python([response]) == [response]


def frames(call: Callable[[], object]) -> list[str]:
    """The Python functions that run while ``call`` does, itself aside."""
    found: list[str] = []

    def record(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            found.append(f"{frame.f_code.co_filename}:{frame.f_code.co_name}")

    sys.setprofile(record)
    try:
        call()
    finally:
        sys.setprofile(None)
    return found


VALIDATOR = CloseChatSessionResponse.__pydantic_validator__
SERIALIZER = CloseChatSessionResponse.__pydantic_serializer__


def test_no_python_frame_runs_on_the_hot_path() -> None:
    document = with_payload(duration_seconds=3, tool_session_closed=True) | {
        "timestamp": "t",
        "error": None,
        "metadata": {"a": {"b": [1]}},
        "stranger": [1.5],
    }
    response, document_text = accepted(text(document))[0], text(document)
    # pydantic before 2.13 makes any UUID with the help of uuid.SafeUUID, a Python class.
    plain = frames(partial(TypeAdapter(UUID).validator.validate_python, str(uuid4())))
    assert set(frames(partial(VALIDATOR.validate_json, document_text))) <= set(plain)
    assert set(frames(partial(VALIDATOR.validate_python, document))) <= set(plain)
    assert frames(partial(SERIALIZER.to_json, response)) == []


def test_the_frame_counter_sees_python_where_it_runs() -> None:
    """The same count on a float beyond 2**53, the one case that calls back into Python."""
    found = frames(partial(VALIDATOR.validate_json, payload_text("1e300")))
    assert any(frame.endswith("whole_number") for frame in found)
