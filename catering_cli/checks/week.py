"""The proof of a week: no plant, vehicle or person in two places, and sums that hold to the cent.

Each plan is proven by itself by the other rules; here only what several plans of one house can get wrong together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from catering_cli.data.equipment_names import equipment_row
from catering_cli.domain.decision import MakeFor, TakeMade
from catering_cli.domain.finding import Finding
from catering_cli.domain.names import HARMFUL
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block, Capacity
from catering_cli.domain.week import EventPart, GuideLine, Week

Plans = Mapping[str, CateringPlan]
MOST_HOURS = 7 * 24
"""What is made ahead is used within seven days, whatever its recipe leaves open (FDA Food Code 3-501.17)."""


@dataclass(frozen=True, slots=True)
class _Use:
    """So many of a thing or role in use by one event."""

    name: tuple[str, str]
    """kind and name"""
    start: datetime
    end: datetime
    count: int
    event: str


def check_week(week: Week, plans: Plans) -> tuple[Finding, ...]:
    """What is wrong with the plans together; the events that found no place are named by the week itself."""
    told = {finding.where.removeprefix("week.") for finding in week.findings if finding.rule == "week.kitchen"}
    placed = {event: plan for event, plan in plans.items() if event not in told and _is_scheduled(plan)}
    return (
        *week.findings,
        *_overlaps(placed),
        *_purchases(week.guide, plans),
        *_taken(week.guide, plans),
        *_cents(((line.cost, line.events) for line in week.guide), "guide"),
        *_cents(((line.cost, line.events) for line in week.pay), "pay"),
    )


def _is_scheduled(plan: CateringPlan) -> bool:
    """Whether an event has a day at all: what is wrong with one that has none is in its own plan."""
    return plan.timeline.status == "scheduled"


def _overlaps(plans: Plans) -> Iterator[Finding]:
    """A moment at which the events together use more than the house has."""
    there = _there(plans)
    by_name: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for event, plan in plans.items():
        for use in _uses(event, plan):
            by_name[use.name].append(use)
    for name in sorted(there.keys() & by_name.keys()):
        worst = _worst(by_name[name], there[name])
        if worst is not None:
            at, count, events = worst
            yield Finding(
                severity="blocking",
                rule="week.overlap",
                where="week.events",
                message=f"{' and '.join(events)} together use {count} of {name[1].replace('_', ' ')} "
                f"at {at:%Y-%m-%d %H:%M}",
                value=str(count),
                limit=f"{there[name]} in the house",
                fix="plan the week again, or have one more of it",
            )


def _there(plans: Plans) -> dict[tuple[str, str], int]:
    """What the house has: what is stated, and of plant what is assumed; the least that any plan says."""
    there: dict[tuple[str, str], int] = {}
    for plan in plans.values():
        base = _base(plan)
        for row in plan.timeline.capacities:
            if (row.kind == "staff" or row.place == base) and _counts(row):
                name = (row.kind, row.name)
                there[name] = min(row.count, there.get(name, row.count))
    return there


def _counts(row: Capacity) -> bool:
    """Whether a number is one that the house cannot pass: small tools and people to be called in are more if needed."""
    if not row.assumed:
        return True
    known = equipment_row(row.name) if row.kind == "equipment" else None
    return known is not None and known["kind"] == "plant"


def _base(plan: CateringPlan) -> str:
    return next((place.id for place in plan.order.places if place.kind == "base"), "base")


def _uses(event: str, plan: CateringPlan) -> Iterator[_Use]:
    """What a plan uses of the house; who and what is driven out is away until it is driven back."""
    base = _base(plan)
    away = {block.id: _back(block, plan.timeline.blocks) for block in plan.timeline.blocks if block.kind == "drive"}
    riding = {(block.place, crew.role) for block in plan.timeline.blocks if block.id in away for crew in block.crew}
    for block in plan.timeline.blocks:
        end = away.get(block.id, block.end)
        for thing in block.equipment if block.place == base or block.id in away else ():
            yield _Use(("equipment", thing.name), block.start, end, thing.count, event)
        for crew in block.crew:
            there_already = block.id not in away and (block.place, crew.role) in riding
            if crew.minutes and not there_already:
                until = end if block.id in away else min(block.end, block.start + timedelta(minutes=crew.minutes))
                yield _Use(("staff", crew.role), block.start, until, crew.count, event)


def _back(out: Block, blocks: Sequence[Block]) -> datetime:
    """When the drive back of a drive begins; its own end if it is one, or none follows."""
    if out.id.endswith(".back") or ".back." in out.id:
        return out.end
    service = out.id.split(".drive")[0]
    backs = [one.start for one in blocks if one.id.startswith(f"{service}.drive.back") and one.start >= out.end]
    return min(backs, default=out.end)


def _worst(uses: Sequence[_Use], there: int) -> tuple[datetime, int, list[str]] | None:
    """The first moment at which more is in use than there is, by more than one event; how much, and whose."""
    for moment in sorted({use.start for use in uses}):
        now = [use for use in uses if use.start <= moment < use.end]
        events = sorted({use.event for use in now})
        count = sum(use.count for use in now)
        if count > there and len(events) > 1:
            return moment, count, events
    return None


def _purchases(guide: Sequence[GuideLine], plans: Plans) -> Iterator[Finding]:
    """Every event's need of every food is in the guide."""
    bought: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for line in guide:
        for part in line.events:
            if part.amount:
                bought[part.event, line.item, line.needed.quantity.unit] += part.amount.quantity.high
        if line.buy.quantity.high < line.needed.quantity.high:
            yield _short(line.item, "less is bought than is needed")
    for event, plan in plans.items():
        for row in plan.shopping.lines:
            need = row.as_purchased.quantity
            stock = row.on_hand.quantity.high if row.on_hand else Fraction(0)
            found = bought[event, row.item, need.unit]
            if row.department != "tap" and found < need.high - stock:
                yield _short(row.item, f"{event} needs more of it than the guide buys for it")


