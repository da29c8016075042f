"""The speed of our models beside the peers on the real schemas of ``make test-world``."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from statistics import geometric_mean
from types import ModuleType
from typing import Any
from warnings import catch_warnings, simplefilter

import datamodel_code_generator
import fastjsonschema
import jsonschema_rs
from bench_race import Call, race
from contract.read import Contract
from contract.refusal import Refused
from contract.subschemas import Schema
from datamodel_code_generator.config import GenerateConfig
from documents.boundary import boundary_documents
from oracle.oracle import Oracle, oracle_for, with_encoded_references
from output.package import package_code
from proof.sandbox import imported_package, model_in
from world_schemas import MESSAGE, MODULE, world_contract, world_schemas

OURS = "ours"


PLAIN = "plain, keeps unknown"


VALIDATORS = ("jsonschema-rs", "fastjsonschema")


ROUND_COUNT = 25  # of which the best counts, because a busy machine slows single ones


DOCUMENT_COUNT, FEWEST_DOCUMENTS = 40, 5


LARGEST_SCHEMA = 150_000  # bytes; the plain models of larger ones take minutes to make


# The name of a schema, and the best time of each rival on its valid documents, in ns of a document.
Race = tuple[str, dict[str, float]]


def print_world() -> None:
    """Print our time over that of each peer that can, on all schemas that are not refused."""
    names = [name for name, text in world_schemas().items() if len(text) <= LARGEST_SCHEMA]
    if not names:
        print("\nreal schemas: none are here; make test-world downloads them")
        return
    races = [*races_on(names)]
    print(f"\n{'real schemas, time of ours over':34}{'schemas':>8}{'mean':>8}{'worst':>8}")
    for peer in (PLAIN, *VALIDATORS):
        print_peer(peer, [it for it in races if peer in it[1]])
    print("mean: geometric, of the best times to read JSON text (validators by json.loads)")


def print_peer(peer: str, races: Sequence[Race]) -> None:
    ratios = [(times[OURS] / times[peer], name) for name, times in races]
    mean, (worst, name) = geometric_mean(ratio for ratio, _ in ratios), max(ratios)
    print(f"{peer:34}{len(races):8}{mean:8.2f}{worst:8.2f}  {name}")


def races_on(names: Sequence[str]) -> Iterator[Race]:
    for name in names:
        try:
            contract = world_contract(name)
            oracle = oracle_for(contract, MODULE, MESSAGE)
            texts = valid_texts(contract, oracle)
        except Refused:
            continue
        with imported_package(package_code(contract, formatted=False)) as package:
            ours: Any = model_in(package, MODULE, MESSAGE)
            rivals = {OURS: ours.model_validate_json, **peers_of(oracle)}
            yield from race_of(name, rivals, texts)


def valid_texts(contract: Contract, oracle: Oracle) -> list[str]:
    """Some of the valid boundary documents, evenly of all, the same ones every time."""
    schema = contract.modules[MODULE].messages[MESSAGE]
    drawn = [it.instance for it in boundary_documents("", schema)]
    valid = [json.dumps(it) for it in drawn if oracle.second_opinion(it)]
    return valid[:: len(valid) // DOCUMENT_COUNT + 1]


def race_of(name: str, rivals: dict[str, Call], texts: Sequence[str]) -> Iterator[Race]:
    """The race on the documents that all rivals take, if enough are left."""
    taken = [text for text in texts if all(takes(call, text) for call in rivals.values())]
    if len(taken) >= FEWEST_DOCUMENTS:
        times = race(rivals, lambda _: taken, ROUND_COUNT)
        yield name, {rival: min(rounds) for rival, rounds in times.items()}


def takes(call: Call, text: str) -> bool:
    """Whether a rival accepts the document; whatever it raises, it does not."""
    try:
        return call(text) is not False
    except Exception:
        return False


def peers_of(oracle: Oracle) -> dict[str, Call]:
    """Those of the peers that can make something of the schema, of which each gets a copy."""
    schema: Any = oracle.schema
    made: dict[str, Call] = {}
    for name, make in ((PLAIN, plain_reader), ("fastjsonschema", fast_reader)):
        with suppress(Exception), catch_warnings():  # whatever they have against it
            simplefilter("ignore")
            made[name] = make(deepcopy(schema))
    return {**made, "jsonschema-rs": rust_reader(oracle)}


def plain_reader(schema: Schema) -> Call:
    """The class that datamodel-code-generator makes by itself."""
    module = sys.modules["plain_world"] = ModuleType("plain_world")
    exec(plain_model_code(schema, extra_fields="allow", class_name="Root"), module.__dict__)
    root: Any = module.__dict__["Root"]
    root.model_rebuild()
    read: Call = root.model_validate_json
    return read


def plain_model_code(schema: Schema, **options: Any) -> str:
    """The module that datamodel-code-generator makes of the schema alone; nothing is fetched."""
    every: dict[str, Any] = {"input_file_type": "jsonschema", "formatters": [], **options}
    config = GenerateConfig(allow_remote_refs=False, **every)
    return str(datamodel_code_generator.generate(json.dumps(schema), config=config))


def fast_reader(schema: Schema) -> Call:
    """Without defaults, which would be written into the documents; nothing is fetched."""
    handlers = {"http": no_schema, "https": no_schema}
    compiled: Any = fastjsonschema.compile(schema, handlers, use_default=False)
    return lambda text: compiled(json.loads(text))


def no_schema(uri: str) -> Any:
    raise LookupError(uri)


def rust_reader(oracle: Oracle) -> Call:
    """With its own formats, as people use it."""
    validator: Any = jsonschema_rs.validator_for(
        with_encoded_references(oracle.schema),
        validate_formats=True,
        registry=jsonschema_rs.Registry([*oracle.second_resources()]),
        base_uri=oracle.uri or None,
        offline=True,
    )
    return lambda text: validator.is_valid(json.loads(text))
