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
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from compare import (
    BREAKS,
    BUMPS,
    CROSSES,
    ORDER,
    SAME,
    UNDECIDED,
    Comparison,
    Finding,
    Side,
    compare,
)
from contract import parse
from editions import (
    Edition,
    last_release,
    named,
    parsed,
    releases,
    supported,
    tag,
    working_tree,
)
from edits import ABSENT
from errors import Refused
from pair import Pair, included
from proof import refers_to_itself_alone
from runtime._report import FORMATS, annotation, exit_status, written
from values import same
from witnesses import shortest_first


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
    parser.add_argument("--format", choices=FORMATS, default="text")
    return parser.parse_args(arguments)


def bases(chosen: argparse.Namespace) -> Iterator[tuple[Edition, bool]]:
    """What to compare with, and whether the version is judged by it: what was never released
    promised nobody anything, then the last release has the say."""
    names = [chosen.old or last_release(), *([] if chosen.new else supported())]
    first = named(names[0])
    known = releases()
    released = not known or first.version is None or tag(first.version) in known
    if not released and not chosen.new:
        names.append(last_release())
    yield first, released
    yield from ((named(name), True) for name in dict.fromkeys(names[1:]) if name != names[0])


@dataclass(frozen=True)
class Report:
    """What changed from one edition to another, and whether the version says so."""

    old: Edition
    new: Edition
    strict: bool
    judged: bool

    @cached_property
    def comparisons(self) -> list[Comparison]:
        return sorted(self.compared(), key=lambda it: it.message)

    @cached_property
    def bump(self) -> str:
        return max((it.bump for it in self.comparisons), key=BUMPS.index, default="none")

    @property
    def is_undecided(self) -> bool:
        return any(it.verdict == UNDECIDED for it in self.comparisons)

    @property
    def needed(self) -> str | None:
        """The least version that says what changed; None if the old version is unknown."""
        return None if self.old.version is None else bumped(self.old.version, self.bump)

    @property
    def understated(self) -> bool:
        """Whether the version promises more than it keeps."""
        if self.needed is None or self.new.version is None:
            return self.bump == "major"
        return self.judged and release(self.new.version) < release(self.needed)

    @property
    def fails(self) -> bool:
        return self.understated or self.is_undecided

    def compared(self) -> Iterator[Comparison]:
        """A comparison for each message that either edition has."""
        gone, come = ([it for it in a if it not in b] for a, b in self.both_ways())
        moved = dict(self.moved(gone, come))
        for file in gone:
            yield self.deleted(file, moved.get(file))
        yield from (self.added(it) for it in come if it not in moved.values())
        yield from (self.of_file(it) for it in self.old.sources if it in self.new.sources)

    def both_ways(self) -> "list[tuple[Any, Any]]":
        pair = (self.old.sources, self.new.sources)
        return [pair, pair[::-1]]

    def of_file(self, file: str) -> Comparison:
        before, after = (parse(file, it.sources[file]) for it in (self.old, self.new))
        alone = refers_to_itself_alone(before) and refers_to_itself_alone(after)
        if same(before, after) and (alone or self.old.sources == self.new.sources):
            equal = self.old.sources[file] == self.new.sources[file]
            return Comparison(message(file), SAME, "none" if equal else "patch")
        doubts = [*self.untold(self.old, file), *self.untold(self.new, file)]
        if doubts:
            return Comparison(message(file), UNDECIDED, "major", doubts)
        return compare(self.side(self.old, file), self.side(self.new, file), strict=self.strict)

    def untold(self, edition: Edition, file: str) -> Iterator[Finding]:
        """Why nothing can be told of a file that this edition holds."""
        for line in edition.refused.get(file, ()):
            place, _, says = line.removeprefix(f"{file}#").partition(": ")
            yield Finding(place, ABSENT, ABSENT, UNDECIDED, says=f"in {edition}: {says}")

    def side(self, edition: Edition, file: str) -> Side:
        return Side(edition, message(file))

    def moved(self, gone: list[str], come: list[str]) -> Iterator[tuple[str, str]]:
        """Of messages that are gone those that are there under another name."""
        left = [it for it in come if it not in self.new.refused]
        for file in gone:
            schemas = (self.side(self.new, it).schema for it in left)
            found = [
                it for it, schema in zip(left, schemas, strict=True) if self.alike(file, schema)
            ]
            if found:
                left.remove(found[0])
                yield file, found[0]

    def alike(self, file: str, schema: Any) -> bool:
        """Whether a message that is gone and a schema are proven to accept the same documents."""
        if file in self.old.refused:
            return False
        pair = Pair(self.side(self.old, file).schema, schema)
        return included(pair.old, pair.new) and included(pair.new, pair.old)

    def deleted(self, file: str, moved: str | None) -> Comparison:
        if moved is not None:
            says = "renamed: Python code that imports it has to change"
            finding = Finding("", message(file), message(moved), "renamed", says=says)
            return Comparison(message(file), SAME, "major", [finding])
        says = "deleted: holders of the new version cannot read it"
        finding = Finding(
            "", message(file), ABSENT, "deleted", "writers", self.least(file), says=says
        )
        return Comparison(message(file), "narrows", "major", [finding])

    def least(self, file: str) -> Any:
        """The shortest document of a message that is gone, if one was found."""
        if file in self.old.refused:
            return ABSENT
        side = self.side(self.old, file)
        valid = filter(side.oracle.accepts, shortest_first(side.documents))
        return next(valid, ABSENT)

    def added(self, file: str) -> Comparison:
        finding = Finding("", ABSENT, message(file), "added", says="added: nobody knew it before")
        return Comparison(message(file), "widens", "minor", [finding])


def message(file: str) -> str:
    return file.removesuffix(".json")


def release(version: str) -> tuple[int, ...]:
    found = parsed(version)
    if found is None:
        raise Refused(f"pyproject.toml: {version!r} is no version; write one like 1.2.3")
    return (*found.release, 0, 0)[:3]


def bumped(version: str, bump: str) -> str:
    """The next version (semantic versioning); before 1.0.0 what breaks is a minor version."""
    numbers = list(release(version))
    place = len(BUMPS) - 1 - BUMPS.index(bump)
    place = max(place, 1) if not numbers[0] and bump != "none" else place
    if place < len(numbers):
        numbers[place:] = [numbers[place] + 1, *[0] * (len(numbers) - 1 - place)]
    return ".".join(map(str, numbers))


# What is shown.

CUT = 72  # characters of a value in a line


def as_text(reports: list[Report]) -> str:
    return "\n\n".join("\n".join(lines(report)) for report in reports)


def lines(report: Report) -> Iterator[str]:
    yield f"{report.old} -> {report.new}"
    for comparison in report.comparisons:
        asks = "" if comparison.bump == "none" else f", asks for a {comparison.bump} version"
        yield f"{comparison.message}: {comparison.verdict}{asks}"
        for finding in comparison.findings:
            yield f"  {finding.pointer or 'the schema'}: {turned(finding.old, finding.new)}"
            yield from (f"    {line}" for line in sentences(finding, comparison, report))
    yield conclusion(report)


def turned(old: Any, new: Any) -> str:
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
    yield said.format(old=report.old, new=report.new, place=finding.place, says=finding.says)
    if finding.mild:
        yield "only documents that carry this key undescribed, so this is mild (see --strict)"
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
        "old": str(report.old),
        "new": str(report.new),
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
