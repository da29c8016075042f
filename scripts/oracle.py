"""The judge: what the schema itself says of a document, and where.

jsonschema's Draft202012Validator with ``format`` asserted by checks of ours, for its own
``uuid`` accepts ``1234_678-…``, full-width digits and a leading space; jsonschema-rs gives a
second opinion.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from values import Schema, is_array, is_object, pointer

FORMATS = FormatChecker(formats=())
UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@FORMATS.checks("uuid")
def uuid(instance: object) -> bool:
    """RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits (JSON Schema Validation, 7.3.5)."""
    return not isinstance(instance, str) or UUID.fullmatch(instance) is not None


@dataclass(frozen=True)
class Fault:
    """Why a document is invalid: JSON Pointer of the instance, path of the keyword."""

    instance: str
    keyword: str


class Oracle:
    """The verdict of one schema on any JSON value."""

    def __init__(self, schema: Schema) -> None:
        self.validator: Any = Draft202012Validator(schema, format_checker=FORMATS)
        self.second = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)

    def accepts(self, instance: Any) -> bool:
        return bool(self.validator.is_valid(by_decimal(instance)))

    def second_opinion(self, instance: Any) -> bool:
        return self.second.is_valid(instance)

    def faults(self, instance: Any) -> set[Fault]:
        """Every fault; a missing member is at its own pointer, as is one too many."""
        return {
            Fault(pointer([*cause.absolute_path, *member]), pointer(cause.absolute_schema_path))
            for error in self.validator.iter_errors(by_decimal(instance))
            for cause in causes(error)
            for member in members(cause)
        }


def by_decimal(instance: Any) -> Any:
    """The instance with its large floats as the integers they name: jsonschema divides doubles
    by doubles, and so finds that 1e25 is no multiple of 10."""
    if is_object(instance):
        return {name: by_decimal(value) for name, value in instance.items()}
    if is_array(instance):
        return [by_decimal(value) for value in instance]
    large = isinstance(instance, float) and 2.0**53 < abs(instance) < math.inf
    return whole_number(instance) if large else instance


def whole_number(value: float) -> int:
    """The integer that the shortest decimal of a float names (RFC 8785, section 3.2.2.3)."""
    return int(Decimal(repr(value)))


def causes(error: ValidationError) -> Iterator[ValidationError]:
    """Of a schema that may be null, the errors of the schema; of any other union its own."""
    union: Any = error.validator_value
    optional = error.validator == "anyOf" and len(union) == 2 and union[1] == {"type": "null"}
    inner = [cause for cause in error.context if cause.schema_path[0] == 0]
    if not optional or any(map(of_another_type, inner)):
        yield error
    else:
        for cause in inner:
            yield from causes(cause)


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
        yield from ([name] for name in instance if name not in schema.get("properties", {}))
    else:
        yield []
