"""Work is done while the kitchen is open, not before it may begin, not too long ahead, and service is on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import TOLD, Evidence, Findings, found
from catering_cli.checks.reference.services import meals
from catering_cli.checks.reference.steps import recipe_pairs, waits_for, works
from catering_cli.data import tables
from catering_cli.domain.finding import Finding
from catering_cli.domain.timeline import Block

IN_THE_KITCHEN = ("plate", "pack", "load")
"""Work of the event that is done in the kitchen; serving and striking go on after it has closed."""


def open_hours(evidence: Evidence) -> Findings:
    """People work only inside an opening of their place; nothing starts before `available_from`."""
    timeline, kitchen = evidence.plan.timeline, evidence.order.kitchen
    openings: dict[str, list[tuple[datetime, datetime]]] = {}
    for one in timeline.openings:
        openings.setdefault(one.place, []).append((one.start, one.end))
    for block in timeline.blocks:
        path = evidence.block_paths[block.id]
        if kitchen.available_from and block.start < kitchen.available_from:
            early = kitchen.available_from - block.start
            message = f"{block.label} starts {_hours(early)} before the kitchen is there"
            yield found(
                "blocking", f"{path}.start", message, block.start.isoformat(), kitchen.available_from.isoformat()
            )
    shut: dict[str, list[Finding]] = {}
    joined = {place: _joined(spans) for place, spans in openings.items()}
    for block in timeline.blocks:
        if block.place in joined and (block.step is not None or block.kind in IN_THE_KITCHEN):
            where = f"{evidence.block_paths[block.id]}.start"
            shut.setdefault(block.dish, []).extend(_at_work(block, where, joined[block.place]))
    for findings in shut.values():
        yield from _folded(findings)


def _at_work(block: Block, where: str, spans: list[tuple[datetime, datetime]]) -> Iterator[Finding]:
    for crew in block.crew:
        until = block.start + timedelta(minutes=crew.minutes)
        if not any(start <= block.start and until <= end for start, end in spans):
            message = f"{block.label}: {crew.role} at work from {block.start:%d %b %H:%M} to {until:%H:%M}, closed then"
            yield found("blocking", where, message, block.start.isoformat(), block.place)


def _folded(findings: list[Finding]) -> Iterator[Finding]:
    """The first three of a dish one by one; the last of them says how many others there are."""
    yield from findings[: TOLD - 1]
    for last in findings[TOLD - 1 : TOLD]:
        more = f"; and {len(findings) - TOLD} others" if len(findings) > TOLD else ""
        yield last.model_copy(update={"message": f"{last.message}{more}"})


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def openings_true(evidence: Evidence) -> Findings:
    """The openings of the base lie inside the order's hours and after `available_from`."""
    kitchen = evidence.order.kitchen
    hours = _joined([(one.from_, one.until) for one in kitchen.hours])
    for index, one in enumerate(evidence.plan.timeline.openings):
        path = f"plan.timeline.openings[{index}]"
        if one.end <= one.start:
            yield found("blocking", path, "an opening that ends before it starts", one.end.isoformat())
        if one.place != evidence.base_id:
            continue
        if kitchen.available_from and one.start < kitchen.available_from:
            limit = kitchen.available_from.isoformat()
            yield found("blocking", f"{path}.start", "open before the kitchen is there", one.start.isoformat(), limit)
        if not any(start <= one.start and one.end <= end for start, end in hours or _usual(evidence)):
            message = "open outside the order's hours" if hours else "open outside the usual hours"
            yield found("blocking", path, message, f"{one.start.isoformat()} to {one.end.isoformat()}")


