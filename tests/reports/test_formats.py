"""Each command has its report in each format, and each format keeps what the report says."""

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from check_page import main as source_main
from compatibility.formats import FORMATTERS
from compatibility.report import Report as GateReport
from compatibility.report import settings_faults
from compatibility.revisions import Revision, build_revision
from contract.json_values import is_array, is_object
from contract.project import ROOT
from contract.read import build_contract, read_schema_files
from contract.settings import AcceptedBreak, Settings
from generate import main as generate_main
from markdown_it import MarkdownIt
from oracle.oracle import oracle_for
from reports.formats import FORMATS
from reports.report import NOTE, Report, ReportedFinding
from upgrades.show import answer_text
from vendor import main as vendor_main

from tests.zoo.first_contract import GENERATED, PAGE

pytestmark = pytest.mark.toolchain

HOSTILE = '<b>*x*</b> `y` & [z](u) | "q" \x00\x1b ]]> @all :: %0A'
FINDINGS = [
    ReportedFinding("schemas/a.json", "widens", "added x: readers break", "/enum", 3, '{"a": 1}'),
    ReportedFinding("schemas/a.json", "note", HOSTILE, "/b~1c", None, None, NOTE, (HOSTILE,), "f1"),
    ReportedFinding("b,c:d.json", "missing", "is gone; run make"),
]
REPORT = Report("check", f"files 2, findings 3 {HOSTILE}", FINDINGS, ["schemas/a.json", "e.json"])
NOTHING = Report("check", "files 2, findings 0", [], ["schemas/a.json", "e.json"])


# Each format by itself.


def test_github_has_an_annotation_for_each_finding_at_its_line() -> None:
    lines = FORMATS["github"](REPORT).splitlines()
    assert [it.split("::")[1] for it in lines] == [
        "error file=schemas/a.json,line=3",
        "notice file=schemas/a.json",
        "error file=b%2Cc%3Ad.json",
    ]
    assert lines[0].endswith('added x: readers break; witness {"a": 1}')
    assert "%250A" in lines[1], "an escape that the text has stays as it is"
    assert FORMATS["github"](NOTHING) == NOTHING.verdict


def test_markdown_says_the_verdict_first_the_notes_last_and_folds_the_witness() -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).parse(FORMATS["markdown"](REPORT))
    inline = [it for it in tokens if it.type == "inline"]
    assert [it.type for it in inline[0].children or ()][:2] == ["text", "strong_open"]
    shown = ["".join(jt.content for jt in it.children or ()) for it in inline]
    printable = HOSTILE.replace("\x00", "\ufffd")
    assert shown[0] == f"files 2, findings 3 {printable}"
    assert shown[1] == "schemas/a.json:3#/enum: added x: readers break"
    assert shown[2:4] == ["b,c:d.json: is gone; run make", "1 note"]
    assert shown[4] == f"schemas/a.json#/b~1c: {printable}"
    folded = [it.content for it in tokens if it.type == "html_block"]
    assert [re.findall(r"<summary>(\w+)", it) for it in folded] == [["witness"], ["more"]]
    assert "<code>{&quot;a&quot;: 1}</code>" in folded[0]
    assert "<b>" not in "".join(folded)
    assert FORMATS["markdown"](NOTHING) == f"**{NOTHING.verdict}**"


def test_sarif_has_a_result_for_each_finding() -> None:
    (run,) = json.loads(FORMATS["sarif"](REPORT))["runs"]
    assert [it["id"] for it in run["tool"]["driver"]["rules"]] == ["widens", "note", "missing"]
    first, second, third = run["results"]
    assert [it["level"] for it in run["results"]] == ["error", "note", "error"]
    assert first["locations"][0] == {
        "physicalLocation": {
            "artifactLocation": {"uri": "schemas/a.json"},
            "region": {"startLine": 3},
        },
        "logicalLocations": [{"fullyQualifiedName": "/enum"}],
    }
    assert first["message"]["text"].splitlines()[-1] == 'witness {"a": 1}'
    assert second["partialFingerprints"] == {"contract/v1": "f1"}
    assert "region" not in third["locations"][0]["physicalLocation"]
    assert json.loads(FORMATS["sarif"](NOTHING))["runs"][0]["results"] == []


def test_sarif_names_a_file_by_a_uri() -> None:
    """A relative reference (RFC 3986, section 4.2)."""
    found = ReportedFinding("a b/ü:%20.json", "kind", "what")
    (result,) = json.loads(FORMATS["sarif"](Report("x", "y", [found])))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "a%20b/%C3%BC%3A%2520.json"


