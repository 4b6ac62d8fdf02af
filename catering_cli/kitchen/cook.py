"""`cook`: the only way a plan is made. A pure function of an order and decisions, in stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catering_cli.domain.decision import Critique, Decided, Overview
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.diets import Diets
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import PackLine
from catering_cli.domain.plan_parts.shopping import Shopping
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.day import stores
from catering_cli.kitchen.dietary import combined_needs, step_foods
from catering_cli.kitchen.dietary import matrix as diets
from catering_cli.kitchen.event import (
    assumptions,
    contingency,
    costing,
    equipment,
    open_items,
    packing,
    per_guest,
    run_of_service,
    texts,
    vehicles,
    venue_kit,
)
from catering_cli.kitchen.event import staffing as staff
from catering_cli.kitchen.event.notes import proposals, sentences
from catering_cli.kitchen.menu import dishes as menu
from catering_cli.kitchen.menu import learnt, shape
from catering_cli.kitchen.menu import services as occasion
from catering_cli.kitchen.menu.decisions import DecisionIndex, fold, of_house
from catering_cli.kitchen.purchasing import offers
from catering_cli.kitchen.purchasing import shopping as buy
from catering_cli.kitchen.safety import haccp, hazards
from catering_cli.kitchen.serving import bar_hours, loads, portions
from catering_cli.kitchen.serving.made_bases import begun_elsewhere, made_bases


def cook(
    order: Order,
    decisions: Sequence[Decided] = (),
    *,
    version: str = "",
    timeline: Timeline | None = None,
    remedies: bool = True,
) -> CateringPlan:
    """The plan that follows from `order` and `decisions`; same input, same plan, byte for byte.

    With `timeline` a schedule made elsewhere stands, and the stages after it follow from that one. Without `remedies`
    it is not tried what would feed the unfed and make an impossible day work, nor proven that no day works: enough for
    a plan that is only compared.

    What the kitchen itself could not settle is in `findings`; what the checks say of the plan is added
    when they are run.
    """
    asked = order
    ready = prepared(order, decisions)
    order, view, items, _, served, dishes = ready
    headcount = occasion.headcount(order)
    shopping = buy.shopping(order, items, dishes, view)
    fed = _with_shortages(ready, decisions, shopping, remedies=remedies) if served.unfed else served.diets
    timeline = timeline or scheduled(order, dishes, view, remedies=remedies)
    bases = made_bases(order, dishes, view)
    shopping = offers.before_use(shopping, dishes, bases, timeline, begun_elsewhere(view))
    staffing = staff.staff(order, dishes, timeline, view)
    things = equipment.equipment(order, headcount, dishes, timeline)
    services = run_of_service.services(order, dishes, fed)
    packed = (*packing.packing(order, dishes, things, fed), *venue_kit.lines(order, dishes, timeline))
    plan = CateringPlan(
        version=version,
        order=asked,
        decisions=with_own(asked, decisions),
        headcount=headcount,
        overview=view.one(Overview),
        critique=view.one(Critique),
        menu=dishes,
        bases=bases,
        diets=fed,
        shopping=shopping,
        timeline=timeline,
        equipment=things,
        staffing=staffing,
        service=services,
        safety=haccp.safety(order, dishes, timeline, bases),
        packing=(*packed, *vehicles.cars(order, dishes, timeline)),
        costing=costing.costing(order, headcount, shopping, staffing, things, timeline),
        contingency=contingency.contingency(order, headcount, dishes, staffing),
        assumptions=(*assumptions.assumptions(order), *learnt.assumptions(order, view)),
        texts=texts.texts(order, headcount, dishes, fed, timeline, view),
        proposals=proposals.proposals(order, view, sentences.sentences(order.notes)),
    )
    return plan.model_copy(update={"findings": tuple(_findings(ready, plan, packed))})


def _findings(ready: Prepared, plan: CateringPlan, packed: Sequence[PackLine]) -> Iterator[Finding]:
    """What the kitchen could not settle by itself. `packed`: all that is driven, but for the vehicles."""
    order, view, items, matrix, _, dishes = ready
    yield from open_items.reports(order, items, dishes, plan.timeline, view)
    yield from step_foods.questions(items, matrix.brought)
    yield from loads.reports(dishes)
    yield from bar_hours.reports(order, items)
    yield from venue_kit.findings(order, dishes, plan.timeline)
    yield from vehicles.findings(order, dishes, plan.timeline, packed)
    yield from staff.called_in(plan.timeline)
    yield from stores.too_full(order, dishes, plan.timeline)
    yield from hazards.hazard_reports(order, dishes, plan.timeline)
    yield from combined_needs.asked_of_both(order, items, plan.diets.rows)
    yield from per_guest.of_counts(order, dishes, plan.diets, plan.service)
    yield from offers.not_understood(order, plan.shopping)
    yield from offers.not_compared(plan.shopping)


class Prepared(NamedTuple):
    """What is known before the day is scheduled."""

    order: Order
    """with its menu as decisions shape it"""
    view: DecisionIndex
    items: Sequence[menu.MenuDish]
    matrix: diets.Matrix
    served: portions.Served
    dishes: Sequence[Dish]


def prepared(order: Order, decisions: Sequence[Decided] = ()) -> Prepared:
    """The first stages of a plan: the menu as decided, who is fed what, and the scaled dishes."""
    view = fold(order, decisions)
    order = shape.shaped(order, view)
    items = menu.dishes(order, view)
    matrix = diets.matrix(order, items, view)
    served = portions.serve(order, items, matrix, view)
    return Prepared(order, view, items, matrix, served, portions.scaled(order, items, served, view))


def with_own(order: Order, decisions: Sequence[Decided]) -> tuple[Decided, ...]:
    """All decisions of a plan: the house's, those given, then the client's own that are not among them."""
    house = [one for one in of_house(order) if one not in decisions]
    held = [one.decision for one in decisions if one.by == "client"]
    own = [Decided(decision=decision, by="client") for decision in order.decisions if decision not in held]
    return (*house, *decisions, *own)


def scheduled(
    order: Order, dishes: Sequence[Dish], view: DecisionIndex, *, solve: float = 0, remedies: bool = True
) -> Timeline:
    """The day of scaled dishes; a day that cannot work says why and, with `remedies`, what would make it work.

    `solve` is the deterministic work that CP-SAT may spend on a better schedule.
    """
    from catering_cli.kitchen.day import timeline as day  # late: a plan that brings its timeline needs no scheduler

    found = day.schedule(order, dishes, view, solve=solve, prove=remedies)
    if isinstance(found, Timeline):
        return _steadied(order, dishes, view, found) if remedies and day.is_unsteady(found) else found
    from catering_cli.kitchen.repairs import impossible

    return impossible.explained(order, dishes, view, found, remedies=remedies)


def _steadied(order: Order, dishes: Sequence[Dish], view: DecisionIndex, found: Timeline) -> Timeline:
    from catering_cli.kitchen.repairs import unsteady  # late: needed only if the day blocks

    return unsteady.with_repairs(order, dishes, view, found)


def _with_shortages(ready: Prepared, decisions: Sequence[Decided], shopping: Shopping, *, remedies: bool) -> Diets:
    from catering_cli.kitchen.repairs import feeding  # late: needed only if a guest is unfed

    table = feeding.ServedNow(ready.order, decisions, ready.view, ready.items, ready.served, shopping)
    return ready.served.diets.model_copy(update={"shortages": feeding.shortages(table, remedies=remedies)})
