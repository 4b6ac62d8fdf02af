"""Which lines of a dish are in it where it is on a machine: the salmon that tops a blini was never in the mixer.

Fails safe: where the steps do not name every line, or speak of a mixture that may hold any of them, all are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from catering_cli.domain.order_parts.recipe import Recipe
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


def lines_on(recipe: Recipe, lines: Sequence[Line], things: frozenset[str]) -> tuple[Line, ...]:
    """The lines that are in a dish at some step on one of these things: that step or one before it names them."""
    said = [frozenset(tokens(step.text)) for step in recipe.steps]
    until = _until(recipe, things)
    here = frozenset[str]().union(*(said[i] for i in until))
    everywhere = frozenset[str]().union(*said)
    explicit = all(_own(line) & everywhere for line in lines)
    if not until or recipe.method or here & VAGUE or not explicit:
        return tuple(lines)
    return tuple(line for line in lines if _spoken(line) & here)


def _until(recipe: Recipe, things: frozenset[str]) -> set[int]:
    """The steps on these things and all before them; none if words that no step has speak of one of them."""
    on = [equipment_of_step(step) & things for step in recipe.steps]
    if frozenset[str]().union(*on) != things:
        return set()
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
