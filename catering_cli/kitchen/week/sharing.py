"""A base recipe made once: at the event that makes it first, for others that take it while it keeps.

The maker is scheduled again with more of the base in its pots, the taker without that work and not before it is done.
Both have to work, and the crew may not be paid for half an hour more, or all stays as it was: by hand it takes as long
in one bowl. Nothing is shared with an event that has guests whom a food may harm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from catering_cli.domain.decision import Decided, Decision, MakeFor, TakeMade
from catering_cli.domain.finding import blocking
from catering_cli.domain.names import HARMFUL, KITCHEN
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.cook import cook, prepared
from catering_cli.kitchen.day.standing import Held, Standing
from catering_cli.kitchen.day.timeline import schedule
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.kitchen.serving.loads import loaded
from catering_cli.kitchen.serving.step_batches import keeps
from catering_cli.kitchen.week.held import held_by_plan
from catering_cli.kitchen.week.pay import pay

Plans = Mapping[str, CateringPlan]
SHARES = (MakeFor, TakeMade)
MORE_HOURS = Fraction(1, 2)
"""Paid hours that one pot in place of two may cost: fetching it, and shifts in quarters of an hour; [K]."""


class _Work(NamedTuple):
    """When a base is made."""

    begun: datetime
    ready: datetime


def without_shares(decisions: Collection[Decided]) -> tuple[Decided, ...]:
    """Decisions less what an earlier week shared."""
    return tuple(one for one in decisions if not isinstance(one.decision, SHARES))


def with_shared_bases(plans: Plans, among: Collection[str], version: str) -> Plans:
    """The plans, each base of events `among` them made as seldom as it keeps and fits."""
    for name, events in _common(plans, among):
        waiting = events
        hours = _paid(plans)
        while waiting:
            maker, *others = waiting
            left = []
            for taker in others:
                tried = _made_for(plans, name, maker, taker, version)
                paid = _paid(tried) if tried else hours
                if tried is None or paid > hours + MORE_HOURS:
                    left.append(taker)
                else:
                    plans, hours = tried, paid
            waiting = left
    return plans


def _paid(plans: Plans) -> Fraction:
    """Hours that the crew of the week is paid for."""
    return sum((Fraction(line.hours) for line in pay(plans)), Fraction(0))


def _common(plans: Plans, among: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Each base that several events make alike, by its name, with the events in the order in which they begin it."""
    alike: dict[tuple[str, ...], dict[str, datetime]] = defaultdict(dict)
    for event in among:
        plan = plans[event]
        for base in plan.bases if _may_share(plan) else ():
            work = _work(plan, base.name)
            if work and base.recipe and _is_flat(plan, base.name):
                alike[base.name, *(step.text for step in base.recipe.steps)][event] = work.begun
    for (name, *_), begun in alike.items():
        if len(begun) > 1:
            yield name, sorted(begun, key=lambda event: (begun[event], event))


def _may_share(plan: CateringPlan) -> bool:
    """Whether it has a timeline, and no guest whom food of another kitchen's day could harm."""
    harmful = any(one.severity in HARMFUL for one in plan.diets.profiles)
    return plan.timeline.status == "scheduled" and not harmful


def _is_flat(plan: CateringPlan, base: str) -> bool:
    """Whether a base has no base in it and is in none."""
    recipes = [dish.recipe for dish in plan.menu if dish.recipe]
    parts = chain.from_iterable(recipe.parts for recipe in recipes)
    return not any(part.within and base in (part.name, part.within) for part in parts)


def _work(plan: CateringPlan, base: str) -> _Work | None:
    """When a plan makes a base; None if it does not."""
    ids = {one.id for one in plan.bases if one.name == base}
    blocks = [block for block in plan.timeline.blocks if block.dish in ids]
    if not blocks:
        return None
    return _Work(min(block.start for block in blocks), max(block.end for block in blocks))


def _users(plan: CateringPlan, base: str) -> dict[str, Dish]:
    """The dishes that take a base, by name."""
    found: dict[str, Dish] = {}
    for dish in plan.menu:
        parts = dish.recipe.parts if dish.recipe else ()
        if dish.portions and any(part.name == base for part in parts):
            found[dish.name] = dish
    return found


def _made_for(plans: Plans, base: str, maker: str, taker: str, version: str) -> Plans | None:
    """The plans with a base of one event made at another; None if that cannot be."""
    here, there = _users(plans[maker], base), _users(plans[taker], base)
    if not there or not all(_is_made_alike(dish, here) for dish in there.values()):
        return None
    more = [MakeFor(base=base, dish=name, portions=dish.portions, event=taker) for name, dish in there.items()]
    made = _again(plans, maker, more, version)
    work = _work(made, base) if made else None
    if made is None or work is None or not _keeps(made, base, work.ready, plans[taker]):
        return None
    plans = {**plans, maker: made}
    take = TakeMade(base=base, event=maker, begun=work.begun, ready=work.ready)
    taken = _again(plans, taker, [take], version)
    if taken is None:
        return None
    plans = {**plans, taker: taken}
    return plans if all(_is_there(plans, event) for event in plans) else None


def _is_made_alike(dish: Dish, by_name: Mapping[str, Dish]) -> bool:
    return dish.name in by_name and by_name[dish.name].recipe == dish.recipe


def _again(plans: Plans, event: str, more: Iterable[Decision], version: str) -> CateringPlan | None:
    """A plan with further decisions, round all others; None if it finds no place or something new blocks it."""
    before = plans[event]
    decisions = (*before.decisions, *(Decided(decision=one, by=KITCHEN, step="week") for one in more))
    ready = prepared(before.order, decisions)
    base = base_id(before.order)
    held: list[Held] = []
    for name, plan in plans.items():
        if name != event:
            held += held_by_plan(plan, base)
    timeline = schedule(ready.order, ready.dishes, ready.view, standing=Standing(tuple(held)))
    if not isinstance(timeline, Timeline):
        return None
    again = cook(before.order, decisions, version=version, timeline=timeline)
    return again if len(blocking(again.findings)) <= len(blocking(before.findings)) else None


def _keeps(plan: CateringPlan, base: str, ready: datetime, taker: CateringPlan) -> bool:
    """Whether a base keeps until the taker's last service is over."""
    made = next(one for one in plan.bases if one.name == base)
    assert made.recipe is not None
    recipe = loaded(made.recipe, made.loads)
    served = [block.end for block in taker.timeline.blocks if block.kind == "serve"]
    until = max(served, default=taker.order.event.service_at)
    return until - ready <= timedelta(minutes=min(keeps(recipe.steps[-1]), _LONGEST))


_LONGEST = 7 * 24 * 60
"""Minutes that anything made ahead is relied on at most, whatever its recipe leaves open: Food Code 3-501.17 (7 d)."""


def _is_there(plans: Plans, event: str) -> bool:
    """Whether all that an event takes is begun and done at the other when it relies on it."""
    for decided in plans[event].decisions:
        if isinstance(decided.decision, TakeMade):
            taken = decided.decision
            work = _work(plans[taken.event], taken.base) if taken.event in plans else None
            if work is None or work.ready > taken.ready or work.begun < taken.begun:
                return False
    return True
