"""One message, old and new -> what changed for whom: verdict, findings, the version it asks for.

Two axes: *wire*, the sets of documents, compared by proofs (``inclusion/``) and witnesses
(``witnesses.py``); *source*, the Python names and types that consumers use (``python_api.py``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from compatibility.deprecation import (
    announcements,
    early_findings,
    retired_finding,
    retired_members,
)
from compatibility.edits import ABSENT, Edit, apply_edits
from compatibility.findings import (
    BUMPS,
    CROSSES,
    NARROWS,
    SAME,
    UNDECIDED,
    WHO_BREAKS,
    WIDENS,
    ChangeFinding,
    MessageComparison,
    finding_of,
)
from compatibility.inclusion.automata import is_beyond_automata
from compatibility.inclusion.prover import MAX_STEPS
from compatibility.messages import MessageRevision
from compatibility.negations import ways_to_differ
from compatibility.python_api import ApiChange, api_changes
from compatibility.schema_pair import SchemaPair, is_included, separate_definitions
from compatibility.witnesses import (
    MAX_SEARCH_STEPS,
    ExpectedVerdict,
    attribute_witnesses,
    differing_documents,
    doubled_documents,
    grafted_documents,
    search_instances,
    shortest_first,
)
from contract.json_values import is_equal, without
from contract.subschemas import Schema, subschemas
from documents.work import Work
from oracle.oracle import Oracle


def compare_messages(
    old: MessageRevision, new: MessageRevision, today: date, *, strict: bool = False
) -> MessageComparison:
    """The comparison of two messages; with ``strict`` a mild change counts as any other."""
    pair = SchemaPair(old.schema, new.schema)
    verdict, wire = compare_wire(pair, old, new)
    retired = retired_members(pair, today)
    before = (
        old.python_classes_of(apply_edits(old.schema, retired)) if retired else old.python_classes
    )
    changes = [*api_changes(before, new.python_classes)]
    defaults, announced = [*default_findings(pair)], [*announcements(pair)]
    gone = [retired_finding(it, old.revision, old.message) for it in retired]
    findings = [
        *with_sunsets(wire, gone),
        *early_findings(pair, today),
        *defaults,
        *announced,
        *python_findings(changes),
    ]
    bumps = [
        least_bump(old, new),
        wire_bump(pair, verdict, strict),
        *("major" if it.breaks else "minor" for it in changes),
        *("minor" for _ in [*defaults, *announced, *gone]),
    ]
    return MessageComparison(new.message, verdict, max(bumps, key=BUMPS.index), findings)


def least_bump(old: MessageRevision, new: MessageRevision) -> str:
    """A patch version if the file of the message or what the message shows has other words."""
    texts = [it.revision.schema_files.get(f"{it.message}.json") for it in (old, new)]
    alike = texts[0] == texts[1] and is_equal(old.schema, new.schema)
    return "none" if alike else "patch"


def with_sunsets(wire: list[ChangeFinding], gone: list[ChangeFinding]) -> Iterator[ChangeFinding]:
    """The findings on the wire and those of what is gone after its sunset, one for each edit."""
    says = {it.pointer: it.says for it in gone}
    removed = {it.pointer for it in wire if it.breaks and it.new is ABSENT}
    yield from (
        replace(it, says=says.get(it.pointer, "")) if it.pointer in removed else it for it in wire
    )
    yield from (it for it in gone if it.pointer not in removed)


# Wire.


def compare_wire(
    pair: SchemaPair, old: MessageRevision, new: MessageRevision
) -> tuple[str, list[ChangeFinding]]:
    """The verdict on the sets of documents, and its reasons: witnesses, else proofs."""
    documents = [] if pair.is_unedited else shortest_first([*old.documents, *new.documents])
    findings: list[ChangeFinding] = []
    differs: dict[str, bool] = {}
    for direction in (WIDENS, NARROWS):
        smaller, greater = smaller_and_greater(pair, direction)
        work = Work(MAX_STEPS)
        proven = is_included(greater, smaller, work)
        witnesses = differing_documents(smaller, greater, documents, thorough=not proven)
        witnesses = witnesses or ([] if proven else search_witnesses(pair, direction, old, new))
        differs[direction] = bool(witnesses)
        if witnesses and not proven:
            findings += witnessed_findings(pair, direction, witnesses, old, new)
        elif witnesses or not proven:
            left = [
                *([] if old.drawn.is_complete and new.drawn.is_complete else [MORE_DOCUMENTS]),
                *([MORE_CASES] if work.is_done else []),
                *(HARD_PATTERN.format(it) for it in hard_patterns(pair.old, pair.new)),
            ]
            findings += undecided_findings(pair, direction, left)
    if any(it.effect == UNDECIDED for it in findings):
        return UNDECIDED, findings
    return VERDICT_BY_DIRECTIONS[differs[WIDENS], differs[NARROWS]], findings


VERDICT_BY_DIRECTIONS: Mapping[tuple[bool, bool], str] = {
    (False, False): SAME,
    (True, False): WIDENS,
    (False, True): NARROWS,
    (True, True): CROSSES,
}


def smaller_and_greater(pair: SchemaPair, direction: str) -> tuple[Schema, Schema]:
    """The schema that rejects, and the one that accepts what the other rejects."""
    return (pair.old, pair.new) if direction == WIDENS else (pair.new, pair.old)


def search_witnesses(
    pair: SchemaPair, direction: str, old: MessageRevision, new: MessageRevision
) -> list[Any]:
    """Witnesses that are no boundary document of either side, or none of those that are drawn."""
    smaller, greater = smaller_and_greater(pair, direction)
    witnesses = differing_documents(smaller, greater, pair.trimmed_documents, thorough=False)
    witnesses = witnesses or find_witnesses(smaller, greater)
    if witnesses:
        return witnesses
    accepting, rejecting = (new, old) if direction == WIDENS else (old, new)
    grafted = grafted_documents(accepting.documents[:2], rejecting.documents)
    doubled = doubled_documents(accepting.documents)
    return differing_documents(smaller, greater, [*grafted, *doubled], thorough=False)


def find_witnesses(smaller: Schema, greater: Schema) -> list[Any]:
    """Witnesses away from the boundaries; empty if the search finds none."""
    distinct, definitions = separate_definitions(greater, smaller)
    accepted, denied = without(distinct, "$defs"), without(smaller, "$defs")
    for way in ways_to_differ(accepted, denied, definitions):
        values = search_instances({"$defs": definitions}, way)
        witnesses = differing_documents(smaller, greater, values, thorough=True)
        if witnesses:
            return witnesses
    return []


def lone_witnesses(pair: SchemaPair, direction: str, edits: Iterable[Edit]) -> Iterator[Any]:
    """Witnesses that some of the edits decide over: documents at the boundary of such an edit may
    all differ by another one already. A property that comes or goes breaks whoever has the member
    without a schema, which is said where no other edit is."""
    smaller, greater = smaller_and_greater(pair, direction)
    ways = ((it, it.inverse() if direction == WIDENS else it) for it in edits)
    each = (apply_edits(greater, [way]) for it, way in ways if not is_of_one_property(it))
    open_questions = (it for it in each if not pair.is_included(greater, it))
    for changed in islice(open_questions, MOST_LONE_EDITS):
        trimmed = SchemaPair(greater, changed).trimmed_documents
        some = differing_documents(changed, greater, trimmed, thorough=False)
        yield from differing_documents(smaller, greater, some, thorough=False)


MOST_LONE_EDITS = 4  # each of which takes as long as the documents of a message


def is_of_one_property(edit: Edit) -> bool:
    """Whether a property comes or goes."""
    return edit.keyword == "properties" and ABSENT in (edit.old, edit.new)


def witnessed_findings(
    pair: SchemaPair,
    direction: str,
    documents: list[Any],
    old: MessageRevision,
    new: MessageRevision,
    differing: SchemaPair | None = None,
) -> Iterator[ChangeFinding]:
    """A finding for each edit that decides, its witness run through schemas and models. A witness
    is one of the pair ``differing``, where that is another one."""
    who, widens = WHO_BREAKS[direction], direction == WIDENS
    smaller, greater = smaller_and_greater(differing or pair, direction)
    differ = [ExpectedVerdict(smaller, False), ExpectedVerdict(greater, True)]
    witnessed = decided_edits(pair, direction, documents, differ)
    shown = [witness for _, witness in witnessed]
    verdicts = zip(old.accepted(shown), new.accepted(shown), strict=True)
    for (edit, witness), answers in zip(witnessed, verdicts, strict=True):
        if answers == (not widens, widens):
            place = rejection_place(pair, direction, edit, witness)
            more = {"mild": edit in pair.mild, "rejected_at": place, "breaks": who}
            yield finding_of(edit, direction, witness=witness, **more)
        else:
            more = {"says": CONTRADICTION_TEXT, "may_break": who}
            yield finding_of(edit, UNDECIDED, witness=witness, **more)


def decided_edits(
    pair: SchemaPair, direction: str, documents: list[Any], differ: list[ExpectedVerdict]
) -> list[tuple[Edit, Any]]:
    """Each edit that decides over a document, with that; the whole if no single one does."""
    edits = pair.asserting_edits

    def attribute(tried: list[Any]) -> list[tuple[Edit, Any]]:
        is_new = direction == WIDENS
        return [*attribute_witnesses(pair.old, pair.new, edits, tried, is_new, differ)]

    decided = attribute(documents)
    shown = [edit for edit, _ in decided]
    lone = lone_witnesses(pair, direction, [it for it in edits if it not in shown])
    more = [it for it in lone if all(one.exactly(it) for one in differ)]
    decided = attribute([*documents, *more]) if more else decided
    return decided or [(whole_schema_edit(pair), documents[0])]


def rejection_place(pair: SchemaPair, direction: str, edit: Edit, witness: Any) -> str:
    """Where and by which keyword one schema rejects a document because of the edit."""
    rejecting, _ = smaller_and_greater(pair, direction)
    way = edit if direction == WIDENS else edit.inverse()
    every = Oracle(rejecting).faults_of(witness)
    own = every - Oracle(apply_edits(rejecting, [way])).faults_of(witness)
    faults = sorted(own or every, key=lambda it: (it.instance, it.keyword))
    keyword = faults[0].keyword.rpartition("/")[2] or "false"
    return f"{faults[0].instance or 'its root'} ({keyword})"


def whole_schema_edit(pair: SchemaPair) -> Edit:
    """The edit that stands for all edits where no single one is known to decide."""
    return Edit((), "", pair.old, pair.new)


CONTRADICTION_TEXT = "schema and models disagree on the witness; report this schema"


UNDECIDED_TEXT = {
    WIDENS: "it is neither proven that old readers accept all that is allowed now, nor is there"
    " a document that they reject; write the schema otherwise",
    NARROWS: "it is neither proven that all that was allowed is accepted now, nor is there a"
    " document that is rejected; write the schema otherwise",
}


# What was left when the work was done.
MORE_DOCUMENTS = f"documents beyond {MAX_SEARCH_STEPS:,} steps of their search are not tried"


MORE_CASES = f"cases beyond {MAX_STEPS:,} steps of the proof are not looked at"


HARD_PATTERN = "the pattern {!r} has too many states, so it is compared as text alone"


def hard_patterns(*schemas: Schema) -> list[str]:
    """The patterns that automata cannot decide within their bounds."""
    inner = [it for schema in schemas for _, it in subschemas(schema)]
    texts = [text for it in inner for text in it.get("patternProperties", ())]
    texts += [it["pattern"] for it in inner if "pattern" in it]
    return [it for it in dict.fromkeys(texts) if is_beyond_automata(it)]


def undecided_findings(
    pair: SchemaPair, direction: str, left: list[str]
) -> Iterator[ChangeFinding]:
    """The edits whose own effect is not known, or all edits; ``left`` names what was not tried."""
    says = "; ".join([UNDECIDED_TEXT[direction], *left])

    def harmless(edit: Edit) -> bool:
        alone = apply_edits(pair.old, [edit])
        return pair.is_included(*((alone, pair.old) if direction == WIDENS else (pair.old, alone)))

    edits = [it for it in pair.asserting_edits if not harmless(it)] or pair.asserting_edits
    for edit in edits or [whole_schema_edit(pair)]:
        yield finding_of(edit, UNDECIDED, says=says, may_break=WHO_BREAKS[direction])


def wire_bump(pair: SchemaPair, verdict: str, strict: bool) -> str:
    if verdict == SAME:
        return "none"
    return "minor" if verdict != UNDECIDED and pair.is_mild and not strict else "major"


# Meaning and source.


def default_findings(pair: SchemaPair) -> Iterator[ChangeFinding]:
    """The changes that verdicts do not show: what readers take an absent member for."""
    for edit in pair.edits:
        if edit.keyword == "default":
            yield finding_of(edit, "note", says=DEFAULT_CHANGE_TEXT)


def python_findings(changes: Iterable[ApiChange]) -> Iterator[ChangeFinding]:
    for change in changes:
        if change.breaks:
            new = ABSENT if change.new is None else change.new
            yield ChangeFinding(change.name, change.old, new, "source", says=PYTHON_CHANGE_TEXT)


DEFAULT_CHANGE_TEXT = "verdicts are as before; what readers fill in for an absent member changes"
PYTHON_CHANGE_TEXT = "Python code that uses this name or type has to change"
