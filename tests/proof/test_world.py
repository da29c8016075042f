"""Real schemas of other projects: each is exact, or refused for the reason that is named here."""

import json
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from random import Random
from time import perf_counter
from typing import Any

import pytest
from contract.refusal import Refused
from documents.boundary import boundary_documents
from oracle.oracle import Oracle, oracle_for
from output.package import package_code
from proof.agreement import verdicts_of
from proof.evidence import Evidence, judge_documents
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel
from world_schemas import FOLDER, MESSAGE, MODULE, world_contract, world_schemas

from tests.zoo.judging import message_refusals
from tests.zoo.markdown_blocks import guide_text
from tests.zoo.random_documents import near_miss

pytestmark = pytest.mark.world

PLACE = f"{MODULE}/{MESSAGE}.json#"
SCHEMAS = 59  # of what tests/world.lock pins; fewer would prove less
BOUNDARY = 1_000  # documents of each schema, evenly of all that are drawn, and
RANDOM = 150  # valid ones at random, each with a near miss, and with one of that
# The reason for which a schema is refused (``*`` stands for any text).
REFUSED: dict[str, str] = {
    "check_jsonschema/builtin_schemas/vendor/drone-ci.json": (
        "*'kubernetes-definitions.json#/definitions/*' names nothing under schemas/, *"
    ),
    "poetry/core/json/schemas/poetry-schema.json": "*is no escape of ECMA-262, where ^ and $ *",
    "poetry/core/json/schemas/project-schema.json": (
        "*: a lookahead is exact only behind ^ and single characters, *"
    ),
}


def test_the_real_schemas_are_there() -> None:
    assert len(world_schemas()) == SCHEMAS, f"{FOLDER}: run make test-world, which unpacks them"
    assert {*REFUSED} <= {*world_schemas()}


def test_the_readme_says_how_many_are_exact() -> None:
    assert f" {SCHEMAS - len(REFUSED)} of {SCHEMAS} real schemas " in guide_text("README.md")


@pytest.mark.parametrize("name", world_schemas())
def test_a_real_schema_is_exact_or_refused_for_a_named_reason(
    name: str, record_property: Callable[[str, float], None]
) -> None:
    start = perf_counter()
    documents, refusal = documents_and_refusal(name)
    record_property(f"real schemas: {'refused' if refusal else 'exact'}", 1)
    record_property("real schemas: documents", documents)
    record_property("real schemas: seconds", perf_counter() - start)
    assert fnmatchcase(refusal, REFUSED.get(name, "")), refusal or "it is not refused any more"


def documents_and_refusal(name: str) -> tuple[int, str]:
    """How many documents have the right verdict, and why ``generate`` refuses the schema, if so.

    Fails where a verdict is wrong, whatever ``generate`` says.
    """
    try:
        contract = world_contract(name)
        schema = contract.modules[MODULE].messages[MESSAGE]
        drawn = boundary_documents(PLACE, schema)
    except Refused as refused:
        return 0, reason(str(refused))
    some = [*drawn[:2], *drawn[2 :: len(drawn) // BOUNDARY + 1]]
    oracle = oracle_for(contract, MODULE, MESSAGE)
    evidence = Evidence(MODULE, MESSAGE, schema, oracle, judge_documents(oracle, some))
    with imported_package(package_code(contract, formatted=False)) as package:
        model = model_in(package, MODULE, MESSAGE)
        instances = [it.instance for it in some] + [*random_documents(evidence, Random(0))]
        assert [*wrong_verdicts(model, oracle, instances)] == []
        refusals = message_refusals(evidence, model)
    return len(instances), reason(*refusals)


def reason(*refusals: str) -> str:
    """The first of the lines that are refusals, without the name of the file."""
    return "".join(refusals[:1]).partition("\n")[0].removeprefix(PLACE)


def random_documents(evidence: Evidence, random: Random) -> Iterator[Any]:
    valid = [document.instance for document, faults in evidence.documents if not faults]
    for instance in random.choices(valid, k=RANDOM):
        missed = near_miss(instance, random)
        yield from (instance, missed, near_miss(missed, random))


def wrong_verdicts(
    model: type[BaseModel], oracle: Oracle, instances: Iterable[Any]
) -> Iterator[str]:
    """A line for each document that the model judges otherwise than jsonschema-rs, and than the
    exact oracle, which knows better where jsonschema-rs is wrong."""
    for instance in instances:
        expected = oracle.second_opinion(instance)
        for entry, verdict in verdicts_of(model, instance).items():
            accepts = isinstance(verdict, BaseModel)
            if accepts != expected and accepts != oracle.accepts(instance):
                answer = "accepted" if accepts else "rejected"
                yield f"{entry}: {answer} {json.dumps(instance)[:200]}"
