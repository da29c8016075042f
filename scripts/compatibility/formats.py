"""The formats of the gate's reports: all of them in one table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from compatibility.edits import ABSENT
from compatibility.findings import BUMPS, ChangeFinding, MessageComparison, upgrade_order
from compatibility.places import PlacedFinding, place_of
from compatibility.report import Report
from compatibility.show import (
    BEFORE_FIRST_RELEASE,
    as_text,
    change_text,
    compact_json,
    conclusion_line,
    each_once,
    finding_sentences,
    is_grave,
    names_text,
)
from compatibility.web_page import as_html
from contract.project import PROJECT_FILE
from reports.formats import FORMATS
from reports.report import ERROR, NOTE, ReportedFinding, reported
from reports.report import Report as Reported
from runtime._finding import Finding, dump_json

Formatter = Callable[[list[Report], Iterable[Finding]], str]


def as_json(reports: list[Report], faults: Iterable[Finding] = ()) -> str:
    """One object for all revisions compared with; ``old`` and ``new`` say which. ``faults`` are of
    the accepted breaks."""
    wrong = [it.members() for it in faults]
    bump = max((report.bump for report in reports), key=BUMPS.index, default="none")
    contracts = [comparison_json(it, report) for report in reports for it in report.comparisons]
    fails = bool(wrong) or any(it.is_failing for it in reports)
    return dump_json({"bump": bump, "fails": fails, "contracts": contracts, "faults": wrong})


def comparison_json(comparison: MessageComparison, report: Report) -> dict[str, Any]:
    shown = [(finding_json(it, comparison, report), it.accepted) for it in comparison.findings]
    return {
        "message": comparison.message,
        "old": report.labels[0],
        "new": report.labels[1],
        "verdict": comparison.verdict,
        "bump": comparison.bump,
        "findings": [members for members, entry in shown if entry is None],
        "accepted": [
            {**members, "reason": entry.reason, "until": str(entry.until)}
            for members, entry in shown
            if entry is not None
        ],
    }


def finding_json(
    finding: ChangeFinding, comparison: MessageComparison, report: Report
) -> dict[str, Any]:
    place = place_of(report, comparison.message, finding)
    return {
        "pointer": place.pointer,
        "file": place.file,
        "line": place.line,
        "old": none_if_absent(finding.old),
        "new": none_if_absent(finding.new),
        "effect": finding.effect,
        "breaks": [finding.breaks] if finding.breaks else [],
        "witness": none_if_absent(finding.witness),
        "order": upgrade_order(finding, comparison),
        "mild": finding.mild,
        "says": finding.says,
        "fingerprint": finding.fingerprint or None,
        "forbidden": finding.forbidden_by or None,
        "allowed": finding.allowed_by or None,
    }


def none_if_absent(value: Any) -> Any:
    return None if value is ABSENT else value


# As findings with file, line, details and witness, for the formats of all reports.


def gate_report(reports: list[Report], faults: Iterable[Finding] = ()) -> Reported:
    """All that the gate found; ``faults`` are of the settings of the comparison."""
    wrong = reported(faults)
    findings = [it for report in reports for it in reported_findings(report)]
    files = [f"schemas/{it.message}.json" for report in reports for it in report.comparisons]
    lines = [f"{' -> '.join(it.labels)}: {conclusion_line(it)}" for it in reports]
    verdict, *others = [*lines, *([] if reports else [BEFORE_FIRST_RELEASE])]
    return Reported("compat", verdict, [*findings, *wrong], [*dict.fromkeys(files)], others)


def reported_findings(report: Report) -> Iterator[ReportedFinding]:
    for placed in each_once(report):
        yield reported_finding(placed, report)
    if report.is_understated and not report.is_forbidden:
        yield ReportedFinding(PROJECT_FILE, "version", conclusion_line(report))


def reported_finding(placed: PlacedFinding, report: Report) -> ReportedFinding:
    finding, place, messages = placed.finding, placed.place, placed.messages
    what, *details = finding_sentences(placed, report)
    details += [f"messages: {names_text(messages)}"] if messages[1:] else []
    witness = None if finding.witness is ABSENT else compact_json(finding.witness)
    return ReportedFinding(
        place.file,
        finding.effect,
        f"{change_text(finding)}: {what}",
        place.pointer,
        place.line,
        witness,
        ERROR if is_grave(finding, report) else NOTE,
        tuple(it for it in details if not it.startswith("witness ")),
        finding.fingerprint,
    )


def formatter(show: Callable[[Reported], str]) -> Formatter:
    return lambda reports, faults: show(gate_report(reports, faults))


FORMATTERS: Mapping[str, Formatter] = {
    "text": as_text,
    "json": as_json,
    "html": as_html,
    **{name: formatter(show) for name, show in FORMATS.items()},
}
