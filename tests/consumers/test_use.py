"""The models in the programs of others: FastAPI, scripts, copies, subclasses, type checkers."""

import copy
import importlib
import inspect
import json
import pickle
import re
import shutil
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from contract.json_values import is_array, is_object, json_pointer
from contract.read import build_contract
from contract.subschemas import Schema
from fastapi import FastAPI
from output.package import package_code
from proof.emitted import emitted_differences, schema_differences
from proof.sandbox import imported_package
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from runtime._conformance import comparable_value

from tests.zoo.environment import environment_with
from tests.zoo.first_contract import GENERATED, PACKAGE_FOLDER, models, testing
from tests.zoo.messages import CLOSE_CHAT, text, valid, with_payload

MISSING = models.MISSING
ChatSessionClosedPayload = models.ChatSessionClosedPayload
CloseChatSessionResponse = models.CloseChatSessionResponse
RequestStatus = models.RequestStatus
examples, rejected = testing.examples, testing.rejected

api = FastAPI()


def annotated(**types: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The function with the models for its types, which no type checker sees."""

    def with_types(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__annotations__ = types
        return function

    return with_types


def serve_message(made: FastAPI, path: str, model: Any, **how: Any) -> FastAPI:
    """The API takes and gives the message there."""

    @annotated(**{"message": model, "return": model})
    def endpoint(message: Any) -> Any:
        return message

    made.post(path, **how)(endpoint)
    return made


serve_message(api, "/close", CloseChatSessionResponse)
serve_message(api, "/as-read", CloseChatSessionResponse, response_model_exclude_unset=True)


@api.get("/of/{status}")
@annotated(status=RequestStatus, other=RequestStatus)
def of(status: Any, other: Any) -> list[Any]:
    return [status, other]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where the API answers, served by uvicorn on a free port of the loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(api, log_level="critical", lifespan="off", ws="none"))
    thread = Thread(target=server.run, args=([listening],))
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    assert server.started
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive()


NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(url: str, body: str | None = None) -> tuple[int, str]:
    """Status and text of the answer to a POST of JSON, or to a GET."""
    data = None if body is None else body.encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with NO_PROXY.open(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def places(answer: str) -> list[str]:
    """The JSON Pointers of what a 422 says of the body."""
    found = [it["loc"] for it in json.loads(answer)["detail"]]
    assert {it[0] for it in found} == {"body"}
    return sorted(json_pointer(it[1:]) for it in found)


def test_a_server_answers_what_it_takes_as_it_was_read(url: str) -> None:
    """Unknown keys, nulls and what is absent included."""
    taken = examples(CloseChatSessionResponse)
    assert len(taken) > 100
    for name, document in taken.items():
        status, answer = ask(f"{url}/as-read", text(document))
        assert (name, status, comparable_value(answer)) == (
            name,
            200,
            comparable_value(text(document)),
        )


def test_a_server_refuses_the_rest_with_422_at_its_places(url: str) -> None:
    refused = rejected(CloseChatSessionResponse)
    assert len(refused) > 300
    for name, miss in refused.items():
        status, answer = ask(f"{url}/as-read", text(miss.document))
        assert (name, status, places(answer)) == (name, 422, miss.pointers)


def test_a_server_refuses_what_is_no_json(url: str) -> None:
    status, answer = ask(f"{url}/close", '{"request_id": ')
    assert (status, json.loads(answer)["detail"][0]["type"]) == (422, "json_invalid")


def test_a_server_cannot_say_that_it_refuses_nan(url: str) -> None:
    """FastAPI reads it and repeats it in its answer, which it then cannot write."""
    assert ask(f"{url}/close", text(valid(timestamp=float("nan"))))[0] == 500
    status, answer = ask(f"{url}/close", text(valid(new=float("nan"))))
    assert (status, json.loads(answer)["new"]) == (200, None)


def test_a_server_writes_the_defaults_unless_told_otherwise(url: str) -> None:
    """Why the guide for consumers says ``response_model_exclude_unset=True``."""
    document = with_payload(stranger=None) | {"stranger": [None]}
    status, answer = ask(f"{url}/close", text(document))
    written = json.loads(answer)
    defaults = {"duration_seconds": None, "tool_session_id": None, "tool_session_closed": False}
    assert status == 200
    assert written == {**document, "error": None, "payload": {**document["payload"], **defaults}}
    assert CLOSE_CHAT.oracle.accepts(written)


def test_an_enum_is_a_parameter_of_a_path_and_a_query(url: str) -> None:
    assert ask(f"{url}/of/failed?other=pending") == (200, '["failed","pending"]')
    status, answer = ask(f"{url}/of/failed?other=PENDING")
    assert (status, json.loads(answer)["detail"][0]["loc"]) == (422, ["query", "other"])


SHOP: Schema = {
    "title": "Order",
    "type": "object",
    "properties": {
        "content-type": {"type": "string", "pattern": "^[a-z]+$"},
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "paid": {"oneOf": [{"$ref": "#/$defs/Cash"}, {"$ref": "#/$defs/Card"}]},
        "note": {"type": ["string", "null"], "default": None, "examples": [None, "a"]},
        "old": {"const": None},
        "size": {
            "type": "object",
            "properties": {"width": {"type": "number", "minimum": 0.5}},
            "required": ["width"],
            "additionalProperties": False,
        },
    },
    "required": ["content-type"],
    "dependentRequired": {"note": ["tags"]},
    "$defs": {
        "Cash": {"type": "object", "properties": {"cash": {"type": "integer"}}, "minProperties": 1},
        "Card": {"type": "object", "properties": {"card": {"type": "string"}}, "maxProperties": 2},
    },
}
# FastAPI writes its document without the members that are null.
DROPPED = {
    "ChatSessionClosedPayload": [
        "/properties/duration_seconds/default",
        "/properties/tool_session_id/default",
    ],
    "CloseChatSessionResponse": ["/properties/error/default"],
    "RequestStatus": [],
    "Order": ["/properties/note/default", "/properties/old/const"],
    "Cash": [],
    "Card": [],
}


def for_openapi(schema: Any) -> Any:
    """The schema with its references to definitions as OpenAPI has them."""
    if is_array(schema):
        return [for_openapi(it) for it in schema]
    if not is_object(schema):
        return schema
    return {
        word: it.replace("#/$defs/", "#/components/schemas/") if word == "$ref" else for_openapi(it)
        for word, it in schema.items()
    }


def openapi_faults(model: type[BaseModel], schema: Schema) -> dict[str, list[str]]:
    """Where the OpenAPI document is not the schema, by definition; FastAPI's own aside."""
    app = serve_message(FastAPI(separate_input_output_schemas=False), "/", model)
    said = app.openapi()["components"]["schemas"]
    own = {"HTTPValidationError", "ValidationError"}
    root = {word: it for word, it in schema.items() if word != "$defs"}
    expected = {**schema["$defs"], model.__name__: root}
    assert said.keys() - own == expected.keys()  # none twice, as -Input and -Output
    return {
        name: [*schema_differences(for_openapi(expected[name]), said[name])] for name in expected
    }


def test_openapi_carries_the_schema() -> None:
    found = openapi_faults(CLOSE_CHAT.model, CLOSE_CHAT.schema)
    assert found == {name: DROPPED[name] for name in found}


NODE: Schema = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}
TREE: Schema = {"type": "array", "items": {"$ref": "#/$defs/Tree"}, "minItems": 1}
RINGS: dict[str, Schema] = {
    "a class": {"$defs": {"Node": NODE}, "properties": {"n": {"$ref": "#/$defs/Node"}}},
    "an alias": {"$defs": {"Tree": TREE}, "properties": {"n": {"$ref": "#/$defs/Tree"}}},
    "within an assertion": {
        "$defs": {"Node": NODE, "Tree": TREE},
        "properties": {"n": {"not": {"allOf": [{"$ref": "#/$defs/Node"}, {"minProperties": 2}]}}},
        "dependentSchemas": {"m": {"properties": {"n": {"$ref": "#/$defs/Tree"}}}},
    },
}


