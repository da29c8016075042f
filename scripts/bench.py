"""The speed of the models beside their peers, and of the tools: ``bench.py [--rounds N]``.

Speeds depend on the machine. So each speed is also a ratio of times within one round: over the
plain datamodel-codegen model that keeps unknown keys (the same job as ours), and over the one that
drops them. A column counts the wrong verdicts of each peer. This is a report: exit status 0.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from types import ModuleType
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import fastjsonschema
import msgspec
import pydantic
from bench_keywords import MEASURED_KEYWORDS, keyword_costs, properties_schema
from bench_race import Call, TimesByRival, mean_nanoseconds, median_ratio, race
from bench_world import plain_model_code, print_world
from contract.project import PACKAGE, ROOT
from contract.read import Contract, build_contract, read_schema_files
from contract.subschemas import Schema
from documents.boundary import BoundaryDocuments
from generate import render
from msgspec import UNSET, UnsetType
from oracle.oracle import Oracle
from proof.sandbox import write_files
from runtime._finding import exit_status

# A contract of the bench's own: figures stay comparable whatever ``schemas/`` holds.
SCHEMAS = ROOT / "tests" / "zoo" / "close_chat"


MODULE, MESSAGE = "operations", "CloseChatSessionResponse"


DOCUMENT_COUNT = 500


MEASURES = ("json", "python", "dump")  # text -> model, json.loads(text) -> model, model -> text


OURS, PLAIN_KEEPS, PLAIN_DROPS = "ours", "plain, keeps unknown", "plain, drops unknown"


DOCUMENT_STEPS = {"jsonschema": 10}  # slow peers are timed on every tenth document


# The greatest ratios of our time to a baseline's that are wanted, in the order of MEASURES.
RATIO_LIMITS = {PLAIN_KEEPS: (1.00, 1.00, 1.00), PLAIN_DROPS: (1.05, 1.15, 1.00)}


IMPORT_LIMIT_MS = 25.0


DEEP_LIMIT_MS = 2000.0
GATE_LIMIT_MS = 2000.0


VALIDATED_REPEATS = 40  # of DOCUMENT_COUNT lines


Peer = dict[str, Call]  # by measure; rejects by raising a REJECTION_ERROR or returning False


REJECTION_ERRORS = (
    pydantic.ValidationError,
    fastjsonschema.JsonSchemaException,
    msgspec.ValidationError,
)


Status = Literal["pending", "processing", "completed", "failed"]


Count = Annotated[int, msgspec.Meta(ge=0)]


class Payload(msgspec.Struct):
    session_id: str
    closed_at: str
    total_messages: Count
    total_events: Count
    duration_seconds: Count | UnsetType | None = UNSET
    tool_session_id: str | UnsetType | None = UNSET
    tool_session_closed: bool | UnsetType = UNSET


class Response(msgspec.Struct):
    request_id: UUID
    status: Status
    payload: Payload
    timestamp: str | UnsetType = UNSET
    error: str | UnsetType | None = UNSET
    metadata: dict[str, Any] | UnsetType = UNSET


def main(arguments: list[str] | None = None) -> int:
    return exit_status(lambda: run(arguments))


def run(arguments: list[str] | None) -> int:
    parser = argparse.ArgumentParser(description="Documents per second beside the peers.")
    parser.add_argument("--rounds", type=int, default=60, metavar="N")
    rounds: int = parser.parse_args(arguments).rounds
    contract = build_contract(read_schema_files(SCHEMAS), "1")
    with tempfile.TemporaryDirectory() as folder:
        write_files(render(contract).files, Path(folder))
        sys.path.insert(0, folder)
        schema = contract.modules[MODULE].messages[MESSAGE]
        oracle = Oracle(schema)
        texts = realistic_texts(oracle)
        print(f"Python {sys.version.split()[0]}, pydantic {pydantic.VERSION};", end=" ")
        print(f"{MESSAGE} documents: {DOCUMENT_COUNT}, rounds: {rounds}, medians\n")
        compare_peers(schema, oracle, texts, rounds)
        print_line("import after pydantic", import_time(folder), "ms", IMPORT_LIMIT_MS)
        first = import_time(folder, FIRST_MODEL_CODE)
        print_line("import after pydantic and a first model", first, "ms")
        print_command_times(Path(folder), texts)
    print_generation_times(contract, schema)
    print_costs()
    print_world()
    return 0


def compare_peers(schema: Schema, oracle: Oracle, texts: Sequence[str], rounds: int) -> None:
    """Print the speed of every peer with its wrong verdicts, then our ratios."""
    peers = all_peers(schema, oracle)
    times = {measure: time_peers(peers, measure, texts, rounds) for measure in MEASURES}
    instances = [document.instance for document in BoundaryDocuments(schema)]
    judged = [(json.dumps(instance), oracle.accepts(instance)) for instance in instances]
    print_peers(times, {name: wrong_verdicts(peer, judged) for name, peer in peers.items()})
    print_ratios(times)


def realistic_texts(oracle: Oracle) -> list[str]:
    """DOCUMENT_COUNT distinct valid texts without unknown keys, the same ones every time."""
    source = Random(0)
    instances = [realistic_document(source, index) for index in range(DOCUMENT_COUNT)]
    assert all(map(oracle.accepts, instances))
    return [json.dumps(instance) for instance in instances]


def realistic_document(source: Random, index: int) -> Any:
    """One response as a service may write it."""
    closed = datetime(2025, 10, 13, 16) + timedelta(seconds=97 * index)
    status = source.choice(get_args(Status))
    tool_session = source.choice((None, f"ts_251013_tool{index:03}"))
    payload: dict[str, Any] = {
        "session_id": f"cs_251013_chat{index:03}",
        "closed_at": f"{closed.isoformat()}Z",
        "total_messages": source.randrange(200),
        "total_events": source.randrange(100),
        **optional_member(
            source, "duration_seconds", source.choice((None, source.randrange(7200)))
        ),
        **optional_member(source, "tool_session_id", tool_session),
        **optional_member(source, "tool_session_closed", tool_session is not None),
    }
    return {
        "request_id": str(UUID(int=source.getrandbits(128), version=4)),
        "status": status,
        "payload": payload,
        **optional_member(source, "timestamp", f"{(closed + timedelta(seconds=1)).isoformat()}Z"),
        **optional_member(
            source, "error", f"backend {index} timed out" if status == "failed" else None
        ),
        **optional_member(
            source, "metadata", {"source": "api", "attempt": index % 3, "cached": False}
        ),
    }


def optional_member(source: Random, name: str, value: Any) -> dict[str, Any]:
    """The member, left out of 40 % of the documents."""
    return {name: value} if source.random() >= 0.4 else {}


def all_peers(schema: Schema, oracle: Oracle) -> dict[str, Peer]:
    """Ours, the two plain models, the validators and msgspec, each by the name in the table."""
    # use_default=True would write the defaults into documents that all peers share.
    compiled: Any = fastjsonschema.compile(schema, use_default=False)
    return {
        OURS: model_peer("ours", f"from {PACKAGE}.{MODULE} import {MESSAGE}"),
        PLAIN_KEEPS: model_peer("plain_keeps", plain_model_code(schema, extra_fields="allow")),
        PLAIN_DROPS: model_peer("plain_drops", plain_model_code(schema)),
        "jsonschema": validator_peer(oracle.validator.is_valid),
        "fastjsonschema": validator_peer(compiled),
        "jsonschema-rs": validator_peer(oracle.second.is_valid),
        "msgspec, drops unknown": {
            "json": msgspec.json.Decoder(Response).decode,
            "python": partial(msgspec.convert, type=Response),
            "dump": msgspec.json.Encoder().encode,
        },
    }


def model_peer(name: str, source: str) -> Peer:
    """The calls of the message's class, in a module of this text."""
    module = sys.modules[name] = ModuleType(name)  # where pydantic looks annotations up
    exec(source, module.__dict__)
    model: Any = getattr(module, MESSAGE)
    calls = (model.model_validate_json, model.model_validate, model.model_dump_json)
    return dict(zip(MEASURES, calls, strict=True))


