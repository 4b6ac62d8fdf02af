"""The Gantt chart of the book: where each bar lies, in the units of its SVG. One bar a task, no more, no less."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from catering_cli.render.clock import calendar_day, clock_time, stamp
from catering_cli.render.days import Day, Lane, Lanes, Placed, days_of, hours_between, in_order
from catering_cli.render.papers.people import Person, people
from catering_cli.render.sections.timeline import PASSIVE
from catering_cli.render.wording import around, batch_text, crew_text, dish_names, plain_name

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.timeline import Block

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

EQUIPMENT, PASSIVE_TIME = range(2)
"""Lanes in the order in which they are drawn; those of people come after them."""

Work = list[tuple[datetime, datetime, "Block"]]
"""What a person does, and from when to when."""


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
    called = people(plan)
    for day in days_of(plan):
        lanes = [*_lanes(day).named(), *_people(called, day)]
        pages = [lanes[at : at + MOST_LANES] for at in range(0, len(lanes), MOST_LANES)]
        for number, page in enumerate(pages, 1):
            part = f", {number} of {len(pages)}" if len(pages) > 1 else ""
            yield _chart(plan, day, page, f"{calendar_day(day.date)}{part}")


def _lanes(day: Day) -> Lanes:
    """A lane for each unit of equipment; what needs neither equipment nor people is passive time."""
    lanes = Lanes()
    for block in in_order(day.blocks):
        units: list[str] = []
        for use in block.equipment:
            units += [plain_name(use.name)] * use.count
        group = EQUIPMENT if units else PASSIVE_TIME
        begun = block.start >= day.morning
        alone = [] if block.crew else [PASSIVE]
        for number, name in enumerate(units or alone):
            lanes.put(group, name, Placed(block, block.end, main=begun and number == 0))
    return lanes


def _people(called: Sequence[Person], day: Day) -> Iterator[tuple[str, Lane]]:
    """A lane for each person of the call sheet who works that day; those who do the same all day share one."""
    there = {block.id for block in day.blocks}
    shown: set[str] = set()
    for role, numbers, work in _alike(called, there):
        lane = []
        for _, end, block in work:
            first = not block.equipment and block.id not in shown
            shown.add(block.id)
            lane.append(Placed(block, end, main=first and block.start >= day.morning))
        yield f"{role} {_spelled(numbers)}", lane


def _alike(called: Sequence[Person], there: Collection[str]) -> list[tuple[str, list[int], Work]]:
    """People by role and by what they do of the tasks that are there, in the order of the call sheet."""
    found: dict[tuple[str, tuple[str, ...]], tuple[str, list[int], Work]] = {}
    for person in called:
        work = sorted((one for one in person.work if one[2].id in there), key=_by_start)
        if work:
            alike = (person.role, tuple(block.id for _, _, block in work))
            found.setdefault(alike, (person.role, [], work))[1].append(person.number)
    return list(found.values())


def _by_start(worked: tuple[datetime, datetime, Block]) -> tuple[datetime, str]:
    return worked[0], worked[2].id


def _spelled(numbers: list[int]) -> str:
    """Numbers of people: 3; 1-9; 1, 4."""
    in_a_row = numbers == list(range(numbers[0], numbers[-1] + 1))
    if len(numbers) > 1 and in_a_row:
        return f"{numbers[0]}-{numbers[-1]}"
    return ", ".join(map(str, numbers))


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
        right = self.scale.x(placed.end)
        width = max(right - left - 1, 2)
        return ChartBar(
            x=round(left, 1),
            y=TOP + row * ROW + 1.5,
            width=round(width, 1),
            height=ROW - 3,
            text=self.text(block, width) if placed.main else self.dish(block, width),
            title=self.title(block),
            block=block.id,
            colour=self.colours.get(block.dish, "other"),
            main=placed.main,
        )

    def dish(self, block: Block, width: float) -> str:
        """The dish's number if it fits: what is also in use, or who also works, belongs to it."""
        return block.dish if width >= SHORTEST else ""

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
