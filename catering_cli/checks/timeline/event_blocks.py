"""The event's own work: packing, drive, set-up, plating, service and strike, as each service calls for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.contact import equipment_called
from catering_cli.checks.reference.numbers import up
from catering_cli.checks.reference.services import (
    TOGETHER,
    Meal,
    event_blocks,
    event_row,
    meals,
    minutes_between,
    usual_minutes,
)
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.timeline import Block

AWAY = ("pack", "load", "drive", "hold")
"""Work that only a service away from the kitchen calls for."""

AT_BASE = ("pack", "load")

UNLOADED = ("set_up", "plate")
"""Work at a venue that begins when something has come there."""

AFTER = {"load": ("pack",), "drive": ("load", "strike"), "set_up": ("drive",), "hold": ("set_up",),
         "plate": ("hold", "drive"), "serve": ("hold", "set_up"), "strike": ("serve",)}  # fmt: skip
"""What each kind of the event's work waits for, of its own service: one of these, if there is one."""

NO_FOOD = {"storage": None, "food_class": None, "shelf_life_hours": None, "make_ahead_hours": None, "temperature": ""}
"""What a block says that is no work on food."""

SEVERITIES: Mapping[str, Severity] = {"": "warning", "place": "blocking", "portions": "blocking"}


def _kinds(meal: Meal) -> tuple[str, ...]:
    """The kinds of work that a service must have."""
    road = AWAY if meal.road else ()
    strike = ("strike",) if usual_minutes("strike", meal.style) else ()
    return ("set_up", *road, "serve", *strike)


def event_work(evidence: Evidence) -> Findings:
    """Each service has its work, from packing to strike, long and well staffed enough, at its time."""
    for meal in meals(evidence):
        mine = event_blocks(evidence)[meal.prefix]
        there = {block.kind for block in mine}
        for kind in _kinds(meal):
            if kind not in there:
                yield found("blocking", "plan.timeline.blocks", f"{meal.prefix}: no {kind.replace('_', ' ')}", "", kind)
        yield from _driven_back(meal, mine)
        yield from _plated(evidence, meal, mine)
        for block in mine:
            yield from _staffed(evidence, meal, block)
            yield from _long_enough(evidence, meal, block)
            yield from _in_time(evidence, meal, block, mine)


def _driven_back(meal: Meal, mine: tuple[Block, ...]) -> Iterator[Finding]:
    struck = [block.end for block in mine if block.kind == "strike"]
    back = [block for block in mine if block.kind == "drive" and struck and block.start >= max(struck)]
    if meal.road and struck and not back:
        yield found("blocking", "plan.timeline.blocks", f"{meal.prefix}: no drive back", "", "drive")


def _rows(meal: Meal, block: Block) -> list[dict[str, str]]:
    """Rows of the table for a block, for a main and a late trip."""
    rows = [event_row(work, meal.style) for work in (block.kind, f"late_{block.kind}")]
    return [row for row in rows if row is not None]


def _staffed(evidence: Evidence, meal: Meal, block: Block) -> Iterator[Finding]:
    """As many people as the ratio asks, or as the order has of their role; they stay for all of it."""
    asked = [_ratio(meal, row) for row in _rows(meal, block)]
    if not asked:
        return
    people = sum(crew.count for crew in block.crew)
    there = _available(evidence, block)
    due = {min(count, max(there, 1)) for count in asked} if there is not None else set(asked)
    if people not in due:
        fewer = there is not None and 0 < people <= max(asked)
        message = f"{block.label}: another number of people than the ratio asks"
        where = f"{evidence.block_paths[block.id]}.crew"
        yield found("warning" if fewer else "blocking", where, message, people, max(due))
    lasts = minutes_between(block.start, block.end)
    for crew in block.crew:
        if crew.minutes != lasts:
            where = f"{evidence.block_paths[block.id]}.crew"
            yield found("blocking", where, f"{block.label}: people stay for all of it", crew.minutes, lasts)


