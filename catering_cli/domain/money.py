"""Money, exact decimals in the order's currency, and what an event costs."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainSerializer

from catering_cli.domain.basis import Basis
from catering_cli.domain.value import Value


def _as_number(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


def _canonical(value: Decimal) -> Decimal:
    """25.0 and 25.00 are 25: what is read from JSON is spelt as what was written by hand."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


Money = Annotated[
    Decimal,
    Field(
        ge=0,
        max_digits=28,
        decimal_places=4,
        description="money in the order's currency",
    ),
    AfterValidator(_canonical),
    PlainSerializer(_as_number, return_type=float, when_used="json"),
]
"""An amount of money; a JSON number. Up to four decimals are read, totals are in cents."""

StatedMoney = Annotated[Money, Field(lt=10**12)]
"""Money that an order states: below 10^12, a large budget in rials, so that no sum of it is too long for a plan."""

Usd = Annotated[
    Decimal,
    Field(ge=0, max_digits=18, decimal_places=8, description="US dollars"),
    AfterValidator(_canonical),
    PlainSerializer(_as_number, return_type=float, when_used="json"),
]
"""What a model's answer costs; a JSON number. A token may cost a ten-millionth of a dollar, so eight decimals."""

CENT = Decimal("0.01")


def cents(value: Fraction | Decimal) -> Decimal:
    """`value` rounded half up to cents: the one place where money is rounded."""
    if isinstance(value, Fraction):
        hundredths, rest = divmod(value.numerator * 100, value.denominator)
        return Decimal(hundredths + (1 if 2 * rest >= value.denominator else 0)) * CENT
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


CostKind = Literal["food", "labour", "rentals", "transport", "contingency"]


class CostLine(Value):
    """One component of the total."""

    kind: CostKind
    label: str
    basis: str = ""
    derivation: Basis | None = Field(default=None, description="the same as data: rule and inputs")
    amount: Money


class Costing(Value):
    """Costs; the lines add up to the total exactly."""

    currency: str = "USD"
    lines: tuple[CostLine, ...] = ()
    total: Money | None = Field(default=None, description="null if nothing has a price")
    at_least: bool = Field(default=False, description="true if something has no price: the total is 'at least'")
    unpriced: tuple[str, ...] = ()
    per_guest: Money | None = None
    budget: Money | None = Field(default=None, description="what may be spent in all")
    over_budget: Money | None = Field(default=None, description="by how much the total is over it")
    food_percent: float | None = Field(default=None, description="food cost as a share of the budget")
