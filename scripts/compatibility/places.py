"""Where a finding stands: the file that an owner edits, and the line in it."""

import json
from typing import Any, NamedTuple

from compatibility.edits import ABSENT, value_at
from compatibility.findings import ChangeFinding
from compatibility.report import Report
from compatibility.revisions import Revision
from contract.json_values import Location, is_array, is_object
from runtime._lines import line_of

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
    steps = steps_of(finding.pointer)
    file, path = written_place(report.new, file, steps)
    text = report.new.schema_files[file].decode()
    path = longest_prefix(json.loads(text), path)
    member = value_at(json.loads(text), path)
    if is_array(member) and finding.new is not ABSENT and finding.new in member:
        path = (*path, member.index(finding.new))
    return Place(f"schemas/{file}", line_of(text, path))


def steps_of(pointer: str) -> Location:
    """The steps of a JSON Pointer (RFC 6901); none if it is the name of a class."""
    steps = pointer.split("/")[1:] if pointer.startswith("/") else []
    return tuple(it.replace("~1", "/").replace("~0", "~") for it in steps)


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


def longest_prefix(schema: Any, path: Location) -> Location:
    """As much of the path as the schema has; an index of an array is a number there."""
    found: list[str | int] = []
    for step in path:
        index = isinstance(step, str) and step.isdigit() and is_array(schema)
        key = int(step) if index else step
        inner = value_at(schema, (key,))
        if inner is None:
            break
        found.append(key)
        schema = inner
    return tuple(found)
