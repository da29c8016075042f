"""Objects of a class beside any other value: ``properties`` without ``type``.

``Annotated[Address | NotAnObject, ObjectOrAny()]``. Shipped to packages that use it alone.
"""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from ._assert import AnyType, joined_with_class

# Any value of JSON that is no object.
if TYPE_CHECKING:
    NotAnObject: TypeAlias = list[Any] | str | float | bool | None
else:
    NotAnObject = Annotated[Any, "no object"]


def kind_of(value: Any) -> str:
    return "other" if value is None or isinstance(value, OTHERS) else "object"


OTHERS = (str, int, float, list, tuple)


class ObjectOrAny(AnyType):
    """No ``type`` beside ``"properties"``: they speak of objects alone, any other value is valid
    (JSON Schema 2020-12, Core 10.3.2)."""

    def exact_schema(self, plain: Any) -> Any:
        record, anything = plain["choices"]
        return core_schema.tagged_union_schema(
            {"object": record, "other": anything},
            discriminator=kind_of,
            serialization=core_schema.simple_ser_schema("any"),
        )

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        rest = {word: it for word, it in emitted.items() if word != "anyOf"}
        return joined_with_class({**rest, "then": emitted["anyOf"][0]})
