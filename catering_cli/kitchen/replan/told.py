"""What is said of a day that went wrong: what moved, what is cut, and who has to be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from catering_cli.domain.decision import Decided
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Block, Moved, Replanned, Timeline
from catering_cli.kitchen.cook import Prepared
from catering_cli.kitchen.replan.called_in import to_call_in
from catering_cli.kitchen.replan.fewer_people import told_fewer
from catering_cli.kitchen.replan.mishap import Mishap
from catering_cli.kitchen.replan.remaining import Remaining
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Failure
from catering_cli.scheduling.problem import Resource


class Way(NamedTuple):
    """One way out: the order, decisions and rest of the day, and where its work goes."""

    mishap: Mishap
    order: Order
    decisions: tuple[Decided, ...]
    ready: Prepared
    rest: Remaining
    found: Found
    thrown_out: frozenset[str]
    cut: tuple[str, ...]
    short: tuple[str, ...] = ()
    """dishes of which there is less than the guests need"""
    stale: frozenset[str] = frozenset()
    """what would wait too long at first, before anything is thrown out for what is made again"""


def timeline_told(before: CateringPlan, after: CateringPlan, way: Way) -> Timeline:
    """The timeline with what changed."""
    mishap = way.mishap
    changes = tuple(_changes(before, after))
    labels = {block.id: f"{block.label} ({block.id})" for block in before.timeline.blocks}
    thrown = tuple(sorted(labels[name] for name in way.thrown_out if name in labels))
    cut = way.cut
    call_in = tuple(to_call_in(before, mishap, way.rest, way.found)) if way.found.valid else ()
    if not way.found.valid:
        thrown = ()
        cut = ("no way was found to serve everything; decide by hand what is not served", *_to_cut_first(before, way))
    told = Replanned(
        now=mishap.now,
        happened=mishap.said(),
        moved=changes,
        thrown_out=thrown,
        cut=cut,
        short=way.short,
        fewer=tuple(told_fewer(before, after, mishap)),
        call_in=call_in,
        tell=tuple(_to_tell(before, after, changes, way._replace(cut=cut))),
    )
    return after.timeline.model_copy(update={"replanned": told})


def _to_cut_first(plan: CateringPlan, way: Way) -> Iterator[str]:
    """The dishes that free the most hands if they are left out; none if what lacks is not what dishes are made with."""
    assert way.found.failure is not None
    short = set(way.found.failure.blocked)
    if short and not short & set(_used_by_dishes(way)):
        yield f"no dish that is left out frees {_named(short)}: call in or hire what was lost"
        return
    names = {dish.id: dish.name for dish in plan.menu}
    for dish, minutes in work_left(way):
        if dish in names and minutes:
            yield f"cut first: {names[dish]}, {minutes} min of hands that are not begun"


def _changes(before: CateringPlan, after: CateringPlan) -> Iterator[Moved]:
    """Work at another time, and new work."""
    was = {block.id: block for block in before.timeline.blocks}
    for block in after.timeline.blocks:
        old = was.get(block.id)
        if old is None or old.start != block.start:
            yield Moved(block=block.id, label=block.label, was=old and old.start, start=block.start)


def _to_tell(before: CateringPlan, after: CateringPlan, changes: Sequence[Moved], way: Way) -> Iterator[str]:
    """Roles whose work moved, the client if anything is later or missing, the vendor if more is needed."""
    blocks: dict[str, Block] = {block.id: block for block in after.timeline.blocks}
    moved = chain.from_iterable(blocks[change.block].crew for change in changes)
    roles = {crew.role for crew in moved}
    yield from sorted(roles)
    if way.cut or way.short:
        yield "client"
    if way.thrown_out or after.order.guests != before.order.guests:
        yield "vendor, for what is missing"


def no_way(way: Way) -> Finding:
    """That the rest of the day does not work, with the work that finds no time."""
    assert way.found.failure is not None
    work = way.rest.day.works[way.found.failure.job]
    return Finding(
        severity="blocking",
        rule="kitchen.no_schedule",
        where="plan.timeline",
        message=f"after what happened there is no time left for {work.label}{_short_of(way.found.failure)}",
        value=work.id,
        fix="cut the dish, call in help or another machine, or let the service begin later than an hour",
    )


def _short_of(failure: Failure) -> str:
    """What had no room for work, in words."""
    return f", short of {_named(failure.blocked)}" if failure.blocked else ""


def _named(resources: Iterable[Resource]) -> str:
    return ", ".join(sorted({one.name.replace("_", " ") for one in resources}))


def _used_by_dishes(way: Way) -> Iterator[Resource]:
    """What work on dishes that is not begun takes."""
    for job in way.rest.day.problem.jobs:
        if job.group and job.id not in way.rest.frozen:
            for need in job.needs:
                yield from need.options


def work_left(way: Way) -> list[tuple[str, int]]:
    """The dishes with work that is not begun, and how many minutes of people that is, the most first."""
    left: Counter[str] = Counter()
    works = way.rest.day.works
    for job in way.rest.day.problem.jobs:
        if job.id not in way.rest.frozen and works[job.id].dish:
            left[works[job.id].dish] += job.hands
    return left.most_common()
