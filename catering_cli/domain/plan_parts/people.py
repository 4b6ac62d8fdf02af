"""Staff, equipment, rentals, packing and the run of service."""

from pydantic import Field

from catering_cli.domain.basis import Basis
from catering_cli.domain.money import Money
from catering_cli.domain.value import Exact, PlannedAt, Value


class Break(Value):
    """A break within a shift; paid."""

    start: PlannedAt
    end: PlannedAt


class StaffShift(Value):
    """One person's day: called in, on duty, out. The pay is for all of it."""

    role: str
    who: str = Field(description="number of the person within the role; a name may be written over it")
    start: PlannedAt
    end: PlannedAt
    breaks: tuple[Break, ...] = ()
    place: str = Field(default="base", description="where the last work of the shift is done")
    station: str = Field(default="", description="the equipment or the part of the event that takes most of the time")


class StaffLine(Value):
    """People of one role who are called in."""

    role: str
    count: int = Field(ge=0, le=20_000)
    available: int | None = Field(default=None, description="null: the order does not say")
    start: PlannedAt
    end: PlannedAt
    hours: Exact = Field(description="paid hours of all of them, exact: 45/2")
    rate: Money | None = None
    cost: Money | None = None
    basis: str = Field(description="ratio or peak of the schedule it comes from")
    source: str = ""
    derivation: Basis | None = Field(default=None, description="the same as data: rule and inputs")
    by: str = "kitchen"
    shifts: tuple[StaffShift, ...] = Field(default=(), description="one a person and day, in order of start")


class EquipmentLine(Value):
    """Plant that the timeline uses."""

    name: str
    place: str = "base"
    peak: int = Field(ge=0, description="most in use at one moment")
    available: int = Field(ge=0)
    assumed: bool = False


class RentalLine(Value):
    """A thing to have on the table or the line, by a ratio per guest."""

    item: str
    count: int = Field(ge=0)
    basis: str = Field(description="the ratio and what it is multiplied by")
    source: str = ""
    derivation: Basis | None = Field(default=None, description="the same as data: rule and inputs")


class Equipment(Value):
    """Plant, service ware and vessels."""

    plant: tuple[EquipmentLine, ...] = ()
    ware: tuple[RentalLine, ...] = ()


class PackLine(Value):
    """One line of the packing list."""

    box: str
    item: str
    count: int = Field(ge=0)
    dish: str = ""
    open_first: bool = False


class FoodPerGuest(Value):
    """Served weight of what a guest eats at a service, drinks aside."""

    grams: int = Field(ge=0)
    usual_low: int | None = Field(default=None, description="of a meal of this style; null: a service without mains")
    usual_high: int | None = None
    source: str = ""
    without: tuple[str, ...] = Field(default=(), description="dishes of which no weight is known")


class ServiceLine(Value):
    """One service of the event."""

    id: str
    at: PlannedAt
    until: PlannedAt
    place: str
    style: str
    guests: int = Field(ge=0)
    lines: int = Field(default=0, ge=0, description="buffet lines or stations; 0 if there are none")
    dishes: tuple[str, ...] = Field(default=(), description="dish ids in order of course")
    notes: tuple[str, ...] = Field(default=(), description="allergen plates and the like")
    food: FoodPerGuest | None = None
