"""Reports of the gate as findings with file, line, details and witness, for every format."""

from collections.abc import Iterable, Iterator

from compatibility.edits import ABSENT
from compatibility.places import PlacedFinding
from compatibility.report import Report
from compatibility.show import (
    BEFORE_FIRST_RELEASE,
    change_text,
    compact_json,
    conclusion_line,
    each_once,
    finding_sentences,
    is_grave,
    names_text,
)
from contract.project import PROJECT_FILE
from reports.report import ERROR, NOTE, ReportedFinding, reported
from reports.report import Report as Reported
from runtime._finding import Finding


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
