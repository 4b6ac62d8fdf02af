"""Time in hand: the thinnest waits before plating and after arrival, and what the stress test says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from catering_cli.checks.compare import compare, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.services import minutes_between
from catering_cli.data.tables import figure

SHOWN = 5


class Gap(NamedTuple):
    """Minutes between a block and what waits for it."""

    minutes: int
    until: str


def _gaps(evidence: Evidence) -> Iterator[Gap]:
    """All that a buffer may be of: finished food before it is plated or served, and a drive before what follows."""
    takers: dict[str, set[str]] = {}
    users = [block for block in evidence.plan.timeline.blocks if block.step is None]
    for user in users:
        for wait in user.after:
            takers.setdefault(wait.block, set()).add(user.kind)
    for user in users:
        for block in evidence.waited(user):
            kinds = takers[block.id]
            finished = block.step is not None and "pack" not in kinds and not kinds.isdisjoint(("plate", "serve"))
            if finished or block.kind == "drive":
                yield Gap(max(0, minutes_between(block.end, user.start)), user.id)


def buffers(evidence: Evidence) -> Findings:
    """The five thinnest free times are those of the blocks, beside what the order or the table wants."""
    timeline, kitchen = evidence.plan.timeline, evidence.order.kitchen
    if timeline.status != "scheduled" or not timeline.blocks:
        return
    least: dict[str, Gap] = {}
    for gap in sorted(_gaps(evidence)):
        least.setdefault(gap.until, gap)
    thinnest = sorted(least.values())[:SHOWN]
    expected: dict[str, Any] = {
        "timeline.buffers[*].minutes": tuple(gap.minutes for gap in thinnest),
        "timeline.buffers[*].until": tuple(gap.until for gap in thinnest),
    }
    yield from compare(expected, evidence.plan, {"": "advice"})
    plating, arrival = kitchen.plating_buffer_minutes, kitchen.arrival_buffer_minutes
    before_plating = figure("work", "plating_buffer") if plating is None else plating
    after_arrival = figure("work", "arrival_buffer") if arrival is None else arrival
    for path, one in placed("plan.timeline.buffers", timeline.buffers):
        driven = one.block in evidence.blocks and evidence.blocks[one.block].kind == "drive"
        wanted = {"wanted": after_arrival if driven else before_plating}
        yield from compare_entry(path, one, wanted, {"": "advice"})


def replayed(evidence: Evidence) -> Findings:
    """The stress test holds on some of its days, and names what fails first if it does not hold on all."""
    replay = evidence.plan.timeline.replay
    if replay is None:
        return
    failed = replay.held < replay.days
    named = replay.first in evidence.dishes or replay.first in evidence.blocks
    if replay.held > replay.days or failed != named or failed != bool(replay.late_minutes):
        message = "what fails first is named if a day fails, and only then"
        yield found("warning", "plan.timeline.replay.first", message, replay.first, replay.late_minutes)


CHECKS = {"timeline.buffers": buffers, "timeline.replay": replayed}
