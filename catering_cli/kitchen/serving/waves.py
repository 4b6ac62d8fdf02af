"""Food that keeps less long than its service lasts goes out in waves: a second fire, and as many more as that takes.

Guests take of it all the time. A wave is a batch or several, and is eaten by the time the next one goes out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil
from typing import NamedTuple

from catering_cli.data.tables import figure
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.kitchen.menu.services import Meal

AT_ONCE = ("plated", "boxed")
"""Styles of service at which all of a dish goes out together."""


Waved = frozenset[int]
"""Indices of steps."""


class Wave(NamedTuple):
    """When a batch goes out, in minutes from the start of its service, and how long it may wait until then."""

    start: int
    hold: int
    fresh: int
    """how long all of the wave may wait until then, if the last of it is eaten while it keeps"""


def in_waves(
    steps: Sequence[RecipeStep], last: Collection[int], away: Collection[int], served: Sequence[Meal]
) -> Waved:
    """Of the last steps those whose food has to last through a service where it can be made in waves.

    What is driven to its service is on the road once: only what is done at the venue goes out in waves there.
    """
    if not served or any(meal.style in AT_ONCE for meal in served):
        return frozenset()
    driven = any(meal.away for meal in served)
    can_be = {i for i in last if not driven or i in away}
    return frozenset(i for i in can_be if steps[i].max_hold_minutes is not None)


def wave_of(step: RecipeStep, meal: Meal, portions: tuple[int, int], batch: tuple[int, int]) -> Wave:
    """The wave of a batch of a dish, by the portion numbers of both: guests take the first ones first.

    It waits no longer than leaves time to eat it while it keeps. If that leaves not twice the time in hand that is
    wanted before a service, it is one of few batches and may wait as long as it keeps.
    """
    assert step.max_hold_minutes is not None
    lasts, keeps = meal.until - meal.at, step.max_hold_minutes
    least = 2 * figure("work", "plating_buffer")
    every = max(figure("work", "refill_every"), keeps - 2 * least)
    waves = max(1, ceil(lasts / every))
    low, high = portions
    wave = max(0, batch[0] - low) * waves // (high - low)
    start = lasts * wave // waves
    eaten = ceil(lasts * (min(batch[1], high) - low) / (high - low))
    hold = keeps - (eaten - start)
    last = lasts * (wave + 1) // waves
    return Wave(start, hold if hold >= least else keeps, keeps - (last - start))
