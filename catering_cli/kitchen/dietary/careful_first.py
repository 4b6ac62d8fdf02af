"""Which dish comes first on what dishes share: the one that by itself is safe for guests whom the other harms.

The order of work moves no cell, for no schedule proves a wash. A kitchen works so all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.guests import Severity
from catering_cli.kitchen.dietary import allergens, cell, cross_contact, matrix
from catering_cli.kitchen.dietary.diets import diet
from catering_cli.kitchen.dietary.labels import labels
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.dishes import MenuDish, dishes

_GRAVEST_FIRST: tuple[Severity | None, ...] = ("anaphylaxis", "severe", None, "allergy", "intolerance", "preference")
"""Severities in the order in which their guests are thought of; None: not said, mostly severe."""


class First(NamedTuple):
    """One dish is made before another on what both touch."""

    first: str
    then: str
    things: frozenset[str]
    """names of equipment"""


def order_of_use(order: Order, decisions: DecisionIndex) -> tuple[First, ...]:
    """Every pair of dishes that share what food touches, the careful one first; no two against each other.

    What the gravest need asks for stands; what a lesser one asks against it, straight or round about, does not.
    """
    needs = _needs(order)
    if not needs:
        return ()
    law = allergens.law(order.event.jurisdiction)
    known = labels(order)
    menu = [dish for dish in dishes(order, decisions) if cross_contact.equipment_of(dish.recipe)]
    readings = {dish.id: matrix.reading(dish, known, decisions) for dish in menu} if len(menu) > 1 else {}
    found: dict[tuple[str, str], First] = {}
    after: dict[str, set[str]] = {}
    for target in needs:
        safe = {name for name, read in readings.items() if cell.cell(read, target, law).state in cell.SAFE}
        for pair in _pairs(menu, safe):
            if not leads_to(pair.then, pair.first, after):
                found.setdefault((pair.first, pair.then), pair)
                after.setdefault(pair.first, set()).add(pair.then)
    return tuple(found.values())


def _needs(order: Order) -> tuple[allergens.Target, ...]:
    """What guests must not have, the gravest first; of a diet the allergens that decide it."""
    guests = order.guests
    said: list[tuple[Severity | None, str]] = [(one.severity, need) for one in guests.profiles for need in one.needs]
    said += [(one.severity, one.allergen) for one in guests.allergies]
    said += [("preference", one.diet) for one in guests.diets]
    found: dict[str, allergens.Target] = {}
    for _, need in sorted(said, key=lambda one: _GRAVEST_FIRST.index(one[0])):
        kept = diet(need)
        named = map(allergens.target, kept.cells) if kept else allergens.targets(need)
        for target in named:
            found.setdefault(target.name, target)
    return tuple(found.values())


def _pairs(menu: Sequence[MenuDish], safe: set[str]) -> Iterator[First]:
    """Each safe dish with each other that is not, if they share what food touches."""
    touched = {dish.id: cross_contact.equipment_of(dish.recipe) for dish in menu}
    for first in (dish.id for dish in menu if dish.id in safe):
        for then in (dish.id for dish in menu if dish.id not in safe):
            if shared := touched[first] & touched[then]:
                yield First(first, then, shared)


def leads_to(one: str, other: str, following: Mapping[str, Collection[str]]) -> bool:
    """Whether `other` comes after `one`, straight or by way of others, by what follows each."""
    seen, ahead = set[str](), [one]
    while ahead:
        here = ahead.pop()
        if here == other:
            return True
        new = set(following.get(here, ())) - seen
        seen |= new
        ahead += new
    return False
