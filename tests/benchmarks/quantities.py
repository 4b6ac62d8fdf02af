"""Amounts of the catalogue beside quantity recipes, for 100 portions: `python tests/benchmarks/quantities.py`.

A line a fact of `tests/kitchen/recipes/quantity_facts.tsv`, the farthest from its card first, with its reason.
"""

from __future__ import annotations

import sys

from startup import ROOT, say

sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "kitchen" / "recipes")]


def main() -> None:
    from test_quantity_recipes import FACTS, WIDE, away, pounds

    for fact in sorted(FACTS, key=lambda one: -abs(away(one))):
        here, there = pounds(fact["dish"], fact["foods"]), float(fact["pounds"])
        what = f"{fact['dish']}, {fact['foods']}"
        say(f"{what:60} {here:6.1f} lb  {fact['card']} {there:6.1f} lb  {away(fact):+5.0%}  {fact['why']}")
    near = sum(abs(away(fact)) <= WIDE for fact in FACTS)
    dishes = {fact["dish"] for fact in FACTS}
    say(f"{len(dishes)} dishes, {len(FACTS)} amounts: {near} within {WIDE:.0%}, the others say why")


if __name__ == "__main__":
    main()
