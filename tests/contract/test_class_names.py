"""A schema has one class in a module, named by its file, its key or its place, whoever refers."""

from typing import Any

import pytest
from contract.refusal import Refused
from contract.subschemas import Schema
from models.sharing import python_classes
from output.package import package_code

from tests.zoo.judging import prove
from tests.zoo.small_schemas import TEXT, contract_of, members, ref

pytestmark = pytest.mark.dialect

DRAFT_7 = "http://json-schema.org/draft-07/schema#"


def to(target: str) -> Schema:
    return {"$ref": target}


PERSON = members(role=TEXT)
# Files by MODULE_MESSAGE, and the classes of each module without its messages.
CASES: dict[str, tuple[dict[str, Any], dict[str, set[str]]]] = {
    "a root that only refers to its own name": (
        {"m_Device": {**ref("Device"), "$defs": {"Device": PERSON}}},
        {"m": set()},
    ),
    "the same in draft-07 with siblings, which do not count": (
        {
            "m_Device": {
                "$schema": DRAFT_7,
                **{"$ref": "#/definitions/Device", "type": "object"},
                "definitions": {"Device": PERSON},
            }
        },
        {"m": set()},
    ),
    "the same of a text": (
        {"m_Device": {**ref("Device"), "$defs": {"Device": TEXT}}},
        {"m": set()},
    ),
    "the same that holds itself by its root": (
        {"m_Device": {**ref("Device"), "$defs": {"Device": members(next=to("#"))}}},
        {"m": set()},
    ),
    "a root that says more than the reference to its own name": (
        {"m_Device": {"title": "d", **ref("Device"), "$defs": {"Device": PERSON}}},
        {"m": {"Device2"}},
    ),
    "a definition that has the name of its message": (
        {"m_Device": {**members(a=ref("Device")), "$defs": {"Device": PERSON}}},
        {"m": {"Device2"}},
    ),
    "equal definitions beside a reference to the other file": (
        {
            "m_Alpha": {**members(s=ref("C"), b=to("Beta.json")), "$defs": {"C": PERSON}},
            "m_Beta": {**members(s=ref("C"), a=to("Alpha.json")), "$defs": {"C": PERSON}},
        },
        {"m": {"C"}},
    ),
    "the same with keys that are no names of classes": (
        {
            "m_Alpha": {**members(s=ref("c-d"), b=to("Beta.json")), "$defs": {"c-d": PERSON}},
            "m_Beta": {**members(s=ref("c-d")), "$defs": {"c-d": PERSON}},
        },
        {"m": {"CD"}},
    ),
    "unequal definitions of two modules": (
        {
            "m_Beta": {**members(s=ref("C")), "$defs": {"C": members(x={"type": "integer"})}},
            "n_Alpha": {**members(s=ref("C"), b=to("../m/Beta.json")), "$defs": {"C": PERSON}},
            "n_Gamma": members(b=to("../m/Beta.json")),
        },
        {"m": {"C"}, "n": {"Beta", "C", "C2"}},
    ),
    "a place that another file refers to by way of its own file": (
        {
            "m_Alpha": members(b=to("Beta.json")),
            "m_Beta": members(x={**TEXT, "maxLength": 3}, y=to("#/properties/x")),
        },
        {"m": {"BetaX"}},
    ),
    "an anchor named as the file": (
        {
            "m_Device": {"$ref": "#Device", "$defs": {"D": {"$anchor": "Device", **PERSON}}},
            "m_Phone": members(d=to("Device.json#Device"), e=to("Device.json")),
        },
        {"m": {"D"}},
    ),
    "a definition and another in the older word": (
        {
            "m_Alpha": {
                **members(a=ref("C"), b=to("#/definitions/C")),
                **{"$defs": {"C": PERSON}, "definitions": {"C": TEXT}},
            }
        },
        {"m": {"C", "C2"}},
    ),
    "keys that a pointer escapes": (
        {
            "m_Thing": {
                **members(
                    a=ref("Page%3CUser%3E"),
                    b=ref("foo~1bar"),
                    c=ref("Response%5Bint%5D"),
                    d=ref("a~0b"),
                ),
                "$defs": dict.fromkeys(["Page<User>", "foo/bar", "Response[int]", "a~b"], PERSON),
            }
        },
        {"m": {"PageUser", "FooBar", "ResponseInt", "AB"}},
    ),
    "a document that holds another by its URI": (
        {
            "m_Order": {
                **members(price=to("https://example.org/money")),
                "$defs": {
                    "https://example.org/money": {"$id": "https://example.org/money"} | PERSON
                },
            }
        },
        {"m": {"Money"}},
    ),
    "keys that mean something in Python": (
        {
            "m_Thing": {
                **members(a=ref("Any"), b=ref("class"), c=ref("Model"), d=ref("1st")),
                "$defs": dict.fromkeys(["Any", "class", "Model", "1st"], PERSON),
            }
        },
        {"m": {"Any2", "Class", "Model2", "Schema1St"}},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_schema_is_one_class(name: str) -> None:
    files, expected = CASES[name]
    contract = contract_of(**files)
    classes = {
        module: it.classes.keys() - contract.modules[module].messages.keys()
        for module, it in python_classes(contract).items()
    }
    assert classes == expected
    package = package_code(contract, formatted=False)
    assert prove(contract, package).messages == len(files)


# Files by MODULE_MESSAGE, and the place in them that a refusal names.
FAULTY: dict[str, tuple[dict[str, Any], str]] = {
    "a definition under another key than its class": (
        {"m_Thing": {**members(a=ref("x-y")), "$defs": {"x-y": members(b=to("#/nope"))}}},
        "m/Thing.json#/$defs/x-y/properties/b/$ref: ",
    ),
    "a definition of another file": (
        {
            "m_Thing": members(a=to("Other.json#/$defs/a~1b")),
            "m_Other": {**TEXT, "$defs": {"a/b": members(c=to("Gone.json"))}},
        },
        "m/Other.json#/$defs/a~1b/properties/c/$ref: ",
    ),
    "a root that refers to itself": ({"m_Thing": {"$ref": "#"}}, "m/Thing.json#/$ref: "),
    "a ring in another file": (
        {
            "m_Thing": members(a=to("Other.json#/$defs/a")),
            "m_Other": {**TEXT, "$defs": {"a": ref("b"), "b": ref("a")}},
        },
        "m/Other.json#/$defs/a/$ref: ",
    ),
    "a root that needs itself": (
        {"m_Thing": {"anyOf": [TEXT, {"not": to("#")}]}},
        "m/Thing.json#: ",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_refusal_names_a_place_that_is_in_the_file(name: str) -> None:
    files, place = FAULTY[name]
    with pytest.raises(Refused) as refused:
        contract_of(**files)
    (line,) = str(refused.value).splitlines()
    assert line.startswith(place)
