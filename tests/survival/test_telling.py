"""What a run tells of itself: the journal's commands, the file of events, a dry run, an outline, a refined plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from competent import answer, competent
from server import Asked, Server
from survive import BOTH, SMALL, Bench, attempts, bench

CONFIG = BOTH + "default: {tiers: [first, second, kitchen], when: always}\n"


def test_runs_lists_shows_the_ledger_as_a_table_and_prunes(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.fail("429", model="first-model", times=1, retry_after=3)
    printed = desk.plan(SMALL, CONFIG)
    listed = json.loads(desk.run("runs", "--json").stdout)
    assert [(row["id"], row["state"], row["title"]) for row in listed] == [(printed["run"]["id"], "finished", "Lunch")]
    assert listed[0]["usd"] > 0
    shown = desk.run("runs", "show", printed["run"]["id"]).stdout.splitlines()
    assert shown[1].split() == ["step", "task", "tier", "model", "left", "tokens", "in", "out", "seconds", "USD"]
    rows = [line for line in shown[2:] if line.startswith("  ")]
    assert len(rows) == len(attempts(printed))
    assert sum("rate_limited" in row for row in rows) == 1
    assert "of what there was to decide by models" in shown[-1]
    whole = json.loads(desk.run("runs", "show", printed["run"]["id"], "--json").stdout)
    assert whole["record"]["steps"] == printed["run"]["steps"]
    assert round(whole["record"]["usd"], 6) == round(whole["usd"], 6), "the ledger's sum is what the budget counted"
    assert desk.run("runs", "prune").stdout == "Pruned 1 run.\n"
    assert desk.run("runs").stdout == "No runs are journalled.\n"


def test_every_event_is_a_line_of_json(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    printed = desk.plan(SMALL, CONFIG, "--events", "events.jsonl")
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text("utf-8").splitlines()]
    assert [event["t"] for event in events] == sorted(event["t"] for event in events)
    tried = [event for event in events if event["event"] == "attempt"]
    assert len(tried) == len(attempts(printed))
    asked = [event for event in tried if event["tier"] != "kitchen"]
    assert asked
    for event in asked:
        assert {"t", "event", "step", "task", "tier", "model", "state", "usd", "seconds"} <= set(event)
    assert "zorrel" not in json.dumps(events).casefold(), "no text of the order is logged"


def test_why_an_item_was_dropped_is_said_as_the_run_goes_on_and_in_its_ledger(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    claim = {"trigger": "The pesto is nut-free.", "owner": "chef", "remedy": "Serve it to all.", "about": ""}

    def with_a_claim(asked: Asked) -> Any:
        usual = answer(asked.task, asked.user)
        return {**usual, "risks": [*usual["risks"], claim]}

    server.say("strategic_planning", with_a_claim)
    desk.write("order.json", SMALL)
    desk.write("routing.yaml", CONFIG)
    ran = desk.run("plan", "order.json", "--config", "routing.yaml", "-v", "--out", "plan.json")
    said = [line.strip() for line in ran.stderr.splitlines() if "left out: risks[2]" in line]
    assert len(said) == 1
    assert "nut-free" not in ran.stderr
    run = json.loads((tmp_path / "plan.json").read_text("utf-8"))["run"]["id"]
    assert said[0] in desk.run("runs", "show", run).stdout


def test_a_dry_run_spends_nothing_and_says_whose_steps_it_shows(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    desk.write("order.json", SMALL)
    desk.write("routing.yaml", CONFIG)
    plan = ("plan", "order.json", "--config", "routing.yaml")
    dry = desk.run(*plan, "--dry-run")
    assert "Steps by kitchen, config routing." in dry.stdout
    assert (server.log, desk.run("runs").stdout) == ([], "No runs are journalled.\n")
    outline = json.loads(desk.run(*plan, "--detail", "outline", "--json").stdout)
    assert {asked.task for asked in server.log} == {"strategic_planning"}
    assert outline["execution_plan"]["by"] == "first"
    assert outline["predicted"]["usd"] > 0
    assert outline["predicted"]["critical_path_s"] > 0
    asked = len(server.log)
    again = desk.run(*plan, "--dry-run")
    assert "Steps by first (journalled), config routing." in again.stdout
    assert len(server.log) == asked
    desk.plan("order.json", "routing.yaml")
    assert len(server.asked("strategic_planning")) == 1, "the outline's answer is the plan's"


def test_a_refined_plan_says_what_changed_and_keeps_the_clients_word(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    order = {**SMALL, "menu": ["Chicken piccata", "Rice pilaf"], "recipes": [], "notes": ""}
    desk.write("order.json", order)
    made = desk.run("plan", "order.json", "--offline", "--json", "--out", "plan.json")
    assert made.returncode in (0, 3)
    refined = desk.run("refine", "plan.json", "--feedback", "more vegan options", "--offline")
    assert refined.stdout.startswith("What changed\n  ")
    assert "New on the menu: " in refined.stdout
    assert "Buy also " in refined.stdout
    assert "Cost: " in refined.stdout or "portion" in refined.stdout
    document = json.loads(
        desk.run("refine", "plan.json", "--feedback", "more vegan options", "--offline", "--json").stdout
    )
    pinned = [row for row in document["decisions"] if row["by"] == "client"]
    assert [row["decision"]["kind"] for row in pinned] == ["add_dish"]
    desk.write("better.json", document)
    kept = json.loads(desk.run("refine", "better.json", "--offline", "--json").stdout)
    assert [row for row in kept["decisions"] if row["by"] == "client"] == pinned
    open_one = json.loads(desk.run("refine", "plan.json", "--feedback", "Make it sing", "--offline", "--json").stdout)
    assert any("Make it sing" in row["message"] and row["severity"] == "open" for row in open_one["findings"])


def test_a_plan_with_rounds_says_what_they_changed(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    vegan = {"guaranteed": 60, "profiles": [{"needs": ["vegan"], "count": 4, "severity": "preference"}]}
    order = {**SMALL, "menu": ["Caesar salad", "Chicken piccata"], "recipes": [], "notes": "", "guests": vegan}
    desk.write("order.json", order)
    plan = ("plan", "order.json", "--offline")
    text = desk.run(*plan, "--refine", "2").stdout
    assert text.startswith("What changed\n  New on the menu: ")
    assert "  Buy also " in text
    assert "  Issues: 0 blocking, 0 open (was " in text
    document = desk.run(*plan, "--refine", "2", "--json")
    assert json.loads(document.stdout)["menu"]
    assert "What changed\n  New on the menu: " in document.stderr
    assert "What changed" not in desk.run(*plan).stdout
    desk.write("plain.json", {**order, "guests": 60})
    assert desk.run("plan", "plain.json", "--offline", "--refine", "2").stdout.startswith("Nothing changed.\n")


def longest_wait_s(run: dict[str, Any]) -> float:
    """Seconds that a run waited for models at least: its longest chain of needs, the planner's step first."""
    seconds = {
        step["id"]: sum(a["seconds"] for a in step["attempts"] if a["tier"] != "kitchen") for step in run["steps"]
    }
    ends: dict[str, float] = {}
    planner, *others = run["execution_plan"]["steps"]
    ends[planner["id"]] = seconds[planner["id"]]
    waiting = list(others)
    while waiting:
        step = next(one for one in waiting if set(one["needs"]) <= set(ends))
        waiting.remove(step)
        ends[step["id"]] = seconds[step["id"]] + max(ends[need] for need in (planner["id"], *step["needs"]))
    return max(ends.values())


