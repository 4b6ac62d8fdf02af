"""Whatever an input holds: a plan, a refusal with its place, or a finding; never a defect, and never long."""

from __future__ import annotations

import pytest
import survey

SAMPLE = {"orders": 24, "plans": 4, "recipes": 40, "routing": 40}
LARGE = {"orders": 4_000, "plans": 400, "recipes": 500, "routing": 800}


@pytest.mark.parametrize("kind", SAMPLE)
def test_what_is_nearly_right_is_never_a_defect(kind: str) -> None:
    faults, _ = survey.wrong(kind, range(SAMPLE[kind]))
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", LARGE)
def test_thousands_of_them_neither(kind: str) -> None:
    faults, _ = survey.wrong(kind, range(1_000, 1_000 + LARGE[kind]))
    assert faults == []
