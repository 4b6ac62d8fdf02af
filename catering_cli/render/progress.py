"""Progress of a run on standard error: one living line on a terminal, one line a step in a pipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from catering_cli.domain.names import KITCHEN

if TYPE_CHECKING:
    from catering_cli.domain.execution import Event


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
        elif event.event == "plan" and self.score:  # proven before anybody is asked: what the run starts from
            self._line(f"{event.t:7.1f} s  {event.state}, score {self.score}; now the models are asked")
        elif event.event == "round":
            self._line(f"{event.t:7.1f} s  round {event.state}")

    def end(self) -> None:
        """Take the living line away and say what was spent, if anybody was asked."""
        self._wipe()
        if self.asked_models:
            least = "at least " if self.untold else ""
            self.out.write(f"{self.done} steps done, {least}${self.spent:.4f} spent on models.\n")
        self.out.flush()

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
        if not self.live:
            return
        now = ", ".join(list(self.running.values())[:3])
        line = f"{event.t:6.1f} s  {self.done} steps done  ${self.spent:.4f}  {now}"
        self.out.write(f"\r\x1b[2K{line[: self.width - 1]}")
        self.out.flush()

    def _line(self, text: str) -> None:
        self._wipe()
        self.out.write(f"{text}\n")
        self.out.flush()

    def _wipe(self) -> None:
        if self.live:
            self.out.write("\r\x1b[2K")


def _ledger(event: Event) -> str:
    """One line of the ledger: when, task, step, tier, model, how it was left, seconds, cost."""
    who = event.tier if event.tier == event.model or not event.model else f"{event.tier} {event.model}"
    cost = "" if event.usd is None or not event.usd else f"  ${event.usd:.4f}"
    return f"{event.t:7.1f} s  {event.task:<24} {event.step:<16} {who}: {event.state}, {event.seconds:.1f} s{cost}"
