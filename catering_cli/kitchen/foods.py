"""The foods that a caterer buys: what each is, what is in it, and by which names it goes.

A row that is not compound is a promise: no allergen is in it but those it lists. So nothing here is
guessed by likeness; a name with one word that is not understood names no food at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations, groupby

from catering_cli.kitchen.spelling import tokens
from catering_cli.kitchen.tables import rows

Tokens = tuple[str, ...]

MOST_DESCRIPTORS = 8
"""A name with more descriptive words than this is not a name; it bounds the search below."""


@dataclass(frozen=True, slots=True)
class Food:
    """One row of the table of foods, with what follows from its parts already folded in."""

    name: str
    """canonical name: the line to buy"""
    synonyms: tuple[str, ...]
    department: str
    storage: str
    """ambient, fridge or freezer"""
    food_class: str
    """class of the food-safety limit table where it is the main item"""
    groups: frozenset[str]
    """what it is a kind of: tree nuts, almond, allium, root ..., those of its parts included"""
    contains: frozenset[str]
    """allergens by canonical name"""
    may_contain: frozenset[str]
    """allergens and foods that some makes of it contain"""
    compound: bool
    """true where only a label tells what else is in it"""
    animal: frozenset[str]
    """meat, poultry, fish, shellfish, egg, dairy, honey, gelatin, rennet, fined; none: surely nothing of an animal"""
    alcohol: str
    """yes, trace or empty"""
    pork: bool
    parts: tuple[str, ...]
    """foods that are in it"""
    source: str

    @property
    def facts(self) -> frozenset[str]:
        """Every word that is true of it: its name, groups, allergens, animal sources, parts, alcohol and pork."""
        flags = {word for word, holds in (("alcohol", self.alcohol == "yes"), ("pork", self.pork)) if holds}
        return self.groups | self.contains | self.animal | set(self.parts) | flags | {self.name}


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A word that describes a food and adds nothing to it."""

    words: Tokens
    kind: str
    """form (chopped), variety (low-sodium: another product of the same food), prep (only said of preparation), join"""
    only: frozenset[str]
    """groups of foods it may be dropped from; empty: all"""


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _implied(allergens: frozenset[str]) -> frozenset[str]:
    """With what these allergens imply: whoever contains wheat contains gluten."""
    implied = {row["allergen"]: _split(row["implies"]) for row in rows("allergens") if row["implies"]}
    return allergens.union(*(implied.get(allergen, ()) for allergen in allergens))


def _food(row: dict[str, str]) -> Food:
    return Food(
        name=row["food"],
        synonyms=_split(row["synonyms"]),
        department=row["department"],
        storage=row["storage"],
        food_class=row["food_class"] or "unknown",
        groups=frozenset(_split(row["groups"])),
        contains=_implied(frozenset(_split(row["contains"]))),
        may_contain=_implied(frozenset(_split(row["may_contain"]))),
        compound=row["compound"] == "yes",
        animal=frozenset(_split(row["animal"])),
        alcohol=row["alcohol"],
        pork=row["pork"] == "yes",
        parts=_split(row["parts"]),
        source=row["source"],
    )


def _with_parts(food: Food, plain: dict[str, Food]) -> Food:
    """`food` with all that is in its parts; parts have no parts of their own in the table."""
    parts = [plain[name] for name in food.parts]
    if not parts:
        return food
    return Food(
        food.name,
        food.synonyms,
        food.department,
        food.storage,
        food.food_class,
        food.groups.union(*(part.groups for part in parts)),
        food.contains.union(*(part.contains for part in parts)),
        food.may_contain.union(*(part.may_contain for part in parts)),
        food.compound or any(part.compound for part in parts),
        food.animal.union(*(part.animal - {"none"} for part in parts)),
        next((part.alcohol for part in parts if part.alcohol == "yes"), food.alcohol),
        food.pork or any(part.pork for part in parts),
        food.parts,
        food.source,
    )


@cache
def table() -> dict[str, Food]:
    """All foods by canonical name, in the order of the table."""
    plain = {row["food"]: _food(row) for row in rows("foods")}
    return {name: _with_parts(food, plain) for name, food in plain.items()}


@cache
def names() -> dict[Tokens, Food]:
    """Every name of every food, as tokens."""
    found: dict[Tokens, Food] = {}
    for food in table().values():
        for name in food.synonyms:
            found.setdefault(tokens(name), food)
    return found | {tokens(food.name): food for food in table().values()}


