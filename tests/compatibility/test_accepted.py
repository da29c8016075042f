"""A break that the owner accepts is told apart, for as long as the entry is true."""

import json
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from compatibility.findings import ChangeFinding
from compatibility.formats import FORMATTERS, as_json
from compatibility.report import Report, settings_faults
from compatibility.revisions import Revision, build_revision
from compatibility.show import as_text
from contract.json_values import is_array, is_object
from contract.refusal import Refused
from contract.settings import AcceptedBreak, Settings, read_settings

from tests.zoo.changes import CHANGES
from tests.zoo.first_contract import FILE as FIRST_FILE
from tests.zoo.repository import commit_all, first_repository, git, set_version

pytestmark = pytest.mark.toolchain

FILE = "shop/Order.json"
TODAY = date(2026, 6, 1)
REASON = "its only reader moved last week"
OLD: Any = {
    "type": "object",
    "description": "What a customer orders.",
    "properties": {
        "state": {"description": "How far it is.", "$ref": "#/$defs/State"},
        "count": {"type": "integer", "maximum": 100},
        "note": {"type": ["string", "null"]},
    },
    "required": ["state", "count"],
    "$defs": {"State": {"title": "State", "type": "string", "enum": ["new", "sent"]}},
}


def put(schema: Any, place: str, value: Any) -> Any:
    """The schema with a value at the last step of a place like ``properties/count/maximum``."""
    copy = json.loads(json.dumps(schema))
    *steps, last = place.split("/")
    parent = copy
    for step in steps:
        parent = parent[step]
    parent[last] = value
    return copy


WIDER = put(OLD, "$defs/State/enum", ["new", "sent", "lost"])
NARROWER = put(OLD, "properties/count/maximum", 50)
BOTH = put(WIDER, "properties/count/maximum", 50)
LITERAL: Any = {"type": "object", "properties": {"ok": {"enum": ["yes", "no"]}}}
RENAMED: Any = {
    **put(OLD, "properties/state/$ref", "#/$defs/Status"),
    "$defs": {"Status": OLD["$defs"]["State"]},
}


def revision(schema: Any, version: str | None, *entries: AcceptedBreak) -> Revision:
    return revision_of(None if schema is None else json.dumps(schema), version, entries)


@cache
def revision_of(
    text: str | None, version: str | None, entries: tuple[AcceptedBreak, ...]
) -> Revision:
    sources = {} if text is None else {FILE: text.encode()}
    others = {"shop/Other.json": b'{"type": "null"}'}
    return build_revision(
        version or "f", version, {**sources, **others}, Settings(accepted=entries)
    )


def compared(
    old: Any, new: Any, *entries: AcceptedBreak, version: str = "1.1.0", strict: bool = False
) -> Report:
    """The report against 1.0.0."""
    return report_of(revision(old, "1.0.0"), revision(new, version, *entries), strict)


@cache
def report_of(before: Revision, after: Revision, strict: bool) -> Report:
    return Report(before, after, strict, True, TODAY)


def findings(report: Report) -> list[ChangeFinding]:
    return [it for comparison in report.comparisons for it in comparison.findings]


def fingerprints(old: Any, new: Any) -> list[str]:
    return [it.fingerprint for it in findings(compared(old, new)) if it.fingerprint]


def entry(fingerprint: str, until: date | None = TODAY, reason: str = REASON) -> AcceptedBreak:
    return AcceptedBreak(fingerprint, reason, until)


def entries_for(old: Any, new: Any) -> list[AcceptedBreak]:
    return [entry(it) for it in fingerprints(old, new)]


def faults(report: Report) -> list[tuple[str, str]]:
    return [(it.kind, it.what) for it in settings_faults(report.new, [report], TODAY)]


# Accepted.

BREAKS = {
    "readers": (OLD, WIDER),
    "writers": (OLD, NARROWER),
    "readers and writers": (OLD, BOTH),
    "a message that is gone": (OLD, None),
    "Python code": (OLD, RENAMED),
    "readers and Python code": (LITERAL, put(LITERAL, "properties/ok/enum", ["yes", "no", "so"])),
}


