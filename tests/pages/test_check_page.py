"""A reference page against schemas/ and against itself: one line for each place that differs."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import check_page
import pytest
from check_page import main

from tests.zoo.first_contract import NAME, SCHEMAS
from tests.zoo.first_contract import PAGE as ORIGINAL
from tests.zoo.page_faults import FAULTS, FORMAT, PAGE, replaced

pytestmark = pytest.mark.toolchain

FILE = f"schemas/operations/{NAME}.json"
SCHEMA = PAGE.split("```json\n")[1].split("```")[0]
CURE = "take over the JSON Schema of page.md:39 and run make, or correct the page"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page beside the schemas, and paths relative to both."""
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    (tmp_path / "page.md").write_bytes(PAGE.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    return main([*(arguments or ("page.md",)), "--schemas", "schemas"])


def in_json(change: Callable[[Any], None], text: str = SCHEMA) -> str:
    schema = json.loads(text)
    change(schema)
    return json.dumps(schema, indent=2) + "\n"


FINE = "page.md: agrees with itself; schemas/operations/CloseChatSessionResponse.json is its JSON"


def test_the_page_of_the_contract_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(ORIGINAL), "--schemas", str(SCHEMAS)]) == 0
    assert capsys.readouterr().out.endswith(f"{NAME}.json is its JSON Schema byte for byte\n")


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("\n", "\r\n"),
        "\ufeff" + PAGE,
        PAGE.replace("```", "`````"),
        PAGE.replace("```", "~~~"),
        PAGE.replace(" |\n", " |   \n"),
        PAGE.replace("## JSON", "## Example\n\n````\n## Fields\n```json\n{\n```\n````\n\n## JSON"),
        PAGE.replace("| `error` | Optional |", "| error | `Optional` |"),
        PAGE + "\n## Example\n\n```json\n{}\n```\n",
        PAGE.replace("## Fields\n", "## Fields ##\n"),
        PAGE.replace(f"# {NAME}\n", f"{NAME}\n===\n", 1),
        PAGE.replace("## JSON", "    ## Fields\n\n<!--\n## Fields\n-->\n\n## JSON"),
        PAGE.split("\n---\n\n*Generated")[0].removesuffix("```\n"),
    ],
    ids=[
        "CRLF",
        "BOM",
        "long fences",
        "tildes",
        "spaces",
        "headings in code",
        "other code spans",
        "more",
        "closed heading",
        "underlined heading",
        "headings in other blocks",
        "block that the page ends",
    ],
)
def test_how_the_markdown_is_written_does_not_matter(
    page: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert page != PAGE
    (folder / "page.md").write_bytes(page.encode())
    assert run() == 0
    assert capsys.readouterr().out == f"{FINE} Schema byte for byte\n"


def swap(schema: Any) -> None:
    schema["$defs"]["RequestStatus"]["enum"].reverse()
    schema["required"].reverse()


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (json.dumps(json.loads(SCHEMA)), "but for spacing, order of members or spelling"),
        (json.dumps(json.loads(SCHEMA), sort_keys=True, indent=2), "but for spacing, order of"),
        (SCHEMA.replace("\n", "\r\n"), "but for spacing, order of members or spelling"),
        (in_json(swap), "but for the order within enum, required or type"),
    ],
    ids=["spacing", "members", "line ends", "sets"],
)
def test_other_bytes_of_the_same_meaning_are_said_and_no_finding(
    text: str, how: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / FILE).write_bytes(text.encode())
    assert run() == 0
    assert capsys.readouterr().out.startswith(f"{FINE} Schema {how}")


def payload(schema: Any) -> Any:
    return schema["$defs"]["ChatSessionClosedPayload"]["properties"]


