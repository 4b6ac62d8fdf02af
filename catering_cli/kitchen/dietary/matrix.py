"""Who may eat what: the matrix of dishes by allergens and diets.

Nothing but a label moves a cell toward safe: not a note, not a tag, not a model's decision. A draft that
nobody confirmed, a word that no table knows and a compound without its label are unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.domain.decision import Substitute
from catering_cli.domain.diets import Cell, DishDiets
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import Recipe
from catering_cli.kitchen.dietary import allergens, cell, cross_contact
from catering_cli.kitchen.dietary import diets as dietary
from catering_cli.kitchen.dietary.cell import Reading
from catering_cli.kitchen.dietary.labels import Label, labels
from catering_cli.kitchen.dietary.line_evidence import Line, read
from catering_cli.kitchen.dietary.profiles import EVERYBODY, choices, columns, feeds, overlaps, profiles
from catering_cli.kitchen.foods.mentions import Mention, mentions
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens
from catering_cli.kitchen.menu.decisions import DecisionIndex

if TYPE_CHECKING:
    from catering_cli.kitchen.menu.dishes import MenuDish

__all__ = ["EVERYBODY", "Matrix", "choices", "columns", "feeds", "matrix", "overlaps", "profiles"]

SHOWN = ("vegan", "vegetarian", "gluten-free", "dairy-free", "nut-free")
"""Diets that are shown whether or not a guest keeps them."""

TRUSTED = ("catalogue", "order")
"""Where a recipe comes from that a person stands for; anything else is a draft."""

DRAFT = "draft"
"""Tag of a recipe in an order that is a draft until `confirmed_by` says who read it."""


class Matrix(NamedTuple):
    """The rows, one a dish, with the names of their columns."""

    rows: tuple[DishDiets, ...]
    allergens: tuple[str, ...]
    """the jurisdiction's list, then what guests avoid beyond it"""
    diets: tuple[str, ...]
    labels_to_read: tuple[str, ...]
    """foods whose label would settle an unknown cell"""


def matrix(order: Order, dishes: Sequence[MenuDish], decisions: DecisionIndex) -> Matrix:
    """The matrix of all dishes: the allergens of the jurisdiction, what guests avoid, the diets they keep."""
    law = allergens.law(order.event.jurisdiction)
    targets = _targets(order, law)
    kept = _diets(order)
    known = labels(order)
    readings = [_reading(dish, known, decisions) for dish in dishes]
    by_dish = {reading.dish: reading for reading in readings}
    beside = cross_contact.partners({dish.id: (dish.name, dish.recipe) for dish in dishes})

    def judged_cell(reading: Reading, target: allergens.Target) -> Cell:
        others = tuple((cell.cell(by_dish[other], target, law), why) for other, why in beside[reading.dish])
        return cross_contact.touched(cell.cell(reading, target, law), others)

    rows, unread = [], []
    for reading in readings:
        row = tuple(judged_cell(reading, target) for target in targets)

        def cell_of(allergen: str, reading: Reading = reading) -> Cell:
            return judged_cell(reading, allergens.target(allergen))

        rows.append(
            DishDiets(dish=reading.dish, cells=row, diets=tuple(dietary.cell(reading, diet, cell_of) for diet in kept))
        )
        unread += _unread(reading, targets, law)
    return Matrix(
        rows=tuple(rows),
        allergens=tuple(target.name for target in targets),
        diets=tuple(diet.name for diet in kept),
        labels_to_read=tuple(sorted(set(unread))),
    )


def _needs(order: Order) -> list[str]:
    guests = order.guests
    return [
        *(need for profile in guests.profiles for need in profile.needs),
        *(one.diet for one in guests.diets),
        *(one.allergen for one in guests.allergies),
    ]


