"""What once crashed or was refused though JSON Schema allows it: each kind with its neighbours."""

import json
from functools import partial
from typing import Any

import generate
import pytest
from compatibility.report import Report
from compatibility.revisions import build_revision
from contract.refusal import Refused
from contract.subschemas import Schema
from generate import render
from output.package import python_package

from tests.zoo.small_schemas import TEXT, contract_of, members, ref

pytestmark = pytest.mark.dialect


@pytest.fixture(autouse=True)
def unformatted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "python_package", partial(python_package, formatted=False))


UUID = {**TEXT, "format": "uuid"}
SMALL = {"properties": {"a": {"const": "0f8fad5b-d9cb-469f-a165-70867728950e"}}}
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


def names_of(definition: str, **more: Any) -> Schema:
    """An object whose names satisfy a definition, with a member at least."""
    return {"type": "object", "minProperties": 1, "propertyNames": ref(definition), **more}


@pytest.mark.parametrize("beside", [{}, {"additionalProperties": {"type": "integer"}}])
@pytest.mark.parametrize("color", [{"enum": ["red", "green"]}, {"type": "string", "minLength": 2}])
def test_the_names_of_a_map_may_be_a_message(color: Schema, beside: Schema) -> None:
    """Whose values are models, which no dict takes for keys."""
    named = {**names_of("A", **beside), "propertyNames": {"$ref": "Color.json"}}
    contract = contract_of(m_Message=members(a=named), m_Color=color)
    assert render(contract).proof.documents >= 100


NAMES_THAT_NEED_THEMSELVES = {
    "directly": {"A": names_of("A")},
    "beside patterns": {"A": names_of("A", patternProperties={"^a": ref("A")})},
    "by way of another": {"A": names_of("B"), "B": {"anyOf": [names_of("A"), {"const": 1}]}},
    "deep within": {
        "A": {"type": "array", "contains": ref("B")},
        "B": {"oneOf": [members(x=names_of("C")), {"type": "array", "contains": ref("A")}]},
        "C": names_of("C"),
    },
}


@pytest.mark.parametrize("name", NAMES_THAT_NEED_THEMSELVES)
def test_the_gate_comes_to_a_verdict_on_names_that_need_themselves(name: str) -> None:
    schemas: tuple[Schema, ...] = (
        {**ref("A"), "$defs": NAMES_THAT_NEED_THEMSELVES[name]},
        {"not": {}},
    )
    old, new = (
        build_revision("1.0.0", None, {"m/M.json": json.dumps(it).encode()}) for it in schemas
    )
    (found,) = Report(old, new, False, True).comparisons
    assert found.verdict in ("same", "undecided", "narrows")


CHANNEL: Schema = {"title": "Channel", "type": "string", "enum": ["sms", "mail", "Notice"]}
CLASSES_CALLED_LIKE_MEMBERS = {
    "a class": members(to={"type": "string"}),
    "an alias": {"type": "string", "maxLength": 3},
    "another enum": {"title": "SMS", "type": "string", "enum": ["SMS", "MAIL"]},
    "a class that holds itself": members(next=ref("SMS"), via=ref("Channel")),
}


@pytest.mark.parametrize("name", CLASSES_CALLED_LIKE_MEMBERS)
def test_a_member_of_an_enum_may_be_called_like_a_class(name: str) -> None:
    definitions = {
        "Channel": CHANNEL,
        "SMS": CLASSES_CALLED_LIKE_MEMBERS[name],
        "MAIL": {"type": "integer"},
    }
    schema = members(via=ref("Channel"), sms=ref("SMS"), mail=ref("MAIL"))
    contract = contract_of(m_Notice={**schema, "$defs": definitions})
    assert render(contract).proof.documents >= 100


def one_of(*branches: Schema) -> Schema:
    return {"oneOf": [*branches]}


def closed(name: str, value: Schema) -> Schema:
    return {**members(**{name: value}), "required": [name], "additionalProperties": False}


LIST_OF_A: Schema = {"type": "array", "items": ref("A")}
# What Pydantic alone emits otherwise: by the schema, the definition A beside it.
EMITTED_OTHERWISE: dict[str, tuple[Schema, Schema]] = {
    "a property called $ref beside the reference to the root": (
        {
            "type": ["object", "boolean"],
            "properties": {"$ref": {"type": "string"}, "not": {"$ref": "#"}},
        },
        {},
    ),
    "an enum in another order within a branch": (
        members(
            a=one_of(members(c={"enum": ["x", "y", "z", None], "default": "x"}), {"type": "null"}),
            b=one_of(members(c={"enum": ["z", "y", "x", None], "default": "x"}), {"type": "null"}),
        ),
        {},
    ),
    "a union within a branch of oneOf": (
        members(a=one_of({"anyOf": [{"type": "boolean"}, {"const": "all"}]}, {"type": "null"})),
        {},
    ),
    "branches that hold the union around them": (
        members(a=ref("A")),
        one_of(members(k={"type": "string"}), closed("all", LIST_OF_A), closed("any", LIST_OF_A)),
    ),
    "further members of a recursive class": (
        members(a=ref("A"), b={"anyOf": [ref("A"), members(a=ref("A"))]}),
        {
            **members(next={"anyOf": [ref("A"), members(a=ref("A"))]}),
            "patternProperties": {"^x-": ref("Any")},
            "additionalProperties": False,
        },
    ),
}


