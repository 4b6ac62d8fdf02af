"""Planted judgements: with a competent model the default routing settles them, offline they are reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from server import Server
from survive import ROOT, Bench, bench

DEFAULT = (ROOT / "configs" / "default.yaml").read_text(encoding="utf-8")


def order(**changes: Any) -> dict[str, Any]:
    return {
        "event": {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
        "guests": 60,
        "menu": ["Caesar salad", "Rice pilaf"],
        **changes,
    }


def soup(*lines: str, **more: Any) -> dict[str, Any]:
    steps = [{"text": "Simmer and blend.", "minutes": 40, "active_minutes": 15, "equipment": ["burner"]}]
    recipe = {"name": "House soup", "course": "soup", "yield": {"portions": 10}, "ingredients": list(lines)}
    return {"menu": ["House soup", "Caesar salad"], "recipes": [{**recipe, "steps": steps, **more}]}


STOCK = "2 L vegetable stock"
PLANTED: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown synonym": (order(**soup("500 g zorrel", STOCK)), "kitchen.food_unknown"),
    "another unknown synonym": (order(**soup("1 kg wurtzels", STOCK)), "kitchen.food_unknown"),
    "an informal measure": (order(**soup("2 bunches zorrel", STOCK)), "kitchen.measure_unknown"),
    "a handful of something": (order(**soup("3 handfuls zorrel", STOCK)), "kitchen.measure_unknown"),
    "a recipe without steps": (order(**soup("1 kg potatoes", STOCK, steps=[])), "kitchen.duration_unknown"),
    "a step without minutes": (
        order(**soup("1 kg potatoes", STOCK, steps=[{"text": "Simmer until soft.", "kind": "cook", "minutes": 0}])),
        "kitchen.duration_unknown",
    ),
    "a main without recipe": (order(menu=["Grandmother's pillow", "Caesar salad"]), "kitchen.recipe_missing"),
    "a dessert without recipe": (
        order(menu=["Caesar salad", {"dish": "Moonlight slice", "course": "dessert"}]),
        "kitchen.recipe_missing",
    ),
}
"""An order with one judgement planted, and the rule that reports it where nobody makes it."""
NOTES = ("There will be eighty of us.", "We want to be served at the table.")


def reported(printed: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    """Findings of a rule."""
    return [row for row in printed["findings"] if row["rule"] == rule]


def settled(desk: Bench, name: str) -> tuple[bool, float]:
    """Whether a model settled it, and the share of decisions that models made."""
    document, rule = PLANTED[name]
    printed = desk.plan(document, DEFAULT)
    by_models = [row for row in printed["decisions"] if row["by"] not in {"kitchen", "client"}]
    return bool(by_models) and not reported(printed, rule), printed["run"]["by_models"]


@pytest.mark.parametrize("name", PLANTED)
def test_offline_it_is_reported(server: Server, tmp_path: Path, name: str) -> None:
    document, rule = PLANTED[name]
    found = reported(bench(server, tmp_path).plan(document, "offline"), rule)
    assert found
    wanted = "blocking" if rule == "kitchen.recipe_missing" else "open"
    assert {row["severity"] for row in found} == {wanted}
    assert server.log == []


def test_a_competent_model_settles_all_but_the_name_that_means_nothing(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    found = {name: settled(desk, name) for name in PLANTED}
    print(*(f"{name}: {done}, {share:.0%} by models" for name, (done, share) in found.items()), sep="\n")  # noqa: T201
    assert [name for name, (done, _) in found.items() if not done] == ["another unknown synonym"]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("config", ["offline", DEFAULT])
def test_a_note_stays_open_whoever_reads_it(server: Server, tmp_path: Path, note: str, config: Any) -> None:
    found = reported(bench(server, tmp_path).plan(order(notes=note), config), "kitchen.note")
    assert [(row["severity"], row["value"]) for row in found] == [("open", note)]
