"""Progress of a run on standard error: one living line on a terminal, one line a step in a pipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from catering_cli.domain.names import KITCHEN

if TYPE_CHECKING:
    from catering_cli.domain.execution import Event


_NAMED = 3
"""Steps that the living line names of those that go on."""


@dataclass
class Progress:
    """A listener for events. `live` rewrites one line; `verbose` tells every attempt, the kitchen's too."""

    out: TextIO
    live: bool = False
    verbose: bool = False
    width: int = 100
    done: int = 0
    spent: Decimal = Decimal(0)
    untold: bool = False
    """whether something was spent that no server told, as in a call that was cut"""
    score: str = ""
    asked_models: bool = False
    living: _LivingLine | None = None
    running: dict[str, str] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Take in one event."""
        if event.event == "notice":
            self._line(event.state)
        elif event.event == "attempt":
            self._attempt(event)
        elif event.event == "step":
            self._step(event)
        elif event.event == "check":
            self.score = event.state
        elif event.event == "plan" and self.score:  # proven before any model is asked: what the run starts from
            self._line(f"{event.t:7.1f} s  {event.state}, score {self.score}; now the models are asked")
        elif event.event == "round":
            self._line(f"{event.t:7.1f} s  round {event.state}")

    def end(self) -> None:
        """Take the living line away and say what was spent, if any model was asked."""
        if self.living:
            self.living.end()
            self.living = None
        if self.asked_models:
            least = "at least " if self.untold else ""
            self._line(f"{self.done} steps done, {least}${self.spent:.4f} spent on models.")

    def _attempt(self, event: Event) -> None:
        self.spent += event.usd or 0
        self.untold = self.untold or event.usd is None
        model = event.tier != KITCHEN
        self.asked_models = self.asked_models or model
        if self.verbose or (model and event.state not in ("accepted", "open")):
            self._line(_ledger(event))

    def _step(self, event: Event) -> None:
        if event.state in ("running", "waiting"):
            self.running[event.step] = f"{event.task} {event.step}"
        else:
            self.running.pop(event.step, None)
            self.done += 1
            if not self.live and not self.verbose and event.tier not in ("", KITCHEN):
                self._line(_ledger(event))
        self._show(event)

    def _show(self, event: Event) -> None:
        """Rewrite the living line; the first event begins it."""
        if not self.live:
            return
        if self.living is None:
            self.living = _LivingLine(self.out, self.width)
        now = ", ".join(list(self.running.values())[:_NAMED])
        self.living.show(f"{event.t:6.1f} s  {self.done} steps done  ${self.spent:.4f}  {now}")

    def _line(self, text: str) -> None:
        """A line that stays, above the living one."""
        if self.living:
            self.living.tell(text)
        else:
            self.out.write(f"{text}\n")
            self.out.flush()


class _LivingLine:
    """The last line of a terminal, cut to its width, rewritten with each event and taken away at the end."""

    def __init__(self, out: TextIO, width: int) -> None:
        from rich.console import Console  # late: only a terminal needs it
        from rich.progress import Progress as Bars
        from rich.progress import TextColumn
        from rich.table import Column

        text = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
        console = Console(file=out, width=width, force_terminal=True)
        self.bars = Bars(
            text,
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self.task = self.bars.add_task("")
        self.bars.start()

    def show(self, text: str) -> None:
        """Rewrite the line."""
        self.bars.update(self.task, description=text, refresh=True)

    def tell(self, text: str) -> None:
        """A line above it that stays."""
        self.bars.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def end(self) -> None:
        """Take the line away."""
        self.bars.stop()


def _ledger(event: Event) -> str:
    """One line of the ledger: when, task, step, tier, model, how it was left, seconds, cost."""
    who = event.tier if event.tier == event.model or not event.model else f"{event.tier} {event.model}"
    cost = "" if event.usd is None or not event.usd else f"  ${event.usd:.4f}"
    return f"{event.t:7.1f} s  {event.task:<24} {event.step:<16} {who}: {event.state}, {event.seconds:.1f} s{cost}"
