"""The check that a copy is as generated: every file by its hash, with ``--deep`` every verdict.

This module needs the standard library alone: CI may check a copy without pydantic.
"""

import argparse
import hashlib
import json
import os
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ._finding import Finding, Refused, add_format_option, display_path, print_report

MANIFEST_NAME = "manifest.json"
MANIFEST_PARTS = ("schemas", "toolchain", "files")
ROOT_PATTERN = re.compile("[0-9a-fA-F]{64}")
ROOT_CURE = "vendor that release again, or name the root of this one"
VENDOR_AGAIN = "remove the package and vendor it again"
DIFFERENCE_TEXTS = {
    "changed": "changed since it was taken, by a person or by a tool that formats; put it back, or"
    f" {VENDOR_AGAIN}",
    "missing": "missing; vendor it again",
    "extra": "not the contract's; move it out of the package",
    "line-endings": 'has CRLF line endings; add "{package}/** -text" to .gitattributes'
    " and vendor it again",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--deep",
        action="store_true",
        help="then judge the conformance documents with the pydantic that is installed",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="the same with all documents, also where they are so many that --deep takes a sample",
    )
    add_root_option(parser)
    add_format_option(parser)


def add_root_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--root",
        metavar="SHA256",
        help="what the release published: the SHA-256 of manifest.json, which has all other hashes",
    )


def verify(options: argparse.Namespace) -> int:
    """Check the copy that this file is part of; a file that is not intact is not imported."""
    folder = Path(__file__).parent
    findings = with_root(integrity_findings(folder), folder, options.root)
    if (options.deep or options.all) and not findings:
        return verify_verdicts(folder, options.format, options.all)
    files = len(recorded_hashes(folder))
    numbers = "" if findings else f"{display_path(folder)}: files {files} intact"
    return print_report(
        findings, options.format, numbers, version=read_manifest(folder)["version"], files=files
    )


def with_root(findings: list[Finding], folder: Path, root: str | None) -> list[Finding]:
    """The findings, and that of the root unless they name the manifest already."""
    named = {it.file for it in findings}
    return [*findings, *(it for it in root_findings(folder, root) if it.file not in named)]


def root_findings(folder: Path, root: str | None) -> list[Finding]:
    """A finding if the manifest is not the one with the hash ``root``. Somebody who changes a file
    and its hash in the manifest changes this hash too.

    Raises Refused if ``root`` is no SHA-256 in hexadecimal digits.
    """
    if root is None:
        return []
    if not ROOT_PATTERN.fullmatch(root):
        raise Refused(f"--root {root}: is no SHA-256; write the 64 hexadecimal digits")
    actual = root_hash(folder)
    if actual == root.lower():
        return []
    what = f"has the SHA-256 {actual}, which is not the root {root.lower()}; {ROOT_CURE}"
    return [Finding(display_path(folder / MANIFEST_NAME), "root", what)]


def root_hash(folder: Path) -> str:
    """The SHA-256 of the manifest, which stands for the package as a whole."""
    read_manifest(folder)
    return sha256((folder / MANIFEST_NAME).read_bytes())


def verify_verdicts(folder: Path, form: str, judge_all: bool) -> int:
    """Run the conformance documents through the models, and print the report."""
    if find_spec("pydantic") is None:
        raise Refused("pydantic is not installed; install it, or verify without --deep")
    from ._conformance import judge_conformance

    files = recorded_hashes(folder)
    paths = [it for it in files if it.startswith("conformance/")]
    judged, documents, findings, pydantic = judge_conformance(folder, paths, judge_all=judge_all)
    sample = f" of {documents} (a sample of each message; --all judges all)"
    numbers = (
        f"{display_path(folder)}: files {len(files)} intact;"
        f" documents {judged}{sample if judged < documents else ''},"
        f" disagreements {len(findings)}; pydantic {pydantic}"
    )
    more = {"files": len(files), "documents": judged, "all_documents": documents}
    version = read_manifest(folder)["version"]
    return print_report(findings, form, numbers, version=version, **more, pydantic=pydantic)


def integrity_findings(folder: Path) -> list[Finding]:
    """A finding for every file that differs from the record in the package's own manifest.

    Raises Refused if there is no manifest to go by, OSError if a file cannot be read.
    """
    hashes, present = recorded_hashes(folder), set(walk_files(folder))
    return [
        Finding(
            display_path(folder / path),
            kind,
            DIFFERENCE_TEXTS[kind].format(package=display_path(folder)),
        )
        for path in sorted({*hashes, *present})
        for kind in difference_kind(folder / path, hashes.get(path), path in present)
    ]


def difference_kind(file: Path, recorded: str | None, present: bool) -> Iterator[str]:
    """The kind of the difference, if there is one."""
    if recorded is None:
        yield "extra"
    elif not present or not file.is_file():
        yield "missing"
    elif sha256(content := file.read_bytes()) != recorded:
        crlf = sha256(content.replace(b"\r\n", b"\n")) == recorded
        yield "line-endings" if crlf else "changed"


def walk_files(folder: Path) -> Iterator[str]:
    """The path of every file and link below the folder, without Python's caches."""

    def refuse(error: OSError) -> None:
        raise error

    for root, folders, files in os.walk(folder, onerror=refuse):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from ((Path(root) / it).relative_to(folder).as_posix() for it in [*files, *links])


def recorded_hashes(folder: Path) -> dict[str, str]:
    """The hash that every file of the package should have, by its path.

    The manifest cannot hold its own hash. Its hash is computed from the members that it should
    have: its version is the version of the package, its schemas are the files under ``schemas/``.
    """
    members = read_manifest(folder)
    files: dict[str, str] = members["files"]
    schemas = {it.removeprefix("schemas/"): files[it] for it in files if it.startswith("schemas/")}
    expected = {**members, "version": confirmed_version(folder, members), "schemas": schemas}
    return {**files, MANIFEST_NAME: sha256(manifest_text(expected))}


def confirmed_version(folder: Path, members: dict[str, Any]) -> str | None:
    """The manifest's version, None if the package as generated has another one."""
    init = folder / "__init__.py"
    text = init.read_bytes() if init.is_file() else b""
    is_intact = sha256(text) == members["files"].get(init.name)
    is_same = f'\n__version__ = "{members["version"]}"\n'.encode() in text
    return members["version"] if is_same or not is_intact else None


def read_manifest(folder: Path) -> dict[str, Any]:
    """The members of the package's manifest; Refused if it is missing or damaged."""
    file = folder / MANIFEST_NAME
    if not file.is_file():
        raise Refused(f"{display_path(file)}: there is no manifest; {VENDOR_AGAIN}")
    members: dict[str, Any] = {}
    try:
        members = json.loads(file.read_bytes())
        hashes = [it for part in MANIFEST_PARTS for it in members[part].values()]
        whole = all(isinstance(it, str) for it in [members["version"], *hashes])
        whole = whole and isinstance(members.get("settings", {}), dict)
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise Refused(f"{display_path(file)}: the manifest is damaged; {VENDOR_AGAIN}")
    return members


def manifest_text(members: dict[str, Any]) -> bytes:
    """The manifest as ``generate`` writes it: the members in this order, their own ones sorted;
    ``settings`` where the schemas are read by others than the default."""
    named = ("settings", *MANIFEST_PARTS) if "settings" in members else MANIFEST_PARTS
    parts = {part: dict(sorted(members[part].items())) for part in named}
    return (json.dumps({"version": members["version"], **parts}, indent=2) + "\n").encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
