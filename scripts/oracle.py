"""The judge: what the schema itself says of a document, and where.

The schema is read as its owner wrote it, by the draft it names; what a ``$ref`` leads to is among
the files or it is an error, nothing is ever fetched. jsonschema-rs gives a second opinion.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from typing import Any
from urllib.parse import uses_relative

import jsonschema_rs
from exact import (
    FORMATS,
    LATEST,
    additional,
    by_decimal,
    draft,
    is_of_format,
    made,
    resource,
    whole_number,
)
from jsonschema.exceptions import ValidationError
from values import Schema, pointer

__all__ = ["Fault", "Oracle", "whole_number"]

# The meta-schemas of every draft; the package is untyped.
SPECIFICATIONS: Any = import_module("jsonschema_specifications").REGISTRY
# The names that schemas go by in a contract are relative to each other (RFC 3986, section 5.2).
uses_relative.append("contract")

SECOND: dict[str, Any] = {
    LATEST: jsonschema_rs.Draft202012Validator,
    "https://json-schema.org/draft/2019-09/schema": jsonschema_rs.Draft201909Validator,
    "http://json-schema.org/draft-07/schema": jsonschema_rs.Draft7Validator,
}
# It asserts these, we do not; and in draft-07 we assert what it does not know there.
UNASSERTED = ("hostname", "idn-hostname", "idn-email", "regex")


@dataclass(frozen=True)
class Fault:
    """Why a document is invalid: JSON Pointer of the instance, path of the keyword."""

    instance: str
    keyword: str


class Oracle:
    """The verdict of one schema on any JSON value."""

    def __init__(
        self,
        schema: Schema | bool,
        uri: str = "",
        files: Mapping[str, Schema | bool] | None = None,
    ) -> None:
        self.schema, self.uri, self.files = schema, uri, {**(files or {}), uri: schema}
        name = draft(schema)
        root = resource(by_decimal(schema), name)
        others = ((it, resource(by_decimal(file), LATEST)) for it, file in (files or {}).items())
        registry: Any = SPECIFICATIONS.with_resources([*others, (uri, root)]).crawl()
        place = registry.resolver(uri).in_subresource(root)
        self.validator: Any = made(name, root.contents, place)

    def at(self, schema: Schema | bool) -> "Oracle":
        """The oracle of another schema that stands in the same file."""
        other = Oracle.__new__(Oracle)
        other.schema, other.uri, other.files = schema, self.uri, self.files
        other.validator = self.validator.evolve(schema=by_decimal(schema))
        return other

    def accepts(self, instance: Any) -> bool:
        return bool(self.validator.is_valid(by_decimal(instance)))

    @cached_property
    def second(self) -> Any:
        """Registered by name like the first, and as deaf to the network."""
        name = draft(self.schema)
        return SECOND[name](
            self.schema,
            validate_formats=True,
            formats={**dict.fromkeys(UNASSERTED, anything), **missing_formats(name)},
            registry=jsonschema_rs.Registry([(uri, it) for uri, it in self.files.items() if uri]),
            base_uri=self.uri or None,
            offline=True,
        )

    def second_opinion(self, instance: Any) -> bool:
        return bool(self.second.is_valid(instance))

    def faults(self, instance: Any) -> set[Fault]:
        """Every fault; a missing member is at its own pointer, as is one too many."""
        return {
            Fault(pointer([*cause.absolute_path, *member]), pointer(cause.absolute_schema_path))
            for error in self.validator.iter_errors(by_decimal(instance))
            for cause in causes(error)
            for member in members(cause)
        }


def anything(text: str) -> bool:
    return True


def missing_formats(name: str) -> dict[str, Any]:
    """The checks of the formats that the second judge does not know in a draft before 2019-09."""
    return {it: partial(is_of_format, it) for it in FORMATS if "draft-07" in name}


def causes(error: ValidationError) -> Iterator[ValidationError]:
    """Of a schema that may be null, and of the only branch of a union, the errors of the schema;
    of any other union its own."""
    only = only_branch(error)
    inner = [cause for cause in error.context or () if cause.schema_path[0] == only]
    if only is None or any(map(of_another_type, inner)):
        yield error
    else:
        for cause in inner:
            yield from causes(cause)


def only_branch(error: ValidationError) -> int | None:
    """The index of the one branch that is not null, if there is one alone."""
    union: Any = error.validator_value
    if error.validator not in ("anyOf", "oneOf") or len(union) > 2:
        return None
    nulls = ({"type": "null"}, {"type": ["null"]})
    found = [index for index, it in enumerate(union) if it not in nulls]
    alone = len(union) == 1 or error.validator == "anyOf"
    return found[0] if alone and len(found) == 1 else None


def of_another_type(error: ValidationError) -> bool:
    return error.validator == "type" and not error.path


def members(error: ValidationError) -> Iterator[list[str]]:
    """The members an object's own keyword speaks of, as the last step of their pointers."""
    schema: Any = error.schema
    instance: Any = error.instance
    if error.validator == "required":
        # jsonschema reports one error for each missing name, the name in its message alone.
        yield from ([name] for name in schema["required"] if name not in instance)
    elif error.validator == "additionalProperties" and schema["additionalProperties"] is False:
        yield from ([name] for name in additional(instance, schema))
    else:
        yield []
