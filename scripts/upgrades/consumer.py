"""What an upgrade changes for one consumer: findings on the wire, in its code, in its data."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from compatibility.edits import ABSENT, apply_edits
from compatibility.findings import (
    CROSSES,
    NARROWS,
    UNDECIDED,
    UPGRADE_ORDER,
    WHO_BREAKS,
    WIDENS,
    ChangeFinding,
    MessageComparison,
    finding_of,
)
from compatibility.messages import class_place, message_revision
from compatibility.places import place_of
from compatibility.python_api import ApiChange
from compatibility.report import Report, unlisted
from compatibility.revisions import named_revision, parse_version
from compatibility.schema_pair import SchemaPair, is_included
from compatibility.show import EFFECT_SENTENCES, change_text, compact_json
from contract.json_values import json_pointer
from contract.project import ROOT
from contract.refusal import Refused
from reports.report import ERROR, NOTE, ReportedFinding
from runtime._finding import display_path
from runtime._verify import integrity_findings
from upgrades.documents import Packages, judged_documents
from upgrades.places import (
    EVERYWHERE,
    Steps,
    Visits,
    parse_pointer,
    places_of_edit,
    touches,
)
from upgrades.python_code import CodeReader, CodeUse, package_changes

READER, WRITER = "reader", "writer"
# When to take the new version, by what one is and what the change does.
BEFORE, AFTER = "before", "after"
TURNS = {
    (READER, WIDENS): BEFORE,
    (READER, NARROWS): AFTER,
    (WRITER, WIDENS): AFTER,
    (WRITER, NARROWS): BEFORE,
}
TURN_TEXTS = {
    (READER, BEFORE): "as a reader: take it before those who write to you",
    (READER, AFTER): "as a reader: take it after those who write to you",
    (WRITER, BEFORE): "as a writer: take it before those who read from you",
    (WRITER, AFTER): "as a writer: take it after those who read from you",
}
UNWITNESSED_SENTENCES = {
    WIDENS: "readers on {old} may reject what {new} allows",
    NARROWS: "writers on {old} may send what {new} rejects",
}
OLDER = "it is older than your copy: update the clone (git pull), unless you mean to go back"
NO_TURN = "take it before or after the others, as you like"


# Kinds of findings that ask for nothing to be done.
NOTES = frozenset({"mild", "default", "deprecated", "maybe", "elsewhere", "judged"})


def level_of(kind: str) -> str:
    return NOTE if kind in NOTES else ERROR


@dataclass(frozen=True)
class Consumer:
    """Who asks: the ``copy`` that it has, and what it does with it.

    ``roles`` has the pointers that it reads and those that it writes; the pointer "" is all.
    """

    copy: Path
    fresh: Path
    roles: dict[str, list[Steps]]
    message: str | None = None
    data: list[Path] = field(default_factory=list[Path])
    code: list[Path] = field(default_factory=list[Path])

    @cached_property
    def report(self) -> Report:
        old, new = (named_revision(str(it / "schemas")) for it in (self.copy, self.fresh))
        return Report(old, new, strict=False, judged=False)

    @property
    def versions(self) -> tuple[str, str]:
        return str(self.report.old), str(self.report.new)

    @cached_property
    def comparisons(self) -> list[MessageComparison]:
        """The comparisons of the messages that the consumer takes."""
        wanted = None if self.message is None else self.full_name(self.message)
        return [it for it in self.report.comparisons if wanted in (None, it.message)]

    def full_name(self, message: str) -> str:
        """``MODULE/MESSAGE`` of the copy."""
        known = [it.removesuffix(".json") for it in self.report.old.message_files]
        fitting = [it for it in known if message in (it.replace("/", "."), it.split("/")[1])]
        if len(fitting) != 1:
            names = ", ".join(it.replace("/", ".") for it in fitting or known)
            raise Refused(
                f"--message {message}: is no one message of the copy; name one of {names}"
            )
        return fitting[0]

    @cached_property
    def wire(self) -> list[tuple[ReportedFinding, list[tuple[str, str]]]]:
        """Each change of documents that concerns the consumer, with its turns by role."""
        return [it for comparison in self.comparisons for it in wire_findings(self, comparison)]

    def uses(self, places: Iterable[Steps]) -> bool:
        """Whether the consumer reads or writes at one of the places."""
        pointers = [it for pointers in self.roles.values() for it in pointers]
        return any(touches(place, it) for place in places for it in pointers)

    def visits(self, named: str | None) -> dict[str, list[Visits]]:
        """By message its schemas in both versions, of one message or of all."""
        visits: dict[str, list[Visits]] = {}
        for revision in (self.report.old, self.report.new):
            for message in (f"{module}/{name}" for module, name in revision.contract.messages):
                if named in (None, message):
                    schema = message_revision(revision, message).schema
                    visits.setdefault(message, []).append(Visits(schema))
        return visits

    def places_of_name(self, module: str, name: str) -> list[Steps]:
        """Where documents hold what a class or an attribute of it stands for."""
        owner, _, attribute = name.partition(".")
        definition, *path = class_place(self.report.old, module, owner)
        places: list[Steps] = []
        for message, both in self.visits(None).items():
            root = () if message == f"{module}/{definition}" else ("$defs", definition)
            base: Steps = (*root, *path)
            if any(it[: len(base)] == base for side in both for it, _ in side.visits):
                places += places_of_edit(both, (*base, "properties", attribute))
        return places or EVERYWHERE

    def refuse_unknown_places(self) -> None:
        """Refuse a pointer that leads to nothing that either version describes."""
        visits = self.visits(None if self.message is None else self.full_name(self.message))
        for pointer in {it for pointers in self.roles.values() for it in pointers}:
            if not any(it.has_place(pointer) for both in visits.values() for it in both):
                raise Refused(
                    f"{json_pointer(pointer)}: is no place of {self.message or 'any message'};"
                    " name one that a schema describes"
                )

    @property
    def order(self) -> list[str]:
        """When to take the new version."""
        return [*([OLDER] if self.is_older else []), *self.turn_texts]

    @property
    def is_older(self) -> bool:
        """Whether the new version is an older one."""
        old, new = (parse_version(it.version or "") for it in (self.report.old, self.report.new))
        return bool(old and new and new < old)

    @property
    def turn_texts(self) -> list[str]:
        turns = {it for finding, needed in self.wire if finding.kind not in NOTES for it in needed}
        if any({(role, BEFORE), (role, AFTER)} <= turns for role in (READER, WRITER)):
            return [UPGRADE_ORDER[CROSSES]]
        return [text for turn, text in TURN_TEXTS.items() if turn in turns] or [NO_TURN]


def roles_of(reads: list[str] | None, writes: list[str] | None) -> dict[str, list[Steps]]:
    """The roles of a consumer by texts of pointers; without both it reads and writes all."""
    if reads is None and writes is None:
        return {READER: [()], WRITER: [()]}
    named = {READER: reads, WRITER: writes}
    return {role: pointers_in(texts) for role, texts in named.items() if texts is not None}


def pointers_in(texts: list[str]) -> list[Steps]:
    """The pointers with commas between; that of the whole if all is empty."""
    pointers = [it.strip() for text in texts for it in text.split(",")]
    return [parse_pointer(it) for it in pointers if it] or [()]


def findings_for(consumer: Consumer) -> Iterator[ReportedFinding]:
    """All that the upgrade changes for the consumer."""
    for edit in integrity_findings(consumer.copy):
        yield ReportedFinding(edit.file, "edited", edit.what)
    yield from (finding for finding, _ in consumer.wire)
    yield from code_findings(consumer)
    yield from data_findings(consumer)


# On the wire.


def wire_findings(
    consumer: Consumer, comparison: MessageComparison
) -> Iterator[tuple[ReportedFinding, list[tuple[str, str]]]]:
    pair = pair_of(consumer.report, comparison)
    visits = [Visits(it) for it in (pair.old, pair.new)] if pair else []
    for change in [*comparison.findings, *(unwitnessed_changes(pair, comparison) if pair else ())]:
        places = places_of_change(change, visits)
        touched = [
            (role, len(pointer) >= len(place))
            for role, pointers in consumer.roles.items()
            for pointer in pointers
            for place in places
            if touches(place, pointer)
        ]
        roles = {role for role, _ in touched}
        turns = [(it, TURNS[it, change.effect]) for it in roles if (it, change.effect) in TURNS]
        kind = kind_of_change(change, roles, any(it for _, it in touched))
        if kind is not None:
            what = change_sentence(change, consumer.versions)
            witness = None if change.witness is ABSENT else compact_json(change.witness)
            place = place_of(consumer.report, comparison.message, change)
            is_here = place.file.startswith("schemas/")  # else it is a resource, named by its URI
            file = display_path(consumer.fresh / place.file) if is_here else place.file
            more = place.pointer, place.line, witness, level_of(kind)
            yield ReportedFinding(file, kind, what, *more), turns


def kind_of_change(change: ChangeFinding, roles: set[str], is_named: bool) -> str | None:
    """One word for what the change is to the consumer, None if it is nothing.

    A mild change is a note, unless the consumer named the very place.
    """
    if not roles or change.effect in ("added", "source", "sunset", "retired"):
        return None
    if change.mild and not is_named:
        return "mild"
    if change.effect == "note":
        return "default" if READER in roles else None
    return change.effect


def pair_of(report: Report, comparison: MessageComparison) -> SchemaPair | None:
    """Both schemas of a message; None if a version lacks it or the verdict is undecided."""
    file = f"{comparison.message}.json"
    sides = [
        message_revision(revision, comparison.message)
        for revision in (report.old, report.new)
        if file in revision.message_files and file not in revision.refused
    ]
    if len(sides) < 2 or comparison.verdict == UNDECIDED:
        return None
    return SchemaPair(*(it.schema for it in sides))


def unwitnessed_changes(pair: SchemaPair, comparison: MessageComparison) -> Iterator[ChangeFinding]:
    """Edits that are not proven harmless alone, and do not have a document of their own.

    Another edit may hide them: then each document that shows one shows the other too.
    """
    for edit in pair.asserting_edits:
        alone = apply_edits(pair.old, [edit])
        for effect, smaller, greater in ((WIDENS, pair.old, alone), (NARROWS, alone, pair.old)):
            more = {"breaks": WHO_BREAKS[effect], "mild": edit in pair.mild}
            change = finding_of(edit, effect, **more)
            if unlisted([change], comparison.findings) and not is_included(greater, smaller):
                yield change


def places_of_change(change: ChangeFinding, visits: list[Visits]) -> list[Steps]:
    if not visits or not change.pointer.startswith("/"):
        return EVERYWHERE
    *around, last = location = parse_pointer(change.pointer)
    places = places_of_edit(visits, location)
    is_name = last == "required" and "properties" not in around[-1:]
    if is_name and change.new is ABSENT and isinstance(change.old, str):
        return [(*place, change.old) for place in places]
    return places


def change_sentence(change: ChangeFinding, versions: tuple[str, str]) -> str:
    old, new = versions
    sentences = EFFECT_SENTENCES if change.rejected_at else UNWITNESSED_SENTENCES
    effect = sentences.get(change.effect, "{says}")
    consequence = effect.format(old=old, new=new, place=change.rejected_at, says=change.says)
    return f"{change_text(change)}: {consequence}"


# In code.


def code_findings(consumer: Consumer) -> Iterator[ReportedFinding]:
    """The changes that break Python code: each line of the given folders, else each name."""
    changes = package_changes(consumer.copy, consumer.fresh)
    if not consumer.code:
        for module, api_changes in changes.items():
            name = display_path(consumer.copy / f"{module}.py")
            for change in api_changes:
                if consumer.uses(consumer.places_of_name(module, change.name)):
                    yield ReportedFinding(name, "code", api_sentence(change))
        return
    reader = CodeReader(consumer.copy.name, changes)
    files = (it for folder in consumer.code for it in python_files(folder, consumer.copy))
    for file in dict.fromkeys(files):
        yield from file_findings(reader, file)


def file_findings(reader: CodeReader, file: Path) -> Iterator[ReportedFinding]:
    name = display_path(file)
    try:
        uses: list[CodeUse] = reader.uses(ast.parse(file.read_bytes()))
    except (SyntaxError, ValueError) as error:
        yield ReportedFinding(name, "unread", f"was not read: {error}; look at it yourself")
        return
    for use in uses:
        kind, verb = ("code", "uses") if use.is_sure else ("maybe", "perhaps uses")
        what = f"{verb} {api_sentence(use.change)}"
        yield ReportedFinding(name, kind, what, None, use.line, level=level_of(kind))


def python_files(folder: Path, copy: Path) -> list[Path]:
    """The files of Python in a folder, but those of the copy, of virtual environments, and of a
    checkout of the contract within."""
    if not folder.exists():
        raise Refused(f"{folder}: is not there; name a folder of Python or a file")
    files = [folder] if folder.is_file() else sorted(filter(Path.is_file, folder.rglob("*.py")))
    checkouts = [ROOT] if folder.resolve() in ROOT.parents else []
    environments = [it.parent.resolve() for it in folder.rglob("pyvenv.cfg")]
    others = [copy.resolve(), *checkouts, *environments]
    own = [it for it in files if not any(it.resolve().is_relative_to(one) for one in others)]
    if not own:
        raise Refused(f"{folder}: does not hold Python code of yours; name a folder that does")
    return own


def api_sentence(change: ApiChange) -> str:
    if change.new is None:
        return f"{change.name}, which is gone (was {change.old})"
    return f"{change.name}: {change.old} -> {change.new}"


# In data.


def data_findings(consumer: Consumer) -> Iterator[ReportedFinding]:
    if not consumer.data:
        return
    message = data_message(consumer)
    if f"{message.replace('.', '/')}.json" not in consumer.report.new.message_files:
        gone = f"{message} is not in {consumer.versions[1]}"
        yield from (ReportedFinding(display_path(it), "data", gone) for it in consumer.data)
        return
    packages = Packages(consumer.copy, consumer.fresh, message)
    visits = consumer.visits(message.replace(".", "/"))
    places = [place for both in visits.values() for it in both for _, place in it.visits]
    for file in consumer.data:
        judged = judged_documents(file, packages, consumer.versions, places)
        yield ReportedFinding(display_path(file), "judged", str(judged), level=NOTE)
        for change in judged.changes:
            kind = "data" if consumer.uses([change.steps]) else "elsewhere"
            what = f"{'' if kind == 'data' else ELSEWHERE}{change}"
            place = change.first.pointer, change.first.line
            yield ReportedFinding(change.first.file, kind, what, *place, level=level_of(kind))


ELSEWHERE = "outside of what you read and write: "


def data_message(consumer: Consumer) -> str:
    """``MODULE.MESSAGE`` that the documents are of."""
    names = [it.removesuffix(".json").replace("/", ".") for it in consumer.report.old.message_files]
    if consumer.message is not None:
        return consumer.full_name(consumer.message).replace("/", ".")
    if len(names) == 1:
        return names[0]
    raise Refused(f"--data: say of which message it is: --message {names[0]}, or another")
