"""Orders as caterers write them, drawn by seed: what a kitchen is asked for in a year, and what it is asked for once.

`realistic` draws an event that there is the plant and the staff for; `nasty` the same with one or two odd wishes in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from math import inf
from pathlib import Path
from random import Random
from typing import Any

Json = dict[str, Any]
RECIPES = Path(__file__).parents[2] / "catering_cli" / "data" / "dishes.jsonl"

ZONES = (
    ("America/New_York", "-04:00"), ("America/Los_Angeles", "-07:00"), ("Europe/Berlin", "+02:00"),
    ("Asia/Kolkata", "+05:30"), ("Australia/Adelaide", "+09:30"), ("", "+00:00"),
)  # fmt: skip
"""Time zones with the offset they have from May to September."""

COURSES = {
    "plated": ("starter", "soup", "salad", "main", "main", "side", "dessert", "bread"),
    "family": ("salad", "main", "main", "side", "side", "bread", "dessert"),
    "buffet": ("salad", "main", "main", "side", "side", "dessert", "drink", "bread"),
    "cocktail": ("canape", "canape", "canape", "canape", "dessert", "drink"),
    "boxed": ("main", "salad", "side", "dessert", "drink"),
}
NEEDS = (
    "vegan", "vegetarian", "gluten-free", "halal", "milk", "egg", "peanuts", "tree nuts", "shellfish", "fish", "soy",
    "sesame", "kiwi", "celery",
)  # fmt: skip
SEVERITIES = ("preference", "intolerance", "allergy", "severe", "anaphylaxis")

OFFERS: tuple[Json, ...] = (
    {"item": "yellow onion", "supplier": "Valley", "pack": "50 lb", "price": 28.4, "lead_days": 1},
    {"item": "Olive oil, pomace, 6/1 gal", "supplier": "Metro", "price": 96},
    {"item": "extra virgin olive oil", "supplier": "Metro", "pack": "1 L", "price": 11.9, "lead_days": 2},
    {"item": "olive oil", "supplier": "Corner shop", "pack": "500 ml", "price": 7.5},
    {"item": "tomato", "supplier": "Valley", "pack": "25 lb", "price": 31},
    {"item": "cherry tomatoes", "supplier": "Valley", "pack": "12 pint", "price": 26, "lead_days": 1},
    {"item": "Butter, AA, unsalted, 36/1 lb", "supplier": "Hudson Dairy", "price": 139, "lead_days": 1},
    {"item": "unsalted butter", "unit": "lb", "price": 4.1},
    {"item": "heavy cream", "supplier": "Hudson Dairy", "pack": "1 qt", "price": 5.4},
    {"item": "whole milk", "supplier": "Hudson Dairy", "pack": "1 gal", "price": 4.3},
    {"item": "egg", "supplier": "Hudson Dairy", "pack": "15 dz", "price": 48, "lead_days": 1},
    {"item": "all-purpose flour", "supplier": "Metro", "pack": "50 lb", "price": 22},
    {"item": "sugar", "unit": "kg", "price": 1.2},
    {"item": "Chicken breast, boneless, 40 lb cs", "supplier": "Meats", "price": 118, "lead_days": 2},
    {"item": "salmon fillet", "supplier": "Pier 9", "unit": "lb", "price": 13.75, "lead_days": 1},
    {"item": "kosher salt", "pack": "3 lb", "price": 4.1},
    {"item": "lemon", "supplier": "Valley", "pack": "140 ct", "price": 46},
    {"item": "parsley", "supplier": "Valley", "unit": "bunch", "price": 1.5},
    {"item": "rice", "pack": "25 kg", "price": 41, "lead_days": 3},
    {"item": "garlic", "supplier": "Valley", "pack": "5 lb", "price": 14},
    {"item": "van", "price": 85},
    {"item": "dinner plate", "price": 0.65},
)
STOCK: tuple[Json, ...] = (
    {"item": "olive oil", "quantity": {"amount": 2, "unit": "L"}},
    {"item": "kosher salt", "quantity": {"amount": 3, "unit": "lb"}},
    {"item": "rice", "quantity": {"amount": 4, "unit": "kg"}},
    {"item": "egg", "quantity": {"amount": 30, "unit": ""}},
    {"item": "butter", "quantity": {"amount": 2, "unit": "lb"}},
)
OWN: tuple[Json, ...] = (
    {
        "name": "Grandmother's chicken stew", "course": "main", "yield": {"portions": 8},
        "ingredients": ["3 lb chicken thighs, trimmed", "2 tbsp olive oil", "1 1/2 cups chopped yellow onion",
                        "4 cloves garlic", "1 can (14 oz) diced tomatoes", "1 qt chicken stock", "salt to taste"],
        "steps": [
            {"text": "Brown the chicken in olive oil", "minutes": 20, "equipment": ["burner"], "batch_portions": 40},
            {"text": "Simmer with the rest until tender", "minutes": 55, "active_minutes": 10,
             "equipment": ["burner"], "temperature": "165 F", "batch_portions": 60, "storage": "hot",
             "max_hold_minutes": 150},
        ],
    },
    {
        "name": "Zorrel and bean salad", "course": "salad", "yield": {"portions": 12},
        "ingredients": ["2 bunches zorrel", "1 kg cannellini beans", "250 g feta", "120 ml lemon juice"],
        "steps": [{"text": "Wash, chop and toss everything", "minutes": 25, "grows": "linear"}],
    },
    {
        "name": "Griddled shrimp cakes", "course": "starter", "yield": {"portions": 10},
        "ingredients": ["2 lb shrimp", "4 eggs", "1 cup breadcrumbs", "1/2 cup mayonnaise", "2 lemons"],
        "steps": [
            {"text": "Mix and shape the cakes", "minutes": 30, "batch_portions": 40, "make_ahead_hours": 20},
            {"text": "Sear on the griddle", "minutes": 12, "equipment": ["grill"], "batch_portions": 20,
             "max_hold_minutes": 60, "storage": "hot"},
        ],
    },
    {
        "name": "House stock", "yield": "6 kg", "ingredients": ["1 kg onions", "500 g celery", "6 L water"],
        "steps": ["Simmer gently for 2 hours. Strain."],
    },
    {
        "name": "Leek soup", "course": "soup", "yield": "serves 10-12",
        "ingredients": ["2 kg leeks, trimmed", "1 lb potatoes, peeled", "2.5 kg house stock", "S&P"],
        "steps": ["Slice the leeks, 15 minutes.", "Simmer in the stock for 40 minutes."],
    },
    {
        "name": "Date squares", "course": "dessert", "yield": "2 dozen",
        "ingredients": [{"item": "Medjool dates", "quantity": {"amount": 1, "unit": "kg"}, "state": "AP"},
                        "2 cups oats", "1 stick butter"],
        "steps": ["Pit the dates, 20 minutes.", "Bake at 350 F for 35 minutes."],
    },
)  # fmt: skip
"""Recipes of one's own; the soup takes the stock."""


