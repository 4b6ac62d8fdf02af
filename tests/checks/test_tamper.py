"""A hand that changes one figure of a plan is found out, and the place it touched is named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import mutation
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.checks import registry
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook

ROOT = Path(__file__).parents[2]
ORDERS = ("wedding", "corporate_buffet", "boxed_lunches")


@cache
def plan_text(name: str) -> str:
    return cook(mutation.read_order(ROOT / "sample_orders" / f"{name}.json")).model_dump_json(by_alias=True)


@cache
def known(name: str) -> frozenset[Finding]:
    """What is held against the untouched plan."""
    plan = CateringPlan.model_validate_json(plan_text(name))
    return frozenset(registry.check(plan.order, plan)[0])


def findings_after(name: str, change: Callable[[Any], str]) -> tuple[str, list[Finding]]:
    """What is new after `change`, which alters the plan's JSON in place and returns the path it touched."""
    data = json.loads(plan_text(name))
    where = change(data)
    after = CateringPlan.model_validate(data)
    return where, [one for one in registry.check(after.order, after)[0] if one not in known(name)]


def named(where: str, found: list[Finding]) -> bool:
    """Whether a finding that counts names the place, or a field of it."""
    return any(one.where.startswith(where) and one.severity != "advice" for one in found)


def amounts(data: Any, path: str = "plan") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every amount outside order, recipes and decisions, with its path."""
    if isinstance(data, dict):
        if "exact" in data and "unit" in data:
            yield path, data
            return
        for key, value in data.items():
            if key not in ("order", "recipe", "decisions"):
                yield from amounts(value, f"{path}.{key}")
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield from amounts(value, f"{path}[{index}]")


@pytest.mark.parametrize("name", ORDERS)
def test_an_untouched_plan_is_not_blocked(name: str) -> None:
    assert [one for one in known(name) if one.severity == "blocking"] == []


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(ORDERS), st.data())
def test_one_gram_more_anywhere_is_named(name: str, draw: st.DataObject) -> None:
    def change(data: Any) -> str:
        places = [(where, one) for where, one in amounts(data) if not where.endswith(".pack")]
        where, amount = draw.draw(st.sampled_from(places))
        number, _, below = amount["exact"].partition("/")
        amount["exact"] = f"{int(number) + int(below or 1)}/{below or 1}"
        amount["kitchen"] = ""
        return where

    where, found = findings_after(name, change)
    assert named(where, found), (where, found)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(ORDERS), st.data())
def test_a_deleted_allergen_is_named(name: str, draw: st.DataObject) -> None:
    def change(data: Any) -> str:
        rows = data["diets"]["rows"]
        row = draw.draw(st.integers(0, len(rows) - 1))
        del rows[row]["cells"][draw.draw(st.integers(0, len(rows[row]["cells"]) - 1))]
        return f"plan.diets.rows[{row}].cells"

    where, found = findings_after(name, change)
    assert named(where, found), (where, found)


@pytest.mark.parametrize("name", ORDERS)
def test_a_deleted_allergen_column_is_named(name: str) -> None:
    def change(data: Any) -> str:
        data["diets"]["allergens"].remove("milk")
        for row in data["diets"]["rows"]:
            row["cells"] = [cell for cell in row["cells"] if cell["allergen"] != "milk"]
        return "plan.diets.allergens"

    where, found = findings_after(name, change)
    assert named(where, found)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(ORDERS), st.data())
def test_a_cell_moved_to_safe_is_named(name: str, draw: st.DataObject) -> None:
    def change(data: Any) -> str:
        unsafe = [
            (f"plan.diets.rows[{i}].cells[{j}].state", cell)
            for i, row in enumerate(data["diets"]["rows"])
            for j, cell in enumerate(row["cells"])
            if cell["state"] in ("contains", "may_contain", "unknown")
        ]
        where, cell = draw.draw(st.sampled_from(unsafe))
        cell["state"] = draw.draw(st.sampled_from(("none_found", "free")))
        return where

    where, found = findings_after(name, change)
    assert any(one.where == where and one.severity == "blocking" for one in found), (where, found)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(ORDERS), st.data())
def test_a_diet_moved_to_compatible_is_named(name: str, draw: st.DataObject) -> None:
    def change(data: Any) -> str:
        unsafe = [
            (f"plan.diets.rows[{i}].diets[{j}].state", cell)
            for i, row in enumerate(data["diets"]["rows"])
            for j, cell in enumerate(row["diets"])
            if cell["state"] != "compatible"
        ]
        where, cell = draw.draw(st.sampled_from(unsafe))
        cell["state"] = "compatible"
        return where

    where, found = findings_after(name, change)
    assert any(one.where == where and one.severity == "blocking" for one in found), (where, found)


@pytest.mark.parametrize("name", ["wedding", "corporate_buffet"])
def test_an_oven_block_moved_into_another_is_named_with_both(name: str) -> None:
    moved: list[str] = []

    def change(data: Any) -> str:
        blocks = data["timeline"]["blocks"]
        ovens = [(i, b) for i, b in enumerate(blocks) if any(use["name"] == "oven" for use in b["equipment"])]
        count = next(c["count"] for c in data["timeline"]["capacities"] if c["name"] == "oven")
        first, others = ovens[0][1], ovens[1 : count + 1]
        assert len(others) == count
        for _, other in others:
            other["start"], other["end"] = first["start"], first["end"]
            moved.append(other["id"])
        return f"plan.timeline.blocks[{others[-1][0]}]"

    _, found = findings_after(name, change)
    over = [one for one in found if one.rule == "timeline.capacity"]
    assert over
    assert all(ident in over[0].message for ident in moved)
    assert "oven" in over[0].message


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(ORDERS), st.data())
def test_a_step_moved_behind_its_service_is_named(name: str, draw: st.DataObject) -> None:
    def change(data: Any) -> str:
        blocks = data["timeline"]["blocks"]
        steps = [i for i, block in enumerate(blocks) if block["step"] is not None]
        index = draw.draw(st.sampled_from(steps))
        blocks[index]["start"], blocks[index]["end"] = data["timeline"]["last_end"], data["timeline"]["last_end"]
        return f"plan.timeline.blocks[{index}]"

    where, found = findings_after(name, change)
    assert named(where, found), (where, found)


@pytest.mark.parametrize("name", ["wedding", "corporate_buffet"])
def test_every_raised_price_is_named(name: str) -> None:
    data = json.loads(plan_text(name))
    priced = [i for i, line in enumerate(data["shopping"]["lines"]) if line["unit_price"] is not None]
    assert priced
    for index in priced[:8]:

        def change(data: Any, index: int = index) -> str:
            data["shopping"]["lines"][index]["unit_price"] += 1
            return f"plan.shopping.lines[{index}].unit_price"

        where, found = findings_after(name, change)
        assert named(where, found)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(ORDERS), st.data())
def test_a_changed_count_is_named(name: str, draw: st.DataObject) -> None:
    fields = (
        ("menu", "portions"), ("menu", "needed"), ("staffing", "count"), ("service", "guests"),
        ("menu", "factor"), ("staffing", "hours"),
    )  # fmt: skip

    def change(data: Any) -> str:
        section, field = draw.draw(st.sampled_from(fields))
        index = draw.draw(st.integers(0, len(data[section]) - 1))
        row = data[section][index]
        row[field] = row[field] + 7 if isinstance(row[field], int) else "1234/5"
        return f"plan.{section}"

    where, found = findings_after(name, change)
    assert named(where, found), (where, found)


ROADS: tuple[tuple[str, str], ...] = (("pack", "timeline.brought"), ("plate", "timeline.event"))
"""Work of a service away from the kitchen, and the rule that asks what it waits for."""


@pytest.mark.parametrize(("kind", "rule"), ROADS)
def test_work_away_that_waits_for_nothing_is_named(kind: str, rule: str) -> None:
    def change(data: Any) -> str:
        for block in data["timeline"]["blocks"]:
            if block["kind"] == kind:
                block["after"] = []
        return "plan.timeline.blocks"

    where, found = findings_after("wedding", change)
    assert any(one.rule == rule and one.where.startswith(where) for one in found)
