"""What the dialect takes beyond the first contract is exact too, by the engine's documents."""

import json
from typing import Any

import pytest
from contract.dialect import is_surely_kept, schema_refusals
from contract.drafts import LATEST_DRAFT

from tests.zoo.judging import prove
from tests.zoo.keywords import KEYWORDS
from tests.zoo.small_schemas import contract_of_files

pytestmark = pytest.mark.dialect

INNER = {"title": "Inner", "type": "object", "properties": {"x": {"type": "integer"}}}
ENUM = {"title": "Kind", "type": "string", "enum": ["a", "b c", "", "A", "1", "mro", '"""\\']}
UUID = {"type": "string", "format": "uuid"}
HARD_TEXT = 'quotes \' " """ \\ braces {x} {{ }} newline\n percent %s unicode \u2028 \u202e end'

MEMBERS: dict[str, dict[str, Any]] = {
    "anything": {},
    "text": {"type": "string", "minLength": 2, "maxLength": 3},
    "size_as_float": {"type": "string", "minLength": 2.0},
    "literal": {"type": "string", "enum": ["a", "b", HARD_TEXT]},
    "one": {"type": "string", "const": "a", "default": "a"},
    "one_hard": {"type": "string", "const": HARD_TEXT},
    "annotated": {
        "type": "integer",
        "deprecated": True,
        "readOnly": True,
        "$comment": HARD_TEXT,
        "x-team": {"name": HARD_TEXT, "size": [1, None, True]},
    },
    "annotated-within": {"type": "array", "items": {"type": "string", "x-unit": "s"}},
    "annotated_reference": {"$ref": "#/$defs/Kind", "x-order": 1, "default": "a"},
    "x-aliased": {"type": "string", "x-order": 1, "default": "d"},
    "identifier": UUID,
    "flag": {"type": "boolean"},
    "nothing": {"type": "null"},
    "whole": {"type": "integer"},
    "bounded": {"type": "integer", "exclusiveMinimum": -3, "maximum": 7},
    "beyond_int64": {"type": "integer", "minimum": -(2**70), "maximum": 10**23 - 1},
    "bound_as_float": {"type": "integer", "minimum": 1e20},
    "tens": {"type": "integer", "multipleOf": 10},
    "sixes": {"type": "integer", "minimum": 8, "maximum": 20, "multipleOf": 6},
    "amount": {"type": "number"},
    "share": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    "half": {"type": "number", "minimum": 0.5, "maximum": 5.5},
    "below_half": {"type": "number", "exclusiveMinimum": -5.5, "exclusiveMaximum": -0.5},
    "large": {"type": "number", "maximum": 2**53 - 1},
    "list_of_anything": {"type": "array", "items": {}},
    "words": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 3},
    "empty_list": {"type": "array", "items": {"type": "integer"}, "maxItems": 0},
    "nullable_items": {"type": "array", "items": {"anyOf": [UUID, {"type": "null"}]}},
    "map": {"type": "object", "additionalProperties": True, "minProperties": 1, "maxProperties": 2},
    "counts": {
        "type": "object",
        "additionalProperties": {"type": "integer", "minimum": 0},
        "minProperties": 2,
    },
    "map_of_maps": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/Kind"},
        },
    },
    "text_or_count": {
        "anyOf": [{"type": "string"}, {"type": "integer", "minimum": 0}],
        "default": "abc",
    },
    "union": {
        "anyOf": [
            UUID,
            {"type": "string", "maxLength": 3},
            {"type": "number", "minimum": 0.5},
            {"type": "boolean"},
            {"type": "null"},
        ]
    },
    "whole_or_number": {"anyOf": [{"type": "integer"}, {"type": "number"}]},
    "class_or_kind": {
        "anyOf": [
            {"$ref": "#/$defs/Inner"},
            {"$ref": "#/$defs/Kind"},
            {"type": "array", "items": {"$ref": "#/$defs/Inner"}, "minItems": 1},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ]
    },
    "union_of_two_classes": {"anyOf": [{"$ref": "#/$defs/Inner"}, {"$ref": "#/$defs/Other"}]},
    "nullable_list_of_unions": {
        "anyOf": [
            {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "boolean"}]}},
            {"type": "null"},
        ],
        "default": None,
    },
    "classes": {"type": "array", "items": {"$ref": "#/$defs/Inner"}, "default": []},
    "nullable_class": {"anyOf": [{"$ref": "#/$defs/Inner"}, {"type": "null"}], "default": None},
    "kind": {"$ref": "#/$defs/Kind", "default": "b c", "description": HARD_TEXT},
    "alias": {"$ref": "#/$defs/Ids"},
    "hard_text": {
        "type": "string",
        "default": HARD_TEXT,
        "examples": [HARD_TEXT, [HARD_TEXT]],
    },
    "described": {"type": "integer", "title": HARD_TEXT, "description": HARD_TEXT, "default": 2},
    "map_default": {
        "type": "object",
        "additionalProperties": True,
        "default": {"a": [{"b": 2}]},
    },
}
DEFINITIONS = {
    "Inner": INNER,
    "Kind": ENUM,
    "Other": {
        "type": "object",
        "properties": {"x": {"type": "string", "default": "d"}, "y": {"type": "integer"}},
        "required": ["y"],
        "additionalProperties": False,
    },
    "Ids": {"title": "Ids", "description": "d", "type": "array", "items": UUID},
}


