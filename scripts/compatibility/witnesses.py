"""Documents that one schema accepts and another rejects, made short, with the edit that decides.

The boundary documents of both schemas are tried: a witness is at the edge of what changed.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from compatibility.edits import ABSENT, Edit, apply_edits
from contract.json_values import (
    is_array,
    is_equal,
    is_object,
    number_of_values,
    with_part,
    without,
)
from contract.refusal import Refused
from contract.subschemas import Schema
from documents.boundary import BoundaryDocuments
from documents.search import NONE, ValueSearch
from documents.work import OutOfWork, Work
from oracle.oracle import Oracle
from reports.lines import children

MAX_SEARCH_STEPS = 600_000  # subschemas looked at in a search; the first contract needs 3,000


MAX_SHORTENING = 50_000_000  # values in the documents that are tried to make one shorter
MAX_GRAFTED = 20_000
MAX_DIFFERING = 400  # documents of which edits are asked what they decide


DocumentPredicate = Callable[[Any], bool]


@dataclass(frozen=True)
class DrawnDocuments:
    """The boundary documents of a schema, and whether these are all."""

    instances: list[Any]
    is_complete: bool


def boundary_instances(schema: Schema) -> DrawnDocuments:
    """The boundary documents of a schema that are drawn in MAX_SEARCH_STEPS; none where nothing
    satisfies it."""
    drawn: list[Any] = []
    try:
        for document in BoundaryDocuments(schema, Work(MAX_SEARCH_STEPS)):
            drawn.append(document.instance)
    except Refused:
        pass
    except (OutOfWork, RecursionError):
        return DrawnDocuments(drawn, False)
    return DrawnDocuments(drawn, True)


def search_instances(schema: Schema, wanted: list[Schema | bool]) -> list[Any]:
    """A least and a complete value that satisfy all of ``wanted``, which stand in ``schema``, as
    far as a bounded search leads to them."""
    values: list[Any] = []
    with suppress(OutOfWork, RecursionError):
        search = ValueSearch(schema, Work(MAX_SEARCH_STEPS))
        for complete in (False, True):
            values.append(search.find({"allOf": wanted}, complete=complete))
    return [it for it in values if it is not NONE]


def grafted_documents(bases: list[Any], others: list[Any]) -> list[Any]:
    """Documents with one part of another, for where two edits meet: at most MAX_GRAFTED."""
    grafted = (it for base in bases for other in others for it in grafts(base, other))
    return [*islice(grafted, MAX_GRAFTED)]


def grafts(base: Any, other: Any) -> Iterator[Any]:
    """The value with one part of the other value at the same place."""
    if is_object(base) and is_object(other):
        for name, member in other.items():
            if name not in base or not is_equal(base[name], member):
                yield {**base, name: member}
                yield from ({**base, name: it} for it in grafts(base.get(name), member))
    elif is_array(base) and is_array(other):
        for index, pair in enumerate(zip(base, other, strict=False)):
            yield from (with_part(base, (index,), it) for it in grafts(*pair))


def doubled_documents(documents: list[Any]) -> list[Any]:
    """Documents with an item of an array twice: no keyword says so, but that none is."""
    return [*islice((it for one in documents for it in with_item_twice(one)), MAX_GRAFTED)]


def with_item_twice(value: Any) -> Iterator[Any]:
    """The value with the last item of an array within twice."""
    if is_array(value) and value:
        yield [*value, value[-1]]
    for step, inner in children(value).items():
        yield from (with_part(value, (step,), it) for it in with_item_twice(inner))


def shortest_first(documents: list[Any]) -> list[Any]:
    """Each document once, by length and then by text."""
    texts = {json.dumps(it, sort_keys=True): it for it in documents}
    return [texts[it] for it in sorted(texts, key=lambda it: (len(it), it))]


class ExpectedVerdict:
    """That a schema accepts a document, or that it does not: quickly, by jsonschema-rs, or exactly,
    by the oracle."""

    def __init__(self, schema: Schema, accepted: bool) -> None:
        self.oracle, self.accepted = Oracle(schema), accepted
        self.second: DocumentPredicate = self.oracle.second_opinion
        try:
            self.second(None)
        except ValueError:  # it does not take every pattern
            self.second = self.oracle.accepts

    def quickly(self, document: Any) -> bool:
        try:
            return self.second(document) == self.accepted
        except (ValueError, OverflowError):  # nor every number
            return self.exactly(document)

    def exactly(self, document: Any) -> bool:
        return self.oracle.accepts(document) == self.accepted


def differing_documents(
    rejecting: Schema, accepting: Schema, documents: list[Any], *, thorough: bool
) -> list[Any]:
    """Some of the documents that the one schema rejects and the other accepts.

    The quick judge tries all. If it finds none, the exact one tries all when ``thorough``.
    """
    wanted = [ExpectedVerdict(rejecting, False), ExpectedVerdict(accepting, True)]

    def differs(document: Any) -> bool:
        return all(verdict.exactly(document) for verdict in wanted)

    quick = (it for it in documents if all(verdict.quickly(it) for verdict in wanted))
    differing = [*filter(differs, islice(quick, MAX_DIFFERING))]
    return differing or [*filter(differs, documents if thorough else ())]


def attribute_witnesses(
    old: Schema,
    new: Schema,
    edits: Sequence[Edit],
    documents: list[Any],
    accepted: bool,
    differ: list[ExpectedVerdict],
) -> Iterator[tuple[Edit, Any]]:
    """For each edit that decides over one of the documents, the shortest that it decides over.

    ``documents`` are some that only the new schema accepts, or only the old one. An edit decides
    over one if it alone, made in the old schema, turns the verdict, or, if no edit does that, if it
    alone, unmade in the new one, turns it back; what none decides over alone belongs to the one at
    which the verdict turns when they are made one after the other. A document over which no other
    edit decides comes first. Whatever is shown has the verdicts ``differ``.
    """
    made = [ExpectedVerdict(apply_edits(old, [it]), accepted) for it in edits]
    joint = [it for it in documents if not any(one.quickly(it) for one in made)]
    left = documents
    for index, (edit, alone) in enumerate(zip(edits, made, strict=True)):
        unmade = apply_edits(new, [edit.inverse()])
        needed = ExpectedVerdict(unmade, not accepted)
        turned = ExpectedVerdict(apply_edits(old, edits[: index + 1]), accepted)
        ways = ((alone, documents), (needed, joint), (turned, left))
        decisive = ((it, tried) for it, tried in ways if any(map(it.quickly, tried)))
        for decides, tried in islice(decisive, 1):
            yield edit, sole_witness(differ, [alone, needed], decides, tried)
            others = index + 1 < len(edits)
            left = [it for it in left if not decides.quickly(it)] if others else []


def sole_witness(
    differ: list[ExpectedVerdict],
    sole: list[ExpectedVerdict],
    decides: ExpectedVerdict,
    documents: list[Any],
) -> Any:
    """The shortest document that differs by one edit alone, else one over which it decides."""
    ways = (sole, [decides])
    fitting = ((way, it) for way in ways for it in documents if all(v.quickly(it) for v in way))
    way, first = next(fitting)
    return shortest_witness([*differ, *way], first)


def shortest_witness(wanted: Sequence[ExpectedVerdict], document: Any) -> Any:
    """The document made as short as these verdicts allow.

    The quick judge shortens it, the exact one if that disagrees with the result.
    """
    shortened = shorten_document(document, lambda it: all(each.quickly(it) for each in wanted))
    if all(verdict.exactly(shortened) for verdict in wanted):
        return shortened
    return shorten_document(document, lambda it: all(verdict.exactly(it) for verdict in wanted))


def shorten_document(document: Any, keep: DocumentPredicate) -> Any:
    """A document that satisfies ``keep`` and does not if anything more is taken from it, or the
    shortest that was found when so many values were looked at."""
    shortest: Any = document
    turns = iter(range(MAX_SHORTENING // number_of_values(document) + 1))

    def shorter_documents() -> Iterator[Any]:
        return (it for it, _ in zip(smaller_values(shortest), turns, strict=False) if keep(it))

    while (shorter := next(shorter_documents(), ABSENT)) is not ABSENT:
        shortest = shorter
    return shortest


def smaller_values(value: Any) -> Iterator[Any]:
    """Values of shorter text, each without one part of the value, the greatest parts first."""
    yield from (it for it in PLAINEST_VALUES if len(json.dumps(it)) < len(json.dumps(value)))
    if is_object(value):
        yield from (without(value, name) for name in value)
    elif is_array(value):
        yield from ([*value[:index], *value[index + 1 :]] for index in range(len(value)))
    elif isinstance(value, str):
        yield from (value[:index] for index in range(len(value)))
    for step, inner in children(value).items():
        yield from (with_part(value, (step,), it) for it in smaller_values(inner))


# From the plainest on; two of a length do not replace each other.
PLAINEST_VALUES: tuple[Any, ...] = (0, "", [], {}, None, True, False)
