"""Time in hand: the thinnest waits before plating and after arrival, and what the stress test says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.data import tables

SHOWN = 5


class Gap(NamedTuple):
    """Minutes between a block and what waits for it."""

    minutes: int
    until: str
    block: str
    drive: bool


def _gaps(evidence: Evidence) -> Iterator[Gap]:
    """All that a buffer may be of: finished food before it is plated or served, and a drive before what follows."""
    takers: dict[str, set[str]] = {}
    pairs = []
    for until in evidence.plan.timeline.blocks:
        for wait in until.after if until.step is None else ():
            takers.setdefault(wait.block, set()).add(until.kind)
            if wait.block in evidence.blocks:
                pairs.append((evidence.blocks[wait.block], until))
    for block, until in pairs:
        kinds = takers[block.id]
        finished = block.step is not None and "pack" not in kinds and bool(kinds & {"plate", "serve"})
        if finished or block.kind == "drive":
            minutes = max(0, (until.start - block.end) // timedelta(minutes=1))
            yield Gap(minutes, until.id, block.id, block.kind == "drive")


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
    usual = {row["name"]: row["value"] for row in tables.rows("work")}
    plating, arrival = kitchen.plating_buffer_minutes, kitchen.arrival_buffer_minutes
    wanted = {
        False: int(usual["plating_buffer"]) if plating is None else plating,
        True: int(usual["arrival_buffer"]) if arrival is None else arrival,
    }
    for number, one in enumerate(timeline.buffers):
        block = evidence.blocks.get(one.block)
        if block is None:
            yield found("advice", f"plan.timeline.buffers[{number}].block", "no block of the timeline", one.block)
        else:
            expected[f"timeline.buffers[{number}].wanted"] = wanted[block.kind == "drive"]
    yield from compare(expected, evidence.plan, {"": "advice"})


def replayed(evidence: Evidence) -> Findings:
    """The stress test holds on some of its days, and names what fails first if it does not hold on all."""
    replay = evidence.plan.timeline.replay
    if replay is None:
        return
    path = "plan.timeline.replay"
    whole = replay.held == replay.days
    if replay.held > replay.days:
        yield found("warning", f"{path}.held", "more days held than were played", replay.held, replay.days)
    elif whole == bool(replay.first) or whole == bool(replay.late_minutes):
        message = "what fails first is named if a day fails, and only then"
        yield found("warning", f"{path}.first", message, replay.first, replay.late_minutes)
    elif replay.first and replay.first not in evidence.dishes and replay.first not in evidence.blocks:
        yield found("warning", f"{path}.first", "neither a dish nor a block", replay.first)


CHECKS = {"timeline.buffers": buffers, "timeline.replay": replayed}
