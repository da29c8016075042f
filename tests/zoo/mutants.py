"""Single-keyword mutants of a schema: each the contract with one assertion changed."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from contract.json_values import is_array, is_object, json_pointer
from contract.subschemas import Schema, reachable_names
from documents.strings import matching_strings
from oracle.oracle import Oracle

from tests.zoo.reach import Path, children

TYPES = ("string", "integer", "number", "boolean", "null", "array", "object")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
SIZES = (
    *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("minContains", "maxContains"),
)
ANNOTATIONS = ("title", "description", "default", "examples")
# What a type has to say beside it in the dialect.
COMPANIONS: dict[str, Schema] = {"array": {"items": {}}, "object": {"additionalProperties": True}}
DROPPED = (
    *("format", "enum", "const", "pattern", "anyOf", "oneOf", "allOf", "not", "if", "then"),
    *("else", "$ref", *BOUNDS, *SIZES, "multipleOf", "uniqueItems", "items", "prefixItems"),
    *("contains", "patternProperties", "propertyNames", "additionalProperties"),
    *("dependentRequired", "dependentSchemas"),
)

Edit = tuple[str, Any]


def mutants(schema: Schema) -> Iterator[Edit]:
    """Every mutant by name: the pointer of the subschema, then what was done to it."""
    for path, subschema in everywhere(schema, ()):
        for name, changed in edits(subschema):
            if name == "null allowed" and "anyOf" in path[-2:]:
                continue  # the branch beside it allows null already
            yield f"{json_pointer(path)}:{name}", pruned(exchanged(schema, path, changed))


def everywhere(schema: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every subschema with its path, those that are booleans too."""
    yield path, schema
    if is_object(schema):
        for name, subschema in schema.get("$defs", {}).items():
            yield from everywhere(subschema, (*path, "$defs", name))
        for step, subschema in children(schema):
            yield from everywhere(subschema, (*path, *step))


def pruned(schema: Any) -> Any:
    """Without the definitions that the edit left unused, and the defaults it left invalid."""
    if not is_object(schema):
        return schema
    definitions = schema.get("$defs", {})
    used = reachable_names(without(schema, "$defs"), definitions)
    kept = {name: it for name, it in definitions.items() if name in used}
    whole: Any = {**without(schema, "$defs"), **({"$defs": kept} if kept else {})}
    oracle = Oracle(whole)
    for path, subschema in list(everywhere(whole, ())):
        rest = without(subschema, "$defs") if is_object(subschema) else {}
        if "default" in rest and not oracle.at(rest).accepts(rest["default"]):
            whole = exchanged(whole, path, without(subschema, "default"))
    return whole


def exchanged(schema: Schema, path: Path, subschema: Any) -> Any:
    """The schema with another subschema at ``path``."""
    if not path:
        return subschema
    whole: Any = copy.deepcopy(schema)
    parent = whole
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = subschema
    return json.loads(json.dumps(whole))


def edits(schema: Any) -> Iterator[Edit]:
    if isinstance(schema, bool):
        yield f"{not schema}".lower(), not schema
        return
    for edit in EDITS:
        yield from edit(schema)


def without(schema: Schema, *words: str) -> Schema:
    return {word: value for word, value in schema.items() if word not in words}


def drop_type(schema: Schema) -> Iterator[Edit]:
    """Without its type, and so without what the type is for."""
    if "type" in schema and "properties" not in schema:
        yield "type dropped", annotations(schema)


def drop_type_alone(schema: Schema) -> Iterator[Edit]:
    """Its other keywords stay; an enum or a const says the type by itself."""
    if "type" in schema and not schema.keys() & {"enum", "const"}:
        yield "type alone dropped", without(schema, "type")


def change_type(schema: Schema) -> Iterator[Edit]:
    """Every other type; a keyword that is not for the new type goes with the old one."""
    for other in TYPES if isinstance(schema.get("type"), str) else ():
        numeric = {schema["type"], other} == {"integer", "number"}
        kept = without(schema, "type") if numeric else annotations(schema)
        if other != schema["type"]:
            yield f"type {other}", {**kept, "type": other, **COMPANIONS.get(other, {})}


