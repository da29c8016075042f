"""A few constants are a Literal or an enum of Python, and stay apart as JSON tells them apart."""

import json
from collections.abc import Generator
from importlib import import_module
from typing import Any

import pytest
from contract.subschemas import Schema
from models.sharing import python_classes
from output.package import package_code
from proof.sandbox import imported_package
from pydantic import BaseModel, ValidationError

from tests.zoo.judging import imported
from tests.zoo.small_schemas import contract_of

TITLED: list[Schema] = [
    {"const": "r", "title": "Dark red", "description": "Stop."},
    {"const": "g", "title": "Grün"},
]
# A schema, and the type that a reader sees.
TYPES: dict[str, tuple[Schema | bool, str]] = {
    "an enum of one": ({"enum": ["x"]}, "Literal['x']"),
    "a typed enum of one": ({"type": "string", "enum": ["x"]}, "Literal['x']"),
    "a const": ({"const": 1}, "Literal[1]"),
    "a typed const": ({"type": "boolean", "const": True}, "Literal[True]"),
    "a const of null": ({"const": None}, "None"),
    "an enum with null": ({"enum": [None, "a"]}, "Literal['a'] | None"),
    "a list of types": ({"type": ["string", "null"], "enum": ["a", None]}, "Literal['a'] | None"),
    "an enum of integers": ({"type": "integer", "enum": [1, 2.0]}, "Literal[1, 2]"),
    "an enum of kinds": ({"enum": [1, True, "1", None]}, "Literal[1, True, '1'] | None"),
    "titled constants": ({"type": "string", "oneOf": TITLED}, "Literal['r', 'g']"),
    "constants or lists": ({"anyOf": [{"const": 1}, {"enum": ["a", 2]}]}, "Literal[1, 'a', 2]"),
    "constants repeated": ({"anyOf": [{"const": "a"}, {"enum": ["b", "a"]}]}, "Literal['a', 'b']"),
    "titled constants or null": (
        {"oneOf": [*TITLED, {"type": "null"}]},
        "Literal['r', 'g'] | None",
    ),
    # What Literal does not have.
    "a fraction": ({"type": "number", "enum": [1, 0.5]}, "float"),
    "a large integer": ({"type": "integer", "const": 2**53}, "int"),
    "fractions": ({"enum": [1, 0.5]}, "float"),
    "a fraction or null": ({"enum": [0.5, None]}, "float | None"),
    "a list": ({"const": [1]}, "list[Any]"),
    "a list or an object": ({"enum": [[], {"a": 1}]}, "list[Any] | dict[str, Any]"),
    "nothing": ({"enum": []}, "Any"),
    "no value": (False, "Never"),
    "another type": ({"type": "string", "enum": ["a", 1]}, "str"),
}


@pytest.mark.parametrize("name", TYPES)
def test_a_reader_sees_the_constants(name: str) -> None:
    schema, plain = TYPES[name]
    field = {"type": "object", "properties": {"it": schema}, "required": ["it"]}
    contract = contract_of(m_Message=field)
    assert python_classes(contract)["m"].classes["Message"].field_of["it"].plain == plain


DEFINITIONS: dict[str, Schema] = {
    "Level": {"title": "Level", "type": "integer", "enum": [1, 10, -1]},
    "Color": {"description": "Of a lamp.", "oneOf": TITLED},
    "Size": {"anyOf": [{"const": 1, "title": "S"}, {"const": 2, "title": "M"}]},
    "One": {"const": 1},
    "Truth": {"enum": [True, "x"]},
}


@pytest.fixture(scope="module")
def module() -> Generator[Any]:
    properties = {name.lower(): {"$ref": f"#/$defs/{name}"} for name in DEFINITIONS}
    message = {"type": "object", "properties": properties, "$defs": DEFINITIONS}
    with imported(contract_of(m_Message=message)) as module:
        yield module


def test_enums_have_the_names_of_their_titles_and_values(module: Any) -> None:
    assert {it.name: it.value for it in module.Level} == {
        **{"VALUE_1": 1, "VALUE_10": 10},
        "VALUE_MINUS_1": -1,
    }
    assert {it.name: it.value for it in module.Color} == {"DARK_RED": "r", "GRÜN": "g"}
    assert {it.name: it.value for it in module.Size} == {"S": 1, "M": 2}
    assert module.Color.__doc__ == "Of a lamp."
    assert [f"{it}" for it in (module.Size.M, module.Color.GRÜN)] == ["2", "g"]


