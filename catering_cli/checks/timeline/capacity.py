"""At no moment is more in use than there is: plant by count, people by role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import TOLD, Evidence, Findings, found
from catering_cli.checks.reference.contact import equipment_called
from catering_cli.checks.reference.usage import Claim, Key, Stretch, by_resource, loads, peak
from catering_cli.data import tables
from catering_cli.domain.timeline import Capacity


def within(evidence: Evidence) -> Findings:
    """No plant is over its capacity at any instant; a finding names who, when and by how much."""
    counts: dict[Key, Capacity] = {(one.kind, one.name, one.place): one for one in evidence.plan.timeline.capacities}
    for key, held in sorted(by_resource(evidence).items()):
        kind, name, place = key
        if kind != "equipment":
            continue
        capacity = counts.get(key)
        if capacity is None:
            where = evidence.block_paths[held[0].block]
            message = f"{name} at {place} is used by {held[0].block}, but the plan has no capacity for it"
            yield found("blocking", where, message, name, fix="say how many there are")
            continue
        for (start, end, count, blocks), others in _told(_overloads(held, capacity.count)):
            message = (
                f"{count} {name} in use at {place} from {start:%d %b %H:%M} to {end:%H:%M}, {capacity.count} there"
            )
            message += f"{others}: {', '.join(blocks)}"
            fix = f"move one of them, or have {count - capacity.count} more {name}"
            yield found("blocking", _latest(evidence, blocks), message, count, capacity.count, fix=fix)


def _latest(evidence: Evidence, blocks: tuple[str, ...]) -> str:
    return evidence.block_paths[max(blocks, key=lambda one: (evidence.blocks[one].start, one))]


def _overloads(held: list[Claim], capacity: int) -> Iterator[Stretch]:
    """Overloaded stretches, those that touch and involve the same blocks or more made one (the worst is kept)."""
    if peak(held) <= capacity:
        return
    run: list[Stretch] = []
    for start, end, count, blocks in loads(held):
        if count <= capacity:
            continue
        if run and run[-1][1] == start:
            before = run.pop()
            worst = max(before, (start, end, count, blocks), key=lambda one: one[2])
            run.append((before[0], end, worst[2], worst[3]))
        else:
            run.append((start, end, count, blocks))
    yield from run


def _told(stretches: Iterator[Stretch]) -> Iterator[tuple[Stretch, str]]:
    """The three worst overloads of a resource, in order of time; the last says how many others there are."""
    rows = list(stretches)
    worst = sorted(sorted(range(len(rows)), key=lambda i: (-rows[i][2], i))[:TOLD])
    others = f", and {len(rows) - TOLD} other times too many" if len(rows) > TOLD else ""
    for i in worst:
        yield rows[i], others if i == worst[-1] else ""


def people_at_once(evidence: Evidence) -> Findings:
    """People of a role work in one place at a time: their number over all places is within those there are."""
    roles: dict[str, list[Claim]] = {}
    for (kind, name, _), held in by_resource(evidence).items():
        if kind == "staff":
            roles.setdefault(name, []).extend(held)
    counts: dict[str, int] = {}
    for one in evidence.plan.timeline.capacities:
        if one.kind == "staff":
            counts[one.name] = counts.get(one.name, 0) + one.count
    for role, held in sorted(roles.items()):
        there = counts.get(role, 0)
        for (start, end, count, blocks), others in _told(_overloads(held, there)):
            message = f"{count} {role} at work at once from {start:%d %b %H:%M} to {end:%H:%M}, {there} there"
            message += f"{others}: {', '.join(blocks)}"
            fix = f"move one of them, or have {count - there} more {role}"
            yield found("blocking", _latest(evidence, blocks), message, count, there, fix=fix)


def capacities_true(evidence: Evidence) -> Findings:
    """The capacities are those of the order, else of the default kitchen; what is assumed says so.

    Of what the order does not count there are as many as are used at once.
    """
    used = {key: peak(held) for key, held in by_resource(evidence).items()}
    people: dict[str, int] = {}
    for (kind, name, _), most in used.items():
        if kind == "staff":
            people[name] = people.get(name, 0) + most
    expected: dict[str, Any] = {}
    for index, one in enumerate(evidence.plan.timeline.capacities):
        path = f"timeline.capacities[{index}]"
        in_use = used.get((one.kind, one.name, one.place), 0)
        due, assumed = _staff(evidence, one.name) if one.kind == "staff" else _plant(evidence, one.name, one.place)
        expected[f"{path}.assumed"] = assumed
        if due is None:
            most = people.get(one.name, 0) if one.kind == "staff" else in_use
            expected[f"{path}.count"] = min(one.count, most)
        else:
            brought = assumed and not _is_plant(one.name)
            expected[f"{path}.count"] = max(due, in_use) if brought else due
    yield from compare(expected, evidence.plan, {"": "blocking"})


def _is_plant(name: str) -> bool:
    """Whether it is fixed to the house; of anything else more is brought in where the usual number is short."""
    return any(row["name"] == name and row["kind"] == "plant" for row in tables.rows("equipment"))


def _staff(evidence: Evidence, role: str) -> tuple[int | None, bool]:
    if evidence.order.staff is None:
        return None, True
    rows = [row.available for row in evidence.order.staff if row.role == role]
    return (sum(rows), False) if rows else (None, True)


def _plant(evidence: Evidence, name: str, place: str) -> tuple[int | None, bool]:
    """How many of a piece there are at a place, None for as many as it takes; and whether that is assumed."""
    order = evidence.order
    base = next((one for one in order.places if one.kind == "base"), None)
    given: dict[str, int] | None
    if place == (base.id if base else "base"):
        given = order.kitchen.equipment if order.kitchen.equipment is not None else (base.equipment if base else None)
        given = given if given or order.kitchen.equipment is not None else None
    else:
        given = next((one.equipment for one in order.places if one.id == place), {})
    counted = [count for other, count in (given or {}).items() if equipment_called(other) == name]
    if counted:
        return sum(counted), False
    row = next((one for one in tables.rows("equipment") if one["name"] == name), None)
    if row is None or row["kind"] in {"vehicle", "small"}:
        return None, True
    if row["kind"] == "plant" and given is not None:
        return 0, False
    return int(row["count"]), True


CHECKS = {
    "timeline.capacity": within,
    "timeline.people": people_at_once,
    "timeline.capacities": capacities_true,
}
