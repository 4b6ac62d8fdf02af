"""Weights and yields against `golden/quantity.json`: facts of the US Armed Forces Recipe Service, another source.

A measure with no weight on file is a refusal, which is better than a wrong figure; it counts as not known.
"""

import json
from pathlib import Path

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.foods.weights import edible_share

ROWS = json.loads((Path(__file__).parents[2] / "golden/quantity.json").read_text("utf-8"))["rows"]
CLOSE = 0.10
"""Volumes of the cards are rounded to a kitchen's measures."""

FAR = 0.25
SHARE = 0.95
"""Of the rows, at least so many are close."""


def apart(value, published):
    """How far a value is from the nearest of the published ones, as a share."""
    return min(abs(value - one) / one for one in published)


def weights_apart():
    """Each row with a measure: how far its weight is off, and whether it is marked as approximate; None: refused."""
    for row in ROWS:
        if not row.get("measure"):
            continue
        measure = Quantity.of(str(row["measure"]["amount"]), row["measure"]["unit"])
        mass = to_mass(measure, row.get("item") or row["food"], row.get("prep", ""))
        published = [row["weight_g"], *row.get("also_g", [])]
        yield row["food"], mass and (apart(float(mass.grams.high), published), mass.approximate)


def test_measures_weigh_what_the_cards_say():
    told = list(weights_apart())
    close = [food for food, found in told if found and found[0] <= CLOSE]
    assert len(close) >= SHARE * len(told)
    assert [food for food, found in told if found and found[0] > FAR and not found[1]] == []


def test_edible_shares_are_those_of_the_cards():
    off = [
        (row["item"], apart(float(edible_share(row["item"]).percent), [row["percent"], *row.get("also_percent", [])]))
        for row in ROWS
        if row.get("percent")
    ]
    assert sum(value <= CLOSE for _, value in off) >= SHARE * len(off)
    assert [item for item, value in off if value > FAR] == []
