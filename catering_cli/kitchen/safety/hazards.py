"""What may not be done so, or is not said: waits, cooling in bulk, reheating where food is only held, thawing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final, NamedTuple

from catering_cli.data.tables import figure
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.recipes import cooking_words
from catering_cli.kitchen.recipes.cooking_words import COLD, HEAT, THROUGH
from catering_cli.kitchen.safety import codes, raw_food, stated, thawing
from catering_cli.kitchen.safety.limits import code_of, limit
from catering_cli.kitchen.safety.readings import next_uses

SHALLOW_PAN: Final = Fraction(240) * Fraction("29.5735295625") * 2 / Fraction(5, 2)
"""Grams in a full hotel pan filled 2 in deep: 240 fl oz at 2 1/2 in (Cleveland p. 22), food taken as 1 g/mL [K]."""

_LONGEST_PART_COOKING: Final = 60
"""Minutes of a first heating of food that is cooled and finished later (3-401.14(A))."""

_AT_NIGHT: Final = re.compile(r"\b(?:overnight|over night|morning|next day|all night)\b", re.IGNORECASE)


class _Step(NamedTuple):
    """A step of a dish with its blocks."""

    dish: Dish
    where: str
    step: RecipeStep
    handled: Handling
    blocks: Sequence[Block]
    jurisdiction: str

    def limit(self, kind: str) -> str:
        """The limit of the place for the food as a whole, with its number in the code."""
        row, _ = limit(self.jurisdiction, kind, "*")
        return f"{row['text']} ({row['id']})"

    @property
    def place(self) -> str:
        return f"{self.where}.recipe.steps[{self.handled.step - 1}]"

    @property
    def deeds(self) -> frozenset[str]:
        return frozenset(one.deed for one in cooking_words.deeds(self.step))

    @property
    def name(self) -> str:
        return f"{self.dish.name}, step {self.handled.step}"


def hazard_reports(order: Order, dishes: Sequence[Dish], timeline: Timeline) -> Iterator[Finding]:
    """Everything that is wrong or unsaid about the safety of the food."""
    yield from codes.questions(order)
    used = next_uses(timeline)
    blocks: dict[tuple[str, int | None], list[Block]] = {}
    for block in timeline.blocks:
        blocks.setdefault((block.dish, block.step), []).append(block)
    for index, dish in enumerate(dishes):
        if not dish.portions or dish.recipe is None:
            continue
        where = f"plan.menu[{index}]"
        yield from thawing.thawing_reports(dish, where, codes.beside(code_of(order.event.jurisdiction), "thawing"))
        yield from stated.stated_reports(dish, where)
        for one in _steps(dish, where, blocks, code_of(order.event.jurisdiction)):
            yield from _waits(one, used)
            yield from _left_out(one, used)
            yield from _cooling(one)
            yield from _only_held(one)
            yield from _part_cooked(one)
        yield from _never_hot(dish, where, code_of(order.event.jurisdiction))
    yield from raw_food.raw_food_reports(order, dishes)


def _steps(
    dish: Dish, where: str, blocks: Mapping[tuple[str, int | None], Sequence[Block]], jurisdiction: str
) -> Iterator[_Step]:
    assert dish.recipe is not None
    for step, handled in zip(dish.recipe.steps, dish.handling, strict=False):
        yield _Step(dish, where, step, handled, blocks.get((dish.id, handled.step), ()), jurisdiction)


def _waits(one: _Step, used: Mapping[str, datetime]) -> Iterator[Finding]:
    """Food that waits between two steps where the words leave open at which temperature."""
    if one.handled.told:
        return
    gaps = [_minutes(block.end, until) for block in one.blocks if (until := used.get(block.id)) is not None]
    longest = max(gaps, default=0)
    if longest <= figure("work", "unstated_wait"):
        return
    yield Finding(
        severity="blocking" if longest > figure("work", "blocking_wait") else "open",
        rule="kitchen.wait",
        where=f"{one.place}.storage",
        message=f"{one.name}: {one.handled.state.replace('_', '-')} food waits {longest} minutes for the next step, "
        "and where is not said",
        value=f"{longest} minutes",
        limit=f"{figure('work', 'unstated_wait')} minutes without a place",
        fix='say where it waits: "storage": "hot" or "fridge" (then it is cooled first)',
    )


def _left_out(one: _Step, used: Mapping[str, datetime]) -> Iterator[Finding]:
    """Food that needs heat or cold and that the words leave standing out of both, till its next use."""
    deeds = cooking_words.deeds(one.step)
    out = {deed.clause for deed in deeds if deed.deed == "left"}
    kept = any(deed.deed in HEAT | COLD | {"hold"} and deed.clause not in out for deed in deeds)
    if one.handled.state == "stable" or not out or kept or "cool" in one.handled.reads:
        return
    ends = [(block.start, used.get(block.id)) for block in one.blocks]
    longest = max((_minutes(start, end) for start, end in ends if end is not None), default=0)
    longest = max(longest, one.step.minutes)
    at_night = _AT_NIGHT.search(one.step.text) is not None
    is_known = bool(ends) and all(end is not None for _, end in ends)
    if is_known and longest <= figure("work", "unstated_wait") and not at_night:
        return
    yield Finding(
        severity="blocking" if at_night or longest > figure("work", "blocking_wait") else "open",
        rule="kitchen.left_out",
        where=f"{one.place}.text",
        message=f"{one.name}: {one.handled.state.replace('_', '-')} food that needs heat or cold is left out of both",
        value=one.step.text[:80],
        limit=one.limit("hot_hold" if one.handled.waits == "hot" else "cold_hold"),
        fix="say in the step that it is kept in the walk-in or kept hot, in place of where it stands",
    )


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def _cooling(one: _Step) -> Iterator[Finding]:
    """Two-stage cooling by depth and mass: a pot cannot do it, shallow pans, ice or a blast chiller can."""
    if "cool" not in one.handled.reads or "sauce" in one.deeds:
        return
    most = max((block.portions for block in one.blocks), default=one.dish.portions)
    grams = _grams(one.dish, most) * one.handled.percent / 100
    pans = math.ceil(grams / SHALLOW_PAN)
    if pans <= 1 or _is_shallow(one):
        yield from _uncooled(one)
        return
    bulk = _is_bulk(one)
    yield Finding(
        severity="blocking" if bulk else "warning",
        rule="kitchen.cooling",
        where=one.place,
        message=f"{one.name}: {float(grams) / 1000:.0f} kg "
        + ("cooled in bulk does not cool in time" if bulk else "to be cooled: how is not said, so in shallow pans"),
        value=one.step.text[:80],
        limit=one.limit("cool"),
        fix=f"spread it 2 inches deep in {pans} full hotel pans, solid pieces cut small, or stir with ice wands, "
        "or use a blast chiller; say so in the step",
    )


def _is_shallow(one: _Step) -> bool:
    on = frozenset().union(*map(cooking_words.of_equipment, one.step.equipment))
    return "shallow" in one.deeds or "cool" in on


def _is_bulk(one: _Step) -> bool:
    """Whether it is said to cool where it was cooked, or at room temperature."""
    on = frozenset().union(*map(cooking_words.of_equipment, one.step.equipment))
    said = one.deeds | {deed.deed for deed in cooking_words.told(one.step.text)}
    return "bulk" in said or (bool(on & {"cook"}) and not said & HEAT)


def _uncooled(one: _Step) -> Iterator[Finding]:
    """A dish that is served cold after it was cooked, and no step cools it."""
    if one.step.storage in ("fridge", "freezer") or one.deeds & COLD:
        return
    yield Finding(
        severity="open",
        rule="kitchen.cooling",
        where=one.place,
        message=f"{one.name}: it is served cold after it was cooked, and no step cools it",
        fix='give a step that cools it ("kind": "chill"), or say that it is served hot',
    )


def _grams(dish: Dish, portions: int) -> Fraction:
    """Mass of so many portions of a dish: as served, else of its lines."""
    if dish.served is not None:
        return dish.served.quantity.high * portions
    whole = sum((line.mass.quantity.high for line in dish.lines if line.mass), Fraction(0))
    return whole * portions / dish.portions if dish.portions else whole


def _only_held(one: _Step) -> Iterator[Finding]:
    """Heat that is asked of a chafer, a steam table or a hot box: they hold, they do not heat."""
    if one.handled.state == "stable" or not one.deeds & THROUGH:
        return
    on = [cooking_words.of_equipment(name) for name in one.step.equipment]
    heated = any(deeds & {"cook", "bake"} for deeds in on)
    held = any("hold" in deeds for deeds in on)
    said = {deed.clause: deed.deed for deed in cooking_words.deeds(one.step) if deed.deed in THROUGH}
    in_words = any(deed.deed == "hold" and deed.clause in said for deed in cooking_words.deeds(one.step))
    if heated or not (held or in_words):
        return
    yield Finding(
        severity="blocking",
        rule="kitchen.reheating",
        where=f"{one.place}.equipment",
        message=f"{one.name}: a hot-holding unit does not reheat food, it only keeps it hot",
        value=", ".join(one.step.equipment) or one.step.text[:80],
        limit=one.limit("reheat"),
        fix='reheat it in an oven, steamer, kettle or on burners ("equipment": "oven"), then keep it hot there',
    )


def _part_cooked(one: _Step) -> Iterator[Finding]:
    """Animal food that is browned, cooled and finished later: it needs a written procedure."""
    if one.handled.state != "part_cooked" or not one.handled.raw or one.handled.waits not in ("fridge", "freezer"):
        return
    long = one.step.minutes > _LONGEST_PART_COOKING
    yield Finding(
        severity="blocking" if long else "open",
        rule="kitchen.part_cooked",
        where=one.place,
        message=f"{one.name}: {', '.join(one.handled.raw)} is part-cooked, cooled and finished later",
        value=f"{one.step.minutes} minutes",
        limit="first heating at most 60 minutes, cooled at once, kept apart, then cooked to its full limit"
        + codes.beside(one.jurisdiction, "half_cooked"),
        fix="cook it through now, or keep the written procedure that the regulatory authority approved",
    )


def _never_hot(dish: Dish, where: str, jurisdiction: str) -> Iterator[Finding]:
    """A dish that is served hot and is cold after its last step."""
    if not dish.is_hot or not dish.handling:
        return
    last = dish.handling[-1]
    row, _ = limit(jurisdiction, "reheat", "*")
    if last.state in ("cooked", "ready") and last.waits in ("fridge", "freezer"):
        yield Finding(
            severity="open",
            rule="kitchen.reheating",
            where=f"{where}.recipe.steps",
            message=f"{dish.name}: it is served hot, and no step heats it after it was cooled",
            limit=f"{row['text']} ({row['id']})",
            fix='give a last step that reheats it: "kind": "reheat", or say that it is served cold',
        )
