"""The lab's seven tasks over real HTTP, as a real process: who is asked what, once, and what becomes of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tasks"))
from forked import command_line
from oracle import RIGHT, right
from planted import document
from server import Server

ROOT = Path(__file__).parents[2]
LAB = (ROOT / "configs" / "lab.yaml").read_text(encoding="utf-8")

EXPECTED = {
    "strategic_planning": ("claude-opus-5-5", "high"),
    "constraint_solving": ("claude-opus-5-5", "high"),
    "recipe_scaling": ("claude-haiku-5-5", "medium"),
    "timeline_creation": ("claude-opus-5-5", "medium"),
    "resource_planning": ("claude-haiku-5-5", "medium"),
    "timeline_planning": ("claude-haiku-5-5", "medium"),
    "ingredient_consolidation": ("claude-haiku-5-5", "medium"),
    "unit_conversion": ("gpt-6-luna", "none"),
    "text_formatting": ("gpt-6-luna", "none"),
}
"""Model and effort by task, as `lab.yaml` has them."""

FED = {"guaranteed": 60}
"""Guests whom the menu feeds, so that nothing but the notes is in conflict."""


@pytest.fixture
def told(server: Server) -> Server:
    """A server that knows the right answers."""
    for task in RIGHT:
        server.say(task, lambda asked, task=task: right(SimpleNamespace(schema_name=task, user=asked.user)))  # type: ignore[arg-type]
    return server


def plan(server: Server, folder: Path, config: str, **changes: Any) -> dict[str, Any]:
    """The plan that the command prints, with `folder` as the state of the house."""
    (folder / "order.json").write_text(json.dumps(document(guests=FED, **changes)), encoding="utf-8")
    (folder / "routing.yaml").write_text(config, encoding="utf-8")
    command = [*command_line(), "plan", "order.json", "--config", "routing.yaml", "--json"]
    env = {**os.environ, **server.env(), "CATERING_STATE": str(folder / "state"), "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode in (0, 3), ran.stderr
    printed: dict[str, Any] = json.loads(ran.stdout)
    return printed


def bought(printed: dict[str, Any]) -> dict[str, Any]:
    return next(row for row in printed["shopping"]["lines"] if "zorrel" in [row["item"], *row["names"]])


def test_each_task_reaches_the_model_that_its_row_names_and_nobody_is_asked_twice(told: Server, tmp_path: Path) -> None:
    printed = plan(told, tmp_path, LAB)
    assert {asked.task: (asked.model, asked.effort) for asked in told.asked()} == EXPECTED
    assert all(asked.schema["additionalProperties"] is False for asked in told.asked())
    assert bought(printed)["item"] == "sorrel"
    assert bought(printed)["by"].split(", ") == ["efficient", "mid"]
    first = len(told.asked())
    again = plan(told, tmp_path, LAB)
    assert len(told.asked()) == first
    assert {**again, "run": None} == {**printed, "run": None}


def test_the_yaml_moves_a_task_and_a_judgement_goes_with_its_tier(told: Server, tmp_path: Path) -> None:
    rows = LAB.splitlines()
    moved = [row.replace("[efficient,", "[mid,").replace(", mid,", ", efficient,") for row in rows]
    config = "\n".join(
        moved[index]
        if row.strip().startswith("unit_conversion:")
        else "  ingredient_consolidation: {tiers: [kitchen], when: always}"
        if row.strip().startswith("ingredient_consolidation:")
        else row
        for index, row in enumerate(rows)
    )
    printed = plan(told, tmp_path, config)
    assert {asked.model for asked in told.asked("unit_conversion")} == {"claude-haiku-5-5"}
    assert not told.asked("ingredient_consolidation")
    assert bought(printed)["item"] == "zorrel"


def test_a_changed_note_asks_just_those_that_read_it(told: Server, tmp_path: Path) -> None:
    plan(told, tmp_path, LAB, notes="")
    first = len(told.asked())
    plan(told, tmp_path, LAB, notes="Bring the blue napkins.")
    assert {asked.task for asked in told.asked()[first:]} <= {"strategic_planning", "constraint_solving"}
    assert len(told.asked()) > first
