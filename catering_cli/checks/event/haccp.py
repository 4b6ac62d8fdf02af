"""The food-safety log: raw animal food is received, cooked and held at the limit of the place, or said to be raw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from itertools import chain, pairwise

from catering_cli.checks.compare import BLOCKING, compare, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.raw_food import HOTTEST, raw_lines
from catering_cli.checks.reference.services import meals
from catering_cli.checks.reference.steps import steps_until, used_in_dish, waits_for, works
from catering_cli.checks.reference.usage import drives_of
from catering_cli.data import tables
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.safety import ControlPoint, ReadingTime
from catering_cli.domain.plan_parts.timeline import Block

Row = dict[str, str]

AT_ITS_END = ("cook", "reheat", "cool")
"""Kinds of points that are read at the end of a block."""
OF_A_BLOCK = (*AT_ITS_END, "date_mark")
"""Kinds of points that a block makes; a label is written by who is there next."""
HELD = ("hot_hold", "cold_hold", "cool", "date_mark")
HOT = ("cook", "reheat")
OTHER_NAMES = {"us": "us-fda-2022"}
SEVERITIES: Mapping[str, Severity] = {"": "blocking", "who": "warning"}


def jurisdiction(evidence: Evidence) -> str:
    """The order's jurisdiction by its full name."""
    said = evidence.order.event.jurisdiction
    return OTHER_NAMES.get(said, said)


@asked_once
def _points(evidence: Evidence) -> dict[str, list[ControlPoint]]:
    """The points of each dish, with those of the base recipes in it."""
    found: dict[str, list[ControlPoint]] = {ident: [] for ident in evidence.made}
    for point in evidence.plan.safety.points:
        found.setdefault(point.dish, []).append(point)
    bases = {base.name: ident for ident, base in evidence.bases.items()}
    for ident, dish in evidence.dishes.items():
        for part in dish.recipe.parts if dish.recipe else ():
            found[ident] = [*found[ident], *found.get(bases.get(part.name, ""), [])]
    return found


@asked_once
def _readings(evidence: Evidence, dish: Dish) -> tuple[tuple[str, ReadingTime], ...]:
    """Each reading of a dish, with the kind of its point."""
    readings: list[tuple[str, ReadingTime]] = []
    for point in _points(evidence)[dish.id]:
        readings += [(point.kind, time) for time in point.times]
    return tuple(readings)


def _read(evidence: Evidence, dish: Dish) -> set[tuple[str, str]]:
    """What is read after which block of a dish: kind and block."""
    return {(kind, time.block) for kind, time in _readings(evidence, dish)}


@asked_once
def _blocks(evidence: Evidence) -> dict[str, list[Block]]:
    """The blocks of each dish, in order of their start."""
    found: dict[str, list[Block]] = {}
    for block in sorted(evidence.plan.timeline.blocks, key=lambda one: (one.start, one.id)):
        found.setdefault(block.dish, []).append(block)
    return found


def points_there(evidence: Evidence) -> Findings:
    """Raw animal food is received and cooked; what is cooled, held or driven is read."""
    for dish in evidence.made.values():
        if not dish.portions or not dish.handling or not _blocks(evidence).get(dish.id):
            continue
        due = [*_of_raw_food(evidence, dish), *_of_blocks(evidence, dish), *_of_waits(evidence, dish)]
        if dish.id in evidence.dishes:
            due += [*_of_service(evidence, dish), *_of_trips(evidence, dish)]
        for kind, message in due:
            said = f"{dish.name}: no control point ({kind.replace('_', ' ')}): {message}"
            yield found("blocking", "plan.safety.points", said, "", f"{kind} of {dish.id}")
    place = jurisdiction(evidence)
    code = next((row["name"] for row in tables.rows("codes") if row["jurisdiction"] == place), "")
    yield from compare({"safety.jurisdiction": place, "safety.code": code}, evidence.plan, BLOCKING)


def _of_raw_food(evidence: Evidence, dish: Dish) -> Iterator[tuple[str, str]]:
    """Receiving of each raw animal food; the heat that the strictest of it needs, or the advisory that it is raw."""
    points, raw = _points(evidence)[dish.id], raw_lines(dish)
    received = {point.food for point in points if point.kind == "receive"}
    for item in sorted(raw.keys() - received):
        yield "receive", item
    strictest = _strictest_class(dish, {item: one for item, one in raw.items() if item not in _baked(dish)})
    if not strictest or dish.id not in evidence.dishes or any(point.kind == "advisory" for point in points):
        return
    limit = min(map(_degrees, _rows(jurisdiction(evidence), "cook", strictest)), default=0)
    hottest = max((_degrees_of(point) for point in points if point.kind in HOT), default=0)
    if hottest < limit:
        yield "cook", f"{strictest.replace('_', ' ')} needs {limit:g} C"


