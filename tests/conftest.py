"""Fixtures for all tests."""

from pathlib import Path

import pytest

from tests.zoo import repository


@pytest.fixture(scope="session")
def first_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository with the first contract in it; nobody writes there."""
    folder = tmp_path_factory.mktemp("first") / "repository"
    folder.mkdir()
    repository.first_repository(folder)
    return folder
