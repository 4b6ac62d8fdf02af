"""What the blocks of the timeline hold at each moment: plant and people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.domain.plan_parts.timeline import Block


class Resource(NamedTuple):
    """Plant or people of a role at a place."""

    kind: str
    name: str
    place: str


class Stretch(NamedTuple):
    """A time in which the same blocks hold so many."""

    start: datetime
    end: datetime
    amount: int
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A block holds `count` of a resource from `start` to `end`."""

    block: str
    start: datetime
    end: datetime
    count: int


def _claims(evidence: Evidence, block: Block) -> Iterator[tuple[Resource, Claim]]:
    """What a block holds: plant from start to end, people from its start for their minutes.

    A vehicle is the base's, and gone until it can be back there.
    """
    place = evidence.base_id if block.kind == "drive" else block.place
    back = _backs(evidence).get(block.id, block.end)
    for use in block.equipment:
        yield Resource("equipment", use.name, place), Claim(block.id, block.start, back, use.count)
    for crew in block.crew:
        until = block.start + timedelta(minutes=crew.minutes)
        yield Resource("staff", crew.role, block.place), Claim(block.id, block.start, until, crew.count)


@asked_once
def _backs(evidence: Evidence) -> dict[str, datetime]:
    """When the vehicle of each drive is back: after the first drive back that follows it and is no other one's.

    Drives to the next drop, and drives back, are part of those.
    """
    drives = sorted((one for one in evidence.plan.timeline.blocks if one.kind == "drive"), key=lambda one: one.end)
    back: dict[str, datetime] = {drive.id: drive.start for drive in drives}
    returns = list(filter(is_back, drives))
    for drive in drives:
        if not any(before.kind == "load" for before in evidence.waited(drive)):
            continue
        later = next((one for one in returns if one.start >= drive.end and _vehicle(one) == _vehicle(drive)), None)
        back[drive.id] = later.end if later else drive.end + (drive.end - drive.start)
        if later:
            returns.remove(later)
    return back


def _vehicle(drive: Block) -> set[str]:
    return {use.name for use in drive.equipment}


def is_back(block: Block) -> bool:
    """Whether a drive goes back to the base."""
    return ".drive.back" in block.id


@asked_once
def drives_of(evidence: Evidence) -> dict[str, frozenset[str]]:
    """The drives that bring what each packing packs: those that wait for its being loaded."""
    after: dict[str, list[Block]] = {}
    for block in evidence.plan.timeline.blocks:
        for before in evidence.waited(block):
            after.setdefault(before.id, []).append(block)
    return {pack.id: _driven(pack, after) for pack in evidence.plan.timeline.blocks if pack.kind == "pack"}


def _driven(pack: Block, after: Mapping[str, list[Block]]) -> frozenset[str]:
    loaded = [load for load in after.get(pack.id, ()) if load.kind == "load"]
    then = [drive for load in loaded for drive in after.get(load.id, ())]
    return frozenset(drive.id for drive in then if drive.kind == "drive")


@asked_once
def by_resource(evidence: Evidence) -> dict[Resource, list[Claim]]:
    """All claims of the timeline on each resource."""
    held: dict[Resource, list[Claim]] = {}
    for block in evidence.plan.timeline.blocks:
        for resource, claim in _claims(evidence, block):
            if claim.end > claim.start:
                held.setdefault(resource, []).append(claim)
    return held


@asked_once
def by_role(evidence: Evidence) -> dict[str, list[Claim]]:
    """All claims on the people of each role, over all places."""
    held: dict[str, list[Claim]] = {}
    for resource, claims in by_resource(evidence).items():
        if resource.kind == "staff":
            held.setdefault(resource.name, []).extend(claims)
    return held


@asked_once
def peaks(evidence: Evidence) -> dict[Resource, int]:
    """The most of each resource in use at one moment."""
    return {resource: peak(claims) for resource, claims in by_resource(evidence).items()}


def loads(held: list[Claim]) -> Iterator[Stretch]:
    """Stretches of time in which the same claims hold."""
    edges = {claim.start for claim in held} | {claim.end for claim in held}
    for start, end in pairwise(sorted(edges)):
        here = [claim for claim in held if claim.start <= start and claim.end >= end]
        blocks = sorted({claim.block for claim in here})
        yield Stretch(start, end, sum(claim.count for claim in here), tuple(blocks))


def peak(held: Iterable[Claim]) -> int:
    """The most in use at one moment."""
    changes: list[tuple[datetime, int]] = []
    for claim in held:
        changes += [(claim.start, claim.count), (claim.end, -claim.count)]
    return max(accumulate(change for _, change in sorted(changes)), default=0)
