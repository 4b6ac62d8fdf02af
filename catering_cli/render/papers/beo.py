"""The banquet event order: the event on two pages, for everyone who works it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from catering_cli.domain.order_parts.event_order import EventOrder
from catering_cli.render import open_items
from catering_cli.render.clock import clock_time, event_day, stamp, until
from catering_cli.render.page import Column, Facts, Group, Page, Paragraph, Part, Row, Section, Signatures, Table
from catering_cli.render.papers.meals import meals_of
from catering_cli.render.papers.people import Person, people
from catering_cli.render.papers.run_of_show import entries, sentences
from catering_cli.render.places import served_at, vehicle_to, venue_name
from catering_cli.render.revision import revision
from catering_cli.render.wording import (
    around,
    counted,
    course_name,
    plural,
    portions_text,
    service_name,
)

if TYPE_CHECKING:
    from datetime import datetime

    from catering_cli.domain.order_parts.event_order import Table as SeatedTable
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish
    from catering_cli.domain.plan_parts.people import ServiceLine

MOST_OPEN: Final = 5
LONGEST_OPEN: Final = 150
"""Open items on the event order, and characters of each; all of them are in the manager's file."""

MOST_CALLS: Final = 2
"""Calls of a role that are listed one by one."""

SERVICE_COLUMNS = (
    Column("Service", wide=True),
    Column("Time"),
    Column("Style"),
    Column("Guests", right=True),
    Column("Place", wide=True),
    Column("Vehicle"),
)
CLOCK_COLUMNS = (
    Column("Time"),
    Column("What", wide=True),
    Column("Place", wide=True),
)
MENU_COLUMNS = (
    Column("Course"),
    Column("Dish", wide=True),
    Column("Count", right=True),
    Column("Service"),
)
STAFF_COLUMNS = (
    Column("Role"),
    Column("Staff"),
    Column("Call", wide=True),
    Column("Out", wide=True),
)
MEAL_COLUMNS = (
    Column("No.", right=True),
    Column("Guest or table", wide=True),
    Column("Not for", wide=True),
)


def beo_section(plan: CateringPlan, _: Page) -> Section:
    """Event, clock, menu, bar, rentals, staff, special meals, open items, signatures."""
    return Section.of("beo", "Banquet event order", _parts(plan))


def _parts(plan: CateringPlan) -> Iterator[Part]:
    yield Facts(tuple(_facts(plan)))
    yield from _instructions(plan)
    yield Table(SERVICE_COLUMNS, tuple(_service_row(one, plan) for one in plan.service), title="Services", fold=20)
    yield Table(CLOCK_COLUMNS, tuple(_clock_rows(plan)), title="Run of show", fold=30)
    yield Table(MENU_COLUMNS, tuple(_menu_rows(plan)), title="Menu", fold=40)
    yield from _special(plan)
    staff = Table(STAFF_COLUMNS, tuple(_staff_rows(plan)), title="Staff", fold=20)
    signatures = Signatures(("Client", "Captain", "Chef"))
    yield Group((staff, *_bar_and_rentals(plan), *_open_items(plan), signatures))


def _facts(plan: CateringPlan) -> Iterator[tuple[str, str]]:
    order, count = plan.order, plan.headcount
    beo = order.beo
    yield "BEO", f"{(beo.number if beo else '') or revision(plan)}, revision {revision(plan)}"
    yield "Event", order.event.name + (f" ({beo.kind})" if beo and beo.kind else "")
    day = event_day(order.event.service_at, order)
    yield "Date", f"{stamp(order.event.service_at, order).rsplit(' ', 1)[0]} {day.year}, {order.event.style}"
    yield from _client(plan)
    yield from _venue(plan)
    yield "Guests", f"{count.guaranteed:,} guaranteed, {count.expected:,} expected, set for {count.set_for:,}"
    for meal in order.guests.extra_meals:
        when = f", at {clock_time(meal.at, order)}" if meal.at else ""
        yield "Crew meals", f"{meal.count} x {meal.who}{when}"
    if order.tables:
        yield "Tables", "; ".join(map(_table, order.tables))
    if plan.timeline.first_start:
        yield "Kitchen begins", stamp(plan.timeline.first_start, order)


def _table(table: SeatedTable) -> str:
    seats = counted(table.seats, "seat") if table.seats else ""
    return _joined(table.name, seats, " and ".join(table.guests), table.note)


def _client(plan: CateringPlan) -> Iterator[tuple[str, str]]:
    client = plan.order.client
    if client:
        yield "Client", _joined(client.name, client.company, client.phone, client.email, client.address)
    for contact in plan.order.contacts:
        yield contact.role or "Contact", _joined(contact.name, contact.phone, contact.email)


