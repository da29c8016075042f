"""An error stands at the fault itself, in a union too, and says what is wrong."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from contract.read import build_contract
from models.sharing import python_classes
from output.package import python_package
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, ValidationError
from runtime._paths import error_pointer

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
SCHEMA: Any = {
    "type": "object",
    "properties": {
        "one": REFERENCE,
        "all": {"type": "array", "items": REFERENCE},
        "by-name": {"type": "object", "additionalProperties": REFERENCE},
        "pair": {"type": "array", "prefixItems": [{"type": "integer"}, REFERENCE], "minItems": 2},
        "maybe": {"anyOf": [{"$ref": "#/$defs/Car"}, {"$ref": "#/$defs/Truck"}, {"type": "null"}]},
        "text": {"anyOf": [{"$ref": "#/$defs/Car"}, {"$ref": "#/$defs/Truck"}, {"type": "string"}]},
        "ruled": {"$ref": "#/$defs/Ruled", "properties": {"x": {"maxLength": 2}}},
    },
    "additionalProperties": REFERENCE,
    "$defs": {
        "Car": CAR,
        "Truck": TRUCK,
        "Vehicle": VEHICLE,
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
    "beside a string, which the tag does not name": ({"text": WITHOUT_BODY}, {"/text": "any of"}),
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
    contract = build_contract({"m/Thing.json": json.dumps(SCHEMA).encode()}, "1")
    package = python_package(contract, python_classes(contract), formatted=False)
    with imported_package(package) as name:
        yield model_in(name, "m", "Thing")


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
