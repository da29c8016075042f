"""One message, old and new -> what changed for whom: verdict, findings, the version it asks for.

Two axes: *wire*, the sets of documents, told apart by proofs (``inclusion.py``) and witnesses
(``witnesses.py``); *source*, the Python names and types that consumers use (``interface.py``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from compatibility.edits import ABSENT, Edit, apply_edits, without_definitions
from compatibility.inclusion.automata import is_beyond_automata
from compatibility.inclusion.prover import MAX_STEPS
from compatibility.negations import without_negations
from compatibility.python_api import ApiChange, ApiClass, api_changes, api_classes
from compatibility.revisions import Revision
from compatibility.schema_pair import SchemaPair, is_included, separate_definitions
from compatibility.witnesses import (
    MAX_SEARCH_STEPS,
    DrawnDocuments,
    attribute_witnesses,
    boundary_instances,
    differing_documents,
    search_instances,
    shortest_first,
)
from contract.project import PACKAGE
from contract.read import build_module
from contract.settings import AcceptedBreak
from contract.subschemas import Schema, subschemas
from documents.work import Work
from models.classes import PythonModule, python_module
from models.emit import module_texts
from oracle.oracle import Oracle, oracle_for
from output.package import runtime_modules
from proof.agreement import verdicts_of
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel

BUMPS = ("none", "patch", "minor", "major")


WIDENS, NARROWS, CROSSES, SAME, UNDECIDED = "widens", "narrows", "crosses", "same", "undecided"


# Who breaks, being on the old version, and who moves first.
WHO_BREAKS = {WIDENS: "readers", NARROWS: "writers"}


UPGRADE_ORDER = {
    WIDENS: "upgrade readers first, then writers",
    NARROWS: "upgrade writers first, then readers",
    CROSSES: "neither order is safe: carry both versions side by side until all have moved",
}


@dataclass(frozen=True)
class ChangeFinding:
    """What an edit does: ``effect`` on those it ``breaks``, with a ``witness`` (ABSENT if it needs
    none) that one version rejects at ``place``; ``mild`` if only documents break that have a key
    which nothing had described. ``keyword`` is the one that was edited, "" if it is no edit.
    ``fingerprint`` names what breaks, and ``accepted`` is the owner's entry for it. ``may_break``
    is who breaks if what is undecided turns out so. ``forbidden_by`` names what forbids this in
    every version, ``allowed_by`` what allows it in every version that is not a patch."""

    pointer: str
    old: Any
    new: Any
    effect: str
    breaks: str | None = None
    witness: Any = ABSENT
    mild: bool = False
    rejected_at: str = ""
    says: str = ""
    keyword: str = ""
    fingerprint: str = ""
    accepted: AcceptedBreak | None = None
    may_break: str | None = None
    forbidden_by: str = ""
    allowed_by: str = ""


@dataclass(frozen=True)
class MessageComparison:
    """What became of one message, by its place ``MODULE/MESSAGE``."""

    message: str
    verdict: str
    bump: str
    findings: list[ChangeFinding] = field(default_factory=list[ChangeFinding])

    @property
    def is_undecided(self) -> bool:
        """Whether something is undecided that is not allowed in any case."""
        doubts = [it for it in self.findings if it.effect == UNDECIDED]
        return self.verdict == UNDECIDED and not all(it.allowed_by for it in doubts)

    @property
    def is_forbidden(self) -> bool:
        return any(it.forbidden_by and it.accepted is None for it in self.findings)


@dataclass(frozen=True)
class MessageRevision:
    """A message in one revision of the contract."""

    revision: Revision
    message: str

    @property
    def name(self) -> str:
        return self.message.split("/")[1]

    @property
    def schema(self) -> Schema:
        """In normal form."""
        return self.revision.contract.modules[self.message.split("/")[0]].messages[self.name]

    @cached_property
    def oracle(self) -> Oracle:
        return oracle_for(self.revision.contract, *self.message.split("/"))

    @property
    def source(self) -> bytes:
        """The module that is generated of this message alone."""
        return module_source(self.revision, self.message)

    @property
    def drawn(self) -> DrawnDocuments:
        return message_documents(self.revision, self.message)

    @property
    def documents(self) -> list[Any]:
        return self.drawn.instances

    @property
    def python_classes(self) -> Mapping[str, ApiClass]:
        """Those that the message is made of."""
        return api_classes(message_module(self.revision, self.message))

    def accepted(self, documents: list[Any]) -> list[bool | None]:
        """What the models say of each document; None where one of them contradicts the schema."""
        module = self.message.split("/")[0]
        files = {"__init__.py": b"", **runtime_modules([self.source]), f"{module}.py": self.source}
        with imported_package({f"{PACKAGE}/{path}": it for path, it in files.items()}) as package:
            model = model_in(package, module, self.name)
            return [self.agreed_verdict(model, document) for document in documents]

    def agreed_verdict(self, model: type[BaseModel], document: Any) -> bool | None:
        said = {isinstance(it, BaseModel) for it in verdicts_of(model, document).values()}
        said.add(self.oracle.accepts(document))
        return said.pop() if len(said) == 1 else None


@cache
def message_module(revision: Revision, message: str) -> PythonModule:
    side = MessageRevision(revision, message)
    module = message.split("/")[0]
    names = revision.contract.modules[module].names
    alone = build_module(module, {side.name: side.schema})
    return python_module(module, replace(alone, names=names))


@cache
def module_source(revision: Revision, message: str) -> bytes:
    module = message_module(revision, message)
    return module_texts({module.name: module}, formatted=False)[module.name]


@cache
def message_documents(revision: Revision, message: str) -> DrawnDocuments:
    """The boundary documents of a message."""
    return boundary_instances(MessageRevision(revision, message).schema)


def compare_messages(
    old: MessageRevision, new: MessageRevision, *, strict: bool = False
) -> MessageComparison:
    """What changed from one to the other; ``strict`` takes what is mild for what it is."""
    pair = SchemaPair(old.schema, new.schema)
    verdict, wire = compare_wire(pair, old, new)
    changes = list(api_changes(old.python_classes, new.python_classes))
    notes = [*default_findings(pair), *python_findings(changes)]
    bumps = [
        wire_bump(pair, verdict, strict),
        *("major" if it.breaks else "minor" for it in changes),
        *("minor" for it in pair.edits if it.keyword == "default"),
        "patch",
    ]
    return MessageComparison(new.message, verdict, max(bumps, key=BUMPS.index), [*wire, *notes])


# Wire.


def compare_wire(
    pair: SchemaPair, old: MessageRevision, new: MessageRevision
) -> tuple[str, list[ChangeFinding]]:
    """The verdict on the sets of documents, and why: witnesses, or where there are none proofs."""
    documents = [] if pair.is_unedited else shortest_first([*old.documents, *new.documents])
    findings: list[ChangeFinding] = []
    differs: dict[str, bool] = {}
    for direction in (WIDENS, NARROWS):
        smaller, greater = smaller_and_greater(pair, direction)
        work = Work(MAX_STEPS)
        proven = is_included(greater, smaller, work)
        widens = direction == WIDENS
        found = differing_documents(pair.old, pair.new, documents, widens, thorough=not proven)
        found = found or ([] if proven else find_witnesses(smaller, greater))
        differs[direction] = bool(found)
        if found and not proven:
            findings += witnessed_findings(pair, direction, found, old, new)
        elif found or not proven:
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


def find_witnesses(smaller: Schema, greater: Schema) -> list[Any]:
    """A witness that is at no boundary, if one is found."""
    distinct, definitions = separate_definitions(greater, smaller)
    accepted, denied = without_definitions(distinct), without_definitions(smaller)
    for negated in ({"not": denied}, without_negations({"not": denied}, definitions)):
        values = search_instances({"$defs": definitions}, [accepted, negated])
        witnesses = differing_documents(smaller, greater, values, True, thorough=True)
        if witnesses:
            return witnesses
    return []


def witnessed_findings(
    pair: SchemaPair,
    direction: str,
    documents: list[Any],
    old: MessageRevision,
    new: MessageRevision,
) -> Iterator[ChangeFinding]:
    """A finding for each edit that decides, its witness run through schemas and models."""
    widens = direction == WIDENS
    found = list(attribute_witnesses(pair.old, pair.new, pair.asserting_edits, documents, widens))
    found = found or [(WHOLE_SCHEMA_EDIT, documents[0])]
    shown = [witness for _, witness in found]
    expected = (False, True) if direction == WIDENS else (True, False)
    said = zip(old.accepted(shown), new.accepted(shown), strict=True)
    for (edit, witness), answers in zip(found, said, strict=True):
        finding = finding_of(edit, direction, WHO_BREAKS[direction], witness)
        if answers == expected:
            place = rejection_place(old if direction == WIDENS else new, witness)
            yield replace(finding, mild=edit in pair.mild, rejected_at=place)
        else:
            yield replace(
                finding_of(edit, UNDECIDED, None, witness),
                says=CONTRADICTION_TEXT,
                may_break=WHO_BREAKS[direction],
            )


def rejection_place(side: MessageRevision, witness: Any) -> str:
    """Where and by which keyword a message's schema rejects a document."""
    faults = sorted(side.oracle.faults_of(witness), key=lambda it: (it.instance, it.keyword))
    keyword = faults[0].keyword.rpartition("/")[2] or "false"
    return f"{faults[0].instance or 'its root'} ({keyword})"


