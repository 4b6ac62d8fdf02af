"""Only what is in a dish where it is on a shared machine gets into the next; if the steps leave it open, all does."""

from __future__ import annotations

from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

EVENT = {"name": "x", "service_at": "2027-04-17T12:30:00-04:00", "jurisdiction": "us"}
LINES = ["500 g buckwheat flour", "300 ml milk", "1 kg smoked salmon"]
MIX = {"text": "Whisk the flour and the milk in the mixer.", "minutes": 10, "equipment": ["mixer"]}
TOP = {"text": "Top with the salmon.", "minutes": 10}
SLAW = {"text": "Shred the cabbage in the mixer.", "minutes": 10, "equipment": ["mixer"]}


def dish(name: str, lines: list[str], *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"dish": name, "course": "side", "recipe": {"name": name, "yield": 10, "ingredients": lines,
            "steps": list(steps)} | more}  # fmt: skip


def plan(*menu: dict[str, Any]) -> CateringPlan:
    profiles = [{"needs": ["fish"], "count": 2, "severity": "allergy"}]
    guests = {"guaranteed": 20, "profiles": profiles}
    return cook(load.order_of({"event": EVENT, "guests": guests, "menu": list(menu)}, "order.json"))


def fish_in_slaw(*steps: dict[str, Any], lines: list[str] = LINES, **more: Any) -> str:
    cooked = plan(dish("Pancakes", lines, *steps, **more), dish("Slaw", ["2 kg green cabbage"], SLAW))
    found, _ = registry.check(cooked.order, cooked)
    assert not [one for one in found if one.rule in ("diets.contact", "diets.cells")]
    return next(cell.state for cell in cooked.diets.rows[1].cells if cell.allergen == "fish")


def test_what_comes_to_a_dish_after_the_machine_stays_out_of_the_next_dish() -> None:
    assert fish_in_slaw(MIX, TOP) == "none_found"


@pytest.mark.parametrize(
    "steps",
    [
        (TOP, MIX),
        (MIX | {"text": "Whisk the flour, the milk and half of the salmon in the mixer."}, TOP),
        (MIX | {"text": "Whisk everything in the mixer."}, TOP),
        (MIX | {"text": "Make a batter of the flour and the milk in the mixer."}, TOP),
        (MIX, TOP | {"text": "Top and serve."}),
        (MIX, TOP, MIX | {"text": "Blend until smooth."}),
        (MIX | {"text": "Whisk flour, milk and the fish."}, TOP),
    ],
    ids=["before", "named there too", "everything", "a batter", "named nowhere", "once more on it", "by its kind"],
)
def test_what_may_have_been_on_it_is_on_it(steps: tuple[dict[str, Any], ...]) -> None:
    assert fish_in_slaw(*steps) == "may_contain"


@pytest.mark.parametrize(
    "steps",
    [
        ("Season and grill.", "Slice the salmon; serve with oil."),
        ("Toss with oil; grill.", "Slice the salmon."),
        ("Brush with oil, grill.", "Flake the salmon and chill; serve with oil."),
        ("Brush with butter and grill.", "Serve the oil with the salmon."),
        ("Grill.", "Top with salmon and oil."),
        ("Oil and grill.", "Serve the butter with the salmon."),
    ],
)
def test_what_lies_on_a_grill_without_a_word_may_be_any_line(steps: tuple[str, str]) -> None:
    lines = ["2 kg salmon fillet", "100 g olive oil", "100 g butter"]
    first, second = steps
    fish = dish("Fish", lines, {"text": first, "minutes": 9, "equipment": ["grill"]}, {"text": second, "minutes": 5})
    grill = {"text": "Grill the zucchini.", "minutes": 10, "equipment": ["grill"]}
    cooked = plan(fish, dish("Zucchini", ["2 kg zucchini"], grill))
    assert next(cell.state for cell in cooked.diets.rows[1].cells if cell.allergen == "fish") == "may_contain"


def test_running_text_tells_no_order() -> None:
    assert fish_in_slaw(MIX, TOP, method="All of it goes into the mixer.") == "may_contain"


@pytest.mark.parametrize(("steps", "blocks"), [((MIX, TOP), False), ((TOP, MIX), True)])
def test_the_checker_reads_the_steps_for_itself(steps: tuple[dict[str, Any], ...], blocks: bool) -> None:
    cooked = plan(dish("Pancakes", LINES, *steps), dish("Slaw", ["2 kg green cabbage"], SLAW))
    document = cooked.model_dump()
    for cell in document["diets"]["rows"][1]["cells"]:
        if cell["allergen"] == "fish":
            cell["state"] = "none_found"
    found, _ = registry.check(cooked.order, CateringPlan.model_validate(document))
    assert any(one.rule == "diets.contact" for one in found) == blocks


def test_it_is_carried_on_by_a_dish_that_itself_has_it_late() -> None:
    grill = {"text": "Grill the cod on the griddle.", "minutes": 10, "equipment": ["grill"]}
    pancakes = dish("Pancakes", LINES, MIX, {"text": "Bake.", "minutes": 5, "equipment": ["grill"]}, TOP)
    cooked = plan(dish("Cod", ["2 kg cod"], grill), pancakes, dish("Slaw", ["2 kg green cabbage"], SLAW))
    assert next(cell.state for cell in cooked.diets.rows[2].cells if cell.allergen == "fish") == "may_contain"
