"""Several schemas that hold for one object are one class, whose fields have what all say."""

import ast
import json
from collections.abc import Generator
from typing import Any

import pytest
from compatibility.python_api import api_changes, api_classes
from contract.read import Contract
from contract.settings import Settings
from contract.subschemas import Schema
from models.emit import module_texts
from models.sharing import python_classes
from pydantic import ValidationError

from tests.zoo.compositions import ANIMAL, COMPOSITIONS, REF, of_animal
from tests.zoo.judging import imported, prove
from tests.zoo.small_schemas import TEXT, WHOLE, classes_of, contract_of, contract_of_files, members
from tests.zoo.timing import NOISE, grows_less

NAME, AGE = "name: str", "age: int | MISSING"
# Of a composition the class, the classes that it derives from, and its fields.
CLASSES: dict[str, tuple[str, list[str]]] = {
    "extension": ("Animal", [NAME, AGE, "breed: str"]),
    "extension-of-an-extension": (
        "Dog",
        [
            *(NAME, AGE, "breed: str | MISSING", "toys: list[DogToysItem] | MISSING"),
            "owner: MessageOwner | MISSING",
        ],
    ),
    "extension-of-two": ("Animal, Owned", [NAME, AGE, "owner: OwnedOwner"]),
    "extension-of-two-that-extend-one": (
        "Hound, Cat",
        [NAME, AGE, "breed: str | MISSING", "lives: int | MISSING"],
    ),
    "extension-that-requires": ("Model", [NAME, "age: int"]),
    "extension-that-narrows": ("Model", ["name: Literal['Rex']", AGE]),
    "extension-that-describes": ("Animal", [NAME, AGE]),
    "extension-closed": ("Animal", [NAME, AGE, "breed: str | MISSING"]),
    "extension-closed-by-names": ("Model", [NAME, "breed: str | MISSING"]),
    "extension-of-a-closed-one": ("Closed", ["a: str | MISSING"]),
    "extension-of-a-map": ("Counts", ["a: str | MISSING", "b: int | MISSING"]),
    "reference-with-properties-beside": ("Animal", [NAME, AGE, "breed: str | MISSING"]),
    "reference-that-closes": ("Animal", [NAME, AGE]),
    "parts-without-a-type": ("Model", ["a: str", "b: int | MISSING"]),
    "parts-closed-apart": ("Model", ["a: str | MISSING", "b: str"]),
    "parts-of-one-member": (
        "Model",
        ["a: Literal[1, 2]", "b: list[int] | MISSING", "c: MessageC | MISSING"],
    ),
    "parts-beside-unions": ("Animal", [NAME, AGE]),
}


@pytest.mark.parametrize("name", CLASSES)
def test_a_composition_is_a_class_with_the_members_of_all_its_parts(name: str) -> None:
    found = classes_of(COMPOSITIONS[name]).classes["Message"]
    fields = [f"{it.attribute}: {it.plain}" for it in found.fields]
    assert (found.parents, fields) == CLASSES[name]


def test_an_extension_says_what_its_base_does_not_say() -> None:
    assert body(COMPOSITIONS["extension"]) == [
        "breed: str",
        "__emitted__ = WrittenAs({'allOf': [{'$ref': '#/$defs/Animal'}, {'type': 'object',"
        " 'properties': {'breed': ...}, 'required': ['breed']}]})",
    ]


def extensions(depth: int) -> Contract:
    steps = {
        f"A{it}": {"allOf": [{"$ref": f"#/$defs/A{it + 1}"}, members(**{f"p{it}": TEXT})]}
        for it in range(depth)
    }
    schema = {**members(a={"$ref": "#/$defs/A0"}), "$defs": {**steps, f"A{depth}": ANIMAL}}
    return contract_of(m_Message=schema)


def test_a_long_chain_of_extensions_takes_no_longer_than_its_members() -> None:
    """Twice as long a chain: at most eight times as long."""
    few, many = extensions(10), extensions(20)
    found = python_classes(many)["m"].classes
    assert [found[f"A{it}"].parents for it in range(20)] == [f"A{it + 1}" for it in range(20)]
    assert grows_less(8 * NOISE, lambda: python_classes(few), lambda: python_classes(many))


