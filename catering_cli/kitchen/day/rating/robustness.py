"""Monte Carlo: the day is run again with delays. The order of work is kept; what cannot start when due starts later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from catering_cli.domain.basis import Basis
from catering_cli.domain.plan_parts.timeline import Replay
from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.shared_batch import DOOR
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Need, Resource

DAYS, SEED = 40, 5
_SERVED = ("plate", "serve", "refill")
"""Work that is fixed to the clock of the guests."""
DRIVE = 0.25
"""Part by which a drive may take longer."""
OUT, LATE = 30, 20
"""Minutes that one oven is out, and minutes that the guests may be late."""
SLOW, COOK_LATE = 0.1, 20
"""Part by which an oven may be slow on a day, and minutes that a cook may come late to the first work."""
GRACE = 10
"""Minutes by which a plating may be late, or food wait too long, on a day that is still on time. [K]"""
KNOWN = 45
"""Minutes before a service from which work waits with it if its guests are late. [K]"""
DELAYS = Basis(
    rule="stress.delays",
    inputs={
        "runs": str(DAYS),
        "seed": str(SEED),
        "drive_percent": f"{DRIVE:.0%}".rstrip("%"),
        "oven_minutes": str(OUT),
        "late_minutes": str(LATE),
        "slow_percent": f"{SLOW:.0%}".rstrip("%"),
        "cook_minutes": str(COOK_LATE),
        "grace_minutes": str(GRACE),
    },
)


class _Arc(NamedTuple):
    """A job starts at the earliest `minutes` after the start of `before`, and later if that one took longer."""

    before: int
    minutes: int
    limit: int | None = None
    """longest time from the end of `before` to the start, if food waits; None for hands and machines"""


class _Delays(NamedTuple):
    """What goes wrong on one day: minutes that a job takes longer, by index, and that the guests are late."""

    longer: dict[int, int]
    late: int


class _Failure(NamedTuple):
    """What failed at which minute, for whose sake, and by how many minutes."""

    at: int
    whose: str
    minutes: int


def replay(day: Day, found: Found) -> Replay:
    """How many of forty days hold, drawn from a fixed seed, and what fails first most often."""
    replays = _Replays(day, found)
    draw = Random(SEED)  # noqa: S311 (delays of a day, no secret)
    firsts = []
    for _ in range(DAYS):
        first = replays.first_failure(replays.drawn(draw))
        if first:
            firsts.append(first)
    if not firsts:
        return Replay(days=DAYS, held=DAYS, delays=DELAYS.sentence(), derivation=DELAYS)
    counts = Counter(failure.whose for failure in firsts)
    name = min(counts, key=lambda one: (-counts[one], one))
    by = sorted(failure.minutes for failure in firsts if failure.whose == name)
    return Replay(
        days=DAYS,
        held=DAYS - len(firsts),
        first=name,
        late_minutes=by[len(by) // 2],
        delays=DELAYS.sentence(),
        derivation=DELAYS,
    )


class _Replays:
    """A planned day, by index of its jobs, and what each job waits for."""

    def __init__(self, day: Day, found: Found) -> None:
        self.net = Net(day.problem)
        self.works = list(day.works.values())
        self.planned = [found.placement[job.id] for job in self.net.jobs]
        place = self.net.place
        self.order = sorted(place, key=lambda i: (self.planned[i], place[i]))
        self.arcs = [self._waits(i) for i in range(len(self.works))]
        self.ovens: list[int] = []
        self.waits = [self._waits_for_guests(i) for i in range(len(self.works))]
        self._add_hands(found)
        self.by_hand = next((i for i in self.order if self.works[i].dish and self.net.jobs[i].hands), None)
        """the first work by hand, to which a cook comes late"""
        self.kept = [[arc for arc in arcs if arc.limit is not None] for arcs in self.arcs]
        """those of the arcs in which food waits"""

    def _waits_for_guests(self, i: int) -> bool:
        """Whether work on a dish is so near to its service that it waits if the guests are late."""
        return bool(self.works[i].dish) and any(
            self.works[j].kind in _SERVED and 0 <= self.planned[j] - self.planned[i] <= KNOWN
            for j, _ in self.net.then[i]
        )

    def _waits(self, i: int) -> list[_Arc]:
        """What the food of a job waits for; that two loads go in together is no wait of food."""
        return [_Arc(j, self.works[j].minutes, limit) for j, limit in self.net.before[i] if self.works[j].kind != DOOR]

    def _add_hands(self, found: Found) -> None:
        """Who waits for whose hands and machines, and which jobs an oven works on."""
        units: dict[Resource, list[tuple[int, int, int]]] = {}
        for i in self.order:
            work = self.works[i]
            for need, resource in zip(work.needs, found.taken[work.id], strict=True):
                if need.minutes:
                    self._take(i, need, units.setdefault(resource, []))
                    if resource.name == "oven":
                        self.ovens.append(i)

    def _take(self, i: int, need: Need, units: list[tuple[int, int, int]]) -> None:
        """Take units (busy until, by job, for minutes): those last busy that are free by then, else more."""
        at = self.planned[i]
        units.sort(key=lambda unit: (unit[0] > at, -unit[0]))
        taken = (at + need.minutes, i, need.minutes)
        for n in range(need.count):
            if n < len(units) and units[n][0] <= at:
                _, before, minutes = units[n]
                self.arcs[i].append(_Arc(before, minutes))
                units[n] = taken
            else:
                units.append(taken)

    def drawn(self, draw: Random) -> _Delays:
        """The delays of one day."""
        late = int(draw.random() * (LATE + 1))
        longer = {}
        for i, work in enumerate(self.works):
            if work.kind == "drive":
                longer[i] = int(work.minutes * DRIVE * draw.random())
        if self.ovens:
            slow = SLOW * draw.random()
            for oven in self.ovens:
                longer[oven] = int(self.works[oven].minutes * slow)
            out = self.ovens[int(draw.random() * len(self.ovens))]
            longer[out] += OUT * int(draw.random() * 2)
        if self.by_hand is not None:
            longer[self.by_hand] = longer.get(self.by_hand, 0) + int(draw.random() * (COOK_LATE + 1))
        return _Delays(longer, late)

    def first_failure(self, delays: _Delays) -> _Failure | None:
        """The first failure of one day; None: the day holds."""
        return min(self._failures(delays), default=None)

    def _failures(self, delays: _Delays) -> Iterator[_Failure]:
        """Services and platings that start late, and food that waits too long."""
        start, why = list(self.planned), list(range(len(self.planned)))
        longer = delays.longer
        for i in self.order:
            is_fixed = self.works[i].kind in _SERVED
            due = self.planned[i] + (delays.late if is_fixed or self.waits[i] else 0)
            start[i] = due
            for before, minutes, _ in self.arcs[i]:
                at = start[before] + minutes + longer.get(before, 0)
                if at > start[i]:
                    start[i], why[i] = at, before
            if is_fixed and start[i] > due + GRACE:
                yield _Failure(start[i], self._whose(why, i), start[i] - due)
            if self.kept[i]:
                yield from self._stale(i, start, delays)

    def _stale(self, i: int, start: list[int], delays: _Delays) -> Iterator[_Failure]:
        """Food that a job waits for and that keeps for less long than it has waited."""
        for arc in self.kept[i]:
            assert arc.limit is not None
            before = self.works[arc.before]
            ended = start[arc.before] + before.minutes + delays.longer.get(arc.before, 0)
            over = start[i] - ended - arc.limit
            if over > GRACE:
                yield _Failure(start[i], before.dish or before.id, over)

    def _whose(self, why: list[int], i: int) -> str:
        """The dish whose work held a job up; the first block that was held up if it is no dish's."""
        at = i
        while why[at] != at:
            at = why[at]
            if self.works[at].dish:
                return self.works[at].dish
        return self.works[at].id
