"""Real schemas of other projects: each is exact, or refused for the reason that is named here."""

import json
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from random import Random
from time import perf_counter
from typing import Any

import pytest
from contract.refusal import Refused
from documents.boundary import Document, boundary_documents
from oracle.oracle import Oracle, oracle_for
from output.package import package_code
from proof.agreement import message_refusals, verdicts_of
from proof.evidence import Evidence, judge_documents
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel
from world_schemas import FOLDER, MESSAGE, MODULE, world_contract, world_schemas

from tests.zoo.random_documents import near_miss

pytestmark = pytest.mark.world

SCHEMAS = 59  # of what tests/world.lock pins; fewer would prove less
BOUNDARY = 1_000  # documents of each schema, evenly of all that are drawn, and
RANDOM = 150  # valid ones at random, each with a near miss, and with one of that
# Why a schema is refused, by its name; ``*`` stands for any text.
REFUSED: dict[str, str] = {}


def test_the_real_schemas_are_there() -> None:
    assert len(world_schemas()) == SCHEMAS, f"{FOLDER}: run make test-world, which unpacks them"
    assert {*REFUSED} <= {*world_schemas()}


@pytest.mark.parametrize("name", world_schemas())
def test_a_real_schema_is_exact_or_refused_for_a_named_reason(
    name: str, record_property: Callable[[str, float], None]
) -> None:
    start = perf_counter()
    try:
        tried, wrong = tried_and_wrong(name)
        refusal = ""
    except Refused as refused:
        tried, wrong, refusal = 0, [], str(refused).splitlines()[0]
    record_property(f"real schemas: {'refused' if refusal else 'exact'}", 1)
    record_property("real schemas: documents", tried)
    record_property("real schemas: seconds", perf_counter() - start)
    assert wrong == []
    assert fnmatchcase(refusal, REFUSED.get(name, "")), refusal or "it is not refused any more"


def tried_and_wrong(name: str) -> tuple[int, list[str]]:
    """How many documents were tried, and what is wrong with the verdicts on them.

    Raises Refused with the reason if the schema is refused, as ``generate`` does.
    """
    contract = world_contract(name)
    schema = contract.modules[MODULE].messages[MESSAGE]
    drawn = boundary_documents(f"{MODULE}/{MESSAGE}.json#", schema)
    oracle = oracle_for(contract, MODULE, MESSAGE)
    judged = judge_documents(oracle, [*drawn[:2], *drawn[2 :: len(drawn) // BOUNDARY + 1]])
    with imported_package(package_code(contract, formatted=False)) as package:
        model = model_in(package, MODULE, MESSAGE)
        wrong = message_refusals(Evidence(MODULE, MESSAGE, schema, oracle, judged), model)
        valid = [it.instance for it, faults in judged if not faults]
        instances = [*random_documents(valid, Random(0))]
        return len(judged) + len(instances), [*wrong, *wrong_verdicts(model, oracle, instances)]


def random_documents(valid: list[Any], random: Random) -> Iterator[Any]:
    for instance in random.choices(valid, k=RANDOM):
        missed = near_miss(instance, random)
        yield from (instance, missed, near_miss(missed, random))


def wrong_verdicts(model: type[BaseModel], oracle: Oracle, instances: list[Any]) -> Iterator[str]:
    """A line for each document that the model judges otherwise than jsonschema-rs, and than the
    exact oracle, which knows better where jsonschema-rs is wrong."""
    for instance in instances:
        expected = oracle.second_opinion(instance)
        for entry, verdict in verdicts_of(model, instance).items():
            accepts = isinstance(verdict, BaseModel)
            if accepts != expected and accepts != oracle.accepts(instance):
                answer = "accepted" if accepts else "rejected"
                yield f"{entry}: {answer} {json.dumps(instance)[:200]}"
