"""Monte Carlo: the day is run again with delays. The order of work is kept; what cannot start when due starts later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
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
    """What goes wrong on one day: minutes that each job takes longer, by index, and that the guests are late."""

    longer: list[int]
    late: int


class _Moved(NamedTuple):
    """A job that delays may move, or that says whether a day is on time."""

    job: int
    planned: int
    is_fixed: bool
    waits: bool
    """whether it waits if the guests are late"""
    arcs: Sequence[_Arc]
    """what may hold it up"""
    kept: Sequence[_Arc]
    """food that it waits for and that may then have waited too long"""


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
        self.drives = [i for i, work in enumerate(self.works) if work.kind == "drive"]
        self.ovens: list[int] = []
        self.waits = [self._waits_for_guests(i) for i in range(len(self.works))]
        self._add_hands(found)
        self.by_hand = next((i for i in self.order if self.works[i].dish and self.net.jobs[i].hands), None)
        """the first work by hand, to which a cook comes late"""
        self.moved = list(self._moved())

    def _moved(self) -> Iterator[_Moved]:
        """What has to be looked at on each day: all else is where it was planned, whatever goes wrong."""
        most = self._most()
        latest = self._latest(most)
        for i in self.order:
            planned = self.planned[i]
            arcs = [arc for arc in self.arcs[i] if latest[arc.before] + arc.minutes + most[arc.before] > planned]
            kept = [arc for arc in self.arcs[i] if self._may_spoil(arc, latest[i])]
            if arcs or kept or self.waits[i]:
                yield _Moved(i, planned, self.works[i].kind in _SERVED, self.waits[i], arcs, kept)

    def _may_spoil(self, arc: _Arc, latest: int) -> bool:
        """Whether food waits too long for a job that starts at its latest, and was itself done as planned."""
        if arc.limit is None:
            return False
        return latest - self.planned[arc.before] - self.works[arc.before].minutes > arc.limit + GRACE

    def _most(self) -> list[int]:
        """By how many minutes each job takes longer at most on any day."""
        longer = [int(work.minutes * DRIVE) if work.kind == "drive" else 0 for work in self.works]
        for oven in self.ovens:
            longer[oven] = int(self.works[oven].minutes * SLOW) + OUT
        if self.by_hand is not None:
            longer[self.by_hand] += COOK_LATE
        return longer

    def _latest(self, most: Sequence[int]) -> list[int]:
        """The start of each job on a day on which all of it goes wrong."""
        start = list(self.planned)
        for i in self.order:
            due = self.planned[i] + (LATE if self.waits[i] else 0)
            held = (start[arc.before] + arc.minutes + most[arc.before] for arc in self.arcs[i])
            start[i] = max(due, max(held, default=due))
        return start

    def _waits_for_guests(self, i: int) -> bool:
        """Whether work waits if the guests are late: a service does, and work on a dish that is so near to one."""
        if self.works[i].kind in _SERVED:
            return True
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
        longer = [0] * len(self.works)
        for i in self.drives:
            longer[i] = int(self.works[i].minutes * DRIVE * draw.random())
        if self.ovens:
            slow = SLOW * draw.random()
            for oven in self.ovens:
                longer[oven] = int(self.works[oven].minutes * slow)
            out = self.ovens[int(draw.random() * len(self.ovens))]
            longer[out] += OUT * int(draw.random() * 2)
        if self.by_hand is not None:
            longer[self.by_hand] += int(draw.random() * (COOK_LATE + 1))
        return _Delays(longer, late)

    def first_failure(self, delays: _Delays) -> _Failure | None:
        """The first failure of one day; None: the day holds."""
        return min(self._failures(delays), default=None)

    def _failures(self, delays: _Delays) -> Iterator[_Failure]:
        """Services and platings that start late, and food that waits too long."""
        start, why = list(self.planned), list(range(len(self.planned)))
        longer = delays.longer
        for i, planned, is_fixed, waits, arcs, kept in self.moved:
            due = at = planned + delays.late if waits else planned
            for before, minutes, _ in arcs:
                held = start[before] + minutes + longer[before]
                if held > at:
                    at, why[i] = held, before
            start[i] = at
            if is_fixed and at > due + GRACE:
                yield _Failure(at, self._whose(why, i), at - due)
            if kept:
                yield from self._stale(at, kept, start, delays)

    def _stale(self, at: int, kept: Sequence[_Arc], start: Sequence[int], delays: _Delays) -> Iterator[_Failure]:
        """Food that a job waits for and that keeps for less long than it has waited."""
        for arc in kept:
            assert arc.limit is not None
            before = self.works[arc.before]
            over = at - start[arc.before] - before.minutes - delays.longer[arc.before] - arc.limit
            if over > GRACE:
                yield _Failure(at, before.dish or before.id, over)

    def _whose(self, why: list[int], i: int) -> str:
        """The dish whose work held a job up; the first block that was held up if it is no dish's."""
        at = i
        while why[at] != at:
            at = why[at]
            if self.works[at].dish:
                return self.works[at].dish
        return self.works[at].id
