"""The member that tells the branches of a union apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.json_values import is_object
from contract.names import attribute_names
from contract.subschemas import (
    Definitions,
    Schema,
    assertions_of,
    is_class_schema,
    referenced_names,
    subschemas,
)
from models.maps import ModuleDefinitions
from models.unions import (
    OBJECT,
    branches_beside,
    described_names,
    excluded_constants,
    is_closed_to,
    is_disjoint,
    json_types,
    member_constants,
    member_schema,
    parts,
    referenced_schema,
    required_names,
    unions_of,
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
    # Those that take other values than objects too.
    mixed: tuple[int, ...] = ()

    @property
    def ways(self) -> list[tuple[int, ...]]:
        """The branches that one object may enter together."""
        return [*self.branches.values(), (*self.others, *self.absent)]

    @property
    def repeated(self) -> set[int]:
        """The branches that stand in the core schema more than once."""
        return {*self.absent, *self.mixed, *(self.others if self.mixed else ())}


def tag_of(branches: list[Any], definitions: Definitions) -> Tag | None:
    """The tag of a union, the best around which no branch is repeated that repeats others; None if
    no member parts the branches."""
    return next(
        (
            tag
            for tag in tags_of(branches, definitions)
            if not any(repeats(branches[at], definitions) for at in tag.repeated)
        ),
        None,
    )


def tags_of(branches: list[Any], definitions: Definitions) -> list[Tag]:
    """Each member that each branch of objects gives a few constants, or forbids, or gives any value
    but the constants of the other branches.

    That comes first which leads most branches, and whose constants leave the fewest branches.
    """
    objects = {at: it for at, it in enumerate(branches) if "object" in json_types(it, definitions)}
    if len(objects) < 2:
        return []
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
    return sorted(tags, key=lambda it: (len({*it.others, *it.absent}), most_branches(it)))


def repeats(branch: Any, definitions: Definitions) -> bool:
    """Whether a union stands within that has branches more than once. Around it another would have
    them four times, and so on.

    Each union is asked for its best tag alone: where that is not taken, a union within repeats.
    """
    unions = [
        branches_beside(inner, word)
        for schema in with_inline_classes(branch, definitions)
        for _, inner in subschemas(schema)
        for word in ("anyOf", "oneOf")
        if word in inner
    ]
    return any(tag.repeated for it in unions for tag in tags_of(it, definitions)[:1])


def with_inline_classes(schema: Any, definitions: Definitions) -> Iterator[Any]:
    """The schema, and those of the classes that stand in its core schema."""
    inline = {*definitions.inline} if isinstance(definitions, ModuleDefinitions) else set[str]()
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        yield part
        names = inline.intersection(referenced_names(part))
        inline -= names
        waiting += (definitions[it] for it in sorted(names))


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
    mixed = [at for at, it in objects.items() if json_types(it, definitions) != OBJECT]
    return Tag(name, indices, opened, tuple(absent), tuple(mixed))


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