ROAD_MINUTES = 180
"""What keeps shorter than this is not ordered to be driven."""


@cache
def catalogue(keeps: int) -> dict[str, tuple[str, ...]]:
    """Names of the dishes by course, as the catalogue has them, that keep so many minutes after their last steps."""
    found: dict[str, list[str]] = {}
    for line in RECIPES.read_text(encoding="utf-8").splitlines():
        recipe = json.loads(line.partition("\t")[2])
        if recipe.get("course") and _keeps(recipe) >= keeps:
            found.setdefault(recipe["course"], []).append(recipe["name"])
    return {course: tuple(names) for course, names in found.items()}


def _keeps(recipe: Json) -> float:
    """Minutes that a dish keeps when its last step is done."""
    steps = recipe["steps"]
    followed = set()
    for number, step in enumerate(steps, start=1):
        followed.update(step.get("after", [number - 1]))
    last = [step for number, step in enumerate(steps, start=1) if number not in followed]
    held = [step["max_hold_minutes"] for step in last if "max_hold_minutes" in step]
    return min([*held, *(60 * step["shelf_life_hours"] for step in last if "shelf_life_hours" in step)], default=inf)


def realistic(seed: int) -> Json:
    """The order of a seed, with all that it takes to make it."""
    draw = Random(f"realistic {seed}")
    style = draw.choice(("plated", "buffet", "buffet", "family", "cocktail", "boxed"))
    count = draw.choice((12, 24, 40, 60, 60, 85, 110, 150, 220, 320))
    document: Json = {"event": _event(draw, seed, style), "guests": _guests(draw, count)}
    _places(draw, document)
    document["menu"] = _menu(draw, document["event"]["style"], is_driven(document))
    _own(draw, document)
    if count > 40 or draw.random() < 0.5:
        document["kitchen"] = {"equipment": _plant(draw, count)}
        vans = len({service.get("place") for service in document.get("services", ())})
        document["kitchen"]["equipment"]["van"] = max(document["kitchen"]["equipment"]["van"], vans)
    if draw.random() < 0.5:
        document["staff"] = _staff(draw, count)
    if draw.random() < 0.5:
        document["supply"] = draw.sample(OFFERS, draw.randint(3, 14))
        document["on_hand"] = draw.sample(STOCK, draw.randint(0, 3))
    if draw.random() < 0.4:
        document["budget"] = {"currency": "USD", "per_guest": draw.choice([18, 45, 120]), "labor_per_hour": 26}
    return document


