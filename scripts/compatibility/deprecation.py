"""What is deprecated: announced, kept until its sunset, and let go after it.

A member or a message says ``deprecated: true``. It may say ``x-sunset``, the first day on which it
may be gone, and ``x-deprecated-since``, a version.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from compatibility.edits import ABSENT, Edit
from compatibility.findings import ChangeFinding, finding_of
from compatibility.promises import Pair, Placed, described_members, in_place
from compatibility.revisions import Revision, first_release_where
from compatibility.schema_pair import SchemaPair
from contract.json_values import Location
from contract.subschemas import Schema, subschemas
from contract.sunsets import SUNSET, is_deprecated, sunset_of
from reports.lines import value_at

SINCE = "x-deprecated-since"


# What is announced.


def announcements(pair: SchemaPair) -> Iterator[ChangeFinding]:
    """What is deprecated from this version on."""
    for edit in pair.edits:
        if edit.keyword == "deprecated" and edit.new is True:
            day = sunset_of(value_at(pair.new, edit.path[:-1]))
            may_go = f"on {day} or later" if day else "in any version; add x-sunset to say when"
            yield finding_of(
                edit, "deprecated", says=f"verdicts are as before; it may be removed {may_go}"
            )


# What is gone, or may be gone sooner.


def early_findings(pair: SchemaPair, today: date) -> Iterator[ChangeFinding]:
    """What is removed before its sunset, and each sunset that is brought forward."""
    gone = {it.path: (it, sunset_of(it.old)) for it in removals(pair)}
    sooner: dict[Location, tuple[Edit, date]] = {}
    for before, after in promised_members(pair.old, pair.new):
        (path, schema), day, then = before[0], last_sunset(before), last_sunset(after)
        if not after:
            gone[path] = Edit(path, "properties", schema, ABSENT), day
        elif day and any(is_deprecated(it) for _, it in after) and (then is None or then < day):
            edit = Edit((*path, SUNSET), SUNSET, str(day), str(then) if then else ABSENT)
            sooner[path] = edit, day
    for edit, day in gone.values():
        if day and today < day:
            yield finding_of(edit, **promised_until(day))
    for edit, day in sooner.values():
        says = f"a sunset stays on {day} or becomes later"
        yield finding_of(edit, **{**promised_until(day), "says": says})


def early_members(schema: Schema, today: date) -> Iterator[ChangeFinding]:
    """The members that go with a message before their sunset."""
    for before, _ in promised_members(schema, {}):
        (path, member), day = before[0], last_sunset(before)
        if path and day and today < day:
            yield finding_of(Edit(path, "properties", member, ABSENT), **promised_until(day))


def promised_members(old: Schema, new: Schema) -> Iterator[Pair]:
    """What is promised until a day: what describes all of it, before and after."""
    if any(SUNSET in inner for _, inner in subschemas(old)):
        for before, after in described_members(old, new):
            whole = in_place(old, before, ["allOf"]) or before
            if last_sunset(whole):
                yield whole, in_place(new, after, ["allOf"]) or after


def last_sunset(placed: list[Placed]) -> date | None:
    """The last of the days that schemas of one value say."""
    return max(filter(None, (sunset_of(schema) for _, schema in placed)), default=None)


def promised_until(day: date) -> dict[str, Any]:
    """The members of a finding of what goes before its sunset."""
    says = f"it is promised until {day}: keep it until then"
    return {"effect": "sunset", "says": says, "forbidden_by": f'{SUNSET} = "{day}"'}


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
