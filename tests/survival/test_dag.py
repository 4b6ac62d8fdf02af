"""Over real HTTP, with journal, budget and checks: a run takes as long as its critical path, by the benchmark."""

from __future__ import annotations

import asyncio
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import dag


def test_twelve_steps_keep_to_the_critical_path_and_leave_the_labs_loops_behind() -> None:
    found = dag.served(3, dag.RUNNERS)
    ratio = {name: statistics.median(run.ratio for run in runs) for name, runs in found.items()}
    assert ratio["catering"] <= 1.05
    assert ratio["catering"] < ratio["gather by layer"] < ratio["sequential, as the lab"]
    assert {run.replies for runs in found.values() for run in runs} == {12}


def test_five_hundred_steps_keep_to_it_at_little_cpu() -> None:
    runs = [asyncio.run(dag.wide(dag.ours)) for _ in range(3)]
    assert statistics.median(run.ratio for run in runs) <= 1.05
    assert statistics.median(run.cpu_ms for run in runs) / sum(dag.WIDE) <= 5
