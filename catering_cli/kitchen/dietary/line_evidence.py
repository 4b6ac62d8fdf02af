"""One ingredient, read for what may harm: its foods, every phrase in it, what is not understood, its labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Ingredient
from catering_cli.kitchen.dietary.claims import cleared
from catering_cli.kitchen.dietary.labels import Label
from catering_cli.kitchen.foods import phrases
from catering_cli.kitchen.foods.mentions import Mention, mentions
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.resolve import ResolvedIngredient, ResolvedName
from catering_cli.kitchen.foods.table import Food, Tokens, split
from catering_cli.kitchen.lines.shorthand import written_out

LOOSE = frozenset({"produce", "meat", "poultry", "seafood"})
"""Departments whose plain foods come without a label that could say more."""

STAPLE = "staple"
"""Group of water, sugar, salt, pepper and oil, whose labels are never to be read."""


@dataclass(frozen=True)
class Line:
    """What is known of one line of a recipe."""

    item: str
    purchase: str
    """the line to buy, which its label is on"""
    called: Tokens
    """the words of the item"""
    written: tuple[Tokens, ...]
    """everything that is written in it"""
    content: tuple[Tokens, ...]
    """the same without what it is said to be for"""
    foods: tuple[Food, ...]
    """the foods it names or brings in, and the food that it was decided to be"""
    named: bool
    """whether every word of the item is understood"""
    clear: bool
    """whether every other word of the line is understood"""
    settled: bool
    """whether it is a staple or plain food, of which no label says more than its name"""
    mentions: tuple[Mention, ...]
    """what its words bring in beyond those foods"""
    purpose: tuple[Mention, ...]
    """what it is said to be for: "for the croutons"; not in the line, but in the dish"""
    labels: tuple[Label, ...]
    """labels of the product; a line of several foods has none"""
    kin: tuple[Label, ...]
    """labels of other products of the same food (a bun of another kind): what they list may be in this one too"""
    cleared: frozenset[str]
    """what its own name says is not in it: neither contained nor absent until a label is read"""
    noted: frozenset[str] = frozenset()
    """what its notes name, less what they themselves take back: "nut-free granola, with almonds" """

    @cached_property
    def facts(self) -> frozenset[str]:
        """Everything that is certainly in it."""
        named = (food.facts for food in self.foods)
        said = frozenset().union(*named, *(mention.facts for mention in self.mentions))
        return (said - self.cleared) | self.noted

    @cached_property
    def may(self) -> frozenset[str]:
        """Everything that some makes of its foods contain."""
        return frozenset().union(*(food.may_contain for food in self.foods)) - self.cleared

    @cached_property
    def may_beside(self) -> frozenset[str]:
        """The same of foods that are mentioned beside the item: no label of the item speaks of them."""
        return frozenset().union(*(mention.may for mention in self.mentions)) - self.cleared

    def hides(self, allergens: frozenset[str]) -> bool:
        """Whether only a label tells if it holds one of these allergens; if none are given, anything else."""
        sealed = [food for food in self.foods if food.compound]
        return any(not allergens or not allergens <= food.never for food in sealed)

    @cached_property
    def bare(self) -> bool:
        """Whether it is plain food without a label: a carrot, a chicken thigh, water."""
        return self.named and self.clear and all(map(_is_plain, self.foods))


def _is_plain(food: Food) -> bool:
    """Whether a food comes without a label, and no make of it holds anything else."""
    unlabelled = food.department in LOOSE or STAPLE in food.groups or food.name == "egg"
    return unlabelled and not food.compound and not food.may_contain


def _is_settled(food: Food) -> bool:
    """Whether its label settles nothing: a staple (a refined oil declares no allergen, FALCPA), or one plain food."""
    plain = not food.may_contain and not food.compound
    return STAPLE in food.groups or (plain and "unnamed" not in food.groups)


def read_line(resolved: ResolvedIngredient, labels: Sequence[Label]) -> Line:
    """Read a line as it is written, and as the food that it was decided to be: the union of both."""
    line = resolved.line
    name = resolved.name
    notes = phrases.preparation_notes(line.preparation)
    content = (line.item, *notes.content, _without(line.text, notes.purposes))
    own = _own_foods(resolved)
    brought = [one.food for one in notes.foods or ()]
    spoken = tuple(dict.fromkeys(_all_mentions(content)))
    single = len(own) <= 1 and not brought
    return Line(
        item=line.item,
        purchase=name.purchase,
        called=tokens(line.item),
        written=_in_words((line.item, line.preparation, line.text)),
        content=_in_words(content),
        foods=tuple(dict.fromkeys((*own, *brought))),
        named=bool(name.foods),
        clear=notes.foods is not None and _explained(line),
        settled=bool(own) and bool(name.foods) and all(map(_is_settled, own)),
        mentions=_beyond(name, spoken),
        purpose=_all_mentions(notes.purposes),
        labels=_labels_on(name.words, labels) if single else (),
        kin=_labels_of_kind(name.words, _kinds(name, own, spoken), labels),
        cleared=_cleared(name, (line.item, *notes.content)),
        noted=frozenset().union(*(one.facts - cleared(part) for part in notes.content for one in mentions(part))),
    )


def _cleared(name: ResolvedName, said: Iterable[str]) -> frozenset[str]:
    """What a line, part by part, or its food's name says is not in it: "pasta (gluten free)"."""
    texts = [*said, *([name.identified.food.name] if name.identified else [])]
    return frozenset().union(*map(cleared, texts))


