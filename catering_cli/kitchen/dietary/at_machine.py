"""Which lines of a dish are in it where it is on a machine: the salmon that tops a blini was never in the mixer.

Fails safe: where a step on it names no food that it works on, or a mixture that may hold any line, all lines are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.kitchen.dietary.cross_contact import equipment_of_step
from catering_cli.kitchen.dietary.line_evidence import Line
from catering_cli.kitchen.foods.identify import descriptors
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.recipes.batches import order_of, waits_for

VAGUE: Final = frozenset(
    {
        "all", "base", "batter", "cream", "crumb", "dough", "dressing", "dry", "everything", "filling", "ingredient",
        "marinade", "mass", "mixture", "pastry", "puree", "remaining", "rest", "sauce", "stuffing", "topping", "wet",
    }
)  # fmt: skip
"""Words of a step that may stand for any of the lines."""

_ADDED: Final = re.compile(r"\b(?:with|add) [^.;:]*", re.IGNORECASE)
"""What is said to be added, up to the end of its clause."""


def lines_on(recipe: Recipe, lines: Sequence[Line], things: frozenset[str]) -> tuple[Line, ...]:
    """The lines that are in a dish at some step on one of these things.

    All but those that each later step only adds ("top with the salmon"): "season and grill; slice the salmon" says
    nothing of what was grilled.
    """
    on = [equipment_of_step(step) & things for step in recipe.steps]
    until = _until(recipe, on)
    here = frozenset[str]().union(*(frozenset(tokens(recipe.steps[i].text)) for i in until))
    if frozenset[str]().union(*on) != things or recipe.method or here & VAGUE:
        return tuple(lines)
    worked = [_objects(step) for step, used in zip(recipe.steps, on, strict=True) if used]
    foods = [line for line in lines if not _is_staple(line)]
    if not all(any(_own(line) & words for line in foods) for words in worked):
        return tuple(lines)
    later = [step for i, step in enumerate(recipe.steps) if i not in until]
    return tuple(line for line in lines if _spoken(line) & here or not _only_added(line, later))


def _objects(step: RecipeStep) -> frozenset[str]:
    """Words of what a step works on: not of what it does so with."""
    return frozenset(tokens(_ADDED.sub(" ", step.text)))


def _is_staple(line: Line) -> bool:
    """Whether it only seasons or greases what is not named: "oil and grill"."""
    return bool(line.foods) and all("staple" in food.facts for food in line.foods)


def _only_added(line: Line, steps: Sequence[RecipeStep]) -> bool:
    """Whether these steps name a line, and never but as something that is added."""
    own = _own(line)
    named = [step for step in steps if own & frozenset(tokens(step.text))]
    return bool(named) and all(own.isdisjoint(_objects(step)) for step in named)


def _until(recipe: Recipe, on: Sequence[frozenset[str]]) -> set[int]:
    """The steps on a thing and all before them."""
    befores = waits_for(recipe)
    earlier: dict[int, set[int]] = {}
    for i in order_of(befores):
        earlier[i] = {i}.union(*(earlier[before] for before in befores[i]))
    return set[int]().union(*(earlier[i] for i, used in enumerate(on) if used))


def _own(line: Line) -> frozenset[str]:
    """The words of a line that are no mere description."""
    words = frozenset(line.called)
    return frozenset(word for word in words if (word,) not in descriptors()) or words


def _spoken(line: Line) -> frozenset[str]:
    """Words by which a step may speak of it: its own, its foods' names, what they are and what is in them."""
    facts = (f"{word} {food.department}" for food in line.foods for word in food.facts)
    return frozenset(line.called).union(*map(tokens, facts))
