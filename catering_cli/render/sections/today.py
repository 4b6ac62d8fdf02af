"""One page for the next six hours: who does what where, what to start with, what arrives, whose plates differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from textwrap import shorten
from typing import TYPE_CHECKING

from catering_cli.render.page import Column, Line, Page, Part, Section, Table
from catering_cli.render.sections.guests import first_for
from catering_cli.render.sections.stations import by_station, work
from catering_cli.render.wording import calendar_day, chosen, clock, counted, dishes, stamp, zone

if TYPE_CHECKING:
    from datetime import date

    from catering_cli.domain.diets import PlanProfile
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.timeline import Block

HOURS = 6
FIRST = 3
"""Actions to start with."""
MOST_QUESTIONS = 6
LONGEST, STEP, DISH = 80, 40, 24
"""Characters of a finding and of its remedy, of a step, and of a dish's name on this page."""


def today(plan: CateringPlan, page: Page) -> Section:
    """The next six hours; where `page.now` lies outside the work, its first six. Holds no prose of a model."""
    blocks = plan.timeline.blocks
    if not blocks:
        return Section("today", "The next six hours", (Line("Nothing to do."),))
    start = _start(plan, page.now)
    end = start + timedelta(hours=HOURS)
    now = [block for block in blocks if block.start < end and block.end > start]
    parts: list[Part] = [
        Line(f"From {stamp(start, plan.order)} to {stamp(end, plan.order)}; service {_service(plan)}.", "strong"),
        _first(plan, [block for block in blocks if block.start >= start]),
        *_due(plan, start),
        *_plates(plan),
        *_open(plan, page),
        *_by_station(plan, now, start),
    ]
    return Section("today", "The next six hours", tuple(parts))


def _start(plan: CateringPlan, now: datetime | None) -> datetime:
    first, last = plan.timeline.blocks[0].start, max(block.end for block in plan.timeline.blocks)
    return now if now is not None and first <= now < last else first


def _service(plan: CateringPlan) -> str:
    return ", ".join(f"{line.id} {stamp(line.at, plan.order)}" for line in plan.service) or stamp(
        plan.order.event.service_at, plan.order
    )


def _first(plan: CateringPlan, blocks: list[Block]) -> Table:
    columns = (Column("At"), Column("Do", wide=True), Column("Who"))
    distinct: dict[tuple[str, int | None, str], Block] = {}
    for block in blocks:
        distinct.setdefault(_step(block), block)
    rows = tuple(
        (stamp(block.start, plan.order), _named(block, plan), _crew([block]))
        for block in list(distinct.values())[:FIRST]
    )
    return Table(columns, rows, title="Start with", fold=FIRST)


def _named(block: Block, plan: CateringPlan) -> str:
    dish = dishes(plan).get(block.dish)
    return f"{dish}: {work(block, plan)}" if dish else block.label


def _crew(blocks: list[Block]) -> str:
    most: dict[str, int] = {}
    for block in blocks:
        for crew in block.crew:
            most[crew.role] = max(most.get(crew.role, 0), crew.count)
    return ", ".join(f"{count} {role}" for role, count in most.items())


def _due(plan: CateringPlan, start: datetime) -> Iterator[Part]:
    """What suppliers bring and what is ordered, by day: nothing older than yesterday, nothing after the window."""
    day = start.astimezone(zone(plan.order)).date()
    columns = (Column("Day"), Column("What"), Column("Supplier", wide=True), Column("Lines", right=True))
    found: defaultdict[tuple[date, str, str], int] = defaultdict(int)
    for line in plan.shopping.lines:
        supplier = line.supplier or "no supplier named"
        if line.order_by is None:
            continue
        found[(line.order_by, "order", supplier)] += 1
        found[(line.order_by + timedelta(days=_lead(plan, (line.item, *line.names))), "delivery", supplier)] += 1
    near = [key for key in sorted(found) if day <= key[0] <= day + timedelta(days=1)]
    rows = tuple((calendar_day(key[0]), key[1], key[2], str(found[key])) for key in near)
    if rows:
        yield Table(columns, rows, title="Deliveries and orders due", fold=12)
    else:
        yield Line("No delivery and no order is due today or tomorrow.", "dim")


