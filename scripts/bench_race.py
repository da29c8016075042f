"""Rivals that do the same job, timed by turns; their times are compared within one round."""

import gc
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter_ns
from typing import Any

Call = Callable[[Any], Any]


TimesByRival = dict[str, list[float]]  # ns of one call, a mean for each round


def race(
    rivals: Mapping[str, Call], inputs_for: Callable[[str], Sequence[Any]], rounds: int
) -> TimesByRival:
    """The times of all rivals; each runs once a round, on inputs that are made just before."""
    order = list(rivals)
    times: TimesByRival = {name: [] for name in order}
    for turn in range(rounds):
        order = order[1:] + order[:1]
        # Rotation alone would leave each rival the same predecessor.
        for name in order if turn % 2 else reversed(order):
            times[name].append(mean_nanoseconds(rivals[name], inputs_for(name)))
    return times


def mean_nanoseconds(call: Call, values: Sequence[Any]) -> float:
    """The time of one call, as the mean of one pass over the values."""
    gc.disable()
    start = perf_counter_ns()
    for value in values:
        call(value)
    spent = perf_counter_ns() - start
    gc.enable()
    return spent / len(values)


def median_ratio(times: TimesByRival, name: str, baseline: str) -> float:
    """The median over the rounds; what slows one round down slows both rivals."""
    pairs = zip(times[name], times[baseline], strict=True)
    return median(mine / other for mine, other in pairs)
