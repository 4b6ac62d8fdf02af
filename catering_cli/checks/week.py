"""The proof of a week: no plant, vehicle or person in two places, and sums that hold to the cent.

Each plan is proven by itself by the other rules; here only what several plans of one house can get wrong together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from catering_cli.checks.evidence import Evidence
from catering_cli.checks.reference.usage import Claim, Stretch, by_resource, loads
from catering_cli.data.equipment_names import equipment_row
from catering_cli.domain.decision import MakeFor, TakeMade
from catering_cli.domain.finding import Finding
from catering_cli.domain.names import HARMFUL
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block, Capacity
from catering_cli.domain.week import EventPart, GuideLine, Week

Plans = Mapping[str, CateringPlan]

Thing = tuple[str, str]
"""Kind and name of what a house has: a piece of plant, a role."""

MOST_HOURS = 7 * 24
"""What is made ahead is used within seven days, whatever its recipe leaves open (FDA Food Code 3-501.17)."""

AGAIN = "plan the week again"


def _wrong(rule: str, where: str, message: str, value: object = "", limit: object = "", fix: str = AGAIN) -> Finding:
    """A finding about several plans; each of them blocks."""
    said, due = str(value), str(limit)
    return Finding(severity="blocking", rule=rule, where=where, message=message, value=said, limit=due, fix=fix)


def check_week(week: Week, plans: Plans) -> tuple[Finding, ...]:
    """What is wrong with the plans together; the events that found no place are named by the week itself."""
    told = {finding.where.removeprefix("week.") for finding in week.findings if finding.rule == "week.kitchen"}
    placed = {event: plan for event, plan in plans.items() if event not in told}
    scheduled = {event: plan for event, plan in placed.items() if plan.timeline.status == "scheduled"}
    return (
        *week.findings,
        *_overlaps(scheduled),
        *_purchases(week.guide, plans),
        *_taken(week.guide, plans),
        *_cents(((line.cost, line.events) for line in week.guide), "guide"),
        *_cents(((line.cost, line.events) for line in week.pay), "pay"),
    )


def _overlaps(plans: Plans) -> Iterator[Finding]:
    """The first moment at which the events together use more of a thing than the house has."""
    there, held = _there(plans), _held(plans)
    for thing in sorted(there.keys() & held.keys()):
        over = next((one for one in loads(held[thing]) if _is_over(one, there[thing])), None)
        if over is not None:
            used = f"{over.amount} of {thing[1].replace('_', ' ')} at {over.start:%Y-%m-%d %H:%M}"
            message, limit = f"{' and '.join(over.blocks)} together use {used}", f"{there[thing]} in the house"
            yield _wrong("week.overlap", "week.events", message, over.amount, limit, f"{AGAIN}, or have one more of it")


def _is_over(stretch: Stretch, there: int) -> bool:
    """Whether more is in use than there is, by more than one event."""
    return stretch.amount > there and len(stretch.blocks) > 1


def _there(plans: Plans) -> dict[Thing, int]:
    """What the house has: what is stated, and of plant what is assumed; the least that any plan says."""
    there: dict[Thing, int] = {}
    for plan in plans.values():
        base = Evidence(plan.order, plan).base_id
        for row in plan.timeline.capacities:
            if row.kind == "staff" or row.place == base:
                there |= _counted(row, there)
    return there


def _counted(row: Capacity, there: Mapping[Thing, int]) -> dict[Thing, int]:
    """A number that the house cannot pass: of small tools and people to be called in there are more if needed."""
    plant = equipment_row(row.name) if row.kind == "equipment" else None
    if row.assumed and (plant is None or plant["kind"] != "plant"):
        return {}
    thing = row.kind, row.name
    return {thing: min(row.count, there.get(thing, row.count))}


def _held(plans: Plans) -> dict[Thing, list[Claim]]:
    """What the events use of the house at each moment, the events in place of their blocks."""
    held: dict[Thing, list[Claim]] = defaultdict(list)
    for event, plan in plans.items():
        evidence = Evidence(plan.order, plan)
        for resource, claims in by_resource(evidence).items():
            if resource.kind == "equipment" and resource.place == evidence.base_id:
                held["equipment", resource.name] += [Claim(event, one.start, one.end, one.count) for one in claims]
        for role, claim in _people(event, plan.timeline.blocks):
            held["staff", role].append(claim)
    return held


def _people(event: str, blocks: Sequence[Block]) -> Iterator[tuple[str, Claim]]:
    """Who is at work, by role; who rides out is away until driven back, whatever is done there."""
    riding: set[tuple[str, str]] = set()
    for drive in blocks:
        if drive.kind == "drive":
            riding.update((drive.place, crew.role) for crew in drive.crew)
    for block in blocks:
        for crew in block.crew:
            until = min(block.end, block.start + timedelta(minutes=crew.minutes))
            if block.kind == "drive":
                yield crew.role, Claim(event, block.start, _back(block, blocks), crew.count)
            elif (block.place, crew.role) not in riding:
                yield crew.role, Claim(event, block.start, until, crew.count)


def _back(out: Block, blocks: Sequence[Block]) -> datetime:
    """When the drive back of a drive begins; its own end if it is one, or none follows."""
    if out.id.endswith(".back") or ".back." in out.id:
        return out.end
    service = out.id.split(".drive")[0]
    backs = [one.start for one in blocks if one.id.startswith(f"{service}.drive.back")]
    return min((start for start in backs if start >= out.end), default=out.end)


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
        for taken in [one.decision for one in plan.decisions if isinstance(one.decision, TakeMade)]:
            said = [*_wrong_with(taken, event, plan, plans.get(taken.event))]
            said += ["its foods come too late for it"] if _too_late(guide, event, plan, taken) else []
            for one in said:
                yield _wrong("week.shared", "week.events", f"{event} takes {taken.base} from {taken.event}: {one}")


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
    made_ahead = [one.decision for one in maker.decisions if isinstance(one.decision, MakeFor)]
    due = [one for one in made_ahead if one.base == taken.base]
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
    late = (one for one in guide if one.receive_on > taken.begun.date())
    return any(one.item in lines and event in {part.event for part in one.events} for one in late)


def _base_of(plan: CateringPlan | None, name: str) -> Dish | None:
    return next((base for base in plan.bases if base.name == name), None) if plan else None


def _parts(dish: Dish) -> set[str]:
    return {part.name for part in dish.recipe.parts} if dish.recipe else set()


def _short(item: str, said: str) -> Finding:
    return _wrong("week.guide", "week.guide", f"{item}: {said}")


def _cents(lines: Iterable[tuple[Decimal | None, tuple[EventPart, ...]]], where: str) -> Iterator[Finding]:
    """The parts of the events add up to each cost."""
    for number, (cost, events) in enumerate(lines):
        total = sum((part.cost for part in events if part.cost is not None), Decimal(0))
        if cost is not None and total != cost:
            message = "the parts of the events do not add up to the cost"
            yield _wrong("week.cents", f"week.{where}[{number}].events", message, total, cost)
