"""The closing sheet as a kitchen filled it in: CSV with the sheet's columns, blank cells where nothing was measured."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from catering_cli.domain.closing import ClosingRow, closing_rows
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.json_document import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.domain.plan import CateringPlan

ROW: Final = "row"
ACTUAL: Final = "actual"
MOST_TIMES: Final = 10
"""A cell so many times what was planned is taken for a slip; [K]."""
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_NUMBER = re.compile(r"\d{1,7}(?:[.,]\d{1,3})?")
_RIGHT = {
    "minutes": "minutes as a number or as h:mm, such as 45 or 1:15",
    "hours": "hours as a number or as h:mm, such as 7.5 or 7:30",
    "made": "a number of portions, such as 120",
    "left": "a number of portions, 0 if none was left",
}


def filled(path: str, plan: CateringPlan) -> dict[str, Fraction]:
    """What was measured, by the row's id. Raises Refused with every bad cell."""
    due = {row.id: row for row in closing_rows(plan)}
    found: dict[str, Fraction] = {}
    problems: list[Problem] = []
    for number, cells in _rows(path):
        text = cells[ACTUAL].strip().lstrip("'")
        if not text:
            continue
        row, place = cells[ROW].strip(), f"row {number}, column {ACTUAL}"
        if row not in due:
            message = "is no row of this plan's sheet; take the sheet from `catering show PLAN --as csv`"
            problems.append(Problem(message, path, f"row {number}, column {ROW}", row or "blank"))
            continue
        value = _value(text, due[row])
        if row in found:
            problems.append(Problem(f"{row} stands twice; keep one", path, place, text))
        elif value is None:
            problems.append(Problem(f"must be {_RIGHT[due[row].what]}", path, place, text))
        elif wrong := _unlikely(value, due[row], due):
            problems.append(Problem(wrong, path, place, text))
        else:
            found[row] = value
    if not problems and not found:
        problems.append(Problem(f"no cell of the column {ACTUAL} is filled in", path))
    if problems:
        raise Refused(*problems)
    return found


def _delimiter(text: str) -> str:
    """What stands between the cells of the heading, as a spreadsheet of some country writes it."""
    heading = text.split("\n", 1)[0]
    if heading.count(";") > heading.count(","):
        return ";"
    return "\t" if "\t" in heading else ","


def _rows(path: str) -> list[tuple[int, dict[str, str]]]:
    """The rows below the heading, each with its number in the file. Raises Refused."""
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(Problem(f"is not UTF-8 text (byte {error.start + 1}); save it as CSV UTF-8", path)) from None
    reader = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text), restval="", strict=False)
    names = [name.strip().casefold() for name in reader.fieldnames or ()]
    missing = [name for name in (ROW, ACTUAL) if name not in names]
    if missing:
        raise Refused(Problem(f"has no column {' and '.join(missing)}; keep the sheet's first line", path, "row 1"))
    reader.fieldnames = names
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise Refused(Problem(f"is no CSV: {error}", path, f"row {reader.line_num}")) from None


def _value(text: str, row: ClosingRow) -> Fraction | None:
    """The number in a cell; None if it is none."""
    clock = _CLOCK.fullmatch(text)
    if clock and row.what in ("minutes", "hours"):
        minutes = Fraction(60 * int(clock[1]) + int(clock[2]))
        return minutes if row.what == "minutes" else minutes / 60
    return Fraction(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _unlikely(value: Fraction, row: ClosingRow, due: Mapping[str, ClosingRow]) -> str:
    """Why a number cannot be meant; empty if it can."""
    planned = due[f"{row.id.partition('.')[0]}.made"].planned if row.what == "left" else row.planned
    if row.what != "left" and not value:
        return f"0 {row.unit} cannot be; leave it blank if it was not measured"
    if value > MOST_TIMES * max(planned, Fraction(1)):
        return f"more than {MOST_TIMES} times what was planned ({float(planned):g} {row.unit}); check the unit"
    return ""
