"""What stands on the buffet and what goes to named guests: cards and plates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catering_cli.render.page import Column, Line, Page, Section, Table
from catering_cli.render.wording import dishes

if TYPE_CHECKING:
    from catering_cli.domain.diets import DishDiets, PlanProfile
    from catering_cli.domain.plan import CateringPlan

BY_WORDS = frozenset({"vegan", "vegetarian", "pescatarian"})
"""Diets that a list of ingredients can settle; of all others it can only say that it found no conflict."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card that stands before a dish. What is not known is said, never left out."""

    dish: str
    contains: tuple[str, ...]
    may_contain: tuple[str, ...]
    unknown: tuple[str, ...]
    suits: tuple[str, ...]
    uncertified: tuple[str, ...]
    free: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plate:
    """What one kind of guest gets, by service, and what not."""

    name: str
    count: int
    needs: tuple[str, ...]
    severity: str
    gets: tuple[tuple[str, tuple[str, ...]], ...]
    never: tuple[str, ...]
    first: tuple[str, ...]
    """what somebody has to do before this guest is served"""


def cards_of(plan: CateringPlan) -> tuple[Card, ...]:
    """A card for each dish, in order of the menu."""
    rows = {row.dish: row for row in plan.diets.rows}
    return tuple(_card(dish.name, rows.get(dish.id), plan.diets.allergens) for dish in plan.menu)


def _card(name: str, row: DishDiets | None, allergens: tuple[str, ...]) -> Card:
    if row is None:
        return Card(name, (), (), allergens, (), (), ())
    states = {cell.allergen: cell.state for cell in row.cells}
    by_state = {
        state: tuple(allergen for allergen in allergens if states.get(allergen, "unknown") == state)
        for state in ("contains", "may_contain", "unknown", "free")
    }
    fine = [cell.diet for cell in row.diets if cell.state == "compatible"]
    return Card(
        name,
        by_state["contains"],
        by_state["may_contain"],
        by_state["unknown"],
        tuple(diet for diet in fine if diet in BY_WORDS),
        tuple(diet for diet in fine if diet not in BY_WORDS),
        by_state["free"],
    )


def first_for(plan: CateringPlan, profile: PlanProfile) -> tuple[str, ...]:
    """What is still blocking or open for this kind of guest: labels to see, a dish to find."""
    where = f"plan.diets.profiles[{plan.diets.profiles.index(profile)}]"
    grave = [item for item in plan.findings if item.where == where and item.severity in ("blocking", "open")]
    return tuple(dict.fromkeys(item.fix or item.message for item in grave))


def plates_of(plan: CateringPlan) -> tuple[Plate, ...]:
    """A plate for each kind of guest with needs; those with a name of their own first."""
    needy = [profile for profile in plan.diets.profiles if profile.needs]
    named = [profile for profile in needy if profile.name not in ("", ", ".join(profile.needs))]
    return tuple(_plate(profile, plan) for profile in [*named, *(one for one in needy if one not in named)])


def _plate(profile: PlanProfile, plan: CateringPlan) -> Plate:
    names = dishes(plan)
    gets = tuple(
        (line.id, tuple(names.get(dish, dish) for dish in line.dishes if dish in profile.may_eat))
        for line in plan.service
    )
    never = tuple(dish.name for dish in plan.menu if dish.id not in profile.may_eat)
    return Plate(
        profile.name or ", ".join(profile.needs),
        profile.count,
        profile.needs,
        profile.severity,
        gets,
        never,
        first_for(plan, profile),
    )


def cards(plan: CateringPlan, page: Page) -> Section:
    """Cards to stand on a buffet."""
    del page
    columns = (
        Column("Dish", wide=True),
        Column("Contains", wide=True),
        Column("May contain", wide=True),
        Column("Not known", wide=True),
        Column("Suits", wide=True),
    )
    rows = tuple(
        (
            card.dish,
            ", ".join(card.contains) or "-",
            ", ".join(card.may_contain) or "-",
            ", ".join(card.unknown) or "-",
            _suits(card) or "-",
        )
        for card in cards_of(plan)
    )
    note = Line("A list of ingredients is no promise: guests with an allergy ask the kitchen.", "warning")
    return Section("cards", "Buffet cards", (note, Table(columns, rows, fold=20)))


def _suits(card: Card) -> str:
    uncertified = f"no conflict found, not certified: {', '.join(card.uncertified)}" if card.uncertified else ""
    return "; ".join(part for part in (", ".join(card.suits), uncertified) if part)


def plates(plan: CateringPlan, page: Page) -> Section:
    """Plates for guests with needs."""
    del page
    columns = (
        Column("Plates", right=True),
        Column("For", wide=True),
        Column("Needs", wide=True),
        Column("Gets", wide=True),
        Column("Never", wide=True),
        Column("First", wide=True),
    )
    rows = tuple(
        (
            f"{plate.count:,}",
            plate.name,
            f"{', '.join(plate.needs)} ({plate.severity})",
            "; ".join(f"{service}: {', '.join(gets) or 'nothing'}" for service, gets in plate.gets) or "-",
            ", ".join(plate.never) or "-",
            "; ".join(plate.first) or "-",
        )
        for plate in plates_of(plan)
    )
    return Section("plates", "Plates for guests with needs", (Table(columns, rows, fold=20),))
