"""Schema -> values that satisfy it: a bounded search that tries the plainest values first.

A ``View`` gathers the schemas that one value has to satisfy at once: a schema, its references, its
``allOf``, one branch of each union. The search composes candidates from views. The oracle decides
which of them are valid.
"""

import json
from collections import deque
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

from contract.json_values import as_fraction, common_multiple, equality_key, is_array, is_object
from contract.subschemas import (
    ARRAY_KEYWORDS,
    OBJECT_KEYWORDS,
    Schema,
    all_of_schemas,
    child_schemas,
    needs_of,
    reached_from,
    referred_name,
    types_of,
)
from documents.conditions import exclusive_conditions
from documents.formats import FORMATS
from documents.pool import POOL
from documents.strings import matching_strings
from documents.views import Choices, Names, View
from documents.work import Work
from oracle.keywords import item_schemas
from oracle.memory import keep
from oracle.oracle import Oracle

NONE = object()


MAX_VIEWS = 24  # views of one schema
MAX_TRIES = 400  # candidates for one schema
TRIES_PER_MESSAGE = 20_000  # candidates for one message, before each schema gets FEW_TRIES


FEW_TRIES = 40


MAX_SETTLED = 12  # values in turn, each of which says which conditions the next one meets


MAX_SIZE = 100  # values in one complete document
MAX_DISTINCT = 64  # distinct values of one schema


