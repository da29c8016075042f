"""Generated files -> proof: imports them from a temporary place and compares with the schemas.

``generate`` runs this before it replaces anything, the tests run the same functions.
"""

import importlib
import json
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from contract import Contract
from documents import Document, Documents
from drift import PACKAGE
from errors import Refused
from oracle import Fault, Oracle
from pydantic import BaseModel, ValidationError
from runtime._deep import value
from standard import SCHEME
from values import Schema, is_array, is_object, pointer, same

numbers = count()


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
    with imported(files) as package:
        for name, module in contract.modules.items():
            for message, schema in module.messages.items():
                tell(f"{len(compared) + 1}/{len(contract.schemas)} {name}/{message}")
                judge = oracle(contract, name, message)
                documents = shipped(files[f"{PACKAGE}/{conformance_file(name, message)}"])
                model = getattr(importlib.import_module(f"{package}.{name}"), message)
                faults = compare(model, schema, judge, documents)
                compared.append((len(documents), [f"{name}/{message}.json#{it}" for it in faults]))
    refusals = [fault for _, faults in compared for fault in faults]
    if refusals:
        raise Refused(*refusals)
    classes = sum(len(module.definitions) for module in contract.modules.values())
    number = sum(number for number, _ in compared)
    return Proof(len(compared), classes - len(compared), number)


def oracle(contract: Contract, module: str, message: str) -> Oracle:
    """The judge of a message: its schema as the owner wrote it, beside the other files."""
    file = f"{module}/{message}.json"
    files = {SCHEME + it: schema for it, schema in contract.schemas.items()}
    alone = refers_to_itself_alone(contract.schemas[file])
    return Oracle(contract.schemas[file], SCHEME + file, {} if alone else files)


def refers_to_itself_alone(value: Any) -> bool:
    """Whether every $ref in the schema begins with ``#``."""
    inner = value.values() if is_object(value) else value if is_array(value) else ()
    target = value.get("$ref") if is_object(value) else None
    outward = isinstance(target, str) and not target.startswith("#")
    return not outward and all(map(refers_to_itself_alone, inner))


def conformance_file(module: str, message: str) -> str:
    """Where the package holds the documents of a message."""
    return f"conformance/{module}/{message}.json"


def shipped(text: bytes) -> list[Document]:
    """The documents of such a file, each with its verdict: what is proven is what is shipped."""
    (case,) = json.loads(text)
    return [Document(it["description"], it["data"], it["valid"]) for it in case["tests"]]


def compare(
    model: type[BaseModel], schema: Schema, judge: Oracle, documents: list[Document]
) -> list[str]:
    """A line for each disagreement."""
    faults = list(schema_faults(model, schema))
    return faults or list(disagreements(model, judge, documents))


def boundary_documents(place: str, schema: Schema) -> list[Document]:
    try:
        return list(Documents(schema))
    except Refused as refused:
        raise Refused(f"{place}{refused}") from refused
    except RecursionError as error:
        raise Refused(f"{place}: needs itself without end; make a member optional") from error


@contextmanager
def imported(files: Mapping[str, bytes]) -> Generator[str]:
    """The package of ``files`` under a name of its own, as a consumer may vendor it."""
    package = f"contract_under_proof_{next(numbers)}"
    with tempfile.TemporaryDirectory() as folder:
        write(files, Path(folder))
        (Path(folder) / PACKAGE).rename(Path(folder) / package)
        sys.path.insert(0, folder)
        try:
            yield package
        finally:
            sys.path.remove(folder)
            for name in [name for name in sys.modules if name.split(".")[0] == package]:
                del sys.modules[name]


def write(files: Mapping[str, bytes], folder: Path) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def schema_faults(model: type[BaseModel], schema: Schema) -> Iterator[str]:
    """Where ``model_json_schema()`` differs from the source, in either mode."""
    emitted = [model.model_json_schema(mode=mode) for mode in ("validation", "serialization")]
    places = dict.fromkeys(place for it in emitted for place in differences(schema, it))
    yield from (f"{place}: the models cannot say this; write it otherwise" for place in places)


def written(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


UNORDERED = (("enum",), ("type",), ("anyOf",), ("oneOf",))


def differences(source: Any, emitted: Any, path: tuple[str | int, ...] = ()) -> Iterator[str]:
    """JSON Pointers of the innermost values that differ.

    Python takes ``Literal["a", "b"]`` for ``Literal["b", "a"]`` and may emit either for both.
    """
    if path[-1:] in UNORDERED and is_array(source) and is_array(emitted):
        source, emitted = sorted(source, key=written), sorted(emitted, key=written)
    if is_object(source) and is_object(emitted):
        for name in {**source, **emitted}:
            if name in source and name in emitted:
                yield from differences(source[name], emitted[name], (*path, name))
            else:
                yield pointer((*path, name))
    elif not same(source, emitted):
        yield pointer(path)


def disagreements(
    model: type[BaseModel], oracle: Oracle, documents: list[Document]
) -> Iterator[str]:
    """One line for each document on which the model, the oracle or what is shipped differ."""
    for document in documents:
        faults = oracle.faults(document.instance)
        if document.valid is not None and document.valid == bool(faults):
            yield f": document {document.name}: shipped as {document.valid}; report this schema"
        for entry, verdict in verdicts(model, document.instance).items():
            fault = judge(oracle, document.instance, faults, verdict)
            if fault:
                yield f": document {document.name}, {entry}: {fault}; report this schema"


def verdicts(model: type[BaseModel], instance: Any) -> dict[str, BaseModel | ValidationError]:
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


def judge(
    oracle: Oracle, instance: Any, faults: set[Fault], verdict: BaseModel | ValidationError
) -> str | None:
    """Why a verdict is wrong: another answer, other places than the schema's ``faults``, or a
    dump that is not the input."""
    expected = sorted({fault.instance for fault in faults})
    if isinstance(verdict, ValidationError):
        places = sorted(pointer(error["loc"]) for error in verdict.errors())
        around = [pointer(it["loc"]) for it in verdict.errors() if it["type"] == "assertion"]
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
    return None if value(read) == value(written) else f"read {read}, written {written}"


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
