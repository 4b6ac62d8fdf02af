"""Progress of a run on standard error: a living display on a terminal, one line a step in a pipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from catering_cli.domain.names import KITCHEN
from catering_cli.render.wording import counted, wrapped

if TYPE_CHECKING:
    from catering_cli.domain.execution import Event
    from catering_cli.render.live_display import LiveDisplay

_GOOD = ("accepted", "open")


@dataclass
class Progress:
    """A listener for events. `live` keeps a display up to date; `verbose` tells every attempt, the kitchen's too."""

    out: TextIO
    live: bool = False
    verbose: bool = False
    width: int = 100
    steps: int = 0
    """how many there are, as soon as the work is planned"""
    done: int = 0
    spent: Decimal = Decimal(0)
    journalled: int = 0
    untold: bool = False
    """whether something was spent that no server told, as in a call that was cut"""
    score: str = ""
    asked_models: bool = False
    display: LiveDisplay | None = None
    calls: dict[str, str] = field(default_factory=dict)
    """what is in flight: step -> tier, model and task"""

    def __call__(self, event: Event) -> None:
        """Take in one event."""
        handle = {
            "notice": self._notice,
            "work": self._work,
            "call": self._call,
            "attempt": self._attempt,
            "step": self._step,
            "check": self._check,
            "plan": self._plan,
            "round": self._round,
        }.get(event.event)
        if handle:
            handle(event)

    def show(self, text: str) -> None:
        """A text of several lines that stays, above the display. It is set for the terminal, colours included."""
        for line in text.splitlines():
            self._told(line)

    def end(self) -> None:
        """Take the display away and say what was spent, if any model was asked."""
        if self.display:
            self.display.end()
            self.display = None
        if self.asked_models:
            least = "at least " if self.untold else ""
            kept = f" {counted(self.journalled, 'answer')} came from the journal." if self.journalled else ""
            self._line(f"{self.done} steps done, {least}${self.spent:.4f} spent on models.{kept}")

    def _notice(self, event: Event) -> None:
        self._line(event.state)

    def _work(self, event: Event) -> None:
        self.steps = event.steps or 0
        self._refresh()

    def _check(self, event: Event) -> None:
        self.score = event.state

    def _plan(self, event: Event) -> None:
        if self.score:  # proven before any model is asked: what the run starts from
            self._line(f"{event.t:7.1f} s  {event.state}, score {self.score}; now the models are asked")

    def _round(self, event: Event) -> None:
        self._line(f"{event.t:7.1f} s  round {event.state}")

    def _call(self, event: Event) -> None:
        self.calls[event.step] = " ".join(part for part in (event.tier, event.model, event.task) if part)
        self._refresh()

    def _attempt(self, event: Event) -> None:
        self.spent += event.usd or 0
        self.untold = self.untold or event.usd is None
        model = event.tier != KITCHEN
        self.asked_models = self.asked_models or model
        self.journalled += bool(event.journalled and event.state in _GOOD)
        if self.verbose or (model and event.state not in _GOOD):
            self._line(_ledger(event))
        if self.verbose and event.why:
            self._line(f"{'':9}  {event.why}")

    def _step(self, event: Event) -> None:
        if event.state not in ("running", "waiting"):
            self.calls.pop(event.step, None)
            self.done += 1
            if not self.live and not self.verbose and event.tier not in ("", KITCHEN):
                self._line(_ledger(event))
        self._refresh()

    def _refresh(self) -> None:
        """Bring the display up to date; the first event begins it."""
        if not self.live:
            return
        if self.display is None:
            from catering_cli.render.live_display import LiveDisplay

            self.display = LiveDisplay(self.out, self.width)
        kept = f"{self.journalled} from the journal" if self.journalled else ""
        steps = f"{self.done} of {self.steps} steps" if self.steps else f"{self.done} steps done"
        parts = tuple(part for part in (steps, f"${self.spent:.4f}", kept) if part)
        self.display.show(parts, self.calls, self.done, self.steps)

    def _line(self, text: str) -> None:
        """A line that stays, above the display."""
        self._told(wrapped(text, self.width) if self.live else text)

    def _told(self, text: str) -> None:
        if self.display:
            self.display.tell(text)
        else:
            self.out.write(f"{text}\n")
            self.out.flush()


def _ledger(event: Event) -> str:
    """One line of the ledger: when, task, step, tier, model, how it was left, seconds, cost."""
    who = event.tier if event.tier == event.model or not event.model else f"{event.tier} {event.model}"
    cost = "" if event.usd is None or not event.usd else f"  ${event.usd:.4f}"
    return f"{event.t:7.1f} s  {event.task:<24} {event.step:<16} {who}: {event.state}, {event.seconds:.1f} s{cost}"