@pytest.mark.parametrize("name", RINGS)
def test_openapi_has_one_definition_of_a_schema_that_holds_itself(name: str) -> None:
    schema = {"type": "object", **RINGS[name]}
    contract = build_contract({"m/Message.json": json.dumps(schema).encode()}, "1")
    with imported_package(package_code(contract, formatted=False)) as package:
        model = importlib.import_module(f"{package}.m").Message
        found = openapi_faults(model, schema)
    assert found == {definition: [] for definition in found}


def test_openapi_carries_the_rarer_keywords() -> None:
    with imported_package(
        package_code(build_contract({"shop/Order.json": json.dumps(SHOP).encode()}, "1"))
    ) as package:
        model = importlib.import_module(f"{package}.shop").Order
        found = openapi_faults(model, SHOP)
        assert found == {name: DROPPED[name] for name in found}
        path = serve_message(FastAPI(), "/", model).openapi()["paths"]["/"]["post"]
    reference = {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}
    assert path["requestBody"]["content"] == path["responses"]["200"]["content"] == reference


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
    many = TypeAdapter[Any](dict[str, list[CloseChatSessionResponse] | None])  # type: ignore[valid-type]
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
    assert failed == "failed" == str(failed) == f"{failed}" == "%s" % failed  # noqa: UP031
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


