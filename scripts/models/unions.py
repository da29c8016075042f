"""Branches of a ``oneOf``: whether two of them can hold the same instance, and what differs."""

from itertools import combinations
from typing import Any

from contract.json_values import is_array, is_object
from contract.names import attribute_names
from contract.subschemas import (
    DEFINITION_PREFIX,
    Definitions,
    Schema,
    is_annotation,
    is_class_schema,
)


def is_disjoint(branches: list[Any], definitions: Definitions) -> bool:
    """Whether it is plain to see that no instance fits two branches: by type or by a tag."""
    found = [referenced_schema(it, definitions) for it in branches]
    return all(
        json_types(left).isdisjoint(json_types(right))
        or has_disjoint_tags(left, right, definitions)
        for left, right in combinations(found, 2)
    )


def referenced_schema(schema: Schema, definitions: Definitions) -> Schema:
    """The schema that a reference leads to."""
    while schema.keys() >= {"$ref"}:
        schema = definitions[schema["$ref"].removeprefix(DEFINITION_PREFIX)]
    return schema


JSON_TYPES = frozenset({"null", "boolean", "number", "string", "array", "object"})


def json_types(schema: Schema) -> frozenset[str]:
    """The types an instance may have, as far as ``type`` says."""
    said = schema.get("type", list(JSON_TYPES))
    names = said if is_array(said) else [said]
    return frozenset("number" if it == "integer" else it for it in names)


def has_disjoint_tags(left: Schema, right: Schema, definitions: Definitions) -> bool:
    """Whether two objects have a required member with different strings."""
    common = tag_values(left, definitions).keys() & tag_values(right, definitions).keys()
    return any(
        tag_values(left, definitions)[it].isdisjoint(tag_values(right, definitions)[it])
        for it in common
    )


def tag_values(schema: Schema, definitions: Definitions) -> dict[str, frozenset[str]]:
    """The strings of each required member that can only be one of a few."""
    if not is_class_schema(schema):
        return {}
    return {
        name: values
        for name in schema.get("required", ())
        if name in schema["properties"]
        for values in [constant_strings(referenced_schema(schema["properties"][name], definitions))]
        if values
    }


def constant_strings(schema: Schema) -> frozenset[str]:
    """The strings of a const or an enum that holds nothing else."""
    values: list[Any] = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return frozenset(values if all(isinstance(it, str) for it in values) else ())


def discriminator_name(schema: Schema, definitions: Definitions) -> str | None:
    """The member that Pydantic can tell the branches apart by, if ``discriminator`` says just what
    Pydantic would emit for it."""
    said = schema.get("discriminator")
    if not is_object(said) or not all(it.keys() == {"$ref"} for it in schema.get("oneOf", [{}])):
        return None
    name: Any = said.get("propertyName")
    found = {it["$ref"]: referenced_schema(it, definitions) for it in schema["oneOf"]}
    mapping = {
        tag: reference
        for reference, it in found.items()
        for tag in tag_values(it, definitions).get(name, ())
    }
    told = said == {"propertyName": name, "mapping": mapping}
    fit = all(is_tagged_class(it, name, definitions) for it in found.values())
    return name if told and fit and is_disjoint(schema["oneOf"], definitions) else None


def is_tagged_class(schema: Schema, tag: str, definitions: Definitions) -> bool:
    """Whether the branch is a class that Pydantic can enter by its tag: a Literal or an enum, and
    no step before the fields, as aliases and assertions of the whole object need one."""
    if not is_class_schema(schema) or tag not in schema["properties"]:
        return False
    names = attribute_names(schema["properties"], definitions)
    plain = {word for word in schema if not is_annotation(word)} <= TAGGED_CLASS_KEYWORDS
    declared = set(schema.get("required", ())) <= schema["properties"].keys()
    return (
        plain
        and declared
        and all(map(str.__eq__, names, names.values()))
        and is_tag_schema(referenced_schema(schema["properties"][tag], definitions))
    )


TAGGED_CLASS_KEYWORDS = {"type", "properties", "required", "additionalProperties"}


def is_tag_schema(schema: Schema) -> bool:
    words = {word for word in schema if not is_annotation(word)} - {"type"}
    return words == {"const"} or (words == {"enum"} and len(schema["enum"]) > 1)
