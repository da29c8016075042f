"""Every keyword, wherever it stands: the models are exact by the engine's documents."""

from typing import Any

import pytest
from contract.read import build_contract
from contract.subschemas import Schema

from tests.zoo.judging import prove
from tests.zoo.keywords import SCHEMAS
from tests.zoo.places import PLACES, TURNS, places_of_turn, sources_of_turn
from tests.zoo.small_schemas import contract_of

pytestmark = pytest.mark.dialect

# Every keyword and every place are in each turn; the three turns together try all pairs.
every_turn = pytest.mark.parametrize(
    "turn", [0, *(pytest.param(it, marks=pytest.mark.full) for it in TURNS[1:])]
)


@every_turn
@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.one_in(22)
def test_every_keyword_is_exact_in_every_place(name: str, turn: int) -> None:
    contract = build_contract(sources_of_turn(name, turn), "1")
    assert prove(contract).documents >= 30


def test_each_turn_has_every_keyword_and_every_place() -> None:
    for turn in TURNS:
        tried = {(name, place) for name in SCHEMAS for place in places_of_turn(name, turn)}
        assert {name for name, _ in tried} == {*SCHEMAS}
        assert {place for _, place in tried} == {*PLACES}
    pairs = {(name, it) for name in SCHEMAS for turn in TURNS for it in places_of_turn(name, turn)}
    assert len(pairs) == len(SCHEMAS) * len(PLACES)


def tagged(**more: Any) -> Schema:
    """Two classes told apart by ``kind``, as Pydantic says it, the second with more to it."""
    first: Schema = {"type": "object", "properties": {"kind": {"const": "a"}}, "required": ["kind"]}
    second = {**first, "properties": {"kind": {"const": "b"}, **more.pop("members", {})}, **more}
    mapping = {"a": "#/$defs/A", "b": "#/$defs/B"}
    return {
        "discriminator": {"propertyName": "kind", "mapping": mapping},
        "oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}],
        "$defs": {"A": first, "B": second},
    }


ANY_OF_BOTH: Schema = {
    "oneOf": [{"$ref": "#/$defs/And"}, {"$ref": "#/$defs/Not"}, {"type": "string"}],
    "$defs": {
        "And": {
            "type": "object",
            "properties": {"and": {"type": "array", "items": {"$ref": "#"}}},
            "required": ["and"],
        },
        "Not": {"type": "object", "properties": {"not": {"$ref": "#"}}, "required": ["not"]},
    },
}
# What random schemas found.
FOUND: dict[str, Schema] = {
    "classes-that-wait-for-each-other": ANY_OF_BOTH,
    "tagged": tagged(),
    "tagged-and-aliased": tagged(members={"x-y": {"type": "string"}}),
    "tagged-and-asserted": tagged(minProperties=2),
    "tagged-by-an-enum-of-one": tagged(members={"kind": {"type": "string", "enum": ["b"]}}),
    "rest-of-a-prefix-in-a-list-of-types": {
        **{"type": ["array", "null"], "prefixItems": [{"type": "string"}]},
        "items": {"type": "integer"},
    },
    "rest-of-an-object-in-a-list-of-types": {
        **{"type": ["object", "null"], "properties": {"a": {"type": "string"}}},
        "additionalProperties": {"type": "integer"},
    },
    "reference-of-another-type": {
        "properties": {"c": {"type": "object", "items": {"$ref": "#/$defs/M"}}},
        "$defs": {"M": {}},
    },
    "an-empty-enum": {"properties": {"a": {"enum": []}}},
    "literals-in-two-orders": {
        "type": "object",
        "properties": {
            "a": {"type": "string", "enum": ["a", "ab"]},
            "b": {"type": "string", "enum": ["ab", "a"]},
        },
    },
    "null-as-a-list": {
        "anyOf": [
            {"type": "object", "properties": {"a": {"type": "integer"}}},
            {"type": ["null"]},
        ]
    },
    "bounds-of-numbers-beyond-doubles": {
        **{"type": "number", "minimum": 2**53 + 1, "exclusiveMaximum": 10**25},
    },
    "a-bound-that-one-of-two-types-says": {"type": ["integer", "number"], "minimum": 1.5},
    "an-option-that-an-assertion-mentions": {
        "oneOf": [
            {"readOnly": True},
            {"type": "object", "properties": {"a": {"$ref": "#"}}},
        ]
    },
    "an-object-within-what-two-classes-extend": {
        "type": "object",
        "properties": {"a": {"$ref": "#/$defs/A"}, "b": {"$ref": "#/$defs/B"}},
        "$defs": {
            "A": {"allOf": [{"$ref": "#/$defs/Base"}, {"required": ["inner"]}]},
            "B": {"allOf": [{"$ref": "#/$defs/Base"}, {"properties": {"b": {"type": "null"}}}]},
            "Base": {
                "type": "object",
                "properties": {
                    "inner": {
                        "type": "object",
                        "properties": {"base": {"$ref": "#/$defs/Base"}, "a": {"type": "string"}},
                    },
                    "more": {
                        "allOf": [{"$ref": "#/$defs/Base"}, {"properties": {"a": {"type": "null"}}}]
                    },
                },
            },
        },
    },
    "an-object-with-keywords-of-arrays": {
        **{"type": "object", "properties": {}, "items": {"type": "number"}, "maxItems": 1},
    },
}


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.one_in(3)
def test_what_was_found_once_is_exact(name: str) -> None:
    contract = contract_of(m_Message=FOUND[name])
    assert prove(contract).documents >= 20


LARGE: list[tuple[str, int | float]] = [
    *(
        (word, bound)
        for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
        for bound in (1.7976931348623157e308, 10**309, -(10**400))
    ),
    *(
        (word, size)
        for word in ("maxLength", "maxItems", "maxProperties")
        for size in (10**6, 2**31 - 1)
    ),
]


@pytest.mark.parametrize(("word", "value"), LARGE)
@pytest.mark.one_in(8)
def test_a_number_of_any_size_is_exact(word: str, value: float) -> None:
    for rest in ({}, {"type": ["number", "null"]}, {"type": "integer"}, {"type": "array"}):
        assert prove(contract_of(m_Message={word: value, **rest})).documents >= 3
