"""Reports of the gate as text: what changed, who breaks, who moves first."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from compatibility.edits import ABSENT
from compatibility.findings import (
    CROSSES,
    UNDECIDED,
    UPGRADE_ORDER,
    WHO_BREAKS,
    ChangeFinding,
    MessageComparison,
)
from compatibility.places import place_of
from compatibility.report import Report, version_text
from runtime._finding import Finding

# What is shown.

MAX_VALUE_LENGTH = 72  # characters of a value in a line


MAX_UNCHANGED_SHOWN = 8  # messages that did not change and are named


BEFORE_FIRST_RELEASE = (
    "no release is tagged here, so nobody can break; make the first one with make release, fetch"
    " the tags if there are any (git fetch --tags), or name what to compare with: make compat"
    " BASE=main"
)


def as_text(reports: list[Report], faults: Iterable[Finding] = ()) -> str:
    """The reports, or the next step before the first release; then ``faults``, those of the
    accepted breaks."""
    texts = ["\n".join(report_lines(report)) for report in reports] or [BEFORE_FIRST_RELEASE]
    fault_lines = "\n".join(map(str, faults))
    return "\n\n".join([*texts, *([fault_lines] if fault_lines else [])])


def report_lines(report: Report) -> Iterator[str]:
    yield " -> ".join(report.labels)
    unchanged = [it for it in report.comparisons if it.bump == "none"]
    shown = [
        comparison
        for comparison in report.comparisons
        if comparison not in unchanged or len(unchanged) <= MAX_UNCHANGED_SHOWN
    ]
    for comparison in shown:
        yield from comparison_lines(comparison, report)
    if len(unchanged) > MAX_UNCHANGED_SHOWN:
        yield f"{len(unchanged)} messages: same"
    yield from accepted_lines(report)
    yield conclusion_line(report)


def comparison_lines(comparison: MessageComparison, report: Report) -> Iterator[str]:
    asks = f", asks for {version_text(comparison.bump, report.old.version)}"
    yield f"{comparison.message}: {comparison.verdict}{'' if comparison.bump == 'none' else asks}"
    for finding in comparison.findings:
        if finding.accepted is None:
            yield from finding_lines("", finding, comparison, report)


def accepted_lines(report: Report) -> Iterator[str]:
    """The breaks that the owner accepts, apart from all others."""
    findings = [(it, finding) for it in report.comparisons for finding in it.findings]
    accepted = [(it, finding) for it, finding in findings if finding.accepted is not None]
    if accepted:
        yield "accepted breaks:"
    for comparison, finding in accepted:
        yield from finding_lines(f"{comparison.message}#", finding, comparison, report)


def finding_lines(
    owner: str, finding: ChangeFinding, comparison: MessageComparison, report: Report
) -> Iterator[str]:
    place = place_of(report, comparison.message, finding)
    yield f"  {owner + place.pointer or 'the schema'}: {change_text(finding)}"
    yield f"    {place.file if place.line is None else f'{place.file}:{place.line}'}"
    yield from (f"    {line}" for line in finding_sentences(finding, comparison, report))


def change_text(finding: ChangeFinding) -> str:
    if finding.is_whole:
        return "as a whole"
    old, new = (value_text(it, finding) for it in (finding.old, finding.new))
    if finding.old is ABSENT:
        return f"added {new}"
    return f"removed {old}" if finding.new is ABSENT else f"{old} -> {new}"


def value_text(value: Any, finding: ChangeFinding) -> str:
    """A value as JSON, a name or a type of Python as it is."""
    is_python = isinstance(value, str) and not finding.keyword
    text = str(value) if is_python or value is ABSENT else compact_json(value)
    return text if len(text) <= MAX_VALUE_LENGTH else f"{text[: MAX_VALUE_LENGTH - 1]}…"


def compact_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def finding_sentences(
    finding: ChangeFinding, comparison: MessageComparison, report: Report
) -> Iterator[str]:
    """Who breaks, on which document, who moves first, and whether that is accepted."""
    sentence = EFFECT_SENTENCES.get(finding.effect, "{says}")
    old, new = report.labels
    yield sentence.format(old=old, new=new, place=finding.rejected_at, says=finding.says)
    if finding.says and finding.effect in EFFECT_SENTENCES:
        yield finding.says
    if finding.mild:
        yield "only documents break that already have this key"
    if finding.witness is not ABSENT:
        yield f"witness {compact_json(finding.witness)}"
    if upgrade_order(finding, comparison):
        yield f"order: {upgrade_order(finding, comparison)}"
    if finding.fingerprint:
        yield f"fingerprint {finding.fingerprint}"
    if finding.forbidden_by:
        yield f"{finding.forbidden_by} forbids this in any version"
    if finding.allowed_by:
        yield f"{finding.allowed_by} allows this"
    if finding.accepted is not None:
        yield f"accepted until {finding.accepted.until}: {finding.accepted.reason}"


EFFECT_SENTENCES = {
    "widens": "readers on {old} reject what {new} allows, at {place}",
    "narrows": "writers on {old} send what {new} rejects, at {place}",
}


def upgrade_order(finding: ChangeFinding, comparison: MessageComparison) -> str | None:
    """Who moves first; where a message crosses, no order helps."""
    crosses = comparison.verdict == CROSSES
    return (
        UPGRADE_ORDER[CROSSES if crosses else EFFECT_BREAKING[finding.breaks]]
        if finding.breaks
        else None
    )


EFFECT_BREAKING = {who: effect for effect, who in WHO_BREAKS.items()}


def conclusion_line(report: Report) -> str:
    """What the gate says in the end."""
    if report.is_forbidden:
        return FORBIDDEN_CONCLUSION
    if report.is_understated and report.needed_version and report.new.version:
        return (
            f"version {report.new.version} understates this: it needs {report.needed_version};"
            " make release DRAFT=yes writes it, and the lines of CHANGELOG.md"
        )
    if report.is_undecided:
        return "undecided is not compatible: see above"
    known = report.needed_version is not None and report.bump != "none"
    return (
        f"needs version {report.needed_version} or later"
        if known
        else BUMP_CONCLUSIONS[report.bump]
    )


FORBIDDEN_CONCLUSION = (
    "no version allows what is forbidden above: undo it, or accept it by its fingerprint below"
    " [[tool.contract.accepted]] in pyproject.toml"
)
BUMP_CONCLUSIONS = {
    "none": "nothing changed",
    "patch": "asks for a patch version",
    "minor": "asks for a minor version",
    "major": "asks for a major version",
}


def is_grave(finding: ChangeFinding, report: Report) -> bool:
    """Whether the gate fails because of the finding."""
    if finding.accepted is not None or finding.allowed_by:
        return False
    breaks = finding.breaks is not None and report.is_understated
    return finding.effect == UNDECIDED or bool(finding.forbidden_by) or breaks
