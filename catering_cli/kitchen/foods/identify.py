"""Which food a name means. Nothing is guessed by likeness: one word that is not understood, and it is no food."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Food, Tokens, english_names, kinds, names, split, table
from catering_cli.kitchen.quantities.vocabulary import word_set

__all__ = ["Food", "Identified", "Tokens", "identify", "near", "purchase_name", "recognise", "table"]

MOST_LETTERS = 80
"""Letters of a name that are compared for suggestions."""

FORMS = frozenset({"form", "variety"})
"""Kinds of descriptive words that may be part of a food's name."""

MOST_DESCRIPTORS = 8
"""A name with more descriptive words than this is not a name; it bounds the search below."""


class Descriptor(NamedTuple):
    """A word that describes a food and adds nothing to it."""

    words: Tokens
    kind: str
    """form (chopped), variety (low-sodium: another product of the same food), tail (to taste), prep, join"""
    only: frozenset[str]
    """groups of foods it may be dropped from; empty: all"""

    def may_describe(self, food: Food) -> bool:
        """Whether it may be dropped from that food's name."""
        return not self.only or not self.only.isdisjoint(food.groups)


@cache
def descriptors() -> dict[Tokens, Descriptor]:
    """The words that may be dropped, by their tokens."""
    every = (Descriptor(tokens(row["words"]), row["kind"], frozenset(split(row["only"]))) for row in rows("food_words"))
    return {descriptor.words: descriptor for descriptor in every}


class Identified(NamedTuple):
    """A food with what tells one product of it from another: its kind (brisket, of beef) and variety (low-sodium)."""

    food: Food
    name: str
    """the line to buy: the kind that was named, else the food"""
    varieties: tuple[Tokens, ...] = ()

    @property
    def line(self) -> str:
        """The line to buy, with its varieties: low sodium soy sauce."""
        return " ".join([*(" ".join(words) for words in self.varieties), self.name])


def identify(item: str) -> Food | None:
    """The food that `item` names, exactly or after dropping words that only describe it; else None.

    "2 large boneless chicken thighs" without its amount is chicken thigh; "almond flour cake crumbs" is nothing.
    """
    found = recognise(tokens(item))
    return found.food if found else None


def purchase_name(item: str) -> str:
    """The line to buy for `item`: its food or the kind of it that was named, with its variety; else `item` itself.

    "Spring onions" and "scallions, chopped" are one line, "unsalted butter" and "butter" are two.
    """
    found = recognise(tokens(item))
    if found is None:
        return " ".join(item.split())
    return found.line


@cache
def recognise(words: Tokens) -> Identified | None:
    """The food of these tokens, dropping as few descriptive words as possible."""
    if words in names():
        return Identified(names()[words], kinds().get(words, names()[words].name))
    spans = _descriptor_spans(words)
    if len(spans) > MOST_DESCRIPTORS:
        return None
    for count in range(1, len(spans) + 1):
        for dropped in combinations(spans, count):
            if found := _without(words, dropped):
                return found
    return _cut(words)


def _cut(words: Tokens) -> Identified | None:
    """Meat, poultry or fish with words behind it that only say how it is cut: beef stew cubes, salmon portions."""
    behind = _cuts()
    if not behind.get(words[-1] if words else "", False):
        return None
    for end in range(len(words) - 1, 0, -1):
        if words[end] not in behind:
            return None
        found = recognise(words[:end])
        if found and found.food.department in CUT and not found.food.compound:
            return found._replace(name=" ".join((found.name, *words[end:])))
    return None


CUT = frozenset({"meat", "poultry", "seafood"})
"""Departments of what is cut."""


@cache
def _cuts() -> dict[str, bool]:
    """Words of cuts, each with whether a name may end in it."""
    return {row["word"]: row["last"] == "yes" for row in rows("cut_words")}


