"""Small schemas that many tests are made of, and contracts of them."""

import json
from collections.abc import Mapping
from typing import Any

from contract.read import DEFAULT_SETTINGS, Contract, build_contract
from contract.settings import Settings
from contract.subschemas import DEFINITION_PREFIX, Schema
from models.classes import PythonModule
from models.sharing import python_classes

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}


def members(**properties: Any) -> Schema:
    return {"type": "object", "properties": properties}


def member(**schema: Any) -> Schema:
    """An object whose member ``it`` has this schema."""
    return members(it=schema)


def ref(name: str) -> Schema:
    return {"$ref": DEFINITION_PREFIX + name}


def contract_of(**files: Any) -> Contract:
    """Files by MODULE_MESSAGE."""
    return contract_of_files({f"{name.replace('_', '/')}.json": it for name, it in files.items()})


def contract_of_files(files: Mapping[str, Any], settings: Settings = DEFAULT_SETTINGS) -> Contract:
    """Files by their path."""
    sources = {path: json.dumps(schema).encode() for path, schema in files.items()}
    return build_contract(sources, "1", settings)


def classes_of(schema: Any) -> PythonModule:
    return python_classes(contract_of(m_Message=schema))["m"]


def branch(tag: str, value: str | float, **more: Any) -> Any:
    properties = {tag: {"const": value}, **more}
    return {"type": "object", "properties": properties, "required": [tag]}