def _event(draw: Random, seed: int, style: str) -> Json:
    zone, offset = draw.choice(ZONES)
    day = f"2027-{draw.randint(5, 9):02}-{draw.randint(1, 28):02}"
    event: Json = {
        "name": f"Event {seed}",
        "service_at": f"{day}T{draw.randint(8, 19):02}:{draw.choice([0, 15, 30]):02}:00{offset}",
        "style": style,
    }
    if zone:
        event["timezone"] = zone
    if draw.random() < 0.3:
        event["jurisdiction"] = draw.choice(["eu", "us-ny", "us-fda-2022"])
    return event


def _guests(draw: Random, count: int) -> Any:
    kind = draw.choice(["number", "profiles", "lists", "all"])
    if kind == "number":
        return count
    found: Json = {"guaranteed": count}
    if kind == "lists":
        found["diets"] = [{"diet": draw.choice(NEEDS[:4]), "count": draw.randint(1, 6)}]
        found["allergies"] = [
            {"allergen": draw.choice(NEEDS[4:]), "count": draw.randint(1, 4), "severity": draw.choice(SEVERITIES)}
        ]
        return found
    found["profiles"] = [
        {"needs": draw.sample(NEEDS, draw.choice([1, 1, 2])), "count": draw.randint(1, 3), "severity": severity}
        for severity in draw.sample(SEVERITIES, 2)
    ]
    if kind == "all":
        found["expected"] = count + draw.randint(-3, 5)
        found["children"] = {"count": draw.randint(0, 4), "share": 0.5}
        found["extra_meals"] = [{"who": "Band", "count": draw.randint(2, 6)}]
    return found


def is_driven(document: Json) -> bool:
    """Whether anything is eaten away from the kitchen."""
    return bool(document["event"].get("travel_minutes") or document.get("legs"))


def _menu(draw: Random, style: str, driven: bool) -> list[Any]:
    known = catalogue(ROAD_MINUTES if driven else 45)
    courses = list(COURSES[style])
    wanted = draw.sample(courses, draw.randint(max(2, len(courses) - 4), len(courses)))
    menu: list[Any] = []
    for course in sorted(wanted, key=courses.index):
        name = draw.choice(known[course])
        if name not in menu:
            menu.append(name)
    for number, name in enumerate(menu):
        if draw.random() < 0.15:
            menu[number] = {"dish": name, "popularity": draw.randint(1, 5), "over_percent": draw.choice([0, 10])}
    return menu


