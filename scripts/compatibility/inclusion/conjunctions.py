"""A schema taken apart into conjunctions of plain keywords, each for one kind of value.

Branches become alternatives, each of which holds or does not. Plain keywords express what does not
hold where they can; the rest is set apart.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import inf
from typing import Any

from contract.json_values import is_object, kind_of
from contract.subschemas import Schema, Subschema, is_annotation, listed_values, types_of

# The kinds of JSON values; a number is an integer or has a fraction.
VALUE_KINDS = ("null", "boolean", "integer", "fraction", "string", "array", "object")


NUMBER_KEYWORDS = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "x-integer"),
)


# The keywords that speak of values of one kind and hold no other schema of the same value.
PLAIN_KEYWORDS: dict[str, tuple[str, ...]] = {
    "null": (),
    "boolean": (),
    "integer": NUMBER_KEYWORDS,
    "fraction": NUMBER_KEYWORDS,
    "string": ("minLength", "maxLength", "pattern", "format"),
    "array": (
        *("items", "prefixItems", "contains", "minContains", "maxContains"),
        *("minItems", "maxItems", "uniqueItems"),
    ),
    "object": (
        *("properties", "patternProperties", "additionalProperties", "propertyNames"),
        *("required", "dependentRequired", "minProperties", "maxProperties"),
    ),
}


KEYWORDS_OF_KINDS = frozenset(word for words in PLAIN_KEYWORDS.values() for word in words)
# The keywords that any value of a kind satisfies.
IDLE_KEYWORDS = {kind: KEYWORDS_OF_KINDS.difference(it) for kind, it in PLAIN_KEYWORDS.items()}


@dataclass(frozen=True)
class Conjunction:
    """The values of one kind that satisfy all of ``parts``, plain keywords, and none of
    ``excluded``; ``given_texts`` are the schemas that the parts were taken from, as text."""

    kind: str
    parts: tuple[Schema, ...] = ()
    excluded: tuple[Subschema, ...] = ()
    given_texts: frozenset[str] = frozenset()

    def values(self, word: str) -> list[Any]:
        return [part[word] for part in self.parts if word in part]


def size_bounds(case: Conjunction, least: str, most: str) -> tuple[int, float]:
    """The least and the most that two keywords of sizes allow together."""
    low = max((int(it) for it in case.values(least)), default=0)
    return low, min((int(it) for it in case.values(most)), default=inf)


def assertion_text(schema: Subschema) -> str:
    """A schema as text, without its annotations and definitions."""
    if not isinstance(schema, bool):
        schema = {it: schema[it] for it in assertion_keywords(schema)}
    return json.dumps(schema, sort_keys=True)


def assertion_keywords(schema: Schema) -> list[str]:
    return [word for word in schema if not is_annotation(word) and word != "$defs"]


# The keywords that say something together; every other one says something by itself.
KEYWORD_GROUPS = (
    ("type", "x-integer"),
    ("properties", "patternProperties", "additionalProperties"),
    ("prefixItems", "items"),
    ("contains", "minContains", "maxContains"),
    ("if", "then", "else"),
)
GROUP_OF = {word: group for group in KEYWORD_GROUPS for word in group}


def stated_parts(schema: Subschema) -> Iterator[str]:
    """The texts of schemas all of which say together what a schema says, as it is written."""
    if isinstance(schema, bool):
        yield from () if schema else (assertion_text(schema),)
        return
    groups = {GROUP_OF.get(word, (word,)) for word in assertion_keywords(schema)}
    for group in groups - {("allOf",)}:
        yield assertion_text({word: schema[word] for word in group if word in schema})
    for part in schema.get("allOf", ()):
        yield from stated_parts(part)


def telling_keywords(schema: Schema, kind: str) -> list[str]:
    """The keywords that assert something of values of a kind."""
    return [word for word in assertion_keywords(schema) if word not in IDLE_KEYWORDS[kind]]


def allowed_kinds(schema: Schema) -> list[str]:
    """The kinds of value that the schema's ``type`` allows."""
    listed = types_of(schema) or [*VALUE_KINDS]
    return [*listed, *(("integer", "fraction") if "number" in listed else ())]


