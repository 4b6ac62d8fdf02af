"""Where `--out` may write: refused before the work, nothing lost, one writer at a time, nothing steers the terminal."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from catering_cli.cli.app import app
from catering_cli.cli.errors import guarded

ORDER = Path(__file__).parents[2] / "sample_orders" / "boxed_lunches.json"


@pytest.fixture
def order(tmp_path: Path) -> Path:
    return Path(shutil.copy(ORDER, tmp_path / "order.json"))


@pytest.fixture
def here(order, monkeypatch, capsys):
    """A command in the order's folder, in this process: its exit code and what it told."""
    monkeypatch.chdir(order.parent)
    monkeypatch.setenv("CATERING_STATE", str(order.parent / "state"))

    def run(*words: str) -> tuple[int, str]:
        code = guarded(lambda: app(list(words), standalone_mode=False, prog_name="catering"))
        return code, capsys.readouterr().err

    return run


@pytest.mark.parametrize(
    ("out", "says"),
    [
        ("", "is a folder; name a file"),
        (".", "is a folder; name a file"),
        ("order.json", "is what is read"),
        ("same.json", "is what is read"),
        ("none/plan.json", "make none first"),
        ("order.json/plan.json", "make order.json first"),
        ("x" * 300, "is no name of a file"),
        ("held.json", "another run"),
    ],
)
def test_a_wrong_destination_is_refused_and_nothing_is_lost(catering, order, out, says):
    (order.parent / "same.json").symlink_to(order)
    before = order.read_bytes()
    with FileLock(order.parent / ".held.json.lock"):
        done = catering("plan", "order.json", "--offline", "-q", "--out", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert order.read_bytes() == before


def test_a_plan_is_not_written_over_by_its_own_print(catering, order):
    assert catering("plan", "order.json", "--offline", "-q", "--out", "plan.json").returncode == 0
    before = (order.parent / "plan.json").read_bytes()
    assert catering("show", "plan.json", "--as", "html", "--out", "plan.json").returncode == 2
    assert (order.parent / "plan.json").read_bytes() == before
    assert sorted(path.name for path in order.parent.iterdir()) == ["order.json", "plan.json"]


def test_bad_input_does_not_steer_the_terminal(catering, order):
    document = json.loads(order.read_text())
    document["event"]["style"] = "\x1b]0;title\x07"
    document["menu"][0]["recipe"] = "\x1b[31mred.json"
    order.write_text(json.dumps(document))
    done = catering("plan", "order.json", "--offline", "--out", "\x1b[2J/plan.json")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr


def test_a_line_end_in_the_name_of_an_event_adds_nothing_to_a_calendar(catering, order):
    document = json.loads(order.read_text())
    document["event"]["name"] = "Lunch\r\nBEGIN:VEVENT\r\nSUMMARY:more"
    order.write_text(json.dumps(document))
    catering("plan", "order.json", "--offline", "-q", "--out", "plan.json")
    told = catering("show", "plan.json", "--as", "ics")
    assert told.returncode == 0
    assert "SUMMARY:more" not in told.stdout.splitlines()


@pytest.mark.parametrize(("events", "says"), [("order.json", "is what is read"), ("plan.json", "file of the result")])
def test_the_file_of_events_is_neither_the_order_nor_the_result(order, monkeypatch, events, says):
    from catering_cli.cli.actions.listening import log_apart
    from catering_cli.cli.runtime.options import Options
    from catering_cli.domain.problem import Refused

    monkeypatch.chdir(order.parent)
    with pytest.raises(Refused, match=says):
        log_apart(Options(events=Path(events)), ["order.json"], Path("plan.json"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize(
    "words",
    [
        ["plan", "pipe.json", "--offline"],
        ["check", "pipe.json"],
        ["scale", "pipe.json", "--factor", "2"],
        ["convert", "pipe.json", "--to", "us"],
        ["routes", "--config", "pipe.json"],
        ["plan", "order.json", "--offline", "--out", "pipe.json"],
        ["plan", "order.json", "--offline", "--events", "pipe.json"],
    ],
    ids=" ".join,
)
def test_a_pipe_that_has_no_other_end_is_refused_and_not_waited_for(here, order, words):
    os.mkfifo(order.parent / "pipe.json")
    code, said = here(*words)
    assert code == 2
    assert "pipe.json: " in said
    assert "is a pipe" in said


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which no file can be made")
def test_a_folder_that_takes_no_file_is_told_before_the_work(here, order):
    code, said = here("plan", str(order), "--offline", "--out", "/proc/x")
    assert code == 2
    assert "/proc/x: --out: " in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize(
    ("recipe", "says"), [("a\0b.json", "NUL"), ("pipe.json", "no file"), ("x" * 300 + ".json", "too long")]
)
def test_a_recipe_is_a_file(here, order, recipe, says):
    os.mkfifo(order.parent / "pipe.json")
    document = json.loads(order.read_text())
    document["menu"][0]["recipe"] = recipe
    order.write_text(json.dumps(document))
    code, said = here("plan", "order.json", "--offline")
    assert code == 2
    assert "order.menu[0].recipe" in said
    assert says in said
