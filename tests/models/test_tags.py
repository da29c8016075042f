"""The member that tells the branches of a union apart, and the time to find it."""

from functools import partial
from typing import Any

import pytest
from models.sharing import python_classes
from models.tags import tag_of
from oracle.oracle import Oracle
from output.package import package_code
from proof.sandbox import imported_package, model_in
from pydantic import ValidationError

from tests.zoo.judging import imported, is_valid, prove
from tests.zoo.small_schemas import NUMBER, TEXT, branch, contract_of
from tests.zoo.timing import grows_less


def optional(value: Any, **more: Any) -> Any:
    """An object that may lack its tag."""
    return {"type": "object", "properties": {"kind": {"const": value}, **more}}


ANY_OTHER: Any = {"kind": {"type": "string", "not": {"enum": ["a", "b"]}}, "it": {"type": "null"}}
FORBIDS: Any = {"type": "object", "properties": {"it": TEXT}, "additionalProperties": False}
ASKS: Any = {**FORBIDS, "required": ["it"]}
TAGS: dict[str, tuple[Any, str]] = {
    "numbers": (
        {"oneOf": [branch("kind", 1, it=TEXT), branch("kind", 2.0, it=NUMBER)]},
        "OneOf('kind', {1: 0, 2: 1})",
    ),
    "fractions": (
        {"oneOf": [branch("kind", 1, it=TEXT), branch("kind", 2.5, it=NUMBER)]},
        "OneOf('kind', {1: 0, 2.5: 1})",
    ),
    "a number and a boolean that Python does not tell apart": (
        {"oneOf": [branch("kind", it, **{f"{it}": TEXT}) for it in (1, True, False)]},
        "OneOf('kind', {1: (0, 1), False: 2})",
    ),
    "required beside the union": (
        {
            "type": "object",
            "required": ["kind"],
            "oneOf": [optional("a", it=TEXT), optional("b", it=NUMBER)],
        },
        "OneOf('kind', {'a': 0, 'b': 1})",
    ),
    "absent from each": (
        {"anyOf": [optional("a", it=TEXT), optional("b", it=NUMBER)]},
        "AnyOf('kind', {'a': 0, 'b': 1}, absent=[0, 1])",
    ),
    "absent from each, beside a string": (
        {"anyOf": [optional("a", it=TEXT), optional(2, it=NUMBER), TEXT]},
        "AnyOf('kind', {'a': 0, 2: 1}, absent=[0, 1])",
    ),
    "forbidden in one": (
        {"anyOf": [branch("kind", "a", it=NUMBER), FORBIDS]},
        "AnyOf('kind', {'a': 0}, absent=[1])",
    ),
    "forbidden in two": (
        {"anyOf": [ASKS, {**ASKS, "properties": {"it": NUMBER}}, branch("kind", "a", b=TEXT)]},
        "AnyOf('kind', {'a': 2}, absent=[0, 1])",
    ),
    "of objects beside other values": (
        {"anyOf": [{**branch("kind", it), "type": ["object", "null"]} for it in "ab"]},
        "AnyOf('kind', {'a': 0, 'b': 1}, mixed=[0, 1])",
    ),
    "of objects beside any value": (
        {"required": ["kind"], "anyOf": [ASKS, {"properties": {"kind": {"const": "a"}}}]},
        "AnyOf('kind', {'a': 1}, mixed=[1])",
    ),
    "any other in one": (
        {
            "oneOf": [
                branch("kind", "a", it=TEXT),
                branch("kind", "b", it=NUMBER),
                {"type": "object", "properties": ANY_OTHER, "required": ["kind"]},
            ]
        },
        "OneOf('kind', {'a': 0, 'b': 1}, others=[2])",
    ),
}
KINDS: list[Any] = ["a", "b", "c", 1, 1.0, 2, 2.5, True, False, None]
TAGGED_OBJECTS: list[Any] = [{"kind": it, "it": value} for it in KINDS for value in ("", 1, None)]
OBJECTS: list[Any] = [{}, {"kind": "a"}, {"it": ""}, {"it": 1}, {"it": None}, {"it": "", "b": 1}]


@pytest.mark.parametrize("name", TAGS)
def test_a_tag_may_be_any_constant_and_need_not_be_there(name: str) -> None:
    either, marker = TAGS[name]
    schema = {
        "type": "object",
        "properties": {"it": {"$ref": "#/$defs/Either"}},
        "$defs": {"Either": either},
    }
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    assert marker in classes["m"].classes["Either"].alias
    oracle = Oracle(schema)
    with imported(contract) as module:
        thing = module.Thing
        verdicts = {is_valid(thing, {"it": it}) for it in TAGGED_OBJECTS}
        assert verdicts == {True, False}
        values: list[Any] = [*TAGGED_OBJECTS, *OBJECTS, None, "", []]
        for it in values:
            assert is_valid(thing, {"it": it}) is oracle.accepts({"it": it}), it
    assert prove(contract).documents > 20


@pytest.mark.parametrize("name", ["absent from each", "any other in one"])
def test_an_object_with_a_tag_enters_one_branch(name: str) -> None:
    schema = {"type": "object", "properties": {"it": TAGS[name][0]}}
    with imported(contract_of(m_Thing=schema)) as module:
        thing = module.Thing
        with pytest.raises(ValidationError) as raised:
            thing.model_validate_json('{"it": {"kind": "a", "it": 1}}')
    assert [[*error["loc"]][-1] for error in raised.value.errors()] == ["it"]


def test_unions_within_unions_import_in_time_by_their_number() -> None:
    few, many = (package_of(nested_branches(depth)) for depth in (7, 14))
    assert grows_less(6, lambda: import_it(few), lambda: import_it(many))


def test_the_tag_of_a_union_is_looked_for_in_time_by_its_size() -> None:
    """Among branches that have none."""
    for factor, few, many in (
        (10, unlike_branches(40), unlike_branches(160)),
        (20, nested_branches(6), nested_branches(12)),
    ):
        assert tag_of(few, {}) is tag_of(many, {}) is None
        assert grows_less(factor, partial(tag_of, few, {}), partial(tag_of, many, {}), 3)


def unlike_branches(count: int) -> list[Any]:
    """Branches that have no member in common."""
    return [
        {"type": "object", "properties": {f"{at}-{it}": TEXT for it in range(20)}}
        for at in range(count)
    ]


def nested_branches(depth: int) -> list[Any]:
    """Branches that may lack their tag, each first one around others of the kind."""
    inner: Any = TEXT
    for _ in range(depth):
        inner = {"anyOf": [optional("a", it=inner), optional("b", it=NUMBER)]}
    branches: list[Any] = inner["anyOf"]
    return branches


def package_of(branches: list[Any]) -> dict[str, bytes]:
    schema = {"type": "object", "properties": {"it": {"anyOf": branches}}}
    return package_code(contract_of(m_Thing=schema), formatted=False)


def import_it(files: dict[str, bytes]) -> None:
    with imported_package(files) as name:
        assert is_valid(model_in(name, "m", "Thing"), {})
