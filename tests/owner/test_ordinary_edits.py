"""An owner edits schemas/ and nothing else: the generator and the contract's tests stay green."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from proof.sandbox import write_files

from tests.zoo.changes import MEMBERS, PAYLOAD, STATUS, Step, add, drop, put
from tests.zoo.first_contract import CONTRACT, FILE
from tests.zoo.repository import set_version

pytestmark = pytest.mark.toolchain

Edit = Callable[[Path], None]
SMALL: Any = {"title": "Ping", "description": "Alive.", "enum": ["ping", "pong"]}
DIRECTORY: Any = {
    "title": "Directory",
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "entries": {
            "type": "array",
            "items": {"oneOf": [{"$ref": "#"}, {"$ref": "#/$defs/File"}]},
        },
    },
    "required": ["name", "entries"],
    "$defs": {
        "File": {
            "type": "object",
            "properties": {"size": {"type": "integer", "minimum": 0}},
            "required": ["size"],
            "additionalProperties": False,
        }
    },
}
TOTALS: Any = {"type": "array", "items": {"type": ["number", "null"]}, "minItems": 1}
OLDER: Any = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {"at": {"$ref": "#/definitions/Time"}, "pair": {"items": [{"type": "string"}]}},
    "dependencies": {"pair": ["at"]},
    "definitions": {"Time": {"type": "string", "format": "date-time"}},
}
IDENTIFIER: Any = {"type": "string", "pattern": "^[a-z]{2,8}$"}
SHARED: Any = {
    "type": "object",
    "properties": {"id": {"$ref": "../common/Identifier.json"}},
    "required": ["id"],
}


def changed(*steps: Step) -> Edit:
    """The first message, edited."""

    def edit(schemas: Path) -> None:
        schema = json.loads((schemas / FILE).read_text("utf-8"))
        for step in steps:
            step(schema)
        (schemas / FILE).write_text(json.dumps(schema, indent=2), "utf-8")

    return edit


def with_files(**files: Any) -> Edit:
    """Files added, by MODULE__MESSAGE."""
    texts = {f"{it.replace('__', '/')}.json": json.dumps(files[it]).encode() for it in files}
    return lambda schemas: write_files(texts, schemas)


def delete_first(schemas: Path) -> None:
    with_files(operations__Directory=DIRECTORY)(schemas)
    (schemas / FILE).unlink()


def replace_everything(schemas: Path) -> None:
    shutil.rmtree(schemas)
    with_files(health__Ping=SMALL)(schemas)


def bump_version(schemas: Path) -> None:
    set_version(schemas.parent, "2.1.0")


FIRST: Any = CONTRACT.schemas[FILE]
EDITS: dict[str, Edit] = {
    "a message is added": with_files(operations__Directory=DIRECTORY),
    "modules are added": with_files(billing__Totals=TOTALS, events__Ended=OLDER),
    "a file is shared": with_files(common__Identifier=IDENTIFIER, users__User=SHARED),
    "an optional property is added": changed(put("properties/note", {"type": "string"})),
    "a required property is added": changed(
        put("properties/note", {"type": "string", "maxLength": 9}), add("required", "note")
    ),
    "a property is renamed": changed(
        put("properties/failure", FIRST["properties"]["error"]), drop("properties/error")
    ),
    "a property is removed": changed(drop("properties/metadata")),
    "an enum is widened": changed(add(f"{STATUS}/enum", "archived")),
    "a bound is tightened": changed(put(f"{MEMBERS}/total_events/minimum", 2)),
    "an object is closed": changed(put(f"{PAYLOAD}/additionalProperties", False)),
    "a dialect is named": changed(put("$schema", "https://json-schema.org/draft/2020-12/schema")),
    "the version is another": bump_version,
    "the first message is deleted": delete_first,
    "everything is replaced": replace_everything,
}
BY_DEFAULT = ("everything is replaced",)
every_edit = pytest.mark.parametrize(
    "name",
    [pytest.param(it, marks=() if it in BY_DEFAULT else pytest.mark.full) for it in EDITS],
)


def run(folder: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-B", *command], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]


def edited(repository: Path, folder: Path, name: str) -> Path:
    """A clone after the edit and ``make``."""
    clone = folder / "clone"
    shutil.copytree(repository, clone)
    EDITS[name](clone / "schemas")
    run(clone, "scripts/generate.py")
    return clone


@every_edit
def test_the_tests_of_the_contract_stay_green(
    name: str, first_repository: Path, tmp_path: Path
) -> None:
    clone = edited(first_repository, tmp_path, name)
    run(clone, "-m", "pytest", "-p", "no:cacheprovider", "-m", "not full", "tests/schemas")


@pytest.mark.full
def test_the_tests_of_the_tool_do_not_notice(first_repository: Path, tmp_path: Path) -> None:
    """Those that run commands, which the rule in apart.py does not see."""
    clone = edited(first_repository, tmp_path, "everything is replaced")
    copies = ("vendor", "vendored_in_git", "verify", "verify_deep")
    tests = (
        *(f"consumers/test_{it}.py" for it in copies),
        *("output", "pages", "proof/test_exactness.py"),
    )
    run(clone, "-m", "pytest", "-p", "no:cacheprovider", "-x", *(f"tests/{it}" for it in tests))
