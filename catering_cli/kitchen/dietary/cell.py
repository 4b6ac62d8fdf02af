"""The cell of the matrix for one dish and one thing to avoid, with the words that decided it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catering_cli.domain.diets import Cell, CellState
from catering_cli.kitchen.dietary.allergens import Law, Target
from catering_cli.kitchen.dietary.line_evidence import Line
from catering_cli.kitchen.foods.mentions import Mention
from catering_cli.kitchen.foods.table import Tokens

ORDER: tuple[CellState, ...] = ("contains", "may_contain", "unknown", "none_found", "free")
"""From danger to proof; a dish is as its most dangerous line."""

SAFE: frozenset[CellState] = frozenset({"none_found", "free"})


class Reading(NamedTuple):
    """A dish, read."""

    dish: str
    lines: tuple[Line, ...]
    doubt: str
    """why nothing can be called absent: no recipe, or a draft that nobody confirmed; else empty"""
    beside: tuple[tuple[str, Mention], ...]
    """foods that the dish's name or a step mentions and no line explains, each with where"""
    words: tuple[Tokens, ...]
    """its name, for a dish without recipe"""


def verdict(line: Line, target: Target, law: Law) -> CellState:
    """What one line means for `target`: the first of the rules that holds."""
    return next(_verdicts(line, target, law), "none_found")


def _verdicts(line: Line, target: Target, law: Law) -> Iterator[CellState]:
    covers = target.covers
    if covers & line.facts or any(label.contains(target) for label in line.kin):
        yield "contains"
    if not target.known and any(holds(words, target.phrase) for words in line.written):
        yield "contains"
    if any(label.may_contain(target) for label in line.kin) or covers & line.may_beside:
        yield "may_contain"
    if line.clear and line.labels and all(label.frees(target, law) for label in line.labels):
        yield "free"
    if (covers | _kinds_of(target)) & line.may:
        yield "may_contain"
    if not (line.named and line.clear and target.known) or line.compound or _unnamed(line, target):
        yield "unknown"


def cell(reading: Reading, target: Target, law: Law) -> Cell:
    """The cell of a dish."""
    states = [(verdict(line, target, law), line) for line in reading.lines]
    worst = _worst(states)
    because = tuple(dict.fromkeys(line.item for state, line in states if state == worst and not _silent(state, line)))
    if worst in ("contains", "may_contain"):
        return Cell(allergen=target.name, state=worst, because=because)
    beside = tuple(f"{where}: {' '.join(m.words)}" for where, m in reading.beside if target.covers & m.facts)
    if beside and not reading.lines:
        return Cell(allergen=target.name, state="contains", because=beside)
    if not reading.lines and any(holds(words, target.phrase) for words in reading.words):
        return Cell(allergen=target.name, state="contains", because=(reading.dish,))
    reasons = beside + ((reading.doubt,) if reading.doubt else ())
    if worst == "unknown" or reasons:
        return Cell(allergen=target.name, state="unknown", because=(because if worst == "unknown" else ()) + reasons)
    return Cell(allergen=target.name, state=worst, because=because)


def holds(text: Tokens, phrase: Tokens) -> bool:
    """Whether `phrase` stands in `text`, side by side."""
    size = len(phrase)
    return bool(size) and any(text[i : i + size] == phrase for i in range(len(text) - size + 1))


def _worst(states: Sequence[tuple[CellState, Line]]) -> CellState:
    """The most dangerous state; plain foods without a label do not keep a dish from being proven free."""
    found = {state for state, line in states if not (state == "none_found" and line.bare)}
    if not found:
        return "none_found"
    return min(found, key=ORDER.index)


def _silent(state: CellState, line: Line) -> bool:
    """Where nothing was found, only the lines that have a label to read are worth naming."""
    return state == "none_found" and line.bare


def _kinds_of(target: Target) -> frozenset[str]:
    """The allergens that a kind belongs to: what may contain tree nuts may contain almond."""
    return target.parents if target.words else frozenset()


def _unnamed(line: Line, target: Target) -> bool:
    """Whether it may be this kind of an allergen: "white fish" may be the cod that a guest avoids."""
    return any("unnamed" in food.groups and target.parents & food.contains for food in line.foods)
