"""From blocks of work to people: who works when, with as few people as the work allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from catering_cli.domain.timeline import Block


class Shift(NamedTuple):
    """One person of a role on one day, from the first to the last minute of work."""

    role: str
    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Paid minutes: the gaps in between are paid."""
        return int((self.end - self.start).total_seconds() // 60)


def shifts(blocks: Iterable[Block]) -> Mapping[str, tuple[Shift, ...]]:
    """Shifts by role. Each piece of work goes to whoever was last busy and is free, so days are short.

    Pieces are placed by start; the number of people is then the peak of the day (interval colouring).
    """
    pieces: dict[tuple[str, date], list[tuple[datetime, datetime]]] = {}
    for block in blocks:
        for crew in block.crew:
            if crew.minutes:
                end = block.start + timedelta(minutes=crew.minutes)
                pieces.setdefault((crew.role, block.start.date()), []).extend([(block.start, end)] * crew.count)
    found: dict[str, list[Shift]] = {}
    for (role, _), work in sorted(pieces.items()):
        found.setdefault(role, []).extend(Shift(role, start, end) for start, end in _people(sorted(work)))
    return {role: tuple(rows) for role, rows in found.items()}


def _people(work: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """First start and last end of each person who is needed for `work`."""
    people: list[tuple[datetime, datetime]] = []
    for start, end in work:
        free = [index for index, (_, busy) in enumerate(people) if busy <= start]
        if free:
            latest = max(free, key=lambda index: people[index][1])
            people[latest] = (people[latest][0], end)
        else:
            people.append((start, end))
    return people


def most_at_once(rows: Iterable[Shift]) -> int:
    """People of one role on the busiest day."""
    days: dict[date, int] = {}
    for shift in rows:
        days[shift.start.date()] = days.get(shift.start.date(), 0) + 1
    return max(days.values(), default=0)
