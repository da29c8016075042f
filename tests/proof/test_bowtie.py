"""Models answer Bowtie's commands with the verdicts of the official suite."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from select import select
from subprocess import PIPE
from typing import Any

import bowtie
import pytest
from contract.project import ROOT
from pydantic import ValidationError

from tests.zoo.suite import DRAFTS, LATEST, Case, cases, served

pytestmark = pytest.mark.dialect

Answer = dict[str, Any]
Send = Callable[..., tuple[int, str, str]]
Answers = Callable[..., list[Answer]]
STOP = {"cmd": "stop"}
# The first case of each of these files, and one that only its draft judges so.
FILES = ("anyOf", "contains", "enum", "if-then-else", "pattern", "refRemote", "uniqueItems")
OF_THE_DRAFT = {
    LATEST: "prefixItems: a schema given for prefixItems",
    "draft7": "ref: ref overrides any sibling keywords",
}


@pytest.fixture
def send(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Send:
    """Exit status, stdout and stderr for these lines."""

    def send(lines: str, *options: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        return bowtie.main([*options]), *capsys.readouterr()

    return send


@pytest.fixture
def answers(send: Send) -> Answers:
    def answers(commands: Iterable[Answer], *options: str) -> list[Answer]:
        status, out, _ = send(lines_of(commands), *options)
        assert status == 0
        return [json.loads(line) for line in out.splitlines()]

    return answers


def lines_of(commands: Iterable[Answer]) -> str:
    return "".join(f"{json.dumps(it)}\n" for it in commands)


def chosen_cases(draft: str) -> list[Case]:
    suite = [it for it in cases(draft) if it.part == "required"]
    first = {it.file: it for it in reversed(suite) if it.file in FILES}
    return [*first.values(), *(it for it in suite if str(it) == OF_THE_DRAFT[draft])]


def run_command(
    seq: int, schema: Any, instances: Iterable[Any], registry: Answer | None = None
) -> Answer:
    tests = [{"description": str(number), "instance": it} for number, it in enumerate(instances)]
    more = {"registry": registry} if registry else {}
    return {
        "cmd": "run",
        "seq": seq,
        "case": {"description": "", "schema": schema, "tests": tests, **more},
    }


def case_command(seq: int, case: Case) -> Answer:
    """The case as Bowtie sends it: its schema does not say its draft."""
    schema = {word: it for word, it in case.schema.items() if word != "$schema"}
    registry = {uri: json.loads(it.text) for uri, it in served(json.dumps(schema)).items()}
    return run_command(seq, schema, [it.data for it in case.trials], registry)


@pytest.mark.parametrize("draft", OF_THE_DRAFT)
def test_verdicts_are_those_of_the_suite(draft: str, answers: Answers) -> None:
    chosen = chosen_cases(draft)
    assert len(chosen) >= len(FILES)
    commands = [case_command(seq, case) for seq, case in enumerate(chosen)]
    dialect = {"cmd": "dialect", "dialect": DRAFTS[draft]}
    started, configured, *verdicts = answers(
        [{"cmd": "start", "version": 1}, dialect, *commands, STOP]
    )
    assert DRAFTS[draft] in started["implementation"]["dialects"]
    assert configured == {"ok": True}
    assert verdicts == [
        {"seq": seq, "results": [{"valid": it.valid} for it in case.trials]}
        for seq, case in enumerate(chosen)
    ]


def test_a_refused_schema_is_skipped_with_its_reason(answers: Answers) -> None:
    """And the cases after it go on, as after one that cannot be read."""
    broken = {"cmd": "run", "seq": "b", "case": {}}
    refused, errored, judged = answers(
        [run_command(1, {"minimum": "1"}, [1]), broken, run_command(2, {"format": "uuid"}, ["no"])]
    )
    assert refused == {"seq": 1, "skipped": True, "message": refused["message"]}
    assert refused["message"].startswith("case/Message.json#/minimum: ")
    assert (errored["seq"], errored["errored"]) == ("b", True)
    assert judged == {"seq": 2, "results": [{"valid": True}]}


def test_formats_assert_where_that_is_asked(answers: Answers) -> None:
    commands = [run_command(1, {"format": "uuid"}, ["no"])]
    assert answers(commands, "--formats", "assert") == [{"seq": 1, "results": [{"valid": False}]}]


def test_a_draft_that_is_not_known_changes_nothing(answers: Answers) -> None:
    unknown = {"cmd": "dialect", "dialect": "http://json-schema.org/draft-03/schema#"}
    refused, judged = answers([unknown, run_command(1, {"const": 1}, [1])])
    assert (refused, judged) == ({"ok": False}, {"seq": 1, "results": [{"valid": True}]})


def test_two_ways_in_that_differ_are_an_error(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = ValidationError.from_exception_data("m", [])
    monkeypatch.setattr(bowtie, "verdicts_of", lambda *_: {"json": 1, "python": error})
    (answer,) = answers([run_command(1, {}, [1])])
    assert answer["results"] == [{"errored": True, "context": {"message": "json alone accepts it"}}]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        '{"cmd": "walk"}',
        '{"cmd": "start"}',
        '{"cmd": "dialect"}',
        '{"cmd": "run"}',
        "[" * 9_999,
    ],
)
def test_a_line_that_is_no_command_is_refused(line: str, send: Send) -> None:
    error = "line 1: no command of Bowtie; send one of start, dialect, run, stop\n"
    assert send(f"{line}\n") == (2, "", error)


def test_the_command_answers_each_line_before_it_reads_the_next() -> None:
    command = [sys.executable, str(ROOT / "scripts/bowtie.py")]
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
    with subprocess.Popen(command, env=buffered, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin and process.stdout
        for seq in (1, 2):
            process.stdin.write(lines_of([run_command(seq, {"const": 1}, [1])]))
            process.stdin.flush()
            assert select([process.stdout], [], [], 60)[0]
            assert json.loads(process.stdout.readline())["seq"] == seq
        process.stdin.write(lines_of([STOP]))
    assert process.returncode == 0
