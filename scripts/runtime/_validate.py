"""Data against a message: one document or many, from files or standard input, of any size.

The command keeps one buffer and one document in memory, and prints each finding at once. Only
``_judge`` needs more than the standard library.
"""

import argparse
import io
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._finding import Finding, Refused, add_format_option, display_path, report_text
from ._verify import read_manifest

if TYPE_CHECKING:
    from ._judge import Judge

MEBIBYTE = 1 << 20
STDIN = "-"
FILE_SHAPES = ("lines", "document")
MAX_SHOWN_LENGTH = 300  # characters of a pointer or a text in the report for people
TRAILING_FAULT = "Invalid JSON: trailing characters"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "message",
        metavar="MESSAGE",
        help="MODULE.MESSAGE, or MESSAGE where one module alone has it",
    )
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        default=[],
        help="NDJSON, or one document if its name ends in .json; - is standard input, the default",
    )
    parser.add_argument(
        "--as",
        dest="shape",
        choices=FILE_SHAPES,
        help="what every FILE holds, whatever its name: a document on each line, or one in all",
    )
    parser.add_argument(
        "--longest",
        type=parse_mebibytes,
        default=64 * MEBIBYTE,
        metavar="MIB",
        help="a document beyond that many MiB is not judged, but a finding (64)",
    )
    add_format_option(parser)


def parse_mebibytes(text: str) -> int:
    size = int(float(text) * MEBIBYTE)
    if size < 1:
        raise ValueError
    return size


def validate(options: argparse.Namespace) -> int:
    """The exit status: 0 all is valid, 1 a document is invalid, 2 a file cannot be read."""
    if find_spec("pydantic") is None:
        raise Refused("pydantic is not installed; install it")
    version = read_manifest(Path(__file__).parent)["version"]
    from ._judge import Judge

    judge, paths = Judge(options.message), options.files or [STDIN]
    reader = Reader(judge, options.shape, options.longest, Progress(judge, paths))
    stdout: Any = sys.stdout
    if stdout:  # a terminal may lack a letter of a key
        stdout.reconfigure(errors="backslashreplace")
    try:
        for path in paths:
            for finding in reader.findings(path):
                reader.progress.clear()
                print(finding_text(finding, options.format))
    finally:  # an interrupted run prints its numbers too
        reader.progress.clear()
        print(counts_text(judge, version, options.format), flush=True)
    return 2 if reader.has_unread else 1 if judge.invalid else 0


def finding_text(finding: Finding, form: str) -> str:
    """The finding on one line; for people cut short and without control characters."""
    if form == "json":
        return json.dumps(finding.members())
    place = None if finding.pointer is None else printable_text(finding.pointer)
    file, what = printable_text(finding.file), printable_text(finding.what)
    return report_text([replace(finding, file=file, what=what, pointer=place)], form)


def printable_text(text: str) -> str:
    """The text cut to MAX_SHOWN_LENGTH, with each unprintable character escaped."""
    if text.isprintable() and len(text) <= MAX_SHOWN_LENGTH:
        return text
    text = text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}…"
    return "".join(it if it.isprintable() else f"\\u{ord(it):04x}" for it in text)


def counts_text(judge: "Judge", version: str, form: str) -> str:
    """The numbers of documents and findings."""
    counted = {it: getattr(judge, it) for it in ("documents", "invalid", "findings")}
    if form == "json":
        return json.dumps({"message": judge.message, "version": version, **counted})
    return ", ".join(f"{name} {count}" for name, count in counted.items())


class Progress:
    """One line of progress on a terminal; nothing if stderr is no terminal."""

    def __init__(self, judge: "Judge", paths: Iterable[str]) -> None:
        self.judge, self.total = judge, total_size(paths)
        self.read, self.next_update = 0, time.monotonic()
        self.is_terminal, self.is_visible = sys.stderr.isatty(), False

    def add(self, count: int) -> None:
        """Count bytes that were read, and show the progress five times a second at most."""
        self.read += count
        if self.is_terminal and time.monotonic() >= self.next_update:
            self.next_update = time.monotonic() + 0.2
            self.is_visible = True
            part = f", {100 * self.read // self.total} %" if self.total else ""
            text = f"documents {self.judge.documents}, {self.read // MEBIBYTE} MiB{part}"
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Remove the line of progress."""
        if self.is_visible:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self.is_visible = False


def total_size(paths: Iterable[str]) -> int | None:
    """The bytes of all files, None if one of them has no size."""
    try:
        stats = [os.stat(0 if path == STDIN else path) for path in paths]
    except OSError:
        return None
    are_regular = all(stat.S_ISREG(status.st_mode) for status in stats)
    return sum(status.st_size for status in stats) if are_regular else None


class CountingFile(io.FileIO):
    """A file that counts the bytes of each filled buffer, which costs nothing for a line."""

    count: Callable[[int], None]

    def readinto(self, buffer: Any) -> int:
        read = super().readinto(buffer)
        self.count(read or 0)
        return read


class Reader:
    """Files -> findings, one file after the other; ``has_unread`` if a file cannot be read."""

    def __init__(self, judge: "Judge", shape: str | None, longest: int, progress: Progress) -> None:
        self.judge, self.shape, self.longest, self.progress = judge, shape, longest, progress
        self.has_unread = False

    def findings(self, path: str) -> Iterator[Finding]:
        """The findings of one file."""
        name = STDIN if path == STDIN else display_path(Path(path))
        shape = self.shape or FILE_SHAPES[path.lower().endswith(".json")]
        try:
            with self.open_file(path) as file:
                for finding in self.judge_file(file, shape, name):
                    yield self.with_cure(finding, shape)
        except OSError as error:
            self.has_unread = True
            self.progress.clear()
            print(f"{name}: {error.strerror}; name what can be read", file=sys.stderr)

    def open_file(self, path: str) -> io.BufferedReader:
        """The file or standard input, with its bytes counted."""
        raw = CountingFile(0, closefd=False) if path == STDIN else CountingFile(path)
        raw.count = self.progress.add
        return io.BufferedReader(raw, MEBIBYTE)

    def judge_file(self, file: io.BufferedReader, shape: str, name: str) -> Iterator[Finding]:
        """The findings of an open file, by lines or as one document."""
        if shape == "lines":
            return self.judge.lines(bounded_lines(file, self.longest), name)
        text = file.read(self.longest + 1)
        return self.judge.document(text if len(text) <= self.longest else None, name)

    def with_cure(self, finding: Finding, shape: str) -> Finding:
        """The finding with the option that cures it, if there is one."""
        if finding.kind == "json_type":
            size = f"{self.longest / MEBIBYTE:g} MiB"
            what = f"is longer than {size} and was not judged; raise --longest"
            return replace(finding, kind="too-long", what=what)
        if shape == "document" and finding.what.startswith(TRAILING_FAULT):
            cure = "if each line is a document, say --as lines"
            return replace(finding, what=f"{finding.what}; {cure}")
        return finding


def bounded_lines(file: io.BufferedReader, longest: int) -> Iterator[bytes | None]:
    """Every line; None in place of a line with more than ``longest`` bytes."""
    for line in iter(lambda: file.readline(longest + 1), b""):
        if len(line) <= longest or line.endswith(b"\n"):
            yield line
        else:
            while line and not line.endswith(b"\n"):
                line = file.readline(MEBIBYTE)
            yield None
