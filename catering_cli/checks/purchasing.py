"""The purchase: every gram of the menu once, then yield, stock, packs, price and the day to order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catering_cli.checks.compare import BLOCKING, compare, compare_entry, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.decisions import bought_unknown, departments, fold, meant_by, of_kind, unpriced_foods
from catering_cli.checks.reference.dues import drink_kind
from catering_cli.checks.reference.foods import row_of, rows_in
from catering_cli.checks.reference.names import Words, same, words
from catering_cli.checks.reference.services import meals
from catering_cli.checks.reference.weights import base_unit, edible_percent, edible_share, is_liquid
from catering_cli.data import tables
from catering_cli.domain.decision import TakeMade
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.money import cents
from catering_cli.domain.names import CAN
from catering_cli.domain.order_parts.site import Stock, Supply
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
from catering_cli.domain.plan_parts.shopping import ShoppingLine
from catering_cli.domain.quantity import Amount, Quantity

NOTHING = Fraction(0)

RECEIVED_BEFORE = 1
"""Days before the first service on which food is in the house; [K], an assumption of the plan."""

SEVERITIES: Mapping[str, Severity] = {"": "blocking", "supplier": "warning", "department": "warning"}


def _needed(line: ScaledLine) -> bool:
    return line.quantity is not None and line.quantity.quantity.high > 0


@asked_once
def _listed(evidence: Evidence) -> dict[str, dict[str, int]]:
    """Lines of the list by what the menu calls their food, and by unit; of two the first."""
    lines: dict[str, dict[str, int]] = {}
    for index, bought in enumerate(evidence.plan.shopping.lines):
        for name in bought.names:
            lines.setdefault(fold(name), {}).setdefault(bought.needed.quantity.unit, index)
    return lines


def all_bought(evidence: Evidence) -> Findings:
    """Every ingredient of the menu is on the list, and nothing is on the list that no dish needs."""
    names = _listed(evidence).keys() | {fold(line.item) for line in evidence.plan.shopping.lines}
    for path, dish, line in evidence.lines:
        if _needed(line) and fold(line.item) not in names:
            yield found("blocking", "plan.shopping.lines", f"{line.item} for {dish.name} is not bought", "", path)
    needed = {fold(line.item) for _, _, line in evidence.lines}
    for path, bought in evidence.purchases:
        if not bought.names or not needed.issuperset(map(fold, bought.names)):
            message = f"{bought.item} is bought, but no dish needs it"
            yield found("blocking", f"{path}.names", message, ", ".join(bought.names))


def conserved(evidence: Evidence) -> Findings:
    """Dish by dish and food by food, what is needed is the sum of the menu's lines: no gram lost, none invented."""
    due: dict[int, dict[str, Fraction]] = {}
    for path, dish, line in evidence.lines:
        units = _listed(evidence).get(fold(line.item))
        if not _needed(line) or units is None:
            continue
        unit, amount = _amount(evidence, dish, line, units)
        if unit not in units:
            message = f"{line.item}: no line of the purchase list is in a unit that it can be added to"
            yield found("blocking", path, message, unit, ", ".join(units))
            continue
        shares = due.setdefault(units[unit], {})
        shares[dish.id] = shares.get(dish.id, NOTHING) + amount
    for index, (path, bought) in enumerate(evidence.purchases):
        yield from _shares(bought, path, due.get(index, {}))


def _amount(evidence: Evidence, dish: Dish, line: ScaledLine, units: dict[str, int]) -> tuple[str, Fraction]:
    """Unit and EP amount by which a menu line is on the list; by mass if the list has its food by mass."""
    assert line.quantity is not None
    quantity = line.quantity.quantity
    unit, size = base_unit(quantity.unit, evidence.order.system)
    if quantity.unit.endswith(CAN) and unit in units:
        return unit, quantity.high * size  # bought by what they hold, drained or not
    share = edible_share(evidence, line)
    if line.state == "served" and dish.recipe is not None:
        share = Fraction(100, dish.recipe.cook_yield_percent)
    if "g" in units and line.mass is not None:
        return "g", line.mass.quantity.high * share
    return unit, quantity.high * size * (share if unit in ("g", "mL") else 1)


def _shares(bought: ShoppingLine, path: str, due: dict[str, Fraction]) -> Iterator[Finding]:
    """The shares of the dishes are those due, in the line's unit, each once, and add up to what is needed."""
    unit = bought.needed.quantity.unit
    rows = {dish: {"amount.quantity": Quantity(amount, amount, unit)} for dish, amount in due.items()}
    yield from compare_rows(placed(f"{path}.dishes", bought.dishes), ("dish",), rows, BLOCKING)
    total = sum((share.amount.quantity.high for share in bought.dishes), NOTHING)
    yield from compare_entry(path, bought, {"needed.quantity.high": total}, BLOCKING)


