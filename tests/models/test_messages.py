"""The message of every keyword, wherever it stands, names what the keyword asks for."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from contract.read import build_contract
from contract.subschemas import Schema
from documents.boundary import boundary_documents
from output.package import package_code
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, TypeAdapter, ValidationError, create_model

from tests.zoo.judging import imported
from tests.zoo.keywords import SCHEMAS
from tests.zoo.places import TURNS, sources_of_turn
from tests.zoo.small_schemas import contract_of

pytestmark = pytest.mark.dialect

# Keyword -> what must occur in a message, {} for its value: Pydantic's words or those of an Assert.
WORDS: dict[str, tuple[str, ...]] = {
    "type": ("should be", "expected"),
    "const": ("should be", "expected {}", "None"),
    "enum": ("should be", "expected"),  # in the order, and beside the type, of the normal form
    "minimum": ("greater than or equal to", "expected at least {}"),
    "maximum": ("less than or equal to", "expected at most {}"),
    "exclusiveMinimum": ("greater than {}", "expected more than {}"),
    "exclusiveMaximum": ("less than {}", "expected less than {}"),
    "multipleOf": ("a multiple of {}",),
    "minLength": ("at least {} character",),
    "maxLength": ("at most {} character",),
    "pattern": ("match pattern", "expected a match of {}"),
    "format": ("valid UUID", "expected the format {}"),
    "minItems": ("at least {} item",),
    "maxItems": ("at most {} item",),
    "uniqueItems": ("are equal",),
    "contains": ("items of", "expected at"),
    "minProperties": ("at least {} item", "at least {} member"),
    "maxProperties": ("at most {} item", "at most {} member"),
    "required": ("required",),
    "propertyNames": ("the name ", "should be"),
    "dependentRequired": ("is required where",),
    "dependentSchemas": ("is present",),
    "not": ("expected what is not",),
}


def messages(model: type[BaseModel], schema: Schema) -> Iterator[str]:
    """The messages of all errors on the boundary documents."""
    for document in boundary_documents("place", schema):
        try:
            model.model_validate_json(json.dumps(document.instance))
        except ValidationError as error:
            yield from (it["msg"] for it in error.errors())


def is_vague(message: str) -> bool:
    """Whether the message names no cause."""
    bare = message.startswith("Input should satisfy") and ":" not in message
    return not message.strip() or bare or "under any of" in message


def json_text(value: Any) -> str:
    """The JSON text of a keyword's value; of a size without a fraction."""
    whole = isinstance(value, float) and value.is_integer()
    return json.dumps(int(value) if whole else value)


def missing_words(schema: Any, told: set[str]) -> list[str]:
    """The keywords of the schema that no message speaks of."""
    return [
        keyword
        for keyword, value in schema.items()
        for words in [WORDS.get(keyword)]
        if words and not any(part.format(json_text(value)) in it for part in words for it in told)
    ]


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.one_in(32)
def test_a_message_names_what_its_keyword_asks_for(name: str, turn: int) -> None:
    contract = build_contract(sources_of_turn(name, turn), "1")
    with imported_package(package_code(contract, formatted=False)) as package:
        for module, place in contract.messages:
            schema = contract.modules[module].messages[place]
            told = {*messages(model_in(package, module, place), schema)}
            assert not [*filter(is_vague, told)], place
            if place != "Not":
                assert not missing_words(SCHEMAS[name], told), (place, sorted(told))


@pytest.mark.parametrize(
    ("branch", "instance", "cause"),
    [
        (
            {"additionalProperties": False, "properties": {"p": {"enum": ["x", "y"]}}},
            {"p": "z"},
            "enum at /p: ",
        ),
        (
            {"additionalProperties": False, "patternProperties": {"^p": {"type": "null"}}},
            {"p": 1},
            "type at /p: ",
        ),
        ({"items": {"type": "null"}, "prefixItems": [{"const": 1}]}, [2], "const at /0: "),
    ],
)
def test_a_message_names_the_fault_whatever_the_order_of_keywords(
    branch: Schema, instance: Any, cause: str
) -> None:
    """The keyword for all others stands before those that name some."""
    schema: Schema = {
        "properties": {"a": {"not": {"type": "string"}, "allOf": [branch, {"minItems": 0}]}}
    }
    with imported(contract_of(m_Message=schema)) as module:
        model = module.Message
        with pytest.raises(ValidationError) as raised:
            model.model_validate_json(json.dumps({"a": instance}))
    assert cause in raised.value.errors()[0]["msg"]


