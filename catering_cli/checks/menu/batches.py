"""Batches hold all portions and none more than it can; steps that follow each other closely keep step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import accumulate, pairwise

from catering_cli.checks.compare import BLOCKING, WARNING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.numbers import up
from catering_cli.checks.reference.services import Meal, meals
from catering_cli.checks.reference.steps import MANY, longest_wait
from catering_cli.data.tables import figure
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish, StepBatches
from catering_cli.domain.recipe import RecipeStep

Steps = Sequence[RecipeStep]


def batches(evidence: Evidence) -> Findings:
    """Each step of a recipe is done in batches that hold all portions and no more than one batch can."""
    for path, dish in evidence.menu:
        if dish.recipe is None or not dish.portions:
            continue
        there = Counter(batch.step for batch in dish.batches)
        wanted = range(1, len(dish.recipe.steps) + 1)
        for step in sorted({*there, *wanted}):
            if there[step] != (step in wanted):
                message = f"{dish.name}: step {step} has no batches, has them twice, or is none"
                yield found("blocking", f"{path}.batches", message, there[step], int(step in wanted))
        for where, batch in placed(f"{path}.batches", dish.batches):
            if batch.step in wanted:
                yield from _holds(dish, dish.recipe.steps[batch.step - 1], batch, where)


def _holds(dish: Dish, step: RecipeStep, batch: StepBatches, path: str) -> Iterator[Finding]:
    yield from compare_entry(path, batch, {"batches": len(batch.portions)}, BLOCKING)
    if sum(batch.portions) != dish.portions:
        message = "the batches lose or gain portions"
        yield found("blocking", f"{path}.portions", message, sum(batch.portions), dish.portions)
    tray = max(step.batch_portions or dish.portions, -(-dish.portions // MANY))
    if len(batch.portions) * tray < dish.portions:
        yield found("blocking", f"{path}.portions", "too few batches for the portions", len(batch.portions), tray)
    for where, portions in placed(f"{path}.portions", batch.portions):
        if not 0 < portions <= (tray if dish.portions <= MANY else portions):
            yield found("blocking", where, "an empty batch, or more than one batch holds", portions, tray)


def in_step(evidence: Evidence) -> Findings:
    """Each step has the batches that its portions, its tray, the steps beside it and the services call for."""
    for path, dish in evidence.menu:
        if dish.recipe is None or not 0 < dish.portions <= MANY:
            continue
        mine = [meal for meal in meals(evidence) if meal.serves(dish)] or list(meals(evidence))
        mine.sort(key=lambda meal: (meal.at, meal.service))
        due = _due(dish, dish.recipe.steps, mine)
        for where, batch in placed(f"{path}.batches", dish.batches):
            if batch.step in due:
                yield from compare_entry(where, batch, {"portions": due[batch.step]}, WARNING)


def _before(steps: Steps) -> dict[int, list[int]]:
    """Numbers of the steps that each waits for: those it names, else the one before."""
    before: dict[int, list[int]] = {}
    for number, step in enumerate(steps, start=1):
        named = (number - 1,) if step.after is None else step.after
        before[number] = [one for one in named if 0 < one <= len(steps) and one != number]
    return before


def _due(dish: Dish, steps: Steps, mine: list[Meal]) -> dict[int, tuple[int, ...]]:
    """The portions of each batch of each step; what keeps too shortly is made for each service apart."""
    strides, cuts = _strides(steps, dish.portions), _cuts(dish, mine)
    short = _short(steps, mine[-1].at - mine[0].at)
    due: dict[int, tuple[int, ...]] = {}
    for number, step in enumerate(steps, start=1):
        sizes: list[int] = []
        for part in _parts(dish.portions, strides[number], cuts if number in short else set()):
            holds = step.batch_portions or dish.portions
            for batch in _shared(part, -(-part // holds)):
                sizes += _shared(batch, _pieces(dish, step, batch, part))
        due[number] = tuple(sizes)
    return due


def _strides(steps: Steps, portions: int) -> dict[int, int]:
    """For each step the most portions that one batch of it or of a step tied to it holds; all if none is limited."""
    tied = {number: {number} for number in range(1, len(steps) + 1)}
    for number, earlier in _before(steps).items():
        for before in earlier:
            wait = longest_wait(steps[before - 1], steps[number - 1])
            if wait is not None and wait <= figure("work", "tight_hold"):
                together = tied[before] | tied[number]
                tied.update(dict.fromkeys(together, together))
    trays = {number: step.batch_portions for number, step in enumerate(steps, start=1)}
    strides: dict[int, int] = {}
    for number, group in tied.items():
        limits = [tray for one in group if (tray := trays[one])]
        strides[number] = min(portions, max(limits, default=portions))
    return strides


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


def _pieces(dish: Dish, step: RecipeStep, batch: int, part: int) -> int:
    """In how many pieces a batch is done: hand work that grows with the portions is cut after the table's minutes."""
    if dish.recipe is None or step.grows != "linear" or step.active_minutes == 0:
        return 1
    minutes = Fraction(step.minutes * batch, dish.recipe.yields.portions)
    most = figure("work", "pieces_most") * part // dish.portions
    return max(1, min(up(minutes / figure("work", "piece_minutes")), max(1, most), batch))


def _cuts(dish: Dish, mine: list[Meal]) -> set[int]:
    """Portions at which one service ends and the next begins: shared by guests, the largest rests rounded up."""
    guests = sum(meal.guests for meal in mine)
    whole = [dish.portions * meal.guests // guests for meal in mine]
    rests = [dish.portions * meal.guests % guests for meal in mine]
    largest = sorted(range(len(mine)), key=lambda one: -rests[one])
    for one in largest[: dish.portions - sum(whole)]:
        whole[one] += 1
    return set(accumulate(whole))


def _short(steps: Steps, gap: timedelta) -> set[int]:
    """Steps whose result, or that of a step made from it, keeps less long than the services lie apart."""
    todo = [number for number, step in enumerate(steps, start=1) if _keeps(step) < gap]
    before, short = _before(steps), set(todo)
    while todo:
        earlier = set(before[todo.pop()]) - short
        short |= earlier
        todo += earlier
    return short


def _keeps(step: RecipeStep) -> timedelta:
    """How long the result of a step keeps."""
    hold, shelf = step.max_hold_minutes, step.shelf_life_hours
    held = timedelta.max if hold is None else timedelta(minutes=hold)
    return held if shelf is None else min(held, timedelta(hours=shelf))


CHECKS = {"portions.batches": batches, "portions.strides": in_step}