def _strictest_class(dish: Dish, raw: Mapping[str, str]) -> str:
    """The class that needs most heat; egg counts only alone, for beside other animal food it may only coat it."""
    classes = set(raw.values())
    if _is_stable(dish) or classes != {"eggs"}:
        classes.discard("eggs")
    return min(classes, key=HOTTEST.index, default="")


def _baked(dish: Dish) -> set[str]:
    """What is baked into food that keeps anywhere, and nowhere else in the dish: the eggs of a filled cake."""
    ovens = [one.step for one in dish.handling if one.state == "stable" and one.kind == "cook"]
    inside = steps_until(dish.recipe, ovens) if dish.recipe else set[int]()
    of = {one.step: set(one.takes) for one in dish.handling}
    elsewhere = set[str]().union(*(items for step, items in of.items() if step not in inside))
    return set[str]().union(*(of.get(step, set()) for step in inside)) - elsewhere


def _is_stable(dish: Dish) -> bool:
    return dish.handling[-1].state == "stable"


def _degrees(row: Mapping[str, str]) -> float:
    return float(row["c"] or 0)


def _degrees_of(point: ControlPoint) -> float:
    rows = tables.rows("limits")
    return max((_degrees(row) for row in rows if (row["id"], row["text"]) == (point.limit_id, point.limit)), default=0)


def _of_blocks(evidence: Evidence, dish: Dish) -> Iterator[tuple[str, str]]:
    """Cooling of what was cooked before it, and reheating, of food that needs control."""
    read = _read(evidence, dish)
    for block in _blocks(evidence)[dish.id]:
        said = set().union(*(one.reads for one in dish.handling if one.step == block.step))
        for reading in AT_ITS_END if block.kind != "tend" else ():
            if (reading in said) != ((reading, block.id) in read):
                yield reading, f"{block.label}: as its step is read"
        kind = {"reheat": "reheat", "chill": "cool"}.get(block.kind)
        cooked = any(before.kind in HOT for before in evidence.waited(block))
        if kind is None or block.food_class in ("not_tcs", "ready_to_eat") or (kind == "cool" and not cooked):
            continue
        if (kind, block.id) not in read and not _state(dish, block) & {"stable", "raw"}:
            yield kind, block.label


def _of_waits(evidence: Evidence, dish: Dish) -> Iterator[tuple[str, str]]:
    """Food that waits hot or cold for its next step is read as the wait begins; what is kept for a day is dated."""
    read, service = _read(evidence, dish), evidence.plan.timeline.service_at
    for block in _blocks(evidence)[dish.id]:
        unstable = [one for one in dish.handling if one.state != "stable"]
        kept = {one.waits: one for one in unstable if one.step == block.step}
        if kept.keys() <= {None, "ambient"}:
            continue
        kind = "hot_hold" if "hot" in kept else "cold_hold"
        joins = kind == "hot_hold" and _joins(evidence, block)
        if (joins or _waits(evidence, block)) and (kind, block.id) not in read:
            yield kind, f"{block.label} waits for its next step"
        done = "fridge" in kept and kept["fridge"].state in ("ready", "cooked")
        if done and service and block.end.date() < service.date() and ("date_mark", block.id) not in read:
            yield "date_mark", f"{block.label} is kept until another day"


def _joins(evidence: Evidence, block: Block) -> bool:
    """Whether food of a block is put together with that of another step: hot, it is read however short it waits."""
    mine = [one for one in evidence.takers.get(block.id, ()) if one.dish == block.dish]
    joined = ({one.step for one in evidence.waited(taker) if one.dish == block.dish} for taker in mine)
    return any(steps > {block.step} for steps in joined)


def _waits(evidence: Evidence, block: Block) -> bool:
    """Whether another step takes food from a block longer after it than food may wait without a place."""
    taken = [one.start for one in evidence.takers.get(block.id, ()) if one.dish == block.dish]
    limit = timedelta(minutes=tables.figure("work", "unstated_wait"))
    return bool(taken) and max(taken) - block.end > limit


def _state(dish: Dish, block: Block) -> set[str]:
    return {one.state for one in dish.handling if one.step == block.step}


