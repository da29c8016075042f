"""The official JSON-Schema-Test-Suite for draft 2020-12, run through the generator.

``make`` unpacks it beside the packages of ``.venv``: the source distribution of jsonschema
carries it, and ``requirements.lock`` pins that by hash. Nothing of it is in the repository.
"""

import importlib
import json
import re
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from contract.drafts import LATEST_URI, canonical_uri
from contract.project import PACKAGE
from contract.read import Contract, build_contract
from contract.refusal import Refused
from contract.settings import Resource, Settings
from output.package import package_code
from proof.agreement import verdicts_of
from proof.sandbox import imported_package
from pydantic import BaseModel, ValidationError
from runtime._conformance import comparable_value

FOLDER = Path(sys.prefix) / "json-schema-test-suite"
DRAFTS = {
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft6": "http://json-schema.org/draft-06/schema#",
    "draft4": "http://json-schema.org/draft-04/schema#",
}
LATEST = "draft2020-12"
PARTS = {"required": "*.json", "optional": "optional/*.json", "format": "optional/format/*.json"}
LINE = re.compile(r"(?P<file>m\d+/Message\.json)#(?P<pointer>|/.*?): (?P<what>.+?); (?P<cure>.+)")
# Trials of which the contract says otherwise by its own word: neither exact nor wrong.
OTHERWISE = {
    "optional/content: *: a*invalid *": (
        "the content of strings is an annotation (JSON Schema 2020-12, Validation 8.1)"
    ),
    "optional/content: *: an invalid base64 string that is valid JSON": "the same",
}


class Trial(NamedTuple):
    """One document of a case and what JSON Schema says of it."""

    description: str
    data: Any
    valid: bool


class Case(NamedTuple):
    """One schema of the suite: ``file`` is ``items`` or ``optional/format/uuid``."""

    part: str
    file: str
    description: str
    schema: Any
    trials: tuple[Trial, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.description}"


