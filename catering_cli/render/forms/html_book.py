"""The event book: one HTML file that needs nothing else, a sheet for each person who holds one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.render.clock import day_or_blank, stamp_or_blank
from catering_cli.render.forms.svg_gantt import COLOURS, WIDTH, svg_charts
from catering_cli.render.page import Column, Page, Paragraph, Table
from catering_cli.render.revision import revision
from catering_cli.render.sections.diets import MARKS
from catering_cli.render.sections.food import bought
from catering_cli.render.sections.guests import cards_of, plates_of
from catering_cli.render.sections.index import SECTIONS
from catering_cli.render.wording import (
    amount_text,
    counted,
    dish_names,
    money_text,
    plain_name,
    visible,
    whole_amount,
)

if TYPE_CHECKING:
    from jinja2 import Environment

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.shopping import ShoppingLine

TEMPLATES = Path(__file__).parents[1] / "templates"
NO_VENDOR = "No supplier named"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the book: the section it holds, its template, and what the template is given beside the section."""

    name: str
    template: str = "section.html"
    given: Callable[[CateringPlan], dict[str, Any]] = lambda _plan: {}
    wide: bool = False
    """Printed across the page."""


def html_text(plan: CateringPlan, page: Page) -> str:
    """The book, or the one sheet that was asked for."""
    chosen = [sheet for sheet in SHEETS if page.section in (None, sheet.name)]
    sheets = [_filled(sheet, plan, page) for sheet in chosen or [Sheet(page.section or "verdict")]]
    verdict = SECTIONS["verdict"](plan, page)
    template = _environment(plan).get_template("book.html")
    return visible(template.render(sheets=sheets, verdict=verdict, alone=page.section is not None))


def _filled(sheet: Sheet, plan: CateringPlan, page: Page) -> dict[str, Any]:
    section = SECTIONS[sheet.name](plan, page.whole(sheet.name))
    return {"sheet": sheet, "section": section, "given": sheet.given(plan)}


def _environment(plan: CateringPlan) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        autoescape=True,  # every text of an order or a model is text, in every template
        undefined=StrictUndefined,
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "kept": filled_columns,
        "stamp": partial(stamp_or_blank, order=plan.order),
        "amount": amount_text,
        "whole": whole_amount,
        "money": partial(money_text, currency=plan.costing.currency),
        "counted": counted,
        "plain": plain_name,
        "day": day_or_blank,
    }
    made.tests["table"] = lambda part: isinstance(part, Table)
    made.tests["paragraph"] = lambda part: isinstance(part, Paragraph)
    made.globals |= {"plan": plan, "dish": dish_names(plan), "revision": revision(plan), "mark": MARKS}
    return made


def filled_columns(table: Table) -> list[tuple[int, Column]]:
    """The columns in which something stands, with their places."""
    return [(place, table.columns[place]) for place in table.filled(table.rows)]


def _charts(plan: CateringPlan) -> dict[str, Any]:
    names = [(f"c{index % COLOURS}", dish.id, dish.name) for index, dish in enumerate(plan.menu)]
    return {"charts": tuple(svg_charts(plan)), "width": WIDTH, "names": names}


def _suppliers(plan: CateringPlan) -> dict[str, Any]:
    """Order sheets: one a supplier, the lines without one last."""
    found: defaultdict[str, list[ShoppingLine]] = defaultdict(list)
    for line in bought(plan):
        found[line.supplier].append(line)
    last = found.pop("", None)
    orders = [_order_sheet(supplier, lines) for supplier, lines in sorted(found.items())]
    if last:
        orders.append(_order_sheet(NO_VENDOR, last))
    return {"orders": orders}


def _order_sheet(supplier: str, lines: list[ShoppingLine]) -> dict[str, Any]:
    """The lines of a supplier with their first order day and what they cost."""
    costs = [line.cost for line in lines if line.cost is not None]
    days = [line.order_by for line in lines if line.order_by]
    return {
        "supplier": supplier,
        "lines": lines,
        "first": min(days, default=None),
        "cost": sum(costs[1:], start=costs[0]) if costs else None,
        "at_least": len(costs) < len(lines),
    }


def _boxes(plan: CateringPlan) -> dict[str, Any]:
    found = defaultdict(list)
    for line in plan.packing:
        found[line.box].append(line)
    return {"boxes": dict(found)}


def _log(plan: CateringPlan) -> dict[str, Any]:
    """Control points as they fall due; what is checked on delivery comes before everything with a time."""
    timed = [point for point in plan.safety.points if point.at]
    untimed = [point for point in plan.safety.points if point.at is None]
    return {"points": [*untimed, *sorted(timed, key=attrgetter("at"))]}


def _cards(plan: CateringPlan) -> dict[str, Any]:
    return {"cards": cards_of(plan)}


def _plates(plan: CateringPlan) -> dict[str, Any]:
    return {"plates": plates_of(plan)}


SHEETS = (
    Sheet("today"),
    Sheet("findings"),
    Sheet("menu"),
    Sheet("service"),
    Sheet("timeline", "timeline.html", _charts, wide=True),
    Sheet("production", "production.html", wide=True),
    Sheet("recipes"),
    Sheet("shopping", "orders.html", _suppliers, wide=True),
    Sheet("packing", "packing.html", _boxes),
    Sheet("equipment"),
    Sheet("staffing"),
    Sheet("safety", "haccp.html", _log, wide=True),
    Sheet("diets", "matrix.html", wide=True),
    Sheet("plates", "plates.html", _plates),
    Sheet("cards", "cards.html", _cards),
    Sheet("costs"),
    Sheet("contingency"),
    Sheet("assumptions"),
    Sheet("texts"),
    Sheet("run"),
)
"""The book, in the order in which it is opened on the day. `verdict` is its cover."""
