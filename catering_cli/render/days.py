"""The days of a timeline and the lanes of a day's chart: what both Gantt charts draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from catering_cli.render.clock import event_day, event_zone

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.timeline import Block

HOURS = (1, 2, 3, 4, 6, 12)
"""Hours that may lie between two times on an axis."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which work begins, from the full hour of its first task to its last end or midnight."""

    date: date
    morning: datetime
    start: datetime
    end: datetime
    blocks: tuple[Block, ...]
    """what goes on from the day before, then what begins on this day"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A task on a lane, which it occupies until `end`; `main` on the one lane that shows it in full."""

    block: Block
    end: datetime
    main: bool = True


Lane = list[Placed]


class Lanes:
    """A lane for each unit of a resource: a task goes on the first that is free, as it would in the kitchen."""

    def __init__(self) -> None:
        self._lanes: defaultdict[tuple[int, str], list[Lane]] = defaultdict(list)

    def put(self, group: int, name: str, placed: Placed) -> None:
        """Put a task on a lane of the resource `name`; lower groups are drawn first."""
        lanes = self._lanes[(group, name)]
        for lane in lanes:
            if lane[-1].end <= placed.block.start:
                lane.append(placed)
                return
        lanes.append([placed])

    def named(self) -> Iterator[tuple[str, Lane]]:
        """Each lane with its name, numbered if the resource has several."""
        for (_, name), lanes in sorted(self._lanes.items()):
            for number, lane in enumerate(lanes, 1):
                yield (f"{name} {number}" if len(lanes) > 1 else name), lane


def in_order(blocks: tuple[Block, ...]) -> list[Block]:
    """Tasks in the order in which they begin."""
    return sorted(blocks, key=lambda block: (block.start, block.id))


def days_of(plan: CateringPlan) -> Iterator[Day]:
    """Each day on which work begins, in order."""
    for day in sorted({event_day(block.start, plan.order) for block in plan.timeline.blocks}):
        yield _day(plan, day)


def hours_between(hours: float, room: float, least: float) -> int:
    """Hours from one time on an axis to the next, so that each has at least `least` of `room` for `hours`."""
    return next((step for step in HOURS if room / hours * step >= least), HOURS[-1])


def _day(plan: CateringPlan, day: date) -> Day:
    here = event_zone(plan.order)
    morning = datetime(day.year, day.month, day.day, tzinfo=here)
    midnight = datetime.combine(day + timedelta(days=1), morning.timetz())
    begun = [block for block in plan.timeline.blocks if morning <= block.start < midnight]
    first = min(block.start for block in begun).astimezone(here)
    start = first.replace(minute=0, second=0, microsecond=0)
    last = min(max(block.end for block in begun), midnight)
    end = max(last, start + timedelta(hours=1)).astimezone(here)
    begun_before = [block for block in plan.timeline.blocks if block.start < morning]
    going_on = [block for block in begun_before if block.end > start]
    return Day(day, morning, start, end, (*going_on, *begun))
