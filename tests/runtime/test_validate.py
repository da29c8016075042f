"""``validate`` gives every document the verdict of its schema, whatever the data's size."""

import importlib
import itertools
import json
import os
import pickle
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from contract.read import build_contract
from contract.refusal import Refused
from generate import render
from hypothesis import given, settings
from hypothesis import strategies as st
from proof.sandbox import write_files
from pydantic import ValidationError
from runtime._finding import Finding
from runtime._lines import line_of

from tests.zoo.first_contract import (
    CONTRACT,
    GENERATED,
    NAME,
    PACKAGE,
    PACKAGE_FOLDER,
    VERSION,
    command_line,
    findings,
)
from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.messages import CLOSE_CHAT, text, valid, with_payload

FULL = f"operations.{NAME}"
GOOD = text(valid()).encode()
LOW = text(with_payload(total_events=-1)).encode()
AT_LEAST = "#/payload/total_events: Input should be greater than or equal to 0"
AS_LINES = "if each line is a document, say --as lines"
MARK = "starts with a byte order mark; write it without one"

Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``validate`` in a folder of its own: exit status, lines of stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str, message: str = NAME) -> tuple[int, list[str], str]:
        status = command_line(["validate", message, *arguments])
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return ran


def command(*arguments: str, package: str = "pydantic_models") -> list[str]:
    """Its own process, which a shell in the background may have told to ignore Ctrl-C."""
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        f" from {package}.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    return [sys.executable, "-c", code, "validate", NAME, *arguments]


def process(*arguments: str, unbuffered: str = "", **how: Any) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(GENERATED)}
    environment["PYTHONUNBUFFERED"] = unbuffered
    how = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.Popen(command(*arguments), env=environment, **how)


def numbers(documents: int, invalid: int, found: int) -> str:
    return f"documents {documents}, invalid {invalid}, findings {found}"


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
    told = [f"a.ndjson{it}" for it in places]
    assert run("a.ndjson") == (int(bool(places)), [*told, counted], "")


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
        f"::error file=a%2Cb.ndjson,line=2::a,b.ndjson:2{AT_LEAST}",
        numbers(2, 1, 1),
    ]


def test_a_finding_without_a_line_is_told_as_before() -> None:
    assert Finding("a", "changed", "it", None).members() == {
        "file": "a",
        "kind": "changed",
        "what": "it",
        "pointer": None,
    }


# One document.

PRETTY = json.dumps(with_payload(total_events=-1), indent=2)


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
    "nothing": (b"", [":1: Invalid JSON: EOF while parsing a value, column 0"]),
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


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items: Any = enumerate(value) if isinstance(value, list) else ()
    for name, it in value.items() if isinstance(value, dict) else items:
        yield from paths(it, (*path, name))


def with_at(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    changed = value.copy()
    changed[path[0]] = with_at(value[path[0]], path[1:], new)
    return changed


def test_the_line_of_a_value_is_where_another_would_be_written() -> None:
    seen = set[int]()

    @given(VALUES, st.sampled_from([0, 2, "\t"]), st.booleans())
    @settings(max_examples=30, deadline=None, database=None, derandomize=True)
    def holds(value: Any, indent: Any, ascii_only: bool) -> None:
        def written(it: Any) -> str:
            return json.dumps(it, indent=indent, ensure_ascii=ascii_only)

        for path in paths(value):
            before = written(with_at(value, path, "a mark")).partition('"a mark"')[0]
            assert line_of(written(value), path) == before.count("\n") + 1
            seen.add(len(path))

    holds()
    assert {0, 1, 2, 3} <= seen


# Files and names.


def test_what_cannot_be_read_is_said_and_all_else_is_judged(run: Run) -> None:
    Path("a.ndjson").write_bytes(LOW)
    Path("folder").mkdir()
    status, out, error = run("none.json", "a.ndjson", "folder", "a.ndjson")
    assert (status, out) == (2, [f"a.ndjson:1{AT_LEAST}"] * 2 + [numbers(2, 2, 2)])
    assert error == (
        "none.json: No such file or directory; name what can be read\n"
        "folder: Is a directory; name what can be read\n"
    )


def test_a_message_is_named_with_its_module_or_without(run: Run) -> None:
    Path("a.ndjson").write_bytes(GOOD)
    for message in (NAME, FULL):
        assert run("a.ndjson", message=message) == (0, [numbers(1, 0, 0)], "")
    for message in ("Close", "operations", "operations.ChatSessionClosedPayload", "other." + NAME):
        line = f"{message}: is no message of the contract; name one of {FULL}\n"
        assert run("a.ndjson", message=message) == (2, [], line)


def test_a_message_of_two_modules_is_named_with_its_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = CONTRACT.schema_files[SCHEMA]
    write_files(
        render(build_contract({SCHEMA: source, f"other/{NAME}.json": source}, "1")).files,
        tmp_path / "two",
    )
    monkeypatch.chdir(tmp_path)
    Path("a.ndjson").write_bytes(GOOD)
    ran = subprocess.run(
        command("a.ndjson", package="two.pydantic_models"), capture_output=True, text=True
    )
    line = f"{NAME}: there are several; name one of {FULL}, other.{NAME}\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", line)


