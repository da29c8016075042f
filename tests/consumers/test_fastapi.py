"""A server takes what the contract takes and answers it as it was read; OpenAPI says the same."""

import importlib
import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
import uvicorn
from contract.json_values import is_array, is_object, json_pointer
from contract.subschemas import Schema
from fastapi import FastAPI
from output.package import package_code
from proof.emitted import schema_differences
from proof.sandbox import imported_package
from pydantic import BaseModel
from runtime._conformance import comparable_value

from tests.zoo.first_contract import models, testing
from tests.zoo.judging import imported
from tests.zoo.messages import CLOSE_CHAT, text, valid, with_payload
from tests.zoo.small_schemas import contract_of

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
    paths = [it["loc"] for it in json.loads(answer)["detail"]]
    assert {it[0] for it in paths} == {"body"}
    return sorted(json_pointer(it[1:]) for it in paths)


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
    emitted = app.openapi()["components"]["schemas"]
    own = {"HTTPValidationError", "ValidationError"}
    root = {word: it for word, it in schema.items() if word != "$defs"}
    expected = {**schema["$defs"], model.__name__: root}
    assert emitted.keys() - own == expected.keys()  # none twice, as -Input and -Output
    return {
        name: [*schema_differences(for_openapi(expected[name]), emitted[name])] for name in expected
    }


def test_openapi_carries_the_schema() -> None:
    faults = openapi_faults(CLOSE_CHAT.model, CLOSE_CHAT.schema)
    assert faults == {name: DROPPED[name] for name in faults}


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
    with imported(contract_of(m_Message=schema)) as module:
        model = module.Message
        faults = openapi_faults(model, schema)
    assert faults == {definition: [] for definition in faults}


def test_openapi_carries_the_rarer_keywords() -> None:
    with imported_package(package_code(contract_of(shop_Order=SHOP))) as package:
        model = importlib.import_module(f"{package}.shop").Order
        faults = openapi_faults(model, SHOP)
        assert faults == {name: DROPPED[name] for name in faults}
        path = serve_message(FastAPI(), "/", model).openapi()["paths"]["/"]["post"]
    reference = {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}
    assert path["requestBody"]["content"] == path["responses"]["200"]["content"] == reference
