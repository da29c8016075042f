"""Evidence and models -> proof: where the verdicts of a model differ from those of its schema.

``generate`` runs this before it replaces anything, the tests run the same functions.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.json_values import json_pointer
from contract.read import Contract
from contract.refusal import Refused
from oracle.oracle import Fault, Oracle
from proof.emitted import schema_faults
from proof.evidence import Evidence, Judged, examine
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, ValidationError
from runtime._conformance import comparable_value


@dataclass(frozen=True)
class Proof:
    """What was compared without a disagreement."""

    messages: int
    definitions: int
    documents: int

    def __str__(self) -> str:
        return (
            f"messages {self.messages}, definitions {self.definitions},"
            f" boundary documents {self.documents}, disagreements 0"
        )


def prove(contract: Contract, package: Mapping[str, bytes]) -> Proof:
    """The proof of a package alone; raises Refused with a line for each disagreement."""
    with imported_package(package) as name:
        evidence = [examine(contract, *it) for it in contract.messages]
        refusals = [
            refusal
            for it in evidence
            for refusal in message_refusals(it, model_in(name, it.module, it.message))
        ]
    if refusals:
        raise Refused(*refusals)
    return proof_of(contract, sum(len(it.documents) for it in evidence))


def proof_of(contract: Contract, documents: int) -> Proof:
    """The numbers of a contract whose messages agree on so many documents."""
    classes = sum(len(module.definitions) for module in contract.modules.values())
    return Proof(len(contract.messages), classes - len(contract.messages), documents)


def message_refusals(evidence: Evidence, model: type[BaseModel]) -> list[str]:
    """A line for each disagreement of a model with its schema; those on documents are looked for
    where ``model_json_schema()`` is right."""
    faults = list(schema_faults(model, evidence.schema))
    faults = faults or list(disagreements(model, evidence.oracle, evidence.documents))
    return [f"{evidence.name}.json#{fault}" for fault in faults]


def disagreements(
    model: type[BaseModel], oracle: Oracle, documents: Iterable[Judged]
) -> Iterator[str]:
    """A line for each document on which the model and the oracle differ."""
    for document, faults in documents:
        for entry, verdict in verdicts_of(model, document.instance).items():
            fault = disagreement(oracle, document.instance, faults, verdict)
            if fault:
                yield f": document {document.name}, {entry}: {fault}; report this schema"


def verdicts_of(model: type[BaseModel], instance: Any) -> dict[str, BaseModel | ValidationError]:
    """What each entry point makes of the instance."""
    text = json.dumps(instance)
    return {
        "model_validate_json": attempt(model.model_validate_json, text),
        "model_validate": attempt(model.model_validate, json.loads(text)),
    }


def attempt(validate: Any, instance: Any) -> Any:
    try:
        return validate(instance)
    except ValidationError as error:
        return error


def disagreement(
    oracle: Oracle, instance: Any, faults: set[Fault], verdict: BaseModel | ValidationError
) -> str | None:
    """Why a verdict is wrong: another answer, other places than the schema's ``faults``, or a
    dump that is not the input."""
    expected = sorted({fault.instance for fault in faults})
    if isinstance(verdict, ValidationError):
        places = sorted(json_pointer(error["loc"]) for error in verdict.errors())
        around = [json_pointer(it["loc"]) for it in verdict.errors() if it["type"] == "assertion"]
        covered = {it for it in expected if any(is_within(it, place) for place in around)}
        needed = {it for it in expected if it not in covered and not masked(it, places, faults)}
        said = {*expected, *(it for it in around if any(is_within(jt, it) for jt in covered))}
        right = len(places) == len(set(places)) and needed <= set(places) <= said
        return None if right else f"errors at {places}, expected at {expected}"
    if expected:
        return f"accepted, expected errors at {expected}"
    if not oracle.accepts(json.loads(verdict.model_dump_json())):
        return "model_dump_json() writes what the schema rejects"
    read, written = json.dumps(instance), verdict.model_dump_json(exclude_unset=True)
    return (
        None
        if comparable_value(read) == comparable_value(written)
        else f"read {read}, written {written}"
    )


def is_within(place: str, around: str) -> bool:
    """An Assert has one error, at its own place, for whatever is wrong below."""
    return place == around or place.startswith(f"{around}/")


SIZES = ("minItems", "maxItems", "minProperties", "maxProperties")


def masked(place: str, places: list[str], faults: set[Fault]) -> bool:
    """Whether the fault at ``place`` may go unsaid: Pydantic says of a container either that its
    size is wrong or what is wrong in it, not both at once, and of a wrong type that alone."""
    sized = {fault.instance for fault in faults if fault.keyword.endswith(SIZES)}
    typed = {fault.instance for fault in faults if fault.keyword.endswith("/type")}
    inside = [it for it in places if it.startswith(f"{place}/")]
    around = [it for it in places if place.startswith(f"{it}/")]
    return (place in sized and bool(inside)) or not (sized | typed).isdisjoint(around)
