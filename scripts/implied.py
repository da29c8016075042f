"""Keyword -> whether what is known of a case implies it; one function for each keyword.

``proof`` proves claims about members, items and branches; each function answers True only for
what is so (JSON Schema 2020-12, Core 10 and Validation 6).
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations, product
from math import ceil, inf, lcm, prod
from typing import TYPE_CHECKING, Any

from conjunctions import Conjunction, Subschema, has, kinds
from exact import FORMATS, fraction, matches
from languages import Unknown, shortest
from values import DEFINITIONS, Schema

if TYPE_CHECKING:
    from inclusion import Inclusion

Bound = tuple[Fraction | float, bool]  # a number or an infinity, and whether it is excluded
Keyword = Callable[["Inclusion", Conjunction, Schema], bool]
FEW = 256  # integers between two bounds that are tried one by one
ITEMS = 64  # items looked at one by one
FEW_ITEMS = 8  # items looked at two by two
WAYS = 64  # combinations of what several schemas say of a member


# What a case says of sizes: a least and a most number.


def sizes(case: Conjunction, least: str, most: str) -> tuple[int, float]:
    low = max((int(it) for it in case.values(least)), default=0)
    return low, min((int(it) for it in case.values(most)), default=inf)


def lengths(case: Conjunction) -> tuple[int, float]:
    """Of arrays; a position that must not be there ends them."""
    low, high = sizes(case, "minItems", "maxItems")
    ends = [len(it.get("prefixItems", ())) for it in case.parts if it.get("items") is False]
    held = [int(it.get("minContains", 1)) for it in case.parts if "contains" in it]
    return max([low, *held]), min([high, *ends])


def members(proof: "Inclusion", case: Conjunction) -> tuple[int, float]:
    """Of objects; those of a closed one have its names."""
    low, high = sizes(case, "minProperties", "maxProperties")
    names = closed(case)
    most = inf if names is None else sum(not proof.is_forbidden(case, it) for it in names)
    return max(low, len(needed(case))), min(high, most)


def closed(case: Conjunction) -> list[str] | None:
    """The only names that members can have, or None if there are others."""
    for part in case.parts:
        if part.get("additionalProperties") is False and not part.get("patternProperties"):
            return list(part.get("properties", ()))
    return None


def needed(case: Conjunction, *names: str) -> list[str]:
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


def bounds(case: Conjunction) -> tuple[Bound, Bound]:
    """The greatest lower and the least upper bound; those of multiples are multiples."""
    lows: list[Bound] = [(-inf, True)]
    highs: list[Bound] = [(inf, True)]
    for found, word, excluded in (
        (lows, "minimum", False),
        (lows, "exclusiveMinimum", True),
        (highs, "maximum", False),
        (highs, "exclusiveMaximum", True),
    ):
        found += [(fraction(it), excluded) for it in case.values(word)]
    low, high = max(lows), min(highs, key=lambda it: (it[0], not it[1]))
    one = step(case)
    return (low, high) if one is None else (multiple(low, one, 1), multiple(high, one, -1))


def multiple(bound: Bound, one: Fraction, towards: int) -> Bound:
    """The first multiple of ``one`` within a bound, upwards of it (1) or downwards (-1)."""
    limit, excluded = bound
    if isinstance(limit, float):
        return bound
    nearest = towards * ceil(towards * limit / one) * one
    return (nearest + towards * one if excluded and nearest == limit else nearest), False


def between(case: Conjunction) -> list[int] | None:
    """The integers between two bounds near each other."""
    if case.kind != "integer":
        return None
    (low, _), (high, _) = bounds(case)
    near = isinstance(low, Fraction) and isinstance(high, Fraction) and high - low < FEW
    return list(range(int(low), int(high) + 1)) if near else None


def step(case: Conjunction) -> Fraction | None:
    """The number of which all values are multiples, if there is one."""
    steps = [fraction(it) for it in case.values("multipleOf")]
    steps += [Fraction(1)] if case.kind == "integer" else []
    if not steps:
        return None
    denominator = lcm(*(it.denominator for it in steps))
    return Fraction(lcm(*(int(it * denominator) for it in steps)), denominator)


def no_number(proof: "Inclusion", case: Conjunction) -> bool:
    (low, open_low), (high, open_high) = bounds(case)
    one = step(case)
    integers_alone = case.kind == "fraction" and one is not None and one.denominator == 1
    return low > high or (low == high and (open_low or open_high)) or integers_alone


def minimum(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return bounds(case)[0] >= (fraction(schema["minimum"]), False)


def exclusive_minimum(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return bounds(case)[0] >= (fraction(schema["exclusiveMinimum"]), True)


def maximum(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return bounds(case)[1][0] <= fraction(schema["maximum"])


def exclusive_maximum(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    high, excluded = bounds(case)[1]
    limit = fraction(schema["exclusiveMaximum"])
    return high < limit or (high == limit and excluded)


def multiple_of(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    one = step(case)
    return one is not None and (one / fraction(schema["multipleOf"])).denominator == 1


# Strings.


def no_string(proof: "Inclusion", case: Conjunction) -> bool:
    return no_text(case)


def no_text(case: Conjunction, *unwanted: str, least: int = 0, most: float = inf) -> bool:
    """Whether it is known that no string of the case is of such a length and without these
    patterns."""
    low, high = sizes(case, "minLength", "maxLength")
    low, high = max(low, least), min(high, most)
    wanted = case.values("pattern")
    if low > high or not {*wanted}.isdisjoint(unwanted):
        return True
    try:
        return bool(wanted or unwanted) and shortest(wanted, unwanted, low, high) is None
    except Unknown:
        return False


def min_length(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return no_text(case, most=int(schema["minLength"]) - 1)


def max_length(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return no_text(case, least=int(schema["maxLength"]) + 1)


def pattern(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return no_text(case, schema["pattern"])


def within(some: str, others: str) -> bool:
    """Whether it is known that every string of one pattern is one of the other."""
    return no_text(Conjunction("string", ({"pattern": some},)), others)


def disjoint(some: str, others: str) -> bool:
    return no_text(Conjunction("string", ({"pattern": some}, {"pattern": others})))


def format_(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """A format that JSON Schema does not define asserts nothing."""
    return schema["format"] not in FORMATS or schema["format"] in case.values("format")


# Arrays.


def no_array(proof: "Inclusion", case: Conjunction) -> bool:
    low, high = lengths(case)
    return low > high or any(
        proof.proves(proof.item(case, index), False) for index in range(min(low, ITEMS))
    )


def at_most(proof: "Inclusion", case: Conjunction) -> float:
    """How many items there can be: none from the first position on that has no value."""
    high = lengths(case)[1]
    longest = max((len(it) for it in case.values("prefixItems")), default=0) + 1
    places = range(int(min(longest, high)))
    ends = (it for it in places if proof.proves(proof.item(case, it), False))
    return next(ends, high)


def items(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """Each position that has a schema of its own, and all that follow."""
    start = len(schema.get("prefixItems", ()))
    end = max([start, *(len(it) for it in case.values("prefixItems"))]) + 1
    return positions(proof, case, ((it, schema["items"]) for it in range(start, end)))


def prefix_items(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    prefix: list[Subschema] = schema["prefixItems"]
    return positions(proof, case, enumerate(prefix))


def positions(
    proof: "Inclusion", case: Conjunction, wanted: Iterable[tuple[int, Subschema]]
) -> bool:
    most = at_most(proof, case)
    return all(index >= most or proof.proves(proof.item(case, index), it) for index, it in wanted)


def min_items(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return lengths(case)[0] >= int(schema["minItems"])


def max_items(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return at_most(proof, case) <= int(schema["maxItems"])


def unique_items(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """Said already, or no two positions have a value in common."""
    if not schema["uniqueItems"] or any(case.values("uniqueItems")):
        return True
    most = at_most(proof, case)
    return most <= FEW_ITEMS and all(
        proof.proves((*proof.item(case, one), *proof.item(case, other)), False)
        for one, other in combinations(range(int(most)), 2)
    )


def contains(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """At least ``minContains`` items of a kind, and at most ``maxContains``."""
    wanted, least, most = held(schema)
    others = [held(part) for part in case.parts if "contains" in part]
    enough = least == 0 or any(
        low >= least and proof.proves((it,), wanted) for it, low, _ in others
    )
    all_of_them = lengths(case)[0] >= least and items(proof, case, {"items": wanted})
    few = at_most(proof, case) <= most or any(
        high <= most and proof.proves((wanted,), it) for it, _, high in others
    )
    return (enough or all_of_them) and few


def held(schema: Schema) -> tuple[Subschema, int, float]:
    most = schema.get("maxContains", inf)
    return schema["contains"], int(schema.get("minContains", 1)), most


def beside_contains(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """``minContains`` and ``maxContains`` say nothing by themselves."""
    return True


# Objects.


def no_object(proof: "Inclusion", case: Conjunction) -> bool:
    low, high = members(proof, case)
    return low > high or any(proof.is_forbidden(case, name) for name in needed(case))


def required(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return set(schema["required"]) <= {*needed(case)}


def properties(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return all(member(proof, case, name, it) for name, it in schema["properties"].items())


def member(proof: "Inclusion", case: Conjunction, name: str, wanted: Subschema) -> bool:
    """Whether the member of this name, if there is one, satisfies the schema."""
    return proof.is_forbidden(case, name) or proof.proves(proof.member(case, name), wanted)


def pattern_properties(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    named = {name for part in case.parts for name in part.get("properties", ())}
    return all(
        all(member(proof, case, name, wanted) for name in sorted(named) if matches(it, name))
        and strangers(proof, case, wanted, it)
        for it, wanted in schema["patternProperties"].items()
    )


def strangers(proof: "Inclusion", case: Conjunction, wanted: Subschema, matching: str = "") -> bool:
    """Whether the members that no part names satisfy the schema, all or those that match a
    pattern: each of the parts says something of a member of any such name."""
    return combined(proof, [of_strangers(part, matching) for part in case.parts], wanted)


def combined(proof: "Inclusion", said: list[list[Subschema]], wanted: Subschema) -> bool:
    """Whether the schema is satisfied by all that satisfies one schema of each list."""
    few = prod(map(len, said)) <= WAYS
    return few and all(proof.proves(way, wanted) for way in product(*said))


def of_strangers(part: Schema, matching: str = "") -> list[Subschema]:
    """What a part may say of a member that it does not name: one of these schemas."""
    patterns = part.get("patternProperties", {})
    certain = [it for pattern, it in patterns.items() if within(matching, pattern)]
    if certain:
        return [{"allOf": certain}]
    possible = [it for pattern, it in patterns.items() if not disjoint(matching, pattern)]
    return [*possible, part.get("additionalProperties", True)]


def additional_properties(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """Members that the schema does not name, be they named by the case or by nobody; those of
    the patterns of both are left to the schema's patterns."""
    own, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    wanted = schema["additionalProperties"]
    named = {name for part in case.parts for name in part.get("properties", ()) if name not in own}
    others = [it for it in sorted(named) if not any(matches(jt, it) for jt in patterns)]
    said = [of_strangers(without(part, patterns)) for part in case.parts]
    return all(member(proof, case, it, wanted) for it in others) and combined(proof, said, wanted)


