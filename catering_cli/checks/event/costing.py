"""Money adds up: every component, the total, what it is per guest, and what the budget says to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import tapped
from catering_cli.checks.reference.numbers import to_cents
from catering_cli.domain.money import CostKind
from catering_cli.domain.quantity import exact
from catering_cli.domain.site import Budget

NOTHING = Decimal(0)


def _of_kind(evidence: Evidence, kind: CostKind) -> Decimal:
    return sum((line.amount for line in evidence.plan.costing.lines if line.kind == kind), NOTHING)


def _kinds_due(evidence: Evidence) -> Iterator[tuple[CostKind, Decimal]]:
    """What each kind of cost adds up to elsewhere in the plan, or by the order."""
    order, plan = evidence.order, evidence.plan
    prices = {row.item.strip().casefold(): Fraction(row.price) for row in order.supply if row.price is not None}
    yield "food", plan.shopping.cost or NOTHING
    yield "labour", sum((line.cost for line in plan.staffing if line.cost is not None), NOTHING)
    rented = [to_cents(prices[one.item.casefold()] * one.count) for one in plan.equipment.ware
              if one.item.casefold() in prices]  # fmt: skip
    yield "rentals", sum(rented, NOTHING)
    vehicles = [leg.vehicle for leg in order.legs] or (["van"] if order.event.travel_minutes else [])
    trips = NOTHING
    for vehicle in dict.fromkeys(vehicles):
        price = prices.get(vehicle.casefold(), prices.get("transport"))
        if price is not None:
            trips += to_cents(price * vehicles.count(vehicle))
    yield "transport", trips
    others = sum((line.amount for line in plan.costing.lines if line.kind != "contingency"), NOTHING)
    percent = exact((order.budget or Budget()).contingency_percent)
    yield "contingency", to_cents(Fraction(others) * percent / 100) if others else NOTHING


def sums(evidence: Evidence) -> Findings:
    """Each kind of cost is what the plan and the order make it, and the lines add up to the total exactly."""
    costing = evidence.plan.costing
    for kind, due in _kinds_due(evidence):
        said = _of_kind(evidence, kind)
        if said != due:
            first = next((i for i, line in enumerate(costing.lines) if line.kind == kind), None)
            where = "plan.costing.lines" if first is None else f"plan.costing.lines[{first}].amount"
            yield found("blocking", where, f"{kind} costs another sum elsewhere in the plan", said, due)
    total = sum((line.amount for line in costing.lines), NOTHING)
    expected = {"costing.total": total if total or costing.total is not None else None}
    if costing.total is not None:
        set_for = max(evidence.plan.headcount.set_for, 1)
        expected["costing.per_guest"] = to_cents(Fraction(costing.total) / set_for)
    yield from compare(expected, evidence.plan, {"": "blocking"})


def unpriced(evidence: Evidence) -> Findings:
    """If anything has no price the total says 'at least', and the things are named."""
    plan, order = evidence.plan, evidence.order
    lacking = {line.item for line in plan.shopping.lines if line.cost is None and not tapped(evidence, line)}
    lacking |= {line.role for line in plan.staffing if line.cost is None and line.hours != "0"}
    travels = bool(order.legs or order.event.travel_minutes)
    if travels and not any(line.kind == "transport" for line in plan.costing.lines):
        lacking.add("transport")
    at_least = bool(lacking) if plan.costing.total is not None else plan.costing.at_least
    yield from compare({"costing.at_least": at_least}, plan, {"": "blocking"})
    for item in sorted(lacking ^ set(plan.costing.unpriced)):
        message = f"{item} has no price and is not named" if item in lacking else f"{item} is named, and has a price"
        yield found("blocking", "plan.costing.unpriced", message, item)


def budget(evidence: Evidence) -> Findings:
    """The budget is the order's; what is over it is said, and is a warning."""
    costing, given = evidence.plan.costing, evidence.order.budget
    limit = _limit(evidence)
    over = None
    if limit is not None and costing.total is not None and costing.total > limit:
        over = costing.total - limit
        fix = "a cheaper dish, fewer extras, or a word with the client"
        message = f"the plan costs {over} {costing.currency} more than the budget"
        yield found("warning", "plan.costing.total", message, costing.total, limit, fix=fix)
    food = _of_kind(evidence, "food")
    share = float(round(Fraction(food) * 100 / Fraction(limit), 1)) if limit and food else None
    expected = {
        "costing.currency": (given or Budget()).currency,
        "costing.budget": limit,
        "costing.food_percent": share,
        "costing.over_budget": over,
    }
    yield from compare(expected, evidence.plan, {"": "blocking", "costing.food_percent": "warning"})


def _limit(evidence: Evidence) -> Decimal | None:
    """The lower of the order's two budgets: in all, and per guest."""
    given = evidence.order.budget
    if given is None:
        return None
    limits = [given.total] if given.total is not None else []
    if given.per_guest is not None:
        limits.append(to_cents(Fraction(given.per_guest) * evidence.plan.headcount.set_for))
    return min(limits, default=None)


CHECKS = {"costing.sums": sums, "costing.unpriced": unpriced, "costing.budget": budget}