def validator_peer(validate: Call) -> Peer:
    """The calls of a validator, which reads JSON text by ``json.loads``."""
    return {"json": lambda text: validate(json.loads(text)), "python": validate}


def time_peers(
    peers: Mapping[str, Peer], measure: str, texts: Sequence[str], rounds: int
) -> TimesByRival:
    """The times of the peers that have the measure, each on values of its own."""
    rivals = {name: peer[measure] for name, peer in peers.items() if measure in peer}

    def inputs_for(name: str) -> list[Any]:
        make: Peer = {"json": str, "python": json.loads, "dump": peers[name]["json"]}
        return [make[measure](text) for text in texts[:: DOCUMENT_STEPS.get(name, 1)]]

    return race(rivals, inputs_for, rounds)


# Pydantic itself imports more when it builds its first model, whoever defines it.
FIRST_MODEL_CODE = "class First(BaseModel): member: int"


IMPORT_SCRIPT = f"""
import time
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
{{before}}
start = time.perf_counter_ns()
import {PACKAGE}.{MODULE}
print(time.perf_counter_ns() - start)
"""


def import_time(folder: str, before: str = "") -> float:
    """ms that a new interpreter needs for our package after pydantic, the median of 7."""
    command = [sys.executable, "-c", IMPORT_SCRIPT.format(before=before)]
    environment = {**os.environ, "PYTHONPATH": folder}
    return median(int(subprocess.check_output(command, env=environment)) for _ in range(7)) / 1e6


