"""How portions flow from dishes to kinds of guests: those with the fewest dishes first, nobody left out needlessly."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
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
    dishes they may eat as well (augmenting paths), so a demand is left short only where no assignment at
    all could serve it. Returns the flow and the shortfalls by profile.
    """
    flow: Flow = {}
    left = dict(caps)
    short: dict[str, int] = {}
    by_profile = {demand.profile: demand for demand in demands}
    for demand in sorted(demands, key=lambda d: (len(d.dishes), d.profile)):
        missing = _pour(demand, weights, left, flow)
        while missing and (path := _path(demand.profile, by_profile, flow, left)):
            missing -= _move(path, missing, flow, left)
        if missing:
            short[demand.profile] = missing
    return {pair: count for pair, count in flow.items() if count}, short


def _pour(demand: Demand, weights: Mapping[str, int], left: dict[str, int], flow: Flow) -> int:
    """Serve a demand from what is left; returns what could not be served."""
    missing = demand.portions
    open_dishes = [dish for dish in demand.dishes if left.get(dish, 1) > 0]
    while missing and open_dishes:
        shares = apportion(missing, [weights[dish] for dish in open_dishes])
        for dish, share in zip(open_dishes, shares, strict=True):
            taken = min(share, left.get(dish, share))
            flow[demand.profile, dish] = flow.get((demand.profile, dish), 0) + taken
            missing -= taken
            if dish in left:
                left[dish] -= taken
        open_dishes = [dish for dish in open_dishes if left.get(dish, 1) > 0]
    return missing


def _path(
    profile: str, demands: Mapping[str, Demand], flow: Flow, left: Mapping[str, int]
) -> list[tuple[str, str]] | None:
    """Shortest chain (profile, dish), (other, dish), ... whose last dish has room; None where there is none."""
    seen = {profile}
    queue: deque[tuple[str, list[tuple[str, str]]]] = deque([(profile, [])])
    while queue:
        current, path = queue.popleft()
        for dish in demands[current].dishes:
            step = [*path, (current, dish)]
            if left.get(dish, 1) > 0:
                return step
            for (other, eaten), count in sorted(flow.items()):
                if eaten == dish and count and other not in seen:
                    seen.add(other)
                    queue.append((other, step))
    return None


def _move(path: list[tuple[str, str]], most: int, flow: Flow, left: dict[str, int]) -> int:
    """Push portions along the path: each profile on it gives its place at the dish before and takes the next."""
    gives = [(path[i + 1][0], path[i][1]) for i in range(len(path) - 1)]
    last = path[-1][1]
    amount = min([most, left.get(last, most), *(flow[pair] for pair in gives)])
    for pair in path:
        flow[pair] = flow.get(pair, 0) + amount
    for pair in gives:
        flow[pair] -= amount
    if last in left:
        left[last] -= amount
    return amount
