"""Many orders: the same plans on one core, on several and on a cluster; what has ended is not planned again."""

import json
import os
import signal
import time
from pathlib import Path

import pytest
from distributed import LocalCluster

from catering_cli.cli.many.beside import Worked, beside


def plans(folder: Path) -> dict[str, dict[str, object]]:
    """The plans in a folder without the record of their runs, whose seconds differ."""
    found = {}
    for path in sorted(folder.glob("*.plan.json")):
        document = json.loads(path.read_text())
        document.pop("run")
        found[path.name] = document
    return found


def test_one_core_and_two_make_the_same_plans(begun, orders, tmp_path):
    for jobs in ("1", "2"):
        run = begun("plan", *orders[:2], "--offline", "--jobs", jobs, "--out", jobs, "-q")
        assert run.wait(timeout=300) == 0
    assert len(plans(tmp_path / "1")) == 2
    assert plans(tmp_path / "1") == plans(tmp_path / "2")


def test_orders_that_share_kitchen_and_days_are_named():
    worked = {
        "a": Worked("K", "2027-04-16", "2027-04-17"),
        "b": Worked("K", "2027-04-18", "2027-04-18"),
        "c": Worked("K", "2027-04-17", "2027-04-17"),
        "d": Worked("other", "2027-04-17", "2027-04-17"),
    }
    assert list(beside(worked)) == [["a", "c"]]
    assert list(beside({})) == []


@pytest.mark.slow
def test_cores_and_cluster_make_the_same_plans(begun, orders, tmp_path):
    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        runs = {
            "one": begun("plan", *orders, "--offline", "--jobs", "1", "--out", "one", "--json"),
            "two": begun("plan", *orders, "--offline", "--jobs", "2", "--out", "two", "--json"),
            "far": begun("plan", *orders, "--offline", "--dask", cluster.scheduler_address, "--out", "far", "--json"),
        }
        told = {name: json.loads(run.communicate(timeout=300)[0]) for name, run in runs.items()}
    assert {run.returncode for run in runs.values()} == {0}
    assert len(plans(tmp_path / "one")) == len(orders)
    assert plans(tmp_path / "one") == plans(tmp_path / "two") == plans(tmp_path / "far")
    assert [item["order"] for item in told["two"]] == [item["order"] for item in told["far"]] == orders


def test_a_bad_order_harms_no_other(begun, orders, tmp_path):
    (tmp_path / orders[1]).write_text("{")
    run = begun("plan", *orders[:3], "missing.json", "--offline", "--jobs", "2", "--out", "plans", "--json")
    printed, said = run.communicate(timeout=300)
    summaries = json.loads(printed)
    assert run.returncode == 2
    assert [item["exit"] for item in summaries] == [0, 2, 0, 2]
    assert len(plans(tmp_path / "plans")) == 2
    assert f"Together: catering week {orders[0]} {orders[2]} --out week" in said


def test_killed_in_the_middle_the_rest_resumes(begun, orders, tmp_path):
    folder = tmp_path / "plans"
    command = ("plan", *orders, "--offline", "--jobs", "1", "--out", "plans", "--json")
    run = begun(*command)
    while not list(folder.glob("*.plan.json")):
        assert run.poll() is None
        time.sleep(0.05)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.plan.json")}
    assert before
    again = begun(*command)
    summaries = json.loads(again.communicate(timeout=300)[0])
    assert again.returncode == 0
    assert len(plans(folder)) == len(orders)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    kept = [item for item in summaries if "planned before" in item["said"]]
    assert len(kept) == len(before)


@pytest.mark.slow
def test_a_changed_order_or_an_edited_plan_is_planned_again(begun, orders, tmp_path):
    command = ("plan", *orders[:3], "--offline", "--jobs", "1", "--out", "plans", "--json")
    begun(*command).communicate(timeout=300)
    order = json.loads((tmp_path / orders[0]).read_text())
    (tmp_path / orders[0]).write_text(json.dumps({**order, "guests": 21}))
    edited = tmp_path / "plans" / "lunch30.plan.json"
    edited.write_text(edited.read_text().replace("Lunch for 30", "Lunch for thirty"))
    summaries = json.loads(begun(*command).communicate(timeout=300)[0])
    assert ["planned before" in item["said"] for item in summaries] == [False, False, True]


@pytest.mark.slow
def test_a_worker_that_is_killed_takes_no_other_order_with_it(begun, orders, tmp_path):
    run = begun("plan", *orders, "--offline", "--jobs", "2", "--out", "plans", "--json")
    worker = None
    while worker is None:
        assert run.poll() is None
        worker = _worker_of(run.pid)
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    summaries = json.loads(run.communicate(timeout=300)[0])
    assert [item["exit"] for item in summaries] == [0, 0, 0, 0]
    assert len(plans(tmp_path / "plans")) == len(orders)


def _worker_of(pid: int) -> int | None:
    """A process that the command's fork server has begun, from the system's list of processes."""
    children = _children(pid)
    workers = [grandchild for child in children for grandchild in _children(child)]
    return workers[0] if workers else None


def _children(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(one) for one in listed.split()]


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_refused(begun, orders):
    run = begun("plan", *orders[:2], "--offline", "--dask", "tcp://127.0.0.1:9", "--out", "plans")
    said = run.communicate(timeout=120)[1]
    assert run.returncode == 2
    assert "--dask" in said
    assert "no Dask scheduler answers" in said
