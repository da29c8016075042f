"""Members that two schemas describe, by the values that they are of, however both are written."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from contract.json_values import Location, is_object, without
from contract.subschemas import IN_PLACE_APPLICATORS, Schema, child_schemas, referred_name

# A schema and its path.
Placed = tuple[Location, Any]
# Keywords that describe the items of an array, and members without their names.
ITEMS = ("items", "prefixItems", "contains", "unevaluatedItems")
MAPS = ("additionalProperties", "patternProperties", "unevaluatedProperties")


# What describes the same value in an old schema and in a new one.
Pair = tuple[list[Placed], list[Placed]]
# What judges a value in place, and describes what satisfies it.
BRANCHES = tuple(it for it in IN_PLACE_APPLICATORS if it != "not")


def described_members(old: Schema, new: Schema) -> Iterator[Pair]:
    """For the message and each member that the old schema describes by name what describes it, and
    what is left.

    A member is the same where it is a member of the same value: neither branches, references nor
    definitions between them matter.
    """
    waiting: list[Pair] = [([((), old)], [((), new)])]
    yield waiting[0]
    seen: set[object] = set()
    while waiting:
        pair = waiting.pop()
        sides = [in_place(*it) for it in zip((old, new), pair, strict=True)]
        paths = tuple(tuple(path for path, _ in side) for side in sides)
        if paths in seen:
            continue
        seen.add(paths)
        before, after = map(below, sides)
        for kind, children in before.items():
            described = children, after.get(kind, [])
            waiting.append(described)
            if kind not in (ITEMS, MAPS):
                yield described


def in_place(
    schema: Schema, placed: list[Placed], keywords: Collection[str] = BRANCHES
) -> list[Placed]:
    """These schemas, what they refer to and what these keywords hold, and so on, each once."""
    definitions = schema.get("$defs", {})
    reached: dict[Location, Any] = {}
    waiting = [*placed]
    while waiting:
        path, inner = waiting.pop()
        if path in reached or not is_object(inner):
            continue
        reached[path] = inner
        if "$ref" in inner:
            name = referred_name(inner)
            waiting.append((("$defs", name), definitions[name]))
        children = child_schemas(inner)
        waiting += [((*path, *step), it) for step, it in children if step[0] in keywords]
    return [*reached.items()]


def below(placed: list[Placed]) -> Mapping[object, list[Placed]]:
    """The schemas of members by name, of items, and of what any name may have; what no value
    satisfies describes nothing."""
    groups: dict[object, list[Placed]] = {}
    for path, schema in placed:
        for step, child in child_schemas(without(schema, "$defs")):
            kind = next((it for it in (ITEMS, MAPS) if step[0] in it), step[-1:])
            if child != {"not": {}} and (kind in (ITEMS, MAPS) or step[0] == "properties"):
                groups.setdefault(kind, []).append(((*path, *step), child))
    return groups
