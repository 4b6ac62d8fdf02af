"""Pay of each sample order against the best of a sweep over the cooks available: `python tests/benchmarks/crew.py`.

The plan chooses its cooks itself, so no number of cooks on the list should give a cheaper day of the same verdict.
"""

from __future__ import annotations

import sys
from pathlib import Path

from day import day_judge

SAMPLES = Path(__file__).parent.parent.parent / "sample_orders"
PRICED = ("gala", "wedding", "cocktail_reception")


def main() -> None:
    """One line an order: pay and total as planned, then the cheapest of the sweep."""
    for name in PRICED:
        path = SAMPLES / f"{name}.json"
        day = day_judge.told(path)
        same: dict[int, float] = {}
        for count in range(2, day.available("cook") or 2):
            other = day_judge.told(path, lambda order, count=count: fewer(order, count))
            if day_judge.rank(other) <= day_judge.rank(day):
                same[count] = day_judge.labour(other)
        best = min(same, key=lambda count: same[count], default=0)
        planned = f"{name}: pay {day_judge.labour(day):.2f}, total {day.plan['costing']['total']}"
        sys.stdout.write(f"{planned}; best of the sweep {same.get(best)} with {best}\n")


def fewer(order: day_judge.Json, count: int) -> day_judge.Json:
    """The order with so many cooks."""
    for row in order["staff"]:
        row["available"] = count if row["role"] == "cook" else row["available"]
    return order


if __name__ == "__main__":
    main()
