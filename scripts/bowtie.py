"""Bowtie's harness protocol, version 1: ``bowtie.py [--formats assert]`` judges with models.

Each line of standard input is a command, each line of standard output its answer. For each case
models are made of its schema and its registry, in memory. A schema that is refused is skipped, with
the refusal. Exit status 0; 2: a line is no command.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from contract.drafts import DRAFT_SPECIFICATIONS, LONE_REFERENCE_DRAFTS, canonical_uri
from contract.project import ROOT, read_project
from contract.read import build_contract
from contract.refusal import Refused
from contract.settings import FORMAT_USES, Resource, Settings
from output.package import package_code
from proof.agreement import verdicts_of
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, ValidationError
from runtime._finding import exit_status

VERSION = 1
MODULE, MESSAGE = "case", "Message"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Answer the commands of Bowtie, one on a line.")
    parser.add_argument(
        "--formats", choices=FORMAT_USES, default="annotate", help="annotate, as drafts do"
    )
    chosen = parser.parse_args(arguments)
    return exit_status(lambda: answer_lines(chosen.formats))


def answer_lines(formats: str) -> int:
    """Answer each command until there is none, or ``stop``. Words of no draft assert nothing."""
    settings = Settings(("*",), formats=formats)
    for number, line in enumerate(sys.stdin, start=1):
        try:
            command = json.loads(line)
            if command["cmd"] == "stop":
                break
            answer, settings = ANSWERS[command["cmd"]](command, settings)
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            names = ", ".join([*ANSWERS, "stop"])
            raise Refused(f"line {number}: no command of Bowtie; send one of {names}") from error
        print(json.dumps(answer), flush=True)
    return 0


# An answer, and how schemas are read from now on.
Answered = tuple[dict[str, Any], Settings]


def start(command: Mapping[str, Any], settings: Settings) -> Answered:
    if command["version"] != VERSION:
        raise Refused(f"version {command['version']} of the protocol; send version {VERSION}")
    project = read_project()["project"]
    implementation = {
        **{"name": project["name"], "version": project["version"], "language": "python"},
        **dict.fromkeys(("homepage", "issues", "source"), ROOT.as_uri()),
        "dialects": [
            f"{uri}#" if draft in LONE_REFERENCE_DRAFTS else uri
            for uri, draft in DRAFT_SPECIFICATIONS.items()
        ],
    }
    return {"version": VERSION, "implementation": implementation}, settings


def dialect(command: Mapping[str, Any], settings: Settings) -> Answered:
    """The draft of each schema without ``$schema`` from now on; not ok if it is none of ours."""
    uri = canonical_uri(command["dialect"])
    return {"ok": uri is not None}, replace(settings, dialect=uri) if uri else settings


def run(command: Mapping[str, Any], settings: Settings) -> Answered:
    """The verdict on each instance; a refused schema is skipped."""
    seq = command["seq"]
    try:
        answer: dict[str, Any] = {"results": case_results(command["case"], settings)}
    except Refused as refused:
        answer = {"skipped": True, "message": str(refused)}
    except Exception as error:  # the other cases go on
        answer = errored(repr(error))
    return {"seq": seq, **answer}, settings


def case_results(case: Mapping[str, Any], settings: Settings) -> list[dict[str, Any]]:
    resources = {
        uri: Resource(uri, json.dumps(schema).encode())
        for uri, schema in case.get("registry", {}).items()
    }
    source = {f"{MODULE}/{MESSAGE}.json": json.dumps(case["schema"]).encode()}
    contract = build_contract(source, "1", replace(settings, resources=resources))
    with imported_package(package_code(contract, formatted=False)) as package:
        model = model_in(package, MODULE, MESSAGE)
        return [instance_result(model, test["instance"]) for test in case["tests"]]


def instance_result(model: type[BaseModel], instance: Any) -> dict[str, Any]:
    """The verdict of both entry points."""
    verdicts = verdicts_of(model, instance)
    accepting = [name for name, it in verdicts.items() if not isinstance(it, ValidationError)]
    if 0 < len(accepting) < len(verdicts):
        return errored(f"{accepting[0]} alone accepts it")
    return {"valid": bool(accepting)}


def errored(message: str) -> dict[str, Any]:
    return {"errored": True, "context": {"message": message}}


ANSWERS: Mapping[str, Callable[[Mapping[str, Any], Settings], Answered]] = {
    "start": start,
    "dialect": dialect,
    "run": run,
}

if __name__ == "__main__":
    sys.exit(main())
