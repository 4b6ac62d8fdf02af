"""What a venue lacks, and what is packed for it; circuits that are stated have to carry the load."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import chain

from catering_cli.data.tables import figure, rows
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import Place
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import PackLine
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.event.equipment import peak
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import Meal, meals
from catering_cli.kitchen.serving.vessels import vessel_of

BOX = "6 for the venue"
"""Sorts behind the food and the ware."""

_CARRIES = Fraction(4, 5)
"""Of a circuit's rating for hours (NEC 210.20(A))."""

_HOT_BOX = "hot_box"
_PANS_A_SHEET = 2
"""Hotel pans of 12 x 20 in where one sheet pan of 18 x 26 in stands."""
_CARRIED = timedelta(hours=4)
"""How long a preheated carrier without power keeps food above 135 F; [K]."""


@dataclass(frozen=True)
class Venue:
    """A place away from the base, with what is done and served there."""

    place: Place
    meals: tuple[Meal, ...]
    dishes: tuple[Dish, ...]
    timeline: Timeline

    @property
    def name(self) -> str:
        """What it is called."""
        return self.place.name or self.place.id

    @cached_property
    def blocks(self) -> list[Block]:
        """What is done there; a drive is done where it ends."""
        return [block for block in self.timeline.blocks if block.place == self.place.id]

    @cached_property
    def in_use(self) -> dict[str, int]:
        """The most of each piece of equipment in use there at once; hot food is held in a hot box on the line."""
        uses = chain.from_iterable(block.equipment for block in self.blocks)
        names = {use.name for use in uses}
        return {name: peak(self.timeline.blocks, name, self.place.id) for name in sorted(names - {"van"})}

    @cached_property
    def draws(self) -> dict[str, int]:
        """Electric pieces that work there, coffee among them: it is kept hot where it is poured.

        If there is no power, hot food waits in insulated carriers, not in electric boxes.
        """
        known = {row["equipment"] for row in rows("amperes")} - (set() if self.place.power else {_HOT_BOX})
        found = Counter({name: count for name, count in self.in_use.items() if name in known})
        if any(dish.course == "drink" and dish.is_hot for dish in self.dishes):
            found["coffee_urn"] = max(found["coffee_urn"], 1)
        return dict(found)

    def amount(self, per: str) -> Fraction:
        """How much there is of what a row of the table is reckoned by."""
        return Fraction(_AMOUNTS[per](self)) if per in _AMOUNTS else Fraction(1)

    def grams(self, storage: str) -> Fraction:
        """Weight of the food that is kept cold, or frozen, there."""
        mine = [dish for dish in self.dishes if _kept(dish) == storage]
        usual = figure("work", "portion_grams")
        return sum((_served(dish, usual) for dish in mine), Fraction(0))

    @property
    def amperes(self) -> Fraction:
        """What is drawn if all electric pieces work at once."""
        each = {row["equipment"]: Fraction(row["amperes"]) for row in rows("amperes")}
        return sum((each[name] * count for name, count in self.draws.items()), Fraction(0))

    @property
    def hot_pans(self) -> Fraction:
        """Full hotel pans of hot food, drinks aside, and what takes as much room."""
        return sum((_hot_pans(dish) for dish in self.dishes if dish.is_hot_food), Fraction(0))

    @property
    def guests(self) -> int:
        """Most guests at one service."""
        return max((meal.guests for meal in self.meals), default=0)

    @property
    def hands(self) -> int:
        """Most people at work there at once."""
        there = [block for block in self.blocks if block.kind != "drive"]
        return max((sum(crew.count for crew in block.crew) for block in there), default=1)

    def lacks(self, what: str) -> bool:
        """Whether something is needed that is not there."""
        if what == "power":
            return not self.place.power
        if what == "water":
            return not self.place.water
        if what == "shelter":
            return not self.place.shelter
        if what == "fridge":
            return not self.place.fridge and not self.place.equipment.get("fridge_shelf")
        return self.in_use.get(what, 0) > self.place.equipment.get(what, 0)


_AMOUNTS = {
    "amperes": lambda venue: venue.amperes,
    "hot_pans": lambda venue: venue.hot_pans,
    "cold_g": lambda venue: venue.grams("fridge"),
    "frozen_g": lambda venue: venue.grams("freezer"),
    "guests": lambda venue: venue.guests,
    "hands": lambda venue: max(1, venue.hands),
}


def _kept(dish: Dish) -> str:
    """Where a dish waits at the venue by its last step: fridge, freezer, or neither."""
    steps = dish.recipe.steps if dish.recipe else ()
    last = next((step.storage for step in reversed(steps) if step.storage), None)
    if last == "freezer":
        return "freezer"
    return "fridge" if dish.served_at == "cold" or last == "fridge" else ""


def _hot_pans(dish: Dish) -> Fraction:
    vessel = vessel_of(dish)
    count = vessel.filled(dish.portions, dish.served.quantity.high if dish.served else None)
    return Fraction(_PANS_A_SHEET * count, vessel.a_sheet)


