"""Generated files -> proof: imports them from a temporary place and compares with the schemas.

``generate`` runs this before it replaces anything, the tests run the same functions.
"""

import importlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.json_values import json_pointer
from contract.project import PACKAGE
from contract.read import Contract
from contract.refusal import Refused
from contract.subschemas import Schema
from documents.boundary import Document, conformance_file, shipped_documents
from oracle.oracle import Fault, Oracle, oracle_for
from proof.emitted import schema_faults
from proof.sandbox import imported_package
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


def prove(
    contract: Contract, files: Mapping[str, bytes], tell: Callable[[str], None] = lambda _: None
) -> Proof:
    """Refuse the contract unless every model agrees with its schema on everything tried;
    ``tell`` hears of each message as its turn comes."""
    compared: list[tuple[int, list[str]]] = []
    with imported_package(files) as package:
        for name, module in contract.modules.items():
            for message, schema in module.messages.items():
                tell(f"{len(compared) + 1}/{len(contract.schemas)} {name}/{message}")
                judge = oracle_for(contract, name, message)
                documents = shipped_documents(files[f"{PACKAGE}/{conformance_file(name, message)}"])
                model = getattr(importlib.import_module(f"{package}.{name}"), message)
                faults = compare_model(model, schema, judge, documents)
                compared.append((len(documents), [f"{name}/{message}.json#{it}" for it in faults]))
    refusals = [fault for _, faults in compared for fault in faults]
    if refusals:
        raise Refused(*refusals)
    classes = sum(len(module.definitions) for module in contract.modules.values())
    number = sum(number for number, _ in compared)
    return Proof(len(compared), classes - len(compared), number)


def compare_model(
    model: type[BaseModel], schema: Schema, judge: Oracle, documents: list[Document]
) -> list[str]:
    """A line for each disagreement."""
    faults = list(schema_faults(model, schema))
    return faults or list(disagreements(model, judge, documents))


def disagreements(
    model: type[BaseModel], oracle: Oracle, documents: list[Document]
) -> Iterator[str]:
    """One line for each document on which the model, the oracle or what is shipped differ."""
    for document in documents:
        faults = oracle.faults_of(document.instance)
        if document.valid is not None and document.valid == bool(faults):
            yield f": document {document.name}: shipped as {document.valid}; report this schema"
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
