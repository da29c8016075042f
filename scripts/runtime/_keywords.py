"""JSON Schema 2020-12 -> core schemas of pydantic-core that accept what it accepts.

A core schema of this module answers one question: is the instance valid? The value that it
returns is thrown away.
"""

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from pydantic_core import CoreSchema, core_schema

from . import _formats, _pattern
from ._conditions import judged_by_string
from ._numbers import BOUND_ARGUMENTS, bound_schema, multiple_schema
from ._types import WHOLE_NUMBER_SCHEMA, is_array, is_object, number_schema, whole_number
from ._unions import (
    ANY_SCHEMA,
    INSTANCE,
    NEVER_SCHEMA,
    exactly_one_of,
    intersection_of,
    keep_if,
    keep_unless,
    object_schema,
    returns_instance,
    then_or_fail,
    union_of,
    with_one_error,
)

Schema = dict[str, Any]


Resolver = Callable[[str], CoreSchema]


SCHEMA_BY_TYPE: dict[str, Any] = {
    "null": core_schema.none_schema(),
    "boolean": core_schema.bool_schema(strict=True),
    "integer": WHOLE_NUMBER_SCHEMA,
    "number": number_schema("float_type", allow_inf_nan=False),
    "string": core_schema.str_schema(strict=True),
    "array": core_schema.list_schema(strict=True),
    "object": core_schema.dict_schema(strict=True),
}


DEFINITION_PREFIX = "#/$defs/"


def referred_name(schema: Schema) -> str:
    """The name of the definition that the reference of a schema leads to."""
    target: str = schema["$ref"]
    return target[len(DEFINITION_PREFIX) :]


def compile_schema(schema: Any, resolve: Resolver) -> Any:
    """The core schema that accepts what ``schema`` accepts."""
    if isinstance(schema, bool):
        return ANY_SCHEMA if schema else NEVER_SCHEMA
    words = [word for word in KEYWORDS if word in schema]
    return intersection_of(
        [compile_type(schema, resolve), *(KEYWORDS[word](schema, resolve) for word in words)]
    )


def compile_each(schemas: list[Any], resolve: Resolver) -> list[Any]:
    return [compile_schema(it, resolve) for it in schemas]


def compile_type(schema: Schema, resolve: Resolver) -> Any:
    """``type`` (Validation 6.1.1) and the keywords that speak of one type alone."""
    types: Any = schema.get("type")
    groups = {
        name: group(schema, resolve)
        for name, (words, group) in KEYWORDS_BY_TYPE.items()
        if not words.isdisjoint(schema)
    }
    if types is None:
        return intersection_of(
            union_of([core, keep_unless(SCHEMA_BY_TYPE[name])])
            for name, core in groups.items()
            if core is not SCHEMA_BY_TYPE[name]
        )
    names: list[str] = [types] if isinstance(types, str) else types
    return union_of(schema_for_type(name, groups) for name in names)


def schema_for_type(name: str, groups: Mapping[str, Any]) -> Any:
    if name == "integer" and "number" in groups:
        return intersection_of([WHOLE_NUMBER_SCHEMA, groups["number"]])
    return groups.get(name, SCHEMA_BY_TYPE[name])


def compile_strings(schema: Schema, resolve: Resolver) -> Any:
    """``minLength``, ``maxLength``, ``pattern`` (Validation 6.3) and ``format`` (7)."""
    sizes = size_limits(schema, "Length")
    text = core_schema.str_schema(strict=True, **sizes)
    patterns = [pattern_schema(schema["pattern"])] if "pattern" in schema else []
    known = schema.get("format") in _formats.FORMAT_NAMES
    forms = [_formats.format_schema(schema["format"])] if known else []
    # These take strings alone, too.
    texts = [*forms, *(it for it in patterns if it["type"] == "str")]
    first = [] if texts and not sizes else [text]
    return intersection_of([*first, *patterns, *forms])


def size_limits(schema: Schema, parts: str) -> dict[str, Any]:
    """The arguments of core schemas for ``min`` and ``max`` of such parts, as far as they are
    there."""
    words = {"min_length": f"min{parts}", "max_length": f"max{parts}"}
    return {name: int(schema[word]) for name, word in words.items() if word in schema}


