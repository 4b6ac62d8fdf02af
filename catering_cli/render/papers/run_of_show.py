"""The run of show: the event by the clock, for the captain and the floor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from catering_cli.render.clock import clock_time, event_day, event_zone, stamp, until
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.papers.meals import meals_of
from catering_cli.render.papers.task_lines import event_blocks
from catering_cli.render.places import place_name, trip_service
from catering_cli.render.wording import counted, crew_text, dish_names, service_name

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.people import ServiceLine

SENTENCE = re.compile(r"(?<=[.!?])\s+")
CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3])[:.h]([0-5]\d)\s*(am|pm|a\.m\.|p\.m\.)?(?!\d)", re.IGNORECASE)
NOON = 12
SHOW_COLUMNS = (
    Column("Done", tick=True),
    Column("Time"),
    Column("What", wide=True),
    Column("Place"),
    Column("Who"),
)


MEAL_COLUMNS = (
    Column("Meals", right=True),
    Column("For", wide=True),
    Column("Serve instead", wide=True),
    Column("Not for", wide=True),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happens at a time."""

    at: datetime
    time: str
    what: str
    place: str = ""
    who: str = ""
    task: str = ""
    """id of the task of the timeline that it is"""
    key: bool = True
    """whether it is one of the moments that the event order names"""


def sentences(notes: str) -> list[str]:
    """The sentences of the order's notes, word for word."""
    return [said.strip() for said in SENTENCE.split(notes.strip()) if said.strip()]


def entries(plan: CateringPlan) -> list[Entry]:
    """Everything of the event that has a time, in order."""
    found = [*_services(plan), *_meals(plan), *_cues(plan), *_notes(plan), *_work(plan)]
    return sorted(found, key=lambda entry: (entry.at, not entry.key, entry.task))


def _services(plan: CateringPlan) -> Iterator[Entry]:
    names = dish_names(plan)
    for service in plan.service:
        dishes = ", ".join(names.get(dish, dish) for dish in service.dishes)
        said = f"{_begins(service)}: {dishes}"
        yield Entry(service.at, _span(service.at, service.until, plan), said, place_name(plan, service.place))


def _begins(service: ServiceLine) -> str:
    """What guests see of a service: a buffet begins, boxes are handed out."""
    name, guests = service_name(service), counted(service.guests, "guest")
    if service.style == "boxed":
        return f"Boxed meals, {guests}" if service.id == "service" else f"{name}: boxed meals, {guests}"
    same = name.casefold() == service.style
    return f"{name} begins ({guests})" if same else f"{name} begins ({service.style}, {guests})"


def _meals(plan: CateringPlan) -> Iterator[Entry]:
    for meal in plan.order.guests.extra_meals:
        if meal.at:
            yield Entry(meal.at, clock_time(meal.at, plan.order), f"Meals for the crew: {meal.count} x {meal.who}")


def _cues(plan: CateringPlan) -> Iterator[Entry]:
    order = plan.order
    beo = order.beo
    if beo is None:
        return
    if beo.doors:
        yield Entry(beo.doors, clock_time(beo.doors, order), "Doors")
    for cue in beo.cues:
        yield Entry(cue.at, clock_time(cue.at, order), cue.what, who=cue.who)


def _notes(plan: CateringPlan) -> Iterator[Entry]:
    """Instructions that name a time, at that time of the event's day."""
    for said in sentences(plan.order.notes):
        moment = _named_time(said, plan)
        if moment:
            yield Entry(moment, clock_time(moment, plan.order), said)


def _named_time(said: str, plan: CateringPlan) -> datetime | None:
    """The first time of day in a sentence, on the day of the event."""
    found = CLOCK.search(said)
    if found is None:
        return None
    hour = int(found[1])
    half = (found[3] or "").casefold()
    if half.startswith("p") and hour < NOON:
        hour += NOON
    if half.startswith("a") and hour == NOON:
        hour = 0
    day = event_day(plan.order.event.service_at, plan.order)
    return datetime(day.year, day.month, day.day, hour, int(found[2]), tzinfo=event_zone(plan.order))


def _work(plan: CateringPlan) -> Iterator[Entry]:
    """The tasks of the event: packing, drives, setting up, plating, serving, striking."""
    services = {service.id: service for service in plan.service}
    for block in event_blocks(plan):
        if block.kind == "serve":
            service = services.get(trip_service(block))
            said = f"Serve {service_name(service)}" if service else block.label
        else:
            said = block.label
        span = _span(block.start, block.end, plan)
        who = crew_text(block.crew)
        place = place_name(plan, block.place)
        yield Entry(block.start, span, said, place, who, task=block.id, key=block.kind in ("plate", "strike"))


def _span(start: datetime, end: datetime, plan: CateringPlan) -> str:
    return f"{clock_time(start, plan.order)}-{until(start, end, plan.order)}"


def run_of_show_section(plan: CateringPlan, _: Page) -> Section:
    """The event by the clock, with the instructions of the notes and the special meals."""
    return Section.of("run-of-show", "Run of show", _parts(plan), empty="Nothing to do.")


def _parts(plan: CateringPlan) -> Iterator[Part]:
    untimed = [said for said in sentences(plan.order.notes) if _named_time(said, plan) is None]
    if untimed:
        yield Paragraph(f"Instructions: {' '.join(untimed)}", "strong")
    by_day: dict[str, list[Row]] = {}
    for entry in entries(plan):
        day = stamp(entry.at, plan.order).rsplit(" ", 1)[0]
        by_day.setdefault(day, []).append(("", entry.time, entry.what, entry.place, entry.who))
    for day, rows in by_day.items():
        yield Table(SHOW_COLUMNS, tuple(rows), title=day, fold=30)
    meals = tuple((f"{meal.count:,}", meal.who, meal.instead, meal.not_for or "-") for meal in meals_of(plan))
    if meals:
        yield Table(MEAL_COLUMNS, meals, title="Special meals", fold=20)
