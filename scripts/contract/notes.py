"""Schemas -> notes: what JSON Schema allows, though it says nothing or not what was meant.

Nothing of it is refused. A note is a line ``file#pointer: what; cure``, the first of each kind in
a file with the number of those like it.
"""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from contract.drafts import (
    FORMATS,
    KEYWORDS,
    LATEST_DRAFT,
    LONE_REFERENCE_DRAFTS,
    draft_name,
    schemas_with_draft,
)
from contract.json_values import Location, is_array, json_pointer, kind_of
from contract.subschemas import (
    ARRAY_KEYWORDS,
    ASSERTIONS,
    IN_PLACE_APPLICATORS,
    OBJECT_KEYWORDS,
    Schema,
)
from referencing import Specification


def notes_of(schemas: Mapping[str, Schema | bool]) -> list[str]:
    """The notes on each file."""
    return [
        f"{file}#{note}" for file, schema in schemas.items() for note in notes_of_schema(schema)
    ]


def notes_of_schema(schema: Schema | bool) -> Iterator[str]:
    places = [*schemas_with_draft(schema, LATEST_DRAFT)]
    for kind in KINDS:
        lines = [
            f"{json_pointer((*path, word))}: {what}"
            for path, draft, inner in places
            for word, what in kind(inner, draft, path)
        ]
        more = f" ({len(lines) - 1} more like this)" if len(lines) > 1 else ""
        yield from (f"{line}{more}" for line in lines[:1])


# The keyword that a note is about, and what it says.
Note = tuple[str, str]


def unknown_format(schema: Schema, draft: Specification[Any], path: Location) -> Iterator[Note]:
    """A ``format`` that JSON Schema does not define, and that is near to one that it does."""
    name = schema.get("format")
    known = FORMATS[LATEST_DRAFT]
    near = get_close_matches(name, known, n=1, cutoff=0.8) if isinstance(name, str) else []
    if near and name not in known:
        yield "format", f"{name!r} asserts nothing; write {near[0]!r} if you mean that"


def undescribed_required(
    schema: Schema, draft: Specification[Any], path: Location
) -> Iterator[Note]:
    """A required member that an object does not describe, though it describes others alone."""
    names, properties = schema.get("required"), schema.get("properties")
    elsewhere = {*REFERENCES, *OPEN_MEMBERS, *IN_PLACE_APPLICATORS}
    if not is_array(names) or not properties or not elsewhere.isdisjoint({*schema, *path}):
        return
    for name in names:
        near = get_close_matches(name, properties, n=1)
        if name not in properties:
            cure = f"write {near[0]!r}" if near else "describe it, or correct the name"
            yield "required", f"{name!r} is not among the properties; {cure}"


REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
OPEN_MEMBERS = ("additionalProperties", "patternProperties", "unevaluatedProperties")


def misfit_default(schema: Schema, draft: Specification[Any], path: Location) -> Iterator[Note]:
    """A ``default`` of another type than its schema asks for; null may mean that there is none."""
    types = types_of(schema)
    if schema.get("default") is not None and types:
        kind = kind_of(schema["default"])
        kinds = {kind, "number"} if kind in ("integer", "fraction") else {kind}
        if kinds.isdisjoint(types):
            yield "default", f"is not of type {' or '.join(types)}; correct one of the two"


def idle_keyword(schema: Schema, draft: Specification[Any], path: Location) -> Iterator[Note]:
    """A keyword that says nothing of values of the type that its schema asks for."""
    types = types_of(schema)
    for kind, keywords in KEYWORDS_BY_TYPE.items():
        for word in sorted(schema.keys() & keywords & KEYWORDS[draft]) if types else ():
            if kind not in types and not (kind == "number" and "integer" in types):
                yield (
                    word,
                    f"asserts nothing beside type {' or '.join(types)}; correct one of the two",
                )


KEYWORDS_BY_TYPE = {
    "object": {*OBJECT_KEYWORDS, "dependencies"} - {"additionalProperties"},  # often everywhere
    "array": {*ARRAY_KEYWORDS, "additionalItems"},
    "string": {"minLength", "maxLength", "pattern"},
    "number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
}


def hidden_keyword(schema: Schema, draft: Specification[Any], path: Location) -> Iterator[Note]:
    """What asserts something beside a ``$ref`` that hides it; a type alone is said by both."""
    hidden = schema.keys() & KEYWORDS[draft] & ASSERTIONS - SAID_OF_A_FILE
    if "$ref" in schema and draft in LONE_REFERENCE_DRAFTS and hidden - {"type"}:
        words = " and ".join(sorted(hidden))
        yield "$ref", f"hides {words} in {draft_name(draft)}; put the $ref into an allOf"


SAID_OF_A_FILE = {"$schema", "$id", "id", "$ref", "definitions"}


def types_of(schema: Schema) -> list[str]:
    """The types that a schema names."""
    named = schema.get("type", [])
    return named if is_array(named) else [named]


KINDS: tuple[Callable[[Schema, Specification[Any], Location], Iterator[Note]], ...] = (
    unknown_format,
    undescribed_required,
    misfit_default,
    idle_keyword,
    hidden_keyword,
)
