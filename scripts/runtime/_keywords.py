"""JSON Schema 2020-12 -> core schemas of pydantic-core that accept what it accepts.

A core schema in here answers one question, whether an instance is valid; what it makes of the
instance is thrown away.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, TypeGuard

from pydantic_core import CoreSchema, core_schema

from . import _formats, _pattern
from ._types import WHOLE_NUMBER, float_or_int, whole_number

Schema = dict[str, Any]


Resolve = Callable[[str], CoreSchema]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


# A failure that is omitted ends a union, another lets it go on: with these two, and, or and not
# are said without a Python call.
NEVER: Any = core_schema.missing_sentinel_schema()


OMIT: Any = core_schema.with_default_schema(NEVER, on_error="omit")


ANY: Any = core_schema.any_schema()


def either(choices: Iterable[Any]) -> Any:
    """Accepts what one of the choices accepts."""
    found = list(choices)
    if len(found) < 2:
        return found[0] if found else NEVER
    return core_schema.union_schema(found, mode="left_to_right")


def guard(accepts: Any) -> Any:
    """The instance itself if ``accepts`` does, whatever that would make of it."""
    omitted = core_schema.with_default_schema(accepts, on_error="omit")
    return failing(either([core_schema.chain_schema([omitted, NEVER]), ANY]))


def forbid(accepts: Any) -> Any:
    """The instance itself unless ``accepts`` accepts it."""
    return failing(either([core_schema.chain_schema([accepts, OMIT]), ANY]))


def failing(schema: Any, keywords: str = "the schema") -> Any:
    """One error for all of the schema's."""
    return core_schema.custom_error_schema(
        schema,
        custom_error_type="assertion",
        custom_error_message="Input should satisfy {keywords}",
        custom_error_context={"keywords": keywords},
    )


def both(steps: Iterable[Any]) -> Any:
    """Accepts what every step accepts."""
    found = [step for step in steps if step is not ANY]
    if len(found) < 2:
        return found[0] if found else ANY
    return core_schema.chain_schema([*map(guard, found[:-1]), found[-1]])


TYPES: dict[str, Any] = {
    "null": core_schema.none_schema(),
    "boolean": core_schema.bool_schema(strict=True),
    "integer": WHOLE_NUMBER,
    "number": float_or_int("float_type", allow_inf_nan=False),
    "string": core_schema.str_schema(strict=True),
    "array": core_schema.list_schema(strict=True),
    "object": core_schema.dict_schema(strict=True),
}


DEFINITIONS = "#/$defs/"


def compile_schema(schema: Any, resolve: Resolve) -> Any:
    """The core schema that accepts what ``schema`` accepts."""
    if isinstance(schema, bool):
        return ANY if schema else NEVER
    words = [word for word in IN_PLACE if word in schema]
    return both([typed(schema, resolve), *(IN_PLACE[word](schema, resolve) for word in words)])


def typed(schema: Schema, resolve: Resolve) -> Any:
    """``type`` (Validation 6.1.1) and the keywords that speak of one type alone."""
    said: Any = schema.get("type")
    groups = {
        name: group(schema, resolve)
        for name, (words, group) in GROUPS.items()
        if not words.isdisjoint(schema)
    }
    if said is None:
        return both(either([it, forbid(TYPES[name])]) for name, it in groups.items())
    names: list[str] = [said] if isinstance(said, str) else said
    return either(of_type(name, groups) for name in names)


def of_type(name: str, groups: Mapping[str, Any]) -> Any:
    if name == "integer" and "number" in groups:
        return both([WHOLE_NUMBER, groups["number"]])
    return groups.get(name, TYPES[name])


def strings(schema: Schema, resolve: Resolve) -> Any:
    """``minLength``, ``maxLength``, ``pattern`` (Validation 6.3) and ``format`` (7)."""
    text = core_schema.str_schema(
        strict=True, min_length=size(schema, "minLength"), max_length=size(schema, "maxLength")
    )
    known = schema.get("format") in _formats.NAMES
    forms = [_formats.schema(schema["format"])] if known else []
    return both([text, *(pattern(it) for it in [schema.get("pattern")] if it is not None), *forms])


def size(schema: Schema, word: str) -> int | None:
    return int(schema[word]) if word in schema else None


