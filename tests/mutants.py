"""Single-keyword mutants of a schema: each the contract with one assertion changed."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from oracle import Oracle
from values import Schema, pointer, reachable, subschemas

TYPES = ("string", "integer", "number", "boolean", "null", "array", "object")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
SIZES = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
ANNOTATIONS = ("title", "description", "default", "examples")
# What a type has to say beside it in the dialect.
COMPANIONS: dict[str, Schema] = {"array": {"items": {}}, "object": {"additionalProperties": True}}

Edit = tuple[str, Schema]


def mutants(schema: Schema) -> Iterator[Edit]:
    """Every mutant by name: the pointer of the subschema, then what was done to it."""
    for path, subschema in subschemas(schema):
        for name, changed in edits(subschema):
            if name == "null allowed" and "anyOf" in path[-2:]:
                continue  # the branch beside it allows null already
            yield f"{pointer(path)}:{name}", pruned(exchanged(schema, path, changed))


def pruned(schema: Schema) -> Schema:
    """Without the definitions that the edit left unused, and the defaults it left invalid."""
    used = reachable(schema, schema.get("$defs", {}))
    kept = {name: it for name, it in schema.get("$defs", {}).items() if name in used}
    whole = {**without(schema, "$defs"), **({"$defs": kept} if kept else {})}
    for path, subschema in list(subschemas(whole)):
        valid = Oracle({**subschema, "$defs": kept}).accepts(subschema.get("default"))
        if "default" in subschema and not valid:
            whole = exchanged(whole, path, without(subschema, "default"))
    return whole


def exchanged(schema: Schema, path: tuple[str | int, ...], subschema: Schema) -> Schema:
    """The schema with another subschema at ``path``."""
    if not path:
        return subschema
    whole: Any = copy.deepcopy(schema)
    parent = whole
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = subschema
    copied: Schema = json.loads(json.dumps(whole))
    return copied


def edits(schema: Schema) -> Iterator[Edit]:
    for edit in EDITS:
        yield from edit(schema)


def without(schema: Schema, *words: str) -> Schema:
    return {word: value for word, value in schema.items() if word not in words}


def drop_type(schema: Schema) -> Iterator[Edit]:
    """Without its type, and so without what the type is for."""
    if "type" in schema and "properties" not in schema:
        yield "type dropped", annotations(schema)


def change_type(schema: Schema) -> Iterator[Edit]:
    """Every other type; a keyword that is not for the new type goes with the old one."""
    for other in TYPES:
        numeric = {schema.get("type"), other} == {"integer", "number"}
        kept = without(schema, "type") if numeric else annotations(schema)
        if "type" in schema and other != schema["type"]:
            yield f"type {other}", {**kept, "type": other, **COMPANIONS.get(other, {})}


def annotations(schema: Schema) -> Schema:
    """What asserts nothing; a default or an example may be of the old type and goes too."""
    return {word: schema[word] for word in ("title", "description", "$defs") if word in schema}


def drop_keyword(schema: Schema) -> Iterator[Edit]:
    for word in ("format", "enum", "const", "anyOf", "$ref", *BOUNDS, *SIZES, "multipleOf"):
        if word in schema:
            yield f"{word} dropped", without(schema, word)


def allow_null(schema: Schema) -> Iterator[Edit]:
    if schema.keys() & {"type", "$ref"} and schema.get("type") != "null" and "$defs" not in schema:
        outside = {word: schema[word] for word in ANNOTATIONS if word in schema}
        branch = without(schema, *outside)
        yield "null allowed", {**outside, "anyOf": [branch, {"type": "null"}]}


def forbid_null(schema: Schema) -> Iterator[Edit]:
    if "anyOf" in schema:
        yield "null forbidden", {**without(schema, "anyOf", "default"), **schema["anyOf"][0]}


def move_bound(schema: Schema) -> Iterator[Edit]:
    for word in (*BOUNDS, *SIZES):
        for step in (-1, 1):
            if word in schema and (word in BOUNDS or schema[word] + step >= 0):
                yield f"{word} {step:+}", {**schema, word: schema[word] + step}


def change_required(schema: Schema) -> Iterator[Edit]:
    """One name fewer, one name more."""
    names = schema.get("required", [])
    for name in names:
        fewer = [it for it in names if it != name]
        yield f"required {name} removed", {**schema, "required": fewer}
    for name in schema.get("properties", {}):
        if name not in names:
            more = [it for it in schema["properties"] if it in names or it == name]
            yield f"required {name} added", without_default({**schema, "required": more}, name)


def without_default(schema: Schema, name: str) -> Schema:
    """A required member has no default to stand for it."""
    member = without(schema["properties"][name], "default")
    return {**schema, "properties": {**schema["properties"], name: member}}


def change_enum(schema: Schema) -> Iterator[Edit]:
    members = schema.get("enum", [])
    for member in members:
        yield f"enum {member} removed", {**schema, "enum": [m for m in members if m != member]}
    if members:
        yield "enum member added", {**schema, "enum": [*members, members[0].upper()]}


def change_properties(schema: Schema) -> Iterator[Edit]:
    """Closed, and each member no longer described."""
    if "properties" in schema:
        yield "closed", {**schema, "additionalProperties": False}
    for name in schema.get("properties", {}):
        if name not in schema.get("required", []):
            rest = without(schema["properties"], name)
            yield f"property {name} dropped", {**schema, "properties": rest}


EDITS: tuple[Callable[[Schema], Iterator[Edit]], ...] = (
    drop_type,
    change_type,
    drop_keyword,
    allow_null,
    forbid_null,
    move_bound,
    change_required,
    change_enum,
    change_properties,
)