def _joined(*parts: str) -> str:
    """What is said, with commas."""
    return ", ".join(said for said in parts if said)


def _venue(plan: CateringPlan) -> Iterator[tuple[str, str]]:
    venue = plan.order.venue
    if name := venue_name(plan):
        yield "Venue", name
    if venue is None:
        return
    fields = ("address", "load_in", "parking", "power", "water", "kitchen", "ice", "waste", "rules", "contact")
    for name in fields:
        if said := getattr(venue, name):
            yield name.replace("_", "-").capitalize(), said


def _instructions(plan: CateringPlan) -> Iterator[Part]:
    """The sentences of the notes, word for word, and what the event order adds."""
    beo = plan.order.beo
    said = sentences(plan.order.notes)
    if beo:
        said += [beo.setup] if beo.setup else []
        said += list(beo.instructions)
    if said:
        yield Paragraph(f"Instructions: {' '.join(said)}", "strong")


def _service_row(service: ServiceLine, plan: CateringPlan) -> Row:
    time = f"{stamp(service.at, plan.order)}-{until(service.at, service.until, plan.order)}"
    place = served_at(plan, service.place)
    return service_name(service), time, service.style, f"{service.guests:,}", place, vehicle_to(plan, service.place)


def _clock_rows(plan: CateringPlan) -> Iterator[Row]:
    """The moments that everyone has to know; the whole run of show is a sheet of its own."""
    tasks = {block.id: block for block in plan.timeline.blocks}
    for entry in entries(plan):
        arrives = entry.task in tasks and tasks[entry.task].kind in ("drive", "set_up")
        if entry.key or arrives:
            what = shorten(entry.what, 90, placeholder=" …") if entry.task or entry.what.count(",") > 1 else entry.what
            yield entry.time, what, entry.place


def _menu_rows(plan: CateringPlan) -> Iterator[Row]:
    services = {service.id: service_name(service) for service in plan.service}
    order = list(chain.from_iterable(service.dishes for service in plan.service))
    listed = sorted(plan.menu, key=lambda dish: order.index(dish.id) if dish.id in order else len(order))
    for dish in listed:
        yield course_name(dish.course), dish.name, _count(dish), services.get(dish.service, "")


def _count(dish: Dish) -> str:
    """What the guests need of it; what is made beyond that is the kitchen's."""
    return portions_text(dish, dish.needed).replace(" portions", "").replace(" portion", "")


def _staff_rows(plan: CateringPlan) -> Iterator[Row]:
    """Each role with its calls; if there are many, the first and the last: the call sheet has each person."""
    roles: dict[str, list[Person]] = {}
    for person in people(plan):
        roles.setdefault(person.role, []).append(person)
    for role, them in roles.items():
        begins = sorted({person.begins for person in them})
        ends = sorted({person.ends for person in them})
        call = _times(begins, [stamp(moment, plan.order) for moment in begins])
        out = _times(ends, [stamp(moment, plan.order) for moment in ends])
        yield role if len(them) == 1 else plural(role), str(len(them)), call, out


def _times(moments: list[datetime], said: list[str]) -> str:
    if len(moments) <= MOST_CALLS:
        return ", ".join(said)
    return f"{said[0]} to {said[-1]}"


def _special(plan: CateringPlan) -> Iterator[Part]:
    rows = tuple((str(meal.count), meal.who, meal.not_for or "-") for meal in meals_of(plan))
    if rows:
        yield Table(MEAL_COLUMNS, rows, title="Special meals", fold=20)


def _bar_and_rentals(plan: CateringPlan) -> Iterator[Paragraph]:
    beo = plan.order.beo or EventOrder()
    drinks = [*beo.bar, *(dish.name for dish in plan.menu if dish.course == "drink")]
    if drinks:
        yield Paragraph(f"Bar and beverages: {'; '.join(drinks)}.")
    ware = [counted(line.count, line.item) for line in plan.equipment.ware if line.count]
    ware += beo.linen
    if ware:
        vendor = around(" (", beo.rentals_vendor, ")")
        yield Paragraph(f"Rentals and linen{vendor}: {', '.join(ware)}.")


def _open_items(plan: CateringPlan) -> Iterator[Paragraph]:
    """The gravest, one line a kind."""
    kinds = open_items.kinds(open_items.grave(plan.findings))
    if not kinds:
        return
    yield Paragraph("Open items", "strong")
    for items in kinds[:MOST_OPEN]:
        yield Paragraph(shorten(open_items.line(items), LONGEST_OPEN, placeholder=" …"), "open")
    if rest := sum(map(len, kinds[MOST_OPEN:])):
        yield Paragraph(f"And {rest} more in the manager's file.", "dim")
