"""A quantity in the words a cook would use: 8 tbsp is 1/2 cup, 1/16 tsp is a pinch. Never off by more than 2 %."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Final

from catering_cli.domain.names import BIRD, CAN
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.quantities.vocabulary import word_set

TOLERANCE: Final = Fraction(2, 100)
"""The most a displayed number may differ from the exact one, as a share of it."""

_INF: Final = Fraction(10**18)
_FULL: Final = Fraction(1999, 2)
"""From here three digits would round to a thousand, and a cook says a kilogram."""
_COMFORT: Final[dict[str, tuple[Fraction | int, Fraction | int]]] = {
    "smidgen": (0, 2), "pinch": (0, 2), "dash": (0, 2), "drop": (0, 20), "tad": (0, 2),
    "tsp": (0, 3), "tbsp": (Fraction(1, 2), 4), "cup": (Fraction(1, 4), 16), "fl oz": (Fraction(1, 2), 64),
    "pt": (Fraction(1, 2), 8), "qt": (Fraction(1, 2), 16), "gal": (Fraction(1, 4), _INF),
    "oz": (Fraction(1, 4), 16), "lb": (Fraction(1, 2), _INF),
    "mL": (0, _FULL), "L": (_FULL / 1000, _INF), "g": (0, _FULL), "kg": (_FULL / 1000, _INF), "mg": (0, 1000),
}  # fmt: skip
"""From which amount to which a cook says it in that unit."""

_SPOONS: Final = ("gal", "qt", "cup", "tbsp", "tsp")
_VOLUMES: Final = ("smidgen", "pinch", "dash", "tad", "drop", "tsp", "tbsp", "cup", "fl oz", "pt", "qt", "gal")
_LADDER: Final = dict.fromkeys(_VOLUMES, _SPOONS) | {
    "oz": ("lb", "oz"), "lb": ("lb", "oz"), "mL": ("L", "mL"), "L": ("L", "mL"), "cL": ("L", "mL"), "dL": ("L", "mL"),
    "g": ("kg", "g"), "kg": ("kg", "g"), "mg": ("kg", "g", "mg"),
}  # fmt: skip
_OUTSIDE_US: Final = ("L", "cup", "tbsp", "tsp", "mL")
_TWO: Final = {"cup": "tbsp", "tbsp": "tsp", "lb": "oz", "qt": "cup", "gal": "qt"}
"""A unit and the smaller one that a cook adds to it ("1 cup + 2 tbsp")."""

_DECIMAL: Final = frozenset(("g", "kg", "mg", "mL", "L", "cL", "dL", "C", "F", "K", "mcg"))
_FINE: Final = tuple(Fraction(n, 8) for n in (0, 1, 2, 4, 6, 8))
_COARSE: Final = (*(Fraction(n, 4) for n in range(5)), Fraction(1, 3), Fraction(2, 3))
_ENDS: Final = (Fraction(0), Fraction(1))
_HALVES: Final = (*_ENDS, Fraction(1, 2))
_QUARTERS: Final = tuple(Fraction(n, 4) for n in range(5))
_TINY: Final = (Fraction(1, 64), Fraction(1, 32), Fraction(1, 16))
_SPLIT: Final = {"cup": (4, 3)}
"""Parts of the larger unit that a cook begins with: 3/4 cup + 1 tbsp, 1/3 cup + 2 tbsp."""
_HALVES_FROM: Final = 10
_WHOLE_FROM: Final = 50
_SHARES: Final = 192
"""A whole in the smallest shares that a cook counts in: a multiple of 2, 3, 4, 8 and 64."""
_NAMED: Final = {Fraction(1, 32): "a smidgen", Fraction(1, 16): "a pinch"}
_PLURAL: Final = {"leaf": "leaves", "loaf": "loaves", "patty": "patties", "half": "halves"}
_SINGULAR_ALWAYS: Final = _DECIMAL | word_set(
    "tsp tbsp oz lb pt qt gal stone small medium large jumbo peewee go sho gross dozen"
) | {"fl oz", "extra large", "half dozen", "dry pt", "dry qt"}  # fmt: skip


def amount_text(quantity: Quantity, system: str = "us", grams: Fraction | None = None) -> str:
    """`quantity` as a cook says it: "1/2 cup", "2-3 cups", "1.2 kg"; a broken piece names its weight.

    `grams` is what the whole quantity weighs, if known: "7 1/2 (375 g) large" for large eggs. Raises UnknownUnit for
    what is no unit.
    """
    unit = units.find(quantity.unit, system)
    if quantity.is_range:
        return _range(quantity, unit, system)
    text = _single(quantity.low, unit, system)
    if grams is None or not broken(quantity, system):
        return text
    name = _name(unit, quantity.low)
    return f"{text.removesuffix(name)} ({_decimal(grams)} g){name}"


def broken(quantity: Quantity, system: str = "us") -> bool:
    """Whether it is a part of a piece, which can only be weighed."""
    unit = units.find(quantity.unit, system)
    return not quantity.is_range and unit.dimension in ("count", "measure") and quantity.low.denominator > 1


def number_text(value: Fraction, *, decimal: bool = False) -> str:
    """`value` as a whole or mixed number if that is within 2 %, else with three significant digits."""
    return (None if decimal else _mixed(value, _FINE + _COARSE)) or _decimal(value)


def _range(quantity: Quantity, unit: Unit, system: str) -> str:
    """Both ends in the unit that suits the upper one, if the lower can be said in it."""
    high_value, high_unit = _best(quantity.high, unit, system)
    low_value = quantity.low * unit.factor / high_unit.factor if unit.factor else quantity.low
    low, high = _said(low_value, high_unit), _said(high_value, high_unit)
    if low and high:
        return f"{low}-{high}{_name(high_unit, high_value)}"
    return f"{_single(quantity.low, unit, system)} to {_single(quantity.high, unit, system)}"


@lru_cache(maxsize=4096)
def _single(value: Fraction, unit: Unit, system: str) -> str:
    best, best_unit = _best(value, unit, system)
    said = _said(best, best_unit)
    if said is not None and not _comfortable(best, best_unit) and (two := _two(value, unit, system)):
        return two
    if said is not None:
        named = f" ({_NAMED[best]})" if best_unit.name == "tsp" and best in _NAMED else ""
        return f"{said}{_name(best_unit, best)}{named}"
    return _two(value, unit, system) or f"{_decimal(value)}{_name(unit, value)}"


def _comfortable(value: Fraction, unit: Unit) -> bool:
    low, high = _COMFORT.get(unit.name, (0, _INF))
    return low <= value < high


def _best(value: Fraction, unit: Unit, system: str) -> tuple[Fraction, Unit]:
    """The amount in the unit a cook would choose: its own if comfortable, else the largest that says it well."""
    if _comfortable(value, unit) and _said(value, unit) is not None:
        return value, unit
    ladder = _LADDER.get(unit.name, ()) if system == "us" or unit.name not in _SPOONS else _OUTSIDE_US
    fallback = (value, unit)
    for name in ladder:
        other = units.find(name, system)
        amount = units.convert(value, unit, other)
        if _said(amount, other) is None:
            continue
        if _comfortable(amount, other):
            return amount, other
        if amount >= _COMFORT[name][0] and _said(*fallback) is None:
            fallback = (amount, other)
    return fallback


def _two(value: Fraction, unit: Unit, system: str) -> str | None:
    """`1 cup + 2 tbsp`, if one unit cannot say it; outside the US that is said in mL."""
    if system != "us" and unit.dimension == "volume":
        return None
    for name, smaller in _TWO.items():
        if name not in _LADDER.get(unit.name, ()):
            continue
        big, small = units.find(name, system), units.find(smaller, system)
        amount = units.convert(value, unit, big)
        if amount >= _COMFORT[name][1]:
            continue
        for share in _SPLIT.get(name, (1,)):
            if said := _big_and_small(amount, big, small, share):
                return said
    return None


def _big_and_small(amount: Fraction, big: Unit, small: Unit, share: int) -> str | None:
    """`amount` of the big unit as the most whole shares of it and the rest in the small one, if within 2 %."""
    whole = Fraction(int(amount * share), share)
    parts = _FINE + _COARSE if small.name == "tsp" else _HALVES
    rest = _nearest(units.convert(amount - whole, big, small), parts)
    if not whole or not rest:
        return None
    if abs(units.convert(rest, small, big) + whole - amount) > TOLERANCE * amount:
        return None
    return f"{_mixed(whole, _COARSE)}{_name(big, whole)} + {_mixed(rest, parts)}{_name(small, rest)}"


def _said(value: Fraction, unit: Unit) -> str | None:
    """The number as it is said of this unit, or None if no such number is within 2 %."""
    if unit.name in _DECIMAL:
        return _decimal(value)
    if unit.name == "tsp":
        return _mixed(value, _FINE + _COARSE + (_TINY if value < Fraction(1, 8) else ()))
    return _mixed(value, _COARSE if unit.dimension in ("mass", "volume") else _FINE + _COARSE)


def _mixed(value: Fraction, parts: tuple[Fraction, ...]) -> str | None:
    """A whole or mixed number with one of `parts` that is within 2 % of `value`."""
    best = _nearest(value, parts)
    if abs(best - value) > TOLERANCE * value:
        return None
    whole, part = int(best), best - int(best)
    if not part:
        return str(whole)
    return f"{whole} {part}" if whole else str(part)


def _nearest(value: Fraction, parts: tuple[Fraction, ...]) -> Fraction:
    """The nearest number that is whole plus one of `parts`; from 10 on halves or quarters, from 50 on wholes."""
    whole = int(value)
    if value >= _WHOLE_FROM:
        parts = _ENDS
    elif value >= _HALVES_FROM:
        halves = any(abs(whole + part - value) <= TOLERANCE * value for part in _HALVES)
        parts = _HALVES if halves else _QUARTERS
    over, under = value.numerator * _SHARES, value.denominator  # in integers: a plan says hundreds of amounts
    counts = (whole * _SHARES + int(part * _SHARES) for part in parts)
    return Fraction(min(counts, key=lambda n: (abs(n * under - over), n)), _SHARES)


def _decimal(value: Fraction) -> str:
    """Three significant digits, or all of a whole number below 1000; exact powers are not used."""
    if value >= _FULL:
        return str(round(value))
    text = f"{float(value):.3g}"
    return text if "e" not in text else f"{float(value):.12f}".rstrip("0").rstrip(".")


def _name(unit: Unit, value: Fraction) -> str:
    """The unit's name after a number, in the plural if English has one."""
    name = unit.name
    if not name:
        return ""
    if name.endswith((CAN, BIRD)) and not name.startswith("#"):
        size, _, what = name.rpartition(" ")
        return f" {what}{'s' if value > 1 and what in CAN else ''} ({size})"
    if value <= 1 or name in _SINGULAR_ALWAYS or unit.dimension == "temperature":
        return f" {name}"
    if name.endswith(" in"):  # 2 full hotel pans 4 in
        return f" {name.replace('pan', 'pans')}"
    head, space, last = name.rpartition(" ")
    if head and last in _SINGULAR_ALWAYS:
        return f" {name}"
    return f" {head}{space}{_plural(last)}"


def _plural(word: str) -> str:
    if word in _PLURAL:
        return _PLURAL[word]
    return f"{word}es" if word.endswith(("ch", "sh", "x", "s")) else f"{word}s"
