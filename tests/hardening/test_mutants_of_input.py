"""Whatever an input holds: a plan, a refusal with its place, or a finding; never a defect, and never long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import survey

from catering_cli.domain.problem import Refused
from catering_cli.routing import config

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


@pytest.mark.parametrize("key", ["", ".", "a.b]c", "x[", "y]", "z.."])
def test_a_key_of_any_name_is_told_with_its_line(key: str, tmp_path: Path) -> None:
    path = tmp_path / "routing.yaml"
    path.write_text(json.dumps({"tiers": {key: {"provider": "builtin"}}}), encoding="utf-8")
    with pytest.raises(Refused, match="is builtin"):
        config.load(str(path))
