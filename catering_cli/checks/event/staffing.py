"""Enough people, for as long as they work, at what they cost. A rota that differs from the kitchen's is no fault."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.reference.known import known
from catering_cli.checks.reference.names import Words, words
from catering_cli.checks.reference.services import minutes_between
from catering_cli.checks.reference.steps import work_of
from catering_cli.checks.reference.usage import Claim, absences, by_role, peak
from catering_cli.data import tables
from catering_cli.data.conditions import applies
from catering_cli.data.tables import figure
from catering_cli.domain.decision import Staffing
from catering_cli.domain.finding import Severity
from catering_cli.domain.money import cents
from catering_cli.domain.order_parts.site import Budget
from catering_cli.domain.plan_parts.people import StaffLine, StaffShift

Span = tuple[datetime, datetime]

FRONT = ("set_up", "serve", "strike")


@asked_once
def _work(evidence: Evidence) -> dict[str, list[Claim]]:
    """What the timeline asks of each role, over all places."""
    return _folded(by_role(evidence))


@asked_once
def _away(evidence: Evidence) -> dict[str, list[Claim]]:
    """The same, riders being away until they are back."""
    return _folded(absences(evidence))


def _folded(claims: Mapping[str, Sequence[Claim]]) -> dict[str, list[Claim]]:
    held: dict[str, list[Claim]] = {}
    for role, of_role in claims.items():
        held.setdefault(fold(role), []).extend(of_role)
    return held


def _due(evidence: Evidence) -> dict[str, int]:
    """As many of a role as work at once, as each ratio asks, or as were wished for, whichever is most."""
    style, guests = evidence.order.event.style, evidence.plan.headcount.set_for
    due = {role: max(peak(claims), peak(_away(evidence).get(role, []))) for role, claims in _work(evidence).items()}
    facts: dict[str, object] = {"alcohol": _has_alcohol(evidence) or None}
    for row in tables.rows("staff_ratios"):
        facts["staff_called"] = sum(due.values())
        if row["style"] in ("*", style) and applies(row["applies"], evidence.order, facts):
            each, role = int(row["guests"]), fold(row["role"])
            asked = math.ceil(Fraction(guests, each)) if each else 1
            due[role] = max(due.get(role, 0), asked)
    for role, wanted in _leading(evidence, due).items():
        due[role] = max(due.get(role, 0), wanted)
    for role, wished in _decided(evidence).items():
        due[role] = max(due.get(role, 0), wished)
    return due


def _ranks(evidence: Evidence) -> list[tuple[str, dict[str, str]]]:
    """Roles of the order that lead, by rank, each with its row; none beside too few cooks."""
    there: Counter[str] = Counter()
    for one in evidence.order.staff or ():
        there[fold(one.role)] += one.available
    ranks: list[tuple[str, dict[str, str]]] = []
    for row in tables.rows("leads"):
        for name in tables.parts(row["names"]):
            ranks += [(role, row) for role in there if words(role) == words(name)]
    cooks = _cooks(there, [role for role, _ in ranks])
    enough = [(role, row) for role, row in ranks if cooks >= int(row["cooks"])]
    return [(role, row) for role, row in enough if there[role]]


def _leading(evidence: Evidence, due: Mapping[str, int]) -> dict[str, int]:
    """How many of each role lead, by the cooks who are called: of the first rank one in all."""
    ranks = _ranks(evidence)
    cooks = _cooks(due, [role for role, _ in ranks])
    heads = [role for role, row in ranks if row["each"] == "0"]
    called = {role: cooks // int(row["each"]) for role, row in ranks if row["each"] != "0"}
    return called | dict.fromkeys(heads[:1], min(1, cooks))


def _cooks(there: Mapping[str, int], leading: Collection[str]) -> int:
    """How many can do a cook's work and do not lead."""
    able = _able("cook")
    return sum(count for role, count in there.items() if words(role) in able.difference(map(words, leading)))


def _able(skill: str) -> set[Words]:
    """The roles that can do the work of a skill, as words: those of the table, or a cook's if it has it not."""
    rows = {row["skill"]: row["roles"].split(",") for row in tables.rows("skills")}
    return {words(role) for role in (skill, *rows.get(fold(skill), rows["cook"]))}


def spare_hands(evidence: Evidence) -> Findings:
    """Those who lead are not at work with their own hands beyond their share, but for what only they can do."""
    leading = {role for role, _ in _ranks(evidence)}
    for role, row in _ranks(evidence):
        own = [claim for claim in _work(evidence).get(role, []) if not _is_theirs(evidence, claim.block, leading)]
        there = sum(one.available for one in evidence.order.staff or () if fold(one.role) == role)
        allowed, busy = there * int(row["hands"]) // 100, peak(own)
        if busy > allowed:
            hours = sum(minutes_between(claim.start, claim.end) * claim.count for claim in own) / 60
            message = f"{role}: {busy} at work with their own hands at once, {hours:.1f} h in all, and not leading"
            fix = f"cooks more to call: {busy - allowed}; or call them cooks in the order, if they are"
            yield found("open", "plan.timeline.blocks", message, busy, allowed, fix=fix)


