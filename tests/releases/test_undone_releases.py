"""A release is whole or not at all: files, index, branch and tags are all moved, or none is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from releases.changelog import with_section

from tests.zoo.first_contract import FILE
from tests.zoo.releasing import ask, change, release, state
from tests.zoo.repository import commit_all, edit, git, set_version

pytestmark = pytest.mark.toolchain


def write(folder: Path, name: str, old: str, new: str) -> None:
    edit(folder / name, old, new)
    commit_all(folder, "planted")


def no_line_for_the_version(folder: Path) -> None:
    write(folder, "pyproject.toml", 'version = "1.0.0"', 'version = """1.0.0"""')


def a_changelog_that_is_a_folder(folder: Path) -> None:
    (folder / "CHANGELOG.md").unlink()
    (folder / "CHANGELOG.md").mkdir()
    (folder / "CHANGELOG.md/file").touch()
    commit_all(folder, "planted")


def a_changelog_that_leads_nowhere(folder: Path) -> None:
    (folder / "CHANGELOG.md").unlink()
    (folder / "CHANGELOG.md").symlink_to(folder.parent / "nowhere/CHANGELOG.md")
    commit_all(folder, "planted")


def a_link_that_leads_out(folder: Path) -> None:
    shutil.copytree(folder / "generated/docs", folder.parent / "elsewhere")
    shutil.rmtree(folder / "generated/docs")
    (folder / "generated/docs").symlink_to(folder.parent / "elsewhere")
    commit_all(folder, "planted")


def a_hook_that_refuses(folder: Path) -> None:
    hook = folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)


def a_hook_that_edits(folder: Path) -> None:
    hook = folder / ".git/hooks/post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho more >> CHANGELOG.md\n", "utf-8")
    hook.chmod(0o755)


def a_tag_in_the_way(folder: Path) -> None:
    git(folder, "tag", "v2.0.0/other")


def a_build_that_fails(folder: Path) -> None:
    write(folder, "pyproject.toml", 'readme = "README.md"', 'readme = "MISSING.md"')


def a_build_that_tells_the_time(folder: Path) -> None:
    code = """\
import pathlib, time
from hatchling.metadata.plugin.interface import MetadataHookInterface

class Now(MetadataHookInterface):
    def update(self, metadata):
        metadata["keywords"] = [str(time.time_ns())]
