"""What accepted breaks hide: the versions once more, the accepted edits undone in the new one.

A document may break by several edits, and not all documents are tried. So an edit that is accepted
can be the only one that a document is shown for. It accepts nothing but itself: each document that
breaks has to be as before once the accepted edits are undone.
"""

from collections.abc import Iterator

from compatibility.compare import (
    find_witnesses,
    smaller_and_greater,
    undecided_findings,
    witnessed_findings,
)
from compatibility.edits import Edit, apply_edits
from compatibility.findings import NARROWS, WIDENS, ChangeFinding
from compatibility.inclusion.prover import MAX_STEPS
from compatibility.messages import MessageRevision
from compatibility.schema_pair import SchemaPair, is_included, separate_definitions
from compatibility.witnesses import boundary_instances, differing_documents, shortest_first
from contract.json_values import without
from contract.subschemas import Schema
from documents.work import Work

LEFT_OUT = "the accepted breaks are left out here"


def hidden_findings(
    old: MessageRevision, new: MessageRevision, accepted: list[ChangeFinding]
) -> Iterator[ChangeFinding]:
    """Whom the new version still breaks if the accepted edits are undone in it."""
    pair = SchemaPair(old.schema, new.schema)
    for direction in (WIDENS, NARROWS):
        undone = accepted_edits(pair, accepted, direction)
        left = [it for it in pair.asserting_edits if it not in undone]
        if undone and left:
            yield from hidden_in(pair, direction, undone, old, new)


def accepted_edits(pair: SchemaPair, accepted: list[ChangeFinding], direction: str) -> list[Edit]:
    places = [(it.pointer, it.keyword, it.old, it.new) for it in accepted if it.effect == direction]
    edits = pair.asserting_edits
    return [it for it in edits if (it.pointer, it.keyword, it.old, it.new) in places]


def hidden_in(
    pair: SchemaPair,
    direction: str,
    undone: list[Edit],
    old: MessageRevision,
    new: MessageRevision,
) -> Iterator[ChangeFinding]:
    rest = SchemaPair(pair.old, apply_edits(pair.new, [it.inverse() for it in undone]))
    changed = SchemaPair(pair.old, changed_without(pair, rest, direction))
    smaller, greater = smaller_and_greater(changed, direction)
    least, most = smaller_and_greater(rest, direction)
    work = Work(MAX_STEPS)
    if is_included(most, least, work) or is_included(greater, smaller, work):
        return
    drawn = boundary_instances(rest.new).instances
    documents = shortest_first([*old.documents, *new.documents, *drawn])
    witnesses = differing_documents(smaller, greater, documents, thorough=True)
    witnesses = witnesses or find_witnesses(smaller, greater)
    if witnesses:
        yield from witnessed_findings(rest, direction, witnesses, old, new, changed)
    else:
        yield from undecided_findings(rest, direction, [LEFT_OUT])


def changed_without(pair: SchemaPair, rest: SchemaPair, direction: str) -> Schema:
    """The schema to compare the old one with, so that they differ on those documents on which it
    differs from the new schema whether or not the accepted edits are undone."""
    distinct, definitions = separate_definitions(rest.new, pair.new)
    both = [without(distinct, "$defs"), without(pair.new, "$defs")]
    return {"allOf" if direction == WIDENS else "anyOf": both, "$defs": definitions}
