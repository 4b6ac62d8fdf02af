"""What each CSV file of a plan holds: its columns, and the rows below them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.domain.closing import closing_rows
from catering_cli.render.forms.csv_cells import Cells, CsvList, measured, number, time_text, yes_no
from catering_cli.render.forms.csv_papers import paper_lists
from catering_cli.render.papers.order_guide import order_guide
from catering_cli.render.stations import station
from catering_cli.render.wording import crew_text, dish_names, equipment_text

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.quantity import Amount

SHOPPING = (
    "department",
    "item",
    "supplier",
    "buy",
    "buy_unit",
    "packs",
    "pack",
    "pack_unit",
    "needed_ep",
    "needed_unit",
    "yield_percent",
    "as_purchased",
    "as_purchased_unit",
    "on_hand",
    "on_hand_unit",
    "approximate",
    "cost",
    "currency",
    "order_by",
    "dishes",
    "note",
)


def _shopping(plan: CateringPlan) -> Iterator[Cells]:
    names = dish_names(plan)
    for line in order_guide(plan):
        dishes = [names.get(share.dish, share.dish) for share in line.dishes]
        yield (
            line.department,
            line.item,
            line.supplier,
            *measured(line.buy),
            line.packs,
            *measured(line.pack),
            *measured(line.needed),
            line.yield_percent,
            *measured(line.as_purchased),
            *measured(line.on_hand),
            yes_no(line.approximate),
            line.cost,
            plan.costing.currency,
            line.order_by,
            "; ".join(dishes),
            line.note,
        )


PREP = (
    "first_work",
    "dish",
    "portions",
    "ingredient",
    "preparation",
    "state",
    "amount",
    "unit",
    "mass_g",
)


def _prep(plan: CateringPlan) -> Iterator[Cells]:
    first: dict[str, str] = {}
    for block in plan.timeline.blocks:
        first.setdefault(block.dish, time_text(block.start, plan))
    for dish in plan.menu:
        for line in dish.lines:
            amount = measured(line.quantity) if line.quantity else ("to taste", "")
            yield (
                first.get(dish.id, ""),
                dish.name,
                dish.portions,
                line.item,
                line.preparation,
                line.state,
                *amount,
                _grams(line.mass),
            )


def _grams(mass: Amount | None) -> str:
    if mass and mass.quantity.unit == "g":
        return number(mass.quantity.low)
    return ""


STAFFING = (
    "role",
    "count",
    "available",
    "start",
    "end",
    "hours",
    "hours_unit",
    "rate",
    "cost",
    "currency",
    "basis",
)


def _staffing(plan: CateringPlan) -> Iterator[Cells]:
    for line in plan.staffing:
        yield (
            line.role,
            line.count,
            line.available,
            time_text(line.start, plan),
            time_text(line.end, plan),
            number(Fraction(line.hours)),
            "h",
            line.rate,
            line.cost,
            plan.costing.currency,
            line.basis,
        )


TIMELINE = (
    "block",
    "start",
    "end",
    "minutes",
    "minutes_unit",
    "kind",
    "station",
    "place",
    "dish",
    "task",
    "batch",
    "of",
    "portions",
    "crew",
    "equipment",
    "temperature",
    "storage",
)


def _timeline(plan: CateringPlan) -> Iterator[Cells]:
    names = dish_names(plan)
    for block in plan.timeline.blocks:
        seconds = (block.end - block.start).total_seconds()
        yield (
            block.id,
            time_text(block.start, plan),
            time_text(block.end, plan),
            round(seconds / 60),
            "min",
            block.kind,
            station(block),
            block.place,
            names.get(block.dish, block.dish),
            block.label,
            block.batch,
            block.of,
            block.portions,
            crew_text(block.crew),
            equipment_text(block),
            block.temperature,
            block.storage,
        )


MENU = (
    "id",
    "dish",
    "course",
    "service",
    "need",
    "overage_percent",
    "make",
    "served",
    "served_unit",
)


def _menu(plan: CateringPlan) -> Iterator[Cells]:
    for dish in plan.menu:
        counts = (dish.needed, dish.over_percent, dish.portions)
        yield dish.id, dish.name, dish.course, dish.service, *counts, *measured(dish.served)


ALLERGENS = (
    "dish",
    "allergen_or_diet",
    "state",
    "because",
)


def _allergens(plan: CateringPlan) -> Iterator[Cells]:
    names = dish_names(plan)
    for row in plan.diets.rows:
        name = names.get(row.dish, row.dish)
        for cell in row.cells:
            yield name, cell.allergen, cell.state, "; ".join(cell.because)
        for diet in row.diets:
            yield name, diet.diet, diet.state, "; ".join(diet.because)


CLOSING = ("row", "what", "name", "detail", "planned", "unit", "actual", "note")


def _closing(plan: CateringPlan) -> Iterator[Cells]:
    """The sheet that the kitchen fills in when the event is over: the last two columns are blank."""
    for row in closing_rows(plan):
        planned = "" if row.what == "left" else number(row.planned)
        yield row.id, row.what, row.name, row.detail, planned, row.unit, "", ""


LISTS = (
    CsvList("shopping.csv", "shopping", SHOPPING, _shopping),
    CsvList("prep.csv", "prep", PREP, _prep),
    CsvList("staffing.csv", "staffing", STAFFING, _staffing),
    CsvList("timeline.csv", "timeline", TIMELINE, _timeline),
    CsvList("menu.csv", "menu", MENU, _menu),
    CsvList("allergens.csv", "diets", ALLERGENS, _allergens),
    *paper_lists(),
    CsvList("closing.csv", "closing", CLOSING, _closing),
)
"""Every list that is written as CSV."""
