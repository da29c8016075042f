"""Tuples and maps: the type that a reader sees, and the Python objects that it takes."""

import json
from collections.abc import Generator
from importlib import import_module
from typing import Any

import pytest
from contract.read import build_contract
from contract.subschemas import Schema
from models.sharing import python_classes
from output.package import package_code
from proof.agreement import prove
from proof.sandbox import imported_package
from pydantic import ValidationError

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
PAIR: Schema = {"type": "array", "prefixItems": [TEXT, WHOLE]}
MAP: Schema = {"type": "object"}
POINT: Schema = {**MAP, "properties": {"x": WHOLE}, "required": ["x"]}
# A schema, and the type that a reader sees.
TYPES: dict[str, tuple[Schema, str]] = {
    "a pair by sizes": ({**PAIR, "minItems": 2, "maxItems": 2}, "tuple[str, int]"),
    "a pair without a rest": ({**PAIR, "minItems": 2, "items": False}, "tuple[str, int]"),
    "a rest": (
        {**PAIR, "minItems": 2, "items": {"type": "boolean"}},
        "tuple[str, int, Unpack[tuple[StrictBool, ...]]]",
    ),
    "any rest": ({**PAIR, "minItems": 3}, "tuple[str, int, Unpack[tuple[Any, ...]]]"),
    "a pattern": (
        {**MAP, "patternProperties": {"^x": WHOLE}, "additionalProperties": False},
        "dict[str, int]",
    ),
    "two patterns": (
        {**MAP, "patternProperties": {"^x": TEXT, "^y": TEXT}, "additionalProperties": False},
        "dict[str, str]",
    ),
    "a few names": (
        {**MAP, "propertyNames": {"enum": ["a", "b"]}, "additionalProperties": WHOLE},
        "dict[Literal['a', 'b'], int]",
    ),
    "a few names of any value": (
        {**MAP, "propertyNames": {"enum": ["a", "b"]}},
        "dict[Literal['a', 'b'], Any]",
    ),
    "objects among any members": (
        {**MAP, "patternProperties": {"^x": {"type": "array", "items": POINT}}},
        "dict[str, list[MessageItValueItem] | Any]",
    ),
    "objects by several patterns": (
        {
            **{**MAP, "patternProperties": {"^x": POINT, "^y": TEXT}},
            "additionalProperties": {**POINT, "required": []},
        },
        "dict[str, MessageItValueWithX | str | MessageItValue]",
    ),
    # What a tuple or a typed map would not have.
    "a short array": (PAIR, "list[Any]"),
    "further members of any value": ({**MAP, "patternProperties": {"^x": WHOLE}}, "dict[str, Any]"),
    "two types": (
        {**MAP, "patternProperties": {"^x": TEXT, "^y": WHOLE}, "additionalProperties": False},
        "dict[str, Any]",
    ),
    "names of a pattern": ({**MAP, "propertyNames": {"pattern": "^a"}}, "dict[str, Any]"),
}


@pytest.mark.parametrize("name", TYPES)
def test_a_reader_sees_the_items_and_the_values(name: str) -> None:
    schema, plain = TYPES[name]
    field = {**MAP, "properties": {"it": schema}, "required": ["it"]}
    contract = build_contract({"m/Message.json": json.dumps(field).encode()}, "1")
    assert python_classes(contract)["m"].classes["Message"].field_of["it"].plain == plain


FREE: Schema = {
    "properties": {"y": {}},
    "patternProperties": {"^x-": {}},
    "additionalProperties": False,
}
MESSAGE: Schema = {
    **MAP,
    "properties": {
        "row": {
            **{"type": "array", "prefixItems": [TEXT, {"$ref": "#/$defs/Point"}], "minItems": 2},
            "items": {"$ref": "#/$defs/Point"},
        },
        "points": {
            **{**MAP, "patternProperties": {"^p": {"$ref": "#/$defs/Point"}}},
            "additionalProperties": False,
        },
        "sides": {
            **{**MAP, "propertyNames": {"enum": ["left", "right"]}},
            "additionalProperties": {"$ref": "#/$defs/Point"},
        },
        "named": {**MAP, "patternProperties": {"^p": {"$ref": "#/$defs/Point"}}},
        "free": {**MAP, **FREE},
    },
    "patternProperties": {"^x-": {"$ref": "#/$defs/Point"}},
    "additionalProperties": False,
    "$defs": {"Point": POINT},
}
DOCUMENT = {
    "row": ["a", {"x": 1}, {"x": 2}],
    "points": {"p1": {"x": 3}},
    "sides": {"left": {"x": 4}},
    "named": {"p": {"x": 6}, "other": {"y": 7}, "more": "z"},
    "x-more": {"x": 5},
}


