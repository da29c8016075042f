"""jsonschema's validators made exact: what they leave to Python is judged by the specification.

Patterns are ECMA-262 (JSON Schema, 6.4), numbers are decimals of any size, ``1`` is ``1.0`` and
no ``true`` (4.2.2), ``format`` is asserted. ``$ref`` follows the draft of the file it leads to.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contract.json_values import equality_key, is_array, is_multiple, is_object
from contract.subschemas import Schema
from jsonschema import Draft7Validator, Draft201909Validator, Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from oracle.strings import has_match, is_of_format
from referencing.jsonschema import SchemaResource, lookup_recursive_ref, specification_with

ValidationErrors = Iterator[ValidationError]


KeywordFunction = Callable[[Any, Any, Any, Schema], ValidationErrors]


LATEST_DRAFT = "https://json-schema.org/draft/2020-12/schema"


DRAFT_VALIDATORS: dict[str, Any] = {
    LATEST_DRAFT: Draft202012Validator,
    "https://json-schema.org/draft/2019-09/schema": Draft201909Validator,
    "http://json-schema.org/draft-07/schema": Draft7Validator,
}


def draft_uri(schema: Any, default: str = LATEST_DRAFT) -> str:
    """The draft that a schema names, if it is one of ours."""
    named = schema.get("$schema", default) if is_object(schema) else default
    uri = str(named).removesuffix("#")
    return uri if uri in DRAFT_VALIDATORS else default


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


def pattern(validator: Any, text: str, instance: Any, schema: Schema) -> ValidationErrors:
    if isinstance(instance, str) and not has_match(text, instance):
        yield ValidationError(f"{instance!r} does not match {text!r}")


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
    """The members that neither ``properties`` nor ``patternProperties`` speak of."""
    patterns = schema.get("patternProperties", {})
    named = schema.get("properties", {})
    return [
        name
        for name in instance
        if name not in named and not any(has_match(it, name) for it in patterns)
    ]


def format_(validator: Any, name: str, instance: Any, schema: Schema) -> ValidationErrors:
    if isinstance(instance, str) and not is_of_format(name, instance):
        yield ValidationError(f"{instance!r} is not a {name!r}")


def ref(validator: Any, target: str, instance: Any, schema: Schema) -> ValidationErrors:
    yield from referenced_validator(validator, target).iter_errors(instance)


def referenced_validator(validator: Any, target: str) -> Any:
    """The validator of what a reference leads to, by the draft of the file that holds it."""
    resolved = validator._resolver.lookup(target)
    resolver = resolved.resolver
    home = resolver._registry.get(resolver._base_uri)
    default = validator.DRAFT
    here = draft_uri(home.contents, default) if home else default
    return exact_validator(draft_uri(resolved.contents, here), resolved.contents, resolver)


def exact_validator(name: str, schema: Any, resolver: Any) -> Any:
    """The exact validator of a schema that stands where ``resolver`` stands."""
    return EXACT_VALIDATORS[name](schema, registry=resolver._registry, _resolver=resolver)


def evolve(self: Any, **changes: Any) -> Any:
    """The validator of a subschema, exact like this one; jsonschema's own would go back to its
    plain classes at every ``$schema``."""
    schema = changes.get("schema", self.schema)
    name = draft_uri(schema, self.DRAFT)
    return exact_validator(name, schema, changes.get("_resolver", self._resolver))


def descend(
    self: Any, instance: Any, schema: Any, path: Any = None, **steps: Any
) -> ValidationErrors:
    """Into a subschema; jsonschema's own forgets the way to a schema that is ``false``."""
    for error in self.plainly_descend(instance, schema, path=path, **steps):
        if schema is False:
            error.path.extend([] if path is None else [path])
            error.schema_path.extend([steps["schema_path"]] if "schema_path" in steps else [])
        yield error


def unevaluated_properties(
    validator: Any, value: Any, instance: Any, schema: Schema
) -> ValidationErrors:
    """JSON Schema Core, 11.3."""
    others = without_keyword(schema, "unevaluatedProperties")
    names: set[Any] = (
        evaluated_steps(validator, instance, others, own_names)
        if is_object(instance)
        else set[Any]()
    )
    for name in instance if is_object(instance) else ():
        if name not in names:
            yield from unevaluated_errors(validator, value, instance, name)


def unevaluated_items(
    validator: Any, value: Any, instance: Any, schema: Schema
) -> ValidationErrors:
    """JSON Schema Core, 11.2."""
    others = without_keyword(schema, "unevaluatedItems")
    indices: set[Any] = (
        evaluated_steps(validator, instance, others, own_indices) if is_array(instance) else set()
    )
    for index in range(len(instance) if is_array(instance) else 0):
        if index not in indices:
            yield from unevaluated_errors(validator, value, instance, index)


