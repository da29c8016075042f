"""Keyword -> whether what is known of a case implies it; one function for each keyword.

``proof`` proves claims about members, items and branches; each function answers True only for
what is so (JSON Schema 2020-12, Core 10 and Validation 6).
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations, product
from math import ceil, inf, lcm, prod
from typing import TYPE_CHECKING, Any

from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.conjunctions import Conjunction, allowed_kinds, schema_requiring
from contract.json_values import as_fraction
from contract.subschemas import DEFINITION_PREFIX, Schema, Subschema
from oracle.strings import ASSERTED_FORMATS, has_match

if TYPE_CHECKING:
    from compatibility.inclusion.prover import Prover

Bound = tuple[Fraction | float, bool]  # a number or an infinity, and whether it is excluded


KeywordRule = Callable[["Prover", Conjunction, Schema], bool]


MAX_INTEGERS_TRIED = 256  # integers between two bounds that are tried one by one


MAX_ITEMS_TRIED = 64  # items looked at one by one


MAX_ITEMS_PAIRED = 8  # items looked at two by two


MAX_COMBINATIONS = 64  # combinations of what several schemas say of a member


# What a case says of sizes: a least and a most number.


def size_bounds(case: Conjunction, least: str, most: str) -> tuple[int, float]:
    low = max((int(it) for it in case.values(least)), default=0)
    return low, min((int(it) for it in case.values(most)), default=inf)


def item_counts(case: Conjunction) -> tuple[int, float]:
    """Of arrays; a position that must not be there ends them."""
    low, high = size_bounds(case, "minItems", "maxItems")
    ends = [len(it.get("prefixItems", ())) for it in case.parts if it.get("items") is False]
    held = [int(it.get("minContains", 1)) for it in case.parts if "contains" in it]
    return max([low, *held]), min([high, *ends])


def member_counts(proof: "Prover", case: Conjunction) -> tuple[int, float]:
    """Of objects; those of a closed one have its names."""
    low, high = size_bounds(case, "minProperties", "maxProperties")
    names = closed_names(case)
    most = inf if names is None else sum(not proof.is_forbidden(case, it) for it in names)
    return max(low, len(required_names(case))), min(high, most)


def closed_names(case: Conjunction) -> list[str] | None:
    """The only names that members can have, or None if there are others."""
    for part in case.parts:
        if part.get("additionalProperties") is False and not part.get("patternProperties"):
            return list(part.get("properties", ()))
    return None


def required_names(case: Conjunction, *names: str) -> list[str]:
    """The names of members that are there, and of those that are there beside these."""
    found = dict.fromkeys([*names, *(it for names in case.values("required") for it in names)])
    waiting = list(found)
    while waiting:
        name = waiting.pop()
        more = {it for by in case.values("dependentRequired") for it in by.get(name, ())}
        waiting += more - found.keys()
        found |= dict.fromkeys(sorted(more))
    return list(found)


# Numbers.


def number_bounds(case: Conjunction) -> tuple[Bound, Bound]:
    """The greatest lower and the least upper bound; those of multiples are multiples."""
    lows: list[Bound] = [(-inf, True)]
    highs: list[Bound] = [(inf, True)]
    for found, word, excluded in (
        (lows, "minimum", False),
        (lows, "exclusiveMinimum", True),
        (highs, "maximum", False),
        (highs, "exclusiveMaximum", True),
    ):
        found += [(as_fraction(it), excluded) for it in case.values(word)]
    low, high = max(lows), min(highs, key=lambda it: (it[0], not it[1]))
    one = common_step(case)
    return (
        (low, high) if one is None else (first_multiple(low, one, 1), first_multiple(high, one, -1))
    )


def first_multiple(bound: Bound, one: Fraction, towards: int) -> Bound:
    """The first multiple of ``one`` within a bound, upwards of it (1) or downwards (-1)."""
    limit, excluded = bound
    if isinstance(limit, float):
        return bound
    nearest = towards * ceil(towards * limit / one) * one
    return (nearest + towards * one if excluded and nearest == limit else nearest), False


def integers_between(case: Conjunction) -> list[int] | None:
    """The integers between two bounds near each other."""
    if case.kind != "integer":
        return None
    (low, _), (high, _) = number_bounds(case)
    near = (
        isinstance(low, Fraction) and isinstance(high, Fraction) and high - low < MAX_INTEGERS_TRIED
    )
    return list(range(int(low), int(high) + 1)) if near else None


def common_step(case: Conjunction) -> Fraction | None:
    """The number of which all values are multiples, if there is one."""
    steps = [as_fraction(it) for it in case.values("multipleOf")]
    steps += [Fraction(1)] if case.kind == "integer" else []
    if not steps:
        return None
    denominator = lcm(*(it.denominator for it in steps))
    return Fraction(lcm(*(int(it * denominator) for it in steps)), denominator)


def has_no_number(proof: "Prover", case: Conjunction) -> bool:
    (low, open_low), (high, open_high) = number_bounds(case)
    one = common_step(case)
    integers_alone = case.kind == "fraction" and one is not None and one.denominator == 1
    return low > high or (low == high and (open_low or open_high)) or integers_alone


def minimum(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return number_bounds(case)[0] >= (as_fraction(schema["minimum"]), False)


def exclusive_minimum(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return number_bounds(case)[0] >= (as_fraction(schema["exclusiveMinimum"]), True)


def maximum(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return number_bounds(case)[1][0] <= as_fraction(schema["maximum"])


def exclusive_maximum(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    high, excluded = number_bounds(case)[1]
    limit = as_fraction(schema["exclusiveMaximum"])
    return high < limit or (high == limit and excluded)


def multiple_of(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    one = common_step(case)
    return one is not None and (one / as_fraction(schema["multipleOf"])).denominator == 1


# Strings.


def has_no_string(proof: "Prover", case: Conjunction) -> bool:
    return has_no_match(case)


def has_no_match(case: Conjunction, *unwanted: str, least: int = 0, most: float = inf) -> bool:
    """Whether it is known that no string of the case is of such a length and without these
    patterns."""
    low, high = size_bounds(case, "minLength", "maxLength")
    low, high = max(low, least), min(high, most)
    wanted = case.values("pattern")
    if low > high or not {*wanted}.isdisjoint(unwanted):
        return True
    try:
        return bool(wanted or unwanted) and shortest_string(wanted, unwanted, low, high) is None
    except UndecidedPattern:
        return False


def min_length(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, most=int(schema["minLength"]) - 1)


def max_length(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, least=int(schema["maxLength"]) + 1)


def pattern(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return has_no_match(case, schema["pattern"])


def is_pattern_within(some: str, others: str) -> bool:
    """Whether it is known that every string of one pattern is one of the other."""
    return has_no_match(Conjunction("string", ({"pattern": some},)), others)


def is_pattern_disjoint(some: str, others: str) -> bool:
    return has_no_match(Conjunction("string", ({"pattern": some}, {"pattern": others})))


def format_(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """A format that JSON Schema does not define asserts nothing."""
    return schema["format"] not in ASSERTED_FORMATS or schema["format"] in case.values("format")


# Arrays.


def has_no_array(proof: "Prover", case: Conjunction) -> bool:
    low, high = item_counts(case)
    return low > high or any(
        proof.can_prove(proof.item_schemas(case, index), False)
        for index in range(min(low, MAX_ITEMS_TRIED))
    )


def max_item_count(proof: "Prover", case: Conjunction) -> float:
    """How many items there can be: none from the first position on that has no value."""
    high = item_counts(case)[1]
    longest = max((len(it) for it in case.values("prefixItems")), default=0) + 1
    places = range(int(min(longest, high)))
    ends = (it for it in places if proof.can_prove(proof.item_schemas(case, it), False))
    return next(ends, high)


def items(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """Each position that has a schema of its own, and all that follow."""
    start = len(schema.get("prefixItems", ()))
    end = max([start, *(len(it) for it in case.values("prefixItems"))]) + 1
    return can_prove_positions(proof, case, ((it, schema["items"]) for it in range(start, end)))


def prefix_items(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    prefix: list[Subschema] = schema["prefixItems"]
    return can_prove_positions(proof, case, enumerate(prefix))


def can_prove_positions(
    proof: "Prover", case: Conjunction, wanted: Iterable[tuple[int, Subschema]]
) -> bool:
    most = max_item_count(proof, case)
    return all(
        index >= most or proof.can_prove(proof.item_schemas(case, index), it)
        for index, it in wanted
    )


def min_items(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return item_counts(case)[0] >= int(schema["minItems"])


def max_items(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return max_item_count(proof, case) <= int(schema["maxItems"])


def unique_items(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """Said already, or no two positions have a value in common."""
    if not schema["uniqueItems"] or any(case.values("uniqueItems")):
        return True
    most = max_item_count(proof, case)
    return most <= MAX_ITEMS_PAIRED and all(
        proof.can_prove((*proof.item_schemas(case, one), *proof.item_schemas(case, other)), False)
        for one, other in combinations(range(int(most)), 2)
    )


def contains(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """At least ``minContains`` items of a kind, and at most ``maxContains``."""
    wanted, least, most = contains_limits(schema)
    others = [contains_limits(part) for part in case.parts if "contains" in part]
    enough = least == 0 or any(
        low >= least and proof.can_prove((it,), wanted) for it, low, _ in others
    )
    all_of_them = item_counts(case)[0] >= least and items(proof, case, {"items": wanted})
    few = max_item_count(proof, case) <= most or any(
        high <= most and proof.can_prove((wanted,), it) for it, _, high in others
    )
    return (enough or all_of_them) and few


def contains_limits(schema: Schema) -> tuple[Subschema, int, float]:
    most = schema.get("maxContains", inf)
    return schema["contains"], int(schema.get("minContains", 1)), most


def judged_by_contains(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """``minContains`` and ``maxContains`` say nothing by themselves."""
    return True


# Objects.


def has_no_object(proof: "Prover", case: Conjunction) -> bool:
    low, high = member_counts(proof, case)
    return low > high or any(proof.is_forbidden(case, name) for name in required_names(case))


def required(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return set(schema["required"]) <= {*required_names(case)}


def properties(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return all(can_prove_member(proof, case, name, it) for name, it in schema["properties"].items())


def can_prove_member(proof: "Prover", case: Conjunction, name: str, wanted: Subschema) -> bool:
    """Whether the member of this name, if there is one, satisfies the schema."""
    return proof.is_forbidden(case, name) or proof.can_prove(proof.member(case, name), wanted)


def pattern_properties(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    named = {name for part in case.parts for name in part.get("properties", ())}
    return all(
        all(
            can_prove_member(proof, case, name, wanted)
            for name in sorted(named)
            if has_match(it, name)
        )
        and can_prove_unnamed(proof, case, wanted, it)
        for it, wanted in schema["patternProperties"].items()
    )


def can_prove_unnamed(
    proof: "Prover", case: Conjunction, wanted: Subschema, matching: str = ""
) -> bool:
    """Whether the members that no part names satisfy the schema, all or those that match a
    pattern: each of the parts says something of a member of any such name."""
    return can_prove_combined(
        proof, [unnamed_member_schemas(part, matching) for part in case.parts], wanted
    )


def can_prove_combined(proof: "Prover", said: list[list[Subschema]], wanted: Subschema) -> bool:
    """Whether the schema is satisfied by all that satisfies one schema of each list."""
    few = prod(map(len, said)) <= MAX_COMBINATIONS
    return few and all(proof.can_prove(way, wanted) for way in product(*said))


def unnamed_member_schemas(part: Schema, matching: str = "") -> list[Subschema]:
    """What a part may say of a member that it does not name: one of these schemas."""
    patterns = part.get("patternProperties", {})
    certain = [it for pattern, it in patterns.items() if is_pattern_within(matching, pattern)]
    if certain:
        return [{"allOf": certain}]
    possible = [
        it for pattern, it in patterns.items() if not is_pattern_disjoint(matching, pattern)
    ]
    return [*possible, part.get("additionalProperties", True)]


def additional_properties(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """Members that the schema does not name, be they named by the case or by nobody; those of
    the patterns of both are left to the schema's patterns."""
    own, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    wanted = schema["additionalProperties"]
    named = {name for part in case.parts for name in part.get("properties", ()) if name not in own}
    others = [it for it in sorted(named) if not any(has_match(jt, it) for jt in patterns)]
    said = [unnamed_member_schemas(without_patterns(part, patterns)) for part in case.parts]
    return all(can_prove_member(proof, case, it, wanted) for it in others) and can_prove_combined(
        proof, said, wanted
    )


