"""What an error of a union takes: each branch is asked once, whatever number of levels there is."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from contract.read import build_contract
from models.sharing import python_classes
from output.package import python_package
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, ValidationError

from tests.models.test_recursion import NOISE, least_growth

WORDS = ("anyOf", "oneOf")


@contextmanager
def model_of(schema: Any) -> Iterator[type[BaseModel]]:
    contract = build_contract({"m/Message.json": json.dumps(schema).encode()}, "1.0.0")
    package = python_package(contract, python_classes(contract), formatted=False)
    with imported_package(package) as imported:
        yield model_in(imported, "m", "Message")


def union(word: str, size: int) -> Any:
    """A union of objects that no constant tells apart, each with a message within."""
    branches = {
        f"Branch{number}": {
            "type": "object",
            "required": [f"name{number}"],
            "properties": {"inner": {"$ref": "#"}, "size": {"type": "integer", "maximum": number}},
        }
        for number in range(size)
    }
    return {word: [{"$ref": f"#/$defs/{it}"} for it in branches], "$defs": branches}


def nested(depth: int, innermost: Any) -> Any:
    """A document in which each level fits the first branch alone, but for what is within it."""
    document = innermost
    for _ in range(depth):
        document = {"name0": 1, "size": 0, "inner": document}
    return document


@pytest.mark.parametrize("word", WORDS)
def test_the_time_of_an_error_grows_as_the_number_of_branches(word: str) -> None:
    document = {"size": "1"}
    with model_of(union(word, 16)) as few, model_of(union(word, 64)) as many:
        assert least_growth((few, document), (many, document)) < 4 * NOISE


@pytest.mark.parametrize("word", WORDS)
def test_the_time_of_an_error_grows_as_the_depth_of_the_document(word: str) -> None:
    with model_of(union(word, 4)) as model:
        short, long = (nested(depth, {"size": "1"}) for depth in (10, 40))
        assert least_growth((model, short), (model, long)) < 4 * NOISE


def outcomes(model: type[BaseModel], document: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many times a branch is asked for its errors."""
    package = model.__module__.rpartition(".")[0]
    asked = Counter[str]()
    for module in [import_module(f"{package}.{it}") for it in ("_asserted", "_errors")]:
        plain = module.outcome_of

        def counted(*arguments: Any, plain: Any = plain) -> Any:
            asked["branches"] += 1
            return plain(*arguments)

        monkeypatch.setattr(module, "outcome_of", counted)
    with pytest.raises(ValidationError):
        model.model_validate(document)
    return asked["branches"]


@pytest.mark.parametrize("word", WORDS)
def test_each_branch_is_asked_once_for_each_level(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model_of(union(word, 5)) as model:
        assert outcomes(model, {"size": "1"}, monkeypatch) == 5
        monkeypatch.undo()
        assert outcomes(model, nested(3, {"size": "1"}), monkeypatch) == 4 * 5


@pytest.mark.parametrize("word", WORDS)
def test_a_value_is_read_once_for_all_classes_that_hold_it(word: str) -> None:
    """Each class has a schema of its own of the message within it."""
    with model_of(union(word, 5)) as model:
        document = nested(3, {"size": "1"})
        recursion = import_module(f"{model.__module__.rpartition('.')[0]}._recursion")
        with recursion.one_memory():
            with pytest.raises(ValidationError):
                model.model_validate(document)
            read = Counter(value for _, value in recursion.MEMORY.results)
        assert len(read) >= 3
        assert {*read.values()} == {1}
