"""`catering show` as a process: every form from a file or a pipe, refusals that say what would be right."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import icalendar
import pytest
from forked import command_line

ROOT = Path(__file__).parents[2]
ORDER = {
    "event": {"name": "Spring \x1b[31mlunch\x07", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
    "guests": {"guaranteed": 60, "profiles": [{"needs": ["vegan"], "count": 2, "name": "\u202etable \x1b]0;x\x07"}]},
    "menu": ["Caesar salad", "Roasted vegetables", "Tiramisu"],
}
FORMS = ("terminal", "markdown", "html", "ics")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("plan")
    done = subprocess.run(
        [*command_line(), "plan", "-", "--offline", "--json", "--quiet"],
        input=json.dumps(ORDER),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CATERING_STATE": str(folder)},
        timeout=120,
        check=False,
    )
    assert done.stdout.startswith("{"), done.stderr
    return done.stdout


@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_a_pipe_and_holds_no_escape(catering, plan, form):
    done = catering("show", "-", "--as", form, stdin=plan, NO_COLOR="")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Caesar salad" in done.stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout)
    assert catering("show", "-", "--as", form, stdin=plan).stdout == done.stdout


def test_the_check_holds_no_escape_either(catering, plan):
    assert not {"\x1b", "\x07"} & set(catering("check", "-", stdin=plan).stdout)


def test_csv_goes_to_a_folder_or_an_archive_with_the_same_content(catering, plan, tmp_path):
    assert catering("show", "-", "--as", "csv", "--out", "lists", stdin=plan).returncode == 0
    assert catering("show", "-", "--as", "csv", "--out", "lists.zip", stdin=plan).returncode == 0
    with ZipFile(tmp_path / "lists.zip") as zipped:
        assert {path.name: path.read_bytes() for path in (tmp_path / "lists").iterdir()} == {
            name: zipped.read(name) for name in zipped.namelist()
        }


def test_one_list_goes_to_standard_output(catering, plan):
    done = catering("show", "-", "--as", "csv", "--section", "menu", stdin=plan)
    rows = list(csv.DictReader(StringIO(done.stdout, newline="")))
    assert [row["dish"] for row in rows] == ORDER["menu"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--as", "csv"), "--out"),
        (("--as", "csv", "--section", "texts"), "sections are shopping, prep"),
        (("--as", "ics", "--section", "menu"), "sections are timeline"),
        (("--section", "todya"), "today"),
        (("--section", "today", "--at", "noon"), "2027-04-17T06:00"),
        (("--as", "csv", "--out", "/dev/null/lists"), "/dev/null/lists"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_what_can(catering, plan, args, says):
    done = catering("show", "-", *args, stdin=plan)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_today_is_the_same_at_the_same_time_whatever_the_offset(catering, plan):
    one, two, three = (
        catering("show", "-", "--section", "today", "--at", at, stdin=plan).stdout
        for at in ("2027-04-17T10:00", "2027-04-17T10:00-04:00", "2027-04-17T14:00Z")
    )
    assert "From Sat 17 Apr 10:00 to Sat 17 Apr 16:00" in one
    assert one == two == three


def test_the_calendar_of_a_pipe_has_as_many_events_as_blocks(catering, plan):
    events = icalendar.Calendar.from_ical(catering("show", "-", "--as", "ics", stdin=plan).stdout).walk("VEVENT")
    assert len(events) == len(json.loads(plan)["timeline"]["blocks"])


def test_units_change_what_is_printed_and_nothing_else(catering, plan):
    metric, us = (
        catering("show", "-", "--section", "shopping", "--units", units, stdin=plan).stdout
        for units in ("metric", "us")
    )
    assert " kg" in metric
    assert " lb" not in metric
    assert " lb" in us


@pytest.mark.parametrize("form", FORMS)
def test_a_reader_that_leaves_is_no_error(form, plan, tmp_path):
    (tmp_path / "plan.json").write_text(plan)
    line = (
        f"{sys.executable} -m catering_cli show plan.json --as {form} | head -c 20 > /dev/null; echo ${{PIPESTATUS[0]}}"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CATERING_STATE": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, env=env, cwd=tmp_path, timeout=60, check=False
    )
    assert done.stdout.strip() in ("0", "141")
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_is_told_for_every_form(form, plan, tmp_path):
    (tmp_path / "plan.json").write_text(plan)
    line = f"{sys.executable} -m catering_cli show plan.json --as {form} > /dev/full"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CATERING_STATE": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, env=env, cwd=tmp_path, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
