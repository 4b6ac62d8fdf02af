"""Amounts, money, counts and people as they are read; here alone is rounded for display."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil
from textwrap import fill
from typing import TYPE_CHECKING, Final

from catering_cli.domain.quantity import OUNCE, three_figures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from catering_cli.domain.money import Costing
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish
    from catering_cli.domain.plan_parts.people import ServiceLine
    from catering_cli.domain.plan_parts.timeline import Block, Crew
    from catering_cli.domain.quantity import Amount, Quantity

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What steers a terminal or turns the direction of text: it cannot be seen, so it may not act."""

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
SEVERAL_EACH = "canape"
"""The course of which a guest eats several: its dishes are counted in pieces."""

COURSES: Final = {"canape": "canapé", "starter": "first course"}
"""Courses that the trade calls otherwise than the order's field does."""

_DECIMAL_OUNCES = re.compile(r"\d*\.\d+ oz")
EIGHTHS: Final = 8
NEAR: Final = Fraction(5, 100)
"""How far what is weighed may be from what is reckoned; the weight in grams stands beside it."""

_AN_HOUR_AND_A_HALF = 90
_WHOLE_HOURS_FROM = 10
_IRREGULAR: Final = {"shelf": "shelves", "knife": "knives", "loaf": "loaves"}
_ENDS_IN_ES = ("s", "x", "ch", "sh")


def visible(text: str) -> str:
    """`text` with a mark in place of what cannot be seen, such as the escape of a terminal."""
    return _UNSEEN.sub("\ufffd", text)


def escaped(text: str) -> str:
    """The text of a JSON document with escapes in place of what cannot be seen: it is read back the same."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def wrapped(text: str, width: int) -> str:
    """Lines no longer than a terminal's, broken between words; what is short enough stays as it is."""
    return "\n".join(_broken(line, width) for line in text.split("\n"))