def pattern(regex: str) -> Any:
    """``pattern`` (Validation 6.3.3): ECMA-262, a match anywhere."""
    return both(
        found if wanted else forbid(found)
        for wanted, text in _pattern.portable(regex)
        for found in [core_schema.str_schema(strict=True, pattern=text)]
    )


def numbers(schema: Schema, resolve: Resolve) -> Any:
    """``minimum`` and its like, ``multipleOf`` (Validation 6.2)."""
    bounds = (bound(word, schema[word]) for word in BOUNDS if word in schema)
    steps = [multiple_of(schema["multipleOf"])] if "multipleOf" in schema else []
    return both([TYPES["number"], *bounds, *steps])


# Keyword -> argument of the core schemas of integers and floats.
BOUNDS = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}


def bound(word: str, limit: float) -> Any:
    """A bound of any size: a float beyond 2**53 counts by its shortest decimal."""
    exact = whole_number(limit) if isinstance(limit, float) and abs(limit) > 2.0**53 else limit
    low = word in ("minimum", "exclusiveMinimum")
    whole = math.ceil(exact) if low else math.floor(exact)
    strictly = word.startswith("exclusive") and whole == exact
    whole += (1 if low else -1) if strictly else 0
    integers: Any = {"ge" if low else "le": whole}
    floats: Any = {BOUNDS[word]: limit}
    if abs(exact) > 2**53:
        floats = {"ge" if low else "le": float_edge(whole, low)}
    fractions = core_schema.float_schema(strict=True, allow_inf_nan=False, **floats)
    return either(
        [
            core_schema.int_schema(strict=True, **integers),
            # To pydantic-core an integer is a float too, rounded.
            both([forbid(core_schema.int_schema(strict=True)), fractions]),
        ]
    )


def float_edge(limit: int, low: bool) -> float:
    """The least double that counts as at least ``limit``, or the greatest as at most."""
    outward, inward = (-math.inf, math.inf) if low else (math.inf, -math.inf)
    try:
        edge = float(limit)
    except OverflowError:  # it is beyond all doubles
        return math.inf if limit > 0 else -math.inf

    def beyond(value: float) -> bool:
        return whole_number(value) < limit if low else whole_number(value) > limit

    while beyond(edge):
        edge = math.nextafter(edge, inward)
    while not beyond(math.nextafter(edge, outward)):
        edge = math.nextafter(edge, outward)
    return edge


def multiple_of(step: float) -> Any:
    """``multipleOf`` (Validation 6.2.1), in decimal: 0.07 is a multiple of 0.01."""
    if float(step).is_integer():
        whole = whole_number(step) if isinstance(step, float) else step
        return core_schema.chain_schema([WHOLE_NUMBER, core_schema.int_schema(multiple_of=whole)])
    return core_schema.chain_schema(
        [ANY, core_schema.no_info_plain_validator_function(partial(divided, fraction(step)))]
    )


def fraction(value: float) -> tuple[int, int]:
    """Numerator and denominator of the decimal that is written."""
    return Decimal(repr(value)).as_integer_ratio()


def divided(step: tuple[int, int], value: Any) -> Any:
    numerator, denominator = fraction(value)
    if numerator * step[1] % (step[0] * denominator):
        raise ValueError
    return value


def arrays(schema: Schema, resolve: Resolve) -> Any:
    """The keywords of arrays (Core 10.3.1, Validation 6.4)."""
    least, most = size(schema, "minItems"), size(schema, "maxItems")
    prefix = [compile_schema(it, resolve) for it in schema.get("prefixItems", ())]
    rest = compile_schema(schema.get("items", True), resolve)
    each = None if prefix else rest
    steps: list[Any] = [
        core_schema.list_schema(each, strict=True, min_length=least, max_length=most)
    ]
    steps += [positions(prefix, rest)] if prefix else []
    steps += [contains(schema, resolve)] if "contains" in schema else []
    steps += [UNIQUE] if schema.get("uniqueItems") else []
    return both(steps)


def positions(prefix: list[Any], rest: Any) -> Any:
    """``prefixItems`` (Core 10.3.1.1): items that are not there are not asked for."""
    absent = [core_schema.with_default_schema(it, default=None) for it in prefix]
    return core_schema.tuple_schema([*absent, rest], variadic_item_index=len(absent))


