"""The first invalid documents of a run, written into a file."""

import itertools
import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from ._finding import Refused, faults_named


class Sample(NamedTuple):
    """How many documents at most, and where they go."""

    size: int
    file: Path


def parse_sample(words: list[str] | None, paths: Iterable[str]) -> Sample | None:
    """Raises Refused for what is no number, for a folder, and for a file that is read."""
    if words is None:
        return None
    size, file = words
    if not size.isdecimal() or size == "0":
        raise Refused(f"--sample {size}: is no number of documents; write --sample 10 {file}")
    if os.path.isdir(file):
        raise Refused(f"{file}: is a folder; name a file for --sample")
    if any(os.path.exists(it) and is_same_file(it, file) for it in paths):
        raise Refused(f"{file}: is read too; name another file for --sample")
    return Sample(int(size), Path(file))


def is_same_file(one: str, other: str) -> bool:
    """Whether both paths lead to one file that is there."""
    return os.path.exists(other) and os.path.samefile(one, other)


@contextmanager
def sample_writer(
    sample: Sample | None,
) -> Generator[Callable[[Iterable[bytes]], None]]:
    """A function that writes documents until the sample is full. The file is there in the end,
    also that of an interrupted run. What is there and is no plain file, such as a link or a
    device, stays that. Raises OSError with its name."""
    if sample is None:
        yield lambda _: None
        return
    file = sample.file
    is_kept = os.path.lexists(file) and (file.is_symlink() or not file.is_file())
    beside = file if is_kept else file.with_name(f".{file.name}.new")
    try:
        with faults_named(str(file)):
            fresh = beside.open("wb")
        try:
            yield SampleWriter(fresh, sample).write
        finally:
            with faults_named(str(file)):
                fresh.close()
                beside.replace(file)
    finally:
        if not is_kept:
            with suppress(OSError):
                beside.unlink()


class SampleWriter:
    """Writes documents to an open file until the sample is full."""

    def __init__(self, fresh: IO[bytes], sample: Sample) -> None:
        self.fresh, self.left, self.file = fresh, sample.size, sample.file

    def write(self, documents: Iterable[bytes]) -> None:
        for document in itertools.islice(documents, self.left):
            self.left -= 1
            with faults_named(str(self.file)):
                self.fresh.write(document)
