"""Killed after any reply and run again: nothing journalled is asked again, and the plan is the same. The server's log
is the witness."""

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
from survive import ROOT, Bench, bare, bench

sys.path.insert(0, str(ROOT / "tests" / "tasks"))
from planted import document

LAB = (ROOT / "configs" / "lab.yaml").read_text(encoding="utf-8")
ORDER = document()
REPLIES = 15
"""What a whole run on ORDER brings, the two bad ones included."""
BAD = (("wrong_schema", "unit_conversion"), ("truncated", "text_formatting"))


def body(asked: Asked) -> str:
    return json.dumps(asked.body, sort_keys=True)


def journalled(desk: Bench) -> int:
    """Replies in the journal so far."""
    try:
        with sqlite3.connect(f"file:{desk.folder}/state/journal.sqlite3?mode=ro", uri=True, timeout=5) as db:
            return int(db.execute("SELECT count(*) FROM replies").fetchone()[0])
    except sqlite3.Error:
        return 0


def killed_after(desk: Bench, replies: int, *args: str) -> list[str]:
    """Run the command until so many replies are journalled, kill it, and give back the bodies that were answered."""
    answered: list[str] = []
    server = desk.server

    def held(asked: Asked) -> float:
        if len(answered) >= replies:
            return 60.0
        answered.append(body(asked))
        return 0.0

    server.latency = held
    with subprocess.Popen(
        desk.command(*args), env=desk.environment(), cwd=desk.folder, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        until = time.monotonic() + 60
        while journalled(desk) < replies and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert journalled(desk) == replies
    server.latency = 0.0
    return answered


def whole(tmp_path: Path, order: Any, config: str) -> tuple[dict[str, Any], int]:
    """The plan of a run that nobody disturbed, and how many requests it made."""
    with Server() as server:
        folder = tmp_path / "undisturbed"
        folder.mkdir()
        desk = bench(server, folder)
        for kind, task in BAD:
            server.fail(kind, task=task)
        return desk.plan(order, config), len(server.log)


def killed_and_resumed(
    desk: Bench, point: int, order: Any, config: str, undisturbed: tuple[dict[str, Any], int]
) -> None:
    expected, requests = undisturbed
    for kind, task in BAD:
        desk.server.fail(kind, task=task)
    path = order if isinstance(order, str) else desk.write("order.json", order)
    answered = killed_after(desk, point, "plan", path, "--config", desk.write("routing.yaml", config), "--json")
    in_flight = len(desk.server.log) - len(answered)
    first = len(desk.server.log)
    resumed = desk.plan(order, config)
    again = [body(asked) for asked in desk.server.log[first:]]
    assert not set(again) & set(answered), "nothing journalled is asked again"
    assert len(again) == requests - point, f"at most the {in_flight} in flight are asked again"
    assert bare(resumed) == bare(expected)


POINTS = [pytest.param(n, marks=() if n == 6 else pytest.mark.slow) for n in range(1, REPLIES + 1)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], int]:
    return whole(tmp_path_factory.mktemp("whole"), ORDER, LAB)


@pytest.mark.parametrize("point", POINTS)
def test_killed_after_any_reply_a_run_goes_on(
    server: Server, tmp_path: Path, point: int, undisturbed: tuple[dict[str, Any], int]
) -> None:
    assert undisturbed[1] == REPLIES
    killed_and_resumed(bench(server, tmp_path), point, ORDER, LAB, undisturbed)


@pytest.mark.slow
def test_the_gala_killed_after_any_reply_goes_on(tmp_path: Path) -> None:
    gala = str(ROOT / "sample_orders" / "gala.json")
    expected = whole(tmp_path, gala, LAB)
    for point in range(1, expected[1] + 1):
        folder = tmp_path / str(point)
        folder.mkdir()
        with Server() as server:
            killed_and_resumed(bench(server, folder), point, gala, LAB, expected)


FALLS_BACK = """
tiers:
  first:  {provider: anthropic, model: first-model, price: {input: 1, output: 5}}
  second: {provider: openai, model: second-model, price: {input: 1, output: 5}}
default: {tiers: [first, second, kitchen], when: always}
"""