def test_what_no_field_says_is_asserted_beside_them() -> None:
    schema = {
        **members(a=TEXT),
        "allOf": [
            {"properties": {"b": WHOLE}, "not": {"required": ["c"]}},
            {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        ],
    }
    assert body(schema) == [
        "model_config = ConfigDict(title=None)",
        "__assertion__ = Assert({'not': {'required': ['c']}, 'if': {'required': ['a']},"
        " 'then': {'required': ['b']}})",
        "a: str | MISSING = MISSING",
        "b: ExactInt | MISSING = MISSING",
        "__emitted__ = WrittenAs({'type': 'object', 'properties': {'a': ...}, 'allOf':"
        " [{'properties': {'b': ...}, 'not': ...}, {'if': ..., 'then': ...}]})",
    ]


def body(schema: Schema) -> list[str]:
    """The statements of the class of the message."""
    text = module_texts({"m": classes_of(schema)}, formatted=False)["m"]
    classes = {it.name: it for it in ast.parse(text).body if isinstance(it, ast.ClassDef)}
    found = [ast.unparse(it) for it in classes["Message"].body]
    assert sorted(found) == sorted(set(found))
    return found


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [{"minLength": 2}, {"pattern": "^a"}]},
        {"allOf": [{"type": "object"}, {"required": ["b"]}]},
    ],
    ids=["texts", "no members"],
)
def test_what_has_no_record_in_it_is_no_class(schema: Schema) -> None:
    assert [*classes_of(members(it=schema)).classes] == ["Message"]


ITEMS: Schema = {"type": "array", "items": members(a=TEXT)}
# Branches of an allOf that is no composition, and the type that a reader sees.
TYPED_BRANCHES: list[tuple[list[Any], str]] = [
    ([TEXT, {"minLength": 2}], "str"),
    ([{"minLength": 2}, {**TEXT, "description": "A text."}], "str"),
    ([{"type": "string"}, {"$ref": "#/$defs/Color"}], "Color"),
    ([ITEMS, {"minItems": 1}], "list[MessageItItem]"),
    ([{"type": ["integer", "null"]}, {"minimum": 2}], "int | None"),
    ([{"oneOf": [TEXT, members(a=TEXT)]}, {"not": {"const": ""}}], "str | MessageItObject"),
    ([{"minLength": 2}, {"pattern": "^a"}], "Any"),
]


@pytest.mark.parametrize(("branches", "kind"), TYPED_BRANCHES)
def test_one_branch_gives_an_all_of_its_type(branches: list[Any], kind: str) -> None:
    schema = {**members(it={"allOf": branches, "title": "It"}), "$defs": {"Color": {"enum": ["a"]}}}
    assert classes_of(schema).classes["Message"].field_of["it"].plain == f"{kind} | MISSING"
    assert prove(contract_of(m_Message=schema)).documents > 20


def test_a_part_that_says_nothing_of_further_members_leaves_them_to_the_others() -> None:
    extensions: Schema = {"patternProperties": {"^x-": {}}}
    closed = {**members(a={}), **extensions, "additionalProperties": False}
    found = classes_of({**members(a=TEXT), "allOf": [extensions, closed]}).classes["Message"]
    assert found.assertion == "PatternProperties(['^x-'])"
    assert "'properties': ..." in found.emitted


def test_a_branch_that_is_no_type_becomes_no_class() -> None:
    parts = [ITEMS, {"contains": members(b=TEXT)}]
    assert [*classes_of(members(it={"allOf": parts})).classes] == ["Message", "MessageItItem"]


def test_a_reference_with_assertions_beside_is_the_class_itself() -> None:
    found = classes_of(of_animal(members(it={**REF, "minProperties": 2})))
    assert found.classes["Message"].field_of["it"].plain == "Animal | MISSING"
    assert found.classes.keys() == {"Animal", "Message"}


