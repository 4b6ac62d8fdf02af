"""What would make a day work: more of something, or more time. Each one is proven by scheduling again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from catering_cli.scheduling.backward_greedy import RULES, Found, run, search
from catering_cli.scheduling.intervals import union
from catering_cli.scheduling.network import Failure, Net
from catering_cli.scheduling.problem import Problem, Resource, Spans
from catering_cli.scheduling.usage import Profile, profiles

_EARLIER = (60, 120, 180, 240, 360, 480, 720, 1440, 2880)
_PAUSE = 120
"""Minutes between two needs of the same thing that are told as one."""
_WORK = 20_000
"""Jobs placed in all trials together before the search for a relief ends: it bounds time, the same everywhere."""
_LARGE = 400
"""Jobs of a day beyond which a trial is one run under one rule: many cheap trials find more than a few dear ones."""


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

    def __init__(self, problem: Problem) -> None:
        self.problem, self.left = problem, _WORK

    def search(self, problem: Problem) -> Found | None:
        """A search, or None where nothing is left to spend."""
        if self.left <= 0:
            return None
        large = len(problem.jobs) > _LARGE
        found = _once(problem) if large else search(problem, tries=2)
        self.left -= found.work
        return found


def _once(problem: Problem) -> Found:
    net = Net(problem)
    return Found(failure=net.impossible, work=len(net.jobs)) if net.impossible else run(net, RULES[0])


def reliefs(problem: Problem, suspects: Iterable[Resource], most: Mapping[Resource, int]) -> Iterator[Relief]:
    """Single changes that make the day work: earlier hours first, then more of one suspect, as little as does it."""
    trials = _Trials(problem)
    for minutes in _EARLIER if problem.openings else ():
        found = trials.search(opened(problem, minutes))
        if found and found.valid:
            yield Relief(found, earlier=minutes)
            break
    for resource in suspects:
        counts = range(1, max(most.get(resource, 1), 1) + 1)
        for count in counts:
            found = trials.search(problem.with_more({resource: count}))
            if found and found.valid:
                yield Relief(found, {resource: count})
                break


def together(problem: Problem, first: Found) -> list[Relief]:
    """Earlier hours and more of what is then still short, where neither does it alone."""
    trials = _Trials(problem)
    for minutes in (120, 480, 1440):
        way = least_bad(opened(problem, minutes), first, trials=trials)
        if way.is_schedule:
            return [replace(way, earlier=minutes)]
    return []


def opened(problem: Problem, minutes: int) -> Problem:
    """The same day with the opening before the first service that much earlier, and nothing closed until it."""
    spans = {}
    for place, rows in problem.openings.items():
        start = day_opens(rows) - minutes
        end = rows[-1][1] if rows and rows[-1][1] > 0 else problem.end
        spans[place] = union([(start, end), *rows])
    begin = min([problem.begin, *(rows[0][0] for rows in spans.values())])
    return replace(problem, openings=spans, begin=begin)


def day_opens(rows: Spans) -> int:
    """When the opening in which the first service begins does; the service itself where it is closed just before it."""
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
    extra: dict[Resource, int] = dict(needed or {})
    freed: list[str] = []
    trials = trials or _Trials(problem)
    found = (trials.search(_changed(problem, extra, freed)) if extra else None) or first
    most = _demand(problem)
    while not found.valid and (failure := found.failure):
        tight = [r for r in failure.blocked if extra.get(r, 0) < most.get(r, 0)]
        related = [name for name in _related(problem, failure) if name not in freed]
        if tight:
            extra[tight[0]] = extra.get(tight[0], 0) + max(1, extra.get(tight[0], 0) // 2)
        elif not freed and (plenty := _abundant(problem)):
            return _pruned(problem, plenty, trials)
        elif related:
            freed += related
        else:
            break
        tried = trials.search(_changed(problem, extra, freed))
        if tried is None:
            break
        found = tried
    if not found.valid and (plenty := _abundant(problem)):
        return _pruned(problem, plenty, trials)
    if not found.valid:
        freed = [job.id for job in problem.jobs if job.group]
        found = search(_unlimited(_changed(problem, {}, freed)), tries=1)
    return _pruned(problem, Relief(found, dict(extra), freed=tuple(freed)), trials)


def _abundant(problem: Problem) -> Relief | None:
    """As much of everything as all jobs could use at once: if that is enough, what its order of work takes of it."""
    most = _demand(problem)
    found = _once(replace(problem, capacities=most))
    if not found.valid:
        return None
    extra = {r: max((more for _, _, more in over(problem, found, r)), default=0) for r in most}
    return Relief(found, {resource: count for resource, count in sorted(extra.items()) if count})


def _demand(problem: Problem) -> dict[Resource, int]:
    """The most of each resource that all jobs together could use at once."""
    most: dict[Resource, int] = {}
    for job in problem.jobs:
        for need in job.needs:
            for resource in need.options:
                most[resource] = most.get(resource, 0) + need.count
    return most


def _pruned(problem: Problem, relief: Relief, trials: _Trials) -> Relief:
    """The same with as little more of each resource as still works, by halving."""
    for resource in sorted(relief.extra):
        low, high = 0, relief.extra[resource]
        while low < high:
            count = (low + high) // 2
            fewer = {r: n for r, n in {**relief.extra, resource: count}.items() if n}
            found = trials.search(_changed(problem, fewer, relief.freed))
            if found is None:
                return relief
            if found.valid:
                relief, high = replace(relief, found=found, extra=fewer), count
            else:
                low = count + 1
    return relief


def _unlimited(problem: Problem) -> Problem:
    return replace(problem, capacities=dict.fromkeys(problem.capacities, 10**6))


def _related(problem: Problem, failure: Failure) -> list[str]:
    """The failed job; if it was freed before, its whole group."""
    group = next(job.group for job in problem.jobs if job.id == failure.job)
    return [job.id for job in problem.jobs if job.id == failure.job or (group and job.group == group)]


def _changed(problem: Problem, extra: Mapping[Resource, int], freed: Iterable[str]) -> Problem:
    """The problem with more capacity, and without hours and longest waits for the freed jobs."""
    names = frozenset(freed)
    if not names:
        return problem.with_more(extra)
    jobs = []
    for job in problem.jobs:
        after = tuple(replace(lag, limit=None) if lag.job in names or job.id in names else lag for lag in job.after)
        loose = {"earliest": None, "attended": None} if job.id in names and job.group else {}
        late = {"attended": None} if job.id in names else {}
        jobs.append(replace(job, after=after, **{**late, **loose}))  # type: ignore[arg-type]
    return replace(problem.with_more(extra), jobs=tuple(jobs), begin=min(problem.begin, -60 * 24 * 30))


def over(problem: Problem, found: Found, resource: Resource) -> list[tuple[int, int, int]]:
    """When a placement uses more of a resource than there is (from, to), and how much more at most."""
    profile = profiles(problem.jobs, found.placement, found.taken).get(resource, Profile())
    have = problem.capacities.get(resource, 0)
    out: list[tuple[int, int, int]] = []
    for start, end, level in profile.steps():
        if level <= have:
            continue
        if out and start - out[-1][1] < _PAUSE:
            out[-1] = (out[-1][0], end, max(out[-1][2], level - have))
        else:
            out.append((start, end, level - have))
    return out
