"""Copies of this repository, with another contract in them."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from contract.project import ROOT
from proof.sandbox import write_files

from tests.zoo.first_contract import CONTRACT, FILES, VERSION

IDENTITY = ("-c", "user.name=test", "-c", "user.email=test@example.org")
# A submodule may come from a folder.
DISTRIBUTION = "chat-operations-contract"
OWN_TABLES = r"(?ms)^\[\[?tool\.contract\b.*?(?=^\[(?!\[?tool\.contract\b)|\Z)"
SETTINGS = ("-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main")


def copy_of_tool(folder: Path) -> None:
    """All that git keeps of this repository, but for schemas/ and generated/; and what is compiled
    of it, which is as old as its source."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").replace("/", "").split()
    left_out = {*ignored, ".git", "schemas", "generated"}
    for path in ROOT.iterdir():
        if path.name in left_out:
            continue
        if path.is_dir():
            shutil.copytree(path, folder / path.name, symlinks=True)
        else:
            shutil.copy(path, folder / path.name)
    forget_owner(folder / "pyproject.toml")


def forget_owner(project: Path) -> None:
    """The name and the settings of whoever owns this repository are not those of the copy."""
    text = re.sub(OWN_TABLES, "", project.read_text("utf-8"))
    text = re.sub(r'(?m)^name = ".*"$', f'name = "{DISTRIBUTION}"', text, count=1)
    project.write_text(f"{text}\n[tool.contract]\nsupported = []\n", "utf-8")


def set_version(folder: Path, version: str) -> None:
    """In the copy's pyproject.toml."""
    project = folder / "pyproject.toml"
    text = re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', project.read_text("utf-8"))
    project.write_text(text, "utf-8")


def edit(file: Path, old: str, new: str) -> None:
    """Put ``new`` in each place of ``old`` in the file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def first_repository(folder: Path, schemas: Mapping[str, bytes] = CONTRACT.schema_files) -> None:
    """The tool with the first contract, as if that had been released from it."""
    copy_of_tool(folder)
    set_version(folder, VERSION)
    write_files(schemas, folder / "schemas")
    write_files(FILES, folder / "generated")


def git(folder: Path, *arguments: str | Path) -> None:
    command = ["git", "-C", folder, *IDENTITY, *SETTINGS, *arguments]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def commit_all(folder: Path, message: str) -> None:
    """In a repository that is made if there is none."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
