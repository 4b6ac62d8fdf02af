"""Time in hand and the stress test: what a chef would not call good, and hot food that waits without a limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from operator import itemgetter

from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.services import (
    Meal,
    courses_served,
    event_blocks,
    meals,
    minutes_between,
    usual_minutes,
)
from catering_cli.checks.reference.steps import HEATED, Work, used_in_dish, work_of
from catering_cli.domain.finding import Severity
from catering_cli.domain.plan_parts.timeline import Block

HALF, FIFTH = Fraction(1, 2), Fraction(1, 5)
"""Of the runs of the stress test: fewer on time are open, and blocking."""

HOT_WITHOUT_LIMIT = timedelta(hours=4)
"""Hot food lies no longer before its service unless its recipe says how long it may: Food Code 3-501.19 (4 h)."""
_HOT_MINUTES = HOT_WITHOUT_LIMIT // timedelta(minutes=1)

GRACE = 10
"""Minutes by which food may lie longer than it keeps: guests are not on the minute. [K]"""


def buffers(evidence: Evidence) -> Findings:
    """Less time in hand than is wanted is open; none at all is blocking."""
    for path, one in placed("plan.timeline.buffers", evidence.plan.timeline.buffers):
        until = evidence.blocks.get(one.until)
        if one.minutes < one.wanted and until is not None:
            severity: Severity = "open" if one.minutes else "blocking"
            last = evidence.blocks[one.block].label if one.block in evidence.blocks else one.block
            message = f"{one.minutes} min in hand between {last} and {until.label}, {one.wanted} wanted"
            fix = "start earlier, have one more cook for two hours, or ask for a shorter buffer in the kitchen's order"
            fix = _repair(evidence, severity) or fix
            yield found(severity, f"{path}.minutes", message, one.minutes, one.wanted, fix=fix)


def stress(evidence: Evidence) -> Findings:
    """Fewer than half of the runs on time are open, fewer than a fifth blocking; what slips first is named."""
    replay, day = evidence.plan.timeline.replay, evidence.plan.timeline
    slips = replay is not None and Fraction(replay.held, replay.days) < FIFTH
    if day.repairs and not (slips or day.conflict or any(one.minutes == 0 < one.wanted for one in day.buffers)):
        message = "a day that holds is offered repairs"
        yield found("warning", "plan.timeline.repairs", message, len(day.repairs), 0)
    if replay is None or Fraction(replay.held, replay.days) >= HALF:
        return
    severity: Severity = "open" if Fraction(replay.held, replay.days) >= FIFTH else "blocking"
    dish, block = evidence.made.get(replay.first), evidence.blocks.get(replay.first)
    first = replay.first if block is None else block.label
    first = dish.name if dish else first
    message = f"stress test: {replay.held} of {replay.days} runs on time; first to slip: {first}"
    fix = f"more time for {first}: no single change that was tried lets more runs be on time"
    if replay.change:
        fix = f"for {first}, {replay.change}: tried, {replay.then_held} of {replay.days} runs are then on time"
    fix = _repair(evidence, severity) or fix
    yield found(severity, "plan.timeline.replay.held", message, replay.held, replay.days, fix=fix)


def _repair(evidence: Evidence, severity: Severity) -> str:
    """For what blocks: the changes that were tried and let nothing block, in words; empty if there is none."""
    tried = evidence.plan.timeline.repairs if severity == "blocking" else ()
    return "; or ".join(one.text if one.cost is None else f"{one.text} (adds {one.cost})" for one in tried)


def courses_fit(evidence: Evidence) -> Findings:
    """A plated service lasts until its last course is out, with the usual time between courses."""
    for meal in meals(evidence):
        firsts = courses_served(evidence, meal)
        takes = sum(usual_minutes("course", first) for first in firsts[:-1])
        lasts = minutes_between(meal.at, meal.until)
        if meal.style == "plated" and takes >= lasts:
            message = f"{meal.prefix}: {len(firsts)} courses, the last after {takes} min; the service lasts {lasts}"
            fix = f"let it last {takes + usual_minutes('course', firsts[-1])} min, or have fewer courses"
            yield found("open", "plan.timeline.blocks", message, lasts, takes, fix=fix)


def hot_waits(evidence: Evidence) -> Findings:
    """Hot food is not done hours before its service or its next step, unless its recipe says how long it keeps."""
    yield from _hot_between_steps(evidence)
    for ident, work in _last_hot(evidence).items():
        block = evidence.blocks[ident]
        ahead = [meal.at - block.end for meal in meals(evidence) if meal.serves(work.dish)]
        if work.step.max_hold_minutes is None and ahead and min(ahead) > HOT_WITHOUT_LIMIT:
            minutes = minutes_between(block.end, block.end + min(ahead))
            message = f"{work.dish.name} is done {minutes} min before its service, and no hold limit is given"
            fix = "say how long it may be held hot (max_hold_minutes), or make it in more ovens at once"
            yield found("open", evidence.block_paths[ident], message, minutes, _HOT_MINUTES, fix=fix)


def _hot_between_steps(evidence: Evidence) -> Findings:
    """Of each step whose food is kept hot, the longest wait for the step that takes it, if no limit is given."""
    longest: dict[tuple[str, int], tuple[timedelta, str, Work]] = {}
    own = work_of(evidence)
    for ident, wait in _taken_after(evidence):
        work = own[ident]
        one = (wait, ident, work)
        hot = any(told.step == work.number and told.waits == "hot" for told in work.dish.handling)
        if hot and work.step.max_hold_minutes is None and wait > HOT_WITHOUT_LIMIT:
            key = work.dish.id, work.number
            longest[key] = max(longest.get(key, one), one, key=itemgetter(0))
    for wait, ident, work in longest.values():
        minutes = wait // timedelta(minutes=1)
        message = f"{work.label} is held hot {minutes} min before its next step, and no hold limit is given"
        fix = (
            "chill it after this step and reheat it (write both as steps), or start the step later; "
            "if it may be held hot so long, say so (max_hold_minutes)"
        )
        yield found("open", evidence.block_paths[ident], message, minutes, _HOT_MINUTES, fix=fix)


def _taken_after(evidence: Evidence) -> Iterator[tuple[str, timedelta]]:
    """Each block of a dish with the time that its food waits for another step of that dish."""
    own = work_of(evidence)
    for taker, work in own.items():
        for before in evidence.waited(evidence.blocks[taker]):
            if before.id in own and own[before.id].dish.id == work.dish.id:
                yield before.id, evidence.blocks[taker].start - before.end


def lasting(evidence: Evidence) -> Findings:
    """What keeps for a limited time is eaten before it is over: by the next wave, or by the end of its service.

    Of a dish the batch that lies longest is named.
    """
    for meal in meals(evidence):
        longest: dict[str, tuple[int, int, Block]] = {}
        for block, limit, eaten in _eaten(evidence, meal):
            over = minutes_between(block.end, eaten) - limit
            longest[block.dish] = max(
                longest.get(block.dish, (over, limit, block)), (over, limit, block), key=itemgetter(0)
            )
        for over, limit, block in longest.values():
            if over > GRACE:
                message = f"{block.label}: keeps {limit} min, and guests take of it up to {over} min longer"
                fix = "make it in two loads and serve the second later, or finish it at the venue"
                yield found("warning", evidence.block_paths[block.id], message, limit + over, limit, fix=fix)


def _eaten(evidence: Evidence, meal: Meal) -> Iterator[tuple[Block, int, datetime]]:
    """The last batches that go to a service, how long each keeps, and when it is eaten: the next wave, or the end."""
    takers = [one for one in event_blocks(evidence)[meal.prefix] if one.kind in ("serve", "refill")]
    own = work_of(evidence)
    for taker in takers if meal.style not in ("plated", "boxed") else ():
        for block in evidence.waited(taker):
            limit = own[block.id].step.max_hold_minutes if block.id in own else None
            if limit is not None:
                waves = [one for one in takers if block.dish in _dishes(evidence, one)]
                later = [one.start for one in waves if one.start > taker.start]
                yield block, limit, min([*later, meal.until])


def _dishes(evidence: Evidence, taker: Block) -> set[str]:
    return {one.dish for one in evidence.waited(taker)}


@asked_once
def _last_hot(evidence: Evidence) -> dict[str, Work]:
    """Of each hot dish the first of its last batches to be done."""
    final: dict[tuple[str, int], tuple[str, Work]] = {}
    for ident, work in work_of(evidence).items():
        hot = work.dish.is_hot and evidence.blocks[ident].kind in HEATED
        if not hot or ident in used_in_dish(evidence):
            continue
        key = (work.dish.id, work.number)
        if key not in final or evidence.blocks[ident].end < evidence.blocks[final[key][0]].end:
            final[key] = ident, work
    return dict(final.values())


CHECKS = {"timeline.buffers": buffers, "timeline.stress": stress, "timeline.hot_waits": hot_waits,
          "timeline.courses_fit": courses_fit, "timeline.lasting": lasting}  # fmt: skip
