"""What is known of the objects of a case: names, members, and the keywords that they imply.

JSON Schema 2020-12, Core 10.2.2.4 and 10.3.2, Validation 6.5.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import inf, prod
from typing import TYPE_CHECKING

from compatibility.inclusion.conjunctions import (
    MAX_LISTED,
    Conjunction,
    few_values_of,
    schema_requiring,
    size_bounds,
)
from compatibility.inclusion.strings import (
    exact_pattern,
    has_no_match,
    is_pattern_disjoint,
    is_pattern_within,
)
from contract.subschemas import Schema, Subschema, with_dependents
from oracle.keywords import member_schemas
from oracle.strings import has_match

if TYPE_CHECKING:
    from compatibility.inclusion.prover import Prover

MAX_COMBINATIONS = 64  # combinations of what several schemas say of a member


def few_objects(case: Conjunction) -> list[Schema] | None:
    """The objects of few members, each of which has few values."""
    names = closed_names(case)
    if names is None or len(names) > MAX_COMBINATIONS:
        return None
    choices: list[list[Schema]] = []
    for name in names:
        values = few_values_of(it for part in case.parts for it in member_schemas(part, name))
        if values is None:
            return None
        absent: list[Schema] = [] if name in required_names(case) else [{}]
        choices.append([*absent, *({name: it} for it in values)])
    if prod(map(len, choices)) > MAX_LISTED:
        return None
    return [
        {name: it for member in way for name, it in member.items()} for way in product(*choices)
    ]


def member_counts(proof: Prover, case: Conjunction) -> tuple[int, float]:
    """The least and the greatest count of members; a closed object has at most its names."""
    low, high = size_bounds(case, "minProperties", "maxProperties")
    names = possible_names(proof, case)
    most = inf if names is None else sum(not proof.is_forbidden(case, it) for it in names)
    return max(low, len(required_names(case))), min(high, most)


def possible_names(proof: Prover, case: Conjunction) -> list[str] | None:
    """The names that members can have, where they are few."""
    names = closed_names(case)
    if names is None and case.values("propertyNames"):
        return proof.few_values(name_schemas(case))
    return names


STRING: Schema = {"type": "string"}


def closed_names(case: Conjunction) -> list[str] | None:
    """The only names that members can have, or None if there are others."""
    required = required_names(case)
    if len(required) >= size_bounds(case, "minProperties", "maxProperties")[1]:
        return required
    for part in case.parts:
        if part.get("additionalProperties") is False and not part.get("patternProperties"):
            return list(part.get("properties", ()))
        listed = part.get("propertyNames", {})
        if not isinstance(listed, bool) and "enum" in listed:
            return [it for it in listed["enum"] if isinstance(it, str)]
    return None


def name_schemas(case: Conjunction) -> tuple[Subschema, ...]:
    """What every name of a member satisfies."""
    closed = (it for it in case.parts if it.get("additionalProperties") is False)
    return (STRING, *case.values("propertyNames"), *map(described_names, closed))


def described_names(part: Schema) -> Schema:
    """The names that a schema describes by themselves or by a pattern."""
    patterns = [{"pattern": it} for it in part.get("patternProperties", ())]
    return {"anyOf": [{"enum": list(part.get("properties", ()))}, *patterns]}


def required_names(case: Conjunction, *names: str) -> list[str]:
    """The names of members that are there, and of those that are there beside these."""
    asked = (it for names in case.values("required") for it in names)
    return with_dependents([*names, *asked], case.values("dependentRequired"))


def has_no_object(proof: Prover, case: Conjunction) -> bool:
    low, high = member_counts(proof, case)
    return low > high or any(proof.is_forbidden(case, name) for name in required_names(case))


def required(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return set(schema["required"]) <= {*required_names(case)}


def properties(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return all(can_prove_member(proof, case, name, it) for name, it in schema["properties"].items())


def can_prove_member(proof: Prover, case: Conjunction, name: str, wanted: Subschema) -> bool:
    """Whether the member of this name, if there is one, satisfies the schema."""
    return proof.can_prove(proof.member(case, name), wanted) or proof.is_forbidden(case, name)


def has_no_room(case: Conjunction, name: str) -> bool:
    """Whether the member of this name and those that have to be beside it are too many."""
    return len(required_names(case, name)) > size_bounds(case, "minProperties", "maxProperties")[1]


def pattern_properties(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return all(
        can_prove_matching(proof, case, pattern, wanted)
        for pattern, wanted in schema["patternProperties"].items()
    )


def can_prove_matching(proof: Prover, case: Conjunction, matching: str, wanted: Subschema) -> bool:
    """Whether the members whose names match a pattern satisfy the schema."""
    named = sorted(known_names(case))
    others = Conjunction("string", ({"pattern": matching},))
    return all(
        can_prove_member(proof, case, name, wanted) for name in named if has_match(matching, name)
    ) and (
        closed_names(case) is not None
        or has_no_match(others, *map(exact_pattern, named))
        or proof.can_prove((*name_schemas(case), {"pattern": matching}), False)
        or can_prove_unnamed(proof, case.parts, wanted, matching)
    )


def known_names(case: Conjunction) -> set[str]:
    """The names that some part describes or asks for; all if there are no others."""
    named = {name for part in case.parts for name in part.get("properties", ())}
    return named | {*(closed_names(case) or ())}


def can_prove_unnamed(
    proof: Prover, parts: Iterable[Schema], wanted: Subschema, matching: str = ""
) -> bool:
    """Whether the members that no part names satisfy the schema, all or those that match a
    pattern: each of the parts says something of a member of any such name."""
    choices = [unnamed_member_schemas(part, matching) for part in parts]
    few = prod(map(len, choices)) <= MAX_COMBINATIONS
    return few and all(proof.can_prove(way, wanted) for way in product(*choices))


def unnamed_member_schemas(part: Schema, matching: str) -> list[Subschema]:
    """What a part may say of a member that it does not name: one of these schemas."""
    patterns = part.get("patternProperties", {})
    certain = [it for text, it in patterns.items() if is_pattern_within(matching, text)]
    if certain:
        return [{"allOf": certain}]
    possible = [it for text, it in patterns.items() if not is_pattern_disjoint(matching, text)]
    return [*possible, part.get("additionalProperties", True)]


def additional_properties(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """Members that the schema does not name, be they named by the case or by nobody; those of
    the patterns of both are left to the schema's patterns."""
    own, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    wanted = schema["additionalProperties"]
    others = [
        name
        for name in sorted(known_names(case).difference(own))
        if not any(has_match(pattern, name) for pattern in patterns)
    ]
    parts = [without_patterns(part, patterns) for part in case.parts]
    return all(can_prove_member(proof, case, it, wanted) for it in others) and (
        closed_names(case) is not None
        or can_prove_unnamed(proof, parts, wanted)
        or proof.can_prove(name_schemas(case), described_names(schema))
    )


def without_patterns(part: Schema, patterns: Schema) -> Schema:
    """What a part may say of names that match none of the patterns."""
    own = part.get("patternProperties", {})
    left = [it for it in own if not any(is_pattern_within(it, other) for other in patterns)]
    return {**part, "patternProperties": {it: own[it] for it in left}}


def property_names(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    wanted = schema["propertyNames"]
    names = closed_names(case)
    if names is not None:
        accepts = proof.oracle.at(wanted).accepts
        return all(accepts(it) or proof.is_forbidden(case, it) for it in names)
    return proof.can_prove(name_schemas(case), wanted)


def min_properties(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return member_counts(proof, case)[0] >= int(schema["minProperties"])


def max_properties(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return member_counts(proof, case)[1] <= int(schema["maxProperties"])


def dependent_required(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return all(
        set(names) <= {*required_names(case, name)} or proof.is_forbidden(case, name)
        for name, names in schema["dependentRequired"].items()
    )


def dependent_schemas(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return all(
        proof.is_implied(there, dependent)
        for name, dependent in schema["dependentSchemas"].items()
        for there in proof.refined_cases(case, schema_requiring(name))
    )