# Names of properties that mean something in a core schema of pydantic.
CORE_WORDS = ["metadata", "type", "schema", "schema_ref", "ref", "cls", "choices", "fields"]


@pytest.mark.parametrize("name", CORE_WORDS)
def test_a_message_names_the_fault_whatever_a_member_is_called(name: str) -> None:
    inner: Schema = {"properties": {"n": {"type": "integer"}}, "required": ["n"], "type": "object"}
    members = {name: {"$ref": "#/$defs/Inner"}}
    branch: Schema = {"properties": members, "type": "object"}
    definitions = {"Inner": inner, "Branch": branch}
    twice: Schema = {
        "properties": {"twin": {"$ref": "#/$defs/Inner"}}
    }  # or pydantic has no reference
    held: Schema = {**twice, "if": {"required": [name]}, "then": {"properties": members}}
    either: Schema = {
        "anyOf": [{"$ref": "#/$defs/Branch"}, {**branch, **twice, "required": ["twin"]}]
    }
    both = ({"$defs": definitions, **schema} for schema in (held, either))
    with imported(contract_of(**dict(zip(("m_Held", "m_Either"), both, strict=True)))) as module:
        for model in (module.Held, module.Either):
            with pytest.raises(ValidationError) as raised:
                model.model_validate({name: {}})
            assert "'n' is required" in raised.value.errors()[0]["msg"], model


RECORDS = {
    name: {"type": "object", "properties": {it: {"type": "integer"}}, "required": [it]}
    for name, it in (("First", "a"), ("Second", "b"))
}
REFERENCES = [{"$ref": f"#/$defs/{it}"} for it in RECORDS]
# A schema of a member, the value of it, and what a model of another package says of that.
VAGUE: list[tuple[Schema, Any, str]] = [
    (
        {"type": "string", "format": "uri"},
        "",
        'Input should satisfy format: expected the format "uri"',
    ),
    (
        {"type": "number", "multipleOf": 0.5},
        0.3,
        "Input should satisfy multipleOf: expected a multiple of 0.5",
    ),
    ({"anyOf": [*REFERENCES, {"type": "string"}]}, {}, "Input should be First, Second or string"),
    ({"anyOf": [*REFERENCES, {"type": "null"}]}, 1, "Input should be First, Second or null"),
    ({"$ref": "#/$defs/Either"}, 1, "Input should be First or Second"),
    ({"type": ["integer", "string"]}, None, "Input should be string or integer"),
    ({"anyOf": [REFERENCES[0], {"type": "array"}]}, 1, "Input should be First or array"),
    ({"oneOf": REFERENCES}, {}, "Input should satisfy oneOf: exactly one of First or Second"),
    (
        {"anyOf": [{"type": "array", "items": {"const": it}} for it in "abcdefghij"]},
        ["z"],
        "Input should be array",
    ),
    (
        {"anyOf": [{"$ref": f"#/$defs/R{it}"} for it in range(10)]},
        1,
        "Input should be R0, R1, R2, R3, R4, R5, R6, R7 or another branch",
    ),
]


@pytest.mark.parametrize(("schema", "value", "message"), VAGUE)
def test_the_error_of_a_union_names_its_branches_in_models_of_others(
    schema: Schema, value: Any, message: str
) -> None:
    """There the causes are not worked out, for that would cost time where all is valid."""
    rows = {f"R{it}": {**RECORDS["First"], "required": [f"r{it}"]} for it in range(10)}
    definitions = {**RECORDS, **rows, "Either": {"anyOf": REFERENCES}}
    whole = {"type": "object", "properties": {"it": schema}, "$defs": definitions}
    with imported(contract_of(m_Message=whole)) as module:
        model: Any = module.Message
        holder = create_model("Holder", held=model)
        cases: list[tuple[Callable[[Any], object], Any]] = [
            (TypeAdapter(model).validate_python, {"it": value}),
            (TypeAdapter(list[model]).validate_json, json.dumps([{"it": value}])),
            (holder.model_validate, {"held": {"it": value}}),
        ]
        for read, given in cases:
            with pytest.raises(ValidationError) as raised:
                read(given)
            assert [it["msg"] for it in raised.value.errors()] == [message]
