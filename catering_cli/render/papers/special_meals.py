"""Cards: one for each guest with a need who has a name, one for each dish on a buffet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from catering_cli.render.page import Card, Cards, Column, Page, Paragraph, Part, Section, Table, Tone
from catering_cli.render.papers.meals import GuestMeal, Served, meals_of, served_text
from catering_cli.render.wording import counted

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

ALIKE: Final = 24
"""Cards with the same text that are printed one by one; of more there is one, with how many are needed."""
MANY: Final = 100_000
"""On a sheet of labels each card is printed."""

LIST_COLUMNS = (
    Column("Meals", right=True),
    Column("For", wide=True),
    Column("Not for", wide=True),
    Column("Before service"),
)


def special_meals_section(plan: CateringPlan, page: Page) -> Section:
    """A list of the special meals for the pass, then the cards that go with the plates."""
    return Section.of("plates", "Special meals", _parts(plan, page.stock), empty="No special meals.")


def _parts(plan: CateringPlan, stock: str) -> Iterator[Part]:
    meals = meals_of(plan)
    if not meals:
        return
    rows = tuple(
        (f"{meal.count:,}", meal.who, meal.not_for or "-", "labels first, see the card" if meal.first else "-")
        for meal in meals
    )
    total = counted(sum(meal.count for meal in meals), "special meal")
    yield Paragraph(f"{total}; each plate leaves with its card, covered, from the kitchen to the guest.", "strong")
    yield Table(LIST_COLUMNS, rows, fold=20)
    most = MANY if stock else ALIKE
    yield Cards(tuple(chain.from_iterable(cards_of_meal(meal, most) for meal in meals)))


def cards_of_meal(meal: GuestMeal, most: int = MANY) -> Iterator[Card]:
    """A card for each guest who has a name; one for more than `most` who get the same; else one for all of the kind."""
    alike = Counter(meal.guests)
    printed: set[Served] = set()
    for number, served in enumerate(meal.guests, 1):
        if served in printed:
            continue
        which = _which(meal, number)
        if alike[served] > most:
            which = f"{alike[served]} cards"
            printed.add(served)
        yield Card(meal.name, tuple(_lines(meal, served, which)))


def _which(meal: GuestMeal, number: int) -> str:
    """Whose card it is of those of a kind; empty if there is one guest."""
    if len(meal.guests) > 1:
        return f"guest {number} of {meal.count}"
    return f"{meal.count} meals" if meal.count > 1 else ""


def _lines(meal: GuestMeal, served: Served, which: str) -> Iterator[tuple[str, str, Tone]]:
    need = f"{', '.join(meal.needs)} ({meal.severity})"
    yield "", f"{which}: {need}" if which else need, "strong"
    for service, dishes in served:
        yield service, served_text(((service, dishes),)).removeprefix(f"{service}: "), "plain"
    if meal.never:
        yield "Not for", meal.not_for, "bad"
    if meal.first:
        yield "Before service", "; ".join(meal.first), "open"
    yield "Plated by / handed to", "", "dim"
