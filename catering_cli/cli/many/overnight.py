"""Orders whose questions to models go by night, at half price: level by level, until each has its plan.

Each pass takes every order as far as journalled replies reach. What is then asked for goes in batches; when these have
ended, the orders that wait are taken up again. So a command that is killed is given again and goes on with the same
batches, and no more orders are in memory at once than are being planned.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.cli import output
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.many.one_order import failed
from catering_cli.cli.runtime.compose import order_key
from catering_cli.cli.runtime.journal import opened
from catering_cli.cli.runtime.ready_tiers import ready_tiers
from catering_cli.cli.runtime.routing import load_routing
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from catering_cli.cli.many.one_order import Ended, Task
    from catering_cli.cli.runtime.interrupt import Interrupt
    from catering_cli.cli.runtime.options import Options
    from catering_cli.routing.values import Config


TAKEN = "another command plans it now, or sends its questions overnight: wait for it, or end it and give this one again"


def refuse_unfit(orders: list[str], dask: str | None, folder: Path | None) -> None:
    """Refuse what does not go with --overnight."""
    if dask:
        raise Refused(Problem("a cluster asks no model: leave one of --dask and --overnight out", "", "--dask", dask))
    if "-" in orders:
        raise Refused(
            Problem("orders are read several times: give a file in place of standard input", "", "ORDER", "-")
        )
    if folder is None:
        raise Refused(Problem("the plans are written as they are ready: give a folder, --out DIR", "", "--out"))


def planned(
    tasks: list[Task],
    one_pass: Callable[[list[Task]], Iterator[tuple[Task, Ended]]],
    interrupt: Interrupt,
) -> Iterator[tuple[Task, Ended]]:
    """Each order with its end, as it comes. What another command sends already is not sent again."""
    with _claimed(tasks) as (mine, others):
        for task in others:
            yield task, failed(task, Status.BAD_INPUT, TAKEN)
        yield from _level_by_level(mine, one_pass, interrupt)


@contextmanager
def _claimed(tasks: list[Task]) -> Iterator[tuple[list[Task], list[Task]]]:
    """The orders that are this command's while it lasts, and those that another one is at."""
    options = tasks[0].options
    config = load_routing(options.config)
    if not ready_tiers(config):
        yield tasks, []
        return
    from catering_cli.providers.overnight.claims import claimed

    keys = {task: _key(task, config) for task in tasks}
    with opened() as journal, claimed(journal.store, filter(None, keys.values()), options.purse) as taken:
        others = [task for task in tasks if keys[task] in taken]
        yield [task for task in tasks if keys[task] not in taken], others


def _key(task: Task, config: Config) -> str:
    """The key of an order's run; empty if it cannot be read: its pass refuses it."""
    try:
        return order_key(load.order(task.path), config, task.options)
    except Refused:
        return ""


def _level_by_level(
    waiting: list[Task],
    one_pass: Callable[[list[Task]], Iterator[tuple[Task, Ended]]],
    interrupt: Interrupt,
) -> Iterator[tuple[Task, Ended]]:
    """Each order with its end: a pass over all, then the questions that they wait for, until none waits."""
    while waiting:
        later: list[Task] = []
        for task, ended in one_pass(waiting):
            if ended.waits:
                later.append(task)
            else:
                yield task, ended
        waiting = later
        if not waiting:
            return
        with interrupt.telling(_leave):
            sent = asyncio.run(_level(waiting[0].options))
        if not sent:
            waiting = [replace(task, options=replace(task.options, overnight=False)) for task in waiting]


def _leave() -> None:
    """An interrupt while batches are out: nothing is lost by leaving at once."""
    output.notice("Interrupted: the batches that are out go on, and the same command takes them up.")
    raise KeyboardInterrupt


async def _level(options: Options) -> int:
    """Send what the orders wait for and wait for it; how many questions that were."""
    from catering_cli.providers.overnight.sending import Night
    from catering_cli.providers.vendors.registry import Vendors

    config = load_routing(options.config)
    tiers = {tier.name: tier for tier in ready_tiers(config)}
    vendors = Vendors(os.environ, Path(config.file).parent)

    def tell(said: str) -> None:
        if not options.quiet:
            output.notice(f"Overnight: {said}.")

    with opened() as journal:
        night = Night(journal.store, options.purse, tiers, vendors, config.limits.overnight_s, tell)
        level = await night.level()
    return level.sent
