"""What a run proved, in at most ten lines: the numbers that tests record as properties."""

from collections.abc import Iterable
from typing import Any

import pytest


def lines(passed: Iterable[pytest.TestReport]) -> list[str]:
    """One line for each name of a property; numbers of several tests are added up."""
    totals: dict[str, Any] = {}
    for report in passed:
        for name, value in report.user_properties:
            totals[name] = totals.get(name, 0) + value if isinstance(value, int | float) else value
    return [f"{name}: {shown(value)}" for name, value in sorted(totals.items())][:10]


def shown(value: Any) -> Any:
    """A sum of fractions without its fraction."""
    return round(value) if isinstance(value, float) else value
