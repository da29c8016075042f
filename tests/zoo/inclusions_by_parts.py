"""The same of schemas whose parts have opposites, of distinct items, of names and of formats."""

from typing import Any

from contract.subschemas import Schema

from tests.zoo.inclusions import ARRAY, UNIQUE_AB, UUIDS, A, B, text_of
from tests.zoo.small_schemas import TEXT, WHOLE

NO_LONG_A: Schema = {**TEXT, "not": {"minLength": 5, "pattern": "a"}}
ONE_TWICE: Schema = {
    **{"type": "array", "uniqueItems": True, "minItems": 2},
    "prefixItems": [{"const": 1}, {"const": 1}],
}
AB_TWICE: Schema = {**UNIQUE_AB, "minItems": 2}
MANY_A: Schema = {**UNIQUE_AB, "contains": {"const": "a"}, "minContains": 2}
A_NEEDS_B: Schema = {"type": "object", "dependentRequired": {"a": ["b"]}}

PART_FACTS: list[tuple[Any, Any, Any, Any]] = [
    # Opposites of the parts of a schema.
    (
        NO_LONG_A,
        {"anyOf": [{"maxLength": 4}, {"pattern": "[^a]"}]},
        {"anyOf": [{"maxLength": 3}, {"pattern": "[^a]"}]},
        "aaaa",
    ),
    (
        {"not": {"anyOf": [{"not": {"const": "ok"}}, {"const": "bad"}]}},
        {"enum": ["ok", "other"]},
        {"enum": ["other"]},
        "ok",
    ),
    (
        {"not": {"oneOf": [TEXT, {"not": {"enum": [1, "a", None]}}]}},
        {"anyOf": [TEXT, {"enum": [1, None]}]},
        {"anyOf": [TEXT, {"enum": [1]}]},
        None,
    ),
    ({"type": "object", "not": {"if": A, "then": B}}, A, B, {"a": 1}),
    (
        {**ARRAY, "items": {"type": ["integer", "string"]}},
        {"anyOf": [{"prefixItems": [it]} for it in (WHOLE, TEXT)]},
        {"anyOf": [{"prefixItems": [it]} for it in (WHOLE, {"type": "null"})]},
        [""],
    ),
    (
        ARRAY,
        {
            "anyOf": [
                {"prefixItems": [WHOLE], "items": False},
                {"prefixItems": [{"not": WHOLE}]},
                {"minItems": 2},
            ]
        },
        {"anyOf": [{"prefixItems": [WHOLE], "items": False}, {"prefixItems": [{"not": WHOLE}]}]},
        [1, 1],
    ),
    # Items no two of which are equal.
    (AB_TWICE, {"contains": {"const": "a"}}, {"contains": {"const": "c"}}, ["a", "b"]),
    (
        UNIQUE_AB,
        {"contains": {"const": "a"}, "minContains": 0, "maxContains": 1},
        {"contains": {"enum": ["a", "b"]}, "minContains": 0, "maxContains": 1},
        ["a", "b"],
    ),
    ({**UNIQUE_AB, "prefixItems": [TEXT]}, {"maxItems": 3}, {"maxItems": 2}, ["c", "a", "b"]),
    ({"anyOf": [ONE_TWICE, {"const": [1]}]}, {"maxItems": 1}, {"maxItems": 0}, [1]),
    ({"anyOf": [MANY_A, {"const": []}]}, {"maxItems": 0}, {"minItems": 1}, []),
    # Names.
    (
        {"type": "object", "propertyNames": {"maxLength": 0}},
        {"maxProperties": 1},
        {"maxProperties": 0},
        {"": 0},
    ),
    (
        {**A_NEEDS_B, "maxProperties": 1},
        {"dependentRequired": {"a": ["c"]}},
        {"dependentRequired": {"d": ["c"]}},
        {"d": 1},
    ),
    (
        {**A_NEEDS_B, "properties": {"b": False}},
        {"dependentRequired": {"a": ["c"]}},
        {"dependentRequired": {"d": ["c"]}},
        {"d": 1},
    ),
    (
        {"type": "object", "properties": {"a": {"not": {}}}, "additionalProperties": False},
        {"enum": [{}]},
        A,
        {},
    ),
    # Formats.
    (text_of("email"), {"format": "idn-email"}, {"format": "uri"}, "a@b.c"),
    (text_of("date"), {"format": "hostname"}, {"format": "email"}, "2024-02-29"),
    (UUIDS, {"format": "uri-template"}, {"format": "ipv6"}, "0f8fad5b-d9cb-469f-a165-70867728950e"),
]
