"""A plain verifier of timelines: it knows the rules of a kitchen day, and nothing of how one is made."""

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.timeline import Timeline

BEHIND_THE_DOOR = {"fridge_shelf", "freezer_shelf", "blast_chiller"}


def _home(timeline):
    """When the vehicle of each drive is at the base again: after the next drive back, or in the time it took."""
    loads = {block.id for block in timeline.blocks if block.kind == "load"}
    drives = sorted((block for block in timeline.blocks if block.kind == "drive"), key=lambda block: block.end)
    backs = [block for block in drives if ".drive.back" in block.id]
    home = {}
    for block in drives:
        if not loads & {wait.block for wait in block.after}:
            continue
        back = next((one for one in backs if one.start >= block.end), None)
        home[block.id] = back.end if back else block.end + (block.end - block.start)
        backs = [one for one in backs if one is not back]
    return home


def faults(order: Order, dishes, timeline: Timeline) -> list[str]:
    """Everything that is wrong with a timeline that claims to be scheduled."""
    return [
        *_capacity(timeline),
        *_waits(timeline),
        *_recipes(dishes, timeline),
        *_hours(order, timeline),
        *_service(order, timeline),
    ]


def _capacity(timeline):
    """At no minute is more in use than there is; people count over all places together."""
    have = {(c.kind, c.name, "" if c.kind == "staff" else c.place): c.count for c in timeline.capacities}
    steps = defaultdict(list)
    home = _home(timeline)
    for block in timeline.blocks:
        for use in block.equipment:
            if block.kind == "drive" and block.id not in home:
                continue  # the way on, or back, of a vehicle that is out
            place, end = (block.place, block.end) if block.kind != "drive" else ("base", home[block.id])
            steps["equipment", use.name, place] += [(block.start, use.count), (end, -use.count)]
        for crew in block.crew:
            until = block.start + timedelta(minutes=crew.minutes)
            if until > block.end:
                yield f"{block.id}: {crew.role} works longer than the block"
            steps["staff", crew.role, ""] += [(block.start, crew.count), (until, -crew.count)]
    for key, changes in steps.items():
        if key not in have:
            yield f"{key} has no capacity"
            continue
        level = 0
        for moment, change in sorted(changes):  # at one moment what ends comes before what starts
            level += change
            if level > have[key]:
                yield f"{key}: {level} at {moment}, {have[key]} there"


def _waits(timeline):
    blocks = {block.id: block for block in timeline.blocks}
    if len(blocks) != len(timeline.blocks):
        yield "an id stands twice"
    for block in timeline.blocks:
        for wait in block.after:
            gap = (block.start - blocks[wait.block].end) / timedelta(minutes=1)
            if gap < 0:
                yield f"{block.id} starts {-gap} min before {wait.block} ends"
            if wait.max_minutes is not None and gap > wait.max_minutes:
                yield f"{wait.block} lies {gap} min before {block.id}, may {wait.max_minutes}"


def _recipes(dishes, timeline):
    """Every step is there for every portion, long enough, after its predecessors, fresh enough."""
    for dish in dishes:
        if dish.recipe is None or not dish.portions:
            continue
        spans = {}
        for number, step in enumerate(dish.recipe.steps, start=1):
            mine = sorted((b for b in timeline.blocks if (b.dish, b.step) == (dish.id, number)), key=lambda b: b.batch)
            if sum(block.portions for block in mine) != dish.portions:
                yield f"{dish.id}.s{number}: not all portions"
            at = 0
            for block in mine:
                spans[number, block.batch] = (at, at + block.portions, block)
                at += block.portions
                yield from _step(dish, step, block)
        for number, step in enumerate(dish.recipe.steps, start=1):
            befores = step.after if step.after is not None else ((number - 1,) if number > 1 else ())
            for before in befores:
                yield from _pairs(dish, spans, before, number)


def _step(dish, step, block):
    grown = Fraction(block.portions, dish.recipe.yields.portions) if step.grows == "linear" else 1
    length = (block.end - block.start) / timedelta(minutes=1)
    active = step.minutes if step.active_minutes is None else min(step.active_minutes, step.minutes)
    hands = sum(crew.minutes * crew.count for crew in block.crew)
    if not step.minutes * grown <= length < step.minutes * grown + 1:
        yield f"{block.id}: {length} min for {step.minutes * grown}"
    if not active * grown <= hands < active * grown + 1:
        yield f"{block.id}: {hands} min of people for {active * grown}"
    if step.batch_portions and block.portions > step.batch_portions:
        yield f"{block.id}: batch of {block.portions} over {step.batch_portions}"
    if {use.name for use in block.equipment} != set(step.equipment):
        yield f"{block.id}: equipment {block.equipment} for {step.equipment}"


def _pairs(dish, spans, before, number):
    step = dish.recipe.steps[before - 1]
    limits = [x for x in (step.max_hold_minutes, step.shelf_life_hours and step.shelf_life_hours * 60) if x is not None]
    for (n, _), (low, high, earlier) in spans.items():
        for (m, _), (from_, to, later) in spans.items():
            if (n, m) != (before, number) or from_ >= high or low >= to:
                continue
            gap = (later.start - earlier.end) / timedelta(minutes=1)
            if gap < 0:
                yield f"{later.id} before {earlier.id}"
            if limits and gap > min(limits):
                yield f"{earlier.id} kept {gap} min, may {min(limits)}"


def _hours(order, timeline):
    spans = sorted((o.start, o.end) for o in timeline.openings)
    for block in timeline.blocks:
        if order.kitchen.available_from and block.start < order.kitchen.available_from:
            yield f"{block.id} before the kitchen is there"
        if not block.dish or block.place != "base":
            continue
        hands = max((crew.minutes for crew in block.crew), default=0)
        names = {use.name for use in block.equipment}
        whole = (block.end - block.start) / timedelta(minutes=1)
        watched = hands if hands == 0 or (names <= BEHIND_THE_DOOR and hands < whole) else whole
        until = block.start + timedelta(minutes=watched)
        if not any(start <= block.start and until <= end for start, end in spans):
            yield f"{block.id}: {block.start} to {until} is not open"


def _service(order, timeline):
    due = {service.at for service in order.services} or {order.event.service_at}
    served = {block.start for block in timeline.blocks if block.kind == "serve"}
    if due != served:
        yield f"served at {served}, due {due}"
    ends = {block.id: block.end for block in timeline.blocks}
    followed = {wait.block for block in timeline.blocks for wait in block.after}
    for block in timeline.blocks:
        if block.dish and block.id not in followed:
            yield f"nothing waits for {block.id}"
    if timeline.blocks:
        first, last = min(block.start for block in timeline.blocks), max(ends.values())
        if (timeline.first_start, timeline.last_end) != (first, last):
            yield "first start or last end is not that of the blocks"
        if timeline.service_at != min(due):
            yield "service at another time"
        if timeline.span_minutes != max(0, (min(due) - first) // timedelta(minutes=1)):
            yield "span"
    if list(timeline.blocks) != sorted(timeline.blocks, key=lambda block: (block.start, block.id)):
        yield "not in order of start"
