"""The first contract's message, and documents of it."""

import json
from typing import Any

from tests.zoo.first_contract import CONTRACT, PACKAGE
from tests.zoo.questions import Message, messages_of

__all__ = ["CLOSE_CHAT", "Message", "text", "valid", "with_payload"]

(CLOSE_CHAT,) = messages_of(CONTRACT, PACKAGE)


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
