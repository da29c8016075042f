"""What changed for whom: ``compat.py [OLD [NEW]] [--strict] [--format text|json|github]``.

OLD and NEW are each a tag or another ref of this repository or a folder laid out like
``schemas/``; by default the last release is compared with the working tree, which is compared with
every supported version too.

Exit status 0: the version says what changed; 1: it understates it, or something is undecided;
2: could not compare.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compare import BREAKS, BUMPS, CROSSES, ORDER, UNDECIDED, Comparison, Finding
from editions import Edition, last_release, named, released, releases, supported, tag, working_tree
from edits import ABSENT
from reports import Report
from runtime._report import add_format, annotation, exit_status, written


def main(arguments: list[str] | None = None) -> int:
    return exit_status(lambda: run(options(arguments)))


def run(chosen: argparse.Namespace) -> int:
    new = working_tree() if chosen.new is None else named(chosen.new)
    reports = [Report(it, new, chosen.strict, judged) for it, judged in bases(chosen)]
    print(SHOWN[chosen.format](reports))
    return 1 if any(it.fails for it in reports) else 0


def options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What changed for whom between two contracts.")
    parser.add_argument("old", nargs="?", help="a ref or a folder; default: the last release")
    parser.add_argument("new", nargs="?", help="a ref or a folder; default: the working tree")
    parser.add_argument("--strict", action="store_true", help="take the mild for what it is")
    add_format(parser)
    return parser.parse_args(arguments)


def bases(chosen: argparse.Namespace) -> Iterator[tuple[Edition, bool]]:
    """What to compare with, and whether the version is judged by it: what was never released
    promised nobody anything, then the last release has the say."""
    known = releases()
    first = named(chosen.old) if chosen.old else released(last_release())
    promised = not known or first.version is None or tag(first.version) in known
    yield first, promised
    others = [] if chosen.new else supported()
    if not promised:
        is_ref = chosen.new and not Path(chosen.new).is_dir()
        others = [last_release(chosen.new if is_ref else "HEAD"), *others]
    for name in dict.fromkeys(others):
        if name != first.name:
            yield released(name), True


# What is shown.

CUT = 72  # characters of a value in a line
FEW = 8  # messages that did not change and are named


def as_text(reports: list[Report]) -> str:
    return "\n\n".join("\n".join(lines(report)) for report in reports)


def lines(report: Report) -> Iterator[str]:
    yield " -> ".join(report.labels)
    unchanged = [it for it in report.comparisons if it.bump == "none"]
    shown = [it for it in report.comparisons if it not in unchanged or len(unchanged) <= FEW]
    for comparison in shown:
        yield from told(comparison, report)
    if len(unchanged) > FEW:
        yield f"{len(unchanged)} messages: same"
    yield conclusion(report)


def told(comparison: Comparison, report: Report) -> Iterator[str]:
    asks = "" if comparison.bump == "none" else f", asks for a {comparison.bump} version"
    yield f"{comparison.message}: {comparison.verdict}{asks}"
    for finding in comparison.findings:
        yield f"  {finding.pointer or 'the schema'}: {turned(finding.old, finding.new)}"
        yield from (f"    {line}" for line in sentences(finding, comparison, report))


def turned(old: Any, new: Any) -> str:
    if old is ABSENT and new is ABSENT:
        return "as a whole"
    if old is ABSENT or new is ABSENT:
        return f"added {cut(new)}" if old is ABSENT else f"removed {cut(old)}"
    return f"{cut(old)} -> {cut(new)}"


def cut(value: Any) -> str:
    text = value if isinstance(value, str) else compact(value)
    return text if len(text) <= CUT else f"{text[: CUT - 1]}…"


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def sentences(finding: Finding, comparison: Comparison, report: Report) -> Iterator[str]:
    """Who breaks, on which document, who moves first."""
    said = SENTENCES.get(finding.effect, "{says}")
    old, new = report.labels
    yield said.format(old=old, new=new, place=finding.place, says=finding.says)
    if finding.mild:
        yield "only documents break that carry this key undescribed: mild"
    if finding.witness is not ABSENT:
        yield f"witness {compact(finding.witness)}"
    if ordered(finding, comparison):
        yield f"order: {ordered(finding, comparison)}"


SENTENCES = {
    "widens": "readers on {old} reject what {new} allows, at {place}",
    "narrows": "writers on {old} send what {new} rejects, at {place}",
}


def ordered(finding: Finding, comparison: Comparison) -> str | None:
    """Who moves first; where a message crosses, no order helps."""
    crosses = comparison.verdict == CROSSES
    return ORDER[CROSSES if crosses else DIRECTION[finding.breaks]] if finding.breaks else None


DIRECTION = {who: effect for effect, who in BREAKS.items()}


def conclusion(report: Report) -> str:
    """What the gate says in the end."""
    if report.understated and report.needed and report.new.version:
        return (
            f"version {report.new.version} understates this: it needs {report.needed};"
            " set version in pyproject.toml and tell it in CHANGELOG.md"
        )
    if report.is_undecided:
        return "undecided is not compatible: see above"
    known = report.needed is not None and report.bump != "none"
    return f"needs version {report.needed} or later" if known else VERSIONS[report.bump]


VERSIONS = {
    "none": "nothing changed",
    "patch": "asks for a patch version",
    "minor": "asks for a minor version",
    "major": "asks for a major version",
}


def as_json(reports: list[Report]) -> str:
    """One object for all editions compared with; ``old`` and ``new`` say which."""
    bump = max((report.bump for report in reports), key=BUMPS.index)
    contracts = [members(it, report) for report in reports for it in report.comparisons]
    return written({"bump": bump, "fails": any(it.fails for it in reports), "contracts": contracts})


def members(comparison: Comparison, report: Report) -> dict[str, Any]:
    return {
        "message": comparison.message,
        "old": report.labels[0],
        "new": report.labels[1],
        "verdict": comparison.verdict,
        "bump": comparison.bump,
        "findings": [described(finding, comparison) for finding in comparison.findings],
    }


def described(finding: Finding, comparison: Comparison) -> dict[str, Any]:
    return {
        "pointer": finding.pointer,
        "old": present(finding.old),
        "new": present(finding.new),
        "effect": finding.effect,
        "breaks": [finding.breaks] if finding.breaks else [],
        "witness": present(finding.witness),
        "order": ordered(finding, comparison),
        "mild": finding.mild,
        "says": finding.says,
    }


def present(value: Any) -> Any:
    return None if value is ABSENT else value


def as_github(reports: list[Report]) -> str:
    """An annotation for each finding, an error where it makes the gate fail."""
    return "\n".join(it for report in reports for it in annotations(report))


def annotations(report: Report) -> Iterator[str]:
    for comparison in report.comparisons:
        for finding in comparison.findings:
            said = "; ".join(sentences(finding, comparison, report))
            text = f"{finding.pointer}: {turned(finding.old, finding.new)}: {said}"
            grave = finding.effect == UNDECIDED or (report.understated and finding.breaks)
            level = "error" if grave else "notice"
            yield annotation(f"schemas/{comparison.message}.json", text, level)
    if report.understated:
        yield annotation("pyproject.toml", conclusion(report))


SHOWN = {"text": as_text, "json": as_json, "github": as_github}


if __name__ == "__main__":
    sys.exit(main())
