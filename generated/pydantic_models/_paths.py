"""An error of Pydantic -> the path of the fault in the document.

Pydantic's ``loc`` is that path, but within a tagged union it has the tag as a step of its own.
Behind a union with one error it has none, see ``_errors``.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ._lines import json_pointer

Step = str | int
UNION_ERROR = "any_of"
TAG_ERRORS = ("union_tag_invalid", "union_tag_not_found")


def error_path(model: type[BaseModel], error: Mapping[str, Any]) -> list[Step]:
    """The steps to the fault that ``error``, an item of ``errors()`` of ``model``, tells of; to
    the tag itself if that is missing or unknown."""
    return [*document_steps(model.__pydantic_core_schema__, error, [*error["loc"]], {})]


def error_pointer(model: type[BaseModel], error: Mapping[str, Any]) -> str:
    """The JSON Pointer (RFC 6901) of the fault."""
    return json_pointer(error_path(model, error))


def document_steps(
    schema: Any, error: Mapping[str, Any], loc: list[Step], definitions: dict[str, Any]
) -> Iterator[Step]:
    """What remains of ``loc`` at ``schema``, without the tags."""
    *_, schema = wrapped_schemas(schema, definitions)
    if schema["type"] == "tagged-union":
        if loc:
            yield from document_steps(tagged_choice(schema, loc[0]), error, loc[1:], definitions)
        elif error["type"] in TAG_ERRORS:
            discriminator = schema["discriminator"]
            yield discriminator if isinstance(discriminator, str) else discriminator[0][0]
        return
    inner = CHILDREN.get(schema["type"])
    if not loc or inner is None:
        yield from loc
        return
    yield loc[0]
    yield from document_steps(inner(schema, loc[0]), error, loc[1:], definitions)


def tagged_choice(schema: Any, tag: Step) -> Any:
    """The choice of a tagged union by the step of a path, which is a string for any float."""
    choices = schema["choices"]
    return choices[tag] if tag in choices else choices[float(tag)]


def wrapped_schemas(schema: Any, definitions: dict[str, Any]) -> Iterator[Any]:
    """The core schema and each that it wraps, from the outermost inwards. The last reads the value,
    behind references, models, defaults and assertions; it may be a union with its one error."""
    while schema:
        yield schema
        if schema["type"] == "definitions":
            definitions.update((it["ref"], it) for it in schema["definitions"])
        if schema["type"] == "definition-ref":
            schema = definitions[schema["schema_ref"]]
        elif schema["type"] == "chain":
            schema = schema["steps"][-1]
        elif schema["type"] == "json-or-python":
            schema = schema["json_schema"]
        else:
            schema = None if is_union_with_one_error(schema) else schema.get("schema")


def is_union_with_one_error(schema: Any) -> bool:
    """Whether it has one error where no branch fits; ``loc`` is the path of the document there."""
    return bool(schema.get("custom_error_type") == UNION_ERROR)


ANY: Any = {"type": "any"}


def member_schema(schema: Any, step: Step) -> Any:
    """The core schema of a member of a model: of its field, or of further members."""
    fields = schema["fields"]
    for name in (step, *fields):  # most fields are called like their member
        if name in fields and fields[name].get("validation_alias", name) == step:
            return fields[name]["schema"]
    return schema.get("extras_schema", ANY)


def tuple_item_schema(schema: Any, step: Step) -> Any:
    items, at = schema["items_schema"], schema.get("variadic_item_index")
    index = step if isinstance(step, int) else 0
    return items[index if at is None else min(index, at)] if items else ANY


CHILDREN: dict[str, Callable[[Any, Step], Any]] = {
    "model-fields": member_schema,
    "list": lambda schema, _: schema.get("items_schema", ANY),
    "tuple": tuple_item_schema,
    "dict": lambda schema, _: schema.get("values_schema", ANY),
}
