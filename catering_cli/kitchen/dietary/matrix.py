"""Who may eat what: the matrix of dishes by allergens and diets.

Nothing but a label moves a cell toward safe: not a note, not a tag, not a model's decision. A draft that
is not confirmed, a word that no table knows and a compound without its label are unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.diets import Cell, DishDiets
from catering_cli.kitchen.dietary import allergens, cell, cross_contact, step_foods
from catering_cli.kitchen.dietary import diets as dietary
from catering_cli.kitchen.dietary.at_machine import lines_on
from catering_cli.kitchen.dietary.cell import DishReading
from catering_cli.kitchen.dietary.labels import Label, labels
from catering_cli.kitchen.dietary.line_evidence import Line, read_line
from catering_cli.kitchen.dietary.step_words import brought_in
from catering_cli.kitchen.foods.mentions import Mention, mentions
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens
from catering_cli.kitchen.menu.decisions import DecisionIndex

if TYPE_CHECKING:
    from catering_cli.kitchen.menu.dishes import MenuDish

SHOWN = ("vegan", "vegetarian", "gluten-free", "dairy-free", "nut-free")
"""Diets that are shown whether or not a guest keeps them."""

TRUSTED = ("catalogue", "order")
"""Where a recipe comes from that a person stands for; anything else is a draft."""


class Matrix(NamedTuple):
    """The rows, one a dish, with the names of their columns."""

    rows: tuple[DishDiets, ...]
    allergens: tuple[str, ...]
    """the jurisdiction's list, then what guests avoid beyond it"""
    diets: tuple[str, ...]
    labels_to_read: tuple[str, ...]
    """foods whose label would settle an unknown cell"""
    brought: tuple[tuple[step_foods.Brought, ...], ...]
    """for each dish the foods that only its steps bring in"""


def matrix(order: Order, dishes: Sequence[MenuDish], decisions: DecisionIndex) -> Matrix:
    """The matrix of all dishes: the allergens of the jurisdiction, what guests avoid, the diets they keep."""
    law = allergens.law(order.event.jurisdiction)
    targets = _targets(order, law)
    kept = _diets(order)
    known = labels(order)
    readings = [reading(dish, known, decisions) for dish in dishes]
    meeting = _Meeting.of(dishes, readings, law)
    return Matrix(
        rows=tuple(_row(reading, targets, kept, meeting) for reading in readings),
        allergens=tuple(target.name for target in targets),
        diets=tuple(diet.name for diet in kept),
        labels_to_read=_labels_to_read(readings, targets, law),
        brought=tuple(one.brought for one in readings),
    )


class _Meeting(NamedTuple):
    """Dishes that meet by shared equipment."""

    brings: Mapping[str, DishReading]
    """by dish what of it is on what it shares"""
    partners: Mapping[str, Sequence[tuple[str, str]]]
    """by dish the others that it meets, each with why"""
    law: allergens.Law

    @classmethod
    def of(
        cls,
        dishes: Sequence[MenuDish],
        readings: Sequence[DishReading],
        law: allergens.Law,
    ) -> _Meeting:
        """Who meets whom, of all dishes."""
        recipes = {dish.id: (dish.name, dish.recipe) for dish in dishes}
        used = cross_contact.used_by(recipes)
        brings: dict[str, DishReading] = {}
        for dish, reading in zip(dishes, readings, strict=True):
            shared = cross_contact.shared_of(dish.id, used)
            lines = lines_on(dish.recipe, reading.lines, shared) if dish.recipe and shared else reading.lines
            brings[dish.id] = reading if lines == reading.lines else replace(reading, lines=lines)
        return cls(brings, cross_contact.partners(recipes, used), law)

    def cell(self, reading: DishReading, target: allergens.Target) -> Cell:
        """The cell of a dish, after contact with those that it meets."""
        own = cell.cell(reading, target, self.law)
        if own.state not in cell.SAFE:
            return own
        met = self.partners[reading.dish]
        others = [(cell.cell(self.brings[other], target, self.law), why) for other, why in met]
        return cross_contact.touched(own, others)


def _row(
    reading: DishReading,
    targets: Sequence[allergens.Target],
    kept: Sequence[dietary.Diet],
    meeting: _Meeting,
) -> DishDiets:
    def cell_of(allergen: str) -> Cell:
        return meeting.cell(reading, allergens.target(allergen))

    return DishDiets(
        dish=reading.dish,
        cells=tuple(meeting.cell(reading, target) for target in targets),
        diets=tuple(dietary.cell(reading, diet, cell_of) for diet in kept),
    )


def _needs(order: Order) -> Iterator[str]:
    """Everything that guests need, in the order in which it is stated."""
    for profile in order.guests.profiles:
        yield from profile.needs
    for keeping in order.guests.diets:
        yield keeping.diet
    for avoiding in order.guests.allergies:
        yield avoiding.allergen


