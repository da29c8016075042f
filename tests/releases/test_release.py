"""A release has the version that its changes ask for, and is one commit, one tag and its files."""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from contract.refusal import Refused
from releases.changelog import code_span, refuse_changelog, sections, with_section
from releases.drafts import drafted_lines, stale_drafts
from releases.plan import chosen_version

from tests.zoo.first_contract import FILE
from tests.zoo.releasing import PREAMBLE, ask, change, release, state
from tests.zoo.repository import DISTRIBUTION, commit_all, git

pytestmark = pytest.mark.toolchain

NAME = DISTRIBUTION.replace("-", "_")


@pytest.mark.full
def test_the_first_release_works_from_an_empty_history(unborn: Path) -> None:
    status, out, err = release(unborn)
    assert (status, err) == (0, "")
    assert out.startswith("judge: the first release; this is 1.0.0\n")
    assert out.endswith("next: git push origin HEAD v1.0.0\n")
    assert ask(unborn, "status", "--porcelain") == ""
    assert ask(unborn, "log", "--format=%s") == "Release 1.0.0\n"
    text = (unborn / "CHANGELOG.md").read_text("utf-8")
    line = "- `operations.CloseChatSessionResponse`: new."
    assert text.startswith(f"{PREAMBLE}\n## 1.0.0\n\n{line}\n\n<!-- made of ")
    assert sections(text) == {"1.0.0": line}
    assert "made of" not in ask(unborn, "tag", "-n9", "--list", "v1.0.0")
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
        '`operations.CloseChatSessionResponse`, `/$defs/RequestStatus/enum`: added "archived". ',
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


def changelog(folder: Path) -> str:
    return (folder / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.full
def test_a_draft_that_was_made_for_other_changes_is_not_released(released: Path) -> None:
    """Neither its words nor its version; an edited one is refused, so that nobody's words go."""
    change(released, "enum member")
    assert release(released, "--draft")[0] == 0
    draft = changelog(released)
    git(released, "checkout", "--quiet", "schemas")
    assert release(released)[1] == (
        "nothing changed since 1.0.0; there is nothing to release; pyproject.toml and CHANGELOG.md"
        ' still have the draft of 2.0.0: write version = "1.0.0", and remove the section\n'
    )
    change(released, "optional property")
    edited = draft.replace('added "archived"', "added a value")
    (released / "CHANGELOG.md").write_text(edited, "utf-8")
    before = state(released)
    status, _, err = release(released, "--draft")
    assert (status, state(released)) == (2, before)
    assert "## 2.0.0 was drafted for other changes and edited since; remove the section" in err
    (released / "CHANGELOG.md").write_text(draft, "utf-8")
    status, out, _ = release(released, "--draft")
    assert (status, "version: pyproject.toml: 2.0.0 -> 1.1.0\n" in out) == (0, True)
    assert [*sections(changelog(released))] == ["1.1.0", "1.0.0"]


def test_a_draft_of_other_findings_is_stale_and_refused_if_it_was_edited() -> None:
    text = with_section("", "1.1.0", drafted_lines(["- `a.A`: new."], is_chosen=False))
    edited = text.replace("new", "here")
    same, others = (lambda _: ["- `a.A`: new."]), (lambda _: ["- `a.A`: gone."])
    assert [it.version for it in stale_drafts(text, (), others)] == ["1.1.0"]
    assert stale_drafts(text, ("v1.1.0",), others) == []
    assert stale_drafts(text, (), same) == stale_drafts(edited, (), same) == []
    with pytest.raises(Refused, match=r"## 1\.1\.0 was drafted for other changes and edited since"):
        stale_drafts(edited, (), others)


def test_a_line_that_an_editor_indented_still_names_what_a_draft_is_made_of() -> None:
    drafted = drafted_lines(["- `a.A`: new."], is_chosen=False)
    text = with_section("", "1.1.0", drafted).replace("<!--", "  <!--")
    (draft,) = stale_drafts(text, (), lambda version: ["- `a.A`: gone."])
    assert (draft.is_edited, sections(text)["1.1.0"]) == (False, "- `a.A`: new.")


def test_a_draft_with_other_ends_of_lines_is_not_edited() -> None:
    drafted = drafted_lines(["- `a.A`: new.", "- `a.B`: new."], is_chosen=False)
    text = with_section("", "1.1.0", drafted).replace("\n", "\r\n")
    (draft,) = stale_drafts(text, (), lambda version: ["- `a.A`: new."])
    assert draft.version == "1.1.0"


@pytest.mark.full
def test_a_version_that_a_person_chose_outlives_its_draft(released: Path) -> None:
    change(released, "enum member")
    assert release(released, "--draft", "--version", "3.0.0")[0] == 0
    change(released, "optional property")
    assert release(released, "--draft")[0] == 0
    words = sections(changelog(released))
    assert [*words] == ["3.0.0", "1.0.0"]
    assert "archived" not in words["3.0.0"]


@pytest.mark.full
def test_an_undone_release_is_released_anew_by_what_changed_then(released: Path) -> None:
    change(released, "enum member")
    assert release(released)[0] == 0
    git(released, "tag", "--delete", "v2.0.0")
    git(released, "reset", "--quiet", "--soft", "HEAD~1")
    assert "2.0.0 stays as it was written" in release(released)[1]
    git(released, "tag", "--delete", "v2.0.0")
    git(released, "reset", "--quiet", "--soft", "HEAD~1")
    change(released, "optional property")
    assert "this is 1.1.0" in release(released)[1]
    assert [*sections(changelog(released))] == ["1.1.0", "1.0.0"]


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
    assert (says or f"{name} expired after 2020-01-01; ") in out
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
