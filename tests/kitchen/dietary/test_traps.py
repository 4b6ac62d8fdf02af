"""Synonyms, negations, lookalikes and verbs that no table was made for: no miss, and lookalikes right in 9 of 10.

`traps.tsv` was written from other people's lists before the tables were looked at. First read: 7 of 300 misses, all in
steps (toast, pané, meunière, stock), and 15 of 124 lookalikes and negations shown as contained.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from catering_cli.intake import load
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.menu.dishes import dishes

TEXT = (Path(__file__).parent / "traps.tsv").read_text(encoding="utf-8")
TRAPS = list(csv.DictReader((row for row in TEXT.splitlines() if row[0] != "#"), delimiter="\t"))
BEYOND = ("gluten", "molluscs", "celery", "mustard", "lupin", "sulphites")
"""Allergens that the law of the United States does not list."""
SAFE = ("none_found", "free")


def dish(trap: dict[str, str]) -> dict[str, Any]:
    """A dish of plain carrots whose step says the text, or a dish of the text alone."""
    in_step = trap["where"] == "step"
    lines = ["2 kg carrots"] if in_step else [f"1 kg {trap['text']}"]
    steps = [{"text": trap["text"] if in_step else "Serve.", "minutes": 5}]
    recipe = {"name": "Dish", "yield": 20, "ingredients": lines, "steps": steps}
    return {"dish": "Dish", "course": "main", "recipe": recipe}


@cache
def states() -> tuple[dict[str, str], ...]:
    """The cells of each dish, read alone: what it shares with others brings nothing in."""
    allergies = [{"allergen": name, "count": 1, "severity": "severe"} for name in BEYOND]
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    guests = {"guaranteed": 20, "allergies": allergies}
    order = load.order_of({"event": event, "guests": guests, "menu": list(map(dish, TRAPS))}, "order.json")
    view = fold(order, ())
    alone = (matrix.matrix(order, (one,), view).rows[0] for one in dishes(order, view))
    return tuple({cell.allergen: cell.state for cell in row.cells} for row in alone)


def cells(column: str, *kinds: str) -> list[tuple[str, str, str]]:
    """Each text of those kinds with an allergen that the column names, and its state."""
    return [
        (trap["text"], allergen, found[allergen])
        for trap, found in zip(TRAPS, states(), strict=True)
        for allergen in trap[column].split("|")
        if allergen and trap["kind"] in (kinds or (trap["kind"],))
    ]


def test_nothing_that_a_text_holds_is_missed() -> None:
    assert [one for one in cells("holds") if one[2] in SAFE] == []


@pytest.mark.parametrize("kind", ["negation", "lookalike", "step"])
def test_nine_of_ten_that_only_sound_like_it_are_not_said_to_hold_it(kind: str) -> None:
    free = cells("free", kind)
    wrong = [one for one in free if one[2] == "contains"]
    assert len(wrong) * 10 <= len(free), wrong


def test_three_of_four_that_only_sound_like_it_are_fed_and_of_the_others_a_label_decides() -> None:
    free = cells("free", "lookalike")
    withheld = [one for one in free if one[2] not in SAFE]
    assert len(withheld) * 4 <= len(free), withheld
