"""A word that a draft does not know is an annotation that somebody names, or a mistake."""

import json
from pathlib import Path
from typing import Any

import pytest
from compatibility.edits import edits_between
from contract.project import settings_in
from contract.read import DEFAULT_SETTINGS
from contract.refusal import Refused
from contract.settings import Settings
from contract.words import KNOWN_ANNOTATIONS
from output.manifest import manifests

from tests.zoo.judging import imported, prove
from tests.zoo.small_schemas import contract_of, contract_of_files, member

pytestmark = pytest.mark.dialect

FILE = "m/Message.json"
STAR = Settings(annotations=("*",))
VALUES: dict[str, Any] = {  # of the annotations whose kind JSON Schema says
    "examples": ["a"],
    "deprecated": True,
    "readOnly": True,
    "writeOnly": True,
    "contentSchema": {"minLength": 1},
    "discriminator": {"propertyName": "kind", "mapping": {"a": "#/definitions/A"}},
}
TEXTS = ("$comment", "contentEncoding", "contentMediaType")


def normal_form(schema: Any, settings: Settings = DEFAULT_SETTINGS) -> Any:
    return contract_of_files({FILE: schema}, settings).modules["m"].messages["Message"]


def refusal(schema: Any, settings: Settings = DEFAULT_SETTINGS) -> str:
    with pytest.raises(Refused) as refused:
        contract_of_files({FILE: schema}, settings)
    return str(refused.value)


def value_of(word: str) -> Any:
    """A value that the annotation may have."""
    return VALUES.get(word, "text" if word in TEXTS else [{"type": 1, "a": None}, word])


NOTES = {word.replace("…", "note"): value_of(word) for word in KNOWN_ANNOTATIONS}


def test_models_keep_the_annotations_of_editors_and_generators() -> None:
    schema = {**member(type="string", **NOTES), **NOTES}
    contract = contract_of(m_Message=schema)
    assert prove(contract).documents >= 20
    with imported(contract) as module:
        emitted = module.Message.model_json_schema()
    assert NOTES.items() <= emitted.items()
    assert NOTES.items() <= emitted["properties"]["it"].items()


@pytest.mark.parametrize("schema", [{"not": {}}, {"const": 1}, {"enum": [[1], "a"]}, True])
def test_models_keep_the_annotations_wherever_they_stand(schema: Any) -> None:
    inner = schema if schema is True else {**schema, "example": 1, "tsType": "X"}
    message = {"items": inner, "additionalProperties": inner, "markdownDescription": "a"}
    contract = contract_of(m_Message=message)
    assert prove(contract).documents >= 20


TYPOS = {
    "requierd": "required",
    "minlenght": "minLength",
    "additionalproperties": "additionalProperties",
    "AdditionalProperties": "additionalProperties",
    "mininum": "minimum",
    "patern": "pattern",
    "propertys": "properties",
    "item": "items",
    "enums": "enum",
    "Type": "type",
    "type:": "type",
    "defs": "$defs",
    "ref": "$ref",
    "anyof": "anyOf",
    "uniqueitems": "uniqueItems",
}


@pytest.mark.parametrize("word", TYPOS)
@pytest.mark.parametrize("settings", [Settings(), STAR], ids=["default", "star"])
def test_a_word_near_a_keyword_is_refused_with_the_guess(word: str, settings: Settings) -> None:
    line = refusal(member(**{word: "a"}), settings)
    assert line.startswith(f"{FILE}#/properties/it: {word!r} is not a keyword, {TYPOS[word]!r} is;")


@pytest.mark.parametrize("word", ["street", "name", "options", "meta:x", "id"])
@pytest.mark.parametrize("settings", [Settings(), STAR], ids=["default", "star"])
def test_a_property_beside_properties_is_refused(word: str, settings: Settings) -> None:
    schema = {**member(type="string"), word: {"type": "string", "description": "d"}}
    assert refusal(schema, settings).startswith(
        f"{FILE}#: {word!r} looks like a property; write it"
    )


def test_a_note_may_be_a_schema() -> None:
    assert normal_form({**member(), "x-was": {"type": "string"}})["x-was"]


def test_an_example_that_has_a_type_is_not_a_misplaced_property() -> None:
    assert normal_form({**member(), "example": {"type": "Point", "x": 1}})["example"]


@pytest.mark.parametrize(
    "named", [("unitOfMeasure",), ("unit…",), ("*",), ("x-…", "unitOf…")], ids=str
)
def test_an_owner_names_words(named: tuple[str, ...]) -> None:
    schema = member(type="number", unitOfMeasure="kg")
    assert refusal(schema).startswith(
        f"{FILE}#/properties/it: 'unitOfMeasure' is not a keyword of 2020-12; correct it, or name"
        " it in pyproject.toml: [tool.contract] annotations"
    )
    assert normal_form(schema, Settings(annotations=named)) == schema


@pytest.mark.parametrize(
    "word",
    ["name", "version", "is_indexed", "rdfs:range", "hidden comment", "PWA", "$$id"],
)
def test_what_authors_write_about_a_schema_is_no_mistake(word: str) -> None:
    assert normal_form(member(**{word: ["a"]})) == member(**{word: ["a"]})
    for lost in ({"type": "object", word: {"type": "string"}}, member(**{word: {"$ref": "#"}})):
        assert f"{word!r} is not a keyword of 2020-12; correct it" in refusal(lost)
        assert normal_form(lost, STAR)


