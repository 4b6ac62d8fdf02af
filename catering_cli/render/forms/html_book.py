"""The event book: one HTML file that needs nothing else, a sheet for each person who holds one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.render.forms.svg_gantt import COLOURS, WIDTH, charts
from catering_cli.render.page import Column, Line, Page, Table
from catering_cli.render.revision import revision
from catering_cli.render.sections.guests import cards_of, plates_of
from catering_cli.render.sections.index import SECTIONS
from catering_cli.render.wording import TAP, calendar_day, clock, counted, dishes, money, seen, stamp

if TYPE_CHECKING:
    from jinja2 import Environment

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.shopping import ShoppingLine

TEMPLATES = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the book: the section it holds, its template, and what the template is given beside the section."""

    name: str
    template: str = "section.html"
    given: Callable[[CateringPlan, Page], dict[str, Any]] = lambda _plan, _page: {}
    wide: bool = False
    """Printed across the page."""


def text(plan: CateringPlan, page: Page) -> str:
    """The book, or the one sheet that was asked for."""
    chosen = [sheet for sheet in SHEETS if page.section in (None, sheet.name)] or [Sheet(page.section or "verdict")]
    environment = _environment(plan, page)
    made = []
    for sheet in chosen:
        part = SECTIONS[sheet.name](plan, _whole(page, sheet.name))
        made.append({"sheet": sheet, "section": part, "given": sheet.given(plan, page)})
    verdict = SECTIONS["verdict"](plan, page)
    template = environment.get_template("book.html")
    return seen(template.render(sheets=made, verdict=verdict, alone=page.section is not None))


def _whole(page: Page, name: str) -> Page:
    """Each section is asked for by name: nothing is folded on paper."""
    return Page(page.width, section=name, words=page.words, command=page.command, now=page.now)


def _environment(plan: CateringPlan, page: Page) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        autoescape=True,  # every text of an order or a model is text, in every template
        undefined=StrictUndefined,
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["kept"] = kept
    made.filters["stamp"] = partial(_or_blank, stamp, plan)
    made.filters["clock"] = partial(_or_blank, clock, plan)
    made.filters["words"] = page.words
    made.filters["money"] = lambda value: money(value, plan.costing.currency)
    made.filters["counted"] = counted
    made.filters["day"] = lambda value: calendar_day(value) if value else ""
    made.tests["table"] = lambda part: isinstance(part, Table)
    made.tests["line"] = lambda part: isinstance(part, Line)
    made.globals |= {"plan": plan, "dish": dishes(plan), "revision": revision(plan)}
    return made


def _or_blank(write: Callable[..., str], plan: CateringPlan, moment: Any) -> str:
    return write(moment, plan.order) if moment else ""


def kept(table: Table) -> tuple[tuple[int, Column], ...]:
    """The columns in which something stands, with their places."""
    return tuple(
        (index, column)
        for index, column in enumerate(table.columns)
        if any(row[index] not in ("", "-") for row in table.rows)
    )


def _charts(plan: CateringPlan, _: Page) -> dict[str, Any]:
    names = [(f"c{index % COLOURS}", dish.id, dish.name) for index, dish in enumerate(plan.menu)]
    return {"charts": charts(plan), "width": WIDTH, "names": names}


def _suppliers(plan: CateringPlan, _: Page) -> dict[str, Any]:
    """Order sheets: supplier -> its lines in order of the day, with what they cost."""
    found: defaultdict[str, list[ShoppingLine]] = defaultdict(list)
    for line in sorted(plan.shopping.lines, key=lambda line: (line.department, line.item)):
        if line.department != TAP or line.supplier:
            found[line.supplier].append(line)
    orders = []
    for supplier, lines in sorted(found.items(), key=lambda item: (item[0] == "", item[0])):
        costs = [line.cost for line in lines if line.cost is not None]
        days = [line.order_by for line in lines if line.order_by]
        orders.append(
            {
                "supplier": supplier or "No supplier named",
                "lines": lines,
                "first": min(days, default=None),
                "cost": sum(costs, start=costs[0] * 0) if costs else None,
                "at_least": len(costs) < len(lines),
            }
        )
    return {"orders": orders, "tap": [line for line in plan.shopping.lines if line.department == TAP]}


def _boxes(plan: CateringPlan, _: Page) -> dict[str, Any]:
    found = defaultdict(list)
    for line in plan.packing:
        found[line.box].append(line)
    return {"boxes": dict(found)}


def _log(plan: CateringPlan, _: Page) -> dict[str, Any]:
    """Control points as they fall due; what is checked on delivery comes before everything with a time."""
    due = sorted((point for point in plan.safety.points if point.at), key=attrgetter("at"))
    return {"points": [*(point for point in plan.safety.points if point.at is None), *due]}


def _cards(plan: CateringPlan, _: Page) -> dict[str, Any]:
    return {"cards": cards_of(plan)}


def _plates(plan: CateringPlan, _: Page) -> dict[str, Any]:
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
