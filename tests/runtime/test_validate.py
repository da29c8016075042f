"""``validate`` gives every document the verdict of its schema, whatever the size of the data."""

import importlib
import itertools
import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from contract.json_values import values_within, with_part
from contract.read import build_contract
from contract.refusal import Refused
from generate import render
from proof.sandbox import write_files
from runtime._finding import Finding

from tests.zoo.first_contract import (
    CONTRACT,
    GENERATED,
    NAME,
    PACKAGE,
    PACKAGE_FOLDER,
    command_line,
    findings,
)
from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.messages import text, valid
from tests.zoo.validating import (
    AT_LEAST,
    FULL,
    GOOD,
    LOW,
    PRETTY,
    Run,
    command,
    numbers,
    process,
)

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
    with pytest.raises(Refused, match=f"'{module}' is a name of every package; rename the folder"):
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
    line = f"::error file=a.ndjson,line=1::{AT_LEAST[1:]}"
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
    documents = [
        with_part(whole, path, it) for path, _ in values_within(whole) for it in (secret, [secret])
    ]
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
    assert run("a.ndjson", "--format", "github")[1][0].endswith(f"::{shown}: it")
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


@pytest.mark.parametrize("size", ["0", "-1", "much", "inf"])
def test_a_limit_is_a_size(size: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("a.ndjson", "--longest", size)
    line = f"argument --longest: {size} is no size; write a number of MiB above 0\n"
    assert line in capsys.readouterr().err


# All of it.


def test_every_conformance_document_has_its_verdict(run: Run) -> None:
    shipped = (PACKAGE_FOLDER / f"conformance/{SCHEMA}").read_text("utf-8")
    tests = json.loads(shipped)[0]["tests"]
    Path("all.ndjson").write_text("".join(text(it["data"]) + "\n" for it in tests))
    _, out, _ = run("all.ndjson", "--format", "json", message=FULL)
    *faults, counted = map(json.loads, out)
    invalid = {number for number, it in enumerate(tests, 1) if not it["valid"]}
    assert {it["line"] for it in faults} == invalid
    assert (counted["documents"], counted["invalid"]) == (len(tests), len(invalid))
    assert 0 < len(invalid) < len(tests)


# As a function.


def test_findings_come_while_the_lines_do() -> None:
    faults = findings(NAME, itertools.cycle([GOOD, LOW.decode(), bytearray(b" "), None]), "part 1")
    assert [str(next(faults)) for _ in range(3)] == [
        f"part 1:2{AT_LEAST}",
        "part 1:4: JSON input should be string, bytes or bytearray",
        f"part 1:6{AT_LEAST}",
    ]


def test_the_function_and_what_it_finds_travel() -> None:
    function = pickle.loads(pickle.dumps(findings))
    faults = list(function(FULL, [LOW]))
    assert pickle.loads(pickle.dumps(faults)) == faults
    assert [it.line for it in faults] == [1]


def test_the_function_refuses_at_once_what_is_no_message() -> None:
    refused = importlib.import_module(f"{PACKAGE}._finding").Refused
    with pytest.raises(refused, match="is no message of the contract"):
        findings("Close", [])
