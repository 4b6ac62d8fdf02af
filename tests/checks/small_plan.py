"""A plan made by hand, small enough to verify with a pencil: ten guests, two of them vegan, one dish."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from catering_cli.data import tables
from catering_cli.domain.money import Costing, CostLine
from catering_cli.domain.order import Order
from catering_cli.domain.plan import Assumption, CateringPlan, Contingency, Headcount
from catering_cli.domain.plan_parts.diets import Cell, DietCell, Diets, DishDiets, Eats, PlanProfile
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine, StepBatches
from catering_cli.domain.plan_parts.people import (
    Equipment,
    EquipmentLine,
    PackLine,
    RentalLine,
    ServiceLine,
    StaffLine,
    StaffShift,
)
from catering_cli.domain.plan_parts.safety import ControlPoint, ReadingTime, Safety
from catering_cli.domain.plan_parts.shopping import Share, Shopping, ShoppingLine
from catering_cli.domain.plan_parts.timeline import Block, Buffer, Capacity, Crew, Opening, Replay, Timeline, Use, Wait
from catering_cli.domain.quantity import Amount, Quantity

BIG9 = ("milk", "eggs", "fish", "crustaceans", "tree nuts", "peanuts", "wheat", "soybeans", "sesame")
SHOWN = ("vegan", "vegetarian", "gluten-free", "dairy-free", "nut-free")
WARE = {
    "dinner plate": 20, "dinner fork": 20, "dinner knife": 20, "napkin": 11, "glass": 30,
    "serving utensil": 1, "chafer": 1, "chafing fuel (Sterno), 6 h can": 2,
}  # fmt: skip
FIRST = {
    "probe thermometer": 2, "allergen matrix and dish cards": 1, "disposable gloves, box": 1, "first-aid kit": 1,
    "hand soap and sanitizer": 1, "HACCP log and pens": 1, "special-meal labels": 2,
}  # fmt: skip
HOT = "us-fda-2022"

ORDER = Order.model_validate(
    {
        "event": {"name": "Supper", "service_at": "2027-06-05T18:00:00-04:00", "ends_at": "2027-06-05T19:00:00-04:00"},
        "places": [{"id": "base", "kind": "base", "equipment": {"oven": 1}}, {"id": "hall", "kind": "venue"}],
        "guests": {"guaranteed": 10, "profiles": [{"needs": ["vegan"], "count": 2, "severity": "preference"}]},
        "menu": [{"dish": "Boiled rice", "over_percent": 10}],
        "recipes": [
            {
                "name": "Boiled rice",
                "course": "main",
                "yield": {"portions": 5},
                "ingredients": [
                    {"item": "rice", "quantity": {"amount": 1, "unit": "kg"}},
                    {"item": "salt", "quantity": {"amount": 10, "unit": "g"}},
                ],
                "steps": [
                    {"text": "Cut.", "kind": "prep", "minutes": 10, "grows": "linear", "food_class": "plant_hot"},
                    {
                        "text": "Roast.",
                        "kind": "cook",
                        "minutes": 30,
                        "active_minutes": 5,
                        "equipment": ["oven"],
                        "batch_portions": 6,
                        "max_hold_minutes": 120,
                        "food_class": "plant_hot",
                        "temperature": "400 F",
                    },
                ],
                "served_at": "hot",
            }
        ],
        "kitchen": {
            "equipment": {"oven": 1},
            "hours": [{"from": "2027-06-05T08:00:00-04:00", "until": "2027-06-05T22:00:00-04:00"}],
        },
        "staff": [
            {"role": "cook", "available": 2, "rate": 20},
            {"role": "server", "available": 2, "rate": 15},
            {"role": "porter", "available": 1, "rate": 15},
        ],
        "supply": [{"item": "rice", "pack": {"amount": 1, "unit": "kg"}, "price": 2, "supplier": "Farm"}],
        "budget": {"total": 500, "contingency_percent": 0},
    }
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2027-06-05T{text}:00-04:00")


def grams(number: object, kitchen: str = "") -> Amount:
    return Amount(Quantity.of(number, "g"), kitchen)


def _dish() -> Dish:
    return Dish(
        id="d1",
        name="Boiled rice",
        course="main",
        needed=10,
        over_percent=10,
        portions=11,
        recipe=ORDER.recipes[0],
        recipe_from="order",
        factor="11/5",
        lines=(
            ScaledLine(
                item="rice",
                food="rice",
                quantity=Amount(Quantity.of("11/5", "kg"), "2.2 kg"),
                mass=grams(2200, "2.2 kg"),
            ),
            ScaledLine(item="salt", food="salt", quantity=grams(22, "22 g"), mass=grams(22, "22 g")),
        ),
        batches=(
            StepBatches(step=1, batches=1, portions=(11,)),
            StepBatches(step=2, batches=2, portions=(6, 5)),
        ),
        served=grams(202, "202 g"),
        served_at="hot",
        handling=(
            Handling(step=1, kind="prep", food_class="plant_hot", state="ready", takes=("rice", "salt"), waits=None),
            Handling(step=2, kind="cook", food_class="plant_hot", state="cooked", reads=("cook",), waits="hot"),
        ),
    )


def _block(ident: str, kind: str, start: str, end: str, **more: object) -> Block:
    words = {"d1.s1": "Boiled rice: Cut", "d1.s2": "Boiled rice: Roast"}
    label = words.get(ident[:5], kind.replace("_", " ").capitalize())
    return Block(id=ident, kind=kind, label=label, start=at(start), end=at(end), **more)


def _timeline() -> Timeline:
    cook = Crew(role="cook", count=1, minutes=5)
    step = {"dish": "d1", "food_class": "plant_hot"}
    roast = {
        **step, "step": 2, "of": 2, "storage": "hot", "crew": (cook,), "equipment": (Use(name="oven", count=1),),
        "temperature": "400 F", "after": (Wait(block="d1.s1.b1"),),
    }  # fmt: skip
    server = {"place": "hall", "portions": 10, "crew": (Crew(role="server", count=1, minutes=23),)}
    serve = {"place": "hall", "crew": (Crew(role="server", count=1, minutes=60),)}
    roasted = (Wait(block="d1.s2.b1", max_minutes=90), Wait(block="d1.s2.b2", max_minutes=90))
    waits = (Wait(block="service.set_up"), *roasted)
    blocks = (
        _block("d1.s1.b1", "prep", "16:00", "16:22", step=1, portions=11, **step,
               crew=(Crew(role="cook", count=1, minutes=22),)),
        _block("d1.s2.b1", "cook", "16:30", "17:00", batch=1, portions=6, **roast),
        _block("d1.s2.b2", "cook", "17:00", "17:30", batch=2, portions=5, **roast),
        _block("service.set_up", "set_up", "17:27", "17:50", **server),
        _block("service.serve", "serve", "18:00", "19:00", **serve, portions=10, after=waits),
        _block("service.strike", "strike", "19:00", "19:35", place="hall", portions=10,
               after=(Wait(block="service.serve"),), crew=(Crew(role="server", count=1, minutes=35),)),
    )  # fmt: skip
    return Timeline(
        blocks=blocks,
        capacities=(
            Capacity(kind="equipment", name="oven", count=1),
            Capacity(kind="staff", name="cook", count=2),
            Capacity(kind="staff", name="server", count=2),
        ),
        openings=(Opening(start=at("08:00"), end=at("22:00")),),
        first_start=at("16:00"),
        service_at=at("18:00"),
        last_end=at("19:35"),
        span_minutes=120,
        buffers=(Buffer(block="d1.s2.b2", until="service.serve", minutes=30, wanted=15),),
        replay=Replay(days=40, held=40),
    )


def _shopping() -> Shopping:
    def line(item: str, need: int, percent: str, **more: object) -> ShoppingLine:
        ap = Amount(Quantity.of(Fraction(need) * 100 / Fraction(percent), "g"))
        fields = {"as_purchased": ap, "buy": ap, "needed": grams(need), "yield_percent": percent}
        return ShoppingLine(
            item=item, food=item, names=(item,), department={"rice": "dry goods"}.get(item, "spices"),
            dishes=(Share(dish="d1", amount=grams(need)),), **{**fields, **more},
        )  # fmt: skip

    offer = {"supplier": "Farm", "order_by": date(2027, 6, 4), "pack": Amount(Quantity.of(1, "kg"))}
    left = {"left": grams(800), "left_value": Decimal("1.60")}
    rice = line("rice", 2200, "100", **offer, **left, packs=3, buy=grams(3000), unit_price=Decimal(2), cost=Decimal(6))
    return Shopping(
        lines=(rice, line("salt", 22, "100")), unpriced=("salt",), cost=Decimal(6), left_value=Decimal("1.60")
    )


def _diets() -> Diets:
    cells = tuple(Cell(allergen=one, state="none_found", because=("rice",)) for one in BIG9)
    return Diets(
        allergens=BIG9,
        diets=SHOWN,
        rows=(DishDiets(dish="d1", cells=cells, diets=(*(DietCell(diet=one, state="compatible") for one in SHOWN),)),),
        profiles=(
            PlanProfile(id="p0", name="standard meals", count=8, may_eat=("d1",)),
            PlanProfile(id="p1", name="vegan", needs=("vegan",), count=2, source="order.guests.profiles[0]",
                        may_eat=("d1",)),
        ),
        eats=(Eats(profile="p0", dish="d1", portions=8), Eats(profile="p1", dish="d1", portions=2)),
    )  # fmt: skip


def _ratio(role: str) -> dict[str, str]:
    return next(row for row in tables.rows("staff_ratios") if row["role"] == role and row["style"] == "buffet")


def _shift(role: str, start: str, end: str) -> tuple[StaffShift, ...]:
    return (StaffShift(role=role, who="1", start=at(start), end=at(end)),)


def _staffing() -> tuple[StaffLine, ...]:
    return (
        StaffLine(role="cook", count=1, available=2, start=at("16:00"), end=at("17:05"), hours="13/12",
                  rate=Decimal(20), cost=Decimal("21.67"), basis="peak of the schedule",
                  shifts=_shift("cook", "16:00", "17:05")),
        StaffLine(role="porter", count=1, available=1, start=at("17:27"), end=at("19:35"), hours="32/15",
                  rate=Decimal(15), cost=Decimal(32), basis=_ratio("porter")["text"],
                  source=_ratio("porter")["source"], shifts=_shift("porter", "17:27", "19:35")),
        StaffLine(role="server", count=1, available=2, start=at("17:27"), end=at("19:35"), hours="32/15",
                  rate=Decimal(15), cost=Decimal(32), basis="peak of the schedule",
                  shifts=_shift("server", "17:27", "19:35")),
    )  # fmt: skip


def _limit(kind: str, ident: str) -> dict[str, str]:
    row = next(row for row in tables.rows("limits") if (row["kind"], row["id"]) == (kind, ident))
    return {"limit": row["text"], "limit_id": ident, "source": row["source"], "corrective": row["corrective"]}


def _ware() -> tuple[RentalLine, ...]:
    rows = {row["item"]: row for row in tables.rows("ware") if row["style"] == "buffet"}
    by_ratio = {
        item: {"basis": f"{Fraction(row['per_guest'])} per guest x 10 guests", "source": row["source"]}
        for item, row in rows.items()
    }
    return tuple(
        RentalLine(item=item, count=count, **by_ratio.get(item, {"basis": "by dishes"})) for item, count in WARE.items()
    )


def _safety() -> Safety:
    cook = {"kind": "cook", **_limit("cook", "3-401.13"), "food_class": "plant_hot", "who": "cook"}
    return Safety(
        jurisdiction=HOT,
        code="FDA Food Code 2022",
        points=(
            ControlPoint(dish="d1", block="d1.s2.b1", at=at("17:00"), **cook, times=(
                ReadingTime(at=at("17:00"), place="base", block="d1.s2.b1"),
                ReadingTime(at=at("17:30"), place="base", block="d1.s2.b2"),
            )),
            ControlPoint(dish="d1", kind="hot_hold", block="d1.s2.b2", at=at("17:30"),
                         food_class="plant_hot", who="cook", times=(
                ReadingTime(at=at("17:30"), place="base", block="d1.s2.b2"),
                ReadingTime(at=at("18:00"), place="hall", block="d1.s2.b2"),
            ), **_limit("hot_hold", "3-501.16")),
        ),
        notes=("Time is not used as a control: the order has no written procedure.",),
    )  # fmt: skip


FIGURES = (("{guests}", "10"), ("{spare}", "1"), ("{spare_percent}", "10"))


def _filled(text: str) -> str:
    for slot, figure in FIGURES:
        text = text.replace(slot, figure)
    return text


CONTINGENCY = tuple(
    Contingency(trigger=_filled(row["trigger"]), action=_filled(row["action"]), owner="chef")
    for row in tables.rows("contingency")
    if row["id"] != "vehicle"  # the food does not travel
)

LEFT_OPEN = {
    "service_style": "", "timezone": "-0400", "jurisdiction": "", "expected": "10", "portions": "", "small_tools": "",
    "server_ratio": "", "receiving": "", "cups": "", "ware": "", "pan": "", "lines": "", "tphc": "",
    "contingency": "0 %", "contact": "",
}  # fmt: skip
ASSUMPTIONS = tuple(
    Assumption(id=row["id"], text=row["text"], source=row["source"], override=row["override"],
               number=row["number"] or LEFT_OPEN[row["id"]])
    for row in tables.rows("assumptions") if row["id"] in LEFT_OPEN
)  # fmt: skip

PLAN = CateringPlan(
    order=ORDER,
    headcount=Headcount(guaranteed=10, expected=10, set_for=10),
    menu=(_dish(),),
    diets=_diets(),
    shopping=_shopping(),
    timeline=_timeline(),
    equipment=Equipment(
        plant=(EquipmentLine(name="oven", peak=1, available=1),),
        ware=_ware(),
    ),
    staffing=_staffing(),
    service=(ServiceLine(id="service", at=at("18:00"), until=at("19:00"), place="hall", style="buffet", guests=10,
                         lines=1, dishes=("d1",), notes=("2 x vegan (vegan; preference): Boiled rice",)),),
    safety=_safety(),
    packing=(
        *(PackLine(box="1 open first", item=item, count=count, open_first=True) for item, count in FIRST.items()),
        PackLine(box="3 hot food", item="Boiled rice: full hotel pan, 2 1/2 in", count=1, dish="d1"),
        *(PackLine(box="5 china, glass, flatware", item=item, count=count) for item, count in WARE.items()),
    ),
    costing=Costing(
        lines=(CostLine(kind="food", label="dry goods", basis="priced lines: 1", amount=Decimal(6)),
               CostLine(kind="labour", label="cook", basis="13/12 h x 20", amount=Decimal("21.67")),
               CostLine(kind="labour", label="porter", basis="32/15 h x 15", amount=Decimal(32)),
               CostLine(kind="labour", label="server", basis="32/15 h x 15", amount=Decimal(32))),
        total=Decimal("91.67"), at_least=True, unpriced=("salt",), per_guest=Decimal("9.17"),
        budget=Decimal(500), food_percent=1.2,
    ),
    contingency=CONTINGENCY,
    assumptions=ASSUMPTIONS,
)  # fmt: skip
