"""What a caterer has: kitchen, staff, supply, labels, money."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo

from catering_cli.domain.money import StatedMoney
from catering_cli.domain.quantity import Quantity, readers_of
from catering_cli.domain.value import Moment, Name, Value


class Hours(Value):
    """A time in which the kitchen is open."""

    from_: Moment = Field(alias="from", serialization_alias="from")
    until: Moment


class Kitchen(Value):
    """The base kitchen. Equipment given: fixed plant that is not listed is 0. Absent: a stated default kitchen."""

    available_from: Moment | None = Field(default=None, description="nothing can be done before")
    hours: tuple[Hours, ...] = Field(default=(), description="absent: 06:00-22:00 on earlier days, an assumption")
    equipment: dict[str, Annotated[int, Field(ge=0, le=10_000)]] | None = Field(
        default=None, description='how many of each, e.g. {"oven": 2, "burner": 6}'
    )
    plating_buffer_minutes: Annotated[int, Field(ge=0, le=480)] | None = Field(
        default=None, description="time in hand before each plating; absent: 15, if it can be had"
    )
    arrival_buffer_minutes: Annotated[int, Field(ge=0, le=480)] | None = Field(
        default=None, description="time in hand after each arrival; absent: 30, if it can be had"
    )


class Place(Value):
    """A base or a venue, with what is there."""

    id: Name
    kind: Literal["base", "venue"] = "venue"
    name: str = ""
    equipment: dict[str, Annotated[int, Field(ge=0, le=10_000)]] = Field(default_factory=dict)
    fridge: bool = False
    power: bool = True
    water: bool = True
    shelter: bool = Field(default=True, description="a dry, level place under a roof for the kitchen to work in")
    circuits: tuple[Annotated[int, Field(gt=0, le=400)], ...] = Field(
        default=(), description="amperes of each circuit that may be used, at 120 V; absent: not asked about"
    )


class Leg(Value):
    """A drive between two places."""

    from_: Name = Field(alias="from", serialization_alias="from")
    to: Name
    minutes: int = Field(ge=0, le=2_880)
    vehicle: str = "van"


class StaffRow(Value):
    """People of one role who can be had."""

    role: Name
    available: int = Field(ge=0, le=10_000)
    rate: StatedMoney | None = Field(default=None, description="pay for one hour")
    skills: tuple[str, ...] = ()


def _staff_rows(value: object) -> object:
    if isinstance(value, dict) and "role" not in value:
        return [{"role": role, "available": count} for role, count in value.items()]
    return value


Staff = Annotated[
    tuple[StaffRow, ...],
    BeforeValidator(_staff_rows, json_schema_input_type=dict[str, int] | tuple[StaffRow, ...]),
]
"""`{"cook": 4}` or a list of rows."""


def _from_pack(value: object, info: ValidationInfo) -> object:
    return readers_of(info).pack(value) if isinstance(value, str) else value


Pack = Annotated[Quantity, BeforeValidator(_from_pack, json_schema_input_type=str | Quantity)]


class Supply(Value):
    """What a supplier asks for a food."""

    item: Name = Field(description='as the price list has it: "Butter, AA, unsalted, 36/1 lb"')
    food: str = Field(default="", description="the food that it is; absent: read from `item`")
    supplier: str = ""
    pack: Pack | None = Field(
        default=None, description='what one pack holds, e.g. "36/1 lb"; absent: as `item` says, else loose by `unit`'
    )
    unit: str = Field(default="", description="unit of the price if there is no pack, e.g. kg")
    price: StatedMoney | None = Field(default=None, description="price of one pack, or of one unit")
    lead_days: int = Field(default=0, ge=0, le=365)
    allergen_label: tuple[str, ...] | None = Field(default=None, description="allergens its label declares; [] is none")


class Stock(Value):
    """What is already in the house."""

    item: Name
    food: str = Field(default="", description="the food that it is; absent: read from `item`")
    quantity: Quantity


class Product(Value):
    """A product's label, read by a person: the only thing that makes an allergen cell `free`."""

    item: Name
    brand: str = ""
    label: tuple[str, ...] = Field(description="allergens that the label declares; [] is none")
    may_contain: tuple[str, ...] = Field(default=(), description="allergens of its precautionary statement")
    certified: tuple[str, ...] = Field(default=(), description="certificates on it: gluten-free, halal, kosher, vegan")
    read_on: str = Field(default="", description="date of reading")
    by: str = Field(default="", description="who read it")


class Budget(Value):
    """What may be spent."""

    currency: str = Field(default="USD", min_length=3, max_length=3)
    per_guest: StatedMoney | None = None
    total: StatedMoney | None = None
    labor_per_hour: StatedMoney | None = Field(default=None, description="for roles whose staff row has no rate")
    contingency_percent: int = Field(
        default=5,
        ge=0,
        le=100,
        description="allowance on all priced costs; [K]",
    )
