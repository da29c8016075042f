"""A file that only holds definitions for other files is no message; its definitions are classes."""

from importlib import import_module
from typing import Any

import pytest
from contract.read import Contract
from generate import render
from proof.sandbox import imported_package

from tests.zoo.small_schemas import contract_of

pytestmark = pytest.mark.toolchain

MONEY = {"type": "object", "properties": {"amount": {"type": "string"}}, "required": ["amount"]}
TYPES: Any = {"title": "Types", "$id": "https://example.org/types", "$defs": {"Money": MONEY}}
OLDER = {"$schema": "http://json-schema.org/draft-04/schema#", "definitions": {"Money": MONEY}}


def with_order(types: Any, reference: str = "../common/Types.json#/$defs/Money") -> Contract:
    order = {"type": "object", "properties": {"price": {"$ref": reference}}}
    return contract_of(common_Types=types, shop_Order=order)


@pytest.mark.parametrize(
    "contract",
    [with_order(TYPES), with_order(OLDER, "../common/Types.json#/definitions/Money")],
    ids=["of the latest draft", "of an older draft"],
)
def test_a_file_of_definitions_for_others_is_no_message(contract: Contract) -> None:
    assert contract.messages == [("shop", "Order")]
    files, proof = render(contract)
    assert proof.messages == 1
    assert [it for it in files if it.endswith("Types.json") or it.endswith("Types.md")] == [
        "pydantic_models/schemas/common/Types.json"
    ]
    common = files["pydantic_models/common.py"].decode()
    assert '"""The definitions of common."""' in common
    assert "\nclass Money(Model):\n" in common
    assert "class Types" not in common
    assert "from .common import Money" in files["pydantic_models/shop.py"].decode()
    assert (
        "## `pydantic_models.common`\n\nDefinitions: `Money`\n" in files["docs/index.md"].decode()
    )
    with imported_package(files) as package:  # for whoever asks `validate` for a message
        assert import_module(f"{package}._judge").message_names() == ["shop.Order"]


WHOLE = "../common/Types.json"
MESSAGES: dict[str, Contract] = {
    "one that asserts something": with_order({**TYPES, "type": "object"}),
    "one that refers to a part of itself": with_order({**TYPES, "$ref": "#/$defs/Money"}),
    "one to which another refers as a whole": with_order(TYPES, WHOLE),
    "one whose definitions nobody else needs": with_order(TYPES, "#"),
    "one that does not define anything": with_order({"title": "Types"}, WHOLE),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_any_other_file_is_a_message(name: str) -> None:
    assert ("common", "Types") in MESSAGES[name].messages


def test_a_module_keeps_the_messages_beside_a_file_of_definitions() -> None:
    order = {"properties": {"price": {"$ref": "Types.json#/$defs/Money"}}}
    contract = contract_of(shop_Types=TYPES, shop_Order=order)
    assert contract.messages == [("shop", "Order")]
    assert contract.modules["shop"].definitions.keys() == {"Money", "Order"}
