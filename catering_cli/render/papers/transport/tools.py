"""Tools by station, counted for the event, and the spares of what is rented: rows of the pack-out list."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from catering_cli.data.tables import rows
from catering_cli.render.page import Column, Row, Table
from catering_cli.render.wording import SEVERAL_EACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catering_cli.domain.plan import CateringPlan

TOOL_COLUMNS = (
    Column("Loaded", tick=True),
    Column("Back", tick=True),
    Column("Station"),
    Column("Count", right=True),
    Column("Tool", wide=True),
)
_PANS_A_SHEET = 2
"""Hotel pans of 12 x 20 in where one sheet pan of 18 x 26 in stands."""

COOKS = ("cook", "chef")
"""Roles that work with food: cook, prep cook, sous chef."""


def tool_table(plan: CateringPlan) -> Table:
    """What each station takes along."""
    return Table(TOOL_COLUMNS, tuple(_tools(plan)), title="Tools by station", fold=8)


def spare_of(item: str, count: int) -> int:
    """How many more of a rented item are ordered than the guests need."""
    percent = next(int(row["percent"]) for row in rows("spares") if row["word"] in item)
    return ceil(Fraction(count * percent, 100))


def _tools(plan: CateringPlan) -> Iterator[Row]:
    there = kinds_served(plan)
    counts = counted_by(plan)
    for row in rows("tools"):
        number = ceil(Fraction(row["count"]) * counts[row["per"]])
        if row["when"] in there and number:
            yield "", "", row["station"], f"{number:,}", row["tool"]


def kinds_served(plan: CateringPlan) -> set[str]:
    """What is served (hot, cold, drink) and in which styles; `always` is of every event."""
    food = {kind for kind in ("hot", "cold", "drink") if any(kind in line.box for line in plan.packing)}
    return food | {service.style for service in plan.service} | {"always"}


def counted_by(plan: CateringPlan) -> dict[str, int]:
    """What tools are counted by -> how many of it there are."""
    drinks = {dish.id for dish in plan.menu if dish.course == "drink"}
    hot = {line.dish for line in plan.packing if "hot" in line.box}
    cold = {line.dish for line in plan.packing if "cold" in line.box}
    return {
        "pan": _containers(plan, "hot"),
        "cold pan": _containers(plan, "cold"),
        "dispenser": _containers(plan, "drink"),
        "hot dish": len(hot),
        "cold dish": len(cold - _passed(plan)),
        "drink": len(drinks),
        "dish": len(hot | cold),
        "server": _people(plan, ("server",)),
        "cook": _people(plan, COOKS),
        "driver": _people(plan, ("driver",)),
        "guest": plan.headcount.set_for,
        "event": 1,
    }


def _containers(plan: CateringPlan, kind: str) -> int:
    """Containers of a kind, each for as many full hotel pans as stand in its place."""
    room = {row["vessel"]: Fraction(_PANS_A_SHEET, int(row["a_sheet"])) for row in rows("vessels")}
    pans = Fraction(0)
    for line in plan.packing:
        if line.dish and kind in line.box:
            vessel = line.item.rpartition(": ")[2]
            pans += line.count * room.get(vessel, Fraction(1))
    return ceil(pans)


def _passed(plan: CateringPlan) -> set[str]:
    """Dishes that are passed on trays and need no spoon."""
    return {dish.id for dish in plan.menu if dish.course == SEVERAL_EACH}


def _people(plan: CateringPlan, roles: tuple[str, ...]) -> int:
    return sum(line.count for line in plan.staffing if line.role.endswith(roles))