# What is in schemas/ instead, and the line for it.
DRIFTS: dict[str, tuple[Callable[[Any], None], str]] = {
    "changed": (
        lambda it: it["properties"]["request_id"].update(format="date"),
        '/properties/request_id/format: changed; is "date", in the page "uuid"',
    ),
    "missing": (
        lambda it: payload(it)["total_events"].pop("minimum"),
        "/$defs/ChatSessionClosedPayload/properties/total_events/minimum: missing; the page has 0",
    ),
    "extra": (
        lambda it: it.update({"x-~/": "y" * 99}),
        f'/x-~0~1: extra; the page does not have "{"y" * 58}…',
    ),
    "a number of another spelling is none": (
        lambda it: it.update({"x-a": True}) or payload(it)["total_events"].update(minimum=0.0),
        "/x-a: extra; the page does not have true",
    ),
    "true is not 1": (
        lambda it: payload(it)["tool_session_closed"].update(examples=[1, False]),
        "/$defs/ChatSessionClosedPayload/properties/tool_session_closed/examples/0:"
        " changed; is 1, in the page true",
    ),
    "another type": (
        lambda it: it["properties"]["metadata"].update(additionalProperties={}),
        "/properties/metadata/additionalProperties: changed; is {}, in the page true",
    ),
    "missing in a set": (lambda it: it["required"].pop(0), '/required: missing; the page has "re'),
    "extra in a set": (
        lambda it: it["$defs"]["RequestStatus"]["enum"].insert(0, "new"),
        '/$defs/RequestStatus/enum: extra; the page does not have "new"',
    ),
    "an item of data": (
        lambda it: payload(it)["closed_at"].update(examples=[]),
        "/$defs/ChatSessionClosedPayload/properties/closed_at/examples/0: missing; the page has",
    ),
}


@pytest.mark.parametrize("name", DRIFTS)
def test_a_schema_that_differs_is_named_by_place(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, line = DRIFTS[name]
    (folder / FILE).write_text(in_json(change), "utf-8")
    assert run() == 1
    (printed,) = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r":\d+", printed.removeprefix(FILE).partition("#")[0])
    assert printed.partition("#")[2].startswith(line)
    assert printed.endswith(f"; {CURE}")


