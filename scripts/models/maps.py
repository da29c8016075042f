"""The types of all members that a schema does not name: the names and the values of a map."""

from collections.abc import Collection

from contract.json_values import is_equal, is_object
from contract.subschemas import (
    DEFINITION_PREFIX,
    Definitions,
    Schema,
    Subschema,
    is_class_schema,
    reachable_names,
    subschemas,
)
from models.literals import constants
from oracle.strings import has_match


def pattern_values(schema: Schema) -> Schema | None:
    """The schema of every further member, where each has to match a pattern and all patterns give
    the same schema without a title, which no type could hold; None elsewhere."""
    patterns = schema.get("patternProperties", {})
    if not patterns or schema.get("additionalProperties", True) is not False:
        return None
    first, *others = [it if is_object(it) else {} for it in patterns.values() if it is not False]
    alike = len(others) + 1 == len(patterns) and all(is_equal(first, it) for it in others)
    named = any(has_match(it, name) for it in patterns for name in schema.get("properties", ()))
    return first if alike and not named and "title" not in first else None


def pattern_choices(schema: Schema, definitions: Definitions) -> list[Subschema]:
    """The schemas of which each member of a map satisfies one, where the names decide which, and
    one of them describes an object that becomes a class; none elsewhere."""
    patterns = schema.get("patternProperties", {})
    further = schema.get("additionalProperties", True)
    choices: list[Subschema] = [it for it in (*patterns.values(), further) if it is not False]
    telling = any(holds_class(it, definitions) for it in choices)
    return choices if patterns and "properties" not in schema and telling else []


def holds_class(schema: Subschema, definitions: Definitions) -> bool:
    """Whether a class stands in the schema, or in what it leads to."""
    names = reachable_names(schema, definitions)
    whole = [it for it in (schema, *map(definitions.__getitem__, names)) if is_object(it)]
    return any(is_class_schema(inner) for it in whole for _, inner in subschemas(it))


class ModuleDefinitions(dict[str, Schema]):
    """The definitions of a module; a value of one that is a message is a model, which a dict does
    not take for a key."""

    messages: Collection[str] = ()


def name_type(schema: Schema, definitions: Definitions) -> str:
    """The type of the members' names: a few strings, their definition, or any string."""
    names = schema.get("propertyNames")
    if not is_object(names):
        return "str"
    target = names["$ref"].removeprefix(DEFINITION_PREFIX) if names.keys() == {"$ref"} else ""
    choices = constants(definitions[target] if target else names)
    few = choices is not None and all(isinstance(it, str) for it in choices.values)
    is_model = isinstance(definitions, ModuleDefinitions) and target in definitions.messages
    named = "" if is_model else target
    return (named or choices.plain) if choices and few else "str"
