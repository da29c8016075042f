"""Schema -> one value that satisfies it, or some: a bounded search, the plainest first.

What applies to one value at once is gathered into a ``View`` (a schema, what it refers to, all of
``allOf``, one branch of each union), values are composed from a view, the oracle has the say.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from math import lcm
from typing import Any

from contract.json_values import as_fraction, equality_key, is_array, is_object
from contract.subschemas import DEFINITION_PREFIX, Schema, all_of_schemas, reachable_names
from documents.pool import FORMATS, POOL
from documents.strings import matching_strings
from oracle.keywords import item_schemas, member_schemas
from oracle.oracle import Oracle

NONE = object()


VIEWS = 24  # of one schema, by its unions


TRIES = 400  # of values for one schema


ENOUGH = 20_000  # for one message; beyond, FEW for one schema


FEW = 40


DISTINCT = 64  # values asked of one schema


Names = tuple[str, ...]


NUMERIC = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


OBJECT = (
    *("properties", "required", "additionalProperties", "patternProperties", "propertyNames"),
    *("minProperties", "maxProperties", "dependentRequired", "dependentSchemas"),
)


ARRAY = ("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems")


STRING = ("minLength", "maxLength", "pattern", "format")


@dataclass
class View:
    """The schemas that one value has to satisfy at once, by the ``pick``-th choice of branches."""

    complete: bool
    trail: Names
    pick: int
    parts: list[Schema] = field(default_factory=list[Schema])
    seen: set[str] = field(default_factory=set[str])
    possible: bool = True

    def choose(self, number: int) -> int:
        self.pick, chosen = divmod(self.pick, max(1, number))
        return chosen

    def values(self, word: str) -> list[Any]:
        return [part[word] for part in self.parts if word in part]

    def speaks_of(self, kind: str, words: Names) -> bool:
        return any(kind in named_types(it) or not it.keys().isdisjoint(words) for it in self.parts)


def named_types(schema: Schema) -> list[str]:
    named = schema.get("type", [])
    return named if is_array(named) else [named]


class ValueSearch:
    """The search within one schema and its definitions."""

    def __init__(self, schema: Schema | bool) -> None:
        self.oracle = Oracle(schema)
        self.definitions: dict[str, Schema | bool] = (
            schema.get("$defs", {}) if is_object(schema) else {}
        )
        self.recursive = {
            name
            for name, definition in self.definitions.items()
            if name in reachable_names(definition, self.definitions)
        }
        self.known: dict[str, Any] = {}
        self.endless = False
        self.tried = 0

    def find(self, schema: Schema | bool, *, complete: bool, trail: Names = ()) -> Any:
        """A valid value, or NONE; complete with every member that can be there."""
        name = json.dumps([schema, complete, [it for it in trail if it in self.recursive]])
        if name not in self.known:
            accepts = self.oracle.at(schema).accepts
            tried = self.counted(self.candidates(schema, complete, trail))
            self.known[name] = next(filter(accepts, tried), NONE)
        return self.known[name]

    @property
    def spent(self) -> bool:
        """Whether so much was tried that from here on a little has to do."""
        return self.tried > ENOUGH

    def counted(self, values: Iterator[Any]) -> Iterator[Any]:
        for value in islice(values, FEW if self.spent else TRIES):
            self.tried += 1
            yield value

    def several(self, schema: Schema | bool, number: int, trail: Names = ()) -> list[Any]:
        """Up to so many valid values, no two of them equal."""
        name = json.dumps([schema, [it for it in trail if it in self.recursive]])
        found: dict[object, Any] = self.known.setdefault(f"several {name}", {})
        if len(found) < min(number, DISTINCT):
            accepts = self.oracle.at(schema).accepts
            for value in islice(self.varied(schema, trail), TRIES):
                if len(found) < DISTINCT and equality_key(value) not in found and accepts(value):
                    found[equality_key(value)] = value
        return list(found.values())[:number]

    def varied(self, schema: Schema | bool, trail: Names) -> Iterator[Any]:
        """Candidates, and more of the kinds of which there are many."""
        yield from islice(self.candidates(schema, False, trail), TRIES // 2)
        for index in range(DISTINCT):
            yield from (index, f"item{index}", -index, index + 0.5)
        one = self.find(schema, complete=False, trail=trail)
        if is_object(one):
            yield from ({**one, f"key{index}": index} for index in range(8))

    def candidates(self, schema: Schema | bool, complete: bool, trail: Names) -> Iterator[Any]:
        """Values of which one should fit."""
        for view in self.views(schema, complete, trail):
            yield from self.composed(view)
        if schema is not False:
            yield from POOL.values()
            yield from ([None], [1, 2, 3], "a", 2, -1.5, {"a": 1}, {"key0": None, "key1": None})

    def views(self, schema: Schema | bool, complete: bool, trail: Names) -> Iterator[View]:
        for pick in range(VIEWS):
            view = View(complete, trail, pick)
            self.gather(schema, view)
            if view.pick > 0:
                return  # every choice has been made before
            if view.possible:
                yield view

    def gather(self, schema: Schema | bool, view: View) -> None:
        """Add a schema and what applies in its place to the view."""
        if not is_object(schema):
            view.possible &= schema is True
            return
        view.parts.append(schema)
        if "$ref" in schema:
            self.enter(schema["$ref"].removeprefix(DEFINITION_PREFIX), view)
        for branch in schema.get("allOf", ()):
            self.gather(branch, view)
        for word in ("anyOf", "oneOf"):
            if word in schema:
                self.gather(schema[word][view.choose(len(schema[word]))], view)
        self.gather_conditional(schema, view)

    def gather_conditional(self, schema: Schema, view: View) -> None:
        if "if" in schema:
            met = view.choose(2) == 0
            for word in ("if", "then") if met else ("else",):
                self.gather(schema.get(word, True), view)
        dependents = schema.get("dependentSchemas", {})
        if dependents and (view.choose(2) == 0) == view.complete:
            for subschema in dependents.values():
                self.gather(subschema, view)

    def enter(self, name: str, view: View) -> None:
        """A definition that holds itself ends with its least value."""
        if name in view.seen or name not in self.definitions:
            return
        view.seen.add(name)
        if view.trail.count(name) >= (2 if view.complete else 1) and name in self.recursive:
            view.possible, self.endless = False, True
            return
        view.complete &= self.recursive.isdisjoint(view.trail)
        view.trail = (*view.trail, name)
        self.gather(self.definitions[name], view)

    def composed(self, view: View) -> Iterator[Any]:
        """What the schemas themselves show first, then what their keywords ask for."""
        classes = "properties" in {word for part in view.parts for word in part}
        if not classes:
            yield from shown_values(view)
        if view.speaks_of("object", OBJECT):
            yield from self.objects(view)
        if classes:
            yield from shown_values(view)
        if view.speaks_of("array", ARRAY):
            yield from self.arrays(view)
        yield from [None] if not any(map(named_types, view.parts)) else []
        yield from candidate_numbers(view)
        yield from candidate_texts(view)
        yield from (1, True, None)
        yield from view.values("default")

    def objects(self, view: View) -> Iterator[Any]:
        """The whole, what grows from the least to the whole, the least."""
        needed = needed_names(view, [name for names in view.values("required") for name in names])
        least = self.built(view, needed, needed)
        wanted = list(dict.fromkeys([*self.optional(view), *needed])) if view.complete else needed
        whole = self.built(view, needed_names(view, wanted), needed)
        if is_object(whole) and is_object(least):
            yield whole
            yield from self.grown(view, least, whole)
            yield least
        fewest = max((int(it) for it in view.values("minProperties")), default=0)
        yield self.sized(view, max(fewest, len(needed)))
        yield {}

    def optional(self, view: View) -> list[str]:
        """Every member that the schemas name, one for each pattern, one of a map."""
        named = [name for members in view.values("properties") for name in members]
        for patterns in view.values("patternProperties"):
            named += [text for pattern in patterns for text in matching_strings(pattern)[:1]]
        maps = any(it is not False for it in view.values("additionalProperties"))
        return named or (["key0"] if maps else [])

    def grown(self, view: View, least: Any, whole: Any) -> Iterator[Any]:
        """The least, each further member added where it fits."""
        accepts = self.oracle.at(all_of_schemas(*view.parts)).accepts
        value = dict(least)
        for name in whole if view.complete else ():
            if name not in value and accepts({**value, name: whole[name]}):
                value[name] = whole[name]
        yield value

    def built(self, view: View, names: list[str], needed: list[str]) -> Any:
        """An object of these members, without those for which there is no value; NONE if one
        of them is needed."""
        members = {name: self.member(view, name) for name in names}
        if any(members[name] is NONE for name in needed):
            return NONE
        return {name: value for name, value in members.items() if value is not NONE}

    def member(self, view: View, name: str) -> Any:
        schema = all_of_schemas(*(it for part in view.parts for it in member_schemas(part, name)))
        return self.find(schema, complete=view.complete, trail=view.trail)

    def sized(self, view: View, size: int) -> dict[str, Any]:
        """An object of so many members, those that are needed first."""
        needed = needed_names(view, [name for names in view.values("required") for name in names])
        names = dict.fromkeys([*needed, *self.optional(view)])
        found: dict[str, Any] = {}
        for name in (*names, *self.fresh(view)):
            if len(found) < size and (value := self.member(view, name)) is not NONE:
                found[name] = value
        return found

    def fresh(self, view: View) -> Iterator[str]:
        """Names for members that no schema names."""
        named = all_of_schemas({"type": "string"}, *view.values("propertyNames"))
        patterns = [pattern for it in view.values("patternProperties") for pattern in it]
        plain = [f"key{index}" for index in range(DISTINCT)]
        accepts = self.oracle.at(named).accepts
        yield from filter(
            accepts, [*plain, *(text for it in patterns for text in matching_strings(it))]
        )
        yield from self.several(named, DISTINCT)

    def arrays(self, view: View) -> Iterator[Any]:
        held = [int(part.get("minContains", 1)) for part in view.parts if "contains" in part]
        least = max([*map(int, view.values("minItems")), *held], default=0)
        most = min(map(int, view.values("maxItems")), default=None)
        prefix = max((len(it) for it in view.values("prefixItems")), default=0)
        wanted = max(least, prefix, 1) if view.complete else least
        for length in dict.fromkeys([wanted, least, prefix, sum(held), prefix + sum(held)]):
            if most is None or length <= most:
                yield self.array(view, length)
        yield []

    def array(self, view: View, length: int) -> list[Any]:
        """So many items, or as many as there can be; no two equal where none may be."""
        unique = any(view.values("uniqueItems"))
        waiting = [
            part["contains"]
            for part in view.parts
            for _ in range(int(part.get("minContains", 1)) if "contains" in part else 0)
        ]
        made: list[Any] = []
        for index in range(length):
            place = all_of_schemas(*(it for part in view.parts for it in item_schemas(part, index)))
            for wanted in (waiting[:1], []):
                value = self.another(all_of_schemas(place, *wanted), made if unique else [], view)
                if value is not NONE:
                    made.append(value)
                    del waiting[: len(wanted)]
                    break
            else:
                break
        return made

    def another(self, schema: Schema | bool, taken: list[Any], view: View) -> Any:
        if not taken:
            return self.find(schema, complete=view.complete, trail=view.trail)
        keys = set(map(equality_key, taken))
        several = self.several(schema, len(taken) + 1, view.trail)
        return next((value for value in several if equality_key(value) not in keys), NONE)


def shown_values(view: View) -> Iterator[Any]:
    """The examples, members and constants that the schemas give."""
    for word in ("examples", "enum"):
        for values in view.values(word):
            yield from values
    yield from view.values("const")
    yield from (value for value in view.values("default") if value is not None)


def needed_names(view: View, names: list[str]) -> list[str]:
    """These names and those that they depend on."""
    found = dict.fromkeys(names)
    waiting = list(found)
    while waiting:
        name = waiting.pop(0)
        for dependents in view.values("dependentRequired"):
            more = [it for it in dependents.get(name, ()) if it not in found]
            found |= dict.fromkeys(more)
            waiting += more
    return list(found)


def common_step(view: View) -> Fraction:
    """The least number that is a multiple of every ``multipleOf``; 1 where there is none."""
    steps = [as_fraction(it) for it in view.values("multipleOf")] or [Fraction(1)]
    denominator = lcm(*(it.denominator for it in steps))
    return Fraction(lcm(*(int(it * denominator) for it in steps)), denominator)


def plain_number(value: Fraction) -> Any:
    """The plainest JSON number: an integer if it is one."""
    return int(value) if value.denominator == 1 else float(value)


def candidate_numbers(view: View) -> Iterator[Any]:
    """Numbers on and between the bounds, and multiples."""
    one = common_step(view)
    lows = [*view.values("minimum"), *view.values("exclusiveMinimum")]
    highs = [*view.values("maximum"), *view.values("exclusiveMaximum")]
    bounds = [*([max(lows)] if lows else []), *([min(highs)] if highs else [])]
    for limit in (*bounds, plain_number(one)):
        multiple = as_fraction(limit) // one * one
        yield from (limit, limit + 1, limit - 1)
        yield from (plain_number(it) for it in (multiple, multiple + one, multiple - one))
    if len(bounds) == 2:
        yield plain_number((as_fraction(bounds[0]) + as_fraction(bounds[1])) / 2)
    yield 0


def candidate_texts(view: View) -> Iterator[str]:
    least = max((int(it) for it in view.values("minLength")), default=0)
    for pattern in view.values("pattern"):
        yield from matching_strings(pattern)
        yield from (text for text in long_enough(pattern, least))
    yield from ("x" * least, "text")
    for name in view.values("format"):
        yield from FORMATS.get(name, {}).values()


def long_enough(pattern: str, length: int) -> Iterator[str]:
    """The first text of a pattern that has the length, where one more repetition leads to it."""
    found = matching_strings(pattern, min(length + 2, 200)) if length else ()
    yield from islice((text for text in found if len(text) >= length), 2)