def _own_foods(resolved: ResolvedIngredient) -> tuple[Food, ...]:
    """The foods that the item names, and the one that it was decided to be."""
    foods = dict.fromkeys(resolved.name.named)
    if resolved.meant and resolved.meant.identified:
        foods[resolved.meant.identified.food] = None
    return tuple(foods)


def _all_mentions(texts: Iterable[str]) -> tuple[Mention, ...]:
    return tuple(chain.from_iterable(map(mentions, texts)))


def _in_words(texts: Iterable[str]) -> tuple[Tokens, ...]:
    return tuple(tokens(text) for text in texts if text)


def _beyond(name: ResolvedName, spoken: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions; what some makes of the item itself contain is left to the food and its labels."""
    if not name.identified:
        return tuple(spoken)
    whole = tokens(name.text)
    return tuple(replace(one, may=frozenset()) if one.words == whole else one for one in spoken)


def _kinds(name: ResolvedName, own: Iterable[Food], spoken: Iterable[Mention]) -> frozenset[str]:
    """Names of the foods that the item is; if it is not understood, of everything that it mentions."""
    names = frozenset(food.name for food in own)
    if name.foods:
        return names
    return names.union(*(one.facts for one in spoken))


def _labels_on(product: Tokens, labels: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(label for label in labels if label.item == product)


def _labels_of_kind(product: Tokens, kinds: frozenset[str], labels: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(label for label in labels if label.food in kinds or label.item == product)


def _without(text: str, parts: Sequence[str]) -> str:
    """The line as written, less its parts of purpose."""
    for part in parts:
        text = text.replace(part, " , ")
    return text


@cache
def unit_words() -> frozenset[str]:
    """Words of the names of units."""
    words: set[str] = set()
    for row in rows("units"):
        for name in (row["name"], *split(row["aliases"])):
            words.update(tokens(name))
    return frozenset(words)


def _explained(line: Ingredient) -> bool:
    """Whether the line as written says nothing beyond its amount, item and preparation that is not understood."""
    known = {*tokens(line.item), *tokens(line.preparation)}
    words = (word for word in tokens(written_out(line.text)) if word not in known and word not in unit_words())
    left = [word for word in words if not _has_number(word)]
    return phrases.foods_named(" ".join(left)) is not None


def _has_number(word: str) -> bool:
    return any(char.isdecimal() for char in word)