def _lead(plan: CateringPlan, names: tuple[str, ...]) -> int:
    return next((offer.lead_days for offer in plan.order.supply if offer.item in names), 0)


def _plates(plan: CateringPlan) -> Iterator[Part]:
    """Guests with needs, and the ids of the dishes that feed them."""
    columns = (Column("Guests", right=True), Column("Needs", wide=True), Column("May eat", wide=True))
    ids = tuple(dish.id for dish in plan.menu)
    rows = tuple(
        (f"{profile.count:,}", _needs(profile.name, profile.needs, profile.severity), _menu(plan, profile, ids))
        for profile in plan.diets.profiles
        if profile.needs
    )
    if rows:
        yield Table(columns, rows, title="Plates that differ", fold=20)


def _menu(plan: CateringPlan, profile: PlanProfile, ids: tuple[str, ...]) -> str:
    first = "; labels first, see plates" if first_for(plan, profile) else ""
    return f"{chosen(profile.may_eat, ids)}{first}"


def _needs(name: str, needs: tuple[str, ...], severity: str) -> str:
    said = ", ".join(needs)
    return f"{said} ({severity})" if name in ("", said) else f"{name}: {said} ({severity})"


def _open(plan: CateringPlan, page: Page) -> Iterator[Part]:
    """What somebody has to settle, gravest first, each in a line."""
    grave = [item for severity in ("blocking", "open") for item in plan.findings if item.severity == severity]
    if not grave:
        yield Line("No open question.", "good")
        return
    columns = (Column("Open", wide=False), Column("Question", wide=True))
    rows = tuple(
        (
            item.severity,
            f"{shorten(item.message, LONGEST, placeholder=' …')} {shorten(item.fix, LONGEST, placeholder=' …')}",
        )
        for item in grave[:MOST_QUESTIONS]
    )
    yield Table(columns, rows, title="To settle", fold=MOST_QUESTIONS)
    if len(grave) > MOST_QUESTIONS:
        yield Line(f"And {len(grave) - MOST_QUESTIONS} more: {page.command} --section findings", "dim")


def _by_station(plan: CateringPlan, blocks: list[Block], start: datetime) -> Iterator[Part]:
    """One table a station; the batches of one step are one line."""
    columns = (Column("Time"), Column("Work", wide=True), Column("Who"))
    for name, there in by_station(blocks).items():
        steps: defaultdict[tuple[str, int | None, str], list[Block]] = defaultdict(list)
        for block in there:
            steps[_step(block)].append(block)
        rows = tuple(_row(same, plan, start) for same in steps.values())
        yield Table(columns, rows, title=f"{name} ({counted(len(there), 'block')})", fold=len(rows))


def _step(block: Block) -> tuple[str, int | None, str]:
    """What the batches of one step have in common; work that is no step of a recipe stands alone."""
    return block.dish, block.step, "" if block.step else block.id


def _row(same: list[Block], plan: CateringPlan, start: datetime) -> tuple[str, ...]:
    begins, ends = min(block.start for block in same), max(block.end for block in same)
    names = dishes(plan)
    dish = f"{same[0].dish} {shorten(names[same[0].dish], DISH, placeholder='…')}: " if same[0].dish in names else ""
    said = shorten(work(same[0], plan), STEP, placeholder=" …")
    going = "on " if begins < start else ""
    times = f" x{len(same)}" if len(same) > 1 else ""
    return (
        f"{going}{clock(begins, plan.order)}-{clock(ends, plan.order)}",
        f"{dish}{said}{times}" if dish else same[0].label,
        _crew(same),
    )
