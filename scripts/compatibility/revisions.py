"""The contract as it stood at a commit, in a folder or in the working tree."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

import io
import subprocess
import tarfile
from typing import Any

from contract.project import PROJECT_FILE, ROOT
from contract.read import Contract, build_contract, is_readme, parse_schema, read_schema_files
from contract.refusal import Refused
from packaging.version import InvalidVersion, Version


@dataclass(frozen=True, eq=False)
class Revision:
    """One state of the contract: what can be told of it, and by file why of others it cannot."""

    name: str
    version: str | None
    schema_files: Mapping[str, bytes]
    contract: Contract
    refused: Mapping[str, list[str]]

    def __str__(self) -> str:
        return self.version or self.name


def build_revision(name: str, version: str | None, sources: Mapping[str, bytes]) -> Revision:
    """What can be told of the sources.

    Raises Refused with lines of ``file#: what; cure`` for a file that is not JSON.
    """
    for file, text in sources.items():
        parse_schema(file, text)
    left, refused = dict(sources), dict[str, list[str]]()
    while True:
        try:
            return Revision(name, version, sources, build_contract(left, version or "0"), refused)
        except Refused as error:
            lines = str(error).splitlines()
            found = {line.partition("#")[0] for line in lines} & left.keys()
            if not found:
                raise
            for file in found:
                del left[file]
                refused[file] = [line for line in lines if line.startswith(f"{file}#")]


def named_revision(name: str) -> Revision:
    """A folder that is laid out like ``schemas/``, or a tag or another ref of this repository."""
    folder = Path(name)
    if folder.is_dir():
        return build_revision(name, version_beside(folder), read_schema_files(folder))
    return revision_at(name)


def working_tree_revision() -> Revision:
    folder = ROOT / "schemas"
    return build_revision("the working tree", version_beside(folder), read_schema_files(folder))


def version_beside(folder: Path) -> str | None:
    """What a project or a vendored package that holds the folder says it is."""
    manifest, project = folder.parent / "manifest.json", folder.parent / PROJECT_FILE
    if manifest.is_file():
        return str(json.loads(manifest.read_bytes())["version"])
    return project_version(project.read_bytes()) if project.is_file() else None


def project_version(project: bytes) -> str | None:
    found = tomllib.loads(project.decode()).get("project", {}).get("version")
    return None if found is None else str(found)


def supported_tags() -> list[str]:
    """The tags of the versions that are still in use, as pyproject.toml lists them."""
    project = tomllib.loads((ROOT / PROJECT_FILE).read_text("utf-8"))
    listed = project.get("tool", {}).get("contract", {}).get("supported", [])
    return [release_tag(str(it)) for it in listed]


def release_tag(version: str) -> str:
    return f"v{version}"


def release_revision(tag: str) -> Revision:
    """A release, whatever folders and branches are called like it."""
    return revision_at(tag, "refs/tags/")


def revision_at(ref: str, namespace: str = "") -> Revision:
    """The schemas and the version that a commit of this repository holds."""
    files = archived_files(ref, namespace)
    project = files.pop(PROJECT_FILE, b"")
    sources = {it.removeprefix("schemas/"): files[it] for it in files if not is_readme(it)}
    if not sources:
        raise Refused(f"{ref}: holds no schemas/; name a later commit")
    return build_revision(ref, project_version(project), dict(sorted(sources.items())))


def archived_files(ref: str, namespace: str) -> dict[str, bytes]:
    """``schemas/`` and pyproject.toml at a commit, by path."""
    name = f"{namespace}{ref}^{{commit}}"
    commit = run_git("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if commit is None:
        raise Refused(
            f"{ref}: neither a folder nor a ref of {ROOT}; name one (git tag), or fetch it"
            " (git fetch --tags)"
        )
    listed = (
        run_git("ls-tree", "--name-only", commit.decode().strip(), "schemas", PROJECT_FILE) or b""
    )
    archive = run_git("archive", commit.decode().strip(), *listed.decode().split()) or b""
    with tarfile.open(fileobj=io.BytesIO(archive)) as found:
        files = [(it.name, found.extractfile(it)) for it in found if it.isfile()]
        return {name: file.read() for name, file in files if file is not None}


def release_tags(*which: str) -> list[str]:
    """The tags of releases, ``v1.2.3``, from the first version to the last."""
    tags = (run_git("tag", "--list", "v*", *which) or b"").decode().split()
    known = [(number, it) for it in tags if (number := parse_version(it.removeprefix("v")))]
    final = ((it, name) for it, name in known if len(it.release) == 3 and not it.is_prerelease)
    return [name for _, name in sorted(final)]


def is_before_first_release() -> bool:
    """Whether this is a repository with its whole history, and no release is tagged in it."""
    is_whole = run_git("rev-parse", "--is-shallow-repository") == b"false\n"
    return is_whole and not release_tags()


def last_release_tag(commit: str = "HEAD") -> str:
    """Of those that a commit comes after, by default that of the working tree."""
    found = release_tags("--merged", commit)
    if not found:
        raise Refused(
            f"{ROOT}: no release is tagged here (v1.2.3); fetch the tags (git fetch --tags) or"
            " name what to compare with: make compat BASE=main"
        )
    return found[-1]


def parse_version(version: str) -> Version | None:
    try:
        return Version(version)
    except InvalidVersion:
        return None


def run_git(*arguments: str) -> bytes | None:
    """What git says of this repository, None if it fails."""
    command: list[Any] = ["git", "-C", ROOT, *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