@pytest.mark.parametrize("label", BREAKS)
@pytest.mark.one_in(3)
def test_a_break_asks_for_a_major_version_until_it_is_accepted(label: str) -> None:
    old, new = BREAKS[label]
    open_report = compared(old, new)
    assert (open_report.bump, open_report.is_failing) == ("major", True)
    report = compared(old, new, *entries_for(old, new))
    assert (report.bump, report.is_failing, faults(report)) == ("minor", False, [])
    assert all(it.accepted for it in findings(report))


def test_one_break_that_is_not_accepted_is_enough_to_fail() -> None:
    both = entries_for(OLD, BOTH)
    assert len(both) == 2
    for one in both:
        report = compared(OLD, BOTH, one)
        assert (report.bump, report.is_failing, faults(report)) == ("major", True, [])


# Too many states: nothing proves that both patterns match the same.
STATES = "^[a-z][0-9]{0,4000}[0-9a-z]$"
HARD = {"type": "string", "pattern": STATES}


def test_what_is_undecided_cannot_be_accepted() -> None:
    old = put(OLD, "properties/note", HARD)
    new = put(WIDER, "properties/note", {**HARD, "pattern": f"{STATES}(?:)"})
    doubtful = compared(old, new)
    assert doubtful.is_undecided
    assert [it.effect for it in findings(doubtful) if not it.fingerprint] == ["undecided"]
    report = compared(old, new, *entries_for(old, new))
    assert any(it.accepted for it in findings(report))
    assert (report.bump, report.is_failing) == ("major", True)


def test_a_mild_break_is_accepted_where_it_is_taken_for_what_it_is() -> None:
    new = put(OLD, "properties/trace", {"type": "string"})
    entries = entries_for(OLD, new)
    assert [it.mild for it in findings(compared(OLD, new))] == [True]
    assert compared(OLD, new, strict=True).bump == "major"
    assert compared(OLD, new, *entries, strict=True).bump == "minor"
    assert compared(OLD, new, *entries).bump == "minor"


def test_what_is_mild_beside_an_accepted_break_is_no_break_of_its_own() -> None:
    entries = entries_for(OLD, WIDER)
    report = compared(OLD, put(WIDER, "properties/trace", {"type": "string"}), *entries)
    assert [it.accepted is None for it in findings(report) if it.mild] == [True]
    assert (report.bump, report.is_failing) == ("minor", False)


def test_a_message_of_another_name_is_a_break_that_can_be_accepted() -> None:
    def renamed(*entries: AcceptedBreak) -> Report:
        files = [{f"shop/{it}.json": json.dumps(OLD).encode()} for it in ("Order", "Purchase")]
        after = build_revision("b", "1.1.0", files[1], Settings(accepted=entries))
        return Report(build_revision("a", "1.0.0", files[0]), after, False, True, TODAY)

    (finding,) = findings(renamed())
    assert (finding.effect, renamed().bump) == ("renamed", "major")
    accepted = renamed(entry(finding.fingerprint))
    assert (accepted.bump, accepted.is_failing, faults(accepted)) == ("minor", False, [])


def test_an_accepted_break_still_asks_for_a_minor_version() -> None:
    entries = entries_for(OLD, WIDER)
    assert compared(OLD, WIDER, *entries, version="1.0.9").is_understated
    assert not compared(OLD, WIDER, *entries, version="1.1.0").is_understated


def test_without_versions_only_what_is_not_accepted_fails() -> None:
    for entries, fails in (([], True), (entries_for(OLD, WIDER), False)):
        report = Report(revision(OLD, None), revision(WIDER, None, *entries), False, True, TODAY)
        assert report.is_failing is fails


# Fingerprints.


def reworded(schema: Any) -> Any:
    """The schema with other texts, and with members and unordered lists the other way round."""
    if is_array(schema):
        return [reworded(it) for it in reversed(schema)]
    if not is_object(schema):
        return schema
    turned = {word: reworded(schema[word]) for word in reversed(schema) if word != "description"}
    return {**turned, "description": "In other words."} if "type" in schema else turned


LINES = {"type": "array", "items": {"type": "object", "required": ["a", "b"], "title": "Line"}}
STABLE = {
    **BREAKS,
    "a property that comes": (OLD, put(put(OLD, "properties/x", LINES), "required", ["x"])),
    "a schema of another shape": (OLD, put(OLD, "properties/note", {"enum": ["a", "b", 1]})),
}


