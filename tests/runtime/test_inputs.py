"""``validate`` reads what people have: compressed files, arrays, loose JSON, other encodings."""

import gzip
import importlib
import io
import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runtime._documents import ArraySplitter, Items, Lines, blocks_of, bounded_lines
from runtime._places import MAX_PLACES, OTHER_PLACES, add_places, keyword_of, place_of

from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.first_contract import NAME, PACKAGE, PACKAGE_FOLDER
from tests.zoo.messages import text, valid, with_payload
from tests.zoo.validating import AT_LEAST, GOOD, LOW, Run, numbers

# Compressed files.


@pytest.mark.parametrize("name", ["a.ndjson.gz", "a.gz", "a.log"])
def test_a_file_of_gzip_is_read_whatever_its_name(name: str, run: Run) -> None:
    members = gzip.compress(GOOD + b"\n" + LOW[:9]) + gzip.compress(LOW[9:])
    Path(name).write_bytes(members)
    assert run(name) == (1, [f"{name}:2{AT_LEAST}", numbers(2, 1, 1)], "")


def test_a_compressed_document_is_one_by_its_name(run: Run) -> None:
    pretty = json.dumps(with_payload(total_events=-1), indent=2)
    Path("a.json.gz").write_bytes(gzip.compress(pretty.encode()))
    assert run("a.json.gz")[1] == [f"a.json.gz:8{AT_LEAST}", numbers(1, 1, 1)]


