"""Who lacks a course, and the cheapest ways to feed them: changes of the order, each proven by serving it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import NamedTuple

from catering_cli.domain.decision import Decided
from catering_cli.domain.finding import Change, Repair
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.diets import DishDiets, PlanProfile, Shortage
from catering_cli.domain.plan_parts.shopping import Shopping, ShoppingLine
from catering_cli.kitchen.dietary import matrix, profiles
from catering_cli.kitchen.menu import decisions as judged
from catering_cli.kitchen.menu import dishes
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.dishes import MenuDish, made_by, resolver_of
from catering_cli.kitchen.purchasing import shopping as buy
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.repairs.on_the_way import keeps, way
from catering_cli.kitchen.repairs.order_patch import applied
from catering_cli.kitchen.repairs.substitutions import exchanges
from catering_cli.kitchen.serving import portions, scale
from catering_cli.kitchen.serving.portions import Served, Unfed

_ENOUGH = 3
"""Repairs that are told of one shortage."""
_TRIED = 6
"""Ideas of one kind that are served again, the most likely first: it bounds time."""
_MOST = 240
"""Shortages times dishes of the menu for which repairs are sought, the first courses first: it bounds time."""
_FEW_KINDS = 8
"""Kinds of guests from twice which on fewer shortages are looked at: each proof reads every dish for every kind."""


@dataclass(frozen=True, slots=True)
class ServedNow:
    """The event as it is served now, to which changes are compared."""

    order: Order
    decisions: Sequence[Decided]
    judged: DecisionIndex
    items: Sequence[MenuDish]
    served: Served
    shopping: Shopping
    rows: dict[str, DishDiets] = field(default_factory=dict)
    """what was read of dishes and lines that stand alone: each is asked for many kinds of guests"""

    @property
    def who(self) -> dict[str, PlanProfile]:
        """The kinds of guests by id."""
        return {profile.id: profile for profile in self.served.diets.profiles}


@dataclass(frozen=True, slots=True)
class _Idea:
    """Changes that might feed the guests, in words."""

    text: str
    changes: tuple[Change, ...]


def shortages(table: ServedNow, *, remedies: bool = True) -> tuple[Shortage, ...]:
    """Every profile that a course leaves short, with at most three proven repairs, cheapest first; or with none.

    Cheapest by what the purchase list then costs more, if every price is known; else by the fewest changes.
    A repair is offered only if the dishes of the changed order, shared equipment included, feed these guests
    all that they lacked and leave no other guest shorter; a new dish keeps on the way to the guests, but the schedule
    of the changed order is not tried.
    """
    crowded = max(1, len(table.who) // _FEW_KINDS)
    sought = max(_ENOUGH, _MOST // max(len(table.items) * crowded, 1)) if remedies else 0
    return tuple(
        Shortage(
            profile=one.profile,
            course=one.course,
            service=one.service if table.order.services else "",
            portions=one.portions,
            repairs=_repairs(table, one) if number < sought else (),
        )
        for number, one in enumerate(table.served.unfed)
    )


def _repairs(table: ServedNow, lack: Unfed) -> tuple[Repair, ...]:
    """At most three, cheapest first; without prices no more are tried once three single changes are found."""
    found: list[Repair] = []
    for ideas in (_more(table, lack), _exchanged(table, lack), _plated(table, lack)):
        held = 0
        for idea in islice(ideas, _TRIED):
            if held == _ENOUGH or _is_enough(table, found):
                break
            again = _proven(table, lack, idea)
            if again:
                found.append(Repair(text=idea.text, cost=_cost(table, again), changes=idea.changes))
                held += 1
    return tuple(sorted(found, key=_cheapest_first)[:_ENOUGH])


def _is_enough(table: ServedNow, found: Sequence[Repair]) -> bool:
    """Whether no price could tell more repairs apart from those that are found."""
    single = [repair for repair in found if len(repair.changes) == 1]
    return len(single) >= _ENOUGH and not _has_prices(table)


def _has_prices(table: ServedNow) -> bool:
    return any(row.price is not None for row in table.order.supply)


def _cheapest_first(repair: Repair) -> tuple[bool, Decimal, int]:
    """What orders repairs: a known price before none, then the lower, then the fewest changes."""
    return repair.cost is None, repair.cost or Decimal(0), len(repair.changes)


def _more(table: ServedNow, lack: Unfed) -> Iterator[_Idea]:
    """More of a dish that feeds them, if the order fixes how many portions there are."""
    may = table.who[lack.profile].may_eat
    course = [dish.id for dish in table.items if dish.course == lack.course]
    feeding = [name for name in course if name in may]
    for index, item in enumerate(table.order.menu):
        if item.portions is None or f"d{index + 1}" not in feeding:
            continue
        count = item.portions + lack.portions
        change = Change(path=f"order.menu[{index}].portions", value=count)
        yield _Idea(f"make {_portions(count)} of {item.dish} instead of {item.portions}", (change,))


def _exchanged(table: ServedNow, lack: Unfed) -> Iterator[_Idea]:
    """A dish of the course with other foods in it, for all guests."""
    needs = table.who[lack.profile]
    for dish in table.items:
        if dish.course != lack.course or dish.only_for or dish.id in needs.may_eat:
            continue
        swaps = exchanges(dish, partial(_feeds, table, dish, needs))
        if swaps:
            text = " and ".join(f"{new} instead of {old}" for old, new in swaps.items())
            changes = tuple(_substitutes(table.order, dish, swaps))
            yield _Idea(f"make {dish.name} with {text}", changes)


def _substitutes(
    order: Order,
    dish: MenuDish,
    swaps: Mapping[str, str],
) -> Iterator[Change]:
    """The decisions that a dish is made with new foods, by those they take the place of."""
    for at, (old, new) in enumerate(swaps.items(), start=len(order.decisions)):
        value = {"kind": "substitute", "dish": dish.id, "item": old, "by_item": new}
        yield Change(path=f"order.decisions[{at}]", value=value)


def _plated(table: ServedNow, lack: Unfed) -> Iterator[_Idea]:
    """A dish that is not on the menu, for these guests alone: the cheapest first, then what feeds most of the others.

    A plate is for every service and for all of a profile; if some of them are fed, or only one service lacks
    it, so many portions are added to the menu instead.
    """
    course = {item.id for item in table.items if item.course == lack.course}
    eaten = {one.dish for one in table.served.diets.eats if one.profile == lack.profile}
    some_fed = not course.isdisjoint(eaten)
    for recipe in _dishes(table, lack):
        if not some_fed:
            yield _own_plate(table, lack, recipe)
        if some_fed or table.order.services:
            yield _on_the_menu(table, lack, recipe)


def _portions(count: int) -> str:
    return "1 portion" if count == 1 else f"{count} portions"


def _own_plate(table: ServedNow, lack: Unfed, recipe: Recipe) -> _Idea:
    """A dish for all of a profile, at every service."""
    profile = table.who[lack.profile]
    plate = {"kind": "assign", "profile": profile.id, "dish": recipe.name}
    text = f"plate {recipe.name} for {profile.name or profile.id}: {_portions(lack.portions)}"
    return _Idea(text, (Change(path=f"order.decisions[{len(table.order.decisions)}]", value=plate),))


def _on_the_menu(table: ServedNow, lack: Unfed, recipe: Recipe) -> _Idea:
    """So many portions of a dish more on the menu, at the service that lacks it."""
    item = {"dish": recipe.name, "course": lack.course, "portions": lack.portions}
    text = f"add {_portions(lack.portions)} of {recipe.name} to the menu"
    if table.order.services:
        item["service"] = lack.service
        text = f"{text} at {lack.service}"
    return _Idea(text, (Change(path=f"order.menu[{len(table.order.menu)}]", value=item),))


def _feeds(table: ServedNow, dish: MenuDish, needs: PlanProfile, recipe: Recipe) -> bool:
    return profiles.is_known_to_feed(_row(table, dish, recipe), needs)


def _dishes(table: ServedNow, lack: Unfed) -> list[Recipe]:
    """Recipes of the course that feed the profile by themselves, likeliest first."""
    short = [table.who[one.profile] for one in table.served.unfed if one.course == lack.course]
    ranked: list[tuple[Decimal, int, str, Recipe]] = []
    minutes = way(table.order)
    for recipe, source in _not_on_the_menu(table):
        if (recipe.course or "main") != lack.course or not keeps(recipe, minutes):
            continue
        trial = _trial(table, recipe, source)
        if _feeds(table, trial, table.who[lack.profile], recipe):
            fed = sum(_feeds(table, trial, one, recipe) for one in short)
            ranked.append((_price(table, trial, lack.portions), -fed, recipe.name, recipe))
    return [recipe for *_, recipe in sorted(ranked, key=lambda entry: entry[:3])]


def _not_on_the_menu(table: ServedNow) -> Iterator[tuple[Recipe, str]]:
    """The order's recipes and those of the catalogue, with where each is from; the order's own stands for both.

    What makes an amount and no portions is a part of dishes, and no dish.
    """
    seen = {catalogue.key(item.name) for item in table.items}
    for source, recipes in (("order", table.order.recipes), ("catalogue", catalogue.recipes())):
        by_key = {catalogue.key(recipe.name): recipe for recipe in recipes}
        for key, recipe in by_key.items():
            if key not in seen and recipe.yields.portions:
                yield recipe, source
        seen |= by_key.keys()


def _row(table: ServedNow, dish: MenuDish, recipe: Recipe) -> DishDiets:
    """The row of the matrix of a dish that stands alone, made by `recipe`."""
    key = f"{dish.recipe_from}: {recipe.model_dump_json()}"
    if key not in table.rows:
        alone = made_by(dish, recipe, resolver_of(table.order, table.judged))
        table.rows[key] = matrix.matrix(table.order, (alone,), table.judged).rows[0]
    return table.rows[key]


def _trial(table: ServedNow, recipe: Recipe, source: str) -> MenuDish:
    """A recipe as a dish that stands alone."""
    return MenuDish(
        id="d0",
        name=recipe.name,
        course=recipe.course or "main",
        service="",
        popularity=1,
        portions=None,
        over_percent=None,
        recipe=recipe,
        recipe_from=source,
        where="",
        ingredients=resolver_of(table.order, table.judged).ingredients(recipe),
    )


def _price(table: ServedNow, dish: MenuDish, count: int) -> Decimal:
    """What so many portions of a dish cost alone; a price that is not known comes after every known one."""
    if not _has_prices(table):
        return Decimal("inf")
    made = scale.dish(table.order, dish, count, count, 0, table.judged)
    bought = buy.shopping(table.order, (dish,), (made,), table.judged)
    if bought.cost is None or bought.unpriced:
        return Decimal("inf")
    return bought.cost


class _Again(NamedTuple):
    """A changed order, as it is served."""

    order: Order
    judged: DecisionIndex
    items: Sequence[MenuDish]
    served: Served


def _proven(table: ServedNow, lack: Unfed, idea: _Idea) -> _Again | None:
    """The changed order served again, if it feeds those who lacked and leaves no other guest shorter; else None."""
    order = applied(table.order, idea.changes)
    view = judged.fold(order, table.decisions)
    items = dishes.dishes(order, view)
    served = portions.serve(order, items, matrix.matrix(order, items, view), view)
    before, after = _missing(table.served), _missing(served)
    fed = (lack.profile, lack.course, lack.service) not in after
    shorter = any(count > before.get(who, 0) for who, count in after.items())
    return _Again(order, view, items, served) if fed and not shorter else None


def _missing(served: Served) -> dict[tuple[str, str, str], int]:
    """Missing portions by profile, course and service."""
    return {(one.profile, one.course, one.service): one.portions for one in served.unfed}


def _cost(table: ServedNow, again: _Again) -> Decimal | None:
    """What the purchase list costs more, nothing if it costs less; None if a price of what changes is missing."""
    if not _has_prices(table):
        return None
    scaled = portions.scaled(again.order, again.items, again.served, again.judged)
    shopping = buy.shopping(again.order, again.items, scaled, again.judged)
    before, after = _by_item(table.shopping), _by_item(shopping)
    for key in before.keys() & after.keys():
        if before[key].buy == after[key].buy:
            del before[key], after[key]
    old, new = _total(before.values()), _total(after.values())
    if old is None or new is None:
        return None
    return cents(max(new - old, Fraction(0)))


def _total(lines: Iterable[ShoppingLine]) -> Fraction | None:
    """What lines of a purchase list cost; None if a price is missing."""
    total = Fraction(0)
    for line in lines:
        if line.cost is None:
            return None
        total += Fraction(line.cost)
    return total


def _by_item(shopping: Shopping) -> dict[tuple[str, str], ShoppingLine]:
    """Lines of a purchase list by what is bought and in which unit it is needed."""
    return {(line.item, line.needed.quantity.unit): line for line in shopping.lines}
