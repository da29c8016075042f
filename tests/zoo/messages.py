"""The messages under test: every schema of the repository with its generated model."""

import importlib
import json
from typing import Any, NamedTuple

import pytest
from contract.project import ROOT, contract_version
from contract.read import build_contract, read_schema_files
from contract.subschemas import Schema
from oracle.oracle import Oracle
from pydantic import BaseModel

CONTRACT = build_contract(read_schema_files(ROOT / "schemas"), contract_version())


class Message(NamedTuple):
    """One top-level schema, its model as it lies in ``generated/`` and its oracle."""

    name: str
    schema: Schema
    model: type[BaseModel]
    oracle: Oracle


def message(module: str, name: str, schema: Schema) -> Message:
    model = getattr(importlib.import_module(f"pydantic_models.{module}"), name)
    return Message(f"{module}/{name}", schema, model, Oracle(schema))


MESSAGES = [
    message(module, name, schema)
    for module, it in CONTRACT.modules.items()
    for name, schema in it.messages.items()
]
CLOSE_CHAT = next(it for it in MESSAGES if it.name == "operations/CloseChatSessionResponse")
every_message = pytest.mark.parametrize("message", MESSAGES, ids=lambda it: it.name)


def valid(**changes: Any) -> dict[str, Any]:
    """The least valid CloseChatSessionResponse, some of its members exchanged or added."""
    payload = {"session_id": "s", "closed_at": "t", "total_messages": 1, "total_events": 2}
    least = {
        "request_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "status": "failed",
        "payload": payload,
    }
    return {**least, **changes}


def with_payload(**changes: Any) -> dict[str, Any]:
    return valid(payload={**valid()["payload"], **changes})


def text(instance: Any) -> str:
    return json.dumps(instance)
