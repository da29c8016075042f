"""Copies under git, and what this repository offers to check them: make, a hook, an action."""

import importlib
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from contract.project import ROOT
from vendor import main

from tests.zoo.first_contract import VERSION as NEWER
from tests.zoo.repository import commit_all, git
from tests.zoo.vendored import (
    CHANGED,
    COPY,
    CRLF,
    FILES,
    NO_ROOT,
    OTHER_HASH,
    ROOT_HASH,
    done,
    edited,
    verify,
)

yaml: Any = importlib.import_module("yaml")  # the package is untyped


@pytest.fixture(scope="module")
def repository(first_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as others get it, at a commit of its own."""
    folder = tmp_path_factory.mktemp("repository") / "contract"
    shutil.copytree(first_repository, folder)
    commit_all(folder, "release")
    return folder


def test_git_that_rewrites_line_endings_is_named_and_the_cure_cures(app: Path) -> None:
    commit_all(Path(), "app")
    git(Path(), "config", "core.autocrlf", "true")
    shutil.rmtree(app)
    git(Path(), "checkout", "--", "app")
    status, out, _ = verify()
    assert (status, len(out.splitlines())) == (1, FILES - 1)  # py.typed is empty
    assert f"{COPY}/operations.py: {CRLF}\n" in out
    Path(".gitattributes").write_text(f"{COPY}/** -text\n")
    assert main(["app"]) == 0
    commit_all(Path(), "app")
    shutil.rmtree(app)
    git(Path(), "checkout", "--", "app")
    assert verify()[0] == 0


def test_a_package_that_was_changed_since_its_release_says_so(
    repository: Path, tmp_path: Path
) -> None:
    """Whoever takes it gets what is there, under the number of the release."""
    contract = tmp_path / "contract"
    shutil.copytree(repository, contract)
    command = (sys.executable, contract / "scripts/vendor.py", tmp_path / "app")
    assert done(*command)[::2] == (0, "")
    git(contract, "tag", f"v{NEWER}")
    assert done(*command)[::2] == (0, "")
    manifest = contract / "generated/pydantic_models/manifest.json"
    here = manifest.read_bytes()
    manifest.write_bytes(here + b"\n")
    commit_all(contract, "another release")
    git(contract, "tag", "--force", f"v{NEWER}")
    manifest.write_bytes(here)
    status, out, error = done(*command, cwd=tmp_path)
    assert (status, f"version {NEWER}" in out) == (0, True)
    assert error == (
        f"contract/generated/pydantic_models: not v{NEWER} as it was released, but with changes"
        f" since; git -C contract checkout v{NEWER} for the release\n"
    )


@pytest.mark.parametrize("way", ["submodule", "subtree"])
@pytest.mark.one_in(2)
def test_a_subtree_and_a_submodule_are_intact(
    way: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "subtree" and done("git", "subtree")[2].startswith("git: 'subtree' is not"):
        pytest.skip("git has no subtree here")
    monkeypatch.chdir(tmp_path)
    commit_all(tmp_path, "app")
    how = {
        "subtree": ("add", "-q", "--prefix=contract", str(repository), "main", "--squash"),
        "submodule": ("add", "--quiet", str(repository), "contract"),
    }
    git(Path(), way, *how[way])
    package = "contract.generated.pydantic_models"
    numbers = f"contract/generated/pydantic_models: files {FILES} intact\n"
    assert verify(package=package) == (0, numbers, "")
    assert done("make", "--silent", "-C", "contract", "vendor", "DEST=../app")[0] == 0
    assert verify()[0] == 0


def test_make_refuses_to_guess_the_folder(repository: Path) -> None:
    status, _, error = done("make", "vendor", cwd=repository)
    assert status == 2
    assert "make: name the folder: make vendor DEST=../app" in error


def test_the_hook_runs_as_pre_commit_would_run_it(repository: Path, app: Path) -> None:
    (hook,) = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["language"] == "script"  # its entry is a path in this repository
    script, *options = hook["entry"].split()
    command = (repository / script, *options, "app")
    line = f"{COPY}: version {NEWER}, files {FILES}, root {ROOT_HASH}, as here\n"
    assert done(*command) == done(*command, "--root", ROOT_HASH) == (0, line, "")
    assert done(*command, "--root", OTHER_HASH) == (1, f"{COPY}/manifest.json: {NO_ROOT}\n", "")
    edited(app)
    status, out, _ = done(*command)
    assert (status, out.splitlines()[0]) == (1, f"{COPY}/operations.py: {CHANGED}")


@pytest.mark.parametrize("is_deep", ["true", "false"])
@pytest.mark.one_in(2)
def test_the_action_runs_what_people_type(
    is_deep: str, app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = yaml.safe_load((ROOT / ".github/actions/verify/action.yml").read_text("utf-8"))
    assert action["inputs"]["deep"]["default"] == "false"
    shown = {"true": "inputs.deep == 'true'", "false": "inputs.deep != 'true'"}
    (step,) = (it for it in action["runs"]["steps"] if it["if"] == shown[is_deep])
    assert step["env"] == {"PYTHONPATH": "${{ inputs.path }}", "ROOT": "${{ inputs.root }}"}
    assert action["inputs"]["root"]["default"] == ""
    monkeypatch.setenv("PYTHONPATH", "app")
    monkeypatch.setenv("ROOT", "")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    status, out, _ = done("bash", "-ec", step["run"])
    assert (status, "disagreements 0" in out) == (0, is_deep == "true")
    monkeypatch.setenv("ROOT", OTHER_HASH)
    line = f"::error file={COPY}/manifest.json::{NO_ROOT}\n"
    assert done("bash", "-ec", step["run"]) == (1, line, "")
    monkeypatch.setenv("ROOT", ROOT_HASH)
    assert done("bash", "-ec", step["run"])[0] == 0
    edited(app)
    line = f"::error file={COPY}/operations.py::{CHANGED}\n"
    assert done("bash", "-ec", step["run"]) == (1, line, "")
