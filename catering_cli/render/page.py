"""What a plan looks like before a form is chosen: sections of text, tables and bars."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

Tone = Literal["plain", "good", "bad", "open", "warning", "dim", "strong"]
Row = tuple[str, ...]
ENGLISH: Final = "en"
EMPTY = ("", "-")
"""Cells that say nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `wide` ones share what is left of the width; `spare` ones go first if it is narrow.

    A `tick` column is a box to tick and a `blank` one a cell to write in, on paper; neither has text of its own.
    """

    title: str
    right: bool = False
    wide: bool = False
    spare: bool = False
    tick: bool = False
    blank: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether it is filled in by hand."""
        return self.tick or self.blank


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
        return [place for place in range(len(self.columns)) if self._says(place, rows)]

    def by_hand(self) -> list[int]:
        """Places of the columns that are filled in by hand."""
        return [place for place, column in enumerate(self.columns) if column.by_hand]

    def _says(self, place: int, rows: tuple[Row, ...]) -> bool:
        return any(row[place] not in EMPTY for row in rows)


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


@dataclass(frozen=True, slots=True)
class Facts:
    """What is looked up at a glance: pairs of a label and what is said of it."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A card that is cut out: a heading, and lines of a label (it may be empty), a text and its tone."""

    title: str
    lines: tuple[tuple[str, str, Tone], ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards of one kind: `meal` cards go with a plate, `stand` cards on a buffet, `label` ones on a container."""

    cards: tuple[Card, ...]
    kind: Literal["meal", "stand", "label"] = "meal"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign."""

    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that stay on one page if they can, such as a recipe."""

    parts: tuple[Table | Paragraph | Signatures, ...]


Part = Table | Paragraph | Bars | Facts | Cards | Signatures | Group


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the plan."""

    name: str
    title: str
    parts: tuple[Part, ...]
    bare: bool = False
    """whether it only says that there is nothing: a book leaves it out"""

    @classmethod
    def of(
        cls,
        name: str,
        title: str,
        parts: Iterable[Part],
        empty: str = "None.",
    ) -> Section:
        """The section with `parts`, or with the sentence `empty` if there are none."""
        found = tuple(parts)
        return cls(name, title, found or (Paragraph(empty),), bare=not found)


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
    units: str = ""
    """metric or us, if amounts were asked for in a system; empty: the order's own"""
    stock: str = ""
    """the sheet of labels that cards are printed on, by its number; empty: plain paper"""
    lang: str = ENGLISH
    """en, es, or en+es for both"""

    def whole(self, section: str) -> Page:
        """The page as if that section had been asked for by name: nothing is folded on paper."""
        return replace(self, section=section)


Builder = Callable[["CateringPlan", Page], Section]
