"""Whether a copy is what was generated: every file by its hash, ``--deep`` every verdict.

The standard library alone: CI checks a copy where pydantic is not installed.
"""

import argparse
import hashlib
import json
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ._finding import Finding, Refused, add_format_option, display_path, print_report

MANIFEST_NAME = "manifest.json"
MANIFEST_PARTS = ("schemas", "toolchain", "files")
VENDOR_AGAIN = "remove the package and vendor it again"
DIFFERENCE_TEXTS = {
    "changed": f"changed by a hand; put it back, or {VENDOR_AGAIN}",
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
    add_format_option(parser)


def verify(options: argparse.Namespace) -> int:
    """The copy that this file is part of; a file that is not intact is not imported."""
    folder = Path(__file__).parent
    found = integrity_findings(folder)
    if options.deep and not found:
        return verify_verdicts(folder, options.format)
    files = len(recorded_hashes(folder))
    numbers = "" if found else f"{display_path(folder)}: files {files} intact"
    return print_report(
        found, options.format, numbers, version=read_manifest(folder)["version"], files=files
    )


def verify_verdicts(folder: Path, form: str) -> int:
    if find_spec("pydantic") is None:
        raise Refused("pydantic is not installed; install it, or verify without --deep")
    from ._conformance import judge_conformance

    files = recorded_hashes(folder)
    documents, pydantic, found = judge_conformance(
        folder, [it for it in files if it.startswith("conformance/")]
    )
    numbers = (
        f"{display_path(folder)}: files {len(files)} intact;"
        f" documents {documents}, disagreements {len(found)}; pydantic {pydantic}"
    )
    more = {"files": len(files), "documents": documents, "pydantic": pydantic}
    return print_report(found, form, numbers, version=read_manifest(folder)["version"], **more)


def integrity_findings(folder: Path) -> list[Finding]:
    """Every file that is not as the package's own manifest records it, by path.

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
    """Whatever lies below the folder and is no folder itself; what Python caches there aside."""

    def refuse(error: OSError) -> None:
        raise error

    for root, folders, files in os.walk(folder, onerror=refuse):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from ((Path(root) / it).relative_to(folder).as_posix() for it in [*files, *links])


def recorded_hashes(folder: Path) -> dict[str, str]:
    """The hash of every file, by its path in the package; of the manifest that of its members as
    they are written, among them what others of the files say."""
    members = read_manifest(folder)
    files: dict[str, str] = members["files"]
    schemas = {it.removeprefix("schemas/"): files[it] for it in files if it.startswith("schemas/")}
    expected = {**members, "version": confirmed_version(folder, members), "schemas": schemas}
    return {**files, MANIFEST_NAME: sha256(manifest_text(expected))}


def confirmed_version(folder: Path, members: dict[str, Any]) -> str | None:
    """The manifest's, if the package says so as well."""
    init = folder / "__init__.py"
    text = init.read_bytes() if init.is_file() else b""
    whole = sha256(text) == members["files"].get(init.name)
    said = f'\n__version__ = "{members["version"]}"\n'.encode() in text
    return members["version"] if said or not whole else None


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
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise Refused(f"{display_path(file)}: the manifest is damaged; {VENDOR_AGAIN}")
    return members


def manifest_text(members: dict[str, Any]) -> bytes:
    """As ``generate`` writes it: these members in this order, those within them sorted."""
    parts = {part: dict(sorted(members[part].items())) for part in MANIFEST_PARTS}
    return (json.dumps({"version": members["version"], **parts}, indent=2) + "\n").encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
