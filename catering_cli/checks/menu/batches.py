"""Batches, counted again: steps that follow each other closely keep step, and none is cut up for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings
from catering_cli.checks.reference.services import meals
from catering_cli.checks.reference.steps import MANY, longest_wait
from catering_cli.data import tables
from catering_cli.domain.menu import Dish
from catering_cli.domain.recipe import RecipeStep


def in_step(evidence: Evidence) -> Findings:
    """Each step has the batches that its portions, its tray, the steps beside it and the services call for."""
    figures = {row["name"]: int(row["value"]) for row in tables.rows("work") if row["value"].isdigit()}
    times = {meal.service: (meal.at, meal.guests) for meal in meals(evidence)}
    expected: dict[str, Any] = {}
    for ident, dish in evidence.dishes.items():
        if dish.recipe is None or not 0 < dish.portions <= MANY:
            continue
        path = evidence.dish_path(ident).removeprefix("plan.")
        due = _due(dish, dish.recipe.steps, _cuts(dish, dish.recipe.steps, times), figures)
        for index, said in enumerate(dish.batches):
            if said.step in due:
                expected[f"{path}.batches[{index}].portions"] = tuple(due[said.step])
    yield from compare(expected, evidence.plan, {"": "warning"})


def _before(steps: Sequence[RecipeStep]) -> dict[int, list[int]]:
    """Numbers of the steps that each waits for."""
    return {
        number: [one for one in step.after if 0 < one <= len(steps) and one != number]
        if step.after is not None
        else [number - 1] * (number > 1)
        for number, step in enumerate(steps, start=1)
    }


def _due(
    dish: Dish, steps: Sequence[RecipeStep], cuts: dict[int, set[int]], figures: dict[str, int]
) -> dict[int, list[int]]:
    assert dish.recipe is not None
    largest = _largest(steps, dish.portions, figures["tight_hold"])
    due: dict[int, list[int]] = {}
    for number, step in enumerate(steps, start=1):
        holds = step.batch_portions or dish.portions
        sizes: list[int] = []
        for part in _parts(dish.portions, largest[number], cuts.get(number, set())):
            for batch in _shared(part, -(-part // holds)):
                sizes += _by_hand(step, batch, part, dish, figures)
        due[number] = sizes
    return due


def _largest(steps: Sequence[RecipeStep], portions: int, tight: int) -> dict[int, int]:
    """For each step the most portions that one batch of it or of a step tied to it holds; all where none is limited."""
    tied: dict[int, set[int]] = {number: {number} for number in range(1, len(steps) + 1)}
    for number, earlier in _before(steps).items():
        for before in earlier:
            wait = longest_wait(steps[before - 1], steps[number - 1])
            if wait is not None and wait <= tight and tied[before] is not tied[number]:
                together = tied[before] | tied[number]
                tied.update(dict.fromkeys(together, together))
    out = {}
    for number, group in tied.items():
        limits = [min(portions, size) for one in group if (size := steps[one - 1].batch_portions)]
        out[number] = max(limits, default=portions)
    return out


def _parts(portions: int, stride: int, cuts: set[int]) -> list[int]:
    """The portions from one cut to the next, each in full strides and a rest."""
    parts, at = [], 0
    for edge in sorted({*cuts, portions} - {0}):
        while at < edge:
            parts.append(min(stride, edge - at))
            at += parts[-1]
    return parts


def _shared(portions: int, ways: int) -> list[int]:
    """Whole portions shared out: the later ones get the odd ones, spread evenly."""
    ends = [portions * one // ways for one in range(ways + 1)]
    return [after - before for before, after in pairwise(ends)]


def _by_hand(step: RecipeStep, batch: int, part: int, dish: Dish, figures: dict[str, int]) -> list[int]:
    """Hand work that grows with the portions, in pieces of at most the table's minutes; anything else as it is."""
    assert dish.recipe is not None
    if step.grows != "linear" or step.active_minutes == 0:
        return [batch]
    minutes = Fraction(step.minutes * batch, dish.recipe.yields.portions)
    wanted = -(-minutes // figures["piece_minutes"])
    return _shared(batch, max(1, min(int(wanted), max(1, figures["pieces_most"] * part // dish.portions), batch)))


def _cuts(dish: Dish, steps: Sequence[RecipeStep], times: dict[str, tuple[datetime, int]]) -> dict[int, set[int]]:
    """Portions at which one service ends and the next begins, for the steps whose result does not keep that long."""
    mine = sorted((at, name, guests) for name, (at, guests) in times.items() if dish.service in ("", name))
    mine = mine or sorted((at, name, guests) for name, (at, guests) in times.items())
    if len(mine) <= 1 or mine[0][0] == mine[-1][0]:
        return {}
    gap = mine[-1][0] - mine[0][0]
    all_guests = sum(guests for _, _, guests in mine)
    whole = [dish.portions * guests // all_guests for _, _, guests in mine]
    rests = sorted(range(len(mine)), key=lambda one: (-(dish.portions * mine[one][2] % all_guests), one))
    for one in rests[: dish.portions - sum(whole)]:
        whole[one] += 1
    edges = {sum(whole[: one + 1]) for one in range(len(whole))}
    return dict.fromkeys(_short(steps, gap), edges)


def _short(steps: Sequence[RecipeStep], gap: timedelta) -> set[int]:
    """Steps whose result, or that of a step made from it, keeps less long than the services lie apart."""
    short = set()
    for number, step in enumerate(steps, start=1):
        limits = [step.max_hold_minutes, step.shelf_life_hours * 60 if step.shelf_life_hours is not None else None]
        least = min((one for one in limits if one is not None), default=None)
        if least is not None and timedelta(minutes=least) < gap:
            short.add(number)
    before = _before(steps)
    todo = list(short)
    while todo:
        for one in before[todo.pop()]:
            if one not in short:
                short.add(one)
                todo.append(one)
    return short


CHECKS = {"portions.strides": in_step}
