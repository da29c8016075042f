"""``validate`` as a process: its memory, its progress, and how it ends early."""

import itertools
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.zoo.first_contract import GENERATED, PACKAGE
from tests.zoo.messages import text, valid
from tests.zoo.validating import AT_LEAST, GOOD, LOW, Run, command, numbers, process

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
    printed = run("a.ndjson", "b.ndjson")[2]
    assert "\r\x1b[Kdocuments 0, 1 MiB, 49 %\r" in printed
    assert printed.endswith("\r\x1b[Kdocuments 1, 2 MiB, 100 %\r\x1b[K")
    assert "%" not in run("a.ndjson", os.devnull)[2]
