"""Branches of a ``oneOf``: whether two of them can hold the same instance, and what differs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from contract.json_values import is_object, json_type
from contract.names import attribute_names
from contract.subschemas import (
    OBJECT_KEYWORDS,
    Definitions,
    Schema,
    assertions_of,
    is_annotation,
    is_class_schema,
    referred_name,
    types_of,
)

Constants = frozenset[str | int | float]  # of one type, so that Python's equality is JSON's


def branches_beside(schema: Schema, word: str) -> list[Any]:
    """The branches of a union, each with what the schema says beside the union."""
    beside = {key: it for key, it in schema.items() if key != word and not is_annotation(key)}
    return [{"allOf": [it, beside]} for it in schema[word]] if beside else schema[word]


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
    while schema.keys() >= {"$ref"}:
        schema = definitions[referred_name(schema)]
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
    types = types_of(schema) or JSON_TYPES
    types = frozenset("number" if it == "integer" else it for it in types)
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return types if values is None else types & {json_type(it) for it in values}


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
    return all(have_different_constants(left, right, kind, definitions) for kind in common)


def have_different_constants(
    left: Schema, right: Schema, kind: str, definitions: Definitions
) -> bool:
    both = (left, right)
    known = [constants_of(it, kind, definitions) for it in both]
    sets = [some for some in known if some is not None]
    excluded = [excluded_constants(it, kind, definitions) for it in both]
    return bool(sets) and frozenset[Any].intersection(*sets) <= frozenset[Any].union(*excluded)


def member_schema(schema: Schema, name: str, definitions: Definitions) -> Schema:
    """What all parts of an object's schema say of one of its members."""
    members: list[Any] = []
    for part in parts(schema, definitions):
        members += [part["properties"][name]] if name in part.get("properties", {}) else []
        for branches in unions_of(part):
            members.append({"anyOf": [member_schema(it, name, definitions) for it in branches]})
    return {"allOf": members}


def constants_of(schema: Schema, kind: str, definitions: Definitions) -> Constants | None:
    """The instances of one type; None if these are not a few constants."""
    known = [own_constants(it, kind) for it in parts(schema, definitions)]
    for part in parts(schema, definitions):
        for branches in unions_of(part):
            able = [it for it in branches if kind in json_types(it, definitions)]
            each = [constants_of(it, kind, definitions) for it in able]
            sets = [some for some in each if some is not None]
            known += [frozenset[Any]().union(*sets)] if len(sets) == len(each) else []
    sets = [some for some in known if some is not None]
    return frozenset[Any].intersection(*sets) if sets else None


def own_constants(schema: Schema, kind: str) -> Constants | None:
    """The values of one type in a ``const`` or an ``enum``; None if there is neither, or if they
    are not told apart as Python tells them."""
    values: list[Any] | None = [schema["const"]] if "const" in schema else schema.get("enum")
    if values is None or kind not in SCALAR_TYPES:
        return None
    same = [plain_number(it) for it in values if json_type(it) == kind]
    return None if any(is_large(it) for it in same) else frozenset(same)


SCALAR_TYPES = ("string", "number", "boolean")


def excluded_constants(schema: Schema, kind: str, definitions: Definitions) -> Constants:
    """The constants of one type that ``not`` excludes."""
    negated = [part["not"] for part in parts(schema, definitions) if is_object(part.get("not"))]
    lists = [it for it in negated if assertions_of(it) <= LISTING]
    sets = [own_constants(it, kind) for it in lists if kind in own_types(it)]
    return frozenset[Any]().union(*(some for some in sets if some is not None))


LISTING = {"type", "const", "enum"}


def plain_number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def is_large(value: Any) -> bool:
    """Whether it is a number that doubles do not tell from its neighbours."""
    return not isinstance(value, str) and abs(value) >= 2**53


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
    """The member by which the objects of a union differ: for each of its constants the indices of
    the branches that can hold it. A key is equal to the constant; 1 and true share theirs."""

    name: str
    branches: Mapping[str | int | float, tuple[int, ...]]
    # The branches that give it any value but these constants, and those that may lack it.
    others: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()


def tag_of(branches: list[Any], definitions: Definitions) -> Tag | None:
    """The tag of a union: a member that each branch of objects gives a few constants, or forbids,
    or gives any value but the constants of the other branches. Such a branch is of objects alone.

    Of several the one that leads most branches, and whose constants leave the fewest branches; None
    if no member parts them.
    """
    objects = {at: it for at, it in enumerate(branches) if "object" in json_types(it, definitions)}
    alone = all(json_types(it, definitions) == OBJECT for it in objects.values())
    if len(objects) < 2 or not alone:
        return None
    described: dict[str, list[Any]] = {}
    for branch in objects.values():
        for name in dict.fromkeys(described_names(branch, definitions)):
            described.setdefault(name, []).append(branch)
    known = [
        tag_by(name, objects, definitions)
        for name, those in described.items()
        if all(may_tag(it, name, definitions) for it in those)
    ]
    tags = [it for it in known if it and most_branches(it) < len(objects)]
    return min(
        tags, key=lambda it: (len({*it.others, *it.absent}), most_branches(it)), default=None
    )


