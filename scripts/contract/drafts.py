"""The drafts of JSON Schema: which one a schema is of, what it knows, and its words in 2020-12."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from contract.json_values import Location, is_array, is_object
from contract.subschemas import (
    SINGLE_SUBSCHEMAS,
    SUBSCHEMA_LISTS,
    SUBSCHEMA_MAPS,
    Schema,
    is_annotation,
    types_of,
)
from referencing import Specification
from referencing.jsonschema import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012

WORDS: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))


# By the URI that ``$schema`` names, from the oldest to the latest.
DRAFT_SPECIFICATIONS: dict[str, Specification[Any]] = {
    "http://json-schema.org/draft-04/schema": DRAFT4,
    "http://json-schema.org/draft-06/schema": DRAFT6,
    "http://json-schema.org/draft-07/schema": DRAFT7,
    "https://json-schema.org/draft/2019-09/schema": DRAFT201909,
    "https://json-schema.org/draft/2020-12/schema": DRAFT202012,
}
LATEST_URI, LATEST_DRAFT = [*DRAFT_SPECIFICATIONS.items()][-1]


# This URI stands for the latest draft, so it does not name one.
NO_DRAFT_URI = "http://json-schema.org/schema"


# ``draft-04``, ``2020-12``: as people call them.
DRAFT_NAMES = {uri.split("/")[-2]: uri for uri in DRAFT_SPECIFICATIONS}


# Before 2019-09 a ``$ref`` hides what stands beside it, before 2020-12 ``items`` may be an array.
LONE_REFERENCE_DRAFTS = (DRAFT4, DRAFT6, DRAFT7)
OLDER_DRAFTS = (*LONE_REFERENCE_DRAFTS, DRAFT201909)


def known_by_draft(changes: Mapping[str, Schema]) -> dict[Specification[Any], frozenset[str]]:
    """What each draft knows, by what it ``adds`` to the draft before it and ``drops``."""
    known: dict[Specification[Any], frozenset[str]] = {}
    words = frozenset[str]()
    for name, change in changes.items():
        words = words.difference(change.get("drops", ())).union(change["adds"])
        known[DRAFT_SPECIFICATIONS[DRAFT_NAMES[name]]] = words
    return known


KEYWORDS = known_by_draft(WORDS["keywords"])


KEYWORDS_OF_ANY_DRAFT = frozenset[str]().union(*KEYWORDS.values())


FORMATS = known_by_draft({name: {"adds": more} for name, more in WORDS["formats"].items()})


def canonical_uri(named: object) -> str | None:
    """The URI of the draft that ``$schema`` names, with or without ``#``, by http or https."""
    return known_uri(str(named))


@cache
def known_uri(named: str) -> str | None:
    path = path_of(named)
    return next((uri for uri in DRAFT_SPECIFICATIONS if path_of(uri) == path), None)


def path_of(uri: str) -> str:
    """The URI of a draft without its scheme and an empty fragment."""
    return re.sub("^https?:", "", uri).removesuffix("#")


def draft_of(schema: Schema | bool) -> Specification[Any] | None:
    """The draft that ``$schema`` names, 2020-12 if it names none; None if it is unknown."""
    named = schema.get("$schema", LATEST_URI) if is_object(schema) else LATEST_URI
    return DRAFT_SPECIFICATIONS.get(canonical_uri(named) or "")


def draft_name(specification: Specification[Any]) -> str:
    """The draft as people call it."""
    return next(
        name for name, uri in DRAFT_NAMES.items() if DRAFT_SPECIFICATIONS[uri] is specification
    )


def with_draft_named(schema: Schema | bool, default: str) -> Schema | bool:
    """The schema with the URI of its draft as libraries know it, ``default`` if it names none."""
    if not is_object(schema):
        return schema
    named = schema.get("$schema")
    if named is None:
        return schema if default == LATEST_URI else {"$schema": default, **schema}
    uri = default if path_of(str(named)) == path_of(NO_DRAFT_URI) else canonical_uri(named)
    known = uri is None or str(named).removesuffix("#") == uri
    return schema if known else {**schema, "$schema": uri}


def unify_dependencies(schema: Schema | bool) -> None:
    """Write names as ``required`` in place, where ``dependencies`` holds names and schemas:
    ``referencing`` expects one kind alone."""
    for _, specification, inner in schemas_with_draft(schema, LATEST_DRAFT):
        dependencies: Any = inner.get("dependencies")
        mixed = is_object(dependencies) and len({is_array(it) for it in dependencies.values()}) > 1
        if mixed and "dependencies" in KEYWORDS[specification]:
            named = {name: {"required": it} for name, it in dependencies.items() if is_array(it)}
            inner["dependencies"] = {**dependencies, **named}