def _of_service(evidence: Evidence, dish: Dish) -> Iterator[tuple[str, str]]:
    """Holding, hot or cold, through each service, where it is, without a gap of more than two hours.

    A reading on arrival is one where the guests are: a later course may come while the service is on.
    """
    kind = "hot_hold" if dish.is_hot else "cold_hold"
    if _is_stable(dish):
        if set(raw_lines(dish).values()) - {"eggs"} and all(one.state == "stable" for one in dish.handling):
            yield kind, "raw animal food does not keep anywhere"
        return
    held = [time for read_as, time in _readings(evidence, dish) if read_as == kind]
    arriving = [time.at for read_as, time in _readings(evidence, dish) if read_as == "transport"]
    made = [block for block in _blocks(evidence)[dish.id] if block.kind != "tend"]
    ends = [block.end for block in made if block.id not in used_in_dish(evidence)]
    for meal in meals(evidence):
        done = max((end for end in ends if end <= meal.until), default=meal.at)
        times = sorted([*arriving, *(time.at for time in held if time.place == meal.place)])
        if meal.serves(dish) and done < meal.until and _is_gap(times, max(meal.at, done), meal.until):
            yield kind, f"not read every two hours from {meal.at:%H:%M} to {meal.until:%H:%M}"


def _is_gap(times: list[datetime], begins: datetime, ends: datetime) -> bool:
    """Whether more than two hours of a service pass without a reading."""
    within = [begins, *(at for at in times if begins <= at <= ends), ends]
    longest = max(later - earlier for earlier, later in pairwise(within))
    is_read = any(begins <= at < ends or at == begins for at in times)
    return not is_read or longest > timedelta(minutes=tables.figure("work", "hold_reading"))


def _of_trips(evidence: Evidence, dish: Dish) -> Iterator[tuple[str, str]]:
    """Arriving with each trip that brings it, and no reading on a trip that does not carry it."""
    if _is_stable(dish):
        return
    taken = _packed(evidence, dish)
    leaves = set().union(*(drives_of(evidence)[pack] for pack in taken))
    brings = {pack.replace(".pack", ".drive", 1) for pack in taken} & evidence.blocks.keys()
    read = {time.block for kind, time in _readings(evidence, dish) if kind == "transport"}
    for trip in sorted((brings or leaves) - read):
        yield "transport", f"{trip} carries it"
    for trip in sorted(read - brings - leaves):
        yield "transport", f"{trip} does not carry it"


def _packed(evidence: Evidence, dish: Dish) -> list[str]:
    """The packings that take what a dish's work makes."""
    mine = {block.id for block in _blocks(evidence)[dish.id]}
    return [pack.id for pack in evidence.work("pack") if not mine.isdisjoint(wait.block for wait in pack.after)]


def limits_true(evidence: Evidence) -> Findings:
    """Each point stands at the time of its block, with the limit that the table has for the place and the class."""
    for path, point in placed("plan.safety.points", evidence.plan.safety.points):
        dish, block = evidence.made.get(point.dish), evidence.blocks.get(point.block)
        if dish is None or (point.block and block is None):
            yield found("blocking", path, "a point for a dish or block that is not there", point.dish, point.block)
            continue
        due = {"reading": "", "at": min((time.at for time in point.times), default=None)}
        if block is not None:
            due["who"] = block.crew[0].role if block.crew else "chef"
            if point.kind in OF_A_BLOCK:
                due["food_class"] = block.food_class
        yield from compare_entry(path, point, due, SEVERITIES)
        classes = _left_so(evidence, dish, block)
        if classes and point.kind != "receive" and point.food_class not in classes:
            yield found("warning", f"{path}.food_class", f"{dish.name}: no step leaves it so", point.food_class)
        if point.kind in HELD and point.food_class == "not_tcs":
            yield found("warning", path, f"{dish.name}: food that keeps anywhere is not read", point.kind)
        yield from _times(evidence, point, path)
        yield from _limit(evidence, dish, point, path)


def _left_so(evidence: Evidence, dish: Dish, block: Block | None) -> set[str]:
    """The classes that the step of a block leaves, else those of the steps that end the dish."""
    mine = [work for work in works(evidence) if work.dish is dish]
    followed = set(chain.from_iterable(map(waits_for, mine)))
    last = {work.number for work in mine} - followed
    steps = {block.step} if block and block.dish == dish.id and block.step in followed else last
    return {one.food_class for one in dish.handling if one.step in steps}


