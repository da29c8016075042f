"""Repositories from which a release can be made."""

from pathlib import Path

import pytest

from tests.zoo.releasing import PREAMBLE
from tests.zoo.repository import commit_all, first_repository, git


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