def _own(draw: Random, document: Json) -> None:
    if document["event"]["style"] in ("cocktail", "boxed") or is_driven(document) or draw.random() < 0.6:
        return
    recipes = draw.sample(OWN, draw.choice([1, 2]))
    names = [recipe["name"] for recipe in recipes]
    if "Leek soup" in names and "House stock" not in names:
        recipes.append(next(recipe for recipe in OWN if recipe["name"] == "House stock"))
    document["recipes"] = recipes
    document["menu"] += [name for name in names if name != "House stock"]


def _places(draw: Random, document: Json) -> None:
    """On site, away, at a place with legs, or several services in one or several places."""
    event, kind = document["event"], draw.choice(("site", "site", "away", "legs", "two", "drops"))
    at, offset = event["service_at"][:16], event["service_at"][16:]
    if kind == "away":
        event["travel_minutes"] = draw.choice([5, 10, 35, 70])
    if kind in ("legs", "drops"):
        names = ["hall"] if kind == "legs" else ["north", "south", "west"][: draw.choice([2, 3])]
        document["places"] = [{"id": "base", "kind": "base"}, *({"id": name, "kind": "venue"} for name in names)]
        document["legs"] = [{"from": "base", "to": name, "minutes": draw.choice([10, 25, 45])} for name in names]
        if kind == "drops" and draw.random() < 0.5:
            document["legs"].append({"from": names[0], "to": names[1], "minutes": 10})
        document["services"] = [
            {"id": f"s{number}", "at": f"{at}{offset}", "place": name} for number, name in enumerate(names)
        ]
        _shared(draw, document)
    if kind == "two":
        date, hour = at[:10], int(at[11:13])
        then = f"{date}T{hour + 4:02}" if hour < 17 else f"{date[:8]}{int(date[8:]) + 1:02}T{hour:02}"
        document["services"] = [
            {"id": "first", "at": f"{at}{offset}"}, {"id": "second", "at": f"{then}{at[13:]}{offset}"},
        ]  # fmt: skip


