"""The table of foods: what each is, what is in it, and by which names it goes.

A row that is not compound is a promise: no allergen is in it but those it lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain

from catering_cli.data.tables import rows
from catering_cli.kitchen.foods.names import tokens

Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Food:
    """One row of the table of foods, with what follows from its parts already folded in."""

    name: str
    """canonical name: the line to buy"""
    synonyms: tuple[str, ...]
    """other names of the same line to buy"""
    kinds: tuple[str, ...]
    """names of kinds of it: the same food for allergens and diets, each its own line to buy"""
    department: str
    storage: str
    """ambient, fridge or freezer"""
    food_class: str
    """class of the food-safety limit table if it is the main item"""
    groups: frozenset[str]
    """what it is a kind of: tree nuts, almond, allium, root ..., those of its parts included"""
    contains: frozenset[str]
    """allergens by canonical name"""
    may_contain: frozenset[str]
    """allergens and foods that some makes of it contain"""
    never: frozenset[str]
    """allergens that no make of it holds, though it is compound"""
    compound: bool
    """true if only a label tells what else is in it"""
    animal: frozenset[str]
    """meat, poultry, fish, shellfish, egg, dairy, honey, gelatin, rennet, fined; none: surely nothing of an animal"""
    alcohol: bool
    """true for drinks and what is made of them; a trace (vanilla extract) is the group `trace alcohol`"""
    pork: bool
    parts: tuple[str, ...]
    """foods that are in it"""
    source: str

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every word that is true of it: its name, groups, allergens, animal sources, parts, alcohol and pork."""
        flags = {word for word, holds in (("alcohol", self.alcohol), ("pork", self.pork)) if holds}
        return self.groups | self.contains | self.animal | set(self.parts) | flags | {self.name}


@cache
def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell of a table: "milk|eggs" -> milk, eggs."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def implied(allergens: Iterable[str]) -> frozenset[str]:
    """These allergens with what they imply: what contains wheat contains gluten."""
    given = frozenset(allergens)
    return given.union(*(_follows().get(allergen, ()) for allergen in given))


@cache
def _follows() -> dict[str, tuple[str, ...]]:
    return {row["allergen"]: split(row["implies"]) for row in rows("allergens") if row["implies"]}


def _food(row: dict[str, str]) -> Food:
    return Food(
        name=row["food"],
        synonyms=split(row["synonyms"]),
        kinds=split(row["kinds"]),
        department=row["department"],
        storage=row["storage"],
        food_class=row["food_class"] or "unknown",
        groups=frozenset(split(row["groups"])) | ({"trace alcohol"} if row["alcohol"] == "trace" else set()),
        contains=implied(split(row["contains"])),
        may_contain=implied(split(row["may_contain"])),
        never=_never(row),
        compound=row["compound"] == "yes",
        animal=frozenset(split(row["animal"])),
        alcohol=row["alcohol"] == "yes",
        pork=row["pork"] == "yes",
        parts=split(row["parts"]),
        source=row["source"],
    )


OF_ANIMALS = frozenset({"milk", "eggs", "fish", "crustaceans", "molluscs"})
"""Allergens that nothing of plants alone holds."""


def _never(row: dict[str, str]) -> frozenset[str]:
    """What no make of a food holds: what its own row says, else its groups'; nothing of an animal in a plant food."""
    of = (row["food"],) if row["food"] in _never_in() else split(row["groups"])
    said = frozenset[str]().union(*(_never_in().get(name, ()) for name in of))
    plants = OF_ANIMALS if split(row["animal"]) == ("none",) else frozenset[str]()
    return (plants | said) - set(split(row["may_contain"])) - set(split(row["contains"]))


@cache
def _never_in() -> dict[str, tuple[str, ...]]:
    """Allergens that no make holds, by each food or group of the table."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("never_in"):
        for name in split(row["foods"]):
            found[name] = (*found.get(name, ()), *split(row["never"]))
    return found


def _with_parts(food: Food, plain: dict[str, Food]) -> Food:
    """`food` with all that is in its parts; parts have no parts of their own in the table."""
    parts = [plain[name] for name in food.parts]
    if not parts:
        return food
    return replace(
        food,
        groups=food.groups.union(*(part.groups for part in parts)),
        contains=food.contains.union(*(part.contains for part in parts)),
        may_contain=food.may_contain.union(*(part.may_contain for part in parts)),
        compound=food.compound or any(part.compound for part in parts),
        animal=food.animal.union(*(part.animal - {"none"} for part in parts)),
        alcohol=food.alcohol or any(part.alcohol for part in parts),
        pork=food.pork or any(part.pork for part in parts),
    )


@cache
def table() -> dict[str, Food]:
    """All foods by canonical name, in the order of the table."""
    plain = {row["food"]: _food(row) for row in rows("foods")}
    return {name: _with_parts(food, plain) for name, food in plain.items()}


@cache
def names() -> dict[Tokens, Food]:
    """Every name of every food, as tokens; an English name is never taken for a word of another language."""
    return {**foreign_names(), **english_names()}


@cache
def english_names() -> dict[Tokens, Food]:
    """Every English name of every food, as tokens."""
    found: dict[Tokens, Food] = {}
    for food in table().values():
        for name in (*food.synonyms, *food.kinds):
            found.setdefault(tokens(name), food)
    return found | {tokens(food.name): food for food in table().values()}


LANGUAGES = ("es", "fr", "it", "de")
"""Columns of the table of foreign names."""


@cache
def foreign_names() -> dict[Tokens, Food]:
    """Foods by their Spanish, French, Italian and German names."""
    found: dict[Tokens, Food] = {}
    for row in rows("foreign_names"):
        for name in split("|".join(row[language] for language in LANGUAGES)):
            found.setdefault(tokens(name), table()[row["food"]])
    return found


@cache
def kinds() -> dict[Tokens, str]:
    """Names of a food that are bought as a line of their own: brisket is beef, and is not bought as beef."""
    return {tokens(kind): kind for kind in chain.from_iterable(food.kinds for food in table().values())}
