"""The contract as it stood at a commit, in a folder or in the working tree."""

import io
import json
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from contract.project import PROJECT_FILE, ROOT, parse_project, read_project, settings_in
from contract.read import (
    DEFAULT_SETTINGS,
    Contract,
    build_contract,
    is_beside,
    parse_schema,
    read_schema_files,
)
from contract.refusal import Refused
from contract.settings import Resource, Settings, read_settings
from packaging.version import InvalidVersion, Version
from runtime._finding import Finding


@dataclass(frozen=True, eq=False)
class Revision:
    """One state of the contract; ``refused`` says by file why the contract lacks that file."""

    name: str
    version: str | None
    schema_files: Mapping[str, bytes]
    contract: Contract
    refused: Mapping[str, list[Finding]]

    def __str__(self) -> str:
        return self.version or self.name

    @cached_property
    def message_files(self) -> list[str]:
        """The files of the messages and of what is refused; the others define parts of messages."""
        messages = {f"{module}/{it}.json" for module, it in self.contract.messages}
        return [it for it in self.schema_files if it in messages or it in self.refused]

    def written_schema(self, file: str) -> Any:
        """The schema of a file of the contract, or of a resource by its URI; None without it."""
        return self.contract.schemas.get(file, self.contract.documents.get(file))

    def written_file(self, file: str) -> tuple[str, bytes | None]:
        """The path below the root of the repository, and the content if the file is here. A
        resource, named by its URI, is where ``pyproject.toml`` says."""
        resource = self.contract.settings.resources.get(file)
        if resource is not None:
            return resource.path, resource.text
        return f"schemas/{file}", self.schema_files.get(file)


def build_revision(
    name: str,
    version: str | None,
    sources: Mapping[str, bytes],
    settings: Settings = DEFAULT_SETTINGS,
) -> Revision:
    """The revision of the sources; files that the contract refuses are in its ``refused``.

    Raises Refused with lines of ``file#: what; cure`` for a file that is not JSON.
    """
    for file, text in sources.items():
        parse_schema(file, text)
    left, refused = dict(sources), dict[str, list[Finding]]()
    while True:
        try:
            contract = build_contract(left, version or "0", settings)
            return Revision(name, version, sources, contract, refused)
        except Refused as error:
            placed = [it for it in error.findings if it.pointer is not None]
            faulty = {it.file for it in placed} & left.keys()
            if not faulty:
                raise
            for file in faulty:
                del left[file]
                refused[file] = [it for it in placed if it.file == file]


def named_revision(name: str) -> Revision:
    """A folder that is laid out like ``schemas/``, or a tag or another ref of this repository."""
    folder = Path(name)
    if folder.is_dir():
        return folder_revision(name, folder)
    return revision_at(name)


def working_tree_revision() -> Revision:
    return folder_revision("the working tree", ROOT / "schemas")


def folder_revision(name: str, folder: Path) -> Revision:
    """The schemas in a folder, by the version and the settings that lie beside it."""
    sources = read_schema_files(folder)
    version, settings = version_and_settings(folder.parent)
    return build_revision(name, version, sources, settings)


def version_and_settings(folder: Path) -> tuple[str | None, Settings]:
    """Those of the project or the vendored package in a folder: how it has its schemas read."""
    manifest, project = folder / "manifest.json", folder / PROJECT_FILE
    if manifest.is_file():
        members = json.loads(manifest.read_bytes())
        table = {"tool": {"contract": members.get("settings", {})}}
        settings = read_settings(table, str.encode)
        texts = {uri: Resource(uri, it.text) for uri, it in settings.resources.items()}
        return str(members["version"]), replace(settings, resources=texts)
    if project.is_file():
        return project_version(project.read_bytes()), settings_in(folder)
    return None, Settings()


def project_version(project: bytes) -> str | None:
    version = parse_project(project.decode()).get("project", {}).get("version")
    return None if version is None else str(version)


def supported_tags() -> list[str]:
    """The tags of the versions that are still in use, as pyproject.toml lists them."""
    listed = read_project().get("tool", {}).get("contract", {}).get("supported", [])
    return [release_tag(str(it)) for it in listed]


def release_tag(version: str) -> str:
    return f"v{version}"


def release_revision(tag: str) -> Revision:
    """A release, even if a folder or a branch has the same name."""
    return revision_at(tag, "refs/tags/")


