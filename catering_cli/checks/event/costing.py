"""Money adds up: every component, the total, what it is per guest, and what the budget says to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from catering_cli.checks.compare import BLOCKING, compare, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.decisions import fold, unpriced_foods
from catering_cli.checks.reference.usage import is_loaded
from catering_cli.domain.money import CostLine, cents
from catering_cli.domain.order_parts.site import Budget
from catering_cli.domain.quantity import exact

NOTHING = Decimal(0)


class Component(NamedTuple):
    """What a line of the costs is of."""

    kind: str
    label: str


def _sum(lines: Iterable[CostLine]) -> Decimal:
    return sum((line.amount for line in lines), NOTHING)


def _vehicles(evidence: Evidence) -> list[str]:
    """The vehicle of each drive that leaves with a load."""
    to = {leg.to: leg.vehicle for leg in evidence.order.legs}
    return [to.get(drive.place, "van") for drive in evidence.work("drive") if is_loaded(evidence, drive)]


def _components(evidence: Evidence) -> Iterator[tuple[Component, Decimal]]:
    """What things cost elsewhere in the plan, or by the order."""
    plan = evidence.plan
    prices = {fold(row.item): Fraction(row.price) for row in evidence.order.supply if row.price is not None}
    for bought in plan.shopping.lines:
        if bought.cost is not None:
            yield Component("food", bought.department), bought.cost
    for called in plan.staffing:
        if called.cost is not None:
            yield Component("labour", called.role), called.cost
    for ware in plan.equipment.ware:
        if ware.item.casefold() in prices:
            yield Component("rentals", ware.item), cents(prices[ware.item.casefold()] * ware.count)
    for vehicle, trips in Counter(_vehicles(evidence)).items():
        price = prices.get(vehicle.casefold(), prices.get("transport"))
        if price is not None:
            yield Component("transport", vehicle), cents(price * trips)


def sums(evidence: Evidence) -> Findings:
    """Each component costs what the plan and the order make it, and the lines add up to the total exactly."""
    costing, percent = evidence.plan.costing, (evidence.order.budget or Budget()).contingency_percent
    due: dict[Component, Decimal] = {}
    for component, amount in _components(evidence):
        due[component] = due.get(component, NOTHING) + amount
    if due and percent:
        subtotal = sum(map(Fraction, due.values()))
        due[Component("contingency", "contingency")] = cents(subtotal * exact(percent) / 100)
    amounts = {component: {"amount": amount} for component, amount in due.items()}
    yield from compare_rows(placed("plan.costing.lines", costing.lines), ("kind", "label"), amounts, BLOCKING)
    total = _sum(costing.lines) if costing.lines else None
    guests = max(evidence.plan.headcount.set_for, 1)
    per_guest = None if total is None else cents(Fraction(total) / guests)
    yield from compare({"costing.total": total, "costing.per_guest": per_guest}, evidence.plan, BLOCKING)


def unpriced(evidence: Evidence) -> Findings:
    """If anything has no price the total says 'at least', and the things are named."""
    lacking = frozenset(_unpriced(evidence))
    at_least = bool(lacking) and evidence.plan.costing.total is not None
    expected = {"costing.at_least": at_least, "costing.unpriced": lacking}
    yield from compare(expected, evidence.plan, BLOCKING)


def _unpriced(evidence: Evidence) -> Iterator[str]:
    """Foods that are bought, roles with paid hours, and transport that have no price."""
    plan = evidence.plan
    yield from unpriced_foods(evidence)
    unpaid = [line for line in plan.staffing if line.cost is None]
    yield from (line.role for line in unpaid if line.hours != "0")
    if _vehicles(evidence) and all(line.kind != "transport" for line in plan.costing.lines):
        yield "transport"


def budget(evidence: Evidence) -> Findings:
    """The budget is the order's; what is over it is said, and is a warning."""
    costing, limit = evidence.plan.costing, _limit(evidence)
    over = None
    if limit is not None and costing.total is not None and costing.total > limit:
        over = costing.total - limit
        fix = "a cheaper dish, fewer extras, or a word with the client"
        message = f"the plan costs {over} {costing.currency} more than the budget"
        yield found("warning", "plan.costing.total", message, costing.total, limit, fix=fix)
    food = _sum(line for line in costing.lines if line.kind == "food")
    share = float(round(Fraction(food) * 100 / Fraction(limit), 1)) if limit and food else None
    expected = {
        "costing.currency": (evidence.order.budget or Budget()).currency,
        "costing.budget": limit,
        "costing.food_percent": share,
        "costing.over_budget": over,
    }
    yield from compare(expected, evidence.plan, BLOCKING)


def _limit(evidence: Evidence) -> Decimal | None:
    """The lower of the order's two budgets: in all, and per guest."""
    given = evidence.order.budget or Budget()
    per_guest = given.per_guest
    each = None if per_guest is None else cents(Fraction(per_guest) * evidence.plan.headcount.set_for)
    return min((limit for limit in (given.total, each) if limit is not None), default=None)


CHECKS = {"costing.sums": sums, "costing.unpriced": unpriced, "costing.budget": budget}
