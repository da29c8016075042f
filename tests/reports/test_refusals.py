"""A refusal is data: findings with file, place, message and cure, in the same words as before."""

import json
from pathlib import Path

import pytest
from compatibility.revisions import build_revision
from contract.read import build_contract
from generate import main
from hypothesis import given
from hypothesis import strategies as st
from reports.lines import line_at, steps_of
from reports.report import ReportedFinding
from runtime._finding import Finding, Refused

pytestmark = pytest.mark.toolchain

LINES = {
    "shop/A.json#/properties/a~1b: is wrong; write it; or leave it": (
        ("shop/A.json", "/properties/a~1b", None),
        ("is wrong", "write it; or leave it"),
    ),
    "shop/A.json#: not JSON; correct the file": (
        ("shop/A.json", "", None),
        ("not JSON", "correct the file"),
    ),
    "shop/A.json#/a: a value: 1; use 2": (("shop/A.json", "/a", None), ("a value: 1", "use 2")),
    "page.md:12: is no table": (("page.md", None, 12), ("is no table", "")),
    "a b.json: differ in case; rename one": (
        ("a b.json", None, None),
        ("differ in case", "rename one"),
    ),
    "nothing to compare with": (("", None, None), ("nothing to compare with", "")),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_a_refusal_is_a_finding_with_place_message_and_cure(line: str) -> None:
    (finding,) = Refused(line).findings
    place, words = LINES[line]
    assert (finding.file, finding.pointer, finding.line) == place
    assert (finding.message, finding.cure) == words
    assert finding.kind == "refused"


@given(st.lists(st.sampled_from("ab: #;/.0 é"), max_size=20).map("".join))
def test_a_refusal_reads_as_it_was_written(line: str) -> None:
    assert str(Refused(line)) == line
    assert [str(it) for it in Refused(line).findings] == line.splitlines()


def test_findings_and_lines_are_refused_alike() -> None:
    finding = Finding("a.json", "kind", "is wrong; mend it", "/x")
    refused = Refused(finding, "b.json: gone\nc.json: gone")
    assert str(refused) == "a.json#/x: is wrong; mend it\nb.json: gone\nc.json: gone"
    assert refused.findings[0] is finding
    assert [it.file for it in refused.findings] == ["a.json", "b.json", "c.json"]


def test_a_refusal_of_a_contract_names_each_file_once_for_each_fault() -> None:
    wrong = {"type": "object", "properties": {"a": {"type": "text"}, "b": {"minimum": "1"}}}
    sources = {"shop/A.json": json.dumps(wrong).encode(), "shop/B.json": b"{}"}
    with pytest.raises(Refused) as caught:
        build_contract(sources, "1")
    found = {(it.file, it.pointer) for it in caught.value.findings}
    assert found == {("shop/A.json", f"/properties/{it}") for it in ("a/type", "b/minimum")}
    revision = build_revision("1", "1", sources)
    assert {(it.file, it.pointer) for it in revision.refused["shop/A.json"]} == found


def test_the_steps_of_a_pointer_are_without_its_escapes() -> None:
    """RFC 6901, section 4."""
    assert steps_of("/a~1b/~01/0/") == ("a/b", "~1", "0", "")
    assert steps_of("") == steps_of("Class.attribute") == ()


TEXT = """{
  "a": [
    1,
    {"b": 2,
     "c": 3}
  ]
}"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 2),
        (("a", 0), 3),
        (("a", "1", "c"), 5),
        (("a", 7), 2),
        (("a", "²"), 2),
        (("x", "a"), 1),
    ],
)
def test_the_line_of_a_place_is_that_of_its_value_or_of_what_is_around_it(
    path: tuple[str | int, ...], line: int
) -> None:
    assert line_at(TEXT, path) == line


def test_a_schema_that_is_refused_is_annotated_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "schemas/shop").mkdir(parents=True)
    text = json.dumps({"type": "object", "minProperties": "x"}, indent=2)
    (tmp_path / "schemas/shop/A.json").write_text(text, "utf-8")
    options = ["--schemas", "schemas", "--out", "out", "--check", "--format"]
    assert main([*options, "github"]) == 2
    shown = capsys.readouterr()
    assert shown.out.startswith("::error file=schemas/shop/A.json,line=3::/minProperties: ")
    assert shown.err.startswith("schemas/shop/A.json:3#/minProperties: ")
    assert main([*options, "text"]) == 2
    assert capsys.readouterr() == ("", shown.err)


def test_what_a_report_leaves_out_of_json_is_what_it_does_not_say() -> None:
    plain = ReportedFinding("a", "b", "c")
    assert plain.members() == Finding("a", "b", "c").members()
    told = ReportedFinding("a", "b", "c", None, 1, "{}", "note", ("d",), "e")
    assert len(told.members()) == 9