def _targets(order: Order, law: allergens.Law) -> tuple[allergens.Target, ...]:
    """The columns: the law's allergens, then the guests' own in the order they are stated."""
    found = [allergens.target(name) for name in law.allergens]
    for need in _needs(order):
        if dietary.diet(need) is None:
            found += allergens.targets(need)
    return tuple({target.name: target for target in found}.values())


def _diets(order: Order) -> tuple[dietary.Diet, ...]:
    """The diet columns: those always shown, then those that guests keep."""
    shown = [dietary.diets()[name] for name in SHOWN]
    kept = [diet for need in _needs(order) if (diet := dietary.diet(need))]
    return tuple({diet.name: diet for diet in (*shown, *kept)}.values())


def reading(dish: MenuDish, known: Sequence[Label], decisions: DecisionIndex) -> DishReading:
    """A dish read by itself: its lines with their labels, and what its words mention beside them."""
    return _read(dish, tuple(known), step_foods.replaced(dish, decisions))


@lru_cache(maxsize=1_024)
def _read(dish: MenuDish, known: tuple[Label, ...], replaced: tuple[Tokens, ...]) -> DishReading:
    """The same, once for each dish and labels: a menu is cooked many times while its day is sought."""
    lines = tuple(read_line(one, known) for one in dish.ingredients)
    return DishReading(
        dish=dish.id,
        lines=lines,
        doubts=tuple(_doubts(dish)),
        beside=_beside(dish, lines, replaced),
        name=tokens(dish.name),
        brought=step_foods.brought(dish, replaced),
    )


def _doubts(dish: MenuDish) -> Iterator[str]:
    """Why nothing of a dish can be called absent; nothing if a person stands for its recipe."""
    if dish.recipe is None:
        yield "there is no recipe"
    elif dish.recipe_from not in TRUSTED:
        yield f"drafted by {dish.recipe_from or 'an unknown author'}, not confirmed"
    elif dish.recipe.is_unread_draft:
        yield "a draft, not confirmed"


PLANT_WORDS = frozenset({"vegan", "plant", "free", "mock"})
"""Words of a dish's name that say its other words are not meant: "vegan cheesecake"."""


def _beside(dish: MenuDish, lines: Sequence[Line], gone: Sequence[Tokens]) -> tuple[tuple[str, Mention], ...]:
    """Foods that are mentioned and no line accounts for, each with where: "flour the board" with no flour listed.

    Of a dish without recipe every word of its name; else the name and the steps, and what a line is said
    to be for ("for the peanut sauce").
    """
    if dish.recipe is None:
        return tuple((dish.name, mention) for mention in mentions(dish.name))
    kinds = (tokens(group) for line in lines for food in line.foods for group in food.groups)
    accounted = [*chain.from_iterable(line.content for line in lines), *kinds, *gone]
    said = dict.fromkeys([*_in_sentences(dish.name, dish.recipe), *_purposes(lines)])
    spoken = [(where, mention) for where, mention in said if not _is_accounted(mention, accounted)]
    for where, worked in brought_in(dish.recipe, lines):
        if not any(where == place and worked.facts <= mention.facts for place, mention in spoken):
            spoken.append((where, worked))
    return tuple(spoken)


def _in_sentences(name: str, recipe: Recipe) -> Iterator[tuple[str, Mention]]:
    """What the name, the steps and the method mention as a food."""
    texts = [(f"step {number}", step.text) for number, step in enumerate(recipe.steps, start=1)]
    texts.append(("method", recipe.method))
    if PLANT_WORDS.isdisjoint(tokens(name)):
        texts.insert(0, (name, name))
    for where, text in texts:
        for mention in mentions(text):
            if mention.in_steps:
                yield where, mention


def _purposes(lines: Sequence[Line]) -> Iterator[tuple[str, Mention]]:
    """What lines are said to be for."""
    for line in lines:
        for mention in line.purpose:
            yield line.item, mention


def _is_accounted(mention: Mention, accounted: Sequence[Tokens]) -> bool:
    """Whether a line has all words of a mention, or of the food's usual name."""
    said = set(mention.words)
    usual = set(mention.plain)
    return any(said.issubset(words) or usual.issubset(words) for words in accounted)


def _labels_to_read(
    readings: Sequence[DishReading], targets: Sequence[allergens.Target], law: allergens.Law
) -> tuple[str, ...]:
    """Products whose label would settle a cell: one that is unknown, or what only some makes contain."""
    declared = [target for target in targets if law.declares(target)]
    unread: set[str] = set()
    for reading in readings:
        for line in reading.lines:
            if _wants_label(line) and _is_open(line, declared, law):
                unread.add(line.purchase)
    return tuple(sorted(unread))


def _wants_label(line: Line) -> bool:
    """Whether a line that is understood, and is more than plain food, has no label that was read."""
    settled = line.settled and not line.cleared
    return line.clear and not settled and not any(label.read for label in line.labels)


def _is_open(line: Line, targets: Sequence[allergens.Target], law: allergens.Law) -> bool:
    return any(cell.verdict(line, target, law) in ("unknown", "may_contain") for target in targets)