def _ratio(meal: Meal, row: dict[str, str]) -> int:
    """People that a row of the table asks for."""
    return max(1, -(-meal.guests // int(row["guests_per_person"]))) if row["role"] else 0


def _available(evidence: Evidence, block: Block) -> int | None:
    """How many the order has of the roles of a block; None if it does not say."""
    roles = {crew.role for crew in block.crew}
    if evidence.order.staff is None or not roles:
        return None
    return sum(row.available for row in evidence.order.staff if row.role in roles)


def _long_enough(evidence: Evidence, meal: Meal, block: Block) -> Iterator[Finding]:
    """As long as the way takes, or as the table has it for so many guests and people."""
    lasts = minutes_between(block.start, block.end)
    people = max(1, sum(crew.count for crew in block.crew))
    due = [int(row["minutes"]) + up(Fraction(row["person_minutes"]) * meal.guests / people)
           for row in _rows(meal, block)]  # fmt: skip
    if block.kind == "drive":
        due = [meal.road]
    if block.kind != "serve" and due and lasts not in due:
        where = f"{evidence.block_paths[block.id]}.end"
        yield found("blocking", where, f"{block.label} takes {due[0]} minutes", lasts, due[0])


def _in_time(evidence: Evidence, meal: Meal, block: Block, mine: tuple[Block, ...]) -> Iterator[Finding]:
    """Service runs from its time to its end, what comes before it is over in time, and it is struck after it."""
    path = evidence.block_paths[block.id]
    margin = timedelta(minutes=0 if meal.road else usual_minutes("hold", meal.style))
    due = {
        "serve": {"start": meal.at, "end": max(meal.until, block.start)},
        "strike": {"start": max(block.start, meal.until)},
        "set_up": {"end": min(block.end, meal.at - margin)},
        "hold": {"end": min(block.end, meal.at)},
    }
    yield from compare_entry(path, block, due.get(block.kind, {}), BLOCKING)
    arrived = min((one.end for one in mine if one.kind == "drive"), default=block.start)
    if block.kind in UNLOADED and meal.road and block.start < arrived:
        message = f"{block.label} begins before the drive has arrived"
        yield found("blocking", f"{path}.start", message, block.start.isoformat(), arrived.isoformat())


def _plated(evidence: Evidence, meal: Meal, mine: tuple[Block, ...]) -> Iterator[Finding]:
    """Each course of a plated meal is plated: the first for the start, the others after one another while it lasts."""
    if meal.style != "plated":
        return
    plates = {block.id.rpartition(".")[2]: block for block in mine if block.kind == "plate"}
    for course, due in _course_times(evidence, meal, mine).items():
        if course not in plates:
            yield found("blocking", "plan.timeline.blocks", f"{meal.prefix}: the {course} is not plated", "", course)
            continue
        severity: Severity = "warning" if due > meal.at else "blocking"
        path = evidence.block_paths[plates[course].id]
        yield from compare_entry(path, plates[course], {"end": due}, {"": severity})


def _course_times(evidence: Evidence, meal: Meal, mine: tuple[Block, ...]) -> dict[str, datetime]:
    """One course after another, as the table has it; in a short service sooner, but no faster than they are plated."""
    courses = {dish.course for dish in evidence.plan.menu if dish.portions and meal.serves(dish)}
    firsts = [group[0] for group in TOGETHER if not courses.isdisjoint(group)]
    takes = max((minutes_between(one.start, one.end) for one in mine if one.kind == "plate"), default=0)
    lengths = [max(takes, usual_minutes("course", first)) for first in firsts]
    room, whole, passed = minutes_between(meal.at, meal.until), sum(lengths), 0
    times: dict[str, datetime] = {}
    for number, (first, length) in enumerate(zip(firsts, lengths, strict=True)):
        offset = passed if whole <= room else max(passed * room // whole, number * takes)
        times[first] = meal.at + timedelta(minutes=offset)
        passed += length
    return times


def called_for(evidence: Evidence) -> Findings:
    """Each block of a service is work that it calls for, as the table has it, after the work before it."""
    for meal in meals(evidence):
        mine = event_blocks(evidence)[meal.prefix]
        yield from _awaits_plates(evidence, mine)
        allowed = {*_kinds(meal), "plate"} if meal.style == "plated" else set(_kinds(meal))
        for block in mine:
            path = evidence.block_paths[block.id]
            if block.kind not in allowed:
                message = f"{block.label}: a {meal.style} service on this road has no such work"
                yield found("warning", f"{path}.kind", message, block.kind, ", ".join(sorted(allowed)))
            at_base = block.kind in AT_BASE or (block.kind == "plate" and not meal.road)
            place = evidence.base_id if at_base else meal.place
            due = {**NO_FOOD, "by": "kitchen", "portions": meal.guests, "place": place}
            yield from compare_entry(path, block, due, SEVERITIES)
            if "()" in block.label or meal.service not in block.label:
                message = "a label names its service, if there are several"
                yield found("warning", f"{path}.label", message, block.label, meal.service)
            yield from _role(evidence, meal, block)
            yield from _follows(evidence, mine, block)
    for block in event_blocks(evidence)[""]:
        message = f"{block.label} is of no service of the order"
        yield found("warning", f"{evidence.block_paths[block.id]}.id", message, block.id)


def _role(evidence: Evidence, meal: Meal, block: Block) -> Iterator[Finding]:
    """Of the table's role, if the order does not say who can be had."""
    roles = {row["role"] for row in _rows(meal, block)}
    said = {crew.role for crew in block.crew}
    if evidence.order.staff is None and not said <= roles:
        message = f"{block.label} is the work of another role"
        yield found("warning", f"{evidence.block_paths[block.id]}.crew", message, ", ".join(said), ", ".join(roles))


def _follows(evidence: Evidence, mine: tuple[Block, ...], block: Block) -> Iterator[Finding]:
    """It waits for the work before it."""
    others = {one.id: one for one in mine if one is not block}
    there = {one.kind for one in others.values()}.intersection(AFTER.get(block.kind, ()))
    waits = [others[wait.block].kind for wait in block.after if wait.block in others]
    if there and there.isdisjoint(waits):
        path = f"{evidence.block_paths[block.id]}.after"
        yield found("warning", path, f"{block.label} does not wait for the work before it", "", " or ".join(there))


def _awaits_plates(evidence: Evidence, mine: tuple[Block, ...]) -> Iterator[Finding]:
    """Service waits for what is plated for its start."""
    plates = [block for block in mine if block.kind == "plate"]
    for serve in mine:
        waits = {wait.block for wait in serve.after}
        ready = [plate for plate in plates if plate.end <= serve.start and plate.id not in waits]
        for plate in ready if serve.kind == "serve" else ():
            path = f"{evidence.block_paths[serve.id]}.after"
            yield found("warning", path, f"{serve.label} does not wait for {plate.label}", "", plate.id)


def vans(evidence: Evidence) -> Findings:
    """A drive is in one vehicle of the order's legs, and no other work of the event holds plant."""
    vehicles = {equipment_called(leg.vehicle) for leg in evidence.order.legs} or {"van"}
    for block in evidence.plan.timeline.blocks:
        if block.step is not None:
            continue
        held = [(use.name, use.count) for use in block.equipment]
        due = [[(name, 1)] for name in sorted(vehicles)] if block.kind == "drive" else [[]]
        if held not in due:
            path = f"{evidence.block_paths[block.id]}.equipment"
            yield found("blocking", path, f"{block.label}: not the plant of such work", held, due[0])


CHECKS = {"timeline.event": event_work, "timeline.errands": called_for, "timeline.vans": vans}