def change_types(schema: Schema) -> Iterator[Edit]:
    """Of a list of types one dropped, one added; a number is an integer too."""
    listed = schema.get("type")
    named = listed if is_array(listed) else []
    for word in named:
        yield f"type {word} removed", {**schema, "type": [it for it in named if it != word]}
    for word in TYPES if named else ():
        if word not in named and not (word == "integer" and "number" in named):
            yield f"type {word} added", {**schema, "type": [*named, word]}


def annotations(schema: Schema) -> Schema:
    """What asserts nothing; a default or an example may be of the old type and goes too."""
    return {word: schema[word] for word in ("title", "description", "$defs") if word in schema}


def drop_keyword(schema: Schema) -> Iterator[Edit]:
    for word in DROPPED:
        if word in schema and asserts(word, schema):
            yield f"{word} dropped", without(schema, word)


def asserts(word: str, schema: Schema) -> bool:
    """Whether the keyword says anything there."""
    vacuous = {"items": True, "additionalProperties": True, "uniqueItems": False, "minContains": 1}
    return word == "const" or (schema[word] != {} and schema[word] != vacuous.get(word))


def allow_null(schema: Schema) -> Iterator[Edit]:
    named = schema.get("type", "null" if "$ref" not in schema else "$ref")
    if named != "null" and "null" not in named and "$defs" not in schema:
        outside = {word: schema[word] for word in ANNOTATIONS if word in schema}
        branch = without(schema, *outside)
        yield "null allowed", {**outside, "anyOf": [branch, {"type": "null"}]}


def forbid_null(schema: Schema) -> Iterator[Edit]:
    if {"type": "null"} in schema.get("anyOf", ())[1:]:
        yield "null forbidden", {**without(schema, "anyOf", "default"), **schema["anyOf"][0]}


def move_bound(schema: Schema) -> Iterator[Edit]:
    for word in (*BOUNDS, *SIZES):
        for step in (-1, 1):
            if word in schema and (word in BOUNDS or schema[word] + step >= 0):
                yield f"{word} {step:+}", {**schema, word: schema[word] + step}


def change_bound(schema: Schema) -> Iterator[Edit]:
    """Exclusive instead of inclusive, and the other way round."""
    for open_, closed in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        for word, other in ((open_, closed), (closed, open_)):
            if word in schema and other not in schema:
                yield f"{word} as {other}", {**without(schema, word), other: schema[word]}


def change_multiple(schema: Schema) -> Iterator[Edit]:
    if "multipleOf" in schema:
        yield "multipleOf doubled", {**schema, "multipleOf": schema["multipleOf"] * 2}
        yield "multipleOf halved", {**schema, "multipleOf": schema["multipleOf"] / 2}


def change_pattern(schema: Schema) -> Iterator[Edit]:
    """An anchor dropped or added, in a pattern and in the patterns of names."""
    for text in loosened(schema["pattern"]) if "pattern" in schema else ():
        yield f"pattern {text}", {**schema, "pattern": text}
    patterns = schema.get("patternProperties", {})
    for pattern, subschema in patterns.items():
        rest = {"patternProperties": without(patterns, pattern)}
        yield f"patternProperties {pattern} dropped", {**schema, **rest}
        for text in loosened(pattern):
            yield (
                f"patternProperties {pattern} as {text}",
                {**schema, "patternProperties": {**rest["patternProperties"], text: subschema}},
            )


def loosened(pattern: str) -> Iterator[str]:
    """Other patterns, near it."""
    yield pattern.removeprefix("^") if pattern.startswith("^") else f"^(?:{pattern})"
    yield pattern.removesuffix("$") if pattern.endswith("$") else f"(?:{pattern})$"
    for text in filter(None, matching_strings(pattern)[:1]):
        yield f"(?:{pattern})(?<!{text[-1]})"


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
    member = schema["properties"][name]
    kept = without(member, "default") if is_object(member) else member
    return {**schema, "properties": {**schema["properties"], name: kept}}