def print_command_times(folder: Path, texts: Sequence[str]) -> None:
    """Print the times of the commands of a vendored copy, the start of Python included."""
    lines = folder / "lines.ndjson"
    lines.write_text("\n".join([*texts] * VALIDATED_REPEATS))
    validate = ("validate", f"{MODULE}.{MESSAGE}", lines.name)
    for name, arguments in (("verify", ("verify",)), ("verify --deep", ("verify", "--deep"))):
        print_line(name, command_time(folder, *arguments), "ms")
    seconds = command_time(folder, *validate) / 1e3
    print_line("validate", len(texts) * VALIDATED_REPEATS / seconds, "lines per second")


def command_time(folder: Path, *arguments: str) -> float:
    """ms of ``python -m PACKAGE`` with these arguments, the median of 5."""
    command = [sys.executable, "-m", PACKAGE, *arguments]
    run: Call = partial(subprocess.run, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return median(mean_nanoseconds(run, [command]) for _ in range(5)) / 1e6


def print_generation_times(contract: Contract, schema: Schema) -> None:
    """Print the times of generation, and of the documents that a wide message draws."""
    hundred = build_contract(numbered_schemas(schema, 100), "1")
    wide = wide_schema(60)
    works: dict[str, tuple[Callable[[Any], Any], list[Any]]] = {
        "generation": (render, [contract] * 5),
        "generation of 100 messages": (render, [hundred]),
        "generation, plain": (plain_model_code, [schema] * 5),
        "boundary documents of 60 members": (lambda it: list(BoundaryDocuments(it)), [wide] * 5),
    }
    for name, (work, values) in works.items():
        print_line(name, mean_nanoseconds(work, values) / 1e6, "ms")
    with tempfile.TemporaryDirectory() as folder:
        write_files(render(hundred).files, Path(folder))
        deep = command_time(Path(folder), "verify", "--deep")
        print_line("verify --deep of 100 messages", deep, "ms", DEEP_LIMIT_MS)
    print_line("compat of 100 messages, 10 changed", gate_time(schema), "ms", GATE_LIMIT_MS)


def gate_time(schema: Schema) -> float:
    """ms of ``compat.py`` on 100 messages, ten of which have got a member."""
    more = {**schema["properties"], "more": {"type": "string"}}
    old, changed = (
        numbered_schemas({**schema, "properties": properties}, number)
        for properties, number in ((schema["properties"], 100), (more, 10))
    )
    with tempfile.TemporaryDirectory() as folder:
        write_files(old, Path(folder) / "old")
        write_files({**old, **changed}, Path(folder) / "new")
        command = [sys.executable, ROOT / "scripts/compat.py", "old", "new"]
        run: Call = partial(subprocess.run, cwd=folder, stdout=subprocess.DEVNULL)
        return median(mean_nanoseconds(run, [command]) for _ in range(3)) / 1e6


def numbered_schemas(schema: Schema, number: int) -> dict[str, bytes]:
    """The message again and again, each time with a member of its own."""
    files: dict[str, bytes] = {}
    for index in range(number):
        properties = {**schema["properties"], f"member{index}": {"type": "string"}}
        numbered = {**schema, "title": f"M{index}", "properties": properties}
        files[f"many/M{index}.json"] = json.dumps(numbered).encode()
    return files


def wide_schema(number: int) -> Schema:
    """An object of ``number`` members, whose schemas are those of the measured keywords."""
    schemas = [{**it.base, **it.added} for it in MEASURED_KEYWORDS.values()]
    members = {f"member{index}": schemas[index % len(schemas)] for index in range(number)}
    return properties_schema(**members)


def wrong_verdicts(peer: Peer, judged: Sequence[tuple[str, bool]]) -> str:
    """The number of verdicts that differ from the oracle's, of all that ``judged`` asks for."""
    right = [is_accepted(peer["json"], text) == verdict for text, verdict in judged]
    right += [is_accepted(peer["python"], json.loads(text)) == verdict for text, verdict in judged]
    return f"{right.count(False)}/{len(right)}"


def is_accepted(call: Call, value: Any) -> bool:
    try:
        return call(value) is not False
    except REJECTION_ERRORS:
        return False


def print_peers(times: dict[str, TimesByRival], mistakes: dict[str, str]) -> None:
    """Print a row for each peer: speeds, ratios, wrong verdicts."""
    heads = "".join(f"{measure + '/s':>12}{'x keeps':>9}{'x drops':>9}" for measure in MEASURES)
    print(f"{'documents per second':24}{heads}{'wrong verdicts':>16}")
    for name, mistake in mistakes.items():
        cells = "".join(speed_cells(rivals, name) for rivals in times.values())
        print(f"{name:24}{cells}{mistake:>16}")
    print("x keeps, x drops: time over that of the plain model that keeps, drops unknown keys\n")


def speed_cells(times: TimesByRival, name: str) -> str:
    """The cells of one measure: documents per second, then the ratio to each baseline."""
    if name not in times:
        return f"{'-':>12}{'-':>9}{'-':>9}"
    ratios = "".join(f"{median_ratio(times, name, baseline):9.2f}" for baseline in RATIO_LIMITS)
    return f"{1e9 / median(times[name]):12,.0f}{ratios}"


def print_ratios(times: dict[str, TimesByRival]) -> None:
    """Print our ratio in each measure beside its limit."""
    print(f"{'target':41}{'measured':>9}{'at most':>13}")
    for baseline, limits in RATIO_LIMITS.items():
        for measure, limit in zip(MEASURES, limits, strict=True):
            ratio = median_ratio(times[measure], OURS, baseline)
            print_line(f"{measure} over {baseline}", ratio, "x", limit)


def print_costs() -> None:
    print(f"\n{'time over that without the keyword':41}{'json':>9}{'python':>9}{'json ns':>9}")
    for name, (reading, taking, added) in keyword_costs():
        print(f"{name:41}{reading:9.2f}{taking:9.2f}{added:+9.0f}")


def print_line(name: str, value: float, unit: str, limit: float | None = None) -> None:
    verdict = "reached" if limit is None or value <= limit else "missed"
    target = "" if limit is None else f"{limit:10.2f} {unit:2}  {verdict}"
    print(f"{name:41}{value:9.2f} {unit:2}{target}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
