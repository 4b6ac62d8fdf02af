"""What the tool withstands, counted: drawn orders, mutated orders, plans, recipes and routing files, tampered plans.

`python tests/benchmarks/withstood.py [--orders N] [--mutants N] [--seed S] [--only KIND,...] [--seconds T] [--times K]`
prints a table with a row for each kind. Of `--orders` half are realistic and half nasty, each planned K times (2); of
`--mutants` all are orders, half as many plans (each shown in every form, checked and refined), a fifth routing files,
an eighth recipes. The seeds begin at S, so that a run is repeated by its numbers; what failed is printed with its seed
as it is found. After T seconds of the processor a kind is left, and so is all that follows after a SIGTERM; the table
says how far each came.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS), str(TESTS / "hardening")]

import survey  # noqa: E402
import tampered  # noqa: E402
from judge import plans_judged  # noqa: E402

COLUMNS = ("documents", "commands", "exit 0", "exit 1", "exit 2", "exit 3", "over 10 s", "blocked", "broken", "other")
TAMPERED = ("corporate_buffet", "wedding")
NAMED = 8
"""Faults of one document that are printed."""

Asked = Callable[[str, int, Path, "Row"], Iterator[str]]


@dataclass
class Row:
    """What became of the documents of a kind."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0, 0)

    def took(self, seconds: float, seed: int) -> bool:
        """Whether that was too long."""
        self.slowest = max(self.slowest, (seconds, seed))
        self.counts["over 10 s"] += seconds > survey.LONGEST_S
        return seconds > survey.LONGEST_S


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def drawn(kind: str, seed: int, folder: Path, row: Row, times: int = 2) -> Iterator[str]:
    """A drawn order planned: how it ended, what its checks block, what the judge finds, whether it is one plan."""
    made = [plans_judged.judged(kind, seed, folder) for _ in range(times)]
    for one in made:
        row.counts[f"exit {one.code}"] += 1
        if row.took(one.seconds, seed):
            yield f"{one.seconds:.0f} s"
    row.counts["commands"] += times
    first = made[0]
    if len({(one.code, one.digest, one.wrong) for one in made}) > 1:
        yield "other: not the same plan twice"
    blocked = [said for said in first.wrong if said.startswith("blocked.")]
    broken = [said for said in first.wrong if said.startswith("judge.")]
    row.counts["blocked"] += bool(blocked)
    row.counts["broken"] += bool(broken)
    yield from first.wrong


def mutated(kind: str, seed: int, folder: Path, row: Row) -> Iterator[str]:
    """A mutated document given to its commands."""
    for number, one in enumerate(survey.KINDS[kind](seed, folder)):
        row.counts["commands"] += 1
        row.counts[f"exit {one.code}"] += 1
        row.took(one.seconds, seed)
        if one.wrong:
            yield f"other: {number}: {one.wrong}: {one.said[:300]}"


ended: list[int] = []
"""Signals that asked for an end."""


def counted(kind: str, seeds: range, seconds: float, times: int) -> Row:
    """The row of a kind; its faults are printed as they are found."""
    row, began = Row(), time.process_time()
    asked: Asked = partial(drawn, times=times) if kind in plans_judged.KINDS else mutated
    with tempfile.TemporaryDirectory() as name:
        os.environ["CATERING_STATE"] = str(Path(name) / "state")
        for seed in seeds:
            if ended or time.process_time() - began > seconds:
                break
            faults = list(asked(kind, seed, Path(name), row))
            row.counts["documents"] += 1
            row.counts["other"] += any(said.startswith("other") for said in faults)
            for said in faults[:NAMED]:
                say(f"{kind} {seed}: {said}")
    return row


def tampering(seed: int) -> Row:
    """Single changes to the plans of two samples: each that `check` does not name is printed."""
    row, how_named = Row(), Counter[str]()
    for name in TAMPERED:
        for path, how in tampered.surveyed(str(TESTS.parent / "sample_orders" / f"{name}.json"), seed):
            how_named[how] += 1
            if how == "not named":
                say(f"tampered: {name} {path} is not named")
    row.counts |= {"documents": how_named.total(), "other": how_named["not named"]}
    say(f"tampered: {dict(how_named)}")
    return row


def table(rows: dict[str, Row]) -> None:
    say(f"{'':<12}" + "".join(f"{name:>11}" for name in COLUMNS) + "   slowest")
    for kind, row in rows.items():
        seconds, seed = row.slowest
        figures = "".join(f"{row.counts[name]:>11}" for name in COLUMNS)
        say(f"{kind:<12}{figures}   {seconds:.1f} s (seed {seed})")


def main() -> None:
    """Print the table."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--orders", type=int, default=100)
    read.add_argument("--mutants", type=int, default=400)
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--only", default="realistic,nasty,orders,plans,recipes,routing,tampered")
    read.add_argument("--seconds", type=float, default=float("inf"))
    read.add_argument("--times", type=int, default=2)
    given = read.parse_args()
    many = {"realistic": given.orders // 2, "nasty": given.orders // 2, "orders": given.mutants,
            "plans": given.mutants // 2, "recipes": given.mutants // 8, "routing": given.mutants // 5}  # fmt: skip
    signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    rows = {}
    for kind in given.only.split(","):
        seeds = range(given.seed, given.seed + many.get(kind, 0))
        if kind == "tampered":
            rows[kind] = tampering(given.seed)
        else:
            rows[kind] = counted(kind, seeds, given.seconds, given.times)
    table(rows)


if __name__ == "__main__":
    main()
