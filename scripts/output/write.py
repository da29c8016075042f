"""Generated files -> a folder, each replaced as a whole."""

import os
from collections.abc import Mapping
from pathlib import Path

from contract.project import CORPUS, DOCS, MANIFEST, MANIFESTS
from contract.refusal import Refused
from output.manifest import recorded_hashes, sha256


def replace_files(files: Mapping[str, bytes], out: Path) -> None:
    """Make ``out`` hold exactly ``files``, each replaced as a whole, unchanged ones untouched."""
    found = read_folder(out)
    if MANIFEST not in found and found.keys() - files.keys():
        raise Refused(f"{out}: holds files but no {MANIFEST}; name a folder of generate's own")
    recorded = recorded_hashes(found)
    refuse_foreign_files(files, found, out)
    for path, content in files.items():
        if found.get(path) != content:
            write_atomically(out, path, content)
    for path in found.keys() - files.keys():
        if recorded.get(path) == sha256(found[path]):  # written by an earlier run, not by a hand
            (out / path).unlink()


def refuse_foreign_files(files: Mapping[str, bytes], found: Mapping[str, bytes], out: Path) -> None:
    """What lies in a part without a manifest is somebody else's, unless it is the same."""
    for part in (DOCS, CORPUS):
        common = {path for path in found.keys() & files.keys() if path.startswith(f"{part}/")}
        if MANIFESTS[part] not in found and any(found[path] != files[path] for path in common):
            raise Refused(f"{out}/{part}: is somebody else's; name a folder of generate's own")


def write_atomically(out: Path, path: str, content: bytes) -> None:
    """One file, there as a whole or not at all."""
    target = out / path
    if not target.resolve().is_relative_to(out.resolve()):
        raise Refused(f"{target}: a link leads out of {out}; remove it")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(content)
    os.replace(fresh, target)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by relative path; what Python caches there aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
