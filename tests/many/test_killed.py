"""Killed in the middle with two processes at work: no finished order is planned again, no paid call is made again."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from server import Asked, Server

sys.path.insert(0, str(Path(__file__).parents[1] / "survival"))
from survive import BOTH, SMALL, Bench, bench

ROUTING = BOTH + "default: {tiers: [first, second, kitchen], when: always}\n"
NAMES = ("lunch60", "lunch80", "lunch100", "lunch120")
COMMAND = (
    "plan", *(f"{name}.json" for name in NAMES), "--config", "routing.yaml", "--jobs", "2", "--out", "plans", "--json",
)  # fmt: skip


def order(name: str) -> dict[str, Any]:
    """An order that shares no question with the others."""
    guests = name.removeprefix("lunch")
    return json.loads(json.dumps({**SMALL, "guests": int(guests)}).replace("orrel", f"orrel{guests}"))


def body(asked: Asked) -> str:
    return json.dumps(asked.body, sort_keys=True)


def journalled(desk: Bench) -> int:
    with sqlite3.connect(f"file:{desk.folder}/state/journal.sqlite3?mode=ro", uri=True, timeout=5) as db:
        return int(db.execute("SELECT count(*) FROM replies").fetchone()[0])


def killed_after_a_plan(desk: Bench) -> set[str]:
    """Kill the command when a plan is written and further orders are under way; the bodies that were answered."""
    answered: list[str] = []
    written = desk.folder / "plans"

    def held(asked: Asked) -> float:
        if list(written.glob("*.plan.json")):
            return 60.0
        answered.append(body(asked))
        return 0.0

    desk.server.latency = held
    with subprocess.Popen(
        desk.command(*COMMAND), env=desk.environment(), cwd=desk.folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        until = time.monotonic() + 120
        while not list(written.glob("*.plan.json")) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        while len(desk.server.log) == len(answered) and time.monotonic() < until:
            time.sleep(0.01)
        while journalled(desk) < len(answered) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    desk.server.latency = 0.0
    return set(answered)


@pytest.mark.slow
def test_killed_with_two_at_work_nothing_finished_or_paid_for_is_done_again(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    desk.write("routing.yaml", ROUTING)
    for name in NAMES:
        desk.write(f"{name}.json", order(name))
    answered = killed_after_a_plan(desk)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "plans").glob("*.plan.json")}
    assert 0 < len(before) < len(NAMES)
    server.log.clear()
    ran = desk.run(*COMMAND)
    assert ran.returncode in (0, 3), ran.stderr[-2000:]
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert sum("planned before" in one["said"] for one in json.loads(ran.stdout)) == len(before)
    assert len(list((tmp_path / "plans").glob("*.plan.json"))) == len(NAMES)
    asked = {body(one) for one in server.log}
    assert asked, "the other orders ask their models"
    assert not asked & answered