def pattern_schema(regex: str) -> Any:
    """``pattern`` (Validation 6.3.3): ECMA-262, a match anywhere."""
    return intersection_of(
        matches if wanted else keep_unless(matches)
        for wanted, text in _pattern.portable_rules(regex)
        for matches in [core_schema.str_schema(strict=True, pattern=text)]
    )


def compile_numbers(schema: Schema, resolve: Resolver) -> Any:
    """``minimum`` and its like, ``multipleOf`` (Validation 6.2); the integer of draft-04."""
    bounds = (bound_schema(word, schema[word]) for word in BOUND_ARGUMENTS if word in schema)
    steps = [multiple_schema(schema["multipleOf"])] if "multipleOf" in schema else []
    steps += [core_schema.int_schema(strict=True)] if "x-integer" in schema else []
    return intersection_of([SCHEMA_BY_TYPE["number"], *bounds, *steps])


def compile_arrays(schema: Schema, resolve: Resolver) -> Any:
    """The keywords of arrays (Core 10.3.1, Validation 6.4)."""
    prefix = compile_each(schema.get("prefixItems", []), resolve)
    rest = compile_schema(schema.get("items", True), resolve)
    each = None if prefix else rest
    steps: list[Any] = [core_schema.list_schema(each, strict=True, **size_limits(schema, "Items"))]
    steps += [prefix_schema(prefix, rest)] if prefix else []
    steps += [contains_schema(schema, resolve)] if "contains" in schema else []
    return intersection_of(steps)


def prefix_schema(prefix: list[Any], rest: Any) -> Any:
    """``prefixItems`` (Core 10.3.1.1): items that are not there are not asked for."""
    absent = [core_schema.with_default_schema(it, default=None) for it in prefix]
    return core_schema.tuple_schema([*absent, rest], variadic_item_index=len(absent))


def contains_schema(schema: Schema, resolve: Resolver) -> Any:
    """``contains``, ``minContains``, ``maxContains`` (Core 10.3.1.3, Validation 6.4.4): the list
    of the items that match."""
    matching = core_schema.with_default_schema(
        compile_schema(schema["contains"], resolve), on_error="omit"
    )
    sizes: Any = {"min_length": 1, **size_limits(schema, "Contains")}
    return core_schema.list_schema(matching, strict=True, **sizes)


def refuse_duplicates(instance: Any) -> Any:
    """The instance, unless it is an array with two equal items: ``uniqueItems`` (Validation 6.4.3),
    for which pydantic-core does not have a schema."""
    if not is_array(instance) or len(instance) < 2 or are_distinct_strings(instance):
        return instance
    named = instance[0] if {dict}.issuperset(map(type, instance)) else ()
    columns = ([item.get(name) for item in instance] for name in islice(named, 2))
    if any(map(are_distinct_strings, columns)):
        return instance
    if len(set(map(equality_key, instance))) < len(instance):
        raise ValueError
    return instance


def are_distinct_strings(items: list[Any]) -> bool:
    """Whether all are strings and no two are equal, the cheapest reason for unique items."""
    return {str}.issuperset(map(type, items)) and len(set(items)) == len(items)


MOST_HASHED = sys.hash_info.modulus - 1  # beyond it Python gives many integers one hash