def test_junit_has_a_case_for_each_file_and_a_failure_for_each_error() -> None:
    (suite,) = ElementTree.fromstring(FORMATS["junit"](REPORT))
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    cases = {case.get("name"): [it.get("type") for it in case.iter("failure")] for case in suite}
    assert cases == {"schemas/a.json": ["widens"], "e.json": [], "b,c:d.json": ["missing"]}
    (failure,) = (it for it in suite.iter("failure") if it.get("type") == "widens")
    assert (failure.text or "").endswith('witness {"a": 1}')
    (note,) = suite.iter("system-out")
    assert HOSTILE.translate({0: "\ufffd", 27: "\ufffd"}) in (note.text or "")
    (passed,) = ElementTree.fromstring(FORMATS["junit"](NOTHING))
    assert (passed.get("tests"), passed.get("failures")) == ("2", "0")


@pytest.mark.parametrize("form", FORMATS)
def test_a_finding_names_its_file_once(form: str, gate_report: GateReport) -> None:
    """Beside the annotation, the item or the case that already stands at the file."""
    pairs = [(FORMATS[form](REPORT), "schemas/a.json"), (gate_text(gate_report, form), f"/{FILE}")]
    for text, file in pairs:
        findings = text.split("<failure" if form == "junit" else "\n")
        assert max(it.count(file) for it in findings) == 1


# The reports of the commands. Each JSON is a message of the contract of the reports.

SCHEMAS = ROOT / "scripts/reports/schemas"
CONTRACT = build_contract(read_schema_files(SCHEMAS), "1")
TODAY = date(2026, 6, 1)
FILE = "shop/Order.json"
STATE: Any = {"title": "State", "enum": ["new", "sent"]}
OLD: Any = {
    "type": "object",
    "properties": {
        "state": {"$ref": "#/$defs/State"},
        "count": {"type": "integer", "maximum": 100},
        "note": {"type": "string", "deprecated": True, "x-sunset": "2027-01-31"},
        "price": {"$ref": "Money.json"},
        "size": {"anyOf": [{"type": "integer", "maximum": 9}, {"type": "null"}]},
        "weight": {"$ref": "Types.json#/$defs/Weight"},
    },
    "$defs": {"State": STATE},
}
NEW: Any = {
    "type": "object",
    "properties": {
        "state": {"$ref": "#/$defs/State"},
        "count": {"type": "integer", "maximum": 50, "default": 1},
        "price": {"$ref": "Money.json", "deprecated": True},
        "more": {"type": "string"},
        "size": {"anyOf": [{"type": "integer", "maximum": 8}, {"type": "null"}]},
        "weight": {"$ref": "Types.json#/$defs/Weight"},
    },
    "$defs": {"State": {**STATE, "enum": ["new", "sent", "<lost>"]}},
}


def revision(version: str, settings: Settings, **schemas: Any) -> Revision:
    files = {f"shop/{it}.json": json.dumps(schemas[it], indent=2).encode() for it in schemas}
    return build_revision(version, version, dict(sorted(files.items())), settings)


def gate(*entries: AcceptedBreak) -> GateReport:
    money = {"type": "number", "minimum": 0}
    gone = {"type": "object", "properties": {"a": {"type": "null"}}}
    types = [{"$defs": {"Weight": {"type": "number", "minimum": it}}} for it in (0, 2)]
    old = revision("1.0.0", Settings(), Order=OLD, Money=money, Gone=gone, Types=types[0])
    settings = Settings(accepted=entries)
    more = {"Money": {**money, "minimum": 1}, "Come": {"type": "null"}, "Types": types[1]}
    new = revision("1.1.0", settings, Order=NEW, **more)
    return GateReport(old, new, False, True, TODAY)


@pytest.fixture(scope="module")
def gate_report() -> GateReport:
    """With all that a report can have: what is accepted, what is forbidden, wrong entries."""
    findings = [it for comparison in gate().comparisons for it in comparison.findings]
    (name,) = (it.fingerprint for it in findings if it.pointer == "/properties/count/maximum")
    accepted = AcceptedBreak(name, "its reader is gone", TODAY)
    return gate(accepted, AcceptedBreak("0" * 12, "why", TODAY))


def gate_text(report: GateReport, form: str) -> str:
    return FORMATTERS[form]([report], settings_faults(report.new, [report], TODAY))


def check(form: str, folder: Path) -> int:
    (folder / "schemas/shop").mkdir(parents=True, exist_ok=True)
    (folder / "schemas" / FILE).write_text(json.dumps({"type": "null"}), "utf-8")
    options = ["--schemas", str(folder / "schemas"), "--out", str(folder / "out")]
    return generate_main([*options, "--check", "--format", form])


