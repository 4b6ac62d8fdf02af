"""What a plan looks like before a form is chosen: sections of text, tables and bars."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

Tone = Literal["plain", "good", "bad", "open", "warning", "dim", "strong"]
Row = tuple[str, ...]
EMPTY = ("", "-")
"""Cells that say nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `wide` ones share what is left of the width; `spare` ones go first if it is narrow."""

    title: str
    right: bool = False
    wide: bool = False
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; `fold` of them are shown if the section is not asked for by name."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    fold: int = 12
    title: str = ""
    tones: tuple[Tone, ...] = ()
    """one for each row; empty: all plain"""

    def filled(self, rows: tuple[Row, ...]) -> list[int]:
        """Places of the columns in which one of `rows` says something."""
        return [place for place in range(len(self.columns)) if any(row[place] not in EMPTY for row in rows)]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of work on a lane; `key` is one character."""

    start: datetime
    end: datetime
    key: str


BarLane = tuple[str, tuple[Bar, ...]]


@dataclass(frozen=True, slots=True)
class Bars:
    """A Gantt chart: lanes of bars between two moments, with what the keys mean."""

    title: str
    start: datetime
    end: datetime
    lanes: tuple[BarLane, ...]
    legend: tuple[str, ...] = ()
    fold: int = 14


Part = Table | Paragraph | Bars


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the plan."""

    name: str
    title: str
    parts: tuple[Part, ...]

    @classmethod
    def of(
        cls,
        name: str,
        title: str,
        parts: Iterable[Part],
        empty: str = "None.",
    ) -> Section:
        """The section with `parts`, or with the sentence `empty` if there are none."""
        return cls(name, title, tuple(parts) or (Paragraph(empty),))


@dataclass(frozen=True)
class Page:
    """How a plan is to be shown."""

    width: int = 100
    colour: bool = False
    unicode: bool = True
    section: str | None = None
    command: str = "catering show PLAN"
    """what a hint names"""
    now: datetime | None = None
    """when it is read; only `today` asks"""

    def whole(self, section: str) -> Page:
        """The page as if that section had been asked for by name: nothing is folded on paper."""
        return replace(self, section=section)


Builder = Callable[["CateringPlan", Page], Section]
