"""One ingredient, read for what may harm: its foods, every phrase in it, what is not understood, its labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from catering_cli.data.tables import rows
from catering_cli.domain.recipe import Ingredient
from catering_cli.kitchen.dietary.labels import Label
from catering_cli.kitchen.foods import phrases
from catering_cli.kitchen.foods.mentions import Mention, mentions
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.resolve import ResolvedIngredient
from catering_cli.kitchen.foods.table import Food, Tokens, split

LOOSE = frozenset({"produce", "meat", "poultry", "seafood"})
"""Departments whose plain foods come without a label that could say more."""

LOOSE_FOODS = frozenset({"water", "ice", "egg", "salt", "kosher salt", "flaky sea salt"})


@dataclass(frozen=True)
class Line:
    """What is known of one line of a recipe."""

    item: str
    purchase: str
    """the line to buy, which its label is on"""
    written: tuple[Tokens, ...]
    """everything that is written in it"""
    content: tuple[Tokens, ...]
    """the same without what it is said to be for"""
    foods: tuple[Food, ...]
    """the foods it names or brings in, and the food that somebody decided it is"""
    named: bool
    """whether every word of the item is understood"""
    clear: bool
    """whether every other word of the line is understood"""
    mentions: tuple[Mention, ...]
    """what its words bring in beyond those foods"""
    purpose: tuple[Mention, ...]
    """what it is said to be for: "for the croutons"; not in the line, but in the dish"""
    labels: tuple[Label, ...]
    """labels of the product; a line of several foods has none"""
    kin: tuple[Label, ...]
    """labels of other products of the same food (a bun of another kind): what they list may be in this one too"""

    @cached_property
    def facts(self) -> frozenset[str]:
        """Everything that is certainly in it."""
        return frozenset().union(*(food.facts for food in self.foods), *(mention.facts for mention in self.mentions))

    @cached_property
    def may(self) -> frozenset[str]:
        """Everything that some makes of its foods contain."""
        return frozenset().union(*(food.may_contain for food in self.foods))

    @cached_property
    def may_beside(self) -> frozenset[str]:
        """The same of foods that are mentioned beside the item: no label of the item speaks of them."""
        return frozenset().union(*(mention.may for mention in self.mentions))

    @cached_property
    def compound(self) -> bool:
        """Whether only a label tells what else is in it."""
        return any(food.compound for food in self.foods)

    @cached_property
    def bare(self) -> bool:
        """Whether it is plain food without a label: a carrot, a chicken thigh, water."""
        return (
            self.named
            and self.clear
            and all(
                not food.compound and not food.may_contain and (food.department in LOOSE or food.name in LOOSE_FOODS)
                for food in self.foods
            )
        )


def read(resolved: ResolvedIngredient, labels: Sequence[Label]) -> Line:
    """Read a line as it is written, and as the food that somebody decided it is: the union of both."""
    ingredient, name = resolved.line, resolved.name
    item = ingredient.item
    notes = phrases.notes(ingredient.preparation)
    content = (item, *notes.content, _without(ingredient.text, notes.purposes))
    decided = resolved.meant.identified if resolved.meant else None
    own = dict.fromkeys(one.food for one in (*(name.foods or ()), *([decided] if decided else [])))
    brought = dict.fromkeys(one.food for one in notes.foods or ())
    whole = tokens(item) if name.identified else ()
    spoken = dict.fromkeys(mention for text in content for mention in mentions(text))
    product = name.words
    names = {food.name for food in own} | (set() if name.foods else {fact for one in spoken for fact in one.facts})
    return Line(
        item=item,
        purchase=name.purchase,
        written=tuple(tokens(text) for text in (item, ingredient.preparation, ingredient.text) if text),
        content=tuple(tokens(text) for text in content if text),
        foods=tuple({**own, **brought}),
        named=bool(name.foods),
        clear=notes.foods is not None and _explained(ingredient),
        mentions=tuple(replace(mention, may=frozenset()) if mention.words == whole else mention for mention in spoken),
        purpose=tuple(mention for text in notes.purposes for mention in mentions(text)),
        labels=tuple(label for label in labels if label.item == product) if len(own) <= 1 and not brought else (),
        kin=tuple(label for label in labels if label.food in names or label.item == product),
    )


def _without(text: str, parts: Sequence[str]) -> str:
    """The line as written, less its parts of purpose."""
    for part in parts:
        text = text.replace(part, " , ")
    return text


@cache
def _units() -> frozenset[str]:
    """Words of the names of units."""
    names = (name for row in rows("units") for name in (row["name"], *split(row["aliases"])))
    return frozenset(word for name in names for word in tokens(name))


def _explained(ingredient: Ingredient) -> bool:
    """Whether the line as written says nothing beyond its amount, item and preparation that is not understood."""
    said = {word for part in (ingredient.item, ingredient.preparation) for word in tokens(part)} | _units()
    left = [word for word in tokens(ingredient.text) if word not in said and not any(char.isdecimal() for char in word)]
    return phrases.read(" ".join(left)) is not None