@pytest.mark.parametrize("label", STABLE)
@pytest.mark.one_in(4)
def test_a_fingerprint_is_the_same_in_other_words_and_in_another_order(label: str) -> None:
    old, new = STABLE[label]
    expected = sorted(fingerprints(old, new))
    assert expected
    assert sorted(fingerprints(old, reworded(new))) == expected
    assert sorted(fingerprints(reworded(old), new)) == expected


def test_a_fingerprint_is_the_same_whatever_is_edited_beside_it() -> None:
    assert {*fingerprints(OLD, WIDER), *fingerprints(OLD, NARROWER)} == {*fingerprints(OLD, BOTH)}


DIFFERENT = {
    "another value": (OLD, put(OLD, "$defs/State/enum", ["new", "sent", "gone"])),
    "the other direction": (WIDER, OLD),
    "another keyword": (OLD, put(OLD, "properties/count/minimum", 50)),
    "another place": (OLD, put(OLD, "properties/note", {"enum": ["lost"]})),
    "a bound that grew": (OLD, put(OLD, "properties/count/maximum", 40)),
    "a bound": (OLD, NARROWER),
    "a message": (OLD, None),
}


def test_different_breaks_have_different_fingerprints() -> None:
    found = [fingerprints(OLD, WIDER), *(fingerprints(*it) for it in DIFFERENT.values())]
    each = [it for listed in found for it in listed]
    assert all(found)
    assert len({*each}) == len(each)


def test_a_break_of_another_message_has_another_fingerprint() -> None:
    files = [{f"shop/{name}.json": json.dumps(it).encode() for name in "AB"} for it in (OLD, WIDER)]
    before, after = (build_revision("f", None, it) for it in files)
    report = Report(before, after, False, True, TODAY)
    assert len({it.fingerprint for it in findings(report)}) == 2


TYPES: Any = {
    "State": {"enum": ["new", "sent"]},
    "Line": {"type": "object", "properties": {"count": {"type": "integer", "maximum": 9}}},
}


def shared(types: Any, *entries: AcceptedBreak, version: str = "1.0.0") -> Revision:
    members = {
        "state": {"$ref": "Types.json#/$defs/State"},
        "line": {"$ref": "Types.json#/$defs/Line"},
    }
    message = json.dumps({"type": "object", "properties": members}).encode()
    files = {f"shop/{it}.json": message for it in "AB"}
    files["shop/Types.json"] = json.dumps({"$defs": types}).encode()
    return build_revision(version, version, files, Settings(accepted=entries))


def shared_report(types: Any, *entries: AcceptedBreak) -> Report:
    after = shared(types, *entries, version="1.1.0")
    return Report(shared(TYPES), after, False, True, TODAY)


WIDER_TYPES = put(TYPES, "State/enum", ["new", "sent", "lost"])


def test_one_entry_accepts_an_edit_for_each_message_that_refers_to_what_was_edited() -> None:
    names = {it.fingerprint for it in findings(shared_report(WIDER_TYPES)) if it.fingerprint}
    entries = [entry(it) for it in names]
    report = shared_report(WIDER_TYPES, *entries)
    assert [it.verdict for it in report.comparisons] == ["widens", "widens", "same"]
    assert all(it.accepted for it in findings(report) if it.fingerprint)
    assert len(names) == len({it.effect for it in findings(report) if it.fingerprint})
    assert (report.bump, report.is_failing, faults(report)) == ("minor", False, [])


def test_an_entry_of_a_shared_edit_covers_no_other_edit_there_and_grows_stale_with_it() -> None:
    entries = [entry(it.fingerprint) for it in findings(shared_report(WIDER_TYPES)) if it.breaks]
    beside = put(WIDER_TYPES, "Line/properties/count/maximum", 8)
    report = shared_report(beside, *entries)
    assert (report.bump, report.is_failing) == ("major", True)
    grown = shared_report(put(TYPES, "State/enum", ["new", "sent", "gone"]), *entries)
    assert grown.is_failing
    assert {kind for kind, _ in faults(grown)} == {"stale"}


def test_what_breaks_nobody_has_no_fingerprint() -> None:
    assert fingerprints(OLD, put(OLD, "description", "Another.")) == []
    assert fingerprints(None, OLD) == []


