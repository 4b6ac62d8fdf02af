"""What only the manager reads: cost per portion and food cost of each dish, margin, and the money in leftover packs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.domain.money import cents
from catering_cli.domain.quantity import Quantity
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.papers.client import quote_of
from catering_cli.render.weights import in_pounds, to_order
from catering_cli.render.wording import cost_text, money_text

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.shopping import ShoppingLine

DISH_COLUMNS = (
    Column("Dish", wide=True),
    Column("Portions", right=True),
    Column("Food cost", right=True),
    Column("Per portion", right=True),
    Column("Share of food cost", right=True),
)
LEFT_COLUMNS = (
    Column("Item", wide=True),
    Column("Left of packs", right=True),
    Column("Worth", right=True),
)
HUNDRED = Decimal(100)


def margins_section(plan: CateringPlan, page: Page) -> Section:
    """Food cost by dish, the margin of the event, and what is left over of packs."""
    return Section.of("margins", "Food cost and margin", _parts(plan, page), empty="Nothing has a price.")


def _parts(plan: CateringPlan, page: Page) -> Iterator[Part]:
    yield from _margin(plan)
    costs, whole = dish_costs(plan)
    if costs:
        rows = tuple(_dish_rows(plan, costs))
        yield Table(DISH_COLUMNS, rows, fold=20)
        if not whole:
            yield Paragraph("At least: some items have no price.", "dim")
    left = sorted((line for line in plan.shopping.lines if line.left), key=_dearest_left_first)
    rows_left = tuple(_left_row(line, plan, page) for line in left if line.left_value)
    if rows_left:
        yield Table(LEFT_COLUMNS, rows_left, title="Left over", fold=10)


def _dearest_left_first(line: ShoppingLine) -> tuple[Decimal, str]:
    return -(line.left_value or Decimal(0)), line.item


def _margin(plan: CateringPlan) -> Iterator[Part]:
    made = quote_of(plan)
    if made is None or plan.costing.total is None:
        return
    currency = plan.costing.currency
    kept = made.net - plan.costing.total
    share = kept * HUNDRED / made.net if made.net else Decimal(0)
    cost = cost_text(plan.costing, plan.costing.total)
    price = money_text(made.net, currency)
    sign = "-" if kept < 0 else ""
    said = f"Price before service and taxes {price}, costs {cost}, margin {sign}{money_text(abs(kept), currency)}"
    yield Paragraph(f"{said} ({share:.1f} %).", "good" if kept > 0 else "bad")


def dish_costs(plan: CateringPlan) -> tuple[dict[str, Decimal], bool]:
    """Food cost by dish, shared out by how much of each line it needs; and whether every line has a price."""
    shares: dict[str, Fraction] = {}
    whole = True
    for line in plan.shopping.lines:
        if line.cost is None:
            whole = whole and not line.buy.quantity.high
            continue
        needs = {share.dish: share.amount.quantity.high for share in line.dishes}
        total = sum(needs.values(), Fraction(0))
        for dish, need in needs.items():
            if total:
                shares[dish] = shares.get(dish, Fraction(0)) + Fraction(line.cost) * need / total
    return {dish: cents(amount) for dish, amount in shares.items()}, whole


def _dish_rows(plan: CateringPlan, costs: dict[str, Decimal]) -> Iterator[Row]:
    currency = plan.costing.currency
    total = sum(costs.values(), Decimal(0))
    for dish in (*plan.menu, *plan.bases):
        if dish.id in costs and dish.portions:
            each = cents(costs[dish.id] / dish.portions)
            share = costs[dish.id] * HUNDRED / total if total else Decimal(0)
            food = money_text(costs[dish.id], currency)
            yield dish.name, f"{dish.portions:,}", food, money_text(each, currency), f"{share:.1f} %"


def _left_row(line: ShoppingLine, plan: CateringPlan, page: Page) -> Row:
    assert line.left is not None
    amount: Quantity = line.left.quantity
    left = to_order(line.left, pounds=in_pounds(plan, page)) if amount.high else "-"
    return line.item, left, money_text(line.left_value, plan.costing.currency)
