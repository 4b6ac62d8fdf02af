"""Several small orders in a folder, and the real command over them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MENU = ("Caesar salad", "Tiramisu")

Command = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def orders(tmp_path: Path) -> list[str]:
    """Four orders that differ in their guests."""
    names = []
    for guests in (20, 30, 40, 50):
        event = {"name": f"Lunch for {guests}", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"}
        name = f"lunch{guests}.json"
        (tmp_path / name).write_text(json.dumps({"event": event, "guests": guests, "menu": MENU}))
        names.append(name)
    return names


@pytest.fixture
def begun(tmp_path: Path) -> Command:
    """Begin the command in the folder of the orders."""

    def begin(*args: str) -> "subprocess.Popen[str]":
        keyless = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
        env = {**keyless, "CATERING_STATE": str(tmp_path / "state"), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "catering_cli", *args],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=env, text=True,
        )  # fmt: skip

    return begin
