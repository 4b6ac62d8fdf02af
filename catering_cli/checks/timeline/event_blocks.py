"""The event's own work: packing, drive, set-up, plating, service and strike, as each service calls for it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from catering_cli.checks.compare import compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.services import (
    Meal,
    courses_served,
    event_blocks,
    event_row,
    meals,
    minutes_between,
    usual_minutes,
)
from catering_cli.checks.reference.usage import is_back
from catering_cli.data.equipment_names import equipment_name
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.plan_parts.timeline import Block

AWAY = ("pack", "load", "drive", "hold")
"""Work that only a service away from the kitchen calls for."""

AT_BASE = ("pack", "load")

UNLOADED = ("set_up", "plate")
"""Work at a venue that begins when something has come there."""

AFTER = {"load": ("pack",), "drive": ("load", "strike", "drive"), "set_up": ("drive",), "hold": ("set_up",),
         "plate": ("hold", "drive"), "serve": ("hold", "set_up"), "strike": ("serve",)}  # fmt: skip
"""What each kind of the event's work waits for, of its own service: one of these, if there is one."""

NO_FOOD = {"storage": None, "food_class": None, "shelf_life_hours": None, "make_ahead_hours": None, "temperature": ""}
"""What a block says that is no work on food."""

SEVERITIES: Mapping[str, Severity] = {
    "": "warning", "place": "blocking", "portions": "blocking", "start": "blocking", "end": "blocking",
}  # fmt: skip


def event_work(evidence: Evidence) -> Findings:
    """Each service has its work and no other, from packing to strike, in turn, long and well staffed enough."""
    for meal in meals(evidence):
        mine = event_blocks(evidence)[meal.prefix]
        yield from _called_for(evidence, meal, mine)
        yield from _plated(evidence, meal, mine)
        for block in mine:
            due = _facts(evidence, meal, block) | _times(meal, block, _bringing(evidence, mine, block))
            yield from compare_entry(evidence.at(block), block, due, SEVERITIES)
            yield from _staffed(evidence, meal, block)
            yield from _long_enough(evidence, meal, block)
            yield from _follows(evidence, mine, block)
    for block in event_blocks(evidence)[""]:
        message = f"{block.label} is of no service of the order"
        yield found("warning", evidence.at(block, "id"), message, block.id)


def _called_for(evidence: Evidence, meal: Meal, mine: tuple[Block, ...]) -> Iterator[Finding]:
    """The kinds of work that a service must have, the drive back, and no others."""
    road = AWAY if meal.road else ()
    strike = ("strike",) if usual_minutes("strike", meal.style) else ()
    called = {"set_up", *road, "serve", *strike}
    waves = {"plated": "plate", "boxed": "serve"}.get(meal.style, "refill")
    missing = called - {block.kind for block in mine} - {"load", "drive"} | set(_undriven(evidence, meal, mine))
    for kind in sorted(missing):
        yield found("blocking", "plan.timeline.blocks", f"{meal.prefix}: no {kind.replace('_', ' ')}", "", kind)
    for block in mine:
        if block.kind not in {*called, waves}:
            message = f"{block.label}: a {meal.style} service on this road has no such work"
            yield found("warning", evidence.at(block, "kind"), message, block.kind)


def _undriven(evidence: Evidence, meal: Meal, mine: tuple[Block, ...]) -> Iterator[str]:
    """The drives that a service lacks: one there before it is set up, of its own or another's, and one back."""
    if not meal.road:
        return
    drives = [one for one in evidence.work("drive") if one.place == meal.place]
    out = [one.end for one in drives if not is_back(one)]
    set_up = min((block.start for block in mine if block.kind == "set_up"), default=meal.at)
    if min(out, default=meal.until) > set_up:
        yield "drive"
    back = [one.start for one in drives if is_back(one)]
    struck = max((block.end for block in mine if block.kind == "strike"), default=None)
    if struck and not any(start >= struck for start in back):
        yield "drive back"


def _facts(evidence: Evidence, meal: Meal, block: Block) -> dict[str, Any]:
    """What a block of the event says: no food, for all guests of its service, where such work is done."""
    at_base = block.kind in AT_BASE or (block.kind == "plate" and not meal.road)
    place = evidence.base_id if at_base else meal.place
    named = meal.service in block.label and "()" not in block.label and "  " not in block.label
    label = block.label if named else f"names its service ({meal.service})"
    return {**NO_FOOD, "by": "kitchen", "portions": meal.guests, "place": place, "label": label}


