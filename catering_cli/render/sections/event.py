"""People, equipment, services and money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from catering_cli.domain.plan_parts.shopping import TAP
from catering_cli.render.clock import clock_time, stamp
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table, Tone
from catering_cli.render.wording import (
    cost_text,
    counted,
    dish_names,
    hours_text,
    money_text,
    plain_name,
    service_name,
)

if TYPE_CHECKING:
    from catering_cli.domain.money import Costing
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.people import EquipmentLine, FoodPerGuest, ServiceLine, StaffLine

STAFF_COLUMNS = (
    Column("Role", wide=True),
    Column("Called", right=True),
    Column("Available", right=True),
    Column("From"),
    Column("Until"),
    Column("Hours", right=True),
    Column("Cost", right=True),
    Column("Basis", wide=True, spare=True),
)
EQUIPMENT_COLUMNS = (
    Column("Equipment", wide=True),
    Column("Place"),
    Column("Peak use", right=True),
    Column("On hand", right=True),
)
WARE_COLUMNS = (
    Column("Item", wide=True),
    Column("Count", right=True),
    Column("Basis", wide=True, spare=True),
)
COST_COLUMNS = (
    Column("Cost", wide=True),
    Column("Basis", wide=True, spare=True),
    Column("Amount", right=True),
)


def staffing_section(plan: CateringPlan, _: Page) -> Section:
    """Who is called in, from when to when."""
    rows = tuple(_staff_row(line, plan) for line in plan.staffing)
    tones = tuple(map(_staff_tone, plan.staffing))
    return Section("staffing", "Staff", (Table(STAFF_COLUMNS, rows, tones=tones),))


def _staff_row(line: StaffLine, plan: CateringPlan) -> Row:
    available = "-" if line.available is None else str(line.available)
    return (
        line.role,
        str(line.count),
        available,
        stamp(line.start, plan.order),
        clock_time(line.end, plan.order),
        hours_text(line.hours),
        money_text(line.cost, plan.costing.currency),
        line.basis,
    )


def _staff_tone(line: StaffLine) -> Tone:
    """Red if fewer can be had than are called."""
    short = line.available is not None and line.available < line.count
    if short:
        return "bad"
    return "plain"


def equipment_section(plan: CateringPlan, _: Page) -> Section:
    """Equipment that the timeline uses, and what stands on the tables."""
    used = tuple(map(_equipment_row, plan.equipment.plant))
    ware = tuple((line.item, f"{line.count:,}", line.basis) for line in plan.equipment.ware)
    parts = (
        Table(EQUIPMENT_COLUMNS, used, title="Kitchen equipment"),
        Table(WARE_COLUMNS, ware, title="China, glass, flatware (rentals)"),
    )
    return Section("equipment", "Equipment", parts)


def _equipment_row(line: EquipmentLine) -> Row:
    assumed = " assumed" if line.assumed else ""
    return plain_name(line.name), line.place, str(line.peak), f"{line.available}{assumed}"


def service_section(plan: CateringPlan, _: Page) -> Section:
    """Each service: when, where, what, and the special meals."""
    names = dish_names(plan)
    parts: list[Part] = []
    for service in plan.service:
        parts.append(Paragraph(_service_head(service, plan), "strong"))
        parts.append(Paragraph(", ".join(names.get(dish, dish) for dish in service.dishes)))
        if service.notes:
            parts.append(Paragraph("Special meals:", "warning"))
        parts += [Paragraph(note, "warning") for note in service.notes]
        parts += [Paragraph(said, "strong") for said in _choices(plan, service)]
        parts += [Paragraph(f'Instruction: "{said}"', "strong") for said in _instructions(plan, service)]
    return Section.of("service", "Service", [*parts, *notes_parts(plan)])


def _choices(plan: CateringPlan, service: ServiceLine) -> Iterator[str]:
    """Who chose which dishes of a service, and how many of each: by table, if the order names tables."""
    names = dish_names(plan)
    by_source = {profile.source: profile for profile in plan.diets.profiles}
    for index, stated in enumerate(plan.order.guests.profiles):
        profile = by_source.get(f"order.guests.profiles[{index}]")
        if profile is None or not stated.choices:
            continue
        wanted = {name.strip().casefold() for name in stated.choices}
        chosen: list[str] = []
        for eats in plan.diets.eats:
            is_theirs = eats.profile == profile.id and eats.dish in service.dishes
            name = names.get(eats.dish, eats.dish)
            if is_theirs and not wanted.isdisjoint((eats.dish, name.casefold())):
                chosen.append(f"{eats.portions:,} {name}")
        if chosen:
            yield f"{profile.name}: {', '.join(chosen)} (chosen)"


def _instructions(plan: CateringPlan, service: ServiceLine) -> Iterator[str]:
    """Sentences of the notes that a person passed on for a service, or for the whole event."""
    for one in plan.decisions:
        if one.decision.kind == "instruction" and one.decision.service in ("", service.id):
            yield one.decision.quote


def notes_parts(plan: CateringPlan) -> Iterator[Part]:
    """The client's notes as they are written, a paragraph a line."""
    lines = [line for line in plan.order.notes.splitlines() if line.strip()]
    if lines:
        yield Paragraph("Notes, as written:", "strong")
    yield from map(Paragraph, lines)


def _service_head(service: ServiceLine, plan: CateringPlan) -> str:
    begins = stamp(service.at, plan.order)
    ends = clock_time(service.until, plan.order)
    facts = [service.place, service.style, counted(service.guests, "guest")]
    if service.lines:
        facts.append(counted(service.lines, "line"))
    if service.food and service.food.grams:
        facts.append(_food_text(service.food))
    return f"{service_name(service)}, {begins} to {ends}: {', '.join(facts)}."


def _food_text(food: FoodPerGuest) -> str:
    """What a guest eats by weight, with what is usual."""
    said = f"{food.grams:,} g of food a guest"
    return said if food.usual_high is None else f"{said} (usual: {food.usual_low:,} to {food.usual_high:,} g)"


def costs_section(plan: CateringPlan, _: Page) -> Section:
    """Money; "at least" if something has no price."""
    costing = plan.costing
    rows = tuple(_cost_rows(costing))
    parts: list[Part] = []
    if rows:
        parts.append(Table(COST_COLUMNS, rows, fold=20))
    if costing.over_budget:
        parts.append(Paragraph(f"Over budget by {money_text(costing.over_budget, costing.currency)}.", "bad"))
    return Section.of("costs", "Costs", parts, empty="Nothing has a price.")


def _cost_rows(costing: Costing) -> Iterator[Row]:
    for line in costing.lines:
        if line.label == TAP:  # what no vendor delivers is no purchase
            continue
        yield line.label, line.basis, money_text(line.amount, costing.currency)
    for label, amount in (("Total", costing.total), ("Per guest", costing.per_guest)):
        if amount is not None:
            yield label, "", cost_text(costing, amount)
    if costing.budget is not None:
        yield "Budget", "", money_text(costing.budget, costing.currency)
