"""The contract as it stood at a commit, in a folder or in the working tree."""

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract import Contract, build, parse, read_sources
from errors import Refused
from generate import ROOT
from packaging.version import InvalidVersion, Version

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = "pyproject.toml"


@dataclass(frozen=True, eq=False)
class Edition:
    """One state of the contract: what can be told of it, and by file why of others it cannot."""

    name: str
    version: str | None
    sources: Mapping[str, bytes]
    contract: Contract
    refused: Mapping[str, list[str]]

    def __str__(self) -> str:
        return self.version or self.name


def edition(name: str, version: str | None, sources: Mapping[str, bytes]) -> Edition:
    """What can be told of the sources.

    Raises Refused with lines of ``file#: what; cure`` for a file that is not JSON.
    """
    for file, text in sources.items():
        parse(file, text)
    left, refused = dict(sources), dict[str, list[str]]()
    while True:
        try:
            return Edition(name, version, sources, build(left, version or "0"), refused)
        except Refused as error:
            lines = str(error).splitlines()
            found = {line.partition("#")[0] for line in lines} & left.keys()
            if not found:
                raise
            for file in found:
                del left[file]
                refused[file] = [line for line in lines if line.startswith(f"{file}#")]


def named(name: str) -> Edition:
    """A folder that is laid out like ``schemas/``, or a tag or another ref of this repository."""
    folder = Path(name)
    if folder.is_dir():
        return edition(name, version_beside(folder), read_sources(folder))
    return at_ref(name)


def working_tree() -> Edition:
    folder = ROOT / "schemas"
    return edition("the working tree", version_beside(folder), read_sources(folder))


def version_beside(folder: Path) -> str | None:
    """What a project or a vendored package that holds the folder says it is."""
    manifest, project = folder.parent / "manifest.json", folder.parent / PROJECT
    if manifest.is_file():
        return str(json.loads(manifest.read_bytes())["version"])
    return version_of(project.read_bytes()) if project.is_file() else None


def version_of(project: bytes) -> str | None:
    found = tomllib.loads(project.decode()).get("project", {}).get("version")
    return None if found is None else str(found)


def supported() -> list[str]:
    """The tags of the versions that are still in use, as pyproject.toml lists them."""
    project = tomllib.loads((ROOT / PROJECT).read_text("utf-8"))
    listed = project.get("tool", {}).get("contract", {}).get("supported", [])
    return [tag(str(it)) for it in listed]


def tag(version: str) -> str:
    return f"v{version}"


def released(tag: str) -> Edition:
    """A release, whatever folders and branches are called like it."""
    return at_ref(tag, "refs/tags/")


def at_ref(ref: str, namespace: str = "") -> Edition:
    """The schemas and the version that a commit of this repository holds."""
    files = archived(ref, namespace)
    project = files.pop(PROJECT, b"")
    sources = {path.removeprefix("schemas/"): text for path, text in files.items()}
    if not sources:
        raise Refused(f"{ref}: holds no schemas/; name a later commit")
    return edition(ref, version_of(project), dict(sorted(sources.items())))


def archived(ref: str, namespace: str) -> dict[str, bytes]:
    """``schemas/`` and pyproject.toml at a commit, by path."""
    name = f"{namespace}{ref}^{{commit}}"
    commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if commit is None:
        raise Refused(
            f"{ref}: neither a folder nor a ref of {ROOT}; name one (git tag), or fetch it"
            " (git fetch --tags)"
        )
    listed = git("ls-tree", "--name-only", commit.decode().strip(), "schemas", PROJECT) or b""
    archive = git("archive", commit.decode().strip(), *listed.decode().split()) or b""
    with tarfile.open(fileobj=io.BytesIO(archive)) as found:
        files = [(it.name, found.extractfile(it)) for it in found if it.isfile()]
        return {name: file.read() for name, file in files if file is not None}


def releases(*which: str) -> list[str]:
    """The tags of releases, ``v1.2.3``, from the first version to the last."""
    tags = (git("tag", "--list", "v*", *which) or b"").decode().split()
    known = [(number, it) for it in tags if (number := parsed(it.removeprefix("v")))]
    final = ((it, name) for it, name in known if len(it.release) == 3 and not it.is_prerelease)
    return [name for _, name in sorted(final)]


def last_release(commit: str = "HEAD") -> str:
    """Of those that a commit comes after, by default that of the working tree."""
    found = releases("--merged", commit)
    if not found:
        raise Refused(
            f"{ROOT}: no release is tagged here (v1.2.3); fetch the tags (git fetch --tags) or"
            " name what to compare with: make compat BASE=main"
        )
    return found[-1]


def parsed(version: str) -> Version | None:
    try:
        return Version(version)
    except InvalidVersion:
        return None


def git(*arguments: str) -> bytes | None:
    """What git says of this repository, None if it fails."""
    command: list[Any] = ["git", "-C", ROOT, *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
