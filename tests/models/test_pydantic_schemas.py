"""What Pydantic emits is a contract: the schema of any model, taken as it is, has exact models.

``pytest tests/models/test_pydantic_schemas.py --tb=line`` lists the refused ones with their lines.
"""

import json
from functools import cache
from typing import Any, Literal, get_args

import pytest
from contract.read import build_contract
from contract.refusal import Refused
from proof.agreement import Proof
from pydantic import TypeAdapter

from tests.zoo.judging import prove
from tests.zoo.shapes import SHAPES

pytestmark = [
    pytest.mark.dialect,
    # Defaults of another type than the annotation are shapes too.
    pytest.mark.filterwarnings("ignore:Pydantic serializer warnings:UserWarning"),
]

Mode = Literal["validation", "serialization"]
CASES: dict[str, tuple[str, Mode]] = {
    f"{name}-{mode}": (name, mode) for name in SHAPES for mode in get_args(Mode)
}


def source(name: str, mode: Mode) -> dict[str, bytes]:
    """The contract of one message: the schema that Pydantic emits of it."""
    schema: dict[str, Any] = TypeAdapter(SHAPES[name]).json_schema(mode=mode)
    return {f"shapes/{name}.json": json.dumps(schema).encode()}


def looks_ahead(case: str) -> bool:
    """Whether this pydantic says the length of a Decimal by a lookahead within a pattern, which
    has no exact equivalent."""
    name, mode = CASES[case]
    return name == "Digits" and any(b"|(?=" in text for text in source(name, mode).values())


@cache
def outcome(case: str) -> Proof | str:
    """The proof of the case, or why there is none."""
    try:
        contract = build_contract(source(*CASES[case]), "1")
        return prove(contract)
    except Refused as refused:
        return str(refused)
    except Exception as error:  # whatever it is, the other cases go on
        return f"raised {error!r}"


LOOKAHEADS = [*filter(looks_ahead, CASES)]
LOOKAHEAD = (
    "a lookahead is exact only behind ^ and single characters, without alternatives, or at one"
    " character before one; write it otherwise"
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=() if mode == "validation" else pytest.mark.full)
        for case, (_, mode) in CASES.items()
        if case not in LOOKAHEADS
    ],
)
@pytest.mark.one_in(18)
def test_the_schema_of_a_model_has_an_exact_model(case: str) -> None:
    found = outcome(case)
    assert isinstance(found, Proof), f"{case}: {found}"
    assert found.messages == 1
    assert found.documents >= 20


def test_a_lookahead_within_a_pattern_is_refused() -> None:
    """At both members of each case, and nothing else of it is."""
    refused = [line for case in LOOKAHEADS for line in str(outcome(case)).splitlines()]
    assert [line for line in refused if not line.endswith(LOOKAHEAD)] == []
    assert len(refused) == 2 * len(LOOKAHEADS)


def test_the_shapes_are_many_and_differ() -> None:
    assert len(SHAPES) >= 60
    assert len({text for case in CASES.values() for text in source(*case).values()}) >= 75
