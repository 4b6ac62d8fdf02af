"""The benchmark of the executor runs: each runner asks all twelve steps over real HTTP, and prints its row.

How long they take is the benchmark's to print (`python tests/benchmarks/dag.py`); no test fails on a clock.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import dag

LAB = [name for name in dag.RUNNERS if name != "catering"]


@pytest.mark.parametrize("name", ["catering", *(pytest.param(name, marks=pytest.mark.slow) for name in LAB)])
def test_a_runner_of_the_benchmark_asks_all_twelve_steps_and_journals_each(name: str) -> None:
    found = dag.served(1, {name: dag.RUNNERS[name]})
    assert {run.replies for runs in found.values() for run in runs} == {12}


def test_five_hundred_steps_run_to_their_end() -> None:
    assert asyncio.run(dag.wide(dag.ours)).replies == sum(dag.WIDE)
