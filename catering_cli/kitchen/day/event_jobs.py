"""The event's own jobs: plate, pack, load, drive, set up, hold, serve, strike, for each service and its drive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.kitchen.day.event_times import COURSES, course_times, size, taken, transport
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.kitchen.menu.services import Meal, row
from catering_cli.kitchen.recipes.equipment import equipment_name
from catering_cli.scheduling.problem import Job, Lag, Need, Resource


class End(NamedTuple):
    """A last piece of work on a dish for one service."""

    course: str
    lag: Lag
    away: bool
    """whether it is done at the venue"""


def jobs(order: Order, meal: Meal, courses: Collection[str], ends: Sequence[End]) -> list[Job]:
    """The jobs of one service; `courses` are those of its dishes, `ends` what its food waits for."""
    late = _late(order, meal, courses, ends)
    out = _main_trip(order, meal, [end for end in ends if end not in late]) if meal.away else [_ready(order, meal)]
    arrival = {end.lag.job: f"{meal.id}.drive" for end in ends}
    ready = Lag(out[-1].id)
    for moment in sorted({taken(meal, end.course, courses, order) for end in late}):
        group = [end for end in late if taken(meal, end.course, courses, order) == moment]
        trip = _late_trip(order, meal, moment, group)
        arrival.update({end.lag.job: trip[-1].id for end in group})
        out += trip
    plates = _plates(order, meal, courses, ends, arrival) if meal.style == "plated" else []
    plated = {lag.job for plate in plates for lag in plate.after}
    first = [Lag(plate.id) for plate in plates if plate.latest is not None and plate.latest + plate.minutes <= meal.at]
    left = [end for end in ends if end.lag.job not in plated]
    brought = [Lag(arrival[end.lag.job]) for end in left if end in late]
    served = [ready, *first, *(end.lag for end in left), *brought]
    return [*out, *plates, _serve(order, meal, served), *_after(order, meal)]


def _late(order: Order, meal: Meal, courses: Collection[str], ends: Sequence[End]) -> list[End]:
    """Food that keeps too shortly for the main trip: it is cooked last and driven behind. Boxes go together."""
    if not meal.away or meal.style == "boxed":
        return []
    chain = transport(meal, order) + figure("work", "trip_slack") - meal.at
    short = {
        end.lag.job
        for end in ends
        if not end.away and end.lag.limit is not None
        and end.lag.limit < chain + taken(meal, end.course, courses, order)
    }  # fmt: skip
    return [end for end in ends if end.lag.job in short]


def _job(order: Order, meal: Meal, work: str, place: str, after: Sequence[Lag], name: str = "") -> Job:
    minutes, needs = size(work, meal, order)
    kind = work.removeprefix("late_")
    part = f" {name}" if name else ""
    label = f"{kind.replace('_', ' ').capitalize()}{part}{f' ({meal.service})' if meal.service else ''}"
    unique = tuple({lag.job: lag for lag in after}.values())
    ident = f"{meal.id}.{kind}{f'.{name}' if name else ''}"
    return Job(ident, kind, label, minutes, place, needs, unique, portions=meal.guests)


def _ready(order: Order, meal: Meal) -> Job:
    job = _job(order, meal, "set_up", meal.place, ())
    return replace(job, latest=meal.at - job.minutes - row("hold", meal.style).minutes)


def _main_trip(order: Order, meal: Meal, ends: Sequence[End]) -> list[Job]:
    base = base_id(order)
    pack = _job(order, meal, "pack", base, [Lag(end.lag.job) for end in ends if not end.away])
    load = _job(order, meal, "load", base, [Lag(pack.id)])
    drive = _drive(order, meal, [Lag(load.id)])
    set_up = _job(order, meal, "set_up", meal.place, [Lag(drive.id)])
    hold = _job(order, meal, "hold", meal.place, [Lag(set_up.id)])
    return [replace(pack, attended=pack.minutes), replace(load, attended=load.minutes), drive, set_up, hold]


def _late_trip(order: Order, meal: Meal, moment: int, ends: Sequence[End]) -> list[Job]:
    """Pack, load and drive of what is cooked last; it arrives when its plating or service begins."""
    base = base_id(order)
    name = next((group[0] for group in COURSES if ends[0].course in group), "hot") if meal.style == "plated" else "hot"
    pack = _job(order, meal, "late_pack", base, [Lag(end.lag.job) for end in ends], name)
    load = _job(order, meal, "late_load", base, [Lag(pack.id)], name)
    drive = replace(_drive(order, meal, [Lag(load.id)], name), latest=moment - meal.drive)
    return [replace(pack, attended=pack.minutes), replace(load, attended=load.minutes), drive]


def _drive(order: Order, meal: Meal, after: Sequence[Lag], name: str = "") -> Job:
    """A trip to the guests or back. The vans are the base's: one that has brought something is there again later."""
    job = _job(order, meal, "drive", meal.place, after, name)
    away = meal.drive if name == "back" else 2 * meal.drive
    van = Resource("equipment", equipment_name(meal.vehicle or "van"), base_id(order))
    people = tuple(replace(need, minutes=meal.drive) for need in job.needs)
    return replace(job, minutes=meal.drive, needs=(Need((van,), 1, away, meal.vehicle), *people))


def _plates(
    order: Order, meal: Meal, courses: Collection[str], ends: Sequence[End], arrival: dict[str, str]
) -> list[Job]:
    """One plating a course, ending when the course is served; it waits for the dishes of that course."""
    times = course_times(meal, courses, order)
    out = []
    for group in COURSES:
        if group[0] not in times:
            continue
        mine = [end for end in ends if end.course in group]
        arrived = [Lag(arrival[end.lag.job]) for end in mine] or [Lag(f"{meal.id}.drive")] if meal.away else []
        place = meal.place if meal.away else base_id(order)
        work = _job(order, meal, "plate", place, [*(end.lag for end in mine), *arrived], group[0])
        start = times[group[0]] - work.minutes
        attended = None if meal.away else work.minutes
        out.append(replace(work, earliest=start, latest=start, attended=attended))
    return out


def _serve(order: Order, meal: Meal, after: Sequence[Lag]) -> Job:
    job, minutes = _job(order, meal, "serve", meal.place, after), meal.until - meal.at
    needs = tuple(replace(need, minutes=minutes) for need in job.needs)
    return replace(job, minutes=minutes, needs=needs, earliest=meal.at, latest=meal.at)


def _after(order: Order, meal: Meal) -> list[Job]:
    """Strike and the way back, fixed to the end of the service; a drop-off has neither."""
    if not row("strike", meal.style).minutes:
        return []
    strike = _job(order, meal, "strike", meal.place, [Lag(f"{meal.id}.serve")])
    strike = replace(strike, earliest=meal.until, latest=meal.until)
    if not meal.away:
        return [strike]
    start = meal.until + strike.minutes
    back = replace(_drive(order, meal, [Lag(strike.id)], "back"), earliest=start, latest=start)
    return [strike, replace(back, label=f"Drive back{f' ({meal.service})' if meal.service else ''}")]
