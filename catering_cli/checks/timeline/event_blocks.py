"""The event's own work: plating, packing, drive, set-up, service and strike, each there, staffed and long enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.services import TOGETHER, Meal, belongs, event_row, meals
from catering_cli.domain.finding import Finding
from catering_cli.domain.timeline import Block

AWAY = ("pack", "load", "drive", "set_up", "hold")
HERE = ("set_up",)
BY_THE_CLOCK = ("serve", "drive", "hold")
"""Kinds whose length is not a matter of the table alone."""


def event_work(evidence: Evidence) -> Findings:
    """Each service has its blocks, from packing to strike, at their time, with their people."""
    blocks = [block for block in evidence.plan.timeline.blocks if block.step is None]
    prefixes = {meal.prefix for meal in meals(evidence)}
    for meal in meals(evidence):
        mine = [block for block in blocks if belongs(block, meal.prefix, prefixes)]
        kinds = {block.kind for block in mine}
        due = (*(AWAY if meal.road else HERE), "serve", *_after(meal))
        for kind in due:
            if kind not in kinds:
                yield found("blocking", "plan.timeline.blocks", f"{meal.prefix}: no {kind.replace('_', ' ')}", "", kind)
        for block in mine:
            path = evidence.block_paths[block.id]
            yield from _sized(evidence, meal, block, path)
        if meal.road and "strike" in due:
            struck = max((block.end for block in mine if block.kind == "strike"), default=meal.until)
            if not any(block.kind == "drive" and block.start >= struck for block in mine):
                yield found("blocking", "plan.timeline.blocks", f"{meal.prefix}: no drive back", "", "drive")
        yield from _served(evidence, meal, mine)
        yield from _plated(evidence, meal, mine)
        yield from _arrived(evidence, meal, mine)


def _arrived(evidence: Evidence, meal: Meal, mine: list[Block]) -> Iterator[Finding]:
    """Nothing is plated or set up at the venue before the first drive has brought it."""
    drives = [block.end for block in mine if block.kind == "drive"]
    for block in mine:
        early = bool(meal.road and drives) and block.kind in ("plate", "set_up") and block.start < min(drives)
        if early and block.place == meal.place:
            message = f"{block.label} begins before the drive has arrived"
            where = f"{evidence.block_paths[block.id]}.start"
            yield found("blocking", where, message, block.start.isoformat(), min(drives).isoformat())


def _after(meal: Meal) -> tuple[str, ...]:
    strike = event_row("strike", meal.style)
    return ("strike",) if strike and int(strike["minutes"]) else ()


def _sized(evidence: Evidence, meal: Meal, block: Block, path: str) -> Iterator[Finding]:
    """A block of the event is as long and as well staffed as the table's ratio asks."""
    rows = [one for name in (block.kind, f"late_{block.kind}") if (one := event_row(name, meal.style)) is not None]
    lasts = int((block.end - block.start).total_seconds() // 60)
    people = sum(crew.count for crew in block.crew)
    if block.kind == "drive" and lasts != meal.road:
        yield found("blocking", f"{path}.end", f"the way takes {meal.road} minutes", lasts, meal.road)
    if not rows:
        return
    most = [max(1, -(-meal.guests // int(one["guests_per_person"]))) if one["role"] else 0 for one in rows]
    if (evidence.order.staff is None and people not in most) or people > max(most) or (max(most) and not people):
        where = f"{path}.crew"
        yield found("blocking", where, f"{block.label}: another number of people than the ratio", people, most[0])
    if block.kind in BY_THE_CLOCK or not people:
        return
    due = [int(one["minutes"]) + _up(Fraction(one["person_minutes"]) * meal.guests / people) for one in rows]
    if lasts not in due:
        yield found("blocking", f"{path}.end", f"{block.label} takes {due[0]} minutes with {people}", lasts, due[0])
    for crew in block.crew:
        if crew.minutes != lasts:
            yield found("blocking", f"{path}.crew", f"{block.label}: people stay for all of it", crew.minutes, lasts)


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def _served(evidence: Evidence, meal: Meal, mine: list[Block]) -> Iterator[Finding]:
    """Service runs from its time to its end, and is struck after it; what comes before it is over in time."""
    for block in mine:
        path = evidence.block_paths[block.id]
        if block.place != meal.place and block.kind in ("set_up", "hold", "serve", "strike", "drive"):
            yield found("blocking", f"{path}.place", f"{block.label}: at another place", block.place, meal.place)
        if block.kind == "drive" and not any(use.count for use in block.equipment) and block.start < meal.at:
            yield found("blocking", f"{path}.equipment", f"{block.label}: in no vehicle", "", "a vehicle")
        if block.kind == "serve" and (block.start, block.end) != (meal.at, max(meal.until, block.start)):
            yield found("blocking", path, f"{block.label}: not when the service is", block.end, meal.until)
        if block.kind == "serve" and block.portions != meal.guests:
            yield found("blocking", f"{path}.portions", f"{block.label}: not its guests", block.portions, meal.guests)
        if block.kind == "strike" and block.start < meal.until:
            yield found("blocking", f"{path}.start", "struck before the service ends", block.start, meal.until)
        margin = event_row("hold", meal.style)
        early = timedelta(minutes=int(margin["minutes"]) if margin and not meal.road else 0)
        if (
            block.kind in ("set_up", "hold")
            and block.end + (early if block.kind == "set_up" else timedelta()) > meal.at
        ):
            yield found("blocking", f"{path}.end", f"{block.label} is not over before service", block.end, meal.at)


def _plated(evidence: Evidence, meal: Meal, mine: list[Block]) -> Iterator[Finding]:
    """Each course of a plated meal is plated: the first for the start, the others after one another while it lasts."""
    if meal.style != "plated":
        return
    courses = {dish.course for dish in evidence.plan.menu if dish.portions and dish.service in ("", meal.service)}
    groups = [group for group in TOGETHER if courses & set(group)]
    due = _course_times(meal, groups, mine)
    before = meal.at
    for number, group in enumerate(groups):
        plates = [block for block in mine if block.kind == "plate" and block.id.endswith(f".{group[0]}")]
        if not plates:
            yield found(
                "blocking", "plan.timeline.blocks", f"{meal.prefix}: the {group[0]} is not plated", "", group[0]
            )
            continue
        end = max(block.end for block in plates)
        path = f"{evidence.block_paths[plates[-1].id]}.end"
        lasts = plates[-1].end - plates[-1].start
        if number == 0 and end != meal.at:
            yield found("blocking", path, f"the {group[0]} is not ready when service begins", end, meal.at)
        if number and not before + lasts <= end <= max(meal.until, before + lasts):
            message = f"the {group[0]} is not ready after the course before it and within the service"
            yield found("blocking", path, message, end, before.isoformat())
        if end != due[number]:
            message = f"the {group[0]} is served at another time than the table's minutes between courses give"
            yield found("warning", path, message, end.isoformat(), due[number].isoformat())
        before = end


def _course_times(meal: Meal, groups: Sequence[tuple[str, ...]], mine: list[Block]) -> list[datetime]:
    """One course after another, as the table has it; in a short service sooner, but no faster than they are plated."""
    takes = max((int((one.end - one.start).total_seconds() // 60) for one in mine if one.kind == "plate"), default=0)
    lengths = [max(takes, int(one["minutes"]) if (one := event_row("course", group[0])) else 0) for group in groups]
    room, whole, passed = int((meal.until - meal.at).total_seconds() // 60), max(1, sum(lengths)), 0
    times = []
    for number, length in enumerate(lengths):
        offset = passed if whole <= room else max(passed * room // whole, number * takes)
        times.append(meal.at + timedelta(minutes=offset))
        passed += length
    return times


def _service_of(block: str) -> str:
    """The service that a block of the event belongs to: service.dinner.plate.main is of dinner."""
    return block.removeprefix("service.").partition(".plate")[0]


def _lost(evidence: Evidence, block: Block, group: tuple[str, ...]) -> Iterator[Finding]:
    """Dishes of the course that are made, and that its plating does not wait for."""
    made = {one.dish for one in evidence.plan.timeline.blocks if one.step is not None}
    waits = {evidence.blocks[wait.block].dish for wait in block.after if wait.block in evidence.blocks}
    for dish in evidence.plan.menu:
        here = dish.course in group and dish.service in ("", _service_of(block.id))
        if here and dish.id in made - waits:
            path = f"{evidence.block_paths[block.id]}.after"
            yield found("warning", path, f"{block.label} does not wait for {dish.name}", "", dish.id)


def courses_together(evidence: Evidence) -> Findings:
    """What is plated or packed for a course is of that course."""
    for block in evidence.plan.timeline.blocks:
        group = next((one for one in TOGETHER if block.id.endswith(f".{one[0]}")), None)
        if group is None or block.step is not None:
            continue
        waited = (evidence.blocks[wait.block] for wait in block.after if wait.block in evidence.blocks)
        dishes = {evidence.dishes[one.dish].course for one in waited if one.dish in evidence.dishes}
        if block.kind == "plate":
            yield from _lost(evidence, block, group)
        if dishes - set(group):
            path = evidence.block_paths[block.id]
            yield found("warning", path, f"{block.label}: other courses too", ", ".join(sorted(dishes)), group[0])


CHECKS = {"timeline.event": event_work, "timeline.courses": courses_together}
