"""A reference page against schemas/ and against itself: one line for each place that differs."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import check_page
import pytest
from check_page import main, page_schema
from pages.check_tables import (
    CONSTRAINTS,
    KEYWORDS,
    NO_DEFAULT,
    TYPE_HEADS,
    short_json,
    table_findings,
)
from pages.read import read_page, without_code_span

from tests.zoo.first_contract import NAME, SCHEMAS
from tests.zoo.first_contract import PAGE as ORIGINAL

pytestmark = pytest.mark.toolchain

FILE = f"schemas/operations/{NAME}.json"
PAGE = ORIGINAL.read_text("utf-8")
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


def replaced(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


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
        f'/x-~0~1: extra; the page has no "{"y" * 58}…',
    ),
    "a number of another spelling is none": (
        lambda it: it.update({"x-a": True}) or payload(it)["total_events"].update(minimum=0.0),
        "/x-a: extra; the page has no true",
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
        '/$defs/RequestStatus/enum: extra; the page has no "new"',
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
    (found,) = capsys.readouterr().out.splitlines()
    assert found.startswith(f"{FILE}#{line}")
    assert found.endswith(f"; {CURE}")


def test_the_order_of_data_is_a_difference(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An enum in an example is data, whose order counts."""
    page, ours = ({"enum": [1, 2]}, {"enum": [2, 1]})
    text = in_json(lambda it: it.update(examples=[page]))
    (folder / "page.md").write_text(PAGE.replace(SCHEMA, text), "utf-8")
    (folder / FILE).write_text(in_json(lambda it: it.update(examples=[ours])), "utf-8")
    assert run() == 1
    found = capsys.readouterr().out.splitlines()
    assert [it.split(":")[0] for it in found] == [f"{FILE}#/examples/0/enum/{i}" for i in (0, 1)]


def test_a_schema_that_is_not_there_is_one_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / FILE).unlink()
    assert run() == 1
    line = "is not there; write the JSON Schema of page.md:39 into it and run make"
    assert capsys.readouterr().out == f"{FILE}: {line}\n"


