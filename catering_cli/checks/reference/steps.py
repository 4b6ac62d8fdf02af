"""The steps of the dishes as recipe and decisions have them, with the blocks that do them and what waits for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.domain.decision import SplitTask
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block

MANY = 2_000
"""Portions beyond which batches may be taken together in groups."""

DECIDED = (
    "minutes", "active_minutes", "equipment", "batch_portions", "max_hold_minutes", "make_ahead_hours", "storage",
    "place",
)  # fmt: skip
"""Fields of a step that a decision may set."""

HEATED = ("cook", "reheat")


class Work(NamedTuple):
    """A step of a dish as recipe and decisions have it, and the blocks that do it."""

    dish: Dish
    number: int
    step: RecipeStep
    by: str
    """who set its times"""
    blocks: tuple[Block, ...]

    @property
    def kind(self) -> str:
        """What it does to the food: as the recipe says, else as the plan reads it."""
        return kinds_of(self.dish).get(self.number, "prep")

    @property
    def label(self) -> str:
        """For messages."""
        return f"{self.dish.name}, step {self.number}"


@asked_once
def works(evidence: Evidence) -> tuple[Work, ...]:
    """All steps of all dishes and bases that are made, in menu order; a base's steps are not those of its dishes."""
    mine: dict[tuple[str, int], list[Block]] = {}
    for block in evidence.plan.timeline.blocks:
        if block.dish and block.step is not None:
            mine.setdefault((block.dish, block.step), []).append(block)
    out: list[Work] = []
    elsewhere = done_as_base(evidence)
    for dish in evidence.made.values():
        splits = {split.step: (split, by) for split, by in for_dish(evidence, SplitTask, dish.id)}
        steps = dish.recipe.steps if dish.recipe and dish.portions else ()
        for number, step in enumerate(steps, start=1):
            if (dish.id, number) in elsewhere:
                continue
            split, by = splits.get(number, (None, "kitchen"))
            blocks = sorted(mine.get((dish.id, number), []), key=lambda one: (one.batch, one.start, one.id))
            out.append(Work(dish, number, _decided(with_load(dish, number, step), split), by, tuple(blocks)))
    return tuple(out)


HEATERS = ("oven", "burner")
"""What a step takes that heats food and does not say in what."""


def with_load(dish: Dish, number: int, step: RecipeStep) -> RecipeStep:
    """A step with the batch and growth that the plan states where its recipe leaves them open."""
    load = next((load for load in dish.loads if load.step == number), None)
    if load is None or step.grows is not None or step.batch_portions:
        return step
    taken: dict[str, object] = {
        "grows": load.grows,
        "batch_portions": load.portions,
        "minutes": load.minutes or step.minutes,
    }
    if not step.equipment and load.holder in HEATERS:
        taken["equipment"] = (load.holder,)
    return step.model_copy(update=taken)


@asked_once
def done_as_base(evidence: Evidence) -> dict[tuple[str, int], tuple[str, int]]:
    """For each step of a dish that belongs to a base recipe the base's own: (dish, number) -> (base, number)."""
    ids = {base.name: base.id for base in evidence.bases.values()}
    last = {base.id: len(base.recipe.steps) for base in evidence.bases.values() if base.recipe}
    done: dict[tuple[str, int], tuple[str, int]] = {}
    for dish in evidence.dishes.values():
        seen: dict[str, int] = {}
        for number, step in enumerate(dish.recipe.steps if dish.recipe else (), start=1):
            if step.part in ids:
                seen[step.part] = seen.get(step.part, 0) + 1
                done[dish.id, number] = ids[step.part], min(seen[step.part], last[ids[step.part]])
    return done


def _decided(step: RecipeStep, split: SplitTask | None) -> RecipeStep:
    given = {field: getattr(split, field, None) for field in DECIDED}
    if given["batch_portions"] and step.batch_portions:
        given["batch_portions"] = min(given["batch_portions"], step.batch_portions)
    return step.model_copy(update={field: value for field, value in given.items() if value is not None})