def told(response: Any) -> str:
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
        assert told(CloseChatSessionResponse.model_validate(document)) == expected


class WithMethod(CloseChatSessionResponse):  # type: ignore[misc, valid-type]
    __doc__ = CloseChatSessionResponse.__doc__

    @property
    def is_final(self) -> bool:
        return self.status in (RequestStatus.COMPLETED, RequestStatus.FAILED)


class WithField(CloseChatSessionResponse):  # type: ignore[misc, valid-type]
    seen_by: str = "us"


class Closed(CloseChatSessionResponse):  # type: ignore[misc, valid-type]
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


CONSUMER = '''
    """Code of somebody who vendored the package into ``third_party``.

    Each wrong use carries the codes by which mypy and pyright name it; both complain of a comment
    that ignores nothing, so that each is proven to see the types.
    """

    from typing import Any
    from uuid import UUID, uuid4

    from third_party.pydantic_models.operations import (
        MISSING,
        ChatSessionClosedPayload,
        CloseChatSessionResponse,
        RequestStatus,
    )
    from typing_extensions import assert_never, assert_type


    def fields(response: CloseChatSessionResponse) -> None:
        assert_type(response.request_id, UUID)
        assert_type(response.status, RequestStatus)
        assert_type(response.payload, ChatSessionClosedPayload)
        assert_type(response.payload.total_messages, int)
        assert_type(response.payload.duration_seconds, int | None)
        assert_type(response.payload.tool_session_closed, bool)
        assert_type(response.error, str | None)
        assert_type(response.model_extra, dict[str, Any] | None)
        assert_type(CloseChatSessionResponse.model_validate_json(""), CloseChatSessionResponse)


    def built() -> CloseChatSessionResponse:
        payload = ChatSessionClosedPayload(
            session_id="s", closed_at="now", total_messages=1, total_events=2
        )
        return CloseChatSessionResponse(
            request_id=uuid4(), status=RequestStatus.COMPLETED, payload=payload, timestamp="now"
        )


    def wrong(response: CloseChatSessionResponse, payload: ChatSessionClosedPayload) -> int:
        error: str = response.error  # wrong: assignment reportAssignmentType
        response.status = "failed"  # wrong: assignment reportAttributeAccessIssue
        response.payload.closed = 1  # wrong: attr-defined reportAttributeAccessIssue
        CloseChatSessionResponse(
            request_id="x",  # wrong: arg-type reportArgumentType
            status="failed",  # wrong: arg-type reportArgumentType
            payload=payload,
        )
        CloseChatSessionResponse(status=response.status)  # wrong: call-arg reportCallIssue
        ChatSessionClosedPayload("s")  # wrong: call-arg reportCallIssue
        seconds: int = response.payload.duration_seconds  # wrong: assignment reportAssignmentType
        return seconds + len(error)


    def exhaustive(status: RequestStatus) -> str:
        match status:
            case RequestStatus.PENDING | RequestStatus.PROCESSING:
                return "wait"
            case RequestStatus.COMPLETED:
                return "done"
            case RequestStatus.FAILED:
                return "failed"
            case _:
                assert_never(status)


    def not_exhaustive(status: RequestStatus) -> str:
        match status:
            case RequestStatus.COMPLETED:
                return "done"
            case _:
                assert_never(status)  # wrong: arg-type reportArgumentType


    def told(response: CloseChatSessionResponse) -> str:
        match response:
            case CloseChatSessionResponse(status=RequestStatus.FAILED, error=str(reason)):
                return reason
            case CloseChatSessionResponse(payload=ChatSessionClosedPayload(total_messages=count)):
                assert_type(count, int)
                return str(count)
            case _:
                return ""


    class Own(CloseChatSessionResponse):
        seen_by: str = "us"

        def seen(self) -> str:
            stamp = "" if self.timestamp is MISSING else self.timestamp
            return self.seen_by + stamp


    def own() -> str:
        return Own(request_id=uuid4(), status=RequestStatus.FAILED, payload=built().payload).seen()
'''
ABSENT = '''
    """What is absent has a type of its own."""

    from third_party.pydantic_models.operations import MISSING, CloseChatSessionResponse
    from typing_extensions import assert_type


    def stamped(response: CloseChatSessionResponse) -> str:
        wrong: str = response.timestamp  # wrong: assignment reportAssignmentType
        if response.timestamp is MISSING:
            return wrong
        assert_type(response.timestamp, str)
        return response.timestamp
'''
TESTS = '''
    """Tests of one's own, with the kit."""

    from hypothesis import given
    from hypothesis.strategies import SearchStrategy
    from third_party.pydantic_models.operations import CloseChatSessionResponse
    from third_party.pydantic_models.testing import NearMiss, examples, models, near_misses
    from typing_extensions import assert_type

    assert_type(models(CloseChatSessionResponse), SearchStrategy[CloseChatSessionResponse])
    assert_type(near_misses("operations.CloseChatSessionResponse"), SearchStrategy[NearMiss])
    near_misses(1)  # wrong: arg-type reportArgumentType
    assert len(examples(CloseChatSessionResponse)) > 100


    @given(models(CloseChatSessionResponse))
    def test_status(response: CloseChatSessionResponse) -> None:
        assert response.status
'''


