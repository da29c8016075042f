"""Where a finding stands: the file that an owner edits, and the line in it."""

import json
from typing import TYPE_CHECKING, NamedTuple

from compatibility.edits import ABSENT, value_at
from compatibility.findings import ChangeFinding
from compatibility.revisions import Revision
from contract.class_names import Place as WrittenPlace
from contract.json_values import is_array, json_pointer
from reports.lines import line_at, steps_of, steps_within

if TYPE_CHECKING:
    from compatibility.report import Report


class Place(NamedTuple):
    """A file below the root of the repository, and a line of it from 1; None of what is gone. The
    JSON Pointer is of the file, as it is written there."""

    file: str
    line: int | None
    pointer: str


def place_of(report: "Report", message: str, finding: ChangeFinding) -> Place:
    """The place in the newer schemas. Of what was removed it is what held that."""
    written = written_place((report.new, report.old), f"{message}.json", finding.pointer)
    pointer = json_pointer(written.path) if steps_of(finding.pointer) else finding.pointer
    path, content = report.new.written_file(written.file)
    if content is None:
        return Place(path, None, pointer)
    text = content.decode()
    attribute = "" if steps_of(finding.pointer) else finding.pointer.partition(".")[2]
    member = ("properties", attribute) if attribute else ()
    within = steps_within(json.loads(text), (*written.path, *member))
    steps = [step for step, _ in within]
    members = within[-1][1] if within else None
    if is_array(members) and finding.new is not ABSENT and finding.new in members:
        steps.append(members.index(finding.new))
    return Place(path, line_at(text, steps), pointer)


def written_place(revisions: tuple[Revision, Revision], file: str, pointer: str) -> WrittenPlace:
    """Where a place of the normal form is written, or the class of a name of Python: a definition
    may be in another file, or be another message. What the newer schemas, the first ones, do not
    have is where the older ones have it."""
    steps = steps_of(pointer)
    is_inner = steps[:1] == ("$defs",)
    name = "".join(steps[1:2]) if is_inner else "" if steps else pointer.partition(".")[0]
    for revision in revisions:
        place = revision.contract.places.get(file, {}).get(name)
        if place is not None and has_place(revision.written_schema(place.file), place):
            return WrittenPlace(place.file, (*place.path, *steps[2:]))
    return WrittenPlace(file, steps)


def has_place(schema: object, place: WrittenPlace) -> bool:
    """Whether a schema has the place: that of a definition may be of a file beside the schemas."""
    return not place.path or value_at(schema, place.path) is not None
