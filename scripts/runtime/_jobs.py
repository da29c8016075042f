"""Blocks judged by several processes at once; the outcomes come in the order of the blocks."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from ._documents import Block
from ._finding import Refused
from ._outcomes import BlockJudge, Outcome, Rules

WAITING_BLOCKS = 3  # for each process
ENDED_PROCESS = "a process that judged was ended, perhaps for want of memory; take fewer --jobs"


def parallel_outcomes(blocks: Iterable[Block], rules: Rules, jobs: int) -> Iterator[Outcome]:
    """The outcome of each block, with few blocks in memory at any time; 0 jobs are all cores."""
    jobs = jobs or core_count()
    waiting = deque[Future[Outcome]]()
    pool = ProcessPoolExecutor(jobs, initializer=start_process, initargs=(rules,))
    try:
        for block in blocks:
            waiting.append(pool.submit(outcome_here, block))
            while waiting and (waiting[0].done() or len(waiting) > WAITING_BLOCKS * jobs):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise Refused(ENDED_PROCESS) from None
    finally:
        pool.shutdown(cancel_futures=True)


process_judges = list[BlockJudge]()  # one, in a process that judges


def start_process(rules: Rules) -> None:
    """Prepare a process that judges; Ctrl-C is for the one that prints."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process_judges.append(BlockJudge(rules))


def outcome_here(block: Block) -> Outcome:
    return process_judges[0].outcome(block)


def core_count() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