WHOLE_SCHEMA_EDIT = Edit((), "", ABSENT, ABSENT)  # where it is no edit that is known


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


HARD_PATTERN = r"the pattern {!r} has \b, \p or too many states, so it is compared as text alone"


def hard_patterns(*schemas: Schema) -> list[str]:
    """The patterns of which automata cannot tell what they match."""
    inner = [it for schema in schemas for _, it in subschemas(schema)]
    texts = [text for it in inner for text in it.get("patternProperties", ())]
    texts += [it["pattern"] for it in inner if "pattern" in it]
    return [it for it in dict.fromkeys(texts) if is_beyond_automata(it)]


def undecided_findings(
    pair: SchemaPair, direction: str, left: list[str]
) -> Iterator[ChangeFinding]:
    """The edits of which by themselves it is not known what they do, or all; ``left`` says what
    was not looked at."""
    says = "; ".join([UNDECIDED_TEXT[direction], *left])

    def harmless(edit: Edit) -> bool:
        alone = apply_edits(pair.old, [edit])
        return pair.is_included(*((alone, pair.old) if direction == WIDENS else (pair.old, alone)))

    found = [it for it in pair.asserting_edits if not harmless(it)] or pair.asserting_edits
    for edit in found or [WHOLE_SCHEMA_EDIT]:
        doubt = finding_of(edit, UNDECIDED)
        yield replace(doubt, says=says, may_break=WHO_BREAKS[direction])


def finding_of(
    edit: Edit, effect: str, breaks: str | None = None, witness: Any = ABSENT
) -> ChangeFinding:
    values = edit.old, edit.new
    return ChangeFinding(edit.pointer, *values, effect, breaks, witness, keyword=edit.keyword)


def wire_bump(pair: SchemaPair, verdict: str, strict: bool) -> str:
    if verdict == SAME:
        return "none"
    return "minor" if verdict != UNDECIDED and pair.is_mild and not strict else "major"


# Meaning and source.


def default_findings(pair: SchemaPair) -> Iterator[ChangeFinding]:
    """What verdicts do not tell: what readers take an absent member for."""
    for edit in pair.edits:
        if edit.keyword == "default":
            says = "verdicts are as before; whoever fills in the default reads an absent member so"
            yield replace(finding_of(edit, "note"), says=says)


def python_findings(changes: Iterable[ApiChange]) -> Iterator[ChangeFinding]:
    for change in changes:
        if change.breaks:
            new = ABSENT if change.new is None else change.new
            yield ChangeFinding(change.name, change.old, new, "source", says=PYTHON_CHANGE_TEXT)


PYTHON_CHANGE_TEXT = "Python code that uses this name or type has to change"
