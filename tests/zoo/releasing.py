"""The command ``release``, and all that it may move."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.zoo.changes import CHANGES
from tests.zoo.first_contract import FILE

WHO = {f"GIT_{role}_{it}": "n" for role in ("AUTHOR", "COMMITTER") for it in ("NAME", "EMAIL")}
PREAMBLE = "# Changelog\n\nWhat others must do.\n"


def release(folder: Path, *options: str, test: str = "true") -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    command = [sys.executable, str(folder / "scripts/release.py"), "--test", test, *options]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **WHO}, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def change(folder: Path, label: str) -> None:
    (folder / "schemas" / FILE).write_bytes(json.dumps(CHANGES[label].schema).encode())


def ask(folder: Path, *question: str) -> str:
    command = ["git", "-C", str(folder), *question]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def state(folder: Path) -> object:
    """All that a release may move: every file that git sees, its index, its refs, its branch."""
    listed = ask(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    files = {it: (folder / it).read_bytes() for it in listed if (folder / it).is_file()}
    folders = sorted(it for it in (folder / "generated").rglob("*") if it.is_dir())
    staged = ask(folder, "ls-files", "--stage")
    return files, folders, staged, ask(folder, "for-each-ref"), ask(folder, "status", "--branch")