def contains(schema: Schema, resolve: Resolve) -> Any:
    """``contains``, ``minContains``, ``maxContains`` (Core 10.3.1.3, Validation 6.4.4): the list
    of the items that match."""
    matching = core_schema.with_default_schema(
        compile_schema(schema["contains"], resolve), on_error="omit"
    )
    least, most = size(schema, "minContains"), size(schema, "maxContains")
    return core_schema.list_schema(
        matching, strict=True, min_length=1 if least is None else least, max_length=most
    )


def unique(items: list[Any]) -> list[Any]:
    """``uniqueItems`` (Validation 6.4.3), the one keyword that needs a Python call."""
    if len(set(map(identity, items))) < len(items):
        raise ValueError
    return items


def identity(value: Any) -> Any:
    """Equal for equal JSON values alone: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, float) and abs(value) > 2.0**53 and math.isfinite(value):
        return whole_number(value)
    if is_array(value):
        return (list, *map(identity, value))
    if is_object(value):
        return frozenset((key, identity(it)) for key, it in value.items())
    return value


UNIQUE = core_schema.chain_schema(
    [core_schema.list_schema(strict=True), core_schema.no_info_plain_validator_function(unique)]
)


def objects(schema: Schema, resolve: Resolve) -> Any:
    """The keywords of objects (Core 10.3.2, Validation 6.5)."""
    patterns = {
        regex: core_schema.chain_schema([TYPES["string"], pattern(regex)])
        for regex in schema.get("patternProperties", ())
    }
    steps = [
        core_schema.dict_schema(
            strict=True,
            min_length=size(schema, "minProperties"),
            max_length=size(schema, "maxProperties"),
        )
        if not {"minProperties", "maxProperties"}.isdisjoint(schema)
        else TYPES["object"],
        members(schema, resolve),
        *(
            values(keys, compile_schema(schema["patternProperties"][regex], resolve))
            for regex, keys in patterns.items()
        ),
        *additional(schema, list(patterns.values()), resolve),
        *dependent(schema, resolve),
    ]
    if "propertyNames" in schema:
        names = both([TYPES["string"], compile_schema(schema["propertyNames"], resolve)])
        steps.append(core_schema.dict_schema(names, strict=True))
    return both(steps)


def members(schema: Schema, resolve: Resolve) -> Any:
    """``properties`` and ``required`` (Core 10.3.2.1, Validation 6.5.3)."""
    properties: Schema = schema.get("properties", {})
    required: Any = schema.get("required", ())
    if not properties and not required:
        return ANY
    return record(
        {
            name: (compile_schema(properties.get(name, True), resolve), name in required)
            for name in {**properties, **dict.fromkeys(required)}
        }
    )


def record(fields: Mapping[str, tuple[Any, bool]]) -> Any:
    """An object by the schema of each member and whether it has to be there."""
    return core_schema.typed_dict_schema(
        {
            name: core_schema.typed_dict_field(member, required=needed)
            for name, (member, needed) in fields.items()
        },
        strict=True,
        extra_behavior="ignore",
    )


def values(keys: Any, value: Any) -> Any:
    """The values under the keys that match, other keys aside."""
    matching = core_schema.with_default_schema(keys, on_error="omit")
    return core_schema.dict_schema(matching, value, strict=True)


def additional(schema: Schema, patterns: list[Any], resolve: Resolve) -> Iterator[Any]:
    """``additionalProperties`` (Core 10.3.2.3): of the keys that nothing else speaks of."""
    if schema.get("additionalProperties", True) is not True:
        names = list(schema.get("properties", ()))
        declared = [core_schema.literal_schema(names)] if names else []
        known = [*declared, *patterns]
        others = both([TYPES["string"], forbid(either(known))]) if known else TYPES["string"]
        yield values(others, compile_schema(schema["additionalProperties"], resolve))


def dependent(schema: Schema, resolve: Resolve) -> Iterator[Any]:
    """``dependentRequired`` (Validation 6.5.4) and ``dependentSchemas`` (Core 10.2.2.4)."""
    for name, needed in schema.get("dependentRequired", {}).items():
        yield either([absent(name), record(dict.fromkeys(needed, (ANY, True)))])
    for name, subschema in schema.get("dependentSchemas", {}).items():
        yield either([absent(name), compile_schema(subschema, resolve)])


def absent(name: str) -> Any:
    return record({name: (NEVER, False)})


def reference(schema: Schema, resolve: Resolve) -> Any:
    """``$ref`` (Core 8.2.3.1)."""
    return resolve(schema["$ref"][len(DEFINITIONS) :])


def enum(schema: Schema, resolve: Resolve) -> Any:
    """``enum`` (Validation 6.1.2)."""
    return one_of_values(schema["enum"])


def const(schema: Schema, resolve: Resolve) -> Any:
    """``const`` (Validation 6.1.3)."""
    return one_of_values([schema["const"]])


def one_of_values(values: list[Any]) -> Any:
    """Strings and small whole numbers are looked up, other values are compared."""
    texts = [it for it in values if isinstance(it, str)]
    whole = [int(it) for it in values if is_small(it)]
    others = [equal(it) for it in values if not isinstance(it, str) and not is_small(it)]
    if texts:
        others.insert(0, core_schema.literal_schema(texts))
    if whole:
        others.append(core_schema.chain_schema([WHOLE_NUMBER, core_schema.literal_schema(whole)]))
    return either(others)


def is_small(value: Any) -> bool:
    """Whether the value is an integer to Python's equality and to JSON's alike."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) < 2**53 and value == int(value)