ERROR = "| `error` | Optional |  | Error message if status is FAILED |"
FORMAT = "- format: uuid"
TIMESTAMP = "### `timestamp`\n\n**Default:** `PydanticUndefined`"
# What is planted in the page's tables, and the line for it.
FAULTS: dict[str, tuple[tuple[str, str], str]] = {
    "row missing": ((f"{ERROR}\n", ""), "/properties/error: line 9: no row for `error`; add one"),
    "row extra": (
        (ERROR, f"{ERROR}\n| `more` | str |  |  |"),
        "/properties: line 18: a row for `more`, which is no property; remove it",
    ),
    "row twice": (
        (ERROR, f"{ERROR}\n{ERROR.replace('Optional', 'str')}"),
        "/properties/error: line 18: a second row for `error`; remove one",
    ),
    "heading extra": (
        ("### `timestamp`\n", "### `more`\n"),
        "/properties: line 27: a heading for `more`, which is no property; remove it",
    ),
    "heading twice": (
        (TIMESTAMP, f"{TIMESTAMP}\n\n### `timestamp`"),
        "/properties/timestamp: line 31: a second heading for `timestamp`; remove one",
    ),
    "marked": (
        (ERROR, ERROR.replace("|  |", "| ✓ |")),
        '/properties/error: line 17: the mark of `error` is "✓", by `required` of the schema "";'
        " make both equal",
    ),
    "unmarked": (
        ("| UUID | ✓ |", "| UUID |  |"),
        '/properties/request_id: line 13: the mark of `request_id` is "", by `required` of the'
        ' schema "✓"; make both equal',
    ),
    "another mark": (
        ("| UUID | ✓ |", "| UUID | yes |"),
        '/properties/request_id: line 13: the mark of `request_id` is "yes", by `required` of the'
        ' schema "✓"; make both equal',
    ),
    "type": (
        ("| UUID |", "| str |"),
        '/properties/request_id: line 13: the type of `request_id` is "str", by its schema UUID;'
        " make both equal",
    ),
    "type of several words": (
        ("| Dict |", "| Map |"),
        '/properties/metadata: line 18: the type of `metadata` is "Map", by its schema Dict or dict'
        " or Mapping; make both equal",
    ),
    "class": (
        ("| RequestStatus |", "| Status |"),
        '/properties/status: line 14: the type of `status` is "Status", by its schema'
        " RequestStatus; make both equal",
    ),
    "description of a row": (
        ("| Response payload |", "| Payload |"),
        '/properties/payload/description: line 15: the description of `payload` is "Payload", in'
        ' the schema "Response payload"; make both equal',
    ),
    "a bar in a description": (
        ("| Response payload |", "| Response|payload |"),
        '/properties/payload/description: line 15: the description of `payload` is "Response", in'
        ' the schema "Response payload"; make both equal',
    ),
    "no description of a row": (
        ("| Response payload |", "| |"),
        '/properties/payload/description: line 15: the description of `payload` is "", in the'
        ' schema "Response payload"; make both equal',
    ),
    "description": (
        ("\nResponse for chat session closure.\n", "\nAnother.\n"),
        '/description: line 5: the description is "Another.", in the schema "Response for chat'
        ' session closure."; make both equal',
    ),
    "no description": (
        ("\nResponse for chat session closure.\n", ""),
        '/description: line 4: the description is "", in the schema "Response for chat session'
        ' closure."; make both equal',
    ),
    "constraint of another value": (
        (FORMAT, "- format: date"),
        '/properties/request_id/format: line 25: format of `request_id` is "date", in the schema'
        ' "uuid"; make both equal',
    ),
    "constraint of no keyword": (
        (FORMAT, f"{FORMAT}\n- ge: 1"),
        "/properties/request_id: line 26: `request_id` lists ge, its schema no minimum; remove it",
    ),
    "constraint of none of three": (
        (FORMAT, f"{FORMAT}\n- min_length: 1"),
        "/properties/request_id: line 26: `request_id` lists min_length, its schema no minLength or"
        " minItems or minProperties; remove it",
    ),
    "constraint of no name": (
        (FORMAT, f"{FORMAT}\n- strict: True"),
        "/properties/request_id: line 26: `request_id` lists strict, its schema no strict;"
        " remove it",
    ),
    "constraint left out": (
        (FORMAT, ""),
        "/properties/request_id/format: line 22: the constraints of `request_id` leave out format;"
        " add - format: uuid",
    ),
    "constraint under other words": (
        (FORMAT, f"Not these:\n{FORMAT}"),
        "/properties/request_id/format: line 22: the constraints of `request_id` leave out format;"
        " add - format: uuid",
    ),
    "no heading": (
        (f"### `request_id`\n\n**Constraints:**\n{FORMAT}\n\n", ""),
        "/properties/request_id/format: line 9: the constraints of `request_id` leave out format;"
        " add - format: uuid",
    ),
    "default of none": (
        (TIMESTAMP, TIMESTAMP.replace("PydanticUndefined", "now")),
        "/properties/timestamp/default: line 29: the default of `timestamp` is `now`, in the schema"
        " `PydanticUndefined`; make both equal",
    ),
    "null of no default": (
        (TIMESTAMP, TIMESTAMP.replace("PydanticUndefined", "None")),
        "/properties/timestamp/default: line 29: the default of `timestamp` is `None`, in the"
        " schema `PydanticUndefined`; make both equal",
    ),
    "no default of null": (
        (TIMESTAMP, TIMESTAMP.replace("timestamp", "error")),
        "/properties/error/default: line 29: the default of `error` is `PydanticUndefined`, in the"
        " schema `null`; make both equal",
    ),
    "another default": (
        (TIMESTAMP, TIMESTAMP.replace("timestamp", "error").replace(NO_DEFAULT, "none")),
        "/properties/error/default: line 29: the default of `error` is `none`, in the schema"
        " `null`; make both equal",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_table_that_differs_is_named_by_line(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit, line = FAULTS[name]
    (folder / "page.md").write_text(replaced(PAGE, edit), "utf-8")
    assert run() == 1
    assert capsys.readouterr().out == f"page.md#{line}\n"


def test_the_title_of_the_page_is_that_of_the_schema(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "page.md").write_text(replaced(PAGE, (f"# {NAME}", "# Other")), "utf-8")
    shutil.copy(folder / FILE, folder / "schemas/operations/Other.json")
    assert run() == 1
    line = f'line 1: the title is "Other", in the schema "{NAME}"; make both equal'
    assert capsys.readouterr().out == f"page.md#/title: {line}\n"


REFUSALS: dict[str, tuple[tuple[str, str], str]] = {
    "title": ((f"# {NAME}\n", ""), "page.md:1: has no title; add # Message"),
    "second title": ((f"# {NAME}\n", f"# {NAME}\n# B\n"), "page.md:2: a second title; remove one"),
    "title of no class": ((f"# {NAME}", "# a b"), "page.md:1: operations/a b.json: 'a b' is no"),
    "package": (("**Package:**", "Package:"), "page.md:1: has no package; add **Package:** `a.b`"),
    "fields": (("## Fields", "## Field"), "page.md:1: has no section Fields; add ## Fields"),
    "column": (("| Required |", "| Needed |"), "page.md:11: the table has no Required; add that"),
    "table": (("|-------|", "|"), "page.md:1: has no table of fields; add | Field | Type | Req"),
    "second table": (
        ("\n## Field Details", "\n| A |\n|---|\n\n## Field Details"),
        "page.md:20: a second table of fields; remove one",
    ),
    "constraint": ((FORMAT, "- uuid"), "page.md:25: 'uuid' has no value; write - key: value"),
    "schema": (("## JSON Schema", "## JSON"), "page.md:1: has no section JSON Schema; add ## JSON"),
    "block": (("```json", "```"), "page.md:37: has no schema; add a block ```json under it"),
    "second block": (("}\n```\n", "}\n```\n```json\n{}\n```\n"), "page.md:203: a second block of"),
    "open block": (("}\n```\n", "}\n"), "page.md:39#: not JSON: Extra data: line 203"),
    "JSON": (
        ('"$defs": {', '"$defs" {'),
        "page.md:39#: not JSON: Expecting ':' delimiter: line 41",
    ),
    "twice": (('"$defs": {', '"title": "", "$defs": {'), "page.md:39#: not JSON: the member name"),
    "dialect": (('"$defs": {', '"nullable": true, "$defs": {'), "page.md:39#: 'nullable' is Open"),
    "boolean": ((SCHEMA, "true\n"), "page.md:39: has no fields; write an object"),
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
    assert capsys.readouterr().err.startswith(f"{FILE}#: not JSON: ")


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
    assert capsys.readouterr().out == f"{FINE} Schema byte for byte\nother.md#{line}\n"
    for name in ("a.md", "b.md"):
        (folder / name).write_text("# A", "utf-8")
    assert run("a.md", "page.md", "b.md") == 2
    found = capsys.readouterr()
    assert [it.split(":")[0] for it in found.err.splitlines()] == ["a.md", "b.md"]
    assert found.out == ""


def test_findings_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit, line = FAULTS["type"]
    (folder / "page.md").write_text(replaced(PAGE, edit), "utf-8")
    assert run("page.md", "--format", "json") == 1
    pointer, what = line.split(": ", 1)
    finding = {"file": "page.md", "kind": "type", "what": what, "pointer": pointer}
    assert json.loads(capsys.readouterr().out) == {
        "pages": [{"page": "page.md", "schema": FILE, "same": "bytes"}],
        "findings": [finding],
    }


def test_findings_as_annotations(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edits = [FAULTS[name][0] for name in ("type", "class")]
    (folder / "page.md").write_text(replaced(PAGE, *edits), "utf-8")
    assert run("page.md", "--format", "github") == 1
    lines = [f"::error file=page.md::page.md#{FAULTS[name][1]}" for name in ("type", "class")]
    assert capsys.readouterr().out.splitlines() == lines


# A property that comes of each shape of TYPE_HEADS.
SHAPES: dict[str, dict[str, Any]] = {
    "values": {"const": "a", "type": "string"},
    "values of any type": {"enum": ["a", 1]},
    "values or null": {"enum": ["a", None]},
    "value null": {"const": None},
    "one or null": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    "several or null": {"type": ["string", "integer", "null"]},
    "several": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
    "number or string": {"anyOf": [{"type": "number"}, {"type": "string"}]},
    "array": {"type": "array"},
    "array of unique items": {"type": "array", "uniqueItems": True},
    "array by place": {"type": "array", "prefixItems": [{"type": "string"}]},
    "anything": {},
    **{it: {"type": it} for it in ("string", "integer", "number", "boolean", "null", "object")},
    **{
        it: {"type": "string", "format": it.removeprefix("string ")}
        for it in TYPE_HEADS
        if it.startswith("string ")
    },
}


def page_of(properties: dict[str, Any], rows: list[str], details: str = "", **more: Any) -> str:
    schema = {"title": "Rich", "type": "object", "properties": properties, **more}
    return "\n".join(
        [
            *("# Rich", "", "**Package:** `a.b.rich`", "", "## Fields", ""),
            *("| Field | Type | Required | Description |", "|--|--|--|--|", *rows, ""),
            *("## Field Details", "", details, "", "## JSON Schema", ""),
            *("````json", json.dumps(schema), "````", ""),
        ]
    )


def found(page: str) -> list[str]:
    """The kind and the text of each finding of the page against itself."""
    it = read_page("page.md", page.encode())
    return [f"{one.kind} {one.what}" for one in table_findings(it, page_schema(it))]


def test_every_row_of_the_types_has_a_shape() -> None:
    assert SHAPES.keys() == TYPE_HEADS.keys()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_type_is_one_of_its_words(shape: str) -> None:
    it = SHAPES[shape]
    listed = f"### `it`\n\n**Constraints:**\n- format: {it['format']}" if "format" in it else ""
    for word in TYPE_HEADS[shape]:
        assert found(page_of({"it": it}, [f"| `it` | {word} | | |"], listed)) == []
    for wrong in {"Wrong", *sum(TYPE_HEADS.values(), ())} - {*TYPE_HEADS[shape]}:
        (line,) = found(page_of({"it": it}, [f"| `it` | {wrong} | | |"], listed))
        assert f'is "{wrong}", by its schema {" or ".join(TYPE_HEADS[shape])}; make both' in line


# Types as a generated page writes them: the head and a schema of each.
WHOLE_TYPES: dict[str, tuple[str, dict[str, Any]]] = {
    "str | None": ("UnionType", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    "str | int | None": ("UnionType", {"type": ["string", "integer", "null"]}),
    "list[int | str]": ("list", {"type": "array", "uniqueItems": True}),
    "dict[str, list[float]]": ("dict", {"type": "object"}),
    "tuple[str, int]": ("tuple", {"type": "array", "prefixItems": [{"type": "string"}]}),
    "Literal['a | b', 'c']": ("Literal", {"enum": ["a | b", "c"]}),
    "[Known](#known)": ("Known", {"$ref": "#/$defs/Known"}),
    "str": ("str", {"type": "string"}),
}


def type_findings(kind: str, schema: Any, required: bool) -> list[str]:
    cell = kind.replace("|", "\\|")
    row = f"| `it` | {cell} | {'✓' if required else ''} | |"
    return found(page_of({"it": schema}, [row], required=["it"] if required else []))


@pytest.mark.parametrize("kind", WHOLE_TYPES)
@pytest.mark.parametrize("other", WHOLE_TYPES)
def test_the_head_of_a_whole_type_is_compared(kind: str, other: str) -> None:
    head, schema = WHOLE_TYPES[kind]
    equal = head == WHOLE_TYPES[other][0]
    assert (type_findings(other, schema, True) == []) == equal
    assert (type_findings(f"{other} | MISSING", schema, False) == []) == equal
    absent = type_findings(f"{other} | MISSING", schema, True)
    assert (absent == []) == (head == "UnionType")


@pytest.mark.parametrize("text", ["str |", "MISSING", "int[]"])
@pytest.mark.parametrize("kind", WHOLE_TYPES)
def test_what_is_no_type_is_a_finding(text: str, kind: str) -> None:
    (line,) = type_findings(text, WHOLE_TYPES[kind][1], False)
    assert line.startswith(f'type line 9: the type of `it` is "{text}", by its schema ')


@pytest.mark.parametrize(
    ("schema", "word"),
    [
        ({"$ref": "#/$defs/Known"}, "Known"),
        ({"$ref": "#/$defs/a__Known_int_"}, "Known[int]"),
        ({"allOf": [{"$ref": "#/$defs/Known"}]}, "Known"),
        ({"title": "Inline", "type": "object", "properties": {}}, "Inline"),
        (True, "Any"),
    ],
    ids=["$ref", "title", "allOf", "inline", "true"],
)
def test_a_class_is_named_by_itself(schema: Any, word: str) -> None:
    definitions = {"Known": {"type": "string"}, "a__Known_int_": {"title": "Known[int]"}}
    more: dict[str, Any] = {"$defs": definitions}
    assert found(page_of({"it": schema}, [f"| `it` | {word} | | |"], **more)) == []
    assert len(found(page_of({"it": schema}, ["| `it` | Other | | |"], **more))) == 1


def test_a_message_that_holds_itself_is_a_definition() -> None:
    rich = {"title": "Rich", "type": "object", "properties": {"it": {"$ref": "#/$defs/Rich"}}}
    schema = json.dumps({"$defs": {"Rich": rich}, "$ref": "#/$defs/Rich"})
    page = page_of({}, ["| `it` | Rich | | |"])
    block = page.split("````json\n")[1].split("\n````")[0]
    assert found(page.replace(block, schema)) == []
    it = read_page("page.md", page.replace(block, schema).replace("| Rich |", "| R |").encode())
    (finding,) = table_findings(it, page_schema(it))
    assert finding.pointer == "/$defs/Rich/properties/it"


VALUES: dict[str, Any] = dict.fromkeys(KEYWORDS, 2) | {"pattern": "^a|b:$", "format": "x"}
WORD_AND_KEYWORD = [(word, it) for word, keywords in CONSTRAINTS.items() for it in keywords]


@pytest.mark.parametrize(("word", "keyword"), WORD_AND_KEYWORD)
def test_a_constraint_is_named_by_pydantic_or_by_json_schema(word: str, keyword: str) -> None:
    value = VALUES[keyword]
    within = {"anyOf": [{"type": "null"}, {keyword: value}]}
    for schema, type_word in (({keyword: value}, "Any"), (within, "Optional")):
        for name in (word, keyword):
            page = page_of(
                {"it": schema},
                [f"| `it` | {type_word} | | |"],
                f"### `it`\n\n**Constraints:**\n\n- `{name}`: {value}\n",
            )
            assert found(page) == []
            (line,) = found(page.replace(f"`{name}`: {value}", f"`{name}`: 3"))
            assert f"{name} of `it` is" in line
    (line,) = found(page_of({"it": {keyword: value}}, ["| `it` | Any | | |"]))
    assert line.endswith(f"leave out {keyword}; add - {keyword}: {value}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("a b", "a b"), ("'a'", "a"), ('"a"', "a"), ("1", "1"), ("", ""), ("\\d", "\\d")),
        *(("'\\d'", "\\d"), ("'\\\\d'", "\\d")),
        *(("True", True), ("true", True), ("None", None), ("1.0", 1), ("-1", -1)),
        *(("(1, 'a')", [1, "a"]), ("{'a': None}", {"a": None}), ('["a"]', ["a"])),
    ],
)
def test_a_default_is_written_as_text_as_json_or_as_python(text: str, value: Any) -> None:
    details = f"### `it`\n\n**Default:** `{text}`"
    assert found(page_of({"it": {"default": value}}, ["| `it` | Any | | |"], details)) == []
    (line,) = found(page_of({"it": {"default": [value]}}, ["| `it` | Any | | |"], details))
    assert line.startswith(f"default line 15: the default of `it` is `{text}`, in the schema `[")


@pytest.mark.parametrize(
    "text", ["1", "1.5", "yes", "{[]}", "'\\d'", "NaN", "[" * 100_000], ids=lambda it: it[:9]
)
def test_what_is_not_the_default_is_none(text: str) -> None:
    details = f"### `it`\n\n**Default:** `{text}`"
    assert len(found(page_of({"it": {"default": True}}, ["| `it` | Any | | |"], details))) == 1


def test_a_default_but_null_is_listed() -> None:
    rows = ["| `it` | Any | | |"]
    assert found(page_of({"it": {"default": None}}, rows)) == []
    assert found(page_of({"it": {"default": 0}}, rows)) == [
        "default line 5: no default of `it`; add **Default:** `0`"
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("a \\| b", "a | b"),
        ("`a\\|b`", "`a|b`"),
        ("\\_a\\_ \\\\d", "_a_ \\d"),
        ("\\d+ \\_", "\\d+ \\_"),
        ("a<br>b", "a\nb"),
        ("a b", "a\n\n  b"),
        ("a\u2028b", "a\u2028b"),
    ],
)
def test_a_cell_says_its_text(cell: str, text: str) -> None:
    page = page_of({"it": {"description": text}}, [f"| `it` | Any | | {cell} |"])
    assert found(page) == []
    assert len(found(page.replace(f"{cell} |", f"{cell}x |"))) == 1


def test_a_paragraph_may_be_markdown_of_its_own() -> None:
    text = "One.\n\n- two\n\n```\n    ```\n## Fields\n```\n```a``` b\n\n    ```"
    page = page_of({}, [], description=text)
    assert found(page.replace("`a.b.rich`", f"`a.b.rich`\n\n{text}\n\n---")) == []


def test_a_code_span_may_hold_backticks() -> None:
    spans = {"`a`": "a", "`` `a` ``": "`a`", "` `": " ", "a`b": "a`b", "``": ""}
    assert {text: without_code_span(text) for text in spans} == spans


def test_columns_stand_in_any_order() -> None:
    page = page_of({"it": {"type": "string"}}, ["| | | `it` | str | more |"])
    titles = "| Field | Type | Required | Description |\n|--|"
    others = "| Required | Description | Field | Type | More |\n|--|--|"
    assert found(replaced(page, (titles, others))) == []


def test_a_long_value_is_cut_to_what_can_be_read() -> None:
    assert (short_json("é"), short_json("x" * 58), len(short_json("x" * 99))) == (
        '"é"',
        f'"{"x" * 58}"',
        60,
    )
