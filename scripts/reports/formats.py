"""The formats of a report, one function for each, and the option that names them."""

import argparse
import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from reports.report import ERROR, Report, ReportedFinding, counted, split_by_level
from runtime._finding import github_annotation, print_report

# GitHub.


def as_github(report: Report) -> str:
    """Workflow commands of GitHub Actions: an annotation for each finding."""
    return "\n".join(map(annotation, report.findings)) or report.verdict


def annotation(finding: ReportedFinding) -> str:
    text = "; ".join([finding.within_file, *finding.more])
    level = "error" if finding.level == ERROR else "notice"
    return github_annotation(finding.file, text, level, finding.line)


# Markdown.


def as_markdown(report: Report) -> str:
    """For a comment on a pull request: the verdict first, what is no error last, details and
    witness folded."""
    errors, notes = split_by_level(report.findings)
    items = [*map(markdown_item, errors), *(f"- {escaped_text(it)}" for it in report.notes)]
    apart = [f"**{counted(len(notes), 'note')}**", *map(markdown_item, notes)]
    parts = [[f"**{escaped(report.verdict)}**"], items, apart if notes else []]
    return "\n\n".join("\n".join(it) for it in parts if it)


def markdown_item(finding: ReportedFinding) -> str:
    line = f"- {escaped(finding.place)}: {escaped(finding.what)}"
    witness = [] if finding.witness is None else [f"<code>{html.escape(finding.witness)}</code>"]
    folded = [*(html.escape(it, quote=False) for it in finding.details), *witness]
    if not folded:
        return line
    summary = "witness" if witness else "more"
    content = "<br>".join(folded)
    return f"{line}\n  <details><summary>{summary}</summary>{content}</details>"


def escaped(text: str) -> str:
    """The text in Markdown: each punctuation mark that may mean something has a backslash
    (CommonMark, section 2.4)."""
    return re.sub(r"([\\`*_\[\]<|~&@])", r"\\\1", text.replace("\n", " "))


def escaped_text(text: str) -> str:
    """The text in Markdown, where what stands between backticks stays code."""
    parts = text.split("`")
    return "`".join(escaped(it) if index % 2 == 0 else it for index, it in enumerate(parts))


# SARIF.

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(report: Report) -> str:
    """The Static Analysis Results Interchange Format 2.1.0, for code scanning."""
    kinds = dict.fromkeys(it.kind for it in report.findings)
    driver = {"name": f"contract-{report.command}", "rules": [{"id": it} for it in kinds]}
    run = {"tool": {"driver": driver}, "results": [*map(sarif_result, report.findings)]}
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def sarif_result(finding: ReportedFinding) -> dict[str, Any]:
    region = {} if finding.line is None else {"region": {"startLine": finding.line}}
    place = {"artifactLocation": {"uri": quote(finding.file)}, **region}
    pointer = [] if finding.pointer is None else [{"fullyQualifiedName": finding.pointer}]
    location = {"physicalLocation": place, **({"logicalLocations": pointer} if pointer else {})}
    named = {"partialFingerprints": {"contract/v1": finding.fingerprint}}
    return {
        "ruleId": finding.kind,
        "level": finding.level,
        "message": {"text": "\n".join([finding.what, *finding.more])},
        "locations": [location],
        **(named if finding.fingerprint else {}),
    }


# JUnit.

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def as_junit(report: Report) -> str:
    """JUnit's XML: a case for each file that was looked at, a failure for each error in it."""
    files = dict.fromkeys([*report.subjects, *(it.file for it in report.findings)])
    errors, notes = split_by_level(report.findings)
    counts = {"tests": len(files), "failures": len({it.file for it in errors}), "errors": 0}
    numbers = {name: str(it) for name, it in counts.items()}
    suite = ElementTree.Element("testsuite", {"name": f"contract-{report.command}", **numbers})
    for file in files:
        case = ElementTree.SubElement(suite, "testcase", classname=report.command, name=xml(file))
        for finding in errors:
            if finding.file == file:
                add_failure(case, finding)
        lines = [with_line(it) for it in notes if it.file == file]
        if lines:
            ElementTree.SubElement(case, "system-out").text = xml("\n".join(lines))
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=False)


def add_failure(case: ElementTree.Element, finding: ReportedFinding) -> None:
    failure = ElementTree.SubElement(case, "failure", message=xml(finding.what), type=finding.kind)
    failure.text = xml("\n".join([with_line(finding), *finding.more]))


def with_line(finding: ReportedFinding) -> str:
    """The finding without its file, which the case has for a name."""
    line = "" if finding.line is None else f"line {finding.line}, "
    return f"{line}{finding.within_file}"


def xml(text: str) -> str:
    """The text without characters that XML does not have."""
    return NOT_XML.sub("\ufffd", text)


# All.

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "github": as_github,
    "markdown": as_markdown,
    "sarif": as_sarif,
    "junit": as_junit,
}


def add_report_option(parser: argparse.ArgumentParser, *more: str) -> None:
    """The option of a command that has all formats, and ``more`` of its own."""
    choices = ("text", "json", *FORMATS, *more)
    parser.add_argument("--format", choices=choices, default="text", help="of the report")


def print_findings(report: Report, form: str, **more: Any) -> int:
    """Print a report of nothing but errors; the exit status it comes to.

    ``more`` are members of the JSON object beside the findings.
    """
    if form in FORMATS:
        print(FORMATS[form](report))
        return 1 if report.findings else 0
    return print_report(report.findings, form, "" if report.findings else report.verdict, **more)
