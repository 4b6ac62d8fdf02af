"""Which tasks each shipped configuration asks models for, counted at the server by the real command."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from server import Server

sys.path.insert(0, str(Path(__file__).parent.parent / "survival"))
from survive import SMALL, bench

PLAIN: dict[str, Any] = {
    "event": {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
    "guests": 60,
    "menu": ["Caesar salad", "Rice pilaf"],
}
"""An order of which the kitchen knows everything."""
TRAY = {
    "name": "Zorrel gratin",
    "course": "side",
    "yield": {"portions": 10},
    "ingredients": ["1 kg potatoes"],
    "steps": [{"text": "Cook until golden.", "kind": "cook", "minutes": 40, "active_minutes": 5}],
}
OPEN: dict[str, Any] = {
    **SMALL,
    "menu": [*SMALL["menu"], "Zorrel gratin", "Moonlight tart"],
    "recipes": [*SMALL["recipes"], TRAY],
}
"""An order with something for each task: an unknown food and measure, a note, a dish without steps, a step without
equipment, a dish without recipe."""
LINE, TREE = "planning-execution", "hierarchical"
PLANNERS = {"strategic_planning": 1, "resource_planning": 1, "timeline_planning": 1}
LEAVES = {"ingredient_calculation": 1, "equipment_allocation": 1, "recipe_scheduling": 1, "service_coordination": 1}
WHOLE = {**PLANNERS, "constraint_solving": 1, "text_formatting": 1}
LINES = {"ingredient_consolidation": 1, "unit_conversion": 1}
NEEDED = {"constraint_solving": 1, "recipe_scaling": 1}
"""What both patterns ask because the order is open there: its note, the dish that has to be drafted."""

CASES: dict[str, tuple[dict[str, Any], str, str, dict[str, int]]] = {
    "default asks the planners and the texts": (PLAIN, "default", LINE, {**PLANNERS, "text_formatting": 1}),
    "default asks the three planners and the service": (
        PLAIN, "default", TREE, {**PLANNERS, "service_coordination": 1},
    ),
    "default asks what is open, like questions as one": (
        OPEN, "default", LINE, {**WHOLE, **LINES, "recipe_scaling": 1, "timeline_creation": 1},
    ),
    "default asks the whole tree": (OPEN, "default", TREE, {**PLANNERS, **LEAVES, **NEEDED}),
    "lab asks for each dish": (
        OPEN, "lab", LINE, {**WHOLE, **LINES, "recipe_scaling": 4, "timeline_creation": 4},
    ),
    "lab asks the whole tree": (OPEN, "lab", TREE, {**PLANNERS, **LEAVES, **NEEDED}),
    "offline asks nobody": (OPEN, "offline", LINE, {}),
    "offline asks nobody for the tree": (OPEN, "offline", TREE, {}),
}  # fmt: skip
ALWAYS = {"default asks the planners and the texts", "default asks the whole tree"}


@pytest.mark.parametrize("name", [pytest.param(one, marks=() if one in ALWAYS else pytest.mark.slow) for one in CASES])
def test_a_shipped_configuration_asks_just_these_tasks(server: Server, tmp_path: Path, name: str) -> None:
    order, config, pattern, expected = CASES[name]
    bench(server, tmp_path).plan(order, config, "--pattern", pattern)
    assert Counter(one.task.removesuffix("_batch") for one in server.log) == expected
