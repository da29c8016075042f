"""One message, old and new -> what changed for whom: verdict, findings, the version it asks for.

Two axes: *wire*, the sets of documents, told apart by proofs (``inclusion.py``) and witnesses
(``witnesses.py``); *source*, the Python names and types that consumers use (``interface.py``).
"""

import importlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

import interface
import models
from contract import assembled
from drift import PACKAGE
from editions import Edition
from edits import ABSENT, Edit, applied, body
from generate import runtime
from oracle import Oracle
from pair import Pair, apart, included
from proof import imported, oracle, verdicts
from pydantic import BaseModel
from values import Schema
from witnesses import attributed, boundary, differing, searched, shortest_first

BUMPS = ("none", "patch", "minor", "major")
WIDENS, NARROWS, CROSSES, SAME, UNDECIDED = "widens", "narrows", "crosses", "same", "undecided"
# Who breaks, being on the old version, and who moves first.
BREAKS = {WIDENS: "readers", NARROWS: "writers"}
ORDER = {
    WIDENS: "upgrade readers first, then writers",
    NARROWS: "upgrade writers first, then readers",
    CROSSES: "neither order is safe: carry both versions side by side until all have moved",
}


@dataclass(frozen=True)
class Finding:
    """What an edit does: ``effect`` on those it ``breaks``, with a ``witness`` (ABSENT if it needs
    none) that one version rejects at ``place``; ``mild`` if only documents break that have a key
    which nothing had described."""

    pointer: str
    old: Any
    new: Any
    effect: str
    breaks: str | None = None
    witness: Any = ABSENT
    mild: bool = False
    place: str = ""
    says: str = ""


@dataclass(frozen=True)
class Comparison:
    """What became of one message, by its place ``MODULE/MESSAGE``."""

    message: str
    verdict: str
    bump: str
    findings: list[Finding] = field(default_factory=list[Finding])


@dataclass(frozen=True)
class Side:
    """A message in one edition of the contract."""

    edition: Edition
    message: str

    @property
    def name(self) -> str:
        return self.message.split("/")[1]

    @property
    def schema(self) -> Schema:
        """In normal form."""
        return self.edition.contract.modules[self.message.split("/")[0]].messages[self.name]

    @cached_property
    def oracle(self) -> Oracle:
        return oracle(self.edition.contract, *self.message.split("/"))

    @property
    def source(self) -> bytes:
        """The module that is generated of this message alone."""
        return source(self.edition, self.message)

    @property
    def documents(self) -> list[Any]:
        return documents(self.edition, self.message)

    @property
    def classes(self) -> Mapping[str, interface.Class]:
        """Those that the message is made of."""
        return interface.classes(self.source)

    def accepted(self, documents: list[Any]) -> list[bool | None]:
        """What the models say of each document; None where one of them contradicts the schema."""
        module = self.message.split("/")[0]
        files = {"__init__.py": b"", **runtime([self.source]), f"{module}.py": self.source}
        with imported({f"{PACKAGE}/{path}": it for path, it in files.items()}) as package:
            model = getattr(importlib.import_module(f"{package}.{module}"), self.name)
            return [self.agreed(model, document) for document in documents]

    def agreed(self, model: type[BaseModel], document: Any) -> bool | None:
        said = {isinstance(it, BaseModel) for it in verdicts(model, document).values()}
        said.add(self.oracle.accepts(document))
        return said.pop() if len(said) == 1 else None


@cache
def source(edition: Edition, message: str) -> bytes:
    side = Side(edition, message)
    module = message.split("/")[0]
    return models.source(module, assembled(module, {side.name: side.schema}))


@cache
def documents(edition: Edition, message: str) -> list[Any]:
    """The boundary documents of a message."""
    return boundary(Side(edition, message).schema)


def compare(old: Side, new: Side, *, strict: bool = False) -> Comparison:
    """What changed from one to the other; ``strict`` takes what is mild for what it is."""
    pair = Pair(old.schema, new.schema)
    verdict, wire = judged(pair, old, new)
    changes = list(interface.changes(old.classes, new.classes))
    notes = [*defaults(pair), *sources(changes)]
    bumps = [
        wire_bump(pair, verdict, strict),
        *("major" if it.breaks else "minor" for it in changes),
        *("minor" for it in pair.edits if it.word == "default"),
        "patch",
    ]
    return Comparison(new.message, verdict, max(bumps, key=BUMPS.index), [*wire, *notes])


# Wire.


