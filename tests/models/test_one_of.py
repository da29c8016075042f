"""A ``oneOf`` whose branches overlap refuses what fits several, and tells the cause."""

from collections.abc import Callable
from contextlib import ExitStack
from itertools import product
from typing import Annotated, Any

import pytest
from contract.subschemas import Schema
from models.sharing import python_classes
from oracle.oracle import Oracle
from pydantic import GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import core_schema
from runtime._one_of import OneAlone, OneOf

from tests.zoo.judging import imported, is_accepted, is_valid, prove
from tests.zoo.small_schemas import TEXT, branch, contract_of
from tests.zoo.timing import reading_grows_less

OVERLAPPING: Any = {
    "oneOf": [
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
        {"type": "object", "properties": {"b": {"type": "integer"}}, "required": ["b"]},
        {"type": "string", "pattern": "^a"},
        {"type": "string", "pattern": "b$"},
        {"type": "integer"},
    ]
}
# An instance and the message of its one error.
REFUSED: list[tuple[Any, str]] = [
    (None, "Input should be object, string or integer"),
    ({}, "No branch fits; the nearest is ThingItWithA: 'a' is required"),
    ("c", "No branch fits; the nearest is string: String should match pattern '^a'"),
    ({"a": "", "b": 1}, "Input should satisfy oneOf: expected one branch that fits, the branches"),
    ("ab", "Input should satisfy oneOf: expected one branch that fits, the branches [2, 3] do"),
]


def test_branches_that_overlap_are_read_once_and_refused_with_their_cause() -> None:
    schema = {"type": "object", "properties": {"it": OVERLAPPING}}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    assert (
        "OneOf(), OneAlone(0, 2, by={'a': 0, 'b': 1})]"
        in classes["m"].classes["Thing"].field_of["it"].annotation
    )
    with imported(contract) as module:
        thing = module.Thing
        assert all(is_valid(thing, {"it": it}) for it in ({"a": ""}, {"b": 1}, "a", "b", 1))
        for instance, message in REFUSED:
            with pytest.raises(ValidationError) as raised:
                thing.model_validate({"it": instance})
            (error,) = raised.value.errors()
            assert error["loc"] == ("it",)
            assert error["msg"].startswith(message)
    assert prove(contract).documents > 20


def test_a_branch_that_overlaps_is_told_from_others_that_do_where_the_rest_is_mixed() -> None:
    with_y = {"type": ["object", "array"], "properties": {"y": {"const": "1"}}, "required": ["y"]}
    without_y = branch("y", "2", x=TEXT)
    small = [{"type": "object", "required": [it]} for it in "pq"]
    schema = {"type": "object", "properties": {"it": {"oneOf": [with_y, without_y, *small]}}}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    annotation = classes["m"].classes["Thing"].field_of["it"].annotation
    assert "OneOf('y', {'1': 0, '2': 1}, mixed=[0]), OneAlone(2, 3" in annotation
    oracle = Oracle(schema)
    with imported(contract) as module:
        thing = module.Thing
        for names in ("", "p", "q", "pq", "y", "py", "pqy"):
            document = {"it": dict.fromkeys(names, "1")}
            assert is_valid(thing, document) is oracle.accepts(document), document
        with pytest.raises(ValidationError, match=r"the branches \[2, 3\] do"):
            thing.model_validate({"it": {"p": 1, "q": 1}})


def test_what_is_asserted_beside_a_union_is_told_before_the_union() -> None:
    either = {"oneOf": [{"required": ["k"]}, {"required": ["x"]}], "required": ["k"]}
    schema = {"type": "object", "properties": {"it": either}}
    contract = contract_of(m_Thing=schema)
    assert prove(contract).documents > 20  # which compares the places of errors


