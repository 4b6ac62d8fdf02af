"""Ctrl-C once ends the asking and prints the plan as decided so far, with 130; twice ends at once."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ORDER = {
    "event": {"name": "Tea", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
    "guests": 20,
    "menu": ["Roasted vegetables"],
}
CONFIG = "tiers: {slow: {provider: scripted, script: answers.yaml}}\ndefault: {tiers: [slow, kitchen], when: always}\n"
ANSWERS = "answers: [{task: strategic_planning, answer: {}}, {task: '*', answer: {}, seconds: 60}]\n"


def _heeds_interrupts():
    """Tests that are started in the background ignore the interrupt, and so would the command."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("times", [1, 2])
def test_once_ends_the_asking_and_twice_the_program(tmp_path, times):
    (tmp_path / "order.json").write_text(json.dumps(ORDER))
    (tmp_path / "own.yaml").write_text(CONFIG)
    (tmp_path / "answers.yaml").write_text(ANSWERS)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CATERING_STATE": str(tmp_path / "state")}
    command = [sys.executable, "-m", "catering_cli", "plan", "order.json", "--config", "own.yaml", "--events", "events"]
    command += ["--out", "plan.json"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        cwd=tmp_path,
        preexec_fn=_heeds_interrupts,  # noqa: PLW1509  # one thread forks here
    ) as running:
        events = tmp_path / "events"
        until = time.monotonic() + 60
        while time.monotonic() < until and not (
            events.exists() and '"event": "call", "step": "conflicts"' in events.read_text()
        ):
            time.sleep(0.05)
        for _ in range(times):
            running.send_signal(signal.SIGINT)
            time.sleep(0.3)
        out, error = running.communicate(timeout=60)
    assert running.returncode in (130, -signal.SIGINT), error  # a shell calls both 130
    assert "Traceback" not in error
    assert "Interrupted: the plan follows" in error
    if times == 1:
        assert out.startswith("Tea\n")
        printed = json.loads((tmp_path / "plan.json").read_text("utf-8"))
        assert any("the run was interrupted" in notice for notice in printed["run"]["notices"])
        assert "Models: the run was interrupted" in out
    else:
        assert out == ""
        assert not (tmp_path / "plan.json").exists()
        assert error.endswith("Interrupted. What was paid for is kept; the same command goes on from there.\n")
    listed = subprocess.run(
        [sys.executable, "-m", "catering_cli", "runs", "--json"], capture_output=True, text=True, env=env, check=True
    )
    (run,) = json.loads(listed.stdout)
    assert (run["state"], run["title"]) == ("open", "Tea")
