"""Papers as HTML: one file that needs nothing else, a sheet for each person who holds one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from catering_cli.render.clock import stamp_or_blank
from catering_cli.render.drafts import marked
from catering_cli.render.forms.svg_gantt import COLOURS, WIDTH, svg_charts
from catering_cli.render.page import Cards, Column, Facts, Group, Page, Paragraph, Part, Row, Section, Signatures, Table
from catering_cli.render.papers import production
from catering_cli.render.revision import revision
from catering_cli.render.sections.diets import MARKS
from catering_cli.render.sections.index import BOOKS, built, chosen, in_language, in_words
from catering_cli.render.wording import counted, dish_names, money_text, plain_name, visible

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.diets import DishDiets

TEMPLATES = Path(__file__).parents[1] / "templates"
TAIL: Final = 6
"""Rows at the end of a table that stay together, so that no page holds the last line alone."""

FOLLOWS: Final = {
    "book": ("run-of-show", "call-sheet", "prep", "receiving", "driver"),
    "manager": (
        "overview",
        "findings",
        "readings",
        "margins",
        "quote",
        "staffing",
        "equipment",
        "assumptions",
        "texts",
        "run",
    ),
}
"""Sheets of a book that begin on the page of the one before, for the same hands."""

DENSE: Final = 75
"""Lines of an event order from which on it is set smaller, so that it stays on two pages."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a sheet is printed: its section, its template, and what the template is given beside the section."""

    name: str
    template: str = "sheet.html"
    given: Callable[[CateringPlan], dict[str, Any]] = lambda _plan: {}
    wide: bool = False
    """Printed across the page."""


def html_text(plan: CateringPlan, page: Page) -> str:
    """The event book, or the paper that was asked for."""
    plan = marked(plan)
    name = page.section or "book"
    sheets = list(chain.from_iterable(_sheets(one, plan, page) for one in chosen(name)))
    if name in BOOKS:
        sheets = [sheet for sheet in sheets if not sheet["section"].bare]
    template = environment(plan, page).get_template("book.html")
    title = TITLES.get(name) or (name if name in APART else sheets[0]["section"].title)
    return visible(template.render(sheets=sheets, name=title))


def _sheets(name: str, plan: CateringPlan, page: Page) -> Iterator[dict[str, Any]]:
    """The sheets of a paper: several if it was asked for alone and goes to several people."""
    apart = APART.get(name) if page.section == name else None
    sections = list(apart(plan, page)) if apart else []
    for number, section in enumerate(sections, 1):
        yield _filled(name, plan, in_language(section, plan, page), name) | {"id": f"{name}-{number}"}
    if not sections:
        yield _filled(name, plan, built(name, plan, page.whole(name)), page.section or "book")


def _filled(name: str, plan: CateringPlan, section: Section, book: str) -> dict[str, Any]:
    sheet = SHEETS.get(name, Sheet(name))
    return {
        "id": name,
        "sheet": sheet,
        "section": section,
        "given": sheet.given(plan),
        "follows": name in FOLLOWS.get(book, ()),
        "dense": lines_of(section) > DENSE,
    }


def lines_of(section: Section) -> int:
    """About how many lines a sheet has."""
    return sum(map(_lines, section.parts))


def _lines(part: Part) -> int:
    if isinstance(part, Table):
        return len(part.rows) + 2
    if isinstance(part, Facts):
        return len(part.pairs)
    return 1


def environment(plan: CateringPlan, page: Page) -> Environment:
    """Templates with what all of them know of the plan."""
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
        "bodies": table_bodies,
        "look": column_class,
        "stamp": partial(stamp_or_blank, order=plan.order),
        "money": partial(money_text, currency=plan.costing.currency),
        "counted": counted,
        "plain": plain_name,
    }
    kinds = {"table": Table, "paragraph": Paragraph, "facts": Facts, "cards": Cards, "signatures": Signatures}
    kinds["grouped"] = Group
    for name, kind in kinds.items():
        made.tests[name] = partial(_is_a, kind)  # type: ignore[assignment]  # jinja is typed too narrowly
    made.globals |= {"plan": plan, "dish": dish_names(plan), "revision": revision(plan), "mark": MARKS}
    made.globals["lang"] = page.lang.partition("+")[0]
    made.filters["say"] = partial(in_words, plan=plan, page=page)
    return made


def _is_a(kind: type, part: object) -> bool:
    return isinstance(part, kind)


def filled_columns(table: Table) -> list[tuple[int, Column]]:
    """The columns in which something stands or is written by hand, with their places."""
    kept = {*table.filled(table.rows), *table.by_hand()}
    return [(place, column) for place, column in enumerate(table.columns) if place in kept]


def table_bodies(table: Table) -> Iterator[list[tuple[int, Row]]]:
    """The rows with their numbers, the last of them in a body of their own."""
    rows = list(enumerate(table.rows))
    cut = len(rows) - TAIL if len(rows) > TAIL else 0
    if cut:
        yield rows[:cut]
    yield rows[cut:]


def column_class(column: Column) -> Markup:
    """The class attribute of a column's cells."""
    from markupsafe import Markup

    if column.tick:
        return Markup(' class="tick"')
    if column.blank:
        return Markup(' class="reading"')
    if column.right:
        return Markup(' class="right"')
    return Markup(' class="text"') if column.wide else Markup(' class="tight"')


def _charts(plan: CateringPlan) -> dict[str, Any]:
    names = [(f"c{index % COLOURS}", dish.id, dish.name) for index, dish in enumerate(plan.menu)]
    return {"charts": tuple(svg_charts(plan)), "width": WIDTH, "names": names}


def _chart(plan: CateringPlan) -> dict[str, Any]:
    """Rows of the chart about which there is something to say, and the dishes of which there is nothing."""
    names = dish_names(plan)
    told = [row for row in plan.diets.rows if _says_something(row)]
    quiet = [names.get(row.dish, row.dish) for row in plan.diets.rows if not _says_something(row)]
    return {"told": told, "quiet": quiet}


def _says_something(row: DishDiets) -> bool:
    cells = any(cell.state != "none_found" for cell in row.cells)
    return cells or any(cell.state != "compatible" for cell in row.diets)


SHEETS: Final = {
    sheet.name: sheet
    for sheet in (
        Sheet("timeline", "timeline.html", _charts, wide=True),
        Sheet("diets", "matrix.html", _chart, wide=True),
        Sheet("safety", wide=True),
    )
}
"""Sheets that are not printed as all others are."""

APART: Final[dict[str, Callable[[CateringPlan, Page], Iterator[Section]]]] = {
    "production": production.station_sections,
}
"""Papers that are a sheet for each station if they are asked for by name."""

TITLES: Final = {"book": "event book", "manager": "manager's file"}
