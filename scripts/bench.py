"""How fast the models are beside what one would use instead: ``bench.py [--rounds N]``.

Speeds depend on the machine, so each is also given as a ratio of times within one round, over
the plain datamodel-codegen model that keeps unknown keys (the same job as ours) and the one
that drops them. Beside its speed stands how often each peer is wrong. A report: exit status 0.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from statistics import median
from time import perf_counter_ns
from types import ModuleType
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import datamodel_code_generator
import fastjsonschema
import msgspec
import pydantic
from bench_keywords import keyword_costs
from contract.project import ROOT, contract_version
from contract.read import build_contract, read_schema_files
from contract.subschemas import Schema
from datamodel_code_generator.config import GenerateConfig
from documents.boundary import BoundaryDocuments
from generate import render
from msgspec import UNSET, UnsetType
from oracle.oracle import Oracle

MODULE, MESSAGE = "operations", "CloseChatSessionResponse"


DOCUMENT_COUNT = 500


MEASURES = ("json", "python", "dump")  # text -> model, json.loads(text) -> model, model -> text


OURS, PLAIN_KEEPS, PLAIN_DROPS = "ours", "plain, keeps unknown", "plain, drops unknown"


DOCUMENT_STEPS = {"jsonschema": 10}  # slow peers are timed on every tenth document


# What our time over a baseline's is to be at most, in the order of MEASURES.
RATIO_LIMITS = {PLAIN_KEEPS: (1.00, 1.00, 1.00), PLAIN_DROPS: (1.05, 1.15, 1.00)}


IMPORT_LIMIT_MS = 25.0  # ms


Call = Callable[[Any], Any]


Peer = dict[str, Call]  # by measure; raises one of REJECTED or returns False to reject


TimesByPeer = dict[str, list[float]]  # ns per document by peer, one for each round


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


def main() -> None:
    parser = argparse.ArgumentParser(description="Documents per second beside the peers.")
    parser.add_argument("--rounds", type=int, default=60, metavar="N")
    rounds: int = parser.parse_args().rounds
    contract = build_contract(read_schema_files(ROOT / "schemas"), contract_version())
    schema = contract.modules[MODULE].messages[MESSAGE]
    oracle = Oracle(schema)
    peers = all_peers(schema, oracle)
    texts = realistic_texts(oracle)
    times = {measure: time_peers(peers, measure, texts, rounds) for measure in MEASURES}
    judged = [
        (json.dumps(it.instance), oracle.accepts(it.instance)) for it in BoundaryDocuments(schema)
    ]
    print(f"Python {sys.version.split()[0]}, pydantic {pydantic.VERSION};", end=" ")
    print(f"{MESSAGE} documents: {DOCUMENT_COUNT}, rounds: {rounds}, medians\n")
    print_peers(times, {name: wrong_verdicts(peer, judged) for name, peer in peers.items()})
    print_ratios(times)
    print_line("import after pydantic", import_time(), "ms", IMPORT_LIMIT_MS)
    print_line("import after pydantic and a first model", import_time(FIRST_MODEL_CODE), "ms")
    print_line("generation", mean_nanoseconds(render, [contract] * 5) / 1e6, "ms")
    print_line("generation, plain", mean_nanoseconds(plain_model_code, [schema] * 5) / 1e6, "ms")
    print_costs()


def realistic_texts(oracle: Oracle) -> list[str]:
    """DOCUMENTS distinct valid texts without unknown keys, the same ones every time."""
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
    """Ours, the two plain models, the validators and msgspec, by the name they are shown with."""
    sys.path.insert(0, str(ROOT / "generated"))
    # use_default=True would write the defaults into documents that all peers share.
    compiled: Any = fastjsonschema.compile(schema, use_default=False)
    return {
        OURS: model_peer("ours", f"from pydantic_models.{MODULE} import {MESSAGE}"),
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


def plain_model_code(schema: Schema, **options: Any) -> str:
    """What datamodel-code-generator makes of the schema by itself."""
    every: dict[str, Any] = {"input_file_type": "jsonschema", "formatters": [], **options}
    config = GenerateConfig(**every)
    return str(datamodel_code_generator.generate(json.dumps(schema), config=config))


def model_peer(name: str, source: str) -> Peer:
    """The message's class in a module of this text."""
    module = sys.modules[name] = ModuleType(name)  # where pydantic looks annotations up
    exec(source, module.__dict__)
    it: Any = getattr(module, MESSAGE)
    calls = (it.model_validate_json, it.model_validate, it.model_dump_json)
    return dict(zip(MEASURES, calls, strict=True))


def validator_peer(validate: Call) -> Peer:
    return {"json": lambda text: validate(json.loads(text)), "python": validate}


