"""Keyword -> the values on both sides of it, where its schema stands; one function for each."""

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, islice
from typing import Any

from contract.json_values import as_fraction, is_object, pointer_step
from contract.names import attribute_names
from contract.subschemas import Schema, all_of_schemas
from documents.context import Documents, Place
from documents.pool import FORMATS, POOL, Case, near_values, with_first_null
from documents.search import NONE, common_step, plain_number
from documents.strings import matching_strings, near_strings
from oracle.keywords import item_schemas
from oracle.strings import has_match, is_of_format

MAX_PAIRS = 28  # of the branches of one oneOf


CaseFunction = Callable[[Documents, Schema, Place], Iterator[Case]]


def without(instance: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in instance.items() if name not in names}


def properties(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each member through its own cases, then left out, with all others present."""
    whole = documents.object(schema, place, complete=True)
    inner = Place(place.trail)
    for name, subschema in schema["properties"].items():
        there = place if name in whole else place.within({"required": [name]})
        base = whole if name in whole else documents.object(schema, there, complete=True)
        for case, value in documents.cases(subschema, inner):
            yield f"{pointer_step(name)}/{case}", {**base, name: value}
        yield f"{pointer_step(name)}/absent", without(base, name)
    yield from stranger_cases(whole)
    least = documents.object(schema, place, complete=False)
    yield "stranger/beside-the-least", {**least, "stranger": None}
    for name, stranger in attribute_names(schema["properties"]).items():
        if stranger not in whole:  # a model must not take its attribute for the property
            yield f"{pointer_step(name)}/attribute", {**whole, stranger: None}
            yield f"{pointer_step(name)}/attribute-alone", {stranger: None, **without(whole, name)}


def stranger_cases(whole: dict[str, Any]) -> Iterator[Case]:
    for label, value in POOL.items():
        yield f"stranger/{label}", {**whole, "stranger": value}


def required(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each required member missing from an object that holds nothing else but the others."""
    least = documents.object(schema, place, complete=False)
    for name in schema["required"]:
        yield f"required/{pointer_step(name)}", without(least, name)
    if "properties" not in schema:
        whole = documents.object(schema, place, complete=True)
        for name in schema["required"]:
            yield f"required/{pointer_step(name)}/of-the-whole", without(whole, name)


def additional_properties(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each value that the map's schema is about, under one key."""
    values = schema["additionalProperties"]
    if is_object(values) or (values is False and "properties" not in schema):
        least = documents.object(schema, place, complete=False)
        patterns = schema.get("patternProperties", {})
        names = [
            it for it in ("key", "0", "-", "Z z") if not any(has_match(p, it) for p in patterns)
        ]
        for case, value in documents.cases(values, Place(place.trail)) if names else ():
            yield f"additionalProperties/{case}", {**least, names[0]: value}


def pattern_properties(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each value under a name that matches, and what it forbids under names that nearly do."""
    least = documents.object(schema, place, complete=False)
    for pattern, subschema in schema["patternProperties"].items():
        name = f"patternProperties/{pointer_step(pattern)}"
        names = matching_strings(pattern)
        for case, value in documents.cases(subschema, Place(place.trail)) if names else ():
            yield f"{name}/{case}", {**least, names[0]: value}
        other = schema.get("additionalProperties", True)
        ways = {"right": (subschema, {"not": other}), "wrong": ({"not": subschema}, other)}
        for label, (wanted, elsewhere) in ways.items():
            value = documents.find(Place(place.trail, (elsewhere,)), wanted)
            for case, near_name in near_names(pattern) if value is not NONE else ():
                yield f"{name}/{label}/{case}", {**least, near_name: value}


def near_names(pattern: str) -> Iterator[Case]:
    names = matching_strings(pattern)
    yield from ((str(index), name) for index, name in enumerate(names[:3]))
    yield from ((f"near/{case}", name) for it in names[:1] for case, name in near_strings(it))


def property_names(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each name that the schema of names is about, for a member that may be there."""
    least = documents.object(schema, place, complete=False)
    view = documents.view(schema, place)
    for case, name in documents.cases(schema["propertyNames"], Place(place.trail)):
        if isinstance(name, str):
            value = documents.search.member_value(view, name)
            yield f"propertyNames/{case}", {**least, name: None if value is NONE else value}


def dependent_required(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each name with all that depend on it, then without each of them, and they without it."""
    for name, dependents in schema["dependentRequired"].items():
        base = documents.object(schema, place.within({"required": [name]}), complete=False)
        path = f"dependentRequired/{pointer_step(name)}"
        yield path, base
        yield f"{path}/absent", without(base, name)
        yield f"{path}/alone", without(base, *dependents)
        for dependent in dependents:
            yield f"{path}/{pointer_step(dependent)}", without(base, dependent)


def dependent_schemas(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """What each schema is about with its member there, and what it forbids with and without."""
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
    """Each item through its own cases, in first and in last place."""
    whole = documents.array(schema, place)
    first = len(schema.get("prefixItems", ()))
    for case, value in documents.cases(schema["items"], Place(place.trail)):
        yield f"{first}/{case}", [*whole[:first], value, *whole[first + 1 :]]
        yield f"{max(len(whole), first + 1)}/{case}", [*whole, value]


def prefix_items(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each item through its own cases, then the array cut before it, then one item more."""
    whole = documents.array(schema, place)
    for index, subschema in enumerate(schema["prefixItems"]):
        for case, value in documents.cases(subschema, Place(place.trail)):
            if index <= len(whole):
                yield f"{index}/{case}", [*whole[:index], value, *whole[index + 1 :]]
        yield f"{index}/cut", whole[:index]
    for label, value in POOL.items():
        yield f"prefixItems/more/{label}", [*whole, value]


def contains(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """So many items that match among so many that do not, and each case of one that matches."""
    bounds = [int(schema.get(word, 1)) for word in ("minContains", "maxContains")]
    view = documents.view(schema, place)
    after = max((len(it) for it in view.values("prefixItems")), default=0)
    start = documents.array(schema, place)[:after]
    one = [it for part in view.parts for it in item_schemas(part, after)]
    matching_items, others = (
        documents.search.distinct_values(all_of_schemas(*one, it), max(bounds) + 3, place.trail)
        for it in (schema["contains"], {"not": schema["contains"]})
    )
    for found in sorted({0, 1, *(max(0, it + off) for it in bounds for off in (-1, 0, 1))}):
        for rest in (0, 1, 3):
            made = [*start, *repeated_values(others, rest), *repeated_values(matching_items, found)]
            yield f"contains/{found}-of-{found + rest}", made
            yield f"contains/{found}-first-of-{found + rest}", made[::-1] if not start else made
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
    """So many of the values, each once before any of them twice."""
    return [values[index % len(values)] for index in range(number)] if values else []


def unique_items(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Equal items side by side and far apart, and items that are nearly equal."""
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


EQUAL_PAIRS: dict[str, list[Any]] = {
    "one-and-float": [1, 1.0],
    "one-and-true": [1, True],
    "zero-and-false": [0, False],
    "one-and-text": [1, "1"],
    "nested-one-and-true": [[1], [True]],
    "nested-one-and-float": [[1], [1.0]],
    "nested-three": [[1], [True], [1]],
    "objects": [{"a": 1, "b": 2}, {"b": 2, "a": 1}],
    "objects-false-and-zero": [{"a": False}, {"a": 0}],
    "nulls": [None, None],
    "texts": ["a", "b", "a"],
    "trues": [True, True],
    "large": [2**53, 2**53 + 1],
}


def all_of(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """What each branch says of its own, the other ones satisfied."""
    for index, branch in enumerate(schema["allOf"]):
        others = [it for at, it in enumerate(schema["allOf"]) if at != index]
        rest = place.within(without(schema, "allOf"), *others)
        yield from documents.examples_of(f"allOf/{index}/wrong", rest, {"not": branch})
        for case, value in documents.keyword_cases(branch, place.within(schema)):
            yield f"allOf/{index}/{case}", value


def union(word: str) -> CaseFunction:
    """Values of one branch alone, of none and of two, then what each branch says of its own;
    the pool is tried once for all of them."""

    def cases(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
        branches = schema[word]
        rest = place.within(without(schema, word))
        yield from documents.examples_of(f"{word}/none", rest, {"not": {"anyOf": branches}})
        for index, branch in enumerate(branches):
            others = [it for at, it in enumerate(branches) if at != index]
            only = {"not": {"anyOf": others}} if others else True
            yield from documents.examples_of(f"{word}/{index}/alone", rest, branch, only)
            for case, value in documents.keyword_cases(branch, rest.within(only)):
                yield f"{word}/{index}/{case}", value
        for left, right in list(combinations(range(len(branches)), 2))[:MAX_PAIRS]:
            both = (branches[left], branches[right])
            yield from documents.examples_of(f"{word}/{left}-and-{right}", rest, *both)

    return cases


def not_(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """What the negated schema takes, and the cases of it."""
    rest = place.within(without(schema, "not"))
    yield from documents.examples_of("not", rest, schema["not"])
    for case, value in documents.keyword_cases(schema["not"], rest):
        yield f"not/{case}", value


def if_(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """The condition met and not, its consequence met and not, and the cases of all three."""
    rest = place.within(without(schema, "if", "then", "else"))
    met, unmet = schema["if"], {"not": schema["if"]}
    for word, condition in (("then", met), ("else", unmet)):
        other = unmet if word == "then" else met
        branch = schema.get(word, True)
        yield from documents.examples_of(f"{word}/right", rest, condition, branch)
        yield from documents.examples_of(f"{word}/wrong", rest, condition, {"not": branch})
        yield from documents.examples_of(f"{word}/wrong-otherwise", rest, other, {"not": branch})
        for case, value in documents.keyword_cases(branch, place.within(schema, condition)):
            yield f"{word}/{case}", value
        if word in schema:
            against = rest.within({"not": branch})
            for case, value in documents.keyword_cases(met, against):
                yield f"if/against-{word}/{case}", value


def enum(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Each member, and near each member what is none."""
    for index, member in enumerate(schema["enum"]):
        yield from near_values(f"enum/{index}", member)


def const(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """The value, and near it what it is not."""
    yield from near_values("const", schema["const"])


def pattern(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Texts that match, and small edits of two of them."""
    found = matching_strings(schema["pattern"])
    for index, text in enumerate(found):
        yield f"pattern/{index}", text
    for index, text in enumerate(found[:2]):
        for case, edited in near_strings(text):
            yield f"pattern/{index}/{case}", edited


def format_(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """Spellings of the format and near misses of it."""
    for label, text in FORMATS.get(schema["format"], {}).items():
        yield f"format/{label}", text


def bound(word: str) -> CaseFunction:
    """A bound met exactly and missed on both sides, by one, by a little and by a multiple."""

    def cases(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
        limit = schema[word]
        yield f"{word}/at", limit
        yield f"{word}/whole-below", math.floor(limit)
        yield f"{word}/whole-above", math.ceil(limit)
        yield f"{word}/below", limit - 1
        yield f"{word}/above", limit + 1
        if abs(limit) < 1e308:
            yield f"{word}/at-as-float", float(limit)
        if abs(limit) < 2**53:
            yield f"{word}/a-little-below", limit - 0.5
            yield f"{word}/a-little-above", limit + 0.5
        one = common_step(documents.view(schema, place))
        multiple = as_fraction(limit) // one * one
        yield f"{word}/multiple-below", plain_number(multiple - one)
        yield f"{word}/multiple-above", plain_number(multiple + one)

    return cases


def multiple_of(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
    """A multiple, and its neighbours."""
    one = schema["multipleOf"]
    yield from (
        (f"multipleOf/{factor}-times", decimal_product(one, factor)) for factor in (0, 1, 7, -1)
    )
    yield from ((f"multipleOf/{off}-off", decimal_product(one, 7) + off) for off in (-1, 1))
    yield "multipleOf/7-and-a-half-times", decimal_product(one, "7.5")
    yield "multipleOf/a-little-more", decimal_product(one, "7.0000001")
    yield from ((f"multipleOf/{value}", value) for value in (1e-10, 0.07, 0.015, 1e308, 4.35))
    inside = documents.find(place, schema, {"type": "number"})
    if inside is not NONE and abs(inside) < 2**53:
        for label, off in (("half", 0.5), ("one-less", -1), ("one-more", 1), ("tenth", 0.1)):
            yield f"multipleOf/inside-{label}", inside + off
        yield "multipleOf/inside-half-a-step", float(as_fraction(inside) + as_fraction(one) / 2)


def decimal_product(one: float, factor: int | str) -> Any:
    """The product of the decimals: 7 times 0.01 is 0.07."""
    product = Decimal(repr(one)) * Decimal(factor)
    return plain_number(
        as_fraction(float(product)) if isinstance(one, float) else Fraction(product)
    )


def size_limit(
    word: str, make: Callable[[Documents, Schema, Place, int], Iterator[Any]]
) -> CaseFunction:
    """A bound on the size of what ``make`` makes, met exactly and missed on both sides."""

    def cases(documents: Documents, schema: Schema, place: Place) -> Iterator[Case]:
        limit = int(schema[word])
        for label, length in (("at", limit), ("below", limit - 1), ("above", limit + 1)):
            for index, made in enumerate(make(documents, schema, place, length)):
                again = f"-{index}" if index else ""
                yield f"{word}/{label}{again}", made
                yield f"{word}/{label}-and-a-null{again}", with_first_null(made)

    return cases


def texts_of_length(
    documents: Documents, schema: Schema, place: Place, length: int
) -> Iterator[str]:
    """Characters beyond the Basic Multilingual Plane: a length is a number of code points."""
    if length >= 0:
        yield "\U0001f600" * length
        patterns = documents.view(schema, place).values("pattern")
        found = [it for text in patterns for it in matching_strings(text, min(length + 2, 200))]
        yield from ("x" * length, *(it for it in found if len(it) == length))
        for name in documents.view(schema, place).values("format"):
            yield from islice(texts_of_format(name, length), 1)


def texts_of_format(name: str, length: int) -> Iterator[str]:
    """Spellings of a format, made longer where that leaves them spellings of it."""
    longer = (text.ljust(length, "a") for text in FORMATS.get(name, {}).values())
    yield from (text for text in longer if len(text) == length and is_of_format(name, text))


def arrays_of_length(
    documents: Documents, schema: Schema, place: Place, length: int
) -> Iterator[Any]:
    if length >= 0:
        yield documents.search.array_of_length(documents.view(schema, place), length)


def objects_of_size(
    documents: Documents, schema: Schema, place: Place, length: int
) -> Iterator[Any]:
    if length >= 0:
        yield documents.search.object_of_size(documents.view(schema, place), length)


# In this order, here and where the reach is measured: a definition is entered once.
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
    "minLength": size_limit("minLength", texts_of_length),
    "maxLength": size_limit("maxLength", texts_of_length),
    "minItems": size_limit("minItems", arrays_of_length),
    "maxItems": size_limit("maxItems", arrays_of_length),
    "minProperties": size_limit("minProperties", objects_of_size),
    "maxProperties": size_limit("maxProperties", objects_of_size),
}
