"""JSON Schema's types as Pydantic types: the exact half of every generated annotation.

Pydantic reads ``int``, ``float`` and ``UUID`` more loosely or more strictly than JSON Schema
does. A marker that comes last in ``Annotated`` corrects that and keeps the rest: the Python
type, the constraints, the JSON Schema that Pydantic emits. All of it is compiled to
pydantic-core; no Python function runs for ordinary documents.
"""

import enum
import math
import uuid
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Protocol, TypeGuard

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PydanticUndefinedAnnotation,
    ValidationError,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from ._recursion import judged_once_schema


def explained(
    model: type[BaseModel], error: ValidationError, *, is_text: bool = False
) -> ValidationError:
    """The same, but what it says of unions names the causes; imported when it is needed."""
    from ._errors import with_causes

    return with_causes(model, error, is_text)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def without(schema: dict[str, Any], *words: str) -> dict[str, Any]:
    """The JSON Schema or core schema without these words."""
    return {word: it for word, it in schema.items() if word not in words}


class ExactMarker:
    """Base of the markers: replaces the plain core schema, keeps the JSON Schema it emits."""

    def exact_schema(self, plain: Any) -> Any:
        """The core schema that accepts what JSON Schema accepts."""
        return plain

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        """What the contract says where Pydantic emits ``emitted`` for the plain core schema."""
        return emitted

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        plain = handler(source)
        return self.made(self.exact_schema(plain), plain)

    def made(self, exact: Any, plain: Any, **more: Any) -> Any:
        """``exact`` as the type, ``plain`` as what its JSON Schema is made of."""
        stacked = "marker" in plain.get("metadata", {})
        metadata = {"marker": self, "plain": plain, "stacked": stacked, **more}
        return {**exact, "metadata": metadata}

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        metadata = schema.get("metadata", {})
        mine = metadata.get("marker") is self
        if not mine:  # of the markers in one Annotated, Pydantic asks each about all
            return handler(schema)
        plain: Any = metadata["plain"]
        if metadata["stacked"]:
            return self.emitted_by(handler(plain), schema, handler)
        (emitted,) = emit_json_schemas([plain], handler)
        return self.emitted_by(emitted, schema, handler)

    def emitted_by(
        self, emitted: JsonSchemaValue, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The same by the marked core schema, where ``emitted`` does not have all of it."""
        return self.emitted_schema(emitted)


def emit_json_schemas(
    schemas: Iterable[Any], handler: GetJsonSchemaHandler
) -> list[JsonSchemaValue]:
    """The JSON Schema of each core schema, as Pydantic emits it anywhere: as an item of a tuple."""
    asked = [*schemas]
    return handler(core_schema.tuple_schema(asked))["prefixItems"] if asked else []


class Integer(ExactMarker):
    """``"type": "integer"``: any number without a fraction, so 15.0, 1e2 and 2**63 too, but
    neither true nor "1" (JSON Schema 2020-12, Core 4.2.3 and Validation 6.1.1)."""

    def exact_schema(self, plain: Any) -> CoreSchema:
        # The bounds are a step of their own so that each fault has its own error type.
        bounds: list[Any] = [{**plain, "strict": True}] if plain.keys() > {"type"} else []
        return core_schema.chain_schema(
            [WHOLE_NUMBER_SCHEMA, *bounds], serialization=core_schema.simple_ser_schema("int")
        )


class PlainInteger(ExactMarker):
    """``"type": "integer"`` in draft-04: a number without a fraction or an exponent, so neither
    15.0 nor 1e2 (draft-04, Core 3.5)."""

    def exact_schema(self, plain: Any) -> Any:
        return {**plain, "strict": True}

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        return {**emitted, "x-integer": "draft-04"}


def whole_number(value: float) -> int:
    """The integer that the shortest decimal of ``value`` names: 1e300 is 10**300, not the
    neighbour in which the double ends (RFC 8785, section 3.2.2.3)."""
    return int(Decimal(float.__repr__(value)))


def floats_by_decimal(floats: CoreSchema) -> CoreSchema:
    """Floats beyond 2**53, each the nearest double to many integers."""
    return core_schema.chain_schema(
        [floats, core_schema.no_info_plain_validator_function(whole_number)]
    )


INTEGRAL_FLOAT_SCHEMA = core_schema.chain_schema(
    [
        core_schema.json_or_python_schema(
            json_schema=core_schema.float_schema(strict=True),
            python_schema=core_schema.is_instance_schema(float),
        ),
        core_schema.union_schema(
            [
                core_schema.int_schema(ge=-(2**53), le=2**53),
                floats_by_decimal(core_schema.float_schema(allow_inf_nan=False, gt=2.0**53)),
                floats_by_decimal(core_schema.float_schema(allow_inf_nan=False, lt=-(2.0**53))),
            ],
            mode="left_to_right",
        ),
    ]
)
WHOLE_NUMBER_SCHEMA = core_schema.union_schema(
    [core_schema.int_schema(strict=True), INTEGRAL_FLOAT_SCHEMA], custom_error_type="int_type"
)


class Number(ExactMarker):
    """``"type": "number"``: finite, an integer stays an ``int`` and so loses no digit, neither
    true nor "1" (JSON Schema 2020-12, Validation 6.1.1)."""

    def exact_schema(self, plain: Any) -> CoreSchema:
        bounds = [bound_step(word, plain[word]) for word in BOUND_ERROR_TYPES if word in plain]
        return core_schema.chain_schema(
            [number_schema("float_type", allow_inf_nan=False), *bounds],
            serialization=core_schema.simple_ser_schema("any"),
        )


BOUND_ERROR_TYPES: Any = {
    "ge": "greater_than_equal",
    "le": "less_than_equal",
    "gt": "greater_than",
    "lt": "less_than",
}


# The bound of an integer that means the same as a bound with a fraction.
BOUND_ROUNDING = {"ge": math.ceil, "le": math.floor, "gt": math.floor, "lt": math.ceil}


def bound_step(word: str, limit: float) -> Any:
    """One bound, with its own error; exact below 2**53."""
    step: Any = number_schema(BOUND_ERROR_TYPES[word], **{word: limit})
    return {**step, "custom_error_context": {word: limit}}


def number_schema(error: Any, **floats: Any) -> CoreSchema:
    """A float within bounds or an integer within the same bounds, neither converted."""
    bounds: Any = {it: BOUND_ROUNDING[it](floats[it]) for it in BOUND_ROUNDING if it in floats}
    integer = core_schema.int_schema(strict=True, **bounds)
    number = core_schema.float_schema(strict=True, **floats)
    return core_schema.union_schema([number, integer], custom_error_type=error)


ExactInt = Annotated[int, Integer()]
ExactFloat = Annotated[float, Number()]


class HyphenatedUUID(ExactMarker):
    """``"format": "uuid"``: the form 8-4-4-4-12 alone, of the five that ``uuid.UUID`` reads
    (RFC 9562, section 4). Of those, only this one is 36 characters long."""

    def exact_schema(self, plain: Any) -> CoreSchema:
        sized = core_schema.str_schema(strict=True, min_length=36, max_length=36)
        text = core_schema.chain_schema([sized, plain])
        instance = core_schema.is_instance_schema(uuid.UUID)
        either = core_schema.union_schema([text, instance], mode="left_to_right")
        return core_schema.custom_error_schema(
            core_schema.json_or_python_schema(json_schema=text, python_schema=either),
            custom_error_type="uuid_parsing",
            custom_error_context={"error": "expected the form 8-4-4-4-12 of hexadecimal digits"},
        )

    def made(self, exact: Any, plain: Any, **more: Any) -> Any:
        """As any marker, but a title behind it in ``Annotated`` is emitted too."""
        return super().made(exact, plain, **more, stacked=True)


UUID = Annotated[uuid.UUID, HyphenatedUUID()]


class StrEnum(str, enum.Enum):
    """``enum.StrEnum`` for Python 3.10 too: members compare, hash and print as their strings."""

    # The description that Pydantic would take for the docstring of any enum in Python 3.10.
    __description__ = ""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        members: Any = handler.resolve_ref_schema(schema)
        members.pop("sub_type", None)  # looked up by its JSON value, which is faster
        # A member is a str: written as one, without a look into the table of members.
        members["serialization"] = core_schema.simple_ser_schema("str")
        return schema

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        plain: Any = without(schema, "serialization")
        emitted = handler(plain)
        if cls.__description__:
            handler.resolve_ref_schema(emitted)["description"] = cls.__description__
        return emitted


class Assertion(Protocol):
    """The steps before the fields of a class, and what they add to the JSON Schema."""

    def steps(self, cls: Any, schema: Any, handler: GetCoreSchemaHandler) -> list[CoreSchema]: ...

    def emitted_keywords(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue: ...


class Emission(Protocol):
    """What a class says in its JSON Schema instead of what its fields say."""

    def prepare(self, cls: Any, handler: GetCoreSchemaHandler) -> None: ...
    def steps(self, cls: Any, schema: Any, handler: GetCoreSchemaHandler) -> list[CoreSchema]: ...
    def replace(self, emitted: Any, asserted: Any, schema: Any, handler: Any) -> None: ...


class ExactModel(BaseModel):
    """A model that emits the contract's JSON Schema, and whose errors name the causes within
    unions."""

    if not TYPE_CHECKING:  # to a checker these have the parameters of Pydantic's own

        @classmethod
        def model_json_schema(cls, *arguments: Any, **named: Any) -> dict[str, Any]:
            from ._emitted import exact_json_schema

            return exact_json_schema(super().model_json_schema, arguments, named)

        @classmethod
        def model_validate(cls, obj: Any, **options: Any) -> Any:
            try:
                if options:
                    return super().model_validate(obj, **options)
                return cls.__pydantic_validator__.validate_python(obj)
            except ValidationError as error:
                raise explained(cls, error) from None

        @classmethod
        def model_validate_json(cls, json_data: Any, **options: Any) -> Any:
            try:
                if options:
                    return super().model_validate_json(json_data, **options)
                return cls.__pydantic_validator__.validate_json(json_data)
            except ValidationError as error:
                raise explained(cls, error, is_text=True) from None


class Model(ExactModel):
    """An object of the contract. It keeps the keys it does not know, tells absent (``MISSING``)
    from null, and says so in the JSON Schema it emits, which equals the contract's.

    ``model_validate_json(text)``, ``model_validate(json.loads(text))`` and keyword construction
    accept what the schema accepts and raise ``pydantic.ValidationError`` otherwise.
    ``model_dump_json(exclude_unset=True)`` writes back what was read; without ``exclude_unset``
    the declared defaults are written too.

    Documents are I-JSON (RFC 7493). At its edges, ``model_validate_json``

    - refuses a byte order mark, UTF-8 that is invalid, lone surrogates, integers of more than
      4300 digits and nesting beyond 200 levels (error type ``json_invalid``);
    - takes the last of two members of one name, as ``json.loads`` does;
    - refuses ``NaN``, ``Infinity`` and ``1e400`` where the schema asks for a number; in free
      content (``Any``, unknown keys) it takes them and they are written as null.

    ``model_validate`` takes Python objects as they are: a lone surrogate in a ``str`` is accepted
    and cannot be written (``PydanticSerializationError``), as is free content beyond 255 levels;
    keys of a ``dict`` that are no strings are written as strings, with a warning. Numbers with a
    fraction or an exponent are doubles (RFC 8259, section 6), in either entry point.
    """

    if TYPE_CHECKING:
        # A class says of which type its further members are; to a checker no dict is another.
        __pydantic_extra__: Any = Field(init=False)

    # What the class asserts beside its members, where it does.
    __assertion__: ClassVar[Assertion | None] = None
    # Whether an instance is judged once, however many paths lead to it.
    __judged_once__: ClassVar[bool] = False
    # What the contract says where Pydantic says the same in other words.
    __emitted__: ClassVar[Emission | None] = None

    # Values seldom repeat in messages; a cache of them costs more than it saves.
    model_config = ConfigDict(extra="allow", cache_strings="keys", serialize_by_alias=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if emission := cls.__dict__.get("__emitted__"):  # that of a base says less
            emission.prepare(cls, handler)
        try:
            schema = handler(source)
        except NameError as error:  # of further members, in 2.12; of fields Pydantic says so itself
            raise PydanticUndefinedAnnotation.from_name_error(error) from error
        holder: Any = handler.resolve_ref_schema(schema)
        while holder["schema"]["type"] not in ("model-fields", "chain"):
            holder = holder["schema"]
        if holder["schema"]["type"] == "chain":  # a class that is being completed: done before
            return schema
        fields = holder["schema"]["fields"].values()
        for field in fields:
            place = field["schema"] if field["schema"]["type"] == "default" else field
            place["schema"] = lean_schema(place["schema"])
        aliased = any("validation_alias" in field for field in fields)
        asserted = cls.__assertion__
        steps = asserted.steps(cls, schema, handler) if asserted else []
        if emission:
            steps += emission.steps(cls, schema, handler)
        if steps or (aliased and has_alias_bug()):
            holder["schema"] = core_schema.chain_schema([DICT_STEP, *steps, holder["schema"]])
        if cls.__judged_once__:
            holder["schema"] = core_schema.chain_schema([judged_once_schema(holder["schema"], cls)])
        return schema

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        emitted = handler(without_steps(schema))
        members = handler.resolve_ref_schema(emitted)
        emission = cls.__dict__.get("__emitted__")
        asserted = cls.__assertion__
        more = asserted.emitted_keywords(schema, handler) if asserted else {}
        members.update({} if emission else more)
        extra: Any = cls.model_config.get("json_schema_extra") or {}
        if cls.model_config.get("title", cls.__name__) is None and "title" not in extra:
            members.pop("title", None)
        if members.get("additionalProperties") is True and "additionalProperties" not in extra:
            del members["additionalProperties"]  # what JSON Schema means by default
        for name, field in cls.model_fields.items():
            field_extra: Any = field.json_schema_extra or {}
            if field.title is None and "title" not in field_extra:
                key = name if field.alias is None else field.alias
                members.get("properties", {}).get(key, {}).pop("title", None)
        if emission:
            emission.replace(members, more, schema, handler)
        return emitted


DICT_STEP = core_schema.dict_schema()


def without_steps(schema: Any) -> Any:
    """The schema of a model, whatever validators surround its fields, without AS_DICT."""
    if schema["type"] == "chain":
        return without_steps(schema["steps"][-1])
    return {**schema, "schema": without_steps(schema["schema"])} if "schema" in schema else schema


@cache
def has_alias_bug() -> bool:
    """Whether this pydantic loses an unknown key of JSON text that is called like the attribute
    of an aliased field, as 2.13.0 to 2.14.1 do; a Python dict in between keeps it."""
    field = core_schema.model_field(core_schema.any_schema(), validation_alias="key")
    fields = core_schema.model_fields_schema({"attribute": field}, extra_behavior="allow")
    _, extra, _ = SchemaValidator(fields).validate_json('{"key": 1, "attribute": 2}')
    return not extra


def lean_schema(schema: Any) -> Any:
    """The same type with less work: one error instead of two for ``T | MISSING``, and one copy
    in C instead of a walk for ``dict[str, Any]`` (keys and values of JSON are right already)."""
    kind, inner = schema["type"], schema.get("schema")
    if kind == "union":  # how pydantic before 2.14 says `T | MISSING`
        choices = [choice for choice in schema["choices"] if choice != {"type": "missing-sentinel"}]
        return lean_schema(choices[0]) if len(choices) == 1 else {**schema, "choices": choices}
    if kind == "nullable" and inner == {"type": "missing-sentinel"}:  # and `None | MISSING`
        return core_schema.none_schema()
    if kind in ("nullable", "missing-sentinel") and inner:
        return {**schema, "schema": lean_schema(inner)}
    if (
        kind == "dict"
        and schema.keys() <= UNSIZED_DICT_KEYS
        and schema["values_schema"] == {"type": "any"}
    ):
        return core_schema.json_or_python_schema(json_schema=schema, python_schema=COPY_DICT)
    return schema


UNSIZED_DICT_KEYS = {"type", "keys_schema", "values_schema", "metadata"}  # no sizes
COPY_DICT = core_schema.chain_schema(
    [
        core_schema.custom_error_schema(
            core_schema.is_instance_schema(dict), custom_error_type="dict_type"
        ),
        core_schema.no_info_plain_validator_function(dict[Any, Any].copy),
    ]
)
