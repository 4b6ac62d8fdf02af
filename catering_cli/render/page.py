"""What a plan looks like before a form is chosen: sections of text, tables and bars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.quantity import Amount

Tone = Literal["plain", "good", "bad", "open", "warning", "dim", "strong"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `wide` ones share what is left of the width; `spare` ones go first where it is narrow."""

    title: str
    right: bool = False
    wide: bool = False
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; `fold` of them are shown where the section is not asked for by name."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    fold: int = 12
    title: str = ""
    tones: tuple[Tone, ...] = ()
    """one for each row; empty: all plain"""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of work on a lane; `key` is one character."""

    start: datetime
    end: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A Gantt chart: lanes of bars between two moments, with what the keys mean."""

    title: str
    start: datetime
    end: datetime
    lanes: tuple[tuple[str, tuple[Bar, ...]], ...]
    legend: tuple[str, ...] = ()
    fold: int = 14


Part = Table | Line | Bars


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the plan. `brief` ones belong to the first reading, the others are shown when asked for."""

    name: str
    title: str
    parts: tuple[Part, ...]


def _as_written(amount: Amount) -> str:
    from catering_cli.render.wording import plainly

    return amount.kitchen or plainly(amount.quantity)


@dataclass(frozen=True)
class Page:
    """How somebody wants to read a plan."""

    width: int = 100
    colour: bool = False
    unicode: bool = True
    section: str | None = None
    words: Callable[[Amount], str] = field(default=_as_written)
    """an amount as a cook says it, in the system of units that was asked for"""
    command: str = "catering show PLAN"
    """what a hint names"""
    now: datetime | None = None
    """when it is read; only `today` asks"""


Builder = Callable[["CateringPlan", Page], Section]
