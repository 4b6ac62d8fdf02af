"""Foods that the work alone brings in: "finish with tartare sauce", "stir in the rasam", where no line lists them.

A food that is known and may hold more than its name says, and a word that no table knows, leave a cell open. What an
earlier step speaks of was made there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Substitute
from catering_cli.domain.finding import Finding
from catering_cli.kitchen.dietary.line_evidence import unit_words
from catering_cli.kitchen.dietary.step_nouns import nouns
from catering_cli.kitchen.foods.identify import descriptors, recognise
from catering_cli.kitchen.foods.mentions import Mention, mentions
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Food, Tokens, names, split
from catering_cli.kitchen.menu.decisions import DecisionIndex

if TYPE_CHECKING:
    from catering_cli.kitchen.menu.dishes import MenuDish


class Brought(NamedTuple):
    """One such food."""

    step: int
    words: str
    food: Food | None
    """what is known of it; None: its name is not understood"""

    @property
    def where(self) -> str:
        """The step, with the words: "step 2: tartare sauce"."""
        return f"step {self.step}: {self.words}"


def brought(dish: MenuDish, gone: Sequence[Tokens]) -> tuple[Brought, ...]:
    """What the steps of a dish bring in; `gone` are foods that a substitution took out and its steps still speak of."""
    if dish.recipe is None:
        return ()
    found: dict[Brought, None] = {}
    said = _said(dish).union(*gone)
    held = frozenset().union(*(food.facts for one in dish.ingredients for food in one.name.named))
    for number, step in enumerate(dish.recipe.steps, start=1):
        named = chain.from_iterable(_foods(name, said) for name in _objects(step.text))
        for words, food in (*named, *_products(step.text, said), *_named(step.text, said, held)):
            found[Brought(number, words, food)] = None
        said |= set(tokens(step.text))
    return tuple(found)


def _said(dish: MenuDish) -> frozenset[str]:
    """The words that account for a food: the dish's name, its lines and parts, and the kinds of the foods in them."""
    texts = [dish.name]
    for one in dish.ingredients:
        texts += [one.line.item, one.line.preparation, one.line.text, one.line.part]
        texts += [group for food in one.name.named for group in food.groups]
    return frozenset().union(*map(tokens, texts))


def replaced(dish: MenuDish, decisions: DecisionIndex) -> tuple[Tokens, ...]:
    """Names of foods that a substitution took out of this dish: its steps still speak of them.

    Only if one decision alone can have brought the new food in; a second one that names another food,
    and was never made because the recipe has no such line, must not excuse what a step says.
    """
    placed = {item for item, _ in dish.changed_by}
    taken_out: dict[str, list[Tokens]] = {}
    for one, _ in decisions.all(Substitute):
        if one.dish == dish.id and one.by_item in placed:
            taken_out.setdefault(one.by_item, []).append(tokens(one.item))
    return tuple(items[0] for items in taken_out.values() if len(items) == 1)


def questions(dishes: Sequence[MenuDish], foods: Sequence[Sequence[Brought]]) -> Iterator[Finding]:
    """An open question for each word of a step that may be a food and is not understood; `foods` are each dish's."""
    for index, dish in enumerate(dishes):
        for one in foods[index]:
            if one.food is None:
                yield Finding(
                    severity="open",
                    rule="kitchen.step_food_unknown",
                    where=f"plan.menu[{index}].recipe.steps[{one.step - 1}]",
                    message=f"{dish.name}: step {one.step} brings in {one.words!r}, which no line lists; "
                    "allergens unknown",
                    value=one.words,
                    fix="list it as a line of the recipe by the name of a food, or leave it out of the step",
                )


def _foods(name: str, said: frozenset[str]) -> Iterator[tuple[str, Food | None]]:
    """The foods of an object: each that is known and not accounted for, and the object itself if its noun is not.

    An object with a food that nothing accounts for is bought as it is called: "seasoned rice" is more than rice.
    """
    known: set[str] = set()
    new = False
    for mention in mentions(name):
        food = names().get(mention.words)
        accounted = _is_accounted(mention.words, said) or said.issuperset(mention.plain)
        known.update(mention.words if food or accounted else ())
        new = new or (food is not None and not _is_said(mention, said))
        if food and _is_open(food) and not accounted:
            yield " ".join(mention.words), food
    left = [word for word in tokens(name) if not _is_plain(word)]
    if any(word not in known and not _is_accounted((word,), said) for word in left):
        yield " ".join(left), None
    elif new and recognise(called := _called(name)) is None:
        yield " ".join(called), None


def _products(text: str, said: frozenset[str]) -> Iterator[tuple[str, Food]]:
    """Foods that may hold more than they say, wherever a step speaks of one and nothing accounts for it."""
    for part in re.split(r"[,;.:()]", text):
        for mention in mentions(part):
            food = names().get(mention.words)
            made = " ".join(mention.words) in _table()["home"]
            if food and mention.in_steps and _is_open(food) and not made and not _is_said(mention, said):
                yield " ".join(mention.words), food


def _named(text: str, said: frozenset[str], held: frozenset[str]) -> Iterator[tuple[str, None]]:
    """Foods by words that are verbs elsewhere, if nothing accounts for them and no tool is called so: a cake tin.

    `held`: what the lines certainly hold: the salmon is the fish.
    """
    law = frozenset(row["allergen"] for row in rows("allergens"))
    for mention in nouns(text):
        words = " ".join(mention.words)
        is_made = words in _table()["made"]
        is_told = (
            said.issuperset(mention.words) or said.issuperset(mention.plain) or held.issuperset(mention.facts & law)
        )
        if not is_made and not is_told and not _names_tool(mention, text):
            yield words, None


