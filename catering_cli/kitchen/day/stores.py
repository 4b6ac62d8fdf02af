"""Hot boxes and shelves: what waits in them between two steps and until the guests, against what the order has."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import accumulate
from typing import Final

from catering_cli.data.tables import figure, rows
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Storage
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.day.resources import base_equipment
from catering_cli.kitchen.menu.clock import base_id

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
        grams, when = _fullest(_waiting(storage, dishes, timeline, base_id(order)))
        holds = next(int(row["grams"]) for row in rows("loads") if row["equipment"] == name)
        wanted = math.ceil(grams / holds)
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


def _waiting(
    storage: Storage, dishes: Sequence[Dish], timeline: Timeline, base: str
) -> Iterator[tuple[datetime, Fraction]]:
    """What comes into a store, and what is taken out, in grams by moment."""
    named = {dish.id: dish for dish in dishes}
    until = _until(timeline)
    for block in timeline.blocks:
        dish = named.get(block.dish)
        if dish is None or block.storage != storage or block.place != base:
            continue
        then = until.get(block.id)
        if then is not None and then > block.end:
            grams = block.portions * _grams(dish, block.step)
            yield block.end, grams
            yield then, -grams


def _fullest(changes: Iterator[tuple[datetime, Fraction]]) -> tuple[Fraction, datetime | None]:
    """The most grams at one moment, and the first such moment; at one time what is taken out goes first."""
    ordered = sorted(changes)
    held = accumulate(grams for _, grams in ordered)
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
