"""The changelog: its sections by version, and the lines that the findings of a release make."""

import re
from collections.abc import Collection, Iterable, Iterator

from compatibility.edits import ABSENT
from compatibility.places import PlacedFinding
from compatibility.report import Report, release_numbers
from compatibility.show import (
    EFFECT_SENTENCES,
    alike_messages,
    change_text,
    compact_json,
    each_once,
    names_text,
)
from contract.refusal import Refused

CHANGELOG = "CHANGELOG.md"
TITLE = "# Changelog\n"
# ``## 1.2.3``, also ``## [1.2.3] - 2026-01-31``.
HEADING = re.compile(r"^## +\[?v?(\d[^\s\]]*)\]?.*$", re.M)
# What a section was made of; see drafts.py.
MADE_OF = re.compile(r"\s*^[ \t]*<!-- made of ([0-9a-f]+)(, for .*)?; leave this line -->$", re.M)
PACKAGE_LINE = (
    "- The package is generated anew; every message accepts the same documents as before."
)
# The words for a message without findings, by the version that it asks for.
WITHOUT_FINDING = {
    "patch": "the same documents as before, in other words",
    "minor": "the same documents as before; Python code gains names",
    "major": "the same documents as before; Python code has to change",
}


# Sections.


def sections(text: str) -> dict[str, str]:
    """The words below the heading of each version."""
    return {version: MADE_OF.sub("", it).strip() for version, it in raw_sections(text).items()}


def raw_sections(text: str) -> dict[str, str]:
    """All that is below the heading of each version."""
    words = HEADING.split(text)[1:]  # a version, its text, the next version, …
    return {version: it.strip() for version, it in zip(words[::2], words[1::2], strict=True)}


def without_sections(text: str, versions: Collection[str]) -> str:
    starts = [it.start() for it in HEADING.finditer(text)]
    parts = [text[slice(*it)] for it in zip([0, *starts], [*starts, None], strict=True)]
    return "".join(it for it in parts if not {*sections(it)} & {*versions})


def with_section(text: str, version: str, lines: Iterable[str]) -> str:
    """The changelog with a section before all others."""
    section = "\n".join([f"## {version}", "", *lines]) + "\n"
    first = HEADING.search(text)
    if first is None:
        return f"{(text or TITLE).rstrip()}\n\n{section}"
    return f"{text[: first.start()]}{section}\n{text[first.start() :]}"


def refuse_changelog(text: str, version: str, last: str | None) -> None:
    """Refuse a changelog with a section of a version that was not released, or an empty section.

    ``last`` is the version of the last release, None before the first.
    """
    present = sections(text)
    if present.get(version) == "":
        raise Refused(f"{CHANGELOG}: ## {version} is empty; write what changed, or remove it")
    others = [it for it in present if it != version]
    if last is None and others:
        raise Refused(
            f"{CHANGELOG}: tells of {others[0]}, but no release is tagged here; fetch the tags"
            f" (git fetch --tags), or tag its commit (git tag v{others[0]} COMMIT)"
        )
    for draft in filter(re.compile(r"\d+\.\d+\.\d+").fullmatch, others):
        if last and release_numbers(draft) > release_numbers(last):
            raise Refused(
                f"{CHANGELOG}: ## {draft} was never released, and this release is {version};"
                f" call the section ## {version}, or remove it"
            )


# Lines.


def release_lines(report: Report | None, messages: Iterable[str], version: str) -> list[str]:
    """A line for each change; for each message if there is no report, as at the first release."""
    if report is None:
        return [f"- {span_of(it)}: new." for it in messages]
    return [*change_lines(report, version)] or [PACKAGE_LINE]


def change_lines(report: Report, version: str) -> Iterator[str]:
    for placed in each_once(report):
        sentences = finding_sentences(placed, str(report.old), version)
        yield f"- {names_text(map(span_of, placed.messages))}{'. '.join(sentences)}."
    for alike in alike_messages(report):
        if alike[0].bump != "none" and not alike[0].findings:
            names = names_text(span_of(it.message) for it in alike)
            yield f"- {names}: {WITHOUT_FINDING[alike[0].bump]}."


def span_of(message: str) -> str:
    return f"`{message.replace('/', '.')}`"


def finding_sentences(placed: PlacedFinding, old: str, new: str) -> Iterator[str]:
    """What changed, who breaks and on which document, who upgrades first."""
    finding = placed.finding
    if finding.effect == "added":
        yield ": new"
        return
    pointer = placed.place.pointer
    named = f", {code_span(pointer)}" if pointer else ""
    yield named if finding.is_whole else f"{named}: {change_text(finding)}"
    effect = EFFECT_SENTENCES.get(finding.effect, "{says}")
    place = " of ".join([finding.rejected_at, *map(span_of, placed.first_of_several)])
    yield capitalized(effect.format(old=old, new=new, place=place, says=finding.says))
    if finding.says and finding.effect in EFFECT_SENTENCES:
        yield capitalized(finding.says)
    if finding.mild:
        yield "Only documents break that already have this key"
    if finding.witness is not ABSENT:
        yield f"For example {code_span(compact_json(finding.witness))}"
    if placed.order:
        yield capitalized(placed.order)
    if finding.accepted is not None:
        yield f"Accepted: {finding.accepted.reason.rstrip('.')}"


def capitalized(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def code_span(text: str) -> str:
    """A code span of Markdown (CommonMark, section 6.1) that holds the text."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence, space = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"
