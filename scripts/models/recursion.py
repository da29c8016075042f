"""Which definitions are judged once: enough that no value is reached along many paths.

A recursive definition that an ``Assert`` refers to, or that several branches of one union reach,
would judge the inner values again at each level, which takes exponential time.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from contract.json_values import is_object
from contract.subschemas import (
    Definitions,
    Schema,
    child_schemas,
    reachable_names,
    referenced_names,
)
from models.types import UNION_KEYWORDS, typed_part
from models.unions import json_types, tag_of

CONTAINERS = frozenset({"array", "object"})


def judged_once(definitions: Definitions) -> frozenset[str]:
    """The names of definitions that cut each ring in which a value is reached along many paths."""
    ring = rings(definitions)
    repeated = {
        inner
        for name in ring
        if not ring[name].isdisjoint(revisited_names(definitions[name], definitions))
        for inner in ring[name]
    }
    return frozenset(cuts({name: definitions[name] for name in sorted(repeated)}))


def cuts(definitions: Definitions) -> Iterator[str]:
    """Definitions without which no other of them is recursive."""
    left = dict(definitions)
    while ring := rings(left):
        inner = [name for it in ring for name in referenced_names(left[it])]
        most = max(ring, key=inner.count)
        yield most
        del left[most]


def rings(definitions: Definitions) -> dict[str, frozenset[str]]:
    """For each definition that needs itself, all definitions that need it and that it needs."""
    needs = {
        name: {it for it in referenced_names(schema) if it in definitions}
        for name, schema in definitions.items()
    }
    reached = {name: reachable(name, needs) for name in definitions}
    return {
        name: frozenset(it for it in inner if name in reached[it])
        for name, inner in reached.items()
        if name in inner
    }


def reachable(name: str, needs: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = set[str](), [name]
    while waiting:
        new = needs[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached


def revisited_names(schema: Any, definitions: Definitions) -> Iterator[str]:
    """The definitions that the type of ``schema`` may enter more than once for one value."""
    if not is_object(schema):
        return
    typed, asserted = typed_part(schema, definitions)
    yield from closure(asserted, definitions)
    for word in sorted(UNION_KEYWORDS & typed.keys()):
        yield from shared_names(typed[word], definitions)
    for _, child in child_schemas(typed):
        yield from revisited_names(child, definitions)


def closure(schema: Schema, definitions: Definitions) -> set[str]:
    return {*referenced_names(schema), *reachable_names(schema, definitions)}


def shared_names(branches: list[Any], definitions: Definitions) -> Iterator[str]:
    """What each of two branches leads to that the same array or object may enter."""
    tag = tag_of(branches, definitions)
    for (left, one), (right, other) in combinations(enumerate(branches), 2):
        types = json_types(one, definitions) & json_types(other, definitions) & CONTAINERS
        told_apart = tag and not any({left, right} <= {*it} for it in tag.branches.values())
        if types - ({"object"} if told_apart else set[str]()):
            yield from closure(one, definitions) & closure(other, definitions)
