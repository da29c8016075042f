"""The types of all members that a schema does not name: the names and the values of a map."""

from collections.abc import Collection
from typing import Any

from contract.json_values import is_equal, is_object
from contract.subschemas import (
    Definitions,
    Schema,
    Subschema,
    assertions_of,
    is_class_schema,
    reachable_names,
    referred_name,
    subschemas,
)
from models.literals import constants
from models.unions import JSON_TYPES
from oracle.strings import has_match


def pattern_values(schema: Schema) -> Schema | None:
    """The schema of every further member, where each has to match a pattern and all patterns give
    the same schema; None elsewhere."""
    patterns = schema.get("patternProperties", {})
    if not patterns or schema.get("additionalProperties", True) is not False:
        return None
    first, *others = [it if is_object(it) else {} for it in patterns.values() if it is not False]
    alike = len(others) + 1 == len(patterns) and all(is_equal(first, it) for it in others)
    named = any(has_match(it, name) for it in patterns for name in schema.get("properties", ()))
    return first if alike and not named else None


def pattern_choices(schema: Schema, definitions: Definitions) -> list[Subschema]:
    """The schemas of which each member of a map satisfies one, where the names decide which, and
    one of them describes an object that becomes a class; none elsewhere."""
    patterns = schema.get("patternProperties", {})
    further = schema.get("additionalProperties", True)
    choices: list[Subschema] = [it for it in (*patterns.values(), further) if it is not False]
    telling = any(holds_class(it, definitions) for it in choices)
    return choices if patterns and "properties" not in schema and telling else []


def typed_pattern(schema: Schema, definitions: Definitions) -> str | None:
    """The one pattern of a class whose members become instances of a class, where every other
    further member may be any value; None elsewhere."""
    patterns = schema.get("patternProperties", {})
    typed = [name for name, it in patterns.items() if not accepts_anything(it, definitions)]
    if len(typed) != 1 or not isinstance(schema.get("additionalProperties", True), bool):
        return None
    named = any(has_match(typed[0], name) for name in schema.get("properties", ()))
    return typed[0] if not named and holds_class(patterns[typed[0]], definitions) else None


def accepts_anything(schema: Subschema, definitions: Definitions) -> bool:
    """Whether the keywords show that every value is valid."""
    if not is_object(schema):
        return schema is True
    target = referred_name(schema)
    idle = all(is_idle(word, schema[word]) for word in assertions_of(schema) - {"$ref"})
    return idle and (not target or accepts_anything(definitions[target], definitions))


def is_idle(word: str, value: Any) -> bool:
    """Whether the keyword asserts nothing: true for members, or the union of all types."""
    if word not in ("anyOf", "oneOf"):
        return word in OF_MEMBERS and value is True
    types = [it.get("type") for it in value if is_object(it) and assertions_of(it) == {"type"}]
    return len(types) == len(value) and sorted(map(str, types)) == sorted(JSON_TYPES)


OF_MEMBERS = ("additionalProperties", "items", "propertyNames")


def holds_class(schema: Subschema, definitions: Definitions) -> bool:
    """Whether a class stands in the schema, or in what it leads to."""
    names = reachable_names(schema, definitions)
    whole = [it for it in (schema, *map(definitions.__getitem__, names)) if is_object(it)]
    return any(is_class_schema(inner) for it in whole for _, inner in subschemas(it))


class ModuleDefinitions(dict[str, Schema]):
    """The definitions of a module; a value of one that is a message is a model, which a dict does
    not take for a key."""

    messages: Collection[str] = ()
    # The classes that stand in the core schema of each class around them.
    inline: Collection[str] = ()


def is_titled(values: Subschema, definitions: Definitions) -> bool:
    """Whether the values of a map have a title: of their own, or that of a class for them alone."""
    if not is_object(values):
        return False
    inline = definitions.inline if isinstance(definitions, ModuleDefinitions) else ()
    name = referred_name(values)
    return "title" in (definitions[name] | values if name in inline else values)


def name_type(schema: Schema, definitions: Definitions) -> str:
    """The type of the members' names: a few strings, their definition, or any string."""
    names = schema.get("propertyNames")
    if not is_object(names):
        return "str"
    target = referred_name(names) if names.keys() == {"$ref"} else ""
    choices = constants(definitions[target] if target else names)
    few = choices is not None and all(isinstance(it, str) for it in choices.values)
    is_model = isinstance(definitions, ModuleDefinitions) and target in definitions.messages
    named = "" if is_model else target
    return (named or choices.plain) if choices and few else "str"
