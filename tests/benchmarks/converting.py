"""CPU of `catering convert` for one quantity and for 10,000 lines: `python tests/benchmarks/converting.py`.

The yardstick is `python -c "import typer, rich.console, yaml, pydantic"`; each is run several times, the least counts.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

from startup import ROOT, YARDSTICK, say

ROUNDS = 5
LINES = 10_000
FOODS = ("all-purpose flour", "sugar", "butter", "whole milk", "chopped onions", "olive oil", "rice", "honey")
UNITS = ("cups", "tbsp", "tsp", "oz", "lb", "ml", "fl oz")


def lines() -> str:
    """Lines as recipes write them, most of them different."""
    told = (
        f"{1 + n % 97}{(' 1/2', '', ' 1/4', '.5')[n % 4]} {UNITS[n % len(UNITS)]} {FOODS[n % len(FOODS)]}"
        f"{('', ', sifted', ' (about)')[n % 3]}"
        for n in range(LINES)
    )
    return "\n".join(told) + "\n"


def cpu(args: tuple[str, ...], given: str) -> float:
    """Least CPU seconds (user and system) of one process."""
    least = float("inf")
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *args], input=given.encode(), capture_output=True, check=False, cwd=Path(ROOT))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least


def main() -> None:
    """Print both ratios and what is allowed."""
    unit = cpu(YARDSTICK, "")
    one = cpu(("-m", "catering_cli", "convert", "2 cups flour", "--to", "g"), "") / unit
    many = cpu(("-m", "catering_cli", "convert", "-", "--to", "g", "--json"), lines()) / unit
    say(f"yardstick {unit:.3f} s")
    say(f"one quantity  {one:5.2f} of 1.2{'' if one <= 1.2 else '  OVER'}")
    say(f"{LINES:,} lines  {many:5.2f} of 15{'' if many <= 15 else '  OVER'}")
    say(json.dumps({"one": one, "many": many}))


if __name__ == "__main__":
    main()
