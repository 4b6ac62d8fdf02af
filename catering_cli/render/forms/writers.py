"""Which forms a plan can be printed in, as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from catering_cli.render.page import Page
from catering_cli.render.sections.index import BOOKS, SECTIONS

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

Writer = Callable[["CateringPlan", Page], str]


def section_names(form: str) -> tuple[str, ...]:
    """The sections that a form can show alone."""
    if form == "ics":
        return ("timeline",)
    if form == "csv":
        from catering_cli.render.forms.csv_lists import LISTS

        return tuple(one.section for one in LISTS)
    return (*BOOKS, *SECTIONS)


def _terminal(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.forms.terminal import terminal_text

    return terminal_text(plan, page)


def _markdown(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.forms.markdown import markdown_text

    return markdown_text(plan, page)


def _html(plan: CateringPlan, page: Page) -> str:
    if page.stock:
        from catering_cli.render.forms.label_sheets import label_text

        return label_text(plan, page)
    from catering_cli.render.forms.html_book import html_text

    return html_text(plan, page)


def _ics(plan: CateringPlan, _: Page) -> str:
    from catering_cli.render.forms.icalendar_file import calendar_text

    return calendar_text(plan)


def _csv(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.forms.csv_tables import list_of_section

    return list_of_section(plan, page.section or "") or ""


WRITERS: dict[str, Writer] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "html": _html,
    "csv": _csv,
    "ics": _ics,
}
"""Form -> what writes it. One list is CSV; all of them are files (`csv_tables.csv_files`)."""
