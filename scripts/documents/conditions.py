"""The parts of an ``allOf`` whose conditions exclude each other by the value of a member."""

from collections.abc import Iterable, Iterator
from typing import Any

from contract.json_values import equality_key, is_object
from contract.subschemas import Schema, listed_values

Keys = frozenset[object]


def exclusive_conditions(parts: Iterable[Any]) -> list[Schema]:
    """The parts with ``if`` of which no two can be met, as far as the constants of one member
    tell: the most that there are."""
    groups: dict[str, list[tuple[Keys, Schema]]] = {}
    for part in parts:
        for name, keys in constants_by_name(part):
            group = groups.setdefault(name, [])
            if all(keys.isdisjoint(others) for others, _ in group):
                group.append((keys, part))
    none: list[tuple[Keys, Schema]] = []
    largest = max(groups.values(), key=len, default=none)
    return [part for _, part in largest] if len(largest) > 1 else []


def constants_by_name(part: Any) -> Iterator[tuple[str, Keys]]:
    """The members that the condition of a part has constants of, with keys of these."""
    condition = part.get("if") if is_object(part) else None
    for name, member in condition.get("properties", {}).items() if is_object(condition) else ():
        schema: Schema = member if is_object(member) else {}
        values = listed_values(schema)
        if values:
            yield name, frozenset(map(equality_key, values))
