"""What an upgrade changes, in each format."""

from dataclasses import dataclass

from reports.formats import FORMATS
from reports.report import ERROR, Report, ReportedFinding
from runtime._finding import report_text


@dataclass(frozen=True)
class Answer:
    """The report for a consumer: what changes, when to take it, and the command that takes it."""

    old: str
    new: str
    findings: list[ReportedFinding]
    order: list[str]
    command: str

    @property
    def changes(self) -> list[ReportedFinding]:
        """The findings that ask the consumer to do something."""
        return [it for it in self.findings if it.level == ERROR]

    @property
    def verdict(self) -> str:
        if not self.changes:
            return f"{self.old} -> {self.new}: nothing that you have to change"
        count = len(self.changes)
        return f"{self.old} -> {self.new}: {count} change{'s' if count > 1 else ''} for you"


def answer_text(answer: Answer, form: str) -> str:
    """The answer in one of the formats."""
    if form == "json":
        return report_text(
            answer.findings,
            form,
            old=answer.old,
            new=answer.new,
            changes=len(answer.changes),
            order=answer.order,
            command=answer.command,
        )
    if form in FORMATS:
        notes = [*answer.order, f"take it: `{answer.command}`"]
        return FORMATS[form](Report("upgrade", answer.verdict, answer.findings, (), notes))
    end = [answer.verdict, *answer.order, f"take it: {answer.command}"]
    return "\n".join([*map(with_witness, answer.findings), *end])


def with_witness(finding: ReportedFinding) -> str:
    return str(finding) + (f"\n  witness {finding.witness}" if finding.witness else "")
