"""Who is called in, by exactly which rule; and what the floor is told of each service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from catering_cli.checks.dietary.labels_to_read import GRAVE
from catering_cli.checks.event.staffing import CAPTAIN_FROM, holds
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.timeline.capacity import Claim, by_resource, peak
from catering_cli.checks.timeline.event_blocks import meals
from catering_cli.data import tables
from catering_cli.domain.decision import Staffing
from catering_cli.domain.finding import Finding
from catering_cli.domain.people import ServiceLine
from catering_cli.domain.recipe import Course

CAPTAIN = "captain"
PEAK = "peak of the schedule"


def _busiest(evidence: Evidence) -> dict[str, int]:
    """The most people of each role at work at once, over all places, on any day."""
    days: dict[tuple[str, date], list[Claim]] = {}
    for (kind, name, _), claims in by_resource(evidence).items():
        for claim in claims if kind == "staff" else ():
            days.setdefault((fold(name), claim.start.date()), []).append(claim)
    most: dict[str, int] = {}
    for (role, _), claims in days.items():
        most[role] = max(most.get(role, 0), peak(claims))
    return most


def called(evidence: Evidence) -> Findings:
    """As many of a role are called in as work at once or as its ratio asks, whichever is more; no role without need."""
    style, guests = evidence.order.event.style, evidence.plan.headcount.set_for
    busiest = _busiest(evidence)
    due = dict(busiest)
    for row in tables.rows("staff_ratios"):
        if fold(row["role"]) != CAPTAIN and row["style"] in ("*", style) and holds(evidence, row["when"]):
            due[fold(row["role"])] = max(due.get(fold(row["role"]), 0), -(-guests // int(row["guests"])))
    if sum(due.values()) >= CAPTAIN_FROM:
        due.setdefault(CAPTAIN, 1)
    yield from _lines(evidence, due, busiest)
    listed = {fold(line.role) for line in evidence.plan.staffing}
    for role in sorted(set(due) - listed):
        yield found("warning", "plan.staffing", f"{role}: needed, and not called in", "", due[role])


def _lines(evidence: Evidence, due: dict[str, int], busiest: dict[str, int]) -> Iterator[Finding]:
    """Each line has the number that is due, says why, and who settled it."""
    decided = {fold(one.role): (one.count, by) for one, by in of_kind(evidence, Staffing)}
    for index, line in enumerate(evidence.plan.staffing):
        path = f"plan.staffing[{index}]"
        count, by = decided.get(fold(line.role), (due.get(fold(line.role), 0), "kitchen"))
        if line.count != count:
            message = f"{line.role}: neither what works at once nor what the ratio asks"
            yield found("warning", f"{path}.count", message, line.count, count)
        if line.by != by:
            yield found("warning", f"{path}.by", f"{line.role}: settled by another", line.by, by)
        if evidence.order.staff is None and line.available is not None:
            message = f"{line.role}: the order does not say who can be had"
            yield found("warning", f"{path}.available", message, line.available)
        if line.basis == PEAK and (line.source or line.count != busiest.get(fold(line.role))):
            yield found(
                "warning", f"{path}.basis", f"{line.role}: not the peak of the schedule", line.source, line.basis
            )
        if by == "kitchen" and line.basis != PEAK and line.count == busiest.get(fold(line.role)):
            yield found(
                "advice", f"{path}.basis", f"{line.role}: the schedule alone asks for as many", line.basis, PEAK
            )


def told(evidence: Evidence) -> Findings:
    """A service ends when the order says, its dishes stand by course, and its notes say of each need what is theirs."""
    ends = {meal.service: meal.until for meal in meals(evidence)}
    courses = get_args(Course)
    for index, line in enumerate(evidence.plan.service):
        path = f"plan.service[{index}]"
        until = ends.get(line.id) if evidence.order.services else next(iter(ends.values()), None)
        if until is not None and line.until != until:
            yield found("warning", f"{path}.until", "not when the order ends it", line.until, until)
        ranks = [courses.index(evidence.dishes[one].course) for one in line.dishes if one in evidence.dishes]
        if ranks != sorted(ranks):
            yield found("warning", f"{path}.dishes", "not in order of course", ", ".join(line.dishes))
        yield from _notes(evidence, line, f"{path}.notes")


def _notes(evidence: Evidence, line: ServiceLine, path: str) -> Iterator[Finding]:
    """Each note names who, how grave it is, and just the dishes they eat there; a grave one, whose plate it is."""
    for profile in evidence.plan.diets.profiles:
        eaten = {eats.dish for eats in evidence.plan.diets.eats if eats.profile == profile.id}
        names = [evidence.dishes[one].name for one in line.dishes if one in eaten and one in evidence.dishes]
        start = f"{profile.count} x {profile.name} ({', '.join(profile.needs)}; {profile.severity}): "
        mine = [note.removeprefix(start) for note in line.notes if note.startswith(start)]
        if not profile.needs or not names:
            continue
        if not mine:
            yield found("warning", path, f"no note on {start.rstrip(': ')}", "", ", ".join(names))
            continue
        said, _, own = mine[0].partition(";")
        if sorted(said.split(", ")) != sorted(", ".join(names).split(", ")):
            yield found("warning", path, f"not what {profile.count} x {profile.name} eat", said, ", ".join(names))
        if bool(own) != (profile.severity in GRAVE):
            message = f"{profile.count} x {profile.name}: a plate of their own is for grave needs, and for all of them"
            yield found("warning", path, message, own, profile.severity)


CHECKS = {"staffing.called": called, "service.told": told}
