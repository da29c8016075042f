"""The proof can fail: it tells every single-keyword mutant and every planted fault apart."""

import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from contract.project import PACKAGE
from contract.refusal import Refused
from datamodel_code_generator import generate
from datamodel_code_generator.config import GenerateConfig
from documents.boundary import BoundaryDocuments
from oracle.oracle import Oracle
from output.package import package_code
from proof.agreement import disagreements, prove
from proof.evidence import Judged, judge_documents
from proof.sandbox import imported_package, model_in

from tests.zoo.first_contract import CONTRACT, FILES
from tests.zoo.messages import CLOSE_CHAT, Message
from tests.zoo.mutants import Mutant, mutants
from tests.zoo.proving import Record, contract_of, prove_schemas

pytestmark = pytest.mark.dialect


MODULE, NAME = CLOSE_CHAT.name.split("/")
MUTANTS = [*mutants(CLOSE_CHAT.schema)]
FIRST = {it.kind: it.name for it in reversed(MUTANTS)}  # by default one mutant of each kind
every_mutant = pytest.mark.parametrize(
    ("operator", "mutant"),
    [
        pytest.param(
            it.kind, it, id=it.name, marks=[] if FIRST[it.kind] == it.name else pytest.mark.full
        )
        for it in MUTANTS
    ],
)


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return judge_documents(CLOSE_CHAT.oracle, BoundaryDocuments(CLOSE_CHAT.schema))


@every_mutant
def test_a_document_kills_the_mutant(
    operator: str, mutant: Mutant, judged: list[Judged], record_property: Record
) -> None:
    """Its schema and its models, each by themselves."""
    record_property("mutants of the first contract: tried", 1)
    oracle = Oracle(mutant.schema)
    assert any(oracle.accepts(it.instance) == bool(faults) for it, faults in judged)
    contract = contract_of({CLOSE_CHAT.name: mutant.schema})
    with imported_package(package_code(contract, formatted=False)) as package:
        model = model_in(package, MODULE, NAME)
        assert any(disagreements(model, CLOSE_CHAT.oracle, judged))
    record_property("mutants of the first contract: killed", 1)


@pytest.mark.full
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda it: it.name)
def test_the_models_of_a_mutant_agree_with_the_mutant(
    mutant: Mutant, record_property: Record
) -> None:
    assert prove_schemas({CLOSE_CHAT.name: mutant.schema}, record_property).messages == 1


def test_the_mutants_are_many() -> None:
    assert len(MUTANTS) >= 150


@pytest.mark.parametrize("extra_fields", [None, "allow"])
def test_plain_models_of_datamodel_code_generator_are_told_apart(
    extra_fields: str | None, judged: list[Judged], record_property: Record
) -> None:
    code = plain_models(CLOSE_CHAT, extra_fields)
    files = {f"{PACKAGE}/__init__.py": b"", f"{PACKAGE}/{MODULE}.py": code}
    with imported_package(files) as package:
        model = model_in(package, MODULE, NAME)
        found = list(disagreements(model, CLOSE_CHAT.oracle, judged))
    name = f"extra fields {extra_fields}" if extra_fields else "as they are"
    record_property(f"disagreements of datamodel-code-generator's own models: {name}", len(found))
    assert len(found) >= 50


def plain_models(message: Message, extra_fields: str | None) -> bytes:
    """What datamodel-code-generator makes of the schema without us."""
    config: dict[str, Any] = {
        "input_file_type": "jsonschema",
        "output_model_type": "pydantic_v2.BaseModel",
        "extra_fields": extra_fields,
        "formatters": [],
    }
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* on Python 3.10 is deprecated", FutureWarning)
        return str(generate(json.dumps(message.schema), config=GenerateConfig(**config))).encode()


FAULTS = {
    "a bound moved": (b"ge=0", b"ge=1"),
    "a marker dropped": (b"Field(ge=0), Integer()", b"Field(ge=0)"),
    "null allowed": (b"timestamp: str | MISSING", b"timestamp: str | None | MISSING"),
    "an enum member dropped": (b'    PENDING = "pending"\n', b""),
    "absent turned into null": (
        b"str | MISSING = Field(\n        default=MISSING",
        b"str | None = Field(\n        default=None",
    ),
    "a description changed": (b"Closed session ID", b"Session ID"),
}


MODELS = f"{PACKAGE}/{MODULE}.py"


def with_fault(fault: str) -> bytes:
    """The models of the first contract, with a fault."""
    if fault == "plain models":
        return plain_models(CLOSE_CHAT, None)
    assert FAULTS[fault][0] in FILES[MODELS]
    return FILES[MODELS].replace(*FAULTS[fault], 1)


@pytest.mark.parametrize("fault", [*FAULTS, "plain models"])
def test_a_planted_fault_refuses_the_contract(fault: str) -> None:
    """The self-check of ``generate``."""
    with pytest.raises(Refused, match=r"report this schema|cannot say"):
        prove(CONTRACT, {**FILES, MODELS: with_fault(fault)})


def test_the_models_without_a_fault_are_taken() -> None:
    assert prove(CONTRACT, FILES).messages == 1


def test_a_planted_fault_turns_the_suite_and_the_check_red(
    first_repository: Path, tmp_path: Path
) -> None:
    """The tests of the contract, run as they are on a copy, before and after the fault."""
    copy = tmp_path / "copy"
    shutil.copytree(first_repository, copy, symlinks=True)
    tests = ["-m", "pytest", "-p", "no:cacheprovider", "-x", "tests/schemas"]
    check = ["scripts/generate.py", "--check"]
    assert [run_in(copy, tests).returncode, run_in(copy, check).returncode] == [0, 0]
    (copy / "generated" / MODELS).write_bytes(with_fault("a bound moved"))
    assert run_in(copy, tests).returncode == 1
    checked = run_in(copy, check)
    assert checked.returncode == 1
    assert "operations.py: changed; a hand edited the output; run make" in checked.stdout


def run_in(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)