def source(form: str, folder: Path) -> int:
    (folder / "schemas").mkdir(exist_ok=True)
    return source_main([str(PAGE), "--schemas", str(folder / "schemas"), "--format", form])


def vendor(form: str, folder: Path) -> int:
    return vendor_main([str(folder), "--format", form])


@pytest.fixture(autouse=True)
def first_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vendor.PACKAGE_FOLDER", GENERATED / "pydantic_models")


Command = Callable[[str, Path], int]
COMMANDS: dict[str, tuple[Command, int]] = {
    "Check": (check, 1),
    "Source": (source, 1),
    "Vendor": (vendor, 0),
}


def described_members(schema: Any, instance: Any, definitions: Any) -> bool:
    """Whether each member of each object has a property, below all references."""
    schema = schema if is_object(schema) else {}
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if is_array(instance):
        return all(described_members(schema.get("items"), it, definitions) for it in instance)
    known = schema.get("properties")
    if not is_object(instance) or known is None:
        return True
    return all(
        name in known and described_members(known[name], it, definitions)
        for name, it in instance.items()
    )


def assert_is_report(text: str, name: str) -> Any:
    """The instance, which the schema of its command describes whole."""
    instance = json.loads(text)
    oracle = oracle_for(CONTRACT, "reports", name)
    assert [str(it) for it in oracle.faults_of(instance)] == []
    module = CONTRACT.modules["reports"]
    assert described_members(module.messages[name], instance, module.definitions)
    return instance


