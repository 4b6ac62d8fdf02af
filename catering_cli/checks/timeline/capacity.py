"""At no moment is more in use than there is: plant by count, people by role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.equipment import equipment_called
from catering_cli.data import tables
from catering_cli.domain.timeline import Block, Capacity

Key = tuple[str, str, str]
"""kind, name, place"""
Stretch = tuple[datetime, datetime, int, tuple[str, ...]]
"""from, until, how many in use, by which blocks"""
TOLD = 3
"""Findings of one kind about one thing; of more only their number."""


@dataclass(frozen=True)
class Claim:
    """A block holds `count` of a resource from `start` to `end`."""

    block: str
    start: datetime
    end: datetime
    count: int


def claims(block: Block) -> Iterator[tuple[Key, Claim]]:
    """What a block holds: plant from start to end, people from its start for their minutes."""
    for use in block.equipment:
        yield ("equipment", use.name, block.place), Claim(block.id, block.start, block.end, use.count)
    for crew in block.crew:
        until = block.start + timedelta(minutes=crew.minutes)
        yield ("staff", crew.role, block.place), Claim(block.id, block.start, until, crew.count)


def by_resource(evidence: Evidence) -> dict[Key, list[Claim]]:
    """All claims of the timeline on each resource; a vehicle is the base's, and gone until it can be back there."""
    base = next((one.id for one in evidence.order.places if one.kind == "base"), "base")
    held: dict[Key, list[Claim]] = {}
    for block in evidence.plan.timeline.blocks:
        out = block.kind == "drive" and any(
            wait.block in evidence.blocks and evidence.blocks[wait.block].kind == "load" for wait in block.after
        )
        for (kind, name, place), claim in claims(block):
            pooled = kind == "equipment" and block.kind == "drive"
            until = claim.end + (claim.end - claim.start) if pooled and out else claim.end
            if claim.end > claim.start:
                key = (kind, name, base if pooled else place)
                held.setdefault(key, []).append(Claim(claim.block, claim.start, until, claim.count))
    return held


def loads(held: list[Claim]) -> Iterator[Stretch]:
    """Stretches of time in which the same claims hold: from, until, how many in use, by which blocks."""
    edges = sorted({claim.start for claim in held} | {claim.end for claim in held})
    for start, end in pairwise(edges):
        here = [claim for claim in held if claim.start <= start and claim.end >= end]
        yield start, end, sum(claim.count for claim in here), tuple(sorted({claim.block for claim in here}))


def peak(held: list[Claim]) -> int:
    """The most in use at one moment."""
    changes = sorted([(one.start, one.count) for one in held] + [(one.end, -one.count) for one in held])
    return max(accumulate(change for _, change in changes), default=0)


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
    """The capacities are those of the order, else of the default kitchen; what is assumed says so."""
    used = {key: peak(held) for key, held in by_resource(evidence).items()}
    people: dict[str, int] = {}
    for (kind, name, _), most in used.items():
        if kind == "staff":
            people[name] = people.get(name, 0) + most
    for index, one in enumerate(evidence.plan.timeline.capacities):
        path = f"plan.timeline.capacities[{index}]"
        due, assumed = _staff(evidence, one.name) if one.kind == "staff" else _plant(evidence, one.name, one.place)
        if due is not None and assumed and not _is_plant(one.name):
            due = max(due, used.get((one.kind, one.name, one.place), 0))
        if one.assumed != assumed:
            yield found("blocking", f"{path}.assumed", f"{one.name}: not so by the order", one.assumed, assumed)
        if due is not None and one.count != due:
            message = f"the order or the default kitchen has {due} {one.name}"
            yield found("blocking", f"{path}.count", message, one.count, due)
        elif due is None and one.kind == "staff" and one.count > people.get(one.name, 0):
            yield found(
                "warning", f"{path}.count", f"more {one.name} than work at once", one.count, people.get(one.name, 0)
            )


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
