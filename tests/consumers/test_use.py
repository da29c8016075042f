"""The models in the programs of others: scripts, copies, subclasses, match statements."""

import copy
import inspect
import json
import pickle
import subprocess
import sys
import textwrap
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from contract.json_values import json_pointer
from proof.emitted import emitted_differences
from pydantic import ConfigDict, TypeAdapter, ValidationError
from runtime._conformance import comparable_value

from tests.zoo.first_contract import GENERATED, models, testing
from tests.zoo.messages import CLOSE_CHAT, text, valid, with_payload

MISSING = models.MISSING
ChatSessionClosedPayload = models.ChatSessionClosedPayload
CloseChatSessionResponse = models.CloseChatSessionResponse
RequestStatus = models.RequestStatus
examples, rejected = testing.examples, testing.rejected

SCRIPT = """
    import json, sys
    from pydantic import ValidationError
    from pydantic_models.operations import CloseChatSessionResponse
    for line in sys.stdin:
        try:
            response = CloseChatSessionResponse.model_validate_json(line)
        except ValidationError as error:
            print(json.dumps([list(it["loc"]) for it in error.errors()]))
        else:
            print(response.status, response.model_dump_json(exclude_unset=True))
"""


def test_a_plain_script_reads_lines_and_writes_them() -> None:
    lines = [text(valid(new=None)), text(with_payload(total_events=-1)), "{"]
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(SCRIPT)]
    ran = subprocess.run(
        command,
        input="\n".join(lines),
        cwd=GENERATED,
        capture_output=True,
        text=True,
        check=True,
    )
    good, bad, broken = ran.stdout.splitlines()
    assert good.startswith("failed {")
    assert json.loads(good.removeprefix("failed ")) == valid(new=None)
    assert (bad, broken, ran.stderr) == ('[["payload", "total_events"]]', "[[]]", "")


def test_a_type_adapter_reads_and_writes_many() -> None:
    many = TypeAdapter[Any](dict[str, list[models.CloseChatSessionResponse] | None])
    document = {"a": [valid(new=[1.5])], "b": None}
    for taken in (many.validate_json(text(document)), many.validate_python(document)):
        assert json.loads(many.dump_json(taken, exclude_unset=True)) == document
    with pytest.raises(ValidationError) as caught:
        many.validate_json(text({"a": [valid(), with_payload(total_messages=-1)]}))
    assert [it["loc"] for it in caught.value.errors()] == [("a", 1, "payload", "total_messages")]


TAKEN = CloseChatSessionResponse.model_validate(
    with_payload(stranger={"deep": [None]})
    | {"error": None, "stranger": [1], "metadata": {"a": []}}
)


def pickled(protocol: int, it: Any) -> Any:
    return pickle.loads(pickle.dumps(it, protocol))


COPIES: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "model_copy": CloseChatSessionResponse.model_copy,
    "model_copy-deep": partial(CloseChatSessionResponse.model_copy, deep=True),
    **{f"pickle-{it}": partial(pickled, it) for it in range(pickle.HIGHEST_PROTOCOL + 1)},
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_its_equal(name: str) -> None:
    """What was absent is absent, what was set is set, and it is written the same."""
    made = COPIES[name](TAKEN)
    assert made == TAKEN
    assert made.timestamp is MISSING
    assert made.model_fields_set == TAKEN.model_fields_set
    assert made.model_extra == {"stranger": [1]}
    assert made.model_dump_json(exclude_unset=True) == TAKEN.model_dump_json(exclude_unset=True)
    assert made.model_dump_json() == TAKEN.model_dump_json()


@pytest.mark.parametrize("name", [it for it in COPIES if it not in ("copy", "model_copy")])
def test_a_deep_copy_shares_nothing(name: str) -> None:
    made = COPIES[name](TAKEN)
    made.payload.total_messages = 99
    made.metadata["a"].append(1)
    made.model_extra["stranger"].append(2)
    assert TAKEN.payload.total_messages == 1
    assert (TAKEN.metadata, TAKEN.model_extra) == ({"a": []}, {"stranger": [1]})


def test_a_copy_takes_changes() -> None:
    """Which are not judged, as the guide for consumers says."""
    made = TAKEN.model_copy(update={"status": RequestStatus.COMPLETED, "timestamp": "now"})
    written = json.loads(made.model_dump_json(exclude_unset=True))
    expected = {**json.loads(TAKEN.model_dump_json(exclude_unset=True)), "status": "completed"}
    assert written == {**expected, "timestamp": "now"}
    absent = made.model_copy(update={"timestamp": MISSING})
    assert "timestamp" not in json.loads(absent.model_dump_json())
    wrong: Any = made.model_copy(update={"error": 1})
    assert wrong.error == 1


