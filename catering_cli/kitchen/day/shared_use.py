"""The careful dish first: what dishes share is used for one before it is used for the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.day.work import Work
from catering_cli.kitchen.dietary.careful_first import First, leads_to
from catering_cli.kitchen.dietary.cross_contact import equipment_of_step
from catering_cli.scheduling.problem import Job, Lag

Uses = Mapping[tuple[str, str, str], Sequence[Work]]
"""Pieces of work by dish, equipment and place."""


def in_turn(
    works: Sequence[Work], dishes: Sequence[Dish], firsts: Sequence[First], fired: Iterable[tuple[Work, Work]] = ()
) -> tuple[Job, ...]:
    """The jobs of the work, each with what has to be over before it begins: on shared equipment, or as it is fired.

    What would then have to wait for itself does not wait.
    """
    uses = _uses(works, dishes)
    befores: dict[str, dict[str, None]] = {}
    waits = {work.id: {after.work for after in work.after} for work in works}
    careful = chain.from_iterable(_turns(one, uses) for one in firsts)
    for earlier, later in chain(careful, fired):
        if not leads_to(earlier.id, later.id, waits):
            befores.setdefault(later.id, {})[earlier.id] = None
            waits[later.id].add(earlier.id)
    return tuple(_later(work.job(), befores.get(work.id, {})) for work in works)


def _later(job: Job, befores: Mapping[str, None]) -> Job:
    """A job that waits for more; what it waits for anyway stands."""
    known = {lag.job for lag in job.after}
    return replace(job, after=(*job.after, *(Lag(name) for name in befores if name not in known)))


def _uses(works: Sequence[Work], dishes: Sequence[Dish]) -> Uses:
    steps: dict[tuple[str, int], RecipeStep] = {}
    for dish in dishes:
        for number, step in enumerate(dish.recipe.steps if dish.recipe else (), start=1):
            steps[dish.id, number] = step
    found: dict[tuple[str, str, str], list[Work]] = {}
    for work in works:
        used = steps.get((work.dish, work.step or 0))
        for thing in equipment_of_step(used) if used else ():
            found.setdefault((work.dish, thing, work.place), []).append(work)
    return found


def _turns(one: First, uses: Uses) -> Iterator[tuple[Work, Work]]:
    """Each use of a thing for the first dish, with each for the other at the same place."""
    for (dish, thing, place), works in uses.items():
        if dish == one.first and thing in one.things:
            for later in uses.get((one.then, thing, place), ()):
                yield from ((earlier, later) for earlier in works)
