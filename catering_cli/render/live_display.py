"""The living display of a run: how far it is, and a line for each call in flight with the seconds that it takes.

It never breaks a word: a line too long for the terminal leaves out its last words, whole ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType
    from rich.progress import ProgressColumn, TaskID

MOST_CALLS = 8
"""Calls that have a line of their own; the others are counted."""
_CLOCK = 10
"""Columns that the seconds of a line take, with the gap before them."""
_BAR = 20
"""Columns of the bar."""
_PER_SECOND = 2


class LiveDisplay:
    """The last lines of a terminal, taken away at the end; the clocks in them go on by themselves."""

    def __init__(self, out: TextIO, width: int) -> None:
        from rich.console import Console  # late: only a terminal needs it
        from rich.progress import Progress, TextColumn, TimeElapsedColumn
        from rich.table import Column

        text = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True))
        self._width = width
        self._bars = Progress(
            text,
            TimeElapsedColumn(),
            _steps_bar(),
            console=Console(file=out, width=width, force_terminal=True, legacy_windows=False),
            refresh_per_second=_PER_SECOND,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._whole = self._bars.add_task("")
        self._calls: dict[tuple[str, str], TaskID] = {}
        self._more: TaskID | None = None
        self._bars.start()

    def show(self, parts: Sequence[str], calls: Mapping[str, str], done: int, steps: int) -> None:
        """Bring the lines up to date. `calls`: what is in flight, by step."""
        self._bars.update(self._whole, description=self._fitted(parts), completed=done, total=steps or None)
        for call in [call for call in self._calls if call not in calls.items()]:
            self._bars.remove_task(self._calls.pop(call))
        for step, said in calls.items():
            if (step, said) not in self._calls and len(self._calls) < MOST_CALLS:
                line = self._fitted(f"{said} {step}".split(), " ")
                self._calls[step, said] = self._bars.add_task(line, total=None)
        self._count_others(len(calls) - len(self._calls))

    def tell(self, text: str) -> None:
        """A line above the display that stays."""
        from rich.text import Text

        self._bars.console.print(Text.from_ansi(text), soft_wrap=True)

    def end(self) -> None:
        """Take the display away."""
        self._bars.stop()

    def _count_others(self, others: int) -> None:
        if self._more is not None:
            self._bars.remove_task(self._more)
            self._more = None
        if others > 0:
            self._more = self._bars.add_task(f"and {others} more", total=None)

    def _fitted(self, parts: Sequence[str], between: str = "  ") -> str:
        """As many of the parts as the line holds, whole ones."""
        room = self._width - _CLOCK - _BAR
        line = ""
        for part in parts:
            longer = f"{line}{between}{part}" if line else part
            if len(longer) > room:
                break
            line = longer
        return line


def _steps_bar() -> ProgressColumn:
    """A bar of the steps, where they are counted; a call has none."""
    from rich.progress import BarColumn, ProgressColumn, Task

    bar = BarColumn(bar_width=_BAR - 2)

    class StepsBar(ProgressColumn):
        """The bar of a line with a known end."""

        def render(self, task: Task) -> RenderableType:
            return "" if task.total is None else bar.render(task)

    return StepsBar()
