"""Reports of the gate as text: what changed, who breaks, who moves first."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from compatibility.accepted import UNORDERED_KEYWORDS
from compatibility.edits import ABSENT
from compatibility.findings import UNDECIDED, ChangeFinding, MessageComparison
from compatibility.places import PlacedFinding
from compatibility.report import Report, version_text
from contract.json_values import is_array, missing_values
from runtime._finding import Finding

# What is shown.

MAX_VALUE_LENGTH = 72  # characters of a value in a line


MAX_NAMES = 3  # messages that are named where the same is said of several


BEFORE_FIRST_RELEASE = (
    "no release is tagged here, so nobody can break; make the first one with make release, fetch"
    " the tags if there are any (git fetch --tags), or name what to compare with: make compat"
    " BASE=main"
)


def as_text(reports: list[Report], faults: Iterable[Finding] = ()) -> str:
    """The reports, or the next step before the first release; then ``faults``, those of the
    accepted breaks."""
    texts = ["\n".join(report_lines(report)) for report in reports] or [BEFORE_FIRST_RELEASE]
    fault_lines = "\n".join(map(str, faults))
    return "\n\n".join([*texts, *([fault_lines] if fault_lines else [])])


def report_lines(report: Report) -> Iterator[str]:
    yield " -> ".join(report.labels)
    for alike in alike_messages(report):
        yield from comparison_lines(alike, report)
    yield from accepted_lines(report)
    yield conclusion_line(report)


def alike_messages(report: Report) -> list[list[MessageComparison]]:
    """The comparisons, those together of which the same is said; what did not change is last."""
    groups: dict[Any, list[MessageComparison]] = {}
    for comparison in report.comparisons:
        alike = (comparison.verdict, comparison.bump, *report.placed[comparison.message])
        groups.setdefault(alike, []).append(comparison)
    return sorted(groups.values(), key=lambda it: it[0].bump == "none")


def comparison_lines(alike: list[MessageComparison], report: Report) -> Iterator[str]:
    """The verdict on messages of which the same is said, and what changed in them."""
    first, names = alike[0], names_text(it.message for it in alike)
    asks = f", asks for {version_text(first.bump, report.old.version)}"
    yield f"{names}: {first.verdict}{'' if first.bump == 'none' else asks}"
    for it in report.placed[first.message]:
        if it.finding.accepted is None and it.comparison is first:
            yield from finding_lines("", it, report)
        elif it.finding.accepted is None:
            yield f"  {headline(it)}, as in {it.messages[0]}"


def accepted_lines(report: Report) -> Iterator[str]:
    """The breaks that the owner accepts, apart from all others."""
    accepted = [it for it in each_once(report) if it.finding.accepted is not None]
    if accepted:
        yield "accepted breaks:"
    for it in accepted:
        yield from finding_lines(f"{names_text(it.messages)}: ", it, report)


def each_once(report: Report) -> Iterable[PlacedFinding]:
    """The findings, that of a shared definition once."""
    return dict.fromkeys(it for findings in report.placed.values() for it in findings)


def finding_lines(owner: str, placed: PlacedFinding, report: Report) -> Iterator[str]:
    file, line, _ = placed.place
    yield f"  {owner}{headline(placed)}"
    yield f"    {file if line is None else f'{file}:{line}'}"
    yield from (f"    {it}" for it in finding_sentences(placed, report))


def headline(placed: PlacedFinding) -> str:
    """What was edited, and how."""
    return f"{placed.place.pointer or 'the schema'}: {change_text(placed.finding)}"


def names_text(names: Iterable[str]) -> str:
    """The first names, and the number of the others."""
    each = [*names]
    others = len(each) - MAX_NAMES
    more = f" and {others} other{'s' if others > 1 else ''}" if others > 0 else ""
    return f"{', '.join(each[:MAX_NAMES])}{more}"


def change_text(finding: ChangeFinding) -> str:
    if finding.is_whole:
        return "as a whole"
    gone, come = changed_values(finding)
    removed, added = (", ".join(value_text(it, finding) for it in some) for some in (gone, come))
    if not gone or not come:
        return f"removed {removed}" if gone else f"added {added}"
    return f"{removed} -> {added}"


def changed_values(finding: ChangeFinding) -> tuple[list[Any], list[Any]]:
    """What went and what came: of two lists of which one holds the other, items."""
    old, new = finding.old, finding.new
    if finding.keyword in UNORDERED_KEYWORDS and is_array(old) and is_array(new):
        gone, come = missing_values(old, new), missing_values(new, old)
        if (not gone) != (not come):
            return gone, come
    return [it for it in [old] if it is not ABSENT], [it for it in [new] if it is not ABSENT]


def value_text(value: Any, finding: ChangeFinding) -> str:
    """A value as JSON, a name or a type of Python as it is."""
    is_python = isinstance(value, str) and not finding.keyword
    text = str(value) if is_python or value is ABSENT else compact_json(value)
    return text if len(text) <= MAX_VALUE_LENGTH else f"{text[: MAX_VALUE_LENGTH - 1]}…"


def compact_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def finding_sentences(placed: PlacedFinding, report: Report) -> Iterator[str]:
    """Who breaks, on which document, who moves first, and whether that is accepted."""
    finding = placed.finding
    sentence = EFFECT_SENTENCES.get(finding.effect, "{says}")
    old, new = report.labels
    place = " of ".join([finding.rejected_at, *placed.first_of_several])
    yield sentence.format(old=old, new=new, place=place, says=finding.says)
    if finding.says and finding.effect in EFFECT_SENTENCES:
        yield finding.says
    if finding.mild:
        yield "mild: only documents break that already have this key"
    if finding.witness is not ABSENT:
        yield f"witness {compact_json(finding.witness)}"
    if placed.order:
        yield f"order: {placed.order}"
    if finding.fingerprint:
        yield f"fingerprint {finding.fingerprint}"
    if finding.forbidden_by:
        yield f"{finding.forbidden_by} forbids this in any version"
    if finding.allowed_by:
        yield f"{finding.allowed_by} allows this"
    if finding.accepted is not None:
        yield f"accepted until {finding.accepted.until}: {finding.accepted.reason}"


EFFECT_SENTENCES = {
    "widens": "readers on {old} reject what {new} allows, at {place}",
    "narrows": "writers on {old} send what {new} rejects, at {place}",
}


def conclusion_line(report: Report) -> str:
    """What the gate says in the end."""
    if report.is_forbidden:
        return FORBIDDEN_CONCLUSION
    if report.is_understated and report.needed_version and report.new.version:
        return (
            f"version {report.new.version} understates this: it needs {report.needed_version};"
            " make release DRAFT=yes writes it, and the lines of CHANGELOG.md"
        )
    if report.is_undecided:
        return "undecided is not compatible: see above"
    if report.bump == "none":
        return "nothing changed"
    if report.needed_version is None:
        return f"asks for a {report.bump} version"
    return f"needs version {report.needed_version} or later"


FORBIDDEN_CONCLUSION = (
    "no version allows what is forbidden above: undo it, or accept it by its fingerprint below"
    " [[tool.contract.accepted]] in pyproject.toml"
)


def is_grave(finding: ChangeFinding, report: Report) -> bool:
    """Whether the gate fails because of the finding."""
    if finding.accepted is not None or finding.allowed_by:
        return False
    breaks = finding.breaks is not None and report.is_understated
    return finding.effect == UNDECIDED or bool(finding.forbidden_by) or breaks
