"""Parts of bad input, for which a refusal has the place of ``FILE``."""

import json
from typing import Any

from contract.subschemas import Schema

FILE = "operations/Message.json"
# The files of a contract, and a line of the refusal.
Refusals = dict[str, tuple[dict[str, bytes], str]]


def message(**members: Any) -> Schema:
    """A message with one member, whose schema and whose neighbours may be given."""
    return {"title": "Message", "type": "object", "properties": {}, **members}


def member(**schema: Any) -> Schema:
    return message(properties={"it": schema})


def text(schema: Any) -> bytes:
    return json.dumps(schema).encode()
