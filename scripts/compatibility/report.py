"""Two revisions of the contract -> Report: every message compared, the version that it asks for."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from compatibility.accepted import (
    Policy,
    accept_breaks,
    entries_in_force,
    entry_faults,
    fingerprint_of,
    is_breaking,
)
from compatibility.compare import compare_messages
from compatibility.deprecation import early_members, promised_until
from compatibility.edits import ABSENT, Edit
from compatibility.findings import (
    BUMPS,
    NARROWS,
    SAME,
    UNDECIDED,
    WIDENS,
    ChangeFinding,
    MessageComparison,
    finding_of,
)
from compatibility.hidden import hidden_findings
from compatibility.messages import MessageRevision, message_revision
from compatibility.modes import idle_pattern_faults
from compatibility.places import PlacedFinding, placed_findings, written_place
from compatibility.python_api import api_changes
from compatibility.revisions import Revision, parse_version
from compatibility.schema_pair import SchemaPair
from compatibility.witnesses import differing_documents, shortest_first
from contract.json_values import is_equal
from contract.read import parse_schema
from contract.refusal import Refused
from contract.settings import settings_table
from contract.sunsets import sunset_faults, sunset_of
from oracle.oracle import refers_to_itself_alone
from proof.processes import results_in_order
from runtime._finding import Finding, failures_at


@dataclass(frozen=True)
class Report:
    """What changed from one revision to another, and whether the version says so.

    By ``today`` entries of the new revision's accepted breaks expire.
    """

    old: Revision
    new: Revision
    strict: bool
    judged: bool
    today: date = date.min

    @property
    def labels(self) -> tuple[str, str]:
        """What to call the two: their versions, or their names if the versions do not differ."""
        old, new = self.old, self.new
        known = old.version and new.version and old.version != new.version
        return (str(old), str(new)) if known else (old.name, new.name)

    @cached_property
    def comparisons(self) -> list[MessageComparison]:
        settings = self.new.contract.settings
        entries = entries_in_force(settings.accepted, self.today)
        policy = Policy(entries, settings.compatibility, self.strict)
        judged = [self.judged_comparison(it, policy) for it in self.compare_files()]
        return sorted(judged, key=lambda it: it.message)

    def judged_comparison(self, comparison: MessageComparison, policy: Policy) -> MessageComparison:
        """The comparison by the policy, with what the accepted breaks hid."""
        judged = accept_breaks(self.with_fingerprints(comparison), policy)
        accepted = [it for it in judged.findings if it.accepted is not None and it.keyword]
        file = f"{comparison.message}.json"
        if not accepted or file not in self.new.message_files:
            return judged
        sides = side_of(self.old, file), side_of(self.new, file)
        more = unlisted(hidden_findings(*sides, accepted), comparison.findings)
        if not more:
            return judged
        doubts = any(it.effect == UNDECIDED for it in more)
        verdict = UNDECIDED if doubts else comparison.verdict
        findings = [*comparison.findings, *more]
        grown = replace(comparison, verdict=verdict, bump="major", findings=findings)
        return self.judged_comparison(grown, policy)

    def with_fingerprints(self, comparison: MessageComparison) -> MessageComparison:
        """The comparison with the fingerprint of each finding that breaks."""
        file, revisions = f"{comparison.message}.json", (self.new, self.old)
        findings = [
            replace(it, fingerprint=fingerprint_of(written_place(revisions, file, it.pointer), it))
            if is_breaking(it)
            else it
            for it in comparison.findings
        ]
        return replace(comparison, findings=findings)

    @cached_property
    def placed(self) -> dict[str, list[PlacedFinding]]:
        """The findings of each message, where they are written."""
        return placed_findings(self)

    @cached_property
    def bump(self) -> str:
        return max((it.bump for it in self.comparisons), key=BUMPS.index, default="none")

    @property
    def is_undecided(self) -> bool:
        return any(it.is_undecided for it in self.comparisons)

    @property
    def is_forbidden(self) -> bool:
        """Whether something changed that is not allowed in any version."""
        return any(it.is_forbidden for it in self.comparisons)

    @property
    def needed_version(self) -> str | None:
        """The least version that says what changed; None if the old version is unknown."""
        return None if self.old.version is None else next_version(self.old.version, self.bump)

    @property
    def is_understated(self) -> bool:
        """Whether the version promises more than it keeps."""
        if self.needed_version is None or self.new.version is None:
            return self.bump == "major"
        return self.judged and release_numbers(self.new.version) < release_numbers(
            self.needed_version
        )

    @property
    def is_failing(self) -> bool:
        return self.is_understated or self.is_undecided or self.is_forbidden

    def compare_files(self) -> Iterator[MessageComparison]:
        """A comparison for each message that either revision has."""
        before, after = self.old.message_files, self.new.message_files
        gone = [it for it in before if it not in after]
        come = [it for it in after if it not in before]
        moved = dict(self.moved(gone, come))
        for file in gone:
            yield self.compare_deleted(file, moved.get(file))
        yield from (self.added(it) for it in come if it not in moved.values())
        yield from results_in_order(self.compare_file, [it for it in before if it in after])
        others = {**self.old.schema_files, **self.new.schema_files}.keys() - {*before, *after}
        # What definitions change, the messages that need them tell.
        yield from map(self.same_documents, sorted(others))

    def same_documents(self, file: str) -> MessageComparison:
        """That of a file which has other words at most."""
        equal = self.old.schema_files.get(file) == self.new.schema_files.get(file)
        return MessageComparison(message_of(file), SAME, "none" if equal else "patch")

    def compare_file(self, file: str) -> MessageComparison:
        with failures_at(f"{file}#"):
            return self.compared_file(file)

    def compared_file(self, file: str) -> MessageComparison:
        before, after = (parse_schema(file, it.schema_files[file]) for it in (self.old, self.new))
        alone = refers_to_itself_alone(before) and refers_to_itself_alone(after)
        others_equal = alone or self.old.schema_files == self.new.schema_files
        alike = self.are_read_alike and others_equal and is_equal(before, after)
        if alike and self.keeps_names(file):
            return self.same_documents(file)
        doubts = [*self.refusal_findings(self.old, file), *self.refusal_findings(self.new, file)]
        if doubts:
            return MessageComparison(message_of(file), UNDECIDED, "major", doubts)
        return compare_messages(
            side_of(self.old, file),
            side_of(self.new, file),
            self.today,
            strict=self.strict,
        )

    def keeps_names(self, file: str) -> bool:
        """Whether the Python names of a message are as before; they depend on the order of its
        members, and on what its neighbours are called."""
        refused = file in self.old.refused or file in self.new.refused
        if refused or self.old.schema_files == self.new.schema_files:
            return True
        with suppress(Refused):  # a message without classes, of which nothing changed
            old, new = (side_of(it, file).python_classes for it in (self.old, self.new))
            return next(api_changes(old, new), None) is None
        return True

    @cached_property
    def are_read_alike(self) -> bool:
        """Whether both revisions say the same of how schemas are read, and have the same
        resources."""
        old, new = (settings_table(it.contract.settings) for it in (self.old, self.new))
        return old == new

    def refusal_findings(self, revision: Revision, file: str) -> Iterator[ChangeFinding]:
        """The refusals of a file of this revision, which therefore cannot be compared."""
        for finding in revision.refused.get(file, ()):
            says = f"in {revision}: {finding.what}"
            yield ChangeFinding(finding.pointer or "", ABSENT, ABSENT, UNDECIDED, says=says)

    def moved(self, gone: list[str], come: list[str]) -> Iterator[tuple[str, str]]:
        """The messages that have another name now: the old file and the new one."""
        left = [it for it in come if it not in self.new.refused]
        for file in gone:
            name = next((it for it in left if self.is_same_message(file, it)), None)
            if name is not None:
                left.remove(name)
                yield file, name

    def is_same_message(self, gone: str, come: str) -> bool:
        """Whether two messages accept the same documents, by proof and by all that are tried."""
        if gone in self.old.refused:
            return False
        sides = side_of(self.old, gone), side_of(self.new, come)
        pair = SchemaPair(*(it.schema for it in sides))
        tried = [document for it in sides for document in it.documents] if pair.same else []
        return pair.same and not any(
            differing_documents(*schemas, tried, thorough=False)
            for schemas in ((pair.old, pair.new), (pair.new, pair.old))
        )

    def compare_deleted(self, file: str, moved: str | None) -> MessageComparison:
        if moved is not None:
            says = "renamed: Python code that imports it has to change"
            finding = ChangeFinding("", message_of(file), message_of(moved), "renamed", says=says)
            return MessageComparison(message_of(file), SAME, "major", [finding])
        whole = Edit((), "", message_of(file), ABSENT)
        says = "deleted: holders of the new version cannot read it"
        more = {"breaks": "writers", "witness": self.least(file), "says": says}
        findings = [finding_of(whole, "deleted", **more)]
        day = sunset_of(self.old.contract.schemas.get(file))
        if day and self.today < day:
            findings.append(finding_of(whole, **promised_until(day)))
        if file not in self.old.refused:
            findings += early_members(side_of(self.old, file).schema, self.today)
        return MessageComparison(message_of(file), NARROWS, "major", findings)

    def least(self, file: str) -> Any:
        """The shortest document of a message that is gone, if one was found."""
        if file in self.old.refused:
            return ABSENT
        side = side_of(self.old, file)
        valid = filter(side.oracle.accepts, shortest_first(side.documents))
        return next(valid, ABSENT)

    def added(self, file: str) -> MessageComparison:
        says = "added: nobody knew it before"
        finding = ChangeFinding("", ABSENT, message_of(file), "added", says=says)
        return MessageComparison(message_of(file), WIDENS, "minor", [finding])


def unlisted(findings: Iterable[ChangeFinding], listed: list[ChangeFinding]) -> list[ChangeFinding]:
    """The findings that are not among those listed, whatever their witness."""
    known = [(it.pointer, it.old, it.new, it.effect) for it in listed]
    return [it for it in findings if (it.pointer, it.old, it.new, it.effect) not in known]


def settings_faults(new: Revision, reports: list[Report], today: date) -> list[Finding]:
    """What is wrong with the accepted breaks and the modes of a revision that the reports are
    of."""
    settings = new.contract.settings
    messages = [
        message_of(file) for it in [new, *(it.old for it in reports)] for file in it.schema_files
    ]
    return [
        *entry_faults(settings.accepted, matched_entries(reports), today),
        *idle_pattern_faults(settings.compatibility, messages),
        *(replace(it, file=f"schemas/{it.file}") for it in sunset_faults(new.contract.schemas)),
    ]


def matched_entries(reports: list[Report]) -> set[str] | None:
    """The fingerprints of all that breaks, and those that the last release accepted if nothing
    changed since; None if no report has an old version."""
    if reports and all(it.old.version is None for it in reports):
        return None
    unchanged = [it.old for it in reports if it.judged and it.bump == "none"]
    released = {entry.fingerprint for it in unchanged for entry in it.contract.settings.accepted}
    comparisons = (it for report in reports for it in report.comparisons)
    return released | {it.fingerprint for comparison in comparisons for it in comparison.findings}


def message_of(file: str) -> str:
    return file.removesuffix(".json")


def side_of(revision: Revision, file: str) -> MessageRevision:
    return message_revision(revision, message_of(file))


def release_numbers(version: str) -> tuple[int, ...]:
    parsed = parse_version(version)
    if parsed is None:
        raise Refused(f"pyproject.toml: {version!r} is no version; write one like 1.2.3")
    return (*parsed.release, 0, 0)[:3]


def version_text(bump: str, old: str | None) -> str:
    """The version that changes ask for, in words (Semantic Versioning 2.0.0, section 4)."""
    is_initial = bump == "major" and old is not None and not release_numbers(old)[0]
    return "a minor version, which may break before 1.0.0" if is_initial else f"a {bump} version"


def next_version(version: str, bump: str) -> str:
    """The next version (semantic versioning); before 1.0.0 what breaks is a minor version."""
    numbers = list(release_numbers(version))
    place = len(BUMPS) - 1 - BUMPS.index(bump)
    place = max(place, 1) if not numbers[0] and bump != "none" else place
    if place < len(numbers):
        numbers[place:] = [numbers[place] + 1, *[0] * (len(numbers) - 1 - place)]
    return ".".join(map(str, numbers))
