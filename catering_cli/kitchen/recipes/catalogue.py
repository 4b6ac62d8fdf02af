"""The house's own recipes: cards under `data/catalogue`, and by name what is generated from them.

`data/dishes.tsv` is the index, `data/dishes.jsonl` has a recipe a line: of a menu, only its own dishes are parsed.
`python -m catering_cli.cli.catalogue` makes both from the cards; a test keeps them equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from catering_cli.data.tables import DATA, rows
from catering_cli.domain.suggest import LIKELY, closest, closest_few

if TYPE_CHECKING:
    from catering_cli.domain.order_parts.recipe import Recipe

INDEX = "dishes"
RECIPES = DATA / f"{INDEX}.jsonl"
BASE = "base"
"""In the place of a course: what dishes take, and no dish of a menu."""


@lru_cache(maxsize=4_096)
def key(name: str) -> str:
    """The name as a file name: lower case, no accents, words joined by hyphens; other scripts are kept."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", letters).strip("-")


@cache
def _written() -> dict[str, str]:
    """Key -> recipe as JSON, unread."""
    lines = RECIPES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


@cache
def recipe_named(name: str) -> Recipe | None:
    """The catalogue's recipe of that name (case, accents and punctuation aside), or None."""
    from catering_cli.domain.order_parts.recipe import Recipe  # late: a search of the index reads no recipe

    text = _written().get(key(name))
    return None if text is None else Recipe.model_validate_json(text)


def knows(name: str) -> bool:
    """Whether the catalogue has a recipe of that name; reads no recipe."""
    return key(name) in _written()


@cache
def index() -> tuple[dict[str, str], ...]:
    """The rows of the index that are dishes of a menu."""
    return tuple(row for row in rows(INDEX) if row["course"] != BASE)


@cache
def names() -> tuple[str, ...]:
    """The names of the dishes that the house offers of itself, in alphabetical order."""
    return tuple(row["name"] for row in index() if row["offered"])


@cache
def recipes() -> tuple[Recipe, ...]:
    """The recipes of `names`: what is tried if a menu lacks a dish. The others are made when they are asked for."""
    return tuple(recipe for name in names() if (recipe := recipe_named(name)) is not None)


def near_names(name: str, most: int = 3) -> tuple[str, ...]:
    """Catalogue names that `name` is probably a misspelling of, likeliest first."""
    by_key = {key(row["name"]): row["name"] for row in index()}
    return tuple(by_key[close] for close in closest_few(key(name), by_key, most, LIKELY))


def alike(one: str, other: str) -> bool:
    """Whether one name is probably a misspelling of the other."""
    return closest(key(one), [key(other)], LIKELY) != ""