def time_peers(
    peers: dict[str, Peer], measure: str, texts: Sequence[str], rounds: int
) -> TimesByPeer:
    """Every peer once a round, on inputs made just before, as a service has them; who runs after
    whom changes with the rounds."""
    order = [name for name, peer in peers.items() if measure in peer]
    times: TimesByPeer = {name: [] for name in order}
    for turn in range(rounds):
        order = order[1:] + order[:1]
        # Rotation alone would leave each peer the same predecessor.
        for name in order if turn % 2 else reversed(order):
            make: Peer = {"json": str, "python": json.loads, "dump": peers[name]["json"]}
            inputs = [make[measure](text) for text in texts[:: DOCUMENT_STEPS.get(name, 1)]]
            times[name].append(mean_nanoseconds(peers[name][measure], inputs))
    return times


def mean_nanoseconds(call: Call, values: Sequence[Any]) -> float:
    """Time of one call, the mean of one pass over the values."""
    gc.disable()
    start = perf_counter_ns()
    for value in values:
        call(value)
    spent = perf_counter_ns() - start
    gc.enable()
    return spent / len(values)


# Pydantic itself imports more when it builds its first model, whoever defines it.
FIRST_MODEL_CODE = "class First(BaseModel): member: int"


IMPORT_SCRIPT = f"""
import time
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
{{before}}
start = time.perf_counter_ns()
import pydantic_models.{MODULE}
print(time.perf_counter_ns() - start)
"""


def import_time(before: str = "") -> float:
    """ms that a new interpreter needs for our package after pydantic, the median of 7."""
    command = [sys.executable, "-c", IMPORT_SCRIPT.format(before=before)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generated")}
    return median(int(subprocess.check_output(command, env=environment)) for _ in range(7)) / 1e6


def wrong_verdicts(peer: Peer, judged: Sequence[tuple[str, bool]]) -> str:
    """How many verdicts differ from the oracle's on (text, verdict), of how many."""
    right = [is_accepted(peer["json"], text) == verdict for text, verdict in judged]
    right += [is_accepted(peer["python"], json.loads(text)) == verdict for text, verdict in judged]
    return f"{right.count(False)}/{len(right)}"


def is_accepted(call: Call, value: Any) -> bool:
    try:
        return call(value) is not False
    except REJECTION_ERRORS:
        return False


def median_ratio(times: TimesByPeer, name: str, baseline: str) -> float:
    """Median over the rounds; within one, what slows the machine down slows both."""
    pairs = zip(times[name], times[baseline], strict=True)
    return median(mine / other for mine, other in pairs)


def print_peers(times: dict[str, TimesByPeer], mistakes: dict[str, str]) -> None:
    heads = "".join(f"{measure + '/s':>12}{'x keeps':>9}{'x drops':>9}" for measure in MEASURES)
    print(f"{'documents per second':24}{heads}{'wrong verdicts':>16}")
    for name, mistake in mistakes.items():
        cells = "".join(speed_cells(found, name) for found in times.values())
        print(f"{name:24}{cells}{mistake:>16}")
    print("x keeps, x drops: time over that of the plain model that keeps, drops unknown keys\n")


def speed_cells(times: TimesByPeer, name: str) -> str:
    """Documents per second, then the ratio to each baseline."""
    if name not in times:
        return f"{'-':>12}{'-':>9}{'-':>9}"
    ratios = "".join(f"{median_ratio(times, name, baseline):9.2f}" for baseline in RATIO_LIMITS)
    return f"{1e9 / median(times[name]):12,.0f}{ratios}"


def print_ratios(times: dict[str, TimesByPeer]) -> None:
    print(f"{'target':41}{'found':>9}{'at most':>13}")
    for baseline, limits in RATIO_LIMITS.items():
        for measure, limit in zip(MEASURES, limits, strict=True):
            found = median_ratio(times[measure], OURS, baseline)
            print_line(f"{measure} over {baseline}", found, "x", limit)


def print_costs() -> None:
    print(f"\n{'time over that without the keyword':41}{'json':>9}{'python':>9}{'json ns':>9}")
    for name, reading, taking, added in keyword_costs():
        print(f"{name:41}{reading:9.2f}{taking:9.2f}{added:+9.0f}")


def print_line(name: str, found: float, unit: str, limit: float | None = None) -> None:
    verdict = "reached" if limit is None or found <= limit else "missed"
    target = "" if limit is None else f"{limit:10.2f} {unit:2}  {verdict}"
    print(f"{name:41}{found:9.2f} {unit:2}{target}".rstrip())


if __name__ == "__main__":
    main()
