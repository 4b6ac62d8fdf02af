"""Steps of two dishes of a cooked plan whose loads could go into one oven together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Annotated, NamedTuple

from pydantic import Field

from catering_cli.data.equipment_names import equipment_row
from catering_cli.domain.names import HARMFUL
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.kitchen.serving.loads import loaded
from catering_cli.tasks.shared.task import Wire

MOST = 12
"""Pairs that are offered."""


class Pair(NamedTuple):
    """Two steps, each by dish and number."""

    dish: str
    step: int
    with_dish: str
    with_step: int


class OvenPair(Wire):
    """Steps of two dishes of which a load of each fits into one oven, as it is given and answered."""

    dish: str
    step: Annotated[int, Field(ge=1, le=200)]
    with_dish: str
    with_step: Annotated[int, Field(ge=1, le=200)]


class _Baked(NamedTuple):
    """A step that is done in one oven, what a load of it holds, and its loads."""

    dish: str
    step: int
    oven: str
    heat: str
    held: int
    blocks: Sequence[Block]


def shareable(plan: CateringPlan) -> tuple[Pair, ...]:
    """Pairs of steps of which a load of each fits into one oven, on one day and at one heat, in menu order.

    What bakes beside another takes its smell, its steam and its crumbs: sweet dishes go in with sweet ones, and a dish
    for a guest with an allergy with what that guest may eat too.
    """
    company = {dish.id: _company(plan, dish) for dish in plan.menu}
    pairs = [pair for pair in combinations(list(_baked(plan)), 2) if len({company[one.dish] for one in pair}) == 1]
    return tuple(Pair(one.dish, one.step, two.dish, two.step) for one, two in pairs if _fit(one, two))[:MOST]


def _company(plan: CateringPlan, dish: Dish) -> tuple[object, ...]:
    """What two dishes have in common to bake side by side: being sweet or not, and whom with an allergy they feed."""
    allergic = [one for one in plan.diets.profiles if one.severity in HARMFUL]
    return dish.course == "dessert", *(dish.id in one.may_eat for one in allergic)


def _baked(plan: CateringPlan) -> Iterator[_Baked]:
    tended = {block.id.partition(".tend")[0] for block in plan.timeline.blocks if block.kind == "tend"}
    for dish in plan.menu:
        steps = loaded(dish.recipe, dish.loads).steps if dish.recipe else ()
        for number, step in enumerate(steps, start=1):
            mine = [one for one in plan.timeline.blocks if (one.dish, one.step) == (dish.id, number)]
            ovens = _ovens_of(mine)
            if len(ovens) == 1 and step.batch_portions and tended.isdisjoint(block.id for block in mine):
                yield _Baked(dish.id, number, ovens.pop(), step.temperature, step.batch_portions, mine)


def _ovens_of(blocks: Sequence[Block]) -> set[str]:
    """What the blocks take one of, that two dishes can share."""
    uses = chain.from_iterable(block.equipment for block in blocks)
    one_each = [use.name for use in uses if use.count == 1]
    return {name for name in one_each if _is_joint(name)}


def _is_joint(name: str) -> bool:
    row = equipment_row(name)
    return row is not None and row["joint"] == "yes"


def _fit(one: _Baked, two: _Baked) -> bool:
    if one.dish == two.dish or one.oven != two.oven or len({one.heat, two.heat} - {""}) > 1:
        return False
    return any(_go_in(one.held, mine, two.held, theirs) for mine, theirs in product(one.blocks, two.blocks))


def _go_in(held: int, mine: Block, their_held: int, theirs: Block) -> bool:
    part = Fraction(mine.portions, held) + Fraction(theirs.portions, their_held)
    return part <= 1 and mine.place == theirs.place and mine.start.date() == theirs.start.date()
