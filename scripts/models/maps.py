"""The types of all members that a schema does not name: the names and the values of a map."""

from contract.json_values import is_equal, is_object
from contract.subschemas import DEFINITION_PREFIX, Definitions, Schema
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


def name_type(schema: Schema, definitions: Definitions) -> str:
    """The type of the members' names: a few strings, their definition, or any string."""
    names = schema.get("propertyNames")
    if not is_object(names):
        return "str"
    target = names["$ref"].removeprefix(DEFINITION_PREFIX) if names.keys() == {"$ref"} else ""
    choices = constants(definitions[target] if target else names)
    few = choices is not None and all(isinstance(it, str) for it in choices.values)
    return (target or choices.plain) if choices and few else "str"
