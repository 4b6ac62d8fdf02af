"""Make the index and the recipes of the catalogue from its cards: `python -m catering_cli.cli.catalogue`.

A test keeps both equal to the cards: a change of a dish shows in the index what it changes, an allergen before all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from catering_cli.data.tables import DATA, parts, rows
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe, Yield
from catering_cli.domain.plan_parts.diets import DishDiets
from catering_cli.domain.problem import Problem, Refused
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.menu import dishes
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.recipes.card import BASE, Card, read_cards
from catering_cli.kitchen.recipes.catalogue import INDEX, RECIPES, key
from catering_cli.kitchen.serving import base_recipes

CARDS: Final = DATA / "catalogue"
COLUMNS: Final = (
    "name", "also", "course", "offered", "file", "equipment", "season", "contains", "unknown", "diets", "reviewed",
)  # fmt: skip
REVIEWED: Final = "dishes_reviewed"
"""The table of dishes whose allergens a reader has held beside their foods."""
_HEAD: Final = """\
# The dishes of the catalogue by name, made from the cards in data/catalogue: python -m catering_cli.cli.catalogue
# also: other names that menus print. offered: yes if it may be offered where a menu lacks a dish. season: empty if it
# is good all year. contains: allergens; unknown: those that a label must tell. diets: those that no food of it breaks.
# reviewed: when a reader held its allergens beside its foods; empty since either has changed (table dishes_reviewed).
# Entries are joined by |.
"""
SEASONS: Final = ("spring", "summer", "autumn", "winter")
_MAKES_UP: Final = 5
"""A food makes up a dish from a fifth of its mass on: the tomatoes of a salad, not those of a sandwich; [K]."""
_AVOIDED: Final = ("molluscs",)
"""Looked at beside the allergens of US law."""


class Filed(NamedTuple):
    """A card with the file it stands in."""

    card: Card
    file: str


def filed(folder: Path = CARDS, files: str = "*.card") -> tuple[Filed, ...]:
    """The cards of a folder. Raises Refused if two claim the same name."""
    found: list[Filed] = []
    for path in sorted(folder.glob(files)):
        found += [Filed(card, path.stem) for card in read_cards(path.read_text(encoding="utf-8"), path.name)]
    claimed: dict[str, str] = {}
    for card, file in found:
        for name in (card.recipe.name, *card.also):
            other = claimed.setdefault(key(name), card.recipe.name)
            if other != card.recipe.name:
                raise Refused(Problem(f"is claimed by {other!r} and {card.recipe.name!r}", f"{file}.card", value=name))
    return tuple(sorted(found, key=lambda one: key(one.card.recipe.name)))


def whole(cards: Iterable[Filed], further: Callable[[str], Recipe | None] = lambda _: None) -> dict[str, Recipe]:
    """Every recipe with its base recipes put in, by its key; `further` finds those that no card is of."""
    by_key = {key(card.recipe.name): card.recipe for card, _ in cards}

    def find(line: Ingredient) -> Recipe | None:
        if not line.recipe:
            return None
        found = by_key.get(key(line.recipe)) or further(line.recipe)
        if found is None:
            raise Refused(Problem("is no base recipe of the catalogue", value=line.recipe))
        return found

    return {name: base_recipes.assembled(recipe, find, "us") for name, recipe in by_key.items()}


def generated(cards: tuple[Filed, ...]) -> dict[str, str]:
    """File name -> text of the index and of the recipes."""
    recipes = whole(cards)
    table = ["\t".join(COLUMNS), *("\t".join(row.values()) for row in rows_of(cards, recipes))]
    return {f"{INDEX}.tsv": _HEAD + "\n".join(table) + "\n", RECIPES.name: written(recipes)}


def written(recipes: Mapping[str, Recipe]) -> str:
    """The recipes, one a line, by their keys."""
    return "".join(f"{name}\t{_document(recipe)}\n" for name, recipe in sorted(recipes.items()))


def rows_of(cards: Iterable[Filed], recipes: Mapping[str, Recipe]) -> Iterator[dict[str, str]]:
    """A row of the index for each card."""
    for one in cards:
        yield dict(zip(COLUMNS, _row(one, recipes), strict=True))


def _document(recipe: Recipe) -> str:
    fields = recipe.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _row(one: Filed, recipes: Mapping[str, Recipe]) -> Iterator[str]:
    card, file = one
    recipe = recipes[key(card.recipe.name)]
    looked_at = _diets(recipe)
    states: dict[str, list[str]] = {}
    for cell in looked_at.cells:
        states.setdefault(cell.state, []).append(cell.allergen)
    used = set(chain.from_iterable(step.equipment for step in recipe.steps))
    yield recipe.name
    yield "|".join(card.also)
    yield BASE if card.is_base else recipe.course or "main"
    yield "yes" if card.offered else ""
    yield file
    yield "|".join(sorted(used))
    yield "|".join(season(recipe))
    yield "|".join(states.get("contains", ()))
    yield "|".join([*states.get("may_contain", ()), *states.get("unknown", ())])
    yield "|".join(cell.diet for cell in looked_at.diets if cell.state == "compatible")
    read = _reviewed().get(recipe.name, {})
    mark = review_mark(recipe, states.get("contains", ()))
    yield read.get("read_on", "") if read.get("mark") == mark else ""


@cache
def _reviewed() -> dict[str, dict[str, str]]:
    return {row["dish"]: row for row in rows(REVIEWED)}


def review_mark(recipe: Recipe, contains: Iterable[str]) -> str:
    """What changes if a food or an allergen of a dish does: a review of it holds only so long."""
    foods = sorted({line.item for line in recipe.ingredients})
    return f"{crc32('|'.join((*foods, '', *sorted(contains))).encode()):08x}"


def season(recipe: Recipe) -> tuple[str, ...]:
    """When the foods that make up a dish are all at their best; the seasons of any of them if that is never."""
    at_best = {row["food"]: set(parts(row["seasons"])) for row in rows("seasons")}
    found = [at_best[food] for food in _main_foods(recipe) if food in at_best]
    together = set.intersection(*found) if found else set()
    named = together or set().union(*found)
    return tuple(name for name in SEASONS if name in named)


def _main_foods(recipe: Recipe) -> Iterator[str]:
    """The known foods that weigh enough to make up the dish."""
    grams = [_grams(line) for line in recipe.ingredients]
    least = sum(grams) / _MAKES_UP
    for line, weight in zip(recipe.ingredients, grams, strict=True):
        food = identify(line.item)
        if food and weight >= least:
            yield food.name


def _grams(line: Ingredient) -> Fraction:
    mass = to_mass(line.quantity, line.item, line.preparation, state=line.state) if line.quantity else None
    return mass.grams.high if mass else Fraction()


def _diets(recipe: Recipe) -> DishDiets:
    """The row of the allergen chart of a dish that stands alone."""
    event = {"name": recipe.name, "service_at": "2027-04-17T18:30:00-04:00"}
    allergies = [{"allergen": name, "count": 1} for name in _AVOIDED]
    whole_recipe = recipe if recipe.yields.portions else recipe.model_copy(update={"yields": Yield(portions=10)})
    order = Order.model_validate(
        {
            "event": event,
            "guests": {"guaranteed": 20, "allergies": allergies},
            "menu": [{"dish": recipe.name, "recipe": whole_recipe}],
        }
    )
    decisions = DecisionIndex({})
    return matrix.matrix(order, dishes.dishes(order, decisions), decisions).rows[0]


if __name__ == "__main__":
    for name, content in generated(filed()).items():
        (DATA / name).write_text(content, encoding="utf-8")