# Entries that are not true any more.


def test_an_accepted_break_that_grew_fails_twice() -> None:
    grown = put(OLD, "properties/count/maximum", 10)
    report = compared(OLD, grown, *entries_for(OLD, NARROWER))
    assert report.is_failing
    assert [kind for kind, _ in faults(report)] == ["stale"]


def test_an_entry_that_no_finding_matches_is_stale() -> None:
    ((kind, what),) = faults(compared(OLD, OLD, entry("0" * 12)))
    assert kind == "stale"
    assert what.startswith("[[tool.contract.accepted]] 000000000000 is stale: ")
    assert "remove the entry" in what


def test_an_entry_is_stale_only_if_it_matches_in_no_report() -> None:
    new = revision(WIDER, "1.2.0", *entries_for(OLD, WIDER))
    reports = [Report(revision(it, "1.0.0"), new, False, True, TODAY) for it in (WIDER, OLD)]
    assert settings_faults(new, reports, TODAY) == []
    assert [it.kind for it in settings_faults(new, reports[:1], TODAY)] == ["stale"]


def test_an_entry_is_true_in_the_release_that_accepts_it_and_stale_after_an_edit() -> None:
    entries = entries_for(OLD, WIDER)
    released = revision(WIDER, "1.1.0", *entries)
    for schema, kinds in ((WIDER, []), (put(WIDER, "description", "Other."), ["stale"])):
        new = revision(schema, "1.1.0", *entries)
        report = Report(released, new, False, True, TODAY)
        assert [it.kind for it in settings_faults(new, [report], TODAY)] == kinds


def test_a_folder_without_a_version_does_not_make_an_entry_stale() -> None:
    report = Report(
        revision(OLD, None), revision(OLD, "1.0.0", entry("0" * 12)), False, True, TODAY
    )
    assert faults(report) == []


def test_before_the_first_release_nothing_can_be_accepted() -> None:
    new = revision(OLD, "1.0.0", entry("0" * 12))
    assert [it.kind for it in settings_faults(new, [], TODAY)] == ["stale"]


def test_an_entry_holds_through_its_last_day_and_then_the_break_counts() -> None:
    (name,) = fingerprints(OLD, WIDER)
    last = compared(OLD, WIDER, entry(name, TODAY))
    assert (last.bump, faults(last)) == ("minor", [])
    over = compared(OLD, WIDER, entry(name, date(2026, 5, 31)))
    assert (over.bump, over.is_failing) == ("major", True)
    ((kind, what),) = faults(over)
    assert kind == "expired"
    assert f"{name} expired after 2026-05-31; write a later day" in what


INCOMPLETE: dict[str, tuple[Any, str]] = {
    "fingerprint": ("", "number 1 does not have a fingerprint; write "),
    "reason": ("", "{} does not have a reason; write "),
    "until": (None, "{} does not have a last day; write until = "),
}


@pytest.mark.parametrize("member", INCOMPLETE)
def test_an_incomplete_entry_accepts_nothing_and_says_what_to_write(member: str) -> None:
    (name,) = fingerprints(OLD, WIDER)
    value, says = INCOMPLETE[member]
    report = compared(OLD, WIDER, entry(name)._replace(**{member: value}))
    assert (report.bump, report.is_failing) == ("major", True)
    ((kind, what),) = faults(report)
    assert kind == "incomplete"
    assert what.startswith(f"[[tool.contract.accepted]] {says.format(name)}")


# What is shown.


def test_accepted_breaks_are_listed_apart_with_their_reason() -> None:
    (one, *_), both = entries_for(OLD, WIDER), fingerprints(OLD, BOTH)
    lines = as_text([compared(OLD, BOTH, one)]).splitlines()
    apart = lines.index("accepted breaks:")
    assert "  /properties/count/maximum: 100 -> 50" in lines[:apart]
    assert not any('added "lost"' in it for it in lines[:apart])
    assert '  shop/Order: /$defs/State/enum: added "lost"' in lines[apart:]
    assert f"    accepted until 2026-06-01: {REASON}" in lines[apart:]
    assert {f"    fingerprint {it}" for it in both} <= {*lines}