@dataclass(frozen=True)
class Taken:
    """What the generator made of one case: files, a refusal, or a fault of its own."""

    files: Mapping[str, bytes]
    refusal: str | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one trial, with what is wrong by entry point."""

    case: Case
    trial: Trial
    refusal: str | None
    wrong: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.case}: {self.trial.description}"

    @property
    def kind(self) -> str:
        if self.refusal:
            return "refused"
        if otherwise(self.case, self.trial):
            return "otherwise"
        return "wrong" if self.wrong else "exact"


def otherwise(case: Case, trial: Trial) -> bool:
    """Whether the contract says otherwise of this trial."""
    return any(fnmatchcase(f"{case}: {trial.description}", name) for name in OTHERWISE)


def cases(draft: str = LATEST) -> list[Case]:
    """Every case of the draft, in the order of the files."""
    found = [
        Case(part, path.relative_to(root).with_suffix("").as_posix(), *fields(case, draft))
        for root in FOLDER.glob(f"*/json/tests/{draft}")
        for part, pattern in PARTS.items()
        for path in sorted(root.glob(pattern))
        for case in json.loads(path.read_text("utf-8"))
    ]
    if not found:
        raise FileNotFoundError(f"{FOLDER}: holds no {draft}; run make, which unpacks it there")
    return found


def fields(case: dict[str, Any], draft: str) -> tuple[str, Any, tuple[Trial, ...]]:
    """The schema says its draft, where its folder alone says so in the suite."""
    schema = case["schema"]
    if isinstance(schema, dict) and draft != LATEST:
        schema = {"$schema": DRAFTS[draft], **schema}
    trials = (Trial(it["description"], it["data"], it["valid"]) for it in case["tests"])
    return case["description"], schema, tuple(trials)


def contract_of(module: str, case: Case) -> Contract:
    """By the settings that the suite asks of whoever runs it: unknown words assert nothing, what
    it serves is there, and ``format`` asserts where the draft says so or a folder is about it."""
    text = json.dumps(case.schema)
    named = case.schema.get("$schema") if isinstance(case.schema, dict) else None
    dialect = canonical_uri(named) or LATEST_URI  # of what is served too
    formats = "annotate" if case.file == "format" else "assert"
    settings = Settings(("*",), dialect, served(text), formats=formats)
    return build_contract({f"{module}/Message.json": text.encode()}, "1", settings)


@cache
def remotes() -> dict[str, Resource]:
    """The schemas that the suite expects to be served, by URI."""
    return {
        f"http://localhost:1234/{path.relative_to(root).as_posix()}": Resource(
            path.name, path.read_bytes()
        )
        for root in FOLDER.glob("*/json/remotes")
        for path in root.rglob("*.json")
        if "draft-next" not in path.parts
    }


def served(text: str) -> dict[str, Resource]:
    """Those of the remotes that a schema names, or that these name."""
    found: dict[str, Resource] = {}
    waiting = [text]
    while waiting:
        named = waiting.pop()
        for uri, remote in remotes().items():
            if uri not in found and Path(uri).name in named:
                found[uri] = remote
                waiting.append(remote.text.decode())
    return found


def refusal_of(case: Case) -> str | None:
    """Why the schema of the case is refused, if it is; reading alone refuses."""
    try:
        contract_of("m0", case)
    except Refused as refused:
        return str(refused)
    return None


def take(module: str, case: Case) -> Taken:
    """The case by itself, so that a refusal is its own."""
    refusal = refusal_of(case)
    if refusal:
        return Taken({}, refusal=refusal)
    try:
        contract = contract_of(module, case)
        return Taken(package_code(contract, formatted=False))
    except Exception as error:  # whatever it is, it is no refusal, and the others go on
        return Taken({}, fault=f"generate raised {error!r}")


@contextmanager
def models(taken: Mapping[str, Taken]) -> Generator[dict[str, type[BaseModel] | Taken]]:
    """By module what a case became: its ``Message``, or why there is none."""
    files = {f"{PACKAGE}/__init__.py": b""}  # there even where nothing was taken
    with imported_package(
        files | {k: v for it in taken.values() for k, v in it.files.items()}
    ) as package:
        yield {name: model(package, name, it) for name, it in taken.items()}


def model(package: str, module: str, taken: Taken) -> type[BaseModel] | Taken:
    if not taken.files:
        return taken
    try:
        found: type[BaseModel] = importlib.import_module(f"{package}.{module}").Message
        found.model_rebuild()
    except Exception as error:  # a module that cannot be imported is wrong on all its trials
        return Taken({}, fault=f"import raised {error!r}")
    return found


def run(suite: Iterable[Case]) -> Iterator[Outcome]:
    """Every trial of every case: one module for each case, one package of all that were taken."""
    by_module = {f"m{index}": case for index, case in enumerate(suite)}
    with models({module: take(module, case) for module, case in by_module.items()}) as found:
        for module, case in by_module.items():
            for trial in case.trials:
                yield outcome(case, trial, found[module])


def outcome(case: Case, trial: Trial, made: type[BaseModel] | Taken) -> Outcome:
    if not isinstance(made, Taken):
        return Outcome(case, trial, None, dict(faults(made, trial)))
    return Outcome(case, trial, made.refusal, {"both": made.fault} if made.fault else {})


def faults(model: type[BaseModel], trial: Trial) -> Iterator[tuple[str, str]]:
    """By entry point what is wrong with its verdict, or with what it writes of what it took."""
    try:
        for entry, verdict in verdicts_of(model, trial.data).items():
            fault = judge(trial, verdict)
            if fault:
                yield entry, fault
    except Exception as error:  # any answer but a verdict is a wrong one
        yield "both", f"raised {error!r}"


def judge(trial: Trial, verdict: BaseModel | ValidationError) -> str | None:
    if isinstance(verdict, ValidationError):
        return "rejected" if trial.valid else None
    if not trial.valid:
        return "accepted"
    read, written = json.dumps(trial.data), verdict.model_dump_json(exclude_unset=True)
    return (
        None
        if comparable_value(read) == comparable_value(written)
        else f"read {read}, written {written}"
    )


def reason(refusal: str) -> str:
    """The first line of a refusal without its place."""
    first = refusal.splitlines()[0]
    found = LINE.fullmatch(first)
    return f"{found['what']}; {found['cure']}" if found else first
