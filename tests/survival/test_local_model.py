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
from survive import ROOT, SMALL

from catering_cli.cli import local_model

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


def test_the_readmes_section_on_models_holds_with_a_real_server(address: str, tmp_path: Path) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Models\n")[2].partition("\n## ")[0]
    for said in ("pip install '.[local]'", "python -m catering_cli.cli.local_model", "--config local", "--deadline"):
        assert said in section
    assert f"127.0.0.1:{local_model.PORT}/v1" in LOCAL, "the server serves where the configuration asks"
    assert f"openai: {local_model.SLOTS}" in LOCAL, "and as many at a time"
    (tmp_path / "local.yaml").write_text(LOCAL.replace(ADDRESS, address), encoding="utf-8")
    (tmp_path / "order.json").write_text(json.dumps({**SMALL, "menu": ["Zorrel soup"]}), encoding="utf-8")
    plan = ("plan", "order.json", "--config", "local.yaml")
    routes = catering(tmp_path, "routes", "--config", "local.yaml").stdout
    assert f"{address}" in routes
    dry = catering(tmp_path, *plan, "--dry-run").stdout
    assert "Expected: " in dry
    assert catering(tmp_path, "runs").stdout == "No runs are journalled.\n", "a dry run spends nothing"
    first = catering(tmp_path, *plan, "--json", "--deadline", "60")
    assert first.returncode in (0, 3), first.stderr[-2000:]
    run = json.loads(first.stdout)["run"]
    asked = [a for step in run["steps"] for a in step["attempts"] if a["tier"] == "local"]
    assert asked
    assert all(attempt["usd"] in (None, "0", 0) for attempt in asked), "it is free"
    ledger = catering(tmp_path, "runs", "show", run["id"]).stdout
    assert sum(" local " in line for line in ledger.splitlines()) >= len(asked)
    hurried = catering(tmp_path, *plan, "--no-cache", "--deadline", "1", "--json")
    assert hurried.returncode in (0, 3)
    assert json.loads(hurried.stdout)["run"]["seconds"] < 60