def without_keyword(schema: Schema, word: str) -> Schema:
    return {other: value for other, value in schema.items() if other != word}


def unevaluated_errors(validator: Any, value: Any, instance: Any, step: Any) -> ValidationErrors:
    if value is False:
        yield ValidationError(f"{step!r} is not allowed here", path=[step])
    else:
        yield from validator.descend(instance[step], value, path=step)


def evaluated_steps(
    validator: Any, instance: Any, schema: Any, own: Callable[[Any, Any, Schema], set[Any]]
) -> set[Any]:
    """The members or items that a schema, or one that applies in its place, speaks of."""
    if not is_object(schema):
        return set()
    found = own(validator, instance, schema)
    for inner in in_place_validators(validator, instance, schema):
        if inner.is_valid(instance):
            found |= evaluated_steps(inner, instance, inner.schema, own)
    return found


def in_place_validators(validator: Any, instance: Any, schema: Schema) -> Iterator[Any]:
    """The validators that a schema applies to the same instance (Core, 10.2)."""
    for word in ("$ref", "$dynamicRef"):
        if word in schema:
            yield referenced_validator(validator, schema[word])
    if "$recursiveRef" in schema:
        found = lookup_recursive_ref(validator._resolver)
        yield validator.evolve(schema=found.contents, _resolver=found.resolver)
    branches = [it for word in ("allOf", "anyOf", "oneOf") for it in schema.get(word, ())]
    dependents = schema.get("dependentSchemas", {})
    branches += [dependents[name] for name in dependents if name in instance]
    if "if" in schema:
        branches += conditional_branches(validator, instance, schema)
    yield from (subschema_validator(validator, branch) for branch in branches)


def conditional_branches(validator: Any, instance: Any, schema: Schema) -> list[Any]:
    holds = subschema_validator(validator, schema["if"]).is_valid(instance)
    taken = [schema["if"], schema.get("then", True)] if holds else [schema.get("else", True)]
    return taken


def schema_resource(schema: Any, name: str) -> SchemaResource:
    """A schema as ``referencing`` knows it, by the draft that it names or else by ``name``."""
    return specification_with(draft_uri(schema, name)).create_resource(schema)


def subschema_validator(validator: Any, schema: Any) -> Any:
    """The validator of a subschema, which may have an ``$id`` of its own."""
    resolver = validator._resolver.in_subresource(schema_resource(schema, validator.DRAFT))
    return validator.evolve(schema=schema, _resolver=resolver)


def own_names(validator: Any, instance: Any, schema: Schema) -> set[str]:
    if schema.keys() & {"additionalProperties", "unevaluatedProperties"}:
        return set(instance)
    return set(instance) - set(additional_names(instance, schema))


def own_indices(validator: Any, instance: Any, schema: Schema) -> set[int]:
    """What ``contains`` holds counts since 2020-12."""
    latest = validator.DRAFT == LATEST_DRAFT
    items = schema.get("items")
    positional = is_array(items)  # before 2020-12
    prefix = items if is_array(items) else schema.get("prefixItems", ())
    rest = "additionalItems" in schema if positional else items is not None
    if rest or "unevaluatedItems" in schema:
        return set(range(len(instance)))
    held = (
        subschema_validator(validator, schema["contains"])
        if latest and "contains" in schema
        else None
    )
    return {
        index
        for index, item in enumerate(instance)
        if index < len(prefix) or (held is not None and held.is_valid(item))
    }


KEYWORDS: dict[str, KeywordFunction] = {
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


def exact_validator_class(name: str, plain: Any) -> Any:
    """One of jsonschema's validator classes with our functions for the keywords that it has."""
    words = {word: keyword for word, keyword in KEYWORDS.items() if word in plain.VALIDATORS}
    library: Any = validators
    validator: Any = library.extend(plain, words)
    validator.DRAFT = name
    validator.evolve = evolve
    validator.plainly_descend = validator.descend
    validator.descend = descend
    return validator


EXACT_VALIDATORS = {
    name: exact_validator_class(name, plain) for name, plain in DRAFT_VALIDATORS.items()
}


def member_schemas(schema: Schema, name: str) -> Iterator[Schema | bool]:
    """What a schema says of the member of this name."""
    named = schema.get("properties", {})
    patterned = [
        it
        for pattern, it in schema.get("patternProperties", {}).items()
        if has_match(pattern, name)
    ]
    yield from ([named[name]] if name in named else [])
    yield from patterned
    if name not in named and not patterned:
        yield schema.get("additionalProperties", True)


def item_schemas(schema: Schema, index: int) -> Iterator[Schema | bool]:
    """What a schema says of the item at this index."""
    prefix = schema.get("prefixItems", [])
    yield prefix[index] if index < len(prefix) else schema.get("items", True)
