"""Objects with properties are a class where other values are valid too."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from contract.subschemas import Schema
from pydantic import ValidationError
from runtime._paths import error_pointer

from tests.zoo.judging import imported
from tests.zoo.mixed import MIXED, TAGGED, nullable, untyped
from tests.zoo.small_schemas import TEXT, WHOLE, classes_of, contract_of, members

PAIR: Schema = {**untyped(a=TEXT, b=WHOLE), "required": ["a"]}
LIST: Schema = {"type": "array", "items": TEXT}


# What is beside properties, and the type of such a member.
TYPES: list[tuple[Schema, str]] = [
    ({"type": ["object", "null"]}, "MessageIt | None"),
    ({"type": ["string", "object"]}, "str | MessageIt"),
    (
        {**LIST, "type": ["object", "array", "null"]},
        "MessageIt | list[str] | None",
    ),
    ({}, "MessageIt | NotAnObject"),
    (
        {"allOf": [{"if": {"required": ["a"]}, "then": {"required": ["b"]}}]},
        "MessageIt | NotAnObject",
    ),
    ({"not": {"type": "string"}}, "MessageIt | NotAnObject"),
    ({"type": "object"}, "MessageIt"),
]


@pytest.mark.parametrize(("beside", "kind"), TYPES)
def test_the_objects_are_those_of_a_class(beside: Schema, kind: str) -> None:
    classes = classes_of({**members(it={**PAIR, **beside}), "required": ["it"]}).classes
    assert classes["Message"].field_of["it"].plain == kind
    fields = [(it.attribute, it.plain) for it in classes["MessageIt"].fields]
    assert fields == [("a", "str"), ("b", "int | MISSING")]


def test_a_definition_of_objects_and_others_is_an_alias_beside_its_class() -> None:
    classes = classes_of({**members(it={"$ref": "#/$defs/Pair"}), "$defs": {"Pair": PAIR}}).classes
    assert classes["Pair"].value_type == "PairObject | NotAnObject"
    assert [it.attribute for it in classes["PairObject"].fields] == ["a", "b"]


def test_what_speaks_of_objects_alone_is_said_by_their_class() -> None:
    beside = {"maxProperties": 3, "anyOf": [{"required": ["a"]}, {"type": "string"}]}
    others = {"minLength": 2, "not": {"required": ["z"]}, "oneOf": [{"required": ["a"]}, LIST]}
    schema = {**PAIR, **beside, **others}
    classes = classes_of(members(it=schema)).classes
    assert classes["MessageIt"].assertion == f"Assert({beside!r})"
    whole = classes["Message"].field_of["it"].annotation
    assert f"Assert({others!r})" in whole


@pytest.mark.parametrize("beside", [{}, {"type": ["object", "null"]}, {"allOf": [untyped(c=TEXT)]}])
def test_a_message_of_objects_and_others_has_a_class_for_its_objects(beside: Schema) -> None:
    classes = classes_of({**PAIR, **beside}).classes
    assert [*classes] == ["Message", "MessageObject"]
    assert classes["Message"].value_type.startswith("MessageObject | ")


def test_a_message_whose_one_of_leaves_objects_alone_is_a_class() -> None:
    schema = {**PAIR, "oneOf": [{"required": ["b"]}, {"required": ["c"]}]}
    (message,) = classes_of(schema).classes.values()
    assert (message.name, message.base, message.emitted) == ("Message", "Model", "WithoutType()")


# A schema whose branches or parts leave the type to what is around them, and its type.
WITH_A, WITH_B = ({**untyped(**{it: TEXT}), "required": [it]} for it in "ab")
ANYTHING = "MessageItWithA | NotAnObject | MessageItWithB"
IMPLIED_TYPES: list[tuple[Schema, str]] = [
    ({"type": "object", "anyOf": [WITH_A, WITH_B]}, "MessageItWithA | MessageItWithB"),
    ({"type": "object", "oneOf": [WITH_A, WITH_B]}, "MessageItWithA | MessageItWithB"),
    ({"oneOf": [WITH_A, WITH_B]}, "MessageItWithA | MessageItWithB"),
    ({"anyOf": [WITH_A, WITH_B]}, ANYTHING),
    (
        {"oneOf": [WITH_A, {**WITH_B, "type": "object"}]},
        "MessageItWithA | NotAnObject | MessageItWithB",
    ),
    ({"allOf": [WITH_A, WITH_B]}, "MessageIt | NotAnObject"),
    ({**PAIR, "oneOf": [{"required": ["b"]}, {"required": ["c"]}]}, "MessageIt"),
    ({"type": ["object", "null"], "allOf": [WITH_A, WITH_B]}, "MessageIt | None"),
    ({"type": "object", "oneOf": [WITH_A, {"required": ["b"]}]}, "dict[str, Any]"),
    ({"type": "object", "anyOf": [{"$ref": "#/$defs/Pair"}, WITH_B]}, "Pair | MessageItWithB"),
]


@pytest.mark.parametrize(("schema", "kind"), IMPLIED_TYPES)
def test_branches_of_objects_are_classes_by_the_type_around_them(schema: Schema, kind: str) -> None:
    message = {**members(it=schema), "required": ["it"], "$defs": {"Pair": PAIR}}
    assert classes_of(message).classes["Message"].field_of["it"].plain == kind


@pytest.fixture(scope="module")
def models() -> Iterator[Any]:
    schema = members(
        null={**nullable(a=TEXT), "required": ["a"]},
        text={**untyped(a=TEXT), "type": ["object", "string"], "maxLength": 2},
        any=untyped(a=untyped(b=WHOLE)),
        one={"type": "object", "oneOf": TAGGED},
        all={"allOf": [untyped(a=TEXT), untyped(b=WHOLE)]},
    )
    with imported(contract_of(m_Message=schema)) as module:
        yield module


@pytest.mark.parametrize(
    ("document", "places"),
    [
        ({"null": {}}, ["/null/a"]),
        ({"null": 1}, ["/null"]),
        ({"text": {"a": 1}}, ["/text/a"]),
        ({"text": "abc"}, ["/text"]),
        ({"one": {"kind": "b", "n": 1}}, ["/one/n"]),
        ({"one": 1}, ["/one"]),
        ({"all": {"a": 1, "b": "x"}}, ["/all/a", "/all/b"]),
        ({"any": {"a": {"b": "x"}}, "null": {"a": None}}, ["/any/a/b", "/null/a"]),
    ],
)
def test_an_error_stands_where_the_fault_is(document: Any, places: list[str], models: Any) -> None:
    text = json.dumps(document)
    for read, given in (
        (models.Message.model_validate, document),
        (models.Message.model_validate_json, text),
    ):
        with pytest.raises(ValidationError) as caught:
            read(given)
        errors = caught.value.errors()
        assert sorted(error_pointer(models.Message, it) for it in errors) == places


@pytest.mark.parametrize("value", [None, True, 0, 0.5, "a", [], [{}], {}, {"a": {"b": 1}}])
def test_a_value_is_an_instance_of_the_class_or_as_it_was(value: Any, models: Any) -> None:
    read = models.Message.model_validate({"any": value})
    assert read.any == value or isinstance(read.any, models.MessageAny)
    assert isinstance(read.any, models.MessageAny) is isinstance(value, dict)
    assert json.loads(read.model_dump_json(exclude_unset=True)) == {"any": value}


def test_python_code_may_give_an_instance(models: Any) -> None:
    whole = models.Message(
        null=models.MessageNull(a="x"), text=models.MessageText(a="y"), any=models.MessageAny()
    )
    assert isinstance(whole.text, models.MessageText)
    assert json.loads(whole.model_dump_json(exclude_unset=True)) == {
        "null": {"a": "x"},
        "text": {"a": "y"},
        "any": {},
    }


def test_each_schema_of_the_zoo_has_such_a_class() -> None:
    for name, schema in MIXED.items():
        classes = classes_of(schema).classes.values()
        texts = [it.annotation for one in classes for it in one.fields] + [
            it.alias for it in classes
        ]
        among = any("AnyType()" in it or "ObjectOrAny()" in it for it in texts)
        assert among or name == "untyped-with-a-condition-of-others", name
