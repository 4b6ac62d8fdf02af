"""Synonyms, negations, lookalikes and verbs that no table was made for: no miss, and lookalikes right in 9 of 10.

Both lists were written from other people's before the tables were looked at. First read: 7 of 300 misses and 15 of 124
lookalikes and negations shown as contained in `traps.tsv`; 3 of 488 and 13 of 83 in `traps_abroad.tsv`, all misses in
steps, where a food that no line lists was absent if its name was not known: 169 of 413 of the same foods, stirred in.
Of `traps_trade.tsv` 4 of 114 missed, all in steps (a noun that is a verb elsewhere), and 5 of 58 shown as contained.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from catering_cli.intake import load
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.menu.dishes import dishes


def listed(name: str) -> list[dict[str, str]]:
    """The rows of a list."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    found = csv.DictReader((row for row in text.splitlines() if row[0] != "#"), delimiter="\t")
    return [row | {"list": name} for row in found]


ABROAD = listed("traps_abroad.tsv")
STIRRED = [
    trap | {"where": "step", "text": f"Stir in the {trap['text']}."} for trap in ABROAD if trap["where"] == "line"
]
"""The same foods, brought in by a step alone."""
TRAPS = [
    *listed("traps.tsv"),
    *listed("traps_trade.tsv"),
    *ABROAD,
    *(trap for trap in STIRRED if trap["kind"] == "synonym"),
]
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
    """The cells of each dish."""
    return tuple(chain.from_iterable(read(TRAPS[start : start + MOST]) for start in range(0, len(TRAPS), MOST)))


MOST = 500
"""Dishes of an order."""


def read(traps: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The cells of some dishes, each read alone: what it shares with others brings nothing in."""
    allergies = [{"allergen": name, "count": 1, "severity": "severe"} for name in BEYOND]
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    guests = {"guaranteed": 20, "allergies": allergies}
    order = load.order_of({"event": event, "guests": guests, "menu": list(map(dish, traps))}, "order.json")
    view = fold(order, ())
    for one in dishes(order, view):
        row = matrix.matrix(order, (one,), view).rows[0]
        yield {cell.allergen: cell.state for cell in row.cells}


def cells(column: str, *kinds: str, of: str = "") -> list[tuple[str, str, str]]:
    """Each text of those kinds (of one list, if it is named) with an allergen that the column names, and its state."""
    return [
        (trap["text"], allergen, found[allergen])
        for trap, found in zip(TRAPS, states(), strict=True)
        for allergen in trap[column].split("|")
        if allergen and trap["kind"] in (kinds or (trap["kind"],)) and of in ("", trap["list"])
    ]


def test_nothing_that_a_text_holds_is_missed() -> None:
    assert [one for one in cells("holds") if one[2] in SAFE] == []


@pytest.mark.parametrize("kind", ["negation", "lookalike", "step"])
def test_nine_of_ten_that_only_sound_like_it_are_not_said_to_hold_it(kind: str) -> None:
    free = cells("free", kind)
    wrong = [one for one in free if one[2] == "contains"]
    assert len(wrong) * 10 <= len(free), wrong


@pytest.mark.parametrize(("of", "fed"), [("traps.tsv", 0.75), ("traps_abroad.tsv", 0.5), ("traps_trade.tsv", 0.3)])
def test_most_that_only_sound_like_it_are_fed_and_of_the_others_a_label_decides(of: str, fed: float) -> None:
    """Of the second list many are plants that no kitchen buys: they are unknown, and that is right."""
    free = cells("free", "lookalike", of=of)
    withheld = [one for one in free if one[2] not in SAFE]
    assert len(withheld) <= len(free) * (1 - fed), withheld