def without_patterns(part: Schema, patterns: Schema) -> Schema:
    """What a part may say of names that match none of the patterns."""
    found = part.get("patternProperties", {})
    left = [it for it in found if not any(is_pattern_within(it, other) for other in patterns)]
    return {**part, "patternProperties": {it: found[it] for it in left}}


def property_names(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    wanted = schema["propertyNames"]
    names = closed_names(case)
    if names is not None:
        accepts = proof.oracle.at(wanted).accepts
        return all(accepts(it) or proof.is_forbidden(case, it) for it in names)
    return proof.can_prove(({"type": "string"}, *case.values("propertyNames")), wanted)


def min_properties(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return member_counts(proof, case)[0] >= int(schema["minProperties"])


def max_properties(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return member_counts(proof, case)[1] <= int(schema["maxProperties"])


def dependent_required(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return all(
        set(names) <= {*required_names(case, name)} or proof.is_forbidden(case, name)
        for name, names in schema["dependentRequired"].items()
    )


def dependent_schemas(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return all(
        all(
            proof.is_implied(there, it)
            for there in proof.refined_cases(case, schema_requiring(name))
        )
        for name, it in schema["dependentSchemas"].items()
    )


# Any value.


def type_(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return case.kind in allowed_kinds(schema)


def enum_or_const(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """``enum`` and ``const``: a case of few values was judged one by one."""
    return False


def ref(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return proof.is_implied(case, proof.definitions[schema["$ref"].removeprefix(DEFINITION_PREFIX)])


def all_of(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return all(proof.is_implied(case, it) for it in schema["allOf"])


def any_of(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """One branch holds for all of the case; or what is left by one branch is of another."""
    branches = schema["anyOf"]
    if any(proof.is_implied(case, it) for it in branches):
        return True
    left = [case]
    for branch in branches[:-1]:
        left = [jt for it in left for jt in proof.cases_without(it, branch) if not proof.empty(jt)]
    return all(proof.is_implied(it, branches[-1]) for it in left)


def one_of(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """One branch holds for all of the case, the others for nothing of it."""
    branches = schema["oneOf"]
    return any(
        proof.is_implied(case, branches[one])
        and all(proof.is_disjoint(case, it) for index, it in enumerate(branches) if index != one)
        for one in range(len(branches))
    )


def not_(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    return proof.is_disjoint(case, schema["not"])


def if_(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    condition, then, otherwise = schema["if"], schema.get("then", True), schema.get("else", True)
    met = proof.refined_cases(case, condition)
    unmet = (it for it in proof.cases_without(case, condition) if not proof.empty(it))
    return all(proof.is_implied(it, then) for it in met) and all(
        proof.is_implied(it, otherwise) for it in unmet
    )


def judged_by_if(proof: "Prover", case: Conjunction, schema: Schema) -> bool:
    """``then`` and ``else`` say nothing by themselves."""
    return True


def for_kinds(*names: str) -> Callable[[KeywordRule], KeywordRule]:
    """A keyword that other kinds of value satisfy as they are."""

    def wrapped(keyword: KeywordRule) -> KeywordRule:
        return lambda proof, case, schema: case.kind not in names or keyword(proof, case, schema)

    return wrapped


for_numbers, for_strings = for_kinds("integer", "fraction"), for_kinds("string")


for_arrays, for_objects = for_kinds("array"), for_kinds("object")


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
    "then": judged_by_if,
    "else": judged_by_if,
    "minimum": for_numbers(minimum),
    "maximum": for_numbers(maximum),
    "exclusiveMinimum": for_numbers(exclusive_minimum),
    "exclusiveMaximum": for_numbers(exclusive_maximum),
    "multipleOf": for_numbers(multiple_of),
    "minLength": for_strings(min_length),
    "maxLength": for_strings(max_length),
    "pattern": for_strings(pattern),
    "format": for_strings(format_),
    "items": for_arrays(items),
    "prefixItems": for_arrays(prefix_items),
    "minItems": for_arrays(min_items),
    "maxItems": for_arrays(max_items),
    "uniqueItems": for_arrays(unique_items),
    "contains": for_arrays(contains),
    "minContains": judged_by_contains,
    "maxContains": judged_by_contains,
    "properties": for_objects(properties),
    "patternProperties": for_objects(pattern_properties),
    "additionalProperties": for_objects(additional_properties),
    "propertyNames": for_objects(property_names),
    "required": for_objects(required),
    "minProperties": for_objects(min_properties),
    "maxProperties": for_objects(max_properties),
    "dependentRequired": for_objects(dependent_required),
    "dependentSchemas": for_objects(dependent_schemas),
}


# What no value of a kind can satisfy.
EMPTINESS_RULES: dict[str, Callable[["Prover", Conjunction], Any]] = {
    "integer": has_no_number,
    "fraction": has_no_number,
    "string": has_no_string,
    "array": has_no_array,
    "object": has_no_object,
}
