"""A plan as CSV: one file a list, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from catering_cli.domain.names import FORMULA
from catering_cli.render.drafts import marked
from catering_cli.render.forms.csv_cells import CsvList
from catering_cli.render.forms.csv_lists import LISTS
from catering_cli.render.revision import revision

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

MARK = "\ufeff"
"""Without it a spreadsheet takes the file for one of its own code page, and ° or ñ for two signs."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same plan gives the same bytes."""


def csv_files(plan: CateringPlan) -> dict[str, bytes]:
    """File name -> content of every list."""
    return {one.file: f"{MARK}{csv_text(plan, one)}".encode() for one in LISTS}


def list_of_section(plan: CateringPlan, name: str) -> str | None:
    """The list of that section; None if the section is no list."""
    return next((f"{MARK}{csv_text(plan, one)}" for one in LISTS if one.section == name), None)


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
    plan = marked(plan)
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
    return f"'{said}" if said.lstrip().startswith(FORMULA) else said