def test_objects_within_a_part_are_one_class_for_all_compositions() -> None:
    owner = {**members(name=TEXT), "required": ["name"]}
    schema = {
        **members(dog={"$ref": "#/$defs/Dog"}, cat={"$ref": "#/$defs/Cat"}),
        "$defs": {
            "Cat": {"allOf": [{"$ref": "#/$defs/Pet"}, {"required": ["owner"]}]},
            "Dog": {"allOf": [{"$ref": "#/$defs/Pet"}, members(breed=TEXT)]},
            "Pet": members(owner=owner),
        },
    }
    found = classes_of(schema).classes
    assert found.keys() == {"Message", "Cat", "Dog", "Pet", "PetOwner"}
    assert found["Cat"].field_of["owner"].plain == "PetOwner"


def test_the_owner_may_name_an_object_within_a_part() -> None:
    schema = {"allOf": [members(a=TEXT), members(b=members(c=TEXT))]}
    names = {"m/Message.json#/allOf/1/properties/b": "Box"}
    contract = contract_of_files({"m/Message.json": schema}, Settings(names=names))
    found = python_classes(contract)["m"].classes
    assert found["Message"].field_of["b"].plain == "Box | MISSING"


SHOP: Schema = {
    **members(
        pet=REF,
        pets={"type": "array", "items": REF},
        dog={"$ref": "#/$defs/Dog"},
        any={"anyOf": [REF, {"type": "null"}]},
    ),
    "$defs": {
        "Animal": {**ANIMAL, "properties": {**ANIMAL["properties"], "x-y": TEXT}},
        "Dog": {"allOf": [REF, {**members(breed=TEXT), "required": ["breed"]}]},
    },
}
DOG = {"name": "a", "x-y": "b", "breed": "c", "more": [1]}


@pytest.fixture(scope="module")
def shop() -> Generator[Any]:
    with imported(contract_of(m_Shop=SHOP)) as module:
        yield module


def test_an_extension_is_accepted_for_its_base_and_written_whole(shop: Any) -> None:
    assert issubclass(shop.Dog, shop.Animal)
    dog = shop.Dog.model_validate(DOG)
    message = shop.Shop(pet=dog, pets=[dog], dog=dog, any=dog)
    assert message.pet is dog
    written = {"pet": DOG, "pets": [DOG], "dog": DOG, "any": DOG}
    assert json.loads(message.model_dump_json()) == written
    assert message.model_dump(exclude_unset=True) == written


def test_a_base_is_no_extension(shop: Any) -> None:
    with pytest.raises(ValidationError):
        shop.Shop(dog=shop.Animal(name="a"))


@pytest.mark.parametrize(
    ("wrong", "faults"),
    [
        ({}, {("missing", "name"), ("missing", "breed")}),
        ({"name": 1, "breed": None}, {("string_type", "name"), ("string_type", "breed")}),
        ({"name": "a", "breed": "b", "x-y": 1}, {("string_type", "x-y")}),
    ],
)
def test_an_error_stands_at_the_member_of_either_part(
    wrong: Schema, faults: set[tuple[str, str]], shop: Any
) -> None:
    with pytest.raises(ValidationError) as caught:
        shop.Shop.model_validate_json(json.dumps({"dog": wrong}))
    assert {(it["type"], it["loc"][1]) for it in caught.value.errors()} == faults


def test_a_subclass_of_a_consumer_says_its_own_fields(shop: Any) -> None:
    class Puppy(shop.Dog):
        weeks: int

    assert Puppy.model_json_schema()["required"] == ["name", "breed", "weeks"]


def test_a_class_that_extends_no_more_is_told_and_one_that_begins_to_is_not() -> None:
    extension = {"allOf": [REF, members(breed=TEXT)]}
    parts = {"allOf": [ANIMAL, members(breed=TEXT)]}
    modules = (
        classes_of({**members(dog={"$ref": "#/$defs/Dog"}, it=REF)} | {"$defs": it})
        for it in ({"Animal": ANIMAL, "Dog": extension}, {"Animal": ANIMAL, "Dog": parts})
    )
    old, new = (api_classes(it, it.classes) for it in modules)
    assert [(it.old, it.new) for it in api_changes(old, new)] == [
        ("class Dog(Animal)", "class Dog(Model)")
    ]
    assert [*api_changes(new, old)] == []
