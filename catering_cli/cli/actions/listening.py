"""Who hears of a run while it goes on: progress on standard error, the file of `--events`, and the kitchen's plan.

On a terminal the kitchen's own plan stands there at once, before any model is asked: what follows may take minutes, and
may be interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.cli import destination, output
from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from catering_cli.cli.runtime.options import Options
    from catering_cli.domain.execution import Event
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.render.progress import Progress

    Tell = Callable[[Event], None]
    Preview = Callable[[CateringPlan], None]


@contextmanager
def listening(options: Options, order: str = "") -> Iterator[tuple[Tell, Preview]]:
    """Who is told the events of a run, and who is shown the kitchen's own plan.

    `order`: the run's among several; their events go to one file, each line with its order.
    """
    from catering_cli.render.progress import Progress

    listeners: list[Tell] = []
    preview: Preview = _no_preview
    with ExitStack() as to_end:
        if not options.quiet and sys.stderr is not None:
            on_terminal = sys.stderr.isatty()
            live = on_terminal and not options.verbose
            progress = Progress(sys.stderr, live=live, verbose=options.verbose, width=output.width(sys.stderr))
            to_end.callback(progress.end)
            listeners.append(progress)
            if on_terminal and not order:
                preview = partial(_preview, progress)
        if options.events:
            log = _event_file(options.events, order)
            to_end.callback(log.close)
            listeners.append(log.write)
        yield partial(_tell_all, listeners), preview


def log_apart(options: Options, inputs: Iterable[str], to: Path | None) -> None:
    """Raise Refused if the file of `--events` is an input, or the file of the result."""
    if options.events is None:
        return
    destination.apart(options.events, inputs, "--events")
    if to is not None and options.events.absolute() == to.absolute():
        raise Refused(Problem("is the file of the result; name another one", str(options.events), "--events"))


def _tell_all(listeners: list[Tell], event: Event) -> None:
    for listener in listeners:
        listener(event)


def _no_preview(_plan: CateringPlan) -> None:
    pass


def _preview(progress: Progress, plan: CateringPlan) -> None:
    """The kitchen's plan in short, above the living display."""
    from catering_cli.render.forms.terminal import preview_text
    from catering_cli.render.page import Page

    progress.show(preview_text(plan, Page(width=output.width(sys.stderr), colour=output.colour())))


def _event_file(path: Path, order: str) -> _Log:
    try:
        return _Log(path, order)
    except OSError as error:
        raise Refused(Problem(f"cannot be written: {error.strerror}", str(path), "--events")) from None


def _at_once(path: str, flags: int) -> int:
    """Open a file; a pipe that has no reader is an error, and is not waited for."""
    if not Path(path).is_fifo():
        return os.open(path, flags, 0o666)
    try:
        opened = os.open(path, flags | os.O_NONBLOCK)
    except OSError:
        raise Refused(Problem("is a pipe that has no reader; start the reader first", path, "--events")) from None
    os.set_blocking(opened, True)
    return opened


class _Log:
    """Events as JSON lines, each on disk as it happens; those of one order among several are added to the file."""

    def __init__(self, path: Path, order: str = "") -> None:
        self.order = {"order": order} if order else {}
        self.file = open(path, "a" if order else "w", encoding="utf-8", opener=_at_once)  # noqa: SIM115  # open for a run

    def write(self, event: Event) -> None:
        import json
        from dataclasses import asdict

        fields = {key: value for key, value in asdict(event).items() if value not in ("", None)}
        self.file.write(json.dumps(self.order | fields, ensure_ascii=False, default=str) + "\n")
        self.file.flush()

    def close(self) -> None:
        self.file.close()