def test_instances_are_equal_by_what_they_hold() -> None:
    one, two = (CloseChatSessionResponse.model_validate(valid(new=1)) for _ in range(2))
    assert one == two
    assert one != CloseChatSessionResponse.model_validate(valid(new=2))
    assert one != CloseChatSessionResponse.model_validate(valid(new=1, metadata={}))
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_members_of_an_enum_are_their_strings() -> None:
    failed = RequestStatus.FAILED
    assert failed == "failed" == str(failed) == f"{failed}" == "%s".__mod__(failed)
    assert f"{failed:>8}|{failed!s}" == "  failed|failed"
    assert hash(failed) == hash("failed")
    assert {failed: 1}["failed"] == {"failed": 1}[failed] == 1
    assert "failed" in {failed} and failed in {"failed"}
    assert json.dumps({"status": failed, failed: [failed]}) == (
        '{"status": "failed", "failed": ["failed"]}'
    )
    assert sorted(RequestStatus) == ["completed", "failed", "pending", "processing"]
    assert ",".join(RequestStatus) == "pending,processing,completed,failed"
    assert RequestStatus("failed") is RequestStatus["FAILED"] is failed
    assert pickle.loads(pickle.dumps(failed)) is copy.deepcopy(failed) is failed
    assert isinstance(failed, str)


def summary(response: Any) -> str:
    match response:
        case CloseChatSessionResponse(status=RequestStatus.FAILED, error=str(reason)):
            return f"failed: {reason}"
        case CloseChatSessionResponse(status="failed", timestamp=str(when)):
            return f"failed at {when}"
        case CloseChatSessionResponse(payload=ChatSessionClosedPayload(total_messages=0)):
            return "nothing was said"
    return f"{response.status} {response.payload.total_messages}"


def test_match_statements() -> None:
    cases = {
        "failed: why": valid(error="why", timestamp="now"),
        "failed at now": valid(error=None, timestamp="now"),
        "nothing was said": with_payload(total_messages=0),
        "failed 1": valid(),
        "pending 1": valid(status="pending"),
    }
    for expected, document in cases.items():
        assert summary(CloseChatSessionResponse.model_validate(document)) == expected


class WithMethod(models.CloseChatSessionResponse):
    __doc__ = CloseChatSessionResponse.__doc__

    @property
    def is_final(self) -> bool:
        return self.status in (RequestStatus.COMPLETED, RequestStatus.FAILED)


class WithField(models.CloseChatSessionResponse):
    seen_by: str = "us"


class Closed(models.CloseChatSessionResponse):
    model_config = ConfigDict(extra="forbid", frozen=True)


def test_a_subclass_with_a_method_is_as_exact() -> None:
    model = WithMethod
    named = {**CLOSE_CHAT.schema, "title": "WithMethod"}
    assert [*emitted_differences(model, named)] == []
    for document in examples(CloseChatSessionResponse).values():
        assert model.model_validate(document).is_final == (
            document["status"] in ("completed", "failed")
        )
    for miss in rejected(CloseChatSessionResponse).values():
        with pytest.raises(ValidationError) as caught:
            model.model_validate(miss.document)
        assert sorted({json_pointer(it["loc"]) for it in caught.value.errors()}) == miss.pointers


def test_a_subclass_with_a_field_takes_what_the_contract_takes() -> None:
    for document in examples(CloseChatSessionResponse).values():
        read = WithField.model_validate_json(text(document))
        assert comparable_value(read.model_dump_json(exclude_unset=True)) == comparable_value(
            text(document)
        )
        assert read.seen_by == "us"
    with pytest.raises(ValidationError, match="seen_by"):
        WithField.model_validate(valid(seen_by=1))
    with pytest.raises(ValidationError, match="status"):
        WithField.model_validate(valid(status="FAILED"))


def test_a_subclass_may_close_and_freeze() -> None:
    """Its own members alone: the payload is the contract's class."""
    taken = Closed.model_validate(with_payload(new=1))
    assert taken.payload.model_extra == {"new": 1}
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Closed.model_validate(valid(new=1))
    with pytest.raises(ValidationError, match="frozen_instance"):
        taken.error = "no"
    assert Closed.model_json_schema()["additionalProperties"] is False


def test_editors_and_programs_find_the_descriptions() -> None:
    definitions = {**CLOSE_CHAT.schema["$defs"], "CloseChatSessionResponse": CLOSE_CHAT.schema}
    for model in (CloseChatSessionResponse, ChatSessionClosedPayload):
        schema = definitions[model.__name__]
        assert inspect.getdoc(model) == schema["description"]
        for name, it in schema["properties"].items():
            assert model.model_fields[name].description == it["description"]
            assert model.model_fields[name].examples == it.get("examples")
    assert inspect.getdoc(RequestStatus) == definitions["RequestStatus"]["description"]
