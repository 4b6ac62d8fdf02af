"""What stands on the buffet: a card for each dish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catering_cli.render.page import Card, Cards, Page, Paragraph, Section, Tone
from catering_cli.render.sections.diets import diets_in

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.diets import DishDiets

BY_WORDS = frozenset({"vegan", "vegetarian", "pescatarian"})
"""Diets that a list of ingredients can settle; of all others it can only say that it found no conflict."""

NO_PROMISE = "A list of ingredients is no promise: guests with an allergy ask the kitchen."


@dataclass(frozen=True, slots=True)
class DishCard:
    """A card that stands before a dish. What is not known is said, never left out."""

    dish: str
    contains: tuple[str, ...] = ()
    may_contain: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    uncertified: tuple[str, ...] = ()
    free: tuple[str, ...] = ()


def cards_of(plan: CateringPlan) -> tuple[DishCard, ...]:
    """A card for each dish, in order of the menu."""
    rows = {row.dish: row for row in plan.diets.rows}
    return tuple(_card(dish.name, rows.get(dish.id), plan.diets.allergens) for dish in plan.menu)


def _card(name: str, row: DishDiets | None, allergens: tuple[str, ...]) -> DishCard:
    if row is None:
        return DishCard(name, unknown=allergens)
    states = {cell.allergen: cell.state for cell in row.cells}
    by_state: dict[str, list[str]] = {}
    for allergen in allergens:
        by_state.setdefault(states.get(allergen, "unknown"), []).append(allergen)
    fine = diets_in(row, "compatible")
    return DishCard(
        name,
        contains=tuple(by_state.get("contains", ())),
        may_contain=tuple(by_state.get("may_contain", ())),
        unknown=tuple(by_state.get("unknown", ())),
        suits=tuple(diet for diet in fine if diet in BY_WORDS),
        uncertified=tuple(diet for diet in fine if diet not in BY_WORDS),
        free=tuple(by_state.get("free", ())),
    )


def cards_section(plan: CateringPlan, _: Page) -> Section:
    """Cards to stand on a buffet."""
    cards = tuple(Card(card.dish, tuple(_lines(card))) for card in cards_of(plan))
    return Section("cards", "Buffet cards", (Paragraph(NO_PROMISE, "warning"), Cards(cards, "stand")))


def _lines(card: DishCard) -> Iterator[tuple[str, str, Tone]]:
    said: tuple[tuple[str, tuple[str, ...], Tone], ...] = (
        ("Contains", card.contains, "plain"),
        ("May contain", card.may_contain, "plain"),
        ("Not known", card.unknown, "warning"),
        ("Free by label", card.free, "plain"),
        ("Suits", card.suits, "good"),
        ("No conflict found, not certified", card.uncertified, "dim"),
    )
    for label, names, tone in said:
        if names:
            yield label, ", ".join(names), tone
    yield "", "An allergy? Please ask us.", "dim"
