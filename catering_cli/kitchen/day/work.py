"""The kitchen's work: what a piece of work is to a cook, and the job of integers that is scheduled for it."""

from __future__ import annotations

from dataclasses import dataclass

from catering_cli.scheduling.problem import Job, Lag, Need

HOT_KINDS = ("cook", "reheat", "finish")
"""Work whose result is hot."""
HOT = 240
"""Longest wait in minutes that is one of hot food; what may wait for longer is kept cold. [K]"""


@dataclass(frozen=True, slots=True)
class After:
    """The work starts when `work` has ended, and not later than its result may wait."""

    work: str
    hold: int | None = None
    """longest wait in minutes that the recipe allows"""
    keeps: int | None = None
    """shelf life of the result in minutes"""
    kind: str = ""
    """what kind of work it waits for, if its result may not wait for ever"""
    fresh: int | None = None
    """longest wait that is wished for: guests then eat all of it while it keeps; below 0 if they cannot"""

    @property
    def limit(self) -> int | None:
        """The shorter of both, or None."""
        limits = [minutes for minutes in (self.hold, self.keeps) if minutes is not None]
        return min(limits, default=None)

    @property
    def is_hot(self) -> bool:
        """Whether hot food waits, which should not be for long."""
        return self.kind in HOT_KINDS and self.limit is not None and self.limit <= HOT

    def lag(self) -> Lag:
        """The wait as the solver sees it."""
        return Lag(self.work, self.limit, self.is_hot)


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work of one batch, or of the event."""

    id: str
    kind: str
    label: str
    minutes: int
    place: str
    needs: tuple[Need, ...] = ()
    after: tuple[After, ...] = ()
    attended: int | None = None
    """minutes from the start in which the place must be open; 0: it starts then and goes on behind a closed door
    (chilling, resting); None: at any time"""
    earliest: int | None = None
    latest: int | None = None
    """bounds of the start; equal for what is fixed to the clock"""
    dish: str = ""
    step: int | None = None
    batch: int = 1
    of: int = 1
    portions: int = 0
    temperature: str = ""
    storage: str | None = None
    food_class: str | None = None
    shelf_life_hours: int | None = None
    make_ahead_hours: int | None = None
    by: str = "kitchen"
    is_cooled: bool = False
    """whether cooked food is cooled, and its temperature read as it ends"""
    best: int | None = None
    """latest start that is wished for"""
    parts: tuple[str, ...] = ()
    """ids of what is done of the same load before it, in order: a long step that people come back to"""
    part_of: str = ""
    """id of the last part, if it is one of several"""
    is_visit: bool = False
    """whether it begins with people who come back"""

    def job(self) -> Job:
        """What is scheduled: integers, with the dish as the group that belongs together."""
        return Job(
            id=self.id,
            minutes=self.minutes,
            place=self.place,
            needs=self.needs,
            after=tuple(after.lag() for after in self.after),
            attended=self.attended,
            earliest=self.earliest,
            latest=self.latest,
            group=self.dish,
            keeps=60 * max(self.make_ahead_hours or 0, self.shelf_life_hours or 0),
        )
