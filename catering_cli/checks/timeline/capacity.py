"""At no moment is more in use than there is: plant by count, people by role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import TOLD, Evidence, Findings, found, placed
from catering_cli.checks.reference.steps import works
from catering_cli.checks.reference.usage import Claim, Resource, Stretch, by_resource, by_role, loads, peak, peaks
from catering_cli.data import tables
from catering_cli.data.equipment_names import equipment_name, equipment_row
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan_parts.timeline import Capacity


def within(evidence: Evidence) -> Findings:
    """No plant is over its capacity at any instant; a finding names who, when and by how much."""
    capacities = evidence.plan.timeline.capacities
    counts = {(one.name, one.place): one.count for one in capacities if one.kind == "equipment"}
    for resource, held in sorted(by_resource(evidence).items()):
        if resource.kind != "equipment":
            continue
        name, place = resource.name, resource.place
        if (name, place) in counts:
            yield from _overloaded(evidence, f"in use at {place}", name, held, counts[name, place])
            continue
        where = evidence.block_paths[held[0].block]
        message = f"{name} at {place} is used by {held[0].block}, but the plan has no capacity for it"
        yield found("blocking", where, message, name, fix="say how many there are")


def people_at_once(evidence: Evidence) -> Findings:
    """People of a role work in one place at a time: their number over all places is within those there are."""
    counts: dict[str, int] = {}
    for one in evidence.plan.timeline.capacities:
        if one.kind == "staff":
            counts[one.name] = counts.get(one.name, 0) + one.count
    for role, held in sorted(by_role(evidence).items()):
        yield from _overloaded(evidence, "at work at once", role, held, counts.get(role, 0))


def _overloaded(evidence: Evidence, what: str, name: str, held: list[Claim], there: int) -> Iterator[Finding]:
    """The three worst overloads of a resource, in order of time; the last says how many others there are."""
    rows = list(_overloads(held, there))
    spoken = name.replace("_", " ")
    ranked = sorted(range(len(rows)), key=lambda one: -rows[one].amount)
    worst = sorted(ranked[:TOLD])
    more = f", and {len(rows) - TOLD} other times too many" if len(rows) > TOLD else ""
    for number in worst:
        start, end, count, blocks = rows[number]
        others = more if number == worst[-1] else ""
        when = f"from {start:%d %b %H:%M} to {end:%H:%M}"
        message = f"{spoken}: {count} {what} {when}, {there} on hand{others}: {', '.join(blocks)}"
        fix = f"move one of them, or have {count - there} more {spoken}"
        last = max(blocks, key=lambda one: (evidence.blocks[one].start, one))
        yield found("blocking", evidence.block_paths[last], message, count, there, fix=fix)


def _overloads(held: list[Claim], capacity: int) -> Iterator[Stretch]:
    """Overloaded stretches; of those that follow one another without a gap the worst, over all their time."""
    if peak(held) <= capacity:
        return
    run: list[Stretch] = []
    for stretch in loads(held):
        if stretch.amount <= capacity:
            continue
        if run and run[-1].end == stretch.start:
            worst = max(run[-1], stretch, key=lambda one: one.amount)
            run[-1] = worst._replace(start=run[-1].start, end=stretch.end)
        else:
            run.append(stretch)
    yield from run


def capacities_true(evidence: Evidence) -> Findings:
    """The capacities are those of the order, else of the default kitchen; what is assumed says so.

    Of what the order does not count there are as many as are used at once.
    """
    for path, one in placed("plan.timeline.capacities", evidence.plan.timeline.capacities):
        given = _staff(evidence, one.name) if one.kind == "staff" else _given(evidence, one)
        due = _assumed(evidence, one) if given is None else given
        yield from compare_entry(path, one, {"assumed": given is None, "count": due}, BLOCKING)
    if evidence.plan.timeline.status == "scheduled":
        yield from _unlisted(evidence)


def _unlisted(evidence: Evidence) -> Findings:
    """Each role of the order that is able to do a step is counted."""
    skills = {work.step.skill.casefold() for work in works(evidence)}
    rows = {row["skill"]: row["roles"].casefold().split(",") for row in tables.rows("skills")}
    able = skills.union(*(map(str.strip, rows.get(skill, rows["cook"] if "cook" in skill else ())) for skill in skills))
    counted = {one.name for one in evidence.plan.timeline.capacities if one.kind == "staff"}
    for one in evidence.order.staff or ():
        if one.available and one.role.casefold() in able and one.role not in counted:
            yield found("warning", "plan.timeline.capacities", f"{one.role} is able to work, and not counted", one.role)


def _staff(evidence: Evidence, role: str) -> int | None:
    """How many of a role the order has; None if it does not say."""
    rows = [row.available for row in evidence.order.staff or () if row.role == role]
    return sum(rows) if rows else None


def _listed(evidence: Evidence, place: str) -> Mapping[str, int] | None:
    """The equipment that the order lists at a place; None if it lists none for its base."""
    order = evidence.order
    at_places = {one.id: one.equipment for one in order.places}
    if place != evidence.base_id:
        return at_places.get(place, {})
    return order.kitchen.equipment if order.kitchen.equipment is not None else at_places.get(place) or None


def _given(evidence: Evidence, one: Capacity) -> int | None:
    """How many of a piece the order counts at its place; fixed plant that a list leaves out is not there."""
    listed = _listed(evidence, one.place)
    counted = [count for name, count in (listed or {}).items() if equipment_name(name) == one.name]
    row = equipment_row(one.name)
    if counted:
        return sum(counted)
    if one.place != evidence.base_id and one.name in _brought():
        return None
    return 0 if listed is not None and row and row["kind"] == "plant" else None


def _brought() -> set[str]:
    """Plant that comes to a venue with its own gas."""
    return {row["lacks"] for row in tables.rows("venue_kit") if row["per"] == "peak"}


def _assumed(evidence: Evidence, one: Capacity) -> int:
    """How many the default kitchen has, more of what is brought in if that is short; else no more than are used."""
    if one.kind == "staff":
        return max(one.count, peak(by_role(evidence).get(one.name, [])))
    in_use = peaks(evidence).get(Resource(one.kind, one.name, one.place), 0)
    row = equipment_row(one.name)
    is_brought = one.place != evidence.base_id and one.name in _brought()
    if row is None or row["kind"] in ("vehicle", "small") or is_brought:
        return min(one.count, in_use)
    return int(row["count"]) if row["kind"] == "plant" else max(int(row["count"]), in_use)


CHECKS = {
    "timeline.capacity": within,
    "timeline.people": people_at_once,
    "timeline.capacities": capacities_true,
}
