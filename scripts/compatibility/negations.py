"""A schema with opposites in place of ``not``, which lead a search to values."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from math import inf
from typing import Any, NamedTuple

from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.conjunctions import (
    allowed_kinds,
    assertion_keywords,
    opposites_of,
    telling_keywords,
)
from compatibility.inclusion.strings import exact_pattern
from contract.json_values import Location, is_object, without
from contract.subschemas import (
    Definitions,
    Schema,
    Subschema,
    map_children,
    map_subschemas,
    referred_name,
    subschemas,
)

MAX_DEPTH = 6  # negations within negations that are rewritten
MAX_STRINGS = 20  # for a pattern that must match or must not
MAX_NAMES = 8  # that a pattern describes


# A kind of values that shows what is the opposite for a type.
KIND_BY_TYPE = {
    "number": "fraction",
    "integer": "integer",
    **{it: it for it in ("string", "array", "object", "null", "boolean")},
}


def ways_to_differ(
    accepted: Subschema, denied: Subschema, definitions: Definitions
) -> Iterator[list[Subschema]]:
    """Schemas that what only one of two accepts satisfies: in one word, then in words that lead a
    search to values."""
    wanted: list[Subschema] = [accepted, {"not": denied}]
    yield wanted
    wanted = [without_negations(it, definitions) for it in wanted]
    parts = [it for _, it in subschemas({"allOf": wanted, "$defs": definitions})]
    yield [with_names(with_strings(it, parts), parts) for it in wanted]


def without_negations(
    schema: Subschema, definitions: Definitions, depth: int = MAX_DEPTH
) -> Subschema:
    """A schema that at least the same values satisfy, with unions of opposites for ``not`` where
    these are known, and unions for ``if``."""
    if not is_object(schema) or depth == 0:
        return schema

    def change(path: Location, inner: Any) -> Any:
        return inner if path == ("not",) else without_negations(inner, definitions, depth)

    copy = map_children(schema, change)
    if "if" in copy:
        opposite = negation(copy["if"], definitions, depth - 1)
        ways = (copy["if"], copy.get("then", True)), (opposite, copy.get("else", True))
        copy["allOf"] = [*copy.get("allOf", ()), {"anyOf": [{"allOf": [*it]} for it in ways]}]
    if is_object(copy.get("not")):
        opposite = negation(copy.pop("not"), definitions, depth - 1)
        copy["allOf"] = [*copy.get("allOf", ()), opposite]
    return copy


def negation(schema: Subschema, definitions: Definitions, depth: int) -> Subschema:
    """What does not satisfy the schema, in other words than ``not`` if possible; of ``oneOf`` the
    values that satisfy none of its branches."""
    if not is_object(schema) or depth == 0:
        return {"not": schema}
    if schema.keys() == {"$ref"}:
        name = referred_name(schema)
        return negation(definitions[name], definitions, depth - 1)
    for word in ("anyOf", "oneOf"):
        if schema.keys() == {word}:
            return {"allOf": [negation(it, definitions, depth) for it in schema[word]]}
    kinds = allowed_kinds(schema)
    alternatives: list[Schema] = [
        {"type": name, "allOf": [opposite]}
        for name, kind in KIND_BY_TYPE.items()
        if kind in kinds
        for opposite in known_opposites(schema, kind, definitions, depth)
    ]
    others = [it for it, kind in KIND_BY_TYPE.items() if kind not in kinds]
    if "number" in others and "integer" not in others:
        others.remove("number")
        alternatives.append({"type": "number", "not": {"type": "integer"}})
    alternatives += [{"type": others}] if others else []
    return {"anyOf": alternatives} if alternatives else False


def known_opposites(
    schema: Schema, kind: str, definitions: Definitions, depth: int
) -> list[Subschema]:
    """The opposites, or some of them beside ``not``."""
    if kind == "string" and "pattern" in schema and len(schema) > 1:
        rest = known_opposites(without(schema, "pattern"), kind, definitions, depth)
        return [{"not": {"pattern": schema["pattern"]}}, *rest]
    opposites = opposites_of(schema, kind)
    if opposites is not None:
        return [without_negations(it, definitions, depth) for it in opposites]

    def negate(inner: Subschema) -> Subschema:
        return negation(inner, definitions, depth)

    words = [it for it in telling_keywords(schema, kind) if it in SOME_OPPOSITES]
    return [*(it for word in words for it in SOME_OPPOSITES[word](schema, negate)), {"not": schema}]


Negate = Callable[[Subschema], Subschema]


def wrong_items(schema: Schema, negate: Negate) -> Iterator[Schema]:
    """Arrays with an item that is not as the schema says of its place."""
    for index, item in enumerate([*schema["prefixItems"], schema.get("items", True)]):
        yield {"minItems": index + 1, "prefixItems": [*[True] * index, negate(item)]}


def wrong_members(schema: Schema, negate: Negate) -> Iterator[Schema]:
    """Objects with a member that is not as the schema says of those that no property names."""
    named = map(exact_pattern, schema.get("properties", ()))
    others = [*schema.get("patternProperties", ()), *named]
    yield from wrong_member([], others, schema["additionalProperties"], negate)


def wrong_matches(schema: Schema, negate: Negate) -> Iterator[Schema]:
    """The same of the members that match a pattern."""
    for pattern, member in schema["patternProperties"].items():
        yield from wrong_member([pattern], [], member, negate)


def wrong_member(
    wanted: list[str], unwanted: list[str], member: Subschema, negate: Negate
) -> Iterator[Schema]:
    """An object with a member of a name of these patterns that the schema does not allow."""
    with suppress(UndecidedPattern):
        name = shortest_string(wanted, unwanted)
        if name is not None:
            yield {"required": [name], "properties": {name: negate(member)}}


def wrong_names(schema: Schema, negate: Negate) -> Iterator[Schema]:
    """Objects of which no name is one that the schema allows."""
    yield {"minProperties": 1, "propertyNames": negate(schema["propertyNames"])}


def wrong_dependents(schema: Schema, negate: Negate) -> Iterator[Schema]:
    for name, dependent in schema["dependentSchemas"].items():
        yield {"required": [name], "allOf": [negate(dependent)]}


# By keyword some of what it does not allow, for a search, where ``opposites_of`` may not say it.
SOME_OPPOSITES: dict[str, Callable[[Schema, Negate], Iterator[Schema]]] = {
    "prefixItems": wrong_items,
    "additionalProperties": wrong_members,
    "patternProperties": wrong_matches,
    "propertyNames": wrong_names,
    "dependentSchemas": wrong_dependents,
}


def with_strings(schema: Subschema, parts: Iterable[Schema]) -> Subschema:
    """The schema, where a pattern must match or must not, with strings for examples: a shortest one
    for each of the parts that has words for strings, if automata find it."""
    bounds = [*dict.fromkeys(map(string_bounds, [{}, *parts]))][:MAX_STRINGS]

    def change(copy: Schema) -> Schema:
        own = string_bounds(copy)
        if not own.wanted and not own.unwanted:
            return copy
        texts = [shortest_within(own, it) for it in bounds]
        return {**copy, "examples": [*dict.fromkeys(it for it in texts if it is not None)]}

    return map_subschemas(schema, change) if is_object(schema) else schema


def with_names(schema: Subschema, parts: list[Schema]) -> Subschema:
    """The schema, where several members are asked for, with names that a pattern of the parts
    describes."""
    patterns = [*dict.fromkeys(it for part in parts for it in part.get("patternProperties", ()))]

    def change(copy: Schema) -> Schema:
        number = copy.get("minProperties", 0)
        if not patterns or not 1 < number <= MAX_NAMES:
            return copy
        ways = [{"required": matching_names(it, int(number))} for it in patterns]
        return {**copy, "allOf": [*copy.get("allOf", ()), {"anyOf": [{}, *ways]}]}

    return map_subschemas(schema, change) if is_object(schema) else schema


def matching_names(pattern: str, number: int) -> list[str]:
    """So many strings that the pattern matches, fewer if no more are known."""
    names: list[str] = []
    with suppress(UndecidedPattern):
        while len(names) < number:
            name = shortest_string([pattern], map(exact_pattern, names))
            if name is None:
                break
            names.append(name)
    return names


class StringBounds(NamedTuple):
    """What a schema says of strings: patterns that match and that do not, and lengths."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    least: int
    most: float


def string_bounds(schema: Schema) -> StringBounds:
    denied: Any = schema.get("not")
    is_pattern = is_object(denied) and assertion_keywords(denied) == ["pattern"]
    return StringBounds(
        wanted=(schema["pattern"],) if "pattern" in schema else (),
        unwanted=(denied["pattern"],) if is_pattern else (),
        least=int(schema.get("minLength", 0)),
        most=float(schema.get("maxLength", inf)),
    )


def shortest_within(*bounds: StringBounds) -> str | None:
    """A shortest string within all the bounds, None if none is known."""
    wanted = [text for it in bounds for text in it.wanted]
    unwanted = [text for it in bounds for text in it.unwanted]
    least, most = max(it.least for it in bounds), min(it.most for it in bounds)
    with suppress(UndecidedPattern):
        return shortest_string(wanted, unwanted, least, most)
    return None
