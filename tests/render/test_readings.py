"""Everything that was read in doubt stands in one list, with what is written and the field to change."""

from __future__ import annotations

from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.page import Page
from catering_cli.render.sections.readings import readings_section


def order(*lines: str, made: object = 20) -> dict[str, object]:
    steps = [{"text": "Make it.", "minutes": 10}]
    soup = {"name": "Soup", "yield": made, "ingredients": list(lines), "steps": steps}
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    bread = {"dish": "Bread", "course": "bread", "recipe": {**soup, "name": "Bread"}}
    return {"event": event, "guests": 20, "menu": [{"dish": "Soup", "course": "soup"}, bread], "recipes": [soup]}


def rows(document: dict[str, object]) -> list[tuple[str, str]]:
    section = readings_section(cook(load.order_of(document, "order.json")), Page())
    return [(str(row[1]), str(row[3])) for part in section.parts for row in getattr(part, "rows", ())]


def test_a_doubtful_line_is_listed_as_written_with_the_field_of_its_recipe():
    told = rows(order("2 kg onions, diced", "1 glug of grumble juice"))
    assert ("1 glug of grumble juice", "order.recipes[0].ingredients[1]") in told
    assert ("1 glug of grumble juice", "order.menu[1].recipe.ingredients[1]") in told


def test_a_yield_that_counts_no_portions_is_listed_beside_its_dish():
    assert ("one 9-inch cake", "order.menu[0].yield") in rows(order("2 kg onions, diced", made="one 9-inch cake"))


def test_an_order_read_without_a_doubt_says_so():
    section = readings_section(cook(load.order_of(order("2 kg onions, diced"), "order.json")), Page())
    assert [getattr(part, "text", "") for part in section.parts] == ["Every line was read without a doubt."]


def test_the_field_is_that_of_the_order_as_it_was_written():
    """Lines that name several foods, and base recipes that are put in, move no number."""
    document = order("S&P", "3 onions, 2 carrots", "1 kg house dressing", "1 glug of grumble juice")
    dressing = {
        **document["recipes"][0],
        "name": "House drsg",
        "yield": "2 kg",
        "ingredients": ["salt and pepper", "1 glug mumble"],
    }
    document["recipes"].append(dressing)
    told = rows(document)
    assert ("1 glug of grumble juice", "order.recipes[0].ingredients[3]") in told
    assert ("mumble", "order.recipes[1].ingredients[1]") in told


def test_a_step_without_minutes_is_named_where_its_recipe_is_written():
    document = order("2 kg onions, diced")
    document["recipes"][0]["steps"] = ["Boil, 20 minutes.", "Serve."]
    assert ("", "order.recipes[0].steps[1]") in rows(document)
