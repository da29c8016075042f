"""Each fault that a person may make in the tool is noticed by the test that is named beside it.

Those of the gate have a module of their own, for another worker.
"""

from collections.abc import Generator
from subprocess import Popen

import pytest

from tests.zoo.faults import FAULTS_OF_THE_OUTPUT
from tests.zoo.faults_of_comparing import FAULTS_OF_COMPARING
from tests.zoo.faults_of_copies import FAULTS_OF_COPIES
from tests.zoo.faults_of_releases import FAULTS_OF_RELEASES
from tests.zoo.faults_of_the_gate import FAULTS_OF_THE_GATE
from tests.zoo.planting import ask, assert_is_noticed, changed_statements, questions

pytestmark = [pytest.mark.full, pytest.mark.toolchain]

HERE = FAULTS_OF_THE_OUTPUT | FAULTS_OF_COPIES
FAULTS = HERE | FAULTS_OF_COMPARING | FAULTS_OF_RELEASES | FAULTS_OF_THE_GATE


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> "Generator[Popen[str]]":
    with questions(tmp_path_factory.mktemp("planting")) as started:
        yield started


@pytest.mark.parametrize("promise", FAULTS)
def test_a_fault_is_one_other_text_in_one_statement(promise: str) -> None:
    fault = FAULTS[promise].fault
    assert fault.before.count(fault.old) == 1
    assert len([*changed_statements(fault)]) == 1


def test_without_a_fault_each_named_test_passes(process: "Popen[str]") -> None:
    """All of them at once; pytest fails on a name that is not there."""
    answer = ask(process, dict.fromkeys(it.test for it in FAULTS.values()))
    assert answer.status == pytest.ExitCode.OK, answer.printed


@pytest.mark.parametrize("promise", HERE)
def test_a_planted_fault_is_noticed_by_the_test_beside_it(
    promise: str, process: "Popen[str]"
) -> None:
    assert_is_noticed(process, *HERE[promise])