@pytest.mark.parametrize("name", EMITTED_OTHERWISE)
def test_the_models_emit_what_pydantic_would_emit_otherwise(name: str) -> None:
    schema, definition = EMITTED_OTHERWISE[name]
    definitions = {"A": definition, "Any": one_of({"type": "null"}, {"type": "number"})}
    contract = contract_of(m_Message={**schema, "$defs": definitions})
    assert render(contract).proof.documents >= 10


def tagged(kind: str, **properties: Any) -> Schema:
    return {**members(kind={"const": kind}, **properties), "required": ["kind", *properties]}


# What an Assert alone says, in a branch of a union: its error covers the faults deep within.
ASSERTED_WITHIN = {
    "a member of another file": {
        "oneOf": [tagged("cat", a={"$ref": "Other.json"}), tagged("dog", b={"type": "string"})]
    },
    "two levels below": {
        "anyOf": [
            tagged("cat", a=members(b={"allOf": [{"items": members(c={"type": "null"})}]})),
            tagged("dog", a={"type": "string"}),
        ]
    },
    "a union in a branch of a union": {
        "oneOf": [tagged("cat", id={"$ref": "#"}, a={"minimum": 1}), tagged("dog", a={})]
    },
}


@pytest.mark.parametrize("name", ASSERTED_WITHIN)
def test_the_faults_below_an_assert_in_a_branch_are_those_of_the_branch(name: str) -> None:
    other = {"properties": {"x": {"type": "integer"}}, "minProperties": 1}
    contract = contract_of(m_Message=ASSERTED_WITHIN[name], m_Other=other)
    assert render(contract).proof.documents >= 100


def test_members_beside_the_fault_of_an_assert_are_not_unevaluated() -> None:
    """The schema takes them for that, because what evaluates them is invalid (Core 11.3)."""
    names = {"patternProperties": {"^[a-z]+$": {"type": "string"}}, "additionalProperties": False}
    base = {**members(name={}, needs={"type": "object", **names}), "required": ["name"]}
    more = {"properties": {"list": {"type": "array"}}}
    schema = {"type": "object", "allOf": [ref("Base"), more], "unevaluatedProperties": False}
    contract = contract_of(m_Message={**schema, "$defs": {"Base": base}})
    assert render(contract).proof.documents >= 100


def shut(**properties: Any) -> Schema:
    """An object that is closed behind a part of its own."""
    return {"allOf": [members(**properties)], "unevaluatedProperties": False}


CLOSED_WITHIN_CLOSED = {
    "a member": shut(c=shut(d=TEXT)),
    "a member beside others": shut(a=TEXT, c=shut(d=TEXT), e={"type": "integer"}),
    "members of three levels": shut(c=shut(d=shut(e=TEXT))),
    "items": shut(c={"type": "array", "items": shut(d=TEXT)}),
    "values of a map": shut(c={"type": "object", "additionalProperties": shut(d=TEXT)}),
    "the whole again": shut(c={"$ref": "#"}),
    "a definition": {**shut(c=ref("A")), "$defs": {"A": shut(d=TEXT, a=ref("A"))}},
    "arrays": {
        "allOf": [{"type": "array", "prefixItems": [ref("A")]}],
        "unevaluatedItems": False,
        "$defs": {"A": {"allOf": [{"prefixItems": [TEXT]}], "unevaluatedItems": False}},
    },
}


@pytest.mark.parametrize("name", CLOSED_WITHIN_CLOSED)
def test_what_is_closed_may_hold_what_is_shut(name: str) -> None:
    """A stranger within makes the schema take the member around it for unevaluated."""
    proof = render(contract_of(m_Message=CLOSED_WITHIN_CLOSED[name])).proof
    assert proof.documents >= 100


# What is called like the parts of a core schema of pydantic-core.
NAMES_OF_CORE_SCHEMAS = ("metadata", "type", "schema", "schema_ref", "ref", "fields", "choices")


@pytest.mark.parametrize("name", NAMES_OF_CORE_SCHEMAS)
@pytest.mark.parametrize("definition", [{}, {"type": "integer"}, LIST_OF_A])
@pytest.mark.one_in(3)
def test_a_member_that_an_assert_judges_may_be_called_like_a_part_of_a_core_schema(
    name: str, definition: Schema
) -> None:
    then = {"properties": {name: ref("A")}}
    schema = {"type": "object", "if": {"required": ["q"]}, "then": then}
    contract = contract_of(m_Message={**schema, "$defs": {"A": definition}})
    assert render(contract).proof.documents >= 20


