"""Conditions on the strings of a member: the one that an object meets is looked up, and every
verdict is that of the conditions one by one. Conditions between two types choose one of them."""

import json
from itertools import product
from typing import Any

import pytest
from models.recursion import judged_once
from models.sharing import python_classes
from oracle.oracle import Oracle
from pydantic import BaseModel, ValidationError
from runtime._conditions import conditions, judged_by_string
from runtime._keywords import ALL_KEYWORDS
from runtime._unions import ANY_SCHEMA

from tests.zoo.judging import imported, is_accepted, is_valid
from tests.zoo.mixed import CHOSEN, REFERS
from tests.zoo.small_schemas import contract_of

Schema = dict[str, Any]


def condition(member: Schema, then: Schema, **beside: Any) -> Schema:
    return {"if": {"properties": {"kind": member}, **beside}, "then": then}


def needs(name: str) -> Schema:
    return {"required": [name], "properties": {name: {"type": "integer"}}}


A, B, C = (condition({"const": it}, needs(it)) for it in "abc")
# The parts of an allOf, and how many strings choose one of them.
SHAPES: dict[str, tuple[list[Schema], int]] = {
    "constants": ([A, B, C], 3),
    "constants that have to be there": (
        [condition({"const": it}, needs(it), required=["kind"]) for it in "ab"],
        2,
    ),
    "enums that overlap": (
        [condition({"enum": ["a", "b"]}, needs("a")), condition({"enum": ["b", "c"]}, needs("b"))],
        3,
    ),
    "one constant twice": ([A, condition({"const": "a"}, needs("b")), B], 2),
    "a type beside": (
        [condition({"type": "string", "const": it}, needs(it), type="object") for it in "ab"],
        2,
    ),
    "annotations beside": (
        [{**A, "title": "A", "if": {**A["if"], "$comment": "x"}}, {**B, "description": "B"}],
        2,
    ),
    "another part": ([A, {"maxProperties": 2}, B], 2),
    "an else is left": ([A, B, {**C, "else": needs("a")}], 2),
    "another member is left": (
        [A, B, {"if": {"properties": {"a": {"const": "a"}}}, "then": needs("b")}],
        2,
    ),
    "a constant beside another keyword is left": (
        [A, B, condition({"const": "c", "maxLength": 0}, needs("c"))],
        2,
    ),
    "a condition that says more is left": (
        [A, B, condition({"const": "c"}, needs("c"), minProperties=2)],
        2,
    ),
    "a number among the strings is left": ([A, B, condition({"enum": ["c", 1]}, needs("c"))], 2),
    "another required name is left": (
        [A, B, condition({"const": "c"}, needs("c"), required=["c"])],
        2,
    ),
}
KINDS = [None, "a", "b", "c", "d", 1, True, ["a"], {"kind": "a"}]
MEMBERS: list[Schema] = [{}, {"a": 1}, {"b": 1}, {"c": 1}, {"a": "x"}, {"a": 1, "b": 1, "c": 1}]
DOCUMENTS = [
    *(
        {**members, **({} if kind is None else {"kind": kind})}
        for kind, members in product(KINDS, MEMBERS)
    ),
    *("a", 1, None, ["a"]),
]


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("is_class", [True, False])
def test_every_verdict_is_that_of_the_conditions_one_by_one(name: str, is_class: bool) -> None:
    parts, strings = SHAPES[name]
    inner: Schema = {"allOf": parts}
    if is_class:
        inner |= {"type": "object", "properties": {"kind": {}}}
    schema = {"type": "object", "properties": {"it": inner}}
    contract = contract_of(m_Message=schema)
    known = conditions(parts, ALL_KEYWORDS)["kind"]
    assert len(known) == strings
    oracle = Oracle(schema)
    with imported(contract) as module:
        model = module.Message
        for document in ({"it": it} for it in DOCUMENTS):
            assert accepts(model, document) is oracle.accepts(document), document


def accepts(model: type[BaseModel], document: Any) -> bool:
    (verdict,) = {is_valid(model, document), is_accepted(model.model_validate, document)}
    return verdict


CLOSED: Schema = {"properties": {"a": {"type": "integer"}, "b": {}}, "additionalProperties": False}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"required": ["a"]},
        {"required": ["c"]},
        {"patternProperties": {"^c": {}}},
        {"propertyNames": {"maxLength": 1}},
        {"maxProperties": 1},
        {"type": "object"},
        {"properties": {}},
        {"properties": {"a": False}},
    ],
)
def test_an_object_of_no_other_members_is_judged_by_its_names(more: Schema) -> None:
    schema = {"type": "object", "properties": {"it": {"not": {"not": {**CLOSED, **more}}}}}
    contract = contract_of(m_Message=schema)
    oracle = Oracle(schema)
    values = [*MEMBERS, {"b": 1, "c": 2}, {"a": 1, "b": None}, {"cc": 1}, *DOCUMENTS[-4:]]
    with imported(contract) as module:
        model = module.Message
        for document in ({"it": it} for it in values):
            assert accepts(model, document) is oracle.accepts(document), document