def test_a_member_that_is_optional_needs_no_word_for_that() -> None:
    assert normal_form(member(optional=True)) == member(optional=True)
    assert "'optional' is not a keyword of 2020-12" in refusal(member(optional=False))


def test_an_owner_who_names_a_word_means_it() -> None:
    schema = {**member(**{"requierd": 1}), "street": {"type": "string"}}
    assert normal_form(schema, Settings(annotations=("requierd", "street"))) == schema


@pytest.mark.parametrize("word", ["descriptionHtml", "title_de", "items.order", "format-version"])
def test_a_word_that_only_begins_with_a_keyword_is_no_mistake(word: str) -> None:
    assert word in normal_form({word: 1}, STAR)


def test_a_word_that_a_reference_leads_through_holds_definitions() -> None:
    money: Any = {"Amount": {"type": "integer"}}
    schema = {
        **member(**{"$ref": "#/$defs/money/Amount"}),
        "groups": {"people": {"Name": {"minLength": 1}}},
        "$defs": {"money": money, "Other": {"$ref": "#/groups/people/Name"}},
    }
    schema["properties"]["other"] = {"$ref": "#/$defs/Other"}
    contract = contract_of(m_Message=schema)
    assert contract.modules["m"].definitions.keys() == {"Amount", "Name", "Message"}
    assert prove(contract).documents >= 20
    money["Amount"]["maximun"] = 3
    (line,) = refusal(schema).splitlines()
    assert "#/properties/it/$ref: '#/$defs/money/Amount' leads to /$defs/money/Amount: " in line
    assert "'maximun' is not a keyword, 'maximum' is; correct it" in line


def test_a_note_that_holds_a_reference_is_left_out_of_the_models() -> None:
    notes = {
        "x-a": {"$ref": "#/$defs/x"},
        "examples": [{"$ref": 1}],
        "contentSchema": {"$ref": "#"},
    }
    contract = contract_of(m_Message={"type": "string", **notes, "x-b": 1})
    assert contract.modules["m"].messages["Message"] == {"type": "string", "x-b": 1}
    assert prove(contract).documents >= 5


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "nullable": False},
        {"type": ["string", "null"], "nullable": True},
        {"enum": ["a"], "nullable": True},
    ],
)
def test_nullable_is_taken_where_it_changes_no_verdict(schema: Any) -> None:
    contract = contract_of(m_Message=schema)
    assert prove(contract).documents >= 3


@pytest.mark.parametrize(("word", "cure"), [("extends", "allOf"), ("divisibleBy", "multipleOf")])
def test_a_word_of_draft_03_is_refused(word: str, cure: str) -> None:
    assert refusal({word: {}}, STAR) == f"{FILE}#: {word!r} is of draft-03; write {cure}"


def test_the_gate_takes_a_word_of_ones_own_for_a_note() -> None:
    old, new = (normal_form(member(type="string", colour=it), STAR) for it in ("red", "blue"))
    (edit,) = edits_between(old, new)
    assert edit.keyword == "colour"
    assert not edit.is_assertion


def settings_of(text: str, folder: Path) -> Settings:
    (folder / "pyproject.toml").write_text(f"[tool.contract]\n{text}\n", "utf-8")
    return settings_in(folder)


def test_pyproject_names_the_words_and_the_draft(tmp_path: Path) -> None:
    assert settings_of("", tmp_path) == Settings()
    text = 'annotations = ["unit", "x-...", "y-…", "*"]\ndialect = "draft-04"'
    assert settings_of(text, tmp_path) == Settings(
        ("unit", "x-…", "y-…", "*"), "http://json-schema.org/draft-04/schema"
    )
    assert settings_of('formats = "annotate"', tmp_path) == Settings(formats="annotate")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('annotations = "*"', "annotations is not of its kind; write a list of words, like"),
        ("annotations = [1]", "annotations is not of its kind; write a list of words, like"),
        ('dialect = "draft-03"', "dialect is not of its kind; write one of draft-04, draft-06,"),
        ("dialect = 4", "dialect is not of its kind; write one of draft-04, draft-06, draft-07,"),
        ("formats = true", 'formats is not of its kind; write "assert" or "annotate"'),
        ("suported = []", "suported is not known; write supported"),
        ("release = 1", "release is not known; remove it; there are accepted, annotations,"),
        ('resources = ["a"]', "resources is not of its kind; write a table of files, like"),
    ],
)
def test_a_setting_that_is_not_as_it_has_to_be_is_refused(
    text: str, line: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        settings_of(text, tmp_path)
    assert str(refused.value).startswith(f"pyproject.toml: [tool.contract] {line}")


def test_settings_that_are_not_toml_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.contract\n", "utf-8")
    with pytest.raises(Refused) as refused:
        settings_in(tmp_path)
    assert str(refused.value).startswith("pyproject.toml is not TOML: ")
    assert str(refused.value).endswith("; correct it")


def test_a_vendored_package_says_how_its_schemas_are_read() -> None:
    """So that the gate can read them there; the default is not written."""
    assert (
        b"settings" not in manifests(contract_of(m_Message={}), {})["pydantic_models/manifest.json"]
    )
    contract = contract_of_files({FILE: {"unit of measure": "kg"}}, STAR)
    manifest = json.loads(manifests(contract, {})["pydantic_models/manifest.json"])
    assert manifest["settings"] == {"annotations": ["*"]}
    lax = contract_of_files({FILE: {"format": "date"}}, Settings(formats="annotate"))
    manifest = json.loads(manifests(lax, {})["pydantic_models/manifest.json"])
    assert manifest["settings"] == {"formats": "annotate"}
