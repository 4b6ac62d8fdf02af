"""Which forms a plan can be printed in, as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from catering_cli.render.page import Page
from catering_cli.render.sections.index import SECTIONS

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan


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