def foods_bought(evidence: Evidence) -> Findings:
    """What is bought is the food that the recipes name, or that was decided; what no table knows keeps its name."""
    makers = {"kitchen", *(one.by for one in evidence.plan.decisions), *(line.by for _, _, line in evidence.lines)}
    for path, bought in evidence.purchases:
        if not bought.by or not makers.issuperset(bought.by.split(", ")):
            yield found("warning", f"{path}.by", f"{bought.item}: not said who decided it", bought.by)
        foods = () if bought_unknown(evidence, bought.names) else _foods(bought.item)
        if bought.food not in (foods or ("",)):
            yield found("warning", f"{path}.food", f"{bought.item} is another food", bought.food, ", ".join(foods))
        for name in bought.names:
            if not _bought_by(evidence, bought, name, foods):
                yield found("warning", f"{path}.item", f"{name} is bought by another name", bought.item, name)


def _bought_by(evidence: Evidence, bought: ShoppingLine, name: str, foods: tuple[str, ...]) -> bool:
    """Whether a line of the list is of the food of a name, by that name if none is known, and says who decided it."""
    food, by = meant_by(evidence, name)
    due = food or name
    by_name = by or bought_unknown(evidence, (name,)) or not _foods(due)
    right = same(bought.item, due) if by_name else foods == _foods(due)
    return right and by in bought.by


def _foods(item: str) -> tuple[str, ...]:
    """The foods of the table that an item is: one, or one of several."""
    return tuple(sorted({row["food"] for row in rows_in(item)}))


def purchased(evidence: Evidence) -> Findings:
    """AP is EP over the yield; what is bought is AP less stock, in whole packs or pieces, and not one too many."""
    for path, line in evidence.purchases:
        needed, unit = line.needed.quantity, line.needed.quantity.unit
        percent = edible_percent(line) if unit in ("g", "mL") else Fraction(100)
        row = row_of(line.food) if line.food else None
        usual = row["department"] if row else line.department
        due = {
            "yield_percent": str(percent),
            "department": departments(evidence).get(fold(line.item)) or usual,
            "as_purchased.quantity.high": needed.high * 100 / percent,
            "as_purchased.quantity.unit": unit,
            "buy.quantity.unit": unit,
        }
        yield from compare_entry(path, line, due | _stock(evidence, line) | _bought(evidence, line), SEVERITIES)
        if unit != _sold_by(evidence, line):
            yield found("warning", f"{path}.needed", f"{line.item} is bought by another measure", unit)


def _sold_by(evidence: Evidence, line: ShoppingLine) -> str:
    """The unit in which a food is bought: pieces as the menu has them, a liquid that it pours by volume, else mass."""
    said, liquid = line.needed.quantity.unit, is_liquid(line.item)
    units = set().union(*(_units(evidence).get(fold(name), ()) for name in line.names))
    if units == {"mL"} and liquid is not None:
        return "mL" if liquid and line.yield_percent == "100" else "g"
    counted = len(units) == 1 and units.isdisjoint(("g", "mL"))
    return units.pop() if counted else said


@asked_once
def _units(evidence: Evidence) -> dict[str, set[str]]:
    """The units in which the menu's lines of each item are added up, by its folded name."""
    units: dict[str, set[str]] = {}
    for _, _, line in evidence.lines:
        if line.quantity:
            unit, _ = base_unit(line.quantity.quantity.unit, evidence.order.system)
            units.setdefault(fold(line.item), set()).add(unit)
    return units


def _high(amount: Amount | None) -> Fraction:
    return amount.quantity.high if amount else NOTHING


def _stock(evidence: Evidence, line: ShoppingLine) -> dict[str, Any]:
    """What the order has in stock of a line's food; not judged if only a density leads from one to the other."""
    stocked = [stock.quantity for stock in evidence.order.on_hand if _is_of(evidence, line, stock)]
    amounts = [_in_unit(evidence, quantity, line) for quantity in stocked]
    known = [amount for amount in amounts if amount is not None]
    total = sum(known, NOTHING)
    return {"on_hand.quantity.high": total or None} if len(known) == len(amounts) else {}


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
    return any(same(row.item, one) for one in (line.item, line.food, *line.names))


def _in_unit(evidence: Evidence, quantity: Quantity, line: ShoppingLine) -> Fraction | None:
    """The lower end of a quantity in the unit of a line's need; None if only a density or weight leads there."""
    base, size = base_unit(quantity.unit, evidence.order.system)
    return quantity.low * size if base == line.needed.quantity.unit else None


def _bought(evidence: Evidence, line: ShoppingLine) -> dict[str, Any]:
    """What is bought covers the need beyond the stock, in the fewest whole packs; what is left is the rest."""
    wanted = max(line.as_purchased.quantity.high - _high(line.on_hand), NOTHING)
    due = _packs(evidence, line, wanted)
    if not due:
        is_measured = line.needed.quantity.unit in ("g", "mL")
        due = {"buy.quantity.high": wanted if is_measured else Fraction(math.ceil(wanted))}
    buy = line.buy.quantity.high
    left = max(buy - wanted, NOTHING)
    worth = cents(Fraction(line.cost) * left / buy) if line.cost is not None and left else None
    return due | {"left.quantity.high": left or None, "left_value": worth}


