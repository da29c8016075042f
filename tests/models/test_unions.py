"""An instance of a class enters a union that a tag tells apart, whatever its attribute is."""

import json
from importlib import import_module
from typing import Any

import pytest
from contract.read import build_contract
from models.sharing import python_classes
from output.package import python_package
from proof.sandbox import imported_package


def branch(tag: str, value: str, **more: Any) -> Any:
    properties = {tag: {"const": value}, "next": {"$ref": "#/$defs/Either"}, **more}
    return {"type": "object", "properties": properties, "required": [tag]}


# The name of the tag; the last two are called like a class, and like the other class's attribute.
@pytest.mark.parametrize("tag", ["kind", "@type", "class", "model_x", "First", "@other"])
@pytest.mark.parametrize("more", [[], [{"type": "string"}]], ids=["objects", "beside-a-string"])
def test_instances_and_documents_enter_their_branch(tag: str, more: list[Any]) -> None:
    branches = [{"$ref": "#/$defs/First"}, {"$ref": "#/$defs/Second"}, *more]
    definitions = {
        "Either": {"oneOf": branches},
        "First": branch(tag, "a"),
        "Second": branch(tag, "b", other={"type": "string"}),
    }
    schema = {
        "type": "object",
        "properties": {"it": {"$ref": "#/$defs/Either"}},
        "$defs": definitions,
    }
    contract = build_contract({"m/Thing.json": json.dumps(schema).encode()}, "1")
    package = python_package(contract, python_classes(contract), formatted=False)
    inner = {tag: "b", "other": "a"}
    with imported_package(package) as name:
        module: Any = import_module(f"{name}.m")
        for value in (inner, {tag: "a", "next": inner}):
            made = module.First if value[tag] == "a" else module.Second
            for given in (value, made.model_validate(value)):
                thing = module.Thing(it=given)
                assert isinstance(thing.it, made)
                assert json.loads(thing.model_dump_json(exclude_unset=True)) == {"it": value}


A, B = ({"type": "object", "properties": {it: {"type": "string"}}, "required": [it]} for it in "ab")
LISTS = [{"type": "array", "items": {"type": it}} for it in ("string", "integer")]
# A schema with a type and branches, and its type in Python.
TYPED: list[tuple[Any, str]] = [
    ({"type": "object", "oneOf": [A, B]}, "ThingItWithA | ThingItWithB"),
    ({"type": "object", "anyOf": [A, {"allOf": [A, B]}]}, "ThingItOption1 | ThingItWithB"),
    (
        {"type": "object", "anyOf": [B, {"type": "object", "oneOf": [A, B]}]},
        "ThingItWithB | (ThingItOption2WithA | ThingItOption2WithB)",
    ),
    ({"type": "array", "anyOf": LISTS}, "list[str] | list[int]"),
    ({"type": "object", "oneOf": [A, {"type": "object"}]}, "dict[str, Any]"),
    ({"type": "object", "oneOf": [A, {"required": ["b"]}]}, "dict[str, Any]"),
    ({"type": "object", "oneOf": [A, B], "additionalProperties": LISTS[0]}, "dict[str, list[str]]"),
    ({"type": "array", "anyOf": LISTS, "items": {"type": "null"}}, "list[None]"),
]


@pytest.mark.parametrize(("schema", "kind"), TYPED)
def test_a_type_beside_branches_of_that_type_leaves_them_typed(schema: Any, kind: str) -> None:
    thing = {"type": "object", "properties": {"it": schema}, "required": ["it"]}
    contract = build_contract({"m/Thing.json": json.dumps(thing).encode()}, "1")
    assert python_classes(contract)["m"].classes["Thing"].field_of["it"].plain == kind