def change_dependents(schema: Schema) -> Iterator[Edit]:
    """One entry fewer, one name of an entry fewer; one schema fewer."""
    for name, dependents in schema.get("dependentRequired", {}).items():
        for dependent in dependents:
            fewer = [it for it in dependents if it != dependent]
            changed = {**schema["dependentRequired"], name: fewer}
            yield f"{dependent} of {name} removed", {**schema, "dependentRequired": changed}
    for word in ("dependentRequired", "dependentSchemas"):
        for name in schema.get(word, {}):
            yield f"{word} {name} removed", {**schema, word: without(schema[word], name)}


def change_enum(schema: Schema) -> Iterator[Edit]:
    members = schema.get("enum", [])
    for index, member in enumerate(members):
        fewer = [*members[:index], *members[index + 1 :]]
        yield f"enum {member} removed", {**schema, "enum": fewer}
    others = [it.upper() for it in members if isinstance(it, str) and it.upper() not in members]
    for other in others[:1]:
        yield "enum member added", {**schema, "enum": [*members, other]}


def change_const(schema: Schema) -> Iterator[Edit]:
    """What a careless comparison takes for equal."""
    for other in (0, 1, False, True, None, "1") if "const" in schema else ():
        if json.dumps(other) != json.dumps(schema["const"]):
            either = {"enum": [schema["const"], other]}
            yield f"const or {other!r}", {**without(schema, "const"), **either}


def change_properties(schema: Schema) -> Iterator[Edit]:
    """Closed, and each member no longer described."""
    if "properties" in schema and schema.get("additionalProperties") is not False:
        yield "closed", {**schema, "additionalProperties": False}
    for name, subschema in schema.get("properties", {}).items():
        free = schema.get("additionalProperties", True) is True and subschema is True
        if name not in schema.get("required", []) and not free:
            rest = without(schema["properties"], name)
            yield f"property {name} dropped", {**schema, "properties": rest}


def change_branches(schema: Schema) -> Iterator[Edit]:
    """One branch fewer, one kind of union for another."""
    for word in ("allOf", "anyOf", "oneOf"):
        branches = schema.get(word, [])
        for index in range(len(branches) if len(branches) > 1 else 0):
            fewer = [*branches[:index], *branches[index + 1 :]]
            yield f"{word} {index} dropped", {**schema, word: fewer}
        others = {"allOf", "anyOf", "oneOf"} - schema.keys() if len(branches) > 1 else set[str]()
        nullable = {"type": "null"} in branches  # as anyOf and as oneOf the same
        for other in sorted(others - ({"anyOf", "oneOf"} if nullable else set())):
            yield f"{word} as {other}", {**without(schema, word), other: branches}


def change_conditional(schema: Schema) -> Iterator[Edit]:
    if schema.keys() & {"then", "else"}:
        swapped = {"then": schema.get("else", True), "else": schema.get("then", True)}
        yield "then and else swapped", {**schema, **swapped}


def change_array(schema: Schema) -> Iterator[Edit]:
    """A position fewer, equal items forbidden."""
    prefix = schema.get("prefixItems", [])
    for index in range(len(prefix)):
        fewer = [*prefix[:index], *prefix[index + 1 :]]
        yield f"prefixItems {index} dropped", {**schema, "prefixItems": fewer or [True]}
    arrays = schema.get("type") == "array" or schema.keys() & {"items", "prefixItems"}
    if arrays and not schema.get("uniqueItems"):
        yield "uniqueItems", {**schema, "uniqueItems": True}
    if "contains" in schema:
        yield "contains anything", {**schema, "contains": True}


EDITS: tuple[Callable[[Schema], Iterator[Edit]], ...] = (
    drop_type,
    drop_type_alone,
    change_type,
    change_types,
    drop_keyword,
    allow_null,
    forbid_null,
    move_bound,
    change_bound,
    change_multiple,
    change_pattern,
    change_required,
    change_dependents,
    change_enum,
    change_const,
    change_properties,
    change_branches,
    change_conditional,
    change_array,
)
