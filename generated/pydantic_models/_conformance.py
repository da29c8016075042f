"""The verdicts of the models in this copy on the conformance documents, by the pydantic installed.

This module is a file of its own because it imports pydantic. ``_verify`` has checked the files.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import VERSION, BaseModel, ValidationError

from ._finding import Finding, display_path
from ._types import is_array, is_object

ModelClass = type[BaseModel]
ENTRY_POINTS: dict[str, Callable[[ModelClass, str], BaseModel]] = {
    "model_validate_json": lambda model, text: model.model_validate_json(text),
    "model_validate": lambda model, text: model.model_validate(json.loads(text)),
}
MAX_DOCUMENTS = 5000  # of all messages: about half a second
VERDICT_CURE = "install another pydantic, or report it to the contract's owner"


class Verdicts(NamedTuple):
    """The numbers of documents that were judged and that there are, a finding for each wrong
    verdict, and pydantic's version."""

    judged: int
    documents: int
    findings: list[Finding]
    pydantic: str = VERSION


def judge_conformance(folder: Path, paths: Collection[str], *, judge_all: bool) -> Verdicts:
    """Judge the documents of each message, or of many messages a sample, MAX_DOCUMENTS in all.

    Each path is ``conformance/MODULE/MESSAGE.json``.
    """
    judged = documents = 0
    wrong = list[Finding]()
    for number, path in enumerate(paths):
        for case in json.loads((folder / path).read_bytes()):
            tests = case["tests"]
            chosen = tests if judge_all else sample_of(tests, len(paths), number)
            judged, documents = judged + len(chosen), documents + len(tests)
            file = display_path(folder / f"{path.split('/')[1]}.py")
            faults = message_faults(case["description"], chosen)
            wrong += [Finding(file, "verdict", f"{it}; {VERDICT_CURE}") for it in faults]
    return Verdicts(judged, documents, wrong)


def sample_of(tests: list[Any], messages: int, number: int) -> list[Any]:
    """The share of one message in MAX_DOCUMENTS: every n-th document, which begins at another one
    for each message, because messages have parts in common."""
    step = -(-len(tests) * messages // MAX_DOCUMENTS) or 1
    return tests[number % min(step, len(tests) or 1) :: step]


def message_faults(name: str, tests: Iterable[Any]) -> Iterator[str]:
    """The wrong verdicts on the documents of a message, MODULE/MESSAGE."""
    module, message = name.split("/")
    try:
        model: ModelClass = getattr(import_module(f".{module}", __package__), message)
        model.model_rebuild()
    except Exception as error:  # any error means that there is no model
        yield f"{name} cannot be imported with pydantic {VERSION}: {error!r}"
        return
    for test in tests:
        for entry in ENTRY_POINTS:
            fault = verdict_fault(model, entry, json.dumps(test["data"]), test["valid"])
            if fault:
                document = f"document {test['description']}, {entry}, pydantic {VERSION}"
                yield f"{name}, {document}: {fault}"


def verdict_fault(model: ModelClass, entry: str, text: str, valid: bool) -> str | None:
    """Why the verdict on the document, or the text that the model writes, is wrong."""
    try:
        taken = ENTRY_POINTS[entry](model, text)
    except ValidationError:
        return "refused, the contract accepts it" if valid else None
    except Exception as error:  # any answer but a verdict is a wrong one
        return f"raised {error!r}"
    return dump_fault(model, taken, text) if valid else "accepted, the contract refuses it"


def dump_fault(model: ModelClass, taken: BaseModel, text: str) -> str | None:
    """Why the written document differs from the one that was read."""
    try:
        written = taken.model_dump_json(exclude_unset=True)
        model.model_validate_json(written)
    except Exception as error:  # the document cannot be written or not be read again
        return f"writing it and reading it again raised {error!r}"
    is_same = comparable_value(text) == comparable_value(written)
    return None if is_same else f"read {text}, written {written}"


def comparable_value(text: str) -> Any:
    """A value that two texts share if they mean the same document.

    Numbers are decimals. A UUID is in lower case, in which it is written (RFC 9562, section 4).
    """
    return normalize_value(json.loads(text, parse_float=Decimal))


def normalize_value(value: Any) -> Any:
    """The value with its UUIDs in lower case and no true that equals 1."""
    if is_object(value):
        return {name: normalize_value(member) for name, member in value.items()}
    if is_array(value):
        return [*map(normalize_value, value)]
    if isinstance(value, str):
        return value.lower() if UUID_FORM.fullmatch(value) else value
    return (value,) if isinstance(value, bool) else value


UUID_FORM = re.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
