"""Intervals on a line of time: those that touch as one, and who does which task with as few people as possible."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from catering_cli.scheduling.problem import Spans

Moment = TypeVar("Moment", bound=Any)
"""Minutes, or moments of a calendar: what can be ordered."""


def union(spans: Iterable[tuple[int, int]]) -> Spans:
    """Intervals in order, those that touch joined, empty ones left out."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            first, last = joined[-1]
            joined[-1] = first, max(last, high)
        elif low < high:
            joined.append((low, high))
    return tuple(joined)


def assign(tasks: Iterable[tuple[Moment, Moment]]) -> list[list[tuple[Moment, Moment]]]:
    """The tasks (start, end) of each person, with as few people as they allow (interval colouring).

    Each task, in order of start, goes to the person last busy who is free by then, else to one more.
    """
    people: list[list[tuple[Moment, Moment]]] = []
    for start, end in sorted(tasks):
        free = [person for person in people if person[-1][1] <= start]
        if free:
            last_busy = max(free, key=lambda person: person[-1][1])
            last_busy.append((start, end))
        else:
            people.append([(start, end)])
    return people
