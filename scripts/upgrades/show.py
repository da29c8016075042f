"""What an upgrade changes, in each format."""

from collections.abc import Sequence

from reports.formats import FORMATS
from reports.report import Report, ReportedFinding, counted, split_by_level
from runtime._finding import report_text


def answer_text(
    versions: tuple[str, str],
    findings: Sequence[ReportedFinding],
    order: list[str],
    command: str,
    form: str,
) -> str:
    """What changes for a consumer, when to take it, and the command that takes it if there is
    anything to take, in a format."""
    old, new = versions
    errors, notes = split_by_level(findings)
    changes = (
        f"{counted(len(errors), 'change')} for you" if errors else "nothing that you have to change"
    )
    verdict = f"{old} -> {new}: {changes}"
    if form == "json":
        more = {"old": old, "new": new, "changes": len(errors), "order": order, "command": command}
        return report_text(findings, form, **more)
    if form in FORMATS:
        lines = [*order, *([f"take it: `{command}`"] if command else [])]
        return FORMATS[form](Report("upgrade", verdict, findings, (), lines))
    apart = [f"{counted(len(notes), 'note')}, nothing to do:", *map(with_witness, notes)]
    lines = [*map(with_witness, errors), verdict, *order]
    lines += [f"take it: {command}"] if command else []
    return "\n".join([*lines, *(apart if notes else [])])


def with_witness(finding: ReportedFinding) -> str:
    return str(finding) + (f"\n  witness {finding.witness}" if finding.witness else "")
