"""Forty orders drawn by seed: menus, needs, kitchens, places, offers and recipes of one's own, each in many shapes.

Lists of names stand here rather than being read from the tables, so that a new dish changes none of these orders.
"""

from __future__ import annotations

from random import Random
from typing import Any

COUNT = 40

DISHES = {
    "starter": ["Caesar salad", "Greek salad", "Tomato and basil soup", "Butternut squash soup", "Shrimp cocktail"],
    "main": ["Chicken piccata", "Braised beef short ribs", "Roast salmon with lemon and dill", "Vegetable lasagna",
             "Chickpea and vegetable tagine", "Roast pork loin with apples", "Lentil shepherd's pie"],
    "side": ["Rice pilaf", "Garlic mashed potatoes", "Roasted vegetables", "Glazed carrots", "Creamy polenta"],
    "bite": ["Tomato bruschetta", "Deviled eggs", "Caprese skewers", "Shrimp and mango skewers",
             "Chicken satay with peanut sauce", "Falafel bites with lemon sauce"],
    "sweet": ["Tiramisu", "Apple crisp", "Chocolate mousse", "Walnut baklava", "Poached pears in spiced syrup"],
    "drink": ["Coffee", "Fresh lemonade", "Iced tea", "Cucumber and mint water"],
}  # fmt: skip

NEEDS = ["vegan", "vegetarian", "gluten-free", "halal", "kosher-style", "milk", "egg", "peanuts", "tree nuts",
         "shellfish", "fish", "soy", "sesame", "mustard", "kiwi"]  # fmt: skip
SEVERITIES = ["preference", "intolerance", "allergy", "severe", "anaphylaxis"]

OWN_RECIPES: list[dict[str, Any]] = [
    {
        "name": "Grandmother's chicken stew",
        "yield": {"portions": 8},
        "ingredients": [
            "3 lb chicken thighs, trimmed", "2 tbsp olive oil", "1 1/2 cups chopped yellow onion", "4 cloves garlic",
            "1 can (14 oz) diced tomatoes", "2-3 bay leaves", "1 qt chicken stock", "salt to taste",
        ],
        "steps": [
            {"text": "Brown the chicken in olive oil", "minutes": 20, "equipment": ["burner"]},
            {"text": "Simmer with the rest until tender", "minutes": 55, "active_minutes": 10, "equipment": ["burner"],
             "after": [1], "temperature": "165 F"},
        ],
    },
    {
        "name": "Zorrel and bean salad",
        "yield": {"portions": 12},
        "ingredients": [
            "2 bunches zorrel", "1 kg cannellini beans", "250 g feta", "120 ml lemon juice", "3 handfuls mint",
        ],
        "steps": [{"text": "Wash, chop and toss everything", "minutes": 25}],
    },
    {
        "name": "Griddled shrimp cakes",
        "yield": {"portions": 10},
        "ingredients": ["2 lb shrimp", "4 eggs", "1 cup breadcrumbs", "1/2 cup mayonnaise", "2 lemons"],
        "steps": [
            {"text": "Mix and shape the cakes", "minutes": 30, "equipment": ["mixer"], "batch_portions": 40},
            {"text": "Sear on the griddle", "minutes": 12, "equipment": ["griddle"], "batch_portions": 20,
             "after": [1]},
        ],
    },
    {
        "name": "Overnight oats",
        "yield": {"portions": 6},
        "ingredients": ["3 cups rolled oats", "3 cups whole milk", "1/3 cup honey", "1 1/2 cups blueberries"],
        "steps": [],
    },
]  # fmt: skip

OFFERS: list[dict[str, Any]] = [
    {"item": "yellow onion", "supplier": "Valley Produce", "pack": {"amount": 10, "unit": "lb"}, "price": 7.2,
     "lead_days": 1},
    {"item": "olive oil", "supplier": "Metro Dry Goods", "pack": {"amount": 3, "unit": "L"}, "price": 24.5,
     "lead_days": 2},
    {"item": "whole milk", "supplier": "Hudson Dairy", "pack": {"amount": 1, "unit": "gal"}, "price": 4.3},
    {"item": "egg", "supplier": "Hudson Dairy", "pack": {"amount": 30, "unit": ""}, "price": 9.9, "lead_days": 1},
    {"item": "kosher salt", "supplier": "Metro Dry Goods", "pack": {"amount": 3, "unit": "lb"}, "price": 4.1},
]  # fmt: skip

