"""A cooked plan as a caterer reads it: when what is done, what is full, what waits, what is in hand, what it costs.

Sizes are rounded: with one guest more the same question is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.tasks.shared.order_view import two_figures
from catering_cli.tasks.shared.task import Wire

QUARTER = 15
"""Minutes to which times are rounded; a plan is read in quarters of an hour."""
MOST_STEPS = 80
MOST_WAITS = 10
LAST = 120
"""The last minutes before service, in which a kitchen is fullest; [K]."""


class StepTime(Wire):
    """A step on its day. Minutes before the first service; less than nothing: after it has begun."""

    dish: str
    step: int
    text: str
    kind: str
    place: str
    begins: int
    ends: int
    batches: int
    equipment: list[str]
    people: list[str]
    storage: str
    make_ahead_hours: int
    """-1: the recipe does not say"""


class Load(Wire):
    """How full equipment, or a role, is."""

    name: str
    there: int
    most_at_once: int
    last_hours_percent: int
    """how much of the last two hours before service it is in use"""


class WaitTime(Wire):
    """What lies between two steps, or until service."""

    dish: str
    step: int
    minutes: int
    storage: str
    limit: int
    """-1: the recipe gives none"""


class Spare(Wire):
    """Minutes in hand between what must be finished and what it is finished for."""

    work: str
    until: str
    minutes: int
    wanted: int


class Cost(Wire):
    """What something costs, roughly."""

    what: str
    amount: int


class DayView(Wire):
    """The day, its loads, waits, time in hand, money and crew."""

    steps: list[StepTime]
    loads: list[Load]
    waits: list[WaitTime]
    spare: list[Spare]
    runs_on_time_percent: int
    """of the stress test; -1 if there is no schedule"""
    first_to_slip: str
    currency: str
    costs: list[Cost]
    """by kind"""
    dishes: list[Cost]
    """food cost of each dish id that has a price, the dearest first"""
    crew: list[Cost]
    """how many of each role"""


def day_view(plan: CateringPlan) -> DayView:
    """What a caterer looks at in a plan."""
    replay = plan.timeline.replay
    return DayView(
        steps=list(_steps(plan))[:MOST_STEPS],
        loads=list(_loads(plan)),
        waits=sorted(_waits(plan), key=lambda one: -one.minutes)[:MOST_WAITS],
        spare=list(_spare(plan)),
        runs_on_time_percent=_tens(replay.held, replay.days) if replay else -1,
        first_to_slip=replay.first if replay else "",
        currency=plan.costing.currency,
        costs=list(_costs(plan)),
        dishes=[Cost(what=dish, amount=two_figures(int(cost))) for dish, cost in dish_costs(plan).items()],
        crew=list(_crew(plan)),
    )


def _spare(plan: CateringPlan) -> Iterator[Spare]:
    labels = {block.id: block.label for block in plan.timeline.blocks}
    for one in plan.timeline.buffers:
        name = labels.get(one.block, one.block)
        yield Spare(work=name, until=one.until, minutes=_quarters(one.minutes), wanted=one.wanted)


def dish_costs(plan: CateringPlan) -> dict[str, Fraction]:
    """Food cost by dish id, by how much of each priced line it needs; the dearest first."""
    costs: dict[str, Fraction] = defaultdict(Fraction)
    for line in plan.shopping.lines:
        parts = {share.dish: share.amount.quantity.high for share in line.dishes}
        whole = sum(parts.values())
        if line.cost is None or not whole:
            continue
        for dish, part in parts.items():
            costs[dish] += Fraction(line.cost) * part / whole
    return dict(sorted(costs.items(), key=lambda row: (-row[1], row[0])))


def _steps(plan: CateringPlan) -> Iterator[StepTime]:
    service = plan.timeline.service_at
    if service is None:
        return
    of_step: dict[tuple[str, int], list[Block]] = {}
    for block in plan.timeline.blocks:
        if block.step is not None:
            of_step.setdefault((block.dish, block.step), []).append(block)
    for (dish, number), blocks in of_step.items():
        first, last = blocks[0], max(blocks, key=lambda block: block.end)
        ahead = first.make_ahead_hours
        yield StepTime(
            dish=dish,
            step=number,
            text=first.label.partition(": ")[2],
            kind=first.kind,
            place=first.place,
            begins=_before(service, first.start),
            ends=_before(service, last.end),
            batches=len(blocks),
            equipment=sorted({use.name for use in first.equipment}),
            people=sorted({crew.role for crew in first.crew}),
            storage=first.storage or "",
            make_ahead_hours=-1 if ahead is None else ahead,
        )


def _loads(plan: CateringPlan) -> Iterator[Load]:
    """Equipment that is in use, and the people; sorted by how full the last hours are."""
    service = plan.timeline.service_at
    if service is None:
        return
    there: dict[tuple[str, str], int] = {(one.kind, one.name): one.count for one in plan.timeline.capacities}
    loads = [_load(kind, name, blocks, there, service) for (kind, name), blocks in _users(plan.timeline.blocks).items()]
    yield from sorted(loads, key=lambda load: (-load.last_hours_percent, load.name))


def _users(blocks: Sequence[Block]) -> dict[tuple[str, str], list[tuple[datetime, datetime, int]]]:
    """From, until, and how many, by kind and name of what is used."""
    users: dict[tuple[str, str], list[tuple[datetime, datetime, int]]] = {}
    for block in blocks:
        for use in block.equipment:
            users.setdefault(("equipment", use.name), []).append((block.start, block.end, use.count))
        for crew in block.crew:
            users.setdefault(("staff", crew.role), []).append((block.start, block.end, crew.count))
    return users


def _load(
    kind: str,
    name: str,
    uses: Sequence[tuple[datetime, datetime, int]],
    there: Mapping[tuple[str, str], int],
    service: datetime,
) -> Load:
    most = most_in_use(uses)
    count = there.get((kind, name), most) or most
    busy = 0
    for start, end, number in uses:
        first = min(LAST, max(0, _minutes(start, service)))
        last = min(LAST, max(0, _minutes(end, service)))
        busy += (first - last) * number
    return Load(name=name, there=count, most_at_once=most, last_hours_percent=_tens(busy, count * LAST))


def most_in_use(uses: Sequence[tuple[datetime, datetime, int]]) -> int:
    """The most that is in use at one moment."""
    moments = [(start, number) for start, _, number in uses] + [(end, -number) for _, end, number in uses]
    most = now = 0
    for _, change in sorted(moments):
        now += change
        most = max(most, now)
    return most


def _waits(plan: CateringPlan) -> Iterator[WaitTime]:
    """What lies longer than a quarter of an hour, once for each step: the longest."""
    blocks = {block.id: block for block in plan.timeline.blocks}
    longest: dict[tuple[str, int], WaitTime] = {}
    for block in plan.timeline.blocks:
        for wait in block.after:
            before = blocks.get(wait.block)
            if before is None or before.step is None:
                continue
            minutes = _quarters(_minutes(before.end, block.start))
            known = longest.get((before.dish, before.step))
            if minutes < QUARTER or (known and known.minutes >= minutes):
                continue
            longest[before.dish, before.step] = WaitTime(
                dish=before.dish,
                step=before.step,
                minutes=minutes,
                storage=before.storage or "",
                limit=-1 if wait.max_minutes is None else wait.max_minutes,
            )
    yield from longest.values()


def _costs(plan: CateringPlan) -> Iterator[Cost]:
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for line in plan.costing.lines:
        sums[line.kind] += Fraction(line.amount)
    for kind, amount in sums.items():
        yield Cost(what=kind, amount=two_figures(int(amount)))


def _crew(plan: CateringPlan) -> Iterator[Cost]:
    counts: dict[str, int] = defaultdict(int)
    for line in plan.staffing:
        counts[line.role] += line.count
    for role, count in counts.items():
        yield Cost(what=role, amount=count)


def _before(service: datetime, moment: datetime) -> int:
    return _quarters(_minutes(moment, service))


def _minutes(earlier: datetime, later: datetime) -> int:
    return int((later - earlier).total_seconds() // 60)


def _quarters(minutes: int) -> int:
    return round(minutes / QUARTER) * QUARTER


def _tens(part: int, whole: int) -> int:
    """A share in percent, to the nearest ten."""
    return round(part * 10 / whole) * 10 if whole else 0