def test_a_branch_without_the_tag_is_entered_by_its_name_beside_a_mixed_one() -> None:
    mixed = {
        **{"type": ["object", "string"], "required": ["x", "y"]},
        "properties": {"x": {"type": "integer"}, "y": {"const": "1"}},
    }
    tagged = branch("y", "2", z={"type": ["string", "integer"]})
    short = {"type": "object", "properties": {"x": TEXT}, "required": ["x"]}
    one_of = [mixed, {**tagged, "required": ["z", "y"]}, short]
    schema = {"type": "object", "properties": {"it": {"oneOf": one_of}}}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    annotation = classes["m"].classes["Thing"].field_of["it"].annotation
    assert "mixed=[0]), OneAlone(2, by={'x': (0, 2), 'z': 1})" in annotation
    oracle = Oracle(schema)
    with imported(contract) as module:
        thing = module.Thing
        for x, y, z in product((None, 1, "1"), (None, "1", "2"), (None, "1")):
            members = {"x": x, "y": y, "z": z}
            document = {"it": {name: it for name, it in members.items() if it is not None}}
            assert is_valid(thing, document) is oracle.accepts(document), document


@pytest.mark.parametrize("levels", [1, 4, 8])
def test_pydantic_makes_the_innermost_of_nested_branches_once(levels: int) -> None:
    made: list[object] = []

    class Innermost:
        @classmethod
        def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
            made.append(source)
            return core_schema.bool_schema()

    union: Any = Innermost
    for _ in range(levels):
        union = Annotated[union | str, OneOf(), OneAlone(1)]
    assert TypeAdapter(union).validate_python(True) is True
    assert made == [Innermost]


def nested_union(levels: int) -> TypeAdapter[Any]:
    union: Any = bool
    for _ in range(levels):
        union = Annotated[union | str, OneOf(), OneAlone(1)]
    return TypeAdapter(union)


def core_schemas(value: Any) -> int:
    """The number of core schemas in what pydantic-core builds."""
    if isinstance(value, (list, tuple)):
        return sum(map(core_schemas, value))
    if not isinstance(value, dict):
        return 0
    inner = sum(core_schemas(it) for word, it in value.items() if word != "metadata")
    return inner + isinstance(value.get("type"), str)


def test_core_schemas_grow_with_the_levels_of_nested_unions() -> None:
    few, many = nested_union(8), nested_union(16)
    assert core_schemas(many.core_schema) < 3 * core_schemas(few.core_schema)
    assert many.validate_python(True) is True
    assert not is_accepted(many.validate_python, "a")  # which each level takes


def objects_by_name(levels: int) -> Schema:
    schema = branch("p", 0)
    for level in range(levels):
        schema = {"oneOf": [branch(f"p{level}", level), schema]}
    return {"type": "object", "properties": {"it": schema}}


def arrays_of_arrays(levels: int) -> Schema:
    """Arrays of the schema itself, by the only branch of several that fits."""
    arrays: Schema = {"type": "array", "items": {"$ref": "#"}}
    schema: Schema = {**arrays, "maxItems": 1}
    for level in range(levels):
        schema = {"oneOf": [{**arrays, "minItems": 2 + level}, schema]}
    return schema


# Of nested unions: the schema, the levels of few and of many, a document.
NESTED: dict[str, tuple[Callable[[int], Schema], tuple[int, int], Any]] = {
    "arrays of arrays": (arrays_of_arrays, (3, 9), [[[]]]),
    # Whose errors hold the names of what fails: pydantic-core makes one of all names within.
    "objects of no branch": (objects_by_name, (8, 16), {"it": {}}),
}


@pytest.mark.parametrize("name", NESTED)
def test_the_time_of_a_document_grows_with_the_levels_of_nested_unions(name: str) -> None:
    schema, levels, document = NESTED[name]
    with ExitStack() as stack:
        schemas = [schema(it) for it in levels]
        few, many = (
            stack.enter_context(imported(contract_of(m_Message=it))).Message for it in schemas
        )
        for model, it in ((few, schemas[0]), (many, schemas[1])):
            assert is_valid(model, document) is Oracle(it).accepts(document)
        assert reading_grows_less(levels[1] / levels[0], (few, document), (many, document))
