"""The first screen: what to do now with who and by when, special meals, the day in ten lines, crew, money."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from catering_cli.domain.finding import SEVERITIES
from catering_cli.render.clock import calendar_day, clock_time, event_day, stamp, until
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table, Tone
from catering_cli.render.papers.meals import NOT_FOR_COLUMNS, meals_of
from catering_cli.render.papers.people import people
from catering_cli.render.papers.run_of_show import entries
from catering_cli.render.papers.task_lines import by_day_and_station
from catering_cli.render.wording import cost_text, counted, money_text

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding
    from catering_cli.domain.plan import CateringPlan

MOST: Final = 5
"""Open items on the first screen."""

DAY_LINES: Final = 10
LONGEST: Final = 90
"""Characters of an item, and of a line of the day."""

OWNERS: Final = {
    "purchasing": "buyer",
    "kitchen.offer_unknown": "buyer",
    "kitchen.offer_unit": "buyer",
    "staffing": "manager",
    "event": "manager",
    "kitchen.open_question": "manager",
    "kitchen.way_unknown": "manager",
    "kitchen.timezone": "manager",
    "kitchen.overlap_unknown": "manager",
}
"""Begin of a rule's name -> who settles what it finds; all else is the chef's; [K]."""

BEFORE_ORDERING: Final = ("purchasing", "kitchen.food", "kitchen.measure", "kitchen.recipe", "kitchen.yield", "diets")
"""Rules whose findings change what is bought: they are settled before the first order goes out."""

TONES: Final[dict[str, Tone]] = {"blocking": "bad", "open": "open"}
TO_DO_COLUMNS = (
    Column("Who"),
    Column("By"),
    Column("What", wide=True),
)
DAY_COLUMNS = (
    Column("Time"),
    Column("What", wide=True),
    Column("Place", spare=True),
)


def to_do_section(plan: CateringPlan, page: Page) -> Section:
    """The gravest items with who settles them and by when."""
    return Section.of("to-do", "Do now", _to_do(plan, page), empty="Nothing is open.")


def _to_do(plan: CateringPlan, page: Page) -> Iterator[Part]:
    grave = [item for item in plan.findings if item.severity in TONES]
    grave.sort(key=lambda item: SEVERITIES.index(item.severity))
    shown = grave if page.section == "to-do" else grave[:MOST]
    rows = tuple((_owner(item), _by(item, plan), _said(item)) for item in shown)
    if rows:
        yield Table(TO_DO_COLUMNS, rows, fold=MOST, tones=tuple(TONES[item.severity] for item in shown))
    rest = len(plan.findings) - len(shown)
    if rest:
        yield Paragraph(f"{counted(rest, 'more issue')} and tips: {page.command} --section findings", "dim")


def _owner(item: Finding) -> str:
    return next((who for begin, who in OWNERS.items() if item.rule.startswith(begin)), "chef")


def _by(item: Finding, plan: CateringPlan) -> str:
    """Before the first order if it changes what is bought, else before the work begins."""
    orders = [line.order_by for line in plan.shopping.lines if line.order_by]
    if orders and item.rule.startswith(BEFORE_ORDERING):
        return calendar_day(min(orders))
    begins = plan.timeline.first_start or plan.order.event.service_at
    return calendar_day(event_day(begins, plan.order))


def _said(item: Finding) -> str:
    """What is to be done, and about what."""
    message = shorten(item.message.rstrip("."), LONGEST, placeholder=" …")
    fix = shorten(item.fix.rstrip("."), LONGEST, placeholder=" …")
    if not fix or item.fix in item.message:
        return f"{message[:1].upper()}{message[1:]}."
    return f"{fix[:1].upper()}{fix[1:]}. ({message[:1].upper()}{message[1:]})"


def special_section(plan: CateringPlan, _: Page) -> Section:
    """Who has a special meal, and what is not for them."""
    fed = {item.profile for item in plan.diets.eats}
    rows: list[Row] = []
    tones: list[Tone] = []
    for meal in meals_of(plan):
        says = meal.not_for or "-" if meal.profile in fed else "nothing on this menu suits them"
        rows.append((f"{meal.count:,}", meal.who, says))
        tones.append("plain" if meal.profile in fed else "bad")
    parts = [Table(NOT_FOR_COLUMNS, tuple(rows), fold=4, tones=tuple(tones))] if rows else []
    return Section.of("special", "Special meals", parts, empty="None was asked for.")


def day_section(plan: CateringPlan, _: Page) -> Section:
    """Work in the kitchen by day, then the moments of the event."""
    rows = [*_kitchen(plan), *_moments(plan)]
    if len(rows) > DAY_LINES:
        rows = [*rows[: DAY_LINES - 1], rows[-1]]
    parts: list[Part] = [Table(DAY_COLUMNS, tuple(rows), fold=DAY_LINES)] if rows else []
    if plan.timeline.status == "infeasible":
        reasons = "; ".join(plan.timeline.conflict) or "no reason given"
        parts.insert(0, Paragraph(f"The day does not fit: {reasons}.", "bad"))
        parts += [Paragraph(f"Fix: {repair.text}.") for repair in plan.timeline.repairs]
    return Section.of("day", "The day", parts, empty="Nothing to do.")


def _kitchen(plan: CateringPlan) -> Iterator[Row]:
    for day, stations in by_day_and_station(plan).items():
        lines = [line for some in stations.values() for line in some]
        begins = min(line.start for line in lines)
        ends = max(line.end for line in lines)
        where = shorten(", ".join(name.lower() for name in stations), LONGEST, placeholder=" …")
        steps = counted(len(lines), "step")
        time = f"{calendar_day(day)} {clock_time(begins, plan.order)}-{until(begins, ends, plan.order)}"
        yield time, f"Kitchen: {steps}; {where}", ""


def _moments(plan: CateringPlan) -> Iterator[Row]:
    """The moments that everyone has to know, with the first drive and the last."""
    tasks = {block.id: block for block in plan.timeline.blocks}
    for entry in entries(plan):
        kind = tasks[entry.task].kind if entry.task in tasks else ""
        if kind in ("", "drive", "plate", "strike") and not entry.task.endswith("back"):
            day = calendar_day(event_day(entry.at, plan.order))
            yield f"{day} {entry.time}", shorten(entry.what, LONGEST, placeholder=" …"), entry.place


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