def schemas_with_draft(
    schema: Any, around: Specification[Any], path: Location = ()
) -> Iterator[tuple[Location, Specification[Any], Schema]]:
    """Every subschema that is an object, with its path and its draft."""
    if is_object(schema):
        own = (draft_of(schema) or around) if "$schema" in schema else around
        yield path, own, schema
        for step, child in draft_children(schema, own):
            yield from schemas_with_draft(child, own, (*path, *step))


def draft_children(
    schema: Schema, specification: Specification[Any]
) -> Iterator[tuple[Location, Any]]:
    """What stands in a schema as a subschema by the rules of its draft, with its path."""
    for word, value in schema.items():
        if word not in KEYWORDS[specification]:
            continue
        if word in (*SUBSCHEMA_MAPS, "definitions", "dependencies") and is_object(value):
            yield from (((word, name), child) for name, child in value.items())
        elif word in (*SUBSCHEMA_LISTS, "items") and is_array(value):
            yield from (((word, index), child) for index, child in enumerate(value))
        elif word in (*SINGLE_SUBSCHEMAS, "additionalItems"):
            yield (word,), value


def modern_keywords(
    schema: Schema, specification: Specification[Any], *, formats: str = "assert"
) -> Schema:
    """The keywords of an older draft in the words of 2020-12.

    A word that only another draft knows asserts nothing here and is left out. A ``format`` of
    ours that only annotates is left out too.
    """
    known = KEYWORDS[specification]
    words = {
        word: value
        for word, value in schema.items()
        if (word in known or word not in KEYWORDS_OF_ANY_DRAFT) and is_fit(word, value)
    }
    if specification in LONE_REFERENCE_DRAFTS and "$ref" in words:
        words = {word: it for word, it in words.items() if word == "$ref" or is_annotation(word)}
    asserted = FORMATS[specification] if formats == "assert" else frozenset[str]()
    if words.get("format") in FORMATS[LATEST_DRAFT] - asserted:
        del words["format"]
    if specification in OLDER_DRAFTS:
        words = {**words, **modern_items(words)}
        if "prefixItems" in words and "additionalItems" not in schema:
            words.pop("items")
        words.pop("additionalItems", None)
        words |= split_dependencies(words.pop("dependencies", {}))
    return modern_integers(modern_bounds(words)) if specification is DRAFT4 else words


# What 2020-12 says of the values of annotations; older drafts do not know all of these.
ANNOTATION_TYPES: dict[str, type] = {
    "examples": list,
    "deprecated": bool,
    "readOnly": bool,
    "writeOnly": bool,
    "$comment": str,
    "contentEncoding": str,
    "contentMediaType": str,
}


def is_fit(word: str, value: Any) -> bool:
    """Whether an annotation has a value of its type."""
    return isinstance(value, ANNOTATION_TYPES.get(word, object))


# Before 2020-12 no ``+1`` is behind the first number of a relative JSON pointer.
PLAIN_POINTERS: Schema = {"pattern": "^[0-9]+(?:[#/]|$)"}


def older_formats(schema: Schema, specification: Specification[Any]) -> list[Schema]:
    """The schemas that an older draft asserts for a format and 2020-12 does not."""
    pointers = schema.get("format") == "relative-json-pointer"
    return [PLAIN_POINTERS] if pointers and specification in OLDER_DRAFTS else []


def modern_items(schema: Schema) -> Schema:
    """An array of ``items`` with ``additionalItems``, which are prefixItems with items."""
    if not is_array(schema.get("items")):
        return {}
    return {"prefixItems": schema["items"], "items": schema.get("additionalItems", True)}


def split_dependencies(dependencies: Schema) -> Schema:
    """The two keywords into which 2019-09 split ``dependencies``."""
    required = {name: it for name, it in dependencies.items() if is_array(it)}
    schemas = {name: it for name, it in dependencies.items() if not is_array(it)}
    named = {"dependentRequired": required, "dependentSchemas": schemas}
    return {word: it for word, it in named.items() if it}


def modern_bounds(schema: Schema) -> Schema:
    """``exclusiveMinimum: true`` beside ``minimum`` (draft-04, 5.1.2 and 5.1.3) as a bound."""
    words = dict(schema)
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if words.pop(exclusive, False) and bound in words:
            words[exclusive] = words.pop(bound)
    return words


def modern_integers(schema: Schema) -> Schema:
    """``integer`` with the word that keeps 1.0 out: in draft-04 an integer is a number without a
    fraction or an exponent (Core 3.5), and later drafts cannot say that."""
    types = types_of(schema)
    strict = "integer" in types and "number" not in types
    return {**schema, "x-integer": "draft-04"} if strict else schema
