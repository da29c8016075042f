"""Keeps the packages importable whose pages a module of tests reads."""

from collections.abc import Generator

import pytest

from tests.zoo.message_pages import PACKAGES


@pytest.fixture(autouse=True, scope="module")
def packages() -> Generator[None]:
    """Each package can be imported as long as the tests of its models run."""
    with PACKAGES:
        yield