def plain_part(schema: Schema, kind: str) -> Schema:
    """The plain keywords of a schema that judge values of a kind."""
    return {
        word: it for word, it in schema.items() if word in ("enum", "const", *PLAIN_KEYWORDS[kind])
    }


# Branches. Of the alternatives that a keyword gives, at least one is met by any value.

Choice = tuple[Subschema, bool]  # a subschema of the same value, and whether it holds


Alternatives = list[tuple[Choice, ...]]


def branch_choices(schema: Schema, kind: str) -> Iterator[list[Choice]]:
    """Every way in which the branches of a schema can hold or not."""
    ways = product(*alternatives_of(schema, kind))
    return ([choice for taken in way for choice in taken] for way in ways)


def alternatives_of(schema: Schema, kind: str) -> Iterator[Alternatives]:
    """The alternatives of each keyword with branches."""
    if "anyOf" in schema:
        yield [((it, True),) for it in schema["anyOf"]]
    if "oneOf" in schema:
        branches: list[Subschema] = schema["oneOf"]
        yield [
            tuple((it, index == one) for index, it in enumerate(branches))
            for one in range(len(branches))
        ]
    if "not" in schema:
        yield [((schema["not"], False),)]
    if "if" in schema:
        then, otherwise = schema.get("then", True), schema.get("else", True)
        yield condition_alternatives(schema["if"], then, otherwise)
    for name, dependent in schema.get("dependentSchemas", {}).items() if kind == "object" else ():
        yield condition_alternatives(schema_requiring(name), dependent, True)


def schema_requiring(name: str) -> Schema:
    return {"type": "object", "required": [name]}


def condition_alternatives(
    condition: Subschema, then: Subschema, otherwise: Subschema
) -> Alternatives:
    return [((condition, True), (then, True)), ((condition, False), (otherwise, True))]


# The opposite of a schema.

Opposites = list[Subschema] | None  # alternatives of which one holds; None if they are not known


def opposites_of(schema: Subschema, kind: str) -> Opposites:
    """Schemas: a value of this kind satisfies at least one if and only if it does not satisfy the
    given one. Empty if all values satisfy that, None if the opposites are not known."""
    if isinstance(schema, bool):
        return [] if schema else [True]
    if kind not in allowed_kinds(schema) or is_of_other_kind(schema, kind):
        return [True]
    alternatives: list[Subschema] = []
    unknown: list[Schema] = []
    for part in parts_of(schema, kind):
        first = next(iter(part))
        opposites = KEYWORD_OPPOSITES[first](part) if first in KEYWORD_OPPOSITES else None
        if opposites is None:
            unknown.append(part)
        else:
            alternatives += opposites
    return None if unknown and not alternatives else [*alternatives, *map(negation_of, unknown)]


def parts_of(schema: Schema, kind: str) -> Iterator[Schema]:
    """The schema in parts of one keyword or of a group, which together say of values of a kind
    what it says."""
    telling = [word for word in telling_keywords(schema, kind) if word != "type"]
    for group in dict.fromkeys(GROUP_OF.get(word, (word,)) for word in telling):
        yield {word: schema[word] for word in group if word in schema}


def is_of_other_kind(schema: Schema, kind: str) -> bool:
    """Whether ``enum`` or ``const`` lists no value of this kind."""
    listed = listed_values(schema)
    return bool(listed) and all(kind_of(it) != kind for it in listed)


def size_opposites(least: str, most: str) -> dict[str, Callable[[Schema], Opposites]]:
    """A size is below the least one, or beyond the most one."""
    return {
        least: lambda schema: [{most: schema[least] - 1}] if schema[least] else [],
        most: lambda schema: [{least: schema[most] + 1}],
    }


def opposites_of_constants(values: list[Any]) -> Opposites:
    """The opposites of an empty string, array or object alone."""
    words = {"string": "minLength", "array": "minItems", "object": "minProperties"}
    word = words.get(kind_of(values[0])) if len(values) == 1 and not values[0] else None
    return [{word: 1}] if word else None


