"""Keyword -> the errors of an instance, where jsonschema follows Python instead of JSON Schema.

Patterns are ECMA-262 (JSON Schema, 6.4). Numbers are decimals of any size. ``1`` equals ``1.0``
and does not equal ``true`` (4.2.2). ``format`` is asserted. ``$ref`` follows the draft of the file
that it leads to.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contract.drafts import LATEST_URI
from contract.json_values import (
    equality_key,
    is_array,
    is_multiple,
    is_object,
    is_written_as_integer,
    json_type,
    without,
)
from contract.subschemas import Schema, listed_values, types_of
from jsonschema.exceptions import ValidationError
from oracle.memory import TYPED, remember
from oracle.strings import has_match, is_of_format
from oracle.validators import (
    DRAFT_4,
    exact_validators,
    referenced_validator,
    subschema_validator,
)

ValidationErrors = Iterator[ValidationError]


KeywordFunction = Callable[[Any, Any, Any, Schema], ValidationErrors]


OwnSteps = Callable[[Any, Any, Schema], set[Any]]


def const(validator: Any, value: Any, instance: Any, schema: Schema) -> ValidationErrors:
    if equality_key(instance) != equality_key(value):
        yield ValidationError(f"{value!r} was expected")


def enum(validator: Any, values: list[Any], instance: Any, schema: Schema) -> ValidationErrors:
    if equality_key(instance) not in map(equality_key, values):
        yield ValidationError(f"{instance!r} is not one of {values!r}")


def unique_items(validator: Any, unique: bool, instance: Any, schema: Schema) -> ValidationErrors:
    if unique and is_array(instance) and len(set(map(equality_key, instance))) < len(instance):
        yield ValidationError(f"{instance!r} has non-unique elements")


def multiple_of(validator: Any, step: float, instance: Any, schema: Schema) -> ValidationErrors:
    if validator.is_type(instance, "number") and not is_multiple(instance, step):
        yield ValidationError(f"{instance!r} is not a multiple of {step}")


def draft_4_integer(validator: Any, name: str, instance: Any, schema: Schema) -> ValidationErrors:
    """``x-integer`` of the normal form."""
    if validator.is_type(instance, "number") and not is_written_as_integer(instance):
        yield ValidationError(f"{instance!r} is written with a fraction or an exponent")


def pattern(validator: Any, text: str, instance: Any, schema: Schema) -> ValidationErrors:
    if isinstance(instance, str) and not has_match(text, instance):
        yield ValidationError(f"{instance!r} does not match {text!r}")


def properties(
    validator: Any, members: Mapping[str, Any], instance: Any, schema: Schema
) -> ValidationErrors:
    """In time proportional to the instance, however many members the schema names."""
    for name in instance if is_object(instance) else ():
        if name in members:
            yield from validator.descend(instance[name], members[name], path=name, schema_path=name)


def pattern_properties(
    validator: Any, patterns: Mapping[str, Any], instance: Any, schema: Schema
) -> ValidationErrors:
    for text, subschema in patterns.items():
        for name in instance if is_object(instance) else ():
            if has_match(text, name):
                yield from validator.descend(instance[name], subschema, path=name, schema_path=text)


def additional_properties(
    validator: Any, value: Any, instance: Any, schema: Schema
) -> ValidationErrors:
    names = additional_names(instance, schema) if is_object(instance) else []
    if value is False and names:
        yield ValidationError(f"Additional properties are not allowed ({names!r})")
    for name in names if value is not False else ():
        yield from validator.descend(instance[name], value, path=name)


def additional_names(instance: Mapping[str, Any], schema: Schema) -> list[str]:
    """The members that neither ``properties`` nor ``patternProperties`` names."""
    patterns = schema.get("patternProperties", {})
    named = schema.get("properties", {})
    return [
        name
        for name in instance
        if name not in named and not any(has_match(text, name) for text in patterns)
    ]


def format_(validator: Any, name: str, instance: Any, schema: Schema) -> ValidationErrors:
    if isinstance(instance, str) and not is_of_format(name, instance, validator.DRAFT):
        yield ValidationError(f"{instance!r} is not a {name!r}")


def ref(validator: Any, target: str, instance: Any, schema: Schema) -> ValidationErrors:
    yield from referenced_validator(validator, target).iter_errors(instance)


class UnionError(ValidationError):
    """No branch of a union fits; the errors of the branches are not looked for.

    ``home`` is the validator of the schema that the union stands in.
    """

    home: Any = None


def union_error(home: Any) -> UnionError:
    error = UnionError("no branch fits")  # without the instance, whose text takes long
    error.home = home
    return error


def any_of(validator: Any, branches: list[Any], instance: Any, schema: Schema) -> ValidationErrors:
    if not any(is_branch_of(validator, it, instance) for it in branches):
        yield union_error(validator)


def one_of(validator: Any, branches: list[Any], instance: Any, schema: Schema) -> ValidationErrors:
    fitting = [it for it in branches if is_branch_of(validator, it, instance)]
    if not fitting:
        yield union_error(validator)
    elif len(fitting) > 1:
        yield ValidationError("several branches fit")


def is_branch_of(validator: Any, branch: Any, instance: Any) -> bool:
    """Whether the instance fits the branch; a branch of another type is not entered."""
    inner = subschema_validator(validator, branch)
    return is_of_type(inner, instance) and bool(inner.is_valid(instance))


def is_of_type(validator: Any, instance: Any) -> bool:
    """Whether the instance has a type that the validator's schema leaves in place; each validator
    is asked once for each type."""
    is_whole = isinstance(instance, float) and instance.is_integer()
    key = (id(validator), instance.__class__, is_whole)
    if key not in TYPED:
        return remember(TYPED, key, (leaves_type(validator, instance), validator))[0]
    return TYPED[key][0]


def leaves_type(validator: Any, instance: Any) -> bool:
    """The same by ``type``, constants, references, ``allOf`` and unions."""
    schema = validator.schema
    if not is_object(schema):
        return True
    targets = [schema[word] for word in ("$ref", "$dynamicRef") if word in schema]
    targets += [None] if "$recursiveRef" in schema else []
    if not all(is_of_type(referenced_validator(validator, it), instance) for it in targets):
        return False
    if "$ref" in schema and validator.DRAFT in IGNORING_SIBLINGS:
        return True
    inner = {
        word: [is_of_type(subschema_validator(validator, it), instance) for it in schema[word]]
        for word in ("allOf", "anyOf", "oneOf")
        if word in schema
    }
    return (
        has_own_type(validator, schema, instance)
        and all(inner.get("allOf", ()))
        and all(any(inner[word]) for word in ("anyOf", "oneOf") if word in inner)
    )


# In the drafts up to 7, ``$ref`` stands alone (draft-07, Core 8.3).
IGNORING_SIBLINGS = frozenset(
    {DRAFT_4, "http://json-schema.org/draft-06/schema", "http://json-schema.org/draft-07/schema"}
)


def has_own_type(validator: Any, schema: Schema, instance: Any) -> bool:
    """Whether ``type``, ``const`` and ``enum`` leave a value of the instance's type."""
    names, values = types_of(schema), listed_values(schema)
    kind = json_type(instance)
    return (not names or any(validator.is_type(instance, it) for it in names)) and (
        not values or any(json_type(it) == kind for it in values)
    )


