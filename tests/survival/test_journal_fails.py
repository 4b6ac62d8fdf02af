"""The journal fails on the way: what is in hand is used, nothing more is spent, and no defect is told."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from server import Server
from survive import BOTH, SMALL, Bench, attempts, bench

CONFIG = BOTH + "default: {tiers: [first, kitchen], when: always}\nlimits: {max_cost_usd: 2.00}\n"
LIMITED = (sys.executable, "-m", "catering_cli")
"""The command as a child of this process, which the limits of a child hold for."""
PAGE = 4_096


def full_disk(desk: Bench, most: int) -> subprocess.CompletedProcess[str]:
    """`plan` where no file may become longer than `most` bytes; its result goes into a pipe."""
    return subprocess.run(
        [*LIMITED, "plan", "order.json", "--config", "routing.yaml", "--json"], env=desk.environment(),
        cwd=desk.folder, capture_output=True, text=True, timeout=120, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip


@pytest.mark.parametrize("most", [132_000, pytest.param(162_000, marks=pytest.mark.slow)])
def test_a_disk_that_fills_up_ends_the_asking_and_not_the_run(server: Server, tmp_path: Path, most: int) -> None:
    desk = bench(server, tmp_path)
    server.latency = 0.1
    desk.write("order.json", SMALL)
    desk.write("routing.yaml", CONFIG)
    ran = full_disk(desk, most)
    assert ran.returncode in (0, 3), ran.stderr
    assert "the journal failed (disk I/O error)" in ran.stderr
    assert "defect" not in ran.stderr
    printed = json.loads(ran.stdout)
    stood = [a for a in attempts(printed) if a["tier"] == "first" and a["left"] in {"accepted", "open"}]
    assert len(stood) == len(server.log) > 0, "whatever was paid for is in the plan"
    assert any(attempt["left"] == "no_journal" for attempt in attempts(printed))
    whole = desk.plan("order.json", "routing.yaml")
    assert {step["by"] for step in whole["run"]["steps"] if step["task"] == "unit_conversion"} == {"first"}


def test_a_damaged_file_is_told_with_its_remedy(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    desk.plan(SMALL, CONFIG)
    file = tmp_path / "state" / "journal.sqlite3"
    assert desk.run("runs").stdout.count("finished") == 1  # the last reader leaves, and with it the write-ahead log
    data = bytearray(file.read_bytes())
    data[PAGE:] = b"\xa5" * (len(data) - PAGE)
    file.write_bytes(data)
    for command in (("plan", "order.json", "--config", "routing.yaml"), ("runs",), ("runs", "prune")):
        ran = desk.run(*command)
        assert ran.returncode == 2
        assert str(file) in ran.stderr
        assert "delete it, or point CATERING_STATE at another folder" in ran.stderr
    file.unlink()
    desk.plan("order.json", "routing.yaml")