def equality_key(value: Any) -> Any:
    """Equal for equal JSON values alone: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, float) and abs(value) > 2.0**53 and math.isfinite(value):
        return equality_key(whole_number(value))
    if isinstance(value, int) and abs(value) > MOST_HASHED:
        return (int, hex(value))
    if is_array(value):
        return (list, *map(equality_key, value))
    if is_object(value):
        return frozenset((key, equality_key(it)) for key, it in value.items())
    if type(value).__hash__ is None:  # an instance of a class
        return equality_key(document_of(value))
    return value


def document_of(instance: Any) -> Any:
    """The document that would be read as the instance of a class."""
    return instance.model_dump(mode="json", exclude_unset=True)


UNIQUE_ITEMS_SCHEMA: Any = core_schema.no_info_plain_validator_function(
    refuse_duplicates, metadata=INSTANCE
)


def compile_objects(schema: Schema, resolve: Resolver) -> Any:
    """The keywords of objects (Core 10.3.2, Validation 6.5)."""
    patterns = {
        regex: intersection_of([SCHEMA_BY_TYPE["string"], pattern_schema(regex)])
        for regex in schema.get("patternProperties", ())
    }
    sized = sized_schema(schema, names_schema(schema, patterns.values(), resolve))
    of_members = [
        members_schema(schema, resolve),
        *(
            matching_values(keys, compile_schema(schema["patternProperties"][regex], resolve))
            for regex, keys in patterns.items()
        ),
        *additional_schemas(schema, patterns.values(), resolve),
    ]
    # What judges members is of objects alone.
    dependent = bool(schema.get("dependentRequired"))
    typed = dependent or any(it is not ANY_SCHEMA for it in of_members)
    first = [] if typed and sized is SCHEMA_BY_TYPE["object"] else [sized]
    return intersection_of([*first, *of_members, *dependency_schemas(schema, resolve)])


def sized_schema(schema: Schema, names: Any) -> Any:
    """``minProperties``, ``maxProperties`` (Validation 6.5.1, 6.5.2), and what names have to be."""
    sizes = size_limits(schema, "Properties")
    if names is ANY_SCHEMA and not sizes:
        return SCHEMA_BY_TYPE["object"]
    return core_schema.dict_schema(names, strict=True, **sizes)


def names_schema(schema: Schema, patterns: Iterable[Any], resolve: Resolver) -> Any:
    """``propertyNames`` (Core 10.3.2.4), and ``additionalProperties`` that is false."""
    names = compile_schema(schema.get("propertyNames", True), resolve)
    names = names if returns_instance(names, "str") else keep_if(names)  # a model is no key
    closed = schema.get("additionalProperties", True) is False and not is_record(schema)
    known = known_names(schema, patterns) if closed else ANY_SCHEMA
    if names is ANY_SCHEMA and known is ANY_SCHEMA:
        return ANY_SCHEMA
    return intersection_of([SCHEMA_BY_TYPE["string"], known, names])


def known_names(schema: Schema, patterns: Iterable[Any]) -> Any:
    """The names that ``properties`` and ``patternProperties`` speak of."""
    names = list(schema.get("properties", ()))
    return union_of([*([core_schema.literal_schema(names)] if names else []), *patterns])


def is_record(schema: Schema) -> bool:
    """Whether no other members may be there than those of ``properties``."""
    closed = schema.get("additionalProperties", True) is False and "properties" in schema
    alone = closed and not schema.get("patternProperties")
    return alone and {*schema.get("required", ())} <= schema["properties"].keys()


def members_schema(schema: Schema, resolve: Resolver) -> Any:
    """``properties`` and ``required`` (Core 10.3.2.1, Validation 6.5.3); of a record that there
    is nothing else."""
    properties: Schema = schema.get("properties", {})
    required: Any = schema.get("required", ())
    members = {
        name: (compile_schema(properties.get(name, True), resolve), name in required)
        for name in {**properties, **dict.fromkeys(required)}
    }
    if is_record(schema):
        return object_schema(members, closed=True)
    asserted = {name: it for name, it in members.items() if it != (ANY_SCHEMA, False)}
    return object_schema(asserted) if asserted else ANY_SCHEMA


def matching_values(keys: Any, value: Any) -> Any:
    """The values under the keys that match, other keys aside."""
    if value is ANY_SCHEMA:
        return ANY_SCHEMA
    matching = core_schema.with_default_schema(keys, on_error="omit")
    return core_schema.dict_schema(matching, value, strict=True)


def additional_schemas(schema: Schema, patterns: Iterable[Any], resolve: Resolver) -> Iterator[Any]:
    """``additionalProperties`` (Core 10.3.2.3): of the keys that nothing else speaks of."""
    if schema.get("additionalProperties", True) not in (True, False):
        others = [SCHEMA_BY_TYPE["string"], keep_unless(known_names(schema, patterns))]
        yield matching_values(
            intersection_of(others), compile_schema(schema["additionalProperties"], resolve)
        )


def dependency_schemas(schema: Schema, resolve: Resolver) -> Iterator[Any]:
    """``dependentRequired`` (Validation 6.5.4) and ``dependentSchemas`` (Core 10.2.2.4)."""
    for name, needed in schema.get("dependentRequired", {}).items():
        yield union_of(
            [absence_schema(name), object_schema(dict.fromkeys(needed, (ANY_SCHEMA, True)))]
        )
    for name, subschema in schema.get("dependentSchemas", {}).items():
        yield union_of([absence_schema(name), compile_schema(subschema, resolve)])


def absence_schema(name: str) -> Any:
    return object_schema({name: (NEVER_SCHEMA, False)})


def values_schema(values: list[Any]) -> Any:
    """Strings and small whole numbers are looked up, other values are compared."""
    texts = [it for it in values if isinstance(it, str)]
    whole = [int(it) for it in values if is_small_integer(it)]
    others = [it for it in values if not isinstance(it, str) and not is_small_integer(it)]
    choices: list[Any] = [core_schema.literal_schema(texts)] if texts else []
    choices += map(constant_schema, others)
    if whole:
        literal = core_schema.literal_schema(whole)
        choices.append(core_schema.chain_schema([WHOLE_NUMBER_SCHEMA, literal]))
    return union_of(choices)


def is_small_integer(value: Any) -> bool:
    """Whether the value is an integer to Python's equality and to JSON's alike."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) < 2**53 and value == int(value)


