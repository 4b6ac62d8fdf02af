"""How portions flow from dishes to kinds of guests: those with the fewest dishes first, none short needlessly."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from catering_cli.kitchen.quantities.apportion import apportion

Flow = dict[tuple[str, str], int]
"""Portions by (profile, dish)."""


class Demand(NamedTuple):
    """So many portions that a profile needs, from these dishes."""

    profile: str
    portions: int
    dishes: tuple[str, ...]


def allocate(
    demands: Sequence[Demand], weights: Mapping[str, int], caps: Mapping[str, int]
) -> tuple[Flow, dict[str, int]]:
    """Split each demand over its dishes by weight, within the caps of the dishes that have one.

    Those with the fewest dishes choose first. What then does not fit is brought in by moving others to
    dishes they may eat as well (augmenting paths), so a demand is left short only if no assignment at
    all could serve it. Returns the flow and the shortfalls by profile.
    """
    flow: Flow = {}
    left = dict(caps)
    short: dict[str, int] = {}
    by_profile = {demand.profile: demand for demand in demands}
    for demand in sorted(demands, key=lambda demand: (len(demand.dishes), demand.profile)):
        missing = _pour(demand, weights, left, flow)
        while missing and (path := _path(demand.profile, by_profile, flow, left)):
            missing -= _move(path, missing, flow, left)
        if missing:
            short[demand.profile] = missing
    return {pair: count for pair, count in flow.items() if count}, short


def _pour(
    demand: Demand,
    weights: Mapping[str, int],
    left: dict[str, int],
    flow: Flow,
) -> int:
    """Serve a demand from what is left; returns what could not be served."""
    missing = demand.portions
    dishes = _with_room(demand.dishes, left)
    while missing and dishes:
        shares = apportion(missing, [weights[dish] for dish in dishes])
        for dish, share in zip(dishes, shares, strict=True):
            taken = min(share, left.get(dish, share))
            pair = (demand.profile, dish)
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
    profile: str,
    demands: Mapping[str, Demand],
    flow: Flow,
    left: Mapping[str, int],
) -> list[tuple[str, str]] | None:
    """Shortest chain (profile, dish), (other, dish), ... whose last dish has room; None if there is none."""
    seen = {profile}
    queue: deque[tuple[str, list[tuple[str, str]]]] = deque([(profile, [])])
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


def _eaters(dish: str, flow: Flow) -> list[str]:
    """The profiles that eat of a dish, by id."""
    return sorted(profile for (profile, eaten), count in flow.items() if eaten == dish and count)


def _move(
    path: list[tuple[str, str]],
    most: int,
    flow: Flow,
    left: dict[str, int],
) -> int:
    """Push portions along the path: each profile on it gives its place at the dish before and takes the next."""
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