def equal(value: Any) -> Any:
    """The JSON value itself: 1 is 1.0 and not true, at every depth (Core 4.2.2)."""
    if value is None:
        return TYPES["null"]
    if isinstance(value, str) or is_small(value):
        return one_of_values([value])
    if isinstance(value, bool):
        return core_schema.chain_schema([TYPES["boolean"], core_schema.literal_schema([value])])
    if is_array(value):
        whole = core_schema.list_schema(strict=True, min_length=len(value), max_length=len(value))
        return both([whole, core_schema.tuple_schema([equal(it) for it in value])])
    if is_object(value):
        exactly = core_schema.dict_schema(strict=True, max_length=len(value))
        return both([exactly, record({key: (equal(it), True) for key, it in value.items()})])
    return both([bound("minimum", value), bound("maximum", value)])


def all_of(schema: Schema, resolve: Resolve) -> Any:
    """``allOf`` (Core 10.2.1.1)."""
    return both(compile_schema(it, resolve) for it in schema["allOf"])


def any_of(schema: Schema, resolve: Resolve) -> Any:
    """``anyOf`` (Core 10.2.1.2)."""
    return either(compile_schema(it, resolve) for it in schema["anyOf"])


def one_of(schema: Schema, resolve: Resolve) -> Any:
    """``oneOf`` (Core 10.2.1.3): the first branch that accepts, if no later one does."""
    branches = [compile_schema(it, resolve) for it in schema["oneOf"]]
    choices = [
        core_schema.chain_schema([guard(branch), *alone(branches[index + 1 :])])
        for index, branch in enumerate(branches)
    ]
    return failing(either(choices))


def alone(later: list[Any]) -> list[Any]:
    """A step that ends the union around it if a later branch accepts as well."""
    if not later:
        return []
    return [either([core_schema.chain_schema([either(later), OMIT]), ANY])]


def not_(schema: Schema, resolve: Resolve) -> Any:
    """``not`` (Core 10.2.1.4)."""
    return forbid(compile_schema(schema["not"], resolve))


def if_(schema: Schema, resolve: Resolve) -> Any:
    """``if``, ``then``, ``else`` (Core 10.2.2)."""
    condition = compile_schema(schema["if"], resolve)
    then = compile_schema(schema.get("then", True), resolve)
    otherwise = compile_schema(schema.get("else", True), resolve)
    return either([both([condition, then]), both([forbid(condition), otherwise])])


IN_PLACE: dict[str, Callable[[Schema, Resolve], Any]] = {
    "$ref": reference,
    "enum": enum,
    "const": const,
    "allOf": all_of,
    "anyOf": any_of,
    "oneOf": one_of,
    "not": not_,
    "if": if_,
}


# Type -> the keywords that speak of its instances alone, and what they say together.
GROUPS: dict[str, tuple[frozenset[str], Callable[[Schema, Resolve], Any]]] = {
    "string": (frozenset({"minLength", "maxLength", "pattern", "format"}), strings),
    "number": (frozenset({*BOUNDS, "multipleOf"}), numbers),
    "array": (
        frozenset({"items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"}),
        arrays,
    ),
    "object": (
        frozenset(
            {
                *("properties", "required", "additionalProperties", "patternProperties"),
                *("propertyNames", "minProperties", "maxProperties"),
                *("dependentRequired", "dependentSchemas"),
            }
        ),
        objects,
    ),
}
