"""Which of several services a dish is for, where the order does not say: told by its course and its name."""

from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

EVENT = {"name": "Day", "service_at": "2027-06-12T18:00:00-04:00", "style": "buffet"}


def served(services, *menu):
    listed = [{"id": name, "at": f"2027-06-12T{at}:00-04:00"} for name, at in services.items()]
    order = load.order_of({"event": EVENT, "guests": 60, "services": listed, "menu": list(menu)}, "order.json")
    found = {}
    for item in order.menu:
        found.setdefault(item.dish, []).append(item.service)
    return order, found


WEDDING = {"cocktail hour": "17:00", "dinner": "18:30"}
DAY = {"breakfast": "08:00", "morning break": "10:30", "lunch": "12:30"}


def test_canapes_are_passed_before_the_dinner_and_coffee_is_poured_after_it():
    _, at = served(WEDDING, "Crab cakes", "Caesar salad", "Roast beef", "Cheesecake", "Coffee", "Beer")
    assert at == {
        "Crab cakes": ["cocktail hour"], "Caesar salad": ["dinner"], "Roast beef": ["dinner"], "Cheesecake": ["dinner"],
        "Coffee": ["dinner"], "Beer": [None],
    }  # fmt: skip


def test_a_dish_of_two_of_three_services_stands_twice():
    order, at = served(DAY, "Scrambled eggs", "Granola bars", "Pasta salad", "Coffee", "Turkey sandwich")
    assert at == {
        "Scrambled eggs": ["breakfast"], "Granola bars": ["breakfast", "morning break"], "Pasta salad": ["lunch"],
        "Coffee": [None], "Turkey sandwich": ["lunch"],
    }  # fmt: skip
    assert [item.dish for item in order.menu][-1] == "Granola bars"
    said = [one.override for one in cook(order).assumptions if "name and course" in one.text]
    assert len(said) == 1


def test_services_of_one_kind_share_the_menu_and_what_is_said_holds():
    _, at = served({"north": "12:00", "south": "12:30"}, "Crab cakes", "Roast beef")
    assert at == {"Crab cakes": [None], "Roast beef": [None]}
    _, at = served(WEDDING, {"dish": "Crab cakes", "service": "dinner"}, "Roast beef")
    assert at == {"Crab cakes": ["dinner"], "Roast beef": ["dinner"]}


def test_a_service_for_which_no_name_speaks_is_a_question():
    order, _ = served({**WEDDING, "late night": "22:00"}, "Crab cakes", "Roast beef", "Beer")
    asked = [one for one in cook(order).findings if one.rule == "kitchen.service_unfed"]
    assert [(one.severity, one.value) for one in asked] == [("open", "late night")]
