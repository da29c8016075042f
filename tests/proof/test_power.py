"""The proof can fail: it tells every single-keyword mutant and every planted fault apart."""

import importlib
import json
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Generator, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from contract.project import PACKAGE
from contract.read import Contract, build_contract
from contract.refusal import Refused
from contract.subschemas import Schema
from datamodel_code_generator import generate
from datamodel_code_generator.config import GenerateConfig
from documents.boundary import BoundaryDocuments, Document
from oracle.oracle import Oracle
from output.drift import drift_of
from output.package import package_code
from proof import agreement
from proof.evidence import judge_documents
from proof.sandbox import imported_package, write_files

from tests.zoo.first_contract import CONTRACT, FILES
from tests.zoo.judging import disagreements, prove
from tests.zoo.messages import CLOSE_CHAT, Message
from tests.zoo.mutants import mutants
from tests.zoo.questions import boundary_instances, reached_share, told_apart_share

pytestmark = pytest.mark.dialect
FULL = pytest.mark.full
# What a mutant may have done to it; the default run has one of each.
OPERATORS = {name.rpartition(":")[2] for name, _ in mutants(CLOSE_CHAT.schema)}


class Mutants(NamedTuple):
    """The mutants by module name, those the generator took, and its package of them."""

    schemas: Mapping[str, tuple[str, Schema]]
    contract: Contract
    files: Mapping[str, bytes]
    package: str
    refused: Mapping[str, str]


def operator(mutant: str) -> str:
    """What was done to a subschema, wherever: a name ends with it."""
    return mutant.rpartition(":")[2]


def one_of_each(named: Iterable[tuple[str, Schema]]) -> list[tuple[str, Schema]]:
    """The first mutant of each operator."""
    return [*{operator(it[0]): it for it in reversed([*named])}.values()]


@pytest.fixture(
    scope="module",
    params=[pytest.param(one_of_each, id="one"), pytest.param(list, id="all", marks=FULL)],
)
def every_mutant(request: pytest.FixtureRequest) -> Generator[Mutants]:
    name = CLOSE_CHAT.name.split("/")[1]
    chosen: list[tuple[str, Schema]] = request.param(mutants(CLOSE_CHAT.schema))
    assert {operator(it) for it, _ in chosen} == OPERATORS
    schemas = {f"m{index}": it for index, it in enumerate(chosen)}
    sources: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    for module, (mutant, schema) in schemas.items():
        source = {f"{module}/{name}.json": json.dumps(schema).encode()}
        try:
            build_contract(source, "0")
            sources |= source
        except Refused as refusal:
            refused[mutant] = str(refusal)
    contract = build_contract(sources, "0")
    files = package_code(contract, formatted=False)
    with imported_package(files) as package:
        yield Mutants(schemas, contract, files, package, refused)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return list(BoundaryDocuments(CLOSE_CHAT.schema))


@pytest.mark.one_in(2)
def test_documents_kill_every_mutant(
    every_mutant: Mutants, documents: list[Document], record_property: Callable[[str, int], None]
) -> None:
    """By the oracle of the mutant, and where the generator takes it by its models too."""
    assert len(every_mutant.schemas) >= len(OPERATORS) >= 20
    contract = [(it.instance, CLOSE_CHAT.oracle.accepts(it.instance)) for it in documents]
    judged = judge_documents(CLOSE_CHAT.oracle, documents)
    surviving: list[str] = []
    for module, (mutant, schema) in every_mutant.schemas.items():
        oracle = Oracle(schema)
        told_apart = any(oracle.accepts(instance) != verdict for instance, verdict in contract)
        if module in every_mutant.contract.modules:
            models = importlib.import_module(f"{every_mutant.package}.{module}")
            model = getattr(models, CLOSE_CHAT.name.split("/")[1])
            told_apart &= any(agreement.disagreements(model, CLOSE_CHAT.oracle, judged))
        surviving += [] if told_apart else [mutant]
    record_property("mutants killed", len(every_mutant.schemas) - len(surviving))
    assert surviving == []


