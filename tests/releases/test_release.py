"""A release is whole or not at all: files, index, branch and tags are all moved, or none is."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from contract.refusal import Refused
from releases.changelog import code_span, refuse_changelog, sections, with_section
from releases.plan import chosen_version

from tests.zoo.changes import CHANGES
from tests.zoo.first_contract import FILE
from tests.zoo.repository import commit_all, first_repository, git, set_version

pytestmark = pytest.mark.toolchain

WHO = {f"GIT_{role}_{it}": "n" for role in ("AUTHOR", "COMMITTER") for it in ("NAME", "EMAIL")}
PREAMBLE = "# Changelog\n\nWhat others must do.\n"
NAME = "chat_operations_contract"


@pytest.fixture
def unborn(tmp_path: Path) -> Path:
    """The tool with the first contract, in a repository without a commit."""
    folder = tmp_path / "repository"
    folder.mkdir()
    first_repository(folder)
    (folder / "CHANGELOG.md").write_text(PREAMBLE, "utf-8")
    git(folder, "init", "--quiet")
    return folder


@pytest.fixture
def released(unborn: Path) -> Path:
    """The same, released as 1.0.0."""
    (unborn / "CHANGELOG.md").write_text(f"{PREAMBLE}\n## 1.0.0\n\n- First.\n", "utf-8")
    commit_all(unborn, "release")
    git(unborn, "tag", "v1.0.0")
    return unborn


def release(folder: Path, *options: str, test: str = "true") -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    command = [sys.executable, str(folder / "scripts/release.py"), "--test", test, *options]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **WHO}, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def change(folder: Path, label: str) -> None:
    (folder / "schemas" / FILE).write_bytes(json.dumps(CHANGES[label].schema).encode())


def ask(folder: Path, *question: str) -> str:
    command = ["git", "-C", str(folder), *question]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def state(folder: Path) -> object:
    """All that a release may move: every file that git sees, its index, its refs, its branch."""
    listed = ask(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    files = {it: (folder / it).read_bytes() for it in listed if (folder / it).is_file()}
    folders = sorted(it for it in (folder / "generated").rglob("*") if it.is_dir())
    staged = ask(folder, "ls-files", "--stage")
    return files, folders, staged, ask(folder, "for-each-ref"), ask(folder, "status", "--branch")


@pytest.mark.full
def test_the_first_release_works_from_an_empty_history(unborn: Path) -> None:
    status, out, err = release(unborn)
    assert (status, err) == (0, "")
    assert out.startswith("judge: the first release; this is 1.0.0\n")
    assert out.endswith("next: git push origin HEAD v1.0.0\n")
    assert ask(unborn, "status", "--porcelain") == ""
    assert ask(unborn, "log", "--format=%s") == "Release 1.0.0\n"
    section = "## 1.0.0\n\n- `operations.CloseChatSessionResponse`: new.\n"
    assert (unborn / "CHANGELOG.md").read_text("utf-8") == f"{PREAMBLE}\n{section}"
    assert_whole(unborn, "1.0.0")


def assert_whole(folder: Path, version: str) -> None:
    """The tag is of this commit, and wheel, sdist and hashes are of the tag."""
    dist = folder / "dist" / version
    wheel, sdist = dist / f"{NAME}-{version}-py3-none-any.whl", dist / f"{NAME}-{version}.tar.gz"
    files = {wheel.name, sdist.name, "SHA256SUMS", "root-hash"}
    assert {it.name for it in dist.iterdir()} == files
    assert ask(folder, "cat-file", "-t", f"v{version}") == "tag\n"
    assert ask(folder, "rev-parse", f"v{version}^{{}}") == ask(folder, "rev-parse", "HEAD")
    hashes = [line.split("  ") for line in (dist / "SHA256SUMS").read_text("utf-8").splitlines()]
    expected = {it.name: hashlib.sha256(it.read_bytes()).hexdigest() for it in (wheel, sdist)}
    assert {name: it for it, name in hashes} == expected
    tagged = ask(folder, "show", f"v{version}:generated/pydantic_models/manifest.json").encode()
    with zipfile.ZipFile(wheel) as packed:
        assert packed.read("pydantic_models/manifest.json") == tagged
    assert (dist / "root-hash").read_text() == f"{hashlib.sha256(tagged).hexdigest()}\n"
    assert json.loads(tagged)["version"] == version
    with tarfile.open(sdist) as unpacked:
        assert f"{NAME}-{version}/schemas/{FILE}" in unpacked.getnames()


def test_a_break_is_a_major_version_and_its_line_is_the_owners_to_edit(released: Path) -> None:
    """First a draft, then the release with the words that the owner wrote."""
    change(released, "enum member")
    status, out, _ = release(released, "--draft")
    assert (status, out.splitlines()[-1]) == (
        0,
        "next: edit ## 2.0.0 in CHANGELOG.md, then make release",
    )
    assert 'version = "2.0.0"' in (released / "pyproject.toml").read_text("utf-8")
    draft = (released / "CHANGELOG.md").read_text("utf-8")
    (line,) = sections(draft)["2.0.0"].splitlines()
    for words in (
        "`operations.CloseChatSessionResponse`, `/$defs/RequestStatus/enum`: added archived. ",
        "Readers on 1.0.0 reject what 2.0.0 allows, at /status (enum). For example `{",
        '"status": "archived"',
        "Upgrade readers first, then writers.",
    ):
        assert words in line
    edited = draft.replace(line, "- A session can be archived.")
    (released / "CHANGELOG.md").write_text(edited, "utf-8")
    status, out, err = release(released)
    assert (status, err) == (0, "")
    assert "## 2.0.0 stays as it was written" in out
    assert (released / "CHANGELOG.md").read_text("utf-8") == edited
    assert "- A session can be archived." in ask(released, "tag", "-n9", "--list", "v2.0.0")
    assert_whole(released, "2.0.0")
    assert release(released) == (
        0,
        "nothing changed since 2.0.0; there is nothing to release\n",
        "",
    )


@pytest.mark.full
def test_a_pre_release_is_judged_as_what_it_leads_to_and_the_next_release_is_that(
    released: Path,
) -> None:
    change(released, "optional property")
    status, _, err = release(released, "--version", "1.0.1rc1")
    assert (status, err) == (
        2,
        "version 1.0.1rc1 understates the changes; set 1.1.0rc1 or 1.1.0 (VERSION=1.1.0)\n",
    )
    assert release(released, "--version", "1.1.0rc1")[0] == 0
    assert_whole(released, "1.1.0rc1")
    status, out, _ = release(released, "--dry-run")
    assert "asks for" not in out
    assert "judge: the changes since 1.0.0 ask for a minor version; this is 1.1.0\n" in out
    assert "Only documents break that already have this key." in out


@pytest.mark.full
def test_a_dry_run_writes_nothing(released: Path) -> None:
    change(released, "enum member")
    before = state(released)
    status, out, _ = release(released, "--dry-run", test="touch tested")
    assert status == 0
    assert "## 2.0.0" in out
    assert "the steps would be: version, changelog, generate, test, commit, tag, build" in out
    assert state(released) == before


@pytest.mark.full
def test_a_package_that_changed_by_itself_is_a_patch_version(released: Path) -> None:
    guide = released / "scripts/runtime/README.md"
    guide.write_text(f"{guide.read_text('utf-8')}More.\n", "utf-8")
    commit_all(released, "guide")
    status, out, _ = release(released, "--dry-run")
    assert status == 0
    assert "the package changed since 1.0.0, no schema did: a patch version; this is 1.0.1" in out
    assert "- The package is generated anew; every message accepts the same documents" in out


@pytest.mark.full
def test_what_is_undecided_is_not_released(released: Path) -> None:
    schema = json.loads((released / "schemas" / FILE).read_text("utf-8"))
    schema["properties"]["timestamp"]["maximal"] = 3
    (released / "schemas" / FILE).write_bytes(json.dumps(schema).encode())
    commit_all(released, "tagged")
    git(released, "tag", "v1.0.1")
    del schema["properties"]["timestamp"]["maximal"]
    (released / "schemas" / FILE).write_bytes(json.dumps(schema).encode())
    before = state(released)
    status, out, _ = release(released)
    assert status == 1
    assert "maximal" in out
    assert out.endswith("not released: it is undecided who breaks\n")
    assert state(released) == before


@pytest.mark.parametrize(("until", "says"), [("9999-12-31", "this is 1.1.0"), ("2020-01-01", "")])
@pytest.mark.full
def test_an_accepted_break_is_released_as_minor_until_its_last_day(
    until: str, says: str, released: Path
) -> None:
    change(released, "enum member")
    gate = subprocess.run(
        [sys.executable, str(released / "scripts/compat.py")], capture_output=True, text=True
    )
    (name,) = re.findall(r"fingerprint (\w+)", gate.stdout)
    with (released / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(f'\n[[tool.contract.accepted]]\nfingerprint = "{name}"\n')
        project.write(f'reason = "why"\nuntil = "{until}"\n')
    before = state(released)
    status, out, err = release(released, "--dry-run")
    assert (status, err, state(released)) == (0 if says else 1, "", before)
    assert (says or f"{name} expired on 2020-01-01; ") in out
    assert ("not released: correct the accepted breaks first" in out) is (says == "")
    assert ("Upgrade readers first, then writers. Accepted: why.\n" in out) is (says != "")


@pytest.mark.full
def test_what_a_mode_forbids_is_not_released_as_a_major_version_either(released: Path) -> None:
    change(released, "enum member")
    with (released / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write('\n[tool.contract.compatibility]\n"operations/*" = "forward"\n')
    before = state(released)
    status, out, _ = release(released, "--version", "2.0.0")
    assert (status, state(released)) == (1, before)
    assert 'compatibility = "forward" forbids this in any version' in out
    assert out.endswith("not released: no version allows what is forbidden\n")


# Failures.


def write(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
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
    no_branch: "is on no branch, so the release would be on none; git switch one",
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


# Versions and sections.

RELEASED = {"v1.0.0"}


@pytest.mark.parametrize(
    ("written", "asked", "needed", "tags", "version"),
    [
        ("1.0.0", "", "1.0.0", set[str](), "1.0.0"),
        ("1.0.0", "", "1.1.0", RELEASED, "1.1.0"),
        ("1.0.1", "", "1.1.0", RELEASED, "1.1.0"),
        ("1.2.0", "", "1.1.0", RELEASED, "1.2.0"),
        ("1.1.0rc1", "", "1.1.0", RELEASED, "1.1.0rc1"),
        ("1.1.0rc1", "", "1.1.0", {"v1.1.0rc1"}, "1.1.0"),
        ("1.1.0rc1", "1.1.0rc2", "1.1.0", {"v1.1.0rc1"}, "1.1.0rc2"),
        ("1.2.0rc1", "", "1.1.0", {"v1.2.0rc1"}, "1.2.0"),
        ("1.1.0rc1", "", "2.0.0", {"v1.1.0rc1"}, "2.0.0"),
        ("1.0.0", "3.0.0", "1.1.0", RELEASED, "3.0.0"),
    ],
)
def test_the_version_is_the_written_one_if_it_is_enough(
    written: str, asked: str, needed: str, tags: set[str], version: str
) -> None:
    assert chosen_version(written, asked, needed, tags) == version


@pytest.mark.parametrize(
    ("written", "asked", "words"),
    [
        ("1.0.1rc1", "", "understates the changes; set 1.1.0rc1 or 1.1.0"),
        ("1.0.0", "1.0.1", "understates the changes; set 1.1.0"),
        ("1.0.0", "1.0.0", "understates"),
    ],
)
def test_a_version_that_a_person_named_is_never_raised_in_silence(
    written: str, asked: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        chosen_version(written, asked, "1.1.0", RELEASED)


def test_a_section_stands_before_the_others_and_they_stay() -> None:
    text = f"{PREAMBLE}\n## [1.0.0] - 2026-01-31\n\n- First.\n"
    longer = with_section(text, "1.1.0", ["- Second."])
    assert sections(longer) == {"1.1.0": "- Second.", "1.0.0": "- First."}
    assert longer.replace("## 1.1.0\n\n- Second.\n\n", "") == text
    assert with_section("", "1.0.0", ["- x"]) == "# Changelog\n\n## 1.0.0\n\n- x\n"
    with pytest.raises(Refused, match=r"## 1\.1\.0 is empty"):
        refuse_changelog("## 1.1.0\n\n## 1.0.0\n- x", "1.1.0", "1.0.0")


def test_a_value_with_backticks_stays_one_code_span() -> None:
    assert (code_span("a"), code_span("a`b``")) == ("`a`", "``` a`b`` ```")


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
