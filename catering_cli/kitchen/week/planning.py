"""The week: one event after the other, each round those before it, in the order in which most of them can be had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from catering_cli.domain.decision import Decided
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import Stock
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.cook import Prepared, cook, prepared, with_own
from catering_cli.kitchen.day.standing import Held, Standing
from catering_cli.kitchen.day.timeline import Infeasible, schedule
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.kitchen.purchasing.needs import base_unit
from catering_cli.kitchen.purchasing.offers import product_names
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.week.held import held_by_plan
from catering_cli.kitchen.week.sharing import with_shared_bases
from catering_cli.scheduling.problem import Resource


class Given(NamedTuple):
    """An event as it comes: its order with the house read into it, and what was decided."""

    id: str
    order: Order
    decisions: tuple[Decided, ...] = ()
    before: CateringPlan | None = None
    """its plan of the week before: it stays as it is if order, decisions and what is left in stock are the same"""


class Cooked(NamedTuple):
    """The plans of a week by event, and what is to be said of them together."""

    plans: Mapping[str, CateringPlan]
    findings: tuple[Finding, ...]


def cook_week(events: Sequence[Given], version: str = "", *, share: bool = False) -> Cooked:
    """A plan for each event, so that all can be worked in one house. Pure and deterministic.

    Planned is in order of service; if an event then finds no place, once more with those that found none first, and
    the better week stands. Who still finds none has the plan that it would have alone, and a blocking finding.
    With `share` a base recipe is made once for the events that it keeps for.
    """
    in_order = sorted(events, key=lambda one: (one.before is None, _begins(one), one.id))
    week = _Week(in_order, version)
    if week.crowded and len(week.crowded) < len(events):
        names = set(week.crowded)
        again = _Week(sorted(in_order, key=lambda one: (one.before is None, one.id not in names)), version)
        week = min(week, again, key=lambda one: len(one.crowded))
    findings = tuple(week.crowded[name] for name in sorted(week.crowded))
    plans: Mapping[str, CateringPlan] = {one.id: week.plans[one.id] for one in events}
    if share:
        plans = with_shared_bases(plans, [one.id for one in events if one.id not in week.crowded], version)
    return Cooked(plans, findings)


def _is_plan_of(plan: CateringPlan, order: Order, decisions: Sequence[Decided]) -> bool:
    """Whether a plan is of this very order, with these decisions."""
    same_order = plan.order.model_dump_json(exclude_unset=True) == order.model_dump_json(exclude_unset=True)
    return same_order and plan.decisions == with_own(order, decisions)


def _begins(event: Given) -> str:
    return event.order.event.service_at.isoformat()


class _Week:
    """One pass over the events."""

    def __init__(self, events: Sequence[Given], version: str) -> None:
        self.version = version
        self.plans: dict[str, CateringPlan] = {}
        self.crowded: dict[str, Finding] = {}
        self.stock = _Stock()
        for event in events:
            self.plans[event.id] = self._planned(event)
            self.stock.take(self.plans[event.id])

    def _planned(self, event: Given) -> CateringPlan:
        order = self.stock.left_of(event.order)
        if event.before is not None and _is_plan_of(event.before, order, event.decisions):
            return event.before
        ready = prepared(order, event.decisions)
        others = tuple(self._held(order))
        timeline = schedule(ready.order, ready.dishes, ready.view, standing=Standing(others))
        if isinstance(timeline, Timeline):
            return cook(order, event.decisions, version=self.version, timeline=timeline)
        alone = cook(order, event.decisions, version=self.version)
        if alone.timeline.status == "scheduled":
            self.crowded[event.id] = _crowded(event, ready, others, timeline, self._beside(alone))
        return alone

    def _held(self, order: Order) -> Iterator[Held]:
        """What the events before hold, as this one calls it."""
        base = base_id(order)
        for name, plan in self.plans.items():
            if plan.timeline.status == "scheduled" and name not in self.crowded:
                yield from held_by_plan(plan, base)

    def _beside(self, plan: CateringPlan) -> list[str]:
        """The events at work while a plan is worked."""
        mine = plan.timeline
        names = []
        for name, other in self.plans.items():
            if _meet(mine, other.timeline):
                names.append(name)
        return names


def _meet(one: Timeline, other: Timeline) -> bool:
    """Whether two days are worked at the same time."""
    if not (one.first_start and one.last_end and other.first_start and other.last_end):
        return False
    return other.first_start < one.last_end and one.first_start < other.last_end


def _crowded(event: Given, ready: Prepared, others: tuple[Held, ...], failed: Infeasible, beside: list[str]) -> Finding:
    """What is said of an event that finds no place beside the others, with one more of what helps, tried."""
    failure = failed.failed.failure
    blocked = sorted(failure.blocked) if failure else []
    helps = next((one for one in blocked if _fits_with(ready, others, one)), None)
    names = ", ".join(beside) or "the others"
    short = ", ".join(one.name.replace("_", " ") for one in blocked) or "time"
    if helps is not None:
        fix = f"one more {helps.name.replace('_', ' ')} for this event (tried: then it fits), or another day"
    else:
        fix = "another day, more of the work the day before, or another kitchen"
    return Finding(
        severity="blocking",
        rule="week.kitchen",
        where=f"week.{event.id}",
        message=f"it does not fit into the house beside {names}: its plan is the one that it would have alone",
        value=f"short of {short}",
        fix=fix,
    )


def _fits_with(ready: Prepared, others: tuple[Held, ...], more: Resource) -> bool:
    """Whether the event fits if one unit of a resource were its own."""
    freed = tuple(replace(one, count=one.count - 1) if one.resource == more else one for one in others)
    found = schedule(ready.order, ready.dishes, ready.view, standing=Standing(freed))
    return isinstance(found, Timeline)


class _Stock:
    """What the events before leave in the house."""

    def __init__(self) -> None:
        self.used: dict[str, Quantity] = {}

    def take(self, plan: CateringPlan) -> None:
        """Remember what a plan needs of what is in stock, as purchased."""
        for line in plan.shopping.lines:
            if line.on_hand is not None:
                need = line.as_purchased.quantity
                self.used[line.item] = _sum(self.used.get(line.item), need)

    def left_of(self, order: Order) -> Order:
        """The order with the stock that is left for it."""
        used = dict(self.used)
        left: list[Stock] = []
        for row in order.on_hand:
            left += _rest(row, used, order.system)
        return order if tuple(left) == order.on_hand else order.model_copy(update={"on_hand": tuple(left)})


def _sum(before: Quantity | None, more: Quantity) -> Quantity:
    return Quantity.of((before.high if before else 0) + more.high, more.unit)


def _rest(row: Stock, used: dict[str, Quantity], system: str) -> list[Stock]:
    """What is left of a row; nothing if what was used cannot be compared with it, so that none is counted twice."""
    name = next((one for one in used if one in product_names(row)), None)
    if name is None:
        return [row]
    unit, size = base_unit(units.find(row.quantity.unit, system))
    if unit != used[name].unit:
        return []
    there = row.quantity.low * size
    taken = min(there, used[name].high)
    used[name] = Quantity.of(used[name].high - taken, unit)
    rest = Quantity.of((there - taken) / size, row.quantity.unit)
    return [row.model_copy(update={"quantity": rest})] if there > taken else []
