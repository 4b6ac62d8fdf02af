"""A second opinion: llmock plays the vendor, breaks, and judges how its client coped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from server import Server
from survive import SMALL, bench

llmock_testing = pytest.importorskip("llmock.testing")
from llmock.scenarios import Fail, Reply  # noqa: E402
from llmock.verdict import judge  # noqa: E402

CONFIG = """
tiers:
  first:  {provider: %s, model: first-model, base_url: "%s", price: {input: 1, output: 5}}
  second: {provider: openai, model: second-model, price: {input: 1, output: 5}}
routes:
  unit_conversion: {tiers: [first, second], when: always}
  text_formatting: {tiers: [first, second], when: always}
default: {tiers: [kitchen]}
"""
PLAYED: dict[str, Any] = {
    "rate limit": Fail(429, retry_after=3, times=None),
    "rate limit without a time": Fail(429, times=None),
    "server error": Fail(500, times=None),
    "one server error": Fail(500, times=1),
    "overloaded": Fail(503, times=None),
    "bad key": Fail(401, times=None),
    "bad request": Fail(400, times=None),
    "not found": Fail(404, times=None),
    "prose": Reply(text="I would be glad to help with that.", times=None),
}
SAMPLE = {("rate limit", "anthropic"), ("server error", "openai"), ("bad key", "openai")}
CASES = [
    pytest.param(fault, vendor, marks=() if (fault, vendor) in SAMPLE else pytest.mark.slow)
    for fault in PLAYED
    for vendor in ("anthropic", "openai")
]


@pytest.mark.parametrize(("fault", "vendor"), CASES)
def test_llmocks_verdict_passes_and_warns_at_most_of_giving_up(
    server: Server, tmp_path: Path, fault: str, vendor: str
) -> None:
    desk = bench(server, tmp_path)
    with llmock_testing.LLMockServer() as played:
        played.state.scenarios.add(PLAYED[fault])
        printed = desk.plan(SMALL, CONFIG % (vendor, played.base_url(vendor)))
        records = played.state.journal.records(wait=2)
    verdict = judge(records)
    assert records
    assert verdict.errors == (), verdict.render()
    assert {finding.code for finding in verdict.warnings} <= {"gave_up"}, verdict.render()
    by = {step["task"]: step["by"] for step in printed["run"]["steps"]}
    assert by["unit_conversion"] == "second", "where the first gave up, the next tier answered"
