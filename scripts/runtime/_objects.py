"""Objects of a class among other values: ``type`` as a list, or no ``type`` at all.

``Annotated[Address | None, ObjectOr()]`` is an object of the class or null. Shipped to packages
that use it alone.
"""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from ._assert import AnyType, joined_with_class
from ._unions import union_of, with_one_error

# Any value of JSON that is no object.
if TYPE_CHECKING:
    NotAnObject: TypeAlias = list[Any] | str | float | bool | None
else:
    NotAnObject = Annotated[Any, "no object"]


class ObjectOr(AnyType):
    """``"type"`` as a list with ``"object"``: an object enters the class, the choice ``index`` of
    the union, and has the errors of the class (Validation 6.1.1)."""

    def __init__(self, index: int = 0) -> None:
        self.index = index

    def exact_schema(self, plain: Any) -> Any:
        if plain["type"] == "nullable":
            return {**plain, "schema": self.exact_schema(plain["schema"])}
        if plain["type"] != "union":
            return plain
        choices = [*plain["choices"]]
        record = choices.pop(self.index)
        others = choices[0] if len(choices) == 1 else with_one_error(union_of(choices), TYPES)
        return core_schema.tagged_union_schema(
            {"object": record, "other": others},
            discriminator=kind_of,
            serialization=core_schema.simple_ser_schema("any"),
        )


TYPES = "one of the types"


def kind_of(value: Any) -> str:
    return "other" if value is None or isinstance(value, OTHERS) else "object"


OTHERS = (str, int, float, list, tuple)


class ObjectOrAny(ObjectOr):
    """No ``type`` beside ``"properties"``: they speak of objects alone, any other value is valid
    (JSON Schema 2020-12, Core 10.3.2)."""

    def said(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        rest = {word: it for word, it in emitted.items() if word != "anyOf"}
        return joined_with_class({**rest, "then": emitted["anyOf"][0]})
