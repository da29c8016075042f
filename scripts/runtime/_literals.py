"""``const`` and ``enum`` as ``Literal`` and enums of Python, exact by the types of JSON.

To Python 1 equals true and to Pydantic "1" names a member of an ``IntEnum``; here neither does
(JSON Schema 2020-12, Core 4.2.2 and Validation 6.1.2). Shipped to packages that use it alone.
"""

import enum
from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ._keywords import values_schema
from ._types import WHOLE_NUMBER_SCHEMA, ExactMarker, StrEnum, without


class Constants(ExactMarker):
    """The values of a ``Literal``, which the schema lists under ``keyword`` or, one in each, in the
    branches of an ``anyOf`` or ``oneOf``."""

    def __init__(self, keyword: str = "", **keywords: Any) -> None:
        self.keyword = keyword
        self.keywords = keywords

    def exact_schema(self, plain: Any) -> Any:
        values = literal_values(plain)
        return with_expected(values_schema(values), values, "literal_error", "any")

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        values = emitted_values(emitted)
        listed = {"const": values[0], "enum": values}
        named = {self.keyword: listed[self.keyword]} if self.keyword else {}
        return {**named, **self.keywords, **without(emitted, *LITERAL_KEYWORDS)}


# What Pydantic says of a Literal, of None, and of both.
LITERAL_KEYWORDS = ("type", "const", "enum", "anyOf")


def literal_values(plain: Any) -> list[Any]:
    """The values of the core schema that Pydantic makes of ``Literal[…] | None``."""
    if plain["type"] == "none":
        return [None]
    if plain["type"] == "nullable":
        return [*literal_values(plain["schema"]), None]
    return [*plain["expected"]]


def emitted_values(emitted: JsonSchemaValue) -> list[Any]:
    """The values by the JSON Schema that Pydantic emits for it."""
    if "anyOf" in emitted:
        return [value for it in emitted["anyOf"] for value in emitted_values(it)]
    if "const" in emitted:
        return [emitted["const"]]
    values: list[Any] = emitted.get("enum", [None])
    return values


def with_expected(exact: Any, values: list[Any], error: Any, written: Any) -> Any:
    """The schema with one error, which names the values as Pydantic does: ``1, 2 or 'x'``."""
    *first, last = [repr(it) for it in values]
    return core_schema.custom_error_schema(
        exact,
        custom_error_type=error,
        custom_error_context={"expected": f"{', '.join(first)} or {last}" if first else last},
        serialization=core_schema.simple_ser_schema(written),
    )


class IntEnum(enum.IntEnum):
    """``enum.IntEnum`` that 2 and 2.0 name a member of, and neither "2" nor true."""

    # As from Python 3.11.
    __str__ = int.__repr__

    def __format__(self, format_spec: str) -> str:
        return int.__format__(self, format_spec)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        members: Any = handler.resolve_ref_schema(schema)
        if members["type"] == "enum":  # else done before
            named = {word: members.pop(word) for word in ("ref", "metadata")}
            lookup: Any = without(members, "sub_type")
            exact = core_schema.chain_schema([WHOLE_NUMBER_SCHEMA, lookup])
            members.clear()
            members |= with_expected(exact, [it.value for it in cls], "enum", "int") | named
        return schema

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        lookup: Any = schema["schema"]["steps"][-1]
        plain: Any = {**lookup, "sub_type": "int", "ref": schema["ref"]}
        return handler(plain)


class Titled:
    """Constants of which the contract says more than a list: a title for each, an example."""

    __emitted__: ClassVar[dict[str, Any]]

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """What the class says of itself, in the place of its definition."""
        plain: Any = super()
        emitted: JsonSchemaValue = plain.__get_pydantic_json_schema__(schema, handler)
        definition = handler.resolve_ref_schema(emitted)
        described = {word: definition[word] for word in ("description",) if word in definition}
        definition.clear()
        definition.update(described | cls.__emitted__)
        return emitted


class TitledStrEnum(Titled, StrEnum):
    """Such strings."""


class TitledIntEnum(Titled, IntEnum):
    """Such integers."""
