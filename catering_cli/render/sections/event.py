"""People, things, safety, packing and money."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.render.page import Column, Line, Page, Part, Section, Table, Tone
from catering_cli.render.wording import clock, dishes, money, number, stamp

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan


def staffing(plan: CateringPlan, _: Page) -> Section:
    """Who is called in, from when to when."""
    columns = (
        Column("Role", wide=True),
        Column("Count", right=True),
        Column("Have", right=True),
        Column("From"),
        Column("Until"),
        Column("Hours", right=True),
        Column("Cost", right=True),
        Column("Basis", wide=True, spare=True),
    )
    rows = tuple(
        (
            line.role,
            str(line.count),
            "-" if line.available is None else str(line.available),
            stamp(line.start, plan.order),
            clock(line.end, plan.order),
            number(Fraction(line.hours)),
            money(line.cost, plan.costing.currency),
            line.basis,
        )
        for line in plan.staffing
    )
    short: tuple[Tone, ...] = tuple(
        "bad" if line.available is not None and line.available < line.count else "plain" for line in plan.staffing
    )
    return Section("staffing", "Staff", (Table(columns, rows, tones=short),))


def equipment(plan: CateringPlan, _: Page) -> Section:
    """Plant that the timeline uses, and what stands on the tables."""
    plant = Table(
        (Column("Plant", wide=True), Column("Place"), Column("Peak", right=True), Column("Have", right=True)),
        tuple(
            (
                line.name.replace("_", " "),
                line.place,
                str(line.peak),
                f"{line.available}{' assumed' if line.assumed else ''}",
            )
            for line in plan.equipment.plant
        ),
        title="Plant",
    )
    ware = Table(
        (Column("Item", wide=True), Column("Count", right=True), Column("Basis", wide=True, spare=True)),
        tuple((line.item, f"{line.count:,}", line.basis) for line in plan.equipment.ware),
        title="Service ware",
    )
    return Section("equipment", "Equipment", (plant, ware))


def service(plan: CateringPlan, _: Page) -> Section:
    """Each service: where, when, what, and what to mind."""
    names = dishes(plan)
    parts: list[Part] = []
    for line in plan.service:
        lines = f", {line.lines} lines" if line.lines else ""
        until = clock(line.until, plan.order)
        where = f"{line.place}, {line.style}, {line.guests:,} guests{lines}."
        parts.append(Line(f"{line.id}: {stamp(line.at, plan.order)} to {until} at {where}", "strong"))
        parts.append(Line(", ".join(names.get(dish, dish) for dish in line.dishes)))
        parts += [Line(f"Mind: {note}", "warning") for note in line.notes]
    return Section("service", "Service", tuple(parts) or (Line("None."),))


def safety(plan: CateringPlan, _: Page) -> Section:
    """Control points with their limits; readings are taken by hand."""
    names = dishes(plan)
    columns = (
        Column("At"),
        Column("Dish", wide=True),
        Column("Check"),
        Column("Limit", wide=True),
        Column("If it fails", wide=True, spare=True),
        Column("Who", spare=True),
    )
    rows = tuple(
        (
            stamp(point.at, plan.order) if point.at else "",
            names.get(point.dish, point.dish),
            point.kind.replace("_", " "),
            point.limit,
            point.corrective,
            point.who,
        )
        for point in plan.safety.points
    )
    notes = tuple(Line(note, "warning") for note in plan.safety.notes)
    rules = Line(f"Limits of {plan.safety.jurisdiction}.")
    return Section("safety", "Food safety", (rules, *notes, Table(columns, rows)))


def packing(plan: CateringPlan, _: Page) -> Section:
    """What goes into which box."""
    names = dishes(plan)
    columns = (
        Column("Box"),
        Column("Item", wide=True),
        Column("Count", right=True),
        Column("For", wide=True, spare=True),
    )
    rows = tuple(
        (
            f"{line.box}{' (open first)' if line.open_first else ''}",
            line.item,
            f"{line.count:,}",
            names.get(line.dish, line.dish),
        )
        for line in plan.packing
    )
    return Section("packing", "Packing", (Table(columns, rows, fold=12),))


def costs(plan: CateringPlan, _: Page) -> Section:
    """Money; "at least" where something has no price."""
    costing = plan.costing
    columns = (Column("Cost", wide=True), Column("Basis", wide=True, spare=True), Column("Amount", right=True))
    rows = [(f"{line.label}", line.basis, money(line.amount, costing.currency)) for line in costing.lines]
    least = "at least " if costing.at_least else ""
    if costing.total is not None:
        rows.append(("Total", "", f"{least}{money(costing.total, costing.currency)}"))
    if costing.per_guest is not None:
        rows.append(("Per guest", "", f"{least}{money(costing.per_guest, costing.currency)}"))
    if costing.budget is not None:
        rows.append(("Budget", "", money(costing.budget, costing.currency)))
    parts: list[Part] = [Table(columns, tuple(rows), fold=20)] if rows else [Line("Nothing has a price.", "dim")]
    if costing.over_budget:
        parts.append(Line(f"Over the budget by {money(costing.over_budget, costing.currency)}.", "bad"))
    return Section("costs", "Costs", tuple(parts))
