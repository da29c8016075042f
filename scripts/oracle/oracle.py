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
from contract.json_values import is_array, is_object, json_pointer, with_exact_integers
from contract.normal_form import URI_PREFIX
from contract.read import Contract
from contract.subschemas import Schema
from jsonschema.exceptions import ValidationError
from oracle.keywords import (
    LATEST_DRAFT,
    additional_names,
    draft_uri,
    exact_validator,
    schema_resource,
)
from oracle.strings import ASSERTED_FORMATS, is_of_format

# The meta-schemas of every draft; the package is untyped.
META_SCHEMAS: Any = import_module("jsonschema_specifications").REGISTRY


# The names that schemas go by in a contract are relative to each other (RFC 3986, section 5.2).
uses_relative.append("contract")


RUST_VALIDATORS: dict[str, Any] = {
    LATEST_DRAFT: jsonschema_rs.Draft202012Validator,
    "https://json-schema.org/draft/2019-09/schema": jsonschema_rs.Draft201909Validator,
    "http://json-schema.org/draft-07/schema": jsonschema_rs.Draft7Validator,
}


# It asserts these, we do not; and in draft-07 we assert what it does not know there.
UNASSERTED_FORMATS = ("hostname", "idn-hostname", "idn-email", "regex")


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
        name = draft_uri(schema)
        root = schema_resource(with_exact_integers(schema), name)
        others = (
            (it, schema_resource(with_exact_integers(file), LATEST_DRAFT))
            for it, file in (files or {}).items()
        )
        registry: Any = META_SCHEMAS.with_resources([*others, (uri, root)]).crawl()
        place = registry.resolver(uri).in_subresource(root)
        self.validator: Any = exact_validator(name, root.contents, place)

    def at(self, schema: Schema | bool) -> "Oracle":
        """The oracle of another schema that stands in the same file."""
        other = Oracle.__new__(Oracle)
        other.schema, other.uri, other.files = schema, self.uri, self.files
        other.validator = self.validator.evolve(schema=with_exact_integers(schema))
        return other

    def accepts(self, instance: Any) -> bool:
        return bool(self.validator.is_valid(with_exact_integers(instance)))

    @cached_property
    def second(self) -> Any:
        """Registered by name like the first, and as deaf to the network."""
        name = draft_uri(self.schema)
        return RUST_VALIDATORS[name](
            self.schema,
            validate_formats=True,
            formats={
                **dict.fromkeys(UNASSERTED_FORMATS, accept_any),
                **missing_format_checks(name),
            },
            registry=jsonschema_rs.Registry([(uri, it) for uri, it in self.files.items() if uri]),
            base_uri=self.uri or None,
            offline=True,
        )

    def second_opinion(self, instance: Any) -> bool:
        return bool(self.second.is_valid(instance))

    def faults_of(self, instance: Any) -> set[Fault]:
        """Every fault; a missing member is at its own pointer, as is one too many."""
        return {
            Fault(
                json_pointer([*cause.absolute_path, *member]),
                json_pointer(cause.absolute_schema_path),
            )
            for error in self.validator.iter_errors(with_exact_integers(instance))
            for cause in underlying_errors(error)
            for member in member_steps(cause)
        }


def accept_any(text: str) -> bool:
    return True


def missing_format_checks(name: str) -> dict[str, Any]:
    """The checks of the formats that the second judge does not know in a draft before 2019-09."""
    return {it: partial(is_of_format, it) for it in ASSERTED_FORMATS if "draft-07" in name}


def underlying_errors(error: ValidationError) -> Iterator[ValidationError]:
    """Of a schema that may be null, and of the only branch of a union, the errors of the schema;
    of any other union its own."""
    only = only_branch_index(error)
    inner = [cause for cause in error.context or () if cause.schema_path[0] == only]
    if only is None or any(map(is_type_error, inner)):
        yield error
    else:
        for cause in inner:
            yield from underlying_errors(cause)


def only_branch_index(error: ValidationError) -> int | None:
    """The index of the one branch that is not null, if there is one alone."""
    union: Any = error.validator_value
    if error.validator not in ("anyOf", "oneOf") or len(union) > 2:
        return None
    nulls = ({"type": "null"}, {"type": ["null"]})
    found = [index for index, it in enumerate(union) if it not in nulls]
    alone = len(union) == 1 or error.validator == "anyOf"
    return found[0] if alone and len(found) == 1 else None


def is_type_error(error: ValidationError) -> bool:
    return error.validator == "type" and not error.path


def member_steps(error: ValidationError) -> Iterator[list[str]]:
    """The members an object's own keyword speaks of, as the last step of their pointers."""
    schema: Any = error.schema
    instance: Any = error.instance
    if error.validator == "required":
        # jsonschema reports one error for each missing name, the name in its message alone.
        yield from ([name] for name in schema["required"] if name not in instance)
    elif error.validator == "additionalProperties" and schema["additionalProperties"] is False:
        yield from ([name] for name in additional_names(instance, schema))
    else:
        yield []


def oracle_for(contract: Contract, module: str, message: str) -> Oracle:
    """The judge of a message: its schema as the owner wrote it, beside the other files."""
    file = f"{module}/{message}.json"
    files = {URI_PREFIX + it: schema for it, schema in contract.schemas.items()}
    alone = refers_to_itself_alone(contract.schemas[file])
    return Oracle(contract.schemas[file], URI_PREFIX + file, {} if alone else files)


def refers_to_itself_alone(value: Any) -> bool:
    """Whether every $ref in the schema begins with ``#``."""
    inner = value.values() if is_object(value) else value if is_array(value) else ()
    target = value.get("$ref") if is_object(value) else None
    outward = isinstance(target, str) and not target.startswith("#")
    return not outward and all(map(refers_to_itself_alone, inner))
