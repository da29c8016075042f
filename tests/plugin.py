"""What a run proves: tests record figures (``record_property("mutants: killed", 1)``), which are
shown while it runs and added up at its end, whichever process recorded them."""

import time
from collections import Counter
from typing import Any

import pytest

SECONDS = 10  # between two lines


class Figures:
    """The figures of one run, by group and name."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self.terminal = terminal
        self.counts: Counter[str] = Counter()
        self.shown = time.monotonic()

    def lines(self) -> list[str]:
        groups: dict[str, list[str]] = {}
        for figure, number in self.counts.items():
            group, name = figure.split(": ")
            groups.setdefault(group, []).append(f"{name} {number}")
        return [f"{group}: {', '.join(sorted(groups[group]))}" for group in sorted(groups)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call":
            return
        for name, number in report.user_properties:
            self.counts[name] += int(str(number))
        if self.counts and time.monotonic() - self.shown > SECONDS:
            self.terminal.ensure_newline()
            self.terminal.write_line("; ".join(self.lines()))
            self.shown = time.monotonic()

    def pytest_terminal_summary(self) -> None:
        for line in self.lines()[:10]:
            self.terminal.write_line(line)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    terminal: Any = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Figures(terminal), "figures")
