"""From the need to the till: yield, stock, packs, price and the day to order are arithmetic that holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import tapped
from catering_cli.checks.reference.foods import joined
from catering_cli.checks.reference.names import same
from catering_cli.checks.reference.numbers import fraction, shown, to_cents
from catering_cli.checks.reference.weights import base_unit, densities, edible_percent, piece_weights, rows_of
from catering_cli.domain.finding import Finding
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.shopping import ShoppingLine
from catering_cli.domain.site import Supply


def purchased(evidence: Evidence) -> Findings:
    """AP is EP over the yield; what is bought is AP less stock, in whole packs or pieces, and not one too many."""
    for index, line in enumerate(evidence.plan.shopping.lines):
        path = f"plan.shopping.lines[{index}]"
        unit = line.needed.quantity.unit
        percent = fraction(line.yield_percent)
        due = edible_percent(line.item) if unit == "g" else Fraction(100)
        if percent is None or not percent or percent != due:
            message = f"{line.item}: the yield is not the table's"
            yield found("blocking", f"{path}.yield_percent", message, line.yield_percent, due)
        if percent:
            needed, ap = line.needed.quantity, line.as_purchased.quantity
            right = needed.high * 100 / percent
            if ap.high != right or ap.unit != unit:
                message = f"{line.item}: as purchased is not the need over the yield"
                yield found("blocking", f"{path}.as_purchased", message, shown(ap), _of(right, unit))
        if unit == "mL" and not _poured(line):
            message = f"{line.item} is trimmed or no liquid: it is bought by mass"
            yield found("warning", f"{path}.needed", message, unit, "g")
        yield from _stock(evidence, line, path)
        yield from _bought(evidence, line, path)


def _poured(line: ShoppingLine) -> bool:
    """Whether a food may be bought by volume: a liquid of which nothing is trimmed, or what has no weight on file."""
    rows = rows_of("densities", line.item)
    if not rows or joined(line.item):
        return True
    return edible_percent(line.item) == 100 and any(row["kind"] == "liquid" for row in rows)  # noqa: PLR2004


def _stock(evidence: Evidence, line: ShoppingLine, path: str) -> Iterator[Finding]:
    said = line.on_hand.quantity.high if line.on_hand else Fraction(0)
    unit = line.needed.quantity.unit
    due = Fraction(0)
    for stock in evidence.order.on_hand:
        if same(stock.food, line.item) or _is_stock_of(evidence, line, stock.item):
            due += in_unit(stock.quantity, line, unit, evidence.order.system) or Fraction(0)
    if said != due:
        message = f"{line.item}: not what the order has in stock"
        yield found("blocking", f"{path}.on_hand", message, _of(said, unit), _of(due, unit))


def _is_stock_of(evidence: Evidence, line: ShoppingLine, name: str) -> bool:
    """Whether stock is of this line: of the line that has its very name, else of each line of its food."""
    if any(same(one.item, name) for one in evidence.plan.shopping.lines):
        return same(line.item, name)
    return _means(line, name)


def _is_offer_of(line: ShoppingLine, row: Supply) -> bool:
    """Whether an offer is of this line: by the food that its text was read as, else by its own words."""
    if row.food:
        return same(row.food, line.item) or same(row.item, line.item)
    return _means(line, row.item)


def _means(line: ShoppingLine, name: str) -> bool:
    return any(same(name, one) for one in (line.item, line.food, *line.names) if one)


def in_unit(quantity: Quantity, line: ShoppingLine, unit: str, system: str) -> Fraction | None:
    """The lower end of a quantity of the line's food in `unit`; None where no density or piece weight is known."""
    base, size = base_unit(quantity.unit, system)
    if base == unit:
        return quantity.low * size
    one, other = _grams(base, line, system), _grams(unit, line, system)
    return quantity.low * size * one / other if one and other else None


def _grams(unit: str, line: ShoppingLine, system: str) -> Fraction | None:
    """G of one g, mL or piece of the line's food; a bottle of beer differs by system."""
    if unit == "g":
        return Fraction(1)
    for name in (line.item, line.food, *line.names):
        each = densities(name) if unit == "mL" else piece_weights(name, unit, system, state="AP")
        if name and each:
            return each[0]
    return None