def judged(pair: Pair, old: Side, new: Side) -> tuple[str, list[Finding]]:
    """The verdict on the sets of documents, and why: witnesses, or where there are none proofs."""
    documents = [] if pair.unedited else shortest_first([*old.documents, *new.documents])
    findings: list[Finding] = []
    differs: dict[str, bool] = {}
    for direction in (WIDENS, NARROWS):
        smaller, greater = in_order(pair, direction)
        proven = included(greater, smaller)
        widens = direction == WIDENS
        found = differing(pair.old, pair.new, documents, widens, thorough=not proven)
        found = found or ([] if proven else search(smaller, greater))
        differs[direction] = bool(found)
        if found and not proven:
            findings += explained(pair, direction, found, old, new)
        elif found or not proven:
            findings += doubts(pair, direction)
    if any(it.effect == UNDECIDED for it in findings):
        return UNDECIDED, findings
    return VERDICTS[differs[WIDENS], differs[NARROWS]], findings


VERDICTS: Mapping[tuple[bool, bool], str] = {
    (False, False): SAME,
    (True, False): WIDENS,
    (False, True): NARROWS,
    (True, True): CROSSES,
}


def in_order(pair: Pair, direction: str) -> tuple[Schema, Schema]:
    """The schema that rejects, and the one that accepts what the other rejects."""
    return (pair.old, pair.new) if direction == WIDENS else (pair.new, pair.old)


def search(smaller: Schema, greater: Schema) -> list[Any]:
    """A witness that is at no boundary, if one is found."""
    distinct, definitions = apart(greater, smaller)
    wanted: list[Schema | bool] = [body(distinct), {"not": body(smaller)}]
    return list(searched({"$defs": definitions}, wanted))


def explained(
    pair: Pair, direction: str, documents: list[Any], old: Side, new: Side
) -> Iterator[Finding]:
    """A finding for each edit that decides, its witness run through schemas and models."""
    widens = direction == WIDENS
    found = list(attributed(pair.old, pair.new, pair.asserting, documents, widens))
    found = found or [(WHOLE, documents[0])]
    shown = [witness for _, witness in found]
    expected = (False, True) if direction == WIDENS else (True, False)
    said = zip(old.accepted(shown), new.accepted(shown), strict=True)
    for (edit, witness), answers in zip(found, said, strict=True):
        finding = finding_of(edit, direction, BREAKS[direction], witness)
        if answers == expected:
            place = rejected(old if direction == WIDENS else new, witness)
            yield replace(finding, mild=edit in pair.mild, place=place)
        else:
            yield replace(finding, effect=UNDECIDED, breaks=None, says=CONTRADICTED)


def rejected(side: Side, witness: Any) -> str:
    """Where and by which keyword a message's schema rejects a document."""
    faults = sorted(side.oracle.faults(witness), key=lambda it: (it.instance, it.keyword))
    keyword = faults[0].keyword.rpartition("/")[2] or "false"
    return f"{faults[0].instance or 'its root'} ({keyword})"


WHOLE = Edit((), "", ABSENT, ABSENT)  # where it is no edit that is known
CONTRADICTED = "schema and models disagree on the witness; report this schema"
DOUBT = {
    WIDENS: "it is neither proven that old readers accept all that is allowed now, nor is there"
    " a document that they reject; write the schema otherwise",
    NARROWS: "it is neither proven that all that was allowed is accepted now, nor is there a"
    " document that is rejected; write the schema otherwise",
}


def doubts(pair: Pair, direction: str) -> Iterator[Finding]:
    """The edits of which by themselves it is not known what they do, or all."""

    def harmless(edit: Edit) -> bool:
        alone = applied(pair.old, [edit])
        return included(*((alone, pair.old) if direction == WIDENS else (pair.old, alone)))

    found = [it for it in pair.asserting if not harmless(it)] or pair.asserting
    for edit in found or [WHOLE]:
        yield replace(finding_of(edit, UNDECIDED), says=DOUBT[direction])


def finding_of(
    edit: Edit, effect: str, breaks: str | None = None, witness: Any = ABSENT
) -> Finding:
    return Finding(edit.pointer, edit.old, edit.new, effect, breaks, witness)


def wire_bump(pair: Pair, verdict: str, strict: bool) -> str:
    if verdict == SAME:
        return "none"
    return "minor" if verdict != UNDECIDED and pair.is_mild and not strict else "major"


# Meaning and source.


def defaults(pair: Pair) -> Iterator[Finding]:
    """What verdicts do not tell: what readers take an absent member for."""
    for edit in pair.edits:
        if edit.word == "default":
            says = "verdicts are as before; whoever fills in the default reads an absent member so"
            yield replace(finding_of(edit, "note"), says=says)


def sources(changes: Iterable[interface.Change]) -> Iterator[Finding]:
    for change in changes:
        if change.breaks:
            new = ABSENT if change.new is None else change.new
            yield Finding(change.name, change.old, new, "source", says=SOURCE)


SOURCE = "Python code that uses this name or type has to change"
