"""Money adds up: every component, the total, what it is per guest, and what the budget says to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.purchasing.buying import tapped, to_cents
from catering_cli.domain.costing import Costing, CostKind
from catering_cli.domain.finding import Finding
from catering_cli.domain.quantity import exact
from catering_cli.domain.site import Budget


def sums(evidence: Evidence) -> Findings:
    """The lines add up to the total exactly; food and labour are what shopping and staffing say."""
    costing = evidence.plan.costing
    total = sum((line.amount for line in costing.lines), Decimal(0))
    if costing.total is None:
        if costing.lines and total:
            yield found("blocking", "plan.costing.total", "there are costs, but no total", "", total)
    elif costing.total != total:
        yield found("blocking", "plan.costing.total", "not the sum of its lines", costing.total, total)
    wages = [line.cost for line in evidence.plan.staffing if line.cost is not None]
    due = {
        "food": evidence.plan.shopping.cost or Decimal(0),
        "labour": sum(wages, Decimal(0)),
    }
    for kind, amount in due.items():
        said = sum((line.amount for line in costing.lines if line.kind == kind), Decimal(0))
        if said != amount:
            where = _first(costing, kind)
            yield found("blocking", where, f"{kind} costs another sum elsewhere in the plan", said, amount)
    yield from _contingency(evidence)
    if costing.total is not None:
        due_each = to_cents(Fraction(costing.total) / max(evidence.plan.headcount.set_for, 1))
        if costing.per_guest != due_each:
            message = "not the total over the guests that places are set for"
            yield found("blocking", "plan.costing.per_guest", message, costing.per_guest, due_each)


def _first(costing: Costing, kind: str) -> str:
    """Path of the first line of a kind."""
    places = (f"plan.costing.lines[{i}].amount" for i, line in enumerate(costing.lines) if line.kind == kind)
    return next(places, "plan.costing.lines")


def _contingency(evidence: Evidence) -> Iterator[Finding]:
    """The reserve is the order's percentage of everything else."""
    lines, given = evidence.plan.costing.lines, evidence.order.budget or Budget()
    others = sum((line.amount for line in lines if line.kind != "contingency"), Decimal(0))
    said = sum((line.amount for line in lines if line.kind == "contingency"), Decimal(0))
    due = to_cents(Fraction(others) * exact(given.contingency_percent) / 100) if others else Decimal(0)
    if said != due:
        where = _first(evidence.plan.costing, "contingency")
        yield found("blocking", where, "not the order's reserve on the other costs", said, due)


def others(evidence: Evidence) -> Findings:
    """Rentals and transport cost what the order's supply asks for them, by number and by trip."""
    order, costing = evidence.order, evidence.plan.costing
    prices = {row.item.strip().casefold(): Fraction(row.price) for row in order.supply if row.price is not None}
    rentals = sum((to_cents(prices[one.item.casefold()] * one.count) for one in evidence.plan.equipment.ware
                   if one.item.casefold() in prices), Decimal(0))  # fmt: skip
    vehicles = [leg.vehicle for leg in order.legs] or (["van"] if order.event.travel_minutes else [])
    transport = Decimal(0)
    for vehicle in dict.fromkeys(vehicles):
        price = prices.get(vehicle.casefold(), prices.get("transport"))
        transport += to_cents(price * vehicles.count(vehicle)) if price is not None else Decimal(0)
    kinds: tuple[tuple[CostKind, Decimal], ...] = (("rentals", rentals), ("transport", transport))
    for kind, due in kinds:
        said = sum((line.amount for line in costing.lines if line.kind == kind), Decimal(0))
        if said != due:
            yield found("blocking", _first(costing, kind), f"{kind}: not what the order's supply asks", said, due)


def unpriced(evidence: Evidence) -> Findings:
    """Where anything has no price the total says 'at least', and the things are named."""
    costing, shopping = evidence.plan.costing, evidence.plan.shopping
    lacking = {line.item for line in shopping.lines if line.cost is None and not tapped(evidence, line)}
    wages = {line.role for line in evidence.plan.staffing if line.cost is None and line.hours != "0"}
    lacking |= wages
    order = evidence.order
    if (order.legs or order.event.travel_minutes) and not any(line.kind == "transport" for line in costing.lines):
        lacking.add("transport")
    if lacking and costing.total is not None and not costing.at_least:
        message = f"without a price: {', '.join(sorted(lacking)[:5])}; the total is 'at least'"
        yield found("blocking", "plan.costing.at_least", message, costing.at_least, "true")
    for item in sorted(lacking - set(costing.unpriced)):
        yield found("blocking", "plan.costing.unpriced", f"{item} has no price and is not named", "", item)
    for item in sorted(set(costing.unpriced) - lacking):
        yield found("blocking", "plan.costing.unpriced", f"{item} is named as unpriced and has a price", item)


def budget(evidence: Evidence) -> Findings:
    """The budget is the order's; what is over it is said, and is a warning."""
    costing, given = evidence.plan.costing, evidence.order.budget
    limit = None
    if given is not None:
        limits = [given.total] if given.total is not None else []
        if given.per_guest is not None:
            limits.append(to_cents(Fraction(given.per_guest) * evidence.plan.headcount.set_for))
        limit = min(limits, default=None)
        if costing.currency != given.currency:
            yield found("blocking", "plan.costing.currency", "not the order's", costing.currency, given.currency)
    if costing.budget != limit:
        yield found("blocking", "plan.costing.budget", "not the order's budget", costing.budget, limit)
    food = sum((line.amount for line in costing.lines if line.kind == "food"), Decimal(0))
    share = float(round(Fraction(food) * 100 / Fraction(limit), 1)) if limit and food else None
    if costing.food_percent != share:
        message = "not the food's share of the budget, to a tenth"
        yield found("warning", "plan.costing.food_percent", message, costing.food_percent, share)
    over = None
    if limit is not None and costing.total is not None and costing.total > limit:
        over = costing.total - limit
        fix = "a cheaper dish, fewer extras, or a word with the client"
        message = f"the plan costs {over} {costing.currency} more than the budget"
        yield found("warning", "plan.costing.total", message, costing.total, limit, fix=fix)
    if (costing.over_budget or None) != over:
        yield found("blocking", "plan.costing.over_budget", "not the total less the budget", costing.over_budget, over)


CHECKS = {"costing.sums": sums, "costing.others": others, "costing.unpriced": unpriced, "costing.budget": budget}
