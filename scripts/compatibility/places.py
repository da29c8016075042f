"""Where a finding stands: the file that an owner edits, and the line in it."""

import json
from typing import NamedTuple

from compatibility.edits import ABSENT, value_at
from compatibility.findings import ChangeFinding
from compatibility.report import Report
from compatibility.revisions import Revision
from contract.json_values import Location, is_array, is_object
from reports.lines import line_at, steps_of, steps_within

DEFINITIONS = ("$defs", "definitions")


class Place(NamedTuple):
    """A file below the root of the repository, and a line of it from 1; None of what is gone."""

    file: str
    line: int | None


def place_of(report: Report, message: str, finding: ChangeFinding) -> Place:
    """The place in the newer schemas. Of what was removed it is what held that."""
    file = f"{message}.json"
    if file not in report.new.schema_files:
        return Place(f"schemas/{file}", None)
    file, path = written_place(report.new, file, steps_of(finding.pointer))
    text = report.new.schema_files[file].decode()
    within = steps_within(json.loads(text), path)
    steps = [step for step, _ in within]
    members = within[-1][1] if within else None
    if is_array(members) and finding.new is not ABSENT and finding.new in members:
        steps.append(members.index(finding.new))
    return Place(f"schemas/{file}", line_at(text, steps))


def written_place(revision: Revision, file: str, path: Location) -> tuple[str, Location]:
    """The file and the path in it where a place of the normal form is written: a definition may
    be in another file, or be another message."""
    if path[:1] != ("$defs",) or len(path) < 2:
        return file, path
    schemas = revision.contract.schemas
    for candidate in dict.fromkeys([file, *schemas]):
        for word in DEFINITIONS:
            if is_object(value_at(schemas.get(candidate), (word, path[1]))):
                return candidate, (word, *path[1:])
    named = [it for it in schemas if it.rpartition("/")[2] == f"{path[1]}.json"]
    return (named[0], path[2:]) if named else (file, ())
