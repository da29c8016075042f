"""The cost of a rare keyword: the time of a model with it over that of the model without it."""

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from statistics import median
from typing import Any, NamedTuple

from bench_race import median_ratio, race
from contract.read import build_contract
from contract.subschemas import Schema
from output.package import package_code
from proof.sandbox import imported_package

STRING_SCHEMA: Schema = {"type": "string"}


INTEGER_SCHEMA: Schema = {"type": "integer"}


SAMPLE_STRINGS: list[str] = ["alpha", "beta", "gamma", "delta"]


CALLS_PER_ROUND, ROUND_COUNT = 200, 15


RIVALS = ("base", "added")


class MeasuredKeyword(NamedTuple):
    """A schema, the keywords that the measurement adds to it, and a valid instance."""

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


# Ratios of the times with and without the keywords, of JSON text and of Python objects, and the ns
# that the keywords add to JSON text.
KeywordCost = tuple[float, float, float]


def keyword_costs() -> Iterator[tuple[str, KeywordCost]]:
    """The cost of each measured keyword by its name."""
    schemas: dict[str, Schema] = {}
    for index, measured in enumerate(MEASURED_KEYWORDS.values()):
        schemas[f"base{index}"] = measured.base
        schemas[f"added{index}"] = {**measured.base, **measured.added}
    files = {f"{name}/Message.json": json.dumps(it).encode() for name, it in schemas.items()}
    with imported_package(package_code(build_contract(files, "1"))) as package:
        for index, (name, measured) in enumerate(MEASURED_KEYWORDS.items()):
            models = {rival: import_module(f"{package}.{rival}{index}").Message for rival in RIVALS}
            yield name, measured_cost(models, measured.instance)


def measured_cost(models: Mapping[str, Any], instance: Any) -> KeywordCost:
    """The cost of one keyword, by a race of its two models from JSON text and from Python."""
    readers = {rival: model.model_validate_json for rival, model in models.items()}
    takers = {rival: model.model_validate for rival, model in models.items()}
    texts = [json.dumps(instance)] * CALLS_PER_ROUND
    instances = [instance] * CALLS_PER_ROUND
    reading = race(readers, lambda _: texts, ROUND_COUNT)
    taking = race(takers, lambda _: instances, ROUND_COUNT)
    json_ratio, python_ratio = (median_ratio(it, "added", "base") for it in (reading, taking))
    added = median(reading["added"]) - median(reading["base"])
    return json_ratio, python_ratio, added
