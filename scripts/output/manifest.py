"""The manifests beside the generated files: what each part was made from and consists of."""

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from contract.json_values import is_object
from contract.project import MANIFESTS
from contract.read import Contract
from contract.settings import settings_table
from runtime._verify import MANIFEST_PARTS, manifest_text, sha256


def recorded_hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """The hash of each file that a manifest lists, by its path in the folder."""
    return {
        f"{part}/{path}": digest
        for part, place in MANIFESTS.items()
        for path, digest in parse_manifest(files.get(place, b"")).get("files", {}).items()
    }


def parse_manifest(text: bytes) -> dict[str, Any]:
    """The manifest's members; none if it is damaged."""
    try:
        members = json.loads(text)
    except ValueError:
        return {}
    whole = is_object(members) and all(is_object(members.get(part)) for part in MANIFEST_PARTS)
    return members if whole else {}


# The programs that shape the bytes beside scripts/ itself.
TOOLS = ("datamodel-code-generator", "ruff")


def manifests(contract: Contract, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The manifest of each part of the output by its path."""
    return {path: manifest_bytes(contract, part, files) for part, path in MANIFESTS.items()}


def manifest_bytes(contract: Contract, part: str, files: Mapping[str, bytes]) -> bytes:
    """The manifest of one part, hashes by SHA-256. Paths are relative to the part, whatever the
    package is called where it is vendored."""
    settings = settings_table(contract.settings)
    members = {
        "version": contract.version,
        **({"settings": settings} if settings else {}),
        "schemas": {path: sha256(text) for path, text in contract.schema_files.items()},
        "toolchain": {tool: version(tool) for tool in TOOLS},
        "files": {
            path.removeprefix(f"{part}/"): sha256(files[path])
            for path in sorted(files)
            if path.startswith(f"{part}/")
        },
    }
    return manifest_text(members)
