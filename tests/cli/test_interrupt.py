"""A run that is interrupted says so, keeps what was paid for, and leaves with 130."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ORDER = {
    "event": {"name": "Tea", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
    "guests": 20,
    "menu": ["Roasted vegetables"],
}
CONFIG = "tiers: {slow: {provider: scripted, script: answers.yaml}}\ndefault: {tiers: [slow, kitchen], when: always}\n"
ANSWERS = "answers: [{task: '*', answer: {}, seconds: 4}]\n"


def _heeds_interrupts():
    """Tests that are started in the background ignore the interrupt, and so would the command."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupt_is_told_in_a_line(tmp_path):
    (tmp_path / "order.json").write_text(json.dumps(ORDER))
    (tmp_path / "own.yaml").write_text(CONFIG)
    (tmp_path / "answers.yaml").write_text(ANSWERS)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CATERING_STATE": str(tmp_path / "state")}
    command = [sys.executable, "-m", "catering_cli", "plan", "order.json", "--config", "own.yaml", "--events", "events"]
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
        while time.monotonic() < until and not (events.exists() and "strategic_planning" in events.read_text()):
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        out, error = running.communicate(timeout=30)
    assert running.returncode == 130, error
    assert out == ""
    assert error.endswith("Interrupted. What was paid for is kept; the same command goes on from there.\n")
    assert "Traceback" not in error
    listed = subprocess.run(
        [sys.executable, "-m", "catering_cli", "runs", "--json"], capture_output=True, text=True, env=env, check=True
    )
    (run,) = json.loads(listed.stdout)
    assert (run["state"], run["title"]) == ("open", "Tea")
