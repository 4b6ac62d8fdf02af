"""A short rest is waited for: better a second late than without a model."""

from __future__ import annotations

from pathlib import Path

import pytest
from competent import competent
from server import Server
from survive import BOTH, SMALL, Bench

CONFIG = (
    BOTH
    + """
routes:
  unit_conversion: {tiers: [first, second, kitchen], when: always}
  ingredient_consolidation: {tiers: [first, kitchen], when: always}
default: {tiers: [kitchen]}
limits: {patience_s: %s}
"""
)


@pytest.mark.parametrize("fault", ["429", "529"])
def test_two_refusals_of_load_are_waited_out(server: Server, tmp_path: Path, fault: str) -> None:
    desk = Bench(server, tmp_path)
    server.otherwise = competent
    for model in ("first-model", "second-model"):
        server.fail(fault, model=model, times=2, retry_after=0.2)
    printed = desk.plan(SMALL, CONFIG % 20)
    steps = {step["task"]: step["by"] for step in printed["run"]["steps"]}
    assert steps["unit_conversion"] in ("first", "second")
    assert steps["ingredient_consolidation"] == "first"


def test_a_rest_beyond_the_patience_is_not_waited_for(server: Server, tmp_path: Path) -> None:
    desk = Bench(server, tmp_path)
    server.otherwise = competent
    server.fail("429", times=None, retry_after=3600)
    printed = desk.plan(SMALL, CONFIG % 20)
    assert printed["run"]["seconds"] < 600, "an hour is not waited"
    assert {step["by"] for step in printed["run"]["steps"]} == {"kitchen"}
