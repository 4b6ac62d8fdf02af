"""Feasible orders of catalogue dishes, and each made infeasible by one known cut."""

from __future__ import annotations

import random
from typing import Any

from catering_cli.checks.registry import check
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes import catalogue

EQUIPMENT = {
    "oven": 4, "burner": 8, "grill": 2, "fryer": 2, "steamer": 2, "blast_chiller": 3, "fridge_shelf": 40,
    "freezer_shelf": 10, "mixer": 3, "blender": 2, "food_processor": 2, "hot_box": 8, "coffee_urn": 3, "prep_table": 8,
    "slicer": 1,
}  # fmt: skip
STAFF = {"cook": 8, "chef": 2, "server": 12, "porter": 3, "driver": 3, "bartender": 2, "captain": 1}
COURSES = ("starter", "main", "main", "side", "side", "salad", "dessert")


def order(seed: int) -> dict[str, Any]:
    """Seven dishes of the catalogue for a buffet on a Saturday."""
    draw = random.Random(seed)
    menu: list[str] = []
    for course in COURSES:
        names = [r.name for r in catalogue.recipes() if (r.course or "main") == course and r.name not in menu]
        menu += draw.sample(names, 1)
    return {
        "event": {"name": f"Lunch {seed}", "service_at": "2027-06-19T18:00:00-04:00", "timezone": "America/New_York"},
        "guests": draw.choice([40, 60, 80, 100]),
        "menu": menu,
        "kitchen": {"equipment": dict(EQUIPMENT)},
        "staff": dict(STAFF),
    }


def blocking(document: Order) -> tuple[CateringPlan, list[str]]:
    """The plan of an order, and the rules with a blocking finding."""
    plan = cook(document)
    findings = (*plan.findings, *check(document, plan)[0])
    return plan, [f"{finding.rule}: {finding.message}" for finding in findings if finding.severity == "blocking"]


def cuts(whole: dict[str, Any], kind: str, plan: CateringPlan, seed: int) -> list[dict[str, Any]]:
    """The order with ever more of one thing cut: the first that has no schedule is the infeasible one."""
    return _CUTS[kind](whole, plan, seed)


def _plant(name: str):
    def cut(whole, plan, _seed):
        uses = {use.name for block in plan.timeline.blocks for use in block.equipment}
        if name not in uses:
            return []
        have = whole["kitchen"]["equipment"]
        return [{**whole, "kitchen": {"equipment": {**have, name: n}}} for n in range(have[name] - 1, -1, -1)]

    return cut


def _cook(whole, _plan, _seed):
    people = {role: n for role, n in whole["staff"].items() if role != "chef"}
    return [{**whole, "staff": {**people, "cook": n}} for n in range(6, -1, -1)]


def _hour(whole, _plan, _seed):
    times = [f"2027-06-19T{hour:02}:{minute:02}:00-04:00" for hour in range(8, 18) for minute in (0, 30)]
    return [{**whole, "kitchen": {**whole["kitchen"], "available_from": at}} for at in times]


def _closure(whole, _plan, _seed):
    shut = [
        [{"from": "2027-06-18T06:00:00-04:00", "until": f"2027-06-19T{hour:02}:00:00-04:00"}]
        for hour in range(17, 9, -1)
    ]
    return [{**whole, "kitchen": {**whole["kitchen"], "hours": hours}} for hours in shut]


def _hold(whole, plan, seed):
    """The last step of one dish keeps for a few minutes, and the guests are an hour and a half away."""
    at = seed % len(whole["menu"])
    recipe = plan.menu[at].recipe
    if recipe is None:
        return []
    steps = [step.model_dump(mode="json", by_alias=True, exclude_unset=True) for step in recipe.steps]
    plant = [name for name in steps[-1].get("equipment", ()) if name != "hot_box"]  # a hot box holds, it cooks nothing
    steps[-1] = {**steps[-1], "max_hold_minutes": 20, "kind": "prep", "equipment": plant}
    dumped = {**recipe.model_dump(mode="json", by_alias=True, exclude_unset=True), "steps": steps, "name": "Cut dish"}
    menu = [*whole["menu"][:at], {"dish": "Cut dish", "course": plan.menu[at].course}, *whole["menu"][at + 1 :]]
    return [{**whole, "menu": menu, "recipes": [dumped], "event": {**whole["event"], "travel_minutes": 45}}]


_CUTS = {
    "oven": _plant("oven"),
    "burner": _plant("burner"),
    "cook": _cook,
    "hour": _hour,
    "hold": _hold,
    "closure": _closure,
}
NAMED = {
    "oven": ("oven",),
    "burner": ("burner",),
    "cook": ("cook",),
    "hour": ("opens", "not open", "hours", "between"),
    "hold": ("keep",),
    "closure": ("not open", "opens", "hours", "open"),
}
