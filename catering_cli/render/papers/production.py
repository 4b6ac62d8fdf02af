"""Production by day and station, and the prep list across dishes: what cooks tick off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from catering_cli.render.clock import calendar_day
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.papers.task_lines import (
    TaskLine,
    batches_text,
    by_day_and_station,
    crew_of,
    early_text,
    keep_text,
    line_amount,
    line_text,
    time_text,
)
from catering_cli.render.weights import grams_of, in_pounds, to_order, weight_text
from catering_cli.render.wording import counted, numbered_dishes

if TYPE_CHECKING:
    from datetime import date

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import ScaledLine

PRODUCTION_COLUMNS = (
    Column("Done", tick=True),
    Column("Time"),
    Column("Dish", wide=True),
    Column("Task", wide=True),
    Column("How much", wide=True),
    Column("Batches", wide=True),
    Column("Temp"),
    Column("Crew", wide=True),
    Column("Keep", spare=True),
    Column("Ahead"),
)
WINDOWS = "Cold work by hand has the quarter hours around it; everything else is to the minute."
PREP_COLUMNS = (
    Column("Done", tick=True),
    Column("Food", wide=True),
    Column("Preparation", wide=True),
    Column("In all", right=True),
    Column("For", wide=True),
)


WATER: Final = ("water", "ice")
"""What runs from the tap is measured where it is used."""


def production_section(plan: CateringPlan, page: Page) -> Section:
    """A line for each step of each dish, by day and station."""
    parts: list[Part] = list(_stations(plan, page))
    if parts:
        parts.insert(0, Paragraph(WINDOWS, "dim"))
    return Section.of("production", "Production by day and station", parts, empty="Nothing to do.")


def station_sections(plan: CateringPlan, page: Page) -> Iterator[Section]:
    """A sheet for each station with all its days, so that each cook holds one; the busiest first."""
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for day, name, rows in _by_station(plan, page):
        found[name].append(Table(PRODUCTION_COLUMNS, rows, title=calendar_day(day), fold=8))
    for name, parts in sorted(found.items(), key=_busiest_first):
        yield Section("production", name, tuple(parts))


def _busiest_first(station: tuple[str, list[Part]]) -> tuple[int, str]:
    name, parts = station
    return -sum(len(part.rows) for part in parts if isinstance(part, Table)), name


def _stations(plan: CateringPlan, page: Page) -> Iterator[Part]:
    for day, name, rows in _by_station(plan, page):
        yield Table(PRODUCTION_COLUMNS, rows, title=f"{calendar_day(day)}: {name}", fold=8)


def _by_station(plan: CateringPlan, page: Page) -> Iterator[tuple[date, str, tuple[Row, ...]]]:
    for day, stations in by_day_and_station(plan).items():
        for name, lines in stations.items():
            yield day, name, tuple(_row(line, plan, page) for line in lines)


def _row(line: TaskLine, plan: CateringPlan, page: Page) -> Row:
    return (
        "",
        time_text(line, plan),
        line.dish.name,
        line_text(line, plan),
        line_amount(line, plan, page),
        batches_text(line, plan),
        line.first.temperature,
        crew_of(line),
        keep_text(line),
        early_text(line),
    )


def prep_section(plan: CateringPlan, page: Page) -> Section:
    """The same work across dishes together: all onions, all greens."""
    rows = tuple(_prep_rows(plan, page))
    intro = Paragraph("What is cut, washed or measured for several dishes is done once.", "dim")
    dishes = Paragraph(f"Dishes: {numbered_dishes(plan)}.", "dim")
    parts: list[Part] = [intro, dishes, Table(PREP_COLUMNS, rows, fold=15)] if rows else []
    return Section.of("prep", "Prep list", parts, empty="Nothing is prepared ahead.")


Need = tuple[str, "ScaledLine"]


def _prep_rows(plan: CateringPlan, page: Page) -> Iterator[Row]:
    """A row for each food and preparation: how much in all, and how much of it for which dish."""
    found: defaultdict[tuple[str, str], list[Need]] = defaultdict(list)
    for dish in (*plan.bases, *plan.menu):
        for line in dish.lines:
            if line.preparation and line.food not in WATER:
                found[line.food or line.item.casefold(), line.preparation.casefold()].append((dish.id, line))
    for (food, preparation), needs in sorted(found.items()):
        yield "", food, preparation, _in_all(needs, plan, page), _for(needs, plan, page)


def _in_all(needs: list[Need], plan: CateringPlan, page: Page) -> str:
    """The sum of the weights; nothing if one of them is not known."""
    grams = [grams_of(line.mass) for _, line in needs]
    known = [weight for weight in grams if weight is not None]
    if len(known) == len(grams):
        return weight_text(sum(known, Fraction(0)), pounds=in_pounds(plan, page))
    return counted(len(needs), "line") if len(needs) > 1 else _one(needs[0][1], plan, page)


def _one(line: ScaledLine, plan: CateringPlan, page: Page) -> str:
    return to_order(line.quantity, pounds=in_pounds(plan, page)) if line.quantity else "to taste"


def _for(needs: list[Need], plan: CateringPlan, page: Page) -> str:
    if len(needs) == 1:
        return needs[0][0]
    said = []
    for dish, line in needs:
        grams = grams_of(line.mass)
        amount = weight_text(grams, pounds=in_pounds(plan, page)) if grams else _one(line, plan, page)
        said.append(f"{dish} {amount}")
    return ", ".join(said)
