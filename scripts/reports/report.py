"""What a command reports, as data: a verdict, findings, and what was looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from runtime._finding import Finding

ERROR, NOTE = "error", "note"
ABSENT = object()


@dataclass(frozen=True)
class ReportedFinding(Finding):
    """A finding with the ``witness`` that shows it, as JSON text, and ``details``, further
    sentences. ``level`` is ERROR if the command fails because of it. ``fingerprint`` names it in
    every run, "" if nothing does."""

    witness: str | None = None
    level: str = ERROR
    details: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def more(self) -> list[str]:
        """The details, then the witness."""
        return [*self.details, *([] if self.witness is None else [f"witness {self.witness}"])]

    def members(self) -> dict[str, Any]:
        """The members for JSON, without empty ones."""
        empty = {"witness": None, "level": ERROR, "details": (), "fingerprint": ""}
        members = super().members()
        return {name: it for name, it in members.items() if it != empty.get(name, ABSENT)}


@dataclass(frozen=True)
class Report:
    """``verdict`` is the answer in one line, ``subjects`` are the files that were looked at,
    ``notes`` further lines after the findings, with commands between backticks."""

    command: str
    verdict: str
    findings: Sequence[ReportedFinding]
    subjects: Sequence[str] = ()
    notes: Sequence[str] = ()


def split_by_level(
    findings: Iterable[ReportedFinding],
) -> tuple[list[ReportedFinding], list[ReportedFinding]]:
    """The errors, and the others."""
    each = [*findings]
    return [it for it in each if it.level == ERROR], [it for it in each if it.level != ERROR]


def counted(number: int, name: str) -> str:
    """The number of what is called so, in words."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def reported(findings: Iterable[Finding]) -> list[ReportedFinding]:
    """Findings that are nothing but errors."""
    return [
        it if isinstance(it, ReportedFinding) else ReportedFinding(**vars(it)) for it in findings
    ]
