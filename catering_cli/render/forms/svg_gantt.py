"""The Gantt chart of the book: where each bar lies, in the units of its SVG. One bar a block, no more, no less."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from catering_cli.render.sections.stations import HANDS, station
from catering_cli.render.wording import calendar_day, clock, dishes, stamp, zone

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.timeline import Block

WIDTH = 1000
LEFT = 118
"""Where the time begins: before it stand the names of the lanes."""
ROW = 20
TOP = 24
MOST_LANES = 30
"""Lanes on one page across."""
LETTER = 6.4
"""Width of an average letter of a bar's text (10 units high), on the safe side."""
NAME_LETTERS = 18
SHORTEST = 24
"""A bar narrower than this carries no text; its title tells it."""
TICKS = (1, 2, 3, 4, 6, 12)
TICK_WIDTH = 52
COLOURS = 8
"""Colours of dishes, in turn; CSS classes c0 ... c7."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A block on the chart. `main` ones are counted; others show what else it occupies, or yesterday's rest of it."""

    x: float
    y: float
    width: float
    height: float
    text: str
    title: str
    block: str
    colour: str
    main: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A day, or the part of its lanes that fits on a page."""

    title: str
    height: int
    lanes: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        share = (min(max(moment, self.start), self.end) - self.start) / (self.end - self.start)
        return LEFT + share * (WIDTH - LEFT)


def charts(plan: CateringPlan) -> tuple[Chart, ...]:
    """A chart for each day on which work begins."""
    here = zone(plan.order)
    days = sorted({block.start.astimezone(here).date() for block in plan.timeline.blocks})
    return tuple(chart for day in days for chart in _charts(plan, day))


def _charts(plan: CateringPlan, day: date) -> tuple[Chart, ...]:
    """A day in as many charts as its lanes need pages."""
    here = zone(plan.order)
    morning = datetime(day.year, day.month, day.day, tzinfo=here)
    midnight = datetime.combine(day + timedelta(days=1), morning.timetz())
    begun = [block for block in plan.timeline.blocks if morning <= block.start < midnight]
    start = min(block.start for block in begun).astimezone(here).replace(minute=0, second=0, microsecond=0)
    end = max(min(max(block.end for block in begun), midnight), start + timedelta(hours=1))
    going_on = [block for block in plan.timeline.blocks if block.start < morning and block.end > start]
    scale = _Scale(start.astimezone(UTC), end.astimezone(UTC))  # minutes that pass, also where clocks change
    colours = {dish.id: f"c{index % COLOURS}" for index, dish in enumerate(plan.menu)}
    lanes = _lanes([*going_on, *begun])
    pages = [lanes[at : at + MOST_LANES] for at in range(0, len(lanes), MOST_LANES)]
    made = []
    for number, page in enumerate(pages, 1):
        bars = tuple(
            _bar(block, row, scale, plan, colours.get(block.dish, "other"), main=first and block.start >= morning)
            for row, (_, placed) in enumerate(page)
            for block, first in placed
        )
        names = tuple((TOP + index * ROW + ROW / 2, _cut(name, NAME_LETTERS)) for index, (name, _) in enumerate(page))
        part = f", {number} of {len(pages)}" if len(pages) > 1 else ""
        made.append(Chart(f"{calendar_day(day)}{part}", TOP + len(page) * ROW + 4, names, _ticks(scale, plan), bars))
    return tuple(made)


_Placed = list[tuple["Block", bool]]


def _lanes(blocks: list[Block]) -> list[tuple[str, _Placed]]:
    """A lane for each unit of equipment; what needs none lies with its role. True: the lane that shows the block."""
    taken: defaultdict[tuple[int, str], list[_Placed]] = defaultdict(list)
    for block in sorted(blocks, key=lambda block: (block.start, block.id)):
        units = [(0, use.name.replace("_", " ")) for use in block.equipment for _ in range(use.count)]
        if not units:
            role = block.crew[0].role if block.crew else "waiting"
            units = [(1, role if station(block) == HANDS else station(block))]
        used: set[int] = set()
        for number, unit in enumerate(units):
            lane = _free(taken[unit], block, used)
            used.add(id(lane))
            lane.append((block, number == 0))
    found = []
    for (_, name), rows in sorted(taken.items()):
        found += [(f"{name} {index}" if len(rows) > 1 else name, row) for index, row in enumerate(rows, 1)]
    return found


def _free(rows: list[_Placed], block: Block, used: set[int]) -> _Placed:
    """The first lane on which nothing is going on."""
    for row in rows:
        if id(row) not in used and row[-1][0].end <= block.start:
            return row
    rows.append([])
    return rows[-1]


def _bar(block: Block, row: int, scale: _Scale, plan: CateringPlan, colour: str, *, main: bool) -> Bar:
    left, right = scale.x(block.start), scale.x(block.end)
    width = max(right - left - 1, 2)
    crew = ", ".join(f"{crew.count} {crew.role}" for crew in block.crew)
    batch = f" ({block.batch} of {block.of})" if block.of > 1 else ""
    who = f"; {crew}" if crew else ""
    title = f"{stamp(block.start, plan.order)} to {clock(block.end, plan.order)}: {block.label}{batch}{who}"
    return Bar(
        round(left, 1),
        TOP + row * ROW + 1.5,
        round(width, 1),
        ROW - 3,
        _text(block, width, dishes(plan)) if main else "",
        title,
        block.id,
        colour,
        main,
    )


def _text(block: Block, width: float, names: dict[str, str]) -> str:
    """What fits into the bar: the dish's number and as much of the work as there is room for."""
    if width < SHORTEST:
        return ""
    room = int((width - 6) / LETTER)
    known = block.dish in names
    said = block.label.removeprefix(f"{names.get(block.dish, '')}: ") if known else block.label
    whole = f"{block.dish} {said}" if known else said
    cut = _cut(whole, room)
    return cut if not known or len(cut) > len(block.dish) + 3 or cut == whole else _cut(block.dish, room)


def _cut(text: str, letters: int) -> str:
    """`text` in at most that many letters; wide characters count as two."""
    used, kept = 0, ""
    for sign in text:
        used += 2 if east_asian_width(sign) in "WF" else 1
        if used > letters:
            return f"{kept[: max(0, len(kept) - 1)].rstrip()}…" if kept else ""
        kept += sign
    return kept


def _ticks(scale: _Scale, plan: CateringPlan) -> tuple[tuple[float, str], ...]:
    hours = (scale.end - scale.start) / timedelta(hours=1)
    every = next((step for step in TICKS if (WIDTH - LEFT) / hours * step >= TICK_WIDTH), TICKS[-1])
    found = []
    moment = scale.start
    while moment < scale.end:
        x = scale.x(moment)
        if x + TICK_WIDTH / 2 <= WIDTH:
            found.append((round(x, 1), clock(moment, plan.order)))
        moment += timedelta(hours=every)
    return tuple(found)
