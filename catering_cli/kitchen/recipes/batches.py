"""Batches: how often a step is done for so many portions, and which portions each batch is for. Exact integers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from itertools import chain, pairwise

from catering_cli.data.tables import figure
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import StepBatches
from catering_cli.kitchen.recipes.cooking_words import kind_of
from catering_cli.kitchen.recipes.step_growth import grows_of

_HOT = ("cook", "reheat")
MOST = 2_000
"""Batches of one step that are scheduled one by one; beyond it they are done in equal groups."""

SMALL = 4
"""Of a batch less than one such part is not made by itself: 63 portions of 60 at a time are 32 and 31; [K]."""


def batches(
    portions: int,
    recipe: Recipe,
    cuts: Sequence[frozenset[int]] = (),
    handling: Sequence[Handling] = (),
) -> tuple[StepBatches, ...]:
    """Batches of each step: at most `batch_portions` each; their portions add up to `portions`.

    Steps that follow each other within the hour are done in step: none of their batches straddles a batch of
    the one with the largest batches, so that each can go on while it is fresh. Hand work that grows with the
    amount is cut into even pieces of at most an hour, so that several people can share it. `cuts[i]` are
    portion numbers that a batch of step i+1 must not straddle (several services).
    """
    if portions <= 0:
        return ()
    strides = _strides(portions, recipe, handling)
    made = recipe.yields.portions
    out = []
    for i, step in enumerate(recipe.steps):
        sizes: list[int] = []
        for low, high in pairwise(sorted({0, portions, *(cuts[i] if cuts else ())})):
            for run in _full(high - low, strides[i]):
                sizes += _sizes(run, step, made, portions)
        out.append(StepBatches(step=i + 1, batches=len(sizes), portions=tuple(sizes)))
    return tuple(out)


def _strides(portions: int, recipe: Recipe, handling: Sequence[Handling]) -> list[int]:
    """For each step the largest batch among the steps that it is closely tied to, in portions."""
    groups = _tied(recipe, handling)
    least = math.ceil(Fraction(portions, MOST))
    largest: dict[int, int] = {}
    for group, step in zip(groups, recipe.steps, strict=True):
        if step.batch_portions:
            size = min(portions, max(step.batch_portions, least))
            largest[group] = max(largest.get(group, 0), size)
    return [largest.get(group, portions) for group in groups]


def _tied(recipe: Recipe, handling: Sequence[Handling]) -> list[int]:
    """For each step the group of those that follow each other within the hour; a group is called by a number."""
    groups = list(range(len(recipe.steps)))
    for later, befores in enumerate(waits_for(recipe)):
        for before in befores:
            handled = handling[before] if handling else None
            hold = hold_of(recipe.steps[before], recipe.steps[later], handled)
            if hold is not None and hold <= figure("work", "tight_hold"):
                old, new = groups[later], groups[before]
                groups = [new if group == old else group for group in groups]
    return groups


def _sizes(portions: int, step: RecipeStep, made: int, whole: int) -> list[int]:
    most = max(step.batch_portions or portions, math.ceil(Fraction(whole, MOST)))
    filled = _even(portions, math.ceil(Fraction(portions, most)))
    if grows_of(step) != "linear" or step.active_minutes == 0:
        return filled
    pieces = max(1, figure("work", "pieces_most") * portions // whole)
    return list(chain.from_iterable(_pieces(batch, step, made, pieces) for batch in filled))


def _full(portions: int, most: int) -> list[int]:
    """Full parts of `most` and a rest; even parts if the rest would be a small one."""
    count, rest = divmod(portions, most)
    if 0 < rest * SMALL < most:
        return _even(portions, count + 1)
    full = [most] * count
    return [*full, rest] if rest else full


def _even(portions: int, count: int) -> list[int]:
    """So many parts, as even as whole portions allow."""
    return [portions * (i + 1) // count - portions * i // count for i in range(count)]


def _pieces(portions: int, step: RecipeStep, made: int, most: int) -> list[int]:
    """Even pieces of one batch of hand work; never more pieces than portions."""
    hours = math.ceil(Fraction(step.minutes * portions, made * figure("work", "piece_minutes")))
    return _even(portions, max(1, min(hours, most, portions)))


def hold_of(step: RecipeStep, then: RecipeStep | None, handled: Handling | None = None) -> int | None:
    """Longest wait after `step` in minutes: the recipe's; hot food goes to be chilled soon in any case.

    What has no place to wait, such as meat that is only browned, goes on at once.
    """
    if step.max_hold_minutes is not None or then is None:
        return step.max_hold_minutes
    goes_to_chill = kind_of(then) == "chill" and kind_of(step) in _HOT
    if goes_to_chill:
        return figure("work", "cook_to_chill")
    return figure("work", "unstated_wait") if handled is not None and not handled.told else None


def batch_minutes(step: RecipeStep, whole: int, portions: int, made: int) -> int:
    """Minutes of one batch: `whole` (of the written recipe, or of one batch) grown as the step says, rounded up."""
    return math.ceil(Fraction(whole * portions, made)) if grows_of(step) == "linear" else whole


def hand_minutes(step: RecipeStep, portions: int, made: int) -> int:
    """Minutes of one batch in which a person works on it: all of them if the step does not say."""
    active = step.minutes if step.active_minutes is None else step.active_minutes
    return math.ceil(Fraction(active * portions, made)) if grows_of(step) in ("linear", "hands") else active


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
    count = len(recipe.steps)
    written = tuple(_befores(step, index, count) for index, step in enumerate(recipe.steps))
    if order_of(written):
        return written
    return tuple(tuple(before for before in befores if before < i) for i, befores in enumerate(written))


def _befores(step: RecipeStep, index: int, count: int) -> tuple[int, ...]:
    """The steps that one step waits for: those it names, else the one before it."""
    if step.after is None:
        return (index - 1,) if index else ()
    named = {number - 1 for number in step.after if 1 <= number <= count}
    return tuple(sorted(named - {index}))


def order_of(befores: Sequence[Sequence[int]]) -> list[int]:
    """Steps in an order in which each comes after those it waits for; empty if they run in a circle."""
    sorter = TopologicalSorter(dict(enumerate(befores)))
    try:
        sorter.prepare()
    except CycleError:
        return []
    order: list[int] = []
    while ready := sorted(sorter.get_ready()):
        order += ready
        sorter.done(*ready)
    return order