def described_names(schema: Any, definitions: Definitions) -> list[str]:
    """The members that the schema describes, in its order."""
    return [name for it in parts(schema, definitions) for name in it.get("properties", ())]


def tag_attributes(tag: str, schema: Schema, definitions: Definitions) -> set[str]:
    """The attributes that read the tag, in the classes of a union and of the unions within."""
    names: set[str] = set()
    for part in parts(schema, definitions):
        if tag in part.get("properties", {}):
            names.add(attribute_names(part["properties"], definitions)[tag])
        for branches in unions_of(part):
            names |= set[str]().union(*(tag_attributes(tag, one, definitions) for one in branches))
    return names


def most_branches(tag: Tag) -> int:
    return max(map(len, tag.branches.values()))


def may_tag(branch: Any, name: str, definitions: Definitions) -> bool:
    """Whether the branch gives its member a few constants, or any value but some."""
    if member_constants(branch, name, definitions) is not None:
        return True
    member = member_schema(branch, name, definitions)
    return bool(excluded_constants(member, "string", definitions))


def tag_by(name: str, objects: Mapping[int, Any], definitions: Definitions) -> Tag | None:
    """The tag that the member ``name`` is, if each of the branches takes part in it."""
    held = {at: held_constants(it, name, definitions) for at, it in objects.items()}
    indices: dict[str | int | float, tuple[int, ...]] = {}
    for at, constants in held.items():
        for constant in dict.fromkeys(constants or ()):
            indices[constant] = (*indices.get(constant, ()), at)
    opened = tuple(at for at, constants in held.items() if constants is None)
    members = [member_schema(objects[at], name, definitions) for at in opened]
    if not indices or not all(excludes(it, indices, definitions) for it in members):
        return None
    absent = [at for at, it in objects.items() if name not in required_names(it, definitions)]
    return Tag(name, indices, opened, tuple(absent))


def held_constants(
    branch: Schema, name: str, definitions: Definitions
) -> list[str | int | float] | None:
    """What the member of a branch can be, none if it is forbidden; None if these are not a few
    constants."""
    is_forbidden = is_closed_to(branch, [name], definitions)
    return [] if is_forbidden else member_constants(branch, name, definitions)


def excludes(member: Schema, constants: Iterable[object], definitions: Definitions) -> bool:
    """Whether the constants are strings, and the schema accepts none of them."""
    return {*constants} <= excluded_constants(member, "string", definitions)


def parts(schema: Any, definitions: Definitions) -> list[Schema]:
    """The schema and all that holds for the same instance: what it refers to, its ``allOf``."""
    collected: list[Schema] = []
    waiting, names = [schema], set[str]()
    while waiting:
        part = waiting.pop(0)
        if is_object(part):
            collected.append(part)
            waiting += part.get("allOf", ())
            waiting += [said_of_objects(part, definitions)] if part.get("if") == OBJECTS else []
            name = referred_name(part)
            waiting += [definitions[name]] if name and name not in names else []
            names.add(name)
    return collected


# Objects of a class beside other values. A normal form never says it so: there a list of one type
# is that type.
OBJECTS: Schema = {"type": ["object"]}


def said_of_objects(schema: Schema, definitions: Definitions) -> Schema:
    """What the class of the objects says of them, which holds for any other value as well."""
    objects = definitions.get(referred_name(schema["then"]), {})
    return {word: it for word, it in objects.items() if word in OBJECT_KEYWORDS}


def unions_of(schema: Schema) -> Iterator[list[Any]]:
    yield from (schema[word] for word in ("anyOf", "oneOf") if word in schema)


def required_names(schema: Schema, definitions: Definitions) -> list[str]:
    """The members that every object of the schema has, in the order of the schema."""
    names = [name for part in parts(schema, definitions) for name in part.get("required", ())]
    for part in parts(schema, definitions):
        for branches in unions_of(part):
            first, *others = (required_names(branch, definitions) for branch in branches)
            names += [name for name in first if all(name in other for other in others)]
    return list(dict.fromkeys(names))


def member_constants(
    schema: Schema, name: str, definitions: Definitions
) -> list[str | int | float] | None:
    """What the member can be, strings first; None if it is not one of a few constants."""
    member = member_schema(schema, name, definitions)
    types = sorted(json_types(member, definitions), reverse=True)
    each = [constants_of(member, it, definitions) for it in types]
    sets = [some for some in each if some is not None]
    return [it for some in sets for it in sorted(some)] if len(sets) == len(each) else None


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
        for tag in member_constants(target, name, definitions) or ()
        if isinstance(tag, str)
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
    plain = assertions_of(schema) <= TAGGED_CLASS_KEYWORDS
    declared = set(required) <= schema["properties"].keys()
    return (
        plain
        and declared
        and all(map(str.__eq__, names, names.values()))
        and is_tag_schema(referenced_schema(schema["properties"][tag], definitions))
    )


TAGGED_CLASS_KEYWORDS = {"type", "properties", "required", "additionalProperties"}


def is_tag_schema(schema: Schema) -> bool:
    words = assertions_of(schema) - {"type"}
    return words == {"const"} or (words == {"enum"} and len(schema["enum"]) > 1)