def _served(dish: Dish, usual: int) -> Fraction:
    each = dish.served.quantity.high if dish.served else Fraction(usual)
    return each * dish.portions


def venues(order: Order, dishes: Sequence[Dish], timeline: Timeline) -> Iterator[Venue]:
    """The places of the order to which food is driven."""
    found = meals(order, Clock.of(order))
    driven_to = [meal for meal in found if meal.away]
    made = [dish for dish in dishes if dish.portions]
    for place in (place for place in order.places if place.kind == "venue"):
        mine = tuple(meal for meal in driven_to if meal.place == place.id)
        if mine:
            yield Venue(place, mine, tuple(dish for dish in made if _is_for(dish, mine)), timeline)


def _is_for(dish: Dish, served: Sequence[Meal]) -> bool:
    return any(dish.service in ("", meal.service) for meal in served)


def lines(order: Order, dishes: Sequence[Dish], timeline: Timeline) -> Iterator[PackLine]:
    """What is packed for each venue that lacks something."""
    for venue in venues(order, dishes, timeline):
        for row in rows("venue_kit"):
            count = _count(venue, row)
            if count:
                name = venue.name
                yield PackLine(box=f"{BOX}: {name}", item=row["item"], count=count)


def _count(venue: Venue, row: Mapping[str, str]) -> int:
    lacks = row["lacks"]
    if not venue.lacks(lacks):
        return 0
    if row["per"] == "peak":
        return venue.in_use[lacks] - venue.place.equipment.get(lacks, 0)
    return math.ceil(venue.amount(row["per"]) / Fraction(row["amount"]))


def findings(order: Order, dishes: Sequence[Dish], timeline: Timeline) -> Iterator[Finding]:
    """What the people who go there have to know, and circuits that do not carry what is plugged in."""
    for index, place in enumerate(order.places):
        for venue in venues(order, dishes, timeline):
            if venue.place is place:
                yield from _lacking(venue, f"order.places[{index}]")
                yield from _carried_long(venue, f"order.places[{index}].power")
                yield from _circuits(venue, f"order.places[{index}].circuits")


def _lacking(venue: Venue, where: str) -> Iterator[Finding]:
    name = venue.name
    brought: dict[str, list[str]] = {}
    for row in rows("venue_kit"):
        count = _count(venue, row)
        if count and row["lacks"] != "fridge":
            brought.setdefault(row["lacks"], []).append(f"{count} x {row['item']}")
    for what, items in brought.items():
        yield Finding(
            severity="warning",
            rule="kitchen.venue_lacks",
            where=f"{where}.{what}" if what in ("power", "water", "shelter") else f"{where}.equipment",
            message=f"{name} has no {what}: packed are {'; '.join(items)}",
            value=what,
            fix="rent or load what is packed, or say in the order what the venue has",
        )


def _carried_long(venue: Venue, where: str) -> Iterator[Finding]:
    """Hot food that is in carriers without power for longer than they keep it hot."""
    starts = [block.start for block in venue.blocks if block.kind == "serve"]
    if venue.place.power or not starts:
        return
    hot = [dish for dish in venue.dishes if dish.is_hot]
    late = [dish.name for dish in hot if _done(venue, dish, max(starts)) > _CARRIED]
    if late:
        yield Finding(
            severity="open",
            rule="kitchen.carried_long",
            where=where,
            message=f"{venue.name} has no power: {', '.join(late)} would be in carriers for more than 4 hours",
            value="false",
            fix="bring a generator for an electric hot box, finish it there on gas, or make it later",
        )


def _done(venue: Venue, dish: Dish, service: datetime) -> timedelta:
    """How long before a service the last work on a dish ends."""
    ends = [block.end for block in venue.timeline.blocks if block.dish == dish.id]
    return service - max((end for end in ends if end <= service), default=service)


def _fits(amperes: Fraction, left: list[Fraction]) -> bool:
    """Whether a circuit has room for a plug; it takes it."""
    for number, room in enumerate(left):
        if room >= amperes:
            left[number] -= amperes
            return True
    return False


def _circuits(venue: Venue, where: str) -> Iterator[Finding]:
    """Whether the circuits carry what is plugged in: the largest first, each on the first circuit with room."""
    if not venue.place.circuits or not venue.place.power:
        return
    left = sorted((_CARRIES * amperes for amperes in venue.place.circuits), reverse=True)
    each = {row["equipment"]: Fraction(row["amperes"]) for row in rows("amperes")}
    plugs = sorted(((each[name], name) for name in Counter(venue.draws).elements()), reverse=True)
    unplugged = [
        f"{name.replace('_', ' ')} ({float(amperes):g} A)" for amperes, name in plugs if not _fits(amperes, left)
    ]
    if unplugged:
        stated = ", ".join(f"{amperes} A" for amperes in venue.place.circuits)
        yield Finding(
            severity="open",
            rule="kitchen.circuits",
            where=where,
            message=f"{venue.name}: the circuits ({stated}, used to four fifths) do not carry "
            f"{', '.join(unplugged)} beside what else is plugged in",
            value=stated,
            fix="bring a generator for these, hold hot food in insulated boxes, or ask for one circuit more",
        )
