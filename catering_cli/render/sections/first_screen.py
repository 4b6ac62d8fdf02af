"""The first screen: special meals, the day in ten lines, crew, money."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from catering_cli.render.clock import calendar_day, clock_time, event_day, stamp, until
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table, Tone
from catering_cli.render.papers.meals import NOT_FOR_COLUMNS, GuestMeal, meals_of
from catering_cli.render.papers.people import people
from catering_cli.render.papers.run_of_show import entries
from catering_cli.render.papers.task_lines import by_day_and_station
from catering_cli.render.wording import cost_text, counted, money_text

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

DAY_LINES: Final = 10
TIME_COLUMN: Final = 36
LEAST: Final = 40
"""Columns of a time with its days, and the least that is left for what happens then; it is cut to one line."""

DAY_COLUMNS = (
    Column("Time"),
    Column("What", wide=True),
    Column("Place", spare=True),
)


def special_section(plan: CateringPlan, page: Page) -> Section:
    """Who has a special meal, and what is not for them: in a first reading by the numbers of the menu above it."""
    fed = {item.profile for item in plan.diets.eats}
    rows: list[Row] = []
    tones: list[Tone] = []
    for meal in meals_of(plan):
        says = (_numbers(meal, plan, page) or "-") if meal.profile in fed else "nothing on this menu suits them"
        rows.append((f"{meal.count:,}", meal.who, says))
        tones.append("plain" if meal.profile in fed else "bad")
    parts = [Table(NOT_FOR_COLUMNS, tuple(rows), fold=12, tones=tuple(tones))] if rows else []
    return Section.of("special", "Special meals", parts, empty="None was asked for.")


def _numbers(meal: GuestMeal, plan: CateringPlan, page: Page) -> str:
    if page.section:
        return meal.not_for
    return " ".join(dish.id for dish in plan.menu if dish.name in meal.never)


def day_section(plan: CateringPlan, page: Page) -> Section:
    """Work in the kitchen by day, then the moments of the event."""
    room = max(LEAST, page.width - TIME_COLUMN)
    kitchen = list(_kitchen(plan, room))
    rows = [*kitchen, *_moments(plan, room, DAY_LINES - len(kitchen))][:DAY_LINES]
    parts: list[Part] = [Table(DAY_COLUMNS, tuple(rows), fold=DAY_LINES)] if rows else []
    if plan.timeline.status == "infeasible":
        reasons = "; ".join(plan.timeline.conflict) or "no reason given"
        parts.insert(0, Paragraph(f"The day does not fit: {reasons}.", "bad"))
        parts += [Paragraph(f"Fix: {repair.text}.") for repair in plan.timeline.repairs]
    return Section.of("day", "The day", parts, empty="Nothing to do.")


def _kitchen(plan: CateringPlan, room: int) -> Iterator[Row]:
    for day, stations in by_day_and_station(plan).items():
        lines = list(chain.from_iterable(stations.values()))
        begins = min(line.start for line in lines)
        ends = max(line.hands_until for line in lines)
        steps = counted(len(lines), "step")
        said = f"Kitchen: {steps}; {', '.join(name.lower() for name in stations)}"
        time = f"{calendar_day(day)} {clock_time(begins, plan.order)}-{until(begins, ends, plan.order)}"
        yield time, shorten(said, room, placeholder=" …"), ""


MOMENTS: Final = ("", "strike", "drive", "plate")
"""Kinds of moments that everyone has to know, the most important first: what guests see has no kind."""


def _moments(plan: CateringPlan, room: int, most: int) -> Iterator[Row]:
    """So many moments that everyone has to know, in order of time; those that matter least are left out."""
    kinds = {block.id: block.kind for block in plan.timeline.blocks}
    found = [(entry, kinds.get(entry.task, "")) for entry in entries(plan) if not entry.task.endswith("back")]
    ranked = sorted((one for one in found if one[1] in MOMENTS), key=lambda one: MOMENTS.index(one[1]))
    for entry, _ in sorted(ranked[: max(most, 0)], key=lambda one: one[0].at):
        day = calendar_day(event_day(entry.at, plan.order))
        yield f"{day} {entry.time}", shorten(entry.what, room, placeholder=" …"), entry.place


def crew_section(plan: CateringPlan, _: Page) -> Section:
    """How many of each role are called, from when to when."""
    return Section.of("crew", "Crew", _crew(plan), empty="No one is called in.")


def _crew(plan: CateringPlan) -> Iterator[Part]:
    called = people(plan)
    if not called:
        return
    roles = dict.fromkeys(person.role for person in called)
    said = ", ".join(counted(sum(person.role == role for person in called), role) for role in roles)
    first = stamp(min(person.begins for person in called), plan.order)
    last = stamp(max(person.ends for person in called), plan.order)
    yield Paragraph(f"{said}; first in {first}, last out {last}.")
    for line in plan.staffing:
        if line.available is not None and line.available < line.count:
            more = counted(line.count - line.available, line.role)
            yield Paragraph(f"{more} short: {line.count} called, {line.available} available.", "bad")


def money_section(plan: CateringPlan, _: Page) -> Section:
    """Costs in two lines."""
    return Section.of("money", "Money", _money(plan), empty="Nothing has a price.")


def _money(plan: CateringPlan) -> Iterator[Part]:
    costing = plan.costing
    if costing.total is None:
        return
    said = f"Costs {cost_text(costing, costing.total)}"
    if costing.per_guest is not None:
        said += f", {cost_text(costing, costing.per_guest)} per guest"
    if costing.budget is not None:
        said += f"; budget {money_text(costing.budget, costing.currency)}"
    yield Paragraph(f"{said}.")
    if costing.over_budget:
        yield Paragraph(f"Over budget by {money_text(costing.over_budget, costing.currency)}.", "bad")
    if plan.shopping.unpriced:
        yield Paragraph(f"Without a price: {counted(len(plan.shopping.unpriced), 'item')}.", "dim")
