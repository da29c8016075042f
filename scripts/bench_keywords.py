"""What a rare keyword costs: time of a model with it over that of the same model without it."""

import importlib
import json
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter_ns
from typing import Any, NamedTuple

from contract.read import build_contract
from contract.subschemas import Schema
from output.package import package_code
from proof.sandbox import imported_package

TEXT: Schema = {"type": "string"}


WHOLE: Schema = {"type": "integer"}


WORDS: list[str] = ["alpha", "beta", "gamma", "delta"]


CALLS, ROUNDS = 200, 15


class Keyword(NamedTuple):
    """A schema, the keywords that are measured with it, and a valid instance."""

    base: Schema
    added: Schema
    instance: Any


def members(**properties: Any) -> Schema:
    return {"type": "object", "properties": properties}


SEVEN = members(**dict.fromkeys("abcdefg", TEXT))


LETTERS = dict.fromkeys("abcdefg", "text")


CAT = {**members(kind={"const": "cat"}, name=TEXT), "required": ["kind"]}


DOG = {**members(kind={"const": "dog"}, name=TEXT), "required": ["kind"]}


PET = {"kind": "dog", "name": "Rex"}


KEYWORDS: dict[str, Keyword] = {
    "pattern (as in Rust)": Keyword(TEXT, {"pattern": "^[a-z]+-[0-9]+$"}, "abc-123"),
    "pattern (translated)": Keyword(TEXT, {"pattern": r"^\w+-\d+$"}, "abc-123"),
    "format uuid": Keyword(TEXT, {"format": "uuid"}, "0f8fad5b-d9cb-469f-a165-70867728950e"),
    "format date-time": Keyword(TEXT, {"format": "date-time"}, "2025-10-13T16:00:00Z"),
    "format uri": Keyword(TEXT, {"format": "uri"}, "https://example.org/a?b=c"),
    "enum of strings": Keyword(TEXT, {"enum": WORDS}, "gamma"),
    "enum of numbers": Keyword(WHOLE, {"enum": [1, 2, 3]}, 3),
    "multipleOf 3": Keyword(WHOLE, {"multipleOf": 3}, 9),
    "multipleOf 0.01 (Python call)": Keyword({"type": "number"}, {"multipleOf": 0.01}, 1.25),
    "type as a list": Keyword(TEXT, {"type": ["string", "null"]}, "text"),
    "uniqueItems (Python call)": Keyword(
        {"type": "array", "items": TEXT}, {"uniqueItems": True}, WORDS
    ),
    "contains": Keyword({"type": "array", "items": TEXT}, {"contains": {"const": "gamma"}}, WORDS),
    "prefixItems": Keyword({"type": "array"}, {"prefixItems": [TEXT, TEXT], "items": TEXT}, WORDS),
    "oneOf of tagged classes": Keyword({"anyOf": [DOG]}, {"oneOf": [CAT, DOG]}, PET),
    "anyOf of tagged classes": Keyword({"anyOf": [DOG]}, {"anyOf": [CAT, DOG]}, PET),
    "on 7 members: maxProperties": Keyword(SEVEN, {"maxProperties": 9}, LETTERS),
    "on 7 members: propertyNames": Keyword(SEVEN, {"propertyNames": {"maxLength": 9}}, LETTERS),
    "on 7 members: patternProperties": Keyword(
        SEVEN, {"patternProperties": {"^x-": TEXT}}, LETTERS
    ),
    "on 7 members: dependentRequired": Keyword(SEVEN, {"dependentRequired": {"a": ["b"]}}, LETTERS),
    "on 7 members: not": Keyword(SEVEN, {"not": {"required": ["h"]}}, LETTERS),
    "on 7 members: if, then": Keyword(
        SEVEN, {"if": {"required": ["a"]}, "then": {"required": ["b"]}}, LETTERS
    ),
    "on 7 members: allOf": Keyword(SEVEN, {"allOf": [{"required": ["a"]}]}, LETTERS),
}


def costs() -> Iterator[tuple[str, float, float, float]]:
    """Each keyword with the ratios of its times from JSON text and from Python, and the ns that
    it adds to a document from JSON text."""
    schemas = {
        f"{kind}{index}": it
        for index, keyword in enumerate(KEYWORDS.values())
        for kind, it in (("b", keyword.base), ("k", {**keyword.base, **keyword.added}))
    }
    sources = {f"{name}/Message.json": json.dumps(it).encode() for name, it in schemas.items()}
    with imported_package(package_code(build_contract(sources, "1"))) as package:
        for index, (name, keyword) in enumerate(KEYWORDS.items()):
            base, added = (
                importlib.import_module(f"{package}.{kind}{index}").Message for kind in "bk"
            )
            text = json.dumps(keyword.instance)
            reading = race(base.model_validate_json, added.model_validate_json, text)
            taking = race(base.model_validate, added.model_validate, keyword.instance)
            yield name, reading[1] / reading[0], taking[1] / taking[0], reading[1] - reading[0]


def race(*rivals_and_value: Any) -> list[float]:
    """The median ns of one call of each rival, by turns."""
    *rivals, value = rivals_and_value
    times = [[nanoseconds(rival, value) for rival in rivals] for _ in range(ROUNDS)]
    return [median(column) for column in zip(*times, strict=True)]


def nanoseconds(call: Callable[[Any], Any], value: Any) -> float:
    start = perf_counter_ns()
    for _ in range(CALLS):
        call(value)
    return (perf_counter_ns() - start) / CALLS