def _names_tool(mention: Mention, text: str) -> bool:
    """Whether a thing to work with stands behind each mention of a food: a fish slice, a pie dish."""
    said = tokens(text)
    size = len(mention.words)
    behind = [said[at + size : at + size + 1] for at in range(len(said)) if said[at : at + size] == mention.words]
    return bool(behind) and all(word and word[0] in _table()["tool"] for word in behind)


def _is_said(mention: Mention, said: frozenset[str]) -> bool:
    """Whether something accounts for a food, or it is only a word of kitchens: the cheese, the stock."""
    general = {*_table()["made"], *_table()["deed"], *_table()["plain"]}
    told = said.issuperset(mention.plain) or all(word in said or word in general for word in mention.words)
    return told or any(word.endswith(mention.words[-1]) for word in said if len(mention.words) == 1)


def _called(name: str) -> Tokens:
    """The words of an object that say which food it is: those of products too, and what was done to it."""
    return tuple(word for word in tokens(name) if word not in _idle() and not any(map(str.isdigit, word)))


def _is_open(food: Food) -> bool:
    """Whether a food may hold more than its name says."""
    return food.compound or bool(food.may_contain)


def _is_accounted(words: Tokens, said: frozenset[str]) -> bool:
    """Whether each word is said, or names no food: starch is said of cornstarch."""
    single = len(words) == 1
    return all(
        word in said or (single and _is_plain(word)) or any(one.endswith(word) for one in said) for word in words
    )


def _is_plain(word: str) -> bool:
    """Whether a word names no food: it describes, counts, or is a verb or an adverb (hing and pudding are neither)."""
    ending = len(word) > SHORT and word.endswith(("ly", "ing", "ed")) and word not in _table()["food"]
    return word in _plain() or ending or any(map(str.isdigit, word))


SHORT = 5
"""Letters up to which an ending tells nothing: hing, jelly."""


@lru_cache(maxsize=8_192)
def _objects(text: str) -> tuple[str, ...]:
    """What a step says that is worked in: "butter" and "chives" of "finish with butter and chives"."""
    grammar = _grammar()
    starts = [lead.end() for lead in grammar.lead.finditer(text)]
    starts += [product.start() for product in grammar.product.finditer(text)]
    names = (grammar.end.split(text[start:], maxsplit=1)[0] for start in starts)
    parts = chain.from_iterable(map(grammar.join.split, names))
    return tuple(part for part in parts if not _is_tool(part))


def _is_tool(name: str) -> bool:
    """Whether words name nothing, or a thing to work with: a butter knife."""
    words = tokens(name)
    return not words or words[-1] in _tools()


@cache
def _tools() -> frozenset[str]:
    """Nouns of things to work with: those of the table, and the equipment of kitchens."""
    named = [name for row in rows("equipment") for name in (row["name"].replace("_", " "), *row["aliases"].split(","))]
    return frozenset(_table()["tool"]) | {words[-1] for words in map(tokens, named) if words}


class _Grammar(NamedTuple):
    lead: re.Pattern[str]
    product: re.Pattern[str]
    """a word with which the name of a product begins, wherever it stands: "grill the marinated shrimp" """
    end: re.Pattern[str]
    join: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    """The patterns of the table: what a food follows, where its name ends, where another begins."""
    of = {use: f"(?:{'|'.join(map(re.escape, words))})" for use, words in _table().items()}
    leads = (
        rf"{of['in']}\s+(?:in|through|over)",
        rf"{of['bare']}(?:\s+over)?",
        rf"{of['into']}(?:e?d|ing)?\s+in",
        rf"{of['with']}(?:e?d|ing|s)?(?:\s+\w+){{0,4}}\s+with",
        rf"{of['on']}\s+(?:on|over|alongside|in)",
        rf"{of['act']}\s+the",
    )
    return _Grammar(
        re.compile(rf"\b(?:{'|'.join(leads)})\s+", re.IGNORECASE),
        re.compile(rf"\b{of['product']}\s+\w", re.IGNORECASE),
        re.compile(rf"[.;:()!?*–—\n\"]|\s-\s|\b{of['end']}\b", re.IGNORECASE),
        re.compile(rf"[,/&]|\b{of['join']}\b", re.IGNORECASE),
    )


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {row["use"]: split(row["words"]) for row in rows("brought_words")}


@cache
def _plain() -> frozenset[str]:
    """Words that name no food: those of the table, of descriptions, of units."""
    uses = ("tool", "made", "deed", "plain", "in", "bare", "into", "with", "on")
    said = (word for use in uses for word in _table()[use])
    return frozenset().union(said, *descriptors(), unit_words())


@cache
def _idle() -> frozenset[str]:
    """Of those, the words that are part of no food's name: not "mix", "spread", "roast"; whatever else describes."""
    said = (word for use in ("tool", "plain") for word in _table()[use])
    only = (words[0] for words in descriptors() if len(words) == 1)
    every = frozenset().union(said, only, unit_words()) - set(_table()["made"])
    return frozenset(word for word in every if (word,) not in names())
