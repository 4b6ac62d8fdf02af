"""Ten faults on each provider with default settings, through the real command: the next tier answers, or it is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from server import Server
from survive import SMALL, TIERS, attempts, bench

TEN: dict[str, str] = {
    "429": "rate_limited",
    "500": "server_error",
    "401": "bad_key",
    "400": "bad_request",
    "hang": "timeout",
    "broken": "malformed",
    "wrong_schema": "wrong_schema",
    "empty": "empty",
    "truncated": "truncated",
    "fenced": "",  # the right answer inside prose: it is read
}
"""A fault as the server plays it, and what the ledger calls it."""

OPTIONS: dict[str, dict[str, Any]] = {"429": {"retry_after": 3}, "hang": {"seconds": 3}}
ROUTES = """
routes:
  unit_conversion: {tiers: %s, when: always}
default: {tiers: [kitchen]}
limits: {timeout_s: %s, patience_s: 0}
"""
VENDORS = {"anthropic": "openai", "openai": "anthropic"}


def config(vendor: str, tiers: str, fault: str) -> str:
    return TIERS % (vendor, "", VENDORS[vendor], "") + ROUTES % (tiers, 1 if fault == "hang" else 120)


def cases(faults: Iterable[str]) -> list[Any]:
    """Every fault on each vendor; every other one of them is a slow test, so that each fault is tried always."""
    pairs = [(fault, vendor) for fault in faults for vendor in VENDORS]
    return [
        pytest.param(*pair, marks=() if (number + number // 2) % 2 else pytest.mark.slow)
        for number, pair in enumerate(pairs)
    ]


@pytest.mark.parametrize(("fault", "vendor"), cases(TEN))
def test_a_fault_ends_in_a_right_plan_while_a_tier_is_left(
    server: Server, tmp_path: Path, fault: str, vendor: str
) -> None:
    desk = bench(server, tmp_path)
    server.fail(fault, model="first-model", times=None, **OPTIONS.get(fault, {}))
    printed = desk.plan(SMALL, config(vendor, "[first, second]", fault))
    assert any(row["decision"]["kind"] == "informal_measure" for row in printed["decisions"])
    assert not any(row["rule"] == "kitchen.measure_unknown" for row in printed["findings"])
    step = next(step for step in printed["run"]["steps"] if step["task"] == "unit_conversion")
    left = [attempt["left"] for attempt in step["attempts"]]
    first = server.asked(model="first-model")
    if fault == "fenced":
        assert (step["by"], left) == ("first", ["accepted"])
        return
    assert step["by"] == "second"
    assert left == [TEN[fault]] * len(first) + ["accepted"]
    second = server.asked(model="second-model")[0]
    if fault == "429":
        assert len(first) == 1
        assert second.at - first[0].at < 0.4, "the next tier is asked at once"
    if fault == "truncated":
        assert first[1].max_tokens == 2 * first[0].max_tokens


@pytest.mark.parametrize(("fault", "vendor"), cases(fault for fault in TEN if fault != "fenced"))
def test_with_nobody_left_the_whole_story_is_told_and_the_kitchens_plan_printed(
    server: Server, tmp_path: Path, fault: str, vendor: str
) -> None:
    desk = bench(server, tmp_path)
    server.fail(fault, times=None, **OPTIONS.get(fault, {}))
    printed = desk.plan(SMALL, config(vendor, "[first, second]", fault), codes=(4,))
    assert printed["menu"]
    step = next(step for step in printed["run"]["steps"] if step["task"] == "unit_conversion")
    assert step["state"] == "failed"
    assert [(a["tier"], a["left"]) for a in step["attempts"]] == [
        (asked.model.removesuffix("-model"), TEN[fault]) for asked in server.log
    ]
    assert {a["tier"] for a in attempts(printed)} >= {"first", "second"}
