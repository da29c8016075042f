"""Keyword -> cases: values on both sides of the keyword, at the place of its schema."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any

from contract.json_values import as_fraction, is_object, pointer_step, without
from contract.names import attribute_names
from contract.subschemas import Schema, all_of_schemas
from documents.formats import FORMATS
from documents.pool import EQUAL_PAIRS, MAX_SIZE, POOL, Case, near_values, with_nulls
from documents.search import NONE, common_step, plain_number
from documents.strings import matching_strings, near_strings
from documents.views import Place
from oracle.keywords import item_schemas
from oracle.strings import has_match, is_of_format

if TYPE_CHECKING:
    from documents.boundary import BoundaryDocuments as Documents

MANY_MEMBERS = 64  # beyond them the documents of one schema would grow with its square
MAX_PAIRS = 28  # pairs of branches of one union

CaseFunction = Callable[["Documents", Schema, Place], Iterator[Case]]


def properties(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each member with each of its own cases, then absent; all other members are present, of many
    members only those that have to be."""
    few = len(schema["properties"]) <= MANY_MEMBERS
    whole = documents.object(schema, place, complete=few)
    for name, subschema in schema["properties"].items():
        there = place.within({"required": [name]})
        alone = few and name not in whole
        base = documents.object(schema, there, complete=True) if alone else whole
        for case, value in documents.cases(subschema, Place(place.trail)):
            yield f"{pointer_step(name)}/{case}", {**base, name: value}
        yield f"{pointer_step(name)}/absent", without(base, name)
    for label, value in POOL.items():
        yield f"stranger/{label}", {**whole, "stranger": value}
    least = documents.object(schema, place, complete=False)
    yield "stranger/beside-the-least", {**least, "stranger": None}
    for name, stranger in attribute_names(schema["properties"]).items():
        if stranger not in whole:  # a key that is named like the attribute is another member
            yield f"{pointer_step(name)}/attribute", {**whole, stranger: None}
            yield f"{pointer_step(name)}/attribute-alone", {stranger: None, **without(whole, name)}


