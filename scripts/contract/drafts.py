"""Older drafts of JSON Schema -> the words of 2020-12."""

from typing import Any

from contract.json_values import is_array, is_object
from contract.subschemas import Schema, is_annotation
from referencing import Specification
from referencing.jsonschema import DRAFT7, DRAFT201909, DRAFT202012

DRAFT_SPECIFICATIONS: dict[str, Specification[Any]] = {
    "https://json-schema.org/draft/2020-12/schema": DRAFT202012,
    "https://json-schema.org/draft/2019-09/schema": DRAFT201909,
    "http://json-schema.org/draft-07/schema": DRAFT7,
}


def draft_of(schema: Schema | bool) -> Specification[Any] | None:
    """The draft that ``$schema`` names, 2020-12 if it names none; None if it is unknown."""
    named = schema.get("$schema") if is_object(schema) else None
    return DRAFT202012 if named is None else DRAFT_SPECIFICATIONS.get(str(named).removesuffix("#"))


def modern_keywords(schema: Schema, specification: Specification[Any]) -> Schema:
    """The keywords of an older draft in the words of 2020-12."""
    words = dict(schema)
    if specification is DRAFT7 and "$ref" in words:  # which hides what stands beside it
        words = {word: it for word, it in words.items() if word == "$ref" or is_annotation(word)}
    if specification in (DRAFT7, DRAFT201909):
        words = {**words, **modern_items(words)}
        if "prefixItems" in words and "additionalItems" not in schema:
            words.pop("items")
        words.pop("additionalItems", None)
        words |= split_dependencies(words.pop("dependencies", {}))
    return words


def modern_items(schema: Schema) -> Schema:
    """An array of ``items`` with ``additionalItems``, which are prefixItems with items."""
    if not is_array(schema.get("items")):
        return {}
    return {"prefixItems": schema["items"], "items": schema.get("additionalItems", True)}


def split_dependencies(found: Schema) -> Schema:
    """``dependencies``, which 2019-09 split in two."""
    required = {name: it for name, it in found.items() if is_array(it)}
    schemas = {name: it for name, it in found.items() if not is_array(it)}
    named = {"dependentRequired": required, "dependentSchemas": schemas}
    return {word: it for word, it in named.items() if it}
