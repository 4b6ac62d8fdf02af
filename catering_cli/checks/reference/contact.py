"""What food touches that dishes share, by the equipment and the words of their steps, and which lines touch it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.foods import row_of
from catering_cli.checks.reference.names import Words, holds, word_list, words
from catering_cli.checks.reference.steps import steps_until
from catering_cli.data import tables
from catering_cli.data.equipment_names import equipment_name
from catering_cli.domain.plan_parts.menu import Dish

METHOD = 0
"""Number of the recipe's running text among its steps."""


@asked_once
def used(evidence: Evidence, dish: Dish) -> dict[str, frozenset[int]]:
    """What food touches that a dish's recipe uses or speaks of, and in which steps (0: in its running text)."""
    again = _used_again(evidence)
    out: dict[str, set[int]] = {}
    for number, text, equipment in _steps(dish):
        said = words(text)
        told = {name for name, phrase in _told() if holds(said, phrase)}
        listed = set(map(equipment_name, equipment)) - _untouched()
        for name in told | listed | again.intersection(said):
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
def _told() -> tuple[tuple[str, Words], ...]:
    """Names of equipment, each with words of a text that tell of it."""
    told: list[tuple[str, Words]] = []
    for row in tables.rows("equipment"):
        told += [(row["name"], words(phrase)) for phrase in tables.parts(row["in_text"])]
    return tuple(told)


@asked_once
def _used_again(evidence: Evidence) -> frozenset[str]:
    """Vessels that a step of some dish says it uses again: the word stands within two of "same"."""
    found: set[str] = set()
    for dish in evidence.dishes.values():
        for _, text, _ in _steps(dish):
            said = words(text)
            for at, word in enumerate(said):
                if word == "same":
                    found.update(said[at + 1 : at + 3])
    return frozenset(found.intersection(word_list("vessel")))


def touching(evidence: Evidence, dish: Dish) -> frozenset[str]:
    """What food touches that a dish's recipe uses or speaks of."""
    return frozenset(used(evidence, dish))


@asked_once
def late(evidence: Evidence, dish: Dish, thing: str) -> frozenset[str]:
    """Items that come to a dish when it is done with a thing: each later step that names them says they are added.

    None if a step on the thing does not say what is on it.
    """
    numbers = used(evidence, dish)[thing]
    if METHOD in numbers or not dish.recipe:
        return frozenset()
    steps, items = dish.recipe.steps, {line.item: words(line.item) for line in dish.recipe.ingredients}
    told = [_before_added(steps[number - 1].text) for number in numbers]
    foods = set(chain.from_iterable(name for item, name in items.items() if not _is_staple(item)))
    if any(said.isdisjoint(foods) for said in told):
        return frozenset()
    until = steps_until(dish.recipe, numbers)
    early = set[str]().union(*(words(steps[number - 1].text) for number in until))
    later = [step.text for number, step in enumerate(steps, 1) if number not in until]
    own = {item: set(name) - set(word_list("describing")) or set(name) for item, name in items.items()}
    new = {item: name for item, name in own.items() if early.isdisjoint(name)}
    return frozenset(item for item, name in new.items() if _is_added(name, later))


def _is_staple(item: str) -> bool:
    """Whether it only seasons or greases food: oil, salt, water."""
    row = row_of(item)
    return row is not None and "staple" in tables.parts(row["groups"])


def _before_added(text: str) -> set[str]:
    """Words of a text but for those of its sentences behind a word that adds."""
    kept = set[str]()
    for sentence in re.split(r"[.;:]", text):
        said = words(sentence)
        adding = [at for at, word in enumerate(said) if word in word_list("adding")]
        kept.update(said[: adding[0]] if adding else said)
    return kept


def _is_added(name: set[str], texts: Sequence[str]) -> bool:
    """Whether texts speak of an item, and only behind words that add."""
    speaking = [text for text in texts if name.intersection(words(text))]
    return bool(speaking) and all(name.isdisjoint(_before_added(text)) for text in speaking)
