"""Where a finding stands: the file that an owner edits, and the line in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from compatibility.edits import ABSENT
from compatibility.findings import ChangeFinding, MessageComparison, upgrade_order
from compatibility.messages import class_place
from compatibility.revisions import Revision
from contract.class_names import Place as WrittenPlace
from contract.json_values import Location, is_array, json_pointer
from contract.written_path import written_path
from reports.lines import line_at, steps_of, steps_within, value_at

if TYPE_CHECKING:
    from compatibility.report import Report


class Place(NamedTuple):
    """A file below the root of the repository, and a line of it from 1; None of what is gone. The
    JSON Pointer is of the file, as it is written there."""

    file: str
    line: int | None
    pointer: str


@dataclass(eq=False)
class PlacedFinding:
    """A finding where it is written. If several messages refer to what was edited it is that of
    the first ``comparison``, whose witness shows it for all ``messages``."""

    place: Place
    comparison: MessageComparison
    finding: ChangeFinding
    messages: list[str] = field(default_factory=list[str])

    @property
    def order(self) -> str | None:
        return upgrade_order(self.finding, self.comparison)

    @property
    def first_of_several(self) -> list[str]:
        """The message that a witness is of, if that is not said otherwise."""
        return self.messages[:1] if self.messages[1:] else []


def placed_findings(report: "Report") -> dict[str, list[PlacedFinding]]:
    """The findings of each message; messages that refer to what was edited have the same one."""
    placed: dict[str, PlacedFinding] = {}
    by_message: dict[str, list[PlacedFinding]] = {}
    for comparison in report.comparisons:
        findings = by_message.setdefault(comparison.message, [])
        for finding in comparison.findings:
            place = place_of(report, comparison.message, finding)
            alike = replace(finding, pointer="", witness=ABSENT, rejected_at="")
            new = PlacedFinding(place, comparison, finding)
            one = placed.setdefault(repr((place, alike, new.order)), new)
            if one not in findings:
                one.messages.append(comparison.message)
                findings.append(one)
    return by_message


def place_of(report: "Report", message: str, finding: ChangeFinding) -> Place:
    """The place in the newer schemas. Of what was removed it is what held that."""
    written = written_place((report.new, report.old), f"{message}.json", finding.pointer)
    pointer = json_pointer(written.path) if steps_of(finding.pointer) else finding.pointer
    path, content = report.new.written_file(written.file)
    if content is None:
        return Place(path, None, pointer)
    text = content.decode()
    attribute = "" if steps_of(finding.pointer) else finding.pointer.partition(".")[2]
    named = ("properties", attribute) if attribute else ()
    within = steps_within(json.loads(text), (*written.path, *named))
    steps = [step for step, _ in within]
    members = within[-1][1] if within else None
    if is_array(members) and finding.new is not ABSENT and finding.new in members:
        steps.append(members.index(finding.new))
    return Place(path, line_at(text, steps), pointer)


def written_place(revisions: tuple[Revision, Revision], file: str, pointer: str) -> WrittenPlace:
    """Where a place of the normal form is written, or the class of a name of Python: a definition
    may be in another file, or be another message. What the newer schemas, the first ones, do not
    have is where the older ones have it."""
    around = [
        (*it, rest)
        for revision in revisions
        for name, rest in [definition_and_path(revision, file, pointer)]
        for it in definition_places(revision, file, name)
    ]
    for place, schema, rest in around:
        path = written_path(schema, rest)
        if path is not None:
            return WrittenPlace(place.file, (*place.path, *path))
    if around:
        first, _, rest = around[0]
        return WrittenPlace(first.file, (*first.path, *rest))
    return WrittenPlace(file, steps_of(pointer))


def definition_and_path(revision: Revision, file: str, pointer: str) -> tuple[str, Location]:
    """The name of the definition that a place of the normal form is in, empty for the message
    itself, and the path there; likewise of the class of a name of Python."""
    steps = steps_of(pointer)
    if steps:
        return (str(steps[1]), steps[2:]) if steps[0] == "$defs" else ("", steps)
    module, _, message = file.removesuffix(".json").partition("/")
    name, *path = class_place(revision, module, pointer.partition(".")[0])
    return "" if name == message else name, (*path,)


def definition_places(
    revision: Revision, file: str, name: str
) -> Iterator[tuple[WrittenPlace, object]]:
    """Where the definition of a message is written, with its schema; the message itself has no
    name. The place may be of a file beside the schemas, or of one that is gone."""
    default = None if name else WrittenPlace(file, ())
    place = revision.contract.places.get(file, {}).get(name, default)
    schema = place and value_at(revision.written_schema(place.file), place.path)
    if place and (schema is not None or not place.path):
        yield place, schema