def _times(evidence: Evidence, point: ControlPoint, path: str) -> Iterator[Finding]:
    """A reading after a step is at the end of its block, on the road as it leaves or arrives, in holding later."""
    for time in point.times:
        block = evidence.blocks.get(time.block)
        if block is None:
            continue
        right = (block.start, block.end) if point.kind == "transport" else (block.end,)
        exact = point.kind in ("transport", *AT_ITS_END)
        is_first = time.at == min(other.at for other in point.times if other.block == time.block)
        late = is_first and point.kind in ("cold_hold", "date_mark") and time.at > block.end
        if late and _is_there(evidence, block.end):
            message = f"{point.kind.replace('_', ' ')}: read later than someone is there"
            yield found("warning", f"{path}.times", message, time.at.isoformat(), block.end.isoformat())
        if (exact and time.at not in right) or (not exact and time.at < block.end):
            message = f"{point.kind.replace('_', ' ')}: read when the food is not there"
            yield found("blocking", f"{path}.times", message, time.at.isoformat(), block.end.isoformat())


@asked_once
def _at_work(evidence: Evidence) -> tuple[tuple[datetime, datetime], ...]:
    """When people are at work."""
    blocks = [(one.start, max((crew.minutes for crew in one.crew), default=0)) for one in evidence.plan.timeline.blocks]
    return tuple((start, start + timedelta(minutes=minutes)) for start, minutes in blocks if minutes)


def _is_there(evidence: Evidence, moment: datetime) -> bool:
    return any(start <= moment <= end for start, end in _at_work(evidence))


def _limit(evidence: Evidence, dish: Dish, point: ControlPoint, path: str) -> Iterator[Finding]:
    """The limit is a row that may judge the food, or how it is carried."""
    place, carried = jurisdiction(evidence), "hot" if dish.is_hot else "cold"
    right = _rows(place, point.kind, carried if point.kind == "transport" else point.food_class)
    yield from _basis(point, dish, path, place)
    if not any(_stands(row, point) for row in right):
        message = f"{dish.name}: not the limit of {place} for {point.kind} of {point.food_class}"
        limits = ", ".join(f"{row['text']} ({row['id']})" for row in right[:1])
        yield found("blocking", f"{path}.limit", message, point.limit, limits)


def _basis(point: ControlPoint, dish: Dish, path: str, place: str) -> Iterator[Finding]:
    """The log says whose limit it is, and whether the food's class is known."""
    own = any(row["jurisdiction"] == place for row in _of_kind(point.kind))
    unknown = point.food_class == "unknown"
    said = point.derivation.rule if point.derivation else ""
    if said.endswith("_class_unknown") != unknown or (not own and "own" in said):
        message = f"{dish.name}: the log does not say how the limit of {point.kind} was found"
        yield found("blocking", f"{path}.derivation", message, said, "class unknown" if unknown else "class known")


def _of_kind(kind: str) -> list[Row]:
    return [row for row in tables.rows("limits") if row["kind"] == kind]


def notes_told(evidence: Evidence) -> Findings:
    """The notes speak of time as a control, of highly susceptible guests and of a place without a table if so, only."""
    order = evidence.order
    said = " ".join(evidence.plan.safety.notes)
    tabled = any(row["jurisdiction"] == jurisdiction(evidence) for row in tables.rows("limits"))
    due = {
        "discard": bool(order.tphc),
        "pasteurised": order.event.population == "highly_susceptible",
        "strictest": not tabled,
        "advisory": any(point.kind == "advisory" for point in evidence.plan.safety.points),
    }
    for word, wanted in due.items():
        if (word in said) != wanted:
            yield found("blocking", "plan.safety.notes", f"a note about {word!r} is missing or not called for", said)


def _stands(row: Mapping[str, str], point: ControlPoint) -> bool:
    """Whether a point has the limit of a row, and what is done if it fails."""
    wanted = (row["id"], row["text"], row["source"], row["corrective"])
    return wanted == (point.limit_id, point.limit, point.source, point.corrective)


@cache
def _rows(place: str, kind: str, food_class: str) -> tuple[Row, ...]:
    """Rows that may judge: the place's own for the class, else its general one, else the strictest of any place."""
    of_kind = _of_kind(kind)
    fitting = [row for row in of_kind if row["food_class"] == food_class]
    fitting += [row for row in of_kind if row["food_class"] == "*"]
    own = [row for row in fitting if row["jurisdiction"] == place]
    if own:
        return tuple(row for row in own if row["food_class"] == own[0]["food_class"])
    return _strictest(fitting or of_kind)


def _strictest(rows: list[Row]) -> tuple[Row, ...]:
    """The rows of the hottest minimum or of the coldest maximum; all if none has degrees."""
    measured = [row for row in rows if row["c"]]
    if not measured:
        return tuple(rows)
    pick = max if measured[0]["side"] == "min" else min
    degrees = pick(float(row["c"]) for row in measured)
    return tuple(row for row in measured if float(row["c"]) == degrees)


CHECKS = {"safety.points": points_there, "safety.limits": limits_true, "safety.notes": notes_told}
