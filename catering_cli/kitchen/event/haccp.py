"""The HACCP log: control points of each dish, with the limit of the order's jurisdiction and where in the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import FoodClass
from catering_cli.domain.safety import ControlPoint, PointKind, Safety
from catering_cli.domain.timeline import Block, Timeline

ALIASES = {"us": "us-fda-2022"}
COOKED = ("cook", "reheat")
NOT_CONTROLLED = ("not_tcs",)
RAW_ANIMAL = ("poultry", "ground_meat", "whole_meat", "roast", "fish", "eggs")
"""Classes of raw animal food: only what is cooked below its limit or not at all needs the advisory."""


def safety(order: Order, dishes: Sequence[Dish], timeline: Timeline) -> Safety:
    """A control point for each cooking, cooling, reheating, holding and transport, tied to its block."""
    jurisdiction = ALIASES.get(order.event.jurisdiction, order.event.jurisdiction)
    by_dish = {dish.id: [block for block in timeline.blocks if block.dish == dish.id] for dish in dishes}
    points = [point for dish in dishes for point in _points(dish, by_dish[dish.id], timeline, jurisdiction)]
    return Safety(
        jurisdiction=jurisdiction,
        points=tuple(sorted(points, key=lambda p: (int(p.dish[1:]), p.at is None, p.at, p.kind, p.block))),
        notes=tuple(_notes(order, jurisdiction)),
    )


def limit(jurisdiction: str, kind: str, food_class: str) -> tuple[dict[str, str], bool]:
    """The row for a control point, and whether it is the jurisdiction's own.

    Where the jurisdiction's table is silent, the strictest shipped limit of that kind and class: the
    hottest of the minimums, the coldest of the maximums.
    """
    fitting = [row for row in rows("limits") if row["kind"] == kind and row["food_class"] in (food_class, "*")]
    if not fitting:
        fitting = [row for row in rows("limits") if row["kind"] == kind]
    own = [row for row in fitting if row["jurisdiction"] == jurisdiction]
    if own:
        exact = [row for row in own if row["food_class"] == food_class]
        return (exact or own)[0], True
    return _strictest(fitting), False


def _strictest(fitting: Sequence[dict[str, str]]) -> dict[str, str]:
    measured = [row for row in fitting if row["c"]] or list(fitting)
    hottest = measured[0]["side"] == "min"
    return sorted(measured, key=lambda row: float(row["c"] or 0), reverse=hottest)[0]


def _points(dish: Dish, blocks: Sequence[Block], timeline: Timeline, jurisdiction: str) -> Iterator[ControlPoint]:
    food_class = _class(dish)
    if food_class in NOT_CONTROLLED:
        return
    if any(_of(block, dish) in RAW_ANIMAL for block in blocks):
        yield _point(dish, "receive", food_class, None, jurisdiction)
    for block in blocks:
        own = _of(block, dish)
        if own in NOT_CONTROLLED:
            continue
        if block.kind in COOKED and own != "ready_to_eat":
            kind: PointKind = "reheat" if block.kind == "reheat" else "cook"
            yield _point(dish, kind, own, block, jurisdiction)
        elif block.kind == "chill":
            yield _point(dish, "cool", own, block, jurisdiction)
        if block.storage == "fridge" and timeline.service_at and block.end.date() < timeline.service_at.date():
            yield _point(dish, "date_mark", own, block, jurisdiction)
    hot = bool(dish.recipe and dish.recipe.served_at == "hot")
    last = blocks[-1] if blocks else None
    yield _point(dish, "hot_hold" if hot else "cold_hold", food_class, last, jurisdiction)
    drive = next((block for block in timeline.blocks if block.kind == "drive"), None)
    if drive is not None:
        yield _point(dish, "transport", "hot" if hot else "cold", drive, jurisdiction, food_class)


def _class(dish: Dish) -> FoodClass:
    """The class of the dish as it is held: that of its last step that states one; unknown where none does."""
    steps = dish.recipe.steps if dish.recipe else ()
    stated = [step.food_class for step in steps if step.food_class]
    if not stated:
        return "unknown"
    animal = [found for found in stated if found in RAW_ANIMAL]
    return (animal or stated)[-1]


def _of(block: Block, dish: Dish) -> FoodClass:
    return block.food_class or _class(dish)


def _point(
    dish: Dish,
    kind: PointKind,
    food_class: str,
    block: Block | None,
    jurisdiction: str,
    shown: FoodClass | None = None,
) -> ControlPoint:
    row, own = limit(jurisdiction, kind, food_class)
    unknown = (shown or food_class) == "unknown"
    basis = Basis(
        rule=("limit.own" if own else "limit.strictest") + ("_class_unknown" if unknown else ""),
        inputs={"jurisdiction": jurisdiction, "kind": kind, "food_class": food_class},
        source=row["source"],
    )
    return ControlPoint(
        dish=dish.id,
        kind=kind,
        food_class=shown or food_class,
        block=block.id if block else "",
        at=block.end if block else None,
        limit=row["text"],
        limit_id=row["id"],
        source=basis.source,
        who=block.crew[0].role if block and block.crew else "chef",
        corrective=row["corrective"],
        note=basis.sentence(),
        derivation=basis,
    )


def _notes(order: Order, jurisdiction: str) -> Iterator[str]:
    known = {row["jurisdiction"] for row in rows("limits")}
    if jurisdiction not in known:
        yield f"There is no table of limits for {jurisdiction!r}: the strictest shipped limit is used throughout."
    if order.tphc:
        yield "The order has a written procedure for time as a control: mark the time, serve or discard within 4 h."
    else:
        yield "Time is not used as a control: the order has no written procedure."
    if order.event.population == "highly_susceptible":
        yield "Highly susceptible guests: no raw or undercooked animal food, pasteurised eggs only (3-801.11)."
