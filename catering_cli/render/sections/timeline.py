"""The timeline: a Gantt chart by resource for each day, then the blocks one by one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from catering_cli.render.page import Bar, Bars, Column, Line, Page, Part, Section, Table
from catering_cli.render.wording import calendar_day, clock, dishes, span, stamp, zone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.timeline import Block, Replay

KEYS = "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "*"
"""Key of what belongs to no dish: loading, driving, serving."""


def timeline(plan: CateringPlan, page: Page) -> Section:
    """The schedule, backward from service."""
    whole = page.section == "timeline"
    line = plan.timeline
    parts: list[Part] = []
    if line.status == "infeasible":
        parts.append(Line(f"This cannot be done in time: {'; '.join(line.conflict) or 'no reason given'}.", "bad"))
        parts += [Line(f"What makes it work: {repair.text}.") for repair in line.repairs]
    elif line.first_start:
        first = stamp(line.first_start, plan.order)
        parts.append(
            Line(f"{len(line.blocks)} blocks of work; first {first}, {span(line.span_minutes)} before service.")
        )
    if line.replay:
        parts.append(Line(_replayed(line.replay, {dish.id: dish.name for dish in plan.menu})))
    keys = {dish.id: KEYS[index % len(KEYS)] for index, dish in enumerate(plan.menu)}
    for day in _days(line.blocks, plan.order):
        parts += _chart(plan, day, keys, whole=whole)
    if whole:
        parts.append(_blocks(plan))
    return Section("timeline", "Timeline", tuple(parts) or (Line("Nothing to do."),))


def _replayed(replay: Replay, names: Mapping[str, str]) -> str:
    held = f"Played again with delays ({replay.delays}): {replay.held} of {replay.days} days hold"
    if not replay.first:
        return f"{held}."
    return f"{held}; first to fail is {names.get(replay.first, replay.first)}, by {replay.late_minutes} min."


def _days(blocks: tuple[Block, ...], order: Order) -> list[date]:
    return sorted({block.start.astimezone(zone(order)).date() for block in blocks})


def _chart(plan: CateringPlan, day: date, keys: dict[str, str], *, whole: bool) -> list[Part]:
    here = zone(plan.order)
    morning = datetime(day.year, day.month, day.day, tzinfo=here)
    midnight = morning + timedelta(days=1)
    begun = [block for block in plan.timeline.blocks if morning <= block.start < midnight]
    start = min(block.start for block in begun).astimezone(here).replace(minute=0, second=0, microsecond=0)
    going_on = [block for block in plan.timeline.blocks if block.start < morning and block.end > start]
    blocks = [*going_on, *begun]
    lanes = _lanes(blocks, keys, people=whole)
    end = min(max(block.end for block in begun).astimezone(here), midnight)
    names = dishes(plan)
    used = sorted({block.dish for block in blocks if block.dish in keys}, key=lambda dish: KEYS.index(keys[dish]))
    legend = [f"{keys[dish]} {names[dish]}" for dish in used]
    if any(block.dish not in keys for block in blocks):
        legend.append(f"{OTHER} everything else")
    return [Bars(calendar_day(day), start, max(end, start + timedelta(hours=1)), lanes, tuple(legend))]


def _lanes(blocks: list[Block], keys: dict[str, str], *, people: bool) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    """One lane for each unit of a resource: a bar goes on the first that is free, as it would in the kitchen."""
    taken: defaultdict[tuple[int, str], list[list[Bar]]] = defaultdict(list)
    for block in sorted(blocks, key=lambda block: (block.start, block.id)):
        key = keys.get(block.dish, OTHER)
        bar = Bar(block.start, block.end, key)
        for use in block.equipment:
            for _ in range(use.count):
                _put(taken[(0, use.name)], bar)
        for crew in block.crew if people else ():
            busy = Bar(block.start, block.start + timedelta(minutes=crew.minutes), key)
            for _ in range(crew.count):
                _put(taken[(1, crew.role)], busy)
        if not block.equipment and not (block.crew and people):
            _put(taken[(2, "hands" if block.crew else "waiting")], bar)
    lanes: list[tuple[str, tuple[Bar, ...]]] = []
    for (_, name), rows in sorted(taken.items()):
        label = name.replace("_", " ")
        many = len(rows) > 1
        lanes += [(f"{label} {index}" if many else label, tuple(row)) for index, row in enumerate(rows, 1)]
    return tuple(lanes)


def _put(rows: list[list[Bar]], bar: Bar) -> None:
    for row in rows:
        if row[-1].end <= bar.start:
            row.append(bar)
            return
    rows.append([bar])


def _blocks(plan: CateringPlan) -> Table:
    columns = (
        Column("From"),
        Column("Until"),
        Column("Work", wide=True),
        Column("Who"),
        Column("On", spare=True),
        Column("Heat", spare=True),
        Column("Place", spare=True),
    )
    return Table(columns, tuple(_row(block, plan.order) for block in plan.timeline.blocks), title="Blocks of work")


def _row(block: Block, order: Order) -> tuple[str, ...]:
    batch = f" ({block.batch} of {block.of})" if block.of > 1 else ""
    same_day = block.start.astimezone(zone(order)).date() == block.end.astimezone(zone(order)).date()
    return (
        stamp(block.start, order),
        clock(block.end, order) if same_day else stamp(block.end, order),
        f"{block.label}{batch}",
        ", ".join(f"{crew.count} {crew.role}" for crew in block.crew),
        ", ".join(f"{use.count} {use.name}" for use in block.equipment),
        block.temperature,
        block.place,
    )
