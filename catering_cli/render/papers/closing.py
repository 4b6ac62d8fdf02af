"""The closing sheet: what the kitchen writes down when the event is over, and `catering close` reads as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.domain.closing import closing_rows
from catering_cli.domain.quantity import three_figures
from catering_cli.render.page import Column, Page, Row, Section, Table

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

COLUMNS = (
    Column("Name"),
    Column("What", wide=True),
    Column("Planned", right=True),
    Column("Unit"),
    Column("Actual", blank=True),
    Column("Note", blank=True, spare=True),
)


def closing_section(plan: CateringPlan, _: Page) -> Section:
    """A row for each step, for what each dish made and left, and for the hours of each role."""
    rows: list[Row] = []
    for row in closing_rows(plan):
        planned = "" if row.what == "left" else three_figures(row.planned)
        rows.append((row.name, row.detail, planned, row.unit, "", ""))
    return Section.of(
        "closing", "Closing sheet", [Table(COLUMNS, tuple(rows))] if rows else [], empty="Nothing is made."
    )
