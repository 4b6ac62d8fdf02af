"""The cell of the matrix for one dish and one thing to avoid, with the words that decided it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from catering_cli.domain.plan_parts.diets import Cell, CellState
from catering_cli.kitchen.dietary import lookalikes
from catering_cli.kitchen.dietary.allergens import Law, Target
from catering_cli.kitchen.dietary.line_evidence import Line
from catering_cli.kitchen.dietary.step_foods import Brought
from catering_cli.kitchen.foods.mentions import Mention
from catering_cli.kitchen.foods.table import Food, Tokens

ORDER: tuple[CellState, ...] = ("contains", "may_contain", "unknown", "none_found", "free")
"""From danger to proof; a dish is as its most dangerous line."""

SAFE: frozenset[CellState] = frozenset({"none_found", "free"})


@dataclass(frozen=True, eq=False, slots=True)
class DishReading:
    """A dish, read; of the same dish there is one."""

    dish: str
    lines: tuple[Line, ...]
    doubts: tuple[str, ...]
    """why nothing can be called absent: no recipe, or a draft that is not confirmed; empty if a person stands for it"""
    beside: tuple[tuple[str, Mention], ...]
    """foods that the dish's name or a step mentions and no line explains, each with where"""
    name: Tokens
    """its name, for a dish without recipe"""
    brought: tuple[Brought, ...] = ()
    """foods that only its steps bring in, and that may hold more than they say"""

    def mentioned(self, facts: frozenset[str]) -> tuple[str, ...]:
        """What is said beside the lines that brings in any of `facts`: "step 2: peanut butter"."""
        return tuple(f"{where}: {' '.join(one.words)}" for where, one in self.beside if facts & one.facts)

    def hidden(self, target: Target) -> tuple[str, ...]:
        """What the steps bring in that may hold the target: a word that is not understood may hold anything."""
        return tuple(one.where for one in self.brought if one.food is None or _may_hold(one.food, target))


def _may_hold(food: Food, target: Target) -> bool:
    """Whether some make of a food may hold the target."""
    wanted = target.allergens or target.parents
    sealed = food.compound and not (wanted and wanted <= food.never)
    return sealed or not (target.covers | target.kin | _kinds_of(target)).isdisjoint(food.may_contain)


def verdict(line: Line, target: Target, law: Law) -> CellState:
    """What one line means for `target`: the first of the rules that holds."""
    claimed = bool(target.words) and _is_claimed(line, target)
    if any(label.contains(target) for label in line.kin) or (not claimed and _has(line, target)):
        return "contains"
    if any(label.may_contain(target) for label in line.kin) or (not claimed and _has_beside(line, target)):
        return "may_contain"
    if _is_freed(line, target, law):
        return "free"
    if not claimed and (_may_have(line, target) or lookalikes.says(line.called, target)):
        return "may_contain"
    if _is_untold(line, target):
        return "unknown"
    return "none_found"


def _has(line: Line, target: Target) -> bool:
    """Whether a food of it says so; of what no table knows, or is only kin, its own words in the line."""
    if target.covers & line.facts:
        return True
    by_word = not target.known or bool(target.kin & line.facts)
    return by_word and any(holds(words, target.phrase) for words in line.written)


def _has_beside(line: Line, target: Target) -> bool:
    """Whether a food mentioned beside the item may bring it in: no label of the item speaks of it."""
    return bool(target.covers & line.may_beside)


def _may_have(line: Line, target: Target) -> bool:
    """Whether some makes of its foods contain it, or it is too near to be told apart."""
    return bool((target.covers | _kinds_of(target)) & line.may or target.kin & line.facts)


def _is_freed(line: Line, target: Target, law: Law) -> bool:
    """Whether every label of a line that is understood proves the target absent."""
    labelled = line.clear and bool(line.labels)
    return labelled and all(label.frees(target, law) for label in line.labels)


def _is_untold(line: Line, target: Target) -> bool:
    """Whether the words of the line leave open what is in it, or only its own name says that it is not."""
    understood = line.named and line.clear and target.known
    if not understood or _unnamed(line, target):
        return True
    return _is_claimed(line, target) or line.hides(target.allergens or target.parents)


def _is_claimed(line: Line, target: Target) -> bool:
    """Whether its own name says that it is not in it."""
    return not line.cleared.isdisjoint(target.covers | target.parents)


@lru_cache(maxsize=16_384)
def cell(reading: DishReading, target: Target, law: Law) -> Cell:
    """The cell of a dish."""
    states = [(verdict(line, target, law), line) for line in reading.lines]
    worst = _worst(states)
    because = _because(states, worst)
    if worst in ("contains", "may_contain"):
        return Cell(allergen=target.name, state=worst, because=because)
    mentioned = reading.mentioned(target.covers | target.kin)
    named = () if reading.lines else mentioned or _in_name(reading, target)
    if named:
        return Cell(allergen=target.name, state="contains", because=named)
    doubts = tuple(dict.fromkeys((*mentioned, *reading.hidden(target), *reading.doubts)))
    if worst == "unknown":
        return Cell(allergen=target.name, state="unknown", because=(*because, *doubts))
    if doubts:
        return Cell(allergen=target.name, state="unknown", because=doubts)
    return Cell(allergen=target.name, state=worst, because=because)


def _in_name(reading: DishReading, target: Target) -> tuple[str, ...]:
    """The dish, if its name says the words of the target."""
    return (reading.dish,) if holds(reading.name, target.phrase) else ()


def _because(states: Sequence[tuple[CellState, Line]], worst: CellState) -> tuple[str, ...]:
    """The items whose state is the dish's; if nothing was found, only those that have a label to read."""
    items = [line.item for state, line in states if state == worst and not _is_silent(state, line)]
    return tuple(dict.fromkeys(items))


def holds(text: Tokens, phrase: Tokens) -> bool:
    """Whether `phrase` stands in `text`, side by side."""
    if not phrase or phrase[0] not in text:
        return False
    size = len(phrase)
    return any(text[i : i + size] == phrase for i in range(len(text) - size + 1))


def _worst(states: Sequence[tuple[CellState, Line]]) -> CellState:
    """The most dangerous state; plain foods without a label do not keep a dish from being proven free."""
    found = {state for state, line in states if not _is_silent(state, line)}
    return min(found, key=ORDER.index, default="none_found")


def _is_silent(state: CellState, line: Line) -> bool:
    """Whether nothing was found in a plain food, which has no label to read."""
    return state == "none_found" and line.bare


def _kinds_of(target: Target) -> frozenset[str]:
    """The allergens that a kind belongs to: what may contain tree nuts may contain almond."""
    return target.parents if target.words else frozenset()


def _unnamed(line: Line, target: Target) -> bool:
    """Whether it may be this kind of something: "white fish" may be the cod, "mixed greens" the lettuce of a guest."""
    unnamed = [food for food in line.foods if UNNAMED in food.groups]
    return any(target.parents & food.contains or _kind_groups(food.groups) & target.groups for food in unnamed)


UNNAMED = "unnamed"
"""Group of foods whose name leaves open which kind they are."""

BROAD = frozenset({UNNAMED, "vegetable", "fruit", "dried fruit", "sugars", "drink", "salty"})
"""Groups that say little: they count for a food that has no other."""


def _kind_groups(groups: frozenset[str]) -> frozenset[str]:
    return (groups - BROAD) or (groups - {UNNAMED})
