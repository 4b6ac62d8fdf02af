"""The order: what the client wants, in three lines or in full. Everything absent is a stated assumption."""

import operator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from catering_cli.domain.decision import Decision
from catering_cli.domain.learnt import Learnt
from catering_cli.domain.money import StatedMoney
from catering_cli.domain.order_parts.event_order import ClientField, ContactField, EventOrder, TableField, VenueField
from catering_cli.domain.order_parts.guests import GuestsField
from catering_cli.domain.order_parts.pricing import Pricing
from catering_cli.domain.order_parts.recipe import Advice, Course, Recipe, YieldField
from catering_cli.domain.order_parts.site import Budget, Kitchen, Leg, Place, Product, Staff, Stock, Supply
from catering_cli.domain.value import Moment, Name, Note, Value

Style = Literal["plated", "buffet", "family", "cocktail", "boxed"]


class EventInfo(Value):
    """The event."""

    name: Name
    service_at: Moment = Field(
        description="when service begins: 2027-04-17T12:30:00-04:00, or 2027-04-17T12:30 with event.timezone"
    )
    timezone: str | None = Field(
        default=None, description='IANA name such as "America/New_York"; absent: the offset is taken as fixed'
    )
    ends_at: Moment | None = None
    style: Style = "buffet"
    venue: str = Field(default="", max_length=500)
    travel_minutes: int = Field(
        default=0,
        ge=0,
        le=2_880,
        description="from the kitchen to the venue; 0: on site",
    )
    jurisdiction: str = Field(
        default="us-fda-2022", description="whose food-safety limits hold: us-fda-2022, us-ny, eu"
    )
    population: Literal["general", "highly_susceptible"] | None = Field(
        default=None,
        description="highly susceptible: patients, residents of homes, small children; absent: the general public, "
        "unless the words of the event say otherwise",
    )


class Service(Value):
    """One meal or drop-off of the event."""

    id: Name
    at: Moment
    until: Moment | None = None
    style: Style | None = Field(default=None, description="absent: the event's")
    guests: int | None = Field(default=None, gt=0, le=100_000, description="absent: all guests")
    place: str | None = Field(default=None, description="id of a place; absent: the venue")


def _from_name(value: object) -> object:
    return {"dish": value} if isinstance(value, str) else value


class MenuItem(Value):
    """A dish on the menu. A bare name is looked up in `recipes`, then in the catalogue."""

    dish: Name
    course: Course | None = Field(default=None, description="absent: the recipe's")
    service: str | None = Field(default=None, description="id of a service; absent: those that its name and course fit")
    by_name: bool = Field(
        default=False, exclude_if=operator.not_, description="whether its service was told by its name and course alone"
    )
    portions: int | None = Field(
        default=None,
        gt=0,
        le=1_000_000,
        description="absent: from the guests",
    )
    popularity: int = Field(
        default=1,
        ge=1,
        le=100,
        description="weight beside the other dishes of its course",
    )
    over_percent: int | None = Field(
        default=None,
        ge=0,
        le=50,
        description="made beyond the need; absent: by style",
    )
    goes_with: Name | None = Field(
        default=None, description="the dish that it is served with: as many portions as of that; absent: for all guests"
    )
    recipe: str | Recipe | None = Field(
        default=None, description="name in `recipes` or the catalogue, an inline recipe, or a path beside the order"
    )
    yields: YieldField | None = Field(
        default=None,
        alias="yield",
        serialization_alias="yield",
        description="what that recipe makes, if it does not say so, or says it wrong",
    )


MenuField = Annotated[MenuItem, BeforeValidator(_from_name, json_schema_input_type=Name | MenuItem)]


class Price(Value):
    """Short form of supply: what a food costs."""

    item: Name
    price: StatedMoney
    per: Name = Field(description='unit or pack that the price buys, e.g. "kg" or "5 lb"')


class Order(Value):
    """A catering order."""

    schema_: str | None = Field(
        default=None,
        alias="$schema",
        exclude=True,
        description="for editors; ignored",
    )
    event: EventInfo
    guests: GuestsField
    menu: tuple[MenuField, ...] = Field(min_length=1, max_length=500)
    services: tuple[Service, ...] = Field(default=(), description="absent: one, from `event`")
    places: tuple[Place, ...] = Field(default=(), description="absent: one, from `kitchen`")
    legs: tuple[Leg, ...] = Field(default=(), description="absent: one, from `travel_minutes`")
    recipes: tuple[Recipe, ...] = ()
    recipe_folder: str = Field(
        default="",
        max_length=500,
        description="folder beside the order with recipes of your own; they stand before the catalogue",
    )
    kitchen: Kitchen = Kitchen.model_construct()
    staff: Staff | None = Field(
        default=None, description="given: what is missing is a finding; absent: the plan says it"
    )
    supply: tuple[Supply, ...] = ()
    supply_file: str = Field(
        default="", max_length=500, description="price list beside the order: a CSV file of item, pack, price, supplier"
    )
    prices: tuple[Price, ...] = Field(default=(), description="short form of `supply`")
    on_hand: tuple[Stock, ...] = ()
    products: tuple[Product, ...] = Field(default=(), description="labels of products, read by a person")
    budget: Budget | None = None
    tphc: str = Field(
        default="", max_length=2_000, description="written procedure for time as a control; absent: never"
    )
    system: Literal["us", "imperial", "metric", "au"] = Field(default="us", description="what a cup is")
    decisions: tuple[Decision, ...] = Field(default=(), description="the client's own decisions; they are kept")
    client: ClientField | None = Field(default=None, description="who asked for the event: a name, or name and address")
    contacts: tuple[ContactField, ...] = ()
    venue: VenueField | None = Field(default=None, description="address, load-in, power, water ... of event.venue")
    beo: EventOrder | None = Field(default=None, description="number, doors, cues, bar, linen for the event order")
    tables: tuple[TableField, ...] = ()
    price: Pricing | None = Field(default=None, description="what the client pays; absent: no quote is made")
    languages: tuple[Literal["es"], ...] = Field(
        default=(),
        max_length=1,
        exclude_if=operator.not_,
        description="what the crew reads beside English: a model may then put the steps of recipes into it",
    )
    notes: Note = ""
    learnt: tuple[Learnt, ...] = Field(
        default=(), exclude_if=operator.not_, description="what the house measured at earlier events; `catering close`"
    )
    advice: tuple[Advice, ...] = Field(default=(), description="what was said of the dishes when it was scaled")
