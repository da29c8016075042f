"""Any property name keeps its meaning: a Python attribute with an alias, never a second key."""

import importlib
import json
from typing import Any

import pytest
from contract.names import attribute_names, is_attribute_name
from contract.read import build_contract
from output.package import package_code
from proof.agreement import prove
from proof.sandbox import imported_package
from pydantic import BaseModel

pytestmark = pytest.mark.dialect

NAMES = [
    *(
        "content-type",
        "content_type",
        "Content-Type",
        "contentType",
        "1st",
        "field_1st",
        "",
        "$id",
        "$ref",
    ),
    *("a.b", "a/b", "a~b", "a b", 'a"b', "a'b", "a\\b", "a\nb", "{a}", "é", "\ufb01", "\U0001f600"),
    *("_x", "__class__", "__init__", "__slots__", "__dict__", "__doc__", "__module__", "__name__"),
    *("__pydantic_extra__", "_abc_impl", "model_config", "model_dump", "model_fields", "Config"),
    *("copy", "json", "schema", "dict", "validate", "construct", "fields", "root", "self", "cls"),
    *("class", "None", "True", "def", "str", "int", "bool", "list", "Any", "Field", "UUID"),
    *("MISSING", "Model", "Message", "type", "date", "id", "title", "default", "properties"),
]
KINDS: dict[str, dict[str, Any]] = {
    "optional": {"type": "string", "title": "T"},
    "required": {"type": "string"},
    "default": {"type": "integer", "default": 3},
    "null": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None},
    "closed": {"type": "boolean", "description": "d"},
}


def schema(kind: str) -> dict[str, Any]:
    return {
        "title": "Message",
        "type": "object",
        "properties": dict.fromkeys(NAMES, KINDS[kind]),
        **({"required": NAMES} if kind == "required" else {}),
        **({"additionalProperties": False} if kind == "closed" else {}),
    }


@pytest.mark.parametrize(
    "kind",
    [pytest.param(it, marks=() if it == "optional" else pytest.mark.full) for it in KINDS],
)
def test_every_name_is_exact(kind: str) -> None:
    contract = build_contract({"names/Message.json": json.dumps(schema(kind)).encode()}, "1")
    files = package_code(contract, formatted=False)
    # The engine tries each attribute as an unknown key, beside its property and instead of it.
    assert prove(contract, files).documents > 20 * len(NAMES)
    with imported_package(files) as package:
        model: type[BaseModel] = importlib.import_module(f"{package}.names").Message
        fields = model.model_fields.items()
        keys = [name if field.alias is None else field.alias for name, field in fields]
    assert keys == NAMES


def test_a_name_that_can_be_an_attribute_is_one() -> None:
    found = attribute_names(NAMES, ["Message"])
    assert len(set(found.values())) == len(NAMES)
    for name, attribute in found.items():
        assert is_attribute_name(attribute)
        assert (attribute == name) == (is_attribute_name(name) and name != "Message")


def test_attributes_do_not_change_when_a_plain_neighbour_comes() -> None:
    assert attribute_names(["content-type"]) == {"content-type": "content_type"}
    assert attribute_names(["a", "content-type"])["content-type"] == "content_type"
    assert attribute_names(["1st", "class", "copy", "$id"]) == {
        "1st": "field_1st",
        "class": "class_",
        "copy": "copy_",
        "$id": "id",
    }
