"""Hot boxes and shelves: what waits in them between two steps and until the guests, against what the order has."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import accumulate
from typing import Final, NamedTuple

from catering_cli.data.tables import figure, rows
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Storage
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.day.resources import base_equipment
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.kitchen.serving.vessels import vessel_of

STORES: Final[Mapping[Storage, tuple[str, str]]] = {
    "hot": ("hot_box", "hot boxes"),
    "fridge": ("fridge_shelf", "fridge shelves"),
    "freezer": ("freezer_shelf", "freezer shelves"),
}
"""The equipment that food waits in, and several of it, by where a step says that its result waits."""

_BOXED: Final = (".pack", ".load", ".drive", ".set_up")
"""Ends of the ids of work after which food is in its boxes until it is served."""


def too_full(order: Order, dishes: Sequence[Dish], timeline: Timeline) -> Iterator[Finding]:
    """Stores that the order counts and that would have to hold more than they can, at the fullest moment."""
    there = base_equipment(order) or {}
    for storage, (name, several) in STORES.items():
        if name not in there:
            continue
        store = next(_Store(int(row["grams"]), int(row["sheets"])) for row in rows("loads") if row["equipment"] == name)
        filled, when = _fullest(_waiting(storage, store, dishes, timeline, base_id(order)))
        wanted = math.ceil(filled)
        if when is not None and wanted > there[name]:
            yield Finding(
                severity="open",
                rule="kitchen.store_full",
                where="plan.timeline.blocks",
                message=f"the food that waits at {when:%H:%M} on {when.day} {when:%B} fills {wanted} {several}; "
                f"there {'is' if there[name] == 1 else 'are'} {there[name]}",
                value=str(wanted),
                fix=f"hire {wanted - there[name]} more and count them in order.kitchen.equipment.{name}, or say where "
                "else the food waits (storage of the step)",
            )


class _Store(NamedTuple):
    """What one of a store holds: food by weight, or sheet pans and what stands in their place."""

    grams: int
    sheets: int

    def share(self, dish: Dish, step: int | None, portions: int) -> Fraction:
        """How much of it so many portions of a step fill: by weight; of a dish that is done by its pans, if more."""
        by_weight = portions * _grams(dish, step) / self.grams
        most = vessel_of(dish).most(self.sheets, baking=False) if _is_last(dish, step) else None
        return max(by_weight, Fraction(portions, most)) if most else by_weight


def _is_last(dish: Dish, step: int | None) -> bool:
    """Whether a dish is done with a step."""
    return dish.recipe is not None and step == len(dish.recipe.steps)


def _waiting(
    storage: Storage, store: _Store, dishes: Sequence[Dish], timeline: Timeline, base: str
) -> Iterator[tuple[datetime, Fraction]]:
    """What comes into a store, and what is taken out, by moment, in parts of one of it."""
    named = {dish.id: dish for dish in dishes}
    until = _until(timeline)
    for block in timeline.blocks:
        dish = named.get(block.dish)
        if dish is None or block.storage != storage or block.place != base:
            continue
        then = until.get(block.id)
        if then is not None and then > block.end:
            part = store.share(dish, block.step, block.portions)
            yield block.end, part
            yield then, -part


def _fullest(changes: Iterator[tuple[datetime, Fraction]]) -> tuple[Fraction, datetime | None]:
    """The most at one moment, and the first such moment; at one time what is taken out goes first."""
    ordered = sorted(changes)
    held = accumulate(part for _, part in ordered)
    most = max(zip(held, (moment for moment, _ in ordered), strict=True), key=lambda one: one[0], default=None)
    return most or (Fraction(0), None)


def _grams(dish: Dish, step: int | None) -> Fraction:
    """Grams of one portion in a step."""
    percent = next((one.percent for one in dish.handling if one.step == step), 100)
    portion = dish.served.quantity.high if dish.served else Fraction(figure("work", "portion_grams"))
    return portion * percent / 100


def _until(timeline: Timeline) -> dict[str, datetime]:
    """When the last of each block's food is taken: by the work that waits for it, or by the guests it is driven to."""
    serves = {block.id.rpartition(".")[0]: block.start for block in timeline.blocks if block.kind == "serve"}
    until: dict[str, datetime] = {}
    for block in timeline.blocks:
        taken = _taken(block, serves)
        for wait in block.after:
            until[wait.block] = max(taken, until.get(wait.block, taken))
    return until


def _taken(block: Block, serves: Mapping[str, datetime]) -> datetime:
    """When a block takes what it waits for; what is packed stays in its boxes until it is served."""
    for name in _BOXED:
        service, found, _ = block.id.partition(name)
        if found and not block.dish:
            return max(block.start, serves.get(service, block.start))
    return block.start
