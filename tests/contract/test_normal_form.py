"""A schema in other words, another draft or several files has the models of its normal form."""

import json
from typing import Any

import pytest
from contract.json_values import is_equal
from contract.read import Contract, build_contract
from contract.subschemas import DEFINITION_PREFIX, Schema
from output.package import package_code
from proof.agreement import prove

from tests.zoo.markdown_blocks import guide_text

pytestmark = pytest.mark.dialect

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
DRAFT_2019 = "https://json-schema.org/draft/2019-09/schema"


def ref(name: str) -> Schema:
    return {"$ref": DEFINITION_PREFIX + name}


def members(**properties: Any) -> Schema:
    return {"type": "object", "properties": properties}


# What the models emit is the normal form. What an owner wrote and what they emit, by the words in
# which schemas/README.md names the difference.
DIFFERENCES: dict[str, list[tuple[Any, Schema]]] = {
    "`$schema`, `$id`, `$anchor`": [
        (
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x:y", **TEXT},
            TEXT,
        ),
        ({"items": {"$anchor": "here", "minLength": 2}}, {"items": {"minLength": 2}}),
    ],
    "`$ref`": [
        (
            {**members(a=ref("n-a"), b={"$ref": "#/properties/a"}), "$defs": {"n-a": TEXT}},
            {**members(a=ref("NA"), b=ref("NA")), "$defs": {"NA": TEXT}},
        ),
        (
            {**members(a={"$anchor": "x", **TEXT}, b={"$ref": "#x"})},
            {**members(a=TEXT, b=ref("MessageX")), "$defs": {"MessageX": TEXT}},
        ),
        (
            members(next={"$ref": "#"}),
            {**ref("Message"), "$defs": {"Message": members(next=ref("Message"))}},
        ),
        (
            {**members(a=ref("A")), "$defs": {"A": ref("B"), "B": TEXT}},
            {**members(a=ref("B")), "$defs": {"B": TEXT}},
        ),
        (
            {
                **members(a={"$ref": "sub#/$defs/C"}),
                "$defs": {"S": {"$id": "sub", "$defs": {"C": WHOLE}}},
            },
            {**members(a=ref("C")), "$defs": {"C": WHOLE}},
        ),
        ({"$defs": {"Unused": TEXT}, **WHOLE}, WHOLE),
        (
            {**members(a={**ref("A"), **TEXT, "minLength": 1}), "$defs": {"A": TEXT}},
            {**members(a={**ref("A"), "minLength": 1}), "$defs": {"A": TEXT}},
        ),
        (
            {"items": {"$dynamicRef": "#a"}, "$defs": {"A": {"$dynamicAnchor": "a", **TEXT}}},
            {"items": ref("A"), "$defs": {"A": TEXT}},
        ),
    ],
    "`true`, `false`": [
        (True, {}),
        (False, {"not": {}}),
        (members(a=True, b=False), members(a={}, b={"not": {}})),
        ({**members(), "additionalProperties": {}}, {**members(), "additionalProperties": True}),
        ({"type": "array", "items": True}, {"type": "array", "items": {}}),
    ],
    "`type`": [
        ({"type": ["string"]}, TEXT),
        ({"type": ["null", "string"]}, {"type": ["string", "null"]}),
    ],
    "`allOf`, `anyOf`, `oneOf`": [
        (
            {"anyOf": [{"type": "null"}, {"anyOf": [TEXT, WHOLE]}]},
            {"anyOf": [TEXT, WHOLE, {"type": "null"}]},
        ),
        (
            {"description": "d", "allOf": [ref("A")], "$defs": {"A": TEXT}},
            {"description": "d", **ref("A"), "$defs": {"A": TEXT}},
        ),
        ({"title": "t", "anyOf": [{"title": "inner", **TEXT}]}, {"title": "t", **TEXT}),
        ({"oneOf": [WHOLE]}, WHOLE),
    ],
    "`required`": [
        (
            {**members(a={}, b={}), "required": ["c", "b", "a"]},
            {**members(a={}, b={}), "required": ["a", "b", "c"]},
        ),
    ],
    "what says nothing": [
        ({**members(), "required": []}, members()),
        ({"uniqueItems": False, "then": TEXT, "minContains": 2, "properties": {}}, {}),
        ({"patternProperties": {}, "dependentRequired": {}, "dependentSchemas": {}}, {}),
    ],
    "`unevaluatedProperties`, `unevaluatedItems`": [
        (
            {"anyOf": [{"required": ["a"]}], **members(a=TEXT), "unevaluatedProperties": False},
            {
                **members(a=TEXT),
                "anyOf": [{"required": ["a"]}],
                "allOf": [
                    {
                        "if": {"required": ["a"]},
                        "then": {"properties": {"a": {}}, "additionalProperties": False},
                        "else": {"properties": {"a": {}}, "additionalProperties": False},
                    }
                ],
            },
        ),
        (
            {"prefixItems": [TEXT], "contains": WHOLE, "unevaluatedItems": {"type": "null"}},
            {
                "prefixItems": [TEXT],
                "contains": WHOLE,
                "allOf": [
                    {"prefixItems": [{}], "items": {"anyOf": [WHOLE, {"type": "null"}]}},
                ],
            },
        ),
    ],
    "2019-09 and draft-07": [
        (
            {"$schema": DRAFT_2019, "items": [TEXT, WHOLE], "additionalItems": False},
            {"prefixItems": [TEXT, WHOLE], "items": False},
        ),
        ({"$schema": DRAFT_2019, "items": WHOLE, "additionalItems": False}, {"items": WHOLE}),
        (
            {"$schema": DRAFT_2019, **members(a={"$recursiveRef": "#"})},
            {**ref("Message"), "$defs": {"Message": members(a=ref("Message"))}},
        ),
        (
            {"$schema": DRAFT_7, "dependencies": {"a": ["b"], "c": ["d"]}},
            {"dependentRequired": {"a": ["b"], "c": ["d"]}},
        ),
        (
            {"$schema": DRAFT_7, "dependencies": {"a": {"required": ["d"]}, "b": False}},
            {"dependentSchemas": {"a": {"required": ["d"]}, "b": {"not": {}}}},
        ),
        (
            {
                "$schema": DRAFT_7,
                **members(a={"$ref": "#/definitions/A", "maximum": 3, "title": "kept"}),
                "definitions": {"A": WHOLE},
            },
            {**members(a={**ref("A"), "title": "kept"}), "$defs": {"A": WHOLE}},
        ),
        (
            {"$schema": DRAFT_7, **members(a={"$ref": "#x"}, b={"$id": "#x", **TEXT})},
            {**members(a=ref("MessageX"), b=TEXT), "$defs": {"MessageX": TEXT}},
        ),
    ],
}
CASES = {
    f"{words} {index}": case
    for words, cases in DIFFERENCES.items()
    for index, case in enumerate(cases)
}


