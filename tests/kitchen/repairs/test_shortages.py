"""Who lacks a course, and the repairs that are offered: each feeds them when the changed order is cooked."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.finding import Change
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.diets import Shortage
from catering_cli.intake.settle import settle
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders
from catering_cli.kitchen.repairs.order_patch import applied

STEP = {"text": "Cook.", "minutes": 5}
VEGAN = {"needs": ["vegan", "tree nuts"], "count": 3}
KIWI, MILK, COELIAC = ({"needs": [need], "count": 2} for need in ("kiwi", "milk", "gluten-free"))


def planned(menu: list[Any], profiles: list[Any], **more: Any) -> CateringPlan:
    document = {
        "event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00", "style": "plated"},
        "guests": {"guaranteed": 20, "profiles": profiles},
        "menu": menu,
        **more,
    }
    return cook(settle(Order.model_validate(document, context={"readers": TextReaders()}), Path()))


def dish(name: str, *lines: str, course: str = "main", text: str = "Cook.") -> dict[str, Any]:
    step = {"text": text, "minutes": 5}
    return {"name": name, "course": course, "yield": {"portions": 10}, "ingredients": list(lines), "steps": [step]}


def lack(plan: CateringPlan, profile: str, course: str = "main") -> Shortage:
    return next(one for one in plan.diets.shortages if (one.profile, one.course) == (profile, course))


def after(plan: CateringPlan, changes: tuple[Change, ...]) -> CateringPlan:
    return cook(applied(plan.order, changes), remedies=False)


def rules(plan: CateringPlan) -> set[str]:
    return {one.rule for one in registry.check(plan.order, plan)[0] if one.severity in ("blocking", "warning")}


ORDERS = [
    (["Chicken piccata"], [VEGAN]),
    (
        ["Caesar salad", {"dish": "Chicken piccata", "portions": 12}, "Tiramisu"],
        [VEGAN, {"needs": ["kiwi"], "count": 2}],
    ),
    (
        ["Vegetable lasagna", "Walnut baklava"],
        [{"needs": ["gluten-free"], "count": 4}, {"needs": ["milk"], "count": 1}],
    ),
]


@pytest.mark.parametrize(("menu", "profiles"), ORDERS)
def test_every_repair_feeds_those_who_lacked_when_the_changed_order_is_cooked(menu, profiles):
    plan = planned(menu, profiles)
    repairs = [(one, repair) for one in plan.diets.shortages for repair in one.repairs[:2]]
    assert repairs
    for one, repair in repairs:
        changed = after(plan, repair.changes)
        assert (one.profile, one.course) not in {(left.profile, left.course) for left in changed.diets.shortages}
        assert len(changed.diets.shortages) < len(plan.diets.shortages)
    assert rules(plan) & {"diets.shortages", "diets.repairs"} == set()


def test_who_is_fed_has_no_shortage():
    assert planned(["Chickpea and vegetable tagine"], [VEGAN]).diets.shortages == ()


def test_too_few_portions_are_raised_by_what_is_missing():
    plan = planned([{"dish": "Roast chicken with rosemary", "portions": 15}], [])
    first = lack(plan, "p0").repairs[0]
    assert lack(plan, "p0").portions == 5
    assert first.changes == (Change(path="order.menu[0].portions", value=20),)


def test_a_food_of_a_dish_is_exchanged():
    plan = planned(
        [{"dish": "Mash"}], [{"needs": ["milk"], "count": 2}], recipes=[dish("Mash", "1 kg potato", "100 g butter")]
    )
    swap = next(one for one in lack(plan, "p1").repairs if "olive oil instead of butter" in one.text)
    assert swap.changes[0].value == {"kind": "substitute", "dish": "d1", "item": "butter", "by_item": "olive oil"}


def test_what_is_cheapest_by_the_purchase_list_comes_first():
    foods = ("beef tenderloin", "olive oil", "garlic", "thyme", "rosemary", "kosher salt", "black pepper", "quinoa")
    foods += ("black beans", "sweet corn", "red bell pepper", "cherry tomatoes", "avocado", "extra-virgin olive oil")
    foods += ("lime juice", "cilantro", "ground cumin", "chickpeas", "butter")
    supply = [{"item": food, "price": 9, "unit": "kg"} for food in foods]
    peas = dish("Plain chickpeas", "1 kg chickpeas", "10 g kosher salt")
    plan = planned(["Roast beef tenderloin"], [VEGAN], supply=supply, recipes=[peas])
    told = lack(plan, "p1").repairs
    costs = [repair.cost for repair in told if repair.cost is not None]
    assert "Plain chickpeas" in told[0].text
    assert costs == sorted(costs)
    changed = after(plan, told[0].changes)
    assert told[0].cost == (changed.shopping.cost or Decimal(0)) - (plan.shopping.cost or Decimal(0)) > 0


def test_a_dish_that_shares_a_fryer_with_what_is_avoided_is_no_repair():
    cakes = dish("Cod cakes", "1 kg cod", course="main", text="Deep-fry in the fryer.")
    chips = dish("Fried chickpeas", "1 kg chickpeas", text="Deep-fry in the fryer.")
    plan = planned(["Cod cakes"], [{"needs": ["fish"], "count": 2}], recipes=[cakes, chips])
    assert lack(plan, "p1").repairs
    assert not any("Fried chickpeas" in repair.text for repair in lack(plan, "p1").repairs)


def test_no_repair_relies_on_what_is_not_known():
    stew = dish("Stew", "1 kg potato", "200 g zorrel")
    plan = planned(["Roast beef tenderloin"], [VEGAN], recipes=[stew])
    assert not any("Stew" in repair.text for repair in lack(plan, "p1").repairs)


def test_where_nothing_feeds_them_no_repair_is_made_up():
    assert lack(planned(["Roast beef tenderloin"], [{"needs": ["jain", "low-sodium"], "count": 2}]), "p1").repairs == ()


def test_only_the_service_that_lacks_a_course_gets_a_dish():
    services = [
        {"id": "lunch", "at": "2027-04-17T12:30:00-04:00"},
        {"id": "tea", "at": "2027-04-17T16:30:00-04:00"},
    ]
    menu = [{"dish": "Roast beef tenderloin", "service": "lunch"}, {"dish": "Mango sorbet", "service": "tea"}]
    plan = planned(menu, [VEGAN], services=services)
    first = lack(plan, "p1").repairs[0]
    assert lack(plan, "p1").service == "lunch"
    assert after(plan, first.changes).diets.shortages == ()


@pytest.mark.parametrize(
    "change",
    [
        {"path": "order.decisions[0]", "value": {"kind": "assign", "profile": "p1", "dish": "Vegetable lasagna"}},
        {"path": "order.decisions[0]", "value": {"kind": "assign", "profile": "p0", "dish": "Lentil shepherd's pie"}},
        {"path": "order.decisions[0]", "value": {"kind": "assign", "profile": "p1", "dish": "Mango sorbet"}},
        {"path": "order.decisions[0]", "value": {"kind": "drop_dish", "dish": "d1"}},
        {"path": "order.menu[0].portions", "value": 30},
        {"path": "order.guests.profiles", "value": []},
        {"path": "order.decisions[0]",
         "value": {"kind": "substitute", "dish": "d1", "item": "chicken breast", "by_item": "zorrel"}},
    ],
)  # fmt: skip
def test_a_repair_that_does_not_feed_them_is_found(change):
    plan = planned(["Chicken piccata"], [VEGAN])
    document = plan.model_dump(mode="json", by_alias=True)
    document["diets"]["shortages"][0]["repairs"][0]["changes"] = [change]
    assert "diets.repairs" in rules(CateringPlan.model_validate(document))


def test_a_shortage_that_is_not_told_is_found_and_one_that_is_none_too():
    plan = planned(["Chicken piccata", "Glazed carrots"], [VEGAN])
    document = plan.model_dump(mode="json", by_alias=True)
    document["diets"]["shortages"][0]["course"] = "side"
    found = [one for one in registry.check(plan.order, CateringPlan.model_validate(document))[0]
             if one.rule == "diets.shortages"]  # fmt: skip
    assert {one.where for one in found} == {"plan.diets.shortages", "plan.diets.shortages[0]"}
