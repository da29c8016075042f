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

from contract.drafts import DRAFT_SPECIFICATIONS, LONE_REFERENCE_DRAFTS
from contract.project import ROOT, read_project
from contract.read import build_contract
from contract.refusal import Refused
from contract.settings import FORMAT_USES, Resource, Settings, default_dialect
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
            answer = ANSWERS[command["cmd"]]
        except (ValueError, LookupError, TypeError) as error:
            names = ", ".join([*ANSWERS, "stop"])
            raise Refused(f"line {number}: no command of Bowtie; send one of {names}") from error
        if command["cmd"] == "dialect":
            settings = replace(settings, dialect=default_dialect(command["dialect"]))
        print(json.dumps(answer(command, settings)), flush=True)
    return 0


def start(command: Mapping[str, Any], _: Settings) -> dict[str, Any]:
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
    return {"version": VERSION, "implementation": implementation}


def dialect(_: Mapping[str, Any], __: Settings) -> dict[str, Any]:
    """The draft of each schema without ``$schema`` from now on."""
    return {"ok": True}


def run(command: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """The verdict on each instance; a refused schema is skipped."""
    seq = command["seq"]
    try:
        return {"seq": seq, "results": case_results(command["case"], settings)}
    except Refused as refused:
        return {"seq": seq, "skipped": True, "message": str(refused)}
    except Exception as error:  # the other cases go on
        return {"seq": seq, **errored(repr(error))}


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


ANSWERS: Mapping[str, Callable[[Mapping[str, Any], Settings], dict[str, Any]]] = {
    "start": start,
    "dialect": dialect,
    "run": run,
}

if __name__ == "__main__":
    sys.exit(main())
