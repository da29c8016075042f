"""The verdicts of the models in this copy on the conformance documents, by the pydantic installed.

This module is a file of its own because it imports pydantic. ``_verify`` has checked the files.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import VERSION, BaseModel, ValidationError

from ._finding import Finding, display_path

ModelClass = type[BaseModel]
ENTRY_POINTS: dict[str, Callable[[ModelClass, str], BaseModel]] = {
    "model_validate_json": lambda model, text: model.model_validate_json(text),
    "model_validate": lambda model, text: model.model_validate(json.loads(text)),
}
VERDICT_CURE = "install another pydantic, or report it to the contract's owner"


def judge_conformance(folder: Path, paths: Iterable[str]) -> tuple[int, str, list[Finding]]:
    """The number of documents, pydantic's version, and a finding for each wrong verdict.

    Each path is ``conformance/MODULE/MESSAGE.json``.
    """
    documents, wrong = 0, list[Finding]()
    for path in paths:
        for case in json.loads((folder / path).read_bytes()):
            documents += len(case["tests"])
            file = folder / f"{path.split('/')[1]}.py"
            faults = message_faults(case["description"], case["tests"])
            wrong += [
                Finding(display_path(file), "verdict", f"{it}; {VERDICT_CURE}") for it in faults
            ]
    return documents, VERSION, wrong


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
    return (
        None
        if comparable_value(text) == comparable_value(written)
        else f"read {text}, written {written}"
    )


def comparable_value(text: str) -> Any:
    """A value that two texts share if they mean the same document.

    Numbers are decimals. Strings are in lower case, in which a UUID is written (RFC 9562, 4).
    """
    return normalize_value(json.loads(text, parse_float=Decimal))


def normalize_value(value: Any) -> Any:
    """The value with its strings in lower case and no true that equals 1."""
    return NORMALIZERS.get(value.__class__, lambda it: it)(value)


NORMALIZERS: dict[type, Callable[[Any], Any]] = {
    dict: lambda it: {name: normalize_value(member) for name, member in it.items()},
    list: lambda it: [normalize_value(item) for item in it],
    str: str.lower,
    bool: lambda it: (it,),  # equal to no number, as True is to 1
}