def dry(desk: Bench, *more: str) -> dict[str, Any]:
    ran = desk.run("plan", "order.json", "--config", "routing.yaml", "--dry-run", "--json", *more)
    predicted: dict[str, Any] = json.loads(ran.stdout)["predicted"]
    return predicted


def is_about(expected: float, measured: float) -> bool:
    return measured / 2 <= expected <= measured * 2


def test_a_prediction_is_within_a_factor_of_two_of_what_is_then_measured(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.latency = 0.5
    measured = desk.plan(SMALL, CONFIG)["run"]
    expected = dry(desk, "--no-cache")
    assert is_about(expected["usd"], measured["usd"])
    asked = [step for step in measured["steps"] if any(attempt["tier"] == "first" for attempt in step["attempts"])]
    assert is_about(expected["questions"], len(asked))
    assert is_about(expected["critical_path_s"], longest_wait_s(measured))


@pytest.mark.slow
def test_without_a_journal_too(server: Server, tmp_path: Path) -> None:
    """A server as fast as hosted models are, with answers of the size that a competent model gives."""
    desk = bench(server, tmp_path)
    server.lists_models = True
    server.latency = lambda asked: 1.0 + len(json.dumps(competent(asked))) / 4 / 80
    desk.write("order.json", SMALL)
    desk.write("routing.yaml", CONFIG)
    expected = dry(desk)
    measured = desk.plan(SMALL, CONFIG)["run"]
    assert is_about(expected["usd"], measured["usd"])
    assert is_about(expected["critical_path_s"], longest_wait_s(measured))
