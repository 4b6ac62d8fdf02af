"""Orders on the cores of this machine: a pool of warm processes that takes orders as it gets free.

Two orders a process are handed over at a time, so that a thousand orders take no more memory than ten. A process that
dies (out of memory, killed) takes no other order with it: what it was at is planned once more, alone, and only then
given up. If the command itself is killed, its processes end with it: a plan is in its place whole or not at all. An
interrupt is the command's to hear: it tells its processes to ask nothing more, at the second one to end.
"""

from __future__ import annotations

import gc
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
from catering_cli.cli.many.collecting import collected_after
from catering_cli.cli.many.one_order import Ended, Task, failed, not_begun, run_aside
from catering_cli.cli.runtime.interrupt import SEVERAL, Interrupt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.context import BaseContext
    from multiprocessing.synchronize import Event

_WARM = ["catering_cli.cli.many.warm"]
_IN_HAND = 2
"""Orders handed over for each process: one that it is at, and the next."""
_TICK_S = 0.25
"""How often the command looks whether it was interrupted."""
KILLED = "The process that planned it ended twice without a word (out of memory, or killed); plan it alone."


def usual() -> int:
    """Processes if the command does not say: one a core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Orders:
    """What the command tells its processes, whatever they are at."""

    def __init__(self, context: BaseContext, say: Callable[[str], None]) -> None:
        self._say = say
        self.stop = context.Event()
        """ask nothing more, begin nothing more"""
        self.leave = context.Event()
        """end at once"""

    def pass_on(self, interrupt: Interrupt) -> None:
        """Tell them what a person wants."""
        if interrupt.stops() and not self.stop.is_set():
            self._say(SEVERAL)
            self.stop.set()
        if interrupt.leaves():
            self.leave.set()


def planned(
    tasks: Iterable[Task], jobs: int, interrupt: Interrupt, say: Callable[[str], None]
) -> Iterator[tuple[Task, Ended]]:
    """Each order with its end as it comes, whatever the order of the tasks."""
    waiting = deque(tasks)
    orders = Orders(_context(), say)
    while waiting:
        broken: list[Task] = []
        yield from _through_a_pool(waiting, jobs, broken, orders, interrupt)
        for task in broken:
            yield task, not_begun(task) if interrupt.stops() else _alone(task, orders)


def _through_a_pool(
    waiting: deque[Task], jobs: int, broken: list[Task], orders: Orders, interrupt: Interrupt
) -> Iterator[tuple[Task, Ended]]:
    """Work `waiting` off; if the pool breaks, what it was at goes to `broken` and the rest stays waiting."""
    flying: dict[Future[Ended], Task] = {}
    pool = _pool(jobs, orders)
    try:
        while (waiting or flying) and not broken:
            while waiting and len(flying) < jobs * _IN_HAND:
                task = waiting.popleft()
                flying[pool.submit(_one, task)] = task
            done, _ = wait(flying, timeout=_TICK_S, return_when=FIRST_COMPLETED)
            orders.pass_on(interrupt)
            for future in done:
                task = flying.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    broken.append(task)
                else:
                    yield task, future.result()
    except BrokenProcessPool:
        broken.append(task)
    finally:
        orders.pass_on(interrupt)
        broken.extend(flying.values())
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(task: Task, orders: Orders) -> Ended:
    """An order in a process of its own."""
    with _pool(1, orders) as pool:
        try:
            return pool.submit(_one, task).result()
        except BrokenProcessPool:
            return failed(task, Status.INTERNAL, KILLED)


def _context() -> BaseContext:
    """Processes that begin with everything imported; if the system can fork, from one that is warm already."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_WARM)
    return context


def _pool(jobs: int, orders: Orders) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_begin, initargs=(orders.stop, orders.leave))


_TOLD: list[Interrupt] = []
"""In a worker: what the command tells it."""


def _one(task: Task) -> Ended:
    with collected_after():
        return run_aside(task, _TOLD[0])


def _begin(stop: Event, leave: Event) -> None:
    """A worker begins: an interrupt is the command's to answer, and without the command it ends."""
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _TOLD[:] = [Interrupt(stop.is_set)]
    threading.Thread(target=_leave_when, args=(leave,), daemon=True).start()
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _leave_when(told: Event) -> None:
    told.wait()
    os._exit(Status.INTERRUPTED)


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(Status.INTERNAL)
