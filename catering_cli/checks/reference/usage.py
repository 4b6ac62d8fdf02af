"""What the blocks of the timeline hold at each moment: plant and people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.domain.timeline import Block

Key = tuple[str, str, str]
"""kind, name, place"""


Stretch = tuple[datetime, datetime, int, tuple[str, ...]]
"""from, until, how many in use, by which blocks"""


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


@asked_once
def by_resource(evidence: Evidence) -> dict[Key, list[Claim]]:
    """All claims of the timeline on each resource; a vehicle is the base's, and gone until it can be back there."""
    base = evidence.base_id
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
