"""What it costs: each component is a line in cents, the lines add up to the total; what has no price is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from catering_cli.domain.basis import Basis
from catering_cli.domain.money import Costing, CostKind, CostLine, cents
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import Budget
from catering_cli.domain.plan import Headcount
from catering_cli.domain.plan_parts.people import Equipment, StaffLine
from catering_cli.domain.plan_parts.shopping import Shopping
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.menu.prices import price_by_item


def costing(
    order: Order,
    headcount: Headcount,
    shopping: Shopping,
    staffing: Sequence[StaffLine],
    equipment: Equipment,
    timeline: Timeline,
) -> Costing:
    """Food, labour, rentals, transport, contingency; the total is 'at least' if something has no price."""
    budget = order.budget or Budget()
    prices = _prices(order)
    vehicles = _vehicles(order, timeline)
    lines = [*_food(shopping), *_labour(staffing), *_rentals(prices, equipment), *_transport(prices, vehicles)]
    unpriced = tuple(_unpriced(vehicles, shopping, staffing, lines))
    if lines and budget.contingency_percent:
        lines.append(_contingency(budget, _sum(lines)))
    total = _sum(lines) if lines else None
    limit = _limit(budget, headcount)
    return Costing(
        currency=budget.currency,
        lines=tuple(lines),
        total=total,
        at_least=bool(unpriced) and total is not None,
        unpriced=unpriced,
        per_guest=None if total is None else cents(Fraction(total) / headcount.set_for),
        budget=limit,
        over_budget=_over(total, limit),
        food_percent=_percent(_sum(line for line in lines if line.kind == "food"), limit),
    )


def _sum(lines: Iterable[CostLine]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def _over(total: Decimal | None, limit: Decimal | None) -> Decimal | None:
    """By how much the total is over the limit; None if it is not."""
    if total is None or limit is None or total <= limit:
        return None
    return total - limit


def _percent(food: Decimal, limit: Decimal | None) -> float | None:
    """Food as a share of the budget, to a tenth of a percent."""
    if not food or not limit:
        return None
    return float(round(Fraction(food) * 100 / Fraction(limit), 1))


def _unpriced(
    vehicles: Sequence[str],
    shopping: Shopping,
    staffing: Sequence[StaffLine],
    lines: Sequence[CostLine],
) -> Iterator[str]:
    """Foods, roles with paid hours, and transport that have no price."""
    yield from shopping.unpriced
    for line in staffing:
        if line.cost is None and line.hours != "0":
            yield line.role
    if vehicles and all(line.kind != "transport" for line in lines):
        yield "transport"


def _contingency(budget: Budget, subtotal: Decimal) -> CostLine:
    """The allowance on all priced costs."""
    amount = cents(Fraction(subtotal) * budget.contingency_percent / 100)
    inputs = {"percent": str(budget.contingency_percent), "subtotal": str(subtotal)}
    return _cost_line("contingency", "contingency", amount, inputs)


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


def _prices(order: Order) -> Mapping[str, Decimal]:
    """Prices of the order's supply by item, case aside."""
    return price_by_item(order)


def _rentals(prices: Mapping[str, Decimal], equipment: Equipment) -> Iterator[CostLine]:
    """Ware that has a price; other ware is taken as the house's own."""
    for ware in equipment.ware:
        price = prices.get(ware.item.casefold())
        if price is not None:
            amount = cents(Fraction(price) * ware.count)
            yield _cost_line("rentals", ware.item, amount, {"count": str(ware.count), "price": str(price)})


def _transport(prices: Mapping[str, Decimal], vehicles: Sequence[str]) -> Iterator[CostLine]:
    """Trips at the price of the vehicle, or of 'transport'."""
    for vehicle, trips in Counter(vehicles).items():
        price = prices.get(vehicle.casefold(), prices.get("transport"))
        if price is not None:
            amount = cents(Fraction(price) * trips)
            yield _cost_line("transport", vehicle, amount, {"trips": str(trips), "price": str(price)})


def _vehicles(order: Order, timeline: Timeline) -> list[str]:
    """The vehicle of each trip: each load that is driven from the base, however many drops it has."""
    by_place = {leg.to: leg.vehicle for leg in order.legs}
    loads = {block.id for block in timeline.blocks if block.kind == "load"}
    drives = [block for block in timeline.blocks if block.kind == "drive"]
    trips = [drive for drive in drives if any(wait.block in loads for wait in drive.after)]
    return [by_place.get(trip.place, "van") for trip in trips]


def _cost_line(
    kind: CostKind,
    label: str,
    amount: Decimal,
    inputs: dict[str, str],
) -> CostLine:
    basis = Basis(rule=f"cost.{kind}", inputs=inputs)
    return CostLine(
        kind=kind,
        label=label,
        basis=basis.sentence(),
        derivation=basis,
        amount=amount,
    )


def _limit(budget: Budget, headcount: Headcount) -> Decimal | None:
    """The lower of the budget's total and its amount per guest."""
    limits = [budget.total] if budget.total is not None else []
    if budget.per_guest is not None:
        limits.append(cents(budget.per_guest * headcount.set_for))
    return min(limits, default=None)
