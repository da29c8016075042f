"""A union has its branches for its type, and an instance enters the branch that it belongs to."""

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from contract.read import Contract
from models.sharing import python_classes
from oracle.oracle import Oracle
from output.package import python_package
from proof.sandbox import imported_package
from pydantic import ValidationError

from tests.zoo.judging import imported, is_valid
from tests.zoo.small_schemas import WHOLE, branch, contract_of
from tests.zoo.timing import grows_less

NEXT: Any = {"$ref": "#/$defs/Either"}


# The name of the tag; the last two are called like a class, and like the other class's attribute.
@pytest.mark.parametrize("tag", ["kind", "@type", "class", "model_x", "First", "@other"])
@pytest.mark.parametrize("more", [[], [{"type": "string"}]], ids=["objects", "beside-a-string"])
def test_instances_and_documents_enter_their_branch(tag: str, more: list[Any]) -> None:
    branches = [{"$ref": "#/$defs/First"}, {"$ref": "#/$defs/Second"}, *more]
    definitions = {
        "Either": {"oneOf": branches},
        "First": branch(tag, "a", next=NEXT),
        "Second": branch(tag, "b", next=NEXT, other={"type": "string"}),
    }
    schema = {
        "type": "object",
        "properties": {"it": {"$ref": "#/$defs/Either"}},
        "$defs": definitions,
    }
    contract = contract_of(m_Thing=schema)
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


def test_branches_may_leave_their_type_to_what_is_beside() -> None:
    either = {
        "type": "object",
        "required": ["class"],
        "oneOf": [{"$ref": "#/$defs/First"}, {"$ref": "#/$defs/Second"}],
    }
    untyped: Any = {it: {"properties": {"class": {"const": it}}} for it in ("First", "Second")}
    schema = {"type": "object", "properties": {"it": either}, "$defs": untyped}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    assert classes["m"].classes["Thing"].field_of["it"].annotation.count("'oneOf'") == 0
    with imported(contract) as module:
        thing = module.Thing.model_validate_json('{"it": {"class": "Second"}}')
        assert isinstance(thing.it, module.SecondObject)
        assert not is_valid(module.Thing, {"it": {}})


@pytest.mark.parametrize("more", [[], [{"type": "null"}]], ids=["references", "beside-null"])
def test_a_union_of_references_names_its_branches_once(more: list[Any]) -> None:
    one, other = ({"type": "object", "properties": {it: {"type": "string"}}} for it in "ab")
    references: list[Any] = [{"$ref": "#/$defs/First"}, {"$ref": "#/$defs/Second"}, *more]
    schema = {
        "type": "object",
        "properties": {"it": {"oneOf": references}},
        "$defs": {"First": one, "Second": other},
    }
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    annotation = classes["m"].classes["Thing"].field_of["it"].annotation
    kind = "First | Second | None" if more else "First | Second"
    assert annotation == f"Annotated[{kind}, OneOf(), OneAlone(0)] | MISSING"
    oracle = Oracle(schema)
    with imported(contract) as module:
        values: list[Any] = [{"a": ""}, {"a": "", "b": ""}, {"a": 1}, {"b": 1}, [], None]
        for it in values:
            assert is_valid(module.Thing, {"it": it}) is oracle.accepts({"it": it}), it
        with pytest.raises(ValidationError, match=r"the branches \[0, 1\] do"):
            module.Thing.model_validate({"it": {}})
        assert isinstance(module.Thing(it=module.Second(b="")).it, module.Second)
        assert module.Thing.model_json_schema()["properties"]["it"] == {"oneOf": references}


