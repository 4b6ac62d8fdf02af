"""A plan as CSV: one file a list, numbers and units in columns of their own, no cell that a program would run."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from catering_cli.render.revision import revision
from catering_cli.render.sections.stations import station
from catering_cli.render.wording import department, dishes, zone

if TYPE_CHECKING:
    from datetime import datetime

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.quantity import Amount

_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula, in either width."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same plan gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One CSV file: its name, the section of the plan that it holds, and what gives its rows, the header first."""

    file: str
    section: str
    rows: Callable[[CateringPlan], Iterator[tuple[Any, ...]]]


def files(plan: CateringPlan) -> dict[str, bytes]:
    """File name -> content of every list."""
    return {sheet.file: text(plan, sheet).encode() for sheet in SHEETS}


def section(plan: CateringPlan, name: str) -> str | None:
    """The list of that section; None where a section is no list."""
    return next((text(plan, sheet) for sheet in SHEETS if sheet.section == name), None)


def archive(named: dict[str, bytes]) -> bytes:
    """The files as a zip, the same bytes whenever it is written."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for name, data in named.items():
            zipped.writestr(ZipInfo(name, _EPOCH), data, ZIP_DEFLATED)
    return out.getvalue()


def text(plan: CateringPlan, sheet: Sheet) -> str:
    """One list as CSV (RFC 4180); the last column is the plan's revision."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    mark = revision(plan)
    for number, row in enumerate(sheet.rows(plan)):
        write([harmless(cell) for cell in row] + ["revision" if number == 0 else f"r{mark}"])
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
    return f"{float(value):.0f}" if "e+" in said else f"{float(value):.9f}".rstrip("0") if "e" in said else said


def _measured(amount: Amount | None) -> tuple[str, str]:
    """Amount and unit; of a range both ends."""
    if amount is None:
        return "", ""
    low, high, unit = _number(amount.quantity.low), _number(amount.quantity.high), amount.quantity.unit
    return (f"{low} to {high}" if amount.quantity.is_range else low), unit or "piece"


def _time(moment: datetime | None, plan: CateringPlan) -> str:
    return moment.astimezone(zone(plan.order)).isoformat(timespec="minutes") if moment else ""


def _shopping(plan: CateringPlan) -> Iterator[tuple[Any, ...]]:
    yield (
        *("department", "item", "supplier", "buy", "buy_unit", "packs", "pack", "pack_unit", "needed_ep"),
        *("needed_unit", "yield_percent", "as_purchased", "as_purchased_unit", "on_hand", "on_hand_unit"),
        *("approximate", "cost", "currency", "order_by", "dishes", "note"),
    )
    names = dishes(plan)
    for line in sorted(plan.shopping.lines, key=lambda line: (line.department, line.item)):
        yield (
            *(department(line), line.item, line.supplier, *_measured(line.buy), line.packs, *_measured(line.pack)),
            *(*_measured(line.needed), line.yield_percent, *_measured(line.as_purchased), *_measured(line.on_hand)),
            *("yes" if line.approximate else "no", line.cost, plan.costing.currency, line.order_by),
            *("; ".join(names.get(share.dish, share.dish) for share in line.dishes), line.note),
        )


def _prep(plan: CateringPlan) -> Iterator[tuple[Any, ...]]:
    yield "first_work", "dish", "portions", "ingredient", "preparation", "state", "amount", "unit", "mass_g"
    first = {block.dish: block for block in reversed(plan.timeline.blocks) if block.dish}
    for dish in plan.menu:
        block = first.get(dish.id)
        begins = _time(block.start, plan) if block else ""
        for line in dish.lines:
            amount = _measured(line.quantity) if line.quantity else ("to taste", "")
            grams = _number(line.mass.quantity.low) if line.mass and line.mass.quantity.unit == "g" else ""
            yield (begins, dish.name, dish.portions, line.item, line.preparation, line.state, *amount, grams)


def _packing(plan: CateringPlan) -> Iterator[tuple[Any, ...]]:
    yield "box", "open_first", "item", "count", "unit", "dish", "loaded", "returned"
    names = dishes(plan)
    for line in plan.packing:
        first = "yes" if line.open_first else "no"
        yield line.box, first, line.item, line.count, "piece", names.get(line.dish, line.dish), "", ""


def _staffing(plan: CateringPlan) -> Iterator[tuple[Any, ...]]:
    yield "role", "count", "available", "start", "end", "hours", "hours_unit", "rate", "cost", "currency", "basis"
    for line in plan.staffing:
        times = _time(line.start, plan), _time(line.end, plan)
        money = line.rate, line.cost, plan.costing.currency
        yield line.role, line.count, line.available, *times, _number(Fraction(line.hours)), "h", *money, line.basis


def _haccp(plan: CateringPlan) -> Iterator[tuple[Any, ...]]:
    yield (
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
    names = dishes(plan)
    for point in plan.safety.points:
        what = names.get(point.dish, point.dish), point.kind, point.food_class, point.limit, point.limit_id
        yield _time(point.at, plan), *what, point.who, point.corrective, point.reading, "", ""


def _timeline(plan: CateringPlan) -> Iterator[tuple[Any, ...]]:
    yield (
        *(
            "block",
            "start",
            "end",
            "minutes",
            "minutes_unit",
            "kind",
            "station",
            "place",
            "dish",
            "work",
            "batch",
            "of",
        ),
        *("portions", "crew", "equipment", "temperature", "storage"),
    )
    names = dishes(plan)
    for block in plan.timeline.blocks:
        minutes = round((block.end - block.start).total_seconds() / 60)
        yield (
            *(block.id, _time(block.start, plan), _time(block.end, plan), minutes, "min", block.kind, station(block)),
            *(block.place, names.get(block.dish, block.dish), block.label, block.batch, block.of, block.portions),
            *("; ".join(f"{crew.count} {crew.role}" for crew in block.crew),),
            *("; ".join(f"{use.count} {use.name}" for use in block.equipment), block.temperature, block.storage),
        )


def _menu(plan: CateringPlan) -> Iterator[tuple[Any, ...]]:
    yield "id", "dish", "course", "service", "needed", "over_percent", "portions", "served", "served_unit"
    for dish in plan.menu:
        counts = dish.needed, dish.over_percent, dish.portions
        yield dish.id, dish.name, dish.course, dish.service, *counts, *_measured(dish.served)


def _allergens(plan: CateringPlan) -> Iterator[tuple[Any, ...]]:
    yield "dish", "allergen_or_diet", "state", "because"
    names = dishes(plan)
    for row in plan.diets.rows:
        cells = [(cell.allergen, cell.state, cell.because) for cell in row.cells]
        suits = [(cell.diet, cell.state, cell.because) for cell in row.diets]
        for what, state, because in cells + suits:
            yield names.get(row.dish, row.dish), what, state, "; ".join(because)


SHEETS = (
    Sheet("shopping.csv", "shopping", _shopping),
    Sheet("prep.csv", "production", _prep),
    Sheet("packing.csv", "packing", _packing),
    Sheet("staffing.csv", "staffing", _staffing),
    Sheet("haccp.csv", "safety", _haccp),
    Sheet("timeline.csv", "timeline", _timeline),
    Sheet("menu.csv", "menu", _menu),
    Sheet("allergens.csv", "diets", _allergens),
)
"""Every list that is written as CSV."""
