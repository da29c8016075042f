"""Classes of several schemas that hold together: what they emit is what the contract says.

Shipped to packages that use it alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ForwardRef

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ._assert import with_references
from ._keywords import referred_name
from ._types import is_array, is_object
from ._unions import unjudged


class WithoutType:
    """The objects of a class, of which the schema around it alone says that they are objects."""

    def prepare(self, cls: Any, handler: GetCoreSchemaHandler) -> None:
        """Nothing: no other class has to be read first."""

    def steps(self, cls: Any, schema: Any, handler: GetCoreSchemaHandler) -> list[CoreSchema]:
        return []

    def replace(
        self, emitted: Any, asserted: Any, schema: Any, handler: GetJsonSchemaHandler
    ) -> None:
        """Let the JSON Schema that is emitted for the class leave the type out."""
        emitted.update(asserted)
        del emitted["type"]


CLASS_KEYWORDS = ("type", "properties", "required", "additionalProperties")


class WrittenAs:
    """The assertions of a class in the words of the contract, which its fields say in others.

    ``...`` stands for what a field says of a member, for ``properties`` of just the fields, and for
    what the class asserts.
    """

    def __init__(self, schema: JsonSchemaValue) -> None:
        self.schema = schema

    def prepare(self, cls: Any, handler: GetCoreSchemaHandler) -> None:
        """Read the classes that this one has members of first: else Pydantic, which comes back to
        an object within them, would make a definition of that."""
        for name in part_names(self.schema):
            handler.generate_schema(ForwardRef(name, module=cls.__module__))

    def steps(self, cls: Any, schema: Any, handler: GetCoreSchemaHandler) -> list[CoreSchema]:
        """A step that judges nothing."""
        references = {
            name: handler.generate_schema(ForwardRef(name, module=cls.__module__))
            for name in mentioned_names(self.schema)
        }
        holder: Any = handler.resolve_ref_schema(schema)
        metadata: Any = holder.setdefault("metadata", {})
        metadata["references"] = {**metadata.get("references", {}), **references}
        return unjudged([*references.values()])

    def replace(
        self, emitted: Any, asserted: Any, schema: Any, handler: GetJsonSchemaHandler
    ) -> None:
        """Let the JSON Schema that is emitted for the class say what the contract says."""
        fields = {word: emitted.pop(word, {}) for word in CLASS_KEYWORDS}["properties"]
        written = with_references(self.schema, schema["metadata"]["references"], handler)
        emitted.update(with_said(written, fields, asserted))


def mentioned_names(value: Any) -> Iterator[str]:
    """The names of the definitions that a JSON Schema refers to."""
    if is_object(value) and isinstance(value.get("$ref"), str):
        yield referred_name(value)
    inner: Iterable[Any] = value.values() if is_object(value) else value if is_array(value) else ()
    for member in inner:
        yield from mentioned_names(member)


def part_names(schema: JsonSchemaValue) -> Iterator[str]:
    """The names of the definitions that hold for the same object."""
    yield from mentioned_names({word: schema[word] for word in ("$ref",) if word in schema})
    parts: list[Any] = schema.get("allOf", [])
    for part in parts:
        yield from part_names(part) if is_object(part) else ()


def with_said(
    schema: JsonSchemaValue, fields: Mapping[str, Any], asserted: Mapping[str, Any]
) -> JsonSchemaValue:
    """The JSON Schema with what fields and assertions say wherever it has ``...``."""
    alike = {**asserted, "properties": fields}
    whole = {word: alike[word] if it is ... else it for word, it in schema.items()}
    if "properties" in schema:
        members = whole["properties"].items()
        whole["properties"] = {name: fields[name] if it is ... else it for name, it in members}
    if "allOf" in schema:
        parts = schema["allOf"]
        whole["allOf"] = [with_said(it, fields, asserted) if is_object(it) else it for it in parts]
    return whole
