"""Every recipe of the catalogue is one that a kitchen can cook, schedule and serve."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from catering_cli.domain.recipe import Recipe
from catering_cli.kitchen.catalogue import key
from catering_cli.kitchen.tables import rows

FOLDER = Path(__file__).parent.parent / "catering_cli" / "data" / "catalogue"
FILES = sorted(FOLDER.glob("*.json"))
PLANT = {
    "oven", "burner", "fridge_shelf", "freezer_shelf", "blast_chiller", "fryer", "grill", "mixer", "blender",
    "food_processor", "steamer", "hot_box", "coffee_urn", "prep_table",
}  # fmt: skip


def read(path: Path) -> Recipe:
    return Recipe.model_validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def recipe(request) -> Recipe:
    return read(request.param)


def test_a_file_is_named_after_its_dish(recipe):
    assert (FOLDER / f"{key(recipe.name)}.json").exists()


def test_every_course_has_a_band():
    bands = {
        row["course"]: (Fraction(row["low"]), Fraction(row["high"]))
        for row in rows("portions")
        if row["kind"] == "band"
    }
    assert {read(path).course for path in FILES} <= set(bands)
    assert all(0 < low < high for low, high in bands.values())


def test_yield_course_and_temperature_of_service_are_stated(recipe):
    assert 10 <= recipe.yields.portions <= 100
    assert recipe.course
    assert recipe.served_at
    assert recipe.vessel
    assert recipe.source


def test_steps_wait_only_for_earlier_steps(recipe):
    for number, step in enumerate(recipe.steps, 1):
        assert all(1 <= other < number for other in step.after or ())


def test_every_step_leads_to_the_last(recipe):
    """Nothing is cooked and then forgotten."""
    used = {
        other
        for number, step in enumerate(recipe.steps, 1)
        for other in (step.after if step.after is not None else (number - 1,))
    }
    assert used == set(range(1, len(recipe.steps)))


def test_steps_have_times_and_known_equipment(recipe):
    assert recipe.steps
    for step in recipe.steps:
        assert step.active_minutes is not None
        assert step.active_minutes <= step.minutes
        assert set(step.equipment) <= PLANT
        if step.make_ahead_hours and step.shelf_life_hours is not None:
            assert step.storage
