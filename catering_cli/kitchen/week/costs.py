"""What each event costs alone, and what it bears in the week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.week import EventCost, GuideLine, PayLine


def costs(
    plans: Mapping[str, CateringPlan], guide: Sequence[GuideLine], pay: Sequence[PayLine]
) -> tuple[EventCost, ...]:
    """Food and labour of each event; the sums over the events are those of the guide and of the pay, to the cent."""
    lines = []
    for event, plan in plans.items():
        food = [line.cost for line in plan.shopping.lines]
        labour = [line.cost for line in plan.staffing]
        lines.append(_cost(event, "food", food, _parts(event, guide)))
        lines.append(_cost(event, "labour", labour, _parts(event, pay)))
    return tuple(lines)


def _parts(event: str, lines: Sequence[GuideLine] | Sequence[PayLine]) -> Iterator[Decimal | None]:
    for line in lines:
        for part in line.events:
            if part.event == event:
                yield part.cost


def _cost(
    event: str, kind: Literal["food", "labour"], alone: Sequence[Decimal | None], parts: Iterator[Decimal | None]
) -> EventCost:
    return EventCost(event=event, kind=kind, alone=_sum(alone), together=_sum(list(parts)))


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