def recursive_ref(validator: Any, value: str, instance: Any, schema: Schema) -> ValidationErrors:
    yield from referenced_validator(validator, None).iter_errors(instance)


def unevaluated(keyword: str, is_kind: Callable[[Any], bool], own: OwnSteps) -> KeywordFunction:
    """JSON Schema Core, 11.2 and 11.3."""

    def errors(validator: Any, value: Any, instance: Any, schema: Schema) -> ValidationErrors:
        if is_kind(instance):
            known = evaluated_steps(validator, instance, without(schema, keyword), own)
            every = instance if is_object(instance) else range(len(instance))
            for step in (it for it in every if it not in known):
                yield from unevaluated_errors(validator, value, instance, step)

    return errors


def unevaluated_errors(validator: Any, value: Any, instance: Any, step: Any) -> ValidationErrors:
    """The errors of the member or item that no keyword evaluates."""
    if value is False:
        yield ValidationError(f"{step!r} is not allowed here", path=[step])
    else:
        yield from validator.descend(instance[step], value, path=step)


def evaluated_steps(validator: Any, instance: Any, schema: Any, own: OwnSteps) -> set[Any]:
    """The members or items that the schema evaluates, itself or by an in-place subschema."""
    if not is_object(schema):
        return set()
    steps = own(validator, instance, schema)
    for inner in in_place_validators(validator, instance, schema):
        if inner.is_valid(instance):
            steps |= evaluated_steps(inner, instance, inner.schema, own)
    return steps