def without(part: Schema, patterns: Schema) -> Schema:
    """What a part may say of names that match none of the patterns."""
    found = part.get("patternProperties", {})
    left = [it for it in found if not any(within(it, other) for other in patterns)]
    return {**part, "patternProperties": {it: found[it] for it in left}}


def property_names(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    wanted = schema["propertyNames"]
    names = closed(case)
    if names is not None:
        accepts = proof.oracle.at(wanted).accepts
        return all(accepts(it) or proof.is_forbidden(case, it) for it in names)
    return proof.proves(({"type": "string"}, *case.values("propertyNames")), wanted)


def min_properties(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return members(proof, case)[0] >= int(schema["minProperties"])


def max_properties(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return members(proof, case)[1] <= int(schema["maxProperties"])


def dependent_required(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return all(
        set(names) <= {*needed(case, name)} or proof.is_forbidden(case, name)
        for name, names in schema["dependentRequired"].items()
    )


def dependent_schemas(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return all(
        all(proof.holds(there, it) for there in proof.refined(case, has(name)))
        for name, it in schema["dependentSchemas"].items()
    )


# Any value.


def type_(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return case.kind in kinds(schema)


def listed(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """``enum`` and ``const``: a case of few values was judged one by one."""
    return False


def ref(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return proof.holds(case, proof.definitions[schema["$ref"].removeprefix(DEFINITIONS)])


def all_of(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return all(proof.holds(case, it) for it in schema["allOf"])


def any_of(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """One branch holds for all of the case; or what is left by one branch is of another."""
    branches = schema["anyOf"]
    if any(proof.holds(case, it) for it in branches):
        return True
    left = [case]
    for branch in branches[:-1]:
        left = [jt for it in left for jt in proof.excluding(it, branch) if not proof.empty(jt)]
    return all(proof.holds(it, branches[-1]) for it in left)


def one_of(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """One branch holds for all of the case, the others for nothing of it."""
    branches = schema["oneOf"]
    return any(
        proof.holds(case, branches[one])
        and all(proof.disjoint(case, it) for index, it in enumerate(branches) if index != one)
        for one in range(len(branches))
    )


def not_(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    return proof.disjoint(case, schema["not"])


def if_(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    condition, then, otherwise = schema["if"], schema.get("then", True), schema.get("else", True)
    met = proof.refined(case, condition)
    unmet = (it for it in proof.excluding(case, condition) if not proof.empty(it))
    return all(proof.holds(it, then) for it in met) and all(
        proof.holds(it, otherwise) for it in unmet
    )


def beside_if(proof: "Inclusion", case: Conjunction, schema: Schema) -> bool:
    """``then`` and ``else`` say nothing by themselves."""
    return True


def of_kind(*names: str) -> Callable[[Keyword], Keyword]:
    """A keyword that other kinds of value satisfy as they are."""

    def wrapped(keyword: Keyword) -> Keyword:
        return lambda proof, case, schema: case.kind not in names or keyword(proof, case, schema)

    return wrapped


NUMBERS, STRINGS = of_kind("integer", "fraction"), of_kind("string")
ARRAYS, OBJECTS = of_kind("array"), of_kind("object")

KEYWORDS: dict[str, Keyword] = {
    "type": type_,
    "enum": listed,
    "const": listed,
    "$ref": ref,
    "allOf": all_of,
    "anyOf": any_of,
    "oneOf": one_of,
    "not": not_,
    "if": if_,
    "then": beside_if,
    "else": beside_if,
    "minimum": NUMBERS(minimum),
    "maximum": NUMBERS(maximum),
    "exclusiveMinimum": NUMBERS(exclusive_minimum),
    "exclusiveMaximum": NUMBERS(exclusive_maximum),
    "multipleOf": NUMBERS(multiple_of),
    "minLength": STRINGS(min_length),
    "maxLength": STRINGS(max_length),
    "pattern": STRINGS(pattern),
    "format": STRINGS(format_),
    "items": ARRAYS(items),
    "prefixItems": ARRAYS(prefix_items),
    "minItems": ARRAYS(min_items),
    "maxItems": ARRAYS(max_items),
    "uniqueItems": ARRAYS(unique_items),
    "contains": ARRAYS(contains),
    "minContains": beside_contains,
    "maxContains": beside_contains,
    "properties": OBJECTS(properties),
    "patternProperties": OBJECTS(pattern_properties),
    "additionalProperties": OBJECTS(additional_properties),
    "propertyNames": OBJECTS(property_names),
    "required": OBJECTS(required),
    "minProperties": OBJECTS(min_properties),
    "maxProperties": OBJECTS(max_properties),
    "dependentRequired": OBJECTS(dependent_required),
    "dependentSchemas": OBJECTS(dependent_schemas),
}

# What no value of a kind can satisfy.
IMPOSSIBLE: dict[str, Callable[["Inclusion", Conjunction], Any]] = {
    "integer": no_number,
    "fraction": no_number,
    "string": no_string,
    "array": no_array,
    "object": no_object,
}
