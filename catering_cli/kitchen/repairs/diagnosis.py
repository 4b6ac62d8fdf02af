"""Why no schedule was found: what is proven first, then what would make it work."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.work import Work
from catering_cli.kitchen.repairs.conflict_text import Words
from catering_cli.scheduling import lower_bounds, relaxation, time_lags
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.lower_bounds import Crowd, Overload
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Problem, Resource
from catering_cli.scheduling.relaxation import Relief
from catering_cli.scheduling.time_lags import Chain, Stale

_MOST = 3
"""Sentences of one sort."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The least-bad placement, and sentences that say what cannot hold and what would make it work."""

    found: Found
    lines: tuple[str, ...]
    ways: tuple[Relief, ...] = ()
    """changes of hours, equipment and people under which a search of the same jobs succeeds"""
    suspects: tuple[str, ...] = ()
    """ids of the dishes that are in the conflict, the first named first"""
    proven: bool = False
    """whether arithmetic shows that there is no schedule"""


class _Proofs(NamedTuple):
    """What arithmetic shows of a day that cannot work."""

    stale: list[Stale]
    chains: list[Chain]
    overloads: list[Overload]
    crowds: list[Crowd]

    def lines(self, say: Words) -> list[str]:
        """A few sentences of each sort."""
        stale = [say.stale(one) for one in self.stale]
        chains = [say.chain(one) for one in _told_chains(self.chains, say.works)]
        full = [say.overload(one) for one in self.overloads]
        if not full:
            full = [say.crowd(one) for one in self.crowds]
        return [*stale[:_MOST], *chains[:_MOST], *full[:_MOST]]

    def dishes(self) -> Iterator[str]:
        """Ids of the dishes that are in the conflict; empty for the event's own work."""
        for result in self.stale:
            yield result.job.group
        for chain in self.chains:
            yield chain.job.group
        for overload in self.overloads:
            for job in overload.jobs:
                yield job.group
        for crowd in self.crowds:
            yield crowd.job.group

    def short(self) -> Iterator[Resource]:
        """Resources of which there are too few."""
        for overload in self.overloads:
            yield from overload.resources
        for crowd in self.crowds:
            yield crowd.resource


def explain(day: Day, failed: Found, names: Mapping[str, str]) -> Reason:
    """Arithmetic first; then changes, each tried by searching again. `names` are the dishes' by id."""
    problem = day.problem
    proofs = _proofs(Net(problem))
    worst = relaxation.least_bad(problem, failed, _missing(problem, proofs.overloads))
    ways = [] if proofs.stale else _ways(problem, failed, worst, proofs.short())
    say = Words(day, names)
    lines = proofs.lines(say)
    dishes = [*proofs.dishes(), _failed_dish(day, failed)]
    return Reason(
        found=next((way.found for way in ways if way.extra), worst.found),
        lines=tuple(lines or [say.unproven(worst, failed)]),
        ways=tuple(ways),
        suspects=tuple(dict.fromkeys(dish for dish in dishes if dish)),
        proven=bool(lines),
    )


def _proofs(net: Net) -> _Proofs:
    """What arithmetic shows; chains are only looked for if no result goes stale."""
    stale = time_lags.stale(net)
    chains = [] if stale else time_lags.chains(net)
    return _Proofs(stale, chains, lower_bounds.overloads(net), lower_bounds.crowds(net))


def _told_chains(chains: list[Chain], works: Mapping[str, Work]) -> list[Chain]:
    """The chains of dishes and platings, if there are any."""
    told = []
    for chain in chains:
        work = works[chain.job.id]
        if work.dish or work.kind == "plate":
            told.append(chain)
    return told or chains


def _missing(problem: Problem, overloads: Iterable[Overload]) -> dict[Resource, int]:
    """How many more of each overloaded resource there have to be at least."""
    missing = {}
    for one in overloads:
        have = sum(problem.capacities.get(resource, 0) for resource in one.resources)
        needed = math.ceil(Fraction(one.needed, max(1, one.end - one.start)))
        missing[one.resources[0]] = max(1, needed - have)
    return missing


def _ways(
    problem: Problem,
    failed: Found,
    worst: Relief,
    short: Iterable[Resource],
) -> list[Relief]:
    """Single changes that make the day work; else what the least-bad order takes, or several changes together."""
    suspects = list(dict.fromkeys([*short, *sorted(worst.extra)]))
    most = {resource: max(worst.extra.get(resource, 0), 2) for resource in suspects}
    ways = list(relaxation.reliefs(problem, suspects, most))
    if ways:
        return ways
    if worst.extra and worst.is_schedule:
        return [worst]
    return relaxation.together(problem, failed)


def _failed_dish(day: Day, failed: Found) -> str:
    """The dish of the job that found no place; empty if it is the event's, or there is none."""
    return day.works[failed.failure.job].dish if failed.failure else ""
