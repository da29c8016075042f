"""The guides of this repository and their code blocks."""

import re

from contract.project import ROOT

GUIDES = (
    "README.md",
    ".github/CONTRIBUTING.md",
    "schemas/README.md",
    "scripts/README.md",
    "scripts/runtime/README.md",
    "tests/README.md",
)


def guide_text(guide: str) -> str:
    return (ROOT / guide).read_text("utf-8")


def blocks(guide: str, language: str) -> list[str]:
    """Every code block of the guide in this language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", guide_text(guide), re.M | re.S)


def block(guide: str, heading: str, language: str = "python") -> str:
    """The first code block in this language below the heading."""
    section = guide_text(guide).split(f"\n## {heading}\n")[1]
    return section.split(f"```{language}\n")[1].split("```\n")[0]