def _taken(guide: Sequence[GuideLine], plans: Plans) -> Iterator[Finding]:
    """A base that one event takes from another is made there: enough, in time, still good, no guest in danger."""
    for event, plan in plans.items():
        for decided in plan.decisions:
            if isinstance(decided.decision, TakeMade):
                taken = decided.decision
                for said in _wrong_with(taken, event, plan, plans.get(taken.event)):
                    yield _not_shared(f"{event} takes {taken.base} from {taken.event}: {said}")
                if _too_late(guide, event, plan, taken):
                    yield _not_shared(f"{event} takes {taken.base} from {taken.event}: its foods come too late for it")


def _wrong_with(taken: TakeMade, event: str, plan: CateringPlan, maker: CateringPlan | None) -> Iterator[str]:
    made = _base_of(maker, taken.base)
    if maker is None or made is None:
        yield "it is not made there"
        return
    if not _made_at(taken, maker, made):
        yield "it is made there at another time"
    if _too_little(taken, event, plan, maker, made):
        yield "too little is made there"
    served = max((block.end for block in plan.timeline.blocks if block.kind == "serve"), default=taken.ready)
    if served - taken.ready > _keeps(made):
        yield "it does not keep so long"
    mine = _base_of(plan, taken.base)
    if mine and any(block.start < taken.ready for block in plan.timeline.blocks if block.dish == mine.id):
        yield "it is taken before it is done"
    if any(profile.severity in HARMFUL for profile in (*plan.diets.profiles, *maker.diets.profiles)):
        yield "a guest may be harmed by what it was made beside"


def _made_at(taken: TakeMade, maker: CateringPlan, made: Dish) -> bool:
    """Whether all work on the base lies between the moments that were said."""
    work = [block for block in maker.timeline.blocks if block.dish == made.id]
    return bool(work) and all(taken.begun <= block.start and block.end <= taken.ready for block in work)


def _too_little(taken: TakeMade, event: str, plan: CateringPlan, maker: CateringPlan, made: Dish) -> bool:
    """Whether a dish gets fewer portions than it has, or all that take the base more than is made of it."""
    due = [one.decision for one in maker.decisions if isinstance(one.decision, MakeFor)]
    due = [one for one in due if one.base == taken.base]
    made_for = {one.dish: one.portions for one in due if one.event == event}
    own = sum(dish.portions for dish in maker.menu if taken.base in _parts(dish))
    if made.portions < own + sum(one.portions for one in due):
        return True
    takers = [dish for dish in plan.menu if taken.base in _parts(dish)]
    return any(made_for.get(dish.name, 0) < dish.portions for dish in takers)


def _keeps(made: Dish) -> timedelta:
    """How long a base keeps after its last step, at most seven days."""
    hours = made.recipe.steps[-1].shelf_life_hours if made.recipe and made.recipe.steps else None
    return timedelta(hours=MOST_HOURS if hours is None else min(hours, MOST_HOURS))


def _too_late(guide: Sequence[GuideLine], event: str, plan: CateringPlan, taken: TakeMade) -> bool:
    """Whether a food of what is taken is received after work with it has begun."""
    mine = {dish.id for dish in plan.menu if taken.base in _parts(dish)}
    lines = {line.item for line in plan.shopping.lines if mine & {share.dish for share in line.dishes}}
    received = [one.receive_on for one in guide if one.item in lines and event in {part.event for part in one.events}]
    return any(day > taken.begun.date() for day in received)


def _base_of(plan: CateringPlan | None, name: str) -> Dish | None:
    return next((base for base in plan.bases if base.name == name), None) if plan else None


def _parts(dish: Dish) -> set[str]:
    return {part.name for part in dish.recipe.parts} if dish.recipe else set()


def _not_shared(said: str) -> Finding:
    return Finding(
        severity="blocking",
        rule="week.shared",
        where="week.events",
        message=said,
        fix="plan the week again",
    )


def _short(item: str, said: str) -> Finding:
    return Finding(
        severity="blocking",
        rule="week.guide",
        where="week.guide",
        message=f"{item}: {said}",
        fix="plan the week again",
    )


def _cents(lines: Iterable[tuple[Decimal | None, tuple[EventPart, ...]]], where: str) -> Iterator[Finding]:
    """The parts of the events add up to each cost."""
    for number, (cost, events) in enumerate(lines):
        parts = [part.cost for part in events if part.cost is not None]
        if cost is not None and sum(parts, Decimal(0)) != cost:
            yield Finding(
                severity="blocking",
                rule="week.cents",
                where=f"week.{where}[{number}].events",
                message="the parts of the events do not add up to the cost",
                value=str(sum(parts, Decimal(0))),
                limit=str(cost),
                fix="plan the week again",
            )
