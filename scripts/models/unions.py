"""Branches of a ``oneOf``: whether two of them can hold the same instance, and what differs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from contract.json_values import is_array, is_object, kind_of
from contract.names import attribute_names
from contract.subschemas import (
    DEFINITION_PREFIX,
    Definitions,
    Schema,
    is_annotation,
    is_class_schema,
)


def is_disjoint(branches: list[Any], definitions: Definitions) -> bool:
    """Whether types or members show that no instance fits two branches."""
    return all(
        have_disjoint_types(left, right, definitions)
        or has_disjoint_tags(left, right, definitions)
        or is_closed_to(left, required_names(right, definitions), definitions)
        or is_closed_to(right, required_names(left, definitions), definitions)
        for left, right in combinations(branches, 2)
    )


def have_disjoint_types(left: Schema, right: Schema, definitions: Definitions) -> bool:
    return json_types(left, definitions).isdisjoint(json_types(right, definitions))


def referenced_schema(schema: Schema, definitions: Definitions) -> Schema:
    """The schema that a reference leads to."""
    while schema.keys() >= {"$ref"}:
        schema = definitions[schema["$ref"].removeprefix(DEFINITION_PREFIX)]
    return schema


JSON_TYPES = frozenset({"null", "boolean", "number", "string", "array", "object"})


OBJECT, STRING = frozenset({"object"}), frozenset({"string"})


def json_types(schema: Schema, definitions: Definitions) -> frozenset[str]:
    """The types an instance may have by types, constants and unions."""
    types = JSON_TYPES
    for part in parts(schema, definitions):
        types &= own_types(part)
        for branches in unions_of(part):
            types &= frozenset().union(*(json_types(branch, definitions) for branch in branches))
    return types


def own_types(schema: Schema) -> frozenset[str]:
    """The types that ``type``, ``const`` and ``enum`` leave."""
    names = schema.get("type", list(JSON_TYPES))
    types = frozenset(names if is_array(names) else [names])
    types = frozenset("number" if it == "integer" else it for it in types)
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return types if values is None else types & {json_type(it) for it in values}


def json_type(value: Any) -> str:
    kind = kind_of(value)
    return "number" if kind in ("integer", "fraction") else kind


def has_disjoint_tags(left: Schema, right: Schema, definitions: Definitions) -> bool:
    """Whether a member that one of two objects requires differs from that of the other."""
    required = {*required_names(left, definitions), *required_names(right, definitions)}
    return are_objects(left, right, definitions) and any(
        are_different(
            member_schema(left, name, definitions),
            member_schema(right, name, definitions),
            definitions,
        )
        for name in required
    )


def are_objects(left: Schema, right: Schema, definitions: Definitions) -> bool:
    """Whether what fits both is an object."""
    return json_types(left, definitions) & json_types(right, definitions) <= OBJECT


def are_different(left: Schema, right: Schema, definitions: Definitions) -> bool:
    """Whether types and constants show that no instance fits both."""
    common = json_types(left, definitions) & json_types(right, definitions)
    mine, theirs = (strings_of(it, definitions) for it in (left, right))
    known = mine is not None and theirs is not None and mine.isdisjoint(theirs)
    return not common or (known and common == STRING)


def member_schema(schema: Schema, name: str, definitions: Definitions) -> Schema:
    """What all parts of an object's schema say of one of its members."""
    members: list[Any] = []
    for part in parts(schema, definitions):
        members += [part["properties"][name]] if name in part.get("properties", {}) else []
        for branches in unions_of(part):
            members.append({"anyOf": [member_schema(it, name, definitions) for it in branches]})
    return {"allOf": members}


def strings_of(schema: Schema, definitions: Definitions) -> frozenset[str] | None:
    """The strings among the instances; None if these are not a few constants."""
    known = [constant_strings(it) for it in parts(schema, definitions)]
    for part in parts(schema, definitions):
        for branches in unions_of(part):
            texts = [it for it in branches if "string" in json_types(it, definitions)]
            each = [strings_of(it, definitions) for it in texts]
            sets = [some for some in each if some is not None]
            known += [frozenset().union(*sets)] if len(sets) == len(each) else []
    sets = [some for some in known if some is not None]
    return frozenset[str].intersection(*sets) if sets else None


def is_closed_to(schema: Schema, names: Iterable[str], definitions: Definitions) -> bool:
    """Whether the schema is of objects alone, and takes no member of one of the names."""
    closed = [it for it in parts(schema, definitions) if it.get("additionalProperties") is False]
    return json_types(schema, definitions) == OBJECT and any(
        name not in part.get("properties", {}) and not may_match(part, name)
        for part in closed
        for name in names
    )


def may_match(schema: Schema, name: str) -> bool:
    """Whether ``patternProperties`` may speak of the name; surely not if all ask for a prefix."""
    patterns: Iterable[str] = schema.get("patternProperties", ())
    return any(
        name.startswith(it[1:]) or not re.fullmatch(r"\^[A-Za-z0-9_-]+", it) for it in patterns
    )


