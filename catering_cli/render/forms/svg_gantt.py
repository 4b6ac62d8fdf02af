"""The Gantt chart of the book: where each bar lies, in the units of its SVG. One bar a task, no more, no less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from catering_cli.render.clock import calendar_day, clock_time, stamp
from catering_cli.render.days import Day, Lane, Lanes, Placed, days_of, hours_between, in_order
from catering_cli.render.sections.timeline import PASSIVE
from catering_cli.render.stations import UNASSIGNED, station
from catering_cli.render.wording import around, batch_text, crew_text, dish_names, plain_name

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
LEAST_WORDS = 3
"""Letters of a task below which a bar carries the dish's number alone."""
TICK_WIDTH = 52
COLOURS = 8
"""Colours of dishes, in turn; CSS classes c0 ... c7."""

EQUIPMENT, PEOPLE = range(2)
"""Lanes in the order in which they are drawn."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A task on the chart. `main` ones are counted; others show what else it occupies, or yesterday's rest of it."""

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
    bars: tuple[ChartBar, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a moment lies across the chart; minutes that pass, also on the day on which clocks change."""

    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        inside = min(max(moment, self.start), self.end)
        return LEFT + (inside - self.start) / (self.end - self.start) * (WIDTH - LEFT)


def svg_charts(plan: CateringPlan) -> Iterator[Chart]:
    """A chart for each day on which work begins; a day with many lanes has several."""
    for day in days_of(plan):
        lanes = list(_lanes(day).named())
        pages = [lanes[at : at + MOST_LANES] for at in range(0, len(lanes), MOST_LANES)]
        for number, page in enumerate(pages, 1):
            part = f", {number} of {len(pages)}" if len(pages) > 1 else ""
            yield _chart(plan, day, page, f"{calendar_day(day.date)}{part}")


def _lanes(day: Day) -> Lanes:
    """A lane for each unit of equipment; what needs none lies with its role or station."""
    lanes = Lanes()
    for block in in_order(day.blocks):
        units: list[str] = []
        for use in block.equipment:
            units += [plain_name(use.name)] * use.count
        group = EQUIPMENT if units else PEOPLE
        begun = block.start >= day.morning
        for number, name in enumerate(units or [_worker(block)]):
            lanes.put(group, name, Placed(block, block.end, main=begun and number == 0))
    return lanes


def _worker(block: Block) -> str:
    """Who does a task that needs no equipment: a station, or the role of its crew."""
    place = station(block)
    if place != UNASSIGNED:
        return place
    return block.crew[0].role if block.crew else PASSIVE


def _chart(
    plan: CateringPlan,
    day: Day,
    lanes: list[tuple[str, Lane]],
    title: str,
) -> Chart:
    scale = _Scale(day.start.astimezone(UTC), day.end.astimezone(UTC))
    draw = _Pen(plan, scale)
    names: list[tuple[float, str]] = []
    bars: list[ChartBar] = []
    for row, (name, lane) in enumerate(lanes):
        names.append((TOP + row * ROW + ROW / 2, _cut(name, NAME_LETTERS)))
        bars += [draw.bar(placed, row) for placed in lane]
    height = TOP + len(lanes) * ROW + 4
    return Chart(title, height, tuple(names), tuple(_ticks(scale, plan)), tuple(bars))


class _Pen:
    """Draws the bars of one plan on one scale."""

    def __init__(self, plan: CateringPlan, scale: _Scale) -> None:
        self.order = plan.order
        self.scale = scale
        self.names = dish_names(plan)
        self.colours = {dish.id: f"c{index % COLOURS}" for index, dish in enumerate(plan.menu)}

    def bar(self, placed: Placed, row: int) -> ChartBar:
        block = placed.block
        left = self.scale.x(block.start)
        right = self.scale.x(block.end)
        width = max(right - left - 1, 2)
        return ChartBar(
            x=round(left, 1),
            y=TOP + row * ROW + 1.5,
            width=round(width, 1),
            height=ROW - 3,
            text=self.text(block, width) if placed.main else "",
            title=self.title(block),
            block=block.id,
            colour=self.colours.get(block.dish, "other"),
            main=placed.main,
        )

    def title(self, block: Block) -> str:
        """When, what and who: what a pointer over the bar shows."""
        crew = around("; ", crew_text(block.crew))
        times = f"{stamp(block.start, self.order)} to {clock_time(block.end, self.order)}"
        return f"{times}: {block.label}{batch_text(block)}{crew}"

    def text(self, block: Block, width: float) -> str:
        """What fits into the bar: the dish's number and as much of the task as there is room for."""
        if width < SHORTEST:
            return ""
        room = int((width - 6) / LETTER)
        if block.dish not in self.names:
            return _cut(block.label, room)
        task = block.label.removeprefix(f"{self.names[block.dish]}: ")
        whole = f"{block.dish} {task}"
        cut = _cut(whole, room)
        says_task = cut == whole or len(cut) > len(block.dish) + LEAST_WORDS
        if says_task:
            return cut
        return _cut(block.dish, room)


def _cut(text: str, letters: int) -> str:
    """`text` in at most that many letters; wide characters count as two."""
    used = 0
    kept = ""
    for sign in text:
        used += 2 if east_asian_width(sign) in "WF" else 1
        if used > letters:
            return f"{kept[:-1].rstrip()}…" if kept else ""
        kept += sign
    return kept


def _ticks(scale: _Scale, plan: CateringPlan) -> Iterator[tuple[float, str]]:
    hours = (scale.end - scale.start) / timedelta(hours=1)
    every = timedelta(hours=hours_between(hours, WIDTH - LEFT, TICK_WIDTH))
    moment = scale.start
    while moment < scale.end:
        x = scale.x(moment)
        if x + TICK_WIDTH / 2 <= WIDTH:
            yield round(x, 1), clock_time(moment, plan.order)
        moment += every
