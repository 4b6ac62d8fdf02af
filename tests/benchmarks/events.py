"""Generated events: CPU seconds to the first valid plan, and how far the day's span is from what is proven.

`python tests/benchmarks/events.py [--only 30]`. Menus are drawn from the catalogue by named seeds; a tight
kitchen is the loose one with as few cooks, then ovens, then burners, as the greedy needs for a valid day, and a
fifth more of each. The span is searched alone, hinted by the greedy, with two units of deterministic
work (about two seconds of a quiet core); targets are gaps of 0, 0 and 1 %.
"""

from __future__ import annotations

import argparse
import sys
import time
from random import Random
from typing import Any

from catering_cli.domain.order import Order
from catering_cli.kitchen.cook import scheduled as schedule
from catering_cli.kitchen.day.day_problem import problem, with_enough
from catering_cli.kitchen.dietary import matrix as diets
from catering_cli.kitchen.menu import decisions
from catering_cli.kitchen.menu import dishes as menu
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.serving import portions
from catering_cli.scheduling.exact.cp_sat import improve
from catering_cli.scheduling.restarts import best

SEEDS = {"alder": 11, "birch": 12, "cedar": 13}
TARGETS = {8: 0.0, 30: 0.0, 100: 1.0}
GUESTS = {8: 60, 30: 150, 100: 300}
LOOSE = {"oven": 12, "burner": 20, "grill": 4, "fryer": 4, "steamer": 4, "blast_chiller": 8, "fridge_shelf": 200,
         "freezer_shelf": 40, "coffee_urn": 8, "hot_box": 40, "prep_table": 30, "mixer": 8, "blender": 8,
         "food_processor": 8}  # fmt: skip


def event(dishes: int, seed: str) -> dict[str, Any]:
    """A buffet with so many dishes of the catalogue, some of them twice under another number where it has no more."""
    draw = Random(SEEDS[seed])
    names = [recipe.name for recipe in catalogue.recipes()]
    draw.shuffle(names)
    picked = (names * (dishes // len(names) + 1))[:dishes]
    return {
        "event": {"name": f"{dishes} dishes, {seed}", "service_at": "2027-09-04T18:00:00+02:00",
                  "timezone": "Europe/Berlin"},
        "guests": GUESTS[dishes],
        "menu": picked,
        "kitchen": {"equipment": dict(LOOSE)},
        "staff": {"cook": 60, "chef": 4, "server": 40, "porter": 4, "driver": 4, "bartender": 4, "captain": 2},
    }  # fmt: skip


def made(document: dict[str, Any]) -> tuple[Order, Any, DecisionIndex]:
    """The order with its dishes scaled."""
    order = Order.model_validate(document)
    view = decisions.fold(order)
    items = menu.dishes(order, view)
    matrix = diets.matrix(order, items, view)
    served = portions.serve(order, items, matrix, view)
    return order, portions.scaled(order, items, served, view), view


def valid(document: dict[str, Any]) -> bool:
    """Whether the greedy places it."""
    order, dishes, view = made(document)
    return with_enough(order, problem(order, dishes, view))[1].valid


def tight(document: dict[str, Any]) -> dict[str, Any]:
    """The same with as little as still works, found by halving one thing after the other."""
    for kind, name in (("staff", "cook"), ("equipment", "oven"), ("equipment", "burner")):
        low, high = 1, _of(document, kind)[name]
        while low < high:
            middle = (low + high) // 2
            if valid(_with(document, kind, name, middle)):
                high = middle
            else:
                low = middle + 1
        document = _with(document, kind, name, high + -(-high // 5))
    return document


def _of(document: dict[str, Any], kind: str) -> dict[str, int]:
    return document["staff"] if kind == "staff" else document["kitchen"]["equipment"]


def _with(document: dict[str, Any], kind: str, name: str, count: int) -> dict[str, Any]:
    changed = {**_of(document, kind), name: count}
    return {**document, "staff": changed} if kind == "staff" else {**document, "kitchen": {"equipment": changed}}


def line(document: dict[str, Any]) -> tuple[str, float]:
    """One row of the table, and the gap in percent."""
    order, dishes, view = made(document)
    begun = time.process_time()
    timeline = schedule(order, dishes, view)
    first = time.process_time() - begun
    day, found = with_enough(order, problem(order, dishes, view))
    found = best(day.problem, found)
    plain = day.problem.span(found.placement)
    begun = time.process_time()
    better = improve(day.problem, found, 2.0, aims=("span",))
    searched = time.process_time() - begun
    told = f"{len(timeline.blocks):>6} {timeline.status:<10} {first:>8.2f} {plain:>7} {searched:>8.2f} {better.span:>7}"
    return f"{told} {better.bound:>7} {better.gap_percent:>6.2f}", better.gap_percent


def main() -> int:
    """Print the table; 1 where a gap is over its target."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", type=int, default=0, help="number of dishes")
    only = asked.parse_args().only
    missed = 0
    say("dishes seed   kitchen blocks status        CPU s  greedy search s    span   bound  gap %")
    for dishes, target in TARGETS.items():
        for seed in SEEDS:
            loose = event(dishes, seed)
            for name, document in (("loose", loose), ("tight", tight(loose))) if dishes == only or not only else ():
                text, gap = line(document)
                missed += gap > target
                say(f"{dishes:>6} {seed:<6} {name:<7} {text}")
    return int(missed > 0)


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
