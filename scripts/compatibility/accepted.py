"""Breaks that the owner accepts: fingerprints of findings, and the entries that name them."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from compatibility.edits import ABSENT
from compatibility.findings import UNDECIDED, ChangeFinding, MessageComparison
from compatibility.modes import mode_of, ruled_finding
from contract.class_names import Place
from contract.json_values import is_array, is_object, json_pointer
from contract.project import PROJECT_FILE
from contract.settings import AcceptedBreak
from contract.subschemas import (
    SINGLE_SUBSCHEMAS,
    SUBSCHEMA_LISTS,
    SUBSCHEMA_MAPS,
    Schema,
    is_annotation,
    map_subschemas,
)
from reports.lines import steps_of
from runtime._finding import Finding

# Fingerprints.

FINGERPRINT_LENGTH = 12  # hexadecimal digits: 48 bits, and a contract has few breaks at a time
# Nobody who holds documents breaks by these, but Python code does, or a promise.
BREAKS_OTHERS = ("source", "renamed", "sunset")
# Keywords whose lists say the same in any order.
UNORDERED_KEYWORDS = ("type", "enum", "required", "allOf", "anyOf", "oneOf")


def is_breaking(finding: ChangeFinding) -> bool:
    return finding.breaks is not None or finding.effect in BREAKS_OTHERS


def fingerprint_of(written: Place, finding: ChangeFinding) -> str:
    """What names a break: the file and the JSON Pointer in it, direction, keyword, and what came,
    or what went if nothing came.

    An edit of what several messages refer to is one break. Annotations and the order of members do
    not count. A break that grows is another one.
    """
    value = finding.old if finding.new is ABSENT else finding.new
    asserted = [] if value is ABSENT else [asserted_value(finding.keyword, value)]
    pointer = json_pointer(written.path) if steps_of(finding.pointer) else finding.pointer
    file = written.file.removesuffix(".json")
    parts = [file, pointer, finding.effect, finding.keyword, *asserted]
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def asserted_value(keyword: str, value: Any) -> Any:
    """What was edited, a schema or the value of a keyword, without what asserts nothing."""
    holders = ("", *SUBSCHEMA_MAPS, *SINGLE_SUBSCHEMAS, *SUBSCHEMA_LISTS)
    if keyword in holders and is_object(value):
        return assertions_in(value)
    if not keyword:
        return words_of(str(value))
    return value if is_annotation(keyword) else assertions_in({keyword: value})[keyword]


def words_of(text: str) -> list[str]:
    """The words of a type or a name of Python, sorted: the options of a union are not ordered."""
    return sorted(re.split(r"[\[\]|, ]+", text))


def assertions_in(schema: Any) -> Any:
    """The schema without annotations at any depth, its lists in one order where order says
    nothing."""

    def change(copy: Schema) -> Schema:
        return {
            word: in_one_order(word, it) for word, it in copy.items() if not is_annotation(word)
        }

    return map_subschemas(schema, change)


def in_one_order(keyword: str, value: Any) -> Any:
    if keyword not in UNORDERED_KEYWORDS or not is_array(value):
        return value
    return sorted(value, key=lambda it: json.dumps(it, sort_keys=True))


# What is accepted.


class Policy(NamedTuple):
    """By what findings are judged: entries by fingerprint, modes by pattern of messages, and
    whether what is mild is taken for what it is."""

    entries: Mapping[str, AcceptedBreak]
    modes: Mapping[str, str]
    strict: bool


def accept_breaks(comparison: MessageComparison, policy: Policy) -> MessageComparison:
    """The comparison, whose findings have fingerprints, with the entries that accept them, and
    what the mode of the message forbids and allows.

    Where all that asks for a major version is accepted or allowed, a minor version is enough, as
    for what is mild. What is undecided cannot be accepted.
    """
    mode = mode_of(comparison.message, policy.modes)
    entries = policy.entries
    named = (replace(it, accepted=entries.get(it.fingerprint)) for it in comparison.findings)
    findings = [ruled_finding(it, mode, strict=policy.strict) for it in named]
    grave = [it for it in findings if is_breaking(it) or it.effect == UNDECIDED]
    asking = [it for it in grave if policy.strict or not it.mild] or grave
    settled = bool(asking) and all(it.accepted or it.allowed_by for it in asking)
    bump = "minor" if settled and comparison.bump == "major" else comparison.bump
    return replace(comparison, bump=bump, findings=findings)


def entries_in_force(entries: Iterable[AcceptedBreak], today: date) -> dict[str, AcceptedBreak]:
    """By fingerprint the entries that are complete and not expired."""
    return {it.fingerprint: it for it in entries if not missing_member(it) and is_open(it, today)}


def is_open(entry: AcceptedBreak, today: date) -> bool:
    return entry.until is not None and today <= entry.until


# What is wrong with entries.

TABLE = "[[tool.contract.accepted]]"


def entry_faults(
    entries: Iterable[AcceptedBreak], matched: set[str] | None, today: date
) -> Iterator[Finding]:
    """A finding for each entry that is incomplete, stale or expired.

    An entry is stale if its fingerprint is not in ``matched``; if that is None, none is stale.
    """
    for number, entry in enumerate(entries, start=1):
        fault = entry_fault(entry, matched, today)
        if fault is not None:
            kind, says = fault
            name = entry.fingerprint or f"number {number}"
            yield Finding(PROJECT_FILE, kind, f"{TABLE} {name} {says}")


def entry_fault(
    entry: AcceptedBreak, matched: set[str] | None, today: date
) -> tuple[str, str] | None:
    """The kind of the fault, and what is wrong with its cure."""
    missing = missing_member(entry)
    if missing:
        return "incomplete", f"does not have {MISSING_TEXT[missing]}"
    if matched is not None and entry.fingerprint not in matched:
        return "stale", STALE_TEXT
    return None if is_open(entry, today) else ("expired", EXPIRED_TEXT.format(entry.until))


def missing_member(entry: AcceptedBreak) -> str | None:
    """The first member that is not written, or that is not of its kind."""
    return next((name for name in MISSING_TEXT if not getattr(entry, name)), None)


MISSING_TEXT = {
    "fingerprint": 'a fingerprint; write fingerprint = "…", as make compat shows it',
    "reason": 'a reason; write reason = "…", in your own words',
    "until": 'a last day; write until = "2027-01-31", a date of this form',
}
STALE_TEXT = (
    "is stale: no finding has this fingerprint; remove the entry, or write the fingerprint that"
    " make compat shows now"
)
EXPIRED_TEXT = (
    "expired after {}; write a later day, or remove the entry and then undo the break or release a"
    " major version"
)
