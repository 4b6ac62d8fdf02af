"""CPU time to start each command, as a ratio to importing what it stands on: `python tests/benchmarks/startup.py`.

The yardstick is `python -c "import typer, rich.console, yaml, pydantic"`. All are run in turns, several times, and
the least of each counts.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
YARDSTICK = ("-c", "import typer, rich.console, yaml, pydantic")
ROUNDS = 7
WEDDING = ROOT / "sample_orders" / "wedding.json"

BUDGETS = {
    "--help": (("--help",), 1.2),
    "convert": (("convert", "2 cups flour", "--to", "g"), 1.2),
    "schema": (("schema", "order"), 2.2),
    "routes": (("routes",), 2.6),
    "check": (("check", "{plan}"), 6.0),
    "plan --offline": (("plan", str(WEDDING), "--offline", "--json"), 8.0),
}
"""Command -> its arguments and the most that it may take.

The day of the offline wedding plan is solved by the backward greedy: OR-Tools (about five of these units to import)
is not loaded for it, so the 12 that the plan may take with its solver are held by the 8 above.
"""
BESIDE = {"plan --solve best": ("plan", str(WEDDING), "--offline", "--json", "--solve", "best")}
"""Printed beside them, without a most: the longer search that is asked for, with OR-Tools."""


def cpu(commands: dict[str, tuple[str, ...]], environment: dict[str, str]) -> dict[str, float]:
    """Least CPU seconds (user and system) of each command, taken in turns: a machine that slows down slows all."""
    least = dict.fromkeys(commands, float("inf"))
    for _ in range(ROUNDS):
        for name, args in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *args], capture_output=True, env=environment, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            least[name] = min(least[name], took)
    return least


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Print a table of the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CATERING_STATE": folder, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as an installed package has them
        plan = Path(folder) / "plan.json"
        cook = [sys.executable, "-m", "catering_cli", "plan", str(WEDDING), "--offline", "--out", str(plan)]
        subprocess.run(cook, capture_output=True, env=environment, check=False)
        asked = {**{name: args for name, (args, _) in BUDGETS.items()}, **BESIDE}
        filled = {name: tuple(arg.format(plan=plan) for arg in args) for name, args in asked.items()}
        commands = {name: ("-m", "catering_cli", *args) for name, args in filled.items()}
        least = cpu({"yardstick": YARDSTICK, **commands}, environment)
        unit = least["yardstick"]
        say(f"{'yardstick':<16} {unit:.3f} s")
        ratios = {name: least[name] / unit for name in commands}
        for name, (_, most) in BUDGETS.items():
            say(f"{name:<16} {ratios[name]:5.2f} of {most:.1f}{'' if ratios[name] <= most else '  OVER'}")
        for name in BESIDE:
            say(f"{name:<16} {ratios[name]:5.2f}")
        say(json.dumps(ratios))


if __name__ == "__main__":
    main()