def _is_theirs(evidence: Evidence, block: str, leading: Collection[str]) -> bool:
    """Whether work on a dish asks for a skill that none of the order has but those who lead."""
    work = work_of(evidence).get(block)
    if work is None:
        return False
    able = _able(work.step.skill)
    there = [one for one in evidence.order.staff or () if one.available]
    others = [one for one in there if fold(one.role) not in leading]
    return not any(able.intersection(map(words, (one.role, *one.skills))) for one in others)


def _decided(evidence: Evidence) -> dict[str, int]:
    return {fold(one.role): one.count for one, _ in of_kind(evidence, Staffing)}


def enough_called(evidence: Evidence) -> Findings:
    """As many of each role are called in as work at once, its ratio asks, or were wished for; none without need."""
    due = _due(evidence)
    lines = {fold(line.role): (path, line) for path, line in placed("plan.staffing", evidence.plan.staffing)}
    for role in sorted(due.keys() | lines.keys()):
        path, line = lines.get(role, ("plan.staffing", None))
        count, wanted = line.count if line else 0, due.get(role, 0)
        if count < wanted or (line and count > max(wanted, _persons(line, wanted))):
            severity: Severity = "blocking" if count < wanted else "warning"
            message = f"{role}: not as many as work at once, or as the ratio asks"
            yield found(severity, f"{path}.count" if line else path, message, count, wanted)


def _persons(line: StaffLine, wanted: int) -> int:
    """How many a role takes that works longer than one shift may be; else those who are wanted."""
    rest, most = timedelta(minutes=LEAST_REST), timedelta(minutes=figure("work", "shift_longest"))
    run: list[StaffShift] = []
    for shift in sorted(line.shifts, key=lambda one: one.start) if wanted else ():
        run = [one for one in run if one.end + rest > shift.start]
        run.append(shift)
        if len(run) > wanted and max(one.end for one in run) - run[0].start > most:
            return len({one.who for one in line.shifts})
    return wanted


def _has_alcohol(evidence: Evidence) -> bool:
    """Whether a drink of the menu has alcohol."""
    drinks = [line.item for _, dish, line in evidence.lines if dish.course == "drink"]
    return any("alcohol" in known(item).facts for item in drinks)


def hours_worked(evidence: Evidence) -> Findings:
    """Paid hours are those of the shifts; people are on duty for all work, and only when there is some."""
    for path, line in placed("plan.staffing", evidence.plan.staffing):
        claims = _work(evidence).get(fold(line.role), [])
        yield from compare_entry(path, line, _of_shifts(line), BLOCKING)
        on_duty = [Claim("", shift.start, shift.end, -1) for shift in line.shifts]
        away = _away(evidence).get(fold(line.role), [])
        if not _is_decided(evidence, line.role) and max(peak([*claims, *on_duty]), peak([*away, *on_duty])) > 0:
            yield found("blocking", f"{path}.shifts", f"{line.role}: at work outside the shifts", "", line.hours)
        busy = [*((claim.start, claim.end) for claim in claims), _front(evidence)]
        for where, shift in placed(f"{path}.shifts", line.shifts):
            if not any(start < shift.end and shift.start < end for start, end in busy):
                message = f"{line.role}: on duty when there is no work"
                yield found("warning", where, message, shift.start.isoformat(), line.role)
            ended = {evidence.blocks[one.block].place for one in claims if one.end == shift.end}
            if ended and shift.place not in ended and shift.end - shift.start > LEAST_CALL:
                message = f"{line.role} {shift.who}: the last work of the shift is elsewhere"
                yield found("warning", f"{where}.place", message, shift.place, " or ".join(sorted(ended)))


def _of_shifts(line: StaffLine) -> dict[str, object]:
    """Hours, first call and last end of a role, as its shifts add up to."""
    minutes = sum(minutes_between(shift.start, shift.end) for shift in line.shifts)
    return {
        "hours": str(Fraction(minutes, 60)),
        "start": min((shift.start for shift in line.shifts), default=line.start),
        "end": max((shift.end for shift in line.shifts), default=line.end),
    }


