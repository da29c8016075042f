"""Every command answers for its outputs: a closed pipe, a full disk, Ctrl-C."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from runtime._finding import (
    INTERRUPTED_STATUS,
    PIPE_CLOSED_STATUS,
    Refused,
    exit_status,
)

from tests.zoo.first_contract import NAME, PAGE

# Each in a repository with the first contract; {free} is a folder that is not there yet. The first
# belongs to the default run.
COMMANDS = {
    "verify": "-m generated.pydantic_models verify",
    "generate": "scripts/generate.py --out {free}",
    "generate --check": "scripts/generate.py --check",
    "compat": "scripts/compat.py schemas schemas",
    "check_page": f"scripts/check_page.py tests/zoo/{PAGE.name}",
    "vendor": "scripts/vendor.py {free}",
    "vendor --check": "scripts/vendor.py generated --check",
    "bench": "scripts/bench.py --help",
    "verify --deep": "-m generated.pydantic_models verify --deep",
    "validate": f"-m generated.pydantic_models validate {NAME}",
    "validate --help": "-m generated.pydantic_models validate --help",
}
every_command = pytest.mark.parametrize("command", COMMANDS)
FULL = Path("/dev/full")
NO_ROOM = "standard output: No space left on device; name an output with room\n"


def run(
    command: str,
    repository: Path,
    free: Path,
    stdout: int,
    stderr: int = subprocess.PIPE,
    unbuffered: str = "",
) -> tuple[int, str]:
    """Exit status and standard error."""
    words = COMMANDS.get(command, command).format(free=free).split()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=repository,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        text=True,
    )
    return done.returncode, done.stderr


@pytest.fixture
def closed_pipe() -> Iterator[int]:
    """A pipe that nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@every_command
@pytest.mark.one_in(20)
def test_a_command_whose_reader_has_gone_ends_without_a_word(
    command: str, first_repository: Path, tmp_path: Path, closed_pipe: int
) -> None:
    ended = run(command, first_repository, tmp_path / "free", closed_pipe)
    assert ended == (PIPE_CLOSED_STATUS, "")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@every_command
@pytest.mark.one_in(20)
def test_a_command_names_the_output_that_is_full(
    command: str, first_repository: Path, tmp_path: Path
) -> None:
    with FULL.open("w") as full:
        ended = run(command, first_repository, tmp_path / "free", full.fileno())
    assert ended == (2, NO_ROOM)


@every_command
@pytest.mark.one_in(20)
def test_a_command_that_somebody_reads_is_fine(
    command: str, first_repository: Path, tmp_path: Path
) -> None:
    assert run(command, first_repository, tmp_path / "free", subprocess.DEVNULL) == (0, "")


REFUSED = "-m generated.pydantic_models validate Nothing"


def test_a_refusal_that_nobody_reads_is_no_finding(
    first_repository: Path, tmp_path: Path, closed_pipe: int
) -> None:
    status, _ = run(REFUSED, first_repository, tmp_path, closed_pipe, closed_pipe)
    assert status == PIPE_CLOSED_STATUS
    if FULL.exists():
        with FULL.open("w") as full:
            assert run(REFUSED, first_repository, tmp_path, full.fileno(), full.fileno())[0] == 2


def test_an_unbuffered_command_answers_alike(
    first_repository: Path, tmp_path: Path, closed_pipe: int
) -> None:
    ended = run("verify", first_repository, tmp_path, closed_pipe, unbuffered="1")
    assert ended == (PIPE_CLOSED_STATUS, "")
    if FULL.exists():
        with FULL.open("w") as full:
            ended = run("verify", first_repository, tmp_path, full.fileno(), unbuffered="1")
        assert ended == (2, NO_ROOM)


@pytest.mark.parametrize("command", ["generate", "generate --check"])
@pytest.mark.one_in(2)
def test_every_file_that_cannot_be_written_is_named(
    command: str, first_repository: Path, tmp_path: Path
) -> None:
    """Where no file may have more than a block: the first ones are in the folder for what does
    not stay."""
    words = COMMANDS[command].format(free=tmp_path / "free").split()
    done = subprocess.run(
        [sys.executable, *words],
        cwd=first_repository,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    place, what = done.stderr.split(": ", 1)
    assert what == "File too large; name what can be read and written\n"
    assert place.startswith(str(tmp_path))


FAULTS = {
    "Ctrl-C": (KeyboardInterrupt(), INTERRUPTED_STATUS, ""),
    "a refusal": (Refused("a.json: no JSON; correct it"), 2, "a.json: no JSON; correct it\n"),
    "a file": (
        OSError(13, "Permission denied", "a.json"),
        2,
        "a.json: Permission denied; name what can be read and written\n",
    ),
    "a disk": (OSError(5, "Failed"), 2, "Failed; name what can be read and written\n"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_reason_not_to_run_is_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    fault, status, line = FAULTS[name]

    def fail() -> int:
        raise fault

    assert exit_status(fail) == status
    assert capsys.readouterr() == ("", line)
