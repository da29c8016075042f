"""What is deprecated: announced, kept until its sunset, and let go after it.

A member or a message says ``deprecated: true`` (Validation 9.3). It may say ``x-sunset``, the first
day on which it may be gone (as the header of RFC 8594), and ``x-deprecated-since``, a version.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from compatibility.edits import ABSENT, Edit, apply_edits, value_at
from compatibility.findings import ChangeFinding, finding_of
from compatibility.revisions import Revision, first_release_where
from compatibility.schema_pair import SchemaPair
from contract.json_values import is_object, json_pointer
from contract.settings import written_date
from contract.subschemas import Schema, reachable_names, subschemas
from runtime._finding import Finding

SUNSET, SINCE = "x-sunset", "x-deprecated-since"


def sunset_of(schema: Any) -> date | None:
    """The first day on which what is deprecated may be gone."""
    return written_date(schema.get(SUNSET)) if is_deprecated(schema) else None


def is_deprecated(schema: Any) -> bool:
    return is_object(schema) and schema.get("deprecated") is True


# What is announced.


def announcements(pair: SchemaPair) -> Iterator[ChangeFinding]:
    """What is deprecated from this version on."""
    for edit in pair.edits:
        if edit.keyword == "deprecated" and edit.new is True:
            day = sunset_of(value_at(pair.new, edit.path[:-1]))
            may_go = f"on {day} or later" if day else "in any version; add x-sunset to say when"
            yield finding_of(edit, "deprecated", says=f"verdicts are as before; it may go {may_go}")


# What is gone, or may be gone sooner.


def early_findings(pair: SchemaPair, today: date) -> Iterator[ChangeFinding]:
    """What is removed before its sunset, and each sunset that is brought forward."""
    for edit in removals(pair):
        day = sunset_of(edit.old)
        if day is not None and today < day:
            yield early_finding(edit, day)
    for edit in pair.edits:
        before, after = (value_at(it, edit.path[:-1]) for it in (pair.old, pair.new))
        day, then = sunset_of(before), sunset_of(after)
        if edit.keyword == SUNSET and day and is_deprecated(after) and (then is None or then < day):
            yield early_finding(edit, day, f"a sunset stays on {day} or becomes later")


def early_finding(edit: Edit, day: date, says: str = "") -> ChangeFinding:
    more = promised_until(day)
    return finding_of(edit, **({**more, "says": says} if says else more))


def promised_until(day: date) -> dict[str, Any]:
    """The members of a finding of what goes before its sunset."""
    says = f"it is promised until {day}: keep it until then"
    return {
        **{"effect": "sunset", "says": says, "forbidden_by": f'{SUNSET} = "{day}"'},
        **{"breaks": None, "witness": ABSENT},
    }


def removals(pair: SchemaPair) -> list[Edit]:
    """The edits that remove a member which is deprecated."""
    removed = [it for it in pair.asserting_edits if it.new is ABSENT and not it.member]
    return [it for it in removed if it.keyword == "properties" and is_deprecated(it.old)]


def retired_members(pair: SchemaPair, today: date) -> list[Edit]:
    """The edits that remove a member on its sunset or later: Python code was warned."""
    days = ((it, sunset_of(it.old)) for it in removals(pair))
    return [edit for edit, day in days if day is not None and day <= today]


def retired_finding(edit: Edit, old: Revision, message: str) -> ChangeFinding:
    since = deprecated_since(edit, old, message)
    says = f"gone after its sunset on {edit.old[SUNSET]}, deprecated since {since}"
    return finding_of(edit, "retired", says=says)


def deprecated_since(edit: Edit, old: Revision, message: str) -> str:
    """The version that says so, else the first release that has it so, else the old version."""
    if isinstance(edit.old.get(SINCE), str):
        return str(edit.old[SINCE])

    def has_it_so(schema: Any) -> bool:
        return is_deprecated(value_at(schema, edit.path))

    return first_release_where(f"{message}.json", has_it_so, old) or str(old)


def without_members(schema: Schema, edits: list[Edit]) -> Schema:
    """The schema without the members that the edits remove, and what only they refer to."""
    left = apply_edits(schema, edits)
    definitions: Mapping[str, Schema] = left.pop("$defs", {})
    needed = reachable_names(left, definitions)
    return {**left, "$defs": {name: it for name, it in definitions.items() if name in needed}}


# What is wrong with the words.


def sunset_faults(revision: Revision) -> Iterator[Finding]:
    """A finding for each sunset that is not a date or stands without ``deprecated``."""
    for file, schema in revision.contract.schemas.items():
        for path, inner in subschemas(schema) if is_object(schema) else ():
            if SUNSET in inner:
                place = json_pointer((*path, SUNSET))
                yield from (
                    Finding(f"schemas/{file}", "sunset", what, place) for what in faults_of(inner)
                )


def faults_of(schema: Schema) -> Iterator[str]:
    if written_date(schema[SUNSET]) is None:
        yield f'{SUNSET} is no date; write "2027-01-31", a date of this form'
    if not is_deprecated(schema):
        yield f'{SUNSET} stands without "deprecated": true; add that, or remove it'
