"""A schema in other words, another draft or several files has the models of its normal form."""

import json
from typing import Any

import pytest
from contract.drafts import DRAFT_NAMES
from contract.json_values import is_equal
from contract.read import build_contract
from contract.refusal import Refused
from contract.settings import Settings
from contract.subschemas import Schema
from oracle.oracle import oracle_for
from output.package import package_code

from tests.zoo.judging import prove
from tests.zoo.markdown_blocks import guide_text
from tests.zoo.small_schemas import TEXT, WHOLE, contract_of, contract_of_files, members, ref

pytestmark = pytest.mark.dialect

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
DRAFT_6 = "https://json-schema.org/draft-06/schema"
DRAFT_4 = "http://json-schema.org/draft-04/schema#"
DRAFT_2019 = "https://json-schema.org/draft/2019-09/schema"


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
    "a word of your own": [({"x-note": {"$ref": "#"}, "x-other": 1}, {"x-other": 1})],
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
        (
            members(a=members(x=TEXT), b={"$ref": "#/properties/a"}),
            {
                **members(a=ref("MessageA"), b=ref("MessageA")),
                "$defs": {"MessageA": members(x=TEXT)},
            },
        ),
        ({"$defs": {"Unused": TEXT}, **WHOLE}, WHOLE),
        (
            {**ref("A"), "required": ["a"], "$defs": {"A": members(a=TEXT)}},
            {"allOf": [ref("A")], "required": ["a"], "$defs": {"A": members(a=TEXT)}},
        ),
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
        ({"oneOf": [{"type": "null"}, TEXT]}, {"oneOf": [TEXT, {"type": "null"}]}),
    ],
    "`enum`": [({"enum": [None, "a", 1]}, {"enum": ["a", 1, None]})],
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
    "`patternProperties`": [
        (
            {"patternProperties": {".*": TEXT}, "additionalProperties": False},
            {"additionalProperties": TEXT},
        ),
        (
            {**members(a=TEXT), "patternProperties": {".*": TEXT}},
            {**members(a=TEXT), "patternProperties": {".*": TEXT}},
        ),
    ],
    "what says nothing": [
        ({"allOf": [True, {}], **TEXT}, TEXT),
        ({**members(), "required": []}, members()),
        ({"uniqueItems": False, "then": TEXT, "minContains": 2, "properties": {}}, {}),
        ({"patternProperties": {}, "dependentRequired": {}, "dependentSchemas": {}}, {}),
    ],
    "`unevaluatedProperties`, `unevaluatedItems`": [
        (
            {"additionalProperties": TEXT, "unevaluatedProperties": False},
            {"additionalProperties": TEXT},
        ),
        (
            {"anyOf": [members(b=TEXT)], **members(a=TEXT), "unevaluatedProperties": False},
            {
                **members(a=TEXT),
                "anyOf": [members(b=TEXT)],
                "allOf": [
                    {
                        "if": members(b=TEXT),
                        "then": {"properties": {"a": {}, "b": {}}, "additionalProperties": False},
                        "else": {"properties": {"a": {}}, "additionalProperties": False},
                    }
                ],
            },
        ),
        (  # branches that evaluate nothing more make no cases
            {
                **members(a=TEXT, b=TEXT),
                "anyOf": [{"required": ["a"]}, members(b={"minLength": 2})] * 10,
                "dependentSchemas": {"b": {"allOf": [members(a={"minLength": 1})]}},
                "unevaluatedProperties": False,
            },
            {
                **members(a=TEXT, b=TEXT),
                "anyOf": [{"required": ["a"]}, members(b={"minLength": 2})] * 10,
                "dependentSchemas": {"b": members(a={"minLength": 1})},
                "allOf": [{"properties": {"a": {}, "b": {}}, "additionalProperties": False}],
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
    "an older draft": [
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
        (
            {"$schema": DRAFT_7, "dependencies": {"a": {"required": ["d"]}, "b": ["c"]}},
            {"dependentSchemas": {"a": {"required": ["d"]}, "b": {"required": ["c"]}}},
        ),
        (
            {"$schema": DRAFT_6, "contains": WHOLE, "items": [TEXT], "additionalItems": WHOLE},
            {"contains": WHOLE, "prefixItems": [TEXT], "items": WHOLE},
        ),
        (
            {"$schema": DRAFT_6, **members(a={"$ref": "#/definitions/A", "maximum": 3})}
            | {"definitions": {"A": WHOLE}, "$id": "x:y"},
            {**members(a=ref("A")), "$defs": {"A": WHOLE}},
        ),
        (
            {"$schema": DRAFT_4, "type": "number", "minimum": 3, "exclusiveMinimum": True},
            {"type": "number", "exclusiveMinimum": 3},
        ),
        (
            {"$schema": DRAFT_4, "maximum": 0.5, "exclusiveMaximum": True, "minimum": 0},
            {"exclusiveMaximum": 0.5, "minimum": 0},
        ),
        (
            {"$schema": DRAFT_4, "minimum": 3, "exclusiveMinimum": False, "id": "x:y"},
            {"minimum": 3},
        ),
        (
            {"$schema": DRAFT_4, **members(a={"$ref": "#x", **WHOLE}, b={"id": "#x", **TEXT})},
            {**members(a=ref("MessageX"), b=TEXT), "$defs": {"MessageX": TEXT}},
        ),
        (
            {"$schema": DRAFT_4, "dependencies": {"a": ["b"]}, "$id": "asserts nothing"},
            {"dependentRequired": {"a": ["b"]}},
        ),
        (
            {"$schema": DRAFT_4, "examples": "of no kind", "readOnly": "yes", "$comment": 1},
            {},
        ),
    ],
}
CASES = {
    f"{words} {index}": case
    for words, cases in DIFFERENCES.items()
    for index, case in enumerate(cases)
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.one_in(8)
def test_the_models_of_other_words_are_exact_and_emit_the_normal_form(name: str) -> None:
    source, normal = CASES[name]
    contract = contract_of(m_Message=source)
    found = contract.modules["m"].messages["Message"]
    assert is_equal(found, normal), found
    assert prove(contract).documents >= 20


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
    assert prove(contract).messages == 3
    text = package_code(contract)["pydantic_models/m.py"].decode()
    assert text.count("class Money(") == text.count("class Types(") == 1


def test_a_reference_to_a_file_of_another_draft_follows_the_rules_of_that_draft() -> None:
    old: Schema = {"$schema": DRAFT_7, "items": [{"$ref": "#/definitions/A", "maximum": 3}]}
    old["definitions"] = {"A": WHOLE}
    contract = contract_of(m_Old=old, m_New=members(it={"$ref": "Old.json"}))
    assert contract.modules["m"].definitions["Old"]["prefixItems"] == [ref("A")]
    assert prove(contract).messages == 2


LATER_WORDS: dict[str, Schema] = {
    DRAFT_4: {
        "const": 1,
        "contains": {},
        "propertyNames": {"maxLength": 1},
        "if": {},
        "else": False,
    },
    DRAFT_6: {"if": {}, "then": {"minLength": 9}, "prefixItems": 1, "unevaluatedItems": "text"},
    DRAFT_7: {"dependentRequired": {"a": ["b"]}, "$anchor": 1, "minContains": 2},
}


@pytest.mark.parametrize("draft", LATER_WORDS)
def test_a_keyword_of_a_later_draft_asserts_nothing_where_the_owner_says_so(draft: str) -> None:
    words = LATER_WORDS[draft]
    with pytest.raises(Refused) as refused:
        contract_of(m_Message={"$schema": draft, **words})
    name = draft.split("/")[-2]
    assert str(refused.value).splitlines() == [
        f"m/Message.json#: {word!r} asserts nothing in {name}; name a draft that has it in $schema"
        for word in sorted(words)
    ]
    text = json.dumps({"$schema": draft, **words, "minLength": 2}).encode()
    for settings in (Settings(annotations=("*",)), Settings(annotations=tuple(words))):
        contract = build_contract({"m/Message.json": text}, "1", settings)
        assert contract.modules["m"].messages["Message"] == {"minLength": 2}
        assert prove(contract).documents >= 3


@pytest.mark.parametrize(("draft", "normal"), [("draft-04", 3), ("2020-12", 4)])
def test_a_schema_that_names_no_draft_is_of_the_default(draft: str, normal: int) -> None:
    settings = Settings(dialect=DRAFT_NAMES[draft])
    files = {
        "m/Old.json": {"$schema": DRAFT_4, "minimum": 3, "exclusiveMinimum": True},
        "m/New.json": {"$schema": DRAFT_2019, "exclusiveMinimum": 4},
        "m/Unnamed.json": {"minimum": 3, "exclusiveMinimum": True}
        if draft == "draft-04"
        else {"exclusiveMinimum": 4},
    }
    contract = contract_of_files(files, settings)
    assert contract.modules["m"].messages["Unnamed"] == {"exclusiveMinimum": normal}
    assert prove(contract).messages == 3


def test_contains_evaluates_items_since_2020_12() -> None:
    for draft, evaluates in ((DRAFT_2019, False), (DRAFT_NAMES["2020-12"], True)):
        schema = {"$schema": draft, "contains": WHOLE, "unevaluatedItems": TEXT}
        contract = contract_of(m_Message=schema)
        assert prove(contract).documents >= 10
        assert oracle_for(contract, "m", "Message").accepts([1, "a"]) == evaluates
    old = {"$schema": DRAFT_2019, "$defs": {"A": {"contains": WHOLE}}}
    new = {"allOf": [{"$ref": "Old.json#/$defs/A"}], "unevaluatedItems": TEXT}
    with pytest.raises(Refused, match=r"m/New.json#: unevaluatedItems takes contains otherwise"):
        contract_of(m_New=new, m_Old=old)


FORMATS_SINCE = {
    "draft-04": ["date-time", "email", "hostname", "ipv4", "ipv6", "uri"],
    "draft-06": ["uri-reference", "uri-template", "json-pointer"],
    "draft-07": [
        *("date", "time", "idn-email", "idn-hostname", "iri", "iri-reference", "regex"),
        "relative-json-pointer",
    ],
    "2019-09": ["duration", "uuid"],
    "2020-12": [],
}


@pytest.mark.parametrize("draft", FORMATS_SINCE)
def test_a_format_asserts_something_since_the_draft_that_defines_it(draft: str) -> None:
    drafts = [*FORMATS_SINCE]
    known = {it for name in drafts[: drafts.index(draft) + 1] for it in FORMATS_SINCE[name]}
    members = {it: {"format": it} for names in FORMATS_SINCE.values() for it in names}
    schema = {"$schema": DRAFT_NAMES[draft], "type": "object", "properties": members}
    contract = contract_of(m_Message=schema)
    properties = contract.modules["m"].messages["Message"]["properties"]
    assert {it for it in members if "format" in properties[it]} == known
    assert prove(contract).documents >= 50
    oracle = oracle_for(contract, "m", "Message")
    for name in members:
        assert oracle.accepts({name: " (%{"}) == (name not in known)
        assert oracle.second_opinion({name: " (%{"}) == (name not in known)


@pytest.mark.parametrize("draft", ["draft-07", "2019-09", "2020-12"])
@pytest.mark.parametrize("rest", [{}, {"pattern": "^[0-3]"}], ids=["alone", "beside a pattern"])
def test_a_relative_pointer_moves_within_an_array_since_2020_12(draft: str, rest: Any) -> None:
    schema = {"$schema": DRAFT_NAMES[draft], "format": "relative-json-pointer", **rest}
    contract = contract_of(m_Message=schema)
    assert prove(contract).documents >= 20
    accepts = oracle_for(contract, "m", "Message").accepts
    verdicts = [accepts(it) for it in ("0", "1/a", "2#", "0+1/a", "0#+1")]
    assert verdicts == [True, True, True, draft == "2020-12", False]


@pytest.mark.parametrize(
    "uri", ["http://json-schema.org/schema", "https://json-schema.org/schema#"]
)
def test_a_schema_of_the_latest_draft_names_no_draft(uri: str) -> None:
    new, old = {"exclusiveMinimum": 4}, {"minimum": 4, "exclusiveMinimum": True}
    for schema, dialect in ((new, "2020-12"), (new, "draft-07"), (old, "draft-04")):
        text = json.dumps({"$schema": uri, **schema}).encode()
        settings = Settings(dialect=DRAFT_NAMES[dialect])
        contract = build_contract({"m/Message.json": text}, "1", settings)
        assert contract.modules["m"].messages["Message"] == new
        assert prove(contract).documents >= 3


SPELLINGS = [
    f"{scheme}://json-schema.org/{path}/schema{end}"
    for scheme in ("http", "https")
    for path in ("draft-04", "draft-06", "draft-07", "draft/2019-09", "draft/2020-12")
    for end in ("", "#")
]


@pytest.mark.parametrize("uri", SPELLINGS)
@pytest.mark.one_in(10)
def test_a_draft_is_named_by_http_or_https_with_or_without_a_fragment(uri: str) -> None:
    schema = {"$schema": uri, "items": {"$ref": "#/definitions/A", "minimum": 3}}
    contract = contract_of(m_Message={**schema, "definitions": {"A": WHOLE}})
    hides = "draft-0" in uri
    item = ref("A") if hides else {**ref("A"), "minimum": 3}
    assert contract.modules["m"].messages["Message"]["items"] == item
    assert prove(contract).documents >= 10
    oracle = oracle_for(contract, "m", "Message")
    assert [oracle.accepts([1]), oracle.second_opinion([1])] == [hides, hides]


def test_the_guide_for_authors_names_every_difference() -> None:
    table = guide_text("schemas/README.md").split("\n## What the models emit\n")[1]
    rows = [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines() if "|" in line]
    told = rows[2 : rows.index("an older draft") + 1]
    assert told == [*DIFFERENCES]
