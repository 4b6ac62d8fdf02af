"""One page for the next six hours: who does what where, what to start with, what arrives, the special meals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from textwrap import shorten
from typing import TYPE_CHECKING

from catering_cli.render.clock import calendar_day, clock_time, event_day, stamp
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.papers.meals import NOT_FOR_COLUMNS, GuestMeal, meals_of
from catering_cli.render.papers.order_guide import bought
from catering_cli.render.sections.event import notes_parts
from catering_cli.render.stations import by_station, task_text
from catering_cli.render.wording import counted, dish_names, service_name

if TYPE_CHECKING:
    from datetime import date

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.timeline import Block

TITLE = "The next six hours"
HOURS = 6
FIRST = 3
"""Tasks to start with."""
MOST_QUESTIONS = 6
GRAVE = ("blocking", "open")
LONGEST = 80
STEP = 40
DISH = 24
"""Characters of a finding and of its fix, of a step, and of a dish's name on this page."""
NO_VENDOR = "no supplier named"

FIRST_COLUMNS = (
    Column("At"),
    Column("Task", wide=True),
    Column("Crew"),
)
DUE_COLUMNS = (
    Column("Day"),
    Column("What"),
    Column("Supplier", wide=True),
    Column("Lines", right=True),
)
OPEN_COLUMNS = (
    Column("Severity"),
    Column("Question", wide=True),
)
STATION_COLUMNS = (
    Column("Time"),
    Column("Task", wide=True),
    Column("Crew"),
)


def today_section(plan: CateringPlan, page: Page) -> Section:
    """The next six hours; the first six of the work if `page.now` lies outside it. Holds no prose of a model."""
    return Section.of("today", TITLE, _parts(plan, page), empty="Nothing to do.")


def _parts(plan: CateringPlan, page: Page) -> Iterator[Part]:
    blocks = plan.timeline.blocks
    if not blocks:
        return
    start = _start(blocks, page.now)
    end = start + timedelta(hours=HOURS)
    services = ", ".join(_services(plan)) or f"Service, {stamp(plan.order.event.service_at, plan.order)}"
    yield Paragraph(f"From {stamp(start, plan.order)} to {stamp(end, plan.order)}; {services}.", "strong")
    yield _start_with(plan, [block for block in blocks if block.start >= start])
    yield from _due(plan, start)
    yield from _special_meals(plan)
    yield from notes_parts(plan)
    yield from _open(plan, page)
    not_over = [block for block in blocks if block.end > start]
    yield from _station_tables(plan, [block for block in not_over if block.start < end], start)


def _start(blocks: tuple[Block, ...], now: datetime | None) -> datetime:
    first = blocks[0].start
    last = max(block.end for block in blocks)
    if now is not None and first <= now < last:
        return now
    return first


def _services(plan: CateringPlan) -> Iterator[str]:
    for service in plan.service:
        yield f"{service_name(service)}, {stamp(service.at, plan.order)}"


def _start_with(plan: CateringPlan, blocks: list[Block]) -> Table:
    rows = tuple(_first_row(same[0], plan) for same in _steps(blocks)[:FIRST])
    return Table(FIRST_COLUMNS, rows, title="Start with", fold=FIRST)


def _first_row(block: Block, plan: CateringPlan) -> Row:
    dish = dish_names(plan).get(block.dish)
    said = f"{dish}: {task_text(block, plan)}" if dish else block.label
    return stamp(block.start, plan.order), said, _most_crew([block])


def _most_crew(blocks: Iterable[Block]) -> str:
    """The most people of each role that one of the tasks needs."""
    most: dict[str, int] = {}
    for block in blocks:
        for crew in block.crew:
            most[crew.role] = max(most.get(crew.role, 0), crew.count)
    return ", ".join(counted(count, role) for role, count in most.items())