@pytest.mark.parametrize("fault", ["429", "500", "wrong_schema"])
def test_a_second_run_asks_nobody_also_where_the_first_fell_back(server: Server, tmp_path: Path, fault: str) -> None:
    desk = bench(server, tmp_path)
    server.fail(fault, model="first-model", times=None)
    printed = desk.plan(ORDER, FALLS_BACK)
    assert {step["by"] for step in printed["run"]["steps"]} <= {"second", "kitchen"}
    first = len(server.log)
    server.heal()
    assert bare(desk.plan(ORDER, FALLS_BACK)) == bare(printed)
    assert len(server.log) == first


def names(asked: Asked) -> tuple[str, str]:
    """The task, and its dish where it has one."""
    given = json.loads(asked.user.split("<given>\n")[1].split("\n</given>")[0])
    dishes = given.get("dishes") or []
    per_dish = {"recipe_scaling": lambda: given["dish"], "timeline_creation": lambda: dishes[0]["dish"]}
    return asked.task, per_dish.get(asked.task, str)()


def test_one_guest_more_asks_nobody_and_a_change_asks_just_those_who_read_it(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    people = {"guaranteed": 120, "profiles": [{"needs": ["vegan"], "count": 4, "severity": "preference"}]}
    order = document(guests=people)
    desk.plan(order, LAB)

    def asked_for(changed: dict[str, Any]) -> set[tuple[str, str]]:
        before = len(server.log)
        desk.plan(changed, LAB)
        return {names(asked) for asked in server.log[before:]}

    assert asked_for({**order, "guests": {**people, "guaranteed": 121}}) == set()
    noted = {**order, "notes": "Bring the blue napkins."}
    assert asked_for(noted) == {("strategic_planning", ""), ("constraint_solving", "")}
    soup = {"dish": "Green soup", "recipe": "Zorrel soup"}
    assert asked_for({**order, "menu": [soup, *order["menu"][1:]]}) == {
        ("strategic_planning", ""),
        ("recipe_scaling", "d1"),
        ("timeline_creation", "d1"),
        ("resource_planning", ""),
        ("timeline_planning", ""),
        ("text_formatting", ""),
    }


NO_KITCHEN = """
tiers:
  one: {provider: openai, model: m, price: {input: 1, output: 5}}
routes:
  strategic_planning: {tiers: [kitchen]}
  constraint_solving: {tiers: [one], when: always}
  ingredient_consolidation: {tiers: [one]}
  unit_conversion: {tiers: [one]}
  text_formatting: {tiers: [one], when: always}
  recipe_scaling: {tiers: [one], when: always}
default: {tiers: [kitchen]}
"""


def test_a_step_that_fails_cancels_nothing_that_is_paid_for(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    slow = {"recipe_scaling": 0.7}
    server.latency = lambda asked: slow.get(asked.task, 0.0)
    server.fail("400", task="text_formatting", times=None)
    order = {**document(notes=""), "guests": 60}
    desk.plan(order, NO_KITCHEN, codes=(4,))
    paid = server.asked("recipe_scaling")
    assert len(paid) == 3
    assert paid[0].at - server.asked("text_formatting")[0].at < 0.7, "they were in flight when it failed"
    first = len(server.log)
    desk.plan(order, NO_KITCHEN, codes=(4,))
    assert {asked.task for asked in server.log[first:]} == {"text_formatting"}


def test_the_competent_model_answers_joint_questions_too(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    joint = FALLS_BACK.replace(
        "default:", "routes:\n  recipe_scaling: {tiers: [first], when: always, batch: 8}\ndefault:"
    )
    together = desk.plan(ORDER, joint)
    asked = server.asked("recipe_scaling_batch")
    assert [each.user.count("<given>") for each in asked] == [3]
    assert not server.asked("recipe_scaling")
    alone = desk.plan(ORDER, joint.replace("batch: 8", "batch: 1"), "--no-cache")
    assert len(server.asked("recipe_scaling")) == 3
    assert bare(together) == bare(alone)
    first = len(server.log)
    assert bare(desk.plan(ORDER, joint)) == bare(together)
    assert len(server.log) == first
