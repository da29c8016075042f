"""What editors show of a field, and that code which uses a deprecated one is warned."""

import ast
import copy
import itertools
import json
import pickle
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from contract.subschemas import Schema
from output.package import package_code

from tests.zoo.judging import imported, prove
from tests.zoo.small_schemas import TEXT, contract_of, members

LONG = "A word and another one, so that it goes on beyond what a line of an editor has. " * 3
CELLS = " cell |" * 20
DESCRIBED: dict[str, tuple[Schema, str | None]] = {
    "plain": ({"description": "One."}, "One."),
    "none": ({}, None),
    "empty": ({"description": ""}, None),
    "lines": ({"description": "One.\n\n- two\n- three"}, "One.\n\n    - two\n    - three"),
    "quotes": ({"description": 'a """ b \\n \' c "'}, 'a """ b \\n \' c "'),
    "notes": (
        {"description": "One.", "readOnly": True, "writeOnly": False, "deprecated": True},
        "One.\n\n    Deprecated. Read-only.",
    ),
    "notes_alone": ({"writeOnly": True}, "Write-only."),
    "control": ({"description": "a\x07b", "readOnly": True}, "Read-only."),
    "address": (
        {**members(a=TEXT), "description": "A place.", "readOnly": True},
        "A place.\n\n    Read-only.",
    ),
    "address_or_null": (
        {"type": ["object", "null"], "properties": {"a": TEXT}, "description": "P."},
        "P.",
    ),
    "an-alias": ({"description": "Two."}, "Two."),
}
MESSAGE: Schema = {
    **members(**{name: {**TEXT, **schema} for name, (schema, _) in DESCRIBED.items()}),
    "required": ["plain"],
}


def code(schema: Schema) -> str:
    contract = contract_of(m_Message=schema)
    package = package_code(contract)
    assert prove(contract, package)
    return package["pydantic_models/m.py"].decode()


def docstrings(text: str) -> Iterator[tuple[str, str]]:
    """The docstrings of the message's fields by their attributes."""
    (message,) = (
        it for it in ast.parse(text).body if isinstance(it, ast.ClassDef) and it.name == "Message"
    )
    for field, below in zip(message.body, message.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            yield ast.unparse(field.target), ast.literal_eval(below.value)


def test_what_is_said_of_a_field_stands_below_it() -> None:
    expected = {name.replace("-", "_"): told for name, (_, told) in DESCRIBED.items() if told}
    assert dict(docstrings(code(MESSAGE))) == expected


def test_a_long_description_has_short_lines() -> None:
    text = code(members(a={**TEXT, "description": f"{LONG}\n| a | table |{CELLS}"}))
    ((_, told),) = docstrings(text)
    *prose, table = told.split("\n")
    assert max(map(len, prose)) <= 100
    assert " ".join(map(str.strip, prose)) == LONG.strip()
    assert table.strip() == f"| a | table |{CELLS}"


def test_what_is_said_of_an_alias_stands_below_it() -> None:
    definitions = {
        "Tag": {**TEXT, "description": "One.\n\nTwo.", "deprecated": True},
        "Tree": {"type": "array", "items": {"$ref": "#/$defs/Tree"}, "description": 'A "tree".'},
        "Plain": {"type": "array", "items": {"$ref": "#/$defs/Tag"}},
    }
    schema = {**members(**{it: {"$ref": f"#/$defs/{it}"} for it in definitions})}
    body = ast.parse(code({**schema, "$defs": definitions})).body
    told = {
        ast.unparse(alias.targets[0]): ast.literal_eval(below.value)
        for alias, below in itertools.pairwise(body)
        if isinstance(alias, ast.Assign) and isinstance(below, ast.Expr)
        if isinstance(below.value, ast.Constant)
    }
    assert told == {"Tag": "One.\n\nTwo.\n\nDeprecated.", "Tree": 'A "tree".'}


OLD = {**TEXT, "deprecated": True}
PLACES: dict[str, Schema] = {
    "scalar": OLD,
    "x-alias": OLD,
    "with_default": {**OLD, "default": "a"},
    "record": {**members(a=TEXT), "deprecated": True},
    "reference": {"$ref": "#/$defs/Other", "deprecated": True},
    "union": {"anyOf": [TEXT, {"type": "null"}], "deprecated": True},
}
DOCUMENT: Any = dict.fromkeys(PLACES, "a") | {"record": {"a": "b"}, "reference": {"b": "c"}}


@pytest.fixture(scope="module")
def models() -> Iterator[Any]:
    schema = {
        **members(**PLACES, kept={**TEXT, "deprecated": False}),
        "$defs": {"Other": members(b=TEXT)},
    }
    contract = contract_of(m_Message=schema)
    assert prove(contract)
    with imported(contract) as module:
        yield module


def test_the_use_of_a_deprecated_attribute_warns(models: Any) -> None:
    message = models.Message.model_validate(DOCUMENT)
    for name in PLACES:
        with pytest.warns(DeprecationWarning):
            getattr(message, name.replace("-", "_"))


def test_nothing_else_warns(models: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        message = models.Message.model_validate(DOCUMENT)
        assert message == models.Message.model_validate_json(json.dumps(DOCUMENT))
        assert models.Message.model_validate(message) is message
        assert json.loads(message.model_dump_json(exclude_unset=True)) == DOCUMENT
        assert message.model_dump(exclude_unset=True)["scalar"] == "a"
        assert repr(message).startswith("Message(")
        assert copy.deepcopy(message) == message == message.model_copy()
        assert pickle.loads(pickle.dumps(message)) == message
        assert models.Message(scalar="b", kept="c").kept == "c"
        models.Message.model_json_schema()
