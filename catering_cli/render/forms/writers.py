"""Which sections a plan has, and which forms it can be printed in; both are tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from catering_cli.render.page import Builder, Page
from catering_cli.render.sections import event, food, guests, stations, timeline, today, verdict

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

SECTIONS: dict[str, Builder] = {
    "verdict": verdict.verdict,
    "findings": verdict.findings,
    "menu": food.menu,
    "diets": food.diets,
    "timeline": timeline.timeline,
    "shopping": food.shopping,
    "staffing": event.staffing,
    "costs": event.costs,
    "assumptions": verdict.assumptions,
    "recipes": food.recipes,
    "equipment": event.equipment,
    "service": event.service,
    "safety": event.safety,
    "packing": event.packing,
    "production": stations.production,
    "plates": guests.plates,
    "cards": guests.cards,
    "contingency": verdict.contingency,
    "texts": verdict.texts,
    "run": verdict.run,
    "today": today.today,
}
"""From general to particular."""

FIRST_READING = ("verdict", "findings", "menu", "diets", "timeline", "shopping", "staffing", "costs", "assumptions")
"""What is shown without asking for a section by name; the others are named at the end."""


def sections(form: str) -> tuple[str, ...]:
    """The sections that a form can show alone."""
    if form == "csv":
        from catering_cli.render.forms.csv_tables import SHEETS

        return tuple(sheet.section for sheet in SHEETS)
    return ("timeline",) if form == "ics" else tuple(SECTIONS)


def _terminal(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.forms.terminal import text

    return text(plan, page)


def _markdown(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.forms.markdown import text

    return text(plan, page)


def _html(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.forms.html_book import text

    return text(plan, page)


def _ics(plan: CateringPlan, _: Page) -> str:
    from catering_cli.render.forms.icalendar_file import text

    return text(plan)


def _csv(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.forms.csv_tables import section

    return section(plan, page.section or "") or ""


TABLE: dict[str, Callable[[CateringPlan, Page], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "html": _html,
    "csv": _csv,
    "ics": _ics,
}
"""Form -> what writes it. A list alone is CSV; all of them are files (`tables.files`)."""
