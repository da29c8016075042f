"""Fixtures of all tests, and the rule that keeps the tool's tests apart from the contract."""

import gc
import re
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import generate
import pytest
from contract.settings import Settings

from tests import apart, compiled, summary
from tests.zoo import repository

__all__ = ["compiled"]
# What starts many processes takes long: it comes first, so that at the end no worker waits for it.
LONG = re.compile("test_planted_faults|owner|releases|consumers|upgrades")


@pytest.fixture(scope="session")
def first_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository with the first contract in it; nobody writes there."""
    folder = tmp_path_factory.mktemp("first") / "repository"
    folder.mkdir()
    repository.first_repository(folder)
    return folder


@pytest.fixture(autouse=True)
def default_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings in pyproject.toml are of the contract here too."""
    if not apart.may_read_contract():
        monkeypatch.setattr(generate, "contract_settings", Settings)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    with apart.rule_for(Path(collector.path) if hasattr(collector, "path") else Path()):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    with apart.rule_for(item.path):
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what is long first, and leave all but each n-th case of a test that is marked
    ``one_in(n)`` to the full run."""
    items.sort(key=lambda it: not LONG.match(str(it.path.relative_to(apart.TESTS))))
    cases: Counter[str] = Counter()
    for item in items:
        mark = item.get_closest_marker("one_in")
        if mark:
            name = item.nodeid.partition("[")[0]
            if cases[name] % mark.args[0]:
                item.add_marker(pytest.mark.full)
            cases[name] += 1


def pytest_collection_finish() -> None:
    """Look for garbage rarely: tests make large schemas, and few rings of references."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in summary.lines(terminalreporter.stats.get("passed", [])):
        terminalreporter.write_line(line)
