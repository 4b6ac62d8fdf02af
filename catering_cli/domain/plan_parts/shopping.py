"""What is bought."""

from pydantic import Field

from catering_cli.domain.money import Money
from catering_cli.domain.quantity import Amount
from catering_cli.domain.value import PlannedOn, Value

TAP = "tap"
"""Department of what comes out of the wall: it is needed and listed, but no purchase, and lacks no price."""

NUMBERED = "#"
"""Begin of the name of a can by number: it is added up and bought as it is; a can of a size by what it holds."""

SUM_UNITS = {"mass": "g", "volume": "mL", "count": ""}
"""Unit in which amounts of a dimension are added up; a dozen is twelve pieces, a bunch stays a bunch."""


class Share(Value):
    """How much of a shopping line one dish needs."""

    dish: str = Field(description="dish id")
    amount: Amount = Field(description="EP, in the line's unit")


class ShoppingLine(Value):
    """One food to buy: what the dishes need (EP), what that is as purchased (AP), what is bought."""

    item: str = Field(description="the food to buy")
    food: str = Field(default="", description="canonical food; empty if it is not known")
    names: tuple[str, ...] = Field(default=(), description="how the recipes call it")
    department: str
    supplier: str = ""
    needed: Amount = Field(description="EP: the sum of `dishes`")
    yield_percent: str = Field(default="100", description="EP of 100 AP, exact")
    yield_source: str = ""
    as_purchased: Amount = Field(description="AP: needed over the yield")
    on_hand: Amount | None = Field(default=None, description="taken from stock")
    pack: Amount | None = Field(default=None, description="what one pack holds")
    packs: int | None = Field(default=None, ge=0, description="whole packs; null if it is bought loose")
    buy: Amount = Field(description="AP less stock, rounded up to packs")
    left: Amount | None = Field(default=None, description="what whole packs or pieces leave beyond the need")
    left_value: Money | None = Field(default=None, description="its share of the cost; null if there is no price")
    unit_price: Money | None = Field(default=None, description="price of a pack, or of one `price_unit` if loose")
    price_unit: str = Field(default="", description="unit of a loose price")
    cost: Money | None = Field(default=None, description="null if there is no price")
    offer: str = Field(default="", description="how its supplier calls it, if that is another name")
    order_by: PlannedOn | None = None
    dishes: tuple[Share, ...] = ()
    approximate: bool = False
    by: str = Field(default="kitchen", description="who decided that the names are one food, or its measure")
    note: str = ""


class Beside(Value):
    """What goes with coffee and tea and no recipe lists; its price is not in the costs."""

    item: str
    amount: Amount
    source: str = Field(default="", description="whose rule of thumb it is")


def _is_empty(value: object) -> bool:
    """Whether there is nothing of it, and it is left out of what is written."""
    return not value


class Shopping(Value):
    """The purchase list."""

    lines: tuple[ShoppingLine, ...] = ()
    to_taste: tuple[str, ...] = Field(default=(), description="foods without an amount: keep them at hand")
    beside: tuple[Beside, ...] = Field(
        default=(), exclude_if=_is_empty, description="what goes with coffee and tea: buy it or have it in the house"
    )
    unpriced: tuple[str, ...] = Field(default=(), description="items without a price")
    cost: Money | None = Field(default=None, description="of the priced lines; null if none has a price")
    left_value: Money | None = Field(default=None, description="what is left of whole packs, of the priced lines")