def _bringing(evidence: Evidence, mine: tuple[Block, ...], block: Block) -> list[Block]:
    """The drives that may bring what a block needs: those of its service, and those that it waits for."""
    drives = [one for one in (*mine, *evidence.waited(block)) if one.kind == "drive"]
    return [one for one in drives if not is_back(one)]


def _times(meal: Meal, block: Block, drives: Sequence[Block]) -> dict[str, datetime]:
    """Service runs from its time to its end; before it all is over in time, after it is struck; plates arrive first.

    `drives` may bring what the block needs: those of its service, and what it waits for.
    """
    margin = timedelta(minutes=0 if meal.road else usual_minutes("hold", meal.style))
    due = {
        "serve": {"start": meal.at, "end": max(meal.until, block.start)},
        "refill": {"start": max(block.start, meal.at), "end": min(block.end, meal.until)},
        "strike": {"start": max(block.start, meal.until)},
        "set_up": {"end": min(block.end, meal.at - margin)},
        "hold": {"end": min(block.end, meal.at)},
    }.get(block.kind, {})
    arrived = min((one.end for one in drives), default=block.start)
    if block.kind in UNLOADED and meal.road:
        due["start"] = max(block.start, arrived)
    return due


def _rows(meal: Meal, block: Block) -> list[dict[str, str]]:
    """Rows of the table for a block, for a main and a late trip."""
    rows = [event_row(work, meal.style) for work in (block.kind, f"late_{block.kind}")]
    return [row for row in rows if row is not None]


def _staffed(evidence: Evidence, meal: Meal, block: Block) -> Iterator[Finding]:
    """As many people of the table's role as the ratio asks, or as the order has; some of them stay for all of it.

    Cooks ride along, and one is there through a service until the last course is out.
    """
    rows, where = _rows(meal, block), evidence.at(block, "crew")
    replanned = evidence.plan.timeline.replanned
    if rows and not (replanned and block.end <= replanned.now):
        yield from _enough_people(evidence, meal, block, [_ratio(meal, row) for row in rows])
    lasts = minutes_between(block.start, block.end)
    if max((crew.minutes for crew in block.crew), default=lasts) != lasts:
        yield found("blocking", where, f"{block.label}: people stay for all of it", "", lasts)
    roles, said = {"cook"}.union(row["role"] for row in rows), {crew.role for crew in block.crew}
    if evidence.order.staff is None and not said <= roles:
        message = f"{block.label} is the work of another role"
        yield found("warning", where, message, ", ".join(said), ", ".join(roles))


def _enough_people(evidence: Evidence, meal: Meal, block: Block, asked: list[int]) -> Iterator[Finding]:
    """As many as the ratio asks, a cook through the service beside them; or as the order has. Fewer may pack longer."""
    people, there = sum(crew.count for crew in block.crew), _available(evidence, block)
    least = min(asked) if there is None else min(*asked, max(there, 1))
    least = 1 if block.kind == "pack" else least
    line = event_row("line", meal.style) if block.kind == "serve" else None
    most = max(asked) + (_ratio(meal, line) if line else 0)
    if people < least or (people > most and block.kind != "drive"):
        are_told = there is not None or _is_role_lost(evidence, block) or _are_guests_others(evidence)
        fewer = are_told and 0 < people <= max(asked)
        message = f"{block.label}: another number of people than the ratio asks"
        yield found("warning" if fewer else "blocking", evidence.at(block, "crew"), message, people, most)


def _is_role_lost(evidence: Evidence, block: Block) -> bool:
    """Whether people of a role of the block are among what a replanned day lost."""
    replanned = evidence.plan.timeline.replanned
    said = replanned.happened if replanned else ()
    return any(one.startswith(f"{crew.role} lost:") for one in said for crew in block.crew)


def _available(evidence: Evidence, block: Block) -> int | None:
    """How many the order has of the roles of a block; None if it does not say."""
    roles = {crew.role for crew in block.crew}
    if evidence.order.staff is None or not roles:
        return None
    return sum(row.available for row in evidence.order.staff if row.role in roles)


