"""Which defaults may be written into any document of their class: no other keyword objects.

A model writes its defaults unless ``exclude_unset`` is set. ``maxProperties``, ``not`` and their
like can refuse the document that comes of it; such a default stays an annotation.
"""

from collections.abc import Iterator
from typing import Any

from contract.json_values import is_array, is_object, without
from contract.subschemas import (
    IN_PLACE_APPLICATORS,
    Definitions,
    Schema,
    child_schemas,
    is_annotation,
    is_class_schema,
    listed_values,
    reachable_names,
    referred_name,
    schemas_in_place,
    subschemas,
)
from models.unions import branches_beside, is_disjoint
from oracle.strings import has_match

Defaults = set[tuple[str, str]]  # the name of a class, and of a property that has a default


def refused_defaults(definitions: Definitions) -> Defaults:
    """The defaults that another keyword may refuse where they are filled in."""
    defaults = {
        name: [key for key, it in schema["properties"].items() if "default" in it]
        for name, schema in definitions.items()
        if is_class_schema(schema)
    }
    if not any(defaults.values()):
        return set()
    return {
        (name, key)
        for root, definition in definitions.items()
        for path, schema in subschemas(definition)
        for words, names, speaks in meetings(schema, root if not path else "", definitions)
        for name in names
        for key in defaults.get(name, ())
        if speaks(key, words, definitions)
    }


def meetings(schema: Schema, name: str, definitions: Definitions) -> Iterator[Any]:
    """Keywords that meet classes at one instance, or within it, and how they may speak of them."""
    for typed in (("$ref",), ("allOf",), ("anyOf",), ("oneOf",), CLASS_KEYWORDS):
        rest = {word: it for word, it in without(schema, *typed).items() if is_assertion(word)}
        within = {word: schema[word] for word in typed if word in schema}
        if not within or not rest.keys() - {"type"}:
            continue
        here = {name} if typed is CLASS_KEYWORDS else classes_in_place(within, definitions)
        yield rest, here, speaks_of
        if has_depth(rest, definitions):
            yield rest, reachable_names(within, definitions) - here, speaks_below
    branches = schema.get("allOf", [])
    for index, branch in enumerate(branches):
        others = {"allOf": [*branches[:index], *branches[index + 1 :]]}
        yield others, classes_in_place(branch, definitions), speaks_of
        yield others, reachable_names(branch, definitions), speaks_below
    if "if" in schema:
        yield schema["if"], classes_in_place(schema, definitions), speaks_of
        yield schema["if"], reachable_names(schema, definitions), speaks_below
    for branches in mistakable_branches(schema, definitions):
        for index, branch in enumerate(branches):
            others = {"anyOf": [*branches[:index], *branches[index + 1 :]]}
            yield others, classes_in_place(branch, definitions), speaks_of
            yield others, reachable_names(branch, definitions), speaks_below


def mistakable_branches(schema: Schema, definitions: Definitions) -> Iterator[list[Schema]]:
    """The branches of a union where an object may be read as one that does not judge it: those of a
    oneOf, and those that patterns of names tell apart."""
    if "oneOf" in schema and not is_disjoint(branches_beside(schema, "oneOf"), definitions):
        yield schema["oneOf"]
    named = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
    values = [it for it in named if is_object(it)]
    if not is_disjoint(values, definitions):
        yield values


# What adding a declared member never contradicts.
CLASS_KEYWORDS = (
    "type",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "items",
)


def is_assertion(word: str) -> bool:
    return not is_annotation(word) and word != "format"


def classes_in_place(schema: Schema, definitions: Definitions) -> set[str]:
    """The classes that an instance of the schema may become."""
    names: set[str] = set()
    waiting = [schema]
    while waiting:
        inner = waiting.pop()
        name = referred_name(inner)
        if name and name not in names:
            names.add(name)
            waiting.append(definitions[name])
        listed = [it for word in ("allOf", "anyOf", "oneOf") for it in inner.get(word, ())]
        waiting += filter(is_object, listed)
        waiting += [inner[word] for word in ("then", "else") if is_object(inner.get(word))]
    return names


def speaks_of(name: str, schema: Any, definitions: Definitions) -> bool:
    """Whether the verdict of a schema on an object may change with a member of this name."""
    return any(names_member(name, it) for it in schemas_in_place(schema, definitions))


def speaks_below(name: str, schema: Any, definitions: Definitions) -> bool:
    """Whether the verdict of a schema may depend on this member of an object within."""
    return any(
        compares_whole(inner)
        or any(
            names_member(name, part)
            for child in deeper_schemas(inner)
            for root in (child, *(definitions[it] for it in reachable_names(child, definitions)))
            for _, part in subschemas(root)
        )
        for inner in schemas_in_place(schema, definitions)
    )


def has_depth(schema: Any, definitions: Definitions) -> bool:
    """Whether the verdict of a schema may depend on anything within an instance."""
    schemas = schemas_in_place(schema, definitions)
    return any(compares_whole(it) or any(deeper_schemas(it)) for it in schemas)


def compares_whole(schema: Schema) -> bool:
    """Whether a schema compares values with all that is in them."""
    return "uniqueItems" in schema or any(
        is_object(it) or is_array(it) for it in listed_values(schema)
    )


def deeper_schemas(schema: Schema) -> Iterator[Schema]:
    for path, child in child_schemas(schema):
        if path[0] not in ("$defs", *IN_PLACE_APPLICATORS) and is_object(child):
            yield child


def names_member(name: str, schema: Schema) -> bool:
    """Whether a schema by itself says something of a member, or of how many there are."""
    if "object" not in schema.get("type", "object"):
        return False
    required = [schema.get("required", ()), *schema.get("dependentRequired", {}).values()]
    properties = schema.get("properties", {})
    triggers = (schema.get(it, {}) for it in ("dependentRequired", "dependentSchemas"))
    judged = properties.get(name, {}) not in ({}, True)
    sized = not schema.keys().isdisjoint(("minProperties", "maxProperties", "propertyNames"))
    rest: Any = {} if name in properties else schema.get("additionalProperties", {})
    patterned = any(has_match(it, name) for it in schema.get("patternProperties", ()))
    named = judged or any(name in it for it in (*required, *triggers)) or rest not in ({}, True)
    return named or sized or patterned or any(map(is_object, listed_values(schema)))
