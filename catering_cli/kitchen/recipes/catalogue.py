"""The house's own recipes: one JSON file a dish under `data/catalogue`, in the shape of an order's `recipes`."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache

from catering_cli.data.tables import DATA
from catering_cli.domain.recipe import Recipe
from catering_cli.domain.suggest import LIKELY, closest, closest_few

FOLDER = DATA / "catalogue"


@lru_cache(maxsize=4_096)
def key(name: str) -> str:
    """The name as a file name: lower case, no accents, words joined by hyphens; other scripts are kept."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", letters).strip("-")


@cache
def _files() -> dict[str, str]:
    return {path.stem: path.name for path in sorted(FOLDER.glob("*.json"))}


@cache
def recipe_named(name: str) -> Recipe | None:
    """The catalogue's recipe of that name (case, accents and punctuation aside), or None."""
    file = _files().get(key(name))
    if file is None:
        return None
    return Recipe.model_validate(json.loads((FOLDER / file).read_text(encoding="utf-8")))


def knows(name: str) -> bool:
    """Whether the catalogue has a recipe of that name; reads no recipe."""
    return key(name) in _files()


@cache
def names() -> tuple[str, ...]:
    """The names of all dishes of the catalogue, in alphabetical order of their files."""
    return tuple(recipe.name for recipe in recipes())


@cache
def recipes() -> tuple[Recipe, ...]:
    """All recipes of the catalogue, in alphabetical order of their files."""
    return tuple(recipe for stem in _files() if (recipe := recipe_named(stem)) is not None)


def near_names(name: str, most: int = 3) -> tuple[str, ...]:
    """Catalogue names that `name` is probably a misspelling of, likeliest first."""
    close = closest_few(key(name), _files(), most, LIKELY)
    return tuple(recipe.name for stem in close if (recipe := recipe_named(stem)) is not None)


def alike(one: str, other: str) -> bool:
    """Whether one name is probably a misspelling of the other."""
    return closest(key(one), [key(other)], LIKELY) != ""
