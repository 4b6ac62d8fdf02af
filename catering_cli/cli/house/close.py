"""What `close` does: a filled-in sheet goes into the tables of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.cli import destination, output
from catering_cli.cli.own_recipe import house_folder
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.house import sheet, tables
from catering_cli.intake.house.observed import observed
from catering_cli.render.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.intake.house.learning import Number


def closed(plan: CateringPlan, filled: str, to: Path | None, *, as_json: bool) -> None:
    """Read the sheet, write both tables, and say what was learnt. Raises Refused, and then nothing is written."""
    folder = to or house_folder()
    rows = tuple(observed(plan, sheet.filled(filled, plan)))
    if not rows:
        raise Refused(Problem("measures no step, dish or role that has a figure in the plan", filled))
    destination.folder(folder)
    with destination.reserved(folder / tables.OBSERVED):
        files, numbers = tables.with_sheet(folder, rows)
        for name, data in files.items():
            destination.written(folder / name, data)
    if as_json:
        output.json_result({"folder": str(folder), "learnt": [number._asdict() for number in numbers]})
        return
    said = [f"{counted(len(rows), 'measurement')} kept in {folder / tables.OBSERVED}."]
    output.result("\n".join([*said, *map(_line, numbers), f"Refuse a number: `no` in {folder / tables.LEARNT}."]))


def _line(number: Number) -> str:
    step = f", step {number.step}" if number.step else ""
    events = counted(number.n, "event")
    spread = f", {number.low} to {number.high}" if number.n > 1 else ""
    return f"  {number.about}{step}: {number.what} {number.value} {number.unit} ({events}{spread})"