def test_conditions_within_conditions_are_compiled_once() -> None:
    parts: list[Any] = []
    for _ in range(8):
        parts = [condition({"const": "a"}, {"allOf": parts}), B]
    compiled = list[Any]()

    def compile_part(part: Any) -> Any:
        compiled.append(part)
        inner = part.get("then", part).get("allOf", [])
        return judged_by_string(inner, compile_part, ALL_KEYWORDS) if inner else ANY_SCHEMA

    judged_by_string(parts, compile_part, ALL_KEYWORDS)
    assert len(compiled) < 40


def choice(then: Schema, otherwise: Schema, condition: Any = REFERS) -> Schema:
    return {"if": condition, "then": then, "else": otherwise}


LINK, LEAF = (CHOSEN["LeafOrReference"][word] for word in ("then", "else"))
WITH: Schema = {"properties": {"with": {"type": "string"}}, "type": "object", "required": ["with"]}
# A condition with its two schemas, and its type in Python.
CHOICES: list[tuple[Schema, str]] = [
    (choice(LINK, LEAF), "Reference | Leaf"),
    (choice(WITH, LEAF), "ThingItWithWith | Leaf"),
    (choice({**WITH, "title": "One"}, {"type": "null"}), "ThingIt | None"),
    (choice({"type": "string"}, {"type": "integer"}), "str | int"),
    ({"type": "object", **choice(LINK, LEAF)}, "Reference | Leaf"),
    ({"type": "object", **choice(LINK, {"properties": {"a": LEAF}})}, "Reference | ThingItWithA"),
    ({"type": "object", **choice(LINK, {"required": ["a"]})}, "dict[str, Any]"),
    (choice(LINK, {"minProperties": 1}), "Any"),
    (choice(LINK, {"anyOf": [LEAF, {"type": "null"}]}), "Any"),
    (choice(LINK, LINK), "Any"),
    ({"if": REFERS, "then": LINK}, "Any"),
]


@pytest.mark.parametrize(("schema", "kind"), CHOICES)
def test_a_condition_between_two_types_is_their_union(schema: Schema, kind: str) -> None:
    module = python_classes(contract_of(m_Thing=thing(it=schema)))["m"]
    assert module.classes["Thing"].field_of["it"].plain == kind


def thing(**properties: Any) -> Schema:
    return {"type": "object", "properties": properties, "required": ["it"], "$defs": CHOSEN}


def test_a_document_and_an_instance_are_of_the_class_that_the_condition_names() -> None:
    with imported(contract_of(m_Thing=thing(it=CHOSEN["LeafOrReference"]))) as module:
        link, leaf = module.Reference(**{"$ref": "x"}), module.Leaf(value=1)
        for it, value in ((link, {"$ref": "x"}), (leaf, {"value": 1}), (module.Leaf(), {})):
            for made in (module.Thing(it=it), module.Thing.model_validate({"it": value})):
                assert type(made.it) is type(it)
                assert made.model_dump(exclude_unset=True) == {"it": value}


# Faults, and where the errors are: those of the class that the condition names alone.
FAULTS: list[tuple[Any, list[list[str]]]] = [
    ({"$ref": 1, "value": ""}, [["it", "$ref"]]),
    ({"value": "", "note": ""}, [["it", "value"], ["it", "note"]]),
    ({"inner": {"$ref": 1}}, [["it", "inner", "$ref"]]),
    ([], [["it"]]),
]


@pytest.mark.parametrize(("value", "places"), FAULTS)
def test_the_errors_are_those_of_the_class_that_the_condition_names(
    value: Any, places: list[list[str]]
) -> None:
    with imported(contract_of(m_Thing=thing(it=CHOSEN["LeafOrReference"]))) as module:
        with pytest.raises(ValidationError) as raised:
            module.Thing.model_validate_json(json.dumps({"it": value}))
        assert [[*it["loc"]] for it in raised.value.errors()] == places


def test_a_default_that_the_condition_speaks_of_stays_unset() -> None:
    properties = {it: {"type": "string", "default": "x"} for it in ("kind", "other")}
    leaf = {"type": "object", "properties": properties}
    contract = contract_of(m_Thing=thing(it=choice(WITH, leaf, {"required": ["kind"]})))
    with imported(contract) as module:
        it: Any = module.Thing.model_validate({"it": {}})
        assert it.model_dump() == {"it": {"other": "x"}}


def test_what_meets_the_condition_is_not_read_as_the_other_class() -> None:
    schema = thing(it=choice(LINK, {"type": "object", "properties": {"a": LEAF}}))
    oracle = Oracle(schema)
    with imported(contract_of(m_Thing=schema)) as module:
        model = module.Thing
        values: list[Any] = [{"$ref": 1}, {"$ref": ""}, {"a": {}}, {"a": 1}, {"$ref": "", "a": 1}]
        for it in (*values, 1):
            assert accepts(model, {"it": it}) is oracle.accepts({"it": it}), it


def test_a_condition_that_reads_what_its_class_reads_is_judged_once() -> None:
    ring = choice({"$ref": "#/$defs/Ring"}, {"type": "null"}, {"$ref": "#/$defs/Ring"})
    definitions = {"Ring": {"type": "object", "properties": {"next": ring}, "maxProperties": 1}}
    assert judged_once(definitions) == {"Ring"}
    assert judged_once({**CHOSEN, "LeafOrReference": choice(LINK, LEAF)}) == set()