def proven(schemas: dict[str, dict[str, Any]]) -> int:
    """The number of boundary documents on which the models of these messages agree."""
    return prove(contract_of_files(schemas)).documents


def used(members: dict[str, Any]) -> dict[str, Any]:
    """The definitions that these members refer to, as a schema has them."""
    text = json.dumps(members)
    found = {name: it for name, it in DEFINITIONS.items() if f"#/$defs/{name}" in text}
    return {"$defs": found} if found else {}


def message(name: str, members: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        **used(members),
        "title": name,
        "type": "object",
        "properties": members,
        **more,
    }


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.one_in(8)
def test_each_kind_of_member_is_exact(name: str) -> None:
    schema = {key: value for key, value in MEMBERS[name].items() if key != "default"}
    messages = {
        "m/Plain.json": message("Plain", {name: MEMBERS[name]}),
        "m/Required.json": message("Required", {name: schema}, required=[name]),
        "m/Closed.json": message("Closed", {name: schema}, additionalProperties=False),
    }
    if "anyOf" not in schema and schema.get("type") != "null":
        either = {"anyOf": [schema, {"type": "null"}], "default": None}
        messages["m/Nullable.json"] = message("Nullable", {name: either})
    assert proven(messages) >= 30 * len(messages)


@pytest.mark.full
def test_all_members_together_are_exact() -> None:
    assert proven({"m/All.json": message("All", MEMBERS)}) >= 1000


def test_recursive_classes_are_exact() -> None:
    node = {
        "title": "Node",
        "type": "object",
        "properties": {
            "value": {"type": "integer", "minimum": 0},
            "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}},
            "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}], "default": None},
            "by_name": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Node"}},
        },
        "required": ["value", "children"],
    }
    tree = message("Tree", {"root": {"$ref": "#/$defs/Node"}}, required=["root"])
    assert proven({"m/Tree.json": {**tree, "$defs": {"Node": node}}}) >= 100


def test_classes_that_hold_each_other_are_proven_in_bounded_time() -> None:
    names = [f"C{index}" for index in range(7)]
    classes = {
        name: {
            "title": name,
            "type": "object",
            "properties": {f"to{other}": {"$ref": f"#/$defs/{other}"} for other in names},
        }
        for name in names
    }
    ring = message("Ring", {"first": {"$ref": "#/$defs/C0"}})
    assert 100 <= proven({"m/Ring.json": {**ring, "$defs": classes}}) <= 20_000


@pytest.mark.parametrize("description", [HARD_TEXT.replace("\n", " "), "one\ntwo\n\nthree", '"""'])
def test_any_description_is_a_docstring(description: str) -> None:
    assert proven({"m/Told.json": message("Told", {}, description=description)}) >= 10


@pytest.mark.parametrize("more", [{}, {"description": "d"}, {"additionalProperties": False}])
@pytest.mark.parametrize("title", [None, "Another Title", HARD_TEXT])
@pytest.mark.one_in(4)
def test_a_title_is_the_author_s_to_choose(title: str | None, more: dict[str, Any]) -> None:
    titled = {} if title is None else {"title": title}
    inner = {**INNER, **more, **titled}
    members = {"it": {"$ref": "#/$defs/Inner"}, "many": {"type": "array", "items": {}}}
    for properties in (members, {}):
        schema = {"type": "object", "properties": properties, **more, **titled}
        definitions = {"$defs": {"Inner": inner}} if properties else {}
        assert proven({"m/Message.json": {**definitions, **schema}}) >= 10


@pytest.mark.parametrize("name", KEYWORDS)
def test_what_has_no_fault_is_checked_quickly(name: str) -> None:
    """By the quick validators alone; a fault in it is named by the others."""
    schema = KEYWORDS[name]
    within = {"properties": {"it": schema}}
    assert is_surely_kept(within, LATEST_DRAFT)
    assert schema_refusals(within) == []
    for fault in (
        {"minLength": -1},
        {"pattern": "(?<!a)b"},
        {"const": {"$ref": "a"}},
        {"maxItems": 10**10},
    ):
        broken = {"properties": {"it": {"allOf": [schema, fault]}}}
        assert not is_surely_kept(broken, LATEST_DRAFT)
        assert len(schema_refusals(broken)) == 1