@pytest.mark.parametrize("name", COMMANDS)
def test_the_json_of_a_command_is_what_its_schema_says(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command, status = COMMANDS[name]
    assert command("json", tmp_path) == status
    assert_is_report(capsys.readouterr().out, name)


def test_the_json_of_the_gate_is_what_its_schema_says(gate_report: GateReport) -> None:
    found = assert_is_report(gate_text(gate_report, "json"), "Compat")
    shown = [it for message in found["contracts"] for it in message["findings"]]
    effects = {it["effect"] for it in shown}
    assert {"widens", "narrows", "note", "source", "added", "deleted", "sunset"} <= effects
    assert found["faults"]
    assert any(message["accepted"] for message in found["contracts"])
    assert_is_report(FORMATTERS["json"]([], []), "Compat")


def test_the_json_of_an_upgrade_is_what_its_schema_says() -> None:
    versions = "1.0.0", "2.0.0"
    text = answer_text(versions, FINDINGS, ["take it first"], "make -C x vendor", "json")
    found = assert_is_report(text, "Upgrade")
    assert [it.get("level", "error") for it in found["findings"]] == ["error", "note", "error"]


def test_a_report_that_lacks_a_member_or_has_another_is_found_out(
    gate_report: GateReport,
) -> None:
    """A smoke test of the tests above."""
    text = gate_text(gate_report, "json")
    for wrong in (text.replace('"mild"', '"soft"'), text.replace('"widens"', '"grows"')):
        with pytest.raises(AssertionError):
            assert_is_report(wrong, "Compat")
    more = {**json.loads(text), "more": 1}
    with pytest.raises(AssertionError):
        assert_is_report(json.dumps(more), "Compat")


def test_the_schemas_of_the_reports_are_a_contract_that_the_gate_judges() -> None:
    files = read_schema_files(SCHEMAS)
    wider = files["reports/Compat.json"].replace(b'"undecided"]', b'"undecided", "unknown"]')
    old, new = (
        build_revision(name, version, {**files, "reports/Compat.json": text})
        for name, version, text in (
            ("1", "1.0.0", files["reports/Compat.json"]),
            ("2", "1.1.0", wider),
        )
    )
    same = GateReport(old, old, False, True, TODAY)
    assert (same.bump, same.is_failing) == ("none", False)
    report = GateReport(old, new, False, True, TODAY)
    assert {it.message: it.verdict for it in report.comparisons if it.verdict != "same"} == {
        "reports/Compat": "widens"
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_each_format(
    name: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command, status = COMMANDS[name]
    assert command(form, tmp_path) == status
    shown = capsys.readouterr().out
    if form == "junit":
        (suite,) = ElementTree.fromstring(shown)
        assert (suite.get("failures") != "0") is (status == 1)
    elif form == "sarif":
        (run,) = json.loads(shown)["runs"]
        assert bool(run["results"]) is (status == 1)
    else:
        assert shown.count("\n- " if form == "markdown" else "::error ") >= status


def test_the_gate_has_the_same_findings_in_each_format(gate_report: GateReport) -> None:
    count = sum(len(it.findings) for it in gate_report.comparisons) + 1  # a wrong entry
    (run,) = json.loads(gate_text(gate_report, "sarif"))["runs"]
    assert len(run["results"]) == count
    assert len(gate_text(gate_report, "github").splitlines()) == count
    assert gate_text(gate_report, "markdown").count("\n- ") == count
    errors = [it for it in run["results"] if it["level"] == "error"]
    assert 0 < len(errors) < count
    (suite,) = ElementTree.fromstring(gate_text(gate_report, "junit"))
    assert len([*suite.iter("failure")]) == len(errors)
    assert {"schemas/shop/Come.json", "schemas/shop/Order.json"} <= {it.get("name") for it in suite}


# Lines.

LINES = {
    "/$defs/State/enum": '"<lost>"',
    "/properties/count/maximum": '"maximum": 50',
    "/properties/count/default": '"default": 1',
    "/properties/more": '"more": {',
    "/properties/note": '"properties": {',
    "/properties/size/anyOf/0/maximum": '"maximum": 8',
}


def test_a_finding_has_the_line_of_the_schema_that_the_owner_edits(
    gate_report: GateReport,
) -> None:
    found = json.loads(gate_text(gate_report, "json"))["contracts"]
    by_message = {it["message"]: [*it["findings"], *it["accepted"]] for it in found}
    text = gate_report.new.schema_files[FILE].decode().splitlines()
    places = {it["pointer"]: (it["file"], it["line"]) for it in by_message["shop/Order"]}
    assert {it: places[it][0] for it in LINES} == dict.fromkeys(LINES, f"schemas/{FILE}")
    assert {it: LINES[it] in text[places[it][1] - 1] for it in LINES} == dict.fromkeys(LINES, True)
    (gone,) = by_message["shop/Gone"]
    assert (gone["file"], gone["line"]) == ("schemas/shop/Gone.json", None)


def test_a_finding_in_a_definition_of_another_file_leads_there(gate_report: GateReport) -> None:
    found = json.loads(gate_text(gate_report, "json"))["contracts"]
    order = next(it for it in found if it["message"] == "shop/Order")
    bounds = [it for it in order["findings"] if it["pointer"].endswith("/minimum")]
    assert [it["file"] for it in bounds] == ["schemas/shop/Money.json", "schemas/shop/Types.json"]
    for finding, line in zip(bounds, ('"minimum": 1', '"minimum": 2'), strict=True):
        written = gate_report.new.schema_files[finding["file"].removeprefix("schemas/")]
        assert written.decode().splitlines()[finding["line"] - 1].strip() == line


# The page.


class Elements(HTMLParser):
    """The tags of a page, those that are not closed, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag != "meta":
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_of_the_gate_is_whole_by_itself(gate_report: GateReport) -> None:
    page = Elements(gate_text(gate_report, "html"))
    assert page.opened == []
    assert {name for _, name, _ in page.attributes} <= {
        "class",
        "lang",
        "charset",
        "colspan",
        "open",
    }
    assert "1.0.0 → 1.1.0" in page.text
    assert "no version allows what is forbidden above" in page.text
    assert '"<lost>"' in page.text
    assert "[[tool.contract.accepted]] 000000000000 is stale" in page.text


def test_the_page_has_both_schemas_side_by_side_with_the_changed_lines_marked(
    gate_report: GateReport,
) -> None:
    rows = re.findall(r"<tr><td.*?</tr>", gate_text(gate_report, "html"))
    (count,) = (it for it in rows if "maximum&quot;: 100" in it)
    assert re.search(r'<td class="old">[^<]*maximum&quot;: 100</td>', count)
    assert re.search(r'<td class="new">[^<]*maximum&quot;: 50,</td>', count)
    (same,) = (it for it in rows if "&quot;$defs&quot;" in it)
    assert 'class="old"' not in same
    numbers = map(int, re.findall(r'<td class="line">(\d+)</td>', count))
    sides = (gate_report.old, gate_report.new)
    lines = [it.schema_files[FILE].decode().splitlines() for it in sides]
    shown = [text[number - 1].strip() for text, number in zip(lines, numbers, strict=True)]
    assert shown == ['"maximum": 100', '"maximum": 50,']


def test_the_page_has_each_witness_whole(gate_report: GateReport) -> None:
    page = gate_text(gate_report, "html")
    shown = [Elements(it).text for it in re.findall(r"<pre>(.*?)</pre>", page, re.S)]
    wanted = [it.witness for message in gate_report.comparisons for it in message.findings]
    documents = [json.loads(it) for it in shown]
    assert documents == [it for it in wanted if isinstance(it, dict | int)]
