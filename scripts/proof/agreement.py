"""Evidence and models -> proof: where the verdicts of a model differ from those of its schema.

``generate`` runs this before it replaces anything, the tests run the same functions.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.read import Contract
from contract.refusal import Refused
from oracle.oracle import Fault, Oracle
from proof.emitted import emitted_differences
from proof.evidence import Evidence, Judged, examine
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, ValidationError
from runtime._conformance import comparable_value
from runtime._paths import error_pointer


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
    faults = list(emitted_differences(model, evidence.schema))
    faults = faults or list(disagreements(model, evidence.oracle, evidence.documents))
    return [f"{evidence.name}.json#{fault}" for fault in faults]


def disagreements(
    model: type[BaseModel], oracle: Oracle, documents: Iterable[Judged]
) -> Iterator[str]:
    """A line for each document on which the model and the oracle differ."""
    for document, faults in documents:
        for entry, verdict in verdicts_of(model, document.instance).items():
            fault = disagreement(model, oracle, document.instance, faults, verdict)
            if fault:
                yield f": document {document.name}, {entry}: {fault}; report this schema"


def verdicts_of(model: type[BaseModel], instance: Any) -> dict[str, BaseModel | ValidationError]:
    """What each entry point makes of the instance."""
    text = json.dumps(instance)
    return {
        "model_validate_json": result_of(model.model_validate_json, text),
        "model_validate": result_of(model.model_validate, json.loads(text)),
    }


def result_of(validate: Any, instance: Any) -> Any:
    try:
        return validate(instance)
    except ValidationError as error:
        return error


def disagreement(
    model: type[BaseModel],
    oracle: Oracle,
    instance: Any,
    faults: set[Fault],
    verdict: BaseModel | ValidationError,
) -> str | None:
    """Why a verdict is wrong: another answer, errors at other places, or a dump that is not the
    instance; None where the verdict is right."""
    if isinstance(verdict, ValidationError):
        return misplaced_errors(model, verdict, faults)
    if faults:
        return f"accepted, expected errors at {places_of(faults)}"
    return wrong_dump(oracle, instance, verdict)


def misplaced_errors(
    model: type[BaseModel], error: ValidationError, faults: set[Fault]
) -> str | None:
    """Whether the errors are at the places of the faults, one error at each.

    An Assert has one error at its own place for all faults below. Some faults are masked.
    """
    errors: Any = error.errors(include_url=False)
    places = sorted(error_pointer(model, it) for it in errors)
    asserted = [error_pointer(model, it) for it in errors if it["type"] == "assertion"]
    faults = set(told_faults(faults, places, asserted))
    expected = places_of(faults)
    covered = {it for it in expected if any(is_within(it, place) for place in asserted)}
    needed = {it for it in expected if it not in covered and not is_masked(it, places, faults)}
    covering = {place for place in asserted if any(is_within(it, place) for it in covered)}
    unique = len(places) == len(set(places))
    right = unique and needed <= set(places) <= {*expected, *covering}
    return None if right else f"errors at {places}, expected at {expected}"


def told_faults(
    faults: Iterable[Fault], places: Collection[str], asserted: Collection[str]
) -> Iterator[Fault]:
    """The faults, of a union those of the cause that the errors tell of, if they tell of one.

    ``asserted`` are those of the places at which an Assert tells of all faults below.
    """
    for fault in faults:
        below = {it for it in places if it != fault.instance and is_within(it, fault.instance)}
        # The causes are worked out only where an error stands below.
        causes = [{*told_faults(it, places, asserted)} for it in fault.causes] if below else []
        places_told = [told_places(it, below.intersection(asserted)) for it in causes]
        distances = {
            index: len(below ^ told)
            for index, told in enumerate(places_told)
            if any(is_within(place, it) for it in told for place in below)
        }
        nearest = min(distances, key=lambda it: distances[it], default=None)
        yield from [fault] if nearest is None else causes[nearest]


def told_places(faults: Iterable[Fault], asserted: Collection[str]) -> set[str]:
    """Where the errors of the faults stand: at the place of an Assert around it, or at its own."""
    return {
        next((place for place in asserted if is_within(it.instance, place)), it.instance)
        for it in faults
    }


def places_of(faults: Iterable[Fault]) -> list[str]:
    return sorted({fault.instance for fault in faults})


def wrong_dump(oracle: Oracle, instance: Any, model: BaseModel) -> str | None:
    """How ``model_dump_json()`` differs from the instance that was read."""
    if not oracle.accepts(json.loads(model.model_dump_json())):
        return "model_dump_json() writes what the schema rejects"
    read, written = json.dumps(instance), model.model_dump_json(exclude_unset=True)
    same = comparable_value(read) == comparable_value(written)
    return None if same else f"read {read}, written {written}"


def is_within(place: str, around: str) -> bool:
    """An Assert has one error, at its own place, for whatever is wrong below."""
    return place == around or place.startswith(f"{around}/")


VALUE_KEYWORDS = ("/type", "/const", "/enum", "/additionalProperties")
UNEVALUATED = {"unevaluatedProperties", "unevaluatedItems"}
SIZE_KEYWORDS = ("minItems", "maxItems", "minProperties", "maxProperties")


def is_masked(place: str, places: list[str], faults: set[Fault]) -> bool:
    """Whether the models may leave out the fault at ``place``.

    Pydantic reports either the wrong size of a container or what is wrong inside, not both. Of a
    value of a wrong type, or that may not be there, it reports this alone. Where a member is
    wrong, the schema takes the others beside it for unevaluated (Core 11.3), and they are not.
    """
    sized = {fault.instance for fault in faults if fault.keyword.endswith(SIZE_KEYWORDS)}
    typed = {fault.instance for fault in faults if fault.keyword.endswith(VALUE_KEYWORDS)}
    inside = [it for it in places if it.startswith(f"{place}/")]
    around = [it for it in places if place.startswith(f"{it}/")]
    faulty = {it.instance for it in faults if UNEVALUATED.isdisjoint(it.keyword.split("/"))}
    others = {it.instance for it in faults} - faulty
    wrong = [it for it in places if any(is_within(fault, it) for fault in faulty)]
    beside = any(is_within(it, place.rpartition("/")[0]) for it in wrong)
    return (
        (place in sized and bool(inside))
        or (place in others and beside)
        or not (sized | typed).isdisjoint(around)
    )