class ValueSearch:
    """The search within one schema and its definitions; it raises OutOfWork when ``work`` is
    done."""

    def __init__(self, schema: Schema | bool, work: Work | None = None) -> None:
        self.oracle = Oracle(keep(schema))
        self.work = work or Work()
        self.definitions: dict[str, Schema | bool] = (
            schema.get("$defs", {}) if is_object(schema) else {}
        )
        needs = needs_of(self.definitions)
        self.recursive = {name for name in needs if name in reached_from(name, needs)}
        self.values_by_key: dict[str, Any] = {}
        # By the identity of values, which are held so that no other gets the same.
        self.sizes: dict[int, tuple[int, Any]] = {}
        self.steps: dict[int, tuple[int, Schema]] = {}  # of schemas, likewise
        self.distinct_by_key: dict[str, dict[object, Any]] = {}
        self.is_endless = False
        self.tries = 0

    def find(self, schema: Schema | bool, *, complete: bool, trail: Names = ()) -> Any:
        """A valid value, or NONE; ``complete`` asks for every member that may be there."""
        key = self.search_key(trail, schema, complete)
        if key not in self.values_by_key:
            accepts = self.judge(schema)
            tried = self.limited_tries(self.candidates(schema, complete, trail))
            value = next(filter(accepts, tried), NONE)
            if value is NONE:
                value = self.settled_value(schema, complete, trail)
            if complete and self.size(value) > MAX_SIZE:
                value = self.find(schema, complete=False, trail=trail)
            self.values_by_key[key] = keep(value)
        return self.values_by_key[key]

    def settled_value(self, schema: Schema | bool, complete: bool, trail: Names) -> Any:
        """A valid value whose schemas are those that it asks for itself, or NONE: each condition is
        taken to be met if the value before meets it, by the first value none."""
        accepts, view = self.judge(schema), View(complete, trail)
        self.add_schema(schema, view)
        met = set[int]()
        for _ in range(MAX_SETTLED if view.conditions else 0):
            known = {id(it): int(id(it) not in met) for it in view.conditions}
            view = View(complete, trail, known=known)
            self.add_schema(schema, view)
            value = next(self.values_of_view(view), NONE)
            if value is NONE or accepts(value):
                return value
            met = {id(it) for it in view.conditions if self.judge(it)(value)}
        return NONE

    def size(self, value: Any) -> int:
        """How many values there are within; those of this search are counted once."""
        if id(value) not in self.sizes:
            inner = value.values() if is_object(value) else value if is_array(value) else ()
            self.sizes[id(value)] = 1 + sum(map(self.size, inner)), value
        return self.sizes[id(value)][0]

    def judge(self, schema: Schema | bool) -> Callable[[Any], bool]:
        """Whether a value is valid; to ask, and each answer, costs a step for each subschema."""
        steps = self.steps_of(schema)
        self.work.spend(steps)
        accepts = self.oracle.at(schema).accepts

        def accepts_at_cost(value: Any) -> bool:
            self.work.spend(steps)
            return accepts(value)

        return accepts_at_cost

    def steps_of(self, schema: Schema | bool) -> int:
        """The number of subschemas that are objects; those of this search are counted once."""
        if not is_object(schema):
            return 1
        if id(schema) not in self.steps:
            inner = (self.steps_of(it) for _, it in child_schemas(schema) if is_object(it))
            self.steps[id(schema)] = 1 + sum(inner), schema
        return self.steps[id(schema)][0]

    def search_key(self, trail: Names, *query: Any) -> str:
        """A key that two searches share if they have the same result."""
        return json.dumps([*query, [name for name in trail if name in self.recursive]])

    @property
    def is_spent(self) -> bool:
        """Whether the message has used up its tries; each schema then gets only a few."""
        return self.tries > TRIES_PER_MESSAGE

    def limited_tries(self, values: Iterator[Any]) -> Iterator[Any]:
        for value in islice(values, FEW_TRIES if self.is_spent else MAX_TRIES):
            self.tries += 1
            yield value

    def distinct_values(self, schema: Schema | bool, number: int, trail: Names = ()) -> list[Any]:
        """At most ``number`` valid values, no two of them equal."""
        distinct: dict[object, Any]
        distinct = self.distinct_by_key.setdefault(self.search_key(trail, schema), {})
        if len(distinct) < min(number, MAX_DISTINCT):
            accepts = self.judge(schema)
            for value in islice(self.varied_candidates(schema, trail), MAX_TRIES):
                key = equality_key(value)
                if len(distinct) < MAX_DISTINCT and key not in distinct and accepts(value):
                    distinct[key] = value
        return list(distinct.values())[:number]

    def varied_candidates(self, schema: Schema | bool, trail: Names) -> Iterator[Any]:
        """Candidates, then many numbers, strings and objects."""
        yield from islice(self.candidates(schema, False, trail), MAX_TRIES // 2)
        for index in range(MAX_DISTINCT):
            yield from (index, f"item{index}", -index, index + 0.5)
        one = self.find(schema, complete=False, trail=trail)
        if is_object(one):
            yield from ({**one, f"key{index}": index} for index in range(8))
        if isinstance(one, str):
            ends = ((1, str(it % 10)) if it < 10 else (2, str(it)) for it in range(MAX_DISTINCT))
            yield from (one[:-length] + end for length, end in ends)

    def candidates(self, schema: Schema | bool, complete: bool, trail: Names) -> Iterator[Any]:
        """Values to try: those of each view, then some of every type."""
        for view in self.views(schema, complete, trail):
            yield from self.values_of_view(view)
        if schema is not False:
            yield from POOL.values()
            yield from ([None], [1, 2, 3], "a", 2, -1.5, {"a": 1}, {"key0": None, "key1": None})

    def views(self, schema: Schema | bool, complete: bool, trail: Names) -> Iterator[View]:
        waiting = deque[Choices]([()])
        for _ in range(MAX_VIEWS):
            if not waiting:
                return
            view = View(complete, trail, waiting.popleft())
            self.add_schema(schema, view)
            waiting += islice(view.other_choices(), MAX_VIEWS)
            if view.possible:
                yield view

    def add_schema(self, schema: Schema | bool, view: View) -> None:
        """Add the schema to the view, with every schema that applies to the same value."""
        if not is_object(schema):
            view.possible &= schema is True
            return
        view.parts.append(schema)
        if "$ref" in schema:
            self.add_definition(referred_name(schema), view)
        view.choose_condition([it["if"] for it in exclusive_conditions(schema.get("allOf", ()))])
        for branch in schema.get("allOf", ()):
            self.add_schema(branch, view)
        for word in ("anyOf", "oneOf"):
            if word in schema:
                chosen = view.choice_for(schema[word], len(schema[word]))
                self.add_schema(schema[word][chosen], view)
        self.add_conditional(schema, view)

    def add_conditional(self, schema: Schema, view: View) -> None:
        """Add what ``if`` and ``dependentSchemas`` apply, by the view's choice."""
        if "if" in schema:
            view.conditions.append(schema["if"])
            met = view.choice_for(schema["if"], 2) == 0
            for word in ("if", "then") if met else ("else",):
                self.add_schema(schema.get(word, True), view)
        dependents = schema.get("dependentSchemas", {})
        if dependents and (view.choice_for(dependents, 2) == 0) == view.complete:
            for subschema in dependents.values():
                self.add_schema(subschema, view)

    def add_definition(self, name: str, view: View) -> None:
        """Add a definition; one that holds itself is entered once more at most."""
        if name in view.seen or name not in self.definitions:
            return
        view.seen.add(name)
        if view.trail.count(name) >= (2 if view.complete else 1) and name in self.recursive:
            view.possible, self.is_endless = False, True
            return
        view.complete &= self.recursive.isdisjoint(view.trail)
        view.trail = (*view.trail, name)
        self.add_schema(self.definitions[name], view)

    def values_of_view(self, view: View) -> Iterator[Any]:
        """The values that the schemas show, then values that their keywords ask for.

        An object of a class comes before the examples of it.
        """
        has_properties = any("properties" in part for part in view.parts)
        if not has_properties:
            yield from schema_values(view)
        if view.concerns_type("object", OBJECT_KEYWORDS):
            yield from self.candidate_objects(view)
        if has_properties:
            yield from schema_values(view)
        if view.concerns_type("array", ARRAY_KEYWORDS):
            yield from self.candidate_arrays(view)
        yield from [None] if not any(map(types_of, view.parts)) else []
        yield from candidate_numbers(view) if view.allows("integer", "number") else ()
        yield from candidate_texts(view) if view.allows("string") else ()
        yield from (1, True, None)
        yield from view.values("default")

    def candidate_objects(self, view: View) -> Iterator[Any]:
        """The whole object, the least one grown towards the whole, the least one."""
        needed = view.required_names()
        least = self.object_with(view, needed, needed)
        wanted = (
            view.needed_names([*self.optional_names(view), *needed]) if view.complete else needed
        )
        whole = self.object_with(view, wanted, needed)
        if is_object(whole) and is_object(least):
            yield whole
            yield self.grown_object(view, least, whole)
            yield least
        yield self.object_of_size(view, max(view.greatest("minProperties"), len(needed)))
        yield {}

    def optional_names(self, view: View) -> list[str]:
        """The names in ``properties``, one name for each pattern, or one name of a map."""
        named = [name for members in view.values("properties") for name in members]
        for patterns in view.values("patternProperties"):
            named += [text for pattern in patterns for text in matching_strings(pattern)[:1]]
        is_map = any(value is not False for value in view.values("additionalProperties"))
        return named or [*islice(self.unused_names(view), int(is_map))]

    def grown_object(self, view: View, least: Any, whole: Any) -> dict[str, Any]:
        """The least object with each further member of the whole that keeps it valid."""
        accepts = self.judge(all_of_schemas(*view.parts))
        value = dict(least)
        for name in whole if view.complete else ():
            if name not in value and accepts({**value, name: whole[name]}):
                value[name] = whole[name]
        return value

    def object_with(self, view: View, names: list[str], needed: list[str]) -> Any:
        """An object of these members; those without a value are left out, NONE if one is needed."""
        members = {name: self.member_value(view, name) for name in names}
        if any(members[name] is NONE for name in needed):
            return NONE
        return {name: value for name, value in members.items() if value is not NONE}

    def member_value(self, view: View, name: str) -> Any:
        """A value for the member of this name, or NONE."""
        return self.find(view.member_schema(name), complete=view.complete, trail=view.trail)

    def object_of_size(self, view: View, size: int) -> dict[str, Any]:
        """An object of ``size`` members if there are as many, the needed ones first."""
        names = dict.fromkeys([*view.required_names(), *self.optional_names(view)])
        members: dict[str, Any] = {}
        for name in (*names, *self.unused_names(view)):
            if len(members) < size and (value := self.member_value(view, name)) is not NONE:
                members[name] = value
        return members

    def unused_names(self, view: View) -> Iterator[str]:
        """Names for members that no schema names."""
        allowed = all_of_schemas({"type": "string"}, *view.values("propertyNames"))
        plain = [f"key{index}" for index in range(MAX_DISTINCT)]
        for patterns in view.values("patternProperties"):
            plain += [text for pattern in patterns for text in matching_strings(pattern)]
        yield from filter(self.judge(allowed), plain)
        yield from self.distinct_values(allowed, MAX_DISTINCT, view.trail)

    def candidate_arrays(self, view: View) -> Iterator[Any]:
        """Arrays of the lengths that the keywords ask for."""
        held = [int(part.get("minContains", 1)) for part in view.parts if "contains" in part]
        least = max(view.greatest("minItems"), *held, 0)
        most = min(map(int, view.values("maxItems")), default=None)
        prefix = max((len(it) for it in view.values("prefixItems")), default=0)
        wanted = max(least, prefix, 1) if view.complete else least
        for length in dict.fromkeys([wanted, least, prefix, sum(held), prefix + sum(held)]):
            if most is None or length <= most:
                yield self.array_of_length(view, length)
        yield []

    def array_of_length(self, view: View, length: int) -> list[Any]:
        """An array of ``length`` items, or of fewer if no further item is found."""
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
                value = self.distinct_item(
                    all_of_schemas(place, *wanted), made if unique else [], view
                )
                if value is not NONE:
                    made.append(value)
                    del waiting[: len(wanted)]
                    break
            else:
                break
        return made

    def distinct_item(self, schema: Schema | bool, taken: list[Any], view: View) -> Any:
        """A value that equals none of ``taken``, or NONE."""
        if not taken:
            return self.find(schema, complete=view.complete, trail=view.trail)
        keys = set(map(equality_key, taken))
        values = self.distinct_values(schema, len(taken) + 1, view.trail)
        return next((value for value in values if equality_key(value) not in keys), NONE)


def schema_values(view: View) -> Iterator[Any]:
    """The values of ``examples``, ``enum``, ``const`` and ``default``."""
    for keyword in ("examples", "enum"):
        for values in view.values(keyword):
            yield from values
    yield from view.values("const")
    yield from (value for value in view.values("default") if value is not None)


def common_step(view: View) -> Fraction:
    """The least common multiple of every ``multipleOf``, 1 without any."""
    return common_multiple(map(as_fraction, view.values("multipleOf")))


def plain_number(value: Fraction) -> Any:
    """The number as an integer if it is whole, else as a float."""
    return int(value) if value.denominator == 1 else float(value)


def candidate_numbers(view: View) -> Iterator[Any]:
    """Numbers on and between the bounds, then multiples near them."""
    step = common_step(view)
    lows = [*view.values("minimum"), *view.values("exclusiveMinimum")]
    highs = [*view.values("maximum"), *view.values("exclusiveMaximum")]
    bounds = [*([max(lows)] if lows else []), *([min(highs)] if highs else [])]
    for limit in (*bounds, plain_number(step)):
        multiple = as_fraction(limit) // step * step
        yield from (limit, limit + 1, limit - 1)
        yield from map(plain_number, (multiple, multiple + step, multiple - step))
    if len(bounds) == 2:
        yield plain_number((as_fraction(bounds[0]) + as_fraction(bounds[1])) / 2)
    yield 0


def candidate_texts(view: View) -> Iterator[str]:
    """Strings of the patterns and the formats, and one of the least length."""
    least = view.greatest("minLength")
    for pattern in view.values("pattern"):
        yield from matching_strings(pattern)
        yield from long_strings(pattern, least)
    yield from ("x" * least, "text")
    for name in view.values("format"):
        yield from FORMATS.get(name, {}).values()


def long_strings(pattern: str, length: int) -> Iterator[str]:
    """Two strings of a pattern that have at least the length, if repetitions lead to them."""
    texts = matching_strings(pattern, min(length + 2, 200)) if length else ()
    return islice((text for text in texts if len(text) >= length), 2)
