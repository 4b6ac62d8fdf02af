"""The event's own jobs: plate, pack, load, drive, set up, hold, serve, strike, for each service and its drive."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heappop, heappush

from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.kitchen.capacity import Clock, base_id, equipment_name, staff_options
from catering_cli.kitchen.jobs import Job, Lag, Need, Resource
from catering_cli.kitchen.tables import rows

VENUE = "venue"
COURSES: tuple[tuple[str, ...], ...] = (
    ("canape",), ("starter",), ("soup",), ("salad",), ("main", "side", "bread"), ("dessert",),
)  # fmt: skip
"""Courses that are plated together, in the order they are served; drinks are poured at the table."""


@dataclass(frozen=True, slots=True)
class Meal:
    """One service as the kitchen sees it."""

    id: str
    """prefix of its blocks: `service`, or the service's id after `service.`"""
    service: str
    at: int
    until: int
    style: str
    guests: int
    place: str
    drive: int
    """minutes on the road; 0: on site"""
    vehicle: str

    @property
    def away(self) -> bool:
        """Whether the food leaves the base."""
        return self.drive > 0


def meals(order: Order, clock: Clock) -> tuple[Meal, ...]:
    """The services in order of time."""
    guests = max(order.guests.guaranteed, order.guests.expected or 0)
    if not order.services:
        return (_only(order, clock, guests),)
    out = []
    for service in order.services:
        style = service.style or order.event.style
        at = clock.minute(service.at)
        until = clock.minute(service.until) if service.until else at + _row("serve", style).minutes
        place = service.place or VENUE
        drive, vehicle = _road(order, place)
        count = service.guests or guests
        name = f"service.{service.id}"
        out.append(Meal(name, service.id, at, max(until, at + 1), style, count, place, drive, vehicle))
    return tuple(sorted(out, key=lambda meal: (meal.at, meal.id)))


def _only(order: Order, clock: Clock, guests: int) -> Meal:
    event, at = order.event, clock.minute(order.event.service_at)
    until = clock.minute(event.ends_at) if event.ends_at else at + _row("serve", event.style).minutes
    venue = next((place.id for place in order.places if place.kind == "venue"), VENUE)
    drive, vehicle = _road(order, venue)
    return Meal("service", "", at, max(until, at + 1), event.style, guests, venue, drive, vehicle)


def _road(order: Order, place: str) -> tuple[int, str]:
    """Minutes on the shortest way over the order's legs from the base, else `travel_minutes`; and the vehicle."""
    base = base_id(order)
    if place == base:
        return 0, ""
    best: dict[str, int] = {}
    heap = [(0, base, "")]
    while heap:
        far, at, vehicle = heappop(heap)
        if at in best:
            continue
        best[at] = far
        if at == place:
            return far, vehicle
        for leg in order.legs:
            if leg.from_ == at and leg.to not in best:
                heappush(heap, (far + leg.minutes, leg.to, vehicle or leg.vehicle))
    return order.event.travel_minutes, "van" if order.event.travel_minutes else ""


@dataclass(frozen=True, slots=True)
class _Row:
    minutes: int
    person_minutes: Fraction
    guests_per_person: int
    role: str


def _row(work: str, style: str) -> _Row:
    row = next((r for r in rows("event_work") if r["work"] == work and r["style"] in (style, "*")), None)
    if row is None:
        return _Row(0, Fraction(0), 1, "")
    return _Row(int(row["minutes"]), Fraction(row["person_minutes"]), int(row["guests_per_person"]), row["role"])


def transport(meal: Meal, order: Order) -> int:
    """Least minutes from the last of the kitchen's work to the guests; 0 on site."""
    if not meal.away:
        return 0
    sized = (_size(work, meal, order)[0] for work in ("pack", "load", "set_up", "hold"))
    return meal.drive + sum(sized)


def _size(work: str, meal: Meal, order: Order) -> tuple[int, tuple[Need, ...]]:
    """Minutes, and the people: as many as the ratio asks, or as the order has."""
    row = _row(work, meal.style)
    if not row.role:
        return row.minutes, ()
    people = max(1, math.ceil(Fraction(meal.guests, row.guests_per_person)))
    options = staff_options(order, row.role)
    if options and order.staff is not None:
        have = {o: sum(r.available for r in order.staff if r.role == o.name) for o in options}
        options = tuple(sorted(options, key=lambda o: -min(have[o], people)))[:1]
        people = max(1, min(people, have[options[0]]))
    minutes = row.minutes + math.ceil(row.person_minutes * meal.guests / people)
    fallback = (Resource("staff", row.role, "base"),)
    return minutes, (Need(options or fallback, people, minutes, row.role),)


def course_times(meal: Meal, dishes: Sequence[Dish]) -> dict[str, int]:
    """When each plated course is served: one after another from the start, sooner where the service is short."""
    present = {dish.course for dish in dishes if dish.portions}
    groups = [group for group in COURSES if present.intersection(group)]
    lengths = [_row("course", group[0]).minutes for group in groups]
    total, room, at, out = sum(lengths), meal.until - meal.at, 0, {}
    for group, length in zip(groups, lengths, strict=True):
        offset = at if total <= room else at * room // total
        out.update(dict.fromkeys(group, meal.at + offset))
        at += length
    return out