def shift_limits(evidence: Evidence) -> Findings:
    """No one is on duty for more than 12 hours, beyond 6 without a break, or without 8 hours of rest between days."""
    for path, line in placed("plan.staffing", evidence.plan.staffing):
        ended: dict[str, datetime] = {}
        for where, shift in sorted(placed(f"{path}.shifts", line.shifts), key=lambda one: one[1].start):
            minutes = minutes_between(shift.start, shift.end)
            rest = minutes_between(ended[shift.who], shift.start) if shift.who in ended else LEAST_REST
            ended[shift.who] = shift.end
            who = f"{line.role} {shift.who}"
            if minutes > figure("work", "shift_longest") and not _is_one_task(evidence, line.role, shift.start):
                yield found("warning", where, f"{who}: longer on duty than a day may be", minutes, 720)
            if minutes > figure("work", "break_after") and not shift.breaks:
                yield found("warning", where, f"{who}: no break", minutes, figure("work", "break_after"))
            if rest < LEAST_REST:
                yield found("warning", where, f"{who}: too little rest before this day", rest, LEAST_REST)


LEAST_REST = 480
"""Minutes between two days of a person."""
LEAST_CALL = timedelta(hours=4)
"""A shorter shift is paid for so long, and ends when no work does."""


def _is_one_task(evidence: Evidence, role: str, start: datetime) -> bool:
    """Whether a shift begins with a piece of work that is itself longer than a day on duty."""
    tasks = [one for one in _work(evidence).get(fold(role), []) if one.start == start]
    return any(minutes_between(one.start, one.end) > figure("work", "shift_longest") for one in tasks)


def _is_decided(evidence: Evidence, role: str) -> bool:
    return fold(role) in _decided(evidence)


@asked_once
def _front(evidence: Evidence) -> Span:
    """From the first set-up to the last strike."""
    blocks = evidence.work(*FRONT)
    event = evidence.order.event
    if not blocks:
        return event.service_at, event.ends_at or event.service_at + timedelta(hours=2)
    return min(block.start for block in blocks), max(block.end for block in blocks)


def paid(evidence: Evidence) -> Findings:
    """The rate is the order's, else the budget's; the cost is hours times rate, to the cent."""
    for path, line in placed("plan.staffing", evidence.plan.staffing):
        rate = _rate(evidence, line.role)
        cost = None if rate is None else cents(Fraction(line.hours) * Fraction(rate))
        yield from compare_entry(path, line, {"rate": rate, "cost": cost}, BLOCKING)


def _rate(evidence: Evidence, role: str) -> Decimal | None:
    """Pay for an hour."""
    rows = [row.rate for row in evidence.order.staff or () if fold(row.role) == fold(role)]
    usual = (evidence.order.budget or Budget()).labor_per_hour
    return next((rate for rate in rows if rate is not None), usual)


def enough(evidence: Evidence) -> Findings:
    """If the order says who can be had, no others are counted on; who lacks is named, with hours."""
    staff = evidence.order.staff
    for path, line in placed("plan.staffing", evidence.plan.staffing):
        rows = [row.available for row in staff or () if fold(row.role) == fold(line.role)]
        there = None if staff is None else sum(rows)
        yield from compare_entry(path, line, {"available": there}, BLOCKING)
        if there is not None and line.count > there:
            lacks = line.count - there
            who = f"1 more {line.role} is" if lacks == 1 else f"{lacks} more {line.role}s are"
            message = f"{who} needed than there are ({line.basis})"
            fix = f"hire {lacks}; all {line.count} together work {float(Fraction(line.hours)):.1f} h"
            yield found("warning", f"{path}.count", message, line.count, there, fix=fix)


def readings_attended(evidence: Evidence) -> Findings:
    """Someone is on duty whenever the log asks for a reading."""
    shifts = chain.from_iterable(line.shifts for line in evidence.plan.staffing)
    on_duty = [(shift.start, shift.end) for shift in shifts]
    for path, point in placed("plan.safety.points", evidence.plan.safety.points):
        for time in point.times:
            if any(start <= time.at <= end for start, end in on_duty):
                continue
            last = max((end for _, end in on_duty if end < time.at), default=time.at)
            dish = evidence.made[point.dish].name if point.dish in evidence.made else point.dish
            early = minutes_between(last, time.at)
            when = f"{time.at:%a} {time.at.day} {time.at:%b %H:%M}"
            message = f"{dish}: no one is in on {when} to read it ({point.kind.replace('_', ' ')})"
            fix = f"keep one person {early} minutes longer, begin this dish as much earlier, or log it with a recorder"
            yield found("warning", f"{path}.times", message, time.at.isoformat(), "", fix=fix)


CHECKS = {
    "staffing.called": enough_called,
    "staffing.hours": hours_worked,
    "staffing.shifts": shift_limits,
    "staffing.paid": paid,
    "staffing.enough": enough,
    "staffing.leads": spare_hands,
    "staffing.readings": readings_attended,
}
