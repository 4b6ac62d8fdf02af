"""The two tables of a house, beside its recipes: `observed.tsv` holds every measurement, `learnt.tsv` what follows.

A person may write `no` into the column `use` of a learnt number; it is then kept and not used, whatever is measured
later. All else in that table is written again at each close.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.house.learning import Number, learnt
from catering_cli.intake.house.observed import Observed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OBSERVED: Final = "observed.tsv"
LEARNT: Final = "learnt.tsv"
USE: Final = "use"
_COUNTS = ("value", "n", "low", "high")


def with_sheet(folder: Path, rows: Sequence[Observed]) -> tuple[dict[str, bytes], tuple[Number, ...]]:
    """The tables of a house with one more sheet, by file, and what follows from that sheet's subjects."""
    event = {row.event for row in rows}
    before = [row for row in _observed(folder) if row.event not in event]
    everything = [*before, *rows]
    numbers = learnt(everything)
    refused = {_key(number) for use, number in numbers_of(folder) if not use}
    told = [("no" if _key(number) in refused else "yes", *number) for number in numbers]
    subjects = {(row.about, row.step) for row in rows}
    files = {
        OBSERVED: _text(Observed._fields, everything),
        LEARNT: _text((USE, *Number._fields), told),
    }
    return files, tuple(number for number in numbers if (number.about, number.step) in subjects)


def numbers_of(folder: Path) -> list[tuple[bool, Number]]:
    """The learnt numbers of a folder, each with whether it is used. Raises Refused for a bad cell."""
    found = []
    for line, row in _rows(folder / LEARNT, (USE, *Number._fields)):
        use = row.pop(USE).strip().casefold()
        if use not in ("yes", "no"):
            raise _bad(folder / LEARNT, line, USE, use, "yes or no")
        for name in _COUNTS:
            if not row[name].strip().isdecimal():
                raise _bad(folder / LEARNT, line, name, row[name], "a whole number")
        counts = {name: int(row[name]) for name in _COUNTS}
        found.append((use == "yes", Number(**{**row, **counts})))  # type: ignore[arg-type]
    return found


def _observed(folder: Path) -> list[Observed]:
    found = []
    for line, row in _rows(folder / OBSERVED, Observed._fields):
        amounts: dict[str, Fraction] = {}
        for name in ("base", "planned", "actual"):
            try:
                amounts[name] = Fraction(row[name])
            except (ValueError, ZeroDivisionError):
                raise _bad(folder / OBSERVED, line, name, row[name], "a number") from None
        if not row["over"].isdecimal():
            raise _bad(folder / OBSERVED, line, "over", row["over"], "a whole number")
        found.append(Observed(**{**row, **amounts, "over": int(row["over"])}))  # type: ignore[arg-type]
    return found


def _rows(file: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with the numbers of their lines; none if there is no such file. Raises Refused."""
    if not file.is_file():
        return []
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise Refused(Problem(f"cannot be read as text: {type(error).__name__}", str(file))) from None
    if not lines or tuple(lines[0].split("\t")) != tuple(columns):
        raise Refused(Problem(f"must begin with the columns {', '.join(columns)}", str(file), "line 1"))
    rows = [(number, line.split("\t")) for number, line in enumerate(lines[1:], start=2) if line.strip()]
    for number, cells in rows:
        if len(cells) != len(columns):
            message = f"has {len(cells)} cells instead of {len(columns)}, between tabs"
            raise Refused(Problem(message, str(file), f"line {number}"))
    return [(number, dict(zip(columns, cells, strict=True))) for number, cells in rows]


def _text(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    lines = ("\t".join(" ".join(str(cell).split()) for cell in row) for row in (columns, *rows))
    return "".join(f"{line}\n" for line in lines).encode()


def _key(number: Number) -> tuple[str, str, str]:
    return number.what, number.about, number.step


def _bad(file: Path, line: int, column: str, value: str, right: str) -> Refused:
    return Refused(Problem(f"must be {right}", str(file), f"line {line}, column {column}", value or "blank"))
