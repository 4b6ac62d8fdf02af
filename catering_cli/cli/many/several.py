"""The whole command over several orders: plans into a folder, a line for each as it ends, summaries at the end."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from catering_cli.cli import destination, output
from catering_cli.cli.actions.listening import log_apart
from catering_cli.cli.exit_codes import worst
from catering_cli.cli.many import cores, overnight
from catering_cli.cli.many.beside import beside, said
from catering_cli.cli.many.collecting import collected_after
from catering_cli.cli.many.one_order import Ended, Task, run
from catering_cli.cli.runtime.interrupt import Interrupt
from catering_cli.cli.runtime.options import Shared
from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from catering_cli.cli.runtime.options import Options


def plans(
    orders: list[str],
    options: Options,
    *,
    jobs: int | None,
    dask: str | None,
    as_json: bool,
    folder: Path | None,
) -> int:
    """Plan several orders into `folder`; the exit code is the worst.

    `jobs`: processes at once, None: one a core. `dask`: the address of a scheduler that cooks in their place.
    """
    if options.overnight:
        overnight.refuse_unfit(orders, dask, folder)
    targets = _targets(orders, folder)
    log_apart(options, orders, None)
    if options.events:
        destination.written(options.events, b"")
    options = replace(options, purse=uuid4().hex)
    tasks = [Task(path, target, options) for path, target in zip(orders, targets, strict=True)]
    interrupt = Interrupt()
    with destination.all_reserved(targets, orders), interrupt.listening():
        found = _all(tasks, jobs, dask, options, interrupt)
    ended = [found[task.path, task.target] for task in tasks]
    _print(ended, as_json=as_json)
    if not options.quiet:
        places = {one.summary["order"]: one.worked for one in ended if one.worked}
        for group in beside(places):
            output.notice(said(group))
    return worst([one.code for one in ended])


def _targets(orders: list[str], folder: Path | None) -> list[Path]:
    """A file for each plan. Raises Refused without a folder to put them in."""
    if folder is None:
        raise Refused(Problem("several orders need a folder for their plans: --out DIR", "", "--out"))
    destination.folder(folder)
    return [folder / name for name in _names(orders)]


def _print(ended: list[Ended], *, as_json: bool) -> None:
    if as_json:
        output.json_result([one.summary for one in ended])
        return
    from catering_cli.render.wording import wrapped

    lines = "\n".join(f"{one.summary['order']}: {one.summary['said']}" for one in ended)
    output.result(wrapped(lines, output.width()) if sys.stdout.isatty() else lines)


def _all(
    tasks: list[Task], jobs: int | None, dask: str | None, options: Options, interrupt: Interrupt
) -> dict[tuple[str, Path], Ended]:
    """How each order ended. What is on standard input is read by this process, and by no other."""
    piped = [task for task in tasks if task.path == "-"]
    others = [task for task in tasks if task.path != "-"]
    jobs = min(jobs or cores.usual(), len(others))
    found: dict[tuple[str, Path], Ended] = {}
    with _board(len(tasks), quiet=options.quiet) as show:
        for task, one in _one_by_one(piped, interrupt):
            found[task.path, task.target] = one
            show(one)
        for task, one in _in_passes(others, jobs, dask, interrupt):
            found[task.path, task.target] = one
            show(one)
    return found


def _in_passes(tasks: list[Task], jobs: int, dask: str | None, interrupt: Interrupt) -> Iterator[tuple[Task, Ended]]:
    """The orders' ends as they come: in one pass, or overnight in as many as their questions need."""
    if not tasks or not tasks[0].options.overnight:
        return _elsewhere(tasks, jobs, dask, interrupt)
    return overnight.planned(tasks, lambda some: _elsewhere(some, min(jobs, len(some)), dask, interrupt), interrupt)


def _elsewhere(tasks: list[Task], jobs: int, dask: str | None, interrupt: Interrupt) -> Iterator[tuple[Task, Ended]]:
    """The orders' ends as they come: from a cluster, from several processes, or from this one."""
    if dask:
        _refuse_models(tasks, dask)
        from catering_cli.cli.many import cluster

        return cluster.planned(tasks, dask, interrupt.stops)
    if jobs > 1:
        return cores.planned(
            _sharing(tasks, jobs), jobs, interrupt, _unsaid if tasks[0].options.quiet else output.notice
        )
    return _one_by_one(tasks, interrupt)


def _refuse_models(tasks: list[Task], dask: str) -> None:
    """A cluster cooks; models are asked from one machine, by one journal and one budget."""
    from catering_cli.cli.runtime.ready_tiers import ready_tiers
    from catering_cli.cli.runtime.routing import load_routing

    if ready_tiers(load_routing(tasks[0].options.config)):
        message = "a cluster cooks and asks no model: add --offline, or take --jobs to ask models from here"
        raise Refused(Problem(message, "", "--dask", dask))


def _sharing(tasks: list[Task], jobs: int) -> list[Task]:
    """The same tasks, each of which may ask its share of what a vendor takes at once."""
    return [replace(task, options=replace(task.options, share=jobs)) for task in tasks]


def _one_by_one(tasks: Iterable[Task], interrupt: Interrupt) -> Iterator[tuple[Task, Ended]]:
    """In this process, one after the other; they share who rests and what was spent."""
    shared = Shared(interrupt=interrupt)
    for task in tasks:
        with collected_after():
            ended = run(task, shared)
        yield task, ended


@contextmanager
def _board(count: int, *, quiet: bool) -> Iterator[Callable[[Ended], None]]:
    """What the user watches on standard error: what each order said, and how many have ended."""
    if quiet or sys.stderr is None:
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from catering_cli.render.wording import wrapped

    console = Console(file=sys.stderr, width=output.width(sys.stderr), highlight=False, markup=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("Planning", total=count)
        codes: Counter[int] = Counter()

        def show(ended: Ended) -> None:
            codes[ended.code] += 1
            if ended.notices.strip():
                said = f"{ended.summary['order']}: {ended.notices.strip()}"
                progress.console.print(wrapped(said, progress.console.width), soft_wrap=True)
            progress.update(bar, advance=1, description=_so_far(codes))

        yield show


def _unsaid(_: str) -> None:
    """A quiet command does not say that it was interrupted: its exit code does."""


def _nothing(_: Ended) -> None:
    """A quiet command says nothing on the way."""


def _so_far(codes: Counter[int]) -> str:
    """How the orders ended so far, in words: "4 planned, 1 blocked, 1 refused"."""
    words = {0: "planned", 3: "blocked", 2: "refused", 130: "interrupted"}
    counts: Counter[str] = Counter()
    for code, count in codes.items():
        counts[words.get(code, "failed")] += count
    return ", ".join(f"{count} {word}" for word, count in counts.items())


def _names(orders: list[str]) -> Iterator[str]:
    """File names of the plans: the orders' own, numbered if two orders are called the same."""
    stems = ["order" if path == "-" else Path(path).stem for path in orders]
    for index, stem in enumerate(stems, 1):
        number = "" if stems.count(stem) == 1 else f".{index}"
        yield f"{stem}{number}.plan.json"
