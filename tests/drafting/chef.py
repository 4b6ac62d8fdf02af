"""A competent chef as a model: drafts that can be cooked, for dishes that no catalogue has."""

from __future__ import annotations

from typing import Any

import competent

from catering_cli.domain.order_parts.recipe import Course

Row = tuple[Any, ...]


def step(text: str, kind: str, minutes: int, active: int, equipment: str, batch: int, **more: Any) -> dict[str, Any]:
    """A drafted step; what is not said does not matter."""
    return {
        "text": text, "kind": kind, "after": [], "minutes": minutes, "active_minutes": active,
        "equipment": [equipment] if equipment else [], "batch_portions": batch, "temperature": "", "food_class": "",
        "storage": "ambient", "max_hold_minutes": -1, "make_ahead_hours": -1, "shelf_life_hours": -1, "place": "",
        **more,
    }  # fmt: skip


def draft(portions: int, foods: str, served_at: str, *steps: dict[str, Any]) -> dict[str, Any]:
    """A draft; foods as "4000 g mushrooms; 20 g paprika"; steps wait for the one before unless they say otherwise."""
    rows = [food.strip().split(" ", 2) for food in foods.split(";")]
    lines = [{"item": item, "amount": float(n), "unit": unit, "preparation": ""} for n, unit, item in rows]
    chained = [{**one, "after": one["after"] or ([i] if i else [])} for i, one in enumerate(steps)]
    return {"portions": portions, "ingredients": lines, "steps": chained, "served_at": served_at}


