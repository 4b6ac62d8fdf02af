"""Batches: how often a step is done for so many portions, and which portions each batch is for. Exact integers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction

from catering_cli.domain.menu import StepBatches
from catering_cli.domain.recipe import Recipe, RecipeStep
from catering_cli.kitchen.tables import rows

MOST = 2_000
"""Batches of one step that are scheduled one by one; beyond it they are done in equal groups."""


def figure(name: str) -> int:
    """A number of the table `work`."""
    return next(int(row["value"]) for row in rows("work") if row["name"] == name)


def batches(portions: int, recipe: Recipe, cuts: Sequence[frozenset[int]] = ()) -> tuple[StepBatches, ...]:
    """Batches of each step: at most `batch_portions` each, full ones first; their portions add up to `portions`.

    Hand work that grows with the amount is cut into even pieces of at most an hour, so that several people
    can share it. `cuts[i]` are portion numbers that a batch of step i+1 must not straddle (several services).
    """
    if portions <= 0:
        return ()
    out = []
    for number, step in enumerate(recipe.steps, start=1):
        edges = sorted({0, portions, *(cuts[number - 1] if cuts else ())})
        sizes = tuple(
            size for low, high in itertools.pairwise(edges) for size in _sizes(high - low, step, recipe.yields.portions)
        )
        out.append(StepBatches(step=number, batches=len(sizes), portions=sizes))
    return tuple(out)


def _sizes(portions: int, step: RecipeStep, made: int) -> tuple[int, ...]:
    most = max(step.batch_portions or portions, math.ceil(Fraction(portions, MOST)))
    full, rest = divmod(portions, most)
    filled = [most] * full + ([rest] if rest else [])
    if step.grows != "linear" or step.active_minutes == 0:
        return tuple(filled)
    return tuple(piece for batch in filled for piece in _pieces(batch, step, made))


def _pieces(portions: int, step: RecipeStep, made: int) -> list[int]:
    """Even pieces of one batch of hand work; never more pieces than portions."""
    hours = math.ceil(Fraction(step.minutes * portions, made * figure("piece_minutes")))
    count = max(1, min(hours, figure("pieces_most"), portions))
    return [portions * (i + 1) // count - portions * i // count for i in range(count)]


def minutes(step: RecipeStep, whole: int, portions: int, made: int) -> int:
    """Minutes of one batch: `whole` (of the written recipe, or of one batch) grown as the step says, rounded up."""
    return math.ceil(Fraction(whole * portions, made)) if step.grows == "linear" else whole


def spans(sizes: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Portion numbers [from, to) of each batch."""
    out, at = [], 0
    for size in sizes:
        out.append((at, at + size))
        at += size
    return tuple(out)


def covering(mine: tuple[int, int], theirs: Sequence[tuple[int, int]]) -> list[int]:
    """Indices of the batches of `theirs` that hold portions of `mine`."""
    return [i for i, (low, high) in enumerate(theirs) if low < mine[1] and mine[0] < high]


def waits_for(recipe: Recipe) -> tuple[tuple[int, ...], ...]:
    """For each step the indices (from 0) of the steps it waits for; what is no step, or closes a circle, is dropped."""
    out: list[tuple[int, ...]] = []
    for index, step in enumerate(recipe.steps):
        if step.after is None:
            out.append((index - 1,) if index else ())
        else:
            out.append(tuple(sorted({x - 1 for x in step.after if 1 <= x <= len(recipe.steps) and x - 1 != index})))
    return tuple(out) if order_of(out) else tuple(tuple(x for x in befores if x < i) for i, befores in enumerate(out))


def order_of(befores: Sequence[Sequence[int]]) -> list[int]:
    """Steps in an order in which each comes after those it waits for; empty where they run in a circle."""
    left, done = set(range(len(befores))), []
    while ready := sorted(i for i in left if not left.intersection(befores[i])):
        done += ready
        left -= set(ready)
    return [] if left else done
