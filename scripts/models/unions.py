"""Branches of a ``oneOf``: whether two of them can hold the same instance, and what differs."""

import re
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import Any

from contract.json_values import is_object, json_type
from contract.subschemas import (
    OBJECT_KEYWORDS,
    Definitions,
    Schema,
    assertions_of,
    is_annotation,
    reachable_names,
    referenced_names,
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
    return not any(overlapping_pairs(branches, definitions))


def overlapping_pairs(branches: list[Any], definitions: Definitions) -> Iterator[tuple[int, int]]:
    """The indices of each two branches that the same instance may fit, as far as types and members
    show."""
    for left, right in combinations(range(len(branches)), 2):
        pair = (branches[left], branches[right])
        if not exclude_each_other(*pair, definitions):
            yield left, right


def exclude_each_other(left: Schema, right: Schema, definitions: Definitions) -> bool:
    return (
        have_disjoint_types(left, right, definitions)
        or has_disjoint_tags(left, right, definitions)
        or is_closed_to(left, required_names(right, definitions), definitions)
        or is_closed_to(right, required_names(left, definitions), definitions)
    )


def branches_apart(schema: Schema, definitions: Definitions) -> list[int]:
    """The indices of the small branches of a ``oneOf`` without which the others exclude each other.

    Of two that overlap the smaller one is apart, but not one that is recursive where the other is
    not: it would cost more with each level of a document.
    """
    branches, apart = schema["oneOf"], set[int]()
    for pair in overlapping_pairs(branches_beside(schema, "oneOf"), definitions):
        if apart.isdisjoint(pair):
            flat = [it for it in pair if not is_recursive(branches[it], definitions)]
            apart.add(min(flat or pair, key=lambda it: text_size(branches[it], definitions)))
    return sorted(apart)


def is_recursive(schema: Schema, definitions: Definitions) -> bool:
    """Whether the schema leads to a definition that leads to itself."""
    names = reachable_names(schema, definitions)
    try:
        TopologicalSorter({it: referenced_names(definitions[it]) for it in names}).prepare()
    except CycleError:
        return True
    return False


def text_size(schema: Schema, definitions: Definitions) -> int:
    """The number of characters of the schema and of all definitions that it needs."""
    needed = [definitions[it] for it in reachable_names(schema, definitions)]
    return sum(len(str(it)) for it in (schema, *needed))


NOTHING: Schema = {"enum": []}


def others_than(apart: Iterable[int], branches: list[Any]) -> list[Any]:
    """The branches at their indices; those apart take nothing."""
    return [NOTHING if at in apart else it for at, it in enumerate(branches)]


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
        for branches in branches_of_objects(part, definitions):
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
    # Of numbers a list of integers does not exclude the fractions in it.
    sets = [own_constants(it, kind) for it in lists if kind in (types_of(it) or JSON_TYPES)]
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


def described_names(schema: Any, definitions: Definitions) -> list[str]:
    """The members that the schema describes, in its order."""
    return [name for it in parts(schema, definitions) for name in it.get("properties", ())]


def unions_of(schema: Schema) -> Iterator[list[Any]]:
    yield from (schema[word] for word in ("anyOf", "oneOf") if word in schema)


def branches_of_objects(schema: Schema, definitions: Definitions) -> Iterator[list[Any]]:
    """The branches that an object may fit, of each union that stands in the schema."""
    for branches in unions_of(schema):
        yield [it for it in branches if "object" in json_types(it, definitions)]


def required_names(schema: Schema, definitions: Definitions) -> list[str]:
    """The members that every object of the schema has, in the order of the schema."""
    names = [name for part in parts(schema, definitions) for name in part.get("required", ())]
    for part in parts(schema, definitions):
        for branches in branches_of_objects(part, definitions):
            first, *others = (required_names(it, definitions) for it in branches or [{}])
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


def required_apart(branches: list[Any], definitions: Definitions) -> dict[str, tuple[int, ...]]:
    """By a name that they require the branches of objects that exclude each other; each branch of
    objects is among those of one name, so that an object with that name alone fits no other one.
    Nothing if some branch requires none, or if all require the same."""
    objects = [at for at, it in enumerate(branches) if "object" in json_types(it, definitions)]
    required = {at: required_names(branches[at], definitions) for at in objects}
    names: dict[str, tuple[int, ...]] = {}
    for at in objects:
        if not any(at in entered for entered in names.values()):
            groups = {
                name: tuple(it for it in objects if name in required[it]) for name in required[at]
            }
            name = min(groups, key=lambda it: len(groups[it]), default="")
            names[name] = groups.get(name, ())
    apart = all(
        is_disjoint([branches[it] for it in entered], definitions) for entered in names.values()
    )
    whole = "" not in names and sum(map(len, names.values())) == len(objects)
    return names if apart and whole and 1 < len(names) <= MOST_NAMES else {}


MOST_NAMES = 8  # each of which is looked for where another one is met
