"""``validate`` names the line of each fault, in lines and in a document."""

import json
from pathlib import Path
from typing import Any

import pytest
from contract.json_values import values_within, with_part
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from runtime._finding import Finding
from runtime._lines import line_of

from tests.zoo.first_contract import VERSION
from tests.zoo.messages import CLOSE_CHAT, text, valid
from tests.zoo.validating import (
    AT_LEAST,
    FULL,
    GOOD,
    LOW,
    MARK,
    PRETTY,
    Run,
    numbers,
)

AS_LINES = "if each line is a document, say --as lines"

# Lines.

# Of a byte that is not UTF-8, or of the next one, as pydantic has it.
with pytest.raises(ValidationError) as caught:
    CLOSE_CHAT.model.model_validate_json(b'{"a": "\xff"}')
COLUMN = caught.value.errors()[0]["msg"].split()[-1]

FILES: dict[str, tuple[bytes, list[str], str]] = {
    "nothing": (b"", [], numbers(0, 0, 0)),
    "valid lines": (GOOD + b"\n" + GOOD + b"\n", [], numbers(2, 0, 0)),
    "a last line without its end": (GOOD + b"\n" + LOW, [f":2{AT_LEAST}"], numbers(2, 1, 1)),
    "blank lines": (
        b"\n" + GOOD + b"\n \t\r\n\n" + LOW + b"\n\n",
        [f":5{AT_LEAST}"],
        numbers(2, 1, 1),
    ),
    "what is blank in Unicode alone": (
        "\u00a0\n".encode(),
        [":1: Invalid JSON: expected value, column 1"],
        numbers(1, 1, 1),
    ),
    "CRLF": (GOOD + b"\r\n" + LOW + b"\r\n", [f":2{AT_LEAST}"], numbers(2, 1, 1)),
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD + b"\n" + GOOD, [f":1: {MARK}"], numbers(2, 1, 1)),
    "a byte that is not UTF-8": (
        b"\n".join([GOOD, b'{"a": "\xff"}', LOW]),
        [f":2: Invalid JSON: invalid unicode code point, column {COLUMN}", f":3{AT_LEAST}"],
        numbers(3, 2, 2),
    ),
    "a line that is cut short": (
        b'{"a":\n' + LOW,
        [":1: Invalid JSON: EOF while parsing a value", f":2{AT_LEAST}"],
        numbers(2, 2, 2),
    ),
    "two documents on a line": (
        GOOD + b" " + GOOD,
        [f":1: Invalid JSON: trailing characters, column {len(GOOD) + 2}"],
        numbers(1, 1, 1),
    ),
    "several faults of a document": (
        text(valid(status="no", error=1)).encode() + b"\n" + LOW,
        [
            ":1#/status: Input should be 'pending', 'processing', 'completed' or 'failed'",
            ":1#/error: Input should be a valid string",
            f":2{AT_LEAST}",
        ],
        numbers(2, 2, 3),
    ),
    "no object": (
        b"null\n[]\n",
        [f":{it}#: Input should be an object" for it in (1, 2)],
        numbers(2, 2, 2),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_judged_and_every_fault_is_a_line(name: str, run: Run) -> None:
    content, places, counted = FILES[name]
    Path("a.ndjson").write_bytes(content)
    expected = [f"a.ndjson{it}" for it in places]
    assert run("a.ndjson") == (int(bool(places)), [*expected, counted], "")


def test_programs_are_told_one_object_a_line_and_the_numbers_last(run: Run) -> None:
    Path("a.ndjson").write_bytes(GOOD + b"\n" + LOW + b"\n{\n")
    status, out, _ = run("a.ndjson", "--format", "json")
    fault = {"file": "a.ndjson", "kind": "greater_than_equal", "pointer": "/payload/total_events"}
    assert status == 1
    assert [json.loads(it) for it in out] == [
        {**fault, "what": AT_LEAST.split(": ")[1], "line": 2},
        {
            "file": "a.ndjson",
            "kind": "json_invalid",
            "what": "Invalid JSON: EOF while parsing an object",
            "pointer": None,
            "line": 3,
        },
        {
            "message": FULL,
            "version": VERSION,
            "documents": 3,
            "invalid": 2,
            "findings": 2,
        },
    ]


def test_github_is_told_the_line(run: Run) -> None:
    Path("a,b.ndjson").write_bytes(GOOD + b"\n" + LOW)
    assert run("a,b.ndjson", "--format", "github")[1] == [
        f"::error file=a%2Cb.ndjson,line=2::{AT_LEAST[1:]}",
        numbers(2, 1, 1),
    ]


def test_a_finding_without_a_line_is_told_as_before() -> None:
    assert Finding("a", "changed", "it", None).members() == {
        "file": "a",
        "kind": "changed",
        "what": "it",
        "pointer": None,
    }


@pytest.mark.parametrize(
    ("file", "options", "shape"),
    [
        ("a.json", (), "document"),
        ("a.JSON", (), "document"),
        ("a.ndjson", (), "lines"),
        ("a.jsonl", (), "lines"),
        ("a.log", (), "lines"),
        ("json", (), "lines"),
        ("a.json", ("--as", "lines"), "lines"),
        ("a.log", ("--as", "document"), "document"),
    ],
)
def test_the_name_says_what_a_file_holds_or_as_does(
    file: str, options: tuple[str, ...], shape: str, run: Run
) -> None:
    Path(file).write_text(PRETTY)
    status, out, _ = run(file, *options)
    assert status == 1
    if shape == "document":
        assert out == [f"{file}:8{AT_LEAST}", numbers(1, 1, 1)]
    else:
        lines = len(PRETTY.splitlines())
        assert out[-1] == numbers(lines, lines, lines)


DOCUMENTS: dict[str, tuple[bytes, list[str]]] = {
    "valid, with white space around": (b"\n\n" + GOOD + b"\n\n", []),
    "nothing": (b"", [":1: is empty; write a document into it"]),
    "white space": (b" \n\n", [":1: is empty; write a document into it"]),
    "a byte order mark": (b"\xef\xbb\xbf" + PRETTY.encode(), [f":1: {MARK}"]),
    "no JSON": (b'{\n  "a": 1,\n}', [":3: Invalid JSON: trailing comma, column 1"]),
    "lines": (
        GOOD + b"\n" + GOOD,
        [f":2: Invalid JSON: trailing characters, column 1; {AS_LINES}"],
    ),
    "two of one name, the last of which counts": (
        GOOD[:-1] + b',\n"status": 2,\n"status": 1}',
        [":3#/status: Input should be 'pending', 'processing', 'completed' or 'failed'"],
    ),
    "a member that is missing": (
        json.dumps(valid(payload={"session_id": "s"}), indent=0).encode(),
        [
            f":4#/payload/{it}: Field required"
            for it in ("closed_at", "total_messages", "total_events")
        ],
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_in_a_document_the_line_is_that_of_the_fault(name: str, run: Run) -> None:
    content, places = DOCUMENTS[name]
    Path("a.json").write_bytes(content)
    counted = numbers(1, int(bool(places)), len(places))
    assert run("a.json") == (int(bool(places)), [*(f"a.json{it}" for it in places), counted], "")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_the_line_of_a_value_is_where_another_would_be_written() -> None:
    seen = set[int]()

    @given(VALUES, st.sampled_from([0, 2, "\t"]), st.booleans())
    @settings(max_examples=60, deadline=None, database=None, derandomize=True)
    def holds(value: Any, indent: Any, ascii_only: bool) -> None:
        def written(it: Any) -> str:
            return json.dumps(it, indent=indent, ensure_ascii=ascii_only)

        for path, _ in values_within(value):
            before = written(with_part(value, path, "a mark")).partition('"a mark"')[0]
            assert line_of(written(value), path) == before.count("\n") + 1
            seen.add(len(path))

    holds()
    assert {0, 1, 2, 3} <= seen
