"""What an error of a union takes: each branch is asked once, whatever number of levels there is."""

from collections import Counter
from importlib import import_module
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from tests.zoo.judging import imported
from tests.zoo.small_schemas import contract_of
from tests.zoo.timing import reading_grows_less

WORDS = ("anyOf", "oneOf")


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
    few, many = (contract_of(m_Message=union(word, size)) for size in (16, 64))
    with imported(few) as fewer, imported(many) as more:
        assert reading_grows_less(4, (fewer.Message, document), (more.Message, document))


@pytest.mark.parametrize("word", WORDS)
def test_the_time_of_an_error_grows_as_the_depth_of_the_document(word: str) -> None:
    with imported(contract_of(m_Message=union(word, 4))) as module:
        short, long = (nested(depth, {"size": "1"}) for depth in (10, 40))
        assert reading_grows_less(4, (module.Message, short), (module.Message, long))


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
    with imported(contract_of(m_Message=union(word, 5))) as module:
        assert outcomes(module.Message, {"size": "1"}, monkeypatch) == 5
        monkeypatch.undo()
        assert outcomes(module.Message, nested(3, {"size": "1"}), monkeypatch) == 4 * 5


@pytest.mark.parametrize("word", WORDS)
def test_a_value_is_read_once_for_all_classes_that_hold_it(word: str) -> None:
    """Each class has a schema of its own of the message within it."""
    with imported(contract_of(m_Message=union(word, 5))) as module:
        document = nested(3, {"size": "1"})
        recursion = import_module(f"{module.__package__}._recursion")
        with recursion.one_memory():
            with pytest.raises(ValidationError):
                module.Message.model_validate(document)
            read = Counter(value for _, value in recursion.MEMORY.results)
        assert len(read) >= 3
        assert {*read.values()} == {1}
