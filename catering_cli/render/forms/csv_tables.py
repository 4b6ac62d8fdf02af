"""A plan as CSV: one file a list, numbers and units in columns of their own, no cell that a program would run."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from catering_cli.render.clock import event_zone
from catering_cli.render.revision import revision
from catering_cli.render.sections.food import bought
from catering_cli.render.sections.stations import station
from catering_cli.render.wording import crew_text, dish_names, equipment_text

if TYPE_CHECKING:
    from datetime import datetime

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.quantity import Amount

_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula, in either width."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same plan gives the same bytes."""

Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CsvList:
    """One CSV file: its name, the section of the plan that it holds, its columns, and what gives its rows."""

    file: str
    section: str
    columns: tuple[str, ...]
    rows: Callable[[CateringPlan], Iterator[Cells]]


def csv_files(plan: CateringPlan) -> dict[str, bytes]:
    """File name -> content of every list."""
    return {one.file: csv_text(plan, one).encode() for one in LISTS}


def list_of_section(plan: CateringPlan, name: str) -> str | None:
    """The list of that section; None if the section is no list."""
    return next((csv_text(plan, one) for one in LISTS if one.section == name), None)


def archive(named: dict[str, bytes]) -> bytes:
    """The files as a zip, the same bytes whenever it is written."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for name, data in named.items():
            zipped.writestr(ZipInfo(name, _EPOCH), data, ZIP_DEFLATED)
    return out.getvalue()


def csv_text(plan: CateringPlan, listed: CsvList) -> str:
    """One list as CSV (RFC 4180); the last column is the plan's revision."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write([*listed.columns, "revision"])
    mark = f"r{revision(plan)}"
    for row in listed.rows(plan):
        write([*map(harmless, row), mark])
    return out.getvalue()


def harmless(cell: Any) -> str:
    """A cell as text; what a spreadsheet would run gets an apostrophe before it, control characters become spaces."""
    if cell is None:
        return ""
    said = "".join(sign if sign.isprintable() else " " for sign in str(cell))
    return f"'{said}" if said.lstrip().startswith(_RUN) else said


def _number(value: Fraction) -> str:
    """Six significant digits, no exponent."""
    if value.denominator == 1:
        return str(value.numerator)
    said = f"{float(value):.6g}"
    if "e+" in said:
        return f"{float(value):.0f}"
    return f"{float(value):.9f}".rstrip("0") if "e" in said else said


def _measured(amount: Amount | None) -> tuple[str, str]:
    """Amount and unit; of a range both ends."""
    if amount is None:
        return "", ""
    low, high = _number(amount.quantity.low), _number(amount.quantity.high)
    said = f"{low} to {high}" if amount.quantity.is_range else low
    return said, amount.quantity.unit or "piece"


def _time(moment: datetime | None, plan: CateringPlan) -> str:
    if moment:
        return moment.astimezone(event_zone(plan.order)).isoformat(timespec="minutes")
    return ""


def _yes_no(value: object) -> str:
    if value:
        return "yes"
    return "no"


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
    for line in bought(plan):
        dishes = [names.get(share.dish, share.dish) for share in line.dishes]
        yield (
            line.department,
            line.item,
            line.supplier,
            *_measured(line.buy),
            line.packs,
            *_measured(line.pack),
            *_measured(line.needed),
            line.yield_percent,
            *_measured(line.as_purchased),
            *_measured(line.on_hand),
            _yes_no(line.approximate),
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
        first.setdefault(block.dish, _time(block.start, plan))
    for dish in plan.menu:
        for line in dish.lines:
            amount = _measured(line.quantity) if line.quantity else ("to taste", "")
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
        return _number(mass.quantity.low)
    return ""


PACKING = (
    "box",
    "open_first",
    "item",
    "count",
    "unit",
    "dish",
    "loaded",
    "returned",
)


def _packing(plan: CateringPlan) -> Iterator[Cells]:
    names = dish_names(plan)
    for line in plan.packing:
        dish = names.get(line.dish, line.dish)
        yield line.box, _yes_no(line.open_first), line.item, line.count, "piece", dish, "", ""


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
            _time(line.start, plan),
            _time(line.end, plan),
            _number(Fraction(line.hours)),
            "h",
            line.rate,
            line.cost,
            plan.costing.currency,
            line.basis,
        )


HACCP = (
    "at",
    "dish",
    "check",
    "food_class",
    "limit",
    "rule",
    "who",
    "corrective",
    "reading",
    "reading_unit",
    "initials",
)


def _haccp(plan: CateringPlan) -> Iterator[Cells]:
    names = dish_names(plan)
    for point in plan.safety.points:
        yield (
            _time(point.at, plan),
            names.get(point.dish, point.dish),
            point.kind,
            point.food_class,
            point.limit,
            point.limit_id,
            point.who,
            point.corrective,
            point.reading,
            "",
            "",
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
            _time(block.start, plan),
            _time(block.end, plan),
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
        yield dish.id, dish.name, dish.course, dish.service, *counts, *_measured(dish.served)


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


LISTS = (
    CsvList("shopping.csv", "shopping", SHOPPING, _shopping),
    CsvList("prep.csv", "production", PREP, _prep),
    CsvList("packing.csv", "packing", PACKING, _packing),
    CsvList("staffing.csv", "staffing", STAFFING, _staffing),
    CsvList("haccp.csv", "safety", HACCP, _haccp),
    CsvList("timeline.csv", "timeline", TIMELINE, _timeline),
    CsvList("menu.csv", "menu", MENU, _menu),
    CsvList("allergens.csv", "diets", ALLERGENS, _allergens),
)
"""Every list that is written as CSV."""