@pytest.mark.parametrize(
    "more", [{"examples": ["a"]}, {"$comment": "c"}, {"deprecated": True}, {"description": "d\n "}]
)
def test_a_titled_enum_stays_a_class_beside_an_annotation(more: Schema) -> None:
    kind: Schema = {"title": "Kind", "type": "string", "enum": ["a", "b"], **more}
    contract = contract_of(m_Message={"$ref": "#/$defs/Kind", "$defs": {"Kind": kind}})
    with imported(contract) as module:
        assert [*module.Kind] == ["a", "b"]
        assert module.Message.model_json_schema()["$defs"]["Kind"] == kind


@pytest.mark.parametrize(
    ("member", "text", "value"),
    [
        ("level", "10", "Level.VALUE_10"),
        ("level", "1e1", "Level.VALUE_10"),
        ("color", '"g"', "Color.GRÜN"),
        ("size", "2.0", "Size.M"),
        ("one", "1.0", 1),
        ("truth", "true", True),
    ],
)
def test_a_value_is_read_as_the_constant(member: str, text: str, value: Any, module: Any) -> None:
    class_name, _, name = value.partition(".") if isinstance(value, str) else ("", "", "")
    expected = getattr(getattr(module, class_name), name) if name else value
    model: type[BaseModel] = module.Message
    for read in (
        model.model_validate_json(f'{{"{member}": {text}}}'),
        model.model_validate({member: json.loads(text)}),
        model.model_validate({member: expected}),
    ):
        assert getattr(read, member) is expected
        assert json.loads(read.model_dump_json()) == {member: json.loads(text)}


@pytest.mark.parametrize(
    ("member", "text"),
    [
        *(("level", it) for it in ('"10"', "true", "1.5", "2", "null", '"VALUE_1"')),
        *(("color", it) for it in ('"Dark red"', "1", "null")),
        *(("size", it) for it in ('"1"', "true", "0")),
        *(("one", it) for it in ("true", '"1"', "1.5")),
        *(("truth", it) for it in ("1", "1.0", '"true"', "false")),
    ],
)
def test_what_python_takes_for_a_constant_is_none(member: str, text: str, module: Any) -> None:
    model: Any = module.Message
    for validate, instance in (
        (model.model_validate_json, f'{{"{member}": {text}}}'),
        (model.model_validate, {member: json.loads(text)}),
    ):
        with pytest.raises(ValidationError) as caught:
            validate(instance)
        (error,) = caught.value.errors()
        assert error["type"] == (
            "enum" if member in ("level", "color", "size") else "literal_error"
        )
        assert error["loc"] == (member,)


LONG = [f"constant {number}" for number in range(11)]


def test_a_long_list_of_constants_has_a_name_which_no_schema_and_no_package_shows() -> None:
    schema = {
        "type": "object",
        "properties": {
            "icon": {"type": "string", "enum": LONG},
            "icons": {"type": "array", "items": {"enum": LONG}},
            "few": {"enum": LONG[1:]},
        },
    }
    contract = contract_of(m_Message=schema)
    package = package_code(contract)
    text = package["pydantic_models/m.py"].decode()
    assert text.count(repr(LONG[0]).replace("'", '"')) == 1
    assert "icon: MessageIcon | MISSING" in text
    with imported_package(package) as name:
        module: Any = import_module(f"{name}.m")
        assert "MessageIcon" not in module.__all__
        assert module.Message.model_json_schema()["properties"] == schema["properties"]
        assert module.Message(icon=LONG[0], icons=LONG).icons == LONG
        with pytest.raises(ValidationError):
            module.Message(icon="another")


def test_a_class_or_an_attribute_of_the_name_keeps_it() -> None:
    long = {"enum": LONG}
    schema = {
        "type": "object",
        "properties": {"icon": {"$ref": "#/$defs/MessageIcon"}, "Icon": long, "MessageB": long},
        "$defs": {"MessageIcon": {"type": "object", "properties": {"x": {"type": "string"}}}},
    }
    with imported(contract_of(m_Message=schema)) as module:
        assert issubclass(module.MessageIcon, BaseModel)
        assert module.Message(icon={"x": "a"}, Icon=LONG[0]).icon.x == "a"


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/Id", "pattern": "^[A-F0-9-]+$"},
        {"allOf": [{"$ref": "#/$defs/Id"}, {"pattern": "^[A-F0-9-]+$"}]},
        {"allOf": [{"type": "string", "format": "uuid"}], "pattern": "^[A-F0-9-]+$"},
    ],
)
def test_a_uuid_whose_capitals_another_keyword_judges_keeps_them(schema: Schema) -> None:
    ids = {"Id": {"type": "string", "format": "uuid"}}
    message = {"type": "object", "properties": {"it": schema}, "$defs": ids}
    with imported(contract_of(m_Message=message)) as module:
        model = module.Message
        text = '{"it":"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"}'
        assert model.model_validate_json(text).model_dump_json() == text