def _bought(evidence: Evidence, line: ShoppingLine, path: str) -> Iterator[Finding]:
    unit = line.needed.quantity.unit
    on_hand = line.on_hand.quantity.high if line.on_hand else Fraction(0)
    wanted = max(line.as_purchased.quantity.high - on_hand, Fraction(0))
    buy = line.buy.quantity
    if buy.unit != unit:
        yield found("blocking", f"{path}.buy", "bought in another unit than needed", buy.unit, unit)
        return
    if buy.high < wanted:
        message = f"{line.item}: less is bought than is needed"
        yield found("blocking", f"{path}.buy", message, shown(buy), _of(wanted, unit))
    yield from _left(line, wanted, path)
    if line.pack is None or line.packs is None:
        pieces = unit not in ("g", "mL")
        due = Fraction(-(-wanted.numerator // wanted.denominator)) if pieces else wanted
        if buy.high > due:
            yield found(
                "blocking", f"{path}.buy", f"{line.item}: more is bought than is needed", shown(buy), _of(due, unit)
            )
        return
    pack = in_unit(line.pack.quantity, line, unit, evidence.order.system)
    if pack is None or not pack:
        yield found("warning", f"{path}.pack", "the pack cannot be compared with the need", shown(line.pack.quantity))
        return
    whole = wanted / pack
    fewest = -(-whole.numerator // whole.denominator)
    if line.packs != fewest:
        yield found("blocking", f"{path}.packs", f"{line.item}: not the fewest packs", line.packs, fewest)
    if buy.high != line.packs * pack:
        message = f"{line.item}: what is bought is not whole packs"
        yield found("blocking", f"{path}.buy", message, shown(buy), _of(line.packs * pack, unit))


def _left(line: ShoppingLine, wanted: Fraction, path: str) -> Iterator[Finding]:
    """What whole packs leave is what is bought beyond the need, valued at its share of the cost."""
    unit, bought = line.buy.quantity.unit, line.buy.quantity.high
    due = max(bought - wanted, Fraction(0))
    said = line.left.quantity.high if line.left else Fraction(0)
    if said != due or (line.left and line.left.quantity.unit != unit):
        yield found("blocking", f"{path}.left", f"{line.item}: not what is left", _of(said, unit), _of(due, unit))
    value = to_cents(Fraction(line.cost) * due / bought) if line.cost is not None and due else None
    if line.left_value != value:
        yield found("blocking", f"{path}.left_value", f"{line.item}: not its share", line.left_value, value)


def priced(evidence: Evidence) -> Findings:
    """Prices, packs and suppliers are the order's; cost is packs (or the loose amount) times price, to the cent."""
    shopping = evidence.plan.shopping
    for index, line in enumerate(shopping.lines):
        path = f"plan.shopping.lines[{index}]"
        offer = next((row for row in evidence.order.supply if _is_offer_of(line, row)), None)
        yield from _offered(evidence, line, offer, path)
        cost = _cost(evidence, line)
        if cost is None and line.cost is None and line.unit_price is not None and line.pack is not None:
            yield found("blocking", f"{path}.cost", f"{line.item} has a price and no cost", "", line.unit_price)
        if cost is not None and line.cost != cost:
            yield found("blocking", f"{path}.cost", f"{line.item}: not amount times price", line.cost, cost)
        if line.cost is not None and line.unit_price is None:
            yield found("blocking", f"{path}.cost", f"{line.item} costs something, but has no price", line.cost)
    unpriced = sorted(line.item for line in shopping.lines if line.cost is None and not tapped(evidence, line))
    if sorted(shopping.unpriced) != unpriced:
        missing = sorted(set(unpriced) ^ set(shopping.unpriced))
        message = f"the foods without a price are others: {', '.join(missing)}"
        yield found("blocking", "plan.shopping.unpriced", message, len(shopping.unpriced), len(unpriced))
    costs = [line.cost for line in shopping.lines if line.cost is not None]
    left = [line.left_value for line in shopping.lines if line.left_value is not None]
    due = sum(left, Decimal(0)) if left else None
    if shopping.left_value != due:
        yield found("blocking", "plan.shopping.left_value", "not the sum of its lines", shopping.left_value, due)
    due = sum(costs, Decimal(0)) if costs else None
    if shopping.cost != due:
        yield found("blocking", "plan.shopping.cost", "not the sum of its lines", shopping.cost, due)


RECEIVED_BEFORE = 1
"""Days before the first service on which food is in the house; [K], an assumption of the plan."""


def _offered(evidence: Evidence, line: ShoppingLine, offer: Supply | None, path: str) -> Iterator[Finding]:
    price = offer.price if offer else None
    if line.unit_price != price:
        message = f"{line.item}: the price is not the order's"
        yield found("blocking", f"{path}.unit_price", message, line.unit_price, price)
    if offer is None:
        return
    if line.pack is None and offer.pack is not None:
        unit = line.needed.quantity.unit
        if in_unit(offer.pack, line, unit, evidence.order.system) is not None:
            yield found("blocking", f"{path}.pack", f"{line.item}: the order's pack is lost", "", shown(offer.pack))
    due = min((one.at for one in evidence.order.services), default=evidence.order.event.service_at)
    day = (due - timedelta(days=RECEIVED_BEFORE + offer.lead_days)).date()
    if line.order_by != day:
        yield found(
            "blocking", f"{path}.order_by", f"{line.item}: not lead time before it is received", line.order_by, day
        )
    if line.supplier != offer.supplier:
        yield found("warning", f"{path}.supplier", "not the order's supplier", line.supplier, offer.supplier)
    if line.pack is not None and offer.pack is not None and line.pack.quantity != offer.pack:
        message = f"{line.item}: the pack is not the order's"
        yield found("blocking", f"{path}.pack", message, shown(line.pack.quantity), shown(offer.pack))
    if line.pack is not None and offer.pack is None:
        yield found("blocking", f"{path}.pack", f"{line.item} is sold loose", shown(line.pack.quantity))


def _cost(evidence: Evidence, line: ShoppingLine) -> Decimal | None:
    """The cost that follows from the line's own figures; None where none does."""
    if line.unit_price is None:
        return None
    price = Fraction(line.unit_price)
    if line.packs is not None:
        return to_cents(line.packs * price)
    if not line.price_unit:
        return None
    base, size = base_unit(line.price_unit, evidence.order.system)
    one = in_unit(
        Quantity(Fraction(1), Fraction(1), line.price_unit), line, line.buy.quantity.unit, evidence.order.system
    )
    return to_cents(line.buy.quantity.high / one * price) if one and (base or size) else None


def _of(amount: Fraction, unit: str) -> str:
    return shown(Quantity(amount, amount, unit))


CHECKS = {"shopping.purchased": purchased, "shopping.priced": priced}
