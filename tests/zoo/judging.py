"""Contracts and documents of a test's own, proven and judged as ``generate`` does it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from contract.read import Contract
from contract.refusal import Refused
from documents.boundary import Document
from oracle.oracle import Oracle
from output.package import package_code
from proof import agreement
from proof.agreement import Proof, proof_of
from proof.emitted import emitted_differences
from proof.evidence import Evidence, examine, judge_documents
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, ValidationError


def prove(contract: Contract, package: Mapping[str, bytes] | None = None) -> Proof:
    """The proof of a package, else of the contract's own, without a measurement; Refused with a
    line for each disagreement."""
    with imported_package(package or package_code(contract, formatted=False)) as name:
        evidence = [examine(contract, *it) for it in contract.messages]
        models = [model_in(name, it.module, it.message) for it in evidence]
        each = zip(evidence, models, strict=True)
        refusals = [line for it, model in each for line in message_refusals(it, model)]
    if refusals:
        raise Refused(*refusals)
    untried = [line for it in evidence for line in it.untried_lines()]
    return proof_of(contract, sum(len(it.documents) for it in evidence), untried)


def message_refusals(evidence: Evidence, model: type[BaseModel]) -> list[str]:
    """A line for each disagreement of a model with its schema; those on documents are looked for
    where ``model_json_schema()`` is right."""
    faults = [*emitted_differences(model, evidence.schema)]
    faults = faults or [*agreement.disagreements(model, evidence.oracle, evidence.documents)]
    return [f"{evidence.name}.json#{fault}" for fault in faults]


def disagreements(
    model: type[BaseModel], oracle: Oracle, documents: Iterable[Document]
) -> Iterator[str]:
    """A line for each document on which the model and the oracle differ."""
    return agreement.disagreements(model, oracle, judge_documents(oracle, documents))


def is_accepted(validate: Any, document: Any) -> bool:
    try:
        validate(document)
    except ValidationError:
        return False
    return True


def is_valid(model: type[BaseModel], document: Any) -> bool:
    """By the text of the document."""
    return is_accepted(model.model_validate_json, json.dumps(document))


@contextmanager
def imported(contract: Contract) -> Iterator[Any]:
    """The module ``m`` of the contract's package."""
    with imported_package(package_code(contract, formatted=False)) as package:
        yield import_module(f"{package}.m")
