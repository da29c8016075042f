"""``patternProperties`` of a map or a class whose further members all have one type.

``Annotated[dict[str, int], PatternProperties(["^x-"])]`` is a map of integers under names that
begin with ``x-``. Shipped to packages that use it alone.
"""

from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ._any_of import AS_WRITTEN
from ._assert import Assert
from ._json_types import choices_of
from ._keywords import SCHEMA_BY_TYPE, Schema, matching_values, pattern_schema
from ._types import ExactMarker, emit_json_schemas, without
from ._unions import ANY_SCHEMA, intersection_of, keep_unless, union_of, with_one_error


class PatternProperties(Assert):
    """``"patternProperties"`` of equal schemas and ``"additionalProperties": false`` (JSON Schema
    2020-12, Core 10.3.2): it judges the names, and the type the values.

    ``schema`` is what a class asserts beside.
    """

    def __init__(self, patterns: list[str], schema: Schema | None = None) -> None:
        names: Schema = dict.fromkeys(patterns, True)
        super().__init__(
            {**(schema or {}), "patternProperties": names, "additionalProperties": False}
        )

    def steps(self, cls: Any, schema: Any, handler: GetCoreSchemaHandler) -> list[CoreSchema]:
        """What is judged before the fields: not the names of further members of any type, which
        are judged where these are read. Those of a type would have two errors."""
        fields: Any = fields_schema(handler.resolve_ref_schema(schema))
        values: Any = handler.resolve_ref_schema(fields.get("extras_schema", ANY_SCHEMA))
        if values["type"] != "any":
            return super().steps(cls, schema, handler)
        names = union_of(map(pattern_schema, self.schema["patternProperties"]))
        fields["extras_keys_schema"] = core_schema.custom_error_schema(
            names, custom_error_type="extra_forbidden"
        )
        return Assert(without(self.schema, *OF_NAMES)).steps(cls, schema, handler)

    def emitted_by(
        self, emitted: JsonSchemaValue, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        whole = super().emitted_by(emitted, schema, handler)
        values: Any = schema["metadata"]["plain"]["values_schema"]
        return {**whole, "patternProperties": self.with_values(values, handler)}

    def emitted_keywords(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        emitted = super().emitted_keywords(schema, handler)
        values = fields_schema(schema).get("extras_schema", ANY_SCHEMA)
        return {**emitted, "patternProperties": self.with_values(values, handler)}

    def with_values(self, values: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The patterns with the schema of the values under each."""
        (emitted,) = emit_json_schemas([values], handler)
        return dict.fromkeys(self.schema["patternProperties"], emitted)


class TitledValues(ExactMarker):
    """Emits the values of a map with their title, which Pydantic leaves out."""

    def emitted_by(
        self, emitted: JsonSchemaValue, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        (values,) = emit_json_schemas([schema["metadata"]["plain"]["values_schema"]], handler)
        return {**emitted, "additionalProperties": values}


class ByName(Assert):
    """``"patternProperties"`` and ``"additionalProperties"`` of a map or a class (JSON Schema
    2020-12, Core 10.3.2): members are of one type where their names match one of ``patterns``, and
    may be any value elsewhere. The type comes first: ``dict[str, Point | Any]``.

    ``further`` tells whether those are of the type too that no pattern of the schema names. The
    ``schema`` of a class holds what the class asserts beside.
    """

    def __init__(self, schema: Schema, patterns: list[str], *, further: bool = False) -> None:
        super().__init__(schema)
        self.patterns, self.further = patterns, further

    @property
    def judged(self) -> Schema:
        """The schema with the names alone; the values are judged where they are read."""
        names: Schema = dict.fromkeys(self.schema["patternProperties"], True)
        is_closed = self.schema.get("additionalProperties", True) is False
        return {
            **self.schema,
            "patternProperties": names,
            "additionalProperties": not is_closed,
        }

    def of_class(self, cls: Any) -> Assert:
        return ByName(self.whole(cls), self.patterns)

    def steps(self, cls: Any, schema: Any, handler: GetCoreSchemaHandler) -> list[CoreSchema]:
        """The last step reads the members of the type; its one error stands at the object, for the
        fields are not read then."""
        fields: Any = fields_schema(handler.resolve_ref_schema(schema))
        reader = self.reader(fields.pop("extras_schema"))
        read = with_one_error(reader, "patternProperties")
        return [*super().steps(cls, schema, handler), read]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        plain: Any = handler(source)
        step, references = self.compile_step(handler)
        sized: Any = {**plain, "strict": True, "values_schema": ANY_SCHEMA, "metadata": {}}
        steps = [sized] if step is ANY_SCHEMA else [sized, step]
        exact = core_schema.chain_schema(
            [*steps, self.reader(plain["values_schema"])], **AS_WRITTEN
        )
        return self.made(exact, plain, references=references)

    def reader(self, values: Any) -> Any:
        """Reads the members of the type, and leaves the others, if there may be some, as they
        are."""
        are_alike = values["type"] != "union"
        value = values if are_alike else choices_of(values)[0]
        if are_alike or not EVERY_NAME.isdisjoint(self.patterns):
            return core_schema.dict_schema(SCHEMA_BY_TYPE["string"], value, strict=True)
        names = [pattern_schema(it) for it in self.patterns]
        if self.further:
            known = union_of(map(pattern_schema, self.schema["patternProperties"]))
            names.append(intersection_of([SCHEMA_BY_TYPE["string"], keep_unless(known)]))
        return core_schema.no_info_wrap_validator_function(
            with_members_read, matching_values(union_of(names), value)
        )


# Patterns that match any name.
EVERY_NAME = frozenset({"", "^", ".*", "^.*"})


def with_members_read(instance: Any, read: Any) -> Any:
    members = read(instance)
    return {**instance, **members}


OF_NAMES = ("patternProperties", "additionalProperties")


def fields_schema(schema: Any) -> Any:
    """The core schema of the fields of a class."""
    while schema["type"] == "chain" or "schema" in schema:
        schema = schema["steps"][-1] if schema["type"] == "chain" else schema["schema"]
    return schema
