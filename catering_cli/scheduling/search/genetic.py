"""Orders of work crossed with each other and pushed together from both ends as long as no result goes stale.

A population of schedules; a child takes its order of work from one parent, a stretch of it from another (two-point
crossover of activity lists, Hartmann 1998, Naval Research Logistics 45:733-750), and a few jobs are put elsewhere.
Each is built backward, then pushed to the left and to the right again as long as that helps (double justification,
Valls, Ballestin and Quintanilla 2005, EJOR 165:375-386). A population that finds nothing new for long is drawn again.
Drawn from a fixed seed and limited by the number of placements.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import chain
from random import Random
from typing import NamedTuple

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.search.bit_timetable import Board

_PARENTS = 30
_STALE = 800
"""Children without a better one after which the population is drawn again."""
_ROOM = 1.7
"""Of the given span: how early a first, bad order of work may begin."""
_SPREAD = 0.6
"""Of the given span: how far the first orders stray from latest end first."""
_MUTATIONS = 4
"""Jobs of a child that are put elsewhere, at most."""


def bred(net: Net, found: Found, least: int, work: int) -> Found:
    """A genetic search. Returns the latest-starting schedule found within `work` placements, or `found`."""
    return _Stock(net, found, least).run(work)


def fit(net: Net) -> bool:
    """Whether any order of work can be built: nothing has to be used before it is stale."""
    ties = chain.from_iterable(net.before)
    return all(limit is None for _, limit in ties)


class _Schedule(NamedTuple):
    """A member of the population: its span, and the start of each job."""

    span: int
    start: list[int]


class _Stock:
    """The population, and the board on which its children are built."""

    def __init__(self, net: Net, found: Found, least: int) -> None:
        self.net, self.given, self.least = net, found, least
        self.span = net.problem.span(found.placement)
        first = max(net.problem.begin, -int(self.span * _ROOM) - 1)
        self.board = Board(net, found, min([first, *found.placement.values()]))
        self.draw = Random(1)  # noqa: S311 (an order of work, no secret)
        self.parents: list[_Schedule] = []
        self.work = 0

    def run(self, work: int) -> Found:
        """The best of all that so much work builds."""
        if self.board.twice:
            return self.given
        best: _Schedule | None = None
        least_span, top, idle = self.span, 0, 0
        while self.work < work and least_span > self.least:
            if idle > _STALE:
                self.parents, idle = [], 0
            child = self._child(self._next_order())
            idle += 1
            if child is None:
                continue
            if not self.parents or child.span < top:
                top, idle = child.span, 0
            if child.span < least_span:
                best, least_span = child, child.span
            self._keep(child)
        return self.given if best is None else self.board.found(best.start)

    def _keep(self, child: _Schedule) -> None:
        """Take a child into the population, in place of its worst member once it is full."""
        if len(self.parents) < _PARENTS:
            self.parents.append(child)
        elif child not in self.parents:
            worst = max(range(_PARENTS), key=self._badness)
            if child.span <= self.parents[worst].span:
                self.parents[worst] = child

    def _badness(self, n: int) -> tuple[int, float]:
        """How bad a member is; of equals any is the worst."""
        return self.parents[n].span, self.draw.random()

    def _next_order(self) -> list[int]:
        """An order of work for the next child: drawn as long as the population is not full, then crossed."""
        return self._crossed() if len(self.parents) == _PARENTS else self._strayed()

    def _strayed(self) -> list[int]:
        """Latest end first, and some way off it."""
        far = self.span * _SPREAD
        ends = [high + minutes for high, minutes in zip(self.net.high, self.net.minutes, strict=True)]
        return self._ordered([end + far * self.draw.random() for end in ends])

    def _crossed(self) -> list[int]:
        """The order of one parent with a stretch of another's in it, and a few jobs put elsewhere."""
        one = self._last_first(self._parent())
        other = self._last_first(self._parent())
        count = len(one)
        cuts = [self.draw.randrange(count + 1) for _ in "ab"]
        low, high = sorted(cuts)
        begin = one[:low]
        seen = set(begin)
        middle = [i for i in other if i not in seen][: high - low]
        seen.update(middle)
        rest = [i for i in one if i not in seen]
        keys = [0.0] * count
        for n, i in enumerate([*begin, *middle, *rest]):
            keys[i] = -n
        for _ in range(self.draw.randint(1, _MUTATIONS)):
            keys[self.draw.randrange(count)] += (self.draw.random() - 0.5) * count / 2
        return self._ordered(keys)

    def _parent(self) -> list[int]:
        """The better of two members, as starts."""
        one, other = self.draw.sample(self.parents, 2)
        return min(one, other, key=lambda parent: parent.span).start

    def _last_first(self, start: Sequence[int]) -> list[int]:
        """Jobs in the order of their ends, the last first."""
        minutes, place = self.net.minutes, self.net.place
        return sorted(range(len(start)), key=lambda i: (-start[i] - minutes[i], -place[i]))

    def _ordered(self, keys: Sequence[float]) -> list[int]:
        """Highest key first, each after all that waits for it."""
        waiting = [len(then) for then in self.net.then]
        heap = [(-keys[i], i) for i, n in enumerate(waiting) if n == 0]
        heapify(heap)
        out = []
        while heap:
            i = heappop(heap)[1]
            out.append(i)
            for j, _ in self.net.before[i]:
                waiting[j] -= 1
                if waiting[j] == 0:
                    heappush(heap, (-keys[j], j))
        return out

    def _child(self, order: Sequence[int]) -> _Schedule | None:
        """An order of work, pushed together from both ends as long as that helps; None if it does not fit."""
        if not self._backward(order):
            return None
        best = self._now()
        while self._pushed(-best.span):
            pushed = self._now()
            if pushed.span >= best.span:
                break
            best = pushed
        return best

    def _pushed(self, floor: int) -> bool:
        """Push all jobs to the left and to the right again; whether all fit."""
        return self._forward(floor) and self._backward(self._last_first(self.board.start))

    def _now(self) -> _Schedule:
        """What is on the board."""
        return _Schedule(self.board.span(), list(self.board.start))

    def _backward(self, order: Sequence[int]) -> bool:
        """Put each job as late as it can be; whether all fit."""
        board, net, start = self.board, self.net, self.board.start
        board.clear()
        self.work += len(order)
        for i in order:
            high, length = net.high[i], net.length[i]
            for j, _ in net.then[i]:
                high = min(high, start[j] - length)
            at = board.latest(i, board.first, high)
            if at is None:
                return False
            board.put(i, at)
        return True

    def _forward(self, floor: int) -> bool:
        """Put each job as early as it can be, from minute `floor` on; whether all fit."""
        board, net, start = self.board, self.net, self.board.start
        board.clear()
        self.work += len(start)
        for i in sorted(range(len(start)), key=lambda i: (start[i], net.place[i])):
            low = floor
            for j, _ in net.before[i]:
                low = max(low, start[j] + net.length[j])
            at = board.earliest(i, low)
            if at is None:
                return False
            board.put(i, at)
        return True