def contract_of(**files: Any) -> Contract:
    """Files by MODULE_MESSAGE."""
    return build_contract(
        {f"{name.replace('_', '/')}.json": json.dumps(it).encode() for name, it in files.items()},
        "1",
    )


@pytest.mark.parametrize("name", CASES)
def test_the_models_of_other_words_are_exact_and_emit_the_normal_form(name: str) -> None:
    source, normal = CASES[name]
    contract = contract_of(m_Message=source)
    found = contract.modules["m"].messages["Message"]
    assert is_equal(found, normal), found
    assert prove(contract, package_code(contract)).documents >= 20


def test_the_normal_form_is_its_own_normal_form() -> None:
    for _, normal in CASES.values():
        again = contract_of(m_Message=normal).modules["m"].messages["Message"]
        assert is_equal(again, normal), normal


MONEY: Schema = {**members(amount=WHOLE, currency={"enum": ["EUR", "USD"]}), "required": ["amount"]}


@pytest.mark.parametrize("target", ["Types.json", "../m/Types.json", "contract:/m/Types.json"])
def test_a_reference_leads_to_another_file(target: str) -> None:
    types = {"$defs": {"Money": MONEY, "Id": {"type": "string", "format": "uuid"}}, **members()}
    order = members(
        total={"$ref": f"{target}#/$defs/Money"},
        id={"$ref": f"{target}#/$defs/Id"},
        whole={"$ref": target},
    )
    contract = contract_of(
        m_Order=order, m_Types=types, n_Other=members(o={"$ref": "../m/Order.json"})
    )
    found = contract.modules["m"].messages["Order"]
    assert found["properties"]["total"] == ref("Money")
    assert is_equal(found["$defs"]["Money"], MONEY)
    assert prove(contract, package_code(contract)).messages == 3
    text = package_code(contract)["pydantic_models/m.py"].decode()
    assert text.count("class Money(") == text.count("class Types(") == 1


def test_a_reference_to_a_file_of_another_draft_follows_the_rules_of_that_draft() -> None:
    old: Schema = {"$schema": DRAFT_7, "items": [{"$ref": "#/definitions/A", "maximum": 3}]}
    old["definitions"] = {"A": WHOLE}
    contract = contract_of(m_Old=old, m_New=members(it={"$ref": "Old.json"}))
    assert contract.modules["m"].definitions["Old"]["prefixItems"] == [ref("A")]
    assert prove(contract, package_code(contract)).messages == 2


def test_the_guide_for_authors_names_every_difference() -> None:
    table = guide_text("schemas/README.md").split("\n## What the models emit\n")[1]
    rows = [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines() if "|" in line]
    told = rows[2 : rows.index("2019-09 and draft-07") + 1]
    assert told == [*DIFFERENCES]
