"""Who is on duty when: shifts by person and day, from the blocks of the timeline and the services."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.people import Break, StaffShift
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.menu.staff_calls import shift_limits
from catering_cli.scheduling.shifts import Shift, Task, breaks, dealt

FRONT = ("set_up", "serve", "strike")
USUAL_SERVICE = timedelta(hours=2)
"""Length of a service that neither the order ends nor the timeline has; [K]."""


class Span(NamedTuple):
    """A time of work of one person, where it is."""

    start: datetime
    end: datetime
    place: str = ""
    station: str = ""


def tasks_by_role(blocks: Sequence[Block]) -> dict[str, list[Span]]:
    """What each person of a role does: those who ride to a venue are there until they ride back."""
    found: dict[str, list[Span]] = defaultdict(list)
    riding = _riding(blocks)
    for block in blocks:
        for crew in block.crew:
            if not crew.minutes or ((crew.role, block.place) in riding and block.kind != "drive"):
                continue
            end = riding.get((crew.role, block.id), block.start + timedelta(minutes=crew.minutes))
            span = Span(block.start, end, block.place, _station(block))
            found[crew.role] += [span] * crew.count
    return found


def _riding(blocks: Sequence[Block]) -> dict[tuple[str, str], datetime]:
    """For each role that rides: the places that it rides to, and when each drive out is left for the drive back."""
    found: dict[tuple[str, str], datetime] = {}
    drives = [block for block in blocks if block.kind == "drive"]
    for drive in drives:
        if ".drive.back" in drive.id:
            continue
        for crew in drive.crew:
            home = _home(drive, crew.role, drives)
            if home is not None:
                found[crew.role, drive.id] = home
                found[crew.role, drive.place] = home
    return found


def _home(out: Block, role: str, drives: Sequence[Block]) -> datetime | None:
    """When the people of a role leave for the drive back of their service, or of another one from there."""
    later = [one for one in drives if one.start >= out.end]
    from_there = [one for one in later if one.place == out.place]
    back = [one for one in from_there if _takes_back(one, role)]
    own = [one for one in back if _service_of(one) == _service_of(out)]
    return min((one.start for one in own or back), default=None)


def _takes_back(drive: Block, role: str) -> bool:
    return ".drive.back" in drive.id and any(crew.role == role for crew in drive.crew)


def _service_of(drive: Block) -> str:
    return drive.id.partition(".drive")[0]


def _station(block: Block) -> str:
    """The equipment of a block, or the kind of work that it is."""
    if block.equipment and block.kind != "drive":
        return block.equipment[0].name
    return block.kind


def fronts(order: Order, timeline: Timeline) -> list[Span]:
    """From the start of set-up to the end of strike of each service; the event itself if the timeline has neither."""
    by_service: dict[str, list[Block]] = defaultdict(list)
    for block in timeline.blocks:
        if block.kind in FRONT:
            by_service[block.id.rpartition(".")[0]].append(block)
    if not by_service:
        event = order.event
        return [Span(event.service_at, event.ends_at or event.service_at + USUAL_SERVICE)]
    spans = [Span(min(one.start for one in mine), max(one.end for one in mine), mine[0].place, "service")
             for mine in by_service.values()]  # fmt: skip
    return list(_joined(sorted(spans)))


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """Services that follow on one another are one to those who are there all the time."""
    last: Span | None = None
    for span in spans:
        if last is None or span.start > last.end:
            if last is not None:
                yield last
            last = span
        else:
            last = last._replace(end=max(last.end, span.end), place=span.place)
    if last is not None:
        yield last


def rota(role: str, spans: Sequence[Span], until: datetime) -> tuple[StaffShift, ...]:
    """The shifts of a role; a least call is filled within the event, and before it if that is short."""
    if not spans:
        return ()
    zero = min(span.start for span in spans)
    tasks = [(_minutes(zero, span.start), _minutes(zero, span.end)) for span in spans]
    by_task: Mapping[Task, Span] = dict(zip(tasks, spans, strict=True))
    shifts = dealt(tasks, shift_limits(), _minutes(zero, until))
    return tuple(_stated(role, shift, zero, by_task) for shift in shifts)


def _stated(role: str, shift: Shift, zero: datetime, by_task: Mapping[Task, Span]) -> StaffShift:
    done = [by_task[task] for task in shift.tasks]
    time: Counter[str] = Counter()
    for span in done:
        time[span.station] += _minutes(span.start, span.end)
    pauses = tuple(Break(start=_at(zero, low), end=_at(zero, high)) for low, high in breaks(shift, shift_limits()))
    return StaffShift(
        role=role,
        who=str(shift.who),
        start=_at(zero, shift.start),
        end=_at(zero, shift.end),
        breaks=pauses,
        place=done[-1].place or "base",
        station=min(time, key=lambda name: (-time[name], name)),
    )


def _at(zero: datetime, minute: int) -> datetime:
    return zero + timedelta(minutes=minute)


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def paid_minutes(shifts: Iterable[StaffShift]) -> int:
    """Paid minutes: all of a shift."""
    return sum(_minutes(shift.start, shift.end) for shift in shifts)


def people(shifts: Iterable[StaffShift]) -> int:
    """How many persons have these shifts."""
    return len({shift.who for shift in shifts})
