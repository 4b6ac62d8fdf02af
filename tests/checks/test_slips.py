"""One slip in the plan made by hand for each rule that derives a figure or a word again, and the rule names it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from small_plan import ORDER, PLAN

from catering_cli.checks import registry
from catering_cli.domain.plan import CateringPlan

Change = Callable[[Any], object]


def _set(*path: str | int, to: object) -> Change:
    """A change of one value of the plan's JSON."""

    def change(data: Any) -> object:
        for step in path[:-1]:
            data = data[step]
        assert data[path[-1]] != to
        data[path[-1]] = to
        return data

    return change


def _drop(*path: str | int) -> Change:
    """A change that takes an entry out of a list of the plan's JSON."""

    def change(data: Any) -> object:
        for step in path[:-1]:
            data = data[step]
        return data.pop(path[-1])

    return change


def _swap(*path: str | int) -> Change:
    """A change that turns a list of the plan's JSON round."""

    def change(data: Any) -> object:
        for step in path:
            data = data[step]
        return data.reverse()

    return change


ROAST, SET_UP, SERVE, STRIKE = 1, 3, 4, 5
"""Blocks of the plan, by index."""

SLIPS: tuple[tuple[str, Change], ...] = (
    ("timeline.handling", _set("timeline", "blocks", ROAST, "kind", to="prep")),
    ("timeline.facts", _set("timeline", "blocks", ROAST, "by", to="client")),
    ("timeline.facts", _set("timeline", "blocks", ROAST, "shelf_life_hours", to=24)),
    ("timeline.facts", _set("timeline", "blocks", ROAST, "place", to="barn")),
    ("timeline.facts", _set("timeline", "blocks", ROAST, "label", to="Boiled rice: Boil")),
    ("staffing.hours", _set("staffing", 0, "hours", to="100/61")),
    ("timeline.attended", _set("timeline", "openings", to=[])),
    ("timeline.event", _set("timeline", "blocks", STRIKE, "after", to=[])),
    ("timeline.event", _set("timeline", "blocks", SET_UP, "portions", to=9)),
    ("timeline.event", _set("timeline", "blocks", SET_UP, "place", to="base")),
    ("timeline.event", _set("timeline", "blocks", SET_UP, "kind", to="load")),
    ("timeline.event", _set("timeline", "blocks", SET_UP, "storage", to="fridge")),
    ("timeline.brought", _set("timeline", "blocks", SERVE, "after", to=[{"block": "service.set_up"}])),
    ("timeline.vans", _set("timeline", "blocks", SET_UP, "equipment", to=[{"name": "oven", "count": 1}])),
    ("staffing.called", _set("staffing", 2, "count", to=2)),
    ("service.run", _set("service", 0, "until", to="2027-06-05T19:30:00-04:00")),
    ("service.told", _set("service", 0, "notes", 0, to="2 x vegan (vegan; severe): Boiled rice")),
    (
        "kitchen.reported",
        _set("menu", 0, "lines", 0, "mass", to=None),
    ),
    ("diets.shown", _drop("diets", "diets", 4)),
    ("diets.because", _set("diets", "rows", 0, "cells", 0, "because", to=["wheat flour shared with Nothing"])),
    ("timeline.facts", _set("timeline", "blocks", ROAST, "id", to="d1.s2.b3")),
    ("timeline.event", _set("timeline", "blocks", SET_UP, "label", to="Set up ()")),
    ("safety.limits", _set("safety", "points", 0, "corrective", to="serve it all the same")),
    ("safety.notes", _set("safety", "notes", to=["discard after 4 h"])),
    ("costing.sums", _set("costing", "lines", 0, "amount", to=7)),
    ("costing.sums", _set("costing", "lines", 1, "label", to="chef")),
    ("shopping.purchased", _set("shopping", "lines", 0, "department", to="Other")),
    ("safety.points", _set("safety", "code", to="another code")),
    ("shopping.named", _set("shopping", "lines", 0, "by", to="")),
    ("timeline.brought", _set("timeline", "blocks", SERVE, "after", 1, "max_minutes", to=400)),
    ("timeline.stress", _set("timeline", "repairs", to=[{"text": "one more oven", "changes": []}])),
    ("plan.texts", _set("texts", to=[{"name": "floor_briefing", "text": "Supper: {guests} guests.", "by": "kitchen"}])),
)  # fmt: skip
"""What slips, and the rule that is about it."""


@pytest.mark.parametrize(("rule", "change"), SLIPS, ids=[f"{rule}-{i}" for i, (rule, _) in enumerate(SLIPS)])
def test_a_slip_is_named_by_its_rule(rule: str, change: Change) -> None:
    data = json.loads(PLAN.model_dump_json(by_alias=True))
    change(data)
    findings, _ = registry.check(ORDER, CateringPlan.model_validate(data))
    assert rule in {one.rule for one in findings}
