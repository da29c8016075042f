"""Tuples and maps: the type that a reader sees, and the Python objects that it takes."""

import json
from collections.abc import Generator
from typing import Any

import pytest
from contract.subschemas import Schema
from models.sharing import python_classes
from oracle.oracle import Oracle
from output.package import package_code
from pydantic import ValidationError

from tests.zoo.judging import imported, is_valid, prove
from tests.zoo.small_schemas import TEXT, WHOLE, contract_of

PAIR: Schema = {"type": "array", "prefixItems": [TEXT, WHOLE]}
MAP: Schema = {"type": "object"}
CLOSED: Schema = {"additionalProperties": False}
POINT: Schema = {**MAP, "properties": {"x": WHOLE}, "required": ["x"]}
# A schema, and the type that a reader sees.
TYPES: dict[str, tuple[Schema, str]] = {
    "a pair by sizes": ({**PAIR, "minItems": 2, "maxItems": 2}, "tuple[str, int]"),
    "a pair without a rest": ({**PAIR, "minItems": 2, "items": False}, "tuple[str, int]"),
    "a pair or null": (
        {**PAIR, "type": ["array", "null"], "minItems": 2, "items": False},
        "tuple[str, int] | None",
    ),
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
    "values with a title": (
        {**MAP, "additionalProperties": {**POINT, "title": "Corner"}},
        "dict[str, MessageItValue]",
    ),
    "values of a pattern with a title": (
        {**{**MAP, "patternProperties": {"^x": {**WHOLE, "title": "Size"}}}, **CLOSED},
        "dict[str, int]",
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
    contract = contract_of(m_Message=field)
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
        "routes": {
            **{**MAP, "patternProperties": {"^x-": {}, "^/": {"$ref": "#/$defs/Point"}}},
            "additionalProperties": False,
        },
        "rest": {
            **{**MAP, "patternProperties": {"^x-": True}},
            "additionalProperties": {"$ref": "#/$defs/Point"},
        },
        "every": {**MAP, "patternProperties": {".*": {"$ref": "#/$defs/Point"}}},
        "alike": {
            **{**MAP, "patternProperties": {"^x-": {"$ref": "#/$defs/Point"}}},
            "additionalProperties": {"$ref": "#/$defs/Point"},
        },
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
    "routes": {"x-": {"x": 7}, "/a": {"x": 8}},
    "rest": {"x-": {"x": 9}, "a": {"x": 10}},
    "every": {"a": {"x": 11}},
    "alike": {"x-": {"x": 12}, "a": {"x": 13}},
    "x-more": {"x": 5},
}


@pytest.fixture(scope="module")
def module() -> Generator[Any]:
    with imported(contract_of(m_Message=MESSAGE)) as module:
        yield module


def test_values_within_are_objects_of_their_class(module: Any) -> None:
    message = module.Message.model_validate_json(json.dumps(DOCUMENT))
    point = module.Point
    assert message.row == ("a", point(x=1), point(x=2))
    assert message.points == {"p1": point(x=3)}
    assert message.sides == {"left": point(x=4)}
    assert message.named == {"p": point(x=6), "other": {"y": 7}, "more": "z"}
    assert message.routes == {"x-": {"x": 7}, "/a": point(x=8)}
    assert message.rest == {"x-": {"x": 9}, "a": point(x=10)}
    assert message.every == {"a": point(x=11)}
    assert message.alike == {"x-": point(x=12), "a": point(x=13)}
    assert message.__pydantic_extra__ == {"x-more": point(x=5)}
    assert json.loads(message.model_dump_json()) == DOCUMENT


def test_objects_of_the_annotated_types_are_accepted(module: Any) -> None:
    point = module.Point
    message = module.Message(
        row=("a", point(x=1), point(x=2)),
        points={"p1": point(x=3)},
        sides={"left": point(x=4)},
        named={"p": point(x=6), "other": {"y": 7}, "more": "z"},
        routes={"x-": {"x": 7}, "/a": point(x=8)},
        rest={"x-": {"x": 9}, "a": point(x=10)},
        every={"a": point(x=11)},
        alike={"x-": {"x": 12}, "a": point(x=13)},
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
        ({"named": {"p": {}}}, "missing", ("named", "p", "x")),
        ({"routes": {"/a": {}}}, "missing", ("routes", "/a", "x")),
        ({"routes": {"y": {"x": 1}}}, "assertion", ("routes",)),
        ({"rest": {"y": {}, "x-": {}}}, "missing", ("rest", "y", "x")),
        ({"every": {"": {}}}, "missing", ("every", "", "x")),
        ({"alike": {"x-": {}}}, "missing", ("alike", "x-", "x")),
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
    contract = contract_of(m_Message=message)
    files = package_code(contract, formatted=False)
    text = files["pydantic_models/m.py"].decode()
    assert text.index("dict[str, MessageFlowsValue]") < text.index("class MessageFlowsValue")
    assert prove(contract, files).documents > 20


ALL_TYPES = ["null", "boolean", "number", "string", "array", "object"]
# Of a map with members of a class: what its other members are.
OTHERS: dict[str, Any] = {
    "true": True,
    "any value": {"description": "free"},
    "any value by a reference": {"$ref": "#/$defs/Free"},
    "any type": {"oneOf": [{"type": it} for it in ALL_TYPES]},
    "any type but one": {"anyOf": [{"type": it} for it in ALL_TYPES[1:]]},
    "different items": {"uniqueItems": True},
    "an array that holds something": {"contains": True},
    "no value": False,
    "strings": {"type": "string"},
    "another class": {"type": "object", "properties": {"y": {"type": "null"}}, "required": ["y"]},
}
VALUES: list[Any] = [None, 1, "", [], [1, 1], {}, {"x": 1}, {"x": ""}, {"y": None}]
MAPS: list[Any] = [{name: it} for name in ("p", "", "xp", "other") for it in VALUES]


@pytest.mark.parametrize("further", [{}, {"additionalProperties": False}])
@pytest.mark.parametrize(
    "named",
    [
        {},
        {"properties": {"": {}, "z": {"type": "array"}}},
        {"minProperties": 1, "maxProperties": 2},
        {"propertyNames": {"enum": ["p", "xp", "z"]}},
    ],
)
@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.one_in(3)
def test_names_choose_the_type_of_members(name: str, named: Schema, further: Schema) -> None:
    patterns = {"^p": POINT, "^x": OTHERS[name]}
    schema: Schema = {
        **{**MAP, "properties": {"it": {**MAP, "patternProperties": patterns, **named, **further}}},
        "$defs": {"Free": {"title": "Free", "additionalProperties": True}},
    }
    oracle = Oracle(schema)
    with imported(contract_of(m_Message=schema)) as module:
        model = module.Message
        verdicts = set[bool]()
        for it in ({}, *MAPS, {"p": {"x": 1}, "x": "", "z": [1, 1]}):
            verdicts.add(oracle.accepts({"it": it}))
            assert is_valid(model, {"it": it}) is oracle.accepts({"it": it}), it
    assert verdicts == {True, False}


def test_further_members_of_a_class_are_read_by_their_names() -> None:
    patterns = {"^x-": True, "^[0-9]": {"$ref": "#/$defs/Point"}}
    schema: Schema = {
        **{**MAP, "properties": {"named": TEXT}, "patternProperties": patterns},
        "$defs": {"Point": POINT},
    }
    with imported(contract_of(m_Message=schema)) as module:
        text = '{"named":"","1":{"x":1},"x-1":{"x":1},"other":{}}'
        message = module.Message.model_validate_json(text)
        assert message.__pydantic_extra__ == {
            **{"1": module.Point(x=1), "x-1": {"x": 1}},
            "other": {},
        }
        assert message.model_dump_json() == text


def test_objects_of_a_class_are_unique_as_their_documents_are() -> None:
    points = {"type": "array", "items": {"$ref": "#/$defs/Point"}, "uniqueItems": True}
    schema: Schema = {**MAP, "properties": {"points": points}, "$defs": {"Point": POINT}}
    with imported(contract_of(m_Message=schema)) as module:
        one, same, other = (module.Point(x=it) for it in (1, 1, 2))
        assert module.Message(points=[one, other]).points == [one, other]
        for wrong in (same, {"x": 1.0}):
            with pytest.raises(ValidationError, match="uniqueItems"):
                module.Message.model_validate({"points": [one, wrong]})