@pytest.mark.parametrize("definition", [{"type": "string"}, LIST_OF_A, members(a=ref("A"))])
def test_a_definition_may_be_one_of_a_reference_and_null(definition: Schema) -> None:
    schema = members(a=ref("Optional"))
    definitions = {"Optional": one_of(ref("A"), {"type": "null"}), "A": definition}
    contract = contract_of(m_Message={**schema, "$defs": definitions})
    assert render(contract).proof.documents >= 20


UUIDS_THAT_ARE_JUDGED_AS_WRITTEN: dict[str, Schema] = {
    "by a pattern": {"pattern": "^[A-F0-9-]*$"},
    "by what it is not": {"not": {"pattern": "[a-f]"}},
    "by a part": {"allOf": [{"pattern": "^[A-F0-9-]*$"}]},
    "by a condition": {"if": {"pattern": "^A"}, "then": {"pattern": "^[A-F0-9-]*$"}},
}


@pytest.mark.parametrize("name", UUIDS_THAT_ARE_JUDGED_AS_WRITTEN)
def test_a_uuid_that_is_judged_as_written_is_written_as_it_was_read(name: str) -> None:
    notes = {"title": "T", "description": "d", "readOnly": True}
    judged = {"type": "string", "format": "uuid", **UUIDS_THAT_ARE_JUDGED_AS_WRITTEN[name], **notes}
    either = {"anyOf": [judged, {"multipleOf": 2}]}
    schema = members(a=judged, b={"type": "array", "items": judged}, c=either)
    assert render(contract_of(m_Message=schema)).proof.documents >= 100


UUIDS_IN_A_PART_THAT_IS_JUDGED: dict[str, Schema] = {
    "unique": {"type": "array", "items": UUID, "uniqueItems": True, "minItems": 5},
    "members of unique objects": {
        "type": "array",
        "items": members(a=UUID),
        "uniqueItems": True,
    },
    "a condition of the object": {**members(a=UUID), "if": SMALL, "then": {"required": ["b"]}},
}


@pytest.mark.parametrize("name", UUIDS_IN_A_PART_THAT_IS_JUDGED)
def test_a_uuid_may_be_within_what_is_judged_as_written(name: str) -> None:
    """It is written in lower case, where the schema may say something else of it."""
    files = render(contract_of(m_Message=UUIDS_IN_A_PART_THAT_IS_JUDGED[name])).files
    assert b"UUID]" in files["pydantic_models/m.py"] or b": UUID " in files["pydantic_models/m.py"]


OTHER_THAN_OBJECTS: dict[str, Schema] = {
    "none of them": {**ref("Text"), "properties": {"a": {"type": "integer"}}},
    "some of them": {"properties": {"a": {}}, "required": ["a"], "prefixItems": [TEXT]},
}


@pytest.mark.parametrize("name", OTHER_THAN_OBJECTS)
def test_an_error_of_a_union_stands_in_the_branch_that_takes_the_type(name: str) -> None:
    other = {"type": "object", "additionalProperties": False}
    union = {"anyOf": [OTHER_THAN_OBJECTS[name], other], "$defs": {"Text": TEXT}}
    assert render(contract_of(m_Message=union)).proof.documents >= 50


def test_a_class_that_no_object_satisfies_is_no_branch_of_objects() -> None:
    never = {**members(), **one_of({"type": "string"})}
    schema = {"anyOf": [{"anyOf": [never]}, {"required": ["a"]}]}
    assert render(contract_of(m_Message=schema)).proof.documents >= 10


def test_classes_within_classes_without_end_are_refused() -> None:
    beside = {**ref("A"), "unevaluatedItems": False}
    endless = {**members(a=ref("A")), "additionalProperties": beside}
    contract = contract_of(m_Message={**ref("A"), "$defs": {"A": endless}})
    with pytest.raises(
        Refused, match=r"^m/Message\.json#/\$defs/A: a part of it refers to the whole with"
    ):
        render(contract)


@pytest.mark.parametrize("object_or_null", [True, False])
def test_an_object_that_asserts_a_reference_may_be_a_member_of_two_classes(
    object_or_null: bool,
) -> None:
    asserted = members(a={"allOf": [{"minProperties": 1}, ref("Any")]})
    inner = {**asserted, "type": ["object", "null"]} if object_or_null else asserted
    defined: Schema = {"Any": {}, "Part": {"properties": {"n": inner}}}
    schema: Schema = {"allOf": [ref("Part"), {}], "$defs": defined}
    assert render(contract_of(m_Message=schema)).proof.documents >= 100


def constraints(kind: str, **more: Any) -> Schema:
    named = {"type": {"const": kind}, **more}
    return {**members(**named), "required": ["type"], "additionalProperties": False}


def test_a_wrong_size_that_hides_what_is_wrong_within_belongs_to_its_branch() -> None:
    few = {"type": "array", "maxItems": 3, "items": TEXT}
    branches = [constraints("number", least=TEXT), constraints("string", among=few)]
    assert render(contract_of(m_Message={"oneOf": branches})).proof.documents >= 100
