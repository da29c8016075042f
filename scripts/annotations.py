"""Subschema -> the Python annotation that accepts and rejects the same instances.

The text is an expression over the names in ``names.IMPORTS``; values enter it by ``repr``.
"""

from collections.abc import Callable
from typing import Any

from oracle import whole_number
from values import DEFINITIONS, Schema

# JSON Schema keyword -> argument of pydantic.Field that asserts the same on an exact type.
CONSTRAINTS = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_length",
    "maxItems": "max_length",
    "minProperties": "min_length",
    "maxProperties": "max_length",
}
ANNOTATIONS = ("title", "description", "examples")


def is_extra(word: str) -> bool:
    """Whether the keyword is an annotation that Field has no argument for."""
    return word in ("$comment", "deprecated", "readOnly", "writeOnly") or word.startswith("x-")


def annotation(schema: Schema, *, nested: bool = True) -> str:
    """The annotation of ``schema``; a nested one carries its title, description and examples,
    elsewhere they stand in the ``Field`` call of the property or the definition."""
    plain, marker = base(schema)
    arguments = [f"{word}={schema[word]!r}" for word in ANNOTATIONS if nested and word in schema]
    extra = {word: schema[word] for word in schema if nested and is_extra(word)}
    arguments += [f"json_schema_extra={extra!r}"] if extra else []
    arguments += [
        f"{CONSTRAINTS[word]}={limit(schema, word)!r}" for word in CONSTRAINTS if word in schema
    ]
    # The marker comes last: constraints after it would run as Python functions.
    metadata = ([f"Field({', '.join(arguments)})"] if arguments else []) + marker
    return f"Annotated[{', '.join([plain, *metadata])}]" if metadata else plain


def limit(schema: Schema, word: str) -> int | float:
    """The keyword's value: 2.0 is 2 where it counts or bounds integers (Core 4.2.3)."""
    whole = schema["type"] != "number" and isinstance(schema[word], float)
    return whole_number(schema[word]) if whole else schema[word]


def base(schema: Schema) -> tuple[str, list[str]]:
    """The plain Python type and, where Pydantic's own reading differs, the exact type's marker."""
    if "$ref" in schema:
        return schema["$ref"].removeprefix(DEFINITIONS), []
    if "anyOf" in schema:
        branches = [annotation(branch) for branch in schema["anyOf"]]
        plain = len(branches) == 2 and branches[1] == "None"
        return " | ".join(branches), [] if plain else ["AnyOf()"]
    if "type" not in schema:
        return "Any", []
    return TYPES[schema["type"]](schema)


def string(schema: Schema) -> tuple[str, list[str]]:
    if "const" in schema:
        return f"Literal[{schema['const']!r}]", []
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]", []
    return ("UUID" if "format" in schema else "str"), []


def integer(schema: Schema) -> tuple[str, list[str]]:
    return "int", ["Integer()"]


def number(schema: Schema) -> tuple[str, list[str]]:
    return "float", ["Number()"]


def boolean(schema: Schema) -> tuple[str, list[str]]:
    return "StrictBool", []


def null(schema: Schema) -> tuple[str, list[str]]:
    return "None", []


def array(schema: Schema) -> tuple[str, list[str]]:
    return f"list[{annotation(schema['items'])}]", []


def map_(schema: Schema) -> tuple[str, list[str]]:
    values: Any = schema["additionalProperties"]
    return f"dict[str, {'Any' if values is True else annotation(values)}]", []


TYPES: dict[str, Callable[[Schema], tuple[str, list[str]]]] = {
    "string": string,
    "integer": integer,
    "number": number,
    "boolean": boolean,
    "null": null,
    "array": array,
    "object": map_,
}
