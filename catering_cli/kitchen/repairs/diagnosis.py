"""Why no schedule was found, in a chef's words: what is proven first, then what would make it work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catering_cli.kitchen.menu.clock import Clock
from catering_cli.scheduling import lower_bounds, relaxation
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Problem, Resource
from catering_cli.scheduling.relaxation import Relief

if TYPE_CHECKING:
    from catering_cli.scheduling.infeasible_core import Rule

_MOST = 3
"""Sentences of one sort."""
NOTHING = "no change of hours, equipment, staff, dishes or service time was found that makes the day work"


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


def explain(problem: Problem, failed: Found, clock: Clock, names: Mapping[str, str]) -> Reason:
    """Arithmetic first; then changes, each tried by searching again. `names` are the dishes' by id."""
    net = Net(problem)
    say = Words(problem, clock, names)
    old = [say.stale(one) for one in lower_bounds.stale(net)]
    chains = [] if old else lower_bounds.chains(net)
    long = [
        say.chain(one) for one in [chain for chain in chains if chain.job.dish or chain.job.kind == "plate"] or chains
    ]
    loads = lower_bounds.overloads(net)
    full = [say.overload(one) for one in loads]
    crowded = lower_bounds.crowds(net)
    full += [say.crowd(one) for one in crowded] if not full else []
    worst = relaxation.least_bad(problem, failed, _missing(problem, loads))
    proven_short = [*(r for one in loads for r in one.resources), *(one.resource for one in crowded)]
    suspects = list(dict.fromkeys([*proven_short, *sorted(worst.extra)]))
    most = {r: max(worst.extra.get(r, 0), 2) for r in suspects}
    ways = list(relaxation.reliefs(problem, suspects, most)) if not old else []
    if not ways and not old:
        ways = (
            [worst] if worst.extra and not worst.freed and worst.found.valid else relaxation.together(problem, failed)
        )
    found = next((way.found for way in ways if way.extra), worst.found)
    proven = [*old[:_MOST], *long[:_MOST], *full[:_MOST]]
    dishes = [
        *(one.job.dish for one in lower_bounds.stale(net)),
        *(one.job.dish for one in chains),
        *(job.dish for one in loads for job in one.jobs),
        *(one.job.dish for one in crowded),
        *(job.dish for job in problem.jobs if failed.failure and job.id == failed.failure.job),
    ]
    suspects_of = tuple(dict.fromkeys(dish for dish in dishes if dish))
    lines = tuple(proven or [say.unproven(worst, failed)])
    return Reason(found, lines, tuple(ways), suspects_of, bool(proven))


