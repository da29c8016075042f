"""Fresh files against a folder: what drifted, and which of three things moved."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from values import is_object

PACKAGE = "pydantic_models"
DOCS = "docs"
CORPUS = "conformance"
# Each of these tells of itself alone, for the package goes where the pages do not.
MANIFESTS = {part: f"{part}/manifest.json" for part in (PACKAGE, DOCS, CORPUS)}
MANIFEST = MANIFESTS[PACKAGE]


@dataclass(frozen=True)
class Drift:
    """One file that is not as the schemas and the toolchain give it."""

    path: str
    kind: str  # changed, missing or extra
    cause: str

    def __str__(self) -> str:
        return f"{self.path}: {self.kind}; {self.cause}"


def drift(fresh: Mapping[str, bytes], folder: Path) -> list[Drift]:
    """Every difference, by path; nothing is written."""
    found = on_disk(folder)
    recorded = {part: manifest(found.get(path, b"")) for part, path in MANIFESTS.items()}
    moved = {part: cause(manifest(fresh[path]), recorded[part]) for part, path in MANIFESTS.items()}
    hashes = recorded_hashes(found)
    return [
        Drift(path, kind, f"{why}; run make" if why and not by_hand else HANDS[kind])
        for path in sorted({*fresh, *found})
        for kind, by_hand in difference(path, fresh, found, hashes)
        for why in [moved.get(path.split("/")[0])]
    ]


def recorded_hashes(found: Mapping[str, bytes]) -> dict[str, str]:
    """The hash of each file that a manifest tells of, by its path in the folder."""
    return {
        f"{part}/{path}": it
        for part, place in MANIFESTS.items()
        for path, it in manifest(found.get(place, b"")).get("files", {}).items()
    }


HANDS = {
    "changed": "a hand edited the output; run make",
    "missing": "a hand removed it; run make",
    "extra": "a hand added it; remove it",  # generate deletes nothing it did not write
}


def difference(
    path: str,
    fresh: Mapping[str, bytes],
    found: Mapping[str, bytes],
    recorded: Mapping[str, str],
) -> Iterator[tuple[str, bool]]:
    """The kind of the difference, and whether the file is not what the manifest recorded."""
    if path not in found:
        yield "missing", path in recorded
    elif path not in fresh:
        yield "extra", recorded.get(path) != sha256(found[path])
    elif found[path] != fresh[path]:
        by_hand = recorded.get(path) != sha256(found[path])
        yield "changed", by_hand and path not in MANIFESTS.values()


def cause(fresh: Mapping[str, Any], recorded: Mapping[str, Any]) -> str | None:
    """Which input moved since the manifest was written; None if none did."""
    if not recorded:
        return "there is no manifest"
    for part, label in (("schemas", "the schema moved"), ("toolchain", "the toolchain moved")):
        names = moved(fresh[part], recorded.get(part, {}))
        if names:
            return f"{label} ({', '.join(names)})"
    if fresh["version"] != recorded.get("version"):
        return "the version moved (pyproject.toml)"
    # Nothing else is left that could make other bytes of the same schemas.
    return "the toolchain moved (scripts)" if moved(fresh["files"], recorded["files"]) else None


def moved(now: Mapping[str, str], then: Mapping[str, str]) -> list[str]:
    return [name for name in sorted({*now, *then}) if now.get(name) != then.get(name)]


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by relative path; what Python caches there aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def manifest(text: bytes) -> dict[str, Any]:
    """The manifest's members; none if it is damaged."""
    try:
        members = json.loads(text)
    except ValueError:
        return {}
    parts = ("schemas", "toolchain", "files")
    whole = is_object(members) and all(is_object(members.get(part)) for part in parts)
    return members if whole else {}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
