"""Kitchen shorthand in a line is understood by whoever judges its allergens: it makes nothing unknown."""

from __future__ import annotations

from catering_cli.checks import registry
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

LINES = ["2 kg chicken thighs", "salt tt", "EVOO, AN", "S&P", "2 lb shrimp P&D"]


def test_shorthand_makes_no_cell_unknown_and_the_checker_agrees():
    steps = [{"text": "Roast.", "minutes": 40, "equipment": "oven"}]
    dish = {"dish": "Roast", "recipe": {"name": "Roast", "yield": 10, "ingredients": LINES, "steps": steps}}
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30", "timezone": "America/New_York"}
    read = load.order_of({"event": event, "guests": 20, "menu": [dish]}, "order.json")
    plan = cook(read)
    states = {cell.allergen: cell.state for cell in plan.diets.rows[0].cells}
    assert states.pop("crustaceans") == "contains"
    assert set(states.values()) == {"none_found"}
    found, _ = registry.check(read, plan)
    assert [one.message for one in found if one.severity == "blocking"] == []
