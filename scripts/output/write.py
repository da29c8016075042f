"""Generated files -> a folder, each replaced as a whole."""

import fcntl
import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from contract.project import CORPUS, DOCS, MANIFEST, MANIFESTS
from contract.refusal import Refused
from output.manifest import recorded_hashes
from runtime._finding import faults_named
from runtime._verify import sha256, walk_files

LOCK = ".generate.lock"
NEW = ".new"  # the ending of a file that is being written


def replace_files(files: Mapping[str, bytes], out: Path) -> None:
    """Make ``out`` hold exactly ``files``, each replaced as a whole, unchanged ones untouched.

    One run at a time writes; another waits. A run that was interrupted is healed by the next.
    """
    with exclusive_writing(files, out):
        present = read_folder(out)
        recorded = recorded_hashes(present)
        for path, content in files.items():
            if present.get(path) != content:
                write_atomically(out, path, content)
        for path in present.keys() - files.keys():
            written = recorded.get(path) == sha256(present[path])  # by a run, not by a hand
            if written or is_leftover(path):
                (out / path).unlink(missing_ok=True)  # a leftover may have been replaced
                with suppress(OSError):  # other files lie in it; in ``out`` the lock does
                    os.removedirs((out / path).parent)


@contextmanager
def exclusive_writing(files: Mapping[str, bytes], out: Path) -> Generator[None]:
    """Hold the folder's lock. Its file stays behind where a run is interrupted, and says so.

    Raises Refused, and leaves the folder as it was, where somebody else's files lie in it.
    """
    out.mkdir(parents=True, exist_ok=True)
    lock = out / LOCK
    with locked_file(lock) as file:
        interrupted = file.tell() > 0
        try:
            if not interrupted:
                refuse_foreign_folder(files, out)
        except Refused:
            lock.unlink()
            raise
        with faults_named(os.path.relpath(lock)):
            file.write("A run was interrupted; run make.\n")
            file.flush()
        yield
        lock.unlink()


@contextmanager
def locked_file(path: Path) -> Generator[IO[str]]:
    """Wait for the lock (flock) of a file that its holder removes in the end."""
    while True:
        with path.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if is_same_file(path, file):
                file.seek(0, os.SEEK_END)  # another may have written since it was opened
                yield file
                return


def is_same_file(path: Path, file: IO[str]) -> bool:
    """Whether the path still leads to the open file."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def is_leftover(path: str) -> bool:
    """Whether a run that was interrupted left the file."""
    name = path.rpartition("/")[2]
    return name.startswith(".") and name.endswith(NEW)


def refuse_foreign_folder(files: Mapping[str, bytes], out: Path) -> None:
    """Refuse a folder without a manifest that has other files, and a part without one whose files
    differ: they are somebody else's."""
    present = read_folder(out)
    if MANIFEST not in present and present.keys() - files.keys():
        raise Refused(f"{out}: holds files but no {MANIFEST}; name a folder of generate's own")
    changed = [path for path in present.keys() & files.keys() if present[path] != files[path]]
    for part in (DOCS, CORPUS):
        if MANIFESTS[part] not in present and any(it.startswith(f"{part}/") for it in changed):
            raise Refused(f"{out}/{part}: is somebody else's; name a folder of generate's own")


def write_atomically(out: Path, path: str, content: bytes) -> None:
    """One file, there as a whole or not at all; an OSError names the file."""
    target = out / path
    if not target.resolve().is_relative_to(out.resolve()):
        raise Refused(f"{target}: a link leads out of {out}; remove it")
    fresh = target.with_name(f".{target.name}{NEW}")
    try:
        with faults_named(os.path.relpath(target)):
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(content)
            os.replace(fresh, target)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by relative path, without the lock and what Python caches."""
    return {path: (folder / path).read_bytes() for path in entries(folder, Path.is_file)}


def broken_links(folder: Path) -> list[str]:
    """The links below ``folder`` that do not lead to a file; one to a folder is not followed."""
    return entries(folder, lambda path: not path.is_file())


def entries(folder: Path, wanted: Callable[[Path], bool]) -> list[str]:
    """The entries of a folder, as ``verify`` sees them in a vendored copy."""
    paths = walk_files(folder) if folder.is_dir() else ()
    return [path for path in paths if path != LOCK and wanted(folder / path)]
