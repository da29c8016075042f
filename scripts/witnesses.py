"""Documents that one schema accepts and another rejects: found, made short, and by which edit.

The boundary documents of both schemas are tried, so a witness is at the edge of what changed.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from documents import Documents
from edits import ABSENT, Edit, applied
from errors import Refused
from examples import NONE, Examples
from oracle import Oracle
from values import Schema, is_array, is_object

Keep = Callable[[Any], bool]


def boundary(schema: Schema) -> list[Any]:
    """The boundary documents of a schema; none where nothing satisfies it."""
    try:
        return [document.instance for document in Documents(schema)]
    except Refused:
        return []


def searched(schema: Schema, wanted: list[Schema | bool]) -> Iterator[Any]:
    """Values that satisfy all of ``wanted``, which stand in ``schema``, from a bounded search."""
    examples = Examples(schema)
    for complete in (False, True):
        found = examples.find({"allOf": wanted}, complete=complete)
        if found is not NONE:
            yield found


def shortest_first(documents: list[Any]) -> list[Any]:
    """Each document once, by length and then by text."""
    texts = {json.dumps(it, sort_keys=True): it for it in documents}
    return [texts[it] for it in sorted(texts, key=lambda it: (len(it), it))]


def attributed(
    old: Schema, new: Schema, edits: Sequence[Edit], documents: list[Any]
) -> Iterator[tuple[Edit, Any]]:
    """For each edit that decides over one of the documents, the shortest that it decides over.

    ``documents`` are those on which the schemas differ in one direction. An edit decides over one
    if it alone, made in the old schema, turns the verdict, or unmade in the new one turns it back;
    what none decides over alone belongs to the one at which the verdict turns when they are made
    one after the other.
    """
    before, after = Oracle(old).accepts, Oracle(new).accepts
    verdict = after(documents[0])
    differ = is_both(said(before, not verdict), said(after, verdict))
    left = documents
    for index, edit in enumerate(edits):
        made, unmade = applied(old, [edit]), applied(new, [edit.reverted()])
        ways = (
            (said(Oracle(made).accepts, verdict), documents),
            (said(Oracle(unmade).accepts, not verdict), documents),
            (said(Oracle(applied(old, edits[: index + 1])).accepts, verdict), left),
        )
        decides = next((keep for keep, tried in ways if any(map(keep, tried))), None)
        if decides:
            first = next(filter(decides, documents))
            yield edit, shortened(first, is_both(decides, differ))
            others = index + 1 < len(edits)
            left = [it for it in left if not decides(it)] if others else []


def said(accepts: Keep, verdict: bool) -> Keep:
    """Whether that is the verdict on a document."""
    return lambda document: accepts(document) == verdict


def is_both(one: Keep, other: Keep) -> Keep:
    return lambda document: one(document) and other(document)


def shortened(document: Any, keep: Keep) -> Any:
    """A document that nothing can be taken from without losing what ``keep`` asks for."""
    found: Any = document
    while (shorter := next(filter(keep, smaller(found)), ABSENT)) is not ABSENT:
        found = shorter
    return found


def smaller(value: Any) -> Iterator[Any]:
    """Values with something less in them, the greatest steps first; their texts are shorter."""
    plainer = (it for it in PLAIN if len(json.dumps(it)) < len(json.dumps(value)))
    yield from plainer
    if is_object(value):
        for name in value:
            yield {key: it for key, it in value.items() if key != name}
        for name, member in value.items():
            yield from ({**value, name: it} for it in smaller(member))
    elif is_array(value):
        for index in range(len(value)):
            yield [*value[:index], *value[index + 1 :]]
        for index, item in enumerate(value):
            yield from ([*value[:index], it, *value[index + 1 :]] for it in smaller(item))
    elif isinstance(value, str):
        yield from (value[:index] for index in range(len(value)))


# From the plainest on; two of a length do not replace each other.
PLAIN: tuple[Any, ...] = (0, "", [], {}, None, True, False)