"""
    (folder / "hatch_build.py").write_text(code, "utf-8")
    table = "[tool.hatch.metadata.hooks.custom]\n\n[tool.contract]\n"
    write(folder, "pyproject.toml", "[tool.contract]\n", table)
    listed = '"Makefile", "CHANGELOG.md",'
    write(folder, "pyproject.toml", listed, f'"hatch_build.py", {listed}')
    write(folder, "pyproject.toml", 'name = "chat', 'dynamic = ["keywords"]\nname = "chat')


def a_build_that_loses_a_file(folder: Path) -> None:
    line = 'packages = ["generated/pydantic_models"]\n'
    write(folder, "pyproject.toml", line, f'{line}exclude = ["py.typed"]\n')


def a_folder_that_git_keeps(folder: Path) -> None:
    write(folder, ".gitignore", "/dist/\n", "")


def a_file_for_the_folder(folder: Path) -> None:
    (folder / "dist").touch()
    write(folder, ".gitignore", "/dist/\n", "/dist\n")


FAILURES: dict[Callable[[Path], None], tuple[str, str]] = {
    no_line_for_the_version: ("version", 'write version = "2.0.0" on a line of [project]'),
    a_changelog_that_leads_nowhere: ("changelog", "No such file or directory"),
    a_link_that_leads_out: ("generate", "a link leads out of"),
    a_hook_that_refuses: ("commit", "git commit: not today"),
    a_hook_that_edits: ("commit", "CHANGELOG.md: a hook changed it after the commit"),
    a_tag_in_the_way: ("tag", "git tag: "),
    a_build_that_fails: ("build", "MISSING.md"),
    a_build_that_tells_the_time: ("build", "two builds differ"),
    a_build_that_loses_a_file: ("build", "the wheel: py.typed is not as in manifest.json"),
    a_file_for_the_folder: ("build", "dist"),
}

# Of those that build the package, one is in the default run.
SLOW = {a_build_that_fails, a_build_that_loses_a_file, a_file_for_the_folder}


@pytest.mark.parametrize(
    "plant",
    [pytest.param(it, marks=[pytest.mark.full] if it in SLOW else []) for it in FAILURES],
    ids=lambda it: it.__name__,
)
@pytest.mark.one_in(20)
def test_a_step_that_fails_leaves_everything_as_it_was(
    plant: Callable[[Path], None], released: Path
) -> None:
    step, words = FAILURES[plant]
    plant(released)
    change(released, "enum member")
    git(released, "add", f"schemas/{FILE}")
    before = state(released)
    status, out, err = release(released)
    assert (status, state(released)) == (2, before), out + err
    assert words in err
    assert f"{step}: " not in out
    assert err.startswith(f"{step}: ")
    assert err.endswith("files, index, branch and tags are as they were\n")


TESTS = {"false": "exit status 1", "echo >> README.md": "README.md: ", "kill -TERM $PPID": ""}


@pytest.mark.parametrize("command", TESTS)
@pytest.mark.full
def test_tests_that_fail_or_edit_or_end_the_release_leave_it_undone(
    command: str, released: Path
) -> None:
    change(released, "enum member")
    before = state(released)
    status, _, err = release(released, test=command)
    git(released, "checkout", "--quiet", "README.md")
    assert (status, state(released)) == (130 if "kill" in command else 2, before)
    assert TESTS[command] in err


@pytest.mark.full
def test_a_failure_before_the_first_commit_leaves_no_commit(unborn: Path) -> None:
    a_hook_that_edits(unborn)
    before = state(unborn)
    assert release(unborn)[0] == 2
    assert state(unborn) == before
    assert ask(unborn, "log", "--all") == ""


def work_of_others(folder: Path) -> None:
    (folder / "scripts/mine.py").touch()


def a_merge(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--create", "other")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "other")
    git(folder, "switch", "--quiet", "-")
    git(folder, "merge", "--quiet", "--no-ff", "--no-commit", "other")


def no_branch(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--detach")


def a_schema_that_is_refused(folder: Path) -> None:
    (folder / "schemas" / FILE).write_text('{"maximal": 1}', "utf-8")


def another_draft(folder: Path) -> None:
    text = (folder / "CHANGELOG.md").read_text("utf-8")
    (folder / "CHANGELOG.md").write_text(with_section(text, "1.5.0", ["- x"]), "utf-8")


def a_tag_elsewhere(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--create", "next")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "next")
    git(folder, "tag", "v2.0.0")
    git(folder, "switch", "--quiet", "-")


def no_tags(folder: Path) -> None:
    set_version(folder, "1.1.0")
    commit_all(folder, "next")
    git(folder, "tag", "--delete", "v1.0.0")


REFUSALS: dict[Callable[[Path], None], str] = {
    a_changelog_that_is_a_folder: "CHANGELOG.md: Is a directory",
    work_of_others: "scripts/mine.py: is not committed; commit it, or move it away",
    a_merge: "a merge is not finished; finish it, or git merge --abort",
    no_branch: "is on no branch, which the release needs; run git switch BRANCH",
    a_schema_that_is_refused: "maximal",
    a_folder_that_git_keeps: "dist: git does not ignore it; add /dist/ to .gitignore",
    another_draft: "## 1.5.0 was never released, and this release is 2.0.0",
    a_tag_elsewhere: "v2.0.0: is tagged already; name another version (VERSION=2.1.0)",
    no_tags: "tells of 1.0.0, but no release is tagged here; fetch the tags (git fetch --tags)",
}


@pytest.mark.parametrize("plant", REFUSALS, ids=lambda it: it.__name__)
@pytest.mark.one_in(12)
def test_what_cannot_be_released_is_said_before_anything_is_written(
    plant: Callable[[Path], None], released: Path
) -> None:
    change(released, "enum member")
    commit_all(released, "a break")
    plant(released)
    before = state(released)
    status, out, err = release(released)
    assert (status, state(released)) == (2, before), out
    assert REFUSALS[plant] in err


@pytest.mark.full
def test_a_message_that_came_has_its_line_and_its_folder_goes_if_the_release_fails(
    released: Path,
) -> None:
    (released / "schemas/shop").mkdir()
    (released / "schemas/shop/Order.json").write_text('{"type": "object"}', "utf-8")
    before = state(released)
    assert "- `shop.Order`: new.\n" in release(released, "--dry-run")[1]
    assert release(released, test="ls generated/docs/shop && false")[0] == 2
    assert state(released) == before
