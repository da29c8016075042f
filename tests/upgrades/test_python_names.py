"""The names of two packages, as their modules have them: what of them goes or changes."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from compatibility.python_api import ApiChange
from contract.read import build_contract
from generate import render
from proof.sandbox import write_files
from upgrades.python_code import CodeReader, package_changes

from tests.zoo.changes_of_names import SHARING

pytestmark = pytest.mark.toolchain


def changes_between(folder: Path, *versions: Any, **others: Any) -> list[ApiChange]:
    """What changes in the Python of a message from one schema to another, beside other messages."""
    packages = [folder / it / "pydantic_models" for it in ("old", "new")]
    for package, schema in zip(packages, versions, strict=True):
        schemas = {"m/Thing.json": {"type": "object", **schema}, **others}
        sources = {file: json.dumps(it).encode() for file, it in schemas.items()}
        write_files(render(build_contract(sources, "1")).files, package.parent)
    return package_changes(*packages)["m"]


def test_an_attribute_that_becomes_another_member_is_a_change(tmp_path: Path) -> None:
    old, new = ({"properties": {it: {"type": "string"}}} for it in ("x-y", "x_y"))
    changes = changes_between(tmp_path, old, new)
    assert changes == [ApiChange("Thing.x_y", "the member 'x-y'", "the member 'x_y'")]


def aliased(kind: str, **more: Any) -> Any:
    """A member by a definition that becomes an alias, one that holds itself in a list."""
    union = [{"type": kind}, {"type": "array", "items": {"$ref": "#/$defs/Tree"}}]
    return {
        "properties": {"a": {"$ref": "#/$defs/Ids"}, "b": {"$ref": "#/$defs/Tree"}},
        "$defs": {"Ids": {"type": "array", "items": {"type": kind}}, "Tree": {"anyOf": union}},
        **more,
    }


def test_an_alias_that_stands_for_something_else_is_a_change(tmp_path: Path) -> None:
    changes = changes_between(tmp_path, aliased("string"), aliased("integer"))
    assert {(it.name, it.old, it.new) for it in changes} >= {
        ("Ids", "list[str]", "list[int]"),
        ("Tree", "str | list[Tree]", "int | list[Tree]"),
    }
    code = "from pydantic_models.m import Ids\nids: Ids = []"
    uses = CodeReader("pydantic_models", {"m": changes}).uses(ast.parse(code))
    assert [(it.line, it.change.name) for it in uses] == [(1, "Ids")]


def test_an_alias_that_is_as_before_is_none(tmp_path: Path) -> None:
    assert changes_between(tmp_path, aliased("string"), aliased("string", title="T")) == []


def test_a_class_that_was_imported_and_is_a_copy_now_is_another(tmp_path: Path) -> None:
    versions, others = SHARING
    (found,) = changes_between(tmp_path / "a", *versions, **others)
    assert found == ApiChange("Money", "class Money of other", "class Money of its own")
    (back,) = changes_between(tmp_path / "b", *versions[::-1], **others)
    assert back == ApiChange("Money", "class Money of its own", "class Money of other")
    assert changes_between(tmp_path / "c", versions[0], versions[0], **others) == []
