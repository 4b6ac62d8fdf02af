"""Configurations measured by the real command, and a step's prompt and reply read back from the journal."""

from __future__ import annotations

import json
from pathlib import Path

from server import Server
from survive import BOTH, SMALL, bench

BOTH_OPEN = BOTH + "default: {tiers: [first, kitchen], when: open}\n"
ALWAYS = BOTH + "default: {tiers: [second, kitchen], when: always}\n"


def test_a_bench_asks_once_and_says_who_is_better(tmp_path: Path) -> None:
    with Server() as server:
        desk = bench(server, tmp_path)
        desk.write("lunch.json", SMALL)
        desk.write("open.yaml", BOTH_OPEN)
        desk.write("always.yaml", ALWAYS)
        words = ("bench", "lunch.json", "--config", "open.yaml", "--config", "always.yaml", "--json")
        first = desk.run(*words)
        assert first.returncode == 0, first.stderr[-2000:]
        sent = len(server.log)
        again = desk.run(*words)
        assert len(server.log) == sent
        told, twice = json.loads(first.stdout), json.loads(again.stdout)
        assert sum(row["asked"] for row in told["orders"]) > 0
        assert [row["asked"] for row in twice["orders"]] == [0, 0]
        for before, after in zip(told["orders"], twice["orders"], strict=True):
            assert {**before, "asked": 0} == {**after, "asked": 0}
        best = {row["config"] for row in told["totals"] if row["best"]}
        dearer = max(told["totals"], key=lambda row: row["usd"])
        assert best
        assert best != {dearer["config"]}
        read = [task for row in told["orders"] for task in row["tasks"] if task["task"] == "unit_conversion"]
        assert all((task["kept"], task["refused"], task["changed"]) == (1, 0, 1) for task in read)


def test_a_replay_asks_only_what_differs(tmp_path: Path) -> None:
    with Server() as server:
        desk = bench(server, tmp_path)
        desk.write("lunch.json", SMALL)
        desk.write("one.yaml", BOTH_OPEN)
        other = BOTH_OPEN + "routes:\n  unit_conversion: {tiers: [second, kitchen], when: open}\n"
        desk.write("other.yaml", other)
        run = json.loads(desk.run("bench", "lunch.json", "--config", "one.yaml", "--json").stdout)["orders"][0]["run"]
        server.log.clear()
        ran = desk.run("bench", "lunch.json", "--config", "other.yaml", "--replay", run, "--json")
        assert ran.returncode == 0, ran.stderr[-2000:]
        assert [(asked.task, asked.model) for asked in server.log] == [("unit_conversion", "second-model")]


def test_a_refused_answer_is_graded_so(tmp_path: Path) -> None:
    with Server() as server:
        desk = bench(server, tmp_path)
        wrong = {"item": "zorrel", "measure": "bunch", "amount": 90_000, "unit": "g"}
        server.say("unit_conversion", {"measures": [wrong]})
        desk.write("lunch.json", SMALL)
        desk.write("open.yaml", BOTH_OPEN)
        told = json.loads(desk.run("bench", "lunch.json", "--config", "open.yaml", "--json").stdout)
        [task] = [one for one in told["orders"][0]["tasks"] if one["task"] == "unit_conversion"]
        assert (task["kept"], task["repaired"], task["refused"], task["decisions"]) == (0, 0, 1, 0)


def test_a_step_shows_its_prompt_and_its_reply(tmp_path: Path) -> None:
    with Server() as server:
        desk = bench(server, tmp_path)
        made = desk.plan(SMALL, BOTH_OPEN)
        step = next(one["id"] for one in made["run"]["steps"] if one["task"] == "unit_conversion")
        shown = desk.run("runs", "show", made["run"]["id"], "--step", step)
        assert shown.returncode == 0, shown.stderr
        assert '"measure":"bunch"' in shown.stdout.partition("--- replied")[0]
        assert '"measures"' in shown.stdout.partition("--- replied")[2]
        again = desk.plan(SMALL, BOTH_OPEN)
        kept = desk.run("runs", "show", again["run"]["id"], "--step", step)
        assert '"measure":"bunch"' in kept.stdout
        lost = desk.run("runs", "show", made["run"]["id"], "--step", "measure")
        assert lost.returncode == 2
        assert f"did you mean {step!r}" in lost.stderr