def test_the_order_of_data_is_a_difference(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An enum in an example is data, whose order counts."""
    page, ours = ({"enum": [1, 2]}, {"enum": [2, 1]})
    text = in_json(lambda it: it.update(examples=[page]))
    (folder / "page.md").write_text(PAGE.replace(SCHEMA, text), "utf-8")
    (folder / FILE).write_text(in_json(lambda it: it.update(examples=[ours])), "utf-8")
    assert run() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [it.split(":")[0] for it in lines] == [FILE, FILE]
    assert [it.split("#")[1].split(":")[0] for it in lines] == [
        f"/examples/0/enum/{i}" for i in (0, 1)
    ]


def test_a_schema_that_is_not_there_is_one_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / FILE).unlink()
    assert run() == 1
    line = "is not there; write the JSON Schema of page.md:39 into it and run make"
    assert capsys.readouterr().out == f"{FILE}: {line}\n"


@pytest.mark.parametrize("name", FAULTS)
def test_a_table_that_differs_is_named_by_line(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit, line = FAULTS[name]
    (folder / "page.md").write_text(replaced(PAGE, edit), "utf-8")
    assert run() == 1
    assert capsys.readouterr().out == f"page.md:{line}\n"


def test_the_title_of_the_page_is_that_of_the_schema(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "page.md").write_text(replaced(PAGE, (f"# {NAME}", "# Other")), "utf-8")
    shutil.copy(folder / FILE, folder / "schemas/operations/Other.json")
    assert run() == 1
    line = f'the title is "Other", in the schema "{NAME}"; make both equal'
    assert capsys.readouterr().out == f"page.md:1#/title: {line}\n"


REFUSALS: dict[str, tuple[tuple[str, str], str]] = {
    "title": ((f"# {NAME}\n", ""), "page.md:1: does not have a title; add # Message"),
    "second title": ((f"# {NAME}\n", f"# {NAME}\n# B\n"), "page.md:2: a second title; remove one"),
    "title of no class": ((f"# {NAME}", "# a b"), "page.md:1: operations/a b.json: 'a b' is no"),
    "package": (
        ("**Package:**", "Package:"),
        "page.md:1: does not have a package; add **Package:** `a.b`",
    ),
    "fields": (("## Fields", "## Field"), "page.md:1: does not have a section Fields; add ##"),
    "column": (("| Required |", "| Needed |"), "page.md:11: the table does not have Required; add"),
    "table": (("|-------|", "|"), "page.md:1: does not have a table of fields; add | Field"),
    "second table": (
        ("\n## Field Details", "\n| A |\n|---|\n\n## Field Details"),
        "page.md:20: a second table of fields; remove one",
    ),
    "constraint": (
        (FORMAT, "- uuid"),
        "page.md:25: 'uuid' does not have a value; write - key: value",
    ),
    "schema": (
        ("## JSON Schema", "## JSON"),
        "page.md:1: does not have a section JSON Schema;",
    ),
    "block": (
        ("```json", "```"),
        "page.md:37: does not have a schema; add a block ```json under it",
    ),
    "second block": (("}\n```\n", "}\n```\n```json\n{}\n```\n"), "page.md:203: a second block of"),
    "open block": (("}\n```\n", "}\n"), "page.md:203: not JSON: the schema ends"),
    "JSON": (
        ('"$defs": {', '"$defs" {'),
        "page.md:41: not JSON: a colon is missing",
    ),
    "twice": (('"$defs": {', '"title": "", "$defs": {'), "page.md#: not JSON: the member name"),
    "dialect": (('"$defs": {', '"nullable": true, "$defs": {'), "page.md:39#: 'nullable' is Open"),
    "boolean": ((SCHEMA, "true\n"), "page.md:39: does not have fields; write an object"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_a_page_lacks_is_refused(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit, line = REFUSALS[name]
    (folder / "page.md").write_text(replaced(PAGE, edit), "utf-8")
    assert run() == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(line)
    assert len(printed.err.splitlines()) == 1


def test_what_cannot_be_read_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bytes.md").write_bytes(b"# \xff")
    assert run("gone.md") == main(["page.md", "--schemas", "gone"]) == run("bytes.md") == 2
    assert capsys.readouterr().err.splitlines() == [
        "gone.md: No such file or directory; name what can be read and written",
        "gone: no such folder; name one that is laid out like schemas/",
        "bytes.md: is not UTF-8; save it as UTF-8",
    ]
    (folder / FILE).write_text("{")
    assert run() == 2
    assert capsys.readouterr().err.startswith(f"{FILE}:1: not JSON: ")


def test_a_mistake_of_ours_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check_page, "compare_page", None)
    assert run() == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("the tool itself failed at check_page.py:")
    assert "report this line" in line


def test_several_pages_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit, line = FAULTS["type"]
    (folder / "other.md").write_text(replaced(PAGE, edit), "utf-8")
    assert run("page.md", "other.md") == 1
    assert capsys.readouterr().out == f"{FINE} Schema byte for byte\nother.md:{line}\n"
    for name in ("a.md", "b.md"):
        (folder / name).write_text("# A", "utf-8")
    assert run("a.md", "page.md", "b.md") == 2
    printed = capsys.readouterr()
    assert [it.split(":")[0] for it in printed.err.splitlines()] == ["a.md", "b.md"]
    assert printed.out == ""


def test_findings_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit, line = FAULTS["type"]
    (folder / "page.md").write_text(replaced(PAGE, edit), "utf-8")
    assert run("page.md", "--format", "json") == 1
    number, pointer, what = re.split("#|: ", line, maxsplit=2)
    place = {"file": "page.md", "line": int(number), "pointer": pointer}
    finding = {**place, "kind": "type", "what": what}
    assert json.loads(capsys.readouterr().out) == {
        "pages": [{"page": "page.md", "schema": FILE, "same": "bytes"}],
        "findings": [finding],
    }


def test_findings_as_annotations(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edits = [FAULTS[name][0] for name in ("type", "class")]
    (folder / "page.md").write_text(replaced(PAGE, *edits), "utf-8")
    assert run("page.md", "--format", "github") == 1
    shown = [FAULTS[name][1].split("#") for name in ("type", "class")]
    lines = [f"::error file=page.md,line={number}::{text}" for number, text in shown]
    assert capsys.readouterr().out.splitlines() == lines


def test_a_difference_is_at_the_line_of_the_schema_that_says_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps(json.loads(in_json(DRIFTS["changed"][0])), indent=2)
    (folder / FILE).write_text(text, "utf-8")
    (line,) = (number for number, it in enumerate(text.splitlines(), 1) if '"date"' in it)
    assert run("page.md", "--format", "github") == 1
    assert f"::error file={FILE},line={line}::/properties/request_id" in capsys.readouterr().out