def _targets(order: Order, law: allergens.Law) -> tuple[allergens.Target, ...]:
    """The columns: the law's allergens, then the guests' own in the order they are stated."""
    own = [target for need in _needs(order) if dietary.diet(need) is None for target in allergens.targets(need)]
    found = {target.name: target for target in [*(allergens.target(name) for name in law.allergens), *own]}
    return tuple(found.values())


def _diets(order: Order) -> tuple[dietary.Diet, ...]:
    """The diet columns: those always shown, then those that guests keep."""
    kept = [diet for need in _needs(order) if (diet := dietary.diet(need))]
    found = {diet.name: diet for diet in [*(dietary.diets()[name] for name in SHOWN), *kept]}
    return tuple(found.values())


def _reading(dish: MenuDish, known: Sequence[Label], decisions: DecisionIndex) -> Reading:
    recipe = dish.recipe
    lines = tuple(read(one, known) for one in dish.ingredients)
    gone = _replaced(dish, decisions)
    return Reading(
        dish=dish.id,
        lines=lines,
        doubt=_doubt(dish),
        beside=tuple(_beside(dish.name, recipe, lines, gone)),
        words=(tokens(dish.name),),
    )


def _doubt(dish: MenuDish) -> str:
    """Why nothing of a dish can be called absent; empty where a person stands for its recipe."""
    if dish.recipe is None:
        return "there is no recipe"
    if dish.recipe_from not in TRUSTED:
        return f"drafted by {dish.recipe_from or 'nobody known'}, not confirmed"
    if DRAFT in {tag.strip().casefold() for tag in dish.recipe.tags} and not dish.recipe.confirmed_by.strip():
        return "a draft, not confirmed"
    return ""


def _replaced(dish: MenuDish, decisions: DecisionIndex) -> tuple[Tokens, ...]:
    """Names of foods that a substitution took out of this dish: its steps still speak of them.

    Only where one decision alone can have brought the new food in; a second one that names another food,
    and was never made because the recipe has no such line, must not excuse what a step says.
    """
    placed = {item for item, _ in dish.changed_by}
    made = [one for one, _ in decisions.all(Substitute) if one.dish == dish.id and one.by_item in placed]
    sources = [one.by_item for one in made]
    return tuple(tokens(one.item) for one in made if sources.count(one.by_item) == 1)


PLANT_WORDS = frozenset({"vegan", "plant", "free", "mock"})
"""Words of a dish's name that say its other words are not meant: "vegan cheesecake"."""


def _beside(
    name: str, recipe: Recipe | None, lines: Sequence[Line], gone: Sequence[Tokens]
) -> list[tuple[str, Mention]]:
    """Foods that are mentioned and no line accounts for: "flour the board" with no flour listed.

    Of a dish without recipe every word of its name; else the name and the steps, and what a line is said
    to be for ("for the peanut sauce").
    """
    if recipe is None:
        return [(name, mention) for mention in mentions(name)]
    named = [] if PLANT_WORDS & set(tokens(name)) else [(name, mention) for mention in mentions(name)]
    steps = [(f"step {n}", m) for n, step in enumerate(recipe.steps, start=1) for m in mentions(step.text)]
    steps += [("method", mention) for mention in mentions(recipe.method)]
    spoken = [(where, mention) for where, mention in named + steps if mention.in_steps]
    spoken += [(line.item, mention) for line in lines for mention in line.purpose]
    accounted = [*(words for line in lines for words in line.content), *gone]
    return [
        (where, mention)
        for where, mention in dict.fromkeys(spoken)
        if not any(set(mention.words) <= set(words) or set(mention.plain) <= set(words) for words in accounted)
    ]


def _unread(reading: Reading, targets: Sequence[allergens.Target], law: allergens.Law) -> list[str]:
    """Products of a dish whose label would settle a cell: one that is unknown, or what only some makes contain."""
    return [
        line.purchase
        for line in reading.lines
        if line.clear and not any(label.read for label in line.labels)
        if any(cell.verdict(line, one, law) in ("unknown", "may_contain") and law.declares(one) for one in targets)
    ]
