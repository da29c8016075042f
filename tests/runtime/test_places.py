"""An error stands at the fault itself, in a union too, and says what is wrong."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from runtime._paths import error_pointer

from tests.zoo.judging import imported
from tests.zoo.small_schemas import contract_of

CAR: Any = {
    "type": "object",
    "properties": {"kind": {"const": "car", "type": "string"}, "body": {"type": "string"}},
    "required": ["kind", "body"],
}
TRUCK: Any = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["truck", "van"], "type": "string"},
        "load": {"$ref": "#/$defs/Vehicle"},
        "car": {"type": "integer"},
    },
    "required": ["kind"],
}
VEHICLE: Any = {"oneOf": [{"$ref": "#/$defs/Car"}, {"$ref": "#/$defs/Truck"}]}
REFERENCE: Any = {"$ref": "#/$defs/Vehicle"}
# Branches that the JSON type tells apart, one of them a union.
MIXED: Any = {
    "anyOf": [
        {"$ref": "#/$defs/Car"},
        {"type": "array", "items": {"$ref": "#/$defs/Mixed"}},
        {"oneOf": [{"type": "string", "maxLength": 3}, {"const": False}, {"enum": [1, 2]}]},
    ]
}
DOG: Any = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "bark": {"type": "string"},
        "age": {"minimum": 0, "type": "integer"},
    },
    "required": ["name", "bark"],
}
CAT: Any = {
    "type": "object",
    "properties": {
        "name": {"const": "Tom"},
        "purr": {"type": "number"},
        "toys": {"type": "array", "items": REFERENCE},
    },
    "required": ["name", "purr"],
}
SCHEMA: Any = {
    "type": "object",
    "properties": {
        "one": REFERENCE,
        "all": {"type": "array", "items": REFERENCE},
        "by-name": {"type": "object", "additionalProperties": REFERENCE},
        "pair": {"type": "array", "prefixItems": [{"type": "integer"}, REFERENCE], "minItems": 2},
        "maybe": {"anyOf": [{"$ref": "#/$defs/Car"}, {"$ref": "#/$defs/Truck"}, {"type": "null"}]},
        "text": {"anyOf": [{"$ref": "#/$defs/Car"}, {"$ref": "#/$defs/Truck"}, {"type": "string"}]},
        "mixed": {"$ref": "#/$defs/Mixed"},
        "listed": {"type": ["array", "null"], "items": {"type": "integer"}},
        "near": {
            "anyOf": [
                {"$ref": "#/$defs/Dog"},
                {"$ref": "#/$defs/Cat"},
                {"type": "array", "items": {"$ref": "#/$defs/Dog"}},
            ]
        },
        "ruled": {"$ref": "#/$defs/Ruled", "properties": {"x": {"maxLength": 2}}},
    },
    "additionalProperties": REFERENCE,
    "$defs": {
        "Car": CAR,
        "Truck": TRUCK,
        "Vehicle": VEHICLE,
        "Mixed": MIXED,
        "Dog": DOG,
        "Cat": CAT,
        "Ruled": {"type": "object", "properties": {"x": {"type": "string"}}},
    },
}
WITHOUT_BODY: Any = {"kind": "car"}
BUS: Any = {"kind": "bus"}
IN_A_TRUCK: Any = {"kind": "truck", "load": WITHOUT_BODY}
KINDS = "'car', 'truck', 'van'"

# Document -> the JSON Pointer of each error and a part of its message.
FAULTS: dict[str, tuple[Any, dict[str, str]]] = {
    "a member of the class": ({"one": WITHOUT_BODY}, {"/one/body": "Field required"}),
    "an unknown tag": ({"one": BUS}, {"/one/kind": KINDS}),
    "no tag": ({"one": {}}, {"/one/kind": "kind"}),
    "no object": ({"one": 3}, {"/one": "object"}),
    "in an array": (
        {"all": [{"kind": "van"}, WITHOUT_BODY, BUS]},
        {"/all/1/body": "", "/all/2/kind": KINDS},
    ),
    "in a map": ({"by-name": {"car": WITHOUT_BODY}}, {"/by-name/car/body": ""}),
    "in a tuple": ({"pair": [1, WITHOUT_BODY]}, {"/pair/1/body": ""}),
    "beside null": ({"maybe": WITHOUT_BODY}, {"/maybe/body": "Field required"}),
    "beside a string, which the tag does not name": (
        {"text": WITHOUT_BODY},
        {"/text/body": "Field required"},
    ),
    "beside a string, no tag": ({"text": {}}, {"/text/kind": "kind"}),
    "neither an object nor a string": ({"text": 3}, {"/text": "object or string"}),
    "the one branch of objects": (
        {"mixed": {"kind": "car", "body": 1}},
        {"/mixed/body": "valid string"},
    ),
    "the one branch of arrays, twice": (
        {"mixed": ["a", [{}]]},
        {
            "/mixed/1/0/kind": "required",
            "/mixed/1/0/body": "required",
        },
    ),
    "the one branch of strings": ({"mixed": "abcd"}, {"/mixed": "at most 3 char"}),
    "the one constant of a type": ({"mixed": [True]}, {"/mixed/0": "False"}),
    "an enum of a type": ({"mixed": 3}, {"/mixed": "1 or 2"}),
    "no branch of the type": (
        {"mixed": None},
        {"/mixed": "Input should be object, array, string, integer or boolean"},
    ),
    "a list of types": ({"listed": [1, "x"]}, {"/listed/1": "integer"}),
    "none of a list of types": ({"listed": {}}, {"/listed": "Input should be array or null"}),
    "branches of one type": (
        {"near": {"name": "Rex"}},
        {"/near": "No branch fits; the nearest is Dog: 'bark' is required"},
    ),
    "the place in the nearest branch": (
        {"near": {"name": "Tom", "purr": 1, "toys": [WITHOUT_BODY]}},
        {"/near": "the nearest is Cat: 'body' is required at /toys/0"},
    ),
    "the nearest branch by its constants": (
        {"near": {"name": "Rex", "purr": 1, "bark": "", "age": -1}},
        {"/near": "the nearest is Dog: Input should be greater than or equal to 0 at /age"},
    ),
    "beside branches of one type": ({"near": [{"name": "Rex"}]}, {"/near/0/bark": "required"}),
    "deep": ({"one": {"kind": "van", "load": IN_A_TRUCK}}, {"/one/load/load/body": ""}),
    "a member that is called like the tag": (
        {"one": {"kind": "truck", "car": "x"}},
        {"/one/car": ""},
    ),
    "a further member": ({"two": IN_A_TRUCK}, {"/two/load/body": "Field required"}),
    "a member without a type around": ({"ruled": {"x": "abc"}}, {"/ruled/x": "at most 2 char"}),
}


@pytest.fixture(scope="module")
def model() -> Iterator[type[BaseModel]]:
    with imported(contract_of(m_Thing=SCHEMA)) as module:
        yield module.Thing


@pytest.mark.parametrize("entry", ["model_validate_json", "model_validate"])
@pytest.mark.parametrize("name", FAULTS)
def test_an_error_stands_at_its_fault(name: str, entry: str, model: type[BaseModel]) -> None:
    document, expected = FAULTS[name]
    given = json.dumps(document) if entry.endswith("json") else document
    with pytest.raises(ValidationError) as caught:
        getattr(model, entry)(given)
    errors: Any = caught.value.errors()
    assert [error_pointer(model, it) for it in errors] == [*expected]
    for error, part in zip(errors, expected.values(), strict=True):
        assert part in error["msg"], error["msg"]
