"""Orders whose questions go by night: the real command over HTTP against batches that keep their contract."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from batch_vendor import BatchVendor
from competent import competent

sys.path.insert(0, str(Path(__file__).parents[1] / "survival"))
from survive import SMALL, Bench, attempts, bare

ROUTING = """
tiers:
  first:  {provider: anthropic, model: first-model, price: {input: 1, output: 5}}
  second: {provider: openai, model: second-model, price: {input: 1, output: 5}}
default: {tiers: [first, kitchen], when: always}
routes:
  unit_conversion: {tiers: [second, first, kitchen], when: always}
  text_formatting: {tiers: [second, first, kitchen], when: always}
limits: {max_cost_usd: null, overnight_s: %s}
"""
NAMES = ("lunch60", "lunch80")


@pytest.fixture
def desk(vendor: BatchVendor, tmp_path: Path) -> Bench:
    """Two orders and a config in a folder."""
    vendor.otherwise = competent
    bench = Bench(vendor, tmp_path)
    for name in NAMES:
        bench.write(f"{name}.json", {**SMALL, "guests": int(name[-2:])})
    bench.write("routing.yaml", ROUTING % 60)
    return bench


def command(*more: str) -> tuple[str, ...]:
    return ("plan", *(f"{name}.json" for name in NAMES), "--config", "routing.yaml", "--out", "plans", *more)


def plans(desk: Bench, folder: str = "plans") -> dict[str, dict[str, Any]]:
    return {name: json.loads((desk.folder / folder / f"{name}.plan.json").read_text()) for name in NAMES}


def planned(desk: Bench, *more: str) -> dict[str, dict[str, Any]]:
    ran = desk.run(*command("--overnight", "--jobs", "1", *more))
    assert ran.returncode in (0, 3), ran.stderr[-2000:]
    return plans(desk)


def spent(desk: Bench) -> Decimal:
    listed = json.loads(desk.run("runs", "--json").stdout)
    return sum((Decimal(str(run["usd"])) for run in listed), Decimal(0))


@pytest.mark.slow
def test_the_same_plans_at_half_the_price_and_no_ordinary_call(vendor: BatchVendor, desk: Bench) -> None:
    by_night = planned(desk)
    assert not vendor.log, "nothing was asked in the ordinary way"
    assert {batch.id.split("_")[0] for batch in vendor.batches} == {"msgbatch", "batch"}
    asked = sum(len(batch.questions) for batch in vendor.batches)
    tries = [attempt for plan in by_night.values() for attempt in attempts(plan) if attempt["tokens"]["input"]]
    assert sum(attempt["overnight"] for attempt in tries) == asked
    assert all(attempt["overnight"] != attempt["journalled"] for attempt in tries), "what both ask alike is sent once"
    night = sum(Decimal(str(attempt["usd"])) for attempt in tries)
    assert spent(desk) == pytest.approx(night, abs=Decimal("0.00001"))
    ran = desk.run(*command("--no-cache", "--jobs", "1", "--out", "day"))
    assert ran.returncode in (0, 3), ran.stderr[-2000:]
    by_day = plans(desk, "day")
    assert {name: bare(plan) for name, plan in by_day.items()} == {n: bare(p) for n, p in by_night.items()}
    for name in NAMES:
        for there, here in zip(attempts(by_day[name]), attempts(by_night[name]), strict=True):
            assert there["tokens"] == here["tokens"] or here["journalled"]
            assert here["journalled"] or Decimal(str(here["usd"])) * 2 == Decimal(str(there["usd"]))


@pytest.mark.slow
def test_killed_while_a_batch_is_out_the_same_command_goes_on(vendor: BatchVendor, desk: Bench) -> None:
    vendor.looks = 1_000_000
    args = desk.command(*command("--overnight", "--jobs", "1"))
    with subprocess.Popen(args, env=desk.environment(), cwd=desk.folder, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while not vendor.batches and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
    out = {batch.id: list(batch.questions) for batch in vendor.batches}
    assert out
    by_day = desk.run("plan", "lunch60.json", "--config", "routing.yaml", "-q")
    assert by_day.returncode == 2
    assert "are out in a vendor's batch: give --overnight to take up the answers" in " ".join(by_day.stderr.split())
    vendor.looks = 1
    for batch in vendor.batches:
        batch.looks = 0
    planned(desk)
    assert len(bodies(vendor)) == len(set(bodies(vendor))), "no question was sent twice"
    assert {batch.id: list(batch.questions) for batch in vendor.batches if batch.id in out} == out
    assert not vendor.log


def bodies(vendor: BatchVendor) -> list[str]:
    return [json.dumps(asked.body, sort_keys=True) for batch in vendor.batches for asked in batch.questions.values()]


@pytest.mark.slow
def test_of_two_commands_on_other_orders_each_question_is_sent_once(vendor: BatchVendor, desk: Bench) -> None:
    began = [
        subprocess.Popen(
            desk.command("plan", f"{name}.json", "--config", "routing.yaml", "--overnight", "--out", "plans"),
            env=desk.environment(), cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in NAMES
    ]  # fmt: skip
    said = [process.communicate(timeout=300) for process in began]
    assert [process.returncode for process in began] == [0, 0], said
    assert len(bodies(vendor)) == len(set(bodies(vendor))), "no question was sent twice"
    assert not vendor.log


@pytest.mark.slow
def test_of_two_commands_at_once_one_sends_and_the_other_says_so(vendor: BatchVendor, desk: Bench) -> None:
    began = [
        subprocess.Popen(
            desk.command(*command("--overnight", "--jobs", "1", "--out", folder)),
            env=desk.environment(), cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for folder in ("one", "other")
    ]  # fmt: skip
    said = [process.communicate(timeout=300) for process in began]
    codes = [process.returncode for process in began]
    assert codes.count(2) == 1
    assert said[codes.index(2)][0].count("another command plans it now, or sends its questions overnight") == len(NAMES)
    assert set(plans(desk, "other" if codes[0] == 2 else "one")) == set(NAMES)
    assert len(bodies(vendor)) == len(set(bodies(vendor))), "no question was sent twice"
    assert not vendor.log


@pytest.mark.slow
def test_the_cap_holds_by_night_too(desk: Bench) -> None:
    cap = Decimal("0.02")
    found = planned(desk, "--max-cost", str(cap))
    assert 0 < spent(desk) <= cap
    assert any(one["left"] == "over_budget" for plan in found.values() for one in attempts(plan))


def test_one_order_goes_by_night_and_its_ledger_says_so(vendor: BatchVendor, desk: Bench) -> None:
    ran = desk.run("plan", "lunch60.json", "--config", "routing.yaml", "--out", "plans", "--overnight", "--json")
    assert ran.returncode in (0, 3), ran.stderr[-2000:]
    found = json.loads((desk.folder / "plans" / "lunch60.plan.json").read_text())
    tries = [one for one in attempts(found) if one["tokens"]["input"]]
    assert tries
    assert all(one["overnight"] for one in tries)
    assert not vendor.log
    once = sum(len(batch.questions) for batch in vendor.batches)
    again = ("plan", "lunch60.json", "--config", "routing.yaml", "--out", "plans", "--overnight", "--no-cache")
    assert desk.run(*again).returncode in (0, 3)
    assert sum(len(batch.questions) for batch in vendor.batches) == once * 2
    assert "(overnight)" in desk.run("runs", "show", found["run"]["id"]).stdout


def test_what_does_not_go_together_is_refused(desk: Bench) -> None:
    for more, said in ((("--dask", "tcp://x:1"), "--dask"), (("-",), "standard input")):
        ran = desk.run(*command("--overnight", *more))
        assert ran.returncode == 2
        assert said in ran.stderr
