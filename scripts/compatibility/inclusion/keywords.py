"""Keyword -> whether what is known of a case implies it; one function for each keyword.

Each function returns True only if that is proven (JSON Schema 2020-12, Core 10 and Validation 6).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from compatibility.inclusion import arrays, numbers, objects, strings
from compatibility.inclusion.conjunctions import Conjunction, allowed_kinds
from contract.subschemas import Schema, Subschema, referred_name

if TYPE_CHECKING:
    from compatibility.inclusion.prover import Prover

KeywordRule = Callable[["Prover", Conjunction, Schema], bool]


def type_(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return case.kind in allowed_kinds(schema)


def enum_or_const(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """``enum`` and ``const``: a case of few values was judged one by one."""
    return False


def ref(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return proof.is_implied(case, proof.definitions[referred_name(schema)])


def all_of(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return all(proof.is_implied(case, it) for it in schema["allOf"])


def any_of(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """One branch holds for all of the case, or another branch holds for what the first leaves."""
    branches = schema["anyOf"]
    if any(proof.is_implied(case, it) for it in branches):
        return True
    left = [case]
    for branch in branches[:-1]:
        left = [
            piece
            for one in left
            for piece in proof.cases_without(one, branch)
            if not proof.empty(piece)
        ]
    return all(proof.is_implied_by_pieces(it, branches[-1]) for it in left)


def one_of(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """One branch holds for all of the case, the others for nothing of it; or so it is piece by
    piece: for what satisfies a branch none of those after it holds."""
    branches = schema["oneOf"]
    return any(
        proof.is_implied(case, branches[one])
        and all(proof.is_disjoint(case, it) for index, it in enumerate(branches) if index != one)
        for one in range(len(branches))
    ) or holds_exactly_once(proof, case, branches)


def holds_exactly_once(proof: Prover, case: Conjunction, branches: list[Subschema]) -> bool:
    if not branches:
        return proof.empty(case)
    first, *others = branches
    if len(branches) == 1:
        return proof.is_implied_by_pieces(case, first)
    return all(
        proof.is_disjoint(met, it) for met in proof.refined_cases(case, first) for it in others
    ) and all(
        holds_exactly_once(proof, unmet, others)
        for unmet in proof.cases_without(case, first)
        if not proof.empty(unmet)
    )


def not_(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    return proof.is_disjoint(case, schema["not"])


def if_(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    condition, then, otherwise = schema["if"], schema.get("then", True), schema.get("else", True)
    met = proof.refined_cases(case, condition)
    unmet = (it for it in proof.cases_without(case, condition) if not proof.empty(it))
    return all(proof.is_implied_by_pieces(it, then) for it in met) and all(
        proof.is_implied_by_pieces(it, otherwise) for it in unmet
    )


def judged_by_another(proof: Prover, case: Conjunction, schema: Schema) -> bool:
    """``then`` and ``else``, ``minContains`` and ``maxContains`` assert nothing by themselves."""
    return True


# The rules of plain keywords are for the kinds of values that these speak of.
KEYWORDS: dict[str, KeywordRule] = {
    "type": type_,
    "enum": enum_or_const,
    "const": enum_or_const,
    "$ref": ref,
    "allOf": all_of,
    "anyOf": any_of,
    "oneOf": one_of,
    "not": not_,
    "if": if_,
    "then": judged_by_another,
    "else": judged_by_another,
    "minimum": numbers.minimum,
    "maximum": numbers.maximum,
    "exclusiveMinimum": numbers.exclusive_minimum,
    "exclusiveMaximum": numbers.exclusive_maximum,
    "multipleOf": numbers.multiple_of,
    "x-integer": numbers.draft_4_integer,
    "minLength": strings.min_length,
    "maxLength": strings.max_length,
    "pattern": strings.pattern,
    "format": strings.format_,
    "items": arrays.items,
    "prefixItems": arrays.prefix_items,
    "minItems": arrays.min_items,
    "maxItems": arrays.max_items,
    "uniqueItems": arrays.unique_items,
    "contains": arrays.contains,
    "minContains": judged_by_another,
    "maxContains": judged_by_another,
    "properties": objects.properties,
    "patternProperties": objects.pattern_properties,
    "additionalProperties": objects.additional_properties,
    "propertyNames": objects.property_names,
    "required": objects.required,
    "minProperties": objects.min_properties,
    "maxProperties": objects.max_properties,
    "dependentRequired": objects.dependent_required,
    "dependentSchemas": objects.dependent_schemas,
}


# What no value of a kind can satisfy.
EMPTINESS_RULES: dict[str, Callable[[Prover, Conjunction], Any]] = {
    "integer": numbers.has_no_number,
    "fraction": numbers.has_no_number,
    "string": lambda proof, case: strings.has_no_match(case),
    "array": arrays.has_no_array,
    "object": objects.has_no_object,
}


# The values of a case, if they are few.
FEW_VALUES: dict[str, Callable[[Conjunction], list[Any] | None]] = {
    "null": lambda case: [None],
    "boolean": lambda case: [False, True],
    "integer": numbers.numbers_between,
    "fraction": numbers.numbers_between,
    "string": strings.few_strings,
    "array": arrays.few_arrays,
    "object": objects.few_objects,
}
