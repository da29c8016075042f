"""Whether every value of one schema is one of another: proven, or not.

A proof by cases: what satisfies the left schema is taken apart into conjunctions
(``conjunctions.py``), each of which must satisfy every keyword of the right one (``keywords.py``).
It is sound and not complete: what is not proven may still be so, a witness has to deny it.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from compatibility.inclusion.arrays import never_contained
from compatibility.inclusion.conjunctions import (
    VALUE_KINDS,
    Conjunction,
    allowed_kinds,
    assertion_text,
    branch_choices,
    negation_of,
    opposites_of,
    plain_part,
    stated_parts,
    telling_keywords,
)
from compatibility.inclusion.keywords import EMPTINESS_RULES, FEW_VALUES, KEYWORDS
from compatibility.inclusion.objects import closed_names, has_no_room
from contract.json_values import json_type, kind_of, values_within
from contract.subschemas import (
    Definitions,
    Schema,
    Subschema,
    referred_name,
    with_dependents,
)
from documents.work import OutOfWork, Work
from oracle.keywords import item_schemas, member_schemas
from oracle.oracle import Oracle

MAX_STEPS = 50_000  # of a proof, a step for each CHARACTERS of a schema; beyond, nothing is proven


CHARACTERS = 256  # of the text of a schema


MAX_PIECES = 32  # pieces of a case that excludes schemas with several opposites


class Prover:
    """The proofs among schemas that share ``definitions``."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.oracle = Oracle({"$defs": dict(definitions)})
        self.has_spellings = tells_spellings(definitions)
        self.assumed_goals: dict[str, None] = {}
        self.failed_goals: set[str] = set()
        self.listed_goals: set[str] = set()
        self.work = Work()

    def is_proven(self, left: Subschema, right: Subschema, work: Work | None = None) -> bool:
        """Whether it is proven that all that satisfies ``left`` satisfies ``right``; when the
        work is done, nothing is."""
        self.work = Work(MAX_STEPS) if work is None else work
        self.has_spellings = tells_spellings([self.definitions, left, right])
        try:
            return self.can_prove((left,), right)
        except RecursionError:
            self.work.left = -1
        except OutOfWork:
            pass
        self.assumed_goals.clear()
        self.listed_goals.clear()
        return False

    def can_prove(self, left: tuple[Subschema, ...], right: Subschema) -> bool:
        """The same of what satisfies all of ``left``.

        A goal that its own proof comes back to, by way of members or items, is taken for granted:
        values are finite, so that is an induction on their depth. When a proof fails, what was
        proven in the course of it may have leaned on it and is forgotten.
        """
        goal = json.dumps([sorted(map(assertion_text, left)), assertion_text(right)])
        self.spend(goal)
        if goal in self.assumed_goals or goal in self.failed_goals:
            return goal in self.assumed_goals
        if {*stated_parts(right)} <= {part for it in left for part in stated_parts(it)}:
            return True
        before = len(self.assumed_goals)
        self.assumed_goals[goal] = None
        proven = all(self.is_implied_by_pieces(case, right) for case in self.cases(*left))
        if not proven:
            self.failed_goals.add(goal)
            self.assumed_goals = dict.fromkeys(list(self.assumed_goals)[:before])
        return proven

    def cases(self, *schemas: Subschema) -> Iterator[Conjunction]:
        """What satisfies all of the schemas; together the cases are all that does."""
        for kind in VALUE_KINDS:
            yield from self.refined_cases(Conjunction(kind), *schemas)

    def refined_cases(self, case: Conjunction, *schemas: Subschema) -> Iterator[Conjunction]:
        """What of a case satisfies the schemas too, without what is proven to be empty."""
        return (it for it in self.expanded_cases(case, schemas) if not self.empty(it))

    def expanded_cases(
        self, case: Conjunction, waiting: tuple[Subschema, ...]
    ) -> Iterator[Conjunction]:
        """One schema after the other taken apart: plain keywords, references, branches."""
        self.work.spend()
        if not waiting:
            yield case
        elif waiting[0] is True:
            yield from self.expanded_cases(case, waiting[1:])
        elif waiting[0] is not False and case.kind in allowed_kinds(waiting[0]):
            schema, rest = waiting[0], waiting[1:]
            text = assertion_text(schema)
            self.spend(text)
            parts = (*case.parts, plain_part(schema, case.kind))
            taken = replace(case, parts=parts, given_texts=case.given_texts | {text})
            always = (*self.referred(schema), *schema.get("allOf", ()), *rest)
            for way in branch_choices(schema, case.kind):
                met = tuple(it for it, holds in way if holds)
                unmet = tuple(it for it, holds in way if not holds)
                for left in self.cases_without(taken, *unmet):
                    yield from self.expanded_cases(left, (*met, *always))

    def spend(self, text: str, times: int = 1) -> None:
        """Count the steps of reading a schema."""
        self.work.spend(times * (1 + len(text) // CHARACTERS))

    def referred(self, schema: Schema) -> list[Subschema]:
        return [self.definitions[referred_name(schema)]] if "$ref" in schema else []

    def cases_without(self, case: Conjunction, *schemas: Subschema) -> Iterator[Conjunction]:
        """What of a case satisfies none of the schemas."""
        if not schemas:
            yield case
            return
        for left in self.cases_without_one(case, schemas[0]):
            yield from self.cases_without(left, *schemas[1:])

    def cases_without_one(self, case: Conjunction, schema: Subschema) -> Iterator[Conjunction]:
        """What of a case does not satisfy the schema; several opposites are left for later."""
        opposites = opposites_of(schema, case.kind)
        if opposites is None or len(opposites) > 1:
            yield replace(case, excluded=(*case.excluded, schema))
        else:
            for opposite in opposites:
                yield from self.expanded_cases(case, (opposite,))

    def is_disjoint(self, case: Conjunction, schema: Subschema) -> bool:
        """Whether it is proven that nothing of the case satisfies the schema."""
        return next(self.refined_cases(case, schema), None) is None

    def is_implied(self, case: Conjunction, schema: Subschema) -> bool:
        """Whether it is proven that all of the case satisfies the schema."""
        text = assertion_text(schema)
        self.spend(text)
        if schema is True or (schema is not False and text in case.given_texts):
            return True
        values = self.finite_values(case)
        if values is not None:
            self.spend(text, len(values))
            return all(map(self.oracle.at(schema).accepts, values))
        if schema is False:
            return self.empty(case)
        return all(KEYWORDS[it](self, case, schema) for it in telling_keywords(schema, case.kind))

    def is_implied_by_pieces(self, case: Conjunction, schema: Subschema) -> bool:
        """The same, if need be piece by piece: opposites replace what the case excludes."""
        if self.is_implied(case, schema):
            return True
        for index, excluded in enumerate(case.excluded):
            opposites = opposites_of(excluded, case.kind)
            if opposites is not None and len(opposites) ** len(case.excluded) <= MAX_PIECES:
                rest = without_excluded(case, index)
                pieces = (piece for it in opposites for piece in self.refined_cases(rest, it))
                return all(self.is_implied_by_pieces(piece, schema) for piece in pieces)
        return False

    def finite_values(self, case: Conjunction) -> list[Any] | None:
        """The values of the case where they are few enough to be tried one by one."""
        listed = [*case.values("enum"), *([it] for it in case.values("const"))]
        few = listed[0] if listed else FEW_VALUES[case.kind](case)
        if few is not None and self.has_spellings:
            few = all_spellings(few)
        if few is None:
            return None
        excluded = {"not": {"anyOf": [*case.excluded, False]}}
        schema: Schema = {"allOf": [*case.parts, excluded]}
        self.spend(assertion_text(schema), len(few))
        accepts = self.oracle.at(schema).accepts
        return [it for it in few if kind_of(it) == case.kind and accepts(it)]

    def few_values(self, schemas: tuple[Subschema, ...]) -> list[Any] | None:
        """The values that satisfy all of the schemas, where they are few."""
        goal = json.dumps([*map(assertion_text, schemas)])
        if goal in self.listed_goals:  # a value that holds itself
            return None
        self.listed_goals.add(goal)
        lists = [self.finite_values(case) for case in self.cases(*schemas)]
        self.listed_goals.remove(goal)
        known = [it for it in lists if it is not None]
        return [it for few in known for it in few] if len(known) == len(lists) else None

    def empty(self, case: Conjunction) -> bool:
        """Whether it is proven that no value satisfies the case."""
        values = self.finite_values(case)
        if values is not None:
            return not values
        if case.kind in EMPTINESS_RULES and EMPTINESS_RULES[case.kind](self, case):
            return True
        rests = [without_excluded(case, index) for index in range(len(case.excluded))]
        return any(map(self.is_implied, rests, case.excluded))

    # What a case says of members and items.

    def member(self, case: Conjunction, name: str) -> tuple[Subschema, ...]:
        return tuple(it for part in case.parts for it in member_schemas(part, name))

    def item_schemas(self, case: Conjunction, index: int) -> tuple[Subschema, ...]:
        schemas = (it for part in case.parts for it in item_schemas(part, index))
        return (*schemas, *(negation_of(it) for it in never_contained(case)))

    def is_forbidden(self, case: Conjunction, name: str) -> bool:
        """Whether it is proven that no object of the case has a member of this name: neither that
        nor what has to be beside it may be too much or without a value."""
        beside = with_dependents([name], case.values("dependentRequired"))
        return has_no_room(case, name) or any(self.has_no_member(case, it) for it in beside)

    def has_no_member(self, case: Conjunction, name: str) -> bool:
        closed = closed_names(case)
        if closed is not None and name not in closed:
            return True
        named = map(self.oracle.at, case.values("propertyNames"))
        allowed = all(it.accepts(name) for it in named)
        return not allowed or self.can_prove(self.member(case, name), False)


def without_excluded(case: Conjunction, index: int) -> Conjunction:
    return replace(case, excluded=case.excluded[:index] + case.excluded[index + 1 :])


def tells_spellings(schemas: Any) -> bool:
    """Whether 1 and 1.0 may have different verdicts, as in draft-04."""
    return '"x-integer"' in json.dumps(schemas)


def all_spellings(values: list[Any]) -> list[Any] | None:
    """Each number as an integer and as a float; None where arrays or objects hold numbers, which
    have many spellings, or where no float equals the integer."""
    numbers = [it for it in values if kind_of(it) == "integer"]
    if any(abs(it) > 2**53 for it in numbers) or any(map(holds_number, values)):
        return None
    return [*values, *map(int, numbers), *map(float, numbers)]


def holds_number(value: Any) -> bool:
    """Whether an array or an object has a number within."""
    return any(path and json_type(it) == "number" for path, it in values_within(value))