IGNORED = r"# type: ignore[\1]  # pyright: ignore[\2]"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project: the package under ``third_party``, and code that uses it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(PACKAGE_FOLDER, folder / "third_party/pydantic_models")
    files = {"app.py": CONSUMER, "absent.py": ABSENT, "tests.py": TESTS}
    for name, content in files.items():
        ignored = re.sub(r"# wrong: (\S+) (\S+)", IGNORED, textwrap.dedent(content).lstrip())
        (folder / name).write_text(ignored)
    (folder / "third_party/__init__.py").touch()
    strict = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.10",
        "enableTypeIgnoreComments": False,
        "reportUnnecessaryTypeIgnoreComment": "error",
        "reportUnusedVariable": False,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(strict))
    return folder


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has pydantic alone."""
    return environment_with("pydantic", tmp_path_factory.mktemp("bare"))[0]


CHECKERS = {
    "mypy": ("mypy", "--strict", "--python-version=3.10", "--python-executable"),
    "pyright": ("pyright", "--pythonpath"),
}


def checked(checker: str, project: Path, python: str | Path, *files: str) -> tuple[int, str]:
    command = [sys.executable, "-m", *CHECKERS[checker], str(python), *files]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True)
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.full
@pytest.mark.parametrize("checker", CHECKERS)
def test_type_checkers_see_the_types(checker: str, project: Path) -> None:
    """Each right line is right, each wrong one wrong by its code."""
    status, said = checked(
        checker, project, sys.executable, "app.py", "absent.py", "tests.py", "third_party"
    )
    assert status == 0, said


@pytest.mark.full
@pytest.mark.parametrize("checker", CHECKERS)
def test_type_checkers_find_nothing_where_there_is_no_hypothesis(
    checker: str, project: Path, bare: Path
) -> None:
    status, said = checked(checker, project, bare, "tests.py", "third_party")
    assert status == 1
    assert "hypothesis" in said  # the tests of one's own need it
    assert "testing.py" not in said
