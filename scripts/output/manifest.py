"""The manifests beside the generated files, as they are read back."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from contract.json_values import is_object
from contract.project import MANIFESTS


def recorded_hashes(found: Mapping[str, bytes]) -> dict[str, str]:
    """The hash of each file that a manifest tells of, by its path in the folder."""
    return {
        f"{part}/{path}": it
        for part, place in MANIFESTS.items()
        for path, it in parse_manifest(found.get(place, b"")).get("files", {}).items()
    }


def parse_manifest(text: bytes) -> dict[str, Any]:
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
