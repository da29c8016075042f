"""Random schemas of the dialect, random documents: models and schema agree on all."""

import importlib
import json
from random import Random
from typing import Any

from contract import build
from documents import Document, Documents
from generate import render
from oracle import Oracle
from proof import disagreements, imported, prove
from test_random import near_miss

SCHEMAS = 30
NEAR_MISSES = 60
NAMES = ["id", "type", "items", "content-type", "1st", "_x", "copy", "A", "value", "b c"]
BOUNDS: list[dict[str, Any]] = [{}, {"minimum": -3}, {"exclusiveMaximum": 7, "minimum": 2}]
LEAVES: list[dict[str, Any]] = [
    {},
    {"type": "null"},
    {"type": "boolean"},
    {"type": "string"},
    {"type": "string", "minLength": 1, "maxLength": 2},
    {"type": "string", "enum": ["a", "b c", ""]},
    {"type": "string", "format": "uuid"},
    *({"type": "integer", **bounds} for bounds in BOUNDS),
    {"type": "integer", "multipleOf": 3},
    *({"type": "number", **bounds} for bounds in BOUNDS),
    {"type": "number", "maximum": 0.5},
]


def subschema(random: Random, classes: list[str], depth: int = 0) -> dict[str, Any]:
    """A leaf, a reference, or one of these within an array, a map or beside null."""
    kinds = ["leaf", "leaf", "class", "array", "map", "nullable", "union"]
    kind = random.choice(kinds[: 7 - depth])
    if kind == "leaf":
        return dict(random.choice(LEAVES))
    if kind == "class":
        return {"$ref": f"#/$defs/{random.choice(classes)}"}
    inner = subschema(random, classes, depth + 1)
    if kind == "union":
        others = [it for it in (inner, *random.sample(LEAVES, 2)) if "anyOf" not in it]
        branches = [it for it in others if it.get("type") != "null"]
        distinct = [it for index, it in enumerate(branches) if it not in branches[:index]]
        return {"anyOf": [*distinct, {"type": "null"}]}
    if kind == "nullable" and "anyOf" not in inner and inner.get("type") != "null":
        return {"anyOf": [inner, {"type": "null"}]}
    if kind == "array":
        return {"type": "array", "items": inner, **random.choice([{}, {"minItems": 1}])}
    return {"type": "object", "additionalProperties": inner or True}


def object_class(random: Random, name: str, classes: list[str]) -> dict[str, Any]:
    members = {it: subschema(random, classes) for it in random.sample(NAMES, random.randrange(5))}
    # A required member that holds a class could need itself without end.
    needed = [
        it for it in members if "$ref" not in json.dumps(members[it]) and random.random() < 0.4
    ]
    return {
        "title": name,
        "type": "object",
        "properties": members,
        **({"required": needed} if needed else {}),
        **random.choice([{}, {"additionalProperties": False}]),
    }


def message(random: Random) -> dict[str, Any]:
    """A message and the classes that it reaches."""
    classes = {name: object_class(random, name, ["B", "C"]) for name in ("B", "C")}
    schema = object_class(random, "Message", list(classes))
    text = json.dumps(schema)
    used = {it for it in classes if f"#/$defs/{it}" in text}
    if used:
        others = json.dumps([classes[it] for it in used])
        used |= {it for it in classes if f"#/$defs/{it}" in others}
    return {**schema, **({"$defs": {it: classes[it] for it in sorted(used)}} if used else {})}


def test_random_schemas_have_exact_models() -> None:
    random = Random(0)
    schemas = {f"m{index}": message(random) for index in range(SCHEMAS)}
    sources = {f"{name}/Message.json": json.dumps(it).encode() for name, it in schemas.items()}
    contract = build(sources, "1")
    files = render(contract)
    proof = prove(contract, files)
    assert proof.documents >= 100 * SCHEMAS
    accepted = refused = 0
    with imported(files) as package:
        for name, schema in schemas.items():
            model, oracle = importlib.import_module(f"{package}.{name}").Message, Oracle(schema)
            valid = [it.instance for it in Documents(schema) if oracle.accepts(it.instance)]
            tried = [near_miss(random.choice(valid), random) for _ in range(NEAR_MISSES)]
            tried = [near_miss(it, random) if random.random() < 0.5 else it for it in tried]
            assert list(disagreements(model, oracle, [Document(name, it) for it in tried])) == []
            accepted += sum(map(oracle.accepts, tried))
            refused += len(tried) - sum(map(oracle.accepts, tried))
    assert accepted >= 10 * SCHEMAS
    assert refused >= 10 * SCHEMAS
