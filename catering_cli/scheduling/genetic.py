"""Orders of work crossed with each other and pushed together from both ends, where no result goes stale.

A population of schedules; a child takes its order of work from one parent, a stretch of it from another (two-point
crossover of activity lists, Hartmann 1998, Naval Research Logistics 45:733-750), and a few jobs are put elsewhere.
Each is built backward, then pushed to the left and to the right again as long as that helps (double justification,
Valls, Ballestin and Quintanilla 2005, EJOR 165:375-386). A population that finds nothing new for long is drawn again.
Drawn from a fixed seed and limited by the number of placements.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from random import Random

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.bit_timetable import Board
from catering_cli.scheduling.network import Net

_PARENTS = 30
_STALE = 800
"""Children without a better one after which the population is drawn again."""
_ROOM = 1.7
"""Of the given span: how early a first, bad order of work may begin."""
_SPREAD = 0.6
"""Of the given span: how far the first orders stray from latest end first."""


def bred(net: Net, found: Found, least: int, work: int) -> Found:
    """The placement that begins latest after so many placements of jobs; `found` where none begins later."""
    return _Stock(net, found, least).run(work)


def fit(net: Net) -> bool:
    """Whether any order of work can be built: nothing has to be used before it is stale."""
    return all(limit is None for lags in net.before for _, limit in lags)


class _Stock:
    """The population, and the board on which its children are built."""

    def __init__(self, net: Net, found: Found, least: int) -> None:
        self.net, self.given, self.least = net, found, least
        self.minutes = [job.minutes for job in net.jobs]
        self.span = net.problem.span(found.placement)
        first = max(net.problem.begin, -int(self.span * _ROOM) - 1)
        self.board = Board(net, found, min([first, *found.placement.values()]))
        self.draw = Random(1)  # noqa: S311 (an order of work, no secret)
        self.parents: list[tuple[int, list[int]]] = []
        self.work = 0

    def run(self, work: int) -> Found:
        """The best of all that so much work builds."""
        best, keep, top, idle = self.span, None, 0, 0
        if self.board.twice:
            return self.given
        while self.work < work and best > self.least:
            if idle > _STALE:
                self.parents, idle = [], 0
            child = self._child(self._crossed() if len(self.parents) == _PARENTS else self._strayed())
            idle += 1
            if child is None:
                continue
            if not self.parents or child[0] < top:
                top, idle = child[0], 0
            if child[0] < best:
                best, keep = child
            self._keep(child)
        return self.given if keep is None else self.board.found(keep)

    def _keep(self, child: tuple[int, list[int]]) -> None:
        if len(self.parents) < _PARENTS:
            self.parents.append(child)
        elif child not in self.parents:
            worst = max(range(_PARENTS), key=lambda n: (self.parents[n][0], self.draw.random()))
            if child[0] <= self.parents[worst][0]:
                self.parents[worst] = child

    def _strayed(self) -> list[int]:
        far, high = self.span * _SPREAD, self.net.high
        return self._ordered([high[i] + m + far * self.draw.random() for i, m in enumerate(self.minutes)])

    def _crossed(self) -> list[int]:
        one, other = self._last_first(self._parent()), self._last_first(self._parent())
        low, high = sorted(self.draw.randrange(len(one) + 1) for _ in "ab")
        out = one[:low]
        seen = set(out)
        middle = [i for i in other if i not in seen][: high - low]
        seen.update(middle)
        out += [*middle, *(i for i in one if i not in seen)]
        keys = [0.0] * len(out)
        for n, i in enumerate(out):
            keys[i] = -n
        for _ in range(self.draw.randint(1, 4)):
            keys[self.draw.randrange(len(out))] += (self.draw.random() - 0.5) * len(out) / 2
        return self._ordered(keys)

    def _parent(self) -> list[int]:
        one, other = self.draw.sample(self.parents, 2)
        return min(one, other, key=lambda parent: parent[0])[1]

    def _last_first(self, start: list[int]) -> list[int]:
        return sorted(range(len(start)), key=lambda i: (-start[i] - self.minutes[i], -self.net.place[i]))

    def _ordered(self, keys: list[float]) -> list[int]:
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

    def _child(self, order: list[int]) -> tuple[int, list[int]] | None:
        """Span and starts of an order of work, pushed together; None where it does not fit on the board."""
        if not self._backward(order):
            return None
        best, start = self.board.span(), list(self.board.start)
        while self._forward(-best) and self._backward(self._last_first(self.board.start)):
            if self.board.span() >= best:
                break
            best, start = self.board.span(), list(self.board.start)
        return best, start

    def _backward(self, order: list[int]) -> bool:
        board, net, start = self.board, self.net, self.board.start
        board.clear()
        self.work += len(order)
        for i in order:
            job, high = net.jobs[i], net.high[i]
            for j, _ in net.then[i]:
                high = min(high, start[j] - job.minutes - job.tail)
            at = board.latest(i, board.first, high)
            if at is None:
                return False
            board.put(i, at)
        return True

    def _forward(self, floor: int) -> bool:
        board, net, start = self.board, self.net, self.board.start
        board.clear()
        self.work += len(start)
        for i in sorted(range(len(start)), key=lambda i: (start[i], net.place[i])):
            low = max([floor, *(start[j] + net.jobs[j].minutes + net.jobs[j].tail for j, _ in net.before[i])])
            at = board.earliest(i, low)
            if at is None:
                return False
            board.put(i, at)
        return True
