"""Papers that are lists, as CSV: the rows of a section's tables, with the table's heading before each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from catering_cli.render.forms.csv_cells import Cells, CsvList
from catering_cli.render.page import Column, Page, Section, Table
from catering_cli.render.papers import (
    haccp_log,
    order_guide,
    people,
    production,
    run_of_show,
    special_meals,
)
from catering_cli.render.papers.transport import driver, pack_out

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.render.page import Builder

SHEETS: Final[tuple[tuple[str, str, str, Builder, tuple[Column, ...]], ...]] = (
    ("production.csv", "production", "station", production.production_section, production.PRODUCTION_COLUMNS),
    ("run-of-show.csv", "run-of-show", "day", run_of_show.run_of_show_section, run_of_show.SHOW_COLUMNS),
    ("call-sheet.csv", "call-sheet", "", people.call_sheet_section, people.CALL_COLUMNS),
    ("driver.csv", "driver", "vehicle", driver.driver_section, driver.TRIP_COLUMNS),
    ("special-meals.csv", "plates", "", special_meals.special_meals_section, special_meals.LIST_COLUMNS),
    ("order-guide.csv", "order-guide", "vendor", order_guide.guide_section, order_guide.GUIDE_COLUMNS),
    ("receiving.csv", "receiving", "delivery", order_guide.receiving_section, order_guide.RECEIVING_COLUMNS),
    ("packing.csv", "packing", "vehicle_and_stop", pack_out.packing_section, pack_out.PACK_COLUMNS),
    ("haccp.csv", "safety", "", haccp_log.log_section, haccp_log.LOG_COLUMNS),
)
"""File, section, what the headings of its tables name, the section's builder, and the columns of the list."""


def paper_lists() -> tuple[CsvList, ...]:
    """A list for each paper that is one."""
    return tuple(_list(*sheet) for sheet in SHEETS)


def _list(file: str, section: str, group: str, builder: Builder, columns: tuple[Column, ...]) -> CsvList:
    heads = ((group,) if group else ()) + tuple(map(_name, columns))
    return CsvList(file, section, heads, partial(_rows, builder=builder, columns=columns, grouped=bool(group)))


def _name(column: Column) -> str:
    """A column's title as a field: reading_1, order_by."""
    return re.sub(r"[^a-z0-9]+", "_", column.title.casefold()).strip("_")


def _rows(
    plan: CateringPlan,
    *,
    builder: Builder,
    columns: tuple[Column, ...],
    grouped: bool,
) -> Iterator[Cells]:
    section: Section = builder(plan, Page(width=1_000))
    for part in section.parts:
        if isinstance(part, Table) and part.columns == columns:
            for row in part.rows:
                yield (part.title, *row) if grouped else row
