"""Objects of a class beside any other value: ``properties`` without ``type``.

``Annotated[Address | NotAnObject, ObjectOrAny()]``. Shipped to packages that use it alone.
"""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from ._any_of import NOT_AN_OBJECT, with_one_union_error
from ._assert import AnyType, joined_with_class
from ._json_types import NOT_AN_OBJECT_ERROR
from ._types import without
from ._unions import union_of

# Any value of JSON that is no object.
if TYPE_CHECKING:
    NotAnObject: TypeAlias = list[Any] | str | float | bool | None
else:
    NotAnObject = Annotated[Any, "no object"]


OTHERS = (str, int, float, list, tuple, type(None))
NOT_AN_OBJECT_SCHEMA = core_schema.custom_error_schema(
    core_schema.json_or_python_schema(
        json_schema=NOT_AN_OBJECT,
        python_schema=core_schema.is_instance_schema(OTHERS),
    ),
    custom_error_type=NOT_AN_OBJECT_ERROR,
    custom_error_message="Input should not be an object",
)


class ObjectOrAny(AnyType):
    """No ``type`` beside ``"properties"``: they speak of objects alone, any other value is valid
    (JSON Schema 2020-12, Core 10.3.2)."""

    def exact_schema(self, plain: Any) -> Any:
        record, _ = plain["choices"]
        return with_one_union_error(union_of([record, NOT_AN_OBJECT_SCHEMA]))

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        return joined_with_class({**without(emitted, "anyOf"), "then": emitted["anyOf"][0]})