def test_a_compressed_file_that_is_cut_is_named_and_the_next_is_judged(run: Run) -> None:
    whole = gzip.compress(GOOD * 1000)
    Path("cut.gz").write_bytes(whole[: len(whole) // 2])
    Path("wrong.gz").write_bytes(whole[:12] + b"\xff" * 20)
    Path("a.ndjson").write_bytes(GOOD)
    status, out, error = run("cut.gz", "wrong.gz", "a.ndjson")
    assert (status, out) == (2, [numbers(1, 0, 0)])
    cut, wrong = error.splitlines()
    assert cut.startswith("cut.gz: Compressed file ended before the end-of-stream marker")
    assert wrong.startswith("wrong.gz: Error -3 while decompressing data")


def test_zstandard_that_python_cannot_read_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_module(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(
        importlib.import_module(f"{PACKAGE}._documents"), "import_module", no_module
    )
    Path("a.zst").write_bytes(b"\x28\xb5\x2f\xfd" + b"\0" * 9)
    cure = "decompress it and validate standard input; name what can be read\n"
    line = f"a.zst: Python reads Zstandard since 3.14; {cure}"
    assert run("a.zst") == (2, [numbers(0, 0, 0)], line)


def test_zstandard_is_read_where_python_can(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a decoder, which Python has since 3.14: what follows the magic number is plain."""
    reads = SimpleNamespace(ZstdFile=lambda raw: io.BytesIO(raw.read()[4:]))
    documents = importlib.import_module(f"{PACKAGE}._documents")
    monkeypatch.setattr(documents, "import_module", {"compression.zstd": reads}.__getitem__)
    Path("a.zst").write_bytes(b"\x28\xb5\x2f\xfd" + GOOD + b"\n" + LOW)
    assert run("a.zst") == (1, [f"a.zst:2{AT_LEAST}", numbers(2, 1, 1)], "")


# Encodings.


@pytest.mark.parametrize("shape", ["lines", "document", "array"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_utf_16_is_said_to_be_utf_16(encoding: str, shape: str, run: Run) -> None:
    Path("a").write_bytes(f"[{text(valid())}]\n".encode(encoding))
    line = f"a:1: is {encoding[:6].upper()}; write it as UTF-8"
    assert run("a", "--as", shape) == (1, [line, numbers(1, 1, 1)], "")


def test_zeros_are_no_encoding(run: Run) -> None:
    """As a log has them that was cut while it was written."""
    Path("a").write_bytes(b"\0" * 100 + b"\n" + LOW)
    out = run("a")[1]
    assert out[1:] == [f"a:2{AT_LEAST}", numbers(2, 2, 2)]
    assert out[0].startswith("a:1: Invalid JSON: expected value")


# Arrays.


def in_chunks(content: bytes, size: int) -> Iterator[bytes]:
    file = io.BytesIO(content)
    return iter(lambda: file.read(size), b"")


PIECES = st.text(st.sampled_from('a"\\[]{},\n\u00e9'), max_size=5)
VALUES = st.recursive(
    st.none() | st.integers() | PIECES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PIECES, inner, max_size=3),
    max_leaves=6,
)


@given(
    st.lists(VALUES, max_size=4), st.sampled_from([None, 0, 1]), st.booleans(), st.integers(1, 9)
)
@settings(max_examples=100, deadline=None, database=None, derandomize=True)
def test_an_array_is_cut_into_its_items_wherever_a_chunk_ends(
    values: list[Any], indent: int | None, is_ascii: bool, size: int
) -> None:
    content = f" {json.dumps(values, indent=indent, ensure_ascii=is_ascii)}\n".encode()
    items = [*ArraySplitter(10**6).items(in_chunks(content, size))]
    assert [json.loads(it.text or b"") for it in items] == values
    assert [it.pointer for it in items] == [f"/{index}" for index in range(len(values))]
    for item in items:
        begin = sum(len(it) for it in content.splitlines(keepends=True)[: item.line - 1])
        assert content[begin + item.column - 1 :].startswith(item.text or b"-")


def test_a_finding_in_an_array_has_its_pointer_and_line_in_the_file(run: Run) -> None:
    documents = [valid(), with_payload(total_events=-1), 3]
    Path("a.json").write_text(json.dumps(documents, indent=1))
    status, out, _ = run("a.json", "--as", "array")
    lines = Path("a.json").read_text().splitlines()
    low = next(number for number, it in enumerate(lines, 1) if "-1" in it)
    assert (status, out) == (
        1,
        [
            f"a.json:{low}#/1{AT_LEAST[1:]}",
            f"a.json:{len(lines) - 1}#/2: Input should be an object",
            numbers(3, 2, 2),
        ],
    )


END = "Invalid JSON: EOF while parsing a list"


def no_array(column: int) -> str:
    return f"is no array of documents, column {column}; leave out --as array"


ARRAYS: dict[str, tuple[bytes, list[str], str]] = {
    "nothing in it": (b" [ ] ", [], numbers(0, 0, 0)),
    "nothing": (b"", [f":1: {no_array(1)}"], numbers(1, 1, 1)),
    "lines": (GOOD + b"\n" + GOOD, [f":1: {no_array(1)}"], numbers(1, 1, 1)),
    "a string": (b'"[" [', [f":1: {no_array(5)}"], numbers(1, 1, 1)),
    "a byte order mark": (
        b"\xef\xbb\xbf[]",
        [":1: starts with a byte order mark, column 4; write it without one"],
        numbers(1, 1, 1),
    ),
    "cut between": (b"[" + GOOD + b",\n", [f":2: {END}, column 1"], numbers(2, 1, 1)),
    "cut inside": (b"[" + GOOD + b',\n{"a":[', [f":2: {END}, column 7"], numbers(2, 1, 1)),
    "a comma too many": (
        b"[" + GOOD + b"\n,]",
        [":2#/1: Invalid JSON: expected value, column 2"],
        numbers(2, 1, 1),
    ),
    "an item that is no JSON": (
        b"[" + GOOD + b",\n {a}, " + LOW + b"]",
        [
            ":2#/1: Invalid JSON: key must be a string, column 3",
            f":2#/2{AT_LEAST[1:]}",
        ],
        numbers(3, 2, 2),
    ),
    "an escaped quote and a bracket": (
        rb'["\\\"]", 1]',
        [f":1#/{it}: Input should be an object" for it in range(2)],
        numbers(2, 2, 2),
    ),
    "another bracket": (b"[1}", [":1: Invalid JSON: expected `,` or `]`, column 3"], ""),
    "more behind it": (b"[]\n []", [":2: Invalid JSON: trailing characters, column 2"], ""),
    "text behind it": (b"[]\n x", [":2: Invalid JSON: trailing characters, column 2"], ""),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_what_is_no_array_is_a_finding_and_what_came_before_is_judged(name: str, run: Run) -> None:
    content, places, counted = ARRAYS[name]
    Path("a.json").write_bytes(content)
    status, out, error = run("a.json", "--as", "array")
    assert (status, error) == (int(bool(places)), "")
    assert out == [*(f"a.json{it}" for it in places), counted or out[-1]]


def test_an_item_that_is_too_long_is_a_finding_and_the_next_is_judged(run: Run) -> None:
    long = text(valid(metadata={"a": ["x"] * 200_000})).encode()
    Path("a.json").write_bytes(b"[" + long + b"," + LOW + b"]")
    first = "a.json:1#/0: is longer than 0.5 MiB and was not judged; raise --longest"
    out = [first, f"a.json:1#/1{AT_LEAST[1:]}", numbers(2, 2, 2)]
    assert run("a.json", "--as", "array", "--longest", "0.5")[1] == out


def test_whoever_has_an_array_is_told_the_option(run: Run) -> None:
    Path("a.json").write_bytes(b"[" + GOOD + b"]")
    cure = "if each item is a document, say --as array"
    assert run("a.json")[1][0] == f"a.json:1#: Input should be an object; {cure}"


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_lines_are_the_same_whatever_is_read_at_once(size: int) -> None:
    lines = [b"1\n", b"\n", b"x" * 30 + b"\n", b"y" * 31 + b"\n", b"z" * 99 + b"\n", b"2"]
    file: Any = io.BufferedReader(io.BytesIO(b"".join(lines)))
    cut = [it for it in blocks_of(file, "a", "lines", 30, size=size) if isinstance(it, Lines)]
    judged = [pair for it in cut for pair in enumerate(bounded_lines(it.text, 30), it.number)]
    assert judged == [*enumerate([*lines[:3], None, None, b"2"], 1)]


def test_items_are_judged_some_at_once(run: Run) -> None:
    content = b"[" + b",".join([b"1"] * 1000) + b"]"
    file: Any = io.BufferedReader(io.BytesIO(content))
    blocks = [it for it in blocks_of(file, "a", "array", 99) if isinstance(it, Items)]
    assert 1 < len(blocks) < 100
    assert sum(len(it.items) for it in blocks) == 1000


# Strict JSON.

SECOND, CONSTANT, LARGE = (
    "is another member of the same name",
    "is NaN or infinite, for which JSON does not have a number",
    "is a number beyond all doubles",
)
LOOSE = {
    '{"a": NaN}': [("/a", CONSTANT, 7)],
    '{"a": [1, -Infinity]}': [("/a/1", CONSTANT, 11)],
    '{"a": 1e400, "b": -1E+400}': [("/a", LARGE, 7), ("/b", LARGE, 19)],
    '{"a": -1e400}': [("/a", LARGE, 7)],
    '{"a": 1, "\\u0061": 2}': [("/a", SECOND, 20)],
    '{"a": 1, "b": 2, "a": 3}': [("/a", SECOND, 23)],
    '{"b": {"a": 1, "a": 1, "a": {"x": NaN}}}': [
        ("/b/a", SECOND, 21),
        ("/b/a", SECOND, 29),
        ("/b/a/x", CONSTANT, 35),
    ],
    '{"\u00e9": 1, "a": NaN}': [("/a", CONSTANT, 15)],
    '{"a": 1e308, "b": ["NaN", "1e400"], "c": {"a": 1}}': [],
    '{"a": 1' + "0" * 400 + "}": [],
    '{"a": NaN, "b": 1' + "0" * 400 + "}": [("/a", CONSTANT, 7)],
}


@pytest.mark.parametrize("content", LOOSE)
def test_strict_json_refuses_what_readers_take_for_different_values(content: str, run: Run) -> None:
    """With line and column; without the option the models take it in free content."""
    before = '{"metadata":\n'
    document = before + content + "," + text(valid())[1:]
    Path("a.json").write_text(document, "utf-8")
    Path("a.ndjson").write_text(document.replace("\n", " "), "utf-8")
    assert run("a.json") == (0, [numbers(1, 0, 0)], "")
    faults = LOOSE[content]
    out = [f"a.json:2#/metadata{pointer}: {what}, column {at}" for pointer, what, at in faults]
    counted = numbers(1, int(bool(faults)), len(faults))
    assert run("a.json", "--strict-json") == (int(bool(faults)), [*out, counted], "")
    shift = len(before)
    out = [
        f"a.ndjson:1#/metadata{pointer}: {what}, column {at + shift}"
        for pointer, what, at in faults
    ]
    assert run("a.ndjson", "--strict-json")[1] == [*out, counted]


def test_what_is_no_json_is_the_same_to_strict_json(run: Run) -> None:
    Path("a.ndjson").write_bytes(
        b'{"a":\n\n[NaN\n' + b"[" * 999 + b"NaN" + b"]" * 999 + b"\n" + b"[" * 9999 + b"\n" + LOW
    )
    assert run("a.ndjson", "--strict-json") == run("a.ndjson")


# Numbers by place, a sample, several processes.


def test_faults_are_counted_by_place_and_keyword(run: Run) -> None:
    Path("a.json").write_bytes(b"[" + LOW + b"," + LOW + b', {"status": "x"}, 1, ' + b"{]")
    table = [
        "findings  keyword    pointer",
        "       2  minimum    /payload/total_events",
        '       1  (no JSON)  ""',
        '       1  type       ""',
        "       1  required   /payload",
        "       1  required   /request_id",
        "       1  enum       /status",
    ]
    assert run("a.json", "--as", "array", "--by") == (1, [*table, numbers(5, 5, 7)], "")
    out = run("a.json", "--as", "array", "--by", "--format", "json")[1]
    place = {"findings": 2, "keyword": "minimum", "pointer": "/payload/total_events"}
    assert json.loads(out[0]) == place
    assert json.loads(out[-1])["findings"] == 7
    Path("a.ndjson").write_bytes(GOOD)
    assert run("a.ndjson", "--by") == (0, [numbers(1, 0, 0)], "")


def test_each_keyword_has_its_name() -> None:
    """Of every error that the models give on documents with one fault."""
    (case,) = json.loads((PACKAGE_FOLDER / "conformance" / SCHEMA).read_text("utf-8"))
    judge: Any = importlib.import_module(f"{PACKAGE}._judge").Judge(NAME, by_place=True)
    for test in case["tests"]:
        list(judge.lines([json.dumps(test["data"])], "a"))
    keywords = {keyword for _, keyword in judge.places}
    assert keywords == {"type", "required", "enum", "minimum", "format"}


@pytest.mark.parametrize(
    ("kind", "what", "keyword"),
    [
        ("assertion", "Input should satisfy uniqueItems, contains", "uniqueItems, contains"),
        ("assertion", "Input should satisfy minimum at /a: b: expected at least 1", "minimum"),
        ("assertion", "Input should satisfy not: expected what is not {} at all", "not"),
        ("union_type", "Input should be object or string", "type"),
        ("too_short", "List should have at least 2 items after validation", "minItems"),
        ("too_long", "Dictionary should have at most 2 items after validation", "maxProperties"),
        ("string_pattern_mismatch", "String should match pattern '^a$'", "pattern"),
        ("list_type", "Input should be a valid array", "type"),
        ("of_another_day", "Something", "of_another_day"),
    ],
)
def test_an_error_is_counted_under_its_keyword(kind: str, what: str, keyword: str) -> None:
    assert keyword_of(kind, what) == keyword
    assert place_of(kind, what, ("a", 0, "~", 12)) == ("/a/*/~0/*", keyword)


def test_the_table_is_bounded_where_names_are_data() -> None:
    counted = Counter[tuple[str, str]]()
    for number in range(3):
        add_places(counted, Counter({(f"/{number}/{it}", "type"): 1 for it in range(MAX_PLACES)}))
    assert len(counted) == MAX_PLACES + 1
    assert counted[OTHER_PLACES] == 2 * MAX_PLACES


def test_a_sample_is_the_first_invalid_documents_one_on_each_line(run: Run) -> None:
    pretty = json.dumps([1, with_payload(total_events=-1)], indent=2)
    Path("a.json").write_text(pretty)
    Path("b.ndjson").write_bytes(LOW + b"\n" + GOOD + b"\n2\n3\n")
    out = run("--as", "array", "a.json", "--sample", "3", "bad.ndjson")[1]
    assert out[-1] == numbers(2, 2, 2)
    again = [json.loads(it) for it in Path("bad.ndjson").read_text().splitlines()]
    assert again == [1, with_payload(total_events=-1)]
    run("b.ndjson", "--sample", "2", "bad.ndjson")
    assert Path("bad.ndjson").read_bytes() == LOW + b"\n2\n"
    Path("good.ndjson").write_bytes(GOOD)
    run("good.ndjson", "--sample", "2", "bad.ndjson")
    assert Path("bad.ndjson").read_bytes() == b""
    assert {it.name for it in Path().iterdir()} == {
        "a.json",
        "b.ndjson",
        "bad.ndjson",
        "good.ndjson",
    }


def test_a_sample_goes_into_a_pipe_or_behind_a_link_which_stay_what_they_are(run: Run) -> None:
    Path("a.ndjson").write_bytes(LOW)
    os.mkfifo("pipe")
    Path("link").symlink_to("behind")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    for name in ("pipe", "link"):
        assert run("a.ndjson", "--sample", "1", name)[::2] == (1, "")
    assert os.read(reader, 1 << 16) == Path("behind").read_bytes() == LOW + b"\n"
    assert (Path("pipe").is_fifo(), Path("link").is_symlink()) == (True, True)
    os.close(reader)


def test_a_sample_does_not_overwrite_what_is_read(run: Run) -> None:
    Path("a.ndjson").write_bytes(LOW)
    Path("link").symlink_to("a.ndjson")
    line = "link: is read too; name another file for --sample\n"
    assert run("a.ndjson", "--sample", "1", "link") == (2, [], line)
    line = "--sample none: is no number of documents; write --sample 10 b\n"
    assert run("a.ndjson", "--sample", "none", "b") == (2, [], line)
    Path("folder").mkdir()
    line = "folder: is a folder; name a file for --sample\n"
    assert run("a.ndjson", "--sample", "1", "folder") == (2, [], line)
    assert run("a.ndjson", "--sample", "1", "no/b")[2].startswith(
        "no/b: No such file or directory;"
    )
    assert Path("a.ndjson").read_bytes() == LOW


MIXED = b"".join(
    (GOOD, LOW, b"", b"{", text(valid(metadata={"a": "x" * 70_000})).encode())[number % 5] + b"\n"
    for number in range(300)
)


@pytest.mark.parametrize("options", [(), ("--format", "json"), ("--by",), ("--strict-json",)])
def test_several_processes_say_the_same_in_the_same_order(
    options: tuple[str, ...], run: Run
) -> None:
    Path("a.ndjson").write_bytes(MIXED)
    Path("b.json").write_bytes(LOW)
    files = ("a.ndjson", "none", "b.json", *options)
    alone = run(*files, "--sample", "50", "alone")
    assert alone[0] == 2
    assert len(alone[1]) > 2
    assert Path("alone").read_bytes().count(b"\n") == 50  # of many blocks
    for jobs in ("2", "0"):
        assert run(*files, "--jobs", jobs, "--sample", "50", "together") == alone
        assert Path("together").read_bytes() == Path("alone").read_bytes() != b""


def test_a_process_that_is_killed_is_no_verdict(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = importlib.import_module(f"{PACKAGE}._jobs")
    monkeypatch.setattr(jobs, "start_process", kill_this_process)
    Path("a.ndjson").write_bytes(LOW)
    line = "a process that judged was ended, perhaps for want of memory; take fewer --jobs\n"
    assert run("a.ndjson", "--jobs", "1") == run("a.ndjson")
    status, _, error = run("a.ndjson", "--jobs", "2")
    assert (status, error) == (2, line)


def kill_this_process(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("jobs", ["-1", "all"])
def test_a_number_of_processes_is_a_number(
    jobs: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("a.ndjson", "--jobs", jobs)
    line = f"argument --jobs: {jobs} is no number of processes; write a whole number of at least 1"
    assert line in capsys.readouterr().err