@cache
def descriptors() -> dict[Tokens, Descriptor]:
    """The words that may be dropped, by their tokens."""
    every = (
        Descriptor(tokens(row["words"]), row["kind"], frozenset(_split(row["only"]))) for row in rows("food_words")
    )
    return {descriptor.words: descriptor for descriptor in every}


@dataclass(frozen=True, slots=True)
class Identified:
    """A food with the words of the name that tell one product of it from another (low-sodium)."""

    food: Food
    varieties: frozenset[Tokens]


def identify(item: str) -> Food | None:
    """The food that `item` names, exactly or after dropping words that only describe it; else None.

    "2 large boneless chicken thighs" without its amount is chicken thigh; "almond flour cake crumbs" is nothing.
    """
    found = recognise(tokens(item))
    return found.food if found else None


@cache
def recognise(words: Tokens) -> Identified | None:
    """The food of these tokens, dropping as few descriptive words as possible."""
    if food := names().get(words):
        return Identified(food, frozenset())
    spans = _descriptor_spans(words)
    if len(spans) > MOST_DESCRIPTORS:
        return None
    for count in range(1, len(spans) + 1):
        for dropped in combinations(spans, count):
            if found := _without(words, dropped):
                return found
    return None


def _without(words: Tokens, dropped: tuple[tuple[int, int, Descriptor], ...]) -> Identified | None:
    gone = {index for start, end, _ in dropped for index in range(start, end)}
    food = names().get(tuple(word for index, word in enumerate(words) if index not in gone))
    if food is None or any(rule.only and not rule.only & food.groups for _, _, rule in dropped):
        return None
    return Identified(food, frozenset(rule.words for _, _, rule in dropped if rule.kind == "variety"))


def _descriptor_spans(words: Tokens) -> tuple[tuple[int, int, Descriptor], ...]:
    """Places of words that may be dropped from the name of a food, the longest at each place."""
    spans: list[tuple[int, int, Descriptor]] = []
    start = 0
    while start < len(words):
        rule = longest(words, start, frozenset({"form", "variety"}))
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


@cache
def read(text: str) -> tuple[Identified, ...] | None:
    """All foods of a text that says nothing but foods, descriptions and joining words; None where a word is left.

    "salt and pepper" are two foods, "finely diced" is none, "brushed with glaze" is not understood.
    """
    words = tokens(text)
    if whole := recognise(words):
        return (whole,)
    found: list[Identified] = []
    for joined, group in groupby(_joined(words), key=lambda pair: pair[1]):
        part = tuple(word for word, _ in group)
        if joined or all(word.isdecimal() for word in part):
            continue
        rest = _bare(part)
        food = recognise(part) or (recognise(rest) if rest else None)
        if rest and food is None:
            return None
        if food:
            found.append(food)
    return tuple(found)


def _joined(words: Tokens) -> list[tuple[str, bool]]:
    """Each word with whether it joins ("and", "in", "with"); a name that holds such a word stays whole."""
    out: list[tuple[str, bool]] = []
    start = 0
    while start < len(words):
        phrase = longest(words, start, frozenset({"form", "variety", "prep"}))
        ends = [end for end in range(len(words), start + 1, -1) if words[start:end] in names()]
        end = max([*ends, start + (len(phrase.words) if phrase else 1)])
        rule = longest(words, start, frozenset({"join"})) if end == start + 1 else None
        out += [(word, rule is not None) for word in words[start:end]]
        start = end
    return out


def _bare(words: Tokens) -> Tokens:
    """The words without everything that only describes, preparation and numbers included."""
    out: list[str] = []
    start = 0
    while start < len(words):
        rule = longest(words, start, frozenset({"form", "variety", "prep"}))
        if rule is None and not words[start].isdecimal():
            out.append(words[start])
        start += len(rule.words) if rule else 1
    return tuple(out)


def near(item: str, most: int = 5) -> tuple[str, ...]:
    """Canonical names that `item` may have meant, best first: for a message, never for a decision."""
    wanted = tokens(item)
    if not wanted:
        return ()

    def likeness(entry: tuple[Tokens, Food]) -> tuple[float, str]:
        words, food = entry
        shared = len(set(words) & set(wanted)) / max(len(words), len(wanted))
        return -(shared + SequenceMatcher(None, " ".join(words), " ".join(wanted)).ratio()), food.name

    ranked = sorted(names().items(), key=likeness)
    close = [food.name for words, food in ranked if likeness((words, food))[0] <= -0.7]  # noqa: PLR2004  # by trial
    return tuple(dict.fromkeys(close))[:most]