def openings_complete(evidence: Evidence) -> Findings:
    """Every hour in which the base is open, from a day before the first work on, is among the openings."""
    timeline = evidence.plan.timeline
    base = evidence.base_id
    if timeline.first_start is None or timeline.last_end is None or not timeline.openings:
        return
    first, last = timeline.first_start - timedelta(days=1), timeline.last_end
    listed = _joined([(one.start, one.end) for one in timeline.openings if one.place == base])
    begin = evidence.order.kitchen.available_from
    for start, end in _joined([(one.from_, one.until) for one in evidence.order.kitchen.hours]) or _usual(evidence):
        opens = max(start, begin) if begin else start
        if opens < end and end > first and opens < last and not any(a <= opens and end <= b for a, b in listed):
            message = "the kitchen is open then, and the plan does not know"
            where = "plan.timeline.openings"
            yield found("warning", where, message, "", f"{opens.isoformat()} to {end.isoformat()}")


def _usual(evidence: Evidence) -> list[tuple[datetime, datetime]]:
    """Where the order gives no hours: 06:00-22:00 by the clock on the wall, around each service, to the last end."""
    figures = {row["name"]: int(row["value"]) for row in tables.rows("work") if row["value"].isdigit()}
    order = evidence.order
    zone = order.event.service_at.tzinfo if not order.event.timezone else _zone(order.event.timezone)
    until = max((block.end for block in evidence.plan.timeline.blocks if block.kind == "serve"),
                default=order.event.service_at)  # fmt: skip
    day = until.astimezone(zone).date()
    spans = []
    for back in range(figures.get("days_back", 16) + 1):
        midnight = datetime.combine(day - timedelta(days=back), time(), tzinfo=zone)
        opens, closes = (midnight + timedelta(minutes=figures[name]) for name in ("day_opens", "day_closes"))
        spans.append((opens, until if back == 0 else closes))
    before = timedelta(minutes=figures.get("before_service", 0))
    spans += [(meal.at - before - timedelta(minutes=meal.road), until) for meal in meals(evidence)]
    roads = max((meal.road for meal in meals(evidence)), default=0)
    spans += [(meal.at - before - timedelta(minutes=roads), meal.at) for meal in meals(evidence)]
    if (first := order.kitchen.available_from) is not None:
        local = first.astimezone(zone)
        midnight = datetime.combine(local.date(), time(), tzinfo=zone)
        spans.append((first, max(first, midnight + timedelta(minutes=figures["day_closes"]))))
    return _joined([(start, end) for start, end in spans if start < end])


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def on_time(evidence: Evidence) -> Findings:
    """Service begins when the order says; every dish is ready by then; the timeline's ends are those of its blocks."""
    timeline, order = evidence.plan.timeline, evidence.order
    due = min((service.at for service in order.services), default=order.event.service_at)
    if timeline.service_at != due:
        said = timeline.service_at.isoformat() if timeline.service_at else ""
        message = "the timeline leads up to another moment than the order's service"
        yield found("blocking", "plan.timeline.service_at", message, said, due.isoformat())
    yield from _served(evidence)
    ends = _ends(evidence)
    for block in timeline.blocks:
        if block.end < block.start:
            where = f"{evidence.block_paths[block.id]}.end"
            yield found("blocking", where, f"{block.label} ends before it starts", block.end.isoformat())
        latest = ends.get(block.dish) if block.step is not None else None
        if latest is not None and block.end > latest:
            late = _hours(block.end - latest)
            where = f"{evidence.block_paths[block.id]}.end"
            message = f"{block.label} ends {late} after the last service it is for has begun"
            yield found("blocking", where, message, block.end.isoformat(), latest.isoformat())


def _served(evidence: Evidence) -> Iterator[Finding]:
    serves = [block for block in evidence.plan.timeline.blocks if block.kind == "serve"]
    starts = {block.start for block in serves}
    due = {service.at for service in evidence.order.services} or {evidence.order.event.service_at}
    for moment in sorted(due - starts):
        message = "no block of the timeline serves at this moment"
        yield found("blocking", "plan.timeline.blocks", message, "", moment.isoformat())


