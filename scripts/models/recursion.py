"""Which definitions are judged once: enough that no value is reached along many paths.

A recursive definition that an ``Assert`` refers to, or that several branches of one union reach,
would judge the inner values again at each level, which takes exponential time. So would a long
chain of such definitions, though none is recursive.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from contract.json_values import is_object
from contract.subschemas import (
    Definitions,
    Needs,
    child_schemas,
    needs_of,
    reached_from,
    referenced_names,
)
from models.tags import tag_of
from models.types import CONDITION, UNION_KEYWORDS, typed_part
from models.unions import branches_apart, branches_beside, json_types, others_than

CONTAINERS = frozenset({"array", "object"})


# Of one value. Fewer cost little, and what is judged once costs a Python call.
MOST_VISITS = 512


@dataclass(frozen=True)
class Meeting:
    """Parts of a type that judge one value: what each refers to, and the pairs of parts that the
    same array or object may enter."""

    names: list[set[str]]
    pairs: list[tuple[int, int]]


Meetings = Mapping[str, list[Meeting]]  # those within the type of each definition


def judged_once(definitions: Definitions) -> frozenset[str]:
    """The names of definitions that cut each ring in which a value is reached along many paths,
    and each chain."""
    needs = needs_of(definitions)
    meetings = {name: [*meetings_in(it, definitions)] for name, it in definitions.items()}
    repeated = repeated_names(needs, meetings)
    once = frozenset(cuts({name: definitions[name] for name in sorted(repeated)}))
    return once | chained_names(needs, meetings, once)


def repeated_names(needs: Needs, meetings: Meetings) -> set[str]:
    """The rings in which a definition enters another one of the ring more than once."""
    reached = reached_names(needs)
    ring = {name: {it for it in inner if name in reached[it]} for name, inner in reached.items()}
    return {
        inner
        for name, around in ring.items()
        if around and not around.isdisjoint(paths_to(meetings[name], reached))
        for inner in around
    }


def chained_names(needs: Needs, meetings: Meetings, once: frozenset[str]) -> set[str]:
    """The definitions that are entered along several paths, and others within them again, until a
    value is judged more than MOST_VISITS times; what is judged ``once`` ends its paths."""
    cut = {name: set[str]() if name in once else inner for name, inner in needs.items()}
    reached = reached_names(cut)
    visits = dict.fromkeys(cut, 1)
    chained, meeting = set[str](), set[str]()
    for name in sorted(cut.keys() - once, key=lambda it: len(reached[it])):  # what is within first
        paths = paths_to(meetings[name], reached)
        meeting |= {name} if paths else set()
        counts = [paths.get(it, 1) * visits[it] for it in {*paths, *cut[name]}]
        visits[name] = max(counts, default=1)
        chained |= {name, *reached[name]} & meeting if visits[name] > MOST_VISITS else set()
    return chained


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
    reached = reached_names(needs_of(definitions))
    return {
        name: frozenset(it for it in inner if name in reached[it])
        for name, inner in reached.items()
        if name in inner
    }


def reached_names(needs: Needs) -> dict[str, set[str]]:
    """All that each definition needs, through others too."""
    return {name: reached_from(name, needs) for name in needs}


def meetings_in(schema: Any, definitions: Definitions) -> Iterator[Meeting]:
    """Where the type of ``schema`` may enter a definition more than once for one value."""
    if not is_object(schema):
        return
    typed, asserted = typed_part(schema, definitions)
    names = {*referenced_names(asserted)}
    yield Meeting([names, names], [(0, 1)])
    if typed.keys() >= CONDITION:
        names_of_parts = [{*referenced_names(typed[it])} for it in ("if", "then", "else")]
        yield Meeting(names_of_parts, [(0, 1), (0, 2)])
    for word in sorted(UNION_KEYWORDS & typed.keys()):
        names_of_branches = [{*referenced_names(it)} for it in typed[word]]
        apart = branches_apart(schema, definitions) if word == "oneOf" else []
        for at in apart:  # judged, then read
            yield Meeting([names_of_branches[at]] * 2, [(0, 1)])
        branches = others_than(apart, branches_beside(schema, word))
        pairs = [(at, it) for at in apart for it in range(len(branches)) if it != at]
        yield Meeting(names_of_branches, [*pairs, *overlapping(branches, definitions)])
    for _, child in child_schemas(typed):
        yield from meetings_in(child, definitions)


def paths_to(meetings: Iterable[Meeting], reached: Mapping[str, set[str]]) -> Counter[str]:
    """The number of paths to each definition that several parts lead to."""
    paths = Counter[str]()
    for meeting in meetings:
        inner = [names.union(*(reached[it] for it in names)) for names in meeting.names]
        parts = defaultdict[str, set[int]](set)
        for pair in meeting.pairs:
            for name in inner[pair[0]] & inner[pair[1]]:
                parts[name].update(pair)
        for name, indices in parts.items():
            paths[name] += len(indices) - (name in paths)
    return paths


def overlapping(branches: list[Any], definitions: Definitions) -> Iterator[tuple[int, int]]:
    """The indices of each two branches that the same array or object may enter."""
    tag = tag_of(branches, definitions)
    ways = tag.ways if tag else [range(len(branches))]
    entered = [
        {way for way, indices in enumerate(ways) if index in indices}
        for index, _ in enumerate(branches)
    ]
    types = [json_types(it, definitions) & CONTAINERS for it in branches]
    for left, right in combinations(range(len(branches)), 2):
        told_apart = {"object"} if entered[left].isdisjoint(entered[right]) else set[str]()
        if types[left] & types[right] - told_apart:
            yield left, right
