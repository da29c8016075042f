"""The typed middle: what it holds is what the text of the modules says."""

import ast
from typing import Any

import pytest
from contract.subschemas import Schema
from models.classes import ALIAS, PythonClass, PythonModule
from models.emit import module_texts
from models.sharing import python_classes

from tests.zoo.keywords import SCHEMAS
from tests.zoo.small_schemas import contract_of

ADDRESS: Schema = {"type": "object", "properties": {"city": {"type": "string", "minLength": 1}}}
DEFINITIONS: dict[str, Schema] = {
    "Kind": {"title": "Kind", "type": "string", "enum": ["a b", "c"]},
    "Tree": {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
}
MESSAGE: Schema = {
    "$defs": DEFINITIONS,
    "type": "object",
    "properties": {
        "kind": {"$ref": "#/$defs/Kind", "default": "a b"},
        "content-type": {"type": ["string", "null"]},
        "address": ADDRESS,
        "size": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}], "default": None},
        "trees": {"$ref": "#/$defs/Tree"},
    },
    "required": ["address"],
    "additionalProperties": {"type": "number", "maximum": 9},
    "minProperties": 2,
}


def modules(schema: Schema) -> dict[str, PythonModule]:
    return python_classes(contract_of(m_Message=schema))


def test_a_field_has_attribute_property_type_and_default() -> None:
    classes = modules(MESSAGE)["m"].classes
    fields = classes["Message"].field_of
    assert {key: (it.attribute, it.plain, it.default) for key, it in fields.items()} == {
        "kind": ("kind", "Kind", "Kind.A_B"),
        "content-type": ("content_type", "str | None | MISSING", "MISSING"),
        "address": ("address", "MessageAddress", None),
        "size": ("size", "int | None", "None"),
        "trees": ("trees", "Tree | MISSING", "MISSING"),
    }
    assert fields["content-type"].arguments == {"alias": "content-type"}


def test_each_class_knows_what_it_is() -> None:
    classes = modules(MESSAGE)["m"].classes
    assert {name: it.base for name, it in classes.items()} == {
        "Kind": "StrEnum",
        "Tree": ALIAS,
        "Message": "Model",
        "MessageAddress": "InlineModel",
    }
    assert classes["Kind"].members == {"A_B": "'a b'", "C": "'c'"}
    assert classes["Message"].assertion == "Assert({'minProperties': 2})"
    assert modules({"type": "integer"})["m"].classes["Message"].base == "RootModel"


def test_inline_classes_are_named_by_their_path_whatever_their_neighbours() -> None:
    alone = {"address": ADDRESS, "lines": {"type": "array", "items": ADDRESS}}
    among = {"a": ADDRESS, **alone, "b": ADDRESS}
    for properties, inner in (
        (alone, {"MessageAddress", "MessageLinesItem"}),
        (among, {"MessageA", "MessageAddress", "MessageB", "MessageLinesItem"}),
    ):
        found = modules({"type": "object", "properties": properties})["m"]
        assert found.definitions.keys() == found.classes.keys() == {"Message", *inner}


def test_an_inner_object_says_a_title_only_if_it_has_one() -> None:
    titled = {"items": {**ADDRESS, "title": "Home"}, "type": "array"}
    schema: Schema = {"type": "object", "properties": {"plain": ADDRESS, "titled": titled}}
    classes = modules(schema)["m"].classes
    assert classes["MessagePlain"].config == ""
    assert classes["MessageTitledItem"].config == "title='Home'"
    assert classes["Message"].config == "title=None"


def test_an_alias_that_uses_itself_is_a_text() -> None:
    text = module_texts(modules(MESSAGE), formatted=False)["m"].decode()
    assert "Tree = TypeAliasType(\"Tree\", 'list[Tree]')" in text


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.one_in(8)
def test_the_text_says_what_the_classes_hold(name: str) -> None:
    definitions = SCHEMAS[name].get("$defs", {})
    member = {word: value for word, value in SCHEMAS[name].items() if word != "$defs"}
    properties = {"x-y": member, "z": {"type": "array", "items": member}}
    found = modules({"$defs": definitions, "type": "object", "properties": properties})
    assert statements(module_texts(found, formatted=False)["m"]) == {
        name: lines_of(it) for name, it in found["m"].classes.items()
    }


def statements(text: bytes) -> dict[str, Any]:
    """Of each class its base and its annotated attributes, of each alias its type."""
    found: dict[str, Any] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            fields = [ast.unparse(it) for it in node.body if isinstance(it, ast.AnnAssign)]
            found[node.name] = ", ".join(map(ast.unparse, node.bases)), fields
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            kind = node.value.args[1]
            late = isinstance(kind, ast.Constant) and kind.value is not None
            found[ast.unparse(node.targets[0])] = ast.unparse(
                ast.parse(ast.literal_eval(kind)) if late else kind
            )
    return found


def lines_of(it: PythonClass) -> Any:
    if it.base == ALIAS:
        return ast.unparse(ast.parse(it.alias))
    lines = [f"__pydantic_extra__: dict[str, {it.further}] = Field(init=False)"] * bool(it.further)
    for field in it.own_fields:
        value = f" = {field.value}" if field.value else ""
        lines.append(f"{field.attribute}: {field.annotation}{value}")
    return it.parents, [ast.unparse(ast.parse(line)) for line in lines]


def test_formatting_changes_the_layout_alone() -> None:
    found = {**modules(MESSAGE), "other": modules({"type": "integer"})["m"]}
    plain, formatted = module_texts(found, formatted=False), module_texts(found)
    assert plain.keys() == formatted.keys() == {"m", "other"}
    for name, text in plain.items():
        assert text != formatted[name]
        assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(formatted[name]))
