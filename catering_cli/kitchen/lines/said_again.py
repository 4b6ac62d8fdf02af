"""An amount that is said again behind the food: "soy sauce 30 mL", "4 breasts, about 180 g each", "2 onions (300 g)".

The weight that an author states beside a volume or a count is his own and wins over any table.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import chain
from typing import Final, NamedTuple

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.lines.preparation import only_prepares
from catering_cli.kitchen.quantities import display, units
from catering_cli.kitchen.quantities.same_amount import Stated, counted_again, stated
from catering_cli.kitchen.quantities.units import Unit

_TAIL: Final = re.compile(r"^([^\d()]*[^\d()\s,]),? ((?:about |approx\.? |~ ?)?\d[^()]*)$", re.IGNORECASE)
"""A food with an amount behind it that says the first again."""

_SIZE_BEFORE: Final = re.compile(
    r"^(?P<how>(?:[a-z-]+ ){0,2})(?P<size>\d[\d./ -]*(?:to |or )?[\d./ -]*(?:oz|ounce|lb|pound|g|kg)s?"
    r"(?:/[\d.][^a-z]*[a-z]+)?) (?P<food>[a-z].*)$",
    re.IGNORECASE,
)
"""A size that stands between a count and its food: "2 whole 2-pound chickens"."""

_JUICE: Final = re.compile(r"\b(?:juiced?|zest(?:ed)?|squeezed)\b", re.IGNORECASE)
_APART: Final = Fraction(15, 100)
"""From this share on, two statements about one amount contradict each other."""


class SaidOfAmount(NamedTuple):
    """What a line says of its amount."""

    item: str
    quantity: Quantity
    alternative: Quantity | None
    after: str
    """remarks after the food, split by `; `"""
    warnings: tuple[str, ...] = ()


def said_again(said: SaidOfAmount, system: str) -> SaidOfAmount:
    """The amount that counts, with the other one as its alternative and without the words that said it again."""
    if said.alternative is not None:
        return _weight_first(said, said.alternative, system, is_compared=True)
    return _beside_the_food(said, system) or _in_remarks(said, system)


def _beside_the_food(said: SaidOfAmount, system: str) -> SaidOfAmount | None:
    """`whole 2-pound chickens`, `soy sauce 30 mL`: an amount before or behind the food in its name."""
    before = _SIZE_BEFORE.match(said.item)
    if before and (told := stated(before["size"], system)):
        return _with(said._replace(item=f"{before['how']}{before['food']}"), told._replace(each=True), system)
    tail = _TAIL.match(said.item)
    told = stated(tail[2], system) if tail else None
    return _with(said._replace(item=tail[1]), told, system) if tail and told else None


def _in_remarks(said: SaidOfAmount, system: str) -> SaidOfAmount:
    """`2 onions (300 g)`, `butter, 4 sticks`; but the two spoons of a lime, juiced, are what it gives."""
    if _JUICE.search(said.after):
        return said
    for remark in _remarks(said.after):
        if told := _stated_yield(remark, system):
            return _with(said._replace(after=_without(said.after, remark)), told, system)
    for remark in said.after.split("; "):
        if said.quantity.unit and counted_again(remark, system):
            return said._replace(after=_without(said.after, remark))
    return _at_the_end(said, system)


def _stated_yield(remark: str, system: str) -> Stated | None:
    """The amount that a remark states, also of the food when it is prepared: "about 3 cups chopped"."""
    if told := stated(remark, system):
        return told
    words = remark.split()
    while words and only_prepares(words[-1]):
        words.pop()
    return stated(" ".join(words), system) if words and remark.lower().startswith("about ") else None


def _at_the_end(said: SaidOfAmount, system: str) -> SaidOfAmount:
    """`2 lb beef, trimmed 1 kg`: the same amount in another system at the end of the remarks."""
    tail = _TAIL.match(said.after)
    told = stated(tail[2], system) if tail else None
    if tail is None or told is None:
        return said
    again = _with(said._replace(after=tail[1]), told, system)
    return said if len(again.warnings) > len(said.warnings) else again


def _remarks(after: str) -> list[str]:
    """Each remark whole, then its parts between commas."""
    whole = after.split("; ")
    return [*whole, *chain.from_iterable(remark.split(", ") for remark in whole)]


def _without(after: str, remark: str) -> str:
    return after.replace(remark, "", 1).replace(", ,", ",").replace("; ;", ";").strip(" ,;")


def _with(said: SaidOfAmount, told: Stated, system: str) -> SaidOfAmount:
    """The line whose amount was told again; of each piece, times their number."""
    other = told.amounts[0]
    unit = units.find(said.quantity.unit, system)
    if unit.dimension not in ("count", "measure"):
        return _weight_first(said, other, system)
    total = other.times(said.quantity.high) if told.each else other
    return said._replace(quantity=total, alternative=said.quantity)


def _weight_first(said: SaidOfAmount, other: Quantity, system: str, *, is_compared: bool = False) -> SaidOfAmount:
    """A weight stated beside a volume is used in its place; one of the same dimension is only compared."""
    unit, other_unit = (units.find(one.unit, system) for one in (said.quantity, other))
    beside = said._replace(alternative=other)
    if unit.dimension in ("count", "measure"):
        return beside
    if unit.dimension == other_unit.dimension:
        value = units.convert(other.high, other_unit, unit)
        return beside if is_compared else _told_if_apart(beside, said.quantity.high, value, other)
    if unit.dimension != "volume" or other_unit.dimension != "mass" or _is_fluid_ounce(said, unit, other):
        return beside
    dense = weights.density(said.item)
    grams = other.high * other_unit.factor
    chosen = said._replace(quantity=other, alternative=said.quantity)
    if dense is None or not unit.factor:
        return chosen
    return _told_if_apart(chosen, grams, said.quantity.high * unit.factor * dense.g_per_ml, said.quantity)


def _is_fluid_ounce(said: SaidOfAmount, unit: Unit, other: Quantity) -> bool:
    """Whether the ounces beside the volume of a liquid are fluid ounces: "2 tbsp (1 oz) lime juice"."""
    dense = weights.density(said.item)
    if other.unit != "oz" or dense is None or dense.kind != "liquid":
        return False
    ounces = said.quantity.high * unit.factor / units.find("fl oz").factor
    return abs(ounces - other.high) <= _APART * ounces


def _told_if_apart(said: SaidOfAmount, used: Fraction, value: Fraction, other: Quantity) -> SaidOfAmount:
    if abs(used - value) <= _APART * max(used, value):
        return said
    one, two = display.amount_text(said.quantity), display.amount_text(other)
    return said._replace(warnings=(*said.warnings, f"{said.item}: {one} is used, {two} would be another amount"))
