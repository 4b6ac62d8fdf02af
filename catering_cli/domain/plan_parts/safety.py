"""Food-safety control points."""

from typing import Literal

from pydantic import Field

from catering_cli.domain.basis import Basis
from catering_cli.domain.order_parts.recipe import FoodClass
from catering_cli.domain.value import PlannedAt, Value

PointKind = Literal["receive", "cold_hold", "cook", "cool", "reheat", "hot_hold", "transport", "date_mark", "advisory"]


class ReadingTime(Value):
    """When and where one reading of a check is taken."""

    at: PlannedAt
    place: str = Field(description="where the food is then: a place of the order, or the drive that carries it")
    block: str = Field(default="", description="the batch or trip that it is of")


class ControlPoint(Value):
    """What is measured, when, against which limit, and what is done if it fails. Readings are blank."""

    dish: str
    kind: PointKind
    food_class: FoodClass = "unknown"
    block: str = Field(default="", description="timeline block it belongs to")
    food: str = Field(default="", description="the ingredient it is about; empty: the dish")
    at: PlannedAt | None = Field(default=None, description="of the first reading")
    times: tuple[ReadingTime, ...] = Field(
        default=(), description="every reading: each batch, trip, two hours of holding"
    )
    limit: str = Field(description="as the code prints it, both degrees: >=165F (74C) <1 s")
    limit_id: str = Field(description="row of the limit table")
    source: str = ""
    who: str = ""
    corrective: str = ""
    reading: str = Field(default="", description="blank, to be filled by hand")
    note: str = ""
    derivation: Basis | None = Field(default=None, description="how the limit was found, as data")


class Safety(Value):
    """The HACCP log of the event."""

    jurisdiction: str
    code: str = Field(default="", description="what its food code is called")
    points: tuple[ControlPoint, ...] = ()
    notes: tuple[str, ...] = ()
