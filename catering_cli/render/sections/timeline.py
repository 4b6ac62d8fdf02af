"""The timeline: a Gantt chart by resource for each day, then the tasks one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from catering_cli.render.clock import calendar_day, duration, stamp, until
from catering_cli.render.days import Day, Lane, Lanes, Placed, days_of, in_order
from catering_cli.render.page import Bar, Bars, Column, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.wording import batch_text, counted, crew_text, dish_names, equipment_text, plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.timeline import Block, Replay, Timeline

KEYS = "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "*"
"""Key of what belongs to no dish: loading, driving, serving."""

EQUIPMENT, PEOPLE, NEITHER = range(3)
"""Lanes in the order in which they are drawn."""

HAND_PREP = "hand prep"
PASSIVE = "passive time"
"""Lanes of work that needs no equipment, and of food that rests by itself."""

TASK_COLUMNS = (
    Column("From"),
    Column("Until"),
    Column("Task", wide=True),
    Column("Crew"),
    Column("Equipment", spare=True),
    Column("Temp", spare=True),
    Column("Place", spare=True),
)


def timeline_section(plan: CateringPlan, page: Page) -> Section:
    """The schedule, backward from service."""
    return Section.of("timeline", "Timeline", _parts(plan, page), empty="Nothing to do.")


def _parts(plan: CateringPlan, page: Page) -> Iterator[Part]:
    whole = page.section == "timeline"
    yield from _summary(plan.timeline, plan.order)
    if plan.timeline.replay:
        yield Paragraph(_stress_test(plan.timeline.replay, dish_names(plan)))
    keys = {dish.id: KEYS[index % len(KEYS)] for index, dish in enumerate(plan.menu)}
    for day in days_of(plan):
        yield _chart(plan, day, keys, whole=whole)
    if whole:
        rows = tuple(_task_row(block, plan.order) for block in plan.timeline.blocks)
        yield Table(TASK_COLUMNS, rows, title="Tasks")


def _summary(timeline: Timeline, order: Order) -> Iterator[Part]:
    if timeline.status == "infeasible":
        reasons = "; ".join(timeline.conflict) or "no reason given"
        yield Paragraph(f"The day does not fit: {reasons}.", "bad")
        for repair in timeline.repairs:
            yield Paragraph(f"Fix: {repair.text}.")
    elif timeline.first_start:
        tasks = counted(len(timeline.blocks), "task")
        first = stamp(timeline.first_start, order)
        before = duration(timeline.span_minutes)
        yield Paragraph(f"{tasks}; first {first}, {before} before service.")


def _stress_test(replay: Replay, names: Mapping[str, str]) -> str:
    said = f"Stress test: {replay.held} of {replay.days} runs on time"
    if replay.first:
        said += f"; first to slip: {names.get(replay.first, replay.first)}, {replay.late_minutes} min late"
    if replay.change:
        said += f"; with this change {replay.then_held} would be: {replay.change}"
    return f"{said} ({replay.delays})."


def _chart(plan: CateringPlan, day: Day, keys: dict[str, str], *, whole: bool) -> Bars:
    lanes = _lanes(day.blocks, people=whole)
    drawn = tuple((name, _bars(lane, keys)) for name, lane in lanes.named())
    return Bars(calendar_day(day.date), day.start, day.end, drawn, _legend(plan, day, keys))


def _legend(plan: CateringPlan, day: Day, keys: dict[str, str]) -> tuple[str, ...]:
    """What the keys of a day mean, in order of the menu."""
    worked = {block.dish for block in day.blocks}
    said = [f"{keys[dish.id]} {dish.name}" for dish in plan.menu if dish.id in worked]
    if worked - set(keys):
        said.append(f"{OTHER} everything else")
    return tuple(said)


def _bars(lane: Lane, keys: dict[str, str]) -> tuple[Bar, ...]:
    return tuple(Bar(placed.block.start, placed.end, keys.get(placed.block.dish, OTHER)) for placed in lane)


def _lanes(blocks: tuple[Block, ...], *, people: bool) -> Lanes:
    """A lane for each unit of equipment, and for each person if `people`."""
    lanes = Lanes()
    for block in in_order(blocks):
        whole = Placed(block, block.end)
        for use in block.equipment:
            for _ in range(use.count):
                lanes.put(EQUIPMENT, plain_name(use.name), whole)
        if people:
            _put_people(lanes, block)
        if not block.equipment and not (people and block.crew):
            lanes.put(NEITHER, HAND_PREP if block.crew else PASSIVE, whole)
    return lanes


def _put_people(lanes: Lanes, block: Block) -> None:
    for crew in block.crew:
        busy = Placed(block, block.start + timedelta(minutes=crew.minutes))
        for _ in range(crew.count):
            lanes.put(PEOPLE, crew.role, busy)


def _task_row(block: Block, order: Order) -> Row:
    return (
        stamp(block.start, order),
        until(block.start, block.end, order),
        f"{block.label}{batch_text(block)}",
        crew_text(block.crew),
        equipment_text(block),
        block.temperature,
        block.place,
    )
