"""Enough people and plant, for as long as they work, at what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.menu.portions import fraction
from catering_cli.checks.purchasing.buying import to_cents
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.reference.foods import known
from catering_cli.checks.timeline.capacity import Claim, by_resource, peak
from catering_cli.data import tables
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


def ratios(evidence: Evidence) -> Findings:
    """No role is below its ratio to the guests for the style of service; from six people on there is a captain."""
    style, guests = evidence.order.event.style, evidence.plan.headcount.set_for
    counts: dict[str, int] = {}
    for line in evidence.plan.staffing:
        counts[fold(line.role)] = counts.get(fold(line.role), 0) + line.count
    decided = {fold(one.role) for one, _ in of_kind(evidence, Staffing)}
    for row in tables.rows("staff_ratios"):
        role = fold(row["role"])
        if row["style"] not in ("*", style) or role in decided or not holds(evidence, row["when"]):
            continue
        due = -(-guests // int(row["guests"])) if int(row["guests"]) else 1
        if counts.get(role, 0) < due:
            where = next((f"plan.staffing[{i}].count" for i, line in enumerate(evidence.plan.staffing)
                          if fold(line.role) == role), "plan.staffing")  # fmt: skip
            yield found("blocking", where, f"{row['text']}: {guests} guests", counts.get(role, 0), due)


def holds(evidence: Evidence, when: str) -> bool:
    """Whether a row of the staff ratios is for this event: alcohol is poured, six people are on, or always."""
    if when == "alcohol":
        drinks = [dish for dish in evidence.plan.menu if dish.course == "drink"]
        return any("alcohol" in known(line.item).facts for dish in drinks for line in dish.lines)
    if when == "staff>=6":
        return sum(line.count for line in evidence.plan.staffing if fold(line.role) != "captain") >= CAPTAIN_FROM
    return when == "always"


CAPTAIN_FROM = 6
"""People on from which a captain is called; data/staff_ratios.tsv."""


def hours_worked(evidence: Evidence) -> Findings:
    """Paid hours are those of the shifts that the work fills; who is called in beyond it stays from set-up on."""
    for index, line in enumerate(evidence.plan.staffing):
        shifts = _shifts(evidence, fold(line.role))
        front = _front(evidence)
        busiest = max((sum(day == other for other, _, _ in shifts) for day, _, _ in shifts), default=0)
        beyond = max(line.count - busiest, 0)
        spans = [(start, end) for _, start, end in shifts]
        minutes = sum(_minutes(end - start) for start, end in spans) + beyond * _minutes(front[1] - front[0])
        path = f"plan.staffing[{index}]"
        if fraction(line.hours) != Fraction(minutes, 60):
            message = f"{line.role}: not the hours of their shifts"
            yield found("blocking", f"{path}.hours", message, line.hours, Fraction(minutes, 60))
        spans += [front] if beyond or not spans else []
        start, end = min(one for one, _ in spans), max(one for _, one in spans)
        if (line.start, line.end) != (start, end):
            message = f"{line.role}: in the house at another time than at work"
            said = f"{line.start.isoformat()} to {line.end.isoformat()}"
            yield found("blocking", f"{path}.start", message, said, f"{start.isoformat()} to {end.isoformat()}")


def _shifts(evidence: Evidence, role: str) -> list[tuple[date, datetime, datetime]]:
    """Day by day the people of a role, first to last minute: work goes to whoever was busy last and is free."""
    days: dict[date, list[tuple[datetime, datetime]]] = {}
    for block in evidence.plan.timeline.blocks:
        for crew in block.crew:
            if fold(crew.role) == role and crew.minutes:
                end = block.start + timedelta(minutes=crew.minutes)
                days.setdefault(block.start.date(), []).extend([(block.start, end)] * crew.count)
    found_shifts: list[tuple[date, datetime, datetime]] = []
    for day, work in sorted(days.items()):
        people: list[list[datetime]] = []
        for start, end in sorted(work):
            free = [one for one in people if one[1] <= start]
            if free:
                max(free, key=lambda one: one[1])[1] = end
            else:
                people.append([start, end])
        found_shifts += [(day, start, end) for start, end in people]
    return found_shifts


def _front(evidence: Evidence) -> tuple[datetime, datetime]:
    """From the first set-up to the last strike."""
    blocks = [block for block in evidence.plan.timeline.blocks if block.kind in ("set_up", "serve", "strike")]
    event = evidence.order.event
    if not blocks:
        return event.service_at, event.ends_at or event.service_at + timedelta(hours=2)
    return min(block.start for block in blocks), max(block.end for block in blocks)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


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
    "staffing.ratio": ratios,
    "staffing.hours": hours_worked,
    "staffing.paid": paid,
    "staffing.enough": enough,
}
