"""Where things lie in this repository, and the version of the contract."""

import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from pathlib import Path

PACKAGE = "pydantic_models"


DOCS = "docs"


CORPUS = "conformance"


# Each of these tells of itself alone, for the package goes where the pages do not.
MANIFESTS = {part: f"{part}/manifest.json" for part in (PACKAGE, DOCS, CORPUS)}


MANIFEST = MANIFESTS[PACKAGE]


ROOT = Path(__file__).parents[2]


def contract_version() -> str:
    """The contract's version, said once in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


PROJECT_FILE = "pyproject.toml"
