"""Blocks of documents -> what is printed of them and counted, in this process or another.

This module imports pydantic by way of ``_judge``.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ._documents import MEBIBYTE, Block, Items, Lines, bounded_lines
from ._finding import Finding, report_text
from ._judge import Judge, Position
from ._lines import printable_text
from ._places import Place

LINE_ENDS = re.compile(rb"[\r\n]+")
TRAILING_FAULT = "Invalid JSON: trailing characters"
LINES_CURE = "if each line is a document, say --as lines"
ARRAY_CURE = "if each item is a document, say --as array"


class Rules(NamedTuple):
    """What is asked of each document, and what is told of it."""

    message: str
    form: str  # one of REPORT_FORMATS
    longest: int  # bytes of a document
    strict: bool
    by_place: bool  # the faults are counted and not told
    sample_size: int


class Outcome(NamedTuple):
    """Of a block: the lines to print, the numbers, the faults by place, invalid documents."""

    text: str
    valid: int
    invalid: int
    findings: int
    places: Counter[Place]
    sample: list[bytes]


class BlockJudge:
    """Blocks -> outcomes, by the model of the message. Raises Refused if there is none."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.judge = Judge(rules.message, rules.strict, rules.by_place, rules.sample_size)

    def outcome(self, block: Block) -> Outcome:
        """What to print, and the numbers. The block is judged as a whole."""
        judge, lines = self.judge, list[str]()
        for finding in self.findings(block):
            if not self.rules.by_place:
                lines.append(finding_text(self.with_cure(finding, block), self.rules.form) + "\n")
        counts = (judge.valid, judge.invalid, judge.findings, judge.places or Counter())
        outcome = Outcome("".join(lines), *counts, [*map(one_line, judge.sample)])
        judge.clear()
        return outcome

    def findings(self, block: Block) -> Iterator[Finding]:
        """The findings of a block as the model gives them."""
        if isinstance(block, Lines):
            lines = bounded_lines(block.text, self.rules.longest)
            yield from self.judge.lines(lines, block.file, block.number)
        elif isinstance(block, Items):
            for item in block.items:
                line = item.line if block.shape == "array" else None
                position = Position(block.file, line, item.column, item.pointer)
                yield from self.judge.document(item.text, position)
        else:
            self.judge.count([{"type": block.kind, "msg": block.what, "loc": ()}], None)
            yield block

    def with_cure(self, finding: Finding, block: Block) -> Finding:
        """The finding with the option that cures it, if there is one."""
        if finding.kind == "json_type":
            size = f"{self.rules.longest / MEBIBYTE:g} MiB"
            what = f"is longer than {size} and was not judged; raise --longest"
            return replace(finding, kind="too-long", what=what)
        if isinstance(block, Items) and block.shape == "document":
            if finding.what.startswith(TRAILING_FAULT):
                return replace(finding, what=f"{finding.what}; {LINES_CURE}")
            if finding.pointer == "" and (block.items[0].text or b"").lstrip().startswith(b"["):
                return replace(finding, what=f"{finding.what}; {ARRAY_CURE}")
        return finding


def one_line(text: str | bytes | bytearray | None) -> bytes:
    """The document on one line: between the tokens of JSON an end of line is a space."""
    content = text.encode() if isinstance(text, str) else bytes(text or b"")
    return LINE_ENDS.sub(b" ", content.strip()) + b"\n"


def finding_text(finding: Finding, form: str) -> str:
    """The finding on one line; for people cut short and without control characters."""
    if form == "json":
        return json.dumps(finding.members())
    place = None if finding.pointer is None else printable_text(finding.pointer)
    file, what = printable_text(finding.file), printable_text(finding.what)
    return report_text([replace(finding, file=file, what=what, pointer=place)], form)