def _missing(problem: Problem, loads: list[lower_bounds.Overload]) -> dict[Resource, int]:
    """How many more of each overloaded resource there have to be at least."""
    missing = {}
    for one in loads:
        have = sum(problem.capacities.get(resource, 0) for resource in one.resources)
        missing[one.resources[0]] = max(1, -(-one.needed // max(1, one.end - one.start)) - have)
    return missing


class Words:
    """Sentences about one problem."""

    def __init__(self, problem: Problem, clock: Clock, names: Mapping[str, str]) -> None:
        self.problem, self.clock, self.names = problem, clock, names

    def at(self, minute: int) -> str:
        """A moment: the time, with the day if it is not that of the service."""
        moment = self.clock.moment(minute)
        same = moment.date() == self.clock.moment(0).date()
        return f"{moment:%H:%M}" if same else f"{moment:%H:%M on} {moment.day} {moment:%B}"

    def span(self, start: int, end: int) -> str:
        """Two moments, the day said once."""
        same = self.clock.moment(start).date() == self.clock.moment(end).date()
        return f"{self.clock.moment(start):%H:%M} to {self.at(end)}" if same else f"{self.at(start)} to {self.at(end)}"

    def dish(self, job: Job) -> str:
        """The dish of a job, or its own label."""
        return self.names.get(job.dish, job.label)

    def overload(self, one: lower_bounds.Overload) -> str:
        """More work in a window than the resources can do."""
        what = " or ".join(plain(r) for r in one.resources)
        dishes = list(dict.fromkeys(self.dish(job) for job in one.jobs))
        have = sum(self.problem.capacities.get(r, 0) for r in one.resources)
        there = f"{have} {'gives' if have == 1 else 'give'} {one.there}" if have else "there is none"
        between = f"between {self.span(one.start, one.end).replace(' to ', ' and ')}"
        return f"{what}: {listed(dishes)} need {one.needed} {what}-minutes {between}, {there}"

    def crowd(self, one: lower_bounds.Crowd) -> str:
        """Batches that are not all fresh at once."""
        what = plain(one.resource)
        batches = f"{self.dish(one.job)}: {one.batches} batches ({_step(one.job)}) take {one.needed} {what}-minutes"
        near = _step(one.around) if one.around.dish else one.around.label.lower()
        return f"{batches}; hold limits leave only {one.there} {what}-minutes around {near}"

    def chain(self, one: lower_bounds.Chain) -> str:
        """More work one after another than there is time."""
        if over := overrun(self.problem, one.job):
            ends, serve = over
            too_short = f"service ends at {self.at(ends - serve)}, too short for its courses"
            return f"{one.job.label}: ends at {self.at(ends)}; {too_short}"
        needs = f"{self.dish(one.job)}: needs {_span(one.needed)} from first step to last before {self.at(one.until)}"
        if one.there <= 0:
            return f"{needs}; the kitchen is not open before then"
        if one.needed > one.there:
            return f"{needs}; the kitchen opens only {_span(one.there)} before then"
        return f"{needs}; that does not fit the hours the kitchen is open"

    def stale(self, one: lower_bounds.Stale) -> str:
        """A result that does not keep until it can be used."""
        then = _step(one.then) if one.then.dish else one.then.label.lower()
        way = f"{then} cannot start sooner than {_span(one.needed)} after it"
        return f"{self.dish(one.job)}: {_step(one.job)} keeps {_span(one.limit)}; {way}"

    def core(self, rules: Sequence[Rule]) -> str:
        """Rules that are proven not to hold together, and each of which is needed for that."""
        texts = [self._rule(rule) for rule in rules]
        if len(texts) == 1:
            return f"proven: no schedule works with {texts[0]}"
        return f"proven: no schedule works with all of {listed(texts, len(texts))}; drop any one and the rest can work"

    def _rule(self, rule: Rule) -> str:
        if rule.resource is not None:
            count = self.problem.capacities.get(rule.resource, 0)
            return f"{count} {plain(rule.resource)}" if count else f"no {plain(rule.resource)}"
        dish = self.names.get(rule.name, rule.name)
        said = {"keeps": f"the hold limits of {dish}", "ahead": f"the make-ahead limit of {dish}"}
        return said.get(rule.kind, "the kitchen's hours")

    def unproven(self, worst: Relief, failed: Found) -> str:
        """No proof, only a search without result."""
        scarce = [plain(r) for r in sorted(worst.extra)]
        job = next((j for j in self.problem.jobs if failed.failure and j.id == failed.failure.job), None)
        if job and failed.failure and failed.failure.closed and (closed := self._closed(job)):
            return closed
        about = f": no time for {self.dish(job)} ({_step(job)})" if job else ""
        short = f"; short of {listed(scarce)}" if scarce else ""
        found = f"no schedule found with these hours, staff and equipment{about}{short}"
        return f"{found}; one may still exist"

    def _closed(self, job: Job) -> str:
        """Work that no opening holds."""
        spans = self.problem.openings.get(job.place, ())
        if not any(low < 0 for low, _ in spans):
            return f"{self.dish(job)}: the kitchen is not open before service"
        longest = max(high - low for low, high in spans)
        if job.attended is None or job.attended <= longest:
            return ""
        takes = f"{self.dish(job)}: {_step(job)} takes {_span(job.attended)} without a break"
        return f"{takes}; the kitchen is never open longer than {_span(longest)}"


def overrun(problem: Problem, job: Job) -> tuple[int, int] | None:
    """When a plating ends, and how many minutes after its service; None if it ends within it."""
    serve = next((one for one in problem.jobs if one.id == f"{job.id.partition('.plate')[0]}.serve"), None)
    if job.kind != "plate" or serve is None or job.latest is None or serve.latest is None:
        return None
    ends, over = job.latest + job.minutes, serve.latest + serve.minutes
    return (ends, ends - over) if ends > over else None


def plain(resource: Resource) -> str:
    """The name of a resource as it is said."""
    return resource.name.replace("_", " ")


def _step(job: Job) -> str:
    text = job.label.split(": ", 1)[-1]
    return f"“{text}”"


def listed(names: list[str], most: int = 4) -> str:
    """`a, b and c`; beyond `most` how many more."""
    head = names[:most]
    if len(names) > most:
        return f"{', '.join(head)} and {len(names) - most} more"
    return head[0] if len(head) == 1 else f"{', '.join(head[:-1])} and {head[-1]}" if head else ""


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
