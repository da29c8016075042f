"""What is asked of a message, whatever contract it is of."""

import importlib
from collections.abc import Iterator
from typing import NamedTuple

from contract.read import Contract
from contract.subschemas import Schema
from oracle.oracle import Oracle, oracle_for
from pydantic import BaseModel


class Message(NamedTuple):
    """One top-level schema in normal form, its model and its oracle."""

    name: str
    schema: Schema
    model: type[BaseModel]
    oracle: Oracle


def messages_of(contract: Contract, package: str) -> Iterator[Message]:
    """Every message of the contract with its model in the imported package."""
    for module, it in contract.modules.items():
        models = importlib.import_module(f"{package}.{module}")
        for name, schema in it.messages.items():
            oracle = oracle_for(contract, module, name)
            yield Message(f"{module}/{name}", schema, getattr(models, name), oracle)
