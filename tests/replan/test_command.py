"""The command: what it prints, and what it refuses."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from forked import command_line

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with a plan."""
    path = tmp_path_factory.mktemp("replan")
    event = {"name": "Dinner", "service_at": "2027-04-17T18:00:00-04:00", "style": "buffet"}
    kitchen = {"equipment": {"oven": 3, "burner": 6, "refrigerator_shelf": 40}}
    order = {"event": event, "guests": 90, "menu": ["Caesar salad", "Roast chicken", "Tiramisu"], "kitchen": kitchen}
    (path / "order.json").write_text(json.dumps(order))
    done = catering(path, "plan", "order.json", "--offline", "-q", "--out", "plan.json")
    assert done.returncode == 0
    return path


def test_a_plan_from_standard_input(folder):
    done = catering(
        folder, "replan", "-", "--now", "15:20", "--lost", "oven=1", stdin=(folder / "plan.json").read_text()
    )
    assert done.returncode == 0, done.stderr
    assert "Changed since" in done.stdout


def catering(folder: Path, *args: str, stdin: str | None = None) -> "subprocess.CompletedProcess[str]":
    keyless = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
    env = {**keyless, "CATERING_STATE": str(folder / "state"), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run(
        [*command_line(), *args],
        input=stdin, capture_output=True, cwd=folder, env=env, timeout=300, check=False, text=True,
    )  # fmt: skip


def test_an_oven_dies(folder):
    done = catering(folder, "replan", "plan.json", "--now", "15:20", "--lost", "oven=1", "--out", "after.json")
    assert done.returncode == 0, done.stdout
    assert "Sat 17 Apr 15:20: oven lost: 1." in done.stdout
    assert "Changed since" in done.stdout
    assert catering(folder, "check", "after.json").returncode == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--now", "later"), "is no time"),
        (("--now", "15:20", "--lost", "ovn=1"), "did you mean oven?"),
        (("--now", "15:20", "--lost", "oven"), "wants a name and a number"),
        (("--now", "15:20", "--late", "cook=soon"), "is no time"),
    ],
)
def test_what_is_refused(folder, args, said):
    done = catering(folder, "replan", "plan.json", *args)
    assert done.returncode == 2
    assert said in done.stderr