def jobs(order: Order, meal: Meal, dishes: Sequence[Dish], ends: Sequence[tuple[Dish, Lag, bool]]) -> list[Job]:
    """The jobs of one service. `ends` are the last pieces of each dish for it, and whether they are done away."""
    out = [*_away(order, meal, ends)] if meal.away else [_before(order, meal)]
    ready = Lag(out[-1].id)
    gets = [(dish, lag) for dish, lag, _ in ends]
    plates = _plates(order, meal, dishes, gets, out) if meal.style == "plated" else []
    plated = {lag.job for plate in plates for lag in plate.after}
    own = [Lag(plate.id) for plate in plates if plate.latest is not None and plate.latest + plate.minutes <= meal.at]
    served = [*own, *(lag for _, lag in gets if lag.job not in plated), ready]
    out += plates
    out.append(_serve(order, meal, served))
    if _row("strike", meal.style).minutes:
        out.append(_strike(order, meal))
        out += [_back(meal, out[-1])] if meal.away else []
    return out


def _job(meal: Meal, work: str, order: Order, place: str, after: tuple[Lag, ...], **more: object) -> Job:
    minutes, needs = _size(work, meal, order)
    label = f"{work.replace('_', ' ').capitalize()}{f' ({meal.service})' if meal.service else ''}"
    fields = {"minutes": minutes, "needs": needs, "portions": meal.guests, "label": label, **more}
    return Job(id=f"{meal.id}.{work}", kind=work, place=place, after=after, **fields)  # type: ignore[arg-type]


def _before(order: Order, meal: Meal) -> Job:
    minutes, _ = _size("set_up", meal, order)
    margin = _row("hold", meal.style).minutes
    return _job(meal, "set_up", order, meal.place, (), latest=meal.at - minutes - margin)


def _away(order: Order, meal: Meal, ends: Sequence[tuple[Dish, Lag, bool]]) -> list[Job]:
    base, prefix = base_id(order), meal.id
    packed = tuple(Lag(lag.job) for _, lag, away in ends if not away)
    pack = _job(meal, "pack", order, base, packed)
    load = _job(meal, "load", order, base, (Lag(pack.id),))
    van = Need((Resource("equipment", equipment_name(meal.vehicle or "van"), base),), 1, meal.drive, meal.vehicle)
    _, driver = _size("drive", meal, order)
    people = tuple(Need(need.options, need.count, meal.drive, need.asked) for need in driver)
    drive = _job(meal, "drive", order, meal.place, (Lag(load.id),), minutes=meal.drive, needs=(van, *people))
    set_up = _job(meal, "set_up", order, meal.place, (Lag(drive.id),))
    hold = _job(meal, "hold", order, meal.place, (Lag(f"{prefix}.set_up"),))
    return [
        *(replace(job, attended=job.minutes) for job in (pack, load)), drive, set_up, hold,
    ]  # fmt: skip


def _plates(
    order: Order, meal: Meal, dishes: Sequence[Dish], gets: Sequence[tuple[Dish, Lag]], before: Sequence[Job]
) -> list[Job]:
    """One plating a course, ending when the course is served; it waits for the dishes of that course."""
    out = []
    for group in COURSES:
        time = course_times(meal, dishes).get(group[0])
        if time is None:
            continue
        work = _job(meal, "plate", order, meal.place if meal.away else base_id(order), ())
        lags = {lag.job: lag for dish, lag in gets if dish.course in group}
        arrived = [Lag(job.id) for job in before if meal.away and job.kind == "drive"]
        start = time - work.minutes
        name = f"{meal.id}.plate.{group[0]}"
        label = f"Plate {group[0]}{f' ({meal.service})' if meal.service else ''}"
        attended = None if meal.away else work.minutes
        after = (*lags.values(), *arrived)
        out.append(replace(work, id=name, label=label, after=after, earliest=start, latest=start, attended=attended))
    return out


def _serve(order: Order, meal: Meal, after: Sequence[Lag]) -> Job:
    minutes = meal.until - meal.at
    _, people = _size("serve", meal, order)
    needs = tuple(Need(need.options, need.count, minutes, need.asked) for need in people)
    return _job(
        meal, "serve", order, meal.place, tuple({lag.job: lag for lag in after}.values()),
        minutes=minutes, needs=needs, earliest=meal.at, latest=meal.at,
    )  # fmt: skip


def _strike(order: Order, meal: Meal) -> Job:
    return _job(meal, "strike", order, meal.place, (Lag(f"{meal.id}.serve"),), earliest=meal.until, latest=meal.until)


def _back(meal: Meal, strike: Job) -> Job:
    start = meal.until + strike.minutes
    return Job(
        id=f"{meal.id}.return", kind="drive", label="Drive back", minutes=meal.drive, place=meal.place,
        after=(Lag(strike.id),), earliest=start, latest=start,
        needs=(Need((Resource("staff", "driver", "base"),), 1, meal.drive, "driver"),),
    )  # fmt: skip
