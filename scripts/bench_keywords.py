"""What a rare keyword costs: time of a model with it over that of the same model without it."""

import importlib
import json
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter_ns
from typing import Any, NamedTuple

from contract.read import build_contract
from contract.subschemas import Schema
from output.package import python_package
from proof.sandbox import imported_package

STRING_SCHEMA: Schema = {"type": "string"}


INTEGER_SCHEMA: Schema = {"type": "integer"}


SAMPLE_STRINGS: list[str] = ["alpha", "beta", "gamma", "delta"]


CALLS_PER_ROUND, ROUND_COUNT = 200, 15


class MeasuredKeyword(NamedTuple):
    """A schema, the keywords that are measured with it, and a valid instance."""

    base: Schema
    added: Schema
    instance: Any


def properties_schema(**properties: Any) -> Schema:
    return {"type": "object", "properties": properties}


SEVEN_MEMBERS = properties_schema(**dict.fromkeys("abcdefg", STRING_SCHEMA))


LETTER_DOCUMENT = dict.fromkeys("abcdefg", "text")


CAT_SCHEMA = {**properties_schema(kind={"const": "cat"}, name=STRING_SCHEMA), "required": ["kind"]}


DOG_SCHEMA = {**properties_schema(kind={"const": "dog"}, name=STRING_SCHEMA), "required": ["kind"]}


DOG_DOCUMENT = {"kind": "dog", "name": "Rex"}


MEASURED_KEYWORDS: dict[str, MeasuredKeyword] = {
    "pattern (as in Rust)": MeasuredKeyword(
        STRING_SCHEMA, {"pattern": "^[a-z]+-[0-9]+$"}, "abc-123"
    ),
    "pattern (translated)": MeasuredKeyword(STRING_SCHEMA, {"pattern": r"^\w+-\d+$"}, "abc-123"),
    "format uuid": MeasuredKeyword(
        STRING_SCHEMA, {"format": "uuid"}, "0f8fad5b-d9cb-469f-a165-70867728950e"
    ),
    "format date-time": MeasuredKeyword(
        STRING_SCHEMA, {"format": "date-time"}, "2025-10-13T16:00:00Z"
    ),
    "format uri": MeasuredKeyword(STRING_SCHEMA, {"format": "uri"}, "https://example.org/a?b=c"),
    "enum of strings": MeasuredKeyword(STRING_SCHEMA, {"enum": SAMPLE_STRINGS}, "gamma"),
    "enum of numbers": MeasuredKeyword(INTEGER_SCHEMA, {"enum": [1, 2, 3]}, 3),
    "multipleOf 3": MeasuredKeyword(INTEGER_SCHEMA, {"multipleOf": 3}, 9),
    "multipleOf 0.01 (Python call)": MeasuredKeyword(
        {"type": "number"}, {"multipleOf": 0.01}, 1.25
    ),
    "type as a list": MeasuredKeyword(STRING_SCHEMA, {"type": ["string", "null"]}, "text"),
    "uniqueItems (Python call)": MeasuredKeyword(
        {"type": "array", "items": STRING_SCHEMA}, {"uniqueItems": True}, SAMPLE_STRINGS
    ),
    "contains": MeasuredKeyword(
        {"type": "array", "items": STRING_SCHEMA}, {"contains": {"const": "gamma"}}, SAMPLE_STRINGS
    ),
    "prefixItems": MeasuredKeyword(
        {"type": "array"},
        {"prefixItems": [STRING_SCHEMA, STRING_SCHEMA], "items": STRING_SCHEMA},
        SAMPLE_STRINGS,
    ),
    "oneOf of tagged classes": MeasuredKeyword(
        {"anyOf": [DOG_SCHEMA]}, {"oneOf": [CAT_SCHEMA, DOG_SCHEMA]}, DOG_DOCUMENT
    ),
    "anyOf of tagged classes": MeasuredKeyword(
        {"anyOf": [DOG_SCHEMA]}, {"anyOf": [CAT_SCHEMA, DOG_SCHEMA]}, DOG_DOCUMENT
    ),
    "on 7 members: maxProperties": MeasuredKeyword(
        SEVEN_MEMBERS, {"maxProperties": 9}, LETTER_DOCUMENT
    ),
    "on 7 members: propertyNames": MeasuredKeyword(
        SEVEN_MEMBERS, {"propertyNames": {"maxLength": 9}}, LETTER_DOCUMENT
    ),
    "on 7 members: patternProperties": MeasuredKeyword(
        SEVEN_MEMBERS, {"patternProperties": {"^x-": STRING_SCHEMA}}, LETTER_DOCUMENT
    ),
    "on 7 members: dependentRequired": MeasuredKeyword(
        SEVEN_MEMBERS, {"dependentRequired": {"a": ["b"]}}, LETTER_DOCUMENT
    ),
    "on 7 members: not": MeasuredKeyword(
        SEVEN_MEMBERS, {"not": {"required": ["h"]}}, LETTER_DOCUMENT
    ),
    "on 7 members: if, then": MeasuredKeyword(
        SEVEN_MEMBERS, {"if": {"required": ["a"]}, "then": {"required": ["b"]}}, LETTER_DOCUMENT
    ),
    "on 7 members: allOf": MeasuredKeyword(
        SEVEN_MEMBERS, {"allOf": [{"required": ["a"]}]}, LETTER_DOCUMENT
    ),
}


def keyword_costs() -> Iterator[tuple[str, float, float, float]]:
    """Each keyword with the ratios of its times from JSON text and from Python, and the ns that
    it adds to a document from JSON text."""
    schemas = {
        f"{kind}{index}": it
        for index, keyword in enumerate(MEASURED_KEYWORDS.values())
        for kind, it in (("b", keyword.base), ("k", {**keyword.base, **keyword.added}))
    }
    sources = {f"{name}/Message.json": json.dumps(it).encode() for name, it in schemas.items()}
    with imported_package(python_package(build_contract(sources, "1"))) as package:
        for index, (name, keyword) in enumerate(MEASURED_KEYWORDS.items()):
            base, added = (
                importlib.import_module(f"{package}.{kind}{index}").Message for kind in "bk"
            )
            text = json.dumps(keyword.instance)
            reading = median_times(base.model_validate_json, added.model_validate_json, text)
            taking = median_times(base.model_validate, added.model_validate, keyword.instance)
            yield name, reading[1] / reading[0], taking[1] / taking[0], reading[1] - reading[0]


def median_times(*rivals_and_value: Any) -> list[float]:
    """The median ns of one call of each rival, by turns."""
    *rivals, value = rivals_and_value
    times = [[mean_nanoseconds(rival, value) for rival in rivals] for _ in range(ROUND_COUNT)]
    return [median(column) for column in zip(*times, strict=True)]


def mean_nanoseconds(call: Callable[[Any], Any], value: Any) -> float:
    start = perf_counter_ns()
    for _ in range(CALLS_PER_ROUND):
        call(value)
    return (perf_counter_ns() - start) / CALLS_PER_ROUND