def in_place_validators(validator: Any, instance: Any, schema: Schema) -> Iterator[Any]:
    """The validators that a schema applies to the same instance (Core, 10.2)."""
    for keyword in ("$ref", "$dynamicRef"):
        if keyword in schema:
            yield referenced_validator(validator, schema[keyword])
    if "$recursiveRef" in schema:
        yield referenced_validator(validator, None)
    branches = [
        branch for keyword in ("allOf", "anyOf", "oneOf") for branch in schema.get(keyword, ())
    ]
    dependents = schema.get("dependentSchemas", {})
    branches += [dependents[name] for name in dependents if name in instance]
    if "if" in schema:
        branches += conditional_branches(validator, instance, schema)
    yield from (subschema_validator(validator, branch) for branch in branches)


def conditional_branches(validator: Any, instance: Any, schema: Schema) -> list[Any]:
    """The subschemas of ``if``, ``then`` and ``else`` that the instance is judged by."""
    holds = subschema_validator(validator, schema["if"]).is_valid(instance)
    return [schema["if"], schema.get("then", True)] if holds else [schema.get("else", True)]


def own_names(validator: Any, instance: Any, schema: Schema) -> set[str]:
    """The members that the schema's own keywords evaluate."""
    if schema.keys() & {"additionalProperties", "unevaluatedProperties"}:
        return set(instance)
    return set(instance) - set(additional_names(instance, schema))


def own_indices(validator: Any, instance: Any, schema: Schema) -> set[int]:
    """The items that the schema's own keywords evaluate; ``contains`` does since 2020-12."""
    items = schema.get("items")
    is_positional = is_array(items)  # before 2020-12
    prefix = items if is_array(items) else schema.get("prefixItems", ())
    has_rest = "additionalItems" in schema if is_positional else items is not None
    if has_rest or "unevaluatedItems" in schema:
        return set(range(len(instance)))
    indices = set(range(min(len(prefix), len(instance))))
    if validator.DRAFT == LATEST_URI and "contains" in schema:
        matching = subschema_validator(validator, schema["contains"])
        indices |= {index for index, item in enumerate(instance) if matching.is_valid(item)}
    return indices


KEYWORDS: dict[str, KeywordFunction] = {
    "$ref": ref,
    "$dynamicRef": ref,
    "$recursiveRef": recursive_ref,
    "additionalProperties": additional_properties,
    "anyOf": any_of,
    "const": const,
    "enum": enum,
    "format": format_,
    "multipleOf": multiple_of,
    "oneOf": one_of,
    "pattern": pattern,
    "patternProperties": pattern_properties,
    "properties": properties,
    "unevaluatedItems": unevaluated("unevaluatedItems", is_array, own_indices),
    "unevaluatedProperties": unevaluated("unevaluatedProperties", is_object, own_names),
    "uniqueItems": unique_items,
    "x-integer": draft_4_integer,
}


EXACT_VALIDATORS = exact_validators(KEYWORDS)
# jsonschema's own function for ``format`` asserts nothing without a checker.
ANNOTATING_VALIDATORS = exact_validators(without(KEYWORDS, "format"))


def member_schemas(schema: Schema, name: str) -> Iterator[Schema | bool]:
    """The subschemas that judge the member of this name."""
    named = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    patterned = [inner for text, inner in patterns.items() if has_match(text, name)]
    yield from ([named[name]] if name in named else [])
    yield from patterned
    if name not in named and not patterned:
        yield schema.get("additionalProperties", True)


def item_schemas(schema: Schema, index: int) -> Iterator[Schema | bool]:
    """The subschema that judges the item at this index."""
    prefix = schema.get("prefixItems", [])
    yield prefix[index] if index < len(prefix) else schema.get("items", True)
