"""One function for many items, on all cores: the results come in the order of the items.

A process is forked, so that it has what is loaded here: the models, the contract. Where that
cannot be, because the system does not fork or this process has threads, the items wait here.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from contract.refusal import Refused

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW_ITEMS = 16  # for which a second process does not pay
ENDED_PROCESS = "a process was ended from outside, perhaps for want of memory; run this again"

forked_functions = list[Callable[[Any], Any]]()  # one, in a process that was forked


def results_in_order(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """The result for each item; items and results can be pickled, the function need not be.

    Raises what the function raises, and Refused if a process was ended from outside.
    """
    processes = min(process_count(), len(items) // FEW_ITEMS + 1)
    if processes == 1:
        yield from map(function, items)
        return
    forked_functions[:] = [function]
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, context, initializer=leave_interrupts)
    try:
        yield from pool.map(call_forked_function, items, chunksize=1)
    except BrokenProcessPool:
        raise Refused(ENDED_PROCESS) from None
    finally:
        pool.shutdown(cancel_futures=True)
        forked_functions.clear()


def process_count() -> int:
    """The cores that this process may use; 1 where it cannot fork, or was forked."""
    is_alone = threading.active_count() == 1 and not forked_functions
    can_fork = sys.platform == "linux" and is_alone
    return len(os.sched_getaffinity(0)) if can_fork else 1


def leave_interrupts() -> None:
    """Ctrl-C is for the process that prints."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def call_forked_function(item: Any) -> Any:
    return forked_functions[0](item)
