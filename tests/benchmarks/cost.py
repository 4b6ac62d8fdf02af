"""What the sample orders cost by routing: every task on the planner tier, lab.yaml, default.yaml.

    python tests/benchmarks/cost.py [ORDER...]

A server of ours gives each task's right answer, so prompts and answers have their real size (about four characters a
token); list prices. Thinking is not seen from here: an allowance is added to every answer by the depth that is asked
for, as tokens of output. All three plans pass the same checks, or the table says so.
"""

from __future__ import annotations

import json
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "survival")]

from competent import competent  # noqa: E402
from server import Asked, Server  # noqa: E402
from survive import Bench  # noqa: E402

THINKING = {None: 0, "none": 0, "minimal": 100, "low": 300, "medium": 800, "high": 2_000}
"""Tokens of thinking by depth: an allowance, not a measurement."""
LAB = (ROOT / "configs" / "lab.yaml").read_text(encoding="utf-8")
DEFAULT = (ROOT / "configs" / "default.yaml").read_text(encoding="utf-8")


def planner_alone() -> str:
    """lab.yaml with the planner first in every chain, at its usual depth."""
    rows = []
    for row in LAB.splitlines():
        for chain in ("[mid, planner, kitchen]", "[mid, efficient, kitchen]", "[efficient, mid, kitchen]"):
            row = row.replace(chain, "[planner, kitchen]")  # noqa: PLW2901
        rows.append(row.replace("reasoning: none", "reasoning: medium"))
    return "\n".join(rows)


ROUTINGS = {"planner for every task": planner_alone(), "lab.yaml": LAB, "default.yaml": DEFAULT}


class Thinking(Server):
    """A server that charges for thinking as well."""

    async def _answer(self, writer: Any, asked: Asked, failure: Any) -> None:
        self.output_tokens = len(self._text(asked)) // 4 + 1 + THINKING.get(asked.effort, 2_000)
        await super()._answer(writer, asked, failure)


def measured(order: str, config: str) -> tuple[Decimal, int, int, float, float]:
    """Dollars, requests, blocking findings, score and share of decisions by models of one order."""
    with tempfile.TemporaryDirectory() as folder, Thinking() as server:
        server.otherwise = competent
        gateway = Bench(server, Path(folder))
        gateway.write("routing.yaml", config)
        ran = gateway.run("plan", order, "--config", "routing.yaml", "--max-cost", "50", "--json", timeout=300)
        assert ran.returncode in (0, 3), ran.stderr[-800:]
        printed = json.loads(ran.stdout)
        blocking = sum(row["severity"] == "blocking" for row in printed["findings"])
        run = printed["run"]
        value = printed["score"]["value"]
        return Decimal(str(run["usd"])), len(server.log), blocking, value, run["by_models"]


def main() -> None:
    """Print the table."""
    orders = sys.argv[1:] or [str(path) for path in sorted((ROOT / "sample_orders").glob("*.json"))]
    print(f"Thinking allowed for, in output tokens: {THINKING}")  # noqa: T201
    print("| order | " + " | ".join(f"{name}: USD (requests)" for name in ROUTINGS) + " | blocking, score |")  # noqa: T201
    print("|---|" + "---|" * (len(ROUTINGS) + 1))  # noqa: T201
    totals = dict.fromkeys(ROUTINGS, Decimal(0))
    for order in orders:
        found = {name: measured(str(Path(order).resolve()), config) for name, config in ROUTINGS.items()}
        for name, row in found.items():
            totals[name] += row[0]
        cells = " | ".join(f"{row[0]:.4f} ({row[1]})" for row in found.values())
        checks = "; ".join(dict.fromkeys(f"{row[2]}, {row[3]:.3f}" for row in found.values()))
        print(f"| {Path(order).stem} | {cells} | {checks} |", flush=True)  # noqa: T201
    dearest = totals["planner for every task"]
    sums = " | ".join(f"{usd:.4f} ({usd / dearest:.1%})" if dearest else "0" for usd in totals.values())
    print(f"| all | {sums} | |")  # noqa: T201


if __name__ == "__main__":
    main()
