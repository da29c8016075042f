"""The JSON Schema of a message where Pydantic alone would emit another."""

import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from ._types import is_array, is_object, without


class ExactJsonSchema(GenerateJsonSchema):
    """Pydantic overlooks the references beside a property that is called ``$ref``, and then has no
    ``$ref`` to a message that holds itself. Of the names of definitions it keeps ASCII alone."""

    def normalize_name(self, name: str) -> str:
        return re.sub(r"[^\w.-]", "_", name).replace(".", "__")

    def get_json_ref_counts(self, json_schema: JsonSchemaValue) -> dict[Any, int]:
        counts: dict[Any, int] = super().get_json_ref_counts(json_schema)
        counts.clear()
        waiting: list[Any] = [json_schema]
        while waiting:
            value = waiting.pop()
            waiting += inner_values(value)
            target: Any = value.get("$ref") if is_object(value) else None
            if isinstance(target, str):
                counts[target] = counts.get(target, 0) + 1
                ref: Any = target
                waiting += [self.get_schema_from_definitions(ref)] if counts[ref] == 1 else []
        return counts


def inner_values(value: Any) -> list[Any]:
    """What may hold references."""
    if is_object(value):
        return [*without(value, "examples").values()]
    return value if is_array(value) else []


def exact_json_schema(
    emit: Any, arguments: tuple[Any, ...], named: dict[str, Any]
) -> dict[str, Any]:
    """What ``emit`` returns with the generator above, unless another is named."""
    generator = {"schema_generator": ExactJsonSchema} if len(arguments) < 3 else {}
    emitted: dict[str, Any] = emit(*arguments, **{**generator, **named})
    return emitted
