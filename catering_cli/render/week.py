"""A week for the one who runs the house: events, what is wrong, what to buy once, who is called, who bears what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from catering_cli.domain.finding import blocking
from catering_cli.render.clock import calendar_day, day_or_blank
from catering_cli.render.page import Column, Paragraph, Part, Row, Section, Table, Tone
from catering_cli.render.sections.findings import finding_line
from catering_cli.render.wording import amount_text, around, counted, hours_text, money_text

if TYPE_CHECKING:
    from datetime import datetime

    from catering_cli.domain.week import EventPart, GuideLine, PayLine, Week, WeekEvent

EVENTS = (
    Column("Event", wide=True),
    Column("Service"),
    Column("First work"),
    Column("Last work"),
    Column("Blocking", right=True),
    Column("Open", right=True),
    Column("Plan", wide=True),
)
GUIDE = (
    Column("Ordered", tick=True),
    Column("Item", wide=True),
    Column("Buy", right=True),
    Column("Packs", right=True),
    Column("Order by"),
    Column("Cost", right=True),
    Column("Alone", right=True),
    Column("For", wide=True),
)
PAY = (
    Column("Role", wide=True),
    Column("People", right=True),
    Column("Hours", right=True),
    Column("Cost", right=True),
    Column("Alone", right=True),
    Column("For", wide=True),
)
COSTS = (
    Column("Event", wide=True),
    Column("What"),
    Column("Alone", right=True),
    Column("In the week", right=True),
)
TWICE = (Column("Made more than once", wide=True), Column("If there is room", wide=True))
_TONES: Final[dict[str, Tone]] = {"blocking": "bad", "open": "warning", "warning": "warning"}
"""How what is wrong is printed; a hint is in the plan of its event."""

SHARED = 2
"""Events at least that share a purchase."""


def sections(week: Week) -> tuple[Section, ...]:
    """The week in reading order."""
    return (
        Section.of("week", "The week", _verdict(week)),
        Section.of("events", "Events", _events(week)),
        Section.of("guide", "Order guide, bought together", _guide(week)),
        Section.of("crew", "Crew", _pay(week)),
        Section.of("costs", "What each event bears", _costs(week)),
        Section.of("twice", "Could be made once", _made_twice(week)),
    )


def _verdict(week: Week) -> Iterator[Part]:
    blocked = [event for event in week.events if event.blocking]
    wrong = blocking(week.findings)
    events = counted(len(week.events), "event")
    if wrong or blocked:
        beside = around("; blocked by themselves: ", ", ".join(event.name for event in blocked))
        yield Paragraph(f"{events} in one house: {counted(len(wrong), 'conflict')} between them{beside}.", "bad")
    else:
        yield Paragraph(f"{events} in one house: no conflict between them.", "good")
    for finding in week.findings:
        if finding.severity in _TONES:
            yield Paragraph(finding_line(finding), _TONES[finding.severity])
    yield from _saved(week)


def _made_twice(week: Week) -> Iterator[Part]:
    """What one event could make for others; each plan stands as it is."""
    rows = [Row((one.message, one.fix)) for one in week.findings if one.severity == "advice"]
    if rows:
        yield Table(TWICE, tuple(rows), fold=len(rows))


def _saved(week: Week) -> Iterator[Part]:
    """What food and crew cost together and alone, if both are known."""
    alone, together = _sums(week)
    if not alone or together is None:
        return
    saved = alone - together
    yield Paragraph(
        f"Food and crew: {money_text(alone, _currency(week))} if each is planned alone, "
        f"{money_text(together, _currency(week))} together, {saved / alone:.0%} less."
    )


def _currency(week: Week) -> str:
    return week.household.budget.currency if week.household.budget else "USD"


def _sums(week: Week) -> tuple[Decimal, Decimal | None]:
    alone = sum((cost.alone for cost in week.costs if cost.alone is not None), Decimal(0))
    together = [cost.together for cost in week.costs if cost.together is not None]
    return alone, sum(together, Decimal(0)) if together else None


def _events(week: Week) -> Iterator[Part]:
    rows = [_event_row(event) for event in sorted(week.events, key=lambda one: one.service_at)]
    yield Table(EVENTS, tuple(rows), fold=len(rows))


def _event_row(event: WeekEvent) -> Row:
    return (
        event.name + (" (as planned before)" if event.kept else ""),
        _when(event.service_at),
        _when(event.first_start),
        _when(event.last_end),
        str(event.blocking),
        str(event.open),
        event.plan,
    )


def _when(moment: datetime | None) -> str:
    """Sat 17 Apr 14:30, by the clock of the event."""
    return f"{calendar_day(moment.date())} {moment:%H:%M}" if moment else "-"


def _guide(week: Week) -> Iterator[Part]:
    by_delivery: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for line in week.guide:
        if not line.buy.quantity.high:  # what the house has is not ordered
            continue
        vendor = line.supplier or "No supplier named"
        by_delivery[vendor, calendar_day(line.receive_on)].append(_guide_row(line, week))
    for (vendor, day), rows in by_delivery.items():
        yield Table(GUIDE, tuple(rows), fold=len(rows), title=f"{vendor}, received {day}")


def _guide_row(line: GuideLine, week: Week) -> Row:
    alone = line.alone if len(line.events) >= SHARED and line.alone != line.cost else None
    return (
        "",
        line.item,
        amount_text(line.buy),
        "-" if line.packs is None else str(line.packs),
        day_or_blank(line.order_by),
        _money(line.cost, week),
        _money(alone, week),
        _for(line.events, week, amounts=True),
    )


def _for(parts: tuple[EventPart, ...], week: Week, *, amounts: bool = False) -> str:
    names = {event.id: event.name for event in week.events}
    said = []
    for part in parts:
        amount = f" {amount_text(part.amount)}" if amounts and part.amount else ""
        said.append(f"{names[part.event]}{amount}")
    return "; ".join(said)


def _pay(week: Week) -> Iterator[Part]:
    rows = [_pay_row(line, week) for line in week.pay]
    if rows:
        yield Table(PAY, tuple(rows), fold=len(rows))


def _pay_row(line: PayLine, week: Week) -> Row:
    return (
        line.role,
        str(line.people),
        hours_text(line.hours),
        _money(line.cost, week),
        _money(line.alone, week),
        _for(line.events, week),
    )


def _costs(week: Week) -> Iterator[Part]:
    names = {event.id: event.name for event in week.events}
    rows: list[Row] = [
        (names[cost.event], cost.kind, _money(cost.alone, week), _money(cost.together, week)) for cost in week.costs
    ]
    alone, together = _sums(week)
    rows.append(("All", "", _money(alone, week), _money(together, week)))
    yield Table(COSTS, tuple(rows), fold=len(rows))


def _money(value: Decimal | None, week: Week) -> str:
    return "-" if value is None else money_text(value, _currency(week))
