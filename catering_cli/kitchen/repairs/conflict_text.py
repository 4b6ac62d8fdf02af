"""Why a day does not work, in a chef's words: one sentence for each thing that arithmetic or a search has shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.work import Work
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.lower_bounds import Crowd, Overload
from catering_cli.scheduling.problem import Job, Resource
from catering_cli.scheduling.relaxation import Relief
from catering_cli.scheduling.time_lags import Chain, Stale

if TYPE_CHECKING:
    from catering_cli.scheduling.exact.infeasible_core import Rule


class Words:
    """Sentences about one day."""

    def __init__(self, day: Day, names: Mapping[str, str]) -> None:
        self.problem, self.works, self.clock, self.names = day.problem, day.works, day.clock, names

    def at(self, minute: int) -> str:
        """A moment: the time, with the day if it is not that of the service."""
        moment = self.clock.moment(minute)
        if moment.date() == self.clock.moment(0).date():
            return f"{moment:%H:%M}"
        return f"{moment:%H:%M on} {moment.day} {moment:%B}"

    def span(self, start: int, end: int) -> str:
        """Two moments, the day said once."""
        first, last = self.clock.moment(start), self.clock.moment(end)
        if first.date() == last.date():
            return f"{first:%H:%M} to {self.at(end)}"
        return f"{self.at(start)} to {self.at(end)}"

    def _dish(self, job: Job) -> str:
        """The dish of a job, or its own label."""
        return self.names.get(job.group, self.works[job.id].label)

    def _step(self, job: Job) -> str:
        """What is done, in quotes."""
        text = self.works[job.id].label.split(": ", 1)[-1]
        return f"“{text}”"

    def _then(self, job: Job) -> str:
        """What is done next: a step of a dish in quotes, the event's own work by name."""
        return self._step(job) if job.group else self.works[job.id].label.lower()

    def overload(self, one: Overload) -> str:
        """More work in a window than the resources can do."""
        what = " or ".join(resource_name(resource) for resource in one.resources)
        dishes = list(dict.fromkeys(self._dish(job) for job in one.jobs))
        between = f"between {self.span(one.start, one.end).replace(' to ', ' and ')}"
        return f"{what}: {in_words(dishes)} need {one.needed} {what}-minutes {between}, {self._there(one)}"

    def _there(self, one: Overload) -> str:
        """What the resources of an overload give."""
        have = sum(self.problem.capacities.get(resource, 0) for resource in one.resources)
        if not have:
            return "there is none"
        gives = "gives" if have == 1 else "give"
        return f"{have} {gives} {one.there}"

    def crowd(self, one: Crowd) -> str:
        """Batches that are not all fresh at once."""
        what = resource_name(one.resource)
        batches = f"{self._dish(one.job)}: {one.batches} batches ({self._step(one.job)})"
        limits = f"hold limits leave only {one.there} {what}-minutes around {self._then(one.around)}"
        return f"{batches} take {one.needed} {what}-minutes; {limits}"

    def chain(self, one: Chain) -> str:
        """More work one after another than there is time."""
        over = overrun(self.works, self.works[one.job.id])
        if over:
            too_short = f"service ends at {self.at(over.ends - over.minutes)}, too short for its courses"
            return f"{self.works[one.job.id].label}: ends at {self.at(over.ends)}; {too_short}"
        way = f"{_duration(one.needed)} from first step to last"
        needs = f"{self._dish(one.job)}: needs {way} before {self.at(one.until)}"
        if one.there <= 0:
            return f"{needs}; the kitchen is not open before then"
        if one.needed > one.there:
            return f"{needs}; the kitchen opens only {_duration(one.there)} before then"
        return f"{needs}; that does not fit the hours the kitchen is open"

    def stale(self, one: Stale) -> str:
        """A result that does not keep until it can be used."""
        way = f"{self._then(one.then)} cannot start sooner than {_duration(one.needed)} after it"
        return f"{self._dish(one.job)}: {self._step(one.job)} keeps {_duration(one.limit)}; {way}"

    def core(self, rules: Sequence[Rule]) -> str:
        """Rules that are proven not to hold together, and each of which is needed for that."""
        texts = [self._rule(rule) for rule in rules]
        if len(texts) == 1:
            return f"proven: no schedule works with {texts[0]}"
        return (
            f"proven: no schedule works with all of {in_words(texts, len(texts))}; drop any one and the rest can work"
        )

    def _rule(self, rule: Rule) -> str:
        if rule.resource is not None:
            count = self.problem.capacities.get(rule.resource, 0)
            return f"{count or 'no'} {resource_name(rule.resource)}"
        dish = self.names.get(rule.name, rule.name)
        said = {"keeps": f"the hold limits of {dish}", "ahead": f"the make-ahead limit of {dish}"}
        return said.get(rule.kind, "the kitchen's hours")

    def unproven(self, worst: Relief, failed: Found) -> str:
        """No proof, only a search without result."""
        about = ""
        if failed.failure:
            job = next(job for job in self.problem.jobs if job.id == failed.failure.job)
            closed = self._closed(job) if failed.failure.closed else ""
            if closed:
                return closed
            about = f": no time for {self._dish(job)} ({self._step(job)})"
        scarce = [resource_name(resource) for resource in sorted(worst.extra)]
        short = f"; short of {in_words(scarce)}" if scarce else ""
        return f"no schedule found with these hours, staff and equipment{about}{short}; one may still exist"

    def _closed(self, job: Job) -> str:
        """Work that no opening holds; empty if one does."""
        spans = self.problem.openings.get(job.place, ())
        if not any(low < 0 for low, _ in spans):
            return f"{self._dish(job)}: the kitchen is not open before service"
        longest = max(high - low for low, high in spans)
        if job.attended is None or job.attended <= longest:
            return ""
        takes = f"{self._dish(job)}: {self._step(job)} takes {_duration(job.attended)} without a break"
        return f"{takes}; the kitchen is never open longer than {_duration(longest)}"


class Overrun(NamedTuple):
    """When a plating ends, and how many minutes after its service."""

    ends: int
    minutes: int


def overrun(works: Mapping[str, Work], plate: Work) -> Overrun | None:
    """By how much a plating ends after its service; None if it ends within it, or is none."""
    serve = works.get(f"{service_of(plate)}.serve")
    if plate.kind != "plate" or serve is None:
        return None
    if plate.latest is None or serve.latest is None:
        return None
    ends = plate.latest + plate.minutes
    minutes = ends - serve.latest - serve.minutes
    return Overrun(ends, minutes) if minutes > 0 else None


def service_of(plate: Work) -> str:
    """The id of the service that a plating is for."""
    return plate.id.partition(".plate")[0]


def resource_name(resource: Resource) -> str:
    """The name of a resource as it is said."""
    return resource.name.replace("_", " ")


def several(resource: Resource, count: int) -> str:
    """The name of so many of a resource: oven, ovens, hot boxes, fridge shelves."""
    name = resource_name(resource)
    if count == 1:
        return name
    if name.endswith("shelf"):
        return name.removesuffix("f") + "ves"
    return f"{name}es" if name.endswith(("x", "ch", "s")) else f"{name}s"


def in_words(names: Sequence[str], most: int = 4) -> str:
    """`a, b and c`; beyond `most` how many more."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:  # noqa: PLR2004 (nothing to join)
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
