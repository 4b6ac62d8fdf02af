"""Nothing is begun before what it waits for is done, and each block waits for just what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, product

from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.decisions import dish_id, for_dish
from catering_cli.checks.reference.services import meals, minutes_between
from catering_cli.checks.reference.steps import HEATED, Work, recipe_pairs, waits_for, work_of, works
from catering_cli.domain.decision import FireOrder, MakeOn
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan_parts.timeline import Block


def in_order(evidence: Evidence) -> Findings:
    """Nothing starts before what it waits for has ended: as the block, the recipe and the fire order say."""
    for block in evidence.plan.timeline.blocks:
        for path, wait in placed(evidence.at(block, "after"), block.after):
            before = evidence.blocks.get(wait.block)
            if before is None:
                yield found("blocking", path, "waits for work that is not there", wait.block)
                continue
            gap = minutes_between(before.end, block.start)
            yield from _begun_early(evidence, before, block)
            if wait.max_minutes is not None and gap > wait.max_minutes:
                message = f"{before.label} held {gap - wait.max_minutes} min past its limit before {block.label}"
                yield found("blocking", evidence.at(block, "start"), message, gap, f"{wait.max_minutes} minutes")
    for earlier, later in (*recipe_pairs(evidence), *_fired(evidence)):
        yield from _begun_early(evidence, earlier, later)


def _begun_early(evidence: Evidence, before: Block, block: Block) -> Iterator[Finding]:
    if block.start < before.end:
        gap = minutes_between(block.start, before.end)
        message = f"{block.label} starts {gap} minutes before {before.label} ends"
        where = evidence.at(block, "start")
        yield found("blocking", where, message, block.start.isoformat(), before.end.isoformat())


def waits_right(evidence: Evidence) -> Findings:
    """A step's block waits for just the batches that its portions come from, and something waits for it."""
    own = work_of(evidence)
    due: dict[str, set[str]] = {ident: set() for ident in own}
    for earlier, later in recipe_pairs(evidence):
        due[later.id].add(earlier.id)
    for ident, wanted in due.items():
        block = evidence.blocks[ident]
        said = own.keys() & {wait.block for wait in block.after}
        if said != wanted:
            message, where = f"{block.label} waits for others than it is made of", evidence.at(block, "after")
            yield found("warning", where, message, ", ".join(sorted(said)), ", ".join(sorted(wanted)))
        if ident not in evidence.takers and not any(meal.lasts_through(block) for meal in meals(evidence)):
            message = f"nothing waits for {block.label}: it is made and not served"
            yield found("warning", evidence.at(block), message, ident)


COLD_WITHIN = timedelta(hours=6)
IN_THE_COOLER_WITHIN = timedelta(hours=2)
"""Food Code 3-501.14: 135 to 70 F within 2 h, to 41 F within 6 h."""

SERVED = ("plate", "serve", "refill")

WHOLE_NIGHT = timedelta(hours=8)
"""A chill that lasts as long is cold storage: food is cold before it ends."""


@asked_once
def _next_use(evidence: Evidence) -> dict[str, datetime]:
    """The last start of another step that uses a block's result."""
    used: dict[str, datetime] = {}
    for earlier, later in recipe_pairs(evidence):
        used[earlier.id] = max(used.get(earlier.id, later.start), later.start)
    return used


def held(evidence: Evidence) -> Findings:
    """No result waits longer than its recipe allows, for the next step or for service."""
    for ident, work in work_of(evidence).items():
        limit, block = work.step.max_hold_minutes, evidence.blocks[ident]
        if limit is None:
            continue
        then = _next_use(evidence).get(ident) or _to_the_guests(evidence, block)
        gap = minutes_between(block.end, then) if then else 0
        if gap > limit:
            what = "the next step" if ident in _next_use(evidence) else "service"
            message = f"{work.label} held {gap - limit} min past its limit before {what}"
            yield found("blocking", evidence.at(block, "end"), message, f"{gap} minutes", f"{limit} minutes")


def _to_the_guests(evidence: Evidence, block: Block) -> datetime | None:
    """When a finished dish goes to the guests: what is plated or served from it first, else the first service after."""
    takers = evidence.takers.get(block.id)
    if takers and takers[0].kind in SERVED:
        return takers[0].start
    served = (one.start for one in evidence.work(*SERVED))
    return min((start for start in served if start >= block.end), default=None)


