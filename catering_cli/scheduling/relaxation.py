"""What would make a day work: more of something, or more time. Each one is proven by scheduling again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from catering_cli.scheduling.backward_greedy import Found, place_all, search
from catering_cli.scheduling.intervals import union
from catering_cli.scheduling.network import Failure, Net
from catering_cli.scheduling.priority_rules import RULES
from catering_cli.scheduling.problem import Job, Problem, Resource, Spans
from catering_cli.scheduling.usage import profiles

_EARLIER = (60, 120, 180, 240, 360, 480, 720, 1440, 2880)
_EARLIER_TOGETHER = (120, 480, 1440)
"""Minutes by which the day may begin earlier, alone or with more of something."""
_WORK = 20_000
"""Jobs placed in all trials together before the search for a relief ends: it bounds time, the same everywhere."""
_LARGE = 400
"""Jobs of a day beyond which a trial is one run under one rule: many cheap trials find more than a few dear ones."""
_MONTH = 60 * 24 * 30
_UNLIMITED = 10**6


@dataclass(frozen=True, slots=True)
class Relief:
    """A change under which there is a schedule, and that schedule."""

    found: Found
    extra: Mapping[Resource, int] = field(default_factory=dict)
    earlier: int = 0
    """minutes that the kitchen opens earlier before the first service"""
    freed: tuple[str, ...] = ()
    """jobs whose waits and hours had to be ignored: then it is no relief, only the least-bad order of work"""

    @property
    def is_schedule(self) -> bool:
        """Whether all jobs have a place without a rule ignored."""
        return self.found.valid and not self.freed


class _Trials:
    """Searches of changed problems, as long as there is work left to spend."""

    def __init__(self) -> None:
        self.left = _WORK

    def search(self, problem: Problem) -> Found | None:
        """A search, or None if nothing is left to spend."""
        if self.left <= 0:
            return None
        large = len(problem.jobs) > _LARGE
        found = _once(problem) if large else search(problem, tries=2)
        self.left -= found.work
        return found

    def works(self, problem: Problem) -> Found | None:
        """The placement that a search finds; None if it finds none, or nothing is left to spend."""
        found = self.search(problem)
        return found if found and found.valid else None


def _once(problem: Problem) -> Found:
    """One run under one rule."""
    net = Net(problem)
    if net.impossible:
        return Found(failure=net.impossible, work=len(net.jobs))
    return place_all(net, RULES[0])


def reliefs(
    problem: Problem,
    suspects: Iterable[Resource],
    most: Mapping[Resource, int],
) -> Iterator[Relief]:
    """Single changes that make the day work: earlier hours first, then more of one suspect, as little as does it."""
    trials = _Trials()
    earlier = _opened_earlier(problem, trials) if problem.openings else None
    if earlier:
        yield earlier
    for resource in suspects:
        more = _with_more(problem, resource, max(most.get(resource, 1), 1), trials)
        if more:
            yield more


def _opened_earlier(problem: Problem, trials: _Trials) -> Relief | None:
    """The least by which the day has to begin earlier."""
    for minutes in _EARLIER:
        found = trials.works(opened(problem, minutes))
        if found:
            return Relief(found, earlier=minutes)
    return None


def opened_by(problem: Problem, minutes: int) -> Relief | None:
    """The day begun so much earlier; None if no schedule is found then."""
    found = _Trials().works(opened(problem, minutes))
    return Relief(found, earlier=minutes) if found else None


def _with_more(
    problem: Problem,
    resource: Resource,
    most: int,
    trials: _Trials,
) -> Relief | None:
    """The fewest more of a resource, up to `most`, with which the day works."""
    for count in range(1, most + 1):
        found = trials.works(problem.with_more({resource: count}))
        if found:
            return Relief(found, {resource: count})
    return None


def together(problem: Problem, first: Found) -> list[Relief]:
    """Earlier hours and more of what is then still short, if neither does it alone."""
    trials = _Trials()
    for minutes in _EARLIER_TOGETHER:
        way = least_bad(opened(problem, minutes), first, trials=trials)
        if way.is_schedule:
            return [replace(way, earlier=minutes)]
    return []


def opened(problem: Problem, minutes: int) -> Problem:
    """The same day with the opening before the first service that much earlier, and nothing closed until it."""
    openings = {}
    for place, spans in problem.openings.items():
        start = day_opens(spans) - minutes
        has_service = bool(spans) and spans[-1][1] > 0
        end = spans[-1][1] if has_service else problem.end
        openings[place] = union([(start, end), *spans])
    firsts = [spans[0][0] for spans in openings.values()]
    return replace(problem, openings=openings, begin=min([problem.begin, *firsts]))


def day_opens(rows: Spans) -> int:
    """When the opening in which the first service begins does; the service itself if it is closed just before it."""
    return max((low for low, high in rows if low <= 0 < high), default=0)


def least_bad(
    problem: Problem,
    first: Found,
    needed: Mapping[Resource, int] | None = None,
    trials: _Trials | None = None,
) -> Relief:
    """Give way to one obstacle after the other until all is placed, then take back what was not needed.

    `needed` is what arithmetic has proven to be missing: it is given at once.
    """
    trials = trials or _Trials()
    giving = _Giving(problem, dict(needed or {}))
    given = trials.search(giving.problem()) if giving.extra else None
    found = giving.until_placed(given or first, trials)
    if not found.valid:
        if giving.plenty:
            return _pruned(problem, giving.plenty, trials)
        giving.freed = [job.id for job in problem.jobs if job.group]
        found = search(_unlimited(_changed(problem, {}, giving.freed)), tries=1)
    return _pruned(problem, Relief(found, giving.extra, freed=tuple(giving.freed)), trials)


class _Giving:
    """What is given to a day so that it works: more of resources, then jobs freed of their hours and longest waits."""

    def __init__(self, problem: Problem, extra: dict[Resource, int]) -> None:
        self.whole, self.extra = problem, extra
        self.freed: list[str] = []
        self.most = _demand(problem)

    def problem(self) -> Problem:
        """The day with all that is given."""
        return _changed(self.whole, self.extra, self.freed)

    @cached_property
    def plenty(self) -> Relief | None:
        """What is enough if nothing but more of resources is given; None if it never is."""
        return _abundant(self.whole)

    def until_placed(self, found: Found, trials: _Trials) -> Found:
        """Give more until all jobs have a place, nothing is left to give, or no work is left to spend."""
        while found.failure and self.give(found.failure):
            tried = trials.search(self.problem())
            if tried is None:
                break
            found = tried
        return found

    def give(self, failure: Failure) -> bool:
        """Give way to what stopped a job: half as much again of what it lacked, else its limits; whether it can."""
        for resource in failure.blocked:
            given = self.extra.get(resource, 0)
            if given < self.most[resource]:
                self.extra[resource] = given + max(1, given // 2)
                return True
        if not self.freed and self.plenty:
            return False
        related = [name for name in _related(self.whole, failure) if name not in self.freed]
        self.freed += related
        return bool(related)


def _abundant(problem: Problem) -> Relief | None:
    """As much of everything as all jobs could use at once: if that is enough, what its order of work takes of it."""
    most = _demand(problem)
    found = _once(replace(problem, capacities=most))
    if not found.valid:
        return None
    extra = {}
    for resource, profile in profiles(problem.jobs, found.placement, found.taken).items():
        more = profile.peak() - problem.capacities.get(resource, 0)
        if more > 0:
            extra[resource] = more
    return Relief(found, dict(sorted(extra.items())))


def _demand(problem: Problem) -> dict[Resource, int]:
    """The most of each resource that all jobs together could use at once."""
    most: Counter[Resource] = Counter()
    for job in problem.jobs:
        for need in job.needs:
            for resource in need.options:
                most[resource] += need.count
    return most


def _pruned(problem: Problem, relief: Relief, trials: _Trials) -> Relief:
    """The same with as little more of each resource as still works, by halving."""
    for resource in sorted(relief.extra):
        low, high = 0, relief.extra[resource]
        while low < high:
            count = (low + high) // 2
            fewer = _with_count(relief.extra, resource, count)
            found = trials.search(_changed(problem, fewer, relief.freed))
            if found is None:
                return relief
            if found.valid:
                relief = replace(relief, found=found, extra=fewer)
                high = count
            else:
                low = count + 1
    return relief


def _with_count(
    extra: Mapping[Resource, int],
    resource: Resource,
    count: int,
) -> dict[Resource, int]:
    """The same with so many more of one resource; none are left out."""
    changed = {**extra, resource: count}
    return {one: more for one, more in changed.items() if more}


def _unlimited(problem: Problem) -> Problem:
    return replace(problem, capacities=dict.fromkeys(problem.capacities, _UNLIMITED))


def _related(problem: Problem, failure: Failure) -> list[str]:
    """The failed job and all of its group."""
    failed = next(job for job in problem.jobs if job.id == failure.job)
    if not failed.group:
        return [failed.id]
    return [job.id for job in problem.jobs if job.group == failed.group]


def _changed(
    problem: Problem,
    extra: Mapping[Resource, int],
    freed: Collection[str],
) -> Problem:
    """The problem with more capacity, and without hours and longest waits for the freed jobs."""
    more = problem.with_more(extra)
    return _freed(more, freed) if freed else more


def _freed(problem: Problem, names: Collection[str]) -> Problem:
    """The problem without hours and longest waits for some jobs, and with a month before it."""
    freed = frozenset(names)
    jobs = tuple(_without_limits(job, freed) for job in problem.jobs)
    return replace(problem, jobs=jobs, begin=min(problem.begin, -_MONTH))


def _without_limits(job: Job, freed: frozenset[str]) -> Job:
    """A job that waits for freed jobs, or is one, without what they are freed of; the day's frame keeps its moment."""
    if job.id not in freed:
        after = tuple(replace(lag, limit=None) if lag.job in freed else lag for lag in job.after)
        return replace(job, after=after)
    after = tuple(replace(lag, limit=None) for lag in job.after)
    earliest = None if job.group else job.earliest
    return replace(job, after=after, attended=None, earliest=earliest)
