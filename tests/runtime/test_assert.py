"""What a consumer meets where a schema has rarer keywords: errors, Python objects, plain types."""

import importlib
import json
import sys
from collections.abc import Generator
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

import pytest
from contract.read import build_contract
from generate import render
from oracle.oracle import Oracle
from proof.sandbox import imported_package
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python
from runtime._assert import Assert, expectation
from runtime._keywords import equality_key

from tests.zoo.judging import is_accepted
from tests.zoo.small_schemas import TEXT, contract_of

ORDER: dict[str, Any] = {
    "title": "Order",
    "description": "An order.",
    "type": "object",
    "properties": {
        "id": {**TEXT, "format": "uuid"},
        "tags": {"type": "array", "items": TEXT, "uniqueItems": True},
        "price": {"type": "number", "multipleOf": 0.01},
        "code": {**TEXT, "pattern": r"^\d{3}$"},
        "ship": {"type": "object", "properties": {"street": TEXT}, "required": ["street"]},
        "pay": {"oneOf": [{"$ref": "#/$defs/Card"}, {"$ref": "#/$defs/Cash"}]},
    },
    "dependentRequired": {"price": ["code"]},
    "maxProperties": 5,
    "$defs": {
        name: {
            "title": name,
            "type": "object",
            "properties": {"kind": {**TEXT, "const": name.lower()}},
            "required": ["kind"],
        }
        for name in ("Card", "Cash")
    },
}


@pytest.fixture(scope="module")
def shop() -> Generator[Any]:
    files = render(contract_of(shop_Order=ORDER)).files
    with imported_package(files) as package:
        yield importlib.import_module(f"{package}.shop")


def test_ordinary_parts_stay_plain_to_read() -> None:
    files = render(contract_of(shop_Order=ORDER)).files
    text = files["pydantic_models/shop.py"].decode()
    for line in (
        '__assertion__ = Assert({"dependentRequired": {"price": ["code"]}, "maxProperties": 5})',
        "id: UUID | MISSING = MISSING",
        'tags: Annotated[list[str], Assert({"uniqueItems": True})] | MISSING = MISSING',
        "ship: OrderShip | MISSING = MISSING",
        'pay: Annotated[Card | Cash, OneOf("kind", {"card": 0, "cash": 1})] | MISSING = MISSING',
        "class OrderShip(InlineModel):",
        'kind: Literal["card"]',
    ):
        assert line in text


def test_only_packages_that_use_a_rare_keyword_carry_its_runtime() -> None:
    plain = {"m/Plain.json": json.dumps({"type": "object", "properties": {"a": TEXT}}).encode()}
    rare = {f"pydantic_models/{it}.py" for it in ("_assert", "_keywords", "_formats", "_pattern")}
    assert rare.isdisjoint(render(build_contract(plain, "1")).files)
    assert rare < render(contract_of(shop_Order=ORDER)).files.keys()


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"tags": ["a", "b", "a"]}, ("tags",), "uniqueItems: the items 0 and 2 are equal"),
        (
            {"price": 0.001, "code": "123"},
            ("price",),
            "multipleOf: expected a multiple of 0.01",
        ),
        ({"code": "12"}, ("code",), r'pattern: expected a match of "^\\d{3}$"'),
        (
            {"price": 0.01},
            (),
            "dependentRequired: 'code' is required where 'price' is present",
        ),
        (
            {str(index): 0 for index in range(6)},
            (),
            "maxProperties: expected at most 5 members",
        ),
    ],
)
def test_one_error_names_the_place_the_keyword_and_its_value(
    changes: Any, place: tuple[str, ...], message: str, shop: Any
) -> None:
    for validate, document in (
        (shop.Order.model_validate, changes),
        (shop.Order.model_validate_json, json.dumps(changes)),
    ):
        with pytest.raises(ValidationError) as caught:
            validate(document)
        (error,) = caught.value.errors(include_url=False)
        assert (error["type"], error["loc"]) == ("assertion", place)
        assert error["msg"] == f"Input should satisfy {message}"
        assert error["ctx"] == {"keywords": message.partition(":")[0]}


# Schemas of several keywords, each with an instance for which that keyword alone is false.
SEVERAL: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "strings": (
        str,
        {"minLength": 3, "pattern": "^a", "not": {"const": "abc"}},
        {"minLength": "1", "not": "abc"},
    ),
    "texts": (str, {"format": "date", "pattern": "^2"}, {"format": "2", "pattern": "1999-01-01"}),
    "arrays": (
        list[Any],
        {
            "contains": {"const": 1},
            "uniqueItems": True,
            "anyOf": [{"minItems": 2}, {"items": False}],
        },
        {"contains": [2, 3], "uniqueItems": [1, 2, 2], "anyOf": [1]},
    ),
    "objects": (
        dict[str, Any],
        {
            "maxProperties": 2,
            "dependentRequired": {"a": ["b"]},
            "dependentSchemas": {"b": {"properties": {"b": {"type": "null"}}}},
            "if": {"required": ["c"]},
            "then": {"properties": {"c": {"const": 1}}},
            "allOf": [{"propertyNames": {"maxLength": 1}}],
        },
        {
            "maxProperties": {"x": 1, "y": 2, "z": 3},
            "dependentRequired": {"a": 1},
            "dependentSchemas": {"b": 1},
            "if, then": {"c": 2},
            "allOf": {"long": 1},
        },
    ),
    "any values": (
        Any,
        {"minimum": 3, "minLength": 2, "oneOf": [{"type": "integer"}, {"type": "string"}]},
        {"minimum": 1, "minLength": "a", "oneOf": None},
    ),
}


