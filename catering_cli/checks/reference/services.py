"""The services of an order: when, where, for how many and how far away, with the blocks that do their work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.data import tables
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block

TOGETHER = (("canape",), ("starter",), ("soup",), ("salad",), ("main", "side", "bread"), ("dessert",))
"""Courses that come on one plate, in the order of a meal."""

GUESTS_A_LINE = 100
"""A buffet line laid on both sides: 50 guests a side, https://aorents.com/plan-your-event/tips-and-guidelines/"""


class Meal(NamedTuple):
    """A service with the prefix of its blocks' ids."""

    prefix: str
    service: str
    at: datetime
    until: datetime
    style: str
    guests: int
    place: str
    road: int
    """minutes from the base"""

    def serves(self, dish: Dish) -> bool:
        """Whether a dish is for this service."""
        return not self.service or dish.service in ("", self.service)

    def lasts_through(self, block: Block) -> bool:
        """Whether work lies within the service, at its place: it is done as guests order."""
        return self.place == block.place and self.at <= block.start and block.end <= self.until


@cache
def event_row(work: str, style: str) -> dict[str, str] | None:
    """The row of the table of the event's work for a style, or for every style."""
    fitting = (row for row in tables.rows("event_work") if row["style"] in (style, "*"))
    return next((row for row in fitting if row["work"] == work), None)


def usual_minutes(work: str, style: str) -> int:
    """Fixed minutes of a kind of the event's work by the table; 0 if it has none."""
    row = event_row(work, style)
    return int(row["minutes"]) if row else 0


@asked_once
def meals(evidence: Evidence) -> tuple[Meal, ...]:
    """The order's services; one from the event if it lists none."""
    return tuple(_meals(evidence))


def _meals(evidence: Evidence) -> Iterator[Meal]:
    event, head = evidence.order.event, evidence.plan.headcount.set_for
    far = "venue" if evidence.order.event.travel_minutes or evidence.order.legs else evidence.base_id
    venue = next((place.id for place in evidence.order.places if place.kind == "venue"), far)
    for one in evidence.order.services:
        style, place = one.style or event.style, one.place or venue
        until = one.until or one.at + timedelta(minutes=usual_minutes("serve", style))
        prefix, road = f"service.{one.id}", _road(evidence, place)
        yield Meal(prefix, one.id, one.at, until, style, one.guests or head, place, road)
    if not evidence.order.services:
        until = event.ends_at or event.service_at + timedelta(minutes=usual_minutes("serve", event.style))
        yield Meal("service", "", event.service_at, until, event.style, head, venue, _road(evidence, venue))


def _road(evidence: Evidence, place: str) -> int:
    """Minutes on the shortest way from the base by the order's legs, else the event's travel time."""
    order = evidence.order
    far = {evidence.base_id: 0}
    for _ in order.legs:
        for leg in order.legs:
            if leg.from_ in far:
                there = far[leg.from_] + leg.minutes
                far[leg.to] = min(far.get(leg.to, there), there)
    return far.get(place, order.event.travel_minutes)


@asked_once
def event_blocks(evidence: Evidence) -> dict[str, tuple[Block, ...]]:
    """The blocks that are no step of a dish, by the prefix of their service: the longest that their id begins with.

    Blocks of no service stand under an empty prefix.
    """
    owned: dict[str, list[Block]] = {meal.prefix: [] for meal in meals(evidence)}
    stray: list[Block] = []
    for block in evidence.plan.timeline.blocks:
        if block.step is None and not block.dish:
            owners = [prefix for prefix in owned if block.id.startswith(f"{prefix}.")]
            (owned[max(owners, key=len)] if owners else stray).append(block)
    return {"": tuple(stray), **{prefix: tuple(blocks) for prefix, blocks in owned.items()}}


def courses_served(evidence: Evidence, meal: Meal) -> list[str]:
    """What is served one after the other at a service: of courses that come on one plate the first."""
    made = [dish for dish in evidence.plan.menu if dish.portions]
    mine = {dish.course for dish in made if meal.serves(dish)}
    return [group[0] for group in TOGETHER if not mine.isdisjoint(group)]


def lines_for(style: str, guests: int) -> int:
    """Buffet lines for so many guests."""
    return -(-guests // GUESTS_A_LINE) if style == "buffet" else 0


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from one moment to another."""
    return (end - start) // timedelta(minutes=1)
