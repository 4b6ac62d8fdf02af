"""Make the index and the recipes of the catalogue from its cards: `python -m catering_cli.cli.catalogue`.

A test keeps both equal to the cards: a change of a dish shows in the index what it changes, an allergen before all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from catering_cli.data.tables import DATA
from catering_cli.domain.diets import DishDiets
from catering_cli.domain.order import Order
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.recipe import Ingredient, Recipe, Yield
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.menu import dishes
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.recipes.card import BASE, Card, read_cards
from catering_cli.kitchen.recipes.catalogue import INDEX, RECIPES, key
from catering_cli.kitchen.serving import base_recipes

CARDS: Final = DATA / "catalogue"
COLUMNS: Final = ("name", "also", "course", "offered", "file", "equipment", "contains", "unknown", "diets")
_HEAD: Final = """\
# The dishes of the catalogue by name, made from the cards in data/catalogue: python -m catering_cli.cli.catalogue
# also: other names that menus print. offered: yes if it may be offered where a menu lacks a dish. contains: allergens;
# unknown: those that a label must tell. diets: those that no food of it breaks. Entries are joined by |.
"""
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


def whole(cards: Iterable[Filed]) -> dict[str, Recipe]:
    """Every recipe with its base recipes put in, by its key."""
    by_key = {key(card.recipe.name): card.recipe for card, _ in cards}

    def find(line: Ingredient) -> Recipe | None:
        if not line.recipe:
            return None
        if key(line.recipe) not in by_key:
            raise Refused(Problem("is no base recipe of the catalogue", value=line.recipe))
        return by_key[key(line.recipe)]

    return {name: base_recipes.assembled(recipe, find, "us") for name, recipe in by_key.items()}


def generated() -> dict[str, str]:
    """File name -> text of the index and of the recipes."""
    cards = filed()
    recipes = whole(cards)
    lines = [f"{name}\t{_document(recipe)}" for name, recipe in sorted(recipes.items())]
    table = ["\t".join(COLUMNS), *("\t".join(_row(one, recipes)) for one in cards)]
    return {f"{INDEX}.tsv": _HEAD + "\n".join(table) + "\n", RECIPES.name: "\n".join(lines) + "\n"}


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
    used = {name for step in recipe.steps for name in step.equipment}
    yield recipe.name
    yield "|".join(card.also)
    yield BASE if card.is_base else recipe.course or "main"
    yield "yes" if card.offered else ""
    yield file
    yield "|".join(sorted(used))
    yield "|".join(states.get("contains", ()))
    yield "|".join([*states.get("may_contain", ()), *states.get("unknown", ())])
    yield "|".join(cell.diet for cell in looked_at.diets if cell.state == "compatible")


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
    for name, content in generated().items():
        (DATA / name).write_text(content, encoding="utf-8")
