"""Every keyword, wherever it stands: the models are exact by the engine's documents."""

import json
from typing import Any

import pytest
from contract import build
from generate import render
from keywords import KEYWORDS
from proof import prove
from values import Schema


def places(schema: Schema) -> dict[str, Schema]:
    """The schema as a message, as a member, among others, within a list, a map and a union."""
    inner = {word: it for word, it in schema.items() if word != "$defs"}
    around = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    value: dict[str, Schema] = {
        "Optional": {"type": "object", "properties": {"it": inner}},
        "Closed": {"type": "object", "properties": {"it": inner}, "additionalProperties": False},
        "Items": {"type": "array", "items": inner},
        "Values": {"type": "object", "additionalProperties": inner},
        "Nullable": {
            "type": "object",
            "properties": {"it": {"anyOf": [inner, {"type": "null"}], "default": None}},
        },
        "Either": {"anyOf": [inner, {"type": "string", "const": "other"}]},
        "Both": {"allOf": [inner, {}]},
        "Not": {"not": inner},
    }
    return {"Message": schema, **{name: {**it, **around} for name, it in value.items()}}


@pytest.mark.parametrize("name", KEYWORDS)
def test_every_keyword_is_exact_in_every_place(name: str) -> None:
    found: dict[str, Any] = places(KEYWORDS[name])
    sources = {f"m{index}/{it}.json": found[it] for index, it in enumerate(found)}
    contract = build({path: json.dumps(it).encode() for path, it in sources.items()}, "1")
    assert prove(contract, render(contract)).documents >= 100
