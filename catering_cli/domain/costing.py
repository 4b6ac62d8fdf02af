"""Money."""

from typing import Literal

from pydantic import Field

from catering_cli.domain.basis import Basis
from catering_cli.domain.money import Money
from catering_cli.domain.value import Value

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
    total: Money | None = Field(default=None, description="null where nothing has a price")
    at_least: bool = Field(default=False, description="true where something has no price: the total is 'at least'")
    unpriced: tuple[str, ...] = ()
    per_guest: Money | None = None
    budget: Money | None = Field(default=None, description="what may be spent in all")
    over_budget: Money | None = Field(default=None, description="by how much the total is over it")
    food_percent: float | None = Field(default=None, description="food cost as a share of the budget")