def _ratio(meal: Meal, row: Mapping[str, str]) -> int:
    """People that a row of the table asks for."""
    return max(1, -(-meal.guests // int(row["guests_per_person"]))) if row["role"] else 0


def _long_enough(evidence: Evidence, meal: Meal, block: Block) -> Iterator[Finding]:
    """As long as the way takes, or as the table has it for so many guests and people; what was begun before is past."""
    replanned = evidence.plan.timeline.replanned
    if replanned and block.start < replanned.now:
        return
    lasts = minutes_between(block.start, block.end)
    people = max(1, sum(crew.count for crew in block.crew))
    due = [meal.road, *(leg.minutes for leg in evidence.order.legs if leg.to == block.place)]
    if block.kind != "drive":
        work = [(int(row["minutes"]), Fraction(row["person_minutes"])) for row in _rows(meal, block)]
        due = [minutes + math.ceil(by_people * meal.guests / people) for minutes, by_people in work]
    severity: Severity = "warning" if _are_guests_others(evidence) else "blocking"
    if block.kind != "serve" and due and lasts not in due:
        yield found(severity, evidence.at(block, "end"), f"{block.label} takes {due[0]} minutes", lasts, due[0])


def _are_guests_others(evidence: Evidence) -> bool:
    """Whether more or fewer came than was planned: what there is time for is then as planned."""
    replanned = evidence.plan.timeline.replanned
    return replanned is not None and any(" guests " in one for one in replanned.happened)


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
        yield from compare_entry(evidence.at(plates[course]), plates[course], {"end": due}, {"": severity})


def _course_times(evidence: Evidence, meal: Meal, mine: tuple[Block, ...]) -> dict[str, datetime]:
    """One course after another, as the table has it; in a short service sooner, but no faster than they are plated."""
    firsts = courses_served(evidence, meal)
    takes = max((minutes_between(one.start, one.end) for one in mine if one.kind == "plate"), default=0)
    lengths = [max(takes, usual_minutes("course", first)) for first in firsts]
    room, whole, passed = minutes_between(meal.at, meal.until), sum(lengths), 0
    times: dict[str, datetime] = {}
    offset = -takes
    for first, length in zip(firsts, lengths, strict=True):
        offset = passed if whole <= room else max(passed * room // whole, offset + takes)
        times[first] = meal.at + timedelta(minutes=offset)
        passed += length
    return times


def _follows(evidence: Evidence, mine: tuple[Block, ...], block: Block) -> Iterator[Finding]:
    """It waits for the work before it; service also for what is plated for its start."""
    waits = {wait.block for wait in block.after}
    others = [one for one in mine if one is not block]
    before = [one for one in others if one.kind in AFTER.get(block.kind, ())]
    due = [one for one in before if not is_back(one)]
    awaited = any(one.id in waits for one in due)
    lacks: set[str] = set() if awaited else {one.kind for one in due}
    if block.kind == "set_up" and not any(one.kind == "load" for one in mine):
        main = block.id.replace(".set_up", ".pack")
        lacks.update(one.label for one in others if one.id == main and main not in waits)
    if block.kind == "serve":
        plated = [one for one in others if one.kind == "plate"]
        unawaited = [one for one in plated if one.id not in waits]
        lacks.update(one.label for one in unawaited if one.end <= block.start)
    if lacks:
        message = f"{block.label} does not wait for the work before it"
        yield found("warning", evidence.at(block, "after"), message, "", " or ".join(sorted(lacks)))


def vans(evidence: Evidence) -> Findings:
    """A drive is in one vehicle of the order's legs, none goes back twice; no other work of the event holds plant."""
    drives = evidence.work("drive")
    back = [drive for drive in drives if is_back(drive)]
    if 2 * len(back) > len(drives):
        message = "more drives go back to the kitchen than left it"
        yield found("warning", evidence.at(back[-1]), message, len(back), len(drives) - len(back))
    vehicles = {equipment_name(leg.vehicle) for leg in evidence.order.legs} or {"van"}
    for block in evidence.plan.timeline.blocks:
        held = [(use.name, use.count) for use in block.equipment]
        due = [[(name, 1)] for name in sorted(vehicles)] if block.kind == "drive" else [[]]
        if block.step is None and held not in due:
            message = f"{block.label}: not the plant of such work"
            yield found("blocking", evidence.at(block, "equipment"), message, held, due[0])


CHECKS = {"timeline.event": event_work, "timeline.vans": vans}
