"""Fresh files against a folder: what drifted, and which of three things moved."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contract.project import MANIFESTS
from output.manifest import parse_manifest, recorded_hashes
from output.write import LOCK, broken_links, is_leftover, read_folder
from runtime._finding import Finding
from runtime._verify import sha256


def drift_of(fresh: Mapping[str, bytes], folder: Path) -> list[Finding]:
    """Each file that is changed, missing or extra, by its path in the folder; the cure begins with
    the cause. Nothing is written."""
    existing = read_folder(folder)
    recorded = {part: parse_manifest(existing.get(path, b"")) for part, path in MANIFESTS.items()}
    moved = {
        part: drift_cause(parse_manifest(fresh[path]), recorded[part])
        for part, path in MANIFESTS.items()
    }
    hashes = recorded_hashes(existing)
    interrupted = (folder / LOCK).exists()
    return [
        Finding(path, kind, f"{kind}; {cause_of(path, kind, by_hand, interrupted, moved)}")
        for path in sorted({*fresh, *existing, *broken_links(folder)})
        for kind, by_hand in difference_kind(path, fresh, existing, hashes)
    ]


def cause_of(
    path: str, kind: str, by_hand: bool, interrupted: bool, moved: Mapping[str, str | None]
) -> str:
    """Why one file differs, and the cure; ``moved`` says by part which input moved."""
    if is_leftover(path) or (interrupted and by_hand and kind != "extra"):
        return "a run was interrupted; run make"
    why = moved.get(path.split("/")[0])
    return f"{why}; run make" if why and not by_hand else HAND_CAUSES[kind]


HAND_CAUSES = {
    "changed": "a hand edited the output; run make",
    "missing": "a hand removed it; run make",
    "extra": "a hand added it; remove it",  # generate deletes nothing it did not write
}


def difference_kind(
    path: str,
    fresh: Mapping[str, bytes],
    existing: Mapping[str, bytes],
    recorded: Mapping[str, str],
) -> Iterator[tuple[str, bool]]:
    """The kind of the difference, and whether the file is not what the manifest recorded."""
    if path not in existing:
        yield "missing" if path in fresh else "extra", path in recorded or path not in fresh
    elif path not in fresh:
        yield "extra", recorded.get(path) != sha256(existing[path])
    elif existing[path] != fresh[path]:
        by_hand = recorded.get(path) != sha256(existing[path])
        yield "changed", by_hand and path not in MANIFESTS.values()


def drift_cause(fresh: Mapping[str, Any], recorded: Mapping[str, Any]) -> str | None:
    """Which input moved since the manifest was written; None if no input moved."""
    if not recorded:
        return "there is no manifest"
    for part, label in (("schemas", "the schema moved"), ("toolchain", "the toolchain moved")):
        names = moved_names(fresh[part], recorded.get(part, {}))
        if names:
            return f"{label} ({', '.join(names)})"
    if fresh["version"] != recorded.get("version"):
        return "the version moved (pyproject.toml)"
    # Nothing else is left that could make other bytes of the same schemas.
    has_moved = moved_names(fresh["files"], recorded["files"])
    return "the toolchain moved (scripts)" if has_moved else None


def moved_names(now: Mapping[str, str], then: Mapping[str, str]) -> list[str]:
    return [name for name in sorted({*now, *then}) if now.get(name) != then.get(name)]