def base_revisions(old: str | None, new: str | None) -> Iterator[tuple[Revision, bool]]:
    """What to compare with, each with whether the version is judged by it.

    ``old`` and ``new`` are what the caller named. A revision that was never released promised
    nobody anything. Then the version is judged by the last release. Before the first release
    there is nothing to compare with.
    """
    if not old and is_before_first_release():
        return
    known = release_tags()
    first = named_revision(old) if old else release_revision(last_release_tag())
    promised = not known or first.version is None or release_tag(first.version) in known
    yield first, promised
    others = [] if new else supported_tags()
    if not promised:
        head = new if new and not Path(new).is_dir() else "HEAD"
        others = [last_release_tag(head), *others]
    for name in dict.fromkeys(others):
        if name != first.name:
            yield release_revision(name), True


def revision_at(ref: str, namespace: str = "") -> Revision:
    """The schemas, the version and the settings that a commit of this repository holds."""
    commit = commit_of(ref, namespace)
    files = archived_files(commit, "schemas", PROJECT_FILE)
    project = files.pop(PROJECT_FILE, b"")
    sources = {it.removeprefix("schemas/"): files[it] for it in files if not is_beside(it)}
    if not sources:
        raise Refused(f"{ref}: does not have schemas/; name a later commit")
    members = parse_project(project.decode(), f"{ref}:{PROJECT_FILE}")
    settings = read_settings(members, lambda path: archived_file(commit, path))
    return build_revision(ref, project_version(project), dict(sorted(sources.items())), settings)


def commit_of(ref: str, namespace: str) -> str:
    """The hash of the commit that a ref names."""
    name = f"{namespace}{ref}^{{commit}}"
    commit = run_git("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if commit is None:
        raise Refused(
            f"{ref}: neither a folder nor a ref of {ROOT}; name one (git tag), or fetch it"
            " (git fetch --tags)"
        )
    return commit.decode().strip()


def archived_files(commit: str, *paths: str) -> dict[str, bytes]:
    """The files at and below the paths at a commit, by path, without those that are not there."""
    listed = run_git("ls-tree", "--name-only", commit, *paths) or b""
    archive = run_git("archive", commit, *listed.decode().split()) or b""
    with tarfile.open(fileobj=io.BytesIO(archive)) as archived:
        files = [(it.name, archived.extractfile(it)) for it in archived if it.isfile()]
        return {name: file.read() for name, file in files if file is not None}


def archived_file(commit: str, path: str) -> bytes:
    """One file at a commit."""
    content = run_git("show", f"{commit}:{path}")
    if content is None:
        raise Refused(f"{path}: is not in commit {commit[:7]}; correct pyproject.toml there")
    return content


def release_tags(*which: str) -> list[str]:
    """The tags of releases, ``v1.2.3``, from the first version to the last."""
    tags = (run_git("tag", "--list", "v*", *which) or b"").decode().split()
    known = [(number, it) for it in tags if (number := parse_version(it.removeprefix("v")))]
    final = ((it, name) for it, name in known if len(it.release) == 3 and not it.is_prerelease)
    return [name for _, name in sorted(final)]


def first_release_where(file: str, test: Callable[[Any], bool], last: Revision) -> str | None:
    """The version of the first release, up to ``last``, whose schema in that file passes the test.

    None if ``last`` is not a release, or if no release passes.
    """
    known = release_tags()
    until = known.index(last.name) + 1 if last.name in known else 0
    for tag in known[:until]:
        text = run_git("show", f"refs/tags/{tag}:./schemas/{file}")
        if text is not None and test(parse_schema(file, text)):
            return tag.removeprefix("v")
    return None


def is_before_first_release() -> bool:
    """Whether this is a repository with its whole history, and no release is tagged in it."""
    is_whole = run_git("rev-parse", "--is-shallow-repository") == b"false\n"
    return is_whole and not release_tags()


def last_release_tag(commit: str = "HEAD") -> str:
    """The last release before a commit, by default before that of the working tree."""
    tags = release_tags("--merged", commit)
    if not tags:
        raise Refused(
            f"{ROOT}: no release is tagged here (v1.2.3); fetch the tags (git fetch --tags) or"
            " name what to compare with: make compat BASE=main"
        )
    return tags[-1]


def parse_version(version: str) -> Version | None:
    try:
        return Version(version)
    except InvalidVersion:
        return None


def run_git(*arguments: str) -> bytes | None:
    """What git prints about this repository; None if it fails."""
    command: list[Any] = ["git", "-C", ROOT, *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