def _without(words: Tokens, dropped: tuple[tuple[int, int, Descriptor], ...]) -> Identified | None:
    gone: set[int] = set()
    for start, end, _ in dropped:
        gone.update(range(start, end))
    left = tuple(word for index, word in enumerate(words) if index not in gone)
    food = names().get(left)
    rules = [rule for _, _, rule in dropped]
    if food is None or not all(rule.may_describe(food) for rule in rules):
        return None
    varieties = tuple(sorted(rule.words for rule in rules if rule.kind == "variety"))
    return Identified(food, kinds().get(left, food.name), varieties)


def _descriptor_spans(words: Tokens) -> tuple[tuple[int, int, Descriptor], ...]:
    """Places of words that may be dropped from the name of a food, the longest at each place."""
    spans: list[tuple[int, int, Descriptor]] = []
    start = 0
    while start < len(words):
        rule = longest(words, start, FORMS)
        if rule:
            spans.append((start, start + len(rule.words), rule))
        start += len(rule.words) if rule else 1
    return tuple(spans)


def longest(words: Tokens, start: int, kinds: frozenset[str]) -> Descriptor | None:
    """The longest descriptor of these kinds that begins at `start`."""
    for length in range(min(4, len(words) - start), 0, -1):
        rule = descriptors().get(words[start : start + length])
        if rule and rule.kind in kinds:
            return rule
    return None


NEAR = 0.7
"""Likeness (letters in common, plus words in common) from which a name is worth suggesting; by trial."""

GENERAL = word_set(
    "fillet breast leg steak chop root fat sauce oil seed powder leaf juice stock piece slice paste flour extract "
    "rib stalk stick head bone shank loin belly cheek tail shoulder cube ball wing neck stem mix blend "
    "shell plain filling glaze syrup topping base"
)
"""Nouns that say nothing of the kind of food: with one of them another word must be the same too."""


@cache
def near(item: str, most: int = 5) -> tuple[str, ...]:
    """Canonical names that `item` may have meant, best first: for a message, never for a decision.

    Only the same kind of thing: a name with the same noun ("smoked mackerel" for "smokd haddock"), or the same word
    with a slip; of those only what shares the noun of the best. A foreign word that looks like another food is none.
    """
    wanted = tokens(item[:MOST_LETTERS])
    if not wanted:
        return ()
    ranked: list[tuple[float, str]] = []
    for words, food in english_names().items():
        likeness = _likeness(words, wanted)
        if likeness >= NEAR:
            ranked.append((-likeness, food.name))
    names = list(dict.fromkeys(name for _, name in sorted(ranked)))
    if not names:
        return ()
    noun = tokens(names[0])[-1]
    return tuple(name for name in names if noun in tokens(name))[:most]


def _likeness(words: Tokens, wanted: Tokens) -> float:
    """Letters and words in common; 0 unless the noun is the same or typed wrong."""
    shared = {word for word in words if any(_same_noun(word, other) for other in wanted)}
    if not _same_noun(words[-1], wanted[-1]) or (shared and shared <= GENERAL):
        return 0
    letters = SequenceMatcher(None, " ".join(words), " ".join(wanted), autojunk=False).ratio()
    return letters + len(shared) / max(len(words), len(wanted))


SLIPS = ((8, 2), (6, 1))
"""Letters from which a word may have so many slips and still be the same word; a short one is another: crepe, creme."""


@cache
def _same_noun(word: str, wanted: str) -> bool:
    """Whether two words are one, typed wrong at most: the same first letter, and few others differ."""
    if word == wanted:
        return True
    slips = next((most for letters, most in SLIPS if len(word) >= letters), 0)
    return word[0] == wanted[0] and abs(len(word) - len(wanted)) <= slips and 0 < _slips(word, wanted) <= slips


def _slips(word: str, other: str) -> int:
    """Letters to insert, leave out or change to make one word of the other (Levenshtein distance)."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        before, row[0] = row[0], place
        for at, wanted in enumerate(other, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != wanted))
    return row[-1]
