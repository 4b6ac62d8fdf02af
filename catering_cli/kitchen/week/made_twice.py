"""What two events each make and one could make for both: base recipes and dishes up to the step whose result keeps.

It is advice: each event's plan stands as it is, because it has to hold also if the other event falls through. Nothing
is shared with an event that has guests whom a food may harm: what was made beside other dishes is not safe for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import inf
from typing import NamedTuple

from catering_cli.domain.finding import Finding
from catering_cli.domain.names import HARMFUL
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.kitchen.serving.loads import loaded
from catering_cli.kitchen.serving.step_batches import keeps

RULE = "week.made_twice"
APART = timedelta(minutes=60)
"""Work of two events that begins closer together is as good as done together; [K]."""


class _Made(NamedTuple):
    """A step of a dish or base at one event."""

    event: str
    dish: Dish
    number: int
    begins: datetime
    ends: datetime
    used: datetime
    """when the first work with its result begins; without any, the service"""


def made_twice(plans: Mapping[str, CateringPlan]) -> Iterator[Finding]:
    """One piece of advice for each dish or base and the events that the first of them could make it for."""
    alike: dict[tuple[str, ...], dict[str, list[_Made]]] = defaultdict(dict)
    for event, plan in plans.items():
        for dish in (*plan.bases, *plan.menu) if _may_share(plan) else ():
            steps = list(_steps(event, plan, dish)) if dish.recipe and dish.portions else []
            if steps:
                alike[_same(dish)][event] = steps
    for by_event in alike.values():
        yield from _for_others(sorted(by_event.values(), key=lambda steps: steps[0].begins))


def _for_others(waiting: Sequence[list[_Made]]) -> Iterator[Finding]:
    """The first event makes it for all for whom it keeps; of the others the first again, and so on."""
    while waiting:
        maker, *others = waiting
        common = {steps[0].event: _common(maker, steps) for steps in others}
        takers = [steps for steps in others if common[steps[0].event]]
        if takers:
            yield _advice(maker, takers, min(common[steps[0].event] for steps in takers))
        waiting = [steps for steps in others if steps not in takers]


def _may_share(plan: CateringPlan) -> bool:
    return plan.timeline.status == "scheduled" and not _is_harmful(plan)


def _is_harmful(plan: CateringPlan) -> bool:
    return any(profile.severity in HARMFUL for profile in plan.diets.profiles)


def _same(dish: Dish) -> tuple[str, ...]:
    """What two dishes have in common that are made alike: the recipe, its lines and its steps."""
    assert dish.recipe is not None
    lines = (line.model_dump_json() for line in dish.recipe.ingredients) if dish.id.startswith("d") else ()
    return (dish.recipe.name, *(step.text for step in dish.recipe.steps), *lines)


def _steps(event: str, plan: CateringPlan, dish: Dish) -> Iterator[_Made]:
    """The steps of a dish that are made here, in order."""
    by_step: defaultdict[int, list[Block]] = defaultdict(list)
    for block in plan.timeline.blocks:
        if block.dish == dish.id and block.step is not None:
            by_step[block.step].append(block)
    for number, mine in sorted(by_step.items()):
        begun = min(block.start for block in mine)
        ready = max(block.end for block in mine)
        yield _Made(event, dish, number, begun, ready, _used(plan, {block.id for block in mine}))


def _used(plan: CateringPlan, made: Collection[str]) -> datetime:
    """When the first task begins that waits for these; the service if none does."""
    then = [block.start for block in plan.timeline.blocks if any(wait.block in made for wait in block.after)]
    return min(then, default=plan.order.event.service_at)


def _common(maker: Sequence[_Made], taker: Sequence[_Made]) -> int:
    """The number of the last step that one event could make for another; 0 if there is none."""
    later = {made.number: made for made in taker}
    both = [one for one in maker if one.number in later]
    return max((one.number for one in both if _keeps(one, later[one.number])), default=0)


def _advice(maker: Sequence[_Made], takers: Sequence[Sequence[_Made]], number: int) -> Finding:
    dish = maker[0].dish
    events = [maker[0], *(steps[0] for steps in takers)]
    when = ", ".join(f"{one.event} ({one.begins:%a %H:%M})" for one in events)
    others = ", ".join(one.event for one in events[1:])
    return Finding(
        severity="advice",
        rule=RULE,
        where=f"week.{maker[0].event}",
        message=f"{dish.name} is made at {when}; up to step {number} it keeps for all of them",
        value=f"{len(events)} times",
        fix=f"if there is room, make {sum(one.dish.portions for one in events)} portions up to step {number} at "
        f"{maker[0].event}, labelled for each event, and leave that work out at {others}",
    )


def _keeps(one: _Made, other: _Made) -> bool:
    """Whether what a step makes at one event is there for the other and still good."""
    assert one.dish.recipe is not None
    step = loaded(one.dish.recipe, one.dish.loads).steps[one.number - 1]
    minutes = keeps(step)
    apart = other.begins - one.begins
    if minutes == inf or apart < APART or one.ends > other.used:
        return False
    return other.used - one.ends <= timedelta(minutes=minutes)
