"""Food-safety control points."""

from typing import Literal

from pydantic import AwareDatetime, Field

from catering_cli.domain.basis import Basis
from catering_cli.domain.recipe import FoodClass
from catering_cli.domain.value import Value

PointKind = Literal["receive", "cold_hold", "cook", "cool", "reheat", "hot_hold", "transport", "date_mark", "advisory"]


class ControlPoint(Value):
    """What is measured, when, against which limit, and what is done if it fails. Readings are blank."""

    dish: str
    kind: PointKind
    food_class: FoodClass = "unknown"
    block: str = Field(default="", description="timeline block it belongs to")
    at: AwareDatetime | None = None
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
    points: tuple[ControlPoint, ...] = ()
    notes: tuple[str, ...] = ()
