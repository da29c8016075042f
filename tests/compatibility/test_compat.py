"""The command in a repository of its own: who breaks, and the exit status."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from compat import main
from contract.project import ROOT

from tests.zoo.changes import CHANGES, SOURCE, Change
from tests.zoo.comparing import MESSAGE, as_source
from tests.zoo.first_contract import FILE
from tests.zoo.repository import commit_all, first_repository, git, set_version

pytestmark = pytest.mark.toolchain


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """This project with release 1.0.0 tagged."""
    first_repository(tmp_path)
    commit_all(tmp_path, "release")
    git(tmp_path, "tag", "v1.0.0")
    return tmp_path


def edit(folder: Path, label: str, version: str = "1.0.0") -> None:
    (folder / "schemas" / FILE).write_bytes(as_source(CHANGES[label].schema))
    set_version(folder, version)


def run(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, folder / "scripts/compat.py", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **environment},
    )


REPORT = """\
v1.0.0 -> the working tree
operations/CloseChatSessionResponse: widens, asks for a major version
  /$defs/RequestStatus/enum: added "archived"
    schemas/operations/CloseChatSessionResponse.json:109
    readers on v1.0.0 reject what the working tree allows, at /status (enum)
"""


@pytest.mark.full
def test_a_widened_enum_without_a_new_version_fails(repository: Path) -> None:
    assert (run(repository).returncode, run(repository).stdout) == (
        0,
        "v1.0.0 -> the working tree\noperations/CloseChatSessionResponse: same\nnothing changed\n",
    )
    edit(repository, "enum member")
    done = run(repository)
    assert done.returncode == 1
    assert done.stdout.startswith(REPORT)
    assert "order: upgrade readers first, then writers\n" in done.stdout
    assert done.stdout.endswith(
        "version 1.0.0 understates this: it needs 2.0.0;"
        " make release DRAFT=yes writes it, and the lines of CHANGELOG.md\n"
    )
    edit(repository, "enum member", "2.0.0")
    assert run(repository).returncode == 0


@pytest.mark.full
def test_the_same_report_for_programs_and_for_github(repository: Path) -> None:
    edit(repository, "enum member")
    report = json.loads(run(repository, "--format", "json").stdout)
    (contract,) = report["contracts"]
    (finding,) = contract["findings"]
    assert report["bump"] == contract["bump"] == "major"
    assert (contract["message"], contract["verdict"]) == (MESSAGE, "widens")
    assert {it: finding[it] for it in ("pointer", "old", "new", "effect", "breaks", "order")} == {
        "pointer": "/$defs/RequestStatus/enum",
        "old": None,
        "new": "archived",
        "effect": "widens",
        "breaks": ["readers"],
        "order": "upgrade readers first, then writers",
    }
    assert finding["witness"]["status"] == "archived"
    shown = run(repository, "--format", "github").stdout.splitlines()
    lines = (repository / "schemas" / FILE).read_text("utf-8").splitlines()
    line = next(at for at, it in enumerate(lines, start=1) if it.strip() == '"archived"')
    assert (finding["file"], finding["line"]) == (f"schemas/{FILE}", line)
    assert [it.split("::")[1] for it in shown] == [
        f"error file=schemas/{FILE},line={line}",
        "error file=pyproject.toml",
    ]


@pytest.mark.full
def test_reports_are_deterministic(tmp_path: Path) -> None:
    """Whatever the order in which Python hashes."""
    folders = [tmp_path / it / "operations" for it in ("old", "new")]
    for folder in folders:
        folder.mkdir(parents=True)
    (folders[0] / "X.json").write_bytes(SOURCE)
    steps = [
        step for it in ("enum members", "another format", "closed") for step in CHANGES[it].steps
    ]
    (folders[1] / "X.json").write_bytes(as_source(Change((*steps,), "", "", "").schema))
    names = [str(folder.parent) for folder in folders]
    seeds = ("0", "1", "2")
    texts = {run(ROOT, *names, "--format", "json", PYTHONHASHSEED=it).stdout for it in seeds}
    assert len(texts) == 1
    assert len(json.loads(texts.pop())["contracts"][0]["findings"]) == 6


@pytest.mark.full
def test_what_was_never_released_promised_nothing(repository: Path) -> None:
    """Against the merge base all is reported, against the last release the version is judged."""
    edit(repository, "optional property", "1.1.0")
    commit_all(repository, "on main")
    edit(repository, "two optional properties", "1.1.0")
    done = run(repository, "HEAD")
    assert done.returncode == 0
    assert done.stdout.count("mild") == 3
    edit(repository, "enum member", "1.1.0")
    assert run(repository, "HEAD").returncode == 1


def test_the_last_release_is_one_of_this_branch(repository: Path) -> None:
    """Neither a later release elsewhere, nor one that is only being prepared, nor another tag."""
    git(repository, "switch", "--quiet", "--create", "next")
    edit(repository, "enum member", "2.0.0")
    commit_all(repository, "next")
    git(repository, "tag", "v2.0.0")
    git(repository, "switch", "--quiet", "-")
    for name in ("v1.1.0rc1", "vendored", "1.5.0"):
        git(repository, "tag", name)
    edit(repository, "description", "1.0.1")
    done = run(repository)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "1.0.0 -> 1.0.1")


@pytest.mark.full
def test_every_supported_version_counts(repository: Path) -> None:
    """What a release broke without saying so breaks those who have not taken it yet."""
    edit(repository, "enum member", "1.1.0")
    commit_all(repository, "released in spite of the gate")
    git(repository, "tag", "v1.1.0")
    edit(repository, "enum member", "1.1.0")
    assert run(repository).returncode == 0
    project = repository / "pyproject.toml"
    text = project.read_text("utf-8")
    project.write_text(text.replace("supported = []", 'supported = ["1.0.0"]'), "utf-8")
    done = run(repository)
    assert done.returncode == 1
    assert [it for it in done.stdout.splitlines() if " -> " in it] == [
        "v1.1.0 -> the working tree",
        "1.0.0 -> 1.1.0",
    ]
    assert "version 1.1.0 understates this: it needs 2.0.0" in done.stdout
    project.write_text(text.replace("supported = []", 'supported = ["1.0.5"]'), "utf-8")
    assert "v1.0.5: neither a folder nor a ref" in run(repository).stderr


@pytest.mark.full
def test_a_release_is_a_tag_whatever_else_is_called_so(repository: Path) -> None:
    shutil.copytree(repository / "schemas", repository / "v1.0.0")
    edit(repository, "enum member")
    (repository / "v1.0.0" / FILE).write_bytes((repository / "schemas" / FILE).read_bytes())
    assert run(repository).returncode == 1


@pytest.mark.full
def test_a_base_and_a_head_are_judged_by_the_last_release_too(repository: Path) -> None:
    for label in ("number for integer", "another type"):
        edit(repository, label, "1.1.0")
        commit_all(repository, label)
    assert run(repository, "HEAD~1", "HEAD").returncode == 1


def test_two_folders_without_versions_fail_on_what_breaks(tmp_path: Path) -> None:
    folders = {it: tmp_path / it / "operations" for it in ("old", "new", "mild")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    (folders["old"] / "X.json").write_bytes(SOURCE)
    (folders["new"] / "X.json").write_bytes(as_source(CHANGES["enum member"].schema))
    (folders["mild"] / "X.json").write_bytes(as_source(CHANGES["optional property"].schema))
    names = {it: str(folder.parent) for it, folder in folders.items()}
    assert main([names["old"], names["new"]]) == 1
    assert main([names["old"], names["mild"]]) == 0
    assert main([names["old"], names["mild"], "--strict"]) == 1
    assert main([names["old"], names["old"]]) == 0


def not_json(folder: Path) -> None:
    (folder / "schemas" / FILE).write_text("{")


def no_history(folder: Path) -> None:
    """As a source distribution is unpacked."""
    shutil.rmtree(folder / ".git")


def a_part_of_the_history(folder: Path) -> None:
    """As a shallow clone without tags."""
    git(folder, "tag", "--delete", "v1.0.0")
    commit_all(folder, "later")
    git(folder, "clone", "--quiet", "--depth=1", f"file://{folder}", folder / "clone")
    shutil.rmtree(folder / ".git")
    (folder / "clone/.git").rename(folder / ".git")


COULD_NOT: dict[Callable[[Path], None], tuple[list[str], str]] = {
    not_json: ([], f"{FILE}:1: not JSON"),
    no_history: ([], "no release is tagged here (v1.2.3); fetch the tags (git fetch --tags)"),
    a_part_of_the_history: ([], "no release is tagged here (v1.2.3); fetch the tags"),
    lambda folder: None: (["v9.9.9"], "v9.9.9: neither a folder nor a ref"),
    lambda folder: (folder / "empty").mkdir(): (["empty"], "empty: does not have a schema"),
}


@pytest.mark.parametrize("fault", COULD_NOT)
@pytest.mark.one_in(8)
def test_what_cannot_be_compared_is_said(fault: Callable[[Path], None], repository: Path) -> None:
    fault(repository)
    arguments, refusal = COULD_NOT[fault]
    done = run(repository, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert refusal in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.one_in(8)
def test_before_the_first_release_nobody_can_break(form: str, repository: Path) -> None:
    git(repository, "tag", "--delete", "v1.0.0")
    edit(repository, "enum member")
    done = run(repository, "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    if form == "json":
        nothing = {"bump": "none", "fails": False, "contracts": [], "faults": []}
        assert json.loads(done.stdout) == nothing
    else:
        assert "make the first one with make release" in done.stdout


@pytest.mark.full
def test_a_named_base_is_compared_with_before_the_first_release(repository: Path) -> None:
    git(repository, "tag", "--delete", "v1.0.0")
    edit(repository, "enum member")
    assert run(repository, "HEAD").returncode == 1


@pytest.mark.full
def test_a_base_whose_settings_are_not_toml_is_refused(repository: Path) -> None:
    project = repository / "pyproject.toml"
    text = project.read_text("utf-8")
    project.write_text("version =", "utf-8")
    commit_all(repository, "A slip")
    project.write_text(text, "utf-8")
    refused = run(repository, "HEAD")
    (line,) = refused.stderr.splitlines()
    assert refused.returncode == 2
    assert re.fullmatch(r"HEAD:pyproject\.toml is not TOML: .+; correct it", line)
