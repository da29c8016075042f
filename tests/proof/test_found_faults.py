"""What once crashed or was refused though JSON Schema allows it: each kind with its neighbours."""

import json
from typing import Any

import pytest
from contract.read import Contract, build_contract
from contract.subschemas import Schema
from generate import render

pytestmark = pytest.mark.dialect


def contract_of(**files: Any) -> Contract:
    """Files by MODULE_MESSAGE."""
    return build_contract(
        {f"{name.replace('_', '/')}.json": json.dumps(it).encode() for name, it in files.items()},
        "1",
    )


def members(**properties: Any) -> Schema:
    return {"type": "object", "properties": properties}


LARGEST = 1.7976931348623157e308
NUMBERS_AT_THE_END = {
    "the largest double of an enum": {"enum": [LARGEST, 3]},
    "the least double as a const": {"const": -LARGEST},
    "both within a value": {"const": [LARGEST, {"a": -LARGEST}]},
    "an integer just beyond all doubles": {"const": int(LARGEST) + 1},
    "integers far beyond all doubles": {"enum": [10**400, -(10**400), LARGEST]},
    "of a typed property": members(a={"type": "number", "enum": [LARGEST, -LARGEST]}),
    "the smallest doubles": {"enum": [5e-324, -5e-324, 0.0]},
}


@pytest.mark.parametrize("name", NUMBERS_AT_THE_END)
def test_a_number_at_the_end_of_the_doubles_is_exact(name: str) -> None:
    assert render(contract_of(m_Message=NUMBERS_AT_THE_END[name])).proof.documents >= 30
