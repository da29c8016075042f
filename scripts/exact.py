"""jsonschema's validators made exact: what they leave to Python is judged by the specification.

Patterns are ECMA-262 (JSON Schema, 6.4), numbers are decimals of any size, ``1`` is ``1.0`` and
no ``true`` (4.2.2), ``format`` is asserted. ``$ref`` follows the draft of the file it leads to.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import jsonschema_rs
from jsonschema import Draft7Validator, Draft201909Validator, Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from referencing.jsonschema import SchemaResource, lookup_recursive_ref, specification_with
from regress import Regex
from values import Schema, is_array, is_object

Errors = Iterator[ValidationError]
Keyword = Callable[[Any, Any, Any, Schema], Errors]

LATEST = "https://json-schema.org/draft/2020-12/schema"
DRAFTS: dict[str, Any] = {
    LATEST: Draft202012Validator,
    "https://json-schema.org/draft/2019-09/schema": Draft201909Validator,
    "http://json-schema.org/draft-07/schema": Draft7Validator,
}

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
# jsonschema-rs takes punctuation for digits here (RFC 3339, 5.6), and a UUID of another shape
# (RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits).
SHAPES = {
    "date": DATE,
    "time": TIME,
    "date-time": f"{DATE}[Tt]{TIME}",
    "uuid": r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
}
ANY_SHAPE = r"(?s:.*)"
FORMATS = (
    *("date-time", "date", "time", "duration", "ipv4", "ipv6", "uuid", "email"),
    *("uri", "uri-reference", "iri", "iri-reference", "uri-template"),
    *("json-pointer", "relative-json-pointer"),
)


def draft(schema: Any, default: str = LATEST) -> str:
    """The draft that a schema names, if it is one of ours."""
    named = schema.get("$schema", default) if is_object(schema) else default
    uri = str(named).removesuffix("#")
    return uri if uri in DRAFTS else default


@cache
def checker(word: str, value: str) -> Callable[[str], bool]:
    """What jsonschema-rs says of strings by one keyword."""
    accepts: Callable[[str], bool] = jsonschema_rs.Draft202012Validator(
        {word: value}, validate_formats=True
    ).is_valid
    return accepts


LONG = 24


@cache
def expression(pattern: str) -> Regex:
    return Regex(pattern, "u")


@cache
def is_taken(pattern: str) -> bool:
    """Whether jsonschema-rs takes the pattern; ``[]``, ``[^]``, ``[\\b]``, ``\\0`` it refuses."""
    try:
        checker("pattern", pattern)
    except jsonschema_rs.ValidationError:
        return False
    return True


def matches(pattern: str, text: str) -> bool:
    """Whether an ECMA-262 pattern is found in ``text``.

    regress is right but tries every way, which are too many in a long text; jsonschema-rs takes
    linear time and is right on ASCII without ``\\r``.
    """
    if len(text) > LONG and text.isascii() and "\r" not in text and is_taken(pattern):
        return checker("pattern", pattern)(text)
    return expression(pattern).find(text) is not None


def is_of_format(name: str, text: str) -> bool:
    """Whether ``text`` is of one of the formats; any other format asserts nothing."""
    if name not in FORMATS:
        return True
    shaped = re.fullmatch(SHAPES.get(name, ANY_SHAPE), text) is not None
    return shaped and checker("format", name)(text)


def by_decimal(value: Any) -> Any:
    """The value with its large floats as the integers that they name (``1e25``)."""
    if is_object(value):
        return {name: by_decimal(member) for name, member in value.items()}
    if is_array(value):
        return [by_decimal(item) for item in value]
    large = isinstance(value, float) and 2.0**53 < abs(value) < math.inf
    return whole_number(value) if large else value


def whole_number(value: float) -> int:
    """The integer that the shortest decimal of a float names (RFC 8785, section 3.2.2.3)."""
    return int(Decimal(repr(value)))


def key(value: Any) -> object:
    """Equal for equal JSON values alone, at every depth: 1 is 1.0, true is not."""
    if is_object(value):
        return frozenset((name, key(member)) for name, member in value.items())
    if is_array(value):
        return tuple(map(key, value))
    return (bool, value) if isinstance(value, bool) else value


def const(validator: Any, value: Any, instance: Any, schema: Schema) -> Errors:
    if key(instance) != key(value):
        yield ValidationError(f"{value!r} was expected")


def enum(validator: Any, values: list[Any], instance: Any, schema: Schema) -> Errors:
    if key(instance) not in map(key, values):
        yield ValidationError(f"{instance!r} is not one of {values!r}")


def unique_items(validator: Any, unique: bool, instance: Any, schema: Schema) -> Errors:
    if unique and is_array(instance) and len(set(map(key, instance))) < len(instance):
        yield ValidationError(f"{instance!r} has non-unique elements")


def multiple_of(validator: Any, step: float, instance: Any, schema: Schema) -> Errors:
    if validator.is_type(instance, "number") and not is_multiple(instance, step):
        yield ValidationError(f"{instance!r} is not a multiple of {step}")


def is_multiple(value: float, step: float) -> bool:
    """Of the decimals that are written: 0.07 is a multiple of 0.01."""
    finite = isinstance(value, int) or math.isfinite(value)
    return finite and (fraction(value) / fraction(step)).denominator == 1


def fraction(number: float) -> Fraction:
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def pattern(validator: Any, text: str, instance: Any, schema: Schema) -> Errors:
    if isinstance(instance, str) and not matches(text, instance):
        yield ValidationError(f"{instance!r} does not match {text!r}")


def pattern_properties(
    validator: Any, patterns: Mapping[str, Any], instance: Any, schema: Schema
) -> Errors:
    for text, subschema in patterns.items():
        for name in instance if is_object(instance) else ():
            if matches(text, name):
                yield from validator.descend(instance[name], subschema, path=name, schema_path=text)


def additional_properties(validator: Any, value: Any, instance: Any, schema: Schema) -> Errors:
    names = additional(instance, schema) if is_object(instance) else []
    if value is False and names:
        yield ValidationError(f"Additional properties are not allowed ({names!r})")
    for name in names if value is not False else ():
        yield from validator.descend(instance[name], value, path=name)


def additional(instance: Mapping[str, Any], schema: Schema) -> list[str]:
    """The members that neither ``properties`` nor ``patternProperties`` speak of."""
    patterns = schema.get("patternProperties", {})
    named = schema.get("properties", {})
    return [
        name
        for name in instance
        if name not in named and not any(matches(it, name) for it in patterns)
    ]


def format_(validator: Any, name: str, instance: Any, schema: Schema) -> Errors:
    if isinstance(instance, str) and not is_of_format(name, instance):
        yield ValidationError(f"{instance!r} is not a {name!r}")


def ref(validator: Any, target: str, instance: Any, schema: Schema) -> Errors:
    yield from referred(validator, target).iter_errors(instance)


def referred(validator: Any, target: str) -> Any:
    """The validator of what a reference leads to, by the draft of the file that holds it."""
    resolved = validator._resolver.lookup(target)
    resolver = resolved.resolver
    home = resolver._registry.get(resolver._base_uri)
    default = validator.DRAFT
    here = draft(home.contents, default) if home else default
    return made(draft(resolved.contents, here), resolved.contents, resolver)


def made(name: str, schema: Any, resolver: Any) -> Any:
    """The exact validator of a schema that stands where ``resolver`` stands."""
    return VALIDATORS[name](schema, registry=resolver._registry, _resolver=resolver)


def evolve(self: Any, **changes: Any) -> Any:
    """The validator of a subschema, exact like this one; jsonschema's own would go back to its
    plain classes at every ``$schema``."""
    schema = changes.get("schema", self.schema)
    name = draft(schema, self.DRAFT)
    return made(name, schema, changes.get("_resolver", self._resolver))


def descend(self: Any, instance: Any, schema: Any, path: Any = None, **steps: Any) -> Errors:
    """Into a subschema; jsonschema's own forgets the way to a schema that is ``false``."""
    for error in self.plainly_descend(instance, schema, path=path, **steps):
        if schema is False:
            error.path.extend([] if path is None else [path])
            error.schema_path.extend([steps["schema_path"]] if "schema_path" in steps else [])
        yield error


