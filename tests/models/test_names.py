"""Any property name keeps its meaning: a Python attribute with an alias, never a second key."""

import importlib
from typing import Any

import pytest
from contract.names import attribute_names, is_attribute_name
from models.sharing import python_classes
from output.package import package_code
from proof.sandbox import imported_package
from pydantic import BaseModel

from tests.zoo.judging import prove
from tests.zoo.small_schemas import TEXT, contract_of, members

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
    *(
        "größe",
        "имя",
        "日本",
        "e\u0301",
        "ª",
        "\uff15",
        "²",
        "कि",
        "İ",
        "\u017f",
        "x·y",
        "a\u200db",
    ),
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
    contract = contract_of(names_Message=schema(kind))
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


def test_names_of_other_scripts_stay() -> None:
    for name in ("größe", "имя", "日本", "कि", "öffnen_um"):
        assert attribute_names([name]) == {name: name}
    # What Python would read as another name is not left to it (PEP 3131).
    assert attribute_names(["\ufb01x", "fix", "e\u0301"]) == {
        **{"\ufb01x": "fix_", "fix": "fix"},
        "e\u0301": "\u00e9",
    }


# A reference, and the name of the class that it leads to.
CLASS_NAMES = {
    "#/$defs/Page%3CUser%3E": ("Page<User>", "PageUser"),
    "#/$defs/foo~1bar": ("foo/bar", "FooBar"),
    "#/$defs/Response%5Bint%5D": ("Response[int]", "ResponseInt"),
    "#/$defs/HTTP_error-2": ("HTTP_error-2", "HTTPError2"),
    "#/$defs/gr%C3%B6%C3%9Fe": ("größe", "Größe"),
    "#/$defs/日本": ("日本", "日本"),
    "#/$defs/中国": ("中国", "中国"),
    "#/$defs/2nd": ("2nd", "Schema2Nd"),
}


def test_a_class_is_named_by_its_definition_as_the_owner_wrote_it() -> None:
    thing = {"type": "object", "properties": {"x": {"type": "string"}}}
    message = {
        "type": "object",
        "properties": {f"p{index}": {"$ref": it} for index, it in enumerate(CLASS_NAMES)},
        "$defs": {key: thing for key, _ in CLASS_NAMES.values()},
    }
    contract = contract_of(m_Message=message)
    fields = python_classes(contract)["m"].classes["Message"].fields
    assert [it.plain for it in fields] == [f"{it} | MISSING" for _, it in CLASS_NAMES.values()]
    assert prove(contract).documents > 100


@pytest.mark.parametrize("target", ["Lang.json", "Lang.json#", "../m/Lang.json", "./Lang.json"])
def test_a_file_is_one_class_however_it_is_referred_to(target: str) -> None:
    thing = {"type": "object", "properties": {"x": {"type": "string"}}}
    refers = {"type": "object", "properties": {"a": {"$ref": target}, "b": {"$ref": "Lang.json"}}}
    module = python_classes(contract_of(m_Lang=thing, m_Thing=refers))["m"]
    assert module.classes.keys() == {"Lang", "Thing"}
    assert {it.plain for it in module.classes["Thing"].fields} == {"Lang | MISSING"}


def record_of(**members: Any) -> dict[str, Any]:
    """An object that requires all of its members."""
    return {"type": "object", "properties": members, "required": [*members]}


BRANCHES: dict[str, tuple[list[Any], list[str]]] = {
    "its title": (
        [{**record_of(a=TEXT), "title": "Jake error"}, {**record_of(b=TEXT), "title": "B"}],
        ["MessageUnionJakeError", "MessageUnionB"],
    ),
    "its tag": (
        [record_of(kind={"const": it}, id=TEXT) for it in ("circle", "big-square")],
        ["MessageUnionCircle", "MessageUnionBigSquare"],
    ),
    "the member that it alone requires": (
        [record_of(id=TEXT, mail=TEXT), record_of(id=TEXT, phone=TEXT)],
        ["MessageUnionWithMail", "MessageUnionWithPhone"],
    ),
    "its type where no other branch is of it": (
        [members(a=TEXT), {"type": "array", "items": members(b=TEXT)}, TEXT],
        ["MessageUnionObject", "MessageUnionArrayItem"],
    ),
    "its constant, which it does not require": (
        [members(kind={"const": it}, id=TEXT) for it in ("circle", "square")],
        ["MessageUnionCircle", "MessageUnionSquare"],
    ),
    "the member that it alone describes": (
        [members(id=TEXT, mail=TEXT), members(id=TEXT, phone=TEXT), TEXT],
        ["MessageUnionWithMail", "MessageUnionWithPhone"],
    ),
    "nothing where the other one is null": (
        [record_of(a=TEXT), {"type": "null"}],
        ["MessageUnion"],
    ),
    "its constant beside a branch that has none": (
        [
            *(record_of(kind={"const": it}, id=TEXT) for it in ("circle", "square")),
            record_of(a=TEXT),
        ],
        ["MessageUnionCircle", "MessageUnionSquare", "MessageUnionWithA"],
    ),
    "the constant of the member that tells most branches apart": (
        [members(a={"const": 1 + (it == "z")}, b={"const": it}) for it in "xyz"],
        ["MessageUnionX", "MessageUnionY", "MessageUnionZ"],
    ),
    "the type of a member": (
        [record_of(id=TEXT), record_of(id={"type": "integer"})],
        ["MessageUnionIdString", "MessageUnionIdNumber"],
    ),
    "all of its constants": (
        [record_of(a={"const": a}, b={"const": b}) for a, b in (("x", 1), ("x", 2), ("y", 1))],
        ["MessageUnionXB1", "MessageUnionXB2", "MessageUnionY"],
    ),
    "its number where nothing else tells it apart": (
        [record_of(id={**TEXT, "minLength": it}) for it in (1, 2)],
        ["MessageUnionOption1", "MessageUnionOption2"],
    ),
    "its number where its title is that of another": (
        [{**record_of(id={**TEXT, "minLength": it}), "title": "Same"} for it in (1, 2)],
        ["MessageUnionOption1", "MessageUnionOption2"],
    ),
}


@pytest.mark.parametrize("by", BRANCHES)
def test_a_branch_of_a_union_is_named_by(by: str) -> None:
    branches, names = BRANCHES[by]
    for keyword in ("anyOf", "oneOf"):
        schema = {"type": "object", "properties": {"union": {keyword: branches}}}
        contract = contract_of(m_Message=schema)
        assert [*python_classes(contract)["m"].classes] == ["Message", *names]


def test_what_a_condition_alone_tells_apart_is_named_by_the_keyword() -> None:
    then, otherwise = ({**TEXT, "default": it} for it in "ab")
    schema = members(it={"if": members(kind={"const": 1}), "then": members(a=then)})
    schema["properties"]["it"]["else"] = members(a=otherwise)
    classes = python_classes(contract_of(m_Message=schema))["m"].classes
    assert [*classes] == ["Message", "MessageItThen", "MessageItElse"]