def few_values_of(schemas: Iterable[Subschema]) -> list[Any] | None:
    """What one of the schemas lists: all values that satisfy each of them are among these."""
    for schema in schemas:
        if schema is False or (is_object(schema) and schema.get("not") in (True, {})):
            return []
        if is_object(schema) and not {"const", "enum"}.isdisjoint(schema):
            return listed_values(schema)
        if is_object(schema) and str(schema.get("type")) in FEW_BY_TYPE:
            return FEW_BY_TYPE[schema["type"]]
    return None


FEW_BY_TYPE: dict[str, list[Any]] = {"null": [None], "boolean": [False, True]}
MAX_LISTED = 256  # arrays or objects that are tried one by one


def opposites_of_properties(schema: Schema) -> Opposites:
    """For each property: the member is there and does not satisfy its schema."""
    if len(schema) > 1:
        return None
    return [
        {"required": [name], "properties": {name: negation_of(member)}}
        for name, member in schema["properties"].items()
        if member not in (True, {})
    ]


def negation_of(schema: Subschema) -> Subschema:
    return not schema if isinstance(schema, bool) else {"not": schema}


def opposites_of_items(schema: Schema) -> Opposites:
    """An item is there and not as its position asks; of those behind a prefix that none is."""
    prefix, rest = schema.get("prefixItems", []), schema.get("items", True)
    if not prefix:
        return [{"contains": negation_of(rest)}]
    if rest not in (True, {}, False):
        return None
    wrong = [*map(negation_of, prefix), *([] if rest else [True])]
    return [
        {"minItems": index + 1, "prefixItems": [*[True] * index, it]}
        for index, it in enumerate(wrong)
        if it is not False
    ]


def opposites_of_contains(schema: Schema) -> Opposites:
    if not schema.keys().isdisjoint(("minContains", "maxContains")):
        return None
    return [{"items": negation_of(schema["contains"])}]


def opposites_of_one(schema: Schema) -> Opposites:
    """None of the branches holds, or two of them do."""
    branches = schema["oneOf"]
    none: Schema = {"allOf": [negation_of(it) for it in branches]}
    return [none, *({"allOf": [*pair]} for pair in combinations(branches, 2))]


def opposites_of_condition(schema: Schema) -> Opposites:
    condition, then, otherwise = schema["if"], schema.get("then", True), schema.get("else", True)
    return [
        {"allOf": [condition, negation_of(then)]},
        {"allOf": [negation_of(condition), negation_of(otherwise)]},
    ]


# By the first keyword of a part the opposites of the part.
KEYWORD_OPPOSITES: dict[str, Callable[[Schema], Opposites]] = {
    "minimum": lambda schema: [{"exclusiveMaximum": schema["minimum"]}],
    "maximum": lambda schema: [{"exclusiveMinimum": schema["maximum"]}],
    "exclusiveMinimum": lambda schema: [{"maximum": schema["exclusiveMinimum"]}],
    "exclusiveMaximum": lambda schema: [{"minimum": schema["exclusiveMaximum"]}],
    **size_opposites("minLength", "maxLength"),
    **size_opposites("minItems", "maxItems"),
    **size_opposites("minProperties", "maxProperties"),
    "required": lambda schema: [{"properties": {name: False}} for name in schema["required"]],
    "properties": opposites_of_properties,
    "items": opposites_of_items,
    "prefixItems": opposites_of_items,
    "contains": opposites_of_contains,
    "const": lambda schema: opposites_of_constants([schema["const"]]),
    "enum": lambda schema: opposites_of_constants(schema["enum"]),
    "not": lambda schema: [schema["not"]],
    "allOf": lambda schema: [negation_of(it) for it in schema["allOf"]],
    "anyOf": lambda schema: [{"allOf": [negation_of(it) for it in schema["anyOf"]]}],
    "oneOf": opposites_of_one,
    "if": opposites_of_condition,
}