A, B = ({"type": "object", "properties": {it: {"type": "string"}}, "required": [it]} for it in "ab")
LISTS = [{"type": "array", "items": {"type": it}} for it in ("string", "integer")]
# A schema with a type and branches, and its type in Python.
TYPED: list[tuple[Any, str]] = [
    ({"type": "object", "oneOf": [A, B]}, "ThingItWithA | ThingItWithB"),
    ({"type": "object", "anyOf": [A, {"allOf": [A, B]}]}, "ThingItOption1 | ThingItWithB"),
    (
        {"type": "object", "anyOf": [B, {"type": "object", "oneOf": [A, B]}]},
        "ThingItWithB | ThingItOption2WithA | ThingItOption2WithB",
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
    contract = contract_of(m_Thing=thing)
    assert python_classes(contract)["m"].classes["Thing"].field_of["it"].plain == kind


CLOSED: Any = {"type": "object", "properties": {"b": {}}, "additionalProperties": False}
KIND: Any = {"anyOf": [{"const": "c"}, {"type": "array"}]}
TAGGED = branch("b", "a")
# Two branches, whether no object fits both, and documents.
PAIRS: dict[str, tuple[Any, Any, bool, list[Any]]] = {
    "a closed one lacks what the other requires": (A, CLOSED, True, [{"a": ""}, {"b": ""}]),
    "a pattern may allow what the other requires": (
        A,
        {**CLOSED, "patternProperties": {"^a|c": {}}},
        False,
        [{"a": ""}, {"a": 1}, {"b": 1}],
    ),
    "a pattern asks for another prefix": (
        A,
        {**CLOSED, "patternProperties": {"^x-": {}}},
        True,
        [{"a": "", "x-": 1}, {"b": 1, "x-": 1}, {"x-": 1}],
    ),
    "the prefix of a pattern is that of what the other requires": (
        {"type": "object", "properties": {"x-a": {}}, "required": ["x-a"]},
        {**CLOSED, "patternProperties": {"^x-": {}}},
        False,
        [{"x-a": ""}, {"b": 1}],
    ),
    "a member that may be absent has other strings": (
        TAGGED,
        {"type": "object", "properties": {"b": KIND}},
        True,
        [{"b": "a"}, {"b": "c"}, {"b": []}, {}],
    ),
    "a member that may be absent has any string": (
        TAGGED,
        {"type": "object", "properties": {"b": {"type": ["string", "array"]}}},
        False,
        [{"b": "a"}, {"b": "c"}, {"b": []}, {}],
    ),
    "numbers that a required member is": (
        branch("b", 1),
        {"type": "object", "properties": {"b": {"enum": [2.0, "c"]}}},
        True,
        [{"b": 1}, {"b": 1.0}, {"b": 2}, {"b": True}, {"b": "c"}, {}],
    ),
    "a number and a boolean": (
        branch("b", 1),
        branch("b", True),
        True,
        [{"b": 1}, {"b": 1.0}, {"b": True}, {"b": False}],
    ),
    "numbers that doubles do not tell apart": (
        branch("b", 2**53),
        branch("b", 2**53 + 1),
        False,
        [{"b": 2**53}, {"b": 2**53 + 1}, {"b": 2**53 + 2}],
    ),
    "any string but that of the other": (
        branch("b", "a"),
        {
            "type": "object",
            "properties": {"b": {"type": ["string", "null"], "not": {"const": "a"}}},
        },
        True,
        [{"b": "a"}, {"b": "c"}, {"b": None}, {"b": 1}, {}],
    ),
    "a fraction is not among the integers that the other excludes": (
        branch("b", 2.5),
        {
            **{"type": "object", "required": ["b"]},
            "properties": {"b": {"not": {"type": "integer", "enum": [1, 2.5]}}},
        },
        False,
        [{"b": 2.5}, {"b": 1}, {"b": 2}, {}],
    ),
    "a member that both may lack": (
        {**TAGGED, "required": []},
        {"type": "object", "properties": {"b": KIND}},
        False,
        [{"b": "a"}, {"b": "c"}, {}],
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_branches_are_asserted_only_if_an_object_may_fit_two(name: str) -> None:
    left, right, disjoint, documents = PAIRS[name]
    either = {"$ref": "#/$defs/Either"}
    definitions = {"Either": {"oneOf": [left, right, {"type": "null"}]}}
    schema = {"type": "object", "properties": {"it": either}, "$defs": definitions}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    assert ("OneAlone(" in classes["m"].classes["Either"].alias) is not disjoint
    oracle = Oracle(schema)
    with imported(contract) as module:
        thing = module.Thing
        for document in ({"it": it} for it in (*documents, None, 1)):
            assert is_valid(thing, document) is oracle.accepts(document), document


@pytest.mark.parametrize("types", [["integer", "number"], ["number", "integer", "string"]])
def test_a_number_keeps_its_form_beside_integers(types: list[str]) -> None:
    schema = {"type": "object", "properties": {"it": {"type": types}}}
    with imported(contract_of(m_Thing=schema)) as module:
        thing = module.Thing
        for text in ('{"it":1.0}', '{"it":1}', '{"it":1.5}'):
            assert thing.model_validate_json(text).model_dump_json(exclude_unset=True) == text


def test_branches_of_no_type_are_no_union() -> None:
    schema = {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
    contract = contract_of(m_Thing={"type": "object", "properties": {"it": schema}})
    field = python_classes(contract)["m"].classes["Thing"].field_of["it"]
    assert field.annotation == f"Annotated[Any, Assert({schema!r})] | MISSING"


def lists(inner: Any) -> Any:
    return {"type": "array", "items": inner}


# A schema around another one.
NESTED: dict[str, Callable[[Any], Any]] = {
    "oneOf": lambda inner: {"oneOf": [lists(inner), WHOLE]},
    "anyOf": lambda inner: {"anyOf": [{"anyOf": [lists(inner), WHOLE], "title": "T"}, A]},
    "allOf": lambda inner: {"allOf": [inner, {"minItems": 1}]},
    "items of an allOf": lambda inner: {"allOf": [lists(inner), {"minItems": 1}]},
    "if": lambda inner: {"if": {"minItems": 1}, "then": lists(inner), "else": WHOLE},
}


@pytest.mark.parametrize("word", NESTED)
def test_types_within_types_are_worked_out_in_time_by_their_number(word: str) -> None:
    few, many = nested_in(word, 7), nested_in(word, 14)
    assert grows_less(12, lambda: python_classes(few), lambda: python_classes(many))


def nested_in(word: str, depth: int) -> Contract:
    """Of a message with schemas one in another."""
    schema: Any = lists({"type": "string"})
    for _ in range(depth):
        schema = NESTED[word](schema)
    return contract_of(m_Thing={"type": "object", "properties": {"it": schema}})
