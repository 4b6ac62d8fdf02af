"""The services of an order: when, where, for how many and how far away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.data import tables
from catering_cli.domain.timeline import Block

TOGETHER = (("canape",), ("starter",), ("soup",), ("salad",), ("main", "side", "bread"), ("dessert",))
"""Courses that come on one plate, in the order of a meal."""


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


def event_row(work: str, style: str) -> dict[str, str] | None:
    """The row of the table of the event's work for a style, or for every style."""
    return next(
        (one for one in tables.rows("event_work") if one["work"] == work and one["style"] in (style, "*")), None
    )


@asked_once
def meals(evidence: Evidence) -> tuple[Meal, ...]:
    """The order's services; one from the event where it lists none."""
    return tuple(_meals(evidence))


def _meals(evidence: Evidence) -> Iterator[Meal]:
    order, head = evidence.order, evidence.plan.headcount.set_for
    venue = next((place.id for place in order.places if place.kind == "venue"), "venue")
    given = [
        (f"service.{one.id}", one.id, one.at, one.until, one.style or order.event.style, one.guests or head, one.place)
        for one in order.services
    ]
    given = given or [("service", "", order.event.service_at, order.event.ends_at, order.event.style, head, None)]
    for prefix, ident, at, until, style, guests, place in given:
        usual = event_row("serve", style)
        ends = until or at + timedelta(minutes=int(usual["minutes"]) if usual else 0)
        yield Meal(prefix, ident, at, ends, style, guests, place or venue, _road(evidence, place or venue))


def _road(evidence: Evidence, place: str) -> int:
    """Minutes on the shortest way from the base by the order's legs, else the event's travel time."""
    order = evidence.order
    base = evidence.base_id
    far = {base: 0}
    for _ in order.legs:
        for leg in order.legs:
            if leg.from_ in far:
                far[leg.to] = min(far.get(leg.to, far[leg.from_] + leg.minutes), far[leg.from_] + leg.minutes)
    return far.get(place, order.event.travel_minutes)


def belongs(block: Block, prefix: str, prefixes: set[str]) -> bool:
    """Whether a block is of the service of that prefix: of the longest that its id begins with."""
    owners = [one for one in prefixes if block.id.startswith(f"{one}.")]
    return bool(owners) and max(owners, key=len) == prefix


GUESTS_A_LINE = 100
"""A buffet line laid on both sides: 50 guests a side, https://aorents.com/plan-your-event/tips-and-guidelines/"""


def lines_for(style: str, guests: int) -> int:
    """Buffet lines for so many guests."""
    return -(-guests // GUESTS_A_LINE) if style == "buffet" else 0
