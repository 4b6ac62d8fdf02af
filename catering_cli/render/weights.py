"""Amounts as they are weighed, opened and ordered: pounds or kilograms, whole cans and pieces."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from catering_cli.domain.quantity import OUNCE, POUND, three_figures
from catering_cli.render.wording import whole_amount

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.quantity import Amount
    from catering_cli.render.page import Page

GRAMS: Final = {
    "g": Fraction(1),
    "kg": Fraction(1000),
    "mg": Fraction(1, 1000),
    "oz": OUNCE,
    "lb": POUND,
}
"""Grams in a unit of mass (NIST Handbook 44, App. C)."""
MILLILITRES: Final = {
    "mL": Fraction(1),
    "cL": Fraction(10),
    "dL": Fraction(100),
    "L": Fraction(1000),
    "tsp": Fraction("4.92892159375"),
    "tbsp": Fraction("14.78676478125"),
    "fl oz": Fraction("29.5735295625"),
    "cup": Fraction("236.5882365"),
    "pt": Fraction("473.176473"),
    "qt": Fraction("946.352946"),
    "gal": Fraction("3785.411784"),
}
"""Millilitres in a unit of volume (NIST Handbook 44, App. C)."""

POUNDS: Final = ("us", "imperial")
QUART, GALLON, CUP, SPOON = (MILLILITRES[name] for name in ("qt", "gal", "cup", "tbsp"))
_TENTH: Final = Fraction(1, 10)
_WHOLE_FROM: Final = 10
"""From how many pounds or kilograms a scale is read in wholes."""


def in_pounds(plan: CateringPlan, page: Page) -> bool:
    """Whether the papers weigh in pounds: as it was asked for, else as the order measures."""
    return (page.units or plan.order.system) in POUNDS


def grams_of(amount: Amount | None) -> Fraction | None:
    """What an amount weighs, if it is a mass."""
    if amount is None or amount.quantity.unit not in GRAMS:
        return None
    return amount.quantity.high * GRAMS[amount.quantity.unit]


def weight_text(grams: Fraction, *, pounds: bool) -> str:
    """A weight as a scale is read: 12.5 lb, 7 oz, 2.4 kg, 680 g; never less than it is."""
    if pounds:
        if grams < GRAMS["lb"]:
            return f"{ceil(grams / GRAMS['oz'])} oz"
        return f"{_rounded_up(grams / GRAMS['lb'])} lb"
    if grams < GRAMS["kg"]:
        return f"{ceil(grams)} g"
    return f"{_rounded_up(grams / GRAMS['kg'])} kg"


def volume_text(millilitres: Fraction, *, pounds: bool) -> str:
    """A volume as it is poured: 2.5 gal, 3 qt, 1.5 L; never less than it is."""
    if not pounds:
        return f"{ceil(millilitres)} mL" if millilitres < MILLILITRES["L"] else f"{_rounded_up(millilitres / 1000)} L"
    if millilitres >= GALLON:
        return f"{_rounded_up(millilitres / GALLON)} gal"
    if millilitres >= QUART:
        return f"{_rounded_up(millilitres / QUART)} qt"
    if millilitres >= CUP:
        return f"{_rounded_up(millilitres / CUP)} cups"
    return f"{ceil(millilitres / SPOON)} tbsp"


def to_order(amount: Amount, *, pounds: bool) -> str:
    """An amount to order or to weigh out: whole pieces and cans, a weight or volume of the house's system."""
    quantity = amount.quantity
    if quantity.unit in GRAMS:
        return weight_text(quantity.high * GRAMS[quantity.unit], pounds=pounds)
    if quantity.unit in MILLILITRES:
        return volume_text(quantity.high * MILLILITRES[quantity.unit], pounds=pounds)
    if quantity.unit.startswith("#") or "can" in quantity.unit:
        return f"{ceil(quantity.high):,} {quantity.unit}"
    return whole_amount(amount)


def _rounded_up(value: Fraction) -> str:
    """To a tenth, from ten on to a half, from fifty on to a whole."""
    step = _TENTH if value < _WHOLE_FROM else Fraction(1, 2)
    if value >= _WHOLE_FROM * 5:
        step = Fraction(1)
    return three_figures(ceil(value / step) * step)