NOTES = ["", "The couple wants no speeches before the main. Parking is behind the hall.", "We may be eighty after all."]


def generated(number: int) -> dict[str, Any]:
    """The order of that number, 0 to 39, as the document that a caterer would write."""
    draw = Random(9_000 + number)
    style = draw.choice(["plated", "buffet", "family", "cocktail", "boxed"])
    hour = draw.randint(8, 20)
    document: dict[str, Any] = {
        "event": _event(draw, number, style, hour),
        "guests": _guests(draw),
        "menu": _menu(draw, style),
    }
    own = draw.sample(OWN_RECIPES, draw.choice([0, 0, 1, 2]))
    if own:
        document["recipes"] = own
        document["menu"] += [{"dish": recipe["name"]} for recipe in own]
    if draw.random() < 0.5:
        document["kitchen"] = _kitchen(draw)
    if draw.random() < 0.5:
        document["staff"] = {"cook": draw.randint(2, 12), "server": draw.randint(2, 16), "chef": 1, "driver": 2}
    if draw.random() < 0.4:
        document["supply"] = draw.sample(OFFERS, 3)
        document["on_hand"] = [{"item": "olive oil", "quantity": {"amount": 1, "unit": "L"}}]
    if draw.random() < 0.4:
        document["budget"] = {"currency": "USD", "per_guest": draw.choice([18, 45, 120]), "labor_per_hour": 26}
    document["notes"] = draw.choice(NOTES)
    return document


def _event(draw: Random, number: int, style: str, hour: int) -> dict[str, Any]:
    zone, offset = draw.choice([("America/New_York", "-04:00"), ("Europe/Berlin", "+02:00"), ("", "+00:00")])
    day = f"2027-{draw.randint(5, 9):02}-{draw.randint(1, 28):02}"
    event: dict[str, Any] = {
        "name": f"Generated event {number}",
        "service_at": f"{day}T{hour:02}:{draw.choice([0, 30]):02}:00{offset}",
        "style": style,
    }
    if zone:
        event["timezone"] = zone
    if draw.random() < 0.4:
        event["travel_minutes"] = draw.choice([10, 35, 70])
    if draw.random() < 0.2:
        event["population"] = "highly_susceptible"
    if draw.random() < 0.3:
        event["jurisdiction"] = draw.choice(["eu", "us-ny", "us-fda-2022"])
    return event


def _guests(draw: Random) -> Any:
    count = draw.choice([12, 24, 60, 85, 130, 240])
    kind = draw.choice(["number", "profiles", "lists"])
    if kind == "number":
        return count
    if kind == "lists":
        allergies = [
            {"allergen": draw.choice(NEEDS[5:]), "count": draw.randint(1, 4), "severity": draw.choice(SEVERITIES)}
        ]
        return {"guaranteed": count, "diets": [{"diet": draw.choice(NEEDS[:5]), "count": draw.randint(1, 6)}],
                "allergies": allergies}  # fmt: skip
    profiles = [
        {"needs": draw.sample(NEEDS, draw.choice([1, 1, 2])), "count": draw.randint(1, 3), "severity": severity}
        for severity in draw.sample(SEVERITIES, 3)
    ]
    return {
        "guaranteed": count,
        "expected": count - draw.randint(0, 4),
        "children": {"count": draw.randint(0, 3), "share": 0.5},
        "profiles": profiles,
    }


def _menu(draw: Random, style: str) -> list[Any]:
    courses = {"cocktail": ["bite", "drink"], "boxed": ["main", "side", "sweet"]}.get(style, list(DISHES))
    menu: list[Any] = []
    for course in courses:
        menu += draw.sample(DISHES[course], draw.choice([1, 2, 3]) if course != "drink" else 1)
    if draw.random() < 0.3:
        menu[0] = {"dish": menu[0], "popularity": 5, "over_percent": 10}
    return menu


def _kitchen(draw: Random) -> dict[str, Any]:
    return {
        "equipment": {
            "oven": draw.randint(1, 6), "burner": draw.randint(4, 12), "fridge_shelf": draw.choice([12, 40]),
            "freezer_shelf": 6, "blast_chiller": draw.randint(0, 2), "grill": 1, "fryer": 1, "mixer": 1, "blender": 1,
            "food_processor": 1, "steamer": 1, "hot_box": draw.randint(2, 8), "coffee_urn": 2, "prep_table": 6,
            "griddle": 1,
        },
    }  # fmt: skip
