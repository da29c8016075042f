"""Evidence and models -> proof: where the verdicts of a model differ from those of its schema.

``generate`` runs this before it replaces anything, the tests run the same functions.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from contract.read import Contract
from contract.subschemas import Schema
from documents.boundary import Document
from oracle.oracle import Fault, Oracle
from proof.emitted import emitted_differences
from proof.evidence import Evidence, Judged, examine, judge_documents
from proof.growth import Growth, growth_of
from proof.processes import results_in_order
from pydantic import BaseModel, ValidationError
from runtime._conformance import comparable_value
from runtime._paths import error_pointer

ENTRY_POINTS = ("model_validate_json", "model_validate")
MANY_DOCUMENTS = 2_000
PART = 128  # documents that a process judges at a time
MEASURED = -1  # in place of the number of a document: the growth, which takes as long as many


@dataclass(frozen=True)
class Proof:
    """What was compared without a disagreement."""

    messages: int
    definitions: int
    documents: int
    # A line for each part of the proof that ended early.
    untried: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        numbers = (
            f"messages {self.messages}, definitions {self.definitions},"
            f" boundary documents {self.documents}, disagreements 0"
        )
        return "\n".join([numbers, *self.untried])


def proof_of(contract: Contract, documents: int, untried: list[str]) -> Proof:
    """The numbers of a contract whose messages agree on so many documents."""
    classes = sum(len(module.definitions) for module in contract.modules.values())
    messages = len(contract.messages)
    return Proof(messages, classes - messages, documents, untried)


class Part(NamedTuple):
    """Some documents of a message with their faults and the disagreements, or its growth."""

    judged: Sequence[Judged] = ()
    refusals: Sequence[str] = ()
    growth: Growth = Growth()


def compare_message(
    contract: Contract,
    module: str,
    message: str,
    model: type[BaseModel],
    show: Callable[[str], None] = lambda _: None,
) -> tuple[Evidence, list[str]]:
    """The evidence of a message, and a line for each disagreement of its model, else for what takes
    too long; on all cores.

    ``show`` hears how many documents are done.
    """
    schema = contract.modules[module].messages[message]
    refusals = [*emitted_differences(model, schema)]
    parts = list[Part]()

    def judge_on_all_cores(oracle: Oracle, documents: list[Document]) -> list[Judged]:
        for part in proven_parts(model, schema, oracle, documents):
            show(f"{module}/{message}: {len(parts) * PART} of {len(documents)} documents")
            parts.append(part)
        return [it for part in parts for it in part.judged]

    if refusals:
        return examine(contract, module, message), located(refusals, module, message)
    evidence = examine(contract, module, message, judge_on_all_cores)
    growth = parts[0].growth
    evidence.untried.extend(growth.unmeasured)
    refusals = [line for part in parts for line in part.refusals]
    return evidence, located(refusals or growth.refusals, module, message)


def located(lines: list[str], module: str, message: str) -> list[str]:
    return [f"{module}/{message}.json#{it}" for it in lines]


def proven_parts(
    model: type[BaseModel], schema: Schema, oracle: Oracle, documents: list[Document]
) -> Iterator[Part]:
    """The growth, then the documents, ``PART`` at a time."""

    def proven_part(first: int) -> Part:
        if first == MEASURED:
            return Part(growth=growth_of(model, schema))
        judged = judge_documents(oracle, documents[first : first + PART])
        return Part(judged, [*disagreements(model, oracle, judged, first)])

    return results_in_order(proven_part, [MEASURED, *range(0, len(documents), PART)])


def disagreements(
    model: type[BaseModel], oracle: Oracle, documents: Iterable[Judged], first: int = 0
) -> Iterator[str]:
    """A line for each document on which the model and the oracle differ.

    ``first`` is the number of the first document. Beyond ``MANY_DOCUMENTS``, the entry points
    take turns to tell the places of faults, for that takes the longest.
    """
    for number, (document, faults) in enumerate(documents, first):
        in_turn = number % len(ENTRY_POINTS)
        is_brief = bool(faults) and number >= MANY_DOCUMENTS
        asked = ENTRY_POINTS[in_turn : in_turn + 1] if is_brief else ENTRY_POINTS
        place = f": document {document.name}, "
        for entry, verdict in verdicts_of(model, document.instance, asked).items():
            fault = disagreement(model, oracle, document.instance, faults, verdict)
            if fault:
                yield f"{place}{entry}: {fault}; report this schema"
        other = ENTRY_POINTS[1 - in_turn]
        if is_brief and is_accepted(model, document.instance, other):
            yield f"{place}accepted, expected errors at {places_of(faults)}; report this schema"


def is_accepted(model: type[BaseModel], instance: Any, entry: str) -> bool:
    """Whether pydantic-core takes what the entry point would; the places of errors are not told."""
    validator = model.__pydantic_validator__
    answer = (
        result_of(validator.validate_json, json.dumps(instance))
        if entry == "model_validate_json"
        else result_of(validator.validate_python, instance)
    )
    return not isinstance(answer, ValidationError)


def verdicts_of(
    model: type[BaseModel], instance: Any, asked: Sequence[str] = ENTRY_POINTS
) -> dict[str, BaseModel | ValidationError]:
    """What each entry point makes of the instance."""
    text = json.dumps(instance)
    inputs = {"model_validate_json": text, "model_validate": json.loads(text)}
    return {entry: result_of(getattr(model, entry), inputs[entry]) for entry in asked}


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
    needed = unmasked_places({*expected} - covered, places, faults)
    covering = {place for place in asserted if any(is_within(it, place) for it in covered)}
    unique = len(places) == len(set(places))
    right = unique and needed <= set(places) <= {*expected, *covering}
    return None if right else f"errors at {places}, expected at {expected}"


def told_faults(
    faults: Iterable[Fault], places: list[str], asserted: Collection[str]
) -> Iterator[Fault]:
    """The faults, of a union those of the cause that the errors tell of, if they tell of one.

    ``asserted`` are those of the places at which an Assert tells of all faults below.
    """
    for fault in faults:
        below = {it for it in places if it != fault.instance and is_within(it, fault.instance)}
        # The causes are worked out only where an error stands below.
        yield from nearest_cause(fault, below, places, asserted) if below else [fault]


def nearest_cause(
    fault: Fault, below: set[str], places: list[str], asserted: Collection[str]
) -> Iterable[Fault]:
    """The faults of the cause that the errors below tell of, the fault itself if there is none; no
    other is looked for behind one that they tell of exactly."""
    candidates: list[tuple[int, int, Iterable[Fault]]] = []
    for number, faults in fault.causes():
        cause = {*told_faults(faults, places, asserted)}
        error_places = told_places(cause, below.intersection(asserted))
        if any(is_within(place, it) for it in error_places for place in below):
            candidates.append((distance(below, error_places, places, cause), number, cause))
            if not candidates[-1][0]:
                fault.prefer_cause(number)
                return cause
    return min(candidates, key=lambda it: it[:2], default=(0, 0, [fault]))[2]


def distance(below: set[str], error_places: set[str], places: list[str], cause: set[Fault]) -> int:
    """At how many places the errors and a cause differ; a fault that another one masks may lack its
    error."""
    missing = unmasked_places(error_places - below, places, cause)
    return len(below - error_places) + len(missing)


def told_places(faults: Iterable[Fault], asserted: Collection[str]) -> set[str]:
    """Where the errors of the faults stand: at the place of an Assert around it, or at its own."""
    return {
        next((place for place in asserted if is_within(fault.instance, place)), fault.instance)
        for fault in faults
    }


def places_of(faults: Iterable[Fault]) -> list[str]:
    return sorted({fault.instance for fault in faults})


def wrong_dump(oracle: Oracle, instance: Any, model: BaseModel) -> str | None:
    """How ``model_dump_json()`` differs from the instance that was read.

    A UUID is written in lower case, whatever the schema says of the same text in capitals.
    """
    read, written = json.dumps(instance), model.model_dump_json(exclude_unset=True)
    is_same = comparable_value(read) == comparable_value(written)
    value = json.loads(written)
    may_be_invalid = is_same and value != instance and not oracle.accepts(value)
    if not may_be_invalid and not oracle.accepts(json.loads(model.model_dump_json())):
        return "model_dump_json() writes what the schema rejects"
    return None if is_same else f"read {read}, written {written}"


def is_within(place: str, around: str) -> bool:
    """An Assert has one error, at its own place, for whatever is wrong below."""
    return place == around or place.startswith(f"{around}/")


VALUE_KEYWORDS = ("/type", "/const", "/enum", "/additionalProperties")
UNEVALUATED = {"unevaluatedProperties", "unevaluatedItems"}
SIZE_KEYWORDS = ("minItems", "maxItems", "minProperties", "maxProperties")


def unmasked_places(wanted: set[str], places: list[str], faults: set[Fault]) -> set[str]:
    """Those of the places of faults at which the models need an error.

    Pydantic reports either the wrong size of a container or what is wrong inside, not both. Of a
    value of a wrong type, or that may not be there, it reports this alone. Where a member is
    wrong, the schema takes it and the others beside it for unevaluated (Core 11.3), and they are
    not.
    """
    sized = {fault.instance for fault in faults if fault.keyword.endswith(SIZE_KEYWORDS)}
    typed = {fault.instance for fault in faults if fault.keyword.endswith(VALUE_KEYWORDS)}
    faulty = {it.instance for it in faults if UNEVALUATED.isdisjoint(it.keyword.split("/"))}
    others = {it.instance for it in faults} - faulty
    masking = {f"{it}/" for it in (sized | typed).intersection(places)}
    return {
        place
        for place in wanted
        if not (place in sized and any(it.startswith(f"{place}/") for it in places))
        and not place.startswith((*masking,))
        and not (place in others and is_wrong_beside(place, places, faulty, others))
    }


def is_wrong_beside(place: str, places: list[str], faulty: set[str], others: set[str]) -> bool:
    """Whether an error tells why a member that is not evaluated stands beside others."""
    causes = faulty | {it for it in others if it.count("/") > place.count("/")}
    around = place.rpartition("/")[0]
    inside = [it for it in places if is_within(it, around)]
    return any(is_within(cause, it) for it in inside for cause in causes)
