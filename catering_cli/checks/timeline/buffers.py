"""Time in hand: the thinnest waits before plating and after arrival, and what the replay says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.data import tables
from catering_cli.domain.timeline import Block

SHOWN = 5
SERVED = ("plate", "serve")


def _takers(evidence: Evidence) -> dict[str, set[str]]:
    """Kinds of the event's work that wait for each block."""
    out: dict[str, set[str]] = {}
    for block in evidence.plan.timeline.blocks:
        if block.step is None:
            for wait in block.after:
                out.setdefault(wait.block, set()).add(block.kind)
    return out


def _gaps(evidence: Evidence) -> Iterator[tuple[str, str, int, bool]]:
    """(block, what waits for it, minutes between, whether it is a drive) of all that a buffer may be of."""
    takers = _takers(evidence)
    for until in evidence.plan.timeline.blocks:
        if until.step is not None:
            continue
        for wait in until.after:
            block = evidence.blocks.get(wait.block)
            if block is None:
                continue
            kinds = takers.get(block.id, set())
            if block.kind == "drive" or (block.step is not None and kinds & {*SERVED} and "pack" not in kinds):
                yield block.id, until.id, _between(block, until), block.kind == "drive"


def _between(block: Block, until: Block) -> int:
    return max(0, (until.start - block.end) // timedelta(minutes=1))


def buffers(evidence: Evidence) -> Findings:
    """The five thinnest free times are those of the blocks, thinnest first, beside what the order or table wants."""
    timeline, kitchen = evidence.plan.timeline, evidence.order.kitchen
    if timeline.status != "scheduled" or not timeline.blocks:
        return
    gaps = list(_gaps(evidence))
    least: dict[str, int] = {}
    for _, until, minutes, _ in gaps:
        least[until] = min(least.get(until, minutes), minutes)
    due = sorted((minutes, until) for until, minutes in least.items())[:SHOWN]
    said = [(one.minutes, one.until) for one in timeline.buffers]
    if said != due:
        message = "not the thinnest free times of the blocks"
        yield found("advice", "plan.timeline.buffers", message, said[:SHOWN], due)
    usual = {row["name"]: row["value"] for row in tables.rows("work")}
    plating, arrival = kitchen.plating_buffer_minutes, kitchen.arrival_buffer_minutes
    wants = {
        False: int(usual["plating_buffer"]) if plating is None else plating,
        True: int(usual["arrival_buffer"]) if arrival is None else arrival,
    }
    for index, one in enumerate(timeline.buffers):
        fitting = [drive for block, until, minutes, drive in gaps
                   if (block, until, minutes) == (one.block, one.until, one.minutes)]  # fmt: skip
        path = f"plan.timeline.buffers[{index}]"
        if not fitting:
            yield found("advice", path, "not a wait of the timeline", one.block, one.until)
        elif one.wanted != wants[fitting[0]]:
            yield found(
                "advice", f"{path}.wanted", "not what the order or the table wants", one.wanted, wants[fitting[0]]
            )


def replayed(evidence: Evidence) -> Findings:
    """The replay holds on some of its days, and names what fails first where it does not hold on all."""
    timeline = evidence.plan.timeline
    replay = timeline.replay
    if replay is None:
        if timeline.status == "scheduled" and timeline.blocks and timeline.buffers:
            yield found("advice", "plan.timeline.replay", "a schedule that nobody played again")
        return
    whole = replay.held == replay.days
    if replay.held > replay.days:
        yield found("warning", "plan.timeline.replay.held", "more days held than were played", replay.held, replay.days)
    elif whole == bool(replay.first) or whole == bool(replay.late_minutes):
        message = "what fails first is named where a day fails, and only there"
        yield found("warning", "plan.timeline.replay.first", message, replay.first, replay.late_minutes)
    elif replay.first and replay.first not in evidence.dishes and replay.first not in evidence.blocks:
        yield found("warning", "plan.timeline.replay.first", "neither a dish nor a block", replay.first)


CHECKS = {"timeline.buffers": buffers, "timeline.replay": replayed}
