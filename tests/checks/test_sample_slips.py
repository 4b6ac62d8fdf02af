"""Slips in the plans of two samples, in who is on duty where and in the rest of the day, are named."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import mutation
import pytest

from catering_cli.checks import registry
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook

WEDDING = Path(__file__).parents[2] / "sample_orders" / "wedding.json"
OFFICES = WEDDING.with_name("boxed_lunches.json")


@cache
def plan_text(path: Path) -> str:
    return cook(mutation.read_order(path)).model_dump_json(by_alias=True)


def named(data: Any) -> set[str]:
    plan = CateringPlan.model_validate(data)
    return {one.rule for one in registry.check(plan.order, plan)[0]}


def line_of(data: Any, role: str) -> Any:
    return next(line for line in data["staffing"] if line["role"] == role)


def home_too_soon(data: Any) -> None:
    """The driver who waits at the barn is let go once the way there is driven."""
    line_of(data, "driver")["shifts"][0]["end"] = "2027-06-19T18:30:00-04:00"


def elsewhere(data: Any) -> None:
    shift = next(one for one in line_of(data, "cook")["shifts"] if one["place"] == "barn")
    shift["place"] = "base"


def two_for_one(data: Any) -> None:
    line = line_of(data, "driver")
    line["shifts"].append({**line["shifts"][0], "who": "2"})
    line["count"] = 2


def without_its_packing(data: Any) -> None:
    blocks = data["timeline"]["blocks"]
    loads = {one["id"].replace(".load", ".pack") for one in blocks if one["kind"] == "load"}
    packs = {one["id"] for one in blocks if one["kind"] == "pack"} - loads
    for one in blocks:
        one["after"] = [wait for wait in one["after"] if one["kind"] != "set_up" or wait["block"] not in packs]


def with_a_guess(data: Any) -> None:
    one = next(one for one in data["assumptions"] if one["derivation"]["inputs"])
    one["derivation"]["inputs"]["guests"] = "7"


def without_an_assumption(data: Any) -> None:
    data["assumptions"] = [one for one in data["assumptions"] if one["id"] != "ware"]


def of_another_class(data: Any) -> None:
    point = next(one for one in data["safety"]["points"] if one["kind"] == "transport")
    point["food_class"] = "unknown"


def read_late(data: Any) -> None:
    point = next(one for one in data["safety"]["points"] if one["kind"] == "cold_hold" and one["times"])
    times = [time for time in point["times"] if time["block"] == point["times"][0]["block"]]
    for time in times:
        time["at"] = data["timeline"]["service_at"]


def not_counted(data: Any) -> None:
    data["timeline"]["capacities"] = [one for one in data["timeline"]["capacities"] if one["name"] != "chef"]


def another_usual(data: Any) -> None:
    food = next(line["food"] for line in data["service"] if line["food"]["usual_high"])
    food["usual_low"] = food["usual_high"] = None


def not_weighed(data: Any) -> None:
    data["service"][0]["food"]["without"] = [next(dish["name"] for dish in data["menu"] if dish["served"])]


def open_for_nothing(data: Any) -> None:
    early = {"start": "2027-06-01T06:00:00-04:00", "end": "2027-06-01T22:00:00-04:00"}
    data["timeline"]["openings"].insert(0, {**data["timeline"]["openings"][0], **early})


def no_cause(data: Any) -> None:
    rows = data["diets"]["rows"]
    cells = next(row["cells"] for row in rows if row["dish"] == "d6")
    cell = next(cell for cell in cells if cell["allergen"] == "wheat")
    assert cell["state"] == "contains"
    cell["because"].append("egg")


SLIPS: dict[str, tuple[Path, Callable[[Any], None], str]] = {
    "home too soon": (WEDDING, home_too_soon, "staffing.hours"),
    "elsewhere": (WEDDING, elsewhere, "staffing.hours"),
    "two for one": (OFFICES, two_for_one, "staffing.called"),
    "a guess": (WEDDING, with_a_guess, "plan.assumptions"),
    "no assumption": (WEDDING, without_an_assumption, "plan.assumptions"),
    "class": (WEDDING, of_another_class, "safety.limits"),
    "late": (WEDDING, read_late, "safety.limits"),
    "chef": (WEDDING, not_counted, "timeline.capacities"),
    "usual": (WEDDING, another_usual, "service.run"),
    "not weighed": (WEDDING, not_weighed, "service.run"),
    "open": (WEDDING, open_for_nothing, "timeline.openings"),
    "cause": (WEDDING, no_cause, "diets.because"),
    "packing": (OFFICES, without_its_packing, "timeline.event"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_the_slip_is_named(slip: str) -> None:
    path, change, rule = SLIPS[slip]
    data = json.loads(plan_text(path))
    assert rule not in named(data)
    change(data)
    assert rule in named(data)
