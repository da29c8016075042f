"""Every keyword, wherever it stands: the models are exact by the engine's documents."""

from typing import Any

import pytest
from contract.subschemas import Schema

from tests.zoo.keywords import KEYWORDS
from tests.zoo.proving import Record, prove_schemas

pytestmark = pytest.mark.dialect


def places(schema: Schema) -> dict[str, Schema]:
    """The schema as a message, as a member, among others, within a list, a map and a union."""
    inner = {word: it for word, it in schema.items() if word != "$defs"}
    around = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    value: dict[str, Schema] = {
        "Optional": {"type": "object", "properties": {"it": inner}},
        "Closed": {"type": "object", "properties": {"it": inner}, "additionalProperties": False},
        "Items": {"type": "array", "items": inner},
        "Values": {"type": "object", "additionalProperties": inner},
        "Nullable": {
            "type": "object",
            "properties": {"it": {"anyOf": [inner, {"type": "null"}], "default": None}},
        },
        "Either": {"anyOf": [inner, {"type": "string", "const": "other"}]},
        "Both": {"allOf": [inner, {}]},
        "Not": {"not": inner},
    }
    return {"Message": schema, **{name: {**it, **around} for name, it in value.items()}}


PLACES = [*places({})]
TURNS = 3  # by default one of them, in rotation: a third of the places of a keyword
TRIED = [
    pytest.param(
        keyword,
        PLACES[turn::TURNS],
        id=f"{keyword}-{turn}",
        marks=[] if index % TURNS == turn else pytest.mark.full,
    )
    for index, keyword in enumerate(KEYWORDS)
    for turn in range(TURNS)
]


@pytest.mark.parametrize(("keyword", "place"), TRIED)
def test_every_keyword_is_exact_in_every_place(
    keyword: str, place: list[str], record_property: Record
) -> None:
    schemas = places(KEYWORDS[keyword])
    tried = {f"m{index}/{name}": schemas[name] for index, name in enumerate(place)}
    assert prove_schemas(tried, record_property).documents >= 36


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
    "an-object-with-keywords-of-arrays": {
        **{"type": "object", "properties": {}, "items": {"type": "number"}, "maxItems": 1},
    },
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_is_exact(name: str, record_property: Record) -> None:
    assert prove_schemas({"m/Message": FOUND[name]}, record_property).documents >= 20
