"""The HACCP log: a row for each dish and check, with cells for readings through the service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from catering_cli.render.clock import stamp, stamps, until
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Signatures, Table
from catering_cli.render.wording import counted, dish_names, plain_name

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.safety import ControlPoint, ReadingTime

LOG_COLUMNS = (
    Column("When"),
    Column("Dish", wide=True),
    Column("Check"),
    Column("Limit", wide=True),
    Column("Reading 1", blank=True),
    Column("Reading 2", blank=True),
    Column("Reading 3", blank=True),
    Column("Initials", blank=True),
    Column("Who"),
    Column("If it fails", wide=True),
)
ORDER: Final = ("receive", "cook", "cool", "reheat", "cold_hold", "hot_hold", "transport", "date_mark", "advisory")
"""Checks of a dish in the order in which they come up."""
BY_BATCH: Final = ("cook", "cool", "reheat")
EACH: Final = 4
"""Times of a row that are written out; of more the first and the last."""


def log_section(plan: CateringPlan, _: Page) -> Section:
    """Control points with their limits; readings are taken by hand."""
    return Section.of("safety", "HACCP log", _parts(plan), empty="Nothing to check.")


def rows_of(plan: CateringPlan) -> list[list[ControlPoint]]:
    """The control points that one row holds: of a dish, a food, a kind of check and a limit, in order of time."""
    found: defaultdict[tuple[str, str, str, str], list[ControlPoint]] = defaultdict(list)
    for point in plan.safety.points:
        found[point.dish, point.food, point.kind, point.limit].append(point)
    return sorted(found.values(), key=_first)


def _first(points: list[ControlPoint]) -> tuple[bool, str, int, str]:
    """What is checked on delivery comes first, then the checks as they fall due."""
    times = sorted(point.at.isoformat() for point in points if point.at)
    return bool(times), times[0] if times else "", ORDER.index(points[0].kind), points[0].dish


def _parts(plan: CateringPlan) -> Iterator[Part]:
    if not plan.safety.points:
        return
    code = plan.safety.code or plan.safety.jurisdiction
    intro = "Write every reading down; if it misses the limit, do what the last column says and write that down too."
    yield Paragraph(f"Limits of {code}. {intro}")
    for note in plan.safety.notes:
        yield Paragraph(note, "warning")
    names = dish_names(plan)
    yield Table(LOG_COLUMNS, tuple(_row(points, plan, names) for points in rows_of(plan)), fold=15)
    yield Signatures(("Log closed by", "Date and time"))


def _row(points: list[ControlPoint], plan: CateringPlan, names: dict[str, str]) -> Row:
    one = points[0]
    fails = one.corrective + (f" ({one.note})" if one.note else "")
    return (
        _when(points, plan),
        names.get(one.dish, one.dish) + (f": {one.food}" if one.food else ""),
        plain_name(one.kind) + _batches(points),
        one.limit,
        "",
        "",
        "",
        "",
        one.who,
        fails,
    )


def _batches(points: list[ControlPoint]) -> str:
    """Of how many batches it is checked."""
    if points[0].kind not in BY_BATCH:
        return ""
    blocks = {time.block for time in _times(points)} or {point.block for point in points}
    return f", {counted(len(blocks), 'batch')}" if len(blocks) > 1 else ""


def _times(points: list[ControlPoint]) -> Iterator[ReadingTime]:
    """When each batch is checked."""
    return chain.from_iterable(point.times for point in points)


def _when(points: list[ControlPoint], plan: CateringPlan) -> str:
    times = sorted({time.at for time in _times(points)} or {one.at for one in points if one.at})
    if not times:
        return "on delivery" if points[0].kind == "receive" else "when due"
    if len(times) <= EACH:
        return stamps(times, plan.order)
    return f"{stamp(times[0], plan.order)}-{until(times[0], times[-1], plan.order)}"
