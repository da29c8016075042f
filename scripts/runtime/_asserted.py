"""An instance that an ``Assert`` refuses -> the keyword that failed, the place and the reason.

Each keyword is judged by the core schema that asserts it; what this module adds are the words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic_core import CoreSchema

from ._assert import VALUE_WORDS, text_of
from ._errors import Outcome, branch_types, fault_of, first_cause, outcome_of, validator_of
from ._json_types import types_of
from ._keywords import compile_schema, equality_key, referred_name
from ._lines import json_pointer
from ._types import is_array, is_object

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """The keyword that failed, why, and the path from the instance to the place; of a union the
    first fault of the nearest branch too."""

    keyword: str
    reason: str
    path: Path = ()
    nearest: "Fault | None" = None

    def __str__(self) -> str:
        return f"Input should satisfy {self.description()}"

    def description(self) -> str:
        place = f" at {json_pointer(self.path)}" if self.path else ""
        more = f"; the nearest should satisfy {self.nearest.description()}" if self.nearest else ""
        return f"{self.keyword}{place}: {self.reason}{more}"

    def within(self, *steps: str | int) -> "Fault":
        inner = self.nearest.within(*steps) if self.nearest else None
        return replace(self, path=(*steps, *self.path), nearest=inner)


# A keyword and the others that it depends on.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "items": ("prefixItems",),
    "additionalProperties": ("properties", "patternProperties"),
    "contains": ("minContains", "maxContains"),
    "if": ("then", "else"),
}
COMPILED: dict[tuple[int, str], tuple[Any, CoreSchema]] = {}


@dataclass(frozen=True)
class Asserted:
    """The core schemas that the references of an ``Assert`` lead to."""

    references: Mapping[str, Any]
    definitions: dict[str, Any]
    # By the schema, the keyword and the part of the instance, which is there as long as this is.
    verdicts: dict[tuple[int, str, int], bool] = field(default_factory=dict[Any, bool])
    # By the name of what a reference leads to, and the part of the instance.
    outcomes: dict[tuple[str, int], Outcome] = field(default_factory=dict[Any, Outcome])

    def fault(self, schema: Any, instance: Any, keyword: str = "") -> Fault | None:
        """The first fault; of ``false`` that of the keyword that leads to it."""
        if not is_object(schema):
            return None if schema else Fault(keyword, "expected nothing here")
        for word in schema:
            if word in REASONS and not self.accepts(schema, word, instance):
                return REASONS[word](self, schema, instance)
        return None

    def accepts(self, schema: Any, word: str, instance: Any) -> bool:
        """Whether the keyword takes the instance, beside those that it depends on."""
        key = (id(schema), word, id(instance))
        if key not in self.verdicts:
            accepts = ACCEPTS.get(word)
            self.verdicts[key] = (
                accepts(self, schema, instance)
                if accepts
                else self.accepts_compiled(schema, word, instance)
            )
        return self.verdicts[key]

    def accepts_compiled(self, schema: Any, word: str, instance: Any) -> bool:
        compiled = compiled_keyword(schema, word, self.references)
        return validator_of(compiled, self.definitions).isinstance_python(instance)

    def outcome(self, schema: Any, instance: Any) -> Outcome:
        """What that which the reference of the schema leads to says of the instance."""
        key = (referred_name(schema), id(instance))
        if key not in self.outcomes:
            union = {"type": "", "input": instance}
            self.outcomes[key] = outcome_of(self.references[key[0]], self.definitions, union)
        return self.outcomes[key]

    def is_other(self, schema: Any, instance: Any) -> bool:
        """Whether the reference of the schema leads to values of other types."""
        target = self.references[referred_name(schema)]
        return types_of(instance).isdisjoint(branch_types(target, self.definitions))

    def failing(self, schema: Any, instance: Any) -> list[str]:
        """The keywords that do not take the instance."""
        words = [it for it in schema if it in REASONS] if is_object(schema) else []
        return [it for it in words if not self.accepts(schema, it, instance)]

    def fits(self, schema: Any, instance: Any) -> bool:
        if not is_object(schema):
            return bool(schema)
        return all(self.accepts(schema, it, instance) for it in schema if it in REASONS)

    def nearest(self, schemas: Iterable[Any], instance: Any) -> Any:
        """The first schema that the instance is nearest to: of its type, with fewest faults."""
        far = [(self.is_far(it, instance), it) for it in schemas]
        least = min(is_far for is_far, _ in far)
        near = [it for is_far, it in far if is_far == least]
        return min(near, key=lambda it: self.distance(it, instance))

    def is_far(self, schema: Any, instance: Any) -> bool:
        """Whether the schema is of nothing, or refers to values of other types alone."""
        is_reference = self.failing(schema, instance) == ["$ref"]
        return self.is_other(schema, instance) if is_reference else not is_object(schema)

    def distance(self, schema: Any, instance: Any) -> tuple[int, ...]:
        """Less for a schema of which the instance has fewer faults."""
        words = self.failing(schema, instance)
        if words == ["$ref"]:
            return self.outcome(schema, instance).rank()
        return (len({"type", "const", "enum"} & {*words}), len(words))

    def first(self, word: str, parts: Iterable[tuple[Path, Any, Any]], reason: str) -> Fault:
        """The first fault of subschemas, each with its path and instance."""
        for path, schema, instance in parts:
            if fault := self.fault(schema, instance, word):
                return fault.within(*path)
        return Fault(word, reason)


def compiled_keyword(schema: Any, word: str, references: Mapping[str, Any]) -> CoreSchema:
    """The core schema that asserts one keyword; it is made once."""
    key = (id(schema), word)
    if key not in COMPILED:
        beside = {it: schema[it] for it in BESIDE.get(word, ()) if it in schema}
        part = {word: schema[word], **{it: names_alone(beside[it], it) for it in beside}}
        COMPILED[key] = schema, compile_schema(part, references.__getitem__)
    return COMPILED[key][1]


def names_alone(value: Any, word: str) -> Any:
    """The value of a keyword with ``true`` for its subschemas, which have faults of their own."""
    if word in ("properties", "patternProperties"):
        return dict.fromkeys(value, True)
    return [True] * len(value) if word == "prefixItems" else value


Reason = Callable[[Asserted, Any, Any], Fault]


def with_value(keyword: str, words: str) -> Reason:
    """A reason that names the value of the keyword."""

    def reason(asserted: Asserted, schema: Any, instance: Any) -> Fault:
        return Fault(keyword, words.format(text_of(schema[keyword])))

    return reason


def reference(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    name = referred_name(schema)
    error = first_cause(asserted.outcome(schema, instance), asserted.definitions)
    if error is None:
        return Fault("$ref", f"expected {name}")
    if "asserted" in error:
        fault: Fault = error["asserted"]
        return fault.within(*error["loc"])
    reason, path = fault_of(error)
    return Fault("$ref", f"{reason}, by {name}", path)


def unique_items(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    keys = [equality_key(it) for it in instance]
    first: dict[Any, int] = {}
    pairs = ((first.setdefault(key, index), index) for index, key in enumerate(keys))
    left, right = next(pair for pair in pairs if pair[0] != pair[1])
    return Fault("uniqueItems", f"the items {left} and {right} are equal")


def contains(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    number = sum(asserted.fits(schema["contains"], it) for it in instance)
    word, bound = "minContains" if "minContains" in schema else "contains", "least"
    if number >= schema.get("minContains", 1):
        word, bound = "maxContains", "most"
    limit = "1" if word == "contains" else text_of(schema.get(word))
    what = text_of(schema["contains"])
    return Fault(word, f"expected at {bound} {limit} items of {what}, there are {number}")


def items(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    start = len(schema.get("prefixItems", ()))
    if schema["items"] is False:
        return Fault("items", f"expected at most {start} items")
    parts = (((index,), schema["items"], instance[index]) for index in range(start, len(instance)))
    return asserted.first("items", parts, f"expected items of {text_of(schema['items'])}")


def prefix_items(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    pairs = enumerate(zip(schema["prefixItems"], instance, strict=False))
    parts = (((index,), subschema, item) for index, (subschema, item) in pairs)
    return asserted.first("prefixItems", parts, f"expected {text_of(schema['prefixItems'])}")


def required(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    name = next(it for it in schema["required"] if it not in instance)
    return Fault("required", f"{name!r} is required")


def properties(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    members = schema["properties"].items()
    parts = (((name,), it, instance[name]) for name, it in members if name in instance)
    return asserted.first("properties", parts, f"expected members of {[*schema['properties']]}")


def pattern_properties(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    parts = (
        ((name,), subschema, member)
        for regex, subschema in schema["patternProperties"].items()
        for name, member in instance.items()
        if matches(asserted, regex, name)
    )
    patterns = text_of([*schema["patternProperties"]])
    return asserted.first("patternProperties", parts, f"expected other members of {patterns}")


PATTERNS: dict[str, Any] = {}


def matches(asserted: Asserted, regex: str, name: str) -> bool:
    schema = PATTERNS.setdefault(regex, {"pattern": regex})
    return asserted.fits(schema, name)


def additional_properties(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    patterns = schema.get("patternProperties", ())
    named = schema.get("properties", ())
    others = [
        name
        for name in instance
        if name not in named and not any(matches(asserted, it, name) for it in patterns)
    ]
    if schema["additionalProperties"] is False:
        return Fault("additionalProperties", f"{others[0]!r} is not allowed")
    parts = (((name,), schema["additionalProperties"], instance[name]) for name in others)
    return asserted.first("additionalProperties", parts, f"not so of {text_of(others)}")


def property_names(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    word = "propertyNames"
    for name in instance:
        if fault := asserted.fault(schema[word], name, word):
            what = f"the name {name!r} should satisfy {fault.keyword}: {fault.reason}"
            return Fault(word, what)
    return Fault(word, f"expected names of {text_of(schema[word])}")


def dependent_required(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    missing, name = next(
        (needed_name, name)
        for name, needed in schema["dependentRequired"].items()
        if name in instance
        for needed_name in needed
        if needed_name not in instance
    )
    return Fault("dependentRequired", f"{missing!r} is required where {name!r} is present")


def dependent_schemas(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    word = "dependentSchemas"
    for name, subschema in schema[word].items():
        if name in instance and (fault := asserted.fault(subschema, instance, word)):
            return replace(fault, reason=f"{fault.reason}, where {name!r} is present")
    return Fault(word, f"expected {text_of(schema[word])}")


def all_of(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    parts = (((), it, instance) for it in schema["allOf"])
    return asserted.first("allOf", parts, f"expected all of {text_of(schema['allOf'])}")


def one_of(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    fitting = [index for index, it in enumerate(schema["oneOf"]) if asserted.fits(it, instance)]
    if fitting:
        return Fault("oneOf", f"expected one branch that fits, the branches {fitting} do")
    return nearest("oneOf", asserted, schema, instance)


def nearest(word: str, asserted: Asserted, schema: Any, instance: Any) -> Fault:
    """The first fault of the branch that is nearest; the others are not looked into."""
    branch = asserted.nearest(schema[word], instance)
    fault = asserted.fault(branch, instance, word)
    return Fault(word, "no branch fits", nearest=fault and (fault.nearest or fault))


def if_(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    word = "then" if asserted.fits(schema["if"], instance) else "else"
    fault = asserted.fault(schema.get(word, True), instance, word)
    reason = "holds" if word == "then" else "does not hold"
    condition = f"where {text_of(schema['if'])} {reason}"
    if fault is None:
        return Fault("if", f"expected {word!r} {condition}")
    return replace(fault, reason=f"{fault.reason}, {condition}")


def types(asserted: Asserted, schema: Any, instance: Any) -> Fault:
    named = schema["type"] if is_array(schema["type"]) else [schema["type"]]
    return Fault("type", f"expected {' or '.join(named)}")


# Keywords whose branches are asked one by one, for their words have to be known anyhow.
ACCEPTS: dict[str, Callable[[Asserted, Any, Any], bool]] = {
    "$ref": lambda judge, schema, it: (
        not judge.is_other(schema, it) and judge.outcome(schema, it).fits
    ),
    "allOf": lambda judge, schema, it: all(judge.fits(one, it) for one in schema["allOf"]),
    "anyOf": lambda judge, schema, it: any(judge.fits(one, it) for one in schema["anyOf"]),
    "oneOf": lambda judge, schema, it: sum(judge.fits(one, it) for one in schema["oneOf"]) == 1,
}
REASONS: dict[str, Reason] = {
    **{keyword: with_value(keyword, words) for keyword, words in VALUE_WORDS.items()},
    "type": types,
    "$ref": reference,
    "uniqueItems": unique_items,
    "contains": contains,
    "prefixItems": prefix_items,
    "items": items,
    "required": required,
    "properties": properties,
    "patternProperties": pattern_properties,
    "additionalProperties": additional_properties,
    "propertyNames": property_names,
    "dependentRequired": dependent_required,
    "dependentSchemas": dependent_schemas,
    "allOf": all_of,
    "anyOf": lambda asserted, schema, it: nearest("anyOf", asserted, schema, it),
    "oneOf": one_of,
    "if": if_,
}
