"""A default changes no verdict, is the Python default where Python has the same value, and never
turns absent into present."""

import importlib
import json
from collections.abc import Generator
from typing import Any, NamedTuple

import pytest
from contract.subschemas import Schema
from models.sharing import python_classes
from output.package import package_code
from proof.sandbox import imported_package
from pydantic_core import MISSING

from tests.zoo.judging import prove
from tests.zoo.small_schemas import TEXT, contract_of, contract_of_files, members

ITEM: Schema = {"title": "Item", "type": "object", "properties": {"n": {"type": "integer"}}}
KIND: Schema = {"title": "Kind", "type": "string", "enum": ["a", "b"]}
UNTITLED: Schema = {"type": "string", "enum": ["a", "b"]}
DEFINITIONS: dict[str, Schema] = {
    "Item": ITEM,
    "Kind": KIND,
    "Untitled": UNTITLED,
    "Titled": {"title": "Another", **UNTITLED},
    "Numbers": {"enum": [1, 2]},
    "Alias": {"description": "d", "allOf": [UNTITLED]},
}
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
    "a member of an enum without a title": ({"$ref": "#/$defs/Untitled"}, "b", "b"),
    "a member of an enum with another title": ({"$ref": "#/$defs/Titled"}, "b", "b"),
    "members of an enum without a title": (
        {"type": "array", "items": {"$ref": "#/$defs/Untitled"}},
        ["b"],
        ["b"],
    ),
    "members of an enum": ({"type": "array", "items": {"$ref": "#/$defs/Kind"}}, ["b"], ["b"]),
    "a map of members": (
        {"type": "object", "additionalProperties": {"$ref": "#/$defs/Kind"}},
        {"k": "b"},
        {"k": "b"},
    ),
    "a member or null": ({"oneOf": [{"$ref": "#/$defs/Kind"}, {"type": "null"}]}, "b", "b"),
    "a member or any text": ({"anyOf": [{"$ref": "#/$defs/Kind"}, TEXT]}, "b", TOLD),
    "a text beside members": ({"anyOf": [{"$ref": "#/$defs/Kind"}, TEXT]}, "c", "c"),
    "a text beside a class": ({"oneOf": [{"$ref": "#/$defs/Item"}, TEXT]}, "c", "c"),
    "a text beside an object": ({**ITEM, "type": ["object", "string"]}, "c", "c"),
    "an object beside a text": ({"oneOf": [{"$ref": "#/$defs/Item"}, TEXT]}, {}, TOLD),
    "a tuple": (
        {"type": "array", "prefixItems": [TEXT, {"$ref": "#/$defs/Kind"}], "minItems": 2},
        ["a", "b", 1],
        ("a", "b", 1),
    ),
    "tuples": (
        {"type": "array", "items": {"type": "array", "prefixItems": [TEXT], "minItems": 1}},
        [["a"]],
        [("a",)],
    ),
    "a text of a format": ({**TEXT, "format": "date"}, "2026-01-31", "2026-01-31"),
    "null beside an enum": (
        {"anyOf": [{"$ref": "#/$defs/Kind"}, {"type": "null"}]},
        None,
        None,
    ),
    "a number of an enum": ({"$ref": "#/$defs/Numbers"}, 2, 2),
    "of an enum by way of another definition": ({"$ref": "#/$defs/Alias"}, "b", "b"),
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
        defs = {it: DEFINITIONS[it] for it in DEFINITIONS if f"/{it}" in json.dumps(schema)}
        members = {"properties": {"it": {**schema, "default": default}}}
        message = {"type": "object", **members, **({"$defs": defs} if defs else {})}
        sources[f"m{index}/Plain.json"] = message
        sources[f"m{index}/Required.json"] = {**message, "required": ["it"]}
    contract = contract_of_files(sources)
    files = package_code(contract, formatted=False)
    assert prove(contract, files).documents >= 30 * len(sources)
    with imported_package(files) as package:
        modules = [importlib.import_module(f"{package}.m{index}") for index in range(len(DEFAULTS))]
        found = [Found(it.Plain, it.Required) for it in modules]
        yield dict(zip(DEFAULTS, found, strict=True))


@pytest.mark.parametrize("name", DEFAULTS)
@pytest.mark.one_in(4)
def test_absent_reads_as_the_default_and_stays_absent(name: str, models: dict[str, Found]) -> None:
    _, default, value = DEFAULTS[name]
    message = models[name].plain()
    assert message.model_dump_json(exclude_unset=True) == "{}"
    if value == TOLD:
        assert message.it is MISSING
        assert message.model_dump_json() == "{}"
    else:
        assert message.it == value
        assert isinstance(message.it, type(value))
        read = models[name].plain.model_validate({"it": default})
        assert repr(message.it) == repr(read.it)
        assert json.loads(message.model_dump_json()) == {"it": default}


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