def test_a_program_reads_the_same() -> None:
    (one,) = entries_for(OLD, WIDER)
    report = compared(OLD, BOTH, one, entry("0" * 12))
    found = json.loads(as_json([report], settings_faults(report.new, [report], TODAY)))
    contract = found["contracts"][0]
    ((left,), (accepted,)) = contract["findings"], contract["accepted"]
    assert {left["fingerprint"], one.fingerprint} == {*fingerprints(OLD, BOTH)}
    assert (accepted["fingerprint"], accepted["reason"]) == (one.fingerprint, REASON)
    assert accepted["until"] == "2026-06-01"
    assert (found["fails"], [it["kind"] for it in found["faults"]]) == (True, ["stale"])


def test_github_marks_what_is_not_accepted_and_each_wrong_entry_as_an_error() -> None:
    (one,) = entries_for(OLD, WIDER)
    report = compared(OLD, BOTH, one, entry("0" * 12))
    lines = FORMATTERS["github"](
        [report], settings_faults(report.new, [report], TODAY)
    ).splitlines()
    assert [it.split("::")[1].split()[0] for it in lines if "/State/enum" in it] == ["notice"]
    assert [it.split("::")[1].split()[0] for it in lines if "/count/maximum" in it] == ["error"]
    assert "::error file=pyproject.toml::[[tool.contract.accepted]] 0000" in lines[-1]


@pytest.mark.parametrize("form", FORMATTERS)
def test_a_wrong_entry_is_told_before_the_first_release_too(form: str) -> None:
    new = revision(OLD, "1.0.0", entry("0" * 12))
    assert "is stale" in FORMATTERS[form]([], settings_faults(new, [], TODAY))


# The command, in a repository of its own.

ENTRY = '\n[[tool.contract.accepted]]\nfingerprint = "{}"\nreason = "why"\nuntil = {}\n'


def compat(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(folder / "scripts/compat.py")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.mark.full
def test_the_command_follows_the_entries_of_the_working_tree(tmp_path: Path) -> None:
    first_repository(tmp_path)
    commit_all(tmp_path, "release")
    git(tmp_path, "tag", "v1.0.0")
    message, project = tmp_path / "schemas" / FIRST_FILE, tmp_path / "pyproject.toml"
    message.write_bytes(json.dumps(CHANGES["enum member"].schema).encode())
    set_version(tmp_path, "1.1.0")
    before = compat(tmp_path)
    (name,) = re.findall(r"^    fingerprint (\w{12})$", before.stdout, re.M)
    text = project.read_text("utf-8")
    statuses: list[int] = [before.returncode]
    for entry_text in (ENTRY.format(name, '"9999-12-31"'), ENTRY.format(name, "2020-01-01")):
        project.write_text(f"{text}{entry_text}", "utf-8")
        statuses.append(compat(tmp_path).returncode)
    assert statuses == [1, 0, 1]
    assert f"{name} expired after 2020-01-01; " in compat(tmp_path).stdout
    project.write_text(f"{text}{ENTRY.format('0' * 12, '9999-12-31')}", "utf-8")
    set_version(tmp_path, "2.0.0")
    stale = compat(tmp_path)
    assert (stale.returncode, "is stale" in stale.stdout) == (1, True)


# What pyproject.toml says.


def read(entries: Any) -> tuple[AcceptedBreak, ...]:
    return read_settings({"tool": {"contract": {"accepted": entries}}}, str.encode).accepted


@pytest.mark.parametrize("until", ["2026-06-01", date(2026, 6, 1)])
def test_the_last_day_is_a_date_or_its_text(until: Any) -> None:
    written = {"fingerprint": "ab", "reason": REASON, "until": until}
    assert read([written]) == (AcceptedBreak("ab", REASON, TODAY),)


@pytest.mark.parametrize("until", ["2026-13-01", "20260601", "soon", "", 2026, True, None, [], {}])
def test_what_is_no_date_is_as_if_it_was_not_written(until: Any) -> None:
    assert read([{"fingerprint": 1, "reason": " ", "until": until}]) == (entry("", None, ""),)


@pytest.mark.parametrize("entries", [{}, "ab", ["ab"], 1])
def test_what_is_no_list_of_tables_is_refused_with_the_cure(entries: Any) -> None:
    with pytest.raises(Refused, match=r"accepted .*; write each entry below a line \[\[tool\."):
        read(entries)
