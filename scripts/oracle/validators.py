"""jsonschema's validators with keyword functions of our own, and the way from one to the next.

This module alone leans on privates of jsonschema and referencing. ``$ref`` has to follow the draft
of the file that it leads to, and neither library offers that in public. The price: the module
reads ``_resolver`` of a validator and ``_registry``, ``_base_uri`` and ``_previous`` of a resolver,
passes ``_resolver`` to a validator, and overwrites ``evolve``, ``descend`` and ``iter_errors``. Any
new release may change these names without notice. The lock pins both libraries, and the official
test suite (tests/proof/test_suite.py) fails if an update changes a verdict.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from contract.drafts import DRAFT_SPECIFICATIONS, LATEST_URI, canonical_uri
from contract.json_values import is_object, is_written_as_integer
from contract.library import is_absolute
from jsonschema import Draft4Validator, Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from oracle.memory import ACCEPTED, REJECTED, SUBSCHEMA_VALIDATORS, TARGET_VALIDATORS, remember
from referencing.jsonschema import SchemaResource, lookup_recursive_ref, specification_with

DRAFT_4 = "http://json-schema.org/draft-04/schema"


LIBRARY: Any = validators


def is_integer_of_draft_4(checker: Any, instance: Any) -> bool:
    return is_written_as_integer(instance)


def without_errors(validator: Any, value: Any, instance: Any, schema: Any) -> None:
    """A keyword that asserts nothing."""


# jsonschema's own rule for ``integer`` (Core 3.5); large floats are exact integers here.
EXACT_DRAFT_4: Any = LIBRARY.extend(
    Draft4Validator,
    type_checker=Draft4Validator.TYPE_CHECKER.redefine("integer", is_integer_of_draft_4),
)
# The word of the normal form for such an integer: without a function of our own it asserts nothing.
NORMAL_FORM: Any = LIBRARY.extend(Draft202012Validator, {"x-integer": without_errors})


DRAFT_VALIDATORS: dict[str, Any] = {
    **{uri: LIBRARY.validator_for({"$schema": uri}) for uri in reversed(DRAFT_SPECIFICATIONS)},
    LATEST_URI: NORMAL_FORM,
    DRAFT_4: EXACT_DRAFT_4,
}


def draft_uri(schema: Any, default: str = LATEST_URI) -> str:
    """The URI of the draft that ``$schema`` names, ``default`` if it names none of ours."""
    named = schema.get("$schema", default) if is_object(schema) else default
    return canonical_uri(named) or default


def schema_resource(schema: Any, default: str) -> SchemaResource:
    """A schema as ``referencing`` knows it, by the draft that it names or by ``default``."""
    return specification_with(draft_uri(schema, default)).create_resource(schema)


def exact_validators(keywords: Mapping[str, Any]) -> dict[str, Any]:
    """A validator class for each draft, with these functions for the keywords that it has."""
    family: dict[str, Any] = {}
    for uri, plain in DRAFT_VALIDATORS.items():
        known = {name: check for name, check in keywords.items() if name in plain.VALIDATORS}
        exact: Any = LIBRARY.extend(plain, known)
        exact.DRAFT, exact.FAMILY = uri, family
        exact.evolve, exact.descend = evolve, descend
        exact.plainly_iter_errors, exact.iter_errors = exact.iter_errors, iter_errors
        exact.is_valid = is_valid
        family[uri] = exact
    return family


def validator_at(family: Mapping[str, Any], uri: str, schema: Any, resolver: Any) -> Any:
    """The validator of a schema by its draft, which resolves references as ``resolver`` does."""
    return family[uri](schema, registry=resolver._registry, _resolver=resolver)


def evolve(self: Any, **changes: Any) -> Any:
    """The exact validator of a subschema; jsonschema's own ``evolve`` returns to plain classes."""
    return subschema_validator(self, changes.get("schema", self.schema))


def subschema_validator(validator: Any, schema: Any) -> Any:
    """The validator of a subschema, which may have an ``$id`` of its own; it is made once."""
    key = (id(validator), id(schema))
    if key not in SUBSCHEMA_VALIDATORS:
        uri, resolver = draft_uri(schema, validator.DRAFT), validator._resolver
        if is_object(schema):
            resolver = resolver.in_subresource(schema_resource(schema, uri))
        made = validator_at(validator.FAMILY, uri, schema, resolver)
        return remember(SUBSCHEMA_VALIDATORS, key, (made, validator, schema))[0]
    return SUBSCHEMA_VALIDATORS[key][0]


def descend(
    self: Any, instance: Any, schema: Any, path: Any = None, schema_path: Any = None
) -> Iterator[ValidationError]:
    """The errors of a subschema, with the paths from here to it."""
    for error in subschema_validator(self, schema).iter_errors(instance):
        error.path.extendleft([] if path is None else [path])
        error.schema_path.extendleft([] if schema_path is None else [schema_path])
        yield error


def iter_errors(self: Any, instance: Any) -> Iterator[ValidationError]:
    """The errors of an instance; none at once if this validator accepted the same object before."""
    key = (id(self), id(instance))
    if key in ACCEPTED:
        return
    is_accepted = True
    for error in self.plainly_iter_errors(instance):
        is_accepted = False
        yield error
    if is_accepted:
        remember(ACCEPTED, key, (self, instance))


def is_valid(self: Any, instance: Any) -> bool:
    """Whether there is no error; each validator judges the same object once."""
    key = (id(self), id(instance))
    if key in REJECTED:
        return False
    is_accepted = next(self.iter_errors(instance), None) is None
    if not is_accepted:
        remember(REJECTED, key, (self, instance))
    return is_accepted


def referenced_validator(validator: Any, target: str | None) -> Any:
    """The validator of the target of a reference, None for that of ``$recursiveRef``; each target
    is looked up once."""
    resolver = validator._resolver
    registry = resolver._registry
    key = (id(registry), validator.DRAFT, resolver._base_uri, resolver._previous, target)
    if key not in TARGET_VALIDATORS:
        made = target_validator(validator, target)
        return remember(TARGET_VALIDATORS, key, (made, registry))[0]
    return TARGET_VALIDATORS[key][0]


def target_validator(validator: Any, target: str | None) -> Any:
    """The validator of a reference's target, by the draft of the file that holds the target."""
    scope = validator._resolver
    resolved: Any = lookup_recursive_ref(scope) if target is None else scope.lookup(target)
    resolver = resolved.resolver
    home = resolver._registry.get(resolver._base_uri)
    default = draft_uri(home.contents, validator.DRAFT) if home else validator.DRAFT
    uri = draft_uri(resolved.contents, default)
    resource = schema_resource(resolved.contents, uri)
    if is_absolute(resource.id()):  # it may be known by another URI than it calls itself
        resolver = resolver.in_subresource(resource)
    return validator_at(validator.FAMILY, uri, resolved.contents, resolver)
