"""Batches: how often a step is done for so many portions, and which portions each batch is for. Exact integers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from catering_cli.data.tables import figure
from catering_cli.domain.menu import StepBatches
from catering_cli.domain.recipe import Recipe, RecipeStep

_HOT = ("cook", "reheat")
MOST = 2_000
"""Batches of one step that are scheduled one by one; beyond it they are done in equal groups."""


def batches(portions: int, recipe: Recipe, cuts: Sequence[frozenset[int]] = ()) -> tuple[StepBatches, ...]:
    """Batches of each step: at most `batch_portions` each; their portions add up to `portions`.

    Steps that follow each other within the hour are done in step: none of their batches straddles a batch of
    the one with the largest batches, so that each can go on while it is fresh. Hand work that grows with the
    amount is cut into even pieces of at most an hour, so that several people can share it. `cuts[i]` are
    portion numbers that a batch of step i+1 must not straddle (several services).
    """
    if portions <= 0:
        return ()
    strides = _strides(portions, recipe)
    out = []
    for i, step in enumerate(recipe.steps):
        edges = pairwise(sorted({0, portions, *(cuts[i] if cuts else ())}))
        runs = [n for low, high in edges for n in _full(high - low, strides[i])]
        sizes = tuple(n for run in runs for n in _sizes(run, step, recipe.yields.portions, portions))
        out.append(StepBatches(step=i + 1, batches=len(sizes), portions=sizes))
    return tuple(out)


def _strides(portions: int, recipe: Recipe) -> list[int]:
    """For each step the largest batch among the steps that it is closely tied to, in portions."""
    groups = list(range(len(recipe.steps)))
    for later, befores in enumerate(waits_for(recipe)):
        for before in befores:
            hold = hold_of(recipe.steps[before], recipe.steps[later])
            if hold is not None and hold <= figure("work", "tight_hold"):
                old, new = groups[later], groups[before]
                groups = [new if group == old else group for group in groups]
    least = math.ceil(Fraction(portions, MOST))
    sizes = [min(portions, max(step.batch_portions or 0, least)) for step in recipe.steps]
    limited = [size if step.batch_portions else 0 for size, step in zip(sizes, recipe.steps, strict=True)]
    most = {group: max(s for s, g in zip(limited, groups, strict=True) if g == group) for group in groups}
    return [most[group] or portions for group in groups]


def _sizes(portions: int, step: RecipeStep, made: int, whole: int) -> list[int]:
    most = max(step.batch_portions or portions, math.ceil(Fraction(whole, MOST)))
    filled = _even(portions, math.ceil(Fraction(portions, most)))
    if step.grows != "linear" or step.active_minutes == 0:
        return filled
    pieces = max(1, figure("work", "pieces_most") * portions // whole)
    return [piece for batch in filled for piece in _pieces(batch, step, made, pieces)]


def _full(portions: int, most: int) -> list[int]:
    """Full parts of `most` and a rest."""
    return [most] * (portions // most) + ([portions % most] if portions % most else [])


def _even(portions: int, count: int) -> list[int]:
    """So many parts, as even as whole portions allow."""
    return [portions * (i + 1) // count - portions * i // count for i in range(count)]


def _pieces(portions: int, step: RecipeStep, made: int, most: int) -> list[int]:
    """Even pieces of one batch of hand work; never more pieces than portions."""
    hours = math.ceil(Fraction(step.minutes * portions, made * figure("work", "piece_minutes")))
    return _even(portions, max(1, min(hours, most, portions)))


def hold_of(step: RecipeStep, then: RecipeStep | None) -> int | None:
    """Longest wait after `step` in minutes: the recipe's; hot food goes to be chilled soon in any case."""
    if step.max_hold_minutes is None and then is not None and then.kind == "chill" and kind_of(step) in _HOT:
        return figure("work", "cook_to_chill")
    return step.max_hold_minutes


def kind_of(step: RecipeStep) -> str:
    """The step's kind: cook where it has a temperature, else prep, if it does not say."""
    return step.kind or ("cook" if step.temperature else "prep")


def batch_minutes(step: RecipeStep, whole: int, portions: int, made: int) -> int:
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