def _due(plan: CateringPlan, start: datetime) -> Iterator[Part]:
    """What vendors bring and what is ordered, today and tomorrow."""
    today = event_day(start, plan.order)
    due = Counter(_deadlines(plan))
    near = [key for key in sorted(due) if today <= key[0] <= today + timedelta(days=1)]
    rows: list[Row] = []
    for key in near:
        day, what, supplier = key
        rows.append((calendar_day(day), what, supplier, str(due[key])))
    if rows:
        yield Table(DUE_COLUMNS, tuple(rows), title="Deliveries and orders due", fold=12)
    else:
        yield Paragraph("No delivery and no order is due today or tomorrow.", "dim")


def _deadlines(plan: CateringPlan) -> Iterator[tuple[date, str, str]]:
    """For each line that is ordered: the day of the order, and the day of the delivery."""
    for line in bought(plan):
        if line.order_by is None:
            continue
        supplier = line.supplier or NO_VENDOR
        lead = _lead_days(plan, (line.item, *line.names))
        yield line.order_by, "order", supplier
        yield line.order_by + timedelta(days=lead), "delivery", supplier


def _lead_days(plan: CateringPlan, names: tuple[str, ...]) -> int:
    return next((offer.lead_days for offer in plan.order.supply if {offer.item, offer.food} & set(names)), 0)


def _special_meals(plan: CateringPlan) -> Iterator[Part]:
    """Guests with needs, and what is not for them; what they are served stands on their cards."""
    meals = meals_of(plan)
    if meals:
        yield Table(NOT_FOR_COLUMNS, tuple(map(_meal_row, meals)), title="Special meals", fold=20)


def _meal_row(meal: GuestMeal) -> Row:
    said = [meal.not_for] if meal.never else []
    if meal.first:
        said.append("labels first, see plates")
    return f"{meal.count:,}", meal.who, "; ".join(said) or "-"


def _open(plan: CateringPlan, page: Page) -> Iterator[Part]:
    """What is to be settled, gravest first, each in a line."""
    grave = [item for item in plan.findings if item.severity in GRAVE]
    grave.sort(key=lambda item: GRAVE.index(item.severity))
    if not grave:
        yield Paragraph("No open items.", "good")
        return
    rows: list[Row] = []
    for item in grave[:MOST_QUESTIONS]:
        message, fix = (shorten(said, LONGEST, placeholder=" …") for said in (item.message, item.fix))
        rows.append((item.severity, f"{message} {fix}"))
    yield Table(OPEN_COLUMNS, tuple(rows), title="Open items", fold=MOST_QUESTIONS)
    if len(grave) > MOST_QUESTIONS:
        yield Paragraph(f"And {len(grave) - MOST_QUESTIONS} more: {page.command} --section findings", "dim")


def _station_tables(plan: CateringPlan, blocks: list[Block], start: datetime) -> Iterator[Part]:
    """One table a station; the batches of one step are one line."""
    for name, there in by_station(blocks).items():
        rows = tuple(_station_row(same, plan, start) for same in _steps(there))
        yield Table(STATION_COLUMNS, rows, title=f"{name} ({counted(len(there), 'task')})", fold=len(rows))


def _steps(blocks: Iterable[Block]) -> list[list[Block]]:
    """Tasks with the batches of one step together; work that is no step of a recipe stands alone."""
    steps: defaultdict[tuple[str, int | None, str], list[Block]] = defaultdict(list)
    for block in blocks:
        alone = "" if block.step else block.id
        steps[(block.dish, block.step, alone)].append(block)
    return list(steps.values())


def _station_row(same: list[Block], plan: CateringPlan, start: datetime) -> Row:
    begins = min(block.start for block in same)
    ends = max(block.end for block in same)
    going_on = "on " if begins < start else ""
    time = f"{going_on}{clock_time(begins, plan.order)}-{clock_time(ends, plan.order)}"
    return time, _short_task(same, plan), _most_crew(same)


def _short_task(same: list[Block], plan: CateringPlan) -> str:
    """Dish and step of these batches, cut to a line of the page."""
    block = same[0]
    dish = dish_names(plan).get(block.dish)
    if dish is None:
        return block.label
    said = shorten(task_text(block, plan), STEP, placeholder=" …")
    times = f" x{len(same)}" if len(same) > 1 else ""
    return f"{block.dish} {shorten(dish, DISH, placeholder='…')}: {said}{times}"
