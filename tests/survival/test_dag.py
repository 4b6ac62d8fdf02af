"""The benchmark of the executor runs: every runner asks all twelve steps over real HTTP, and prints its row.

How long they take is the benchmark's to print (`python tests/benchmarks/dag.py`); no test fails on a clock.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import dag


def test_every_runner_of_the_benchmark_asks_all_twelve_steps_and_journals_each() -> None:
    found = dag.served(1, dag.RUNNERS)
    assert set(found) == set(dag.RUNNERS)
    assert {run.replies for runs in found.values() for run in runs} == {12}


def test_five_hundred_steps_run_to_their_end() -> None:
    assert asyncio.run(dag.wide(dag.ours)).replies == sum(dag.WIDE)
