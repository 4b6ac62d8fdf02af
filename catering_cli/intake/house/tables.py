"""The two tables of a house, beside its recipes: `observed.tsv` holds every measurement, `learnt.tsv` what follows.

A person may write `no` into the column `use` of a learnt number; it is then kept and not used, whatever is measured
later. All else in that table is written again at each close.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from catering_cli.domain.names import FORMULA
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.house.learning import KINDS, MOST, Number, learnt
from catering_cli.intake.house.observed import Observed, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OBSERVED: Final = "observed.tsv"
LEARNT: Final = "learnt.tsv"
USE: Final = "use"
_COUNTS = ("value", "n", "low", "high")
_AMOUNTS = ("base", "planned", "actual")
_WHOLE = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"\d{1,12}(?:/[1-9]\d{0,11}|\.\d{1,6})?")


def with_sheet(folder: Path, rows: Sequence[Observed]) -> tuple[dict[str, bytes], tuple[Number, ...]]:
    """The tables of a house with one more sheet, by file, and what follows from that sheet's subjects."""
    event = {row.event for row in rows}
    before = [row for row in _observed(folder) if row.event not in event]
    everything = [*before, *rows]
    numbers = learnt(everything)
    files = {
        OBSERVED: _text(Observed._fields, everything),
        LEARNT: _text((USE, *Number._fields), _with_use(numbers, folder)),
    }
    subjects = {(row.about, row.step) for row in rows}
    return files, tuple(number for number in numbers if (number.about, number.step) in subjects)


def _with_use(numbers: Sequence[Number], folder: Path) -> list[tuple[object, ...]]:
    """The numbers with whether they are used: what the house has refused stays refused."""
    refused = {_key(number) for use, number in numbers_of(folder) if not use}
    return [("no" if _key(number) in refused else "yes", *number) for number in numbers]


def numbers_of(folder: Path) -> list[tuple[bool, Number]]:
    """The learnt numbers of a folder, each with whether it is used. Raises Refused for a bad cell."""
    found = []
    for line, row in _rows(folder / LEARNT, (USE, *Number._fields)):
        use = row.pop(USE).strip().casefold()
        if use not in ("yes", "no"):
            raise _bad(folder / LEARNT, line, USE, use, "yes or no")
        counts = {name: _whole(row[name], (folder / LEARNT, line, name)) for name in _COUNTS}
        most = MOST.get(row["what"])
        if most is None:
            raise _bad(folder / LEARNT, line, "what", row["what"], f"one of {', '.join(MOST)}")
        if counts["value"] > most:
            raise _bad(folder / LEARNT, line, "value", row["value"], f"at most {most:,}")
        found.append((use == "yes", Number(**{**row, **counts})))  # type: ignore[arg-type]
    return found


def _observed(folder: Path) -> list[Observed]:
    file = folder / OBSERVED
    found = []
    for line, row in _rows(file, Observed._fields):
        amounts = {name: _amount(row[name], (file, line, name)) for name in _AMOUNTS}
        if row["what"] not in KINDS:
            raise _bad(file, line, "what", row["what"], f"one of {', '.join(KINDS)}")
        if row["left"]:
            _amount(row["left"], (file, line, "left"))
        over = _whole(row["over"], (file, line, "over"))
        found.append(Observed(**{**row, **amounts, "over": over}))  # type: ignore[arg-type]
    return found


def _whole(text: str, place: tuple[Path, int, str]) -> int:
    if not _WHOLE.fullmatch(text.strip()):
        raise _bad(*place, text, "a whole number")
    return int(text)


def _amount(text: str, place: tuple[Path, int, str]) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise _bad(*place, text, "a number")
    return Fraction(text)


def _rows(file: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with the numbers of their lines; none if there is no such file. Raises Refused."""
    if not file.is_file():
        return []
    lines = _lines(file)
    if not lines or tuple(lines[0].split("\t")) != tuple(columns):
        raise Refused(Problem(f"must begin with the columns {', '.join(columns)}", str(file), "line 1"))
    rows = [(number, line.split("\t")) for number, line in enumerate(lines[1:], start=2) if line.strip()]
    for number, cells in rows:
        if len(cells) != len(columns):
            message = f"has {len(cells)} cells instead of {len(columns)}, between tabs"
            raise Refused(Problem(message, str(file), f"line {number}"))
    return [(number, dict(zip(columns, map(_read, cells), strict=True))) for number, cells in rows]


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Refused(Problem(f"is not UTF-8 text (byte {error.start + 1}); save it as UTF-8", str(file))) from None
    except OSError as error:
        raise Refused(Problem(f"cannot be read: {error.strerror}", str(file))) from None


def _read(cell: str) -> str:
    """A cell as it was before it was written."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def _text(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    lines = ("\t".join(map(_cell, row)) for row in (columns, *rows))
    return "".join(f"{line}\n" for line in lines).encode()


def _cell(value: object) -> str:
    """A cell as text: no sign steers a terminal, and no spreadsheet runs it."""
    said = plain(str(value))
    return f"'{said}" if said.startswith(FORMULA) else said


def _key(number: Number) -> tuple[str, str, str]:
    return number.what, number.about, number.step


def _bad(file: Path, line: int, column: str, value: str, right: str) -> Refused:
    return Refused(Problem(f"must be {right}", str(file), f"line {line}, column {column}", value or "blank"))
