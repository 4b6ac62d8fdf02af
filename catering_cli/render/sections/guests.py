"""What stands on the buffet and what goes to named guests: cards and special meals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catering_cli.render.page import Column, Page, Paragraph, Row, Section, Table
from catering_cli.render.sections.diets import diets_in
from catering_cli.render.wording import dish_names, names_or_dash, service_name

if TYPE_CHECKING:
    from catering_cli.domain.diets import DishDiets, PlanProfile
    from catering_cli.domain.plan import CateringPlan

BY_WORDS = frozenset({"vegan", "vegetarian", "pescatarian"})
"""Diets that a list of ingredients can settle; of all others it can only say that it found no conflict."""

NO_PROMISE = "A list of ingredients is no promise: guests with an allergy ask the kitchen."
CARD_COLUMNS = (
    Column("Dish", wide=True),
    Column("Contains", wide=True),
    Column("May contain", wide=True),
    Column("Not known", wide=True),
    Column("Suits", wide=True),
)
PLATE_COLUMNS = (
    Column("Meals", right=True),
    Column("For", wide=True),
    Column("Needs", wide=True),
    Column("Serve", wide=True),
    Column("Do not serve", wide=True),
    Column("Before service", wide=True),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A card that stands before a dish. What is not known is said, never left out."""

    dish: str
    contains: tuple[str, ...] = ()
    may_contain: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    uncertified: tuple[str, ...] = ()
    free: tuple[str, ...] = ()


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
    """what is to be done before this guest is served"""


def cards_of(plan: CateringPlan) -> tuple[Card, ...]:
    """A card for each dish, in order of the menu."""
    rows = {row.dish: row for row in plan.diets.rows}
    return tuple(_card(dish.name, rows.get(dish.id), plan.diets.allergens) for dish in plan.menu)


def _card(name: str, row: DishDiets | None, allergens: tuple[str, ...]) -> Card:
    if row is None:
        return Card(name, unknown=allergens)
    states = {cell.allergen: cell.state for cell in row.cells}
    by_state: dict[str, list[str]] = {}
    for allergen in allergens:
        by_state.setdefault(states.get(allergen, "unknown"), []).append(allergen)
    fine = diets_in(row, "compatible")
    return Card(
        name,
        contains=tuple(by_state.get("contains", ())),
        may_contain=tuple(by_state.get("may_contain", ())),
        unknown=tuple(by_state.get("unknown", ())),
        suits=tuple(diet for diet in fine if diet in BY_WORDS),
        uncertified=tuple(diet for diet in fine if diet not in BY_WORDS),
        free=tuple(by_state.get("free", ())),
    )


def first_for(plan: CateringPlan, profile: PlanProfile) -> tuple[str, ...]:
    """What is still blocking or open for this kind of guest: labels to see, a dish to find."""
    where = f"plan.diets.profiles[{plan.diets.profiles.index(profile)}]"
    theirs = [item for item in plan.findings if item.where == where]
    grave = [item for item in theirs if item.severity in ("blocking", "open")]
    return tuple(dict.fromkeys(item.fix or item.message for item in grave))


def plates_of(plan: CateringPlan) -> tuple[Plate, ...]:
    """A plate for each kind of guest with needs; those with a name of their own first."""
    needy = [profile for profile in plan.diets.profiles if profile.needs]
    ordered = sorted(needy, key=_has_no_name)
    return tuple(_plate(profile, plan) for profile in ordered)


def _has_no_name(profile: PlanProfile) -> bool:
    return profile.name in ("", ", ".join(profile.needs))


def _plate(profile: PlanProfile, plan: CateringPlan) -> Plate:
    return Plate(
        name=profile.name or ", ".join(profile.needs),
        count=profile.count,
        needs=profile.needs,
        severity=profile.severity,
        gets=tuple(_served(profile, plan)),
        never=tuple(dish.name for dish in plan.menu if dish.id not in profile.may_eat),
        first=first_for(plan, profile),
    )


def _served(profile: PlanProfile, plan: CateringPlan) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Service -> the dishes of it that this guest may eat."""
    names = dish_names(plan)
    for service in plan.service:
        theirs = [names.get(dish, dish) for dish in service.dishes if dish in profile.may_eat]
        yield service_name(service), tuple(theirs)


def cards_section(plan: CateringPlan, _: Page) -> Section:
    """Cards to stand on a buffet."""
    rows = tuple(map(_card_row, cards_of(plan)))
    return Section("cards", "Buffet cards", (Paragraph(NO_PROMISE, "warning"), Table(CARD_COLUMNS, rows, fold=20)))


def _card_row(card: Card) -> Row:
    contains = (names_or_dash(card.contains), names_or_dash(card.may_contain), names_or_dash(card.unknown))
    return card.dish, *contains, "; ".join(_suits(card)) or "-"


def _suits(card: Card) -> Iterator[str]:
    if card.suits:
        yield ", ".join(card.suits)
    if card.uncertified:
        yield f"no conflict found, not certified: {', '.join(card.uncertified)}"


def plates_section(plan: CateringPlan, _: Page) -> Section:
    """Special meals: for guests with needs."""
    rows = tuple(map(_plate_row, plates_of(plan)))
    return Section("plates", "Special meals", (Table(PLATE_COLUMNS, rows, fold=20),))


def _plate_row(plate: Plate) -> Row:
    served = [f"{service}: {', '.join(dishes) or 'nothing'}" for service, dishes in plate.gets]
    return (
        f"{plate.count:,}",
        plate.name,
        f"{', '.join(plate.needs)} ({plate.severity})",
        "; ".join(served) or "-",
        names_or_dash(plate.never),
        "; ".join(plate.first) or "-",
    )
