"""From the need to the till: yield, stock, packs, price and the day to order are arithmetic that holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catering_cli.checks.compare import compare, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found
from catering_cli.checks.reference.decisions import departments, fold, tapped
from catering_cli.checks.reference.foods import joined, row_of
from catering_cli.checks.reference.names import Words, same, words
from catering_cli.checks.reference.numbers import shown, to_cents, up
from catering_cli.checks.reference.services import meals
from catering_cli.checks.reference.weights import WHOLE, base_unit, densities, edible_percent, piece_weights, rows_of
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.domain.shopping import ShoppingLine
from catering_cli.domain.site import Stock, Supply

NOTHING = Fraction(0)

RECEIVED_BEFORE = 1
"""Days before the first service on which food is in the house; [K], an assumption of the plan."""

SEVERITIES: Mapping[str, Severity] = {"": "blocking", "supplier": "warning", "department": "warning"}


def purchased(evidence: Evidence) -> Findings:
    """AP is EP over the yield; what is bought is AP less stock, in whole packs or pieces, and not one too many."""
    for path, line in evidence.purchases:
        needed, unit = line.needed.quantity, line.needed.quantity.unit
        percent = edible_percent(line.item) if unit == "g" else WHOLE
        due = {
            "yield_percent": str(percent),
            "department": _department(evidence, line),
            "as_purchased.quantity.high": needed.high * 100 / percent,
            "as_purchased.quantity.unit": unit,
            "buy.quantity.unit": unit,
        }
        yield from compare_entry(path, line, due, SEVERITIES)
        if bool(line.yield_source) != (percent != WHOLE):
            message = f"{line.item}: what is trimmed has a source, and nothing else"
            yield found("warning", f"{path}.yield_source", message, line.yield_source, percent)
        if unit == "mL" and not _poured(line):
            message = f"{line.item} is trimmed or no liquid: it is bought by mass"
            yield found("warning", f"{path}.needed", message, unit, "g")
        if unit == "g" and _is_liquid(line) and _is_measured(evidence, line):
            yield found("warning", f"{path}.needed", f"{line.item} is measured and bought by volume", unit, "mL")
        said, stock = _high(line.on_hand), _stock(evidence, line)
        if said != stock:
            message = f"{line.item}: not what the order has in stock"
            yield found("blocking", f"{path}.on_hand", message, _of(said, unit), _of(stock, unit))
        if line.buy.quantity.unit == unit:
            yield from _bought(evidence, line, path)


def _high(amount: Amount | None) -> Fraction:
    return amount.quantity.high if amount else NOTHING


def _poured(line: ShoppingLine) -> bool:
    """Whether a food may be bought by volume: a liquid of which nothing is trimmed, or what has no weight on file."""
    return _is_liquid(line) or joined(line.item) or not rows_of("densities", line.item)


def _is_liquid(line: ShoppingLine) -> bool:
    """Whether a food is a liquid of which nothing is trimmed."""
    kinds = {row["kind"] for row in rows_of("densities", line.item)}
    return "liquid" in kinds and edible_percent(line.item) == WHOLE and not joined(line.item)


@asked_once
def _units(evidence: Evidence) -> dict[str, set[str]]:
    """The units in which the menu's lines of each item are added up, by its folded name."""
    units: dict[str, set[str]] = {}
    for _, _, line in evidence.lines:
        if line.quantity:
            unit, _ = base_unit(line.quantity.quantity.unit, evidence.order.system)
            units.setdefault(fold(line.item), set()).add(unit)
    return units


def _is_measured(evidence: Evidence, line: ShoppingLine) -> bool:
    """Whether every menu line of a food is by volume."""
    units = [_units(evidence).get(fold(name)) for name in line.names]
    return all(unit == {"mL"} for unit in units)


def _department(evidence: Evidence, line: ShoppingLine) -> str:
    """Where a line is bought: as decided, else as the table has its food; anything else as it says."""
    row = row_of(line.food) if line.food else None
    return departments(evidence).get(fold(line.item)) or (row["department"] if row else line.department)


def _stock(evidence: Evidence, line: ShoppingLine) -> Fraction:
    """What the order has in stock of a line's food, in its unit."""
    unit = line.needed.quantity.unit
    stocked = [stock.quantity for stock in evidence.order.on_hand if _is_of(evidence, line, stock)]
    amounts = [in_unit(evidence, quantity, line, unit) for quantity in stocked]
    return sum((amount for amount in amounts if amount), NOTHING)


@asked_once
def _titles(evidence: Evidence) -> frozenset[Words]:
    """What the lines of the list are called."""
    return frozenset(words(line.item) for line in evidence.plan.shopping.lines)


def _is_of(evidence: Evidence, line: ShoppingLine, row: Supply | Stock) -> bool:
    """Whether stock or an offer is of this line: of the food that its text was read as, else by its own words.

    By its words it is of the line that has its very name, else of each line of its food.
    """
    if row.food:
        return same(row.food, line.item) or same(row.item, line.item)
    if words(row.item) in _titles(evidence):
        return same(line.item, row.item)
    return _means(line, row.item)