@pytest.mark.parametrize("label", SEVERAL)
def test_an_adapter_names_the_one_of_several_keywords_that_failed(label: str) -> None:
    kind, schema, instances = SEVERAL[label]
    annotated: Any = Annotated[kind, Assert(schema)]
    adapter: TypeAdapter[Any] = TypeAdapter(annotated)
    for keywords, instance in instances.items():
        with pytest.raises(ValidationError) as caught:
            adapter.validate_python(instance)
        (error,) = caught.value.errors(include_url=False)
        assert (error["type"], error["loc"], error["ctx"]) == (
            "assertion",
            (),
            {"keywords": keywords},
        )


def test_an_adapter_of_a_class_names_the_keyword_and_its_value(shop: Any) -> None:
    for document, message in (
        ({"price": 0.01}, "dependentRequired"),
        ({str(at): 0 for at in range(6)}, "maxProperties: expected at most 5 members"),
    ):
        with pytest.raises(ValidationError) as caught:
            TypeAdapter(list[shop.Order]).validate_json(json.dumps([document]))
        (error,) = caught.value.errors(include_url=False)
        assert (error["loc"], error["msg"]) == ((0,), f"Input should satisfy {message}")


@pytest.mark.parametrize(("number", "words"), [(1, "1 character"), (2, "2 characters")])
def test_one_is_a_singular(number: int, words: str) -> None:
    assert expectation({"minLength": number}) == f": expected at least {words}"


def test_python_objects_are_taken_beside_what_is_asserted(shop: Any) -> None:
    order = shop.Order(
        id=UUID(int=1),
        tags=["a", "b"],
        price=0.07,
        code="123",
        ship=shop.OrderShip(street="s"),
    )
    assert order.ship.street == "s"
    assert shop.Order(pay=shop.Card(kind="card")).pay == shop.Card(kind="card")
    assert shop.Order.model_validate(MappingProxyType({"tags": ["a"]})).tags == ["a"]
    assert shop.Order.model_validate(to_jsonable_python(order)) == order


@pytest.mark.parametrize("tags", [("a", "a"), {"a"}, iter(["a", "a"]), {"a": 1}.keys()])
def test_no_container_slips_past_an_assertion(tags: Any, shop: Any) -> None:
    with pytest.raises(ValidationError, match="list_type"):
        shop.Order(tags=tags)


def test_no_bytes_slip_past_an_assertion_on_a_string() -> None:
    """Pydantic takes bytes for a string, which an Assert does not judge."""
    text = Annotated[str, Assert({"not": {"const": "a"}})]
    adapter: TypeAdapter[str] = TypeAdapter(text)
    assert adapter.validate_python("b") == "b"
    for value in ("a", b"a", b"b"):
        with pytest.raises(ValidationError):
            adapter.validate_python(value)


def test_integers_of_one_hash_are_told_apart_by_their_keys() -> None:
    """Python gives each multiple of a prime the hash 0, and a set of them would take a square."""
    keys = [equality_key(number * sys.hash_info.modulus) for number in range(1, 100)]
    assert len({*map(hash, keys)}) == len(keys)
    assert equality_key(1e25) == equality_key(10**25) != equality_key(10**25 + 1)


def test_no_mapping_slips_past_an_assertion(shop: Any) -> None:
    with pytest.raises(ValidationError, match="assertion"):
        shop.Order.model_validate(MappingProxyType({"price": 1}))


# Whether the items are unique. A large float is the integer that its shortest decimal names.
LARGE_NUMBERS = {
    "[1e300, 1" + "0" * 300 + "]": False,
    "[-1e300, -1" + "0" * 300 + "]": False,
    "[[1e25], [10000000000000000000000000]]": False,
    '[{"a": 1e25}, {"a": 10000000000000000000000000}]': False,
    "[1e25, 10000000000000000905969664]": True,  # which is where the double of 1e25 ends
    "[1.0, 1]": False,
    "[9007199254740993, 9007199254740992.0]": True,
}


@pytest.mark.parametrize("items", LARGE_NUMBERS, ids=lambda it: it[:40])
def test_items_are_unique_by_the_decimals_that_are_written(items: str) -> None:
    schema = {"type": "array", "uniqueItems": True}
    files = render(contract_of(m_Items=schema)).files
    with imported_package(files) as package:
        model = importlib.import_module(f"{package}.m").Items
        for accepts in (model.model_validate_json, lambda it: model.model_validate(json.loads(it))):
            assert is_accepted(accepts, items) is LARGE_NUMBERS[items]
    assert Oracle(schema).accepts(json.loads(items)) is LARGE_NUMBERS[items]
