"""``prefixItems`` as a tuple, with a rest of one type or without.

``Annotated[tuple[str, Unpack[tuple[int, ...]]], PrefixItems({"minItems": 1})]`` is a string, then
integers. Pydantic does not read ``Unpack``; this marker does. Shipped to packages that use it
alone.
"""

from typing import Any, get_args, get_origin

from pydantic import GetCoreSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import Unpack

from ._types import ExactMarker
from ._unions import with_one_error


class PrefixItems(ExactMarker):
    """``"prefixItems"`` of an array that has them all (JSON Schema 2020-12, Core 10.3.1.1).

    It asserts ``minItems``, ``maxItems`` and ``items`` of the ``keywords``, and emits all of them.
    An array is a list, or in Python a tuple.
    """

    def __init__(self, keywords: dict[str, Any]) -> None:
        self.keywords = keywords

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        types = [handler.generate_schema(it) for it in item_types(source)]
        size = core_schema.list_schema(
            min_length=self.keywords.get("minItems"), max_length=self.keywords.get("maxItems")
        )
        rest = len(types) - 1 if has_rest(source) else None
        items = core_schema.tuple_schema(types, variadic_item_index=rest)
        exact = core_schema.chain_schema([ARRAY_SCHEMA, size, *self.closed(len(types)), items])
        return self.made(exact, core_schema.tuple_schema(types), rest=has_rest(source))

    def closed(self, length: int) -> list[Any]:
        """Where ``items`` is false: one error of an array that is longer than its prefix, whatever
        else is wrong in it."""
        most = core_schema.list_schema(max_length=length)
        words = f"items: expected at most {length} items"
        return [with_one_error(most, words)] if self.keywords.get("items") is False else []

    def emitted_by(self, emitted: JsonSchemaValue, schema: Any, handler: Any) -> JsonSchemaValue:
        """What the contract says where Pydantic says a tuple of the prefix and one of the rest."""
        rest: bool = schema["metadata"]["rest"]
        *prefix, last = emitted["prefixItems"]
        if not rest:
            prefix.append(last)
        typed = {"items": last} if rest and last else {}
        return {"type": "array", "prefixItems": prefix, **typed, **self.keywords}


ARRAY_SCHEMA = core_schema.json_or_python_schema(
    json_schema=core_schema.list_schema(),
    python_schema=core_schema.custom_error_schema(
        core_schema.union_schema(
            [core_schema.is_instance_schema(list), core_schema.is_instance_schema(tuple)]
        ),
        custom_error_type="list_type",
    ),
)


def item_types(source: Any) -> list[Any]:
    """The types of a tuple's items, that of the rest last."""
    *first, last = get_args(source)
    return [*first, get_args(get_args(last)[0])[0] if has_rest(source) else last]


def has_rest(source: Any) -> bool:
    return get_origin(get_args(source)[-1]) is Unpack
