"""What food touches that dishes share, by the equipment and the words of their steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.names import holds, words
from catering_cli.data import tables
from catering_cli.domain.menu import Dish

VESSELS = ("pan", "pot", "wok", "skillet", "kettle", "bowl", "tray", "oil", "water", "board", "knife", "press", "iron",
           "basket", "marinade")  # fmt: skip
"""What a step may say it uses again: "in the same pan as the shrimp"."""


METHOD = 0
"""Number of the recipe's running text among its steps."""


@asked_once
def used(evidence: Evidence, dish: Dish) -> dict[str, frozenset[int]]:
    """What food touches that a dish's recipe uses or speaks of, and in which steps (0: in its running text)."""
    out: dict[str, set[int]] = {}
    for number, text, equipment in _steps(dish):
        told = {name for name, phrases in _told().items() if any(holds(words(text), phrase) for phrase in phrases)}
        listed = {called for one in equipment if (called := equipment_called(one)) not in _untouched()}
        again = {name for name in _used_again(evidence) if holds(words(text), (name,))}
        for name in told | listed | again:
            out.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in out.items()}


def _steps(dish: Dish) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Number, text and equipment of each step of a dish's recipe, after its running text."""
    if dish.recipe:
        yield METHOD, dish.recipe.method, ()
        for number, step in enumerate(dish.recipe.steps, 1):
            yield number, step.text, step.equipment


@cache
def _untouched() -> frozenset[str]:
    """Equipment that food does not touch, as the table has it; what it does not list is touched."""
    return frozenset(row["name"] for row in tables.rows("equipment") if row["contact"] == "no")


@cache
def _told() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Words of a text that tell of equipment, by its name."""
    return {
        row["name"]: tuple(map(words, tables.parts(row["in_text"])))
        for row in tables.rows("equipment")
        if row["in_text"]
    }


@asked_once
def _used_again(evidence: Evidence) -> frozenset[str]:
    """Vessels that a step of some dish says it uses again: the word stands within two of "same"."""
    found: set[str] = set()
    for dish in evidence.dishes.values():
        for _, text, _ in _steps(dish):
            said = words(text)
            after = {word for at, word in enumerate(said) if "same" in said[max(at - 2, 0) : at]}
            found |= after & set(VESSELS)
    return frozenset(found)


def touching(evidence: Evidence, dish: Dish) -> frozenset[str]:
    """What food touches that a dish's recipe uses or speaks of."""
    return frozenset(used(evidence, dish))


@cache
def equipment_called(name: str) -> str:
    """The table's name for a piece of equipment; an unknown one in snake case."""
    plain = re.sub(r"[\s_-]+", " ", name).strip().casefold()
    for row in tables.rows("equipment"):
        known = {re.sub(r"[\s_-]+", " ", one).strip().casefold() for one in (row["name"], *row["aliases"].split(","))}
        if plain in known or plain.removesuffix("s") in known:
            return row["name"]
    return plain.replace(" ", "_")