AHEAD = {"storage": "fridge", "make_ahead_hours": 24, "shelf_life_hours": 48}
HOT = {"storage": "hot"}
DRAFTS = {
    "Mushroom stroganoff": draft(
        20,
        "4000 g cremini mushrooms; 600 g yellow onions; 200 g unsalted butter; 1500 g sour cream; 20 g paprika; "
        "1000 mL vegetable stock; 30 g kosher salt",
        "hot",
        step("Slice the mushrooms and onions.", "prep", 40, 40, "prep_table", 0, **AHEAD),
        step("Fry in small loads until brown.", "cook", 30, 25, "burner", 20, max_hold_minutes=60, **HOT),
        step("Stir in paprika, stock and sour cream; do not boil.", "finish", 10, 10, "burner", 100,
             max_hold_minutes=60, food_class="plant_hot", **HOT),
    ),
    "Herb-crusted leg of lamb": draft(
        20,
        "4000 g leg of lamb; 60 g parsley; 40 g garlic; 80 mL olive oil; 30 g kosher salt",
        "hot",
        step("Trim the lamb and rub it with herbs, garlic, oil and salt.", "prep", 40, 40, "prep_table", 0, **AHEAD),
        step("Roast to a core of 130 F.", "cook", 100, 10, "oven", 100, temperature="325 F", food_class="roast",
             max_hold_minutes=60, **HOT),
        step("Rest, then carve across the grain and pan with the juices.", "finish", 30, 30, "hot_box", 40,
             max_hold_minutes=30, food_class="roast", **HOT),
    ),
    "Charred corn ribs": draft(
        20,
        "3000 g corn on the cob; 150 mL olive oil; 20 g smoked paprika; 20 g kosher salt; 100 mL lime juice",
        "hot",
        step("Quarter the corn lengthwise and toss it with oil and spice.", "prep", 30, 30, "prep_table", 0, **AHEAD),
        step("Roast hot until the ribs curl and char.", "cook", 25, 5, "oven", 150, temperature="450 F",
             food_class="plant_hot", max_hold_minutes=45, **HOT),
    ),
    "Smoked trout rillettes": draft(
        30,
        "1500 g smoked trout; 600 g cream cheese; 100 mL lemon juice; 40 g chives; 20 g horseradish",
        "cold",
        step("Flake the trout, fold in everything else, pack in tubs.", "prep", 30, 30, "prep_table", 0,
             food_class="ready_to_eat", **AHEAD),
    ),
    "Burnt honey panna cotta": draft(
        20,
        "1500 mL heavy cream; 700 mL milk; 300 g honey; 20 g gelatin; 2 g kosher salt",
        "cold",
        step("Caramelise the honey, warm with cream and milk, dissolve the gelatin.", "cook", 25, 20, "burner", 120,
             max_hold_minutes=30, **HOT),
        step("Pour into glasses and chill until set.", "chill", 240, 20, "fridge_shelf", 60, storage="fridge",
             make_ahead_hours=24, shelf_life_hours=48, food_class="ready_to_eat"),
    ),
    "Saffron orzo": draft(
        20,
        "1800 g orzo; 400 g yellow onions; 200 mL olive oil; 2 g saffron; 3500 mL vegetable stock; 40 g parsley",
        "hot",
        step("Dice the onions, chop the parsley.", "prep", 20, 20, "prep_table", 0, **AHEAD),
        step("Toast, simmer in saffron stock until tender.", "cook", 30, 20, "burner", 100, food_class="plant_hot",
             max_hold_minutes=60, **HOT),
    ),
    "Blistered shishito peppers": draft(
        20,
        "1200 g shishito peppers; 80 mL olive oil; 20 g flaky salt; 60 mL lemon juice",
        "hot",
        step("Blister in a very hot pan, season, finish with lemon.", "cook", 8, 8, "burner", 20,
             food_class="plant_hot", max_hold_minutes=20, **HOT),
    ),
    "Miso-glazed eggplant": draft(
        20,
        "3500 g eggplant; 200 g white miso; 150 mL mirin; 100 mL rice vinegar; 80 mL olive oil",
        "hot",
        step("Halve and score the eggplant; stir the glaze.", "prep", 30, 30, "prep_table", 0, **AHEAD),
        step("Roast until soft, glaze, roast until sticky.", "cook", 40, 15, "oven", 100, temperature="400 F",
             food_class="plant_hot", max_hold_minutes=60, **HOT),
    ),
    "Gulab jamun": draft(
        40,
        "1500 g milk powder; 300 g flour; 200 g ghee; 800 mL milk; 2500 g sugar; 2500 mL water; 5 g cardamom",
        "room",
        step("Knead the dough and roll it into balls.", "prep", 60, 60, "prep_table", 0, max_hold_minutes=120),
        step("Fry slowly until deep brown.", "cook", 20, 20, "fryer", 25, temperature="300 F", max_hold_minutes=30),
        step("Steep in cardamom syrup.", "rest", 120, 10, "", 0, make_ahead_hours=24, shelf_life_hours=48),
    ),
    "Beef Wellington": draft(
        20,
        "4000 g beef tenderloin; 1500 g cremini mushrooms; 2000 g puff pastry; 400 g prosciutto; 6 piece eggs; "
        "100 g dijon mustard",
        "hot",
        step("Cook the mushrooms down to a dry paste and chill it.", "prep", 60, 60, "prep_table", 0, **AHEAD),
        step("Sear the beef, wrap it in ham, mushrooms and pastry.", "prep", 60, 60, "prep_table", 0, **AHEAD),
        step("Bake to a core of 125 F.", "cook", 45, 10, "oven", 60, temperature="425 F", food_class="roast",
             max_hold_minutes=30, **HOT),
        step("Rest and slice.", "finish", 20, 20, "hot_box", 40, max_hold_minutes=20, food_class="roast", **HOT),
    ),
}  # fmt: skip

COURSES: dict[str, Course] = {
    "Mushroom stroganoff": "main",
    "Herb-crusted leg of lamb": "main",
    "Charred corn ribs": "side",
    "Smoked trout rillettes": "starter",
    "Burnt honey panna cotta": "dessert",
    "Saffron orzo": "side",
    "Blistered shishito peppers": "side",
    "Miso-glazed eggplant": "main",
    "Gulab jamun": "dessert",
    "Beef Wellington": "main",
}


def chef(asked: Any) -> Any:
    """The answer to a request as the test server saw it."""
    return answer(asked.task, asked.user)


def answer(task: str, user: str) -> Any:
    """Drafts by name; everything else as the competent model says it."""
    said = competent.answer(task, user)
    if not task.startswith("recipe_scaling"):
        return said
    givens = competent.givens(user)
    rows = said["answers"] if task.endswith("_batch") else [said]
    for given, row in zip(givens, rows, strict=True):
        if not given["has_recipe"] and given["name"] in DRAFTS:
            row["draft"] = DRAFTS[given["name"]]
    return said
