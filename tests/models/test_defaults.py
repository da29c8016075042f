"""A default changes no verdict, is the Python default where Python has the same value, and never
turns absent into present."""

import importlib
import json
from collections.abc import Generator
from typing import Any, NamedTuple

import pytest
from contract.read import build_contract
from contract.subschemas import Schema
from output.package import package_code
from proof.agreement import prove
from proof.sandbox import imported_package
from pydantic_core import MISSING

TEXT: Schema = {"type": "string"}
ITEM: Schema = {"title": "Item", "type": "object", "properties": {"n": {"type": "integer"}}}
KIND: Schema = {"title": "Kind", "type": "string", "enum": ["a", "b"]}
TOLD = "only told"
# A schema, its default, and the value of the attribute where it is absent.
DEFAULTS: dict[str, tuple[Schema, Any, Any]] = {
    "text": (TEXT, "a", "a"),
    "empty text": (TEXT, "", ""),
    "null": ({"anyOf": [TEXT, {"type": "null"}]}, None, None),
    "null of a list of types": ({"type": ["string", "null"]}, None, None),
    "false": ({"type": "boolean"}, False, False),
    "zero": ({"type": "integer"}, 0, 0),
    "a fraction": ({"type": "number"}, 0.5, 0.5),
    "a large integer": ({"type": "integer"}, 2**70, 2**70),
    "an empty list": ({"type": "array", "items": TEXT}, [], []),
    "a list": ({"type": "array", "items": TEXT}, ["a"], ["a"]),
    "a map": ({"type": "object", "additionalProperties": TEXT}, {"k": "v"}, {"k": "v"}),
    "free content": ({}, {"k": [1, None]}, {"k": [1, None]}),
    "a member of an enum": ({"$ref": "#/$defs/Kind"}, "b", "b"),
    "a literal": ({"enum": ["a", "b"]}, "a", "a"),
    "a text with a pattern": ({"type": "string", "pattern": r"^\d+$"}, "12", "12"),
    "a set": ({"type": "array", "items": TEXT, "uniqueItems": True}, ["a"], ["a"]),
    "an integer as a float": ({"type": "integer"}, 1.0, TOLD),
    "a UUID": ({**TEXT, "format": "uuid"}, "0f8fad5b-d9cb-469f-a165-70867728950e", TOLD),
    "an object of a class": ({"$ref": "#/$defs/Item"}, {"n": 1}, TOLD),
    "an object described in place": (ITEM, {"n": 1}, TOLD),
    "objects of a class": ({"type": "array", "items": {"$ref": "#/$defs/Item"}}, [{"n": 1}], TOLD),
    "of another type": (TEXT, 1, TOLD),
    "out of bounds": ({"type": "integer", "maximum": 3}, 4, TOLD),
    "null where null is wrong": (TEXT, None, TOLD),
    "no member of the enum": ({"$ref": "#/$defs/Kind"}, "c", TOLD),
}


class Found(NamedTuple):
    plain: Any
    required: Any


@pytest.fixture(scope="module")
def models() -> Generator[dict[str, Found]]:
    """By name the message with the default and the one that requires the member all the same."""
    sources: dict[str, Schema] = {}
    for index, (schema, default, _) in enumerate(DEFAULTS.values()):
        defs = {it["title"]: it for it in (ITEM, KIND) if f"/{it['title']}" in json.dumps(schema)}
        members = {"properties": {"it": {**schema, "default": default}}}
        message = {"type": "object", **members, **({"$defs": defs} if defs else {})}
        sources[f"m{index}/Plain.json"] = message
        sources[f"m{index}/Required.json"] = {**message, "required": ["it"]}
    contract = build_contract({path: json.dumps(it).encode() for path, it in sources.items()}, "1")
    files = package_code(contract)
    assert prove(contract, files).documents >= 30 * len(sources)
    with imported_package(files) as package:
        modules = [importlib.import_module(f"{package}.m{index}") for index in range(len(DEFAULTS))]
        found = [Found(it.Plain, it.Required) for it in modules]
        yield dict(zip(DEFAULTS, found, strict=True))


@pytest.mark.parametrize("name", DEFAULTS)
def test_absent_reads_as_the_default_and_stays_absent(name: str, models: dict[str, Found]) -> None:
    _, _, value = DEFAULTS[name]
    message = models[name].plain()
    assert message.model_dump_json(exclude_unset=True) == "{}"
    if value == TOLD:
        assert message.it is MISSING
        assert message.model_dump_json() == "{}"
    else:
        assert message.it == value
        assert isinstance(message.it, type(value))
        assert json.loads(message.model_dump_json()) == {"it": value}


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default_is_emitted_and_requires_nothing_less(
    name: str, models: dict[str, Found]
) -> None:
    _, default, _ = DEFAULTS[name]
    for model in models[name]:
        emitted = model.model_json_schema()["properties"]["it"]["default"]
        assert json.dumps(emitted) == json.dumps(default)
    with pytest.raises(ValueError, match="missing"):
        models[name].required.model_validate({})


def test_defaults_are_not_shared(models: dict[str, Found]) -> None:
    first, second = (models["a list"].plain() for _ in range(2))
    first.it.append("b")
    assert second.it == ["a"]
