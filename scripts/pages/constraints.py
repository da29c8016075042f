"""Schema of a property -> the keywords that its Python type leaves open, and words for them."""

import json
from typing import Any

from contract.json_values import is_object
from contract.subschemas import Definitions, Schema, child_schemas, is_annotation
from models.mixed import is_mixed
from models.scalars import assertions, is_unknown_format
from models.types import type_of

KEYWORD_PHRASES = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "x-integer": "an integer without fraction and exponent",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "uniqueItems": "no two items equal",
    "minProperties": "at least {} members",
    "maxProperties": "at most {} members",
    "const": "exactly {}",
}


FORMAT_PHRASES = {
    "date-time": "a date and time of RFC 3339",
    "date": "a date of RFC 3339",
    "time": "a time of RFC 3339 with its offset",
    "duration": "a duration of ISO 8601",
    "email": "an address of RFC 5321",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "uri": "a URI of RFC 3986",
    "uri-reference": "a URI or a relative reference of RFC 3986",
    "iri": "an IRI of RFC 3987",
    "iri-reference": "an IRI or a relative reference of RFC 3987",
    "uri-template": "a template of RFC 6570",
    "uuid": "a UUID in the form 8-4-4-4-12",
    "json-pointer": "a JSON Pointer",
    "relative-json-pointer": "a relative JSON Pointer",
}


# What a type may name by itself, where there is nothing more to it.
TYPE_NAMED_KEYWORDS = (
    *("$ref", "type", "items", "prefixItems", "additionalProperties", "anyOf", "oneOf"),
    *("enum", "const"),
)


def property_constraints(schema: Schema, definitions: Definitions) -> Schema:
    """The keywords that the type leaves open; of a schema or null those of the schema."""
    inner = non_null_branch(schema)
    if inner is not None:
        return property_constraints(inner, definitions)
    # The page shows a format even if it asserts nothing.
    unchecked = {word: it for word, it in schema.items() if is_unknown_format(word, schema)}
    constraints = {**assertions(schema), **unchecked}
    return {
        word: it for word, it in constraints.items() if not is_in_type(schema, word, definitions)
    }


def non_null_branch(schema: Schema) -> Schema | None:
    """The schema that stands in ``anyOf`` with null, and nothing beside; None for any other."""
    branches: list[Any] = schema.get("anyOf", []) if assertions(schema).keys() == {"anyOf"} else []
    others = [it for it in branches if it != {"type": "null"}]
    nullable = len(branches) == 2 and len(others) == 1 and is_object(others[0])
    return others[0] if nullable else None


def is_in_type(schema: Schema, word: str, definitions: Definitions) -> bool:
    """Whether the Python type expresses all of the keyword."""
    named = (*TYPE_NAMED_KEYWORDS, *(("if", "then") if is_mixed(schema) else ()))
    if word not in named or word not in type_of(schema, definitions).says:
        return False
    return all(
        is_fully_typed(it, definitions) for path, it in child_schemas(schema) if path[0] == word
    )


def is_fully_typed(schema: Schema | bool, definitions: Definitions) -> bool:
    """Whether the type expresses all of the schema, its descriptions included."""
    if isinstance(schema, bool):
        return schema
    return all(word == "title" or is_in_type(schema, word, definitions) for word in schema)


def constraint_text(constraints: Schema) -> str:
    """The constraints that KEYWORD_PHRASES has words for, as one text."""
    phrases = [
        (words.removesuffix("s") if constraints[keyword] == 1 else words).format(
            json.dumps(constraints[keyword])
        )
        for keyword, words in KEYWORD_PHRASES.items()
        if keyword in constraints
    ]
    if "format" in constraints:
        unchecked = f"{constraints['format']}, which is not checked"
        phrases.append(FORMAT_PHRASES.get(constraints["format"], unchecked))
    return ", ".join(phrases)


def other_annotations(schema: Schema) -> Schema:
    """The annotations without a place of their own on a page."""
    apart = ("title", "description", "default", "examples")
    return {
        word: it
        for word, it in schema.items()
        if is_annotation(word) and word not in apart and not (word in USES and it is True)
    }


# What a member is for (Validation 9.3 and 9.4).
USES = {
    "deprecated": "Deprecated: a later version may not have it.",
    "readOnly": "Read-only: whoever owns the document sets it, others do not change it.",
    "writeOnly": "Write-only: it is sent, and does not come back when the document is read.",
}


def uses_text(schema: Schema) -> str:
    """The annotations that are true, as sentences."""
    return " ".join(words for word, words in USES.items() if schema.get(word) is True)