def unevaluated_properties(validator: Any, value: Any, instance: Any, schema: Schema) -> Errors:
    """JSON Schema Core, 11.3."""
    others = without(schema, "unevaluatedProperties")
    names: set[Any] = (
        evaluated(validator, instance, others, own_names) if is_object(instance) else set[Any]()
    )
    for name in instance if is_object(instance) else ():
        if name not in names:
            yield from unevaluated(validator, value, instance, name)


def unevaluated_items(validator: Any, value: Any, instance: Any, schema: Schema) -> Errors:
    """JSON Schema Core, 11.2."""
    others = without(schema, "unevaluatedItems")
    indices: set[Any] = (
        evaluated(validator, instance, others, own_items) if is_array(instance) else set()
    )
    for index in range(len(instance) if is_array(instance) else 0):
        if index not in indices:
            yield from unevaluated(validator, value, instance, index)


def without(schema: Schema, word: str) -> Schema:
    return {other: value for other, value in schema.items() if other != word}


def unevaluated(validator: Any, value: Any, instance: Any, step: Any) -> Errors:
    if value is False:
        yield ValidationError(f"{step!r} is not allowed here", path=[step])
    else:
        yield from validator.descend(instance[step], value, path=step)


def evaluated(
    validator: Any, instance: Any, schema: Any, own: Callable[[Any, Any, Schema], set[Any]]
) -> set[Any]:
    """The members or items that a schema, or one that applies in its place, speaks of."""
    if not is_object(schema):
        return set()
    found = own(validator, instance, schema)
    for inner in in_place(validator, instance, schema):
        if inner.is_valid(instance):
            found |= evaluated(inner, instance, inner.schema, own)
    return found


