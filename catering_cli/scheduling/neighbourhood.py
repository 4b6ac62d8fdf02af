"""Few jobs taken off the day and put back in another order, many thousand times: the day begins later step by step.

A large neighbourhood search with small neighbourhoods, under a falling temperature (Ropke and Pisinger 2006,
Transportation Science 40:455-472). What is sought is a later beginning; on the way there counts how far before the
goal work lies, squared, and a little that hands have to work early at all. Drawn from a fixed seed and limited by
the number of placements, so that it is the same everywhere.
"""

from __future__ import annotations

import math
from itertools import count
from random import Random

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.bit_timetable import Board
from catering_cli.scheduling.network import Net

GOAL = 1.008
"""Of the least span: what starts before counts. Nearer to it moves come to nothing more often, measured."""
_EARLY = 0.05
"""What a person's minute costs for each minute that it lies before minute 0; this and what follows by trial."""
_HEAT = 20.0
"""Cost that may be accepted in the beginning with a chance of one in e."""
_SIZES = (1, 2, 3, 4, 5, 6, 8)
"""Jobs of one move; larger moves hardly ever find all their places again, measured."""

_FRONT = 0.6
"""Of the moves: those with one of the jobs that begin the day."""

_FRESH = 20
"""Moves after which the order of starts is noted again."""


def moved(net: Net, found: Found, least: int, work: int) -> Found:
    """Large neighbourhood search. Returns the latest-starting schedule found within `work` insertions, or `found`."""
    search = _Search(net, found, least)
    return search.run(work) if search.movable else found


class _Search:
    """The day on its board, and what it costs."""

    def __init__(self, net: Net, found: Found, least: int) -> None:
        self.net, self.given, self.least = net, found, least
        first = min(found.placement.values(), default=0)
        self.board, self.draw = Board(net, found, first), Random(1)  # noqa: S311 (an order of work, no secret)
        self.goal = -int(least * GOAL)
        self.movable = [
            i
            for i, job in enumerate(net.jobs)
            if job.minutes and net.low[i] < net.high[i] and i not in self.board.twice
        ]
        self.line: list[int] = []
        self.front = 0
        self.free = frozenset(self.movable)
        self.groups: dict[str, list[int]] = {}
        for i in self.movable:
            self.groups.setdefault(net.jobs[i].group, []).append(i)
        self.weight = [_EARLY * job.hands for job in net.jobs]
        self.work = 0

    def run(self, work: int) -> Found:
        """The best placement that so much work finds."""
        board, best, keep = self.board, self.board.span(), list(self.board.start)
        first = best
        for step in count():
            if self.work >= work or best <= self.least:
                break
            if step % _FRESH == 0:
                self._lined_up()
            self.work += 1
            chosen = self._chosen(self.draw.choice(_SIZES))
            old = {i: board.start[i] for i in chosen}
            before = self._cost(chosen)
            for i in chosen:
                board.lift(i)
            todo = set(chosen)
            if not all(self._place(i, todo, -best) for i in self._order(old)):
                self._undo(old, todo)
                continue
            change, heat = self._cost(chosen) - before, _HEAT * max(0.001, 1 - self.work / work)
            if change > 0 and self.draw.random() >= math.exp(-change / heat):
                self._undo(old, todo)
            elif -best in old.values() and board.span() < best:
                best, keep = board.span(), list(board.start)
        return board.found(keep) if best < first else self.given

    def _cost(self, jobs: set[int]) -> float:
        start, goal = self.board.start, self.goal
        early = sum((goal - start[i]) ** 2 for i in jobs if start[i] < goal)
        return early - sum(self.weight[i] * start[i] for i in jobs)

    def _chosen(self, size: int) -> set[int]:
        """Often one of the first jobs, or its group; with it some that lie near each other in time, or anywhere."""
        draw, net = self.draw, self.net
        out: set[int] = set()
        if draw.random() < _FRONT and self.front:
            i = self.line[int(draw.random() ** 2 * self.front)]
            out.update(self.groups[net.jobs[i].group] if net.jobs[i].group and draw.getrandbits(1) else [i])
            size += len(out) - 1
        size = min(size, len(self.line))
        if draw.getrandbits(1):
            middle = draw.randrange(len(self.line))
            near = self.line[max(0, middle - size) : middle + size]
            out.update(draw.sample(near, min(len(near), max(0, size - len(out)))))
        while len(out) < size:
            i = draw.choice(self.movable)
            ties = (*net.then[i], *net.before[i])
            out |= {i, *(j for j, _ in ties if j in self.free and draw.getrandbits(1))}
        return out

    def _lined_up(self) -> None:
        """Note in which order the jobs start, and how many of them before the goal."""
        start = self.board.start
        self.line = sorted(self.movable, key=lambda i: (start[i], i))
        self.front = sum(start[i] < self.goal for i in self.movable)

    def _order(self, old: dict[int, int]) -> list[int]:
        """In which order they look for a place: latest first, least freedom first, most work first, or anyhow."""
        draw, net = self.draw, self.net
        noise = draw.choice((0, 20, 60, 200))
        keys = {
            "late": lambda i: -(old[i] + net.jobs[i].minutes + noise * draw.random()),
            "tight": lambda i: net.tight[i] * draw.random(),
            "large": lambda i: -self.weight[i] * (0.5 + draw.random()),
            "any": lambda _: draw.random(),
            "early": lambda i: old[i],
        }
        return sorted(sorted(old), key=keys[draw.choice(("late", "late", "tight", "large", "large", "any", "early"))])

    def _place(self, i: int, todo: set[int], floor: int) -> bool:
        """Put i as late as it can be, what waits for it first; whether that went."""
        board, net, start = self.board, self.net, self.board.start
        for j, _ in net.then[i]:
            if j in todo and not self._place(j, todo, floor):
                return False
        if i not in todo:
            return True
        job, low, high = net.jobs[i], max(net.low[i], floor), net.high[i]
        for j, limit in net.then[i]:
            high = min(high, start[j] - job.minutes - job.tail)
            if limit is not None:
                low = max(low, start[j] - limit - job.minutes)
        for j, limit in net.before[i]:
            if j not in todo:
                end = start[j] + net.jobs[j].minutes
                low = max(low, end + net.jobs[j].tail)
                high = high if limit is None else min(high, end + limit)
        self.work += 1
        at = board.latest(i, low, high)
        if at is None:
            return False
        board.put(i, at)
        todo.discard(i)
        return True

    def _undo(self, old: dict[int, int], todo: set[int]) -> None:
        for i in old:
            if i not in todo:
                self.board.lift(i)
        for i, at in old.items():
            self.board.put(i, at)