@pytest.mark.parametrize("module", ["findings", "Finding"])
def test_no_module_takes_a_name_that_the_package_offers(module: str) -> None:
    assert hasattr(importlib.import_module(PACKAGE), module)
    with pytest.raises(Refused, match=f"'{module}' is no module name; rename the folder"):
        build_contract({f"{module}/{NAME}.json": CONTRACT.schema_files[SCHEMA]}, "1")


def test_without_pydantic_it_says_so() -> None:
    ran = subprocess.run(
        [sys.executable, "-S", "-m", "pydantic_models", "validate", NAME],
        cwd=GENERATED,
        capture_output=True,
        text=True,
    )
    line = "pydantic is not installed; install it\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", line)


@pytest.mark.parametrize("arguments", [(), ("-",), ("--as", "lines")])
def test_standard_input_holds_lines_and_any_import_root_does(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    shutil.copytree(PACKAGE_FOLDER, tmp_path / "app/vendor/chat")
    ran = subprocess.run(
        command(*arguments, package="app.vendor.chat"),
        cwd=tmp_path,
        input=GOOD + b"\n" + LOW,
        capture_output=True,
    )
    assert ran.returncode == 1
    assert ran.stdout.decode().splitlines() == [f"-:2{AT_LEAST}", numbers(2, 1, 1)]
    assert ran.stderr == b""


def test_files_and_options_come_in_any_order(run: Run) -> None:
    Path("a.ndjson").write_bytes(LOW)
    line = f"::error file=a.ndjson,line=1::a.ndjson:1{AT_LEAST}"
    for arguments in (
        ("a.ndjson", "a.ndjson", "--format", "github"),
        ("a.ndjson", "--format", "github", "a.ndjson"),
        ("--format", "github", "a.ndjson", "a.ndjson"),
    ):
        assert run(*arguments)[1] == [line, line, numbers(2, 2, 2)]


@pytest.mark.parametrize("arguments", [["verify", "a"], ["validate", NAME, "a", "--none"]])
def test_what_no_command_takes_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        command_line(arguments)
    assert f"error: unrecognized arguments: {arguments[-1]}\n" in capsys.readouterr().err


def test_standard_input_is_one_document_if_as_says_so() -> None:
    out, _ = process("--as", "document", "-").communicate(PRETTY.encode())
    assert out.decode().splitlines() == [f"-:8{AT_LEAST}", numbers(1, 1, 1)]


# What is told of a document.


def test_no_value_is_ever_told(run: Run) -> None:
    """Of any document with a secret in the place of any value."""
    secret = "hunter2-hunter2"
    whole = valid(timestamp="t", error="e", metadata={"a": [1]})
    documents = [with_at(whole, path, it) for path in paths(whole) for it in (secret, [secret])]
    Path("a.ndjson").write_text("".join(text(it) + "\n" for it in documents) + f'"{secret}\n')
    for form in ("text", "json", "github"):
        status, out, _ = run("a.ndjson", "--format", form)
        assert (status, len(out) > 15) == (1, True)
        assert secret not in "\n".join(out)


def test_no_key_obeys_a_terminal_or_floods_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole in JSON; for people escaped and cut."""
    judge = importlib.import_module(f"{PACKAGE}._judge").Judge
    key = "\x1b[2J\n\u202e" + "é" * 400
    finding = Finding("a.ndjson", "int_type", "it", f"/{key}", 1)
    monkeypatch.setattr(judge, "lines", lambda *_: iter([finding]))
    Path("a.ndjson").write_text("1")
    shown = "/\\u001b[2J\\u000a\\u202e" + "é" * (300 - 7) + "…"
    assert run("a.ndjson")[1][0] == f"a.ndjson:1#{shown}: it"
    assert run("a.ndjson", "--format", "github")[1][0].endswith(f"::a.ndjson:1#{shown}: it")
    assert json.loads(run("a.ndjson", "--format", "json")[1][0])["pointer"] == f"/{key}"


def test_of_many_faults_of_a_document_the_first_are_told_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the pointer of a name that has to be escaped in one."""
    strings = {"type": "array", "items": {"type": "string"}}
    schema = {"type": "object", "properties": {"a/~": strings}}
    write_files(
        render(build_contract({f"m/{NAME}.json": text(schema).encode()}, "1")).files,
        tmp_path / "many",
    )
    monkeypatch.chdir(tmp_path)
    for count in (20, 21, 1000):
        Path("a.ndjson").write_text(text({"a/~": [1] * count}) + "\n{}\n1")
        ran = subprocess.run(
            command("a.ndjson", package="many.pydantic_models"), capture_output=True, text=True
        )
        more = [f"a.ndjson:1: {count - 20} more findings"] if count > 20 else []
        assert ran.stdout.splitlines() == [
            *(f"a.ndjson:1#/a~1~0/{it}: Input should be a valid string" for it in range(20)),
            *more,
            "a.ndjson:3#: Input should be an object",
            numbers(3, 2, count + 1),
        ]


LONGEST = len(GOOD)
MIB = str(LONGEST / 2**20)
LONG = f"is longer than {LONGEST / 2**20:g} MiB and was not judged; raise --longest"


def test_a_line_that_is_too_long_is_a_finding_and_the_next_is_judged(run: Run) -> None:
    """Also if what is read of it would be a document; exactly the limit is not too long."""
    longer = GOOD + b" " * 3 * 2**20 + b"x"
    for last in (b"", b"\n"):
        Path("a.ndjson").write_bytes(b"\n".join([GOOD, GOOD + b" ", longer, b"{", longer]) + last)
        assert run("a.ndjson", "--longest", MIB) == (
            1,
            [
                f"a.ndjson:2: {LONG}",
                f"a.ndjson:3: {LONG}",
                "a.ndjson:4: Invalid JSON: EOF while parsing an object",
                f"a.ndjson:5: {LONG}",
                numbers(5, 4, 4),
            ],
            "",
        )


def test_a_document_that_is_too_long_is_a_finding(run: Run) -> None:
    Path("a.json").write_bytes(GOOD)
    assert run("a.json", "--longest", MIB) == (0, [numbers(1, 0, 0)], "")
    Path("a.json").write_bytes(GOOD + b"\n")
    status, out, _ = run("a.json", "--longest", MIB, "--format", "json")
    finding = {"file": "a.json", "kind": "too-long", "what": LONG, "pointer": None}
    assert (status, json.loads(out[0])) == (1, finding)


def test_a_line_of_many_mib_is_judged(run: Run) -> None:
    long = text(valid(metadata={"a": "x" * 20 * 2**20})).encode()
    Path("a.ndjson").write_bytes(long + b"\n" + LOW)
    assert run("a.ndjson")[1] == [f"a.ndjson:2{AT_LEAST}", numbers(2, 1, 1)]


@pytest.mark.parametrize("size", ["0", "-1", "much"])
def test_a_limit_is_a_size(size: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("a.ndjson", "--longest", size)
    assert "argument --longest: invalid" in capsys.readouterr().err


# All of it.


def test_every_conformance_document_has_its_verdict(run: Run) -> None:
    shipped = (PACKAGE_FOLDER / f"conformance/{SCHEMA}").read_text("utf-8")
    tests = json.loads(shipped)[0]["tests"]
    Path("all.ndjson").write_text("".join(text(it["data"]) + "\n" for it in tests))
    _, out, _ = run("all.ndjson", "--format", "json", message=FULL)
    *found, counted = map(json.loads, out)
    invalid = {number for number, it in enumerate(tests, 1) if not it["valid"]}
    assert {it["line"] for it in found} == invalid
    assert (counted["documents"], counted["invalid"]) == (len(tests), len(invalid))
    assert 0 < len(invalid) < len(tests)


MEASURE = """
import resource, subprocess, sys
print(subprocess.run(sys.argv[1:], stdout=subprocess.PIPE).stdout.decode().splitlines()[-1])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(path: Path, *options: str) -> tuple[str, float]:
    """The numbers, and MiB; measured by a small process, for a child's peak is never below that
    of the process that made it."""
    environment = {**os.environ, "PYTHONPATH": str(GENERATED)}
    measure = [sys.executable, "-S", "-c", MEASURE, *command(*options, str(path))]
    ran = subprocess.run(measure, env=environment, capture_output=True, text=True, check=True)
    counted, size = ran.stdout.splitlines()
    return counted, int(size) / (2**20 if sys.platform == "darwin" else 2**10)


WAYS = {
    "lines": ((), b"", b"\n", b""),
    "array": (("--as", "array"), b"[", b",", b"]"),
    "jobs": (("--jobs", "2"), b"", b"\n", b""),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.full
def test_sixty_megabytes_need_no_more_memory_than_one(way: str, tmp_path: Path) -> None:
    """Of documents, and of findings."""
    options, begin, between, end = WAYS[way]
    large = text(valid(metadata={"a": "x" * 4000})).encode()
    peaks = list[float]()
    for times in (1, 60):
        path = tmp_path / "a.ndjson"
        path.write_bytes(begin + between.join([large, b"{}"] * 240 * times) + end)
        counted, size = peak(path, *options)
        assert counted == numbers(480 * times, 240 * times, 720 * times)
        peaks.append(size)
    assert path.stat().st_size > 60e6
    assert peaks[1] - peaks[0] < 3


def test_interrupted_it_tells_the_numbers_so_far() -> None:
    with process(unbuffered="1") as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(GOOD + b"\n" + LOW + b"\n")
        running.stdin.flush()
        assert running.stdout.readline().decode() == f"-:2{AT_LEAST}\n"  # while more may come
        running.send_signal(signal.SIGINT)
        assert running.stdout.read().decode() == numbers(2, 1, 1) + "\n"
        assert running.stderr.read() == b""
    assert running.returncode == 130


def test_whoever_stops_reading_ends_it_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(b"{}\n" * 50_000)
    with process(str(tmp_path / "a.ndjson")) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline().endswith(b"Field required\n")
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_progress_is_on_a_terminal_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(LOW + b"\n" + b" " * 2**20 + b"\n")
    ours, theirs = pty.openpty()
    with process(str(path), stdout=theirs, stderr=theirs):
        shown = b""
        while numbers(1, 1, 1).encode() not in shown:
            shown += os.read(ours, 9999)
    os.close(theirs)
    os.close(ours)
    progress, cleared = "\r\x1b[Kdocuments 0, 1 MiB, 99 %", "\r\x1b[K"
    assert shown.decode().startswith(f"{progress}{cleared}{path}:1{AT_LEAST}\r\n")
    assert process(str(path)).communicate()[1] == b""


def test_per_cent_are_of_all_files_and_left_out_where_a_size_is_unknown(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    clock = itertools.count()
    monkeypatch.setattr(f"{PACKAGE}._validate.time.monotonic", lambda: next(clock))
    Path("a.ndjson").write_bytes(GOOD + b"\n" + b" " * 2**20 + b"\n")
    Path("b.ndjson").write_bytes(b" " * 2**20)
    said = run("a.ndjson", "b.ndjson")[2]
    assert "\r\x1b[Kdocuments 0, 1 MiB, 49 %\r" in said
    assert said.endswith("\r\x1b[Kdocuments 1, 2 MiB, 100 %\r\x1b[K")
    assert "%" not in run("a.ndjson", os.devnull)[2]


# As a function.


def test_findings_come_while_the_lines_do() -> None:
    found = findings(NAME, itertools.cycle([GOOD, LOW.decode(), bytearray(b" "), None]), "part 1")
    assert [str(next(found)) for _ in range(3)] == [
        f"part 1:2{AT_LEAST}",
        "part 1:4: JSON input should be string, bytes or bytearray",
        f"part 1:6{AT_LEAST}",
    ]


def test_the_function_and_what_it_finds_travel() -> None:
    function = pickle.loads(pickle.dumps(findings))
    found = list(function(FULL, [LOW]))
    assert pickle.loads(pickle.dumps(found)) == found
    assert [it.line for it in found] == [1]


def test_the_function_refuses_at_once_what_is_no_message() -> None:
    refused = importlib.import_module(f"{PACKAGE}._finding").Refused
    with pytest.raises(refused, match="is no message of the contract"):
        findings("Close", [])
