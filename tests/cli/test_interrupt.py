"""Ctrl-C once ends the asking and prints the plan as decided so far, with 130; twice ends at once."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from forked import command_line

ROOT = Path(__file__).parents[2]
ORDER = {
    "event": {"name": "Tea", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
    "guests": 20,
    "menu": ["Roasted vegetables"],
}
CONFIG = "tiers: {slow: {provider: scripted, script: answers.yaml}}\ndefault: {tiers: [slow, kitchen], when: always}\n"
ROUNDS = CONFIG.replace(
    "default: {tiers: [slow, kitchen], when: always}",
    "routes: {plan_refinement: {tiers: [slow, kitchen], when: always}}\ndefault: {tiers: [kitchen]}",
)
"""Only rounds of refinement ask the slow model."""
ANSWERS = "answers: [{task: strategic_planning, answer: {}}, {task: '*', answer: {}, seconds: 60}]\n"
LEFT = "Interrupted. What was paid for is kept; the same command goes on from there.\n"


def _heeds_interrupts():
    """Tests that are started in the background ignore the interrupt, and so would the command."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Desk:
    """A folder in which commands are started and interrupted."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.env = {**os.environ, "PYTHONPATH": str(ROOT), "CATERING_STATE": str(folder / "state")}
        for name in ("order.json", "second.json", "third.json"):
            (folder / name).write_text(json.dumps(ORDER))
        (folder / "own.yaml").write_text(CONFIG)
        (folder / "answers.yaml").write_text(ANSWERS)

    def run(self, *words: str) -> str:
        command = [*command_line(), *words]
        ran = subprocess.run(command, capture_output=True, text=True, env=self.env, cwd=self.folder, check=False)
        return ran.stdout

    def plan(self, name: str = "plan.json"):
        return json.loads((self.folder / name).read_text("utf-8"))

    def interrupted(self, times: int, when: Callable[[str], bool], *words: str) -> tuple[str, str]:
        """What a command says on both streams that is interrupted so often, `when` its events are so far."""
        command = [*command_line(), *words, "--events", "events"]
        said = self.folder / "said"
        with (
            said.open("w") as told,
            subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=told, text=True, env=self.env, cwd=self.folder,
                preexec_fn=_heeds_interrupts,  # noqa: PLW1509  # one thread forks here
            ) as running,
        ):  # fmt: skip
            events = self.folder / "events"
            _wait(running, lambda: events.exists() and when(events.read_text()))
            for number in range(times):
                running.send_signal(signal.SIGINT)
                if number + 1 < times:  # the next before the plan is there
                    _wait(running, lambda: "Again to leave at once." in said.read_text())
            out, _ = running.communicate(timeout=60)
        error = said.read_text()
        if times > 1 and not error.endswith(LEFT):
            pytest.skip("the plan was there before the second signal was heard")
        assert running.returncode in (130, -signal.SIGINT), error  # a shell calls both 130
        assert "Traceback" not in error
        return out, error


def _wait(running: subprocess.Popen[str], until: Callable[[], bool]) -> None:
    """Till something is so; the process is still at work then."""
    latest = time.monotonic() + 60
    while not until():
        assert time.monotonic() < latest, "it did not come so far"
        assert running.poll() is None, "it has ended"
        time.sleep(0.01)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def asked(task: str, count: int = 1) -> Callable[[str], bool]:
    """Whether so many calls of a task have begun."""
    return lambda events: (
        sum('"event": "call"' in line and f'"{task}"' in line for line in events.splitlines()) >= count
    )


@pytest.mark.parametrize("times", [1, 2])
def test_once_ends_the_asking_and_twice_the_program(desk, times):
    words = ("plan", "order.json", "--config", "own.yaml", "--out", "plan.json")
    out, error = desk.interrupted(times, asked("recipe_scaling"), *words)
    assert "Interrupted: the plan follows" in error
    if times == 1:
        assert out.startswith("Tea\n")
        assert any("the run was interrupted" in notice for notice in desk.plan()["run"]["notices"])
        assert "Models: the run was interrupted" in out
    else:
        assert out == ""
        assert not (desk.folder / "plan.json").exists()
        assert error.endswith(LEFT)
    (run,) = json.loads(desk.run("runs", "--json"))
    assert (run["state"], run["title"]) == ("open", "Tea")


@pytest.mark.parametrize("times", [1, 2])
def test_rounds_of_refinement_end_too(desk, times):
    unfed = {"guaranteed": 20, "profiles": [{"needs": ["vegan"], "count": 4}]}
    (desk.folder / "order.json").write_text(json.dumps({**ORDER, "guests": unfed, "menu": ["Chicken piccata"]}))
    (desk.folder / "own.yaml").write_text(ROUNDS)
    words = ("plan", "order.json", "--refine", "9", "--config", "own.yaml", "--out", "plan.json")
    out, error = desk.interrupted(times, asked("plan_refinement"), *words)
    if times == 1:
        assert "Tea" in out
        assert "Rounds: the run was interrupted; they may have found more." in desk.plan()["run"]["notices"]
    else:
        assert (out, error.endswith(LEFT)) == ("", True)
        assert not (desk.folder / "plan.json").exists()


def test_offline_what_is_decided_is_printed_too(desk):
    wedding = str(ROOT / "sample_orders" / "wedding.json")
    words = ("plan", wedding, "--offline", "--refine", "20", "--out", "plan.json")
    out, _ = desk.interrupted(1, lambda events: '"step"' in events, *words)
    assert out
    assert desk.plan()["menu"]


@pytest.mark.parametrize("times", [1, 2])
def test_of_several_orders_what_is_begun_is_written_and_nothing_more_is_begun(desk, times):
    orders = ("order.json", "second.json", "third.json")
    words = ("plan", *orders, "--jobs", "2", "--config", "own.yaml", "--out", "plans")
    began = time.monotonic()
    out, error = desk.interrupted(times, asked("recipe_scaling", 2), *words)
    assert time.monotonic() - began < 50, "no model is waited for"
    assert "Interrupted: what is begun is written" in error
    written = sorted(file.name for file in (desk.folder / "plans").glob("*.json"))
    if times == 1:
        assert len(written) == 2
        assert out.count("written: ") == 2
        assert out.count("not planned: interrupted") == 1
        assert all("the run was interrupted" in str(desk.plan(f"plans/{name}")["run"]["notices"]) for name in written)
    else:
        assert (out, written) == ("", [])
        assert error.endswith(LEFT)