def _broken(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    return fill(line, width, break_long_words=False, break_on_hyphens=False)


def amount_text(amount: Amount) -> str:
    """An amount as a cook says it and weighs it; digits and unit if the kitchen has no words for it."""
    said = amount.kitchen or quantity_text(amount.quantity)
    quantity = amount.quantity
    if quantity.unit == "oz" and not quantity.is_range and _DECIMAL_OUNCES.fullmatch(said):
        return _on_a_scale(quantity.low)
    return said


def _on_a_scale(ounces: Fraction) -> str:
    """Ounces in the eighths that a scale shows; in grams if no eighth is near."""
    eighths = round(ounces * EIGHTHS)
    if abs(Fraction(eighths, EIGHTHS) - ounces) > ounces * NEAR:
        return f"{three_figures(round(ounces * OUNCE * 2) / Fraction(2))} g"
    whole, part = divmod(eighths, EIGHTHS)
    said = [str(whole)] if whole else []
    return " ".join([*said, *([str(Fraction(part, EIGHTHS))] if part else []), "oz"])


def amount_or_dash(amount: Amount | None) -> str:
    """An amount as a cook says it; a dash if there is none."""
    if amount:
        return amount_text(amount)
    return "-"


def whole_amount(amount: Amount) -> str:
    """An amount to order: pieces are whole, because half an egg is on no shelf."""
    quantity = amount.quantity
    if quantity.unit or quantity.is_range:
        return amount_text(amount)
    return f"{ceil(quantity.high):,}"


BROKEN: Final = re.compile(r"[\d/ ]+ \([\d.,]+ k?g\)( .*)?")
"""A part of a piece with its weight: 8 2/3 (434 g) large."""


def whole_pieces(amount: Amount) -> str:
    """Pieces to take out: 9 eggs of which 434 g are used, not 8 2/3; the weight stands in a column of its own."""
    said = amount_text(amount)
    found = BROKEN.fullmatch(said)
    return f"{ceil(amount.quantity.high):,}{found[1] or ''}" if found else said


def minutes_text(minutes: int) -> str:
    """How long a step takes: 45 min, 1 h 30 min, 12 h."""
    if minutes <= _AN_HOUR_AND_A_HALF:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def quantity_text(quantity: Quantity) -> str:
    """A quantity as digits and unit, to three significant figures."""
    low = three_figures(quantity.low)
    high = three_figures(quantity.high)
    said = f"{low}-{high}" if quantity.is_range else low
    return f"{said} {quantity.unit}".strip()


def hours_text(hours: str) -> str:
    """Paid hours, exact in the plan ("65/12"), as a rota says them: 5.4 h, 42 h."""
    paid = Fraction(hours)
    if paid >= _WHOLE_HOURS_FROM:
        return f"{round(paid):,} h"
    return f"{float(paid):.1f}".removesuffix(".0") + " h"


def times_text(factor: str) -> str:
    """A recipe's exact factor for reading: x 2.57."""
    return f"x {three_figures(Fraction(factor))}"


def money_text(value: Decimal | None, currency: str = "USD") -> str:
    """Money in cents; a dash if it is not known."""
    if value is None:
        return "-"
    sign = SIGNS.get(currency)
    return f"{sign}{value:,.2f}" if sign else f"{value:,.2f} {currency}"


def cost_text(costing: Costing, amount: Decimal | None) -> str:
    """A sum of the costs; "at least" if something has no price."""
    said = money_text(amount, costing.currency)
    return f"at least {said}" if costing.at_least else said


def around(before: str, said: str, after: str = "") -> str:
    """`said` between two pieces of text; nothing at all if it is empty."""
    return f"{before}{said}{after}" if said else ""


def names_or_dash(names: Iterable[str]) -> str:
    """Names with commas; a dash if there are none."""
    return ", ".join(names) or "-"


def plural(noun: str) -> str:
    """More than one of a thing or a role: servers, fridge shelves, box cutters."""
    for one, many in _IRREGULAR.items():
        if noun.endswith(one):
            return f"{noun.removesuffix(one)}{many}"
    return f"{noun}es" if noun.endswith(_ENDS_IN_ES) else f"{noun}s"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 dish, 3 dishes."""
    noun = one if count == 1 else many or plural(one)
    return f"{count:,} {noun}"


def portions_text(dish: Dish, count: int) -> str:
    """How many of a dish: portions, or pieces if a guest eats several."""
    return counted(count, "piece" if dish.course == SEVERAL_EACH else "portion")


def course_name(course: str) -> str:
    """A course as a menu names it."""
    return COURSES.get(course, course)


def plain_name(identifier: str) -> str:
    """A name of the data as words: hot_box is a hot box."""
    return identifier.replace("_", " ")


def crew_text(crews: Iterable[Crew]) -> str:
    """People of a task: 3 servers, 1 driver."""
    return ", ".join(counted(crew.count, crew.role) for crew in crews)


def equipment_text(block: Block) -> str:
    """Equipment of a task: 2 burners, 1 mixer."""
    return ", ".join(counted(use.count, plain_name(use.name)) for use in block.equipment)


def batch_text(block: Block) -> str:
    """Which batch a task is, as words to put behind its label; empty if it is the only one."""
    return f" ({block.batch} of {block.of})" if block.of > 1 else ""


def service_name(service: ServiceLine) -> str:
    """A service by its own name, else by its style: Buffet."""
    name = service.style if service.id == "service" else service.id
    return name[:1].upper() + name[1:]


def dish_names(plan: CateringPlan) -> dict[str, str]:
    """Id -> name of the dishes and of the base recipes in them."""
    return {dish.id: dish.name for dish in (*plan.menu, *plan.bases)}


def numbered_dishes(plan: CateringPlan) -> str:
    """Which dish each number is: d1 Caesar salad; d2 Roast chicken."""
    return "; ".join(f"{number} {name}" for number, name in dish_names(plan).items())
