"""The steps of the dishes as recipe and decisions have them, with the blocks that do them and what waits for what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.data import tables
from catering_cli.domain.decision import SplitTask
from catering_cli.domain.menu import Dish
from catering_cli.domain.recipe import RecipeStep
from catering_cli.domain.timeline import Block

MANY = 2_000
"""Portions beyond which batches may be taken together in groups."""


class Work(NamedTuple):
    """A step of a dish as recipe and decisions have it, and the blocks that do it."""

    dish: Dish
    number: int
    step: RecipeStep
    blocks: tuple[Block, ...]

    @property
    def label(self) -> str:
        """For messages."""
        return f"{self.dish.name}, step {self.number}"


@asked_once
def works(evidence: Evidence) -> tuple[Work, ...]:
    """All steps of all dishes that are made, in menu order; many rules ask for them, so they are kept."""
    return tuple(_work(evidence))


def _work(evidence: Evidence) -> Iterator[Work]:
    mine: dict[tuple[str, int], list[Block]] = {}
    for block in evidence.plan.timeline.blocks:
        if block.dish and block.step is not None:
            mine.setdefault((block.dish, block.step), []).append(block)
    for dish in evidence.dishes.values():
        if dish.recipe is None or not dish.portions:
            continue
        splits = {split.step: split for split, _ in for_dish(evidence, SplitTask, dish.id)}
        for number, step in enumerate(dish.recipe.steps, start=1):
            blocks = tuple(sorted(mine.get((dish.id, number), []), key=lambda one: (one.batch, one.start, one.id)))
            yield Work(dish, number, _decided(step, splits.get(number)), blocks)


def _decided(step: RecipeStep, split: SplitTask | None) -> RecipeStep:
    if split is None:
        return step
    fields = ("minutes", "active_minutes", "equipment", "max_hold_minutes", "make_ahead_hours", "storage")
    return step.model_copy(update={f: getattr(split, f) for f in fields if getattr(split, f) is not None})


def waits_for(work: Work) -> tuple[int, ...]:
    """Numbers of the steps that a step waits for: those it names; if it names none, the one before."""
    if work.step.after is not None:
        return work.step.after
    return (work.number - 1,) if work.number > 1 else ()


@asked_once
def recipe_pairs(evidence: Evidence) -> tuple[tuple[Block, Block], ...]:
    """(earlier, later) blocks of a dish where the later uses portions that the earlier makes."""
    return tuple(_pairs_of(works(evidence)))


def _pairs_of(all_works: tuple[Work, ...]) -> Iterator[tuple[Block, Block]]:
    by_step = {(work.dish.id, work.number): work for work in all_works}
    ranges = {key: portions_of(work) for key, work in by_step.items()}
    for work in all_works:
        mine = ranges[work.dish.id, work.number]
        for number in waits_for(work):
            before = by_step.get((work.dish.id, number))
            if before is None:
                continue
            made = ranges[work.dish.id, number]
            for later, (low, high) in zip(work.blocks, mine, strict=True):
                for earlier, (made_from, made_to) in zip(before.blocks, made, strict=True):
                    if made_from < high and low < made_to:
                        yield earlier, later


def portions_of(work: Work) -> tuple[tuple[int, int], ...]:
    """The portions of a dish (from, to) that each block of a step is about: batches follow one another."""
    sizes: dict[int, int] = {}
    for block in work.blocks:
        sizes[block.batch] = block.portions
    starts, at = {}, 0
    for batch in sorted(sizes):
        starts[batch], at = at, at + sizes[batch]
    return tuple((starts[block.batch], starts[block.batch] + block.portions) for block in work.blocks)


HEATED = ("cook", "reheat")


def kind_due(step: RecipeStep) -> str:
    """The kind that a step says; where it says none, cooking has a temperature and anything else is preparation."""
    return step.kind or ("cook" if step.temperature else "prep")


def longest_wait(before: RecipeStep, then: RecipeStep | None) -> int | None:
    """Minutes that a step's result may lie: the recipe's, else the table's for hot food on its way to the cooler."""
    if before.max_hold_minutes is None and then is not None and then.kind == "chill" and kind_due(before) in HEATED:
        return next(int(row["value"]) for row in tables.rows("work") if row["name"] == "cook_to_chill")
    return before.max_hold_minutes
