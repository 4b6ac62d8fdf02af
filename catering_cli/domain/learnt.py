"""What a house has measured at earlier events, as part of an order."""

from typing import Literal

from pydantic import Field

from catering_cli.domain.decision import Decision
from catering_cli.domain.value import Name, Value


class Learnt(Value):
    """One number that the house has measured at earlier events and that this order's plan uses."""

    what: Literal["minutes", "overage", "hours"]
    about: Name = Field(description="the dish, or the role")
    value: int = Field(ge=0)
    unit: str = Field(description="min, percent over the need, or percent of the planned hours")
    n: int = Field(ge=1, description="events that it comes from")
    low: int = Field(ge=0, description="the least of them")
    high: int = Field(ge=0, description="the most of them")
    last: str = Field(description="day of the last of them")
    decision: Decision | None = Field(default=None, description="what it decides; null: it is only told")
