"""The food-safety log: a point for everything that is cooked, cooled, reheated or held, at the limit of the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from catering_cli.checks.compare import BLOCKING, compare, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.usage import drives_of
from catering_cli.data import tables
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.menu import Dish
from catering_cli.domain.safety import ControlPoint
from catering_cli.domain.timeline import Block

Row = dict[str, str]

POINT_OF = {"cook": "cook", "reheat": "reheat", "chill": "cool"}
"""Kind of control point that a kind of block calls for."""

AS_HELD = ("receive", "hot_hold", "cold_hold", "transport")
"""Kinds of points about the food as it is held, not as it is in a block."""

RAW_ANIMAL = frozenset({"poultry", "ground_meat", "whole_meat", "roast", "fish", "eggs"})
OTHER_NAMES = {"us": "us-fda-2022"}
SEVERITIES: Mapping[str, Severity] = {"": "blocking", "who": "warning"}


def jurisdiction(evidence: Evidence) -> str:
    """The order's jurisdiction by its full name."""
    said = evidence.order.event.jurisdiction
    return OTHER_NAMES.get(said, said)


def of_dish(dish: Dish) -> str:
    """Food class of a dish as it is held: that of raw animal food if it has any, else of its last step."""
    steps = dish.recipe.steps if dish.recipe else ()
    stated = [step.food_class for step in steps if step.food_class]
    animal = [one for one in stated if one in RAW_ANIMAL]
    return str((animal or stated or ["unknown"])[-1])


class Point(NamedTuple):
    """A control point: of which dish, of which kind, at which block."""

    dish: str
    kind: str
    block: str


def points_there(evidence: Evidence) -> Findings:
    """Every block that cooks, cools or reheats controlled food has its point; so have holding and the road."""
    points = placed("plan.safety.points", evidence.plan.safety.points)
    said = {Point(one.dish, one.kind, one.block): path for path, one in points}
    due: set[Point] = set()
    for dish in evidence.made.values():
        for point in _due(evidence, dish) if dish.portions else ():
            standing = said.keys() & {point._replace(block=block) for block in _alike(evidence, point.block)}
            due |= standing
            if not standing:
                message = f"{dish.name}: no control point ({point.kind.replace('_', ' ')})"
                yield found("blocking", "plan.safety.points", message, "", f"{point.kind} of {point.block or dish.id}")
    for point in sorted(said.keys() - due):
        message = "a point that nothing calls for"
        yield found("warning", said[point], message, f"{point.kind} of {point.dish} at {point.block}")
    yield from compare({"safety.jurisdiction": jurisdiction(evidence)}, evidence.plan, BLOCKING)


def _due(evidence: Evidence, dish: Dish) -> Iterator[Point]:
    """Each point that a dish must have; the last block stands for holding. None if it needs no control."""
    held = of_dish(dish)
    if held == "not_tcs":
        return
    blocks = sorted(
        (block for block in evidence.plan.timeline.blocks if block.dish == dish.id), key=lambda one: one.start
    )
    if not RAW_ANIMAL.isdisjoint(block.food_class or held for block in blocks):
        yield Point(dish.id, "receive", "")
    for block in blocks:
        yield from _of_block(evidence, block, block.food_class or held)
    if dish.id not in evidence.bases:
        yield from _of_service(evidence, dish, blocks)


def _of_service(evidence: Evidence, dish: Dish, blocks: list[Block]) -> Iterator[Point]:
    """Holding from the last block on, and each drive that takes it."""
    yield Point(dish.id, "hot_hold" if dish.is_hot else "cold_hold", blocks[-1].id if blocks else "")
    mine = {block.id for block in blocks}
    packs = [block for block in evidence.plan.timeline.blocks if block.kind == "pack"]
    taken = [pack.id for pack in packs if not mine.isdisjoint(wait.block for wait in pack.after)]
    for drive in sorted(set().union(*(drives_of(evidence)[pack] for pack in taken))):
        yield Point(dish.id, "transport", drive)


def _of_block(evidence: Evidence, block: Block, food_class: str) -> Iterator[Point]:
    """Cooking, cooling, reheating; the date mark of what stays in the fridge until another day."""
    kind, service = POINT_OF.get(block.kind), evidence.plan.timeline.service_at
    if food_class == "not_tcs":
        return
    if kind == "cool" or (kind and food_class != "ready_to_eat"):
        yield Point(block.dish, kind, block.id)
    if block.storage == "fridge" and service and block.end.date() < service.date():
        yield Point(block.dish, "date_mark", block.id)


@asked_once
def _groups(evidence: Evidence) -> dict[tuple[object, ...], list[str]]:
    """Blocks of a dish that start together: any of them may stand for another of its group."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for block in evidence.plan.timeline.blocks:
        groups.setdefault(_group(block), []).append(block.id)
    return groups


def _group(block: Block) -> tuple[object, ...]:
    return (block.id,) if block.kind == "drive" else (block.dish, block.kind, block.start)


def _alike(evidence: Evidence, block: str) -> list[str]:
    """The blocks whose point may stand for that of a block."""
    return _groups(evidence)[_group(evidence.blocks[block])] if block in evidence.blocks else [block]


def limits_true(evidence: Evidence) -> Findings:
    """Each point stands at the time of its block, with the limit that the table has for the place and the class."""
    for path, point in placed("plan.safety.points", evidence.plan.safety.points):
        dish, block = evidence.made.get(point.dish), evidence.blocks.get(point.block)
        if dish is None or (point.block and block is None):
            yield found("blocking", path, "a point for a dish or block that is not there", point.dish, point.block)
            continue
        own = block.food_class if block and point.kind not in AS_HELD else None
        due = {"food_class": own or of_dish(dish), "reading": "", "at": block.end if block else None}
        if block is not None:
            due["who"] = block.crew[0].role if block.crew else "chef"
        yield from compare_entry(path, point, due, SEVERITIES)
        yield from _limit(evidence, dish, point, own or of_dish(dish), path)


def _limit(evidence: Evidence, dish: Dish, point: ControlPoint, food_class: str, path: str) -> Iterator[Finding]:
    """The limit is a row that may judge the food, or how it is carried."""
    place, carried = jurisdiction(evidence), "hot" if dish.is_hot else "cold"
    right = _rows(place, point.kind, carried if point.kind == "transport" else food_class)
    if not any(_stands(row, point) for row in right):
        message = f"{dish.name}: not the limit of {place} for {point.kind} of {food_class}"
        limits = ", ".join(f"{row['text']} ({row['id']})" for row in right[:1])
        yield found("blocking", f"{path}.limit", message, point.limit, limits)


def notes_told(evidence: Evidence) -> Findings:
    """The notes speak of time as a control, of highly susceptible guests and of a place without a table if so, only."""
    order = evidence.order
    said = " ".join(evidence.plan.safety.notes)
    tabled = any(row["jurisdiction"] == jurisdiction(evidence) for row in tables.rows("limits"))
    due = {
        "discard": bool(order.tphc),
        "pasteurised": order.event.population == "highly_susceptible",
        "strictest": not tabled,
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
    of_kind = [row for row in tables.rows("limits") if row["kind"] == kind]
    fitting = [row for narrow in (food_class, "*") for row in of_kind if row["food_class"] == narrow]
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