@pytest.mark.one_in(2)
def test_models_of_every_mutant_agree_with_the_mutant(every_mutant: Mutants) -> None:
    proof = prove(every_mutant.contract, every_mutant.files)
    assert proof.messages == len(every_mutant.contract.modules) == len(every_mutant.schemas)


def test_no_mutant_is_refused(every_mutant: Mutants) -> None:
    assert every_mutant.refused == {}


@pytest.mark.parametrize("extra_fields", [None, "allow"])
def test_plain_models_of_datamodel_code_generator_are_told_apart(
    extra_fields: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = plain_models(CLOSE_CHAT, extra_fields)
    with imported_package(
        {"pydantic_models/__init__.py": b"", "pydantic_models/plain.py": code}
    ) as name:
        model = importlib.import_module(f"{name}.plain").CloseChatSessionResponse
        found = list(
            disagreements(model, CLOSE_CHAT.oracle, list(BoundaryDocuments(CLOSE_CHAT.schema)))
        )
    with capsys.disabled():
        print(f"\nplain models, extra fields {extra_fields}: {len(found)} disagreements")
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


MODULE = f"{PACKAGE}/operations.py"


def planted(fault: str) -> bytes:
    """The module of the first contract with one fault."""
    if fault not in FAULTS:
        return plain_models(CLOSE_CHAT, None)
    assert FAULTS[fault][0] in FILES[MODULE]
    return FILES[MODULE].replace(*FAULTS[fault], 1)


@pytest.mark.parametrize("fault", [*FAULTS, "plain models"])
def test_a_planted_fault_is_refused_and_drifts(fault: str, tmp_path: Path) -> None:
    files = {**FILES, MODULE: planted(fault)}
    with pytest.raises(Refused):
        prove(CONTRACT, files)
    write_files(files, tmp_path)
    assert [str(it) for it in drift_of(FILES, tmp_path)] == [
        f"{MODULE}: changed; a hand edited the output; run make"
    ]


def test_without_a_fault_nothing_is_refused_and_nothing_drifts(tmp_path: Path) -> None:
    assert prove(CONTRACT, FILES).messages == 1
    write_files(FILES, tmp_path)
    assert drift_of(FILES, tmp_path) == []


@pytest.mark.full
@pytest.mark.toolchain
def test_a_planted_fault_turns_the_tests_of_the_contract_red(
    first_repository: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(first_repository, clone)
    module = clone / "generated" / MODULE
    module.write_bytes(planted("a bound moved"))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/schemas"]
    run = subprocess.run(command, cwd=clone, capture_output=True, text=True)
    assert run.returncode == 1, run.stdout


def test_a_wrong_model_refuses_the_contract() -> None:
    """The self-check of ``generate``, with one marker of the rendered models exchanged."""
    message = CLOSE_CHAT
    contract = build_contract({f"{message.name}.json": json.dumps(message.schema).encode()}, "0")
    files = package_code(contract)
    path = f"pydantic_models/{message.name.split('/')[0]}.py"
    wrong = files[path].replace(b"Integer()", b"Field(ge=1)", 1)
    assert wrong != files[path]
    with pytest.raises(Refused, match="report this schema"):
        prove(contract, {**files, path: wrong})


def test_what_is_asked_of_an_owners_documents_can_fail() -> None:
    """Documents that show nothing reach nothing and tell no mutant apart."""
    documents = boundary_instances(CLOSE_CHAT)
    assert reached_share(CLOSE_CHAT, documents) == 1
    assert told_apart_share(CLOSE_CHAT, documents, 40) == 1
    accepted = [it for it in documents if CLOSE_CHAT.oracle.accepts(it)]
    assert reached_share(CLOSE_CHAT, accepted) == 0
    assert 0 < told_apart_share(CLOSE_CHAT, accepted, 40) < 0.95
    assert told_apart_share(CLOSE_CHAT, [], 40) == 0
