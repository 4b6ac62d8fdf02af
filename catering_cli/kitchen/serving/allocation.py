"""How portions flow from dishes to kinds of guests: the gravest needs first, none short needlessly."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from catering_cli.kitchen.quantities.apportion import apportion

Eater = tuple[str, ...]
"""Who eats: a kind of guest, at one of several services if there are more."""

Flow = dict[tuple[Eater, str], int]
"""Portions by (eater, dish)."""


class Demand(NamedTuple):
    """So many portions that an eater needs, from these dishes."""

    eater: Eater
    portions: int
    dishes: tuple[str, ...]
    weights: tuple[int, ...]
    """how popular each of the dishes is with them"""
    gravity: int = 0
    """the graver the need, the higher: it is served first"""
    chosen: bool = False
    """whether they chose: then they get this and nothing else"""


def allocate(demands: Sequence[Demand], caps: Mapping[str, int]) -> tuple[Flow, dict[Eater, int]]:
    """Split each demand over its dishes by weight, within the caps of the dishes that have one.

    The gravest needs choose first, then those with the fewest dishes. What then does not fit is brought in by
    moving others to dishes they may eat as well (augmenting paths): whom a dish was given is never left short
    again for a lesser need, and a demand is left short only if no assignment at all could serve it beside those
    before it. Returns the flow and the shortfalls by eater.
    """
    flow: Flow = {}
    left = dict(caps)
    short: dict[Eater, int] = {}
    by_eater = {demand.eater: demand for demand in demands}
    for demand in sorted(demands, key=lambda demand: (-demand.gravity, len(demand.dishes), demand.eater)):
        missing = _pour(demand, left, flow)
        while missing and (path := _path(demand.eater, by_eater, flow, left)):
            missing -= _move(path, missing, flow, left)
        if missing:
            short[demand.eater] = missing
    return {pair: count for pair, count in flow.items() if count}, short


def leave_none_out(demands: Sequence[Demand], flow: Flow) -> Flow:
    """The flow of dishes without a cap, with a portion of each that rounding had left without an eater.

    It is moved from where rounding gave a portion too many, and never from those who chose.
    """
    flow = dict(flow)
    for dish in dict.fromkeys(dish for demand in demands for dish in demand.dishes):
        if any(flow.get((demand.eater, dish)) for demand in demands):
            continue
        rounded_up = [pair for demand in demands if dish in demand.dishes for pair in _rounded_up(demand, flow)]
        if rounded_up:
            _, _, eater, other = min(rounded_up)
            flow[eater, other] -= 1
            flow[eater, dish] = 1
    return {pair: count for pair, count in flow.items() if count}


def _rounded_up(demand: Demand, flow: Flow) -> Iterator[tuple[int, Fraction, Eater, str]]:
    """The dishes of which an eater has more than its share, and more than one portion is eaten."""
    whole = sum(demand.weights)
    for dish, weight in zip(demand.dishes, demand.weights, strict=True):
        beyond = flow.get((demand.eater, dish), 0) - Fraction(demand.portions * weight, whole)
        eaten = sum(count for (_, eaten), count in flow.items() if eaten == dish)
        if beyond > 0 and eaten > 1 and not demand.chosen:
            yield demand.gravity, -beyond, demand.eater, dish


def _pour(demand: Demand, left: dict[str, int], flow: Flow) -> int:
    """Serve a demand from what is left; returns what could not be served."""
    missing = demand.portions
    weights = dict(zip(demand.dishes, demand.weights, strict=True))
    dishes = _with_room(demand.dishes, left)
    while missing and dishes:
        shares = apportion(missing, [weights[dish] for dish in dishes])
        for dish, share in zip(dishes, shares, strict=True):
            taken = min(share, left.get(dish, share))
            pair = (demand.eater, dish)
            flow[pair] = flow.get(pair, 0) + taken
            missing -= taken
            if dish in left:
                left[dish] -= taken
        dishes = _with_room(dishes, left)
    return missing


def _with_room(dishes: Sequence[str], left: Mapping[str, int]) -> list[str]:
    """The dishes that have portions left; one without a cap always has."""
    return [dish for dish in dishes if left.get(dish, 1) > 0]


def _path(
    eater: Eater,
    demands: Mapping[Eater, Demand],
    flow: Flow,
    left: Mapping[str, int],
) -> list[tuple[Eater, str]] | None:
    """Shortest chain (eater, dish), (other, dish), ... whose last dish has room; None if there is none."""
    seen = {eater}
    queue: deque[tuple[Eater, list[tuple[Eater, str]]]] = deque([(eater, [])])
    while queue:
        current, path = queue.popleft()
        for dish in demands[current].dishes:
            longer = [*path, (current, dish)]
            if _with_room([dish], left):
                return longer
            for other in _eaters(dish, flow):
                if other not in seen:
                    seen.add(other)
                    queue.append((other, longer))
    return None


def _eaters(dish: str, flow: Flow) -> list[Eater]:
    """Those who eat of a dish, by id."""
    return sorted(eater for (eater, eaten), count in flow.items() if eaten == dish and count)


def _move(
    path: list[tuple[Eater, str]],
    most: int,
    flow: Flow,
    left: dict[str, int],
) -> int:
    """Push portions along the path: each eater on it gives its place at the dish before and takes the next."""
    gives = [(other, dish) for (_, dish), (other, _) in pairwise(path)]
    last = path[-1][1]
    amount = min(most, left.get(last, most), *(flow[pair] for pair in gives))
    for pair in path:
        flow[pair] = flow.get(pair, 0) + amount
    for pair in gives:
        flow[pair] -= amount
    if last in left:
        left[last] -= amount
    return amount