@pytest.fixture(scope="module")
def module() -> Generator[Any]:
    contract = build_contract({"m/Message.json": json.dumps(MESSAGE).encode()}, "1")
    with imported_package(package_code(contract, formatted=False)) as package:
        yield import_module(f"{package}.m")


def test_values_within_are_objects_of_their_class(module: Any) -> None:
    message = module.Message.model_validate_json(json.dumps(DOCUMENT))
    point = module.Point
    assert message.row == ("a", point(x=1), point(x=2))
    assert message.points == {"p1": point(x=3)}
    assert message.sides == {"left": point(x=4)}
    assert message.named == {"p": point(x=6), "other": {"y": 7}, "more": "z"}
    assert message.__pydantic_extra__ == {"x-more": point(x=5)}
    assert json.loads(message.model_dump_json()) == DOCUMENT


def test_objects_of_the_annotated_types_are_accepted(module: Any) -> None:
    point = module.Point
    message = module.Message(
        row=("a", point(x=1), point(x=2)),
        points={"p1": point(x=3)},
        sides={"left": point(x=4)},
        named={"p": point(x=6), "other": {"y": 7}, "more": "z"},
        **{"x-more": point(x=5)},
    )
    assert json.loads(message.model_dump_json()) == DOCUMENT


@pytest.mark.parametrize(
    ("wrong", "kind", "place"),
    [
        ({"row": ["a"]}, "too_short", ("row",)),
        ({"row": "ab"}, "list_type", ("row",)),
        ({"row": [1, {"x": 1}]}, "string_type", ("row", 0)),
        ({"row": ["a", {"x": 1}, {}]}, "missing", ("row", 2, "x")),
        ({"points": {"q": {"x": 1}}}, "assertion", ("points",)),
        ({"points": {"p": {}}}, "missing", ("points", "p", "x")),
        ({"sides": {"up": {"x": 1}}}, "assertion", ("sides",)),
        ({"named": {"p": {}}}, "assertion", ("named",)),
        ({"x-more": {}}, "missing", ("x-more", "x")),
        ({"y": {"x": 1}}, "assertion", ()),
        ({"free": {"x": 1}}, "extra_forbidden", ("free", "x")),
    ],
)
def test_an_error_stands_where_the_fault_is(
    wrong: dict[str, Any], kind: str, place: tuple[str | int, ...], module: Any
) -> None:
    for validate in (
        module.Message.model_validate,
        lambda it: module.Message.model_validate_json(json.dumps(it)),
    ):
        with pytest.raises(ValidationError) as caught:
            validate(wrong)
        (error,) = caught.value.errors()
        assert (error["type"], error["loc"]) == (kind, place)


def test_further_members_may_be_of_a_class_that_is_written_later() -> None:
    """Pydantic 2.12 does not wait for such a class by itself."""
    again: Schema = {**MAP, "properties": {"again": {"$ref": "#"}}}
    flows: Schema = {**MAP, "properties": {"v": TEXT}, "additionalProperties": again}
    message: Schema = {**MAP, "properties": {"flows": flows}}
    contract = build_contract({"m/Message.json": json.dumps(message).encode()}, "1")
    files = package_code(contract, formatted=False)
    text = files["pydantic_models/m.py"].decode()
    assert text.index("dict[str, MessageFlowsValue]") < text.index("class MessageFlowsValue")
    assert prove(contract, files).documents > 20
