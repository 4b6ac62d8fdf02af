"""Standard streams: one document on standard output, a reader that leaves, a disk that is full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ORDER = json.dumps(
    {
        "event": {"name": "Spring lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
        "guests": 60,
        "menu": ["Caesar salad", "Chicken piccata", "Roasted vegetables", "Tiramisu"],
    }
)


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CATERING_STATE": str(folder / "state")}
    line = line.replace("catering", f"{sys.executable} -m catering_cli")
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, cwd=folder, env=env, timeout=120, check=False
    )


def test_a_reader_that_leaves_is_no_error_to_tell():
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "catering_cli", "schema", "plan"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(tmp_path):
    done = shell("catering schema plan > /dev/full", tmp_path)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_closed_standard_input_is_told(tmp_path):
    done = shell("catering check - <&-", tmp_path)
    assert done.returncode == 2
    assert "standard input: is closed" in done.stderr


def test_a_closed_standard_output_is_told(tmp_path):
    done = shell("catering schema order >&-", tmp_path)
    assert done.returncode == 1
    assert "standard output is closed" in done.stderr


def test_plan_refine_show_in_one_pipe(tmp_path):
    (tmp_path / "o.json").write_text(ORDER)
    line = "catering plan o.json --offline --json | catering refine - --offline --json | catering show - --as markdown"
    done = shell(f"set -o pipefail; {line}", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Spring lunch\n")


def test_json_is_one_document_that_validates_and_nothing_else(catering):
    import jsonschema

    done = catering("plan", "-", "--offline", "--json", stdin=ORDER)
    assert done.returncode == 0, done.stderr
    plan = json.loads(done.stdout)
    jsonschema.Draft202012Validator(json.loads(catering("schema", "plan").stdout)).validate(plan)
    assert catering("check", "-", stdin=done.stdout).returncode == 0


def test_out_gets_the_json_and_the_terminal_the_reading_form(catering, tmp_path):
    done = catering("plan", "-", "--offline", "--out", "plan.json", stdin=ORDER)
    assert done.stdout.startswith("Spring lunch\n")
    assert "\x1b" not in done.stdout + done.stderr
    assert "catering show plan.json" in done.stdout
    assert catering("show", "plan.json").stdout == done.stdout
    assert not list(tmp_path.glob(".*.part"))


def test_out_into_a_folder_that_is_not_there(catering):
    done = catering("plan", "-", "--offline", "--out", "no/such/plan.json", stdin=ORDER)
    assert done.returncode == 2
    assert "no/such/plan.json" in done.stderr


def test_several_orders_give_summaries_and_files(catering, tmp_path):
    (tmp_path / "good.json").write_text(ORDER)
    (tmp_path / "bad.json").write_text(ORDER.replace("60", "0"))
    done = catering("plan", "good.json", "bad.json", "--offline", "--json", "--out", "plans")
    assert done.returncode == 2
    summaries = json.loads(done.stdout)
    assert [item["exit"] for item in summaries] == [0, 2]
    assert json.loads((tmp_path / "plans" / "good.plan.json").read_text())["order"]["guests"]["guaranteed"] == 60


def test_the_same_order_gives_the_same_bytes(catering):
    def once(seed: str) -> dict[str, object]:
        plan = json.loads(catering("plan", "-", "--offline", "--json", stdin=ORDER, PYTHONHASHSEED=seed).stdout)
        return {key: value for key, value in plan.items() if key != "run"}

    assert json.dumps(once("1")) == json.dumps(once("2"))
