"""Where things lie in this repository, and the version of the contract."""

import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from pathlib import Path
from typing import Any

from contract.refusal import Refused
from contract.settings import Settings, read_settings, refuse_unknown_settings

PACKAGE = "pydantic_models"


DOCS = "docs"


CORPUS = "conformance"


# Each manifest lists its own part alone: the package is copied without the pages.
MANIFESTS = {part: f"{part}/manifest.json" for part in (PACKAGE, DOCS, CORPUS)}


MANIFEST = MANIFESTS[PACKAGE]


ROOT = Path(__file__).parents[2]


PROJECT_FILE = "pyproject.toml"


def read_project(folder: Path = ROOT) -> dict[str, Any]:
    """The members of the ``pyproject.toml`` in a folder."""
    return parse_project((folder / PROJECT_FILE).read_text("utf-8"))


def parse_project(text: str, place: str = PROJECT_FILE) -> dict[str, Any]:
    """The members of a ``pyproject.toml``. Raises Refused, with its place, if it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{place} is not TOML: {error}; correct it") from error


def contract_version() -> str:
    """The contract's version; pyproject.toml alone holds it."""
    return str(read_project()["project"]["version"])


def contract_settings() -> Settings:
    """How the schemas of this repository are read, by pyproject.toml."""
    return settings_in(ROOT)


def settings_in(folder: Path) -> Settings:
    """How the ``pyproject.toml`` in a folder has schemas read."""
    project = read_project(folder)
    refuse_unknown_settings(project)
    return read_settings(project, lambda path: read_resource_file(folder, path))


def read_resource_file(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        what = f"[tool.contract.resources] {path!r}: {error.strerror}"
        raise Refused(f"{PROJECT_FILE}: {what}; put it there or correct the path") from error
