"""A copy of the package in the tree of others, what can befall it, and the commands that look."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from output.write import read_folder
from runtime._verify import sha256

from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.first_contract import PACKAGE_FOLDER
from tests.zoo.first_contract import VERSION as NEWER
from tests.zoo.repository import edit

COPY = "app/pydantic_models"
AGAIN = "remove the package and vendor it again"
FILES = len(read_folder(PACKAGE_FOLDER))
ROOT_HASH = sha256((PACKAGE_FOLDER / "manifest.json").read_bytes())
OTHER_HASH = "0" * 64
NO_ROOT = (
    f"has the SHA-256 {ROOT_HASH}, which is not the root {OTHER_HASH};"
    " vendor that release again, or name the root of this one"
)
DOCUMENTS = sum(
    len(json.loads(path.read_text("utf-8"))[0]["tests"])
    for path in (PACKAGE_FOLDER / "conformance").glob("*/*.json")
)


def done(*command: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    ran = subprocess.run([str(it) for it in command], cwd=cwd, capture_output=True, text=True)
    return ran.returncode, ran.stdout, ran.stderr


def verify(*options: str, package: str = "app.pydantic_models") -> tuple[int, str, str]:
    """By a Python that has the standard library alone, as ``-S`` leaves it."""
    return done(sys.executable, "-S", "-m", package, "verify", *options)


def deep(*options: str) -> tuple[int, str, str]:
    return done(sys.executable, "-m", "app.pydantic_models", "verify", "--deep", *options)


def edited(app: Path) -> None:
    edit(app / "operations.py", "ge=0", "ge=1")


def removed(app: Path) -> None:
    (app / "py.typed").unlink()


def a_folder(app: Path) -> None:
    (app / "py.typed").unlink()
    (app / "py.typed").mkdir()


def added(app: Path) -> None:
    (app / "mine.py").write_text("")


def a_link(app: Path) -> None:
    (app / "mine").symlink_to(app.parent)


def a_link_for_a_file(app: Path) -> None:
    (app / "py.typed").unlink()
    (app / "py.typed").symlink_to(app.parent)


def crlf(app: Path) -> None:
    path = app / "_types.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def manifest_crlf(app: Path) -> None:
    path = app / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def manifest_version(app: Path) -> None:
    edit(app / "manifest.json", f'"{NEWER}"', '"9.9.9"')


def manifest_schema(app: Path) -> None:
    recorded = json.loads((app / "manifest.json").read_text("utf-8"))
    recorded["schemas"][SCHEMA] = sha256(b"another")
    (app / "manifest.json").write_text(json.dumps(recorded, indent=2) + "\n", "utf-8")


def manifest_layout(app: Path) -> None:
    edit(app / "manifest.json", '{\n  "', '{\n\n  "')


def manifest_member(app: Path) -> None:
    edit(app / "manifest.json", '{\n  "', '{\n  "mine": 1,\n  "')


CHANGED = (
    f"changed since it was taken, by a person or by a tool that formats; put it back, or {AGAIN}"
)
EXTRA = "not the contract's; move it out of the package"
MISSING = "missing; vendor it again"
CRLF = f'has CRLF line endings; add "{COPY}/** -text" to .gitattributes and vendor it again'
FAULTS: dict[Callable[[Path], None], tuple[str, str, str]] = {
    edited: ("operations.py", "changed", CHANGED),
    removed: ("py.typed", "missing", MISSING),
    a_folder: ("py.typed", "missing", MISSING),
    added: ("mine.py", "extra", EXTRA),
    a_link_for_a_file: ("py.typed", "missing", MISSING),
    a_link: ("mine", "extra", EXTRA),
    crlf: ("_types.py", "line-endings", CRLF),
    manifest_crlf: ("manifest.json", "line-endings", CRLF),
    manifest_version: ("manifest.json", "changed", CHANGED),
    manifest_schema: ("manifest.json", "changed", CHANGED),
    manifest_layout: ("manifest.json", "changed", CHANGED),
    manifest_member: ("manifest.json", "changed", CHANGED),
}
every_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)


def forged(app: Path, old: str, new: str) -> None:
    """The model changed, and what the manifest says of it too."""
    edit(app / "operations.py", old, new)
    manifest = json.loads((app / "manifest.json").read_text("utf-8"))
    manifest["files"]["operations.py"] = sha256((app / "operations.py").read_bytes())
    (app / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    assert verify()[0] == 0


def documents_of(path: Path) -> list[dict[str, Any]]:
    tests: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))[0]["tests"]
    return tests
