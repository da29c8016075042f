"""The gate's report as one self-contained page: verdict, findings, both schemas side by side."""

import json
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import escape
from itertools import zip_longest

from compatibility.edits import ABSENT
from compatibility.findings import MessageComparison
from compatibility.places import PlacedFinding
from compatibility.report import Report, version_text
from compatibility.show import (
    BEFORE_FIRST_RELEASE,
    change_text,
    conclusion_line,
    finding_sentences,
    headline,
    is_grave,
)
from runtime._finding import Finding

CONTEXT_LINES = 3  # unchanged lines that are shown around a change
STYLE = """\
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
code, pre, table { font-family: ui-monospace, monospace; font-size: 0.85rem }
pre { overflow-x: auto; margin: 0.25rem 0 }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
td { white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: top; padding: 0 0.5rem }
td.line { width: 3rem; text-align: right; opacity: 0.6 }
td.old { background: #f8514933 } td.new { background: #3fb95033 }
tr.gap td { text-align: center; opacity: 0.6 }
.error { border-left: 0.3rem solid #f85149; padding-left: 0.75rem }
.note { border-left: 0.3rem solid #8b949e; padding-left: 0.75rem }
"""


def as_html(reports: list[Report], faults: Iterable[Finding] = ()) -> str:
    """An HTML page that needs no other file and runs no script."""
    body = [line for report in reports for line in report_html(report)]
    body = body or [f"<h1>{escape(BEFORE_FIRST_RELEASE)}</h1>"]
    wrong = [f'<p class="error">{escape(str(it))}</p>' for it in faults]
    head = f'<meta charset="utf-8"><title>Who breaks</title><style>\n{STYLE}</style>'
    lines = ["<!doctype html>", f'<html lang="en"><head>{head}</head>', "<body>"]
    return "\n".join([*lines, *wrong, *body, "</body></html>"])


def report_html(report: Report) -> Iterator[str]:
    yield f"<h1>{escape(' → '.join(report.labels))}</h1>"
    grave = "error" if report.is_failing else "note"
    yield f'<p class="{grave}"><strong>{escape(conclusion_line(report))}</strong></p>'
    unchanged = [it for it in report.comparisons if it.bump == "none"]
    for comparison in report.comparisons:
        if comparison not in unchanged:
            yield from comparison_html(comparison, report)
    if unchanged:
        names = ", ".join(it.message for it in unchanged)
        yield f"<p>Unchanged: {escape(names)}</p>"


def comparison_html(comparison: MessageComparison, report: Report) -> Iterator[str]:
    asks = f"{comparison.verdict}, asks for {version_text(comparison.bump, report.old.version)}"
    yield f"<h2>{escape(comparison.message)}: {escape(asks)}</h2>"
    for it in report.placed[comparison.message]:
        if it.comparison is comparison:
            yield from finding_html(it, report)
        else:
            yield f"<p><code>{escape(headline(it))}</code>, as in {escape(it.messages[0])}</p>"
    file = f"{comparison.message}.json"
    texts = [it.schema_files.get(file, b"").decode() for it in (report.old, report.new)]
    yield from side_by_side(*texts)


def finding_html(placed: PlacedFinding, report: Report) -> Iterator[str]:
    finding, place = placed.finding, placed.place
    line = "" if place.line is None else f":{place.line}"
    sentences = finding_sentences(placed, report)
    yield f'<div class="{"error" if is_grave(finding, report) else "note"}">'
    where = f"{place.file}{line} {place.pointer or 'the schema'}"
    yield f"<p><code>{escape(where)}</code>: {escape(change_text(finding))}</p><ul>"
    yield from (f"<li>{escape(it)}</li>" for it in sentences if not it.startswith("witness "))
    yield "</ul>"
    if finding.witness is not ABSENT:
        document = json.dumps(finding.witness, indent=2, ensure_ascii=False)
        yield f"<details open><summary>witness</summary><pre>{escape(document)}</pre></details>"
    yield "</div>"


# Both texts.


def side_by_side(old: str, new: str) -> Iterator[str]:
    """A table of the lines that differ, with some lines around them."""
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, before, after)
    groups = [*matcher.get_grouped_opcodes(CONTEXT_LINES)]
    if not groups:
        return
    yield "<table>"
    for number, group in enumerate(groups):
        if number:
            yield '<tr class="gap"><td colspan="4">…</td></tr>'
        for tag, start, end, new_start, new_end in group:
            pairs = zip_longest(range(start, end), range(new_start, new_end))
            for left, right in pairs:
                cells = line_cells(before, left, tag, "old") + line_cells(after, right, tag, "new")
                yield f"<tr>{cells}</tr>"
    yield "</table>"


def line_cells(lines: list[str], index: int | None, tag: str, side: str) -> str:
    """The number and the text of a line, marked if the other text does not have it."""
    if index is None:
        return "<td></td><td></td>"
    mark = "" if tag == "equal" else f' class="{side}"'
    return f'<td class="line">{index + 1}</td><td{mark}>{escape(lines[index])}</td>'