def in_place(validator: Any, instance: Any, schema: Schema) -> Iterator[Any]:
    """The validators that a schema applies to the same instance (Core, 10.2)."""
    for word in ("$ref", "$dynamicRef"):
        if word in schema:
            yield referred(validator, schema[word])
    if "$recursiveRef" in schema:
        found = lookup_recursive_ref(validator._resolver)
        yield validator.evolve(schema=found.contents, _resolver=found.resolver)
    branches = [it for word in ("allOf", "anyOf", "oneOf") for it in schema.get(word, ())]
    dependents = schema.get("dependentSchemas", {})
    branches += [dependents[name] for name in dependents if name in instance]
    if "if" in schema:
        branches += conditional(validator, instance, schema)
    yield from (inside(validator, branch) for branch in branches)


def conditional(validator: Any, instance: Any, schema: Schema) -> list[Any]:
    holds = inside(validator, schema["if"]).is_valid(instance)
    taken = [schema["if"], schema.get("then", True)] if holds else [schema.get("else", True)]
    return taken


def resource(schema: Any, name: str) -> SchemaResource:
    """A schema as ``referencing`` knows it, by the draft that it names or else by ``name``."""
    return specification_with(draft(schema, name)).create_resource(schema)


def inside(validator: Any, schema: Any) -> Any:
    """The validator of a subschema, which may have an ``$id`` of its own."""
    resolver = validator._resolver.in_subresource(resource(schema, validator.DRAFT))
    return validator.evolve(schema=schema, _resolver=resolver)


def own_names(validator: Any, instance: Any, schema: Schema) -> set[str]:
    if schema.keys() & {"additionalProperties", "unevaluatedProperties"}:
        return set(instance)
    return set(instance) - set(additional(instance, schema))


def own_items(validator: Any, instance: Any, schema: Schema) -> set[int]:
    """What ``contains`` holds counts since 2020-12."""
    latest = validator.DRAFT == LATEST
    items = schema.get("items")
    positional = is_array(items)  # before 2020-12
    prefix = items if is_array(items) else schema.get("prefixItems", ())
    rest = "additionalItems" in schema if positional else items is not None
    if rest or "unevaluatedItems" in schema:
        return set(range(len(instance)))
    held = inside(validator, schema["contains"]) if latest and "contains" in schema else None
    return {
        index
        for index, item in enumerate(instance)
        if index < len(prefix) or (held is not None and held.is_valid(item))
    }


KEYWORDS: dict[str, Keyword] = {
    "$ref": ref,
    "$dynamicRef": ref,
    "additionalProperties": additional_properties,
    "const": const,
    "enum": enum,
    "format": format_,
    "multipleOf": multiple_of,
    "pattern": pattern,
    "patternProperties": pattern_properties,
    "unevaluatedItems": unevaluated_items,
    "unevaluatedProperties": unevaluated_properties,
    "uniqueItems": unique_items,
}


def exact(name: str, plain: Any) -> Any:
    """One of jsonschema's validator classes with our functions for the keywords that it has."""
    words = {word: keyword for word, keyword in KEYWORDS.items() if word in plain.VALIDATORS}
    library: Any = validators
    validator: Any = library.extend(plain, words)
    validator.DRAFT = name
    validator.evolve = evolve
    validator.plainly_descend = validator.descend
    validator.descend = descend
    return validator


VALIDATORS = {name: exact(name, plain) for name, plain in DRAFTS.items()}
