"""Taking the package copies it as a whole, or leaves what was there and names the reason."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vendor
from contract.project import ROOT
from output.write import read_folder
from vendor import CURED_BY_VENDORING, main

from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.first_contract import PACKAGE_FOLDER
from tests.zoo.first_contract import VERSION as NEWER
from tests.zoo.repository import edit
from tests.zoo.vendored import (
    AGAIN,
    CHANGED,
    COPY,
    EXTRA,
    FAULTS,
    FILES,
    OTHER_HASH,
    ROOT_HASH,
    added,
    edited,
    every_fault,
    manifest_version,
    removed,
    verify,
)

pytestmark = pytest.mark.usefixtures("first_package")


@every_fault
def test_taking_it_again_cures_what_loses_nothing_and_refuses_the_rest(
    fault: Callable[[Path], None], app: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, kind, what = FAULTS[fault]
    fault(app)
    before = read_folder(app.parent)
    assert main(["app", "--check"]) == 1
    assert f"{COPY}/{path}: {what}\n" in capsys.readouterr().out
    assert read_folder(app.parent) == before
    if kind in CURED_BY_VENDORING:
        assert main(["app"]) == 0
        assert main(["app", "--check"]) == 0
    else:
        assert main(["app"]) == 1
        assert capsys.readouterr().out == f"{COPY}/{path}: {what}\n"
        assert read_folder(app.parent) == before


def test_whoever_takes_the_package_is_told_its_root_and_may_ask_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["app", "--root", OTHER_HASH]) == 2
    assert "check out the other" in capsys.readouterr().err
    assert not Path("app").exists()
    assert main(["app", "--root", ROOT_HASH]) == 0
    line = f"{COPY}: version {NEWER}, files {FILES}, root {ROOT_HASH}\n"
    assert capsys.readouterr().out == line
    assert main(["app", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["root"] == ROOT_HASH


def test_an_older_copy_is_told_how_it_differs_and_what_to_type(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make = f"make -C {os.path.relpath(ROOT)}"
    back = os.path.relpath(old.parent, ROOT)
    before = read_folder(old)
    assert main(["app", "--check"]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == (
        f"{COPY}: version 0.9.0, here {NEWER};"
        f" look with {make} compat BASE={back}/pydantic_models/schemas,"
        f" take it with {make} vendor DEST={back}"
    )
    assert {
        f"{COPY}/conformance/{SCHEMA}: missing against this checkout",
        f"{COPY}/conformance/operations/Older.json: extra against this checkout",
        f"{COPY}/operations.py: changed against this checkout",
    } < set(lines)
    assert read_folder(old) == before
    assert verify()[0] == 0


def test_an_older_copy_is_replaced_as_a_whole(old: Path) -> None:
    (old / "__pycache__").mkdir()
    (old / "__pycache__/old.pyc").write_bytes(b"")
    assert main(["app"]) == 0
    assert read_folder(old) == read_folder(PACKAGE_FOLDER)
    assert [path.name for path in old.parent.iterdir()] == ["pydantic_models"]
    assert not (old / "__pycache__").exists()


def test_what_python_cached_here_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(PACKAGE_FOLDER, tmp_path / "here")
    (tmp_path / "here/__pycache__").mkdir(exist_ok=True)
    monkeypatch.setattr(
        vendor, "PACKAGE_FOLDER", (tmp_path / "here").rename(tmp_path / "pydantic_models")
    )
    assert main([str(tmp_path / "new/app")]) == 0
    assert not [*(tmp_path / "new").rglob("__pycache__")]


def test_edits_of_an_older_copy_are_refused_and_stay(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(old / "operations.py", "ge=1", "ge=2")
    added(old)
    removed(old)
    before = read_folder(old.parent)
    assert main(["app", "--format", "github"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"::error file={COPY}/{path}::{what}"
        for path, what in (("mine.py", EXTRA), ("operations.py", CHANGED))
    ]
    assert main(["app", "--check"]) == 1
    named = [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert f"{COPY}/operations.py" in named
    assert len(named) == len(set(named))
    assert read_folder(old.parent) == before


@pytest.mark.parametrize(("owner", "step"), [(shutil, "copytree"), (Path, "rename")])
def test_a_failure_leaves_what_was_there(
    owner: object,
    step: str,
    old: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rename = Path.rename

    def fail(path: Path, *target: Path, **_: Any) -> Path:
        if path.name == "old" or (step == "rename" and path.name != "new"):
            return rename(path, *target)
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(owner, step, fail)
    before = read_folder(old.parent)
    assert main(["app"]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert read_folder(old.parent) == before
    assert [path.name for path in old.parent.iterdir()] == ["pydantic_models"]


def a_file(copy: Path) -> None:
    copy.write_text("mine")


def a_link_to_a_folder(copy: Path) -> None:
    (copy.parent / "elsewhere").mkdir()
    copy.symlink_to(copy.parent / "elsewhere")


def a_package_of_others(copy: Path) -> None:
    copy.mkdir()
    (copy / "__init__.py").write_text("mine")


OTHERS: dict[Callable[[Path], None], str] = {
    a_file: "is no folder of ours; move it away",
    a_link_to_a_folder: "is no folder of ours; move it away",
    a_package_of_others: f"there is no manifest; {AGAIN}",
}


@pytest.mark.parametrize("make", OTHERS, ids=lambda make: make.__name__)
def test_what_is_not_ours_is_left_alone(
    make: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app").mkdir()
    make(tmp_path / COPY)
    before = read_folder(tmp_path)
    assert main(["app"]) == main(["app", "--check"]) == 2
    assert OTHERS[make] in capsys.readouterr().err
    assert read_folder(tmp_path) == before


def test_nothing_to_check_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["app", "--check"]) == 2
    make = f"make -C {os.path.relpath(ROOT)} vendor DEST={os.path.relpath(tmp_path / 'app', ROOT)}"
    assert capsys.readouterr().err == f"{COPY}: is not there; {make}\n"


@pytest.mark.parametrize("fault", [edited, manifest_version])
def test_what_is_not_as_generated_is_not_handed_on(
    fault: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    here = tmp_path / "generated/pydantic_models"
    shutil.copytree(PACKAGE_FOLDER, here)
    fault(here)
    monkeypatch.setattr(vendor, "PACKAGE_FOLDER", here)
    monkeypatch.chdir(tmp_path)
    assert main(["app"]) == 2
    path = FAULTS[fault][0]
    assert capsys.readouterr().err == f"generated/pydantic_models/{path}: changed; run make\n"
    (here / "manifest.json").unlink()
    assert main(["app"]) == 2
    line = "generated/pydantic_models/manifest.json: there is no manifest; run make\n"
    assert capsys.readouterr().err == line
    assert not (tmp_path / "app").exists()
