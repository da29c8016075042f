"""One class for one definition, whatever module refers to it."""

import json
from collections.abc import Generator
from importlib import import_module
from typing import Any

import pytest
from contract.subschemas import Schema
from models.sharing import python_classes
from output.package import package_code
from proof.sandbox import imported_package

from tests.zoo.judging import prove
from tests.zoo.small_schemas import contract_of, contract_of_files


def members(**targets: str) -> Schema:
    return {"type": "object", "properties": {name: {"$ref": it} for name, it in targets.items()}}


POINT: Schema = {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"]}
TYPES = "../base/Types.json#/$defs/"
SCHEMAS: dict[str, Schema] = {
    # A folder of definitions that its own message does not need.
    "base/Types.json": {
        "$defs": {
            "Point": POINT,
            "Tree": {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
            "Color": {"title": "Color", "type": "string", "enum": ["r", "g"]},
        }
    },
    "geo/Location.json": {
        **members(point=f"{TYPES}Point"),
        "additionalProperties": {"type": "object", "properties": {"n": {"type": "null"}}},
    },
    "hr/Staff.json": members(
        place="../geo/Location.json",
        point=f"{TYPES}Point",
        tree=f"{TYPES}Tree",
        color=f"{TYPES}Color",
    ),
    # Of modules that need each other, each has its classes.
    "left/Left.json": members(right="../right/Right.json"),
    "right/Right.json": members(left="../left/Left.json"),
    # A definition that means something else here.
    "own/Message.json": {
        **members(mine="#/$defs/Point", theirs="../geo/Location.json"),
        "$defs": {"Point": {"type": "string", "minLength": 1}},
    },
    "text/Name.json": {"type": "string"},
    "text2/Person.json": members(name="../text/Name.json"),
}


@pytest.fixture(scope="module")
def package() -> Generator[str]:
    contract = contract_of_files(SCHEMAS)
    files = package_code(contract, formatted=False)
    assert prove(contract, files).documents > 1000
    with imported_package(files) as name:
        yield name


def test_a_class_is_imported_from_where_its_definition_is_written(package: str) -> None:
    base, geo, staff = (import_module(f"{package}.{it}") for it in ("base", "geo", "hr"))
    assert staff.Location is geo.Location
    assert staff.LocationValue is geo.LocationValue
    assert staff.Point is geo.Point is base.Point
    assert staff.Tree is base.Tree
    assert staff.Color is base.Color
    assert {"Location", "Point", "Tree", "Color"} <= {*staff.__all__}


def test_a_value_of_the_class_is_accepted_wherever_the_schema_refers_to_it(package: str) -> None:
    base, geo, staff = (import_module(f"{package}.{it}") for it in ("base", "geo", "hr"))
    point = base.Point(x=1)
    message = staff.Staff(place=geo.Location(point=point), point=point, color=base.Color.R)
    assert message.place.point is point
    assert json.loads(message.model_dump_json()) == {
        "place": {"point": {"x": 1}},
        **{"point": {"x": 1}, "color": "r"},
    }


def test_what_cannot_be_one_class_stays_apart() -> None:
    imported = {
        it.name: dict(it.imported) for it in python_classes(contract_of_files(SCHEMAS)).values()
    }
    assert imported["geo"] == {"Point": "base"}
    assert imported["left"] == imported["right"] == imported["own"] == {}
    assert imported["text2"] == {}  # its Name is a string, and the message is a class around one


def test_a_module_that_comes_or_goes_changes_no_class_of_another() -> None:
    whole = {it.name: it.classes for it in python_classes(contract_of_files(SCHEMAS)).values()}
    for name in ("hr", "own", "text2"):
        less = {it: schema for it, schema in SCHEMAS.items() if not it.startswith(f"{name}/")}
        for it in python_classes(contract_of_files(less)).values():
            assert it.classes.keys() <= whole[it.name].keys()
            assert all(whole[it.name][one] == it.classes[one] for one in it.classes)


def test_a_cycle_of_modules_can_be_imported_in_any_order(package: str) -> None:
    for name in ("right", "left"):
        module: Any = import_module(f"{package}.{name}")
        assert module.Left(right=module.Right()).model_dump_json() == '{"right":{}}'


def test_an_object_that_a_pointer_leads_to_is_one_class() -> None:
    again: Schema = {"$ref": "#/properties/first"}
    first: Schema = {**POINT, "properties": {**POINT["properties"], "again": again}}
    default: Schema = {**POINT, "default": {"x": 1}}  # which is not of the class
    message: Schema = {
        "type": "object",
        "properties": {
            **{"first": first, "second": again},
            **{"all": {"type": "array", "items": POINT}, "one": {"$ref": "#/properties/all/items"}},
            **{"set": default, "like": {"$ref": "#/properties/set"}},
        },
    }
    contract = contract_of(m_Message=message)
    fields = python_classes(contract)["m"].classes["Message"].field_of
    assert fields["first"].plain == fields["second"].plain == "MessageFirst | MISSING"
    assert fields["all"].plain == "list[MessageItems] | MISSING"
    assert fields["one"].plain == "MessageItems | MISSING"
    assert fields["set"].plain != fields["like"].plain
    assert prove(contract).documents > 100
