"""Which defaults of the contract a model can have as its own, and how Python writes them: of a
titled enum a member, of a tuple a tuple. Others stay annotations."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from contract.json_values import is_array, is_object, values_within, without
from contract.subschemas import (
    Definitions,
    Schema,
    Subschema,
    reachable_names,
    referred_name,
    subschemas,
)
from models.enums import PythonEnum
from models.mixed import is_mixed
from models.types import has_whole_prefix
from models.unions import unions_of
from oracle.oracle import Oracle


class DefaultTexts:
    """The defaults of a module with these definitions, of which some are ``enums``, and others are
    ``messages``, whose values are instances of a class."""

    def __init__(
        self,
        definitions: Definitions,
        enums: Mapping[str, PythonEnum],
        messages: Collection[str],
    ) -> None:
        self.definitions, self.enums, self.messages = definitions, enums, messages

    def text(self, schema: Schema) -> str | None:
        """The default as Python text; None where it is not valid, or where no text is the value
        that the model would read."""
        default = schema["default"]
        if not self.accepts(schema, default):
            return None
        if default in (None, []):
            return repr(default)
        types = [*self.subschemas(schema)]
        whole = any(
            "integer" in it.get("type", "") or {"enum", "const"} & it.keys() for it in types
        )
        if whole and any(isinstance(it, float) for _, it in values_within(default)):
            return None
        return self.value(default, schema)

    def accepts(self, schema: Schema, value: Any) -> bool:
        used = {name: self.definitions[name] for name in sorted(self.names(schema))}
        return Oracle({**schema, "$defs": used}).accepts(value)

    def names(self, schema: Schema) -> Collection[str]:
        return reachable_names(schema, self.definitions)

    def subschemas(self, schema: Schema) -> Iterator[Schema]:
        """All subschemas that the schema leads to."""
        for root in (schema, *(self.definitions[it] for it in self.names(schema))):
            yield from (it for _, it in subschemas(root))

    def is_plain(self, schema: Schema) -> bool:
        """Whether every value in Python is what it is in JSON: no enum, tuple, UUID or class."""
        named = {*self.names(schema)}
        return (
            named.isdisjoint(self.enums)
            and named.isdisjoint(self.messages)
            and not any(
                "properties" in it or "prefixItems" in it or it.get("format") == "uuid"
                for it in self.subschemas(schema)
            )
        )

    def value(self, value: Any, schema: Subschema) -> str | None:
        """What a model makes of a valid value; None where that is not known."""
        if not is_object(schema) or self.is_plain(schema):
            return repr(value)
        if is_mixed(schema) and not is_object(value):
            return self.value(value, without(schema, "if", "then"))
        if "$ref" in schema:
            return self.referred(value, schema)
        for branches in unions_of(schema):
            fitting = [it for it in branches if self.accepts(it, value)]
            return self.value(value, fitting[0]) if len(fitting) == 1 else None
        return self.inner(value, schema)

    def referred(self, value: Any, schema: Schema) -> str | None:
        name = referred_name(schema)
        if name not in self.enums:
            return self.value(value, self.definitions[name]) if name not in self.messages else None
        members = self.enums[name].members.items() if {"const", "enum"}.isdisjoint(schema) else ()
        return next((f"{name}.{it}" for it, text in members if text == repr(value)), None)

    def inner(self, value: Any, schema: Schema) -> str | None:
        """What a model makes of the items of an array and of the values of a map."""
        if is_array(value) and has_whole_prefix(schema):
            rest = [schema.get("items", True)] * len(value)
            items = [*zip(value, [*schema["prefixItems"], *rest], strict=False)]
            return written("({},)", (self.value(*it) for it in items))
        if is_array(value) and is_object(schema.get("items")) and "prefixItems" not in schema:
            return written("[{}]", (self.value(it, schema["items"]) for it in value))
        values = schema.get("additionalProperties")
        plain = {"properties", "patternProperties", "propertyNames"}.isdisjoint(schema)
        if is_object(value) and is_object(values) and plain:
            texts = [self.value(it, values) for it in value.values()]
            members = zip(value, texts, strict=True)
            return written("{{{}}}", (it and f"{name!r}: {it}" for name, it in members))
        return None


def written(form: str, texts: Iterable[str | None]) -> str | None:
    """The texts in their form; None if one of them is not known."""
    known = [*texts]
    return form.format(", ".join(it for it in known if it)) if all(known) else None