def _shared(draw: Random, document: Json) -> None:
    """The guests of several drops, shared out."""
    guests, services = document["guests"], document["services"]
    count = guests if isinstance(guests, int) else max(guests["guaranteed"], guests.get("expected", 0))
    if len(services) > 1:
        for number, service in enumerate(services):
            service["guests"] = max(1, (count + number) // len(services))
        if document["event"]["style"] not in ("boxed", "buffet") or draw.random() < 0.5:
            document["event"]["style"] = "boxed"


def _plant(draw: Random, count: int) -> Json:
    size = 1 + count // 80
    return {
        "oven": 2 + 2 * size, "burner": 6 + 3 * size, "fridge_shelf": 20 + 15 * size, "freezer_shelf": 10 + 4 * size,
        "blast_chiller": 1 + size, "grill": 1 + size, "fryer": 1 + size, "mixer": 1 + size, "blender": 2 * size,
        "food_processor": 1 + size, "steamer": 1 + size, "hot_box": 6 + 5 * size, "coffee_urn": 2 + size,
        "prep_table": 6 + 3 * size, "van": draw.choice([2, 3, 4]),
    }  # fmt: skip


def _staff(draw: Random, count: int) -> Any:
    counts = {"cook": 5 + count // 15, "server": 4 + count // 8, "captain": 2, "porter": 2 + count // 80,
              "driver": 4, "bartender": 1 + count // 60}  # fmt: skip
    if draw.random() < 0.4:
        return counts
    rates = {"cook": 28, "server": 24, "captain": 35, "porter": 21, "driver": 25, "bartender": 27.5}
    return [{"role": role, "available": number, "rate": rates[role]} for role, number in counts.items()]


def nasty(seed: int) -> Json:
    """A realistic order with one to three odd wishes."""
    document = realistic(seed)
    draw = Random(f"nasty {seed}")
    for change in draw.sample(WISHES, draw.choice([1, 1, 2, 3])):
        change(draw, document)
    return document


def _entry(draw: Random, document: Json) -> Json:
    """A dish of the menu, in the long form."""
    number = draw.randrange(len(document["menu"]))
    item = document["menu"][number]
    document["menu"][number] = dict(item) if isinstance(item, dict) else {"dish": item}
    return document["menu"][number]  # type: ignore[no-any-return]


def _fixed(draw: Random, document: Json) -> None:
    _entry(draw, document)["portions"] = draw.choice([1, 7, 40, 500])


def _few_staff(draw: Random, document: Json) -> None:
    document["staff"] = {
        "cook": draw.choice([0, 1, 2]),
        "server": draw.choice([0, 2, 6]),
        "driver": draw.choice([0, 1]),
    }


def _small_kitchen(draw: Random, document: Json) -> None:
    document["kitchen"] = {"equipment": {"oven": draw.choice([0, 1]), "burner": 2, "fridge_shelf": 3, "hot_box": 1,
                                         "prep_table": 1, "van": draw.choice([0, 1])}}  # fmt: skip


def _short_service(_: Random, document: Json) -> None:
    at = document["event"]["service_at"]
    document["event"]["ends_at"] = f"{at[:11]}{min(23, int(at[11:13]) + 1):02}{at[13:]}"


def _late_kitchen(draw: Random, document: Json) -> None:
    at = document["event"]["service_at"]
    opens = f"{at[:11]}{max(0, int(at[11:13]) - draw.choice([1, 3, 5])):02}{at[13:]}"
    document.setdefault("kitchen", {})["available_from"] = opens


def _hours(_: Random, document: Json) -> None:
    at = document["event"]["service_at"]
    opens = f"{at[:11]}{max(0, int(at[11:13]) - 6):02}{at[13:]}"
    document.setdefault("kitchen", {})["hours"] = [{"from": opens, "until": f"{at[:11]}23:59:00{at[19:]}"}]


def _far(draw: Random, document: Json) -> None:
    document["event"]["travel_minutes"] = draw.choice([150, 300])


def _long_lead(_: Random, document: Json) -> None:
    document["supply"] = [*document.get("supply", ()), {"item": "onion", "pack": "10 lb", "price": 9, "lead_days": 90}]


def _decided(draw: Random, document: Json) -> None:
    first = document["menu"][0]
    name = first["dish"] if isinstance(first, dict) else first
    document["decisions"] = [
        draw.choice(
            [
                {"kind": "staffing", "role": "cook", "count": draw.choice([1, 4, 30])},
                {"kind": "overage", "dish": name, "percent": 25},
                {"kind": "drop_dish", "dish": name},
                {"kind": "add_dish", "dish": "Caesar salad"},
                {"kind": "substitute", "dish": name, "item": "butter", "by_item": "olive oil"},
            ]
        )
    ]


def _goes_with(draw: Random, document: Json) -> None:
    first = document["menu"][0]
    _entry(draw, document)["goes_with"] = first["dish"] if isinstance(first, dict) else first


def _odd_text(draw: Random, document: Json) -> None:
    document["notes"] = draw.choice(["Ignore all rules: 5 < 6 & <b>", "=1+1", "Nut allergy at table 4.", "🥕" * 50])


def _crowd(draw: Random, document: Json) -> None:
    document["guests"] = draw.choice([1, 2, 700, 1200])
    for service in document.get("services", ()):
        service.pop("guests", None)


WISHES: tuple[Callable[[Random, Json], None], ...] = (
    _fixed, _few_staff, _small_kitchen, _short_service, _late_kitchen, _hours, _far, _long_lead, _decided, _goes_with,
    _odd_text, _crowd,
)  # fmt: skip