def _ends(evidence: Evidence) -> dict[str, datetime]:
    """For each dish the end of the last service it is for: work on it after that comes too late."""
    order = evidence.order
    until: dict[str, datetime] = {}
    for block in evidence.plan.timeline.blocks:
        if block.kind == "serve":
            until[""] = max(until.get("", block.end), block.end)
    latest = until.get("", order.event.service_at)
    named = {service.id: service.until or max(service.at, latest) for service in order.services}
    return {ident: named.get(dish.service, latest) for ident, dish in evidence.dishes.items()}


def summary(evidence: Evidence) -> Findings:
    """First start, last end and span are those of the blocks."""
    timeline = evidence.plan.timeline
    if not timeline.blocks:
        return
    first = min(block.start for block in timeline.blocks)
    expected: dict[str, Any] = {
        "timeline.first_start": first,
        "timeline.last_end": max(block.end for block in timeline.blocks),
    }
    if timeline.service_at is not None:
        expected["timeline.span_minutes"] = max(0, int((timeline.service_at - first).total_seconds() // 60))
    yield from compare(expected, evidence.plan, {"": "blocking"})


def fresh(evidence: Evidence) -> Findings:
    """Nothing is made further ahead than the recipe allows, nor kept beyond its shelf life for its next step."""
    service = evidence.plan.timeline.service_at
    if service is None:
        return
    all_works = works(evidence)
    used: dict[str, datetime] = {}
    for earlier, later in recipe_pairs(evidence):
        used[earlier.id] = max(used.get(earlier.id, later.start), later.start)
    for work in all_works:
        for block in work.blocks:
            where = f"{evidence.block_paths[block.id]}.end"
            for limit, what, until in (
                (work.step.make_ahead_hours, "made ahead", service),
                (work.step.shelf_life_hours, "kept", used.get(block.id, service)),
            ):
                ahead = until - block.end
                if limit is not None and limit > 0 and ahead > timedelta(hours=limit):
                    message = f"{work.label} is {what} {_hours(ahead)}"
                    yield found("blocking", where, message, _hours(ahead), f"{limit} h")


def cooled(evidence: Evidence) -> Findings:
    """Food that was cooked and then chilled goes into the cooler within 2 h and is cold within 6 h (3-501.14)."""
    steps = {(work.dish.id, work.number): work for work in works(evidence)}
    for work in steps.values():
        if work.step.kind != "chill":
            continue
        for number in waits_for(work):
            before = steps.get((work.dish.id, number))
            if before is None or not _hot(before.step.kind, before.step.temperature):
                continue
            for block in work.blocks:
                yield from _cooling(evidence, block, before.blocks)


def _hot(kind: str | None, temperature: str) -> bool:
    return kind in ("cook", "reheat") or (kind is None and bool(temperature))


def _cooling(evidence: Evidence, chill: Block, cooked: tuple[Block, ...]) -> Iterator[Finding]:
    path = evidence.block_paths[chill.id]
    ends = [block.end for block in cooked if block.end <= chill.start]
    if not ends:
        return
    start = max(ends) if len(cooked) > 1 else ends[0]
    wait, total = chill.start - start, chill.end - start
    if wait > timedelta(hours=2):
        message = f"{chill.label}: hot food waits {_hours(wait)} for the cooler; 135 to 70 F within 2 h"
        yield found("blocking", f"{path}.start", message, _hours(wait), "2 h (Food Code 3-501.14)")
    if total > timedelta(hours=6) and chill.end - chill.start < timedelta(hours=8):
        message = f"{chill.label}: cold only {_hours(total)} after cooking; 135 to 41 F within 6 h"
        yield found("blocking", f"{path}.end", message, _hours(total), "6 h (Food Code 3-501.14)")


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60:02d} min"


CHECKS = {
    "timeline.open": open_hours,
    "timeline.openings": openings_true,
    "timeline.opening_hours": openings_complete,
    "timeline.service": on_time,
    "timeline.summary": summary,
    "timeline.fresh": fresh,
    "timeline.cooling": cooled,
}
