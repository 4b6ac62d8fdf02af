"""Known projects through the kitchen's own scheduling code: `python tests/benchmarks/psplib.py FOLDER [--seconds 10]`.

FOLDER holds PSPLIB files in .sm format and an index.json with the best known makespans. A project is read as a
kitchen day that ends at minute 0: its makespan is the day's span. What is found is verified by plain counting.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import defaultdict
from pathlib import Path

from catering_cli.scheduling import backward_greedy, priority_rules, restarts
from catering_cli.scheduling.exact.cp_sat import Improved, improve
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Lag, Need, Problem, Resource


def read(text: str) -> Problem:
    """A single-mode project in .sm format, turned round: nothing starts before -horizon, all ends at 0."""
    then = {
        int(row[0]): [int(x) for x in row[3:]] for row in _section(text, "PRECEDENCE RELATIONS:") if row[0].isdigit()
    }
    rows = [row for row in _section(text, "REQUESTS/DURATIONS:") if row[0].isdigit()]
    have = [int(x) for x in _section(text, "RESOURCEAVAILABILITIES:")[-1]]
    plant = [Resource("equipment", f"R{n}", "base") for n in range(1, len(have) + 1)]
    before: dict[int, list[int]] = defaultdict(list)
    for job, successors in then.items():
        for other in successors:
            before[other].append(job)
    jobs = []
    for row in rows:
        job, minutes, asked = int(row[0]), int(row[2]), [int(x) for x in row[3:]]
        needs = tuple(Need((plant[n],), count, minutes) for n, count in enumerate(asked) if count and minutes)
        after = tuple(Lag(str(other)) for other in sorted(before[job]))
        jobs.append(Job(str(job), minutes, "base", needs, after))
    horizon = sum(job.minutes for job in jobs)
    return Problem(tuple(jobs), dict(zip(plant, have, strict=True)), {}, -horizon, 0)


def _section(text: str, title: str) -> list[list[str]]:
    after = text.split(title, 1)[1]
    body = re.split(r"\n\*{3,}", after, maxsplit=1)[0]
    return [line.split() for line in body.splitlines() if line.split()]


def faults(problem: Problem, placement: dict[str, int]) -> list[str]:
    """What is wrong with a placement, minute by minute."""
    by_id = {job.id: job for job in problem.jobs}
    out = [f"{job.id} has no start" for job in problem.jobs if job.id not in placement]
    used: dict[tuple[str, int], int] = defaultdict(int)
    for job in problem.jobs:
        start = placement[job.id]
        if start + job.minutes > problem.end:
            out.append(f"{job.id} ends late")
        out += [
            f"{job.id} before {lag.job}" for lag in job.after if placement[lag.job] + by_id[lag.job].minutes > start
        ]
        for need in job.needs:
            for minute in range(start, start + need.minutes):
                used[need.options[0].name, minute] += need.count
    have = {resource.name: count for resource, count in problem.capacities.items()}
    return out + [f"{name} at {minute}: {n}" for (name, minute), n in sorted(used.items()) if n > have[name]]


def spans(problem: Problem) -> dict[str, int]:
    """Makespan of each priority rule of the greedy."""
    net = Net(problem)
    out = {}
    for rule in priority_rules.RULES:
        found = backward_greedy.place_all(net, rule)
        if not found.valid or faults(problem, dict(found.placement)):
            raise SystemExit(f"{rule}: no valid schedule")
        out[rule] = -min(found.placement.values())
    return out


def one(problem: Problem, given: argparse.Namespace) -> tuple[Improved, float]:
    """What the greedy, the search for a later beginning and then the solver find, verified, and the seconds it took."""
    begun = time.perf_counter()
    hint = restarts.best(problem, backward_greedy.search(problem))
    left = given.seconds - (time.perf_counter() - begun)
    better = improve(problem, hint, 1e6, aims=("span",), wall=left, workers=given.workers)
    took = time.perf_counter() - begun
    if wrong := faults(problem, dict(better.found.placement)):
        raise SystemExit(str(wrong[:3]))
    return better, took


def main() -> int:
    """Print the table; 1 where a target is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="more than 1 is not repeatable")
    asked.add_argument("--only", default="", help="sets whose name begins so")
    given = asked.parse_args()
    gaps: dict[str, list[float]] = defaultdict(list)
    rules: dict[str, list[float]] = defaultdict(list)
    say(f"{'instance':<16} {'best known':>10} {'found':>6} {'bound':>6} {'gap %':>6} {'s':>6}  greedy rules")
    for row in json.loads((given.folder / "index.json").read_text())["instances"]:
        if not row["set"].startswith(given.only):
            continue
        problem = read((given.folder / row["file"]).read_text())
        known, by_rule = row["best_known"], spans(problem)
        better, took = one(problem, given)
        gap = 100 * (better.span - known) / known
        gaps[row["set"]].append(gap)
        rules[row["set"]].append(100 * (min(by_rule.values()) - known) / known)
        said = " ".join(f"{rule} {span}" for rule, span in by_rule.items())
        name = Path(row["file"]).name
        say(f"{name:<16} {known:>10} {better.span:>6} {better.bound:>6} {gap:>6.2f} {took:>6.2f}  {said}")
    for name, found in gaps.items():
        mean, of_rules = sum(found) / len(found), sum(rules[name]) / len(found)
        reached = sum(gap <= 0 for gap in found)
        say(f"{name}: {reached} of {len(found)} at the best known, mean gap {mean:.2f} %; best rule {of_rules:.2f} %")
    exact, close = gaps.get("j30", []), gaps.get("j60", [])
    return int(any(gap > 0 for gap in exact) or sum(close) > 2 * len(close))


def say(line: str) -> None:
    """One line of the table, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
