"""A recursive schema: the verdict is right at any depth, and the time is bounded."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache

import pydantic
import pytest
from contract import subschemas
from contract.json_values import Location
from documents.search import ValueSearch
from oracle.oracle import Oracle
from output.package import package_code
from proof import nested
from proof.nested import Loops
from pydantic import BaseModel, ValidationError

from tests.zoo.judging import imported, is_accepted, is_valid
from tests.zoo.recursion import (
    CHAIN_WORDS,
    RECURSIVE,
    Recursive,
    chain,
    chain_document,
    either,
    ring,
    tagged,
)
from tests.zoo.small_schemas import contract_of
from tests.zoo.timing import reading_grows_less

Models = Callable[[str], type[BaseModel]]

DEPTHS = (4, 16, 64)
DEEPEST = 150
# pydantic-core follows 255 references where it reads Python values or writes them; 2.12 counts
# some of them twice.
REFERENCES = 125 if pydantic.VERSION.startswith("2.12.") else 250


@pytest.fixture(scope="module")
def model_of() -> Iterator[Models]:
    """The model of a shape, made once."""
    with ExitStack() as modules:

        @cache
        def model(name: str) -> type[BaseModel]:
            message = RECURSIVE[name].message
            module = modules.enter_context(imported(contract_of(m_Message=message)))
            made: type[BaseModel] = module.Message
            return made

        yield model


@pytest.mark.parametrize("valid", [True, False])
@pytest.mark.parametrize("name", RECURSIVE)
@pytest.mark.one_in(15)
def test_a_verdict_is_right_at_any_depth(name: str, valid: bool, model_of: Models) -> None:
    shape, model = RECURSIVE[name], model_of(name)
    oracle = Oracle(shape.message)
    for depth in range(4):
        assert oracle.accepts(shape.document(depth, valid)) is valid, depth
    deepest = min(DEEPEST, REFERENCES // shape.references // 2 * 2)
    for depth in (0, 1, 2, *DEPTHS):
        document = shape.document(min(depth, deepest), valid)
        assert is_valid(model, document) is valid, depth
        if valid:
            taken = model.model_validate_json(json.dumps(document))
            dumped = taken.model_dump_json(exclude_unset=True)
            assert json.loads(dumped) == document
    document = shape.document(deepest, valid)
    assert is_accepted(model.model_validate, document) is valid


@pytest.mark.parametrize("name", ["types", "closed names", "null or the same"])
@pytest.mark.one_in(3)
def test_an_error_is_told_at_any_depth(name: str, model_of: Models) -> None:
    """Pydantic takes JSON text of 200 levels and Python values of 255 references."""
    shape, model = RECURSIVE[name], model_of(name)
    for depth in (*DEPTHS, 80, 190):
        document = shape.document(depth, valid=False)
        for validate, given in (
            (model.model_validate_json, json.dumps(document)),
            (model.model_validate, document),
        ):
            with pytest.raises(ValidationError) as caught:
                validate(given)
            assert all(it["msg"] for it in caught.value.errors())


@pytest.mark.parametrize("valid", [True, False])
@pytest.mark.parametrize("name", RECURSIVE)
@pytest.mark.one_in(16)
def test_time_is_bounded_by_the_depth_and_the_size(
    name: str, valid: bool, model_of: Models
) -> None:
    """Four times the depth: at most sixteen times as long, for pydantic-core copies the JSON of a
    value into each error of a branch that it does not fit. Depth ends at 200. The time of an
    invalid document is also that of its errors, which ask the branches again."""
    shape, model = RECURSIVE[name], model_of(name)
    short, long = (shape.document(depth, valid) for depth in (16, 64))
    assert reading_grows_less(4 * 4, (model, short), (model, long))
    narrow, wide = (shape.wide_document(width, valid) for width in (50, 200))
    assert reading_grows_less(4, (model, narrow), (model, wide))


def test_objects_of_a_small_branch_take_time_by_their_depth() -> None:
    """They do not have a constant of the other branches, whose members they have."""
    small = {"type": "object", "required": ["ref"]}
    shape = Recursive(either(*tagged("a", "b"), small, word="oneOf"))
    shape = replace(shape, deeper=lambda inner: {"kind": "c", "ref": 1, "next": inner})
    with imported(contract_of(m_Message=shape.message)) as module:
        short, long = (shape.document(depth, valid=True) for depth in (5, 15))
        assert is_valid(module.Message, long)
        assert reading_grows_less(3 * 3, (module.Message, short), (module.Message, long))


@pytest.mark.parametrize("valid", [True, False])
@pytest.mark.parametrize("word", CHAIN_WORDS)
def test_time_is_bounded_by_the_length_of_a_chain_of_definitions(word: str, valid: bool) -> None:
    """Twice as many definitions, none of them recursive, each of which leads to the next one
    along two paths; of an invalid document the time is also that of its errors."""
    short, long = (chain_document(length, valid) for length in (10, 20))
    few, many = (contract_of(m_Message=chain(word, length)) for length in (10, 20))
    with imported(few) as fewer, imported(many) as more:
        assert is_valid(fewer.Message, short) is is_valid(more.Message, long) is valid
        assert reading_grows_less(2 * 2, (fewer.Message, short), (more.Message, long))


def walked_schemas(length: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many schemas are looked at until a ring of so many definitions has classes, and the loops
    of each definition are known."""
    walked = 0
    plain = subschemas.child_schemas

    def counted(schema: subschemas.Schema) -> Iterator[tuple[Location, subschemas.Subschema]]:
        nonlocal walked
        walked += 1
        return plain(schema)

    with monkeypatch.context() as patch:
        for module in (subschemas, nested):
            patch.setattr(module, "child_schemas", counted)
        contract = contract_of(m_Message=ring(length))
        package_code(contract, formatted=False)
        search = ValueSearch(contract.modules["m"].messages["Message"])
        loops = Loops(search)
        assert all([*loops.ways_back(name)] for name in search.recursive)
    return walked


def test_the_walk_through_a_ring_grows_as_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    assert walked_schemas(40, monkeypatch) < 2 * 1.25 * walked_schemas(20, monkeypatch)
