"""How time grows: that of the processor, for others may use the machine as well."""

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from pydantic import BaseModel

from tests.zoo.judging import is_accepted

Work = Callable[[], object]
NOISE = 3


def seconds(work: Work, times: int) -> float:
    """The least of so many times."""
    found: list[float] = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def grows_less(factor: float, short: Work, long: Work, times: int = 1) -> bool:
    """Whether the long work takes less than so many times as long as the short one, in one of three
    trials, for noise only adds to the time; what is short is done several times."""
    return any(seconds(long, times) < factor * seconds(short, times) for _ in range(3))


Reading = tuple[type[BaseModel], Any]


def reading_grows_less(factor: float, short: Reading, long: Reading) -> bool:
    """The same of two models that read a document each, with a margin for noise."""
    few, many = (
        partial(is_accepted, model.model_validate_json, json.dumps(document))
        for model, document in (short, long)
    )
    return grows_less(factor * NOISE, few, many, times=7)
