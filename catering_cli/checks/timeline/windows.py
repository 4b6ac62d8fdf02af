"""Work is done while the kitchen is open, and service is on time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from catering_cli.checks.compare import BLOCKING, compare, compare_entry
from catering_cli.checks.evidence import TOLD, Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.services import meals, minutes_between
from catering_cli.checks.reference.steps import work_of
from catering_cli.data.equipment_names import equipment_name
from catering_cli.data.tables import figure
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan_parts.timeline import Block

IN_THE_KITCHEN = ("plate", "pack", "load")
"""Work of the event that is done in the kitchen; serving and striking go on after it has closed."""

STORES = frozenset({"fridge_shelf", "freezer_shelf", "blast_chiller"})
"""Where food is held unattended."""
Span = tuple[datetime, datetime]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order of time, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _inside(start: datetime, end: datetime, spans: Iterable[Span]) -> bool:
    return any(opens <= start and end <= closes for opens, closes in spans)


@asked_once
def _openings(evidence: Evidence) -> dict[str, list[Span]]:
    """When each place is open by the plan."""
    openings: dict[str, list[Span]] = {}
    for one in evidence.plan.timeline.openings:
        openings.setdefault(one.place, []).append((one.start, one.end))
    return {place: _joined(spans) for place, spans in openings.items()}


def open_hours(evidence: Evidence) -> Findings:
    """People work only inside an opening of their place; nothing starts before `available_from`."""
    first = evidence.order.kitchen.available_from
    shut: dict[str, list[Finding]] = {}
    for block in evidence.plan.timeline.blocks:
        path = evidence.block_paths[block.id]
        if first and block.start < first:
            yield from compare_entry(path, block, {"start": first}, BLOCKING)
        spans = _openings(evidence).get(block.place)
        if spans and (block.step is not None or block.kind in IN_THE_KITCHEN):
            shut.setdefault(block.dish, []).extend(_at_work(block, path, spans))
    for findings in shut.values():
        yield from _folded(findings)


def _at_work(block: Block, path: str, spans: list[Span]) -> Iterator[Finding]:
    for crew in block.crew:
        until = block.start + timedelta(minutes=crew.minutes)
        if not _inside(block.start, until, spans):
            message = f"{block.label}: {crew.role} at work from {block.start:%d %b %H:%M} to {until:%H:%M}, closed then"
            yield found("blocking", f"{path}.start", message, block.start.isoformat(), block.place)


def _folded(findings: list[Finding]) -> Iterator[Finding]:
    """The first three of a dish one by one; the last of them says how many others there are."""
    yield from findings[: TOLD - 1]
    for last in findings[TOLD - 1 : TOLD]:
        more = f"; and {len(findings) - TOLD} others" if len(findings) > TOLD else ""
        yield last.model_copy(update={"message": f"{last.message}{more}"})


def attended(evidence: Evidence) -> Findings:
    """The kitchen is open for attended work: for all of a step that is neither idle nor in cold storage."""
    if evidence.plan.timeline.status != "scheduled":
        return
    spans = [(one.start, one.end) for one in evidence.plan.timeline.openings if one.place == evidence.base_id]
    for ident, work in work_of(evidence).items():
        block = evidence.blocks[ident]
        hands = max((crew.minutes for crew in block.crew), default=0)
        stored = STORES.issuperset(map(equipment_name, work.step.equipment))
        until = block.start + timedelta(minutes=hands) if stored else block.end
        if hands and block.place == evidence.base_id and not _inside(block.start, until, spans):
            message = f"{work.label}: the kitchen is not open for all of it"
            yield found("warning", evidence.block_paths[ident], message, block.start, until)


def openings_true(evidence: Evidence) -> Findings:
    """The openings of the base lie inside the order's hours, or the usual ones, and after `available_from`."""
    first = evidence.order.kitchen.available_from
    hours = _joined((one.from_, one.until) for one in evidence.order.kitchen.hours)
    for path, one in placed("plan.timeline.openings", evidence.plan.timeline.openings):
        early = first is not None and one.start < first
        right = _inside(one.start, one.end, hours) if hours else _usual(evidence, one.start, one.end)
        outside = one.place == evidence.base_id and (early or not right)
        if _is_idle(evidence, one.start, one.end):
            yield found("warning", path, "not of a day on which there is work", one.start.isoformat())
        if one.end <= one.start or outside:
            message = "ends before it starts, or is outside the order's hours (the usual hours if it has none)"
            yield found("blocking", path, message, f"{one.start.isoformat()} to {one.end.isoformat()}")


