"""When and where temperatures are read: after a step, while food waits, on the road, while it is held for guests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from catering_cli.data.tables import figure
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.safety import ReadingTime
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.menu.services import Meal

_SAME_READING: Final = timedelta(minutes=20)
"""Two readings closer than this are one; [K]."""
MOST: Final = 48
"""Readings of one row; a longer hold is another day's log. The first of each batch is never left out."""


def every() -> timedelta:
    """How often food that is held is read: two hours leave time to mend it before four are over; [K]."""
    return timedelta(minutes=figure("work", "hold_reading"))


def next_uses(timeline: Timeline) -> dict[str, datetime]:
    """For each block when the last of those begins that take food from it for another step."""
    found: dict[str, datetime] = {}
    for block in timeline.blocks:
        for wait in block.after if block.dish else ():
            found[wait.block] = max(found.get(wait.block, block.start), block.start)
    return found


class Presence(NamedTuple):
    """When people are at work: food that is left alone overnight is read by who comes in first."""

    spans: tuple[tuple[datetime, datetime], ...]

    @classmethod
    def of(cls, timeline: Timeline) -> Presence:
        """From the work of the timeline; a gap that is no longer than a least call empties no kitchen."""
        call = timedelta(minutes=figure("work", "shift_call"))
        spans: list[tuple[datetime, datetime]] = []
        for block in sorted(timeline.blocks, key=lambda one: one.start):
            minutes = max((crew.minutes for crew in block.crew), default=0)
            end = block.start + timedelta(minutes=minutes)
            if not minutes:
                continue
            if spans and block.start <= spans[-1][1] + call:
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            else:
                spans.append((block.start, end))
        return cls(tuple(spans))

    def read(self, at: datetime, until: datetime) -> datetime:
        """The first moment from `at` on that someone is there; `at` itself if none is before `until`."""
        found = next((max(start, at) for start, end in self.spans if end >= at), at)
        return found if found <= until else at


def waits(
    blocks: Sequence[Block],
    handled: Handling,
    used: Mapping[str, datetime],
    there: Presence,
    *,
    always: bool = False,
) -> tuple[ReadingTime, ...]:
    """Readings of food that waits for another step longer than it may without a place; of hot food `always`.

    What is kept cold is read by who comes in next; hot food is read every two hours in any case.
    """
    short = timedelta(minutes=-1 if always and handled.waits == "hot" else figure("work", "unstated_wait"))
    begins: list[ReadingTime] = []
    further: list[ReadingTime] = []
    for block in blocks:
        until = used.get(block.id)
        if handled.waits is None or until is None or until - block.end <= short:
            continue
        ends = until if handled.waits == "hot" else block.end
        due = list(_grid(block.end, ends))
        moments = due if handled.waits == "hot" else [there.read(at, until) for at in due]
        first, *others = (ReadingTime(at=at, place=block.place, block=block.id) for at in moments)
        begins.append(first)
        further += others
    further.sort(key=lambda one: (one.at, one.block))
    found = (*begins, *further[: max(MOST - len(begins), 0)])
    return tuple(sorted(found, key=lambda one: (one.at, one.block)))


def _grid(start: datetime, until: datetime) -> Iterator[datetime]:
    """From a moment on every two hours, as long as it lasts."""
    at = start
    while at <= until:
        yield at
        at += every()


def dated(blocks: Sequence[Block], handled: Handling, timeline: Timeline, there: Presence) -> tuple[ReadingTime, ...]:
    """The date mark of what is ready to eat and stays in the fridge until another day (3-501.17)."""
    service = timeline.service_at
    if handled.waits != "fridge" or handled.state not in ("ready", "cooked") or service is None:
        return ()
    kept = [block for block in blocks if block.end.date() < service.date()]
    return tuple(ReadingTime(at=there.read(block.end, service), place=block.place, block=block.id) for block in kept)


def trips(dish: Dish, timeline: Timeline) -> tuple[ReadingTime, ...]:
    """Leaving the base and arriving at its guests, of each packing of a dish."""
    found: set[tuple[datetime, str]] = set()
    for first, last in rides_of(dish, timeline):
        found |= {(first.start, first.id), (last.end, last.id)}
    return tuple(ReadingTime(at=at, place=name, block=name) for at, name in sorted(found))


def rides_of(dish: Dish, timeline: Timeline) -> list[tuple[Block, Block]]:
    """The drives that carry a dish: for each packing the one that it leaves with, and the one that brings it.

    A van that has several drops drives on from one to the next: a packing arrives with the drive of its own name.
    """
    own = {block.id for block in timeline.blocks if block.dish == dish.id}
    blocks = {block.id: block for block in timeline.blocks}
    found: list[tuple[Block, Block]] = []
    for pack in _after(timeline, "pack", own):
        loads = {block.id for block in _after(timeline, "load", {pack.id})}
        leaving = _after(timeline, "drive", loads)
        found += [(first, blocks.get(pack.id.replace(".pack", ".drive", 1), first)) for first in leaving]
    return found


def _after(timeline: Timeline, kind: str, works: AbstractSet[str]) -> list[Block]:
    """The blocks of a kind that wait for any of these."""
    return [block for block in timeline.blocks if block.kind == kind and any(one.block in works for one in block.after)]


def held(
    done: Sequence[Block], meals: Sequence[Meal], timeline: Timeline, there: Presence, *, hot: bool
) -> tuple[ReadingTime, ...]:
    """From the last work on a dish to the end of each service, where the food then is."""
    found: list[ReadingTime] = []
    for meal in meals:
        mine = [block for block in done if block.end <= meal.ends] or list(done)
        ready = max((block.end for block in mine), default=None)
        found += _of_meal(ready, meal, mine, _left(done, timeline), there, hot=hot)
    unique = {(one.at, one.place): one for one in sorted(found, key=lambda one: (one.at, one.place, one.block))}
    return tuple(unique.values())[:MOST]


def _left(done: Sequence[Block], timeline: Timeline) -> datetime | None:
    """When a dish leaves the base for the first time."""
    packs = {block.id for block in _after(timeline, "pack", {block.id for block in done})}
    loads = {block.id for block in _after(timeline, "load", packs)}
    return min((block.start for block in _after(timeline, "drive", loads)), default=None)


def _of_meal(
    ready: datetime | None, meal: Meal, done: Sequence[Block], left: datetime | None, there: Presence, *, hot: bool
) -> list[ReadingTime]:
    last = max(done, key=lambda block: (block.end, block.id), default=None)
    name = last.id if last else ""
    times: list[datetime] = []
    if ready is not None:
        begins = ready if hot or meal.begins - ready <= 3 * every() else meal.begins - every()
        before = [ready, *(at for at in _grid(begins, meal.begins) if meal.begins - at > _SAME_READING)]
        times = before if hot else [there.read(at, meal.begins) for at in before]
    served_from = max(meal.begins, ready or meal.begins)
    serving = [at for at in _grid(served_from, meal.ends) if at < meal.ends]
    base = last.place if last else meal.place
    return [
        ReadingTime(at=at, place=base if at < (left or meal.begins) else meal.place, block=name)
        for at in sorted({*times, *serving})
    ]
