"""A better placement by placing again: under every rule of priority, or many times in a shaken order of work."""

from __future__ import annotations

from functools import partial
from random import Random

from catering_cli.scheduling.backward_greedy import Found, place_all, placed
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.priority_rules import RULES
from catering_cli.scheduling.problem import Problem, span

_FEW = 0.45
"""Of a third of the jobs the part that every other shaken run puts first."""


def best(problem: Problem, found: Found) -> Found:
    """The valid placement under any rule that begins latest, then keeps the least waiting; or `found`."""
    net = Net(problem)
    others = [place_all(net, rule) for rule in RULES if rule != found.rule]
    valid = [other for other in others if other.valid]
    return max([found, *valid], key=partial(_worth, net))


def several(problem: Problem, found: Found, runs: int = 300) -> Found:
    """The best of so many runs whose order of work is shaken, drawn from a fixed seed; or `found`.

    Worth its time only before a longer search: a run costs about a millisecond for a hundred jobs.
    """
    net = Net(problem)
    draw = Random(1)  # noqa: S311 (an order of work, no secret)
    top, best_found = _worth(net, found), found
    for number in range(runs):
        rule = RULES[number % len(RULES)]
        favour = _shaken(net, draw, few=number % 2 == 1)
        tried = placed(net, rule, favour)
        if not tried.valid:
            continue
        worth = _worth(net, tried)
        if worth > top:
            top, best_found = worth, tried
    return best_found


def _shaken(net: Net, draw: Random, *, few: bool) -> dict[int, int]:
    """How far each job is put before the others, 0 to 2 by chance; or 1 for few jobs, and 0 for the rest."""
    levels = {i: int(draw.random() * 3) for i in range(len(net))}
    if not few:
        return levels
    lowest = [i for i, level in levels.items() if level == 0]
    return {i: 1 for i in lowest if draw.random() < _FEW}


def _worth(net: Net, found: Found) -> tuple[int, int]:
    """What makes a placement better: a later beginning, then shorter waits of what does not keep for ever."""
    starts = [found.placement[job.id] for job in net.jobs]
    waits = 0
    for i, start in enumerate(starts):
        end = start + net.minutes[i]
        limited = [j for j, limit in net.then[i] if limit is not None]
        waits += sum(starts[j] - end for j in limited)
    return -span(net.jobs, starts), -waits
