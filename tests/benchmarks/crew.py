"""Pay against the best of a sweep over the cooks available: `python tests/benchmarks/crew.py [FIRST COUNT]`.

The plan chooses its cooks itself, so no number of cooks on the list should give a cheaper day of the same verdict with
no more work at night and no fewer people at the plates and the line.
Without numbers of the priced samples; with them of drawn orders that a day fits, each with rates.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from day import day_judge  # noqa: E402
from judge import drawn_orders  # noqa: E402

SAMPLES = TESTS.parent / "sample_orders"
PRICED = ("gala", "wedding", "cocktail_reception")
RATES = {"cook": 28, "server": 24, "captain": 35, "porter": 21, "driver": 25, "bartender": 27.5}


def main(words: list[str]) -> None:
    """One line an order: pay and total as planned, then the cheapest of the sweep."""
    with tempfile.TemporaryDirectory() as name:
        paths = drawn(Path(name), int(words[0]), int(words[1])) if words else samples()
        dearer = [path.stem for path in paths if not holds(path)]
    sys.stdout.write(f"dearer than the best of the sweep: {', '.join(dearer) or 'none'}\n")


def samples() -> Iterator[Path]:
    """The samples with prices."""
    yield from (SAMPLES / f"{name}.json" for name in PRICED)


def drawn(folder: Path, first: int, count: int) -> Iterator[Path]:
    """Drawn orders, each with as many of every role as are asked for in such an order, at a rate."""
    for seed in range(first, first + count):
        document = drawn_orders.realistic(seed)
        given = document.get("staff") or {"cook": 9, "server": 30, "captain": 2, "porter": 4, "driver": 4}
        counts = given if isinstance(given, dict) else {row["role"]: row["available"] for row in given}
        rows = [{"role": role, "available": number, "rate": RATES[role]} for role, number in counts.items()]
        path = folder / f"drawn-{seed}.json"
        path.write_text(json.dumps(document | {"staff": rows}), encoding="utf-8")
        yield path


def holds(path: Path) -> bool:
    """Whether no smaller number of cooks is cheaper with the same verdict; prints what was found."""
    day = day_judge.told(path)
    if day.refusal or day.plan["timeline"]["status"] != "scheduled":
        sys.stdout.write(f"{path.stem}: no schedule\n")
        return True
    same: dict[int, float] = {}
    for count in range(2, day.available("cook") or 2):
        other = day_judge.told(path, lambda order, count=count: fewer(order, count))
        if day_judge.rank(other) <= day_judge.rank(day) and night(other) <= night(day) and floors(other) >= floors(day):
            same[count] = day_judge.labour(other)
    best = min(same, key=lambda count: same[count], default=0)
    pay = day_judge.labour(day)
    said = f"{path.stem}: pay {pay:.2f}, total {day.plan['costing']['total']}"
    sys.stdout.write(f"{said}; best of the sweep {same.get(best)} with {best}\n")
    sys.stdout.flush()
    return pay <= min(same.values(), default=pay) + 0.005


def floors(day: day_judge.Told) -> int:
    """Person-minutes at the plates and the line: the list of staff bounds them, and a shorter list is no saving."""
    return sum(crew["minutes"] * crew["count"] for block in day.of("plate", "serve") for crew in block["crew"])


def night(day: day_judge.Told) -> int:
    """Minutes of hands on dishes outside normal hours: they come before pay. Those of a service day end with it."""
    minutes = 0
    for block in day.blocks:
        today = [one["from"] - 2 * day_judge.HOUR for one in day.services if one["from"].date() == block["from"].date()]
        opens = min([block["from"].replace(hour=6 if today else 7, minute=0), *today])
        late = not today and block["from"].hour >= 19
        if block["dish"] and (late or block["from"] < opens):
            minutes += sum(crew["minutes"] * crew["count"] for crew in block["crew"])
    return minutes


def fewer(order: day_judge.Json, count: int) -> day_judge.Json:
    """The order with so many cooks."""
    for row in order["staff"]:
        row["available"] = count if row["role"] == "cook" else row["available"]
    return order


if __name__ == "__main__":
    main(sys.argv[1:])
