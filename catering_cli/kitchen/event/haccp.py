"""The HACCP log: control points of each dish, each with the limit of the order's jurisdiction and its block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import FoodClass
from catering_cli.domain.safety import ControlPoint, PointKind, Safety
from catering_cli.domain.timeline import Block, Timeline

ALIASES = {"us": "us-fda-2022"}
MEASURED: Mapping[str, PointKind] = {"cook": "cook", "reheat": "reheat", "chill": "cool"}
"""Blocks at whose end a temperature is read."""
NOT_CONTROLLED = ("not_tcs",)
ANY_CLASS = "*"
RAW_ANIMAL = frozenset({"poultry", "ground_meat", "whole_meat", "roast", "fish", "eggs"})
"""Classes of raw animal food: only what is cooked below its limit or not at all needs the advisory."""


def safety(order: Order, dishes: Sequence[Dish], timeline: Timeline, bases: Sequence[Dish] = ()) -> Safety:
    """A control point for each receiving, cooking, cooling, reheating, holding and transport, tied to its block.

    Base recipes have those of their work; they are held and travel in the dishes that take them.
    """
    jurisdiction = ALIASES.get(order.event.jurisdiction, order.event.jurisdiction)
    points: list[ControlPoint] = []
    for dish in (*bases, *dishes):
        of_dish = _points(dish, timeline, jurisdiction, served=dish not in bases)
        points += sorted(of_dish, key=lambda point: (point.at is None, point.at, point.kind, point.block))
    return Safety(
        jurisdiction=jurisdiction,
        points=tuple(points),
        notes=tuple(_notes(order, jurisdiction)),
    )


def limit(jurisdiction: str, kind: str, food_class: str) -> tuple[Mapping[str, str], bool]:
    """The row for a control point, and whether it is the jurisdiction's own.

    If the jurisdiction's table is silent, the strictest shipped limit of that kind and class: the
    hottest of the minimums, the coldest of the maximums.
    """
    of_kind = [row for row in rows("limits") if row["kind"] == kind]
    fitting = [*_of_class(food_class, of_kind), *_of_class(ANY_CLASS, of_kind)] or of_kind
    for row in fitting:
        if row["jurisdiction"] == jurisdiction:
            return row, True
    return _strictest(fitting), False


def _of_class(food_class: str, limits: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return [row for row in limits if row["food_class"] == food_class]


def _strictest(fitting: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """The hottest minimum or the coldest maximum; a row without degrees only if none has any."""
    measured = [row for row in fitting if row["c"]] or fitting
    strictest = max if measured[0]["side"] == "min" else min
    return strictest(measured, key=lambda row: float(row["c"] or 0))


class _Log(NamedTuple):
    """What the control points of one dish have in common."""

    dish: Dish
    food_class: FoodClass
    """as the dish is held"""
    jurisdiction: str

    def class_of(self, block: Block) -> FoodClass:
        """The class of the food in a block: its own, else the dish's."""
        return block.food_class or self.food_class

    def point(
        self,
        kind: PointKind,
        food_class: FoodClass,
        block: Block | None = None,
        *,
        limit_class: str = "",
    ) -> ControlPoint:
        """A control point with its limit; `limit_class` if the limit goes by another class than the food's."""
        sought = limit_class or food_class
        row, own = limit(self.jurisdiction, kind, sought)
        rule = "limit.own" if own else "limit.strictest"
        if food_class == "unknown":
            rule += "_class_unknown"
        inputs = {"jurisdiction": self.jurisdiction, "kind": kind, "food_class": sought}
        basis = Basis(
            rule=rule,
            inputs=inputs,
            source=row["source"],
        )
        return ControlPoint(
            dish=self.dish.id,
            kind=kind,
            food_class=food_class,
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


def _points(dish: Dish, timeline: Timeline, jurisdiction: str, *, served: bool) -> Iterator[ControlPoint]:
    """Receiving, each block, holding and transport of one dish; none if it needs no time and temperature control."""
    log = _Log(dish, _held_class(dish), jurisdiction)
    if log.food_class in NOT_CONTROLLED:
        return
    blocks = [block for block in timeline.blocks if block.dish == dish.id]
    if not RAW_ANIMAL.isdisjoint(map(log.class_of, blocks)):
        yield log.point("receive", log.food_class)
    for block in blocks:
        yield from _of_block(log, block, timeline)
    if served:
        yield from _until_served(log, blocks, timeline)


def _until_served(log: _Log, blocks: Sequence[Block], timeline: Timeline) -> Iterator[ControlPoint]:
    """Holding, hot or cold, from the end of the dish's last block; transport, if anything is driven."""
    last = blocks[-1] if blocks else None
    yield log.point("hot_hold" if log.dish.is_hot else "cold_hold", log.food_class, last)
    limit_class = "hot" if log.dish.is_hot else "cold"
    for drive in drives_of({block.id for block in blocks}, timeline):
        yield log.point("transport", log.food_class, drive, limit_class=limit_class)


def drives_of(works: AbstractSet[str], timeline: Timeline) -> list[Block]:
    """The drives that take what these blocks make: what is packed is loaded, and what is loaded is driven."""
    taken = set(works)
    for kind in ("pack", "load"):
        taken = {block.id for block in timeline.blocks if block.kind == kind and _awaits(block, taken)}
    return [block for block in timeline.blocks if block.kind == "drive" and _awaits(block, taken)]


def _awaits(block: Block, works: AbstractSet[str]) -> bool:
    return any(wait.block in works for wait in block.after)


def _of_block(log: _Log, block: Block, timeline: Timeline) -> Iterator[ControlPoint]:
    """Cooking, reheating, cooling; the date mark of what stays in the fridge past its day."""
    food_class = log.class_of(block)
    if food_class in NOT_CONTROLLED:
        return
    kind = MEASURED.get(block.kind)
    if kind == "cool" or (kind and food_class != "ready_to_eat"):
        yield log.point(kind, food_class, block)
    service = timeline.service_at
    if block.storage == "fridge" and service and block.end.date() < service.date():
        yield log.point("date_mark", food_class, block)


def _held_class(dish: Dish) -> FoodClass:
    """The class of the dish as it is held: the last one that its steps state, a raw animal food's first."""
    steps = dish.recipe.steps if dish.recipe else ()
    stated: list[FoodClass] = [step.food_class for step in steps if step.food_class]
    animal = [found for found in stated if found in RAW_ANIMAL]
    return (animal or stated or ["unknown"])[-1]


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
