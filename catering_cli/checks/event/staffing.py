"""Enough people, for as long as they work, at what they cost. A rota that differs from the kitchen's is no fault."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.reference.known import known
from catering_cli.checks.reference.services import minutes_between
from catering_cli.checks.reference.usage import Claim, by_role, peak
from catering_cli.data import tables
from catering_cli.data.conditions import applies
from catering_cli.domain.decision import Staffing
from catering_cli.domain.finding import Severity
from catering_cli.domain.money import cents
from catering_cli.domain.site import Budget

Span = tuple[datetime, datetime]

FRONT = ("set_up", "serve", "strike")


@asked_once
def _work(evidence: Evidence) -> dict[str, list[Claim]]:
    """What the timeline asks of each role, over all places."""
    held: dict[str, list[Claim]] = {}
    for role, claims in by_role(evidence).items():
        held.setdefault(fold(role), []).extend(claims)
    return held


def _due(evidence: Evidence) -> dict[str, int]:
    """As many of a role as work at once or as each ratio asks, whichever is more; or as many as were decided."""
    style, guests = evidence.order.event.style, evidence.plan.headcount.set_for
    due = {role: peak(claims) for role, claims in _work(evidence).items()}
    drinks = [line.item for _, dish, line in evidence.lines if dish.course == "drink"]
    facts: dict[str, object] = {"alcohol": any("alcohol" in known(item).facts for item in drinks) or None}
    for row in tables.rows("staff_ratios"):
        facts["staff_called"] = sum(due.values())
        if row["style"] in ("*", style) and applies(row["applies"], evidence.order, facts):
            each, role = int(row["guests"]), fold(row["role"])
            asked = math.ceil(Fraction(guests, each)) if each else 1
            due[role] = max(due.get(role, 0), asked)
    return due | _decided(evidence)


def _decided(evidence: Evidence) -> dict[str, int]:
    return {fold(one.role): one.count for one, _ in of_kind(evidence, Staffing)}


def called(evidence: Evidence) -> Findings:
    """As many of each role are called in as work at once, as its ratio asks, or as were decided; none without need."""
    due = _due(evidence)
    lines = {fold(line.role): (path, line) for path, line in placed("plan.staffing", evidence.plan.staffing)}
    for role in sorted(due.keys() | lines.keys()):
        path, line = lines.get(role, ("plan.staffing", None))
        count, wanted = line.count if line else 0, due.get(role, 0)
        if count != wanted:
            severity: Severity = "blocking" if count < wanted else "warning"
            message = f"{role}: not as many as work at once, or as the ratio asks"
            yield found(severity, f"{path}.count" if line else path, message, count, wanted)
        elif count < peak(_work(evidence).get(role, [])):
            message = f"{count} {role} were decided, and the timeline has more at work at once"
            yield found("warning", path, message, count, peak(_work(evidence)[role]))


def hours_worked(evidence: Evidence) -> Findings:
    """Paid hours cover the work, and are no more than shifts filled one after the other take; people are in for it."""
    opens, closes = _front(evidence)
    for path, line in placed("plan.staffing", evidence.plan.staffing):
        claims = _work(evidence).get(fold(line.role), [])
        paid = Fraction(line.hours)
        work = sum(minutes_between(one.start, one.end) * one.count for one in claims)
        least, most = Fraction(work, 60), _shift_hours(evidence, claims, line.count)
        if paid < least or (paid * 60).denominator > 1:
            message = f"{line.role}: fewer hours than they work, or not whole minutes"
            yield found("blocking", f"{path}.hours", message, line.hours, least)
        elif paid > most:
            yield found("warning", f"{path}.hours", f"{line.role}: more hours than their shifts", line.hours, most)
        first = min((claim.start for claim in claims), default=opens)
        last = max((claim.end for claim in claims), default=closes)
        starts = min(first, opens) <= line.start <= first
        if not (starts and last <= line.end <= max(last, closes)):
            message = f"{line.role}: not in the house for all of their work, or when there is none"
            said = f"{line.start.isoformat()} to {line.end.isoformat()}"
            yield found("blocking", f"{path}.start", message, said, f"{first.isoformat()} to {last.isoformat()}")


def _shift_hours(evidence: Evidence, claims: list[Claim], people: int) -> Fraction:
    """Hours of shifts from first to last work, where each work goes to the one free longest at work already.

    People called in beyond the busiest day stay from set-up to strike.
    """
    minutes, busiest = 0, 0
    for day in sorted({claim.start.date() for claim in claims}):
        shifts = _shifts([claim for claim in claims if claim.start.date() == day])
        minutes += sum(minutes_between(*shift) for shift in shifts)
        busiest = max(busiest, len(shifts))
    minutes += max(people - busiest, 0) * minutes_between(*_front(evidence))
    return Fraction(minutes, 60)


def _shifts(claims: list[Claim]) -> list[Span]:
    tasks: list[Span] = []
    for claim in claims:
        tasks += [(claim.start, claim.end)] * claim.count
    people: list[Span] = []
    for start, end in sorted(tasks):
        free = [one for one in people if one[1] <= start]
        if free:
            last = max(free, key=lambda one: one[1])
            people[people.index(last)] = (last[0], end)
        else:
            people.append((start, end))
    return people


@asked_once
def _front(evidence: Evidence) -> Span:
    """From the first set-up to the last strike."""
    blocks = [block for block in evidence.plan.timeline.blocks if block.kind in FRONT]
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
            message = f"{lacks} {line.role} more are needed than there are ({line.basis})"
            fix = f"hire {lacks} {line.role}, about {line.hours} h for all"
            yield found("warning", f"{path}.count", message, line.count, there, fix=fix)


CHECKS = {
    "staffing.called": called,
    "staffing.hours": hours_worked,
    "staffing.paid": paid,
    "staffing.enough": enough,
}
