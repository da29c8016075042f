"""This repository of git: its state as it was before a release, and what a release commits."""

import os
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from compatibility.revisions import run_git
from contract.project import PROJECT_FILE, ROOT
from contract.refusal import Refused
from releases.changelog import CHANGELOG

# What a release commits; anything else that was edited is left to its author.
RELEASED_PATHS = ("schemas", "generated", CHANGELOG, PROJECT_FILE)
# Where wheel and sdist come to lie.
ARTIFACTS_FOLDER = "dist"
# What a release may write.
WRITTEN_PATHS = ("generated", CHANGELOG, PROJECT_FILE)


def git(*arguments: str) -> str:
    """What git prints. Raises Refused with git's own words if it fails."""
    done = subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, check=False)
    if done.returncode != 0:
        words = (done.stderr or done.stdout).decode(errors="replace").split("\n")
        message = " ".join(line.strip() for line in words if line.strip())
        raise Refused(f"git {arguments[0]}: {message or f'exit status {done.returncode}'}")
    return done.stdout.decode(errors="surrogateescape").rstrip("\n")


def head_commit() -> str | None:
    """The commit that is checked out; None before the first."""
    commit = run_git("rev-parse", "--verify", "--quiet", "HEAD")
    return None if commit is None else commit.decode().strip()


def tags() -> set[str]:
    return set(git("tag", "--list").split())


def paths_to_commit() -> list[str]:
    """The contract's own; the first commit of all takes everything that is not ignored."""
    return ["."] if head_commit() is None else [*RELEASED_PATHS]


def edited_paths() -> list[str]:
    """The paths that are new or differ from the last commit, relative to this project, sorted."""
    prefix = git("rev-parse", "--show-prefix")
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    entries = git("status", *options, "--", ".").split("\0")
    return sorted(it[3:].removeprefix(prefix) for it in entries if it)


def refuse_unready_repository() -> None:
    """Refuse where a commit would hold more, or less, than the release."""
    try:
        git("rev-parse", "--git-dir")
    except (Refused, FileNotFoundError) as error:
        raise Refused(f"{ROOT}: is no repository of git; run git init") from error
    git("var", "GIT_COMMITTER_IDENT")
    try:
        git("symbolic-ref", "--quiet", "HEAD")
    except Refused as error:
        raise Refused(
            f"{ROOT}: is on no branch, which the release needs; run git switch BRANCH"
        ) from error
    for head, name in (("MERGE_HEAD", "merge"), ("CHERRY_PICK_HEAD", "cherry-pick")):
        if Path(ROOT / git("rev-parse", "--git-path", head)).exists():
            raise Refused(f"{ROOT}: a {name} is not finished; finish it, or git {name} --abort")
    if run_git("check-ignore", "--quiet", f"{ARTIFACTS_FOLDER}/file") is None:
        raise Refused(f"{ARTIFACTS_FOLDER}: git does not ignore it; add /dist/ to .gitignore")
    foreign = [] if head_commit() is None else [*filter(is_foreign, edited_paths())]
    if foreign:
        raise Refused(*(f"{it}: is not committed; commit it, or move it away" for it in foreign))


def is_foreign(path: str) -> bool:
    return path.split("/")[0] not in RELEASED_PATHS


@dataclass(frozen=True)
class Snapshot:
    """The files that a release writes, the index, the branch; absent ones are None."""

    files: Mapping[Path, tuple[bytes, int]]
    folders: frozenset[Path]
    index: bytes | None
    head: str | None
    tag: str
    has_tag: bool


@contextmanager
def all_or_nothing(tag: str) -> Generator[None]:
    """Whatever ends the block early leaves files, index, branch and tags as they were."""
    before = take_snapshot(tag)
    try:
        yield
    except BaseException:
        restore(before)
        raise


def take_snapshot(tag: str) -> Snapshot:
    files, folders = written_entries()
    contents = {path: (path.read_bytes(), path.stat().st_mode) for path in files}
    index = index_path().read_bytes() if index_path().exists() else None
    return Snapshot(contents, frozenset(folders), index, head_commit(), tag, tag in tags())


def written_entries() -> tuple[list[Path], list[Path]]:
    """The files and the folders in WRITTEN_PATHS; links are neither, a release writes none."""
    tops = [ROOT / it for it in WRITTEN_PATHS if (ROOT / it).exists()]
    entries = [inner for top in tops for inner in (top, *top.rglob("*")) if not inner.is_symlink()]
    return [it for it in entries if it.is_file()], [it for it in entries if it.is_dir()]


def index_path() -> Path:
    return ROOT / git("rev-parse", "--git-path", "index")


def restore(before: Snapshot) -> None:
    if before.tag in tags() and not before.has_tag:
        git("update-ref", "-d", f"refs/tags/{before.tag}")
    restore_head(before.head)
    if before.index is None:
        index_path().unlink(missing_ok=True)
    else:
        index_path().write_bytes(before.index)
    restore_files(before)


def restore_head(commit: str | None) -> None:
    now = head_commit()
    if now is None or now == commit:
        return
    if commit is None:
        git("update-ref", "-d", "HEAD", now)
    else:
        git("update-ref", "-m", "release: undone", "HEAD", commit, now)


def restore_files(before: Snapshot) -> None:
    files, folders = written_entries()
    for path in files:
        if path not in before.files:
            path.unlink()
    for path in sorted(folders, reverse=True):
        if path not in before.folders:
            path.rmdir()
    for path, (content, mode) in before.files.items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            os.chmod(path, mode & 0o7777)
