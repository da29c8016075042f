"""Findings for people, for programs and for GitHub: a line, a member, an annotation each.

The standard library alone, for a copy answers for itself where nothing else is installed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

FORMATS = ("text", "json", "github")


@dataclass(frozen=True)
class Finding:
    """What is wrong with a file, with its cure; ``kind`` is one word for programs, ``pointer``
    a JSON Pointer (RFC 6901) into the file or None for the whole of it."""

    file: str
    kind: str
    what: str
    pointer: str | None = None

    def __str__(self) -> str:
        place = self.file if self.pointer is None else f"{self.file}#{self.pointer}"
        return f"{place}: {self.what}"


def report(findings: Iterable[Finding], form: str, **more: Any) -> str:
    """The findings in one of FORMATS; ``more`` are members of the JSON object beside them."""
    if form == "json":
        return written({**more, "findings": [asdict(finding) for finding in findings]})
    if form == "github":
        return "\n".join(annotation(finding.file, str(finding)) for finding in findings)
    return "\n".join(map(str, findings))


def written(members: Mapping[str, Any]) -> str:
    return json.dumps(members, indent=2, ensure_ascii=False)


def annotation(file: str, text: str, level: str = "error") -> str:
    """A workflow command of GitHub Actions, whose values have three characters escaped."""
    place = escaped(file).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={place}::{escaped(text)}"


def escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
