"""An owner chooses the name of a class by the place of its schema."""

from typing import Any

import pytest
from contract.read import Contract
from contract.refusal import Refused
from contract.settings import Settings
from contract.subschemas import Schema
from models.sharing import python_classes

from tests.zoo.judging import prove
from tests.zoo.small_schemas import contract_of_files

LINE: Schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
ORDER: Schema = {
    "type": "object",
    "properties": {
        "lines": {"type": "array", "items": LINE},
        "first": {"$ref": "#/$defs/foo~1bar"},
        "kind": {"$ref": "#/$defs/Kind"},
        "note": {"type": "string"},
    },
    "$defs": {
        "foo/bar": {"type": "object", "properties": {"deep": LINE}},
        "Kind": {"type": "string", "enum": ["a", "b"]},
        "Unused": LINE,
    },
}
STAFF: Schema = {
    "type": "object",
    "properties": {"bar": {"$ref": "../shop/Order.json#/$defs/foo~1bar"}},
}
FILE = "shop/Order.json#"
NAMES = {
    f"{FILE}/properties/lines/items": "Line",
    f"{FILE}/$defs/foo~1bar": "Bar",
    f"{FILE}/$defs/foo~1bar/properties/deep": "Deep",
    f"{FILE}/$defs/Kind": "OrderKind",
}


def contract_of(names: dict[str, str]) -> Contract:
    files = {"shop/Order.json": ORDER, "staff/Staff.json": STAFF}
    return contract_of_files(files, Settings(names=names))


def test_the_class_of_a_place_has_the_chosen_name() -> None:
    contract = contract_of(NAMES)
    modules = python_classes(contract)
    assert modules["shop"].classes.keys() == {"Order", "Line", "Bar", "Deep", "OrderKind"}
    assert modules["staff"].imported == {"Bar": "shop", "Deep": "shop"}
    fields = modules["shop"].classes["Order"].field_of
    assert {key: it.plain for key, it in fields.items()} == {
        "lines": "list[Line] | MISSING",
        "first": "Bar | MISSING",
        "kind": "OrderKind | MISSING",
        "note": "str | MISSING",
    }
    assert prove(contract).documents > 200


def test_without_a_choice_names_come_from_definitions_and_paths() -> None:
    assert python_classes(contract_of({}))["shop"].classes.keys() == {
        *("Order", "OrderLinesItem", "FooBar", "FooBarDeep", "Kind")
    }


@pytest.mark.parametrize(
    ("names", "what"),
    [
        ({f"{FILE}/properties/lines/items": "line"}, "'line' is no class name"),
        ({f"{FILE}/properties/lines/items": "größe"}, "'größe' is no class name"),
        ({f"{FILE}/properties/gone": "Line"}, "is no schema within a file"),
        ({"shop/Gone.json#/properties/lines": "Line"}, "is no schema within a file"),
        ({FILE: "Line"}, "is no schema within a file"),
        ({f"{FILE}/properties/note": "Note"}, "'Note' becomes no class"),
        ({f"{FILE}/$defs/Unused": "Used"}, "becomes no class"),
        ({f"{FILE}/properties/lines/items": "Kind"}, "'Kind' is taken"),
        ({f"{FILE}/$defs/foo~1bar": "Kind"}, "'Kind' of [tool.contract.names] is taken"),
    ],
)
def test_a_choice_without_a_class_of_its_own_is_refused(names: dict[str, str], what: str) -> None:
    with pytest.raises(Refused) as caught:
        refused: Any = python_classes(contract_of(names))
        assert refused == "nothing"
    assert what in str(caught.value)
    assert "[tool.contract.names]" in str(caught.value)
    assert "\n" not in str(caught.value)