ON: Schema = {**TEXT, "default": "x"}


def within(holder: Schema, **definitions: Schema) -> Schema:
    return {**holder, "$defs": definitions}


C: Schema = {"$ref": "#/$defs/C"}
EITHER: Schema = {"oneOf": [C, {"$ref": "#/$defs/D"}]}
# A message, and the defaults that its models fill in.
FILLED: dict[str, tuple[Schema, set[str]]] = {
    "nothing else": (within(members(p=C), C=members(a=ON)), {"a"}),
    "maxProperties": ({**members(a=ON, b=TEXT), "maxProperties": 1}, set()),
    "maxProperties beside a reference": (
        within(members(p={**C, "maxProperties": 0}), C=members(a=ON)),
        set(),
    ),
    "minProperties": ({**members(a=ON), "minProperties": 0}, {"a"}),
    "what depends on it": ({**members(a=ON, b=TEXT), "dependentRequired": {"a": ["b"]}}, set()),
    "what depends on another": (
        {**members(a=ON, b=TEXT), "dependentRequired": {"b": ["c"]}},
        {"a"},
    ),
    "not": ({**members(a=ON), "not": {"required": ["a"]}}, set()),
    "propertyNames": ({**members(a=ON), "propertyNames": {"pattern": "^b"}}, set()),
    "a pattern of its name": (
        {**members(a=ON), "patternProperties": {"^a": {"minLength": 3}}},
        set(),
    ),
    "a pattern of other names": (
        {**members(a=ON), "patternProperties": {"^z": {"minLength": 3}}},
        {"a"},
    ),
    "if": (
        {
            **members(a=ON, b=TEXT),
            "if": {"properties": {"a": {"const": "x"}}, "required": ["a"]},
            "then": {"required": ["b"]},
        },
        set(),
    ),
    "a const of the whole": ({**members(a=ON), "const": {}}, set()),
    "branches of others": (
        {**members(a=ON), "anyOf": [{"required": ["b"]}, {"required": ["c"]}]},
        {"a"},
    ),
    "branches that a default would change": (
        {**members(a=ON, b=TEXT), "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        set(),
    ),
    "a oneOf that overlaps": (
        within(members(p=EITHER), C=members(a=ON), D={**members(a=TEXT), "required": ["a"]}),
        set(),
    ),
    "a oneOf that a tag divides": (
        within(
            members(p=EITHER),
            C={**members(t={"const": "c"}, a=ON), "required": ["t"]},
            D={**members(t={"const": "d"}, a=TEXT), "required": ["t", "a"]},
        ),
        {"a"},
    ),
    "a pattern of names that tells another class": (
        within(
            {
                **{"type": "object", "patternProperties": {"^c": C, "^d": {"$ref": "#/$defs/D"}}},
                "additionalProperties": False,
            },
            C=members(a=ON),
            D={**members(b=TEXT), "additionalProperties": False},
        ),
        set(),
    ),
    "a part of an allOf": (
        within(
            members(p={"allOf": [{"anyOf": [C, TEXT]}, {"not": {"required": ["a"]}}]}),
            C=members(a=ON),
        ),
        set(),
    ),
    "maxProperties beside an allOf": (
        within(
            members(p={"allOf": [{"anyOf": [C, TEXT]}, {"minLength": 1}], "maxProperties": 0}),
            C=members(a=ON),
        ),
        set(),
    ),
    "uniqueItems": (
        within({"type": "array", "items": C, "uniqueItems": True}, C=members(a=ON)),
        set(),
    ),
    "contains": (
        within(
            {"type": "array", "items": C, "contains": {"required": ["a"]}, "maxContains": 1},
            C=members(a=ON),
        ),
        set(),
    ),
    "not, of what is within": (
        within(
            {**members(p=C), "not": {"properties": {"p": {"required": ["a"]}}, "required": ["p"]}},
            C=members(a=ON),
        ),
        set(),
    ),
    "in a tuple": (
        within(
            {
                "type": "array",
                "prefixItems": [{**C, "not": {"required": ["a"]}}, TEXT],
                **{"minItems": 2, "maxItems": 2},
            },
            C=members(a=ON),
        ),
        set(),
    ),
}


@pytest.mark.parametrize("name", FILLED)
@pytest.mark.one_in(6)
def test_a_default_that_breaks_another_keyword_stays_an_annotation(name: str) -> None:
    schema, expected = FILLED[name]
    contract = contract_of(m_Message=schema)
    fields = [it for found in python_classes(contract)["m"].classes.values() for it in found.fields]
    assert {it.key for it in fields if it.default == "'x'"} == expected
    assert prove(contract).documents >= 80


def test_defaults_are_not_shared(models: dict[str, Found]) -> None:
    first, second = (models["a list"].plain() for _ in range(2))
    first.it.append("b")
    assert second.it == ["a"]
