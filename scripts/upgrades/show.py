"""What an upgrade changes, in each format."""

from reports.formats import FORMATS
from reports.report import ERROR, Report, ReportedFinding
from runtime._finding import report_text


def things_to_do(findings: list[ReportedFinding]) -> list[ReportedFinding]:
    """The findings that ask the consumer to do something."""
    return [it for it in findings if it.level == ERROR]


def answer_text(
    versions: tuple[str, str],
    findings: list[ReportedFinding],
    order: list[str],
    command: str,
    form: str,
) -> str:
    """What changes for a consumer, when to take it, and the command that takes it if there is
    anything to take, in a format."""
    old, new = versions
    count = len(things_to_do(findings))
    changes = f"{count} change{'s' if count > 1 else ''} for you"
    verdict = f"{old} -> {new}: {changes if count else 'nothing that you have to change'}"
    if form == "json":
        more = {"old": old, "new": new, "changes": count, "order": order, "command": command}
        return report_text(findings, form, **more)
    if form in FORMATS:
        notes = [*order, *([f"take it: `{command}`"] if command else [])]
        return FORMATS[form](Report("upgrade", verdict, findings, (), notes))
    lines = [*map(with_witness, findings), verdict, *order]
    return "\n".join([*lines, f"take it: {command}"] if command else lines)


def with_witness(finding: ReportedFinding) -> str:
    return str(finding) + (f"\n  witness {finding.witness}" if finding.witness else "")