def required(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """The least object without each required member, then the complete one without it."""
    least = documents.object(schema, place, complete=False)
    for name in schema["required"]:
        yield f"required/{pointer_step(name)}", without(least, name)
    if "properties" not in schema:
        whole = documents.object(schema, place, complete=True)
        for name in schema["required"]:
            yield f"required/{pointer_step(name)}/of-the-whole", without(whole, name)


def additional_properties(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each case of the schema of a map's values, under one name."""
    values = schema["additionalProperties"]
    if is_object(values) or (values is False and "properties" not in schema):
        least = documents.object(schema, place, complete=False)
        patterns = schema.get("patternProperties", {})
        names = [
            it for it in ("key", "0", "-", "Z z") if not any(has_match(p, it) for p in patterns)
        ]
        known: Schema = {"anyOf": [*({"pattern": it} for it in patterns), {"enum": sorted(least)}]}
        names = documents.allowed_names(schema, place, {"not": known}) or names
        for case, value in documents.cases(values, Place(place.trail)) if names else ():
            yield f"additionalProperties/{case}", {**least, names[0]: value}


def pattern_properties(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each case under a name that matches, then values under names that match or nearly do."""
    least = documents.object(schema, place, complete=False)
    for pattern, subschema in schema["patternProperties"].items():
        name = f"patternProperties/{pointer_step(pattern)}"
        allowed = documents.allowed_names(schema, place, {"pattern": pattern})
        names = allowed or [*matching_strings(pattern)]
        for case, value in documents.cases(subschema, Place(place.trail)) if names else ():
            yield f"{name}/{case}", {**least, names[0]: value}
        other = schema.get("additionalProperties", True)
        ways = {"right": (subschema, {"not": other}), "wrong": ({"not": subschema}, other)}
        for label, (wanted, elsewhere) in ways.items():
            value = documents.find(Place(place.trail, (elsewhere,)), wanted)
            for case, near_name in near_names(pattern) if value is not NONE else ():
                yield f"{name}/{label}/{case}", {**least, near_name: value}


def near_names(pattern: str) -> Iterator[Case]:
    """Names that match the pattern, and small edits of one of them."""
    names = matching_strings(pattern)
    yield from ((str(index), name) for index, name in enumerate(names[:3]))
    yield from ((f"near/{case}", name) for it in names[:1] for case, name in near_strings(it))


def property_names(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each case of the schema of names as the name of a member."""
    least = documents.object(schema, place, complete=False)
    view = documents.view(schema, place)
    for case, name in documents.cases(schema["propertyNames"], Place(place.trail)):
        if isinstance(name, str):
            value = documents.search.member_value(view, name)
            yield f"propertyNames/{case}", {**least, name: None if value is NONE else value}


def dependent_required(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each name with its dependents, without each of them, and the dependents without the name."""
    for name, dependents in schema["dependentRequired"].items():
        base = documents.object(schema, place.within({"required": [name]}), complete=False)
        path = f"dependentRequired/{pointer_step(name)}"
        yield path, base
        yield f"{path}/absent", without(base, name)
        yield f"{path}/alone", without(base, *dependents)
        for dependent in dependents:
            yield f"{path}/{pointer_step(dependent)}", without(base, dependent)


def dependent_schemas(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each schema met and violated, with its member present and absent, then its own cases."""
    for name, subschema in schema["dependentSchemas"].items():
        path = f"dependentSchemas/{pointer_step(name)}"
        there: Schema = {"required": [name], "type": "object"}
        rest = without(schema, "dependentSchemas")
        yield from documents.examples_of(path, place.within(schema), there)
        yield from documents.examples_of(f"{path}/absent", place.within(schema), {"not": there})
        for label, violated in (("wrong", there), ("wrong-absent", {"not": there})):
            against: Schema = {"allOf": [violated, {"type": "object"}, {"not": subschema}]}
            yield from documents.examples_of(f"{path}/{label}", place.within(rest), against)
        inner = place.within(schema, there)
        yield from (
            (f"{path}/{case}", value) for case, value in documents.keyword_cases(subschema, inner)
        )


def items(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each case of an item, as the first item and as the last one; in turn where there are many,
    or each array within another would double the documents."""
    whole = documents.array(schema, place)
    first = len(schema.get("prefixItems", ()))
    for number, (case, value) in enumerate(documents.cases(schema["items"], Place(place.trail))):
        ways = (
            (f"{first}/{case}", [*whole[:first], value, *whole[first + 1 :]]),
            (f"{max(len(whole), first + 1)}/{case}", [*whole, value]),
        )
        yield from ways[number % 2 :][:1] if documents.has_many else ways


def prefix_items(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each item with each of its own cases, the array cut before it, and one item more."""
    whole = documents.array(schema, place)
    for index, subschema in enumerate(schema["prefixItems"]):
        for case, value in documents.cases(subschema, Place(place.trail)):
            if index <= len(whole):
                yield f"{index}/{case}", [*whole[:index], value, *whole[index + 1 :]]
        yield f"{index}/cut", whole[:index]
    for label, value in POOL.items():
        yield f"prefixItems/more/{label}", [*whole, value]


def contains(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Numbers of matching items around the bounds, among others, then each case of an item."""
    bounds = [int(schema.get(keyword, 1)) for keyword in ("minContains", "maxContains")]
    view = documents.view(schema, place)
    after = max((len(it) for it in view.values("prefixItems")), default=0)
    start = documents.array(schema, place)[:after]
    one = [it for part in view.parts for it in item_schemas(part, after)]
    matching_items, others = (
        documents.search.distinct_values(all_of_schemas(*one, wanted), max(bounds) + 3, place.trail)
        for wanted in (schema["contains"], {"not": schema["contains"]})
    )
    for count in sorted({0, 1, *(max(0, it + off) for it in bounds for off in (-1, 0, 1))}):
        for rest in (0, 1, 3):
            made = [*start, *repeated_values(others, rest), *repeated_values(matching_items, count)]
            yield f"contains/{count}-of-{count + rest}", made
            yield f"contains/{count}-first-of-{count + rest}", made[::-1] if not start else made
    equal = [*start, *repeated_values(matching_items, bounds[0]), *others[:1] * 2]
    yield "contains/equal-others", equal
    least = max(map(int, view.values("minItems")), default=0) - bounds[0]
    for case, value in documents.cases(schema["contains"], Place(place.trail)):
        enough = repeated_values(matching_items, max(0, bounds[0] - 1))
        yield f"contains/{case}", [*start, *enough, value, *repeated_values(others, least)]
        if "maxContains" in schema:
            yield (
                f"maxContains/{case}",
                [*start, *repeated_values(matching_items, bounds[1]), value],
            )


def repeated_values(values: list[Any], number: int) -> list[Any]:
    """A list of ``number`` values: each of them once, then again from the first."""
    return [values[index % len(values)] for index in range(number)] if values else []


def unique_items(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Equal and nearly equal items, side by side and far apart."""
    whole = documents.array(schema, place)
    for label, pair in EQUAL_PAIRS.items():
        yield f"uniqueItems/{label}", pair
        yield f"uniqueItems/{label}-far-apart", [pair[0], *whole, pair[1]]
    view = documents.view(schema, place)
    one = all_of_schemas(*(it for part in view.parts for it in item_schemas(part, len(whole))))
    few = documents.search.distinct_values(one, 3, place.trail)
    yield "uniqueItems/distinct", few
    for label, value in (("first", [*whole, *whole[:1]]), ("last", [*whole, *whole[-1:]])):
        yield f"uniqueItems/{label}-again", value
    for index, value in enumerate(few):
        yield f"uniqueItems/{index}-twice", [value, *few]
        yield f"uniqueItems/{index}-at-the-end", [*few, value]
        yield f"uniqueItems/{index}-alone", [value, value]


def all_of(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each branch violated alone, then its own cases, with the other branches satisfied."""
    for index, branch in enumerate(schema["allOf"]):
        others = [it for at, it in enumerate(schema["allOf"]) if at != index]
        rest = place.within(without(schema, "allOf"), *others)
        yield from documents.examples_of(f"allOf/{index}/wrong", rest, {"not": branch})
        for case, value in documents.keyword_cases(branch, place.within(schema)):
            yield f"allOf/{index}/{case}", value


def union(keyword: str) -> CaseFunction:
    """Values of no branch, of one branch alone and of two branches, then each branch's cases."""

    def cases(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
        branches = schema[keyword]
        rest = place.within(without(schema, keyword))
        yield from documents.examples_of(f"{keyword}/none", rest, {"not": {"anyOf": branches}})
        for index, branch in enumerate(branches):
            others = [it for at, it in enumerate(branches) if at != index]
            only = {"not": {"anyOf": others}} if others else True
            yield from documents.examples_of(f"{keyword}/{index}/alone", rest, branch, only)
            for case, value in documents.keyword_cases(branch, rest.within(only)):
                yield f"{keyword}/{index}/{case}", value
        for left, right in list(combinations(range(len(branches)), 2))[:MAX_PAIRS]:
            both = (branches[left], branches[right])
            yield from documents.examples_of(f"{keyword}/{left}-and-{right}", rest, *both)

    return cases


def not_(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Values that the negated schema accepts, then its own cases."""
    rest = place.within(without(schema, "not"))
    yield from documents.examples_of("not", rest, schema["not"])
    for case, value in documents.keyword_cases(schema["not"], rest):
        yield f"not/{case}", value


def if_(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """The condition and its consequence, each met and violated, then the cases of all three."""
    rest = place.within(without(schema, "if", "then", "else"))
    met, unmet = schema["if"], {"not": schema["if"]}
    for keyword, condition in (("then", met), ("else", unmet)):
        other = unmet if keyword == "then" else met
        branch = schema.get(keyword, True)
        yield from documents.examples_of(f"{keyword}/right", rest, condition, branch)
        yield from documents.examples_of(f"{keyword}/wrong", rest, condition, {"not": branch})
        yield from documents.examples_of(f"{keyword}/wrong-otherwise", rest, other, {"not": branch})
        for case, value in documents.keyword_cases(branch, place.within(schema, condition)):
            yield f"{keyword}/{case}", value
        if keyword in schema:
            against = rest.within({"not": branch})
            for case, value in documents.keyword_cases(met, against):
                yield f"if/against-{keyword}/{case}", value


def enum(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each member, and values near it."""
    for index, member in enumerate(schema["enum"]):
        yield from near_values(f"enum/{index}", member)


def const(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """The value, and values near it."""
    yield from near_values("const", schema["const"])


def pattern(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Strings that match, and small edits of two of them."""
    texts = matching_strings(schema["pattern"])
    for index, text in enumerate(texts):
        yield f"pattern/{index}", text
    for index, text in enumerate(texts[:2]):
        for case, edited in near_strings(text):
            yield f"pattern/{index}/{case}", edited


def format_(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Strings of the format, and near misses."""
    for label, text in FORMATS.get(schema["format"], {}).items():
        yield f"format/{label}", text


def bound(keyword: str) -> CaseFunction:
    """The cases of a bound: at it, and beside it by one, by a little and by a multiple."""

    def cases(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
        limit = schema[keyword]
        yield f"{keyword}/at", limit
        yield f"{keyword}/whole-below", math.floor(limit)
        yield f"{keyword}/whole-above", math.ceil(limit)
        yield f"{keyword}/below", limit - 1
        yield f"{keyword}/above", limit + 1
        if abs(limit) < 1e308:
            yield f"{keyword}/at-as-float", float(limit)
        if abs(limit) < 2**53:
            yield f"{keyword}/a-little-below", limit - 0.5
            yield f"{keyword}/a-little-above", limit + 0.5
        step = common_step(documents.view(schema, place))
        multiple = as_fraction(limit) // step * step
        yield f"{keyword}/multiple-below", plain_number(multiple - step)
        yield f"{keyword}/multiple-above", plain_number(multiple + step)

    return cases


def multiple_of(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Multiples, and numbers near them."""
    step = schema["multipleOf"]
    yield from (
        (f"multipleOf/{factor}-times", decimal_product(step, factor)) for factor in (0, 1, 7, -1)
    )
    yield from ((f"multipleOf/{off}-off", decimal_product(step, 7) + off) for off in (-1, 1))
    yield "multipleOf/7-and-a-half-times", decimal_product(step, "7.5")
    yield "multipleOf/a-little-more", decimal_product(step, "7.0000001")
    yield from ((f"multipleOf/{value}", value) for value in (1e-10, 0.07, 0.015, 1e308, 4.35))
    inside = documents.find(place, schema, {"type": "number"})
    if inside is not NONE and abs(inside) < 2**53:
        for label, off in (("half", 0.5), ("one-less", -1), ("one-more", 1), ("tenth", 0.1)):
            yield f"multipleOf/inside-{label}", inside + off
        yield "multipleOf/inside-half-a-step", float(as_fraction(inside) + as_fraction(step) / 2)


def draft_4_integer(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """A whole number in each of its spellings."""
    inside = documents.find(place, schema, {"type": "number"})
    if inside is not NONE and abs(inside) < 2**53:
        yield from (("x-integer/whole", int(inside)), ("x-integer/float", float(int(inside))))


def decimal_product(step: float, factor: int | str) -> Any:
    """The product of the decimals: 7 times 0.01 is 0.07."""
    product = Decimal(repr(step)) * Decimal(factor)
    return plain_number(as_fraction(float(product) if isinstance(step, float) else product))


def size_limit(
    keyword: str, make: Callable[[Documents, Schema, Place, int], Iterator[Any]]
) -> CaseFunction:
    """The cases of a bound on size: values of that size, and one smaller and one greater."""

    def cases(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
        limit = int(schema[keyword])
        for label, length in (("at", limit), ("below", limit - 1), ("above", limit + 1)):
            for index, made in enumerate(make(documents, schema, place, length)):
                again = f"-{index}" if index else ""
                yield f"{keyword}/{label}{again}", made
                yield f"{keyword}/{label}-and-a-null{again}", with_nulls(made)

    return cases


def texts_of_length(
    documents: Documents, schema: Schema, place: Place, length: int
) -> Iterator[str]:
    """Strings of ``length`` code points, the first of characters with two UTF-16 units."""
    if 0 <= length <= MAX_SIZE:
        yield "\U0001f600" * length
        patterns = documents.view(schema, place).values("pattern")
        texts = [it for text in patterns for it in matching_strings(text, min(length + 2, 200))]
        yield from ("x" * length, *(text for text in texts if len(text) == length))
        for name in documents.view(schema, place).values("format"):
            yield from islice(texts_of_format(name, length), 1)


def texts_of_format(name: str, length: int) -> Iterator[str]:
    """Strings of a format, padded to the length, that are of the format still."""
    longer = (text.ljust(length, "a") for text in FORMATS.get(name, {}).values())
    yield from (text for text in longer if len(text) == length and is_of_format(name, text))


def arrays_of_length(
    documents: Documents, schema: Schema, place: Place, length: int
) -> Iterator[Any]:
    """One array of ``length`` items, or of as many as there can be."""
    if 0 <= length <= MAX_SIZE:
        yield documents.search.array_of_length(documents.view(schema, place), length)


def objects_of_size(
    documents: Documents, schema: Schema, place: Place, length: int
) -> Iterator[Any]:
    """One object of ``length`` members, or of as many as there can be."""
    if 0 <= length <= MAX_SIZE:
        yield documents.search.object_of_size(documents.view(schema, place), length)


# The order counts: a definition is entered once, by the first keyword that refers to it.
KEYWORDS: dict[str, CaseFunction] = {
    "properties": properties,
    "required": required,
    "additionalProperties": additional_properties,
    "patternProperties": pattern_properties,
    "propertyNames": property_names,
    "dependentRequired": dependent_required,
    "dependentSchemas": dependent_schemas,
    "items": items,
    "prefixItems": prefix_items,
    "contains": contains,
    "uniqueItems": unique_items,
    "allOf": all_of,
    "anyOf": union("anyOf"),
    "oneOf": union("oneOf"),
    "not": not_,
    "if": if_,
    "const": const,
    "enum": enum,
    "pattern": pattern,
    "format": format_,
    "minimum": bound("minimum"),
    "maximum": bound("maximum"),
    "exclusiveMinimum": bound("exclusiveMinimum"),
    "exclusiveMaximum": bound("exclusiveMaximum"),
    "multipleOf": multiple_of,
    "x-integer": draft_4_integer,
    "minLength": size_limit("minLength", texts_of_length),
    "maxLength": size_limit("maxLength", texts_of_length),
    "minItems": size_limit("minItems", arrays_of_length),
    "maxItems": size_limit("maxItems", arrays_of_length),
    "minProperties": size_limit("minProperties", objects_of_size),
    "maxProperties": size_limit("maxProperties", objects_of_size),
}
