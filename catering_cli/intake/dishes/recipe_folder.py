"""The caterer's own folder of recipes: it stands before the catalogue, and only what a menu names is read.

An order names it beside itself (`recipe_folder`), `$CATERING_RECIPES` names it for all orders; the order's comes first.
It holds cards (`.card`, one or many in a file) and whatever else a recipe may be a file of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import LIKELY, closest_few
from catering_cli.intake import recipe_file
from catering_cli.intake.beside import read_beside
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.recipes.name_words import words_of

if TYPE_CHECKING:
    from catering_cli.kitchen.recipes.card import Card

CARD: Final = ".card"
VARIABLE: Final = "CATERING_RECIPES"
_MOST_FILES: Final = 5_000
_NAMES: Final = re.compile(
    r"""^\#\s+(?P<card>.+)$|^also:(?P<also>.+)$"""
    r"""|"(?:name|title)"\s*:\s*(?P<json>"(?:[^"\\]|\\.)*")"""
    r"""|^(?:name|title)\s*:\s*["']?(?P<yaml>[^"'\n]+)""",
    re.MULTILINE,
)
"""What may be the name of a recipe in a text that is not parsed yet."""


class RecipeFolder:
    """The recipes of one folder by name. `place` is what a refusal names: the field or the variable."""

    def __init__(self, path: Path, place: str, system: str = "us") -> None:
        self.path, self.place, self.system = path, place, system
        self.read: dict[str, tuple[Card, ...]] = {}

    @cached_property
    def files(self) -> Mapping[str, tuple[str, ...]]:
        """Key of each name that may be a recipe's -> the files that have it. Raises Refused if it is no folder."""
        if not self.path.is_dir():
            raise Refused(Problem("is no folder of recipes", place=self.place, value=repr(self.path.name)))
        found: dict[str, list[str]] = {}
        files = sorted(path for path in self.path.iterdir() if path.suffix.lower() in (CARD, *recipe_file.SUFFIXES))
        if len(files) > _MOST_FILES:
            message = f"holds more than {_MOST_FILES:,} recipe files; keep those that are cooked from"
            raise Refused(Problem(message, place=self.place))
        for file in files:
            for name in dict.fromkeys(self._maybe_named(file)):
                found.setdefault(name, []).append(file.name)
        return {name: tuple(files) for name, files in found.items()}

    def _maybe_named(self, file: Path) -> Iterator[str]:
        if file.suffix.lower() != CARD:
            yield catalogue.key(file.stem)
        text = read_beside(self.path, file.name, self.place, "a recipe", recipe_file.MOST_BYTES_OF_A_PAGE, "replace")
        for said in _NAMES.finditer(text):
            name = _unescaped(said["json"]) if said["json"] else said[said.lastgroup or 0]
            yield from map(catalogue.key, re.split("[;,]", name) if said["also"] else (name,))

    def find(self, name: str) -> Recipe | None:
        """The recipe that is called so (case, accents and punctuation aside). Raises Refused if two files have one."""
        wanted = catalogue.key(name)
        found: dict[str, Recipe] = {}
        for file in self.files.get(wanted, ()):
            for card in self._cards(file):
                names = (card.recipe.name, *card.also, *([] if file.lower().endswith(CARD) else [Path(file).stem]))
                if wanted in map(catalogue.key, names):
                    found.setdefault(file, card.recipe)
        if len(found) > 1:
            message = f"{' and '.join(found)} both have a recipe of this name; keep one"
            raise Refused(Problem(message, place=self.place, value=repr(name)))
        return next(iter(found.values()), None)

    def called(self, name: str) -> Recipe | None:
        """The recipe of that name, else one whose name says the same: mac n cheese, macaroni & cheese."""
        if found := self.find(name):
            return found
        said = words_of(name).all
        for other in self.files:
            if said and words_of(other.replace("-", " ")).all == said and (found := self.find(other)):
                return found
        return None

    def near_names(self, name: str) -> list[str]:
        """Names of recipes that `name` is probably a misspelling of."""
        close = closest_few(catalogue.key(name), self.files, likeness=LIKELY)
        return [found.name for key in close if (found := self.find(key))]

    def all(self) -> tuple[Card, ...]:
        """Every recipe of the folder, by name."""
        files = sorted(set(chain.from_iterable(self.files.values())))
        cards = chain.from_iterable(map(self._cards, files))
        return tuple(sorted(cards, key=lambda card: catalogue.key(card.recipe.name)))

    def _cards(self, file: str) -> tuple[Card, ...]:
        from catering_cli.kitchen.recipes.card import Card, read_cards  # late: few kitchens have a folder

        if file not in self.read:
            if file.lower().endswith(CARD):
                text = read_beside(self.path, file, self.place, "a card")
                cards = read_cards(text, file, self.system)
            else:
                cards = (Card(recipe_file.read_recipe(self.path, file, self.system, self.place)),)
            self.read[file] = tuple(_own(card, file) for card in cards)
        return self.read[file]


def _unescaped(literal: str) -> str:
    try:
        return str(json.loads(literal, strict=False))
    except ValueError:
        return literal


def _own(card: Card, file: str) -> Card:
    """The card, its source told, and what it takes from other files of the folder called by their names."""
    lines = tuple(_by_name(line) for line in card.recipe.ingredients)
    source = card.recipe.source or f"own recipe, {file}"
    recipe = card.recipe.model_copy(update={"ingredients": lines, "source": source})
    return replace(card, recipe=recipe)


def _by_name(line: Ingredient) -> Ingredient:
    name = line.recipe.replace("\\", "/")
    if not (recipe_file.is_path(name) or "/" in name):
        return line
    stem = name.rsplit("/", 1)[-1]
    return line.model_copy(update={"recipe": Path(stem).stem if recipe_file.is_path(stem) else stem})


def folders_of(order: Order, folder: Path, environment: Mapping[str, str]) -> tuple[RecipeFolder, ...]:
    """The folders that stand before the catalogue, the order's own first. `folder` is where its paths start."""
    found: list[RecipeFolder] = []
    if order.recipe_folder:
        place = "order.recipe_folder"
        inside = (folder / order.recipe_folder).resolve()
        if not inside.is_relative_to(folder.resolve()):
            message = f"lies outside the order's folder; put it beside the order, or name it in ${VARIABLE}"
            raise Refused(Problem(message, place=place, value=repr(order.recipe_folder)))
        found.append(RecipeFolder(inside, place, order.system))
    return (*found, *house_folders(environment, order.system))


def house_folders(environment: Mapping[str, str], system: str = "us") -> tuple[RecipeFolder, ...]:
    """The folder that `$CATERING_RECIPES` names; none if it is not set."""
    path = environment.get(VARIABLE, "")
    return (RecipeFolder(Path(path).expanduser(), f"${VARIABLE}", system),) if path else ()
