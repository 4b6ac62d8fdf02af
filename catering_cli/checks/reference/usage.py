"""What the blocks of the timeline hold at each moment: plant and people; and what shares an oven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import accumulate, chain, pairwise, product
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.decisions import dish_id, of_kind
from catering_cli.checks.reference.steps import Work, works
from catering_cli.data.equipment_names import equipment_name, equipment_row
from catering_cli.domain.decision import SharedBatch
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
    drives = sorted(evidence.work("drive"), key=lambda one: one.end)
    back: dict[str, datetime] = {drive.id: drive.start for drive in drives}
    returns = list(filter(is_back, drives))
    for drive in drives:
        if not is_loaded(evidence, drive):
            continue
        same = (one for one in returns if _vehicle(one) == _vehicle(drive))
        later = next((one for one in same if one.start >= drive.end), None)
        back[drive.id] = later.end if later else drive.end + (drive.end - drive.start)
        if later:
            returns.remove(later)
    return back


def _vehicle(drive: Block) -> set[str]:
    return {use.name for use in drive.equipment}


def is_back(block: Block) -> bool:
    """Whether a drive goes back to the base."""
    return ".drive.back" in block.id


def is_loaded(evidence: Evidence, drive: Block) -> bool:
    """Whether a drive leaves with a load."""
    return any(before.kind == "load" for before in evidence.waited(drive))


@asked_once
def drives_of(evidence: Evidence) -> dict[str, frozenset[str]]:
    """The drives that bring what each packing packs: those that wait for its being loaded."""
    brings: dict[str, frozenset[str]] = {}
    for pack in evidence.work("pack"):
        driven = (evidence.taking(load, "drive") for load in evidence.taking(pack, "load"))
        brings[pack.id] = frozenset(drive.id for drive in chain.from_iterable(driven))
    return brings


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
def absences(evidence: Evidence) -> dict[str, list[Claim]]:
    """The same, those who ride to a venue being away from when they leave until they ride back, whatever they do."""
    away = _rides_back(evidence)
    held: dict[str, list[Claim]] = {}
    for block in evidence.plan.timeline.blocks:
        for crew in block.crew:
            if block.kind != "drive" and (crew.role, block.place) in away:
                continue
            until = away.get((crew.role, block.id), block.start + timedelta(minutes=crew.minutes))
            held.setdefault(crew.role, []).append(Claim(block.id, block.start, until, crew.count))
    return held


def _rides_back(evidence: Evidence) -> dict[tuple[str, str], datetime]:
    """When people of a role ride back, by the drive that took them and by the place: with their service if it can."""
    drives = evidence.work("drive")
    found: dict[tuple[str, str], datetime] = {}
    for drive, crew in chain.from_iterable(product([one], one.crew) for one in drives if not is_back(one)):
        from_there = [one for one in drives if is_back(one) and one.place == drive.place and one.start >= drive.end]
        later = [one for one in from_there if crew.role in {rider.role for rider in one.crew}]
        own = [one for one in later if one.id.partition(".drive")[0] == drive.id.partition(".drive")[0]]
        if later:
            found[crew.role, drive.id] = found[crew.role, drive.place] = min(one.start for one in own or later)
    return found


@asked_once
def peaks(evidence: Evidence) -> dict[Resource, int]:
    """The most of each resource in use at one moment."""
    return {resource: peak(claims) for resource, claims in by_resource(evidence).items()}


def loads(held: list[Claim]) -> Iterator[Stretch]:
    """Stretches of time in which the same claims hold."""
    edges = {claim.start for claim in held} | {claim.end for claim in held}
    for start, end in pairwise(sorted(edges)):
        begun = (claim for claim in held if claim.start <= start)
        here = [claim for claim in begun if claim.end >= end]
        blocks = sorted({claim.block for claim in here})
        yield Stretch(start, end, sum(claim.count for claim in here), tuple(blocks))


def peak(held: Iterable[Claim]) -> int:
    """The most in use at one moment."""
    changes: list[tuple[datetime, int]] = []
    for claim in held:
        changes += [(claim.start, claim.count), (claim.end, -claim.count)]
    return max(accumulate(change for _, change in sorted(changes)), default=0)


class Shared(NamedTuple):
    """A load that holds the oven, and the one that goes in with it."""

    host: Block
    rider: Block


@asked_once
def riders(evidence: Evidence) -> Mapping[str, Shared]:
    """The shared loads, by the id of the block that goes in with the other; an oven takes one such load."""
    out: dict[str, Shared] = {}
    taken: set[str] = set()
    for one, other in shared_steps(evidence):
        for first, second in (*product(one.blocks, other.blocks), *product(other.blocks, one.blocks)):
            is_new = first.id not in taken and second.id not in taken
            if is_new and _holds_oven(first) and not _holds_oven(second) and _goes_in_with(first, second):
                out[second.id] = Shared(first, second)
                taken |= {first.id, second.id}
    return out


def plant_of(evidence: Evidence, work: Work, block: Block) -> list[str]:
    """Plant that a block has to hold: that of its step, less the oven that another load holds for it."""
    plant = sorted(map(equipment_name, work.step.equipment))
    return [name for name in plant if not _is_joint(name)] if block.id in riders(evidence) else plant


def shared_steps(evidence: Evidence) -> Iterator[tuple[Work, Work]]:
    """The steps of each such decision, if both are done here."""
    steps = {_step(work): work for work in works(evidence)}
    for shared, _ in of_kind(evidence, SharedBatch):
        one = steps.get((dish_id(evidence, shared.dish), shared.step))
        other = steps.get((dish_id(evidence, shared.with_dish), shared.with_step))
        if one and other and one.dish.id != other.dish.id:
            yield one, other


def _step(work: Work) -> tuple[str, int]:
    return work.dish.id, work.number


def _is_joint(name: str) -> bool:
    row = equipment_row(name)
    return row is not None and row["joint"] == "yes"


def _holds_oven(block: Block) -> bool:
    return any(_is_joint(use.name) for use in block.equipment)


def _goes_in_with(host: Block, rider: Block) -> bool:
    return host.place == rider.place and host.start == rider.start and rider.end <= host.end


def could_share(evidence: Evidence, one: Work, mine: Block, other: Work, theirs: Block) -> bool:
    """Whether two loads could be shared: they fit, and neither is tended."""
    tended = {block.id.partition(".tend")[0] for block in evidence.work("tend")}
    is_left = mine.id not in tended and theirs.id not in tended
    return is_left and mine.place == theirs.place and fit_together(one, mine, other, theirs)


def fit_together(one: Work, mine: Block, other: Work, theirs: Block) -> bool:
    """Whether both use one and the same kind of oven, at one heat, and together no more of it than there is."""
    ovens = [sorted(filter(_is_joint, map(equipment_name, work.step.equipment))) for work in (one, other)]
    heats = {work.step.temperature for work in (one, other)} - {""}
    if len(ovens[0]) != 1 or ovens[0] != ovens[1] or len(heats) > 1:
        return False
    loads = ((one.step.batch_portions, mine.portions), (other.step.batch_portions, theirs.portions))
    return sum(Fraction(part, whole) if whole else 2 for whole, part in loads) <= 1
