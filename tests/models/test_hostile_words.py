"""No word of a schema is ever code."""

import ast
import json
from typing import Any
from urllib.parse import quote

import pytest
from contract.read import build_contract
from contract.refusal import Refused
from datamodel_code_generator.reference import ModelResolver
from models.enums import enum_members

from tests.zoo.judging import prove
from tests.zoo.small_schemas import contract_of

HOSTILE = [
    '"""\nopen("CANARY", "w")\n"""',
    "'''\nopen('CANARY', 'w')\n'''",
    '\\"""',
    "\\",
    '{open("CANARY", "w")}',
    "{{ 7 * 7 }} {% raw %}",
    "# coding: utf-7\n+AAA-",
    "a\r\nb\u2028c\u0085d\x0b\x0c\x1b[31m\x7f",
    "\u202eevil\u202c \ufeff \u200b",
    "X(Model):\n    pass\nopen('CANARY', 'w')\nclass Y",
    "__import__('os').system('touch CANARY')",
    "%s %(x)s $x ${x} `x`",
]


def test_members_of_enums_have_names(monkeypatch: pytest.MonkeyPatch) -> None:
    members = enum_members(HOSTILE)
    assert all(map(str.isidentifier, members))
    assert [ast.literal_eval(value) for value in members.values()] == HOSTILE
    monkeypatch.setattr(ModelResolver, "get_valid_field_name", lambda *_, **__: "A = open('x')\nB")
    with pytest.raises(Refused, match="'a' has no name in an enum; change the value"):
        enum_members(["a"])


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.one_in(8)
def test_hostile_words_stay_words(
    text: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exact in every place that takes text; never run."""
    monkeypatch.chdir(tmp_path)
    kind = {"title": "Kind", "type": "string", "enum": [text, "other"]}
    members: dict[str, Any] = {
        text: {"type": "string", "title": text, "default": text, "examples": [text]},
        "told": {"type": "integer", "description": text, "x-told": {text: text}, "$comment": text},
        "one": {"type": "string", "const": text},
        "some": {"type": "array", "items": {"type": "string", "enum": [text, "b"], "title": text}},
        "kind": {"$ref": "#/$defs/Kind", "default": text},
        "rare": {"enum": [text, [text], {text: 1}], "not": {"const": {text: text}}},
        "keys": {"dependentRequired": {text: [text, "b"]}, "propertyNames": {"minLength": 1}},
        "named": {"$ref": "#/$defs/" + quote(text.replace("~", "~0").replace("/", "~1"))},
    }
    named = {"description": text, "type": ["string", "null"], "minLength": 1}
    definitions = {"Kind": kind, text: named}
    schema = {"$defs": definitions, "title": text, "type": "object", "properties": members}
    contract = contract_of(m_Message=schema)
    assert prove(contract).documents >= 100
    told = {**schema, "description": text}
    contract = contract_of(m_Message=told)
    assert prove(contract).documents >= 100
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["file", "folder", "reference", "pattern", "keyword"])
def test_hostile_names_are_refused(place: str, text: str) -> None:
    schema: dict[str, Any] = {"type": "object", "properties": {}}
    file = {"file": f"m/{text}.json", "folder": f"{text}/X.json"}.get(place, "m/X.json")
    if place == "pattern":
        schema["properties"]["it"] = {"pattern": f"({text}"}
    if place == "keyword":
        schema["properties"]["it"] = {text: 1}
    if place == "reference":
        schema["properties"]["it"] = {"$ref": f"#/$defs/{text}"}
    with pytest.raises(Refused):
        build_contract({file: json.dumps(schema).encode()}, "1")
