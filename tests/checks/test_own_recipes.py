"""A cook's own recipe brings no false finding: lines as people write them, cooked and proven; and slips still show."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders

LINES = (
    # several foods on one line
    "1 pinch salt and pepper",
    "1/4 tsp sea salt & black pepper, or to taste",
    "kosher salt and freshly ground black pepper",
    "1 white or yellow onion, diced",
    "1 cup fresh or frozen blackberries",
    "1 cup fresh or frozen raspberries",
    "6 tbsp salted or unsalted butter",
    "2 quarts unsalted or low-sodium chicken stock",
    "1 cup pecan halves or pieces",
    "4 oz cream cheese with chives and onions",
    "1/4 tsp mustard seeds mixed with coriander seeds",
    "1/2 cup canola oil OR melted coconut oil",
    "1/3 cup sun-dried tomatoes packed in olive oil",
    # what no table knows
    "1 tsp EACH tangerine dust",
    "2 lb wild moonfish",
    "1 cup jam sugar",
    "1/2 tsp garlic tonic",
    "2 tbsp red blend paste",
    "1 tsp cream cream powder",
    # ranges whose ends are said in two units
    "1-6 cups beef broth",
    "1/2-3/4 cup melted butter",
    "1/8-1/4 tsp crushed red pepper flakes",
    "6-8 oz sour cream",
    # signs and apostrophes
    "1 cup confectioner's sugar",
    "1 cup half & half",
    "A sprinkle of salt",
    "1 pint fresh raspberries",
    "1 pint cherry or grape tomatoes, cut in half",
    "1 green chilli, finely chopped",
    "1 cup semi-sweet chocolate chips",
    "1/2 cup corn flour",
    "1 tbsp corn oil (or pork lard)",
    # words of how it was cut or filled
    "1/3 cup brown sugar (lightly packed)",
    "1 cup shredded coconut",
    "2 tbsp melted coconut oil (plus more to lightly grease the dish)",
    "4 boneless (skinless chicken breasts, thinly sliced)",
)  # fmt: skip
"""Texts that once brought a false finding."""


STEP = {"text": "Make it", "minutes": 30, "kind": "cook"}


def _order(lines: tuple[str, ...], *steps: dict[str, Any]) -> Order:
    recipe = {"name": "Own Dish", "yield": {"portions": 4}, "ingredients": list(lines), "steps": steps}
    order = {
        "event": {"name": "Own", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"},
        "guests": 60, "menu": [{"dish": "Own Dish", "recipe": recipe}],
    }  # fmt: skip
    return Order.model_validate(order, context={"readers": TextReaders("us")})


@cache
def _plan(lines: tuple[str, ...] = LINES) -> CateringPlan:
    return cook(_order(lines, STEP))


@cache
def _findings(lines: tuple[str, ...]) -> tuple[Finding, ...]:
    plan = _plan(lines)
    return registry.check(plan.order or _order(lines, STEP), plan)[0]


OF_A_DOUBT = ("kitchen.", "recipes.", "diets.to_read")
"""Findings that a line may rightly bring: an unrecognized food, a label to read."""


@pytest.mark.parametrize("line", LINES)
def test_a_line_as_people_write_it_brings_no_false_finding(line: str) -> None:
    found = [one for one in _findings((line, "2 cups flour")) if not one.rule.startswith(OF_A_DOUBT)]
    assert found == []


def test_all_of_them_in_one_recipe_bring_none_either() -> None:
    assert [one for one in _findings(LINES) if not one.rule.startswith(OF_A_DOUBT)] == []


def test_several_known_foods_are_not_called_unknown() -> None:
    unknown = {one.value for one in _plan().findings if one.rule == "kitchen.food_unknown"}
    assert not unknown & {"salt and pepper", "sea salt & black pepper", "white or yellow onion"}
    assert "wild moonfish" in unknown


@pytest.mark.parametrize(
    "line", ["1/3 cup soy sauce (80ml)", "1/2 cup almonds (chopped (75g))", "1 cup stock (250 ml)"]
)
def test_a_measure_in_brackets_leaves_nothing_to_ask_but_the_label(line: str) -> None:
    assert "diets.to_read" not in {one.rule for one in _findings((line, "2 cups flour")) if one.severity == "warning"}
    assert _plan((line, "2 cups flour")).diets.labels_to_read != ()


def test_a_recipe_without_amounts_says_so() -> None:
    said = [one.message for one in _findings(("salt", "flour")) if one.rule == "plan.sections"]
    assert said == ["no recipe says how much of anything: nothing can be bought"]


def _changed(change: Any) -> tuple[str, ...]:
    """Rules that name a slip in the plan of all lines."""
    plan = _plan()
    data = plan.model_dump(mode="json", by_alias=True)
    change(data)
    spoilt = CateringPlan.model_validate(data)
    rules = {rule.name for rule in registry.RULES}
    return tuple(one.rule for one in registry.check(_order(LINES, STEP), spoilt)[0] if one.rule in rules)


def _line(data: Any, item: str) -> Any:
    return next(line for line in data["menu"][0]["lines"] if line["item"] == item)


def _bought(data: Any, name: str) -> Any:
    return next(line for line in data["shopping"]["lines"] if name in line["names"])


@pytest.mark.parametrize(
    ("name", "field", "to"),
    [
        ("salt and pepper", "item", "salt"),
        ("salt and pepper", "food", "sugar"),
        ("wild moonfish", "item", "moonfish"),
        ("wild moonfish", "food", "salmon"),
        ("beef broth", "food", ""),
        ("white or yellow onion", "item", "leek"),
    ],
)
def test_a_wrong_name_on_the_list_is_still_named(name: str, field: str, to: str) -> None:
    def change(data: Any) -> None:
        _bought(data, name)[field] = to

    assert "shopping.named" in _changed(change)


def test_a_food_that_is_kept_quiet_is_named_where_nobody_reports_it() -> None:
    assert "kitchen.reported" in _changed(lambda data: _line(data, "beef broth").update(food=""))


@pytest.mark.parametrize(("line", "due"), [("1 tsp salt & pepper", True), ("1 tsp garlic tonic", False)])
def test_salt_and_pepper_are_seasoned_with_advice_at_volume(line: str, due: bool) -> None:
    assert bool(_plan((line, "2 cups flour")).menu[0].lines[0].advice) is due


def test_a_missing_recipe_is_told_once_and_never_kept_quiet() -> None:
    event = {"name": "Own", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    order = Order.model_validate({"event": event, "guests": 20, "menu": ["Grandmother's pillow", "Caesar salad"]})
    plan = cook(order)
    told = [one.rule for one in registry.check(order, plan)[0] if "recipe" in one.rule and one.severity == "blocking"]
    assert told == ["kitchen.recipe_missing"]
    quiet = plan.model_copy(update={"findings": ()})
    assert "recipes.present" in {one.rule for one in registry.check(order, quiet)[0]}


def test_missing_steps_are_told_once_and_never_kept_quiet() -> None:
    order = _order(("2 cups flour",))
    plan = cook(order)
    told = [one.rule for one in registry.check(order, plan)[0] if one.severity == "open" and "steps" in one.where]
    assert told == ["kitchen.duration_unknown"]
    quiet = plan.model_copy(update={"findings": ()})
    assert "recipes.present" in {one.rule for one in registry.check(order, quiet)[0]}


def test_a_step_in_a_script_without_spaces_is_called_by_its_first_letters() -> None:
    text = "ごぼうは包丁の背でこするように皮をこそげ取り" * 6
    order = _order(("2 cups flour",), {**STEP, "text": text})
    plan = cook(order)
    label = next(block.label for block in plan.timeline.blocks if block.step == 1)
    assert label == f"Own Dish: {text[:90]} …"
