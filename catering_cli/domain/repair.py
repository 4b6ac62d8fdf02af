"""What would make an order work: changes of it, each proven before it is offered."""

from pydantic import Field, JsonValue

from catering_cli.domain.money import Money
from catering_cli.domain.value import Value


class Change(Value):
    """One value of the order to be put in another's place."""

    path: str = Field(description="where: order.kitchen.equipment.oven; one past the end of a list adds to it")
    value: JsonValue = Field(description="what stands there afterwards")


class Repair(Value):
    """A change of the order that was tried: under it there is a schedule, or the guests who lacked a course have it."""

    text: str
    cost: Money | None = Field(
        default=None, description="what it adds where rates or prices are known; null: not known"
    )
    changes: tuple[Change, ...] = Field(description="all of them together do it")
