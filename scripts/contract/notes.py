"""Schemas -> notes: what JSON Schema allows, though it says nothing or not what was meant.

Nothing of it is refused. A note is a line ``file#pointer: what; cure``, the first of each kind in
a file with the number of those like it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeGuard

from contract.drafts import (
    FORMATS,
    KEYWORDS,
    LATEST_DRAFT,
    LONE_REFERENCE_DRAFTS,
    draft_name,
    schemas_with_draft,
)
from contract.json_values import (
    Location,
    equality_key,
    is_array,
    is_object,
    json_pointer,
    json_type,
    kind_of,
    short_json,
)
from contract.subschemas import (
    ARRAY_KEYWORDS,
    ASSERTIONS,
    IN_PLACE_APPLICATORS,
    OBJECT_KEYWORDS,
    Schema,
    assertions_of,
    listed_values,
    types_of,
)
from referencing import Specification


def notes_of(schemas: Mapping[str, Schema | bool]) -> list[str]:
    return [
        f"{file}#{note}" for file, schema in schemas.items() for note in notes_of_schema(schema)
    ]


def notes_of_schema(schema: Schema | bool) -> Iterator[str]:
    if schema is False:
        yield ": no document is valid; write what a message may be"
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
    meant = FORMATS_OF_OTHERS.get(str(name), near[0] if near else None)
    if meant and name not in known:
        yield "format", f"{name!r} asserts nothing; write {meant!r} if you mean that"


FORMATS_OF_OTHERS = {
    **{"url": "uri", "ip": "ipv4", "ip-address": "ipv4", "host-name": "hostname"},
    **{"datetime": "date-time", "timestamp": "date-time", "guid": "uuid"},
}


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
    """A ``default`` that its schema refuses by type or value; null may mean that there is none."""
    types, value = types_of(schema), schema.get("default")
    known = [*map(equality_key, listed_values(schema))]
    if value is not None and is_misfit(value, types):
        yield "default", f"is not of type {' or '.join(types)}; correct one of the two"
    elif value is not None and known and equality_key(value) not in known:
        yield "default", "is none of the values beside it; correct one of the two"


def misfit_constant(schema: Schema, draft: Specification[Any], path: Location) -> Iterator[Note]:
    """A constant of another type than its schema asks for, though others fit, or one that stands
    twice."""
    types, seen = types_of(schema), set[object]()
    for value in schema.get("enum", []):
        key = equality_key(value)
        if is_misfit(value, types) and not no_constant_fits(schema):
            yield "enum", misfit_text(value, types)
        elif key in seen:
            yield "enum", f"{short_json(value)} occurs twice; remove one"
        seen.add(key)


def no_constant_fits(schema: Schema) -> bool:
    types = types_of(schema)
    return all(is_misfit(it, types) for it in listed_values(schema))


def is_misfit(value: Any, types: list[str]) -> bool:
    return bool(types) and kinds_of(value).isdisjoint(types)


def misfit_text(value: Any, types: list[str]) -> str:
    return f"{short_json(value)} is not of type {' or '.join(types)}; correct one of the two"


def kinds_of(value: Any) -> set[str]:
    return {kind_of(value), json_type(value)}


def contradiction(
    schema: Schema, draft: Specification[Any] = LATEST_DRAFT, path: Location = ()
) -> Iterator[Note]:
    """Bounds, constants and parts that leave no value."""
    for least, most in BOUNDS:
        low, high = schema.get(least), schema.get(most)
        if is_number(low) and is_number(high) and low > high:
            yield least, f"{low} is above the {most} {high}; correct one of the two"
    word, values = "const" if "const" in schema else "enum", listed_values(schema)
    if not values and word in schema:
        yield word, "is empty, so no value is valid; write the values"
    elif values and no_constant_fits(schema):
        yield word, misfit_text(values[0], types_of(schema))
    parts = [{*types_of(it)} for it in schema.get("allOf", ()) if is_object(it) and "type" in it]
    parts = [it | {"integer"} if "number" in it else it for it in parts]
    if parts and not set[str].intersection(*parts):
        yield "allOf", "asks for different types, which no value has; correct one of its parts"


def swallowed_branch(schema: Schema, draft: Specification[Any], path: Location) -> Iterator[Note]:
    """A branch of a oneOf all of whose values another branch takes, because it only asks for their
    type."""
    branches = [*enumerate(schema.get("oneOf", ()))]
    for at, branch in branches:
        wider = [other for other, it in branches if other != at and takes_all_of(branch, it)]
        if wider:
            both = f"each value of branch {at} fits branch {wider[0]} too"
            yield "oneOf", f"{both}, so oneOf rejects it; write anyOf, or tell the two apart"


def takes_all_of(narrow: Any, wide: Any) -> bool:
    """Whether one branch asks for nothing but a type that the values of the other have."""
    if not is_object(narrow) or not is_object(wide) or assertions_of(wide) != {"type"}:
        return False
    kinds = [{it} for it in types_of(narrow)] or [kinds_of(it) for it in listed_values(narrow)]
    wanted = {*types_of(wide), *(["integer"] if "number" in types_of(wide) else [])}
    return bool(kinds) and all(not it.isdisjoint(wanted) for it in kinds)


BOUNDS = (
    *(("minimum", "maximum"), ("minimum", "exclusiveMaximum"), ("exclusiveMinimum", "maximum")),
    *(("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")),
)


def is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


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


def slashed_pattern(schema: Schema, draft: Specification[Any], path: Location) -> Iterator[Note]:
    """A pattern in the slashes of other languages, where ``^`` or ``$`` cannot match."""
    pattern = schema.get("pattern", "")
    if pattern.startswith("/^") or re.search(r"(?<!\\)\$/[dgimsuvy]*$", pattern):
        yield "pattern", "the slashes around it are characters of it; leave them out"


KINDS: tuple[Callable[[Schema, Specification[Any], Location], Iterator[Note]], ...] = (
    unknown_format,
    undescribed_required,
    misfit_default,
    misfit_constant,
    contradiction,
    swallowed_branch,
    idle_keyword,
    hidden_keyword,
    slashed_pattern,
)
