"""The formats of the gate's reports: all of them in one table."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from compatibility.edits import ABSENT
from compatibility.findings import BUMPS, ChangeFinding, MessageComparison, upgrade_order
from compatibility.places import place_of
from compatibility.report import Report
from compatibility.reported import gate_report
from compatibility.show import as_text
from compatibility.web_page import as_html
from reports.formats import FORMATS
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


def formatter(show: Callable[[Reported], str]) -> Formatter:
    return lambda reports, faults: show(gate_report(reports, faults))


FORMATTERS: Mapping[str, Formatter] = {
    "text": as_text,
    "json": as_json,
    "html": as_html,
    **{name: formatter(show) for name, show in FORMATS.items()},
}
