"""Small schemas that many tests are made of, and contracts of them."""

import json
from typing import Any

from contract.read import Contract, build_contract
from contract.subschemas import DEFINITION_PREFIX, Schema

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}


def members(**properties: Any) -> Schema:
    return {"type": "object", "properties": properties}


def ref(name: str) -> Schema:
    return {"$ref": DEFINITION_PREFIX + name}


def contract_of(**files: Any) -> Contract:
    """Files by MODULE_MESSAGE."""
    return build_contract(
        {f"{name.replace('_', '/')}.json": json.dumps(it).encode() for name, it in files.items()},
        "1",
    )


TEXT, NUMBER = {"type": "string"}, {"type": "number"}


def branch(tag: str, value: str | float, **more: Any) -> Any:
    properties = {tag: {"const": value}, **more}
    return {"type": "object", "properties": properties, "required": [tag]}
