"""Few jobs taken off the day and put back in another order, many thousand times: the day begins later step by step.

A large neighbourhood search with small neighbourhoods, under a falling temperature (Ropke and Pisinger 2006,
Transportation Science 40:455-472). What is sought is a later beginning; on the way there counts how far before the
goal work lies, squared, and a little that hands have to work early at all. Drawn from a fixed seed and limited by
the number of placements, so that it is the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from itertools import count
from random import Random

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.search.bit_timetable import Board

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

_ORDERS = ("late", "late", "tight", "large", "large", "any", "early")
"""Orders in which jobs look for a place, the likelier ones twice."""


def moved(net: Net, found: Found, least: int, work: int) -> Found:
    """Large neighbourhood search. Returns the latest-starting schedule found within `work` insertions, or `found`."""
    search = _Search(net, found, least)
    return search.run(work) if search.movable else found


class _Search:
    """The day on its board, and what it costs."""

    def __init__(self, net: Net, found: Found, least: int) -> None:
        self.net, self.given, self.least = net, found, least
        self.board = Board(net, found, first=min(found.placement.values(), default=0))
        self.draw = Random(1)  # noqa: S311 (an order of work, no secret)
        self.goal = -int(least * GOAL)
        self.movable = [i for i in range(len(net)) if self._can_move(i)]
        self.free = frozenset(self.movable)
        self.line: list[int] = []
        """movable jobs in order of start"""
        self.front = 0
        """how many of them start before the goal"""
        self.groups: dict[str, list[int]] = {}
        for i in self.movable:
            self.groups.setdefault(net.jobs[i].group, []).append(i)
        self.weight = [_EARLY * job.hands for job in net.jobs]
        self.work = 0

    def _can_move(self, i: int) -> bool:
        if not self.net.minutes[i] or i in self.board.twice:
            return False
        return self.net.low[i] < self.net.high[i]

    def run(self, work: int) -> Found:
        """The best placement that so much work finds."""
        board = self.board
        given = best = board.span()
        keep = list(board.start)
        for step in count():
            if self.work >= work or best <= self.least:
                break
            if step % _FRESH == 0:
                self._line_up()
            moved = self._move(-best, work)
            if -best in moved.values() and board.span() < best:
                best, keep = board.span(), list(board.start)
        return board.found(keep) if best < given else self.given

    def _move(self, floor: int, work: int) -> dict[int, int]:
        """Take some jobs off and put them back, none before `floor`. Returns their old starts; empty if undone."""
        self.work += 1
        chosen = self._chosen(self.draw.choice(_SIZES))
        old = {i: self.board.start[i] for i in chosen}
        before = self._cost(chosen)
        for i in chosen:
            self.board.lift(i)
        todo = set(chosen)
        fits = all(self._place(i, todo, floor) for i in self._order(old))
        if fits and self._accepts(self._cost(chosen) - before, self.work / work):
            return old
        self._undo(old, todo)
        return {}

    def _accepts(self, change: float, spent: float) -> bool:
        """Whether a change of cost is taken: a rise by chance, the less likely the more work is spent."""
        heat = _HEAT * max(0.001, 1 - spent)
        return change <= 0 or self.draw.random() < math.exp(-change / heat)

    def _cost(self, jobs: Collection[int]) -> float:
        """How far before the goal they lie, squared, and a little for each minute that hands work early."""
        start, goal = self.board.start, self.goal
        early = sum((goal - start[i]) ** 2 for i in jobs if start[i] < goal)
        return early - sum(self.weight[i] * start[i] for i in jobs)

    def _chosen(self, size: int) -> set[int]:
        """Often one of the first jobs, or its group; with it some that lie near each other in time, or anywhere."""
        chosen: set[int] = set()
        if self.draw.random() < _FRONT and self.front:
            chosen.update(self._first())
            size += len(chosen) - 1
        size = min(size, len(self.line))
        if self.draw.getrandbits(1):
            chosen.update(self._near(size, size - len(chosen)))
        while len(chosen) < size:
            chosen |= self._tied()
        return chosen

    def _first(self) -> list[int]:
        """A job that begins before the goal, the earlier the likelier; sometimes its whole group."""
        i = self.line[int(self.draw.random() ** 2 * self.front)]
        group = self.net.jobs[i].group
        return self.groups[group] if group and self.draw.getrandbits(1) else [i]

    def _near(self, far: int, size: int) -> list[int]:
        """So many jobs that lie within `far` places of each other in the order of starts."""
        middle = self.draw.randrange(len(self.line))
        near = self.line[max(0, middle - far) : middle + far]
        return self.draw.sample(near, min(len(near), max(0, size)))

    def _tied(self) -> set[int]:
        """Any job, and by chance those that it waits for or that wait for it."""
        i = self.draw.choice(self.movable)
        ties = [*self.net.then[i], *self.net.before[i]]
        free = [j for j, _ in ties if j in self.free]
        return {i, *(j for j in free if self.draw.getrandbits(1))}

    def _line_up(self) -> None:
        """Note in which order the jobs start, and how many of them before the goal."""
        start = self.board.start
        self.line = sorted(self.movable, key=lambda i: (start[i], i))
        self.front = sum(start[i] < self.goal for i in self.movable)

    def _order(self, old: Mapping[int, int]) -> list[int]:
        """In which order they look for a place: latest first, least freedom first, most work first, or anyhow."""
        draw, weight = self.draw, self.weight
        minutes, tight = self.net.minutes, self.net.tight
        noise = draw.choice((0, 20, 60, 200))
        keys: dict[str, Callable[[int], float]] = {
            "late": lambda i: -(old[i] + minutes[i] + noise * draw.random()),
            "tight": lambda i: tight[i] * draw.random(),
            "large": lambda i: -weight[i] * (0.5 + draw.random()),
            "any": lambda _: draw.random(),
            "early": lambda i: old[i],
        }
        return sorted(sorted(old), key=keys[draw.choice(_ORDERS)])

    def _place(self, i: int, todo: set[int], floor: int) -> bool:
        """Put i as late as it can be, what waits for it first; whether that went."""
        for j, _ in self.net.then[i]:
            if j in todo and not self._place(j, todo, floor):
                return False
        if i not in todo:
            return True
        self.work += 1
        low, high = self._window(i, todo)
        at = self.board.latest(i, max(low, floor), high)
        if at is None:
            return False
        self.board.put(i, at)
        todo.discard(i)
        return True

    def _window(self, i: int, todo: Collection[int]) -> tuple[int, int]:
        """From when to when i may start, between what waits for it and what it waits for that has a place."""
        net, start = self.net, self.board.start
        low, high = net.low[i], net.high[i]
        for j, limit in net.then[i]:
            high = min(high, start[j] - net.length[i])
            if limit is not None:
                low = max(low, start[j] - limit - net.minutes[i])
        for j, limit in net.before[i]:
            if j in todo:
                continue
            low = max(low, start[j] + net.length[j])
            if limit is not None:
                high = min(high, start[j] + net.minutes[j] + limit)
        return low, high

    def _undo(self, old: Mapping[int, int], todo: Collection[int]) -> None:
        """Put all back where they were; those in `todo` are off the board."""
        for i in old:
            if i not in todo:
                self.board.lift(i)
        for i, at in old.items():
            self.board.put(i, at)
