"""What is eaten, made, bought and measured: judged by the order and the recipes alone."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from judge.told import Json, Told, amount, moment

MEAT = (
    "beef", "chicken", "pork", "bacon", "ham", "lamb", "chicken thigh", "chicken breast", "ground beef", "beef brisket",
    "pork shoulder", "prosciutto", "pancetta", "chicken stock",
)  # fmt: skip
FISH = ("salmon", "salmon fillet", "tuna", "cod", "anchovy", "fish sauce")
SHELLFISH = ("shrimp", "lobster", "crab", "crab meat", "mussels", "oyster sauce")
MILK = (
    "butter", "unsalted butter", "cream", "heavy cream", "sour cream", "milk", "whole milk", "mozzarella", "feta",
    "parmesan", "mascarpone", "cream cheese", "ricotta", "yogurt",
)  # fmt: skip
EGG = ("egg", "eggs", "egg yolk", "egg white", "mayonnaise")
GLUTEN = ("flour", "all-purpose flour", "bread flour", "bread", "breadcrumb", "breadcrumbs", "baguette", "panko")
NEVER = {
    "vegan": (*MEAT, *FISH, *SHELLFISH, *MILK, *EGG, "honey"),
    "vegetarian": (*MEAT, *FISH, *SHELLFISH),
    "milk": MILK,
    "egg": EGG,
    "fish": FISH,
    "shellfish": SHELLFISH,
    "peanuts": ("peanut", "peanuts", "peanut butter"),
    "tree nuts": ("walnut", "walnuts", "almond", "almonds", "pistachio", "pecan", "hazelnut", "cashew"),
    "sesame": ("tahini", "sesame seed", "sesame seeds", "sesame oil"),
    "soy": ("soy sauce", "tofu"),
    "celery": ("celery",),
    "gluten-free": GLUTEN,
    "halal": ("pork", "bacon", "ham", "prosciutto", "pancetta", "pork shoulder", "marsala", "red wine"),
}
"""Foods of which a child knows what they are, by the need of a guest that forbids them."""


def portions(day: Told) -> Iterator[str]:
    """What is eaten is what is needed; a number that the client fixed is made and not overrun."""
    eaten: Counter[str] = Counter()
    for one in day.plan["diets"]["eats"]:
        eaten[one["dish"]] += one["portions"]
    for dish in day.plan["menu"]:
        if eaten[dish["id"]] != dish["needed"]:
            yield f"{dish['name']}: {eaten[dish['id']]} eaten, {dish['needed']} needed"
        fixed = _fixed(day, dish)
        base = dish["needed"] if fixed is None else fixed
        if fixed is not None and eaten[dish["id"]] > fixed:
            yield f"{dish['name']}: {eaten[dish['id']]} dealt out of {fixed} ordered"
        if dish["portions"] != math.ceil(Fraction(base) * (100 + dish["over_percent"]) / 100):
            yield f"{dish['name']}: {dish['portions']} made for {base} and {dish['over_percent']} %"


def _fixed(day: Told, dish: Json) -> int | None:
    rows = [
        row
        for row in day.order["menu"]
        if row["dish"] == dish["name"] and (row.get("service") or "") == dish["service"]
    ]
    return rows[0].get("portions") if len(rows) == 1 else None


def guests(day: Told) -> Iterator[str]:
    """As many guests as the order has, each with a main at least, or it is said who has none."""
    given, kinds = day.order["guests"], day.plan["diets"]["profiles"]
    count = max(given["guaranteed"], given.get("expected") or 0)
    if day.plan["headcount"]["set_for"] != count:
        yield f"set for {day.plan['headcount']['set_for']} of {count}"
    sure = not (given.get("diets") or given.get("allergies"))
    if sure and sum(kind["count"] for kind in kinds if kind["id"].startswith("p")) != count:
        yield "the kinds of guests are not all of them"
    mains = {dish["id"] for dish in day.plan["menu"] if dish["course"] == "main"}
    if not mains or len(day.services) > 1 or day.says("diets.unfed"):
        return
    for kind in kinds:
        eats = sum(
            e["portions"] for e in day.plan["diets"]["eats"] if e["profile"] == kind["id"] and e["dish"] in mains
        )
        young = (given.get("children") or {}).get("count", 0) if kind["id"] == "p0" else 0
        if eats < kind["count"] - young:
            yield f"{kind['name']}: {eats} mains for {kind['count']}"


def forbidden(day: Told) -> Iterator[str]:
    """No guest is given a dish that names what they avoid."""
    dishes = {dish["id"]: dish for dish in day.plan["menu"]}
    kinds = {kind["id"]: kind for kind in day.plan["diets"]["profiles"]}
    for one in day.plan["diets"]["eats"]:
        kind, dish = kinds[one["profile"]], dishes[one["dish"]]
        if one["dish"] not in kind["may_eat"]:
            yield f"{kind['name']} eats {dish['name']}, which they may not"
        items = {line["item"].casefold() for line in (dish["recipe"] or {}).get("ingredients", ())}
        for need in kind["needs"]:
            for word in NEVER.get(need, ()):
                if word in items:
                    yield f"{kind['name']} ({need}) eats {dish['name']} with {word}"


def scaled(day: Told) -> Iterator[str]:
    """Every line of a recipe times portions over yield, exactly."""
    for dish in day.dishes:
        recipe = dish["recipe"]
        if recipe is None or not recipe["yield"]["portions"]:
            continue
        factor = Fraction(dish["portions"], recipe["yield"]["portions"])
        if Fraction(dish["factor"]) != factor:
            yield f"{dish['name']}: factor {dish['factor']}, not {factor}"
        own = [line for line in recipe["ingredients"] if line["quantity"] and not line["part"]]
        mine = Counter((line["item"], _number(line["quantity"])) for line in dish["lines"] if line["quantity"])
        for line in own:
            number = _number(line["quantity"])
            wanted = number if line["fixed"] else tuple(one * factor for one in number)
            if dish["portions"] and mine[line["item"], wanted] < 1 and not day.order["decisions"]:
                yield f"{dish['name']}: {line['item']} is not {wanted}"


def _number(value: Json) -> tuple[Fraction, ...]:
    if "low" in value:
        return Fraction(str(value["exact_low"])), Fraction(str(value["exact_high"]))
    return (Fraction(str(value["exact"])),)


def bought(day: Told) -> Iterator[str]:
    """Each shopping line holds what its dishes need, in whole packs, less what is in the house."""
    for line in day.plan["shopping"]["lines"]:
        needed, share = amount(line["needed"]), Fraction(line["yield_percent"]) / 100
        if sum(amount(one["amount"]) for one in line["dishes"]) != needed:
            yield f"{line['item']}: the dishes' shares are not the sum"
        if amount(line["as_purchased"]) * share != needed:
            yield f"{line['item']}: as purchased is not the need over the yield"
        stock = amount(line["on_hand"]) if line["on_hand"] else Fraction(0)
        if amount(line["buy"]) < amount(line["as_purchased"]) - stock:
            yield f"{line['item']}: less is bought than is needed"
        same = line["pack"] and line["pack"]["unit"] == line["buy"]["unit"]
        if same and line["packs"] is not None and amount(line["buy"]) != line["packs"] * amount(line["pack"]):
            yield f"{line['item']}: {line['packs']} packs are not what is bought"


def lines_hold_dishes(day: Told) -> Iterator[str]:
    """Of each food that is weighed as much is on the list as all lines of the dishes weigh, with those of bases."""
    lists: dict[str, list[Json]] = defaultdict(list)
    for line in day.plan["shopping"]["lines"]:
        for name in {line["item"], *line["names"]}:
            lists[name].append(line)
    needed: dict[str, Fraction] = defaultdict(Fraction)
    for name, line in _weighed(day):
        if line["item"] not in lists:
            yield f"{name}: {line['item']} is on no list"
        elif len(lists[line["item"]]) == 1 and line["mass"]:
            listed = lists[line["item"]][0]
            share = Fraction(listed["yield_percent"]) / 100 if line["state"] == "AP" else Fraction(1)
            needed[listed["item"]] += amount(line["mass"]) * share
    for line in day.plan["shopping"]["lines"]:
        if line["needed"]["unit"] == "g" and amount(line["needed"]) < needed[line["item"]] * Fraction(999, 1000):
            yield f"{line['item']}: {float(needed[line['item']]):.0f} g needed, {line['needed']['amount']} on the list"


def _is_made(dish: Json) -> bool:
    """Whether there is a portion of it; that there is none is for the checks to say."""
    return dish["portions"] > 0


def _weighed(day: Told) -> Iterator[tuple[str, Json]]:
    """(dish, line) of all lines with an amount that are no base recipes, of the dishes that are made."""
    for dish in filter(_is_made, day.plan["menu"]):
        made = {part["name"].casefold() for part in (dish["recipe"] or {}).get("parts", ())}
        for line in dish["lines"]:
            if line["quantity"] and line["item"].casefold() not in made:
                yield dish["name"], line


def delivered(day: Told) -> Iterator[str]:
    """No food is used before the supplier can bring it; nothing is ordered later than that."""
    first: dict[str, date] = {}
    for block in day.blocks:
        if block["dish"]:
            day_of = block["from"].date()
            first[block["dish"]] = min(first.get(block["dish"], day_of), day_of)
    leads = {(o["item"].casefold(), o["supplier"]): o["lead_days"] for o in day.order["supply"]}
    for line in day.plan["shopping"]["lines"]:
        lead = leads.get(((line["offer"] or line["item"]).casefold(), line["supplier"]))
        if line["order_by"] is None or lead is None:
            continue
        comes = date.fromisoformat(line["order_by"]) + timedelta(days=lead)
        early = [one["dish"] for one in line["dishes"] if one["dish"] in first and first[one["dish"]] < comes]
        if early and not day.says("purchasing.late", "shopping.late"):
            yield f"{line['item']} comes on {comes}, {', '.join(early)} begins on {first[early[0]]}"


def log(day: Told) -> Iterator[str]:
    """Each reheating, each cooling of cooked food, hot holding and raw animal food has its point."""
    points = {(point["dish"], point["kind"]) for point in day.plan["safety"]["points"]}
    for dish in day.dishes:
        steps = {one["step"]: one for one in dish["handling"]}
        for number, step in enumerate((dish["recipe"] or {}).get("steps", ()), start=1):
            if (dish["id"], number) not in day.steps or steps.get(number, {}).get("state") == "stable":
                continue
            if step["kind"] == "reheat" and (dish["id"], "reheat") not in points:
                yield f"{dish['name']}: no reheating point"
            raw = step["food_class"] in ("poultry", "ground_meat", "fish", "whole_meat")
            if step["kind"] == "cook" and raw and (dish["id"], "cook") not in points:
                yield f"{dish['name']}: no cooking point"
    for point in day.plan["safety"]["points"]:
        if point["block"] and point["block"] not in day.by_id:
            yield f"{point['dish']} {point['kind']}: no block {point['block']}"


def carried(day: Told) -> Iterator[str]:
    """The log looks at each dish on every trip that carries it, and at none that does not."""
    drives = {drive["id"]: drive for drive in day.outward()}
    rows: dict[str, set[str]] = defaultdict(set)
    for point in day.plan["safety"]["points"]:
        if point["kind"] == "transport":
            rows[point["dish"]] |= {time["block"] for time in point["times"]} | {point["block"]}
    for dish in day.plan["menu"]:
        away = {one["place"] for one in day.of_service(dish) if day.road(day.base, one["place"])}
        made = [b["to"] for b in day.blocks if b["dish"] == dish["id"] and b["place"] == day.base]
        hot = dish["served_at"] != "room" and any(one["state"] != "stable" for one in dish["handling"][-1:])
        on = rows[dish["id"]] & set(drives)
        if rows[dish["id"]] - set(drives):
            yield f"{dish['name']}: carried by {sorted(rows[dish['id']] - set(drives))}, which is no trip"
        brought = len(away & {drives[name]["place"] for name in on})
        if made and hot and brought < min(len(away), dish["portions"]):
            yield f"{dish['name']}: nothing is read on the way to {sorted(away)}"
        if on and made and any(min(made) > drives[name]["from"] for name in on):
            yield f"{dish['name']}: read on a trip that leaves before any of it is made"
        if on and made and max(made) > max(drives[name]["from"] for name in on):
            yield f"{dish['name']}: made after the last trip that it is read on"


def counted(day: Told) -> Iterator[str]:
    """The times of the services are the order's, and everything for them is done by their end."""
    asked = [moment(one["at"]) for one in day.order["services"]] or [moment(day.event["service_at"])]
    if sorted(one["from"] for one in day.services) != sorted(asked):
        yield "the services are not at the order's times"


RULES = (portions, guests, forbidden, scaled, bought, lines_hold_dishes, counted)
OF_THE_DAY = (delivered, log, carried)