def constant_schema(value: Any) -> Any:
    """The JSON value itself: 1 is 1.0 and not true, at every depth (Core 4.2.2)."""
    if value is None:
        return SCHEMA_BY_TYPE["null"]
    if isinstance(value, str) or is_small_integer(value):
        return values_schema([value])
    if isinstance(value, bool):
        literal = core_schema.literal_schema([value])
        return core_schema.chain_schema([SCHEMA_BY_TYPE["boolean"], literal])
    if is_array(value):
        items = core_schema.tuple_schema([*map(constant_schema, value)])
        return intersection_of([SCHEMA_BY_TYPE["array"], items])
    if is_object(value):
        members = {name: (constant_schema(it), True) for name, it in value.items()}
        return object_schema(members, closed=True)
    return intersection_of([bound_schema("minimum", value), bound_schema("maximum", value)])


def all_of(schema: Schema, resolve: Resolver) -> Any:
    """``allOf`` (Core 10.2.1.1)."""
    return judged_by_string(schema["allOf"], lambda it: compile_schema(it, resolve), ALL_KEYWORDS)


def if_(schema: Schema, resolve: Resolver) -> Any:
    """``if``, ``then``, ``else`` (Core 10.2.2)."""
    condition = keep_if(compile_schema(schema["if"], resolve))
    then, otherwise = (compile_schema(schema.get(word, True), resolve) for word in ("then", "else"))
    return with_one_error(union_of([then_or_fail(condition, then), otherwise]))


# What a keyword asserts of values of any type (Core 8.2.3.1 and 10.2).
KEYWORDS: dict[str, Callable[[Schema, Resolver], Any]] = {
    "$ref": lambda it, resolve: resolve(referred_name(it)),
    "enum": lambda it, _: values_schema(it["enum"]),  # Validation 6.1.2
    "const": lambda it, _: values_schema([it["const"]]),  # Validation 6.1.3
    "allOf": all_of,
    "anyOf": lambda it, resolve: union_of(compile_each(it["anyOf"], resolve)),
    "oneOf": lambda it, resolve: exactly_one_of(compile_each(it["oneOf"], resolve)),
    "not": lambda it, resolve: keep_unless(compile_schema(it["not"], resolve)),
    "if": if_,
    "uniqueItems": lambda it, _: UNIQUE_ITEMS_SCHEMA if it["uniqueItems"] else ANY_SCHEMA,
}


# Type -> the keywords that speak of its instances alone, and what they say together.
KEYWORDS_BY_TYPE: dict[str, tuple[frozenset[str], Callable[[Schema, Resolver], Any]]] = {
    "string": (frozenset({"minLength", "maxLength", "pattern", "format"}), compile_strings),
    "number": (frozenset({*BOUND_ARGUMENTS, "multipleOf", "x-integer"}), compile_numbers),
    "array": (
        frozenset({"items", "prefixItems", "contains", "minItems", "maxItems"}),
        compile_arrays,
    ),
    "object": (
        frozenset(
            {
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
                "propertyNames",
                "minProperties",
                "maxProperties",
                "dependentRequired",
                "dependentSchemas",
            }
        ),
        compile_objects,
    ),
}


ALL_KEYWORDS = frozenset({"type", *KEYWORDS}).union(*(it for it, _ in KEYWORDS_BY_TYPE.values()))
