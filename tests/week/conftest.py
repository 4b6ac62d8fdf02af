"""A house with two ovens and two lunches that each take both of them at the same time."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forked import command_line

ROOT = Path(__file__).parents[2]

HOUSE = {
    "kitchen": {"equipment": {"oven": 2, "burner": 6, "refrigerator_shelf": 40, "van": 2}},
    "staff": [
        {"role": "cook", "available": 6, "rate": "22"},
        {"role": "server", "available": 20, "rate": "18"},
        {"role": "captain", "available": 4, "rate": "28"},
        {"role": "porter", "available": 4, "rate": "17"},
    ],
    "supply": [
        {"item": "chicken", "supplier": "Metro", "pack": "40 lb", "price": "96"},
        {"item": "heavy cream", "supplier": "Metro", "pack": "12/1 qt", "price": "60"},
        {"item": "romaine", "supplier": "Metro", "pack": "24 lb", "price": "38"},
        {"item": "mascarpone", "supplier": "Metro", "pack": "6/500 g", "price": "55"},
        {"item": "parmesan", "supplier": "Metro", "pack": "10 lb", "price": "95"},
        {"item": "olive oil", "supplier": "Metro", "pack": "4/3 L", "price": "120"},
    ],
    "on_hand": [{"item": "sugar", "quantity": "3 kg"}],
}


def event(name: str, at: str, guests: int, menu: tuple[str, ...]) -> dict[str, Any]:
    """An order of a few lines."""
    return {"event": {"name": name, "service_at": at, "style": "buffet"}, "guests": guests, "menu": list(menu)}


MENU = ("Caesar salad", "Roast chicken", "Roasted vegetables", "Tiramisu")
AT = "2027-04-17T18:00:00-04:00"

Catering = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def catering(tmp_path: Path) -> Catering:
    """The real command in a folder with the house and its orders."""
    (tmp_path / "house.json").write_text(json.dumps(HOUSE))
    for number, guests in enumerate((62, 64), 1):
        (tmp_path / f"e{number}.json").write_text(json.dumps(event(f"Party {number}", AT, guests, MENU)))

    def run(*args: str) -> "subprocess.CompletedProcess[str]":
        keyless = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
        env = {**keyless, "CATERING_STATE": str(tmp_path / "state"), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        return subprocess.run(
            [*command_line(), *args],
            capture_output=True, cwd=tmp_path, env=env, timeout=300, check=False, text=True,
        )  # fmt: skip

    return run
