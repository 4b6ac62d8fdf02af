"""Enough people, for as long as they work, at what they cost. A rota that differs from the kitchen's is no fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.ratios import figure
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.reference.foods import known
from catering_cli.checks.reference.numbers import fraction, to_cents
from catering_cli.checks.reference.usage import Claim, by_resource, peak
from catering_cli.data import tables
from catering_cli.domain.decision import Staffing
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.people import StaffLine

Span = tuple[datetime, datetime]

CAPTAIN = "captain"
CAPTAIN_FROM = 6
"""People on from which a captain is called; data/staff_ratios.tsv."""


def _work(evidence: Evidence) -> dict[str, list[Claim]]:
    """What the timeline asks of each role, over all places."""
    held: dict[str, list[Claim]] = {}
    for (kind, name, _), claims in by_resource(evidence).items():
        if kind == "staff":
            held.setdefault(fold(name), []).extend(claims)
    return held


def _called(evidence: Evidence) -> dict[str, int]:
    """How many of each role are called in."""
    counts: dict[str, int] = {}
    for line in evidence.plan.staffing:
        counts[fold(line.role)] = counts.get(fold(line.role), 0) + line.count
    return counts


def _decided(evidence: Evidence) -> dict[str, int]:
    return {fold(one.role): one.count for one, _ in of_kind(evidence, Staffing)}


def _ratios(evidence: Evidence) -> dict[str, int]:
    """How many of each role the table asks for by guests and style."""
    style, guests = evidence.order.event.style, evidence.plan.headcount.set_for
    due: dict[str, int] = {}
    for row in tables.rows("staff_ratios"):
        wanted = row["when"] == "always" or (row["when"] == "alcohol" and _alcohol(evidence))
        if wanted and row["style"] in ("*", style):
            due[fold(row["role"])] = figure("staff.per_guests", guests=guests, guests_each=int(row["guests"]))
    return due


def _alcohol(evidence: Evidence) -> bool:
    drinks = [dish for dish in evidence.plan.menu if dish.course == "drink"]
    return any("alcohol" in known(line.item).facts for dish in drinks for line in dish.lines)


def staffed(evidence: Evidence) -> Findings:
    """Of each role at least as many are called in as the timeline has at work at once."""
    counts, decided = _called(evidence), _decided(evidence)
    for role, claims in sorted(_work(evidence).items()):
        most = peak(claims)
        if counts.get(role, 0) < most:
            severity: Severity = "warning" if role in decided else "blocking"
            message = f"the timeline has {most} {role} at work at once, {counts.get(role, 0)} are called in"
            yield found(severity, _line_path(evidence, role), message, counts.get(role, 0), most)


def ratios(evidence: Evidence) -> Findings:
    """No role is below its ratio to the guests; from six people on there is a captain."""
    counts, decided = _called(evidence), _decided(evidence)
    due = _ratios(evidence)
    if sum(count for role, count in counts.items() if role != CAPTAIN) >= CAPTAIN_FROM:
        due[CAPTAIN] = 1
    for role, count in due.items():
        if role not in decided and counts.get(role, 0) < count:
            message = f"fewer {role} than the ratio for these guests asks"
            yield found("blocking", _line_path(evidence, role), message, counts.get(role, 0), count)


def _line_path(evidence: Evidence, role: str) -> str:
    for index, line in enumerate(evidence.plan.staffing):
        if fold(line.role) == role:
            return f"plan.staffing[{index}].count"
    return "plan.staffing"


def called(evidence: Evidence) -> Findings:
    """As many of a role are called in as work at once or as its ratio asks, whichever is more; none without need."""
    due = {role: peak(claims) for role, claims in _work(evidence).items()}
    for role, count in _ratios(evidence).items():
        due[role] = max(due.get(role, 0), count)
    if sum(due.values()) >= CAPTAIN_FROM:
        due.setdefault(CAPTAIN, 1)
    due = {role: count for role, count in (due | _decided(evidence)).items() if count}
    expected = {f"staffing[{index}].count": due.get(fold(line.role), 0)
                for index, line in enumerate(evidence.plan.staffing)}  # fmt: skip
    yield from compare(expected, evidence.plan, {"": "warning"})
    for role in sorted(set(due) - set(_called(evidence))):
        yield found("warning", "plan.staffing", f"{role} is needed, and not called in", "", due[role])


def hours_worked(evidence: Evidence) -> Findings:
    """Paid hours cover the work, and are no more than shifts filled one after the other take."""
    work = _work(evidence)
    for index, line in enumerate(evidence.plan.staffing):
        claims = work.get(fold(line.role), [])
        path = f"plan.staffing[{index}]"
        paid, least = fraction(line.hours), _worked(claims)
        most = _shift_hours(evidence, claims, line.count)
        if paid is not None and (paid * 60).denominator > 1:
            yield found("blocking", f"{path}.hours", f"{line.role}: not whole minutes", line.hours)
        if paid is None or paid < least:
            yield found("blocking", f"{path}.hours", f"{line.role}: fewer hours than they work", line.hours, least)
        elif paid > most:
            yield found("warning", f"{path}.hours", f"{line.role}: more hours than their shifts", line.hours, most)
        yield from _in_the_house(evidence, line, claims, path)


def _worked(claims: list[Claim]) -> Fraction:
    return Fraction(sum(_minutes((one.start, one.end)) * one.count for one in claims), 60)


def _shift_hours(evidence: Evidence, claims: list[Claim], people: int) -> Fraction:
    """Hours of shifts from first to last work, where each work goes to the one free longest at work already.

    People called in beyond the busiest day stay from set-up to strike.
    """
    minutes, busiest = 0, 0
    for day in sorted({claim.start.date() for claim in claims}):
        shifts = _shifts([claim for claim in claims if claim.start.date() == day])
        minutes += sum(_minutes(shift) for shift in shifts)
        busiest = max(busiest, len(shifts))
    minutes += max(people - busiest, 0) * _minutes(_front(evidence))
    return Fraction(minutes, 60)


def _shifts(claims: list[Claim]) -> list[Span]:
    people: list[Span] = []
    for start, end in sorted((claim.start, claim.end) for claim in claims for _ in range(claim.count)):
        free = [one for one in people if one[1] <= start]
        if free:
            last = max(free, key=lambda one: one[1])
            people[people.index(last)] = (last[0], end)
        else:
            people.append((start, end))
    return people


def _in_the_house(evidence: Evidence, line: StaffLine, claims: list[Claim], path: str) -> Iterator[Finding]:
    """They are there from their first work to their last; who has none, from set-up to strike."""
    starts = [claim.start for claim in claims] or [_front(evidence)[0]]
    ends = [claim.end for claim in claims] or [_front(evidence)[1]]
    if line.start > min(starts) or line.end < max(ends):
        message = f"{line.role}: not in the house for all of their work"
        said = f"{line.start.isoformat()} to {line.end.isoformat()}"
        limit = f"{min(starts).isoformat()} to {max(ends).isoformat()}"
        yield found("blocking", f"{path}.start", message, said, limit)
    first, last = min([*starts, _front(evidence)[0]]), max([*ends, _front(evidence)[1]])
    if line.start < first or line.end > last:
        message = f"{line.role}: in the house when there is no work"
        yield found("warning", f"{path}.start", message, line.start.isoformat(), first.isoformat())


def _front(evidence: Evidence) -> Span:
    """From the first set-up to the last strike."""
    blocks = [block for block in evidence.plan.timeline.blocks if block.kind in ("set_up", "serve", "strike")]
    event = evidence.order.event
    if not blocks:
        return event.service_at, event.ends_at or event.service_at + timedelta(hours=2)
    return min(block.start for block in blocks), max(block.end for block in blocks)


def _minutes(span: Span) -> int:
    return int((span[1] - span[0]).total_seconds() // 60)


def paid(evidence: Evidence) -> Findings:
    """Hours are within people times their time in the house; cost is hours times the order's rate, to the cent."""
    budget = evidence.order.budget
    usual = budget.labor_per_hour if budget else None
    expected = {}
    for index, line in enumerate(evidence.plan.staffing):
        path = f"plan.staffing[{index}]"
        hours = fraction(line.hours)
        if hours is None or hours < 0:
            yield found("blocking", f"{path}.hours", "not a number of hours", line.hours)
            continue
        most = Fraction(_minutes((line.start, line.end)) * line.count, 60)
        if hours > most:
            yield found("blocking", f"{path}.hours", "more hours are paid than they are in", line.hours, most)
        rates = [row.rate for row in evidence.order.staff or () if fold(row.role) == fold(line.role)]
        rate = next((one for one in rates if one is not None), usual)
        expected[f"staffing[{index}].rate"] = rate
        expected[f"staffing[{index}].cost"] = to_cents(hours * Fraction(rate)) if rate is not None else None
    yield from compare(expected, evidence.plan, {"": "blocking"})


def enough(evidence: Evidence) -> Findings:
    """If the order says who can be had, no others are counted on; who lacks is named, with hours."""
    there: dict[str, int] = {}
    for row in evidence.order.staff or ():
        there[fold(row.role)] = there.get(fold(row.role), 0) + row.available
    for index, line in enumerate(evidence.plan.staffing):
        path = f"plan.staffing[{index}]"
        if evidence.order.staff is None:
            if line.available is not None:
                yield found("warning", f"{path}.available", "the order does not say who can be had", line.available)
        else:
            yield from _short(line, there.get(fold(line.role)), path)


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
        fix = f"hire {lacks} {line.role}, about {line.hours} h for all"
        yield found("warning", f"{path}.count", message, line.count, there, fix=fix)


CHECKS = {
    "staffing.peak": staffed,
    "staffing.ratio": ratios,
    "staffing.called": called,
    "staffing.hours": hours_worked,
    "staffing.paid": paid,
    "staffing.enough": enough,
}
