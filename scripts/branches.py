"""Branches of a ``oneOf``: whether two of them can hold the same instance, and what differs."""

from itertools import combinations
from typing import Any

from names import attributes
from values import (
    DEFINITIONS,
    Definitions,
    Schema,
    is_annotation,
    is_array,
    is_class,
    is_object,
)


def apart(branches: list[Any], definitions: Definitions) -> bool:
    """Whether it is plain to see that no instance fits two branches: by type or by a tag."""
    found = [target(it, definitions) for it in branches]
    return all(
        types_of(left).isdisjoint(types_of(right)) or tags_apart(left, right, definitions)
        for left, right in combinations(found, 2)
    )


def target(schema: Schema, definitions: Definitions) -> Schema:
    """The schema that a reference leads to."""
    while schema.keys() >= {"$ref"}:
        schema = definitions[schema["$ref"].removeprefix(DEFINITIONS)]
    return schema


TYPES = frozenset({"null", "boolean", "number", "string", "array", "object"})


def types_of(schema: Schema) -> frozenset[str]:
    """The types an instance may have, as far as ``type`` says."""
    said = schema.get("type", list(TYPES))
    names = said if is_array(said) else [said]
    return frozenset("number" if it == "integer" else it for it in names)


def tags_apart(left: Schema, right: Schema, definitions: Definitions) -> bool:
    """Whether two objects have a required member with different strings."""
    common = tags(left, definitions).keys() & tags(right, definitions).keys()
    return any(
        tags(left, definitions)[it].isdisjoint(tags(right, definitions)[it]) for it in common
    )


def tags(schema: Schema, definitions: Definitions) -> dict[str, frozenset[str]]:
    """The strings of each required member that can only be one of a few."""
    if not is_class(schema):
        return {}
    return {
        name: values
        for name in schema.get("required", ())
        if name in schema["properties"]
        for values in [strings(target(schema["properties"][name], definitions))]
        if values
    }


def strings(schema: Schema) -> frozenset[str]:
    """The strings of a const or an enum that holds nothing else."""
    values: list[Any] = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return frozenset(values if all(isinstance(it, str) for it in values) else ())


def discriminator(schema: Schema, definitions: Definitions) -> str | None:
    """The member that Pydantic can tell the branches apart by, if ``discriminator`` says just what
    Pydantic would emit for it."""
    said = schema.get("discriminator")
    if not is_object(said) or not all(it.keys() == {"$ref"} for it in schema.get("oneOf", [{}])):
        return None
    name: Any = said.get("propertyName")
    found = {it["$ref"]: target(it, definitions) for it in schema["oneOf"]}
    mapping = {
        tag: reference
        for reference, it in found.items()
        for tag in tags(it, definitions).get(name, ())
    }
    told = said == {"propertyName": name, "mapping": mapping}
    fit = all(is_plain(it, name, definitions) for it in found.values())
    return name if told and fit and apart(schema["oneOf"], definitions) else None


def is_plain(schema: Schema, tag: str, definitions: Definitions) -> bool:
    """Whether the branch is a class that Pydantic can enter by its tag: a Literal or an enum, and
    no step before the fields, as aliases and assertions of the whole object need one."""
    if not is_class(schema) or tag not in schema["properties"]:
        return False
    names = attributes(schema["properties"], definitions)
    plain = {word for word in schema if not is_annotation(word)} <= FIELDS
    declared = set(schema.get("required", ())) <= schema["properties"].keys()
    return (
        plain
        and declared
        and all(map(str.__eq__, names, names.values()))
        and is_tag(target(schema["properties"][tag], definitions))
    )


FIELDS = {"type", "properties", "required", "additionalProperties"}


def is_tag(schema: Schema) -> bool:
    words = {word for word in schema if not is_annotation(word)} - {"type"}
    return words == {"const"} or (words == {"enum"} and len(schema["enum"]) > 1)