@asked_once
def work_of(evidence: Evidence) -> dict[str, Work]:
    """The work that each block does, by its id."""
    own: dict[str, Work] = {}
    for work in works(evidence):
        own |= dict.fromkeys((block.id for block in work.blocks), work)
    return own


def waits_for(work: Work) -> tuple[int, ...]:
    """Numbers of the steps that a step waits for: those it names; if it names none, the one before."""
    if work.step.after is not None:
        return work.step.after
    return (work.number - 1,) if work.number > 1 else ()


def steps_until(recipe: Recipe, last: Iterable[int]) -> set[int]:
    """Numbers of some steps of a recipe, and of all steps that they wait for."""
    until: set[int] = set()
    ahead = list(last)
    while ahead:
        number = ahead.pop()
        if 0 < number <= len(recipe.steps) and number not in until:
            until.add(number)
            after = recipe.steps[number - 1].after
            ahead += [number - 1] if after is None else after
    return until


@asked_once
def recipe_pairs(evidence: Evidence) -> tuple[tuple[Block, Block], ...]:
    """(earlier, later) blocks of a dish if the later uses portions that the earlier makes."""
    spans = {(work.dish.id, work.number): _spans(work) for work in works(evidence)}
    pairs: list[tuple[Block, Block]] = []
    for work in works(evidence):
        for number in waits_for(work):
            before = spans.get((work.dish.id, number), ())
            pairs += _overlaps(before, spans[work.dish.id, work.number])
    return (*pairs, *_pairs_with_bases(evidence, spans))


def _pairs_with_bases(evidence: Evidence, spans: dict[tuple[str, int], Spans]) -> Iterator[tuple[Block, Block]]:
    """What waits for a base waits for all of it: it goes into one pot."""
    done = done_as_base(evidence)
    told: set[tuple[tuple[str, int], tuple[str, int]]] = set()
    for dish in evidence.dishes.values():
        for number, step in enumerate(dish.recipe.steps if dish.recipe else (), start=1):
            own = done.get((dish.id, number), (dish.id, number))
            waited = [(dish.id, before) for before in waits_for(Work(dish, number, step, "", ()))]
            bases = [done[before] for before in waited if before in done]
            told |= {(base, own) for base in bases if base[0] != own[0]}
    for before, own in sorted(told):
        for (earlier, _, _), (later, _, _) in product(spans.get(before, ()), spans.get(own, ())):
            yield earlier, later


Spans = tuple[tuple[Block, int, int], ...]


def _spans(work: Work) -> Spans:
    """Each block of a step with the portions of its dish (from, to) that it is about: batches follow one another."""
    sizes = {block.batch: block.portions for block in work.blocks}
    starts, at = {}, 0
    for batch in sorted(sizes):
        starts[batch], at = at, at + sizes[batch]
    return tuple((block, starts[block.batch], starts[block.batch] + block.portions) for block in work.blocks)


def _overlaps(before: Spans, after: Spans) -> Iterator[tuple[Block, Block]]:
    """The blocks of two steps that share portions."""
    for (later, low, high), (earlier, made_from, made_to) in product(after, before):
        if made_from < high and low < made_to:
            yield earlier, later


@asked_once
def used_in_dish(evidence: Evidence) -> frozenset[str]:
    """Ids of the blocks whose result another step of a dish waits for."""
    own = work_of(evidence)
    return frozenset(ident for ident in own if any(one.id in own for one in evidence.takers.get(ident, ())))


def kinds_of(dish: Dish) -> dict[int, str]:
    """The kind of each step of a dish: as the recipe says, else as the plan reads it."""
    read = {one.step: one.kind for one in dish.handling}
    steps = dish.recipe.steps if dish.recipe else ()
    return {number: step.kind or read.get(number, "prep") for number, step in enumerate(steps, start=1)}
