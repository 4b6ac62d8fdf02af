"""A real model on a real server, on every sample order: whatever it writes, no plan is shown as good that the checks
refuse, and the ledger says how often its own answer stood.

    pip install '.[local]' && pytest -m local_model -s
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from survive import ROOT

pytestmark = pytest.mark.local_model
SAMPLES = sorted((ROOT / "sample_orders").glob("*.json"))
LOCAL = (ROOT / "configs" / "local.yaml").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8080/v1"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The server that the README's command starts, on a port of its own."""
    pytest.importorskip("xllamacpp")
    command = [sys.executable, "-m", "catering_cli.cli.local_model", "--port", "8098"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as process:
        assert process.stdout
        said = process.stdout.readline().strip()
        assert said.startswith("http"), "the server did not start"
        yield said
        process.kill()


def catering(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "CATERING_STATE": str(folder / "state"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "catering_cli", *args], env=env, cwd=folder, capture_output=True, text=True,
        timeout=1800, check=False,
    )  # fmt: skip


def cells(printed: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Allergen states by dish and allergen."""
    return {(row["dish"], cell["allergen"]): cell["state"] for row in printed["diets"]["rows"] for cell in row["cells"]}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_real_model_plans_every_sample_order(address: str, tmp_path: Path, sample: Path) -> None:
    (tmp_path / "local.yaml").write_text(LOCAL.replace(ADDRESS, address), encoding="utf-8")
    ran = catering(tmp_path, "plan", str(sample), "--config", "local.yaml", "--json", "--out", "plan.json")
    assert ran.returncode in (0, 3), ran.stderr[-2000:]
    printed = json.loads(ran.stdout)
    blocking = [row for row in printed["findings"] if row["severity"] == "blocking"]
    assert bool(blocking) == (ran.returncode == 3)
    checked = catering(tmp_path, "check", "plan.json", "--json")
    assert checked.returncode == ran.returncode, "the checks say of the plan what it says of itself"
    offline = json.loads(catering(tmp_path, "plan", str(sample), "--offline", "--json").stdout)
    was, now = cells(offline), cells(printed)
    assert was
    assert {place: now[place] for place in was} == was, "no model moves a cell"
    asked = [a for step in printed["run"]["steps"] for a in step["attempts"] if a["tier"] == "local"]
    assert asked, "the model was asked"
    assert not {a["left"] for a in asked} & {"connection", "bad_request", "server_error", "unknown_model"}
    stood = sum(a["left"] in {"accepted", "open"} for a in asked)
    left = dict(Counter(attempt["left"] for attempt in asked))
    print(f"\n{sample.stem}: {len(asked)} answers, {stood} stood; {left}")  # noqa: T201