def _is_idle(evidence: Evidence, start: datetime, end: datetime) -> bool:
    """Whether a time is over more than a day before the first work, or begins after the last."""
    blocks = evidence.plan.timeline.blocks
    begins, ends = min((one.start for one in blocks), default=end), max((one.end for one in blocks), default=start)
    return bool(blocks) and (begins - end >= timedelta(days=1) or start >= ends)


def _usual(evidence: Evidence, start: datetime, end: datetime) -> bool:
    """Whether a kitchen is usually open: by day, for so long before each service, and until the last is over."""
    road = max(meal.road for meal in meals(evidence))
    before = timedelta(minutes=figure("work", "before_service") + road)
    until = max((block.end for block in evidence.work("serve")), default=end)
    opens = any(meal.at - before <= start for meal in meals(evidence)) or _clock(start) >= _first_hour(evidence, start)
    return opens and (end <= until or _clock(end) <= figure("work", "day_closes"))


def _first_hour(evidence: Evidence, start: datetime) -> int:
    """When work begins at the earliest: on a day of service a crew comes in early if it must."""
    is_served = any(meal.at.astimezone(start.tzinfo).date() == start.date() for meal in meals(evidence))
    return figure("work", "early_opens" if is_served else "day_opens")


def _clock(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def on_time(evidence: Evidence) -> Findings:
    """Service begins when the order says; every dish is ready by the end of the last service it is for."""
    due = {meal.at for meal in meals(evidence)}
    yield from compare({"timeline.service_at": min(due)}, evidence.plan, BLOCKING)
    for moment in sorted(due - {block.start for block in evidence.work("serve")}):
        message = "no block of the timeline serves at this moment"
        yield found("blocking", "plan.timeline.blocks", message, "", moment.isoformat())
    ends = _ends(evidence)
    for block in evidence.plan.timeline.blocks:
        latest = ends.get(block.dish, block.end) if block.step is not None else block.end
        if not block.start <= block.end <= latest:
            message = f"{block.label} ends before it starts, or after the last service it is for"
            yield found("blocking", evidence.at(block, "end"), message, block.end.isoformat(), latest.isoformat())


def _ends(evidence: Evidence) -> dict[str, datetime]:
    """For each dish the end of the last service it is for: work on it after that comes too late."""
    order = evidence.order
    latest = max((block.end for block in evidence.work("serve")), default=order.event.service_at)
    named = {service.id: service.until or max(service.at, latest) for service in order.services}
    return {ident: named.get(dish.service, latest) for ident, dish in evidence.dishes.items()}


def summary(evidence: Evidence) -> Findings:
    """First start, last end and span are those of the blocks."""
    timeline = evidence.plan.timeline
    if not timeline.blocks:
        return
    first = min(block.start for block in timeline.blocks)
    expected = {"timeline.first_start": first, "timeline.last_end": max(block.end for block in timeline.blocks)}
    yield from compare(expected, evidence.plan, BLOCKING)
    if timeline.service_at is not None:
        span = max(0, minutes_between(first, timeline.service_at))
        yield from compare({"timeline.span_minutes": span}, evidence.plan, BLOCKING)


CHECKS = {
    "timeline.open": open_hours,
    "timeline.openings": openings_true,
    "timeline.attended": attended,
    "timeline.service": on_time,
    "timeline.summary": summary,
}
