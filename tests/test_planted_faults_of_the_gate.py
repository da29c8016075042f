"""Each fault that a person may make in the gate is noticed by the test that is named beside it."""

from collections.abc import Generator
from subprocess import Popen

import pytest

from tests.zoo.faults_of_comparing import FAULTS_OF_COMPARING
from tests.zoo.faults_of_releases import FAULTS_OF_RELEASES
from tests.zoo.faults_of_the_gate import FAULTS_OF_THE_GATE
from tests.zoo.planting import assert_is_noticed, questions

pytestmark = [pytest.mark.full, pytest.mark.toolchain]

FAULTS = FAULTS_OF_COMPARING | FAULTS_OF_RELEASES | FAULTS_OF_THE_GATE


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> "Generator[Popen[str]]":
    with questions(tmp_path_factory.mktemp("planting")) as started:
        yield started


@pytest.mark.parametrize("promise", FAULTS)
def test_a_planted_fault_is_noticed_by_the_test_beside_it(
    promise: str, process: "Popen[str]"
) -> None:
    assert_is_noticed(process, *FAULTS[promise])
