"""What an upgrade changes, as text, JSON, annotations of GitHub, or Markdown."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from runtime._finding import github_annotation, report_text
from upgrades.consumer import NOTES, UpgradeFinding

FORMATS = ("text", "json", "github", "markdown")


@dataclass(frozen=True)
class Answer:
    """What a consumer is told: what changes, when to take it, and the command that takes it."""

    old: str
    new: str
    findings: list[UpgradeFinding]
    order: list[str]
    command: str

    @property
    def changes(self) -> list[UpgradeFinding]:
        """Those findings for which something has to be done."""
        return [it for it in self.findings if it.kind not in NOTES]

    @property
    def verdict(self) -> str:
        if not self.changes:
            return f"{self.old} -> {self.new}: nothing that you have to change"
        count = len(self.changes)
        return f"{self.old} -> {self.new}: {count} change{'s' if count > 1 else ''} for you"


def answer_text(answer: Answer, form: str) -> str:
    """The answer in one of FORMATS."""
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
    if form == "markdown":
        return "\n".join(markdown_lines(answer))
    if form == "github":
        return "\n".join(map(annotation, answer.findings)) or answer.verdict
    end = [answer.verdict, *answer.order, f"take it: {answer.command}"]
    return "\n".join([*(with_witness(it, "\n  ") for it in answer.findings), *end])


def annotation(finding: UpgradeFinding) -> str:
    level = "notice" if finding.kind in NOTES else "error"
    return github_annotation(finding.file, with_witness(finding, "; "), level, finding.line)


def with_witness(finding: UpgradeFinding, between: str) -> str:
    return str(finding) + (f"{between}witness {finding.witness}" if finding.witness else "")


def markdown_lines(answer: Answer) -> Iterator[str]:
    """The verdict first; a witness is folded."""
    yield f"**{answer.verdict}**"
    yield ""
    for finding in answer.findings:
        note = "(note) " if finding.kind in NOTES else ""
        yield f"- {note}{html.escape(str(finding), quote=False)}"
        if finding.witness is not None:
            witness = html.escape(finding.witness, quote=False)
            yield f"  <details><summary>witness</summary><code>{witness}</code></details>"
    yield ""
    yield from (f"- {it}" for it in answer.order)
    yield f"- take it: `{answer.command}`"