@dataclass(frozen=True)
class Tag:
    """The member by which the objects of a union differ: for each of its strings the indices of
    the branches that can hold it."""

    name: str
    branches: Mapping[str, tuple[int, ...]]


def tag_of(branches: list[Any], definitions: Definitions) -> Tag | None:
    """The tag of a union: a member that every branch of objects requires and gives a few strings.

    Of several the one whose strings leave the fewest branches; None if no member parts them.
    """
    objects = [
        index for index, it in enumerate(branches) if "object" in json_types(it, definitions)
    ]
    if len(objects) < 2:
        return None
    names = required_names(branches[objects[0]], definitions)
    tags = [tag for it in names for tag in [tag_by(it, objects, branches, definitions)] if tag]
    best = min(tags, key=most_branches, default=None)
    return best if best and most_branches(best) < len(objects) else None


def tag_attributes(tag: str, schema: Schema, definitions: Definitions) -> set[str]:
    """The attributes that read the tag, in the classes of a union and of the unions within."""
    names: set[str] = set()
    for part in parts(schema, definitions):
        if is_class_schema(part) and tag in part["properties"]:
            names.add(attribute_names(part["properties"], definitions)[tag])
        for branches in unions_of(part):
            names |= set[str]().union(*(tag_attributes(tag, one, definitions) for one in branches))
    return names


def most_branches(tag: Tag) -> int:
    return max(map(len, tag.branches.values()))


def tag_by(
    name: str, objects: list[int], branches: list[Any], definitions: Definitions
) -> Tag | None:
    """The tag that the member ``name`` is, if each of the branches requires it."""
    indices: dict[str, tuple[int, ...]] = {}
    for index in objects:
        strings = member_strings(branches[index], name, definitions)
        if not strings or name not in required_names(branches[index], definitions):
            return None
        for string in sorted(strings):
            indices[string] = (*indices.get(string, ()), index)
    return Tag(name, indices)


def parts(schema: Any, definitions: Definitions) -> list[Schema]:
    """The schema and all that holds for the same instance: what it refers to, its ``allOf``."""
    collected: list[Schema] = []
    waiting, names = [schema], set[str]()
    while waiting:
        part = waiting.pop(0)
        if is_object(part):
            collected.append(part)
            waiting += part.get("allOf", ())
            name = part.get("$ref", "").removeprefix(DEFINITION_PREFIX)
            waiting += [definitions[name]] if name and name not in names else []
            names.add(name)
    return collected


def unions_of(schema: Schema) -> Iterator[list[Any]]:
    """The branches of the unions that stand in the schema."""
    yield from (schema[word] for word in ("anyOf", "oneOf") if word in schema)


def required_names(schema: Schema, definitions: Definitions) -> list[str]:
    """The members that every object of the schema has, in the order of the schema."""
    names = [name for part in parts(schema, definitions) for name in part.get("required", ())]
    for part in parts(schema, definitions):
        for branches in unions_of(part):
            first, *others = (required_names(branch, definitions) for branch in branches)
            names += [name for name in first if all(name in other for other in others)]
    return list(dict.fromkeys(names))


def member_strings(schema: Schema, name: str, definitions: Definitions) -> frozenset[str] | None:
    """The strings that the member can be; None if it can be something else."""
    member = member_schema(schema, name, definitions)
    is_string = json_types(member, definitions) == STRING
    return strings_of(member, definitions) if is_string else None


def constant_strings(schema: Schema) -> frozenset[str] | None:
    """The strings of a const or an enum that holds nothing else."""
    values: list[Any] = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return frozenset(values) if values and all(isinstance(it, str) for it in values) else None


def discriminator_name(schema: Schema, definitions: Definitions) -> str | None:
    """The member by which Pydantic can choose a branch, if ``discriminator`` is exactly what
    Pydantic would emit for it."""
    discriminator = schema.get("discriminator")
    if not is_object(discriminator) or not all(
        it.keys() == {"$ref"} for it in schema.get("oneOf", [{}])
    ):
        return None
    name: Any = discriminator.get("propertyName")
    schemas = {it["$ref"]: referenced_schema(it, definitions) for it in schema["oneOf"]}
    mapping = {
        tag: reference
        for reference, target in schemas.items()
        for tag in sorted(member_strings(target, name, definitions) or ())
    }
    is_same = discriminator == {"propertyName": name, "mapping": mapping}
    fit = all(is_tagged_class(it, name, definitions) for it in schemas.values())
    return name if is_same and fit and is_disjoint(schema["oneOf"], definitions) else None


def is_tagged_class(schema: Schema, tag: str, definitions: Definitions) -> bool:
    """Whether the branch is a class that Pydantic can enter by its tag: a Literal or an enum, and
    no step before the fields, as aliases and assertions of the whole object need one."""
    required = schema.get("required", ())
    if not is_class_schema(schema) or tag not in schema["properties"] or tag not in required:
        return False
    names = attribute_names(schema["properties"], definitions)
    plain = {word for word in schema if not is_annotation(word)} <= TAGGED_CLASS_KEYWORDS
    declared = set(required) <= schema["properties"].keys()
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