def _means(line: ShoppingLine, name: str) -> bool:
    return any(same(name, one) for one in (line.item, line.food, *line.names))


def in_unit(evidence: Evidence, quantity: Quantity, line: ShoppingLine, unit: str) -> Fraction | None:
    """The lower end of a quantity of the line's food in `unit`; None if no density or piece weight is known."""
    system = evidence.order.system
    base, size = base_unit(quantity.unit, system)
    if base == unit:
        return quantity.low * size
    one, other = _grams(base, line, system), _grams(unit, line, system)
    return quantity.low * size * one / other if one and other else None


def _grams(unit: str, line: ShoppingLine, system: str) -> Fraction | None:
    """G of one g, mL or piece of the line's food; a bottle of beer differs by system."""
    if unit == "g":
        return Fraction(1)
    for name in filter(None, (line.item, line.food, *line.names)):
        each = densities(name) if unit == "mL" else piece_weights(name, unit, system, "AP")
        if each:
            return each[0]
    return None


def _bought(evidence: Evidence, line: ShoppingLine, path: str) -> Iterator[Finding]:
    """What is bought covers the need beyond the stock, in the fewest whole packs; what is left is the rest."""
    unit, buy = line.needed.quantity.unit, line.buy.quantity
    wanted = max(line.as_purchased.quantity.high - _high(line.on_hand), NOTHING)
    due: dict[str, Any] = {"buy.quantity.high": _loose(wanted, unit)}
    if line.pack is not None and line.packs is not None:
        pack = in_unit(evidence, line.pack.quantity, line, unit)
        if not pack:
            message = "the pack cannot be compared with the need"
            yield found("warning", f"{path}.pack", message, shown(line.pack.quantity))
            return
        fewest = up(wanted / pack)
        due = {"packs": fewest, "buy.quantity.high": fewest * pack}
    left = max(buy.high - wanted, NOTHING)
    worth = to_cents(Fraction(line.cost) * left / buy.high) if line.cost is not None and left else None
    left_here = _high(line.left)
    yield from compare_entry(path, line, due | {"left_value": worth}, SEVERITIES)
    if left_here != left or (line.left and line.left.quantity.unit != unit):
        message = f"{line.item}: not what is left"
        yield found("blocking", f"{path}.left", message, _of(left_here, unit), _of(left, unit))


def _loose(wanted: Fraction, unit: str) -> Fraction:
    """What is bought without a pack: the need, of pieces whole ones."""
    return wanted if unit in ("g", "mL") else Fraction(up(wanted))


def priced(evidence: Evidence) -> Findings:
    """Prices, packs and suppliers are the order's; cost is packs (or the loose amount) times price, to the cent."""
    for path, line in evidence.purchases:
        offer = next((row for row in evidence.order.supply if _is_of(evidence, line, row)), None)
        due: dict[str, Any] = {"unit_price": offer.price if offer else None}
        if offer is not None:
            due |= {"supplier": offer.supplier, "order_by": _order_by(evidence, offer)}
            due |= _pack(evidence, line, offer)
        cost = _cost(evidence, line)
        comparable = line.unit_price is None or line.pack is not None
        if cost is not None or comparable:
            due["cost"] = cost
        yield from compare_entry(path, line, due, SEVERITIES)
    yield from compare(_totals(evidence), evidence.plan, SEVERITIES)


def _totals(evidence: Evidence) -> Mapping[str, Any]:
    """What the lines add up to, and those without a price."""
    lines = evidence.plan.shopping.lines
    unpriced = [line.item for line in lines if line.cost is None and not tapped(evidence, line)]
    return {
        "shopping.unpriced": frozenset(unpriced),
        "shopping.left_value": _sum(line.left_value for line in lines),
        "shopping.cost": _sum(line.cost for line in lines),
    }


def _pack(evidence: Evidence, line: ShoppingLine, offer: Supply) -> dict[str, Any]:
    """The pack is the order's; it may be left out if it cannot be compared with the need."""
    comparable = offer.pack and in_unit(evidence, offer.pack, line, line.needed.quantity.unit) is not None
    return {"pack.quantity": offer.pack} if line.pack is not None or comparable else {}


def _sum(amounts: Iterator[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None if nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _order_by(evidence: Evidence, offer: Supply) -> date:
    """The day to order: lead time before the food is received."""
    first = min(meal.at for meal in meals(evidence))
    return (first - timedelta(days=RECEIVED_BEFORE + offer.lead_days)).date()


def _cost(evidence: Evidence, line: ShoppingLine) -> Decimal | None:
    """The cost that follows from the line's own figures; None if none does."""
    if line.unit_price is None:
        return None
    price = Fraction(line.unit_price)
    if line.packs is not None:
        return to_cents(line.packs * price)
    if not line.price_unit:
        return None
    bought = line.buy.quantity
    one = in_unit(evidence, Quantity.of(1, line.price_unit), line, bought.unit)
    return to_cents(bought.high / one * price) if one else None


def _of(amount: Fraction, unit: str) -> str:
    return shown(Quantity(amount, amount, unit))


CHECKS = {"shopping.purchased": purchased, "shopping.priced": priced}
