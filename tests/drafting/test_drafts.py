"""Drafts that run: batches, holds and heat; judged as a caterer's own recipe; marked until a person confirms them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from chef import COURSES, DRAFTS, HOT, draft, step
from typer.testing import CliRunner

from catering_cli.cli.actions.seal import plan_json
from catering_cli.cli.app import app
from catering_cli.domain.decision import Decided, DraftedRecipe
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import DRAFT, Recipe
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes import catalogue
from catering_cli.render.forms import csv_tables
from catering_cli.render.forms.writers import WRITERS, Page
from catering_cli.render.sections.index import SECTIONS
from catering_cli.tasks.drafts import rules, trial
from catering_cli.tasks.drafts.wire import Draft, recipe_of
from catering_cli.tasks.recipe_scaling import RECIPE_SCALING

LAMB = "Herb-crusted leg of lamb"


def recipe(name: str, wire: Any = None) -> Recipe:
    return recipe_of(name, "main", Draft.model_validate(wire or DRAFTS[name]))


def order(guests: int = 60, **more: Any) -> Order:
    document = {
        "event": {"name": "Dinner", "service_at": "2027-09-18T19:00:00-04:00", "style": "buffet"},
        "guests": guests,
        "menu": [{"dish": LAMB, "course": "main"}, "Rice pilaf"],
        **more,
    }
    return Order.model_validate(document)


@cache
def planned(guests: int = 60) -> Any:
    made = Decided(decision=DraftedRecipe(dish="d1", recipe=recipe(LAMB)), by="mid")
    return cook(order(guests), (made,))


@pytest.mark.parametrize("name", DRAFTS)
def test_a_chefs_draft_is_taken_as_it_stands(name: str) -> None:
    made = recipe_of(name, COURSES[name], Draft.model_validate(DRAFTS[name]))
    assert list(rules.draft_faults(made)) == []
    assert trial.blocks(made) == ()


@pytest.mark.parametrize("guests", [60, 1_200])
def test_a_draft_is_made_in_the_batches_that_it_says(guests: int) -> None:
    plan = planned(guests)
    lamb = plan.menu[0]
    assert lamb.portions >= guests
    for said, row in zip(lamb.recipe.steps, lamb.batches, strict=True):
        assert sum(row.portions) == lamb.portions
        assert max(row.portions) <= (said.batch_portions or lamb.portions)


@pytest.mark.parametrize("guests", [60, 1_200])
def test_a_carved_roast_does_not_wait(guests: int) -> None:
    """Either it is carved within its hold of the service, or the plan says that there is no such day."""
    plan = planned(guests)
    if plan.timeline.status != "scheduled":
        assert any(one.severity == "blocking" for one in plan.findings)
        return
    carved = [block for block in plan.timeline.blocks if block.dish == "d1" and block.step == 3]
    late = [(plan.order.event.service_at - block.end).total_seconds() / 60 for block in carved]
    assert max(late) <= 30


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"batch_portions": 0}, "batch_portions"),
        ({"batch_portions": 800}, "batch_portions"),
        ({"max_hold_minutes": -1}, "max_hold_minutes"),
        ({"max_hold_minutes": 180, "storage": "ambient"}, "storage"),
        ({"after": [3]}, "after"),
        ({"temperature": "hot"}, "temperature"),
        ({"make_ahead_hours": 24, "shelf_life_hours": 12}, "storage"),
        ({"text": "Roast; it is nut-free."}, "text"),
    ],
)
def test_a_draft_that_cannot_be_run_is_sent_back_with_its_place(changes: Any, where: str) -> None:
    good = step("Roast.", "cook", 60, 10, "oven", 60, max_hold_minutes=30, **HOT)
    wire = draft(20, "4000 g leg of lamb; 20 g kosher salt", "hot", good)
    assert list(rules.draft_faults(recipe("Roast", wire))) == []
    wrong = {**wire, "steps": [{**good, **changes}]}
    assert f"steps[0].{where}" in [fault.where for fault in rules.draft_faults(recipe("Roast", wrong))]


def test_the_loads_of_the_table_hold_the_batches_of_the_catalogue() -> None:
    """So the house's own recipes would pass the rule that a draft is held to."""
    over = []
    for own in catalogue.recipes():
        grams = sum(map(rules.rough_grams, own.ingredients)) / max(1, own.yields.portions)
        for one in own.steps:
            most = rules.most_grams(one)
            if most and one.batch_portions and one.batch_portions * grams > most * 1.5:
                over.append(own.name)
    assert over == []


def test_what_a_draft_has_to_suit_is_asked_and_only_then() -> None:
    profiles = [{"needs": ["tree nuts"], "count": 4, "severity": "severe"}]
    asked = order(guests={"guaranteed": 1_204, "profiles": profiles}, kitchen={"equipment": {"oven": 2}})
    bare = RECIPE_SCALING.given(asked, "d1", ())
    assert (bare.needs, bare.portions, bare.services) == (["tree nuts"], 1_200, ["buffet"])
    assert "oven" in bare.equipment
    assert "fryer" not in bare.equipment
    assert RECIPE_SCALING.given(asked, "d2", ()).needs == []


def test_a_draft_has_one_finding_and_its_mark_wherever_it_is_printed() -> None:
    from catering_cli.checks.registry import check

    plan = planned()
    found, _ = check(plan.order, plan)
    about = {one for one in (*plan.findings, *found) if "was drafted" in one.message}
    assert len(about) == 1
    bare = re.compile(rf"{LAMB}(?! \(draft\)|' was drafted| …)")  # a list that is cut short ends where it is cut
    for section in SECTIONS:
        if section == "findings":
            continue
        text = WRITERS["markdown"](plan, Page(section=section))
        assert bare.search(text) is None, section
    for name, data in csv_tables.csv_files(plan).items():
        assert name.startswith("findings") or bare.search(data.decode()) is None, name


def test_a_draft_that_an_order_keeps_as_one_is_marked_and_open_too() -> None:
    mine = recipe(LAMB).model_dump(mode="json", by_alias=True)
    plan = cook(order(recipes=[mine]))
    assert plan.menu[0].is_draft
    assert [one.value for one in plan.findings if one.rule == "kitchen.recipe_drafted"] == [LAMB]


def test_confirmed_it_is_a_recipe_of_the_house(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(plan_json(planned()), encoding="utf-8")
    said = CliRunner().invoke(app, ["confirm", str(file), "d1", "--by", "Ana Ruiz", "--to", str(tmp_path / "house")])
    assert said.exit_code == 0, said.output
    [kept] = (tmp_path / "house").iterdir()
    document = {**json.loads(plan_json(planned()))["order"]}
    document["menu"] = [{"dish": LAMB, "recipe": f"house/{kept.name}"}, "Rice pilaf"]
    (tmp_path / "order.json").write_text(json.dumps(document), encoding="utf-8")
    if kept.suffix == ".card":
        from catering_cli.kitchen.recipes.card import read_cards

        [card] = read_cards(kept.read_text(encoding="utf-8"), kept.name, "us")
        own = card.recipe
    else:
        own = load.order(str(tmp_path / "order.json")).menu[0].recipe
    again = cook(order(recipes=[own.model_dump(mode="json", by_alias=True)]))
    assert DRAFT not in own.tags
    assert "Ana Ruiz" in own.source
    assert not again.menu[0].is_draft
    assert [step.batch_portions for step in own.steps] == [None, 100, 40]
    assert not [one for one in again.findings if one.rule == "kitchen.recipe_drafted"]
