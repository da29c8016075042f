"""``unevaluatedProperties`` and ``unevaluatedItems`` (Core 11) in words of other keywords.

Which members are evaluated depends on which branches hold. An ``if`` separates the cases, and each
case ends with ``additionalProperties`` or ``items``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from contract.json_values import is_object, without
from contract.refusal import Refused
from contract.subschemas import Schema, map_children, referred_name

UNEVALUATED_KEYWORDS = ("unevaluatedProperties", "unevaluatedItems")


MAX_CASES = 500


def without_unevaluated(
    root: Schema, definitions: Mapping[str, Schema], by_contains: bool | None = True
) -> tuple[Schema, dict[str, Schema]]:
    """The schema and its definitions without the two keywords.

    ``by_contains`` tells whether ``contains`` evaluates items, which it does since 2020-12; None
    if the schemas are of drafts that differ in it.
    """

    def change(path: Any, schema: Any) -> Any:
        return (
            map_children(expand_unevaluated(schema, definitions, by_contains), change)
            if is_object(schema)
            else schema
        )

    return change((), root), {name: change((), it) for name, it in definitions.items()}


def expand_unevaluated(
    schema: Schema, definitions: Mapping[str, Schema], by_contains: bool | None
) -> Schema:
    """The schema with each of the keywords written as the cases that it stands for."""
    cases = [
        UnevaluatedCases(word, schema[word], definitions, by_contains).expand_cases(
            [without(schema, *UNEVALUATED_KEYWORDS)], EvaluatedParts(), []
        )
        for word in UNEVALUATED_KEYWORDS
        if word in schema
    ]
    if not cases:
        return schema
    rest, cases = without(schema, *UNEVALUATED_KEYWORDS), [it for it in cases if it is not True]
    if not cases:  # others evaluate all
        return rest
    referred = [{"$ref": rest.pop("$ref")}] if "$ref" in rest else []
    return {**rest, "allOf": [*referred, *rest.get("allOf", ()), *cases]}


@dataclass(frozen=True)
class EvaluatedParts:
    """The members or items that some keyword speaks of already."""

    everything: bool = False
    properties: Schema = field(default_factory=dict[str, Any])
    patterns: Schema = field(default_factory=dict[str, Any])
    length: int = 0
    containing: tuple[Any, ...] = ()

    def is_within(self, others: "EvaluatedParts") -> bool:
        """Whether the others hold all of these."""
        return (
            self.everything <= others.everything
            and self.properties.keys() <= others.properties.keys()
            and self.patterns.keys() <= others.patterns.keys()
            and self.length <= others.length
            and all(it in others.containing for it in self.containing)
        )


ConditionalCase = tuple[
    Schema, list[Any], list[Any]
]  # a condition, what holds then, what holds else


class UnevaluatedCases:
    """The cases of one keyword in one schema."""

    def __init__(
        self, word: str, value: Any, definitions: Mapping[str, Schema], by_contains: bool | None
    ) -> None:
        self.keyword = word
        self.by_contains = by_contains
        self.value = value
        self.definitions = definitions
        self.number = 0

    def expand_cases(
        self, holding: list[Any], seen: EvaluatedParts, cases: list[ConditionalCase]
    ) -> Any:
        """What ``value`` is asked of, with the schemas that hold and the conditions to try."""
        self.number += 1
        if self.number > MAX_CASES:
            raise Refused(
                f": {self.keyword} has over {MAX_CASES} cases here; close the branches instead"
            )
        waiting, cases = [it for it in holding if is_object(it)], list(cases)
        while waiting:
            schema = waiting.pop()
            seen = self.add_evaluated(schema, seen)
            waiting += [it for it in self.unconditional_schemas(schema) if is_object(it)]
            cases += conditional_cases(schema)
        if seen.everything:
            return True
        cases = [it for it in cases if not self.whatever_holds(it).is_within(seen)]
        if not cases:
            return self.rest_schema(seen)
        (condition, then, otherwise), *others = cases
        return {
            "if": condition,
            "then": self.expand_cases(then, seen, others),
            "else": self.expand_cases(otherwise, seen, others),
        }

    def whatever_holds(self, case: ConditionalCase) -> EvaluatedParts:
        """All that a case may evaluate, whichever of the conditions in it hold."""
        _, then, otherwise = case
        parts, met, waiting = EvaluatedParts(), set[int](), [*then, *otherwise]
        while waiting:
            schema = waiting.pop()
            if not is_object(schema) or id(schema) in met:
                continue
            met.add(id(schema))
            parts = self.add_evaluated(schema, parts)
            waiting += self.unconditional_schemas(schema)
            waiting += [it for _, *ways in conditional_cases(schema) for way in ways for it in way]
        return parts

    def add_evaluated(self, schema: Schema, seen: EvaluatedParts) -> EvaluatedParts:
        if self.keyword == "unevaluatedProperties":
            everything = "additionalProperties" in schema or self.keyword in schema
            return replace(
                seen,
                everything=seen.everything or everything,
                properties=seen.properties | empty_schemas(schema.get("properties", ())),
                patterns=seen.patterns | empty_schemas(schema.get("patternProperties", ())),
            )
        return replace(
            seen,
            everything=seen.everything or not {"items", self.keyword}.isdisjoint(schema),
            length=max(seen.length, len(schema.get("prefixItems", ()))),
            containing=(*seen.containing, *self.evaluating_contains(schema)),
        )

    def evaluating_contains(self, schema: Schema) -> list[Any]:
        """What the items are that ``contains`` evaluates."""
        if "contains" in schema and self.by_contains is None:
            raise Refused(
                f": {self.keyword} takes contains otherwise in 2020-12 than in the drafts before,"
                " and both are here; name one draft"
            )
        return [schema["contains"]] if "contains" in schema and self.by_contains else []

    def unconditional_schemas(self, schema: Schema) -> list[Any]:
        target = referred_name(schema)
        return [*schema.get("allOf", ()), *([self.definitions[target]] if target else ())]

    def rest_schema(self, seen: EvaluatedParts) -> Schema:
        """The schema for the members or items that nothing has evaluated."""
        if self.keyword == "unevaluatedProperties":
            named = {"properties": seen.properties, "patternProperties": seen.patterns}
            evaluated = {word: it for word, it in named.items() if it}
            return {**evaluated, "additionalProperties": self.value}
        items = {"anyOf": [*seen.containing, self.value]} if seen.containing else self.value
        prefix: Schema = {"prefixItems": [{}] * seen.length} if seen.length else {}
        return {**prefix, "items": items}


def empty_schemas(names: Iterable[str]) -> Schema:
    return {name: {} for name in names}


def conditional_cases(schema: Schema) -> list[ConditionalCase]:
    """The branches that may hold (Core 10.2)."""
    cases: list[ConditionalCase] = [
        (branch, [branch], []) for word in ("anyOf", "oneOf") for branch in schema.get(word, ())
    ]
    if "if" in schema:
        then = [schema["if"], schema.get("then", True)]
        cases.append((schema["if"], then, [schema.get("else", True)]))
    for name, subschema in schema.get("dependentSchemas", {}).items():
        cases.append(({"required": [name], "type": "object"}, [subschema], []))
    return cases
