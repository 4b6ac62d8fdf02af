"""Equipment that dishes share without a wash brings the allergens of one into the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake.settle import settle
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders


def plan(*dishes: tuple[str, str, dict[str, Any]], needs: tuple[str, ...] = ("shellfish",)) -> CateringPlan:
    recipes = [
        {
            "name": name,
            "course": "side",
            "yield": {"portions": 10},
            "ingredients": [line],
            "steps": [{"text": "Cook.", "minutes": 5, **step}],
        }
        for name, line, step in dishes
    ]
    document = {
        "event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00"},
        "guests": {"guaranteed": 20, "profiles": [{"needs": list(needs), "count": 2}]},
        "menu": [recipe["name"] for recipe in recipes],
        "recipes": recipes,
    }
    return cook(settle(Order.model_validate(document, context={"readers": TextReaders()}), Path()))


def states(cooked: CateringPlan, allergen: str) -> list[str]:
    return [next(cell.state for cell in row.cells if cell.allergen == allergen) for row in cooked.diets.rows]


FRYER = {"equipment": ["fryer"]}
SHRIMP = ("Fried shrimp", "1 kg shrimp", FRYER)


@pytest.mark.parametrize(
    ("step", "state"),
    [(FRYER, "may_contain"), ({"equipment": ["deep fryer"]}, "may_contain"),
     ({"text": "Deep-fry in batches, in a clean fryer of its own."}, "may_contain"),
     ({"equipment": ["oven"]}, "none_found")],
)  # fmt: skip
def test_chips_out_of_the_fryer_of_the_shrimp_may_contain_them(step, state):
    cooked = plan(SHRIMP, ("Chips", "1 kg potatoes, peeled", step))
    assert states(cooked, "crustaceans") == ["contains", state]
    cell = next(cell for cell in cooked.diets.rows[1].cells if cell.allergen == "crustaceans")
    assert cell.because == (("fryer shared with Fried shrimp",) if state == "may_contain" else ())


def test_a_guest_with_the_allergy_gets_nothing_out_of_that_fryer():
    cooked = plan(SHRIMP, ("Chips", "1 kg potatoes, peeled", FRYER), ("Carrots", "1 kg carrots", {}))
    guest = next(profile for profile in cooked.diets.profiles if profile.needs)
    assert guest.may_eat == ("d3",)


def test_it_goes_on_by_a_third_dish():
    cooked = plan(SHRIMP, ("Fritters", "1 kg zucchini", {"equipment": ["fryer", "blender"]}),
                  ("Soup", "1 kg carrots", {"equipment": ["blender"]}))  # fmt: skip
    assert states(cooked, "crustaceans") == ["contains", "may_contain", "may_contain"]


def test_what_is_unknown_in_one_is_unknown_in_the_other():
    cooked = plan(("Zorrels", "1 kg zorrels", FRYER), ("Chips", "1 kg potatoes, peeled", FRYER))
    assert states(cooked, "peanuts") == ["unknown", "unknown"]


def test_the_checks_hold_a_plan_against_it_that_forgets_the_fryer():
    cooked = plan(SHRIMP, ("Chips", "1 kg potatoes, peeled", FRYER))
    rows = [row.model_dump() for row in cooked.diets.rows]
    rows[1]["cells"] = [{"allergen": one.allergen, "state": "none_found"} for one in cooked.diets.rows[1].cells]
    forged = cooked.model_copy(
        update={
            "diets": cooked.diets.model_copy(update={"rows": type(cooked.diets).model_validate({"rows": rows}).rows})
        }
    )
    assert "diets.contact" in {one.rule for one in registry.check(cooked.order, forged)[0]}
    assert "diets.contact" not in {one.rule for one in registry.check(cooked.order, cooked)[0]}


def test_a_grave_allergy_gets_a_separate_covered_named_plate_with_an_owner():
    cooked = plan(SHRIMP, ("Carrots", "1 kg carrots", {}))
    notes = " ".join(note for line in cooked.service for note in line.notes)
    assert all(word in notes for word in ("shellfish", "separate", "covered", "name", "owner"))


def test_vinegar_alone_may_be_of_malt():
    cooked = plan(("Slaw", "1 cup vinegar", {}), ("Pickle", "1 cup white vinegar", {}), needs=("gluten", "sulphites"))
    assert states(cooked, "gluten") == ["may_contain", "none_found"]
    diets = [next(cell.state for cell in row.diets if cell.diet == "gluten-free") for row in cooked.diets.rows]
    assert diets[0] != "compatible"


def told(cooked: CateringPlan) -> list[tuple[str, str]]:
    return [(one.message, one.fix) for one in registry.check(cooked.order, cooked)[0] if one.rule == "diets.apart"]


def test_the_remedy_is_told_where_only_shared_equipment_keeps_a_dish_from_guests():
    (message, fix), *more = told(plan(SHRIMP, ("Chips", "1 kg potatoes, peeled", FRYER)))
    assert "Chips may hold shellfish" in message
    assert "only by what it shares with Fried shrimp: fryer" in message
    assert "a clean fryer and fresh oil" in fix
    assert more == []


def test_the_remedy_follows_the_order_in_the_schedule_and_the_cell_does_not():
    early, late = {**FRYER, "make_ahead_hours": 24, "storage": "fridge"}, {**FRYER, "max_hold_minutes": 1}
    chips = ("Chips", "1 kg potatoes, peeled")
    first = plan((*SHRIMP[:2], late), (*chips, early))
    last = plan((*SHRIMP[:2], early), (*chips, late))
    for cooked, guests_first in ((first, True), (last, False)):
        ends = {block.dish: block.end for block in cooked.timeline.blocks if block.dish}
        assert (ends["d2"] < ends["d1"]) == guests_first
        assert states(cooked, "crustaceans") == ["contains", "may_contain"]
        assert told(cooked)[0][1].startswith("the schedule has Chips first" if guests_first else "make Chips first")


def test_nothing_is_told_where_no_guest_avoids_it_or_the_dish_holds_it_itself():
    assert told(plan(SHRIMP, ("Chips", "1 kg potatoes, peeled", FRYER), needs=("kiwi",))) == []
    assert told(plan(SHRIMP, ("Prawns", "1 kg prawns", FRYER))) == []


TOUCHED = ["griddle", "grill", "plancha", "mixer", "slicer", "stock pot", "waffle iron", "pasta cooker", "tandoor"]
UNTOUCHED = ["oven", "burner", "fridge shelf", "freezer", "blast chiller", "hot box", "van", "speed rack", "prep table"]


@pytest.mark.parametrize("name", TOUCHED)
def test_what_food_touches_carries_it_on_also_where_no_table_knows_the_thing(name):
    cooked = plan(
        ("Shrimp", "1 kg shrimp", {"equipment": [name]}), ("Zucchini", "1 kg zucchini", {"equipment": [name]})
    )
    assert states(cooked, "crustaceans") == ["contains", "may_contain"]
    forged = forged_safe(cooked, 1)
    assert any(one.rule == "diets.contact" for one in registry.check(forged.order, forged)[0])


@pytest.mark.parametrize("name", UNTOUCHED)
def test_what_only_holds_pans_and_boxes_carries_nothing(name):
    cooked = plan(
        ("Shrimp", "1 kg shrimp", {"equipment": [name]}), ("Zucchini", "1 kg zucchini", {"equipment": [name]})
    )
    assert states(cooked, "crustaceans") == ["contains", "none_found"]
    assert not any(one.rule == "diets.contact" for one in registry.check(cooked.order, cooked)[0])


def test_a_pan_that_is_used_again_by_its_own_words_is_shared():
    cooked = plan(("Shrimp", "1 kg shrimp", {"text": "Fry in the large pan."}),
                  ("Peppers", "1 kg red bell peppers", {"text": "Fry in the same pan."}),
                  ("Rice", "1 kg rice", {"text": "Boil in a pot."}))  # fmt: skip
    assert states(cooked, "crustaceans") == ["contains", "may_contain", "none_found"]
    forged = forged_safe(cooked, 1)
    assert any(one.rule == "diets.contact" for one in registry.check(forged.order, forged)[0])


def forged_safe(cooked: CateringPlan, number: int) -> CateringPlan:
    """The plan with every cell of a dish shown as free of everything."""
    rows = [row.model_dump() for row in cooked.diets.rows]
    rows[number]["cells"] = [{"allergen": one["allergen"], "state": "none_found"} for one in rows[number]["cells"]]
    return CateringPlan.model_validate(cooked.model_dump() | {"diets": cooked.diets.model_dump() | {"rows": rows}})
