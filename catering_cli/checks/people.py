"""Enough people and plant, for as long as they work, at what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.capacity import Claim, by_resource, peak
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.portions import fraction
from catering_cli.checks.purchase import to_cents
from catering_cli.checks.settled import fold, of_kind
from catering_cli.domain.decision import Staffing
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.people import StaffLine


def plant(evidence: Evidence) -> Findings:
    """The peak of each piece of plant is that of the timeline, and is there."""
    held = {
        (name, place): claims for (kind, name, place), claims in by_resource(evidence).items() if kind == "equipment"
    }
    counts = {(one.name, one.place): one for one in evidence.plan.timeline.capacities if one.kind == "equipment"}
    listed = set()
    for index, line in enumerate(evidence.plan.equipment.plant):
        path = f"plan.equipment.plant[{index}]"
        listed.add((line.name, line.place))
        due = peak(held.get((line.name, line.place), []))
        if line.peak != due:
            message = f"{line.name} at {line.place}: the timeline uses another number at once"
            yield found("blocking", f"{path}.peak", message, line.peak, due)
        capacity = counts.get((line.name, line.place))
        if capacity is not None and line.available != capacity.count:
            message = f"{line.name} at {line.place}: the timeline counts on another number"
            yield found("blocking", f"{path}.available", message, line.available, capacity.count)
        if capacity is not None and line.assumed != capacity.assumed:
            yield found("warning", f"{path}.assumed", "assumed here and not there", line.assumed, capacity.assumed)
    for name, place in sorted(set(held) - listed):
        yield found("blocking", "plan.equipment.plant", f"{name} at {place} is used and not listed", "", name)


def staffed(evidence: Evidence) -> Findings:
    """Of each role at least as many are called in as the timeline uses at once, over the hours that it uses them."""
    held: dict[str, list[Claim]] = {}
    for (kind, name, _), claims in by_resource(evidence).items():
        if kind == "staff":
            held.setdefault(name, []).extend(claims)
    for role, claims in sorted(held.items()):
        rows = [(i, row) for i, row in enumerate(evidence.plan.staffing) if fold(row.role) == fold(role)]
        most = peak(claims)
        total = sum(row.count for _, row in rows)
        where = f"plan.staffing[{rows[0][0]}].count" if rows else "plan.staffing"
        if total < most:
            decided = any(fold(one.role) == fold(role) for one, _ in of_kind(evidence, Staffing))
            severity: Severity = "warning" if decided else "blocking"
            message = f"the timeline has {most} {role} at work at once, {total} are called in"
            yield found(severity, where, message, total, most)


def paid(evidence: Evidence) -> Findings:
    """Hours are people times their time in the house, cost is hours times the order's rate, to the cent."""
    budget = evidence.order.budget
    usual = budget.labor_per_hour if budget else None
    for index, line in enumerate(evidence.plan.staffing):
        path = f"plan.staffing[{index}]"
        hours = fraction(line.hours)
        if hours is None or hours < 0:
            yield found("blocking", f"{path}.hours", "not a number of hours", line.hours)
            continue
        if line.end < line.start:
            yield found("blocking", f"{path}.end", f"{line.role} leave before they come", line.end.isoformat())
        span = Fraction(int((line.end - line.start).total_seconds()), 3600) * line.count
        if hours > span:
            yield found("blocking", f"{path}.hours", "more hours are paid than they are in", line.hours, span)
        rates = [
            row.rate for row in evidence.order.staff or () if fold(row.role) == fold(line.role) and row.rate is not None
        ]
        rate = rates[0] if rates else usual
        if line.rate != rate:
            yield found("blocking", f"{path}.rate", f"{line.role}: not the order's pay", line.rate, rate)
        cost = to_cents(hours * Fraction(line.rate)) if line.rate is not None else None
        if line.cost != cost:
            yield found("blocking", f"{path}.cost", f"{line.role}: not hours times pay", line.cost, cost)


def enough(evidence: Evidence) -> Findings:
    """Where the order says who can be had, nobody else is counted on; who lacks is named, with hours."""
    if evidence.order.staff is None:
        return
    there: dict[str, int] = {}
    for row in evidence.order.staff:
        there[fold(row.role)] = there.get(fold(row.role), 0) + row.available
    for index, line in enumerate(evidence.plan.staffing):
        yield from _short(line, there.get(fold(line.role)), f"plan.staffing[{index}]")


def _short(line: StaffLine, there: int | None, path: str) -> Iterator[Finding]:
    if there is None:
        if line.count:
            message = f"{line.count} {line.role} are needed ({line.basis}); the order names none"
            fix = f"hire {line.count} {line.role}, {line.hours} h in all"
            yield found("warning", f"{path}.count", message, line.count, 0, fix=fix)
        return
    if line.available != there:
        yield found("blocking", f"{path}.available", f"the order has {there} {line.role}", line.available, there)
    if line.count > there:
        lacks = line.count - there
        message = f"{lacks} {line.role} more are needed than there are ({line.basis})"
        fix = f"hire {lacks} {line.role}" + (f", about {line.hours} h for all" if line.hours else "")
        yield found("warning", f"{path}.count", message, line.count, there, fix=fix)


CHECKS = {
    "equipment.plant": plant,
    "staffing.peak": staffed,
    "staffing.paid": paid,
    "staffing.enough": enough,
}
