"""What a recipe's text speaks of and no line lists is unknown, never absent; and no word of the text is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import recipe_file
from catering_cli.intake.settle import settle
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders

CARROTS = ["1 kg carrots", "10 g salt"]


def planned(recipe: dict[str, Any], needs: tuple[str, ...] = ("kiwi",)) -> CateringPlan:
    document = {
        "event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00", "jurisdiction": "eu"},
        "guests": {"guaranteed": 10, "profiles": [{"needs": list(needs), "count": 2}]},
        "menu": [{"dish": "Carrots", "recipe": recipe}],
    }
    return cook(settle(Order.model_validate(document, context={"readers": TextReaders()}), Path()))


def carrots(text: str, *lines: str) -> dict[str, Any]:
    step = {"text": text, "minutes": 5}
    return {"name": "Carrots", "course": "main", "yield": {"portions": 10}, "ingredients": [*CARROTS, *lines],
            "steps": [step]}  # fmt: skip


def states(plan: CateringPlan) -> dict[str, str]:
    return {cell.allergen: cell.state for cell in plan.diets.rows[0].cells}


def page(**more: Any) -> str:
    recipe = {"@type": "Recipe", "name": "Carrots", "recipeYield": "10", "recipeIngredient": CARROTS, **more}
    return json.dumps(recipe)


@pytest.mark.parametrize(
    ("text", "allergen"),
    [
        ("Finish with toasted walnuts.", "tree nuts"),
        ("Brush with salted butter.", "milk"),
        ("Serve on brioche.", "eggs"),
        ("Stir in heavy whipping cream.", "milk"),
        ("Shave pecorino over it.", "milk"),
        ("Season with Worcestershire sauce.", "fish"),
        ("Deglaze with white wine.", "sulphites"),
        ("Scatter slivered almonds over the top.", "tree nuts"),
        ("Fold in the puff pastry.", "gluten"),
        ("Drizzle with tahini paste.", "sesame"),
        ("Garnish with kiwi.", "kiwi"),
    ],
)
def test_a_step_that_speaks_of_what_no_line_lists(text, allergen):
    plan = planned(carrots(text))
    assert states(plan)[allergen] == "unknown"
    cell = next(one for one in plan.diets.rows[0].cells if one.allergen == allergen)
    assert cell.because[0].startswith("step 1: ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Cream the mixture.", "1 tbsp olive oil"),
        ("Rub it with a butter knife.", "1 tbsp olive oil"),
        ("Pour coconut milk over it.", "100 ml coconut milk"),
        ("Serve in wine glasses.", "1 tbsp olive oil"),
        ("Char the carrots, and rest them until they have risen or rose.", "1 tbsp olive oil"),
        ("Chop the butternut squash.", "200 g butternut squash"),
    ],
)
def test_words_of_a_sentence_that_name_no_allergen_move_nothing(text, line):
    assert states(planned(carrots(text, line))) == states(planned(carrots("Cook.", line)))


def test_another_name_of_what_a_line_lists_is_accounted_for():
    found = states(planned(carrots("Top with slices of mozzarella cheese.", "200 g vegan mozzarella")))
    assert found["milk"] == states(planned(carrots("Cook.", "200 g vegan mozzarella")))["milk"]


def test_the_text_of_a_page_that_times_nothing_is_read():
    recipe = recipe_file.parse_recipe(page(recipeInstructions="Boil. Finish with toasted walnuts."), ".json", "x", "us")
    assert recipe.steps == ()
    assert recipe.method == "Boil. Finish with toasted walnuts."
    assert states(planned(recipe.model_dump(mode="json", by_alias=True)))["tree nuts"] == "unknown"


def test_the_end_of_a_long_text_and_the_name_of_a_step_are_read():
    long = "Boil the carrots. " * 200
    steps = [{"@type": "HowToStep", "text": long}, {"@type": "HowToStep", "name": "Add walnuts", "text": "Stir."}]
    recipe = recipe_file.parse_recipe(page(recipeInstructions=steps, totalTime="PT20M"), ".json", "x", "us")
    assert recipe.method.endswith("Add walnuts: Stir.")
    assert states(planned(recipe.model_dump(mode="json", by_alias=True)))["tree nuts"] == "unknown"


LONG = "Boil @carrots{1%kg} for ~{9%minutes}." + " Stir." * 500 + " Add walnuts."


@pytest.mark.parametrize("text", ["Boil @carrots{1%kg}.\n\nFinish with walnuts.\n", LONG])
def test_the_text_of_a_cook_file_is_read(text):
    recipe = recipe_file.parse_recipe(f">> servings: 10\n\n{text}", ".cook", "Carrots", "us")
    assert "walnuts" in recipe.method
    assert states(planned(recipe.model_dump(mode="json", by_alias=True)))["tree nuts"] == "unknown"


def test_a_text_whose_steps_hold_it_all_is_not_written_twice():
    assert (
        recipe_file.parse_recipe(">> servings: 2\n\nBoil @carrots{1%kg} for ~{9%minutes}.\n", ".cook", "x", "us").method
        == ""
    )
    timed = page(recipeInstructions="Boil.", totalTime="PT9M")
    assert recipe_file.parse_recipe(timed, ".json", "x", "us").method == ""


@pytest.mark.parametrize("text", ["Finish with walnuts.", "Brush with butter."])
def test_a_cell_that_forgets_what_a_step_says_is_found(text):
    plan = planned(carrots(text))
    document = plan.model_dump(mode="json", by_alias=True)
    for cell in document["diets"]["rows"][0]["cells"]:
        cell.update(state="none_found", because=[])
    blocking = {one.rule for one in registry.check(plan.order, CateringPlan.model_validate(document))[0]
                if one.severity == "blocking"}  # fmt: skip
    assert "diets.allergens" in blocking
    assert not any(one.rule == "diets.allergens" for one in registry.check(plan.order, plan)[0])


def test_a_fryer_that_only_the_method_speaks_of_is_shared():
    fried = {**carrots("Cook."), "steps": [], "method": "Deep-fry the carrots."}
    cod = {"name": "Cod", "course": "main", "yield": {"portions": 10}, "ingredients": ["1 kg cod"],
           "steps": [{"text": "Deep-fry in the fryer.", "minutes": 5}]}  # fmt: skip
    document = {
        "event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00"},
        "guests": 10,
        "menu": [{"dish": "Carrots", "recipe": fried}, {"dish": "Cod", "recipe": cod}],
    }
    plan = cook(settle(Order.model_validate(document, context={"readers": TextReaders()}), Path()))
    assert states(plan)["fish"] == "may_contain"
    assert not any(one.rule == "diets.contact" for one in registry.check(plan.order, plan)[0])


def test_a_mark_without_a_name_and_a_tag_that_is_cut_off_are_no_food():
    with pytest.raises(ValueError, match="names no food"):
        recipe_file.parse_recipe(
            ">> servings: 2\n\nBoil @carrots{1%kg} and @{} for ~{9%minutes}.\n", ".cook", "x", "us"
        )
    cut = page(recipeIngredient=["1 cup <b>flour</b", "2 cups milk</"])
    assert [line.item for line in recipe_file.parse_recipe(cut, ".json", "x", "us").ingredients] == ["flour", "milk"]
