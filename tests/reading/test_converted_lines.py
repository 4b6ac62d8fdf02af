"""The same reading in `catering convert`: lines from standard input, in metric."""

from __future__ import annotations

import json
import subprocess

import pytest
from forked import command_line
from reading import judge

CASES = judge.cases("convert")


@pytest.fixture(scope="module")
def converted() -> dict[str, dict]:
    """What one run of the command makes of all lines, by line."""
    command = [*command_line(), "convert", "-", "--to", "metric", "--json"]
    lines = "\n".join(case["line"] for case in CASES)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return {one["input"]: one for one in json.loads(done.stdout)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_line_is_converted_as_a_cook_would(case, converted):
    grams = {"g": 1, "kg": 1000}
    to = converted[case["line"]]["to"]
    low, high = (grams[to["unit"]] * to.get(end, to.get("amount")) for end in ("low", "high"))
    assert any(right["g"][0] <= low <= high <= right["g"][1] for right in case["right"])