def _packs(evidence: Evidence, line: ShoppingLine, wanted: Fraction) -> dict[str, Any]:
    """The fewest whole packs that hold what is wanted; empty if the line is not bought in packs."""
    if line.pack is None or line.packs is None:
        return {}
    holds = _in_unit(evidence, line.pack.quantity, line)
    each = holds or line.buy.quantity.high / (line.packs or 1) or wanted or Fraction(1)
    fewest = math.ceil(wanted / each)
    bought = fewest * each if holds else wanted + _high(line.left)
    return {"packs": fewest, "buy.quantity.high": bought}


def priced(evidence: Evidence) -> Findings:
    """Prices, packs and suppliers are the order's; cost is packs (or the loose amount) times price, to the cent."""
    for path, line in evidence.purchases:
        yield from compare_entry(path, line, _offered(evidence, line) | _cost(evidence, line), SEVERITIES)
    lines = evidence.plan.shopping.lines
    totals = {
        "shopping.unpriced": unpriced_foods(evidence),
        "shopping.left_value": _sum(line.left_value for line in lines),
        "shopping.cost": _sum(line.cost for line in lines),
    }
    yield from compare(totals, evidence.plan, SEVERITIES)


def _offered(evidence: Evidence, line: ShoppingLine) -> dict[str, Any]:
    """What the first offer of a line's food says; its pack may be left out if it cannot be compared with the need."""
    offer = next((row for row in evidence.order.supply if _is_of(evidence, line, row)), None)
    if offer is None:
        return {"unit_price": None}
    due = {"unit_price": offer.price, "supplier": offer.supplier, "order_by": _order_by(evidence, line, offer)}
    packed = line.pack is not None or (offer.pack and _in_unit(evidence, offer.pack, line) is not None)
    return due | {"pack.quantity": offer.pack} if packed else due


def _sum(amounts: Iterator[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None if nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _order_by(evidence: Evidence, line: ShoppingLine, offer: Supply) -> date:
    """The day to order: lead time before the food is received, which is no later than work with it begins."""
    received = (min(meal.at for meal in meals(evidence)) - timedelta(days=RECEIVED_BEFORE)).date()
    begun = [_begun(evidence)[one.dish] for one in line.dishes if one.dish in _begun(evidence)]
    return min([received, *begun]) - timedelta(days=offer.lead_days)


@asked_once
def _begun(evidence: Evidence) -> dict[str, date]:
    """The first day of work on each dish and on the bases that are made for it."""
    days: dict[str, set[date]] = {}
    for block in evidence.plan.timeline.blocks:
        days.setdefault(block.dish, set()).add(block.start.date())
    for _, dish in evidence.menu:
        within = {part.name for part in dish.recipe.parts} if dish.recipe else set()
        for base in evidence.plan.bases:
            if base.name in within:
                days.setdefault(dish.id, set()).update(days.get(base.id, ()))
        elsewhere = {one.begun.date() for one, _ in of_kind(evidence, TakeMade) if one.base in within}
        days.setdefault(dish.id, set()).update(elsewhere)
    return {dish: min(found) for dish, found in days.items() if found}


def _cost(evidence: Evidence, line: ShoppingLine) -> dict[str, Any]:
    """The cost that follows from the line's own figures; not judged if only a density leads to it."""
    if line.unit_price is None:
        return {"cost": None}
    price = Fraction(line.unit_price)
    if line.packs is not None:
        return {"cost": cents(line.packs * price)}
    one = _in_unit(evidence, Quantity.of(1, line.price_unit), line) if line.price_unit else None
    return {"cost": cents(line.buy.quantity.high / one * price)} if one else {}


def goes_with(evidence: Evidence) -> Findings:
    """Milk, sugar, cups and decaf for the cups of coffee and tea that are made, but for what a drink brings."""
    drinks = [dish for dish in evidence.dishes.values() if dish.course == "drink"]
    cups = sum(dish.portions for dish in drinks if drink_kind(dish) == "coffee")
    brought: set[str] = set()
    for dish in drinks:
        brought.update(words(dish.name), (line.food for line in dish.lines))
    due: dict[Any, dict[str, Any]] = {}
    for row in tables.rows("coffee") if cups else ():
        if brought.isdisjoint((*tables.parts(row["dishes"]), *tables.parts(row["foods"]))):
            amount = Quantity.of(math.ceil(Fraction(row["amount"]) * cups / 100), row["unit"])
            due[row["item"]] = {"amount.quantity": amount}
    bought = placed("plan.shopping.beside", evidence.plan.shopping.beside)
    yield from compare_rows(bought, ("item",), due, BLOCKING)


CHECKS = {
    "shopping.listed": all_bought,
    "shopping.conserved": conserved,
    "shopping.named": foods_bought,
    "shopping.purchased": purchased,
    "shopping.priced": priced,
    "shopping.beside": goes_with,
}
