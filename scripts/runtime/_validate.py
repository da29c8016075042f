"""Data against a message: one document or many, from files or standard input, of any size.

The command keeps a few blocks of documents in memory, and prints the findings of each at once. Only
``_outcomes`` and ``_jobs`` need more than the standard library.
"""

import argparse
import io
import json
import os
import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._documents import MEBIBYTE, READ_ERRORS, Block, blocks_of, default_shape
from ._finding import Refused, add_format_option, display_path
from ._places import Place, add_places, places_text
from ._sample import parse_sample, sample_writer
from ._verify import read_manifest

if TYPE_CHECKING:
    from ._outcomes import Outcome

STDIN = "-"


def parse_mebibytes(text: str) -> int:
    size = 0
    with suppress(ValueError, OverflowError):
        size = int(float(text) * MEBIBYTE)
    if size < 1:
        raise argparse.ArgumentTypeError(f"{text} is no size; write a number of MiB above 0")
    return size


def parse_jobs(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(
            f"{text} is no number of processes; write a whole number of at least 1, or 0 for one"
            " on each core"
        )
    return int(text)


OPTIONS: dict[str, dict[str, Any]] = {
    "message": {
        "metavar": "MESSAGE",
        "help": "MODULE.MESSAGE, or MESSAGE where one module alone has it",
    },
    "files": {
        "metavar": "FILE",
        "nargs": "*",
        "default": [],
        "help": "NDJSON, or one document if its name ends in .json; compressed with gzip (zstd from"
        " Python 3.14 on) or not; - is standard input, the default",
    },
    "--as": {
        "dest": "shape",
        "choices": ("lines", "document", "array"),
        "help": "what every FILE holds, whatever its name: a document on each line, one in all, or"
        " one array of documents",
    },
    "--longest": {
        "type": parse_mebibytes,
        "default": 64 * MEBIBYTE,
        "metavar": "MIB",
        "help": "a document beyond that many MiB is not judged, but a finding (64)",
    },
    "--strict-json": {
        "action": "store_true",
        "help": "refuse NaN, Infinity, numbers beyond doubles (1e400) and two members of one name",
    },
    "--by": {
        "action": "store_true",
        "help": "instead of each finding print a table: how many, at which place, of which keyword",
    },
    "--sample": {
        "nargs": 2,
        "metavar": ("N", "FILE"),
        "help": "write the first N invalid documents into FILE, one on each line",
    },
    "--jobs": {
        "type": parse_jobs,
        "default": 1,
        "metavar": "N",
        "help": "judge with N processes, 0 for one on each core; the order stays (1)",
    },
}


def add_options(parser: argparse.ArgumentParser) -> None:
    for name, option in OPTIONS.items():
        parser.add_argument(name, **option)
    add_format_option(parser)


def validate(options: argparse.Namespace) -> int:
    """The exit status: 0 all is valid, 1 a document is invalid, 2 a file cannot be read."""
    if find_spec("pydantic") is None:
        raise Refused("pydantic is not installed; install it")
    version = read_manifest(Path(__file__).parent)["version"]
    paths = options.files or [STDIN]
    sample = parse_sample(options.sample, paths)
    run = Run(options, sample.size if sample else 0, Progress(paths))
    stdout: Any = sys.stdout
    if stdout:  # a terminal may lack a letter of a key
        stdout.reconfigure(errors="backslashreplace")
    with sample_writer(sample) as write_sample:
        try:
            for outcome in run.outcomes(paths):
                print_text(outcome.text, run.progress)
                write_sample(outcome.sample)
        finally:  # an interrupted run prints its numbers too
            print_text(run.summary(version), run.progress)
    return 2 if run.has_unread else 1 if run.invalid else 0


def print_text(text: str, progress: "Progress") -> None:
    """Print lines as soon as they are there."""
    if text:
        progress.clear()
        print(text, end="")


class Run:
    """Files -> outcomes, one file after the other, and the sum of their numbers; ``has_unread``
    if a file cannot be read. Raises Refused if there is no such message."""

    def __init__(self, options: argparse.Namespace, sample_size: int, progress: "Progress") -> None:
        from ._outcomes import BlockJudge, Rules

        form, longest, strict = options.format, options.longest, options.strict_json
        rules = Rules(options.message, form, longest, strict, options.by, sample_size)
        self.options, self.judge, self.progress = options, BlockJudge(rules), progress
        self.valid = self.invalid = self.findings = 0
        self.places = Counter[Place]()
        self.has_unread = False

    def outcomes_of(self, blocks: Iterable[Block]) -> "Iterable[Outcome]":
        """The outcomes by this process, or by several of their own."""
        if self.options.jobs == 1:
            return map(self.judge.outcome, blocks)
        from ._jobs import parallel_outcomes

        return parallel_outcomes(blocks, self.judge.rules, self.options.jobs)

    def outcomes(self, paths: Iterable[str]) -> "Iterator[Outcome]":
        """The outcome of each block of each file, in their order."""
        blocks = (block for path in paths for block in self.blocks(path))
        for outcome in self.outcomes_of(blocks):
            self.valid += outcome.valid
            self.invalid += outcome.invalid
            self.findings += outcome.findings
            add_places(self.places, outcome.places)
            self.progress.documents = self.valid + self.invalid
            yield outcome

    def blocks(self, path: str) -> Iterator[Block]:
        """The blocks of one file; why it cannot be read is said on standard error."""
        name = STDIN if path == STDIN else display_path(Path(path))
        shape = self.options.shape or default_shape(path)
        try:
            with self.open_file(path) as file:
                yield from blocks_of(file, name, shape, self.options.longest)
        except READ_ERRORS as error:
            self.has_unread = True
            self.progress.clear()
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            print(f"{name}: {why}; name what can be read", file=sys.stderr)

    def open_file(self, path: str) -> io.BufferedReader:
        """The file or standard input, with its bytes counted."""
        raw = CountingFile(0, closefd=False) if path == STDIN else CountingFile(path)
        raw.count = self.progress.add
        return io.BufferedReader(raw, MEBIBYTE)

    def summary(self, version: str) -> str:
        """The table of places if it is asked for, then the numbers of documents and findings."""
        form, by_place = self.options.format, self.options.by
        table = places_text(self.places, form) if by_place else ""
        counts = {"documents": self.valid + self.invalid}
        counts |= {"invalid": self.invalid, "findings": self.findings}
        if form == "json":
            message = self.judge.judge.message
            return f"{table}{json.dumps({'message': message, 'version': version, **counts})}\n"
        return table + ", ".join(f"{name} {count}" for name, count in counts.items()) + "\n"


class Progress:
    """One line of progress on a terminal; nothing if stderr is no terminal."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.documents, self.total = 0, total_size(paths)
        self.read, self.next_update = 0, time.monotonic()
        self.is_terminal, self.is_visible = sys.stderr.isatty(), False

    def add(self, count: int) -> None:
        """Count bytes that were read, and show the progress five times a second at most."""
        self.read += count
        if self.is_terminal and time.monotonic() >= self.next_update:
            self.next_update = time.monotonic() + 0.2
            self.is_visible = True
            part = f", {100 * self.read // self.total} %" if self.total else ""
            text = f"documents {self.documents}, {self.read // MEBIBYTE} MiB{part}"
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
