"""Every annotation comes back in ``model_json_schema()`` as it was written, wherever it stands."""

import json

import pytest
from contract.read import build_contract
from contract.subschemas import Schema
from models.sharing import python_classes
from output.package import package_code
from proof.emitted import emitted_differences
from proof.sandbox import imported_package, model_in

from tests.zoo.judging import prove
from tests.zoo.keywords import SCHEMAS
from tests.zoo.small_schemas import TEXT, contract_of, members, ref

pytestmark = pytest.mark.dialect

ENUMERATION = {"description": "An enumeration."}
ANNOTATIONS: dict[str, Schema] = {
    "words": {"title": "Z", "description": "d", "examples": ["a"], "deprecated": True},
    "blanks": {"title": " t ", "description": "a \nb\t ", "$comment": "", "x-a": {"b": [None]}},
    "nothing": {"title": "", "description": "", "examples": [], "readOnly": False},
    "wrong": {"default": {"x": 1}, "examples": [None], "writeOnly": True, **ENUMERATION},
}


def at_every_place(keyword: Schema, annotations: Schema) -> Schema:
    """A message in which the schema stands at each kind of place, with the annotations."""
    schema = {**keyword, **annotations}
    definitions = schema.pop("$defs", {})
    return {
        **members(
            member=schema,
            array={"type": "array", "items": schema},
            tuple={"type": "array", "prefixItems": [schema, TEXT], "minItems": 2, "maxItems": 2},
            map={"type": "object", "additionalProperties": schema},
            nullable={"anyOf": [schema, {"type": "null"}]},
            branch={"oneOf": [schema, {"const": "other"}]},
            both={"allOf": [schema, {"minLength": 1}]},
            plain=ref("Here"),
            annotated={**ref("Here"), "title": "q", "default": "a", **ENUMERATION},
            **{"an-alias": schema},
        ),
        "additionalProperties": schema,
        "required": ["member"],
        "$defs": {**definitions, "Here": schema},
    }


PARTS = 7 * len(ANNOTATIONS)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        pytest.param(words, part, marks=() if part == index else pytest.mark.full)
        for index, words in enumerate(ANNOTATIONS)
        for part in range(PARTS)
    ],
)
@pytest.mark.one_in(29)
def test_annotations_come_back_beside_every_keyword(words: str, part: int) -> None:
    names = [*SCHEMAS][part::PARTS]
    files = {
        f"m{index}/Message.json": json.dumps(
            at_every_place(SCHEMAS[it], ANNOTATIONS[words])
        ).encode()
        for index, it in enumerate(names, 100)
    }
    contract = build_contract(files, "1")
    with imported_package(package_code(contract, formatted=False)) as package:
        wrong = {
            name: found
            for name, (module, message) in zip(names, contract.messages, strict=True)
            for model in [model_in(package, module, message)]
            if (found := [*emitted_differences(model, contract.modules[module].messages[message])])
        }
    assert wrong == {}


def test_an_enum_keeps_the_description_that_pydantic_takes_for_its_own() -> None:
    color = {"title": "Color", "type": "string", "enum": ["red", "green"], **ENUMERATION}
    bare = {"title": "Bare", "type": "string", "enum": ["red", "green"]}
    schema = {**members(c=ref("Color"), b=ref("Bare")), "$defs": {"Color": color, "Bare": bare}}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)["m"].classes
    assert classes["Color"].base == classes["Bare"].base == "StrEnum"
    assert classes["Color"].members == classes["Bare"].members
    assert prove(contract).documents >= 80


DESCRIPTIONS = [
    *("a \n\nb", "a\n\n\n\nb", "a\n  b\n    c", "- a\n\n- b", "a\\", "a\\nb", "\\N{BULLET}"),
    *('a "b"', '"a', "'''", '"""', "a\tb", "a\u00a0\nb", "Title:\n======", "a;b # noqa", ">>> a"),
]


def test_a_formatter_changes_no_description() -> None:
    """Formatters of Python rewrite docstrings, so some descriptions stand elsewhere."""
    definitions = {
        f"Of{index}": {**members(a=TEXT), "description": text}
        for index, text in enumerate(DESCRIPTIONS)
    }
    schema = {**members(**{it: ref(it) for it in definitions}), "$defs": definitions}
    contract = contract_of(m_Thing=schema)
    with imported_package(package_code(contract)) as package:
        model = model_in(package, "m", "Thing")
        assert [*emitted_differences(model, contract.modules["m"].messages["Thing"])] == []
