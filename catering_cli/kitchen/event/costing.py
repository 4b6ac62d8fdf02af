"""What it costs: every component a line in cents that add up to the total; nothing is priced that has no price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from catering_cli.domain.basis import Basis
from catering_cli.domain.costing import Costing, CostKind, CostLine
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.people import Equipment, StaffLine
from catering_cli.domain.plan import Headcount
from catering_cli.domain.shopping import Shopping
from catering_cli.domain.site import Budget


def costing(
    order: Order, headcount: Headcount, shopping: Shopping, staffing: Sequence[StaffLine], equipment: Equipment
) -> Costing:
    """Food, labour, rentals, transport, contingency; the total is 'at least' where something has no price."""
    budget = order.budget or Budget()
    lines = [*_food(shopping), *_labour(staffing), *_rentals(order, equipment), *_transport(order)]
    unpriced = [*shopping.unpriced, *(line.role for line in staffing if line.cost is None and line.hours != "0")]
    if _travels(order) and not any(line.kind == "transport" for line in lines):
        unpriced.append("transport")
    subtotal = sum((line.amount for line in lines), Decimal(0))
    if lines and budget.contingency_percent:
        amount = cents(Fraction(subtotal) * budget.contingency_percent / 100)
        inputs = {"percent": str(budget.contingency_percent), "subtotal": str(subtotal)}
        lines.append(_cost_line("contingency", "contingency", amount, inputs))
    total = sum((line.amount for line in lines), Decimal(0)) if lines else None
    limit = _limit(budget, headcount)
    food = sum((line.amount for line in lines if line.kind == "food"), Decimal(0))
    return Costing(
        currency=budget.currency,
        lines=tuple(lines),
        total=total,
        at_least=bool(unpriced) and total is not None,
        unpriced=tuple(unpriced),
        per_guest=cents(Fraction(total) / headcount.set_for) if total is not None else None,
        budget=limit,
        over_budget=total - limit if total is not None and limit is not None and total > limit else None,
        food_percent=float(round(Fraction(food) * 100 / Fraction(limit), 1)) if limit and food else None,
    )


def _food(shopping: Shopping) -> Iterator[CostLine]:
    """One line a department."""
    departments: dict[str, list[Decimal]] = {}
    for line in shopping.lines:
        if line.cost is not None:
            departments.setdefault(line.department, []).append(line.cost)
    for department in sorted(departments):
        costs = departments[department]
        yield _cost_line("food", department, sum(costs, Decimal(0)), {"lines": str(len(costs))})


def _labour(staffing: Sequence[StaffLine]) -> Iterator[CostLine]:
    for line in staffing:
        if line.cost is not None and line.rate is not None:
            yield _cost_line("labour", line.role, line.cost, {"hours": line.hours, "rate": str(line.rate)})


def _rentals(order: Order, equipment: Equipment) -> Iterator[CostLine]:
    """Ware that has a price in the order's supply; other ware is taken as the house's own."""
    prices = {row.item.strip().casefold(): row.price for row in order.supply if row.price is not None}
    for ware in equipment.ware:
        price = prices.get(ware.item.casefold())
        if price is not None:
            amount = cents(Fraction(price) * ware.count)
            yield _cost_line("rentals", ware.item, amount, {"count": str(ware.count), "price": str(price)})


def _transport(order: Order) -> Iterator[CostLine]:
    """Trips at the supply price of the vehicle, or of 'transport'."""
    prices = {row.item.strip().casefold(): row.price for row in order.supply if row.price is not None}
    vehicles = [leg.vehicle for leg in order.legs] or (["van"] if order.event.travel_minutes else [])
    for vehicle in dict.fromkeys(vehicles):
        price = prices.get(vehicle.casefold(), prices.get("transport"))
        if price is not None:
            trips = vehicles.count(vehicle)
            amount = cents(Fraction(price) * trips)
            yield _cost_line("transport", vehicle, amount, {"trips": str(trips), "price": str(price)})


def _cost_line(kind: CostKind, label: str, amount: Decimal, inputs: dict[str, str]) -> CostLine:
    basis = Basis(rule=f"cost.{kind}", inputs=inputs)
    return CostLine(kind=kind, label=label, basis=basis.sentence(), derivation=basis, amount=amount)


def _travels(order: Order) -> bool:
    return bool(order.legs or order.event.travel_minutes)


def _limit(budget: Budget, headcount: Headcount) -> Decimal | None:
    """The lower of the budget's total and its amount per guest."""
    limits = [budget.total] if budget.total is not None else []
    if budget.per_guest is not None:
        limits.append(cents(budget.per_guest * headcount.set_for))
    return min(limits, default=None)
