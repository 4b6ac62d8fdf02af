"""What only the papers print: who asked for the event, where it is, its clock, tables and bar. All is optional."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from catering_cli.domain.value import Moment, Name, Value

Short = Annotated[str, Field(max_length=500)]


class Contact(Value):
    """A person to call."""

    name: Name
    role: Short = Field(default="", description="planner, venue manager, day-of contact ...")
    phone: Short = ""
    email: Short = ""


class Client(Value):
    """Who asked for the event and pays for it."""

    name: Name
    company: Short = ""
    phone: Short = ""
    email: Short = ""
    address: Short = ""


class Venue(Value):
    """The place as the crew and the driver need to know it."""

    name: Short = Field(default="", description="absent: event.venue")
    address: Short = ""
    load_in: Short = Field(default="", description="door or dock, and from when")
    parking: Short = ""
    power: Short = ""
    water: Short = ""
    kitchen: Short = Field(default="", description="what there is to cook and hold with")
    ice: Short = ""
    waste: Short = Field(default="", description="where refuse goes")
    rules: Short = Field(default="", description="open flame, noise, end of music ...")
    contact: Short = ""


class Cue(Value):
    """Something that happens at a time: doors, toasts, cake, last call."""

    at: Moment
    what: Name
    who: Short = ""


class EventOrder(Value):
    """What a banquet event order (BEO) says beside menu, staff and times."""

    number: Short = Field(default="", description="absent: the plan's revision")
    kind: Short = Field(default="", description="wedding reception, board lunch ...")
    doors: Moment | None = None
    cues: tuple[Cue, ...] = ()
    bar: tuple[Name, ...] = Field(default=(), description="bar and beverages, a line each")
    linen: tuple[Name, ...] = Field(default=(), description="linen and rentals beside what the plan counts")
    rentals_vendor: Short = ""
    setup: Short = Field(default="", description="room layout, stage, dance floor")
    instructions: tuple[Name, ...] = ()


class Table(Value):
    """A table and who sits at it."""

    name: Name
    seats: int | None = Field(default=None, gt=0, le=10_000)
    guests: tuple[Name, ...] = Field(default=(), description="names, if they are known")
    note: Short = ""


def _from_name(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


ClientField = Annotated[Client, BeforeValidator(_from_name, json_schema_input_type=Name | Client)]
VenueField = Annotated[Venue, BeforeValidator(_from_name, json_schema_input_type=Name | Venue)]
ContactField = Annotated[Contact, BeforeValidator(_from_name, json_schema_input_type=Name | Contact)]
TableField = Annotated[Table, BeforeValidator(_from_name, json_schema_input_type=Name | Table)]