def fresh(evidence: Evidence) -> Findings:
    """Nothing is made further ahead than the recipe allows, nor kept beyond its shelf life for its next step."""
    service = evidence.plan.timeline.service_at
    if service is None:
        return
    for ident, work in work_of(evidence).items():
        block = evidence.blocks[ident]
        used = _next_use(evidence).get(ident, service)
        yield from _kept(evidence, work, block, service, work.step.make_ahead_hours)
        yield from _kept(evidence, work, block, used, work.step.shelf_life_hours)
        yield from _on_its_day(evidence, work, block)


def _kept(evidence: Evidence, work: Work, block: Block, until: datetime, limit: int | None) -> Iterator[Finding]:
    ahead = until - block.end
    if limit and ahead > timedelta(hours=limit):
        message = f"{work.label} is made or kept {_hours(ahead)} ahead"
        yield found("blocking", evidence.at(block, "end"), message, _hours(ahead), f"{limit} h")


def _on_its_day(evidence: Evidence, work: Work, block: Block) -> Iterator[Finding]:
    """A step that was put on a day is done on it, counted back from a service that its dish is for."""
    for put, _ in for_dish(evidence, MakeOn, work.dish.id):
        if put.step != work.number:
            continue
        served = [meal.at for meal in meals(evidence) if meal.serves(work.dish)]
        days = {at.date() - timedelta(days=put.days_before) for at in served}
        last = block.end - timedelta(minutes=1)
        if not {block.start.date(), last.date()} <= days:
            message = f"{work.label} was put on another day"
            due = ", ".join(sorted(day.isoformat() for day in days))
            yield found("blocking", evidence.at(block), message, block.start.date().isoformat(), due)


def cooled(evidence: Evidence) -> Findings:
    """Food that was cooked and then chilled goes into the cooler within 2 h and is cold within 6 h (3-501.14)."""
    steps = {(work.dish.id, work.number): work for work in works(evidence)}
    for work in works(evidence):
        if work.kind != "chill":
            continue
        before = filter(None, (steps.get((work.dish.id, number)) for number in waits_for(work)))
        for block, cooked in product(work.blocks, [one for one in before if one.kind in HEATED]):
            yield from _cooling(evidence, block, cooked)


def _cooling(evidence: Evidence, chill: Block, cooked: Work) -> Iterator[Finding]:
    start = max((block.end for block in cooked.blocks if block.end <= chill.start), default=chill.start)
    if chill.start - start > IN_THE_COOLER_WITHIN:
        message = f"{chill.label}: hot food waits {_hours(chill.start - start)} for the cooler; 135 to 70 F within 2 h"
        limit = "2 h (Food Code 3-501.14)"
        yield found("blocking", evidence.at(chill, "start"), message, _hours(chill.start - start), limit)
    if chill.end - start > COLD_WITHIN and chill.end - chill.start < WHOLE_NIGHT:
        message = f"{chill.label}: cold only {_hours(chill.end - start)} after cooking; 135 to 41 F within 6 h"
        limit = "6 h (Food Code 3-501.14)"
        yield found("blocking", evidence.at(chill, "end"), message, _hours(chill.end - start), limit)


def _hours(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    return f"{minutes // 60} h {minutes % 60:02d} min"


def _fired(evidence: Evidence) -> Iterator[tuple[Block, Block]]:
    """First load of the last work on a dish that is fired before another, and the last work on that one."""
    for dish in evidence.dishes:
        for order, _ in for_dish(evidence, FireOrder, dish):
            first = [block for block in _last_blocks(evidence, dish_id(evidence, order.after)) if block.batch == 1]
            yield from product(first, _last_blocks(evidence, dish))


def _last_blocks(evidence: Evidence, dish: str) -> list[Block]:
    """Blocks of the steps of a dish that none of its steps waits for."""
    own = [work for work in works(evidence) if work.dish.id == dish]
    followed = set(chain.from_iterable(map(waits_for, own)))
    last = (work.blocks for work in own if work.number not in followed)
    return list(chain.from_iterable(last))


CHECKS = {
    "timeline.order": in_order,
    "timeline.waits": waits_right,
    "timeline.holds": held,
    "timeline.fresh": fresh,
    "timeline.cooling": cooled,
}
