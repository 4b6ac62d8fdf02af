"""Orders on the cores of this machine: a pool of warm processes that takes orders as it gets free.

Two orders a process are handed over at a time, so that a thousand orders take no more memory than ten. A process that
dies (out of memory, killed) takes no other order with it: what it was at is planned once more, alone, and only then
given up. If the command itself is killed, its processes end with it: a plan is in its place whole or not at all.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from catering_cli.cli.exit_codes import Status
from catering_cli.cli.many.one_order import Ended, Task, failed, run_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WARM = ["catering_cli.cli.many.warm"]
_IN_HAND = 2
"""Orders handed over for each process: one that it is at, and the next."""
KILLED = "The process that planned it ended twice without a word (out of memory, or killed); plan it alone."


def usual() -> int:
    """Processes if the command does not say: one a core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def planned(tasks: Iterable[Task], jobs: int) -> Iterator[tuple[Task, Ended]]:
    """Each order with its end as it comes, whatever the order of the tasks."""
    waiting = deque(tasks)
    while waiting:
        broken: list[Task] = []
        yield from _through_a_pool(waiting, jobs, broken)
        for task in broken:
            yield task, _alone(task)


def _through_a_pool(waiting: deque[Task], jobs: int, broken: list[Task]) -> Iterator[tuple[Task, Ended]]:
    """Work `waiting` off; if the pool breaks, what it was at goes to `broken` and the rest stays waiting."""
    flying: dict[Future[Ended], Task] = {}
    pool = _pool(jobs)
    try:
        while (waiting or flying) and not broken:
            while waiting and len(flying) < jobs * _IN_HAND:
                task = waiting.popleft()
                flying[pool.submit(run_aside, task)] = task
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                task = flying.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    broken.append(task)
                else:
                    yield task, future.result()
    except BrokenProcessPool:
        broken.append(task)
    finally:
        broken.extend(flying.values())
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(task: Task) -> Ended:
    """An order in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(run_aside, task).result()
        except BrokenProcessPool:
            return failed(task, Status.INTERNAL, KILLED)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that begin with everything imported; where the system can fork, from one that is warm already."""
    if sys.platform == "win32":
        return ProcessPoolExecutor(jobs, initializer=_begin)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_WARM)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


def _begin() -> None:
    """A worker begins: an interrupt is the command's to answer, and without the command it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(Status.INTERNAL)
