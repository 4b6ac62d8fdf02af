"""What these tests share: the real command as a real process against a server of ours, with a state of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from competent import competent
from forked import command_line
from server import Server

ROOT = Path(__file__).parents[2]

SMALL: dict[str, Any] = {
    "event": {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
    "guests": 60,
    "menu": ["Zorrel soup", "Caesar salad"],
    "recipes": [
        {
            "name": "Zorrel soup",
            "course": "soup",
            "yield": {"portions": 10},
            "ingredients": ["2 bunches zorrel", "1 L vegetable stock", "500 g potatoes, peeled and diced"],
        }
    ],
    "notes": "There will be eighty of us after all.",
}
"""An order with something open for most tasks."""

TIERS = """
tiers:
  first:  {provider: %s, model: first-model, price: {input: 1, output: 5}%s}
  second: {provider: %s, model: second-model, price: {input: 1, output: 5}%s}
"""
BOTH = TIERS % ("anthropic", "", "openai", "")


@dataclass
class Bench:
    """A folder with a state of its own, and the server that the command asks."""

    server: Server
    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, document: Any) -> str:
        text = document if isinstance(document, str) else json.dumps(document)
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def command(self, *args: str) -> list[str]:
        return [*command_line(), *args]

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.server.env(),
            "CATERING_STATE": str(self.folder / "state"),
            "PYTHONPATH": str(ROOT),
            "NO_COLOR": "1",
            **self.env,
        }

    def fresh(self, *args: str) -> subprocess.CompletedProcess[str]:
        """The command in a new interpreter, for what an SDK reads of its environment when it is imported."""
        return subprocess.run(
            [sys.executable, "-m", "catering_cli", *args], env=self.environment(), cwd=self.folder,
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def run(self, *args: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*args), env=self.environment(), cwd=self.folder, capture_output=True, text=True,
            timeout=timeout, check=False,
        )  # fmt: skip

    def plan(self, order: Any, config: str, *more: str, codes: tuple[int, ...] = (0, 3)) -> dict[str, Any]:
        """The plan that the command prints; `order` is a document, or a path."""
        path = order if isinstance(order, str) else self.write("order.json", order)
        named = config if "\n" not in config else self.write("routing.yaml", config)
        ran = self.run("plan", path, "--config", named, "--json", *more)
        assert ran.returncode in codes, ran.stderr[-2000:]
        printed: dict[str, Any] = json.loads(ran.stdout)
        return printed


def bench(server: Server, folder: Path) -> Bench:
    """A bench whose server knows every answer."""
    server.otherwise = competent
    return Bench(server, folder)


def attempts(printed: dict[str, Any]) -> list[dict[str, Any]]:
    """The whole ledger of a plan."""
    return [attempt for step in printed["run"]["steps"] for attempt in step["attempts"]]


def bare(printed: dict[str, Any]) -> dict[str, Any]:
    """A plan without the record of its run."""
    return {**printed, "run": None}
