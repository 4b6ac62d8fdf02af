"""Labels and cards on the sheets that are sold for office printers: each in its place, in type that can be read.

A text that does not fit at the least size is refused with the sheets on which it does: no label is cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from catering_cli.data.tables import rows
from catering_cli.domain.problem import Problem, Refused
from catering_cli.render.forms.html_book import environment
from catering_cli.render.page import Card, Cards, Page, Paragraph, Section
from catering_cli.render.sections.index import built
from catering_cli.render.wording import visible

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

ON_LABELS: Final = ("labels", "box-labels", "plates", "cards")
"""Papers that are labels or cards."""

SIZES: Final = (11.0, 10.0, 9.0, 8.0, 7.5, 7.0, 6.6)
"""Points of type, the largest that fits is taken. The least has small letters of 1.2 mm, as Regulation (EU) 1169/2011
art. 13(2) asks of labels: 1.2 mm / (0.519 em of Arial) = 6.55 pt."""

MILLIMETRES: Final = 25.4 / 72
"""In a point."""

LETTER: Final = 0.56
"""Width of a letter in ems, on the wide side: Arial's small letters are 0.5, its capitals 0.67."""

LINE: Final = 1.15
PADDING: Final = (5.0, 3.0)
"""Millimetres of padding, across and down, as in the template."""

TITLE: Final = 1.15
"""A title is so much larger than the text."""


@dataclass(frozen=True, slots=True)
class Stock:
    """A sheet of labels; sizes in millimetres."""

    name: str
    sheet_width: float
    sheet_height: float
    width: float
    height: float
    across: int
    down: int
    left: float
    top: float
    step_across: float
    step_down: float

    @property
    def a_sheet(self) -> int:
        """Labels on a sheet."""
        return self.across * self.down

    def place(self, number: int) -> tuple[float, float]:
        """Left and top edge of a label, row by row."""
        row, column = divmod(number, self.across)
        return self.left + column * self.step_across, self.top + row * self.step_down


def stocks() -> dict[str, Stock]:
    """Every sheet of the table by its number."""
    sizes = ("sheet_width", "sheet_height", "width", "height", "left", "top", "step_across", "step_down")
    return {
        row["stock"]: Stock(
            name=row["stock"],
            across=int(row["across"]),
            down=int(row["down"]),
            **{size: float(row[size]) for size in sizes},
        )
        for row in rows("label_stock")
    }


def label_text(plan: CateringPlan, page: Page) -> str:
    """The labels of a paper on sheets of one stock. Raises Refused if the paper has none, or one does not fit."""
    stock = stocks()[page.stock]
    section = built(page.section or "labels", plan, page)
    cards = list(_cards(section))
    unfit = [card for card in cards if points_for(card, stock) is None]
    if not cards or unfit:
        raise Refused(_problem(cards, unfit, page))
    return visible(
        environment(plan, page)
        .get_template("labels.html")
        .render(pages=list(_pages(cards, stock)), stock=stock, title=section.title)
    )


def _problem(cards: list[Card], unfit: list[Card], page: Page) -> Problem:
    if not cards:
        return Problem(f"there is no label in {page.section}", "", "--stock", page.stock)
    fits = [stock.name for stock in stocks().values() if all(points_for(card, stock) for card in cards)]
    names = ", ".join(dict.fromkeys(card.title for card in unfit))
    remedy = f"they fit on {' or '.join(fits)}" if fits else "print them on plain paper, without --stock"
    return Problem(f"is too small for {names}; {remedy}", "", "--stock", page.stock)


def _cards(section: Section) -> Iterator[Card]:
    """The cards; what has no label is told in the place of one, so that it is not forgotten."""
    for part in section.parts:
        if isinstance(part, Cards):
            yield from part.cards
        elif isinstance(part, Paragraph) and part.tone == "bad":
            yield Card("", (("", part.text, "bad"),))


def points_for(card: Card, stock: Stock) -> float | None:
    """The largest size of type in which a card fits on a label; None if it does not."""
    return next((size for size in SIZES if _height(card, stock, size) <= stock.height - PADDING[1]), None)


def _height(card: Card, stock: Stock, points: float) -> float:
    """How high the text stands, in millimetres."""
    line = points * MILLIMETRES * LINE
    texts = [f"{label}: {said}" if label else said for label, said, _ in card.lines]
    lines = sum(_lines(text, stock, points) for text in texts)
    title = _lines(card.title, stock, points * TITLE) * TITLE
    return (title + lines + 1) * line


def _lines(text: str, stock: Stock, points: float) -> int:
    """Into how many lines a text breaks."""
    letters = int((stock.width - PADDING[0]) / (points * MILLIMETRES * LETTER))
    return len(wrap(text, max(letters, 1)))


def _pages(cards: list[Card], stock: Stock) -> Iterator[list[dict[str, Any]]]:
    for first in range(0, len(cards), stock.a_sheet):
        yield [_label(card, number, stock) for number, card in enumerate(cards[first : first + stock.a_sheet])]


def _label(card: Card, number: int, stock: Stock) -> dict[str, Any]:
    left, top = stock.place(number)
    return {"card": card, "left": round(left, 3), "top": round(top, 3), "points": points_for(card, stock)}
