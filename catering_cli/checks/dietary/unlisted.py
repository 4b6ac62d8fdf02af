"""What the steps and the method of a recipe speak of and no line of it lists: "finish with toasted walnuts"."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.checks.reference.foods import phrases
from catering_cli.checks.reference.names import words
from catering_cli.domain.decision import Substitute
from catering_cli.domain.menu import Dish

VERBS = frozenset({"cream", "fish"})
"""Words of the list that a sentence uses without food: cream the sugar, fish out the bay leaf."""


def unlisted(evidence: Evidence, dish: Dish) -> dict[str, str]:
    """Allergens that a step or the method speaks of and nothing in the dish accounts for, each with the words.

    Accounted for is what a line names, whatever else the line says of it, and what a decision took out.
    """
    if ("unlisted", dish.id) not in evidence.memo:
        evidence.memo["unlisted", dish.id] = dict(_unlisted(evidence, dish))
    found: dict[str, str] = evidence.memo["unlisted", dish.id]
    return found


def _unlisted(evidence: Evidence, dish: Dish) -> Iterator[tuple[str, str]]:
    if dish.recipe is None:
        return
    named = [f"{line.item} {line.preparation} {line.text}" for line in dish.recipe.ingredients]
    named += [swap.item for swap, _ in for_dish(evidence, Substitute, dish.id)]
    listed = [set(words(text)) for text in named]
    for text in (*(step.text for step in dish.recipe.steps), dish.recipe.method):
        for phrase, allergens in phrases(words(text)):
            if " ".join(phrase) not in VERBS and not any(set(phrase) <= line for line in listed):
                yield from ((allergen, " ".join(phrase)) for allergen in sorted(allergens))
