"""What the client pays: a price in the order, and the quote that follows from it to the cent."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from catering_cli.domain.money import Costing, Money, StatedMoney, cents
from catering_cli.domain.value import Name, Value

Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]
Taxed = Literal["food", "fixed", "service", "gratuity"]
TAXED: tuple[Taxed, ...] = ("food", "fixed", "service")
"""What a tax is taken of if it does not say: a voluntary gratuity is not taxed in most states; [K]."""

HUNDRED = Decimal(100)


class Tax(Value):
    """A tax; those of a list are taken in their order."""

    name: Name
    percent: Percent
    on: tuple[Taxed, ...] = Field(default=TAXED, description="what it is taken of")
    compound: bool = Field(default=False, description="whether it is taken of the taxes before it too")


class FixedCharge(Value):
    """A charge that does not follow the number of guests: bar, rentals, delivery."""

    label: Name
    amount: StatedMoney


class Deposit(Value):
    """A part of the total that is due before the event; the rest is the balance."""

    label: Name = "Deposit"
    percent: Percent | None = None
    amount: StatedMoney | None = None
    due: date | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Deposit":
        if (self.percent is None) == (self.amount is None):
            raise ValueError("needs either percent or amount")
        return self


class Pricing(Value):
    """How the price is found. One of `per_guest`, `food_cost_percent` and `margin_percent` sets the menu's price."""

    per_guest: StatedMoney | None = Field(default=None, description="price of the menu for one guest")
    food_cost_percent: Percent | None = Field(
        default=None, gt=0, description="the share of the price that food may cost; the price follows from it"
    )
    margin_percent: Percent | None = Field(
        default=None, lt=100, description="the share of the price that is kept after all costs"
    )
    minimum: StatedMoney | None = Field(
        default=None, description="least that food and charges come to before service and tax"
    )
    charges: tuple[FixedCharge, ...] = ()
    service_charge_percent: Percent = Decimal(0)
    gratuity_percent: Percent = Decimal(0)
    taxes: tuple[Tax, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    valid_until: date | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Pricing":
        ways = [self.per_guest, self.food_cost_percent, self.margin_percent]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("needs exactly one of per_guest, food_cost_percent and margin_percent")
        return self


class QuoteLine(Value):
    """A line of a quote, in cents."""

    label: str
    basis: str = ""
    amount: Money


class Quote(Value):
    """Lines that add up to the total, and what is due when."""

    lines: tuple[QuoteLine, ...]
    total: Money
    due: tuple[QuoteLine, ...] = ()
    net: Money = Field(description="food and fixed charges, before service, gratuity and taxes")


def quote(price: Pricing, guests: int, costing: Costing) -> Quote | None:
    """The quote; None if the price is to follow from costs that are not all known."""
    food = _food(price, guests, costing)
    if food is None:
        return None
    lines = [food, *_fixed(price, food.amount)]
    net = sum((line.amount for line in lines), Decimal(0))
    parts: dict[Taxed, Decimal] = {"food": food.amount, "fixed": net - food.amount}
    for kind, label, percent in _on_top(price):
        parts[kind] = cents(net * percent / HUNDRED)
        lines.append(QuoteLine(label=label, basis=f"{percent.normalize():f} %", amount=parts[kind]))
    lines += _taxes(price.taxes, parts)
    total = sum((line.amount for line in lines), Decimal(0))
    return Quote(lines=tuple(lines), total=total, due=tuple(_due(price, total)), net=net)


def _food(price: Pricing, guests: int, costing: Costing) -> QuoteLine | None:
    """The menu for all guests; a price that follows from costs is rounded up to a cent for each guest."""
    each = price.per_guest if price.per_guest is not None else _from_costs(price, guests, costing)
    if each is None:
        return None
    return QuoteLine(label="Menu", basis=f"{guests:,} x {each:,.2f}", amount=cents(each * guests))


def _from_costs(price: Pricing, guests: int, costing: Costing) -> Decimal | None:
    """What each guest pays so that the costs are the share that was asked for; None if a cost is not known."""
    if costing.at_least or costing.total is None:
        return None
    if price.food_cost_percent is not None:
        food = sum((line.amount for line in costing.lines if line.kind == "food"), Decimal(0))
        return cents(food * HUNDRED / price.food_cost_percent / guests) if food else None
    kept = price.margin_percent or Decimal(0)
    charges = sum((charge.amount for charge in price.charges), Decimal(0))
    wanted = costing.total * HUNDRED / (HUNDRED - kept) - charges
    return cents(max(wanted, Decimal(0)) / guests)


def _fixed(price: Pricing, food: Decimal) -> Iterator[QuoteLine]:
    charged = food
    for charge in price.charges:
        amount = cents(charge.amount)
        charged += amount
        yield QuoteLine(label=charge.label, amount=amount)
    if price.minimum is not None and charged < price.minimum:
        yield QuoteLine(label="To the minimum", basis=f"{price.minimum:,.2f}", amount=cents(price.minimum - charged))


def _on_top(price: Pricing) -> Iterator[tuple[Taxed, str, Decimal]]:
    if price.service_charge_percent:
        yield "service", "Service charge", price.service_charge_percent
    if price.gratuity_percent:
        yield "gratuity", "Gratuity", price.gratuity_percent


def _taxes(taxes: tuple[Tax, ...], parts: dict[Taxed, Decimal]) -> Iterator[QuoteLine]:
    before = Decimal(0)
    for tax in taxes:
        base = sum((parts.get(kind, Decimal(0)) for kind in dict.fromkeys(tax.on)), Decimal(0))
        if tax.compound:
            base += before
        amount = cents(base * tax.percent / HUNDRED)
        before += amount
        yield QuoteLine(label=tax.name, basis=f"{tax.percent.normalize():f} % of {base:,.2f}", amount=amount)


def _due(price: Pricing, total: Decimal) -> Iterator[QuoteLine]:
    """Deposits as they fall due, never more than what is left, and the balance."""
    left = total
    for deposit in price.deposits:
        asked = deposit.amount if deposit.percent is None else total * deposit.percent / HUNDRED
        amount = min(cents(asked or Decimal(0)), left)
        left -= amount
        yield QuoteLine(label=deposit.label, basis=deposit.due.isoformat() if deposit.due else "", amount=amount)
    yield QuoteLine(label="Balance", amount=left)
